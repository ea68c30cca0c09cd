"""Reads from the XML of an OpenDocument spreadsheet what calamine does not give: error cells and hidden rows."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from ikmctl.sheets.formats.cells import TypedCell
from ikmctl.sheets.formats.worksheet import MOST_CELLS, SheetMetadata, too_many

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "Err:")
#: Slightly more than the rows of a sheet in LibreOffice (1,048,576).
MOST_ROWS = 1_100_000


@dataclass
class _Table:
    """A sheet while its XML is parsed."""

    title: str
    special: dict[tuple[int, int], TypedCell] = field(default_factory=dict)
    row: int = 0
    hidden: int = 0
    cells: int = 0

    def add(self, line: ElementTree.Element) -> None:
        """Count a row element, which may stand for several equal rows."""
        repeated = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
        column = filled = 0
        for cell in line:
            times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            text = "".join(part.text or "" for part in cell.iter(f"{_TEXT}p"))
            if text:
                filled = column + times
            if text.startswith(_ERRORS) and (cell.get(f"{_TABLE}formula") or text in _ERRORS):
                special = {
                    (self.row, column + more): TypedCell("error", text, text) for more in range(min(times, 1000))
                }
                self.special.update(special)
            column += times
        self.cells += filled * repeated
        if filled and line.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            self.hidden += repeated
        self.row += repeated


def look(name: str, data: bytes) -> dict[str, SheetMetadata] | None:
    """The metadata of each sheet by its name; None for broken XML. Raises FileRefused for a sheet that is too large."""
    rows, cells = data.count(b"<table:table-row"), data.count(b"<table:table-cell")
    if rows > MOST_ROWS or cells > MOST_CELLS:
        raise too_many(name, "content.xml", max(rows, cells))
    sheets: dict[str, SheetMetadata] = {}
    try:
        for table in _tables(data):
            if table.cells > MOST_CELLS:
                raise too_many(name, table.title, table.cells)
            sheets[table.title] = SheetMetadata(table.special, table.hidden)
    except (ElementTree.ParseError, ValueError):
        return None
    return sheets


def _tables(data: bytes) -> Iterator[_Table]:
    """Each sheet after it was parsed. Rows are released after use, so memory does not grow with their number."""
    open_tables: list[tuple[ElementTree.Element, _Table]] = []
    for event, element in ElementTree.iterparse(io.BytesIO(data), ("start", "end")):  # noqa: S314 - expat limits entities
        if element.tag == f"{_TABLE}table":
            if event == "start":
                open_tables.append((element, _Table(element.get(f"{_TABLE}name", ""))))
            else:
                yield open_tables.pop()[1]
                element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table-row" and open_tables:
            open_tables[-1][1].add(element)
            open_tables[-1][0].clear()
