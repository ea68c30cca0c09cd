"""Files as offices have them, written by other libraries than ours: text, .xlsx, .xls, .ods."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

#: Rows of cells; None for an empty cell.
Grid = Sequence[Sequence[Any]]


def text(grid: Grid, delimiter: str = ";", newline: str = "\r\n", encoding: str = "utf-8") -> bytes:
    """A text file; cells that hold the delimiter, a quotation mark or a line break are quoted."""
    return (newline.join(line(row, delimiter) for row in grid) + newline).encode(encoding)


def line(row: Sequence[Any], delimiter: str) -> str:
    """One row of a text file."""
    return delimiter.join(_quoted("" if cell is None else str(cell), delimiter) for cell in row)


def _quoted(cell: str, delimiter: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in (delimiter, '"', "\n", "\r")) else cell


def xlsx(sheets: Mapping[str, Grid], dress: Callable[[Any], None] | None = None, *, epoch_1904: bool = False) -> bytes:
    """A workbook of Excel; `dress` merges, hides and formats its sheets."""
    from openpyxl import Workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    book.remove(book.worksheets[0])
    for title, grid in sheets.items():
        sheet = book.create_sheet(title)
        for row in grid:
            sheet.append(list(row))
    if dress:
        dress(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls(sheets: Mapping[str, Grid], *, epoch_1904: bool = False) -> bytes:
    """A workbook of Excel before 2007."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = epoch_1904
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for title, grid in sheets.items():
        sheet = book.add_sheet(title)
        for index, row in enumerate(grid):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write(index, column, cell, day)
                elif isinstance(cell, str) and cell.startswith("="):
                    sheet.write(index, column, xlwt.Formula(cell[1:]))
                elif cell is not None:
                    sheet.write(index, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods(sheets: Mapping[str, Grid]) -> bytes:
    """A workbook of LibreOffice; equal neighbours are written once with how often, as LibreOffice does."""
    tables = "".join(
        f'<table:table table:name="{escape(title)}">{_repeated(map(_row, grid), "rows")}</table:table>'
        for title, grid in sheets.items()
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            'manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"/></manifest:manifest>',
            "content.xml": '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
            'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2">'
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        }
    )


def _row(row: Sequence[Any]) -> str:
    return f"<table:table-row>{_repeated(map(_cell, row), 'columns')}</table:table-row>"


def _repeated(elements: Iterable[str], what: str) -> str:
    """The elements one behind the other, equal neighbours written once."""
    found = [(element, len(list(same))) for element, same in groupby(elements)]
    sign = f"table:number-{what}-repeated"
    return "".join(
        re.sub(r"^<[\w:-]+", rf'\g<0> {sign}="{count}"', element) if count > 1 else element for element, count in found
    )


def _cell(cell: Any) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, datetime | date):
        kind = f'office:value-type="date" office:date-value="{cell:%Y-%m-%d}"'
    elif isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
    elif str(cell).startswith("#"):
        kind = 'table:formula="of:=[.#REF!]" office:value-type="string" office:string-value=""'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts, in their order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The zip with every part changed; a part that becomes None is left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    return zipped({name: content for name, content in parts.items() if content is not None})
