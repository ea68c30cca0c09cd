"""Renders a document as an Excel workbook: a sheet for each block, totals as formulas, charts of Excel."""

import io
import math
import re
from collections.abc import Iterator, Sequence
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ikmctl import errors
from ikmctl.document import Block, Card, Chart, Document, Letterhead, Table, TableColumn, Text
from ikmctl.language import _
from ikmctl.output.formats import signature
from ikmctl.output.formats.plain import MEASURED_ROWS
from ikmctl.output.formats.xlsx_cells import (
    LINE_HEIGHT,
    MAXIMUM_WIDTH,
    Cells,
    count_lines,
    heading_width,
    is_number,
    value_width,
)
from ikmctl.output.text.display_width import measure_width
from ikmctl.output.text.format_value import clean

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

#: The number of rows of a sheet in Excel.
ROW_LIMIT = 1_048_576

#: The number of rows of a template that have drop-down lists.
ROWS_TO_FILL = 2_000
#: The longest list of choices, in characters, that Excel stores with a cell.
LONGEST_LIST = 255

_A4, _FOOTER_LIMIT = 9, 100
_SIGNATURE_ROOM = ("", "", "")


def as_workbook(document: Document) -> Iterator[bytes]:
    """The Excel file. Raises CellTooLong, TooManyRows."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "use_zip64": True}
    try:
        with TemporaryDirectory() as directory, Workbook(buffer, {**options, "tmpdir": directory}) as book:
            book.set_properties({"title": clean(document.title)})
            _Writer(book, document).write()
    except FileCreateError as error:  # it contains the OSError
        raise error.args[0] from error
    yield buffer.getvalue()


class _Writer:
    """Writes one workbook."""

    def __init__(self, book: "Workbook", document: Document) -> None:
        self.book, self.document = book, document
        self.cells = Cells(book)
        self.names: list[str] = []

    def write(self) -> None:
        """Write every block on a sheet of its own; a report begins with a sheet for letterhead and signature."""
        blocks, letterhead = self.document.blocks, self.document.letterhead
        front = self.sheet(_("Report")) if letterhead and self.document.shape == "report" else None
        for block in blocks:
            self.block(block)
        if front and letterhead:
            titles = [self.title_of(block) for block in blocks]
            self.front(front, letterhead, list(zip(titles, self.names[1:], strict=True)))
        if not self.names:
            self.sheet(self.document.title)

    def title_of(self, block: Block) -> str:
        """The title of a block, else that of the document."""
        return (block.text.partition("\n")[0] if isinstance(block, Text) else block.title) or self.document.title

    def sheet(self, title: str, *, heading: int | None = None) -> "Worksheet":
        """Add an empty sheet for A4. The row `heading` stays visible and is repeated on every page."""
        self.names.append(sheet_name(title, self.names))
        sheet = self.book.add_worksheet(self.names[-1])
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        page = _("page {page} of {pages}").format(page="&P", pages="&N")
        sheet.set_footer(f"&L{clean(self.document.heading)[:_FOOTER_LIMIT].replace('&', '&&')}&R{page}")
        if heading is not None:
            sheet.freeze_panes(heading + 1, 1)
            sheet.repeat_rows(heading)
        return sheet

    def block(self, block: Block) -> None:
        """Write a block on a sheet of its own."""
        match block:
            case Table():
                self.table(block)
            case Card():
                self.card(block)
            case Chart():
                self.chart(block)
            case Text():
                sheet = self.sheet(_("Note"))
                _set_widths(sheet, [MAXIMUM_WIDTH, MAXIMUM_WIDTH])
                for row, line in enumerate(block.text.split("\n")):
                    self.cells.paragraph(sheet, row, line, [MAXIMUM_WIDTH, MAXIMUM_WIDTH])

    def table(self, table: Table) -> None:
        """Write the headings, the rows, and the totals as formulas."""
        top = 1 if table.title else 0
        sheet = self.sheet(self.title_of(table), heading=top)
        if table.title:
            self.cells.text(sheet, 0, 0, table.title, self.cells.title)
        sheet.set_row(
            top, LINE_HEIGHT * max(count_lines(column.title, heading_width(column) + 2) for column in table.columns)
        )
        for index, column in enumerate(table.columns):
            right = column.kind.right or column.kind.name == "date"
            self.cells.heading(sheet, top, index, column.title, right=right)
        widths = [heading_width(column) for column in table.columns]
        sums: list[float] = [0] * len(widths)
        last = top
        for last, values in enumerate(table.rows, start=top + 1):
            if last >= ROW_LIMIT - 1:
                raise errors.TooManyRows(count=f"> {ROW_LIMIT}", format="Excel", limit=ROW_LIMIT)
            for index, (column, value) in enumerate(zip(table.columns, values, strict=True)):
                self.cells.value(sheet, last, index, column, value)
                if table.total is not None and is_number(column, value):
                    sums[index] += value
            if last <= MEASURED_ROWS:
                widths = list(map(max, widths, map(value_width, table.columns, values)))
        if last == top:
            self.cells.text(sheet, last := top + 1, 0, _("(none)"))
        elif table.total is not None:
            last = self.total(sheet, table, range(top + 1, last + 1), sums)
        else:
            sheet.autofilter(top, 0, last, len(widths) - 1)
        _set_widths(sheet, widths)
        wide = [min(width, MAXIMUM_WIDTH) + 2 for width in widths]
        for row, note in enumerate(table.notes, start=last + 2):
            self.cells.paragraph(sheet, row, note, wide)
        if table.fillable:
            self.prepare(sheet, table, top + 1, widths)

    def prepare(self, sheet: "Worksheet", table: Table, first: int, widths: Sequence[int]) -> None:
        """Prepare a template for filling in: drop-down lists, and text columns that Excel does not convert."""
        last = first + ROWS_TO_FILL
        for index, column in enumerate(table.columns):
            if not column.kind.right and column.kind.name != "date":
                sheet.set_column(index, index, min(widths[index], MAXIMUM_WIDTH) + 2, self.cells.style("text"))
            if column.offered:
                sheet.data_validation(first, index, last, index, self.choices(column))

    def choices(self, column: TableColumn) -> dict[str, object]:
        """The data validation for the choices of a column. A list too long for a cell is written to a hidden sheet."""
        validation = {"validate": "list", "error_type": "warning", "input_title": column.title[:32]}
        listed = [clean(text) for text in column.offered]
        if len(",".join(listed)) <= LONGEST_LIST and not any("," in text for text in listed):
            return {**validation, "source": listed}
        name = sheet_name(column.title, self.names)
        self.names.append(name)
        hidden = self.book.add_worksheet(name)
        for row, text in enumerate(listed):
            self.cells.text(hidden, row, 0, text)
        hidden.hide()
        return {**validation, "source": f"='{name}'!$A$1:$A${len(listed)}"}

    def total(self, sheet: "Worksheet", table: Table, rows: range, sums: Sequence[float]) -> int:
        """Write the total row and return its index: a formula if the cells add up to the total, else the total."""
        from xlsxwriter.utility import xl_range

        self.cells.text(sheet, rows.stop, 0, _("Total"), self.cells.style("text", bold=True))
        for index, (column, value) in enumerate(zip(table.columns, table.total or (), strict=True)):
            if index and is_number(column, value) and math.isclose(value, sums[index], rel_tol=1e-12):
                formula = f"=SUM({xl_range(rows.start, index, rows.stop - 1, index)})"
                sheet.write_formula(rows.stop, index, formula, self.cells.style(column.kind.name, bold=True), value)
            elif index:
                self.cells.value(sheet, rows.stop, index, column, value, bold=True)
        return rows.stop

    def card(self, card: Card) -> None:
        """Write a row with title and value for each column of a card."""
        sheet = self.sheet(self.title_of(card))
        top = 2 if card.title else 0
        if card.title:
            self.cells.text(sheet, 0, 0, card.title, self.cells.title)
        widths = [10, 10]
        for row, (column, value) in enumerate(zip(card.columns, card.row, strict=True), start=top):
            self.cells.text(sheet, row, 0, column.title)
            self.cells.value(sheet, row, 1, column, value)
            widths = [max(widths[0], measure_width(column.title)), max(widths[1], value_width(column, value))]
        _set_widths(sheet, widths)

    def chart(self, chart: Chart) -> None:
        """Write the figures of a chart, and the chart beside them."""
        sheet = self.sheet(chart.title, heading=1)
        self.cells.text(sheet, 0, 0, chart.title, self.cells.title)
        for index, name in enumerate(("", *(name for name, _values in chart.series))):
            self.cells.heading(sheet, 1, index, name, right=index > 0)
        for row, label in enumerate(chart.labels):
            self.cells.text(sheet, row + 2, 0, label)
            for index, (_name, values) in enumerate(chart.series, start=1):
                value = values[row]
                if value is not None:
                    style = self.cells.style("count" if isinstance(value, int) else "")
                    sheet.write_number(row + 2, index, value, style)
        _set_widths(sheet, [max(map(measure_width, chart.labels), default=8), *(14 for _each in chart.series)])
        if chart.labels and chart.series:
            self.draw(sheet, chart)

    def draw(self, sheet: "Worksheet", chart: Chart) -> None:
        """Insert a chart of the figures on the sheet."""
        name, last = self.names[-1], len(chart.labels) + 1
        drawn = self.book.add_chart({"type": "bar" if chart.drawn_as == "bars" else "line"})
        assert drawn is not None  # noqa: S101 - both types exist
        for index in range(1, len(chart.series) + 1):
            series = {
                "name": [name, 1, index],
                "categories": [name, 2, 0, last, 0],
                "values": [name, 2, index, last, index],
            }
            drawn.add_series(series)
        # Excel could take a title given as text for a formula: it refers to a cell, and `data` is its cached text.
        drawn.set_title({"name": [name, 0, 0], "data": [clean(chart.title)]})
        drawn.set_size({"width": 720, "height": 380})
        if chart.drawn_as == "bars":
            drawn.set_y_axis({"reverse": True})  # the first label at the top
        if len(chart.series) == 1:
            drawn.set_legend({"none": True})
        sheet.insert_chart(1, len(chart.series) + 2, drawn)

    def front(self, sheet: "Worksheet", letterhead: Letterhead, contents: Sequence[tuple[str, str]]) -> None:
        """Write the first sheet of a report: letterhead, contents with links, and signature block."""
        _set_widths(sheet, [MAXIMUM_WIDTH])
        sheet.set_portrait()
        line = 0
        if letterhead.logo:
            from ikmctl.output.formats.pdf import as_png

            sheet.set_row_pixels(0, 90)
            picture = {"image_data": io.BytesIO(as_png(letterhead.logo)), "x_scale": 2 / 3, "y_scale": 2 / 3}
            sheet.insert_image(0, 0, "logo.png", picture)
            line = 1
        for text in filter(None, (letterhead.office, letterhead.address)):
            self.cells.text(sheet, line, 0, text)
            line += 1
        self.cells.text(sheet, line + 1, 0, self.document.title, self.cells.title)
        line += 3
        for row, (title, name) in enumerate(contents, start=line):
            quoted = name.replace("'", "''")
            sheet.write_url(row, 0, f"internal:'{quoted}'!A1", string=clean(title)[:MAXIMUM_WIDTH])
        above, below = signature.lines_above(letterhead), signature.lines_below(letterhead)
        for row, text in enumerate((*above, *_SIGNATURE_ROOM, *below), start=line + len(contents) + 1):
            self.cells.text(sheet, row, 0, text)


def sheet_name(title: str, taken: Sequence[str]) -> str:
    """A name that Excel accepts: at most 31 characters, none of []:*?/\\, no apostrophe at an end, unique."""
    cleaned = re.sub(r"[\[\]:*?/\\]", " ", clean(title))
    base = _cut(" ".join(cleaned.split()), 31) or _("Sheet")
    reserved = {name.casefold() for name in taken} | {"history"}  # Excel reserves this name
    name, count = base, 1
    while name.casefold() in reserved:
        count += 1
        name = f"{_cut(base, 30 - len(str(count)))} {count}"
    return name


def _cut(text: str, length: int) -> str:
    """The text cut to `length` UTF-16 code units, in which Excel counts, without splitting a character."""
    while len(text.encode("utf-16-le")) // 2 > length:
        text = text[:-1]
    return text.strip("' ")


def _set_widths(sheet: "Worksheet", widths: Sequence[int]) -> None:
    for index, width in enumerate(widths):
        sheet.set_column(index, index, min(width, MAXIMUM_WIDTH) + 2)
