"""Reads the cells of a sheet into values, stages them row by row, and collects the findings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ikmctl.actions.imports.options import Progress
from ikmctl.actions.imports.read import FileReader
from ikmctl.domain.choices import words
from ikmctl.domain.fields import Field
from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values.numbers import Style
from ikmctl.language import _, number
from ikmctl.sheets.formats.cells import Row
from ikmctl.sheets.table import added_columns, cities, date_ranges, oss
from ikmctl.sheets.table.choose_sheet import ChosenSheet
from ikmctl.sheets.table.columns import HeaderColumn
from ikmctl.sheets.table.confirm import similar_fields
from ikmctl.sheets.table.row_roles import TOTALS, RowClassifier
from ikmctl.sheets.validation.batch import Batch
from ikmctl.sheets.validation.cell_parser import Words
from ikmctl.sheets.validation.checker import Checker, RowRules
from ikmctl.sheets.validation.findings import Findings, RowFinding, RowProblem


@dataclass(frozen=True)
class SheetRead:
    """A sheet as it was read: its row classifier, and the findings on its rows."""

    chosen: ChosenSheet
    classifier: RowClassifier
    findings: Findings
    is_oss: bool
    #: Number of the change that imported the same bytes before.
    known_as: int | None
    #: Heading without a field → a field of a similar heading.
    similar: dict[str, Field] = field(default_factory=dict)
    #: Heading → how its field is known, as KnownHeadings.certainty says it.
    certainty: dict[str, str] = field(default_factory=dict)
    #: Whether rows of other cities are imported, although a column names the city.
    keeps_other_cities: bool = False
    #: What the rows above a list of participants say of its event: field → text.
    titled: Mapping[str, str] = field(default_factory=dict)


class Rows(Protocol):
    """The store of an import's rows until they are matched and applied."""

    def add(self, file: int, headings: Mapping[str, str], batch: Batch) -> list[RowFinding]:
        """Store a batch of rows; `headings` gives the field and the heading of each column. Returns the findings."""

    def clear(self, file: int) -> None:
        """Remove the rows of one file, before it is read again."""

    def late_findings(self, file: int) -> list[RowFinding]:
        """Findings that need all rows of a file."""

    def reject(self, file: int, rows: set[int]) -> None:
        """Leave out rejected rows."""


def read_cells(
    rows: Rows, file: int, chosen: ChosenSheet, reader: FileReader, known_as: int | None, progress: Progress | None
) -> SheetRead:
    """Read every row of a sheet, store the accepted ones in `rows`, and return the findings.

    The sheet is read again if a whole column decides how its numbers are written (decimal point or comma), or that it
    is other data because none of its cells can be read.
    """
    styles: dict[int, Style] = {}
    while True:
        columns = added_columns.add_columns(date_ranges.add_end_column(chosen.columns, reader.entity), reader.entity)
        classifier = chosen.classifier()
        words = Words(reader.known.form_aliases, reader.known.kbli_titles)
        rules = RowRules(ragged=chosen.sheet.ragged, strict=reader.options.strict, identifying=reader.identifying)
        checker = Checker(columns, rules, styles, words)
        count = 0
        for batch in checker.batches(_records(chosen, classifier, columns, reader)):
            checker.findings.add(rows.add(file, checker.findings.headings, batch))
            count += len(batch.rows)
            if progress:
                progress(count, max(chosen.sheet.size, count))
        decided, refuted = checker.settle(), _refuted(chosen, checker.findings, reader)
        if not decided and not refuted:
            break
        chosen = chosen.without_fields(refuted)
        styles |= decided
        rows.clear(file)
    findings = checker.findings
    findings.warnings += checker.assumed_styles()
    for row in findings.totals:
        classifier.skip(row, TOTALS)
    findings.add(rows.late_findings(file))
    half = Unreadable("half-rejected")
    findings.add(RowProblem(row, "name", "", half.reason, half.advice) for row in _halves(findings))
    rows.reject(file, findings.rejected)
    similar = similar_fields(chosen.columns, chosen.sheet, chosen.header.last, reader.headings)
    certainty = {column.heading: reader.headings.certainty(column.heading) for column in chosen.columns if column.field}
    city, others = reader.other_cities(chosen.columns)
    keeps = city is not None and others == "keep"
    return SheetRead(chosen, classifier, findings, oss.is_export(chosen.columns), known_as, similar, certainty, keeps)


def _records(
    chosen: ChosenSheet, classifier: RowClassifier, columns: Sequence[HeaderColumn], reader: FileReader
) -> Iterator[Row]:
    records = chosen.records(classifier)
    position, others = reader.other_cities(chosen.columns)
    if position is not None and others == "skip":
        records = cities.without_other_cities(records, position, reader.known.city_name, classifier)
    if oss.is_export(chosen.columns):
        records = oss.manufacturing_rows(records, chosen.columns, classifier, all_kbli=reader.options.all_kbli)
    return added_columns.add_cells(date_ranges.split_ranges(records, columns), columns)


def _refuted(chosen: ChosenSheet, findings: Findings, reader: FileReader) -> dict[str, str]:
    """The fields of whose columns no cell can be read, each with a sentence; none that the officer has settled."""
    refuted = {}
    for column in chosen.columns:
        of = column.field
        if of is None or of.required or of.name in reader.identifying or not findings.has_no_value(of.name):
            continue
        if not reader.headings.is_settled(column.repeats or column.heading):
            refuted[of.name] = _(
                "Column “{heading}” is kept as other data: none of its {count} cells can be read as {expected} "
                '(if it is that: --map "{heading}={name}")'
            ).format(
                heading=column.heading,
                count=number(findings.unreadable[of.name]),
                expected=of.title,
                name=words([of.choice])[0],
            )
    return refuted


def _halves(findings: Findings) -> list[int]:
    """Rows of a business with another row that is rejected: a business is imported whole or not at all."""
    return sorted(findings.halved - findings.rejected)
