"""What a person sees on a terminal: kept as files that a person can read, at 60, 80 and 120 columns.

After a change that is meant, `python -m tests.output.test_screen` writes them anew: read the difference.
"""

import io
from pathlib import Path

import pytest

from ikmctl import language
from ikmctl.document import Chart, Document, Text
from ikmctl.output.charts import text
from ikmctl.output.formats import plain
from ikmctl.output.text import column_widths, display_width
from tests.output.documents import EVENTS, EVERYTHING, NASTY, NASTY_SHOWN, named, rendered, report

SNAPSHOTS = Path(__file__).parent / "snapshots"
WIDTHS = (60, 80, 120)


def drawn(document: Document, width: int) -> str:
    from rich.console import Console

    from ikmctl.output.formats.terminal import draw

    stream = io.StringIO()
    console = Console(
        file=stream, width=width, height=40, markup=False, emoji=False, highlight=False, force_terminal=True,
        no_color=True, color_system=None,
    )  # fmt: skip
    draw(document, console)
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().split("\n")).rstrip("\n") + "\n"


def snapshots() -> dict[str, str]:
    """Each file with what should be in it."""
    found = {f"terminal-{width}.txt": drawn(EVERYTHING, width) for width in WIDTHS}
    found["pipe.txt"] = "".join(line + "\n" for line in plain.render_lines(EVERYTHING))
    return found


@pytest.mark.parametrize("name", [*(f"terminal-{width}.txt" for width in WIDTHS), "pipe.txt"])
def test_it_looks_as_it_did(name: str) -> None:
    assert snapshots()[name] == (SNAPSHOTS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_window(width: int) -> None:
    assert max(display_width.measure_width(line) for line in drawn(EVERYTHING, width).split("\n")) <= width


def test_a_narrow_window_leaves_details_out_and_says_so() -> None:
    narrow, wide = drawn(report(EVENTS), 60), drawn(report(EVENTS), 160)
    assert "Aula" not in narrow and "No room for: Venue, Funding" in narrow
    assert all(title in narrow for title in ("Name", "From", "Men", "Women"))
    assert "Aula" in wide and "No room for" not in wide


def test_what_there_is_room_for_comes_back_in_order() -> None:
    assert column_widths.columns_that_fit(EVENTS.columns, [5] * 7, 30) == [0, 1, 2, 3, 5, 6]
    assert column_widths.columns_that_fit(EVENTS.columns, [5] * 7, 10) == [0, 1, 2, 5, 6]


def test_parts_are_as_few_and_as_even_as_can_be() -> None:
    assert column_widths.split_into_parts([5, 10, 10, 10], 35) == [[0, 1, 2, 3]]
    assert column_widths.split_into_parts([5, 10, 10, 10, 10], 35) == [[0, 1, 2], [0, 3, 4]]
    assert column_widths.split_into_parts([50, 50], 35) == [[0, 1]]


def test_names_are_shown_not_obeyed_on_a_terminal() -> None:
    seen = drawn(report(named(NASTY)), 120)
    for name in NASTY:
        assert NASTY_SHOWN.get(name, name) in seen
    assert "\x1b[31m" not in seen and "\u202e" not in seen and "\x07" not in seen


def test_a_sparkline_has_a_letter_for_each_value() -> None:
    assert text.sparkline((0, 1, None, 7)) == "▁▂ █"
    assert text.sparkline((5, 5)) == "▄▄"
    assert text.sparkline((None, None)) == "  "


def test_bars_are_as_long_as_their_figures() -> None:
    assert text.bar(1, 10) == "█" * 10
    assert text.bar(0.5, 10) == "█" * 5
    assert text.bar(0, 10) == ""
    empty = Chart("c", "Nothing", ("A", "B"), (("s", (0, None)),), "bars")
    assert [after for _before, _drawn, after in text.render_lines(empty)] == ["0", "–"]


def test_no_chart_is_too_empty_to_draw() -> None:
    for chart in (Chart("c", "C", (), ()), Chart("c", "C", ("A",), (("s", (None,)),)), Chart("c", "C", (), (), "bars")):
        assert drawn(report(chart, Text("end")), 80).endswith("end\n")
        for name in ("markdown", "html", "pdf", "xlsx"):
            assert rendered(report(chart), name)


def test_charts_speak_the_language() -> None:
    language.set_language("id")
    try:
        assert "terendah 2, tertinggi 12, terakhir 11" in drawn(EVERYTHING, 120)
    finally:
        language.set_language("en")


def write() -> None:
    """Write the files anew."""
    for name, content in snapshots().items():
        (SNAPSHOTS / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    write()
