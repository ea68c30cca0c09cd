"""The plan of an import: its files read, and every row matched with the registry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ikmctl import errors
from ikmctl.actions.imports import read
from ikmctl.actions.imports.business_rows import BusinessRows
from ikmctl.actions.imports.cells import SheetRead, read_cells
from ikmctl.actions.imports.kinds import KINDS, Kind
from ikmctl.actions.imports.options import Options, Progress
from ikmctl.actions.imports.participants.rows import ParticipantRows
from ikmctl.actions.imports.pending_rows import PendingRows
from ikmctl.actions.imports.read import FileReader
from ikmctl.actions.imports.record_rows import RecordRows
from ikmctl.document import Caution
from ikmctl.domain.entities import BUSINESS, EVENT, OBSERVATION, PARTICIPANT
from ikmctl.domain.entities.pending import PENDING
from ikmctl.domain.fields import Entity
from ikmctl.language import _, number, plural
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.imports import staging
from ikmctl.registry.imports.twins import Twin
from ikmctl.registry.records import find
from ikmctl.sheets.table.choose_sheet import ChosenSheet
from ikmctl.sheets.table.event_titles import event_of_titles
from ikmctl.sheets.table.row_roles import SECTION
from ikmctl.sheets.validation import rejected_file

Rows = BusinessRows | RecordRows | PendingRows


@dataclass(frozen=True)
class Plan:
    """What an import would do: the sheets as read, their staged rows, and the state of the registry (`mark`)."""

    kind: Kind
    options: Options
    sheets: tuple[SheetRead, ...]
    rows: Rows
    mark: int
    #: Verdict → number of rows.
    counts: Mapping[staging.Verdict, int]

    @property
    def rejected(self) -> int:
        """The number of rejected rows."""
        return sum(len(sheet.findings.rejected) for sheet in self.sheets)

    @property
    def row_count(self) -> int:
        """The number of rows that contain a record."""
        return sum(sheet.findings.rows for sheet in self.sheets)

    @property
    def is_unrecognised(self) -> bool:
        """Whether no row was recognised as a record, and rows that may be records were taken for titles."""
        return not self.row_count and any(sheet.classifier.skipped[SECTION] for sheet in self.sheets)

    @property
    def counts_by_verdict(self) -> dict[staging.Verdict, int]:
        """Verdict → number of rows, for every verdict of this kind of spreadsheet, in display order."""
        counts = {verdict: self.counts.get(verdict, 0) for verdict in self.rows.verdicts}
        return counts | {staging.REJECTED: self.rejected}

    @property
    def undecided(self) -> int:
        """The number of rows that match a record but differ from it, or may match one."""
        return self.counts.get(staging.CHANGED, 0) + self.counts.get(staging.POSSIBLE, 0)

    @property
    def changes(self) -> int:
        """The number of records that would be added or changed."""
        return self.counts.get(staging.NEW, 0) + self.counts.get(staging.CHANGED, 0)

    @property
    def pending_cells(self) -> int:
        """The number of cells that would be set aside."""
        return sum(count.cells for count in self.rows.pending())

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The name and the sheet of each file, for pending values."""
        return [(Path(sheet.chosen.sheet.name).name, sheet.chosen.sheet.title) for sheet in self.sheets]

    @property
    def doubts(self) -> list[str]:
        """Messages if the files look like another kind of spreadsheet, with the command for it."""
        better = dict.fromkeys(sheet.chosen.better for sheet in self.sheets if sheet.chosen.better)
        doubts = [KINDS[name].invitation for name in better]
        return doubts or ([KINDS["observations"].invitation] if self._is_data_of_a_year else [])

    @property
    def _is_data_of_a_year(self) -> bool:
        """Whether the rows are of businesses, most of them registered, and have only fields of observations."""
        if self.kind is not KINDS["businesses"]:
            return False
        fields = [column.field for sheet in self.sheets for column in sheet.chosen.columns if column.field]
        matched = self.counts.get(staging.CHANGED, 0) + self.counts.get(staging.UNCHANGED, 0)
        return (
            0 < self.counts.get(staging.NEW, 0) < matched
            and all(KINDS["observations"].wants(field) for field in fields)
            and any(field.table == OBSERVATION for field in fields)
        )

    @property
    def detail(self) -> str:
        """The names and SHA-256 digests of the files, for the history."""
        files = [sheet.chosen.sheet for sheet in self.sheets]
        return ", ".join(dict.fromkeys(f"{Path(file.name).name} {file.digest}" for file in files))

    def decide(self, decision: str) -> "Plan":
        """The plan after the decision on the rows that differ: `update`, `skip` or `new`."""
        self.rows.decide(decision)
        options = replace(self.options, on_duplicate=decision)
        return replace(self, options=options, counts=self.rows.counts())

    @property
    def twins(self) -> list[Twin]:
        """The rows that may be the business of an earlier row, and about which nobody has decided."""
        return self.rows.twins() if isinstance(self.rows, BusinessRows) else []

    def reject_twins(self) -> "Plan":
        """The plan in which these rows are rejected, because nobody can be asked about them."""
        if isinstance(self.rows, BusinessRows):
            for file, finding in self.rows.reject_twins():
                self.sheets[file].findings.add([finding])
        return replace(self, counts=self.rows.counts())

    def without_rejected(self) -> "Plan":
        """The plan of the other rows: the officer agrees to leave out the rejected ones."""
        return replace(self, options=replace(self.options, skip_rejected=True))

    def require_accepted(self) -> None:
        """Refuse an import with rejected rows, unless `--skip-rejected` is given. Raises RowsRejected."""
        if self.rejected and not self.options.skip_rejected:
            raise errors.RowsRejected(count=number(self.rejected), total=number(self.row_count))

    def require_records(self) -> None:
        """Refuse an import of which no row was recognised as a record. Raises FileRefused."""
        if self.is_unrecognised:
            sheet = next(sheet for sheet in self.sheets if sheet.classifier.skipped[SECTION])
            raise errors.FileRefused(
                file=sheet.chosen.sheet.name,
                reason=plural(
                    "its only row was not recognised as a record",
                    "none of its {count} rows was recognised as a record",
                    sheet.classifier.skipped.total(),
                ),
                advice=_("See how they were read: --explain. Perhaps another delimiter separates them: --delimiter"),
            )

    def write_rejected(self) -> list[str]:
        """Write rejected rows into files beside their sources; returns a sentence with the path of each file."""
        return [
            Caution(
                plural(
                    "{count} row was rejected; to correct it: {file}",
                    "{count} rows were rejected; to correct them: {file}",
                    len(sheet.findings.rejected),
                    file=rejected_file.write(sheet.chosen, sheet.findings),
                )
            )
            for sheet in self.sheets
            if sheet.findings.rejected
        ]


