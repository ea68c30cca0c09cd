"""What the XML of an OpenDocument spreadsheet says beside its values."""

from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from ikmctl.errors import FileRefused
from ikmctl.language import _
from ikmctl.sheets.cells import Typed
from ikmctl.sheets.workbook import MOST_CELLS, Seen

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "Err:")


def look(name: str, stream: IO[bytes]) -> dict[str, Seen] | None:
    """Sheet → what was seen of it; None for broken XML. Raises FileRefused for a sheet that would fill the memory."""
    found: dict[str, Seen] = {}
    try:
        for title, table in _tables(stream):
            found[title] = _seen(name, title, table)
            table.clear()
    except (ElementTree.ParseError, ValueError):
        return None
    return found


def _tables(stream: IO[bytes]) -> Iterator[tuple[str, ElementTree.Element]]:
    for _event, element in ElementTree.iterparse(stream):  # noqa: S314 - expat limits entities
        if element.tag == f"{_TABLE}table":
            yield element.get(f"{_TABLE}name", ""), element


def _seen(name: str, title: str, table: ElementTree.Element) -> Seen:
    special: dict[tuple[int, int], Typed] = {}
    row = hidden = cells = 0
    for line in table.iter(f"{_TABLE}table-row"):
        repeated = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
        column = filled = 0
        for cell in line:
            times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            text = "".join(part.text or "" for part in cell.iter(f"{_TEXT}p"))
            if text:
                filled = column + times
            if text.startswith(_ERRORS) and (cell.get(f"{_TABLE}formula") or text in _ERRORS):
                special.update({(row, column + more): Typed("error", text, text) for more in range(min(times, 1000))})
            column += times
        cells += filled * repeated
        if filled and line.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            hidden += repeated
        row += repeated
    if cells > MOST_CELLS:
        raise FileRefused(
            file=name,
            reason=_("the sheet {title} holds {count} cells, more than memory").format(title=title, count=cells),
            advice=_("Save it as CSV (UTF-8) and import that."),
        )
    return Seen(special, hidden)
