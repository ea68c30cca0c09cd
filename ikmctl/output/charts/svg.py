"""Renders a chart as SVG for HTML and PDF, without script or style sheet, in the colour of the surrounding text."""

import math
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from ikmctl.document import Chart
from ikmctl.output.text.display_width import measure_width
from ikmctl.output.text.format_value import clean, format_figure

#: The width of the drawing and the size of its font, in units of the SVG.
WIDTH, SIZE = 640, 12

#: The estimated width of a letter. The font of the reader is not known, so text cannot be measured.
LETTER_WIDTH = 0.56 * SIZE

#: Colours of the series: distinct on white and on black, and for people who cannot tell red from green. The series
#: have different dashes too.
COLOURS = ("#2f6fb3", "#c8641e", "#3c8c4f", "#9a5bb5", "#b0892b", "#6b7785")

DASHES = ("", "7 4", "2 4", "9 3 2 3", "4 2", "1 3")


def as_svg(chart: Chart) -> str:
    """The chart as an `svg` element, with its title and its figures as text for screen readers."""
    rows = len(chart.labels) * len(chart.series)
    height = 30 + 22 * rows + 22 * _named(chart) if chart.drawn_as == "bars" else 200
    svg = ElementTree.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}", role="img"
    )  # fmt: skip
    svg.set("font-size", str(SIZE))
    svg.set("font-family", "inherit")
    ElementTree.SubElement(svg, "title").text = clean(chart.title)
    ElementTree.SubElement(svg, "desc").text = "; ".join(describe_chart(chart))
    if chart.drawn_as == "bars":
        _bars(svg, chart)
    else:
        _lines(svg, chart, height)
    return ElementTree.tostring(svg, encoding="unicode")


def describe_chart(chart: Chart) -> Iterator[str]:
    """Each series with its figures as text, for people who cannot see the drawing."""
    for name, values in chart.series:
        pairs = zip(chart.labels, values, strict=True)
        yield f"{clean(name)}: " + ", ".join(f"{clean(label)} {format_figure(value)}" for label, value in pairs)


def _named(chart: Chart) -> bool:
    """Whether the series need a legend."""
    return len(chart.series) > 1


def _text(svg: ElementTree.Element, x: float, y: float, text: str, anchor: str = "start") -> None:
    element = ElementTree.SubElement(svg, "text", {"x": _at(x), "y": _at(y), "text-anchor": anchor})
    element.set("fill", "currentColor")
    element.text = clean(text)


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _legend(svg: ElementTree.Element, chart: Chart, x: float, y: float) -> None:
    for position, (name, _values) in enumerate(chart.series):
        colour, dash = _style(position)
        line = {"x1": _at(x), "y1": _at(y - 4), "x2": _at(x + 22), "y2": _at(y - 4), "stroke": colour}
        if chart.drawn_as == "line":
            line["stroke-dasharray"] = dash or "none"
        ElementTree.SubElement(svg, "line", {**line, "stroke-width": "3" if chart.drawn_as == "line" else "10"})
        _text(svg, x + 28, y, name)
        x += 28 + measure_width(clean(name)) * LETTER_WIDTH + 20


def _style(position: int) -> tuple[str, str]:
    return COLOURS[position % len(COLOURS)], DASHES[position % len(DASHES)]


def _bars(svg: ElementTree.Element, chart: Chart) -> None:
    """Draw horizontal bars, grouped by label, with the label before and the figure after each."""
    values = [value for _name, series in chart.series for value in series]
    highest = max((value or 0 for value in values), default=0)
    left = min(
        max((measure_width(clean(label)) for label in chart.labels), default=0) * LETTER_WIDTH + 10, WIDTH * 0.45
    )
    room = WIDTH - left - max((len(format_figure(value)) for value in values), default=0) * LETTER_WIDTH - 12
    y = 16.0
    if _named(chart):
        _legend(svg, chart, left, y)
        y += 22
    for index, label in enumerate(chart.labels):
        _text(svg, left - 8, y + 11 * len(chart.series), _cut(label, int(left / LETTER_WIDTH)), "end")
        for position, (_name, series) in enumerate(chart.series):
            value = series[index]
            wide = room * max(value or 0, 0) / highest if highest else 0
            bar = {"x": _at(left), "y": _at(y), "width": _at(wide), "height": "16", "fill": _style(position)[0]}
            ElementTree.SubElement(svg, "rect", bar)
            _text(svg, left + wide + 6, y + 12, format_figure(value))
            y += 22


def _cut(text: str, letters: int) -> str:
    return text if measure_width(text) <= letters else text[: max(letters - 1, 1)] + "…"


def _lines(svg: ElementTree.Element, chart: Chart, height: float) -> None:
    """Draw a line for each series over a scale of round numbers, interrupted where a figure is not known."""
    known = [value for _name, series in chart.series for value in series if value is not None]
    scale = _scale(min(known, default=0), max(known, default=1))
    left = max(len(format_figure(step)) for step in scale) * LETTER_WIDTH + 10
    top, bottom, right = (40.0 if _named(chart) else 16.0), height - 28, WIDTH - 24.0
    if _named(chart):
        _legend(svg, chart, left, 16)

    def across(index: int) -> float:
        return left + 14 + (right - left - 14) * index / max(len(chart.labels) - 1, 1)

    def up(value: float) -> float:
        return bottom - (bottom - top) * (value - scale[0]) / (scale[-1] - scale[0])

    for step in scale:
        y = _at(up(step))
        grid = {"x1": _at(left), "y1": y, "x2": _at(right), "y2": y, "stroke": "currentColor", "stroke-opacity": "0.2"}
        ElementTree.SubElement(svg, "line", grid)
        _text(svg, left - 6, up(step) + 4, format_figure(step), "end")
    widest = max((measure_width(clean(label)) for label in chart.labels), default=0) * LETTER_WIDTH + 8
    every = max(1, math.ceil(widest * len(chart.labels) / (right - left)))
    for index in range(0, len(chart.labels), every):
        _text(svg, across(index), bottom + 18, chart.labels[index], "middle")
    for position, (_name, values) in enumerate(chart.series):
        _line(svg, position, [(across(index), None if v is None else up(v)) for index, v in enumerate(values)])


def _line(svg: ElementTree.Element, position: int, points: Sequence[tuple[float, float | None]]) -> None:
    colour, dash = _style(position)
    path, broken = [], True
    for x, y in points:
        if y is not None:
            path.append(f"{'M' if broken else 'L'}{_at(x)} {_at(y)}")
            circle = {"cx": _at(x), "cy": _at(y), "r": "3", "fill": colour}
            ElementTree.SubElement(svg, "circle", circle)
        broken = y is None
    line = {"d": " ".join(path), "fill": "none", "stroke": colour, "stroke-width": "2.5"}
    if dash:
        line["stroke-dasharray"] = dash
    ElementTree.SubElement(svg, "path", line)


def _scale(low: float, high: float) -> list[float]:
    """About five round numbers that span all values, with zero unless all values are far from it."""
    if 0 <= low < high * 0.7 or low == high:
        low = min(low, 0)
    step = _round_step((high - low) / 4 or 1)
    first, last = math.floor(low / step), max(math.ceil(high / step), math.floor(low / step) + 1)
    return [index * step for index in range(first, last + 1)]


def _round_step(rough: float) -> float:
    power: float = 10 ** math.floor(math.log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough)