def make_plan(
    registry: Registry,
    kind: Kind,
    paths: Sequence[str],
    options: Options,
    standard_input: Callable[[], bytes],
    given: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Read the files and match their rows with the registry; `given` fills what all rows leave open.

    Raises FileRefused, and NotFound or Ambiguous for the event of all participants.
    """
    given = given or {}
    with registry.read() as connection:
        known = reference_data.load(connection, kbli_titles=kind.entity is BUSINESS)
        mark = staging.mark(connection)
        is_new_event = "event" in given and _is_new_event(connection, given["event"], options)
    reader = FileReader(_without_given(kind.entity, given), known, options)
    chosen = [sheet for path in paths for sheet in _read_files(reader, path, standard_input)]
    read.require_mapped(options, chosen)
    titled: list[dict[str, str]] = [{}] * len(chosen)
    if kind.entity is PARTICIPANT and ("event" not in given or is_new_event):
        titled = [_titled(sheet, reader) for sheet in chosen]
    given_by_sheet = [{**found, **given} for found in titled]
    if kind.entity is PARTICIPANT:
        _require_event(chosen, given_by_sheet)
    with registry.read() as connection:
        before = [staging.imported_before(connection, sheet.sheet.digest) for sheet in chosen]
    rows: Rows
    if kind.entity is BUSINESS:
        rows = BusinessRows(registry, known, options)
    elif kind.entity is PENDING:
        rows = PendingRows(registry)
    elif kind.entity is PARTICIPANT:
        rows = ParticipantRows(registry, given_by_sheet, options)
    else:
        rows = RecordRows(registry, kind.entity, given_by_sheet)
    with staging.transaction(registry):
        sheets = tuple(
            replace(read_cells(rows, file, sheet, reader, before[file], progress), titled=titled[file])
            for file, sheet in enumerate(chosen)
        )
        for file, finding in rows.match(sheets):
            sheets[file].findings.add([finding])
        if options.strict:
            for file, sheet in enumerate(sheets):
                rows.reject(file, sheet.findings.rejected)
            for file, finding in rows.reject_years() if isinstance(rows, BusinessRows) else ():
                sheets[file].findings.add([finding])
    plan = Plan(kind, options, sheets, rows, mark, rows.counts())
    return plan.decide(options.on_duplicate) if options.on_duplicate else plan


def _without_given(entity: Entity, given: Mapping[str, Any]) -> Entity:
    """The entity, in which fields given for all rows are not required."""
    if not given:
        return entity
    fields = tuple(field._replace(required=field.required and field.name not in given) for field in entity.fields)
    return replace(entity, fields=fields)


def _read_files(reader: FileReader, path: str, standard_input: Callable[[], bytes]) -> list[ChosenSheet]:
    """The chosen sheets of a file; a list of participants may name people or only businesses. Raises FileRefused."""
    if reader.entity.name != PARTICIPANT.name:
        return reader.files(path, standard_input)
    data = standard_input() if path == "-" else b""
    refused: list[errors.FileRefused] = []
    for required in KINDS[PARTICIPANT.plural].names:
        fields = tuple(field._replace(required=field.name == required) for field in reader.entity.fields)
        try:
            return replace(reader, entity=replace(reader.entity, fields=fields)).files(path, lambda: data)
        except errors.FileRefused as error:
            refused.append(error)
    raise refused[0]


def _is_new_event(connection: Connection, text: str, options: Options) -> bool:
    """Whether the event of all participants is to be created. Raises NotFound and Ambiguous if it may not be."""
    try:
        find.find(connection, EVENT.name, text)
    except errors.NotFound:
        if not options.create_events:
            raise
        return True
    return False


def _titled(sheet: ChosenSheet, reader: FileReader) -> dict[str, str]:
    """What the rows above the table say of the event; nothing if a column names the events."""
    return {} if _has_event(sheet) else event_of_titles(sheet, reader.headings)


def _has_event(sheet: ChosenSheet) -> bool:
    return any(column.field and column.field.name == "event" for column in sheet.columns)


def _require_event(chosen: Sequence[ChosenSheet], given: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a list that names no event, in a column or above the table. Raises FileRefused."""
    for sheet, known in zip(chosen, given, strict=True):
        if not _has_event(sheet) and "event" not in known:
            advice = _('Give the number or name of the event: --event "{example}"')
            raise errors.FileRefused(
                file=sheet.sheet.name,
                reason=_("no column names the event"),
                advice=KINDS[sheet.better].invitation if sheet.better else advice.format(example=EVENT["name"].example),
            )
