"""Writes the cells of a workbook: values with their type, and text that Excel does not run as a formula."""

import math
import textwrap
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ikmctl import errors
from ikmctl.document import TableColumn
from ikmctl.language import current_language
from ikmctl.output.text.display_width import measure_width
from ikmctl.output.text.format_value import clean, format_exact

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: Limits of Excel: the characters of a cell, and the whole number from which on it rounds.
CELL_LIMIT, EXACT_LIMIT = 32_767, 10**15

#: The widest column, in characters.
MAXIMUM_WIDTH = 60

#: The height of a line, in points.
LINE_HEIGHT = 15

_LANGUAGES = {"id": "[$-421]", "en": "[$-809]"}
_PATTERNS = {
    "text": "@", "count": "#,##0", "money": '"Rp"#,##0', "percent": '0.0"%"', "record number": "0", "year": "0",
}  # fmt: skip


class Cells:
    """Writes cells into the sheets of one workbook."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._styles: dict[tuple[str, bool], Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self._paragraph = book.add_format({"text_wrap": True, "valign": "top"})
        heading = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
        self._headings = [book.add_format({**heading, "align": align}) for align in ("left", "right")]

    def style(self, kind: str, *, bold: bool = False) -> "Format":
        """The cell format for a kind of value; bold for totals."""
        style = self._styles.get((kind, bold))
        if style is None:
            pattern = _PATTERNS.get(kind, "General")
            if kind == "date":
                pattern = _LANGUAGES[current_language()] + "d mmm yyyy"
            style = self._book.add_format({"num_format": pattern, "bold": bold, "valign": "top", "top": int(bold)})
            self._styles[kind, bold] = style
        return style

    def heading(self, sheet: "Worksheet", row: int, index: int, text: str, *, right: bool = False) -> None:
        """Write the heading of a column, aligned as its values."""
        self.text(sheet, row, index, text, self._headings[right])

    def text(self, sheet: "Worksheet", row: int, index: int, text: str, style: "Format | None" = None) -> None:
        """Write text as text. Raises CellTooLong for text that Excel would cut without a message."""
        written = clean(text)
        if len(written) > CELL_LIMIT // 2 and (length := len(written.encode("utf-16-le")) // 2) > CELL_LIMIT:
            raise errors.CellTooLong(limit=CELL_LIMIT, start=written[:40], length=length)
        sheet.write_string(row, index, written, style)

    def paragraph(self, sheet: "Worksheet", row: int, text: str, widths: Sequence[int]) -> None:
        """Write a text below a table, wrapped at the width of the table, so that the sheet prints one page wide."""
        last = max(0, len(widths) - 1)
        sheet.set_row(row, LINE_HEIGHT * count_lines(text, sum(widths)))
        if last:
            sheet.merge_range(row, 0, row, last, "", self._paragraph)
        self.text(sheet, row, 0, text, self._paragraph)

    def value(
        self, sheet: "Worksheet", row: int, index: int, column: TableColumn, value: Any, *, bold: bool = False
    ) -> None:
        """Write a value as number, date or text. Raises CellTooLong."""
        kind = column.kind.name
        day = _day(value) if kind == "date" else None
        if day:
            sheet.write_datetime(row, index, day, self.style("date", bold=bold))
        elif is_number(column, value):
            sheet.write_number(row, index, value, self.style(kind, bold=bold))
        elif written := format_exact(column, value):
            self.text(sheet, row, index, written, self.style("text", bold=bold))
        else:
            sheet.write_blank(row, index, None, self.style("text", bold=bold))


def value_width(column: TableColumn, value: Any) -> int:
    """The width of a value in characters."""
    return measure_width(format_exact(column, value)[: MAXIMUM_WIDTH + 1])


def count_lines(text: str, width: int) -> int:
    """The number of lines of a text that is wrapped at `width` characters."""
    return len(textwrap.wrap(text, max(width - 2, 1))) or 1


def is_number(column: TableColumn, value: Any) -> bool:
    """Whether Excel can store the value as a number without rounding it."""
    return column.kind.right and isinstance(value, int | float) and math.isfinite(value) and abs(value) < EXACT_LIMIT


def heading_width(column: TableColumn) -> int:
    """The width of a column for its heading, which is wrapped between words to at most about three lines."""
    title = column.title
    return max(8, math.ceil(measure_width(title) / 3), *(measure_width(word) for word in title.split() or [""]))


def _day(value: Any) -> datetime | None:
    """The day of an ISO date; None if it is before 1900, where Excel's calendar begins."""
    try:
        day = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return day if day.year >= 1900 else None
