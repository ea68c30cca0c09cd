"""Long lists are written as they are read: memory does not grow with them."""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from ikmctl.document import Document, Table, TableColumn
from ikmctl.domain.values import kinds
from ikmctl.output.formats import markdown, plain, terminal
from ikmctl.output.write import FORMATS

COLUMNS = (TableColumn("number", "No.", kinds.NUMBER), TableColumn("name", "Name", kinds.NAME))


class Counted:
    """Rows that say how many of them were read."""

    def __init__(self, count: int) -> None:
        self.count, self.read = count, 0

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for number in range(1, self.count + 1):
            self.read = number
            yield number, f"Rendang {number}"


@pytest.mark.parametrize("name", ["table", "json", "ndjson", "csv", "tsv", "markdown", "html"])
def test_a_long_list_is_written_before_it_is_read_to_its_end(name: str) -> None:
    rows = Counted(5_000)
    parts = iter(FORMATS[name].render(Document("list", (Table("businesses", "", COLUMNS, rows),))))
    written = ""
    while "Rendang 1" not in written:
        written += str(next(parts))
    assert rows.read <= plain.MEASURED_ROWS + 1
    assert "Rendang 5000" in written + "".join(map(str, parts))


def test_a_terminal_shows_a_long_list_as_it_comes() -> None:
    rows, read = Counted(5_000), []

    class Screen(io.StringIO):
        def write(self, text: str) -> int:
            read.append(rows.read)
            return super().write(text)

    screen = Screen()
    terminal.render(Document("list", (Table("businesses", "", COLUMNS, rows),)), screen)
    assert read[0] <= plain.MEASURED_ROWS + 1
    assert screen.getvalue().count("Rendang") == 5_000


def test_a_cell_after_the_measured_rows_is_never_cut() -> None:
    rows = [(number, "Tenun") for number in range(plain.MEASURED_ROWS)] + [(1, "Tenun Songket Balai Panjang")]
    lines = list(plain.table_lines(Table("businesses", "", (*COLUMNS[::-1],), [row[::-1] for row in rows])))
    assert lines[1].split() == ["Tenun", "0"]
    assert lines[-1] == "Tenun Songket Balai Panjang    1"


def test_markdown_of_no_rows_has_its_heading() -> None:
    assert "| No. | Name |" in "".join(markdown.as_markdown(Document("list", (Table("businesses", "", COLUMNS, ()),))))
