"""Reads Excel workbooks of before 2007 (.xls) with xlrd, since calamine gives cells with errors as empty."""

import io
from collections.abc import Callable
from typing import Any

from ikmctl.errors import FileRefused
from ikmctl.language import _
from ikmctl.sheets.formats.cells import Sheet, TypedCell
from ikmctl.sheets.formats.source_copy import Copy
from ikmctl.sheets.formats.worksheet import SheetMetadata, Worksheet, broken, protected, require_plausible_size

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read(copy: Copy) -> list[Sheet]:
    """The sheets that are not empty, in the order of the workbook. Raises FileRefused."""
    import xlrd

    data = copy.start(copy.size)
    if _ENCRYPTED in data:
        raise protected(copy.name)
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
        sheets: list[Sheet] = []
        for table in book.sheets():
            if table.nrows:
                filled = sum(
                    len(kinds) - kinds.count(0) - kinds.count(6) for kinds in map(table.row_types, range(table.nrows))
                )
                require_plausible_size(copy.name, table.name, table.nrows, table.ncols, filled)
                notes = (_("the sheet is hidden"),) if table.visibility else ()
                sheets.append(
                    Worksheet(copy.name, table.name, copy.digest, _values(table, book), _seen(table), "xls", notes)
                )
    except FileRefused:
        raise
    except Exception as error:  # at a broken file xlrd may raise any exception
        if "encrypted" in str(error).lower():
            raise protected(copy.name) from None
        raise broken(copy.name) from None
    if not sheets:
        raise FileRefused(file=copy.name, reason=_("all of its sheets are empty"), advice=_("Name another workbook."))
    return sheets


def _values(table: Any, book: Any) -> list[list[Any]]:
    import xlrd

    read: dict[int, Callable[[Any], Any]] = {
        xlrd.XL_CELL_EMPTY: lambda value: "",
        xlrd.XL_CELL_BLANK: lambda value: "",
        xlrd.XL_CELL_TEXT: str,
        xlrd.XL_CELL_NUMBER: float,
        xlrd.XL_CELL_BOOLEAN: bool,
        xlrd.XL_CELL_ERROR: lambda value: "",
        xlrd.XL_CELL_DATE: lambda value: _date(value, book.datemode),
    }
    rows = []
    for row in range(table.nrows):
        cells = [read[kind](value) for kind, value in zip(table.row_types(row), table.row_values(row), strict=True)]
        rows.append(cells + [""] * (table.ncols - len(cells)))
    return rows


def _date(value: float, mode: int) -> Any:
    """The date for a serial number in the calendar of the workbook (1900 or 1904); the number if it is not a date."""
    import xlrd

    try:
        return xlrd.xldate_as_datetime(value, 1 if mode else 0) if value >= 1 else value
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return value


def _seen(table: Any) -> SheetMetadata:
    import xlrd

    special = {}
    for row in range(table.nrows):
        for column, kind in enumerate(table.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(table.cell_value(row, column), "#?")
                special[row, column] = TypedCell("error", text, text)
    rows = sum(1 for row in table.rowinfo_map.values() if row.hidden)
    columns = sum(1 for column in table.colinfo_map.values() if column.hidden)
    return SheetMetadata(special, rows, columns)
