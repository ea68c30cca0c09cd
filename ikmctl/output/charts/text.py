"""Renders a chart as text for terminals and pipes: bars, or a sparkline with eight heights."""

from collections.abc import Iterator, Sequence

from ikmctl.document import Chart
from ikmctl.language import _
from ikmctl.output.text.display_width import measure_width, pad
from ikmctl.output.text.format_value import clean, format_figure

HEIGHTS = "▁▂▃▄▅▆▇█"
EIGHTHS = " ▏▎▍▌▋▊▉"
#: The length of the longest bar, in characters.
BAR_WIDTH = 30

#: The label before the drawing, the drawing, and the figures after it.
Line = tuple[str, str, str]


def render_lines(chart: Chart, width: int = 80) -> Iterator[Line]:
    """The lines of a chart, without its title, no wider than `width` characters if the labels allow it."""
    draw = _bars if chart.drawn_as == "bars" else _sparklines
    return draw(chart, width)


def _sparklines(chart: Chart, width: int) -> Iterator[Line]:
    longest = max((measure_width(clean(name)) for name, _values in chart.series), default=0)
    for name, values in chart.series:
        known = [value for value in values if value is not None]
        figures = _("lowest {low}, highest {high}, last {last}").format(
            low=format_figure(min(known, default=None)),
            high=format_figure(max(known, default=None)),
            last=format_figure(values[-1] if values else None),
        )
        yield pad(clean(name), longest) + "  ", sparkline(values), "  " + figures
    if chart.labels:
        yield _("From {first} to {last}.").format(first=clean(chart.labels[0]), last=clean(chart.labels[-1])), "", ""


def sparkline(values: Sequence[float | None]) -> str:
    """One character per value, with eight heights from the lowest to the highest; a space if it is not known."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=0)
    span = high - low

    def height(value: float | None) -> str:
        if value is None:
            return " "
        return HEIGHTS[round((value - low) / span * 7)] if span else HEIGHTS[3]

    return "".join(map(height, values))


def _bars(chart: Chart, width: int) -> Iterator[Line]:
    longest = max((measure_width(clean(label)) for label in chart.labels), default=0)
    figures = max((len(format_figure(value)) for _name, values in chart.series for value in values), default=0)
    highest = max((value or 0 for _name, values in chart.series for value in values), default=0)
    room = max(min(BAR_WIDTH, width - longest - figures - 4), 5)
    for name, values in chart.series:
        if len(chart.series) > 1:
            yield clean(name), "", ""
        for label, value in zip(chart.labels, values, strict=True):
            drawn = bar((value or 0) / highest, room) if highest > 0 else ""
            yield pad(clean(label), longest) + "  ", drawn, " " * bool(drawn) + format_figure(value)


def bar(share: float, room: int) -> str:
    """A bar that fills a share of `room` characters, to an eighth of a character."""
    eighths = round(max(share, 0) * room * 8)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()
