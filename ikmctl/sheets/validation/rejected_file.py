"""The rows that could not be taken, as a file of the same kind beside the source, ready to be mended and imported."""

import codecs
import io
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Any

from ikmctl import disk
from ikmctl.domain.csv_text import format_csv
from ikmctl.domain.values.clean_text import guard
from ikmctl.sheets.formats.cells import CONTINUATION, FIGURES, Cell, Row, TypedCell, cell_text
from ikmctl.sheets.formats.csv_file import Delimited
from ikmctl.sheets.table.choose_sheet import ChosenSheet
from ikmctl.sheets.table.columns import PROBLEM, naming_position
from ikmctl.sheets.validation.findings import Findings


def write(chosen: ChosenSheet, findings: Findings) -> Path:
    """Write the rejected rows in the officer's own columns, with a column `problem`; where the file lies.

    Raises OutputRefused.
    """
    sheet = chosen.sheet
    source = Path(sheet.name)
    suffix = ".rejected.csv" if isinstance(sheet, Delimited) else ".rejected.xlsx"
    part = f"-{sheet.title}" if sheet.title and sheet.title != source.stem else ""
    name = "".join(sign for sign in f"{source.stem}{part}" if sign.isprintable() and sign not in '\\/:*?"<>|')[:150]
    beside = _free(source.with_name(name + suffix) if source.exists() else Path("ikmctl" + suffix))
    rows = _rows(chosen, findings)
    text = isinstance(sheet, Delimited) and sheet.dialect.original
    disk.write([(beside, _as_text(rows, text) if text else _as_workbook(rows))])
    return beside


def _free(path: Path) -> Path:
    """The path, or a like one that is not taken: the officer may be mending the rows of an earlier import."""
    numbers = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(each for each in chain((path,), numbers) if not each.exists())


def _rows(chosen: ChosenSheet, findings: Findings) -> Iterator[list[Cell]]:
    """The headings, then each rejected row with its reasons."""
    headings = [column.heading for column in chosen.columns]
    width = max([len(headings), *(_filled(row.cells) for row in _rejected(chosen, findings))])
    yield [*headings, *[""] * (width - len(headings)), PROBLEM]
    reasons: dict[int, list[str]] = {}
    for problem in findings.problems:
        where = f"{problem.heading}: " if problem.heading else ""
        reasons.setdefault(problem.row, []).append(f"{where}{problem.reason}. {problem.advice}")
    for row in _rejected(chosen, findings):
        cells = list(row.cells[:width])
        if row.role in (CONTINUATION, FIGURES):
            cells = _as_written(cells, chosen)
        yield [*cells, *[""] * (width - len(cells)), " ".join(reasons.get(row.number, ()))]


def _rejected(chosen: ChosenSheet, findings: Findings) -> Iterator[Row]:
    return (row for row in chosen.records(chosen.classifier()) if row.number in findings.rejected)


def _filled(cells: Sequence[Cell]) -> int:
    """How many cells a row has without the empty ones at its end."""
    return max((place for place, cell in enumerate(cells, start=1) if cell_text(cell)), default=0)


def _as_written(cells: list[Cell], chosen: ChosenSheet) -> list[Cell]:
    """A row that adds to the one above, without the name that was lent to it."""
    lent = naming_position(chosen.columns)
    return ["" if index == lent else cell for index, cell in enumerate(cells)]


def _as_text(rows: Iterator[list[Cell]], delimiter: str) -> Iterator[bytes]:
    yield codecs.BOM_UTF8
    for part in format_csv(([guard(cell_text(cell)) for cell in row] for row in rows), delimiter):
        yield part.encode()


def _as_workbook(rows: Iterator[list[Cell]]) -> Iterator[bytes]:
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for index, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                _write_cell(sheet, index, column, cell, day)
    yield buffer.getvalue()


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, day: Any) -> None:
    if isinstance(cell, TypedCell) and isinstance(cell.value, date):
        sheet.write_datetime(row, column, cell.value, day)
    elif isinstance(cell, TypedCell) and isinstance(cell.value, int | float) and cell.kind == "number":
        sheet.write_number(row, column, cell.value)
    elif text := cell_text(cell):
        sheet.write_string(row, column, text)
