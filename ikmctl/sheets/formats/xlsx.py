"""Reads from the XML of an Excel workbook what calamine does not give, and the size of a sheet before parsing."""

import re
from collections.abc import Callable, Iterator

from ikmctl.sheets.formats.cells import TypedCell
from ikmctl.sheets.formats.worksheet import SheetMetadata, broken, require_plausible_size

#: A function that returns the content of a part of the archive by its name.
Part = Callable[[str], bytes]


def sheet_parts(name: str, part: Part) -> dict[str, str]:
    """The part of the archive that contains each sheet, by the name of the sheet. Raises FileRefused."""
    from xml.etree import ElementTree

    try:
        book = ElementTree.fromstring(part("xl/workbook.xml"))  # noqa: S314 - expat limits entities
        links = ElementTree.fromstring(part("xl/_rels/workbook.xml.rels"))  # noqa: S314 - as above
    except ElementTree.ParseError:
        raise broken(name) from None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    paths = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            target = targets.get(link, "")
            paths[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return paths


_COLUMNS = re.compile(rb"r=[\"']([A-Z]+)\d")
_ROWS = re.compile(rb"r=[\"'][A-Z]+(\d+)")
_PIECE, _LONGEST_REFERENCE = 1 << 20, 16
_REFERENCE = re.compile(rb'<c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_ERROR = re.compile(rb'<c\s[^>]*?\bt="e"[^>]*>(?:<f[^>]*?(?:/>|>[^<]*</f>))?<v>([^<]*)<')
_UNSOLVED = re.compile(rb"(?:</f>|<f[^>]*/>)(?:<v\s*/>|<v></v>)?</c>")


def look(name: str, title: str, data: bytes) -> SheetMetadata:
    """The metadata of a sheet. Raises FileRefused for a sheet that is far larger than its content."""
    data = _unprefixed(data)
    rows, columns, filled = _reach(data)
    require_plausible_size(name, title, rows, columns, filled)
    special: dict[tuple[int, int], TypedCell] = {}
    if b't="e"' in data:
        for match in _ERROR.finditer(data):
            place = _REFERENCE.match(data, match.start())
            if place:
                text = match[1].decode("ascii", "replace")
                special[int(place[2]) - 1, _column(place[1])] = TypedCell("error", text, text)
    if b"<f" in data:
        for match in _UNSOLVED.finditer(data):
            start = data.rfind(b"<c ", 0, match.start())
            place = _REFERENCE.match(data, start)
            if place and b't="str"' not in data[start : match.start()]:  # with t="str" the result is an empty text
                special[int(place[2]) - 1, _column(place[1])] = TypedCell("formula", "", "=…")
    if b" hidden=" not in data:
        return SheetMetadata(special)
    hidden = re.findall(rb'<row\s[^>]*?\bhidden="(?:1|true)"', data)
    columns_hidden = sum(
        min(int(last), columns) - int(first) + 1 for first, last in _hidden_columns(data) if int(first) <= columns
    )
    return SheetMetadata(special, len(hidden), max(0, columns_hidden))


def _unprefixed(data: bytes) -> bytes:
    """The XML without the namespace prefix that some programs write: <x:row> becomes <row>."""
    prefix = re.search(rb"<(\w+:)worksheet\b", data[:10_000])
    return data.replace(b"<" + prefix[1], b"<").replace(b"</" + prefix[1], b"</") if prefix else data


def _reach(data: bytes) -> tuple[int, int, int]:
    """The last row, the last column and the number of cells. All cells are examined, since rows may be out of order."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    count = 0
    for start in range(0, len(data), _PIECE):
        letters = _COLUMNS.findall(data, start, start + _PIECE + _LONGEST_REFERENCE)
        count += len(letters)
        columns.update(letters)
        rows.update(_ROWS.findall(data, start, start + _PIECE + _LONGEST_REFERENCE))
    row, column = max(map(int, rows), default=0), max(map(_column, columns), default=-1) + 1
    if data.count(b"<c") > 2 * count + 100:  # cells without a reference follow one another
        parts = data.split(b"<row")
        column = max(column, *(part.count(b"<c") for part in parts))
        row = max(row, len(parts), *map(int, re.findall(rb"<row[^>]*?\br=[\"'](\d{1,7})", data)))
    return row, column, count


def _hidden_columns(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    for match in re.finditer(rb'<col\s[^>]*?\bhidden="(?:1|true)"[^>]*>', data[:200_000]):
        first, last = re.search(rb'min="(\d+)"', match[0]), re.search(rb'max="(\d+)"', match[0])
        if first and last:
            yield first[1], last[1]


def _column(letters: bytes) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
