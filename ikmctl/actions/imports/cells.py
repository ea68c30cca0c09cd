"""The cells of a sheet → values, laid down row by row, and what was found of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ikmctl.actions.imports.options import Options, Progress
from ikmctl.actions.imports.read import FileReader, proposals
from ikmctl.domain.fields import Field
from ikmctl.domain.numbers import Style
from ikmctl.domain.problems import Unreadable
from ikmctl.sheets.formats.cells import Row
from ikmctl.sheets.table import added_columns, date_ranges, oss
from ikmctl.sheets.table.choose_sheet import Chosen
from ikmctl.sheets.table.columns import HeaderColumn
from ikmctl.sheets.table.row_roles import Layout
from ikmctl.sheets.validation.cell_parser import Words
from ikmctl.sheets.validation.checker import Batch, Checker, Findings, RowFinding, unreadable


@dataclass(frozen=True)
class SheetRead:
    """A sheet as it was read: which rows are records, and what was found of them."""

    chosen: Chosen
    layout: Layout
    findings: Findings
    is_oss: bool
    known_as: int | None
    """the change that imported the same bytes before"""
    proposals: dict[str, Field] = field(default_factory=dict)
    """heading without a field → the field that it looks like"""


class Rows(Protocol):
    """Where the rows of an import lie until they are matched and applied."""

    def add(self, file: int, fields: Sequence[Field], batch: Batch) -> list[RowFinding]:
        """Lay down a batch of rows, its columns in the order of `fields`; what was found on the way."""

    def clear(self, file: int) -> None:
        """Take the rows of one file away, to be read anew."""

    def late_findings(self, file: int) -> list[RowFinding]:
        """What shows only when all rows of a file are there."""

    def reject(self, file: int, rows: set[int]) -> None:
        """Leave out rows that cannot be taken."""


def read_cells(
    rows: Rows, file: int, chosen: Chosen, reader: FileReader, known_as: int | None, progress: Progress | None
) -> SheetRead:
    """Read every row of a sheet and lay those down that can be taken.

    The sheet is read once more where a whole column decides how its numbers are written.
    """
    columns = added_columns.add_columns(date_ranges.with_end(chosen.columns, reader.entity), reader.entity)
    styles: dict[int, Style] = {}
    while True:
        layout = chosen.layout()
        words = Words(reader.known.form_aliases, reader.known.kbli_titles)
        checker = Checker(columns, styles, words, ragged=chosen.sheet.ragged)
        count = 0
        for batch in checker.batches(_records(chosen, layout, columns, reader.options)):
            checker.findings.add(rows.add(file, checker.fields, batch))
            count += len(batch.rows)
            if progress:
                progress(count, max(chosen.sheet.size, count))
        decided = checker.settle()
        if not decided:
            break
        styles |= decided
        rows.clear(file)
    findings = checker.findings
    findings.add(rows.late_findings(file))
    findings.add(unreadable(row, "name", "", Unreadable("half-rejected")) for row in _halves(findings))
    rows.reject(file, findings.rejected)
    likely = dict(proposals(chosen, reader.headings))
    return SheetRead(chosen, layout, findings, oss.is_export(chosen.columns), known_as, likely)


def _records(chosen: Chosen, layout: Layout, columns: Sequence[HeaderColumn], options: Options) -> Iterator[Row]:
    records = chosen.records(layout)
    if oss.is_export(chosen.columns):
        records = oss.rows(records, chosen.columns, layout, all_kbli=options.all_kbli)
    return added_columns.add_cells(date_ranges.rows(records, columns), columns)


def _halves(findings: Findings) -> list[int]:
    """The rows to which a row that cannot be taken would add: half a business is not taken."""
    return sorted(findings.halved - findings.rejected)
