"""The rows of sentra and events: few, so each is checked and written like a typed record."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ikmctl import errors
from ikmctl.actions.imports.cells import SheetRead
from ikmctl.actions.records import save
from ikmctl.actions.records.lookup import Resolved
from ikmctl.domain.entities import EVENT, PARTY, PARTY_ROLES, SENTRA
from ikmctl.domain.fields import Entity
from ikmctl.domain.keys import key
from ikmctl.domain.problems import note
from ikmctl.registry.file.database import Change, Connection, Registry
from ikmctl.registry.file.reference_data import save_alias
from ikmctl.registry.file.suspend import BulkMode
from ikmctl.registry.imports import staged, staging
from ikmctl.registry.imports.staging import CHANGED, NEW, REJECTED, REPEATED, SKIPPED, UNCHANGED, Verdict
from ikmctl.registry.records import pending
from ikmctl.registry.records import save as stored
from ikmctl.registry.records.events import parties
from ikmctl.registry.records.pending import Source
from ikmctl.sheets.validation.batch import Batch, dump_extra
from ikmctl.sheets.validation.findings import RowFinding, RowNote, RowProblem, UnreadableCell

#: Characters that separate several parties in one cell.
_SEVERAL = (";", ",", "\n")


@dataclass(frozen=True)
class Line:
    """A row: its values, its verdict, and the number of the record that it matches."""

    file: int
    row: int
    values: dict[str, Any]
    verdict: Verdict = NEW
    record: int | None = None
    pending: tuple[UnreadableCell, ...] = ()


class RecordRows:
    """The rows of sentra or events between reading and applying; `given` are values for all rows of a file."""

    verdicts = (NEW, CHANGED, UNCHANGED, REPEATED, REJECTED)
    bulk_mode: BulkMode = "nothing"
    defaults = None

    def __init__(self, registry: Registry, entity: Entity, given: Sequence[Mapping[str, Any]]) -> None:
        self._connection = registry.connection
        self._entity = entity
        self._given = given
        self._lines: list[Line] = []
        staging.fresh_keys(registry)

    def add(self, file: int, headings: Mapping[str, str], batch: Batch) -> list[RowFinding]:
        """Store the rows as values by field."""
        rows = zip(batch.rows, zip(*batch.columns, strict=True), batch.extra, batch.pending, strict=True)
        for row, values, extra, cells in rows:
            filled = {name: value for name, value in zip(headings, values, strict=True) if value is not None}
            all_values = {**self._defaults(file, filled), **_parties(filled), **_others(extra)}
            self._lines.append(Line(file, row, all_values, pending=tuple(cells or ())))
        return []

    def _defaults(self, file: int, filled: Mapping[str, Any]) -> Mapping[str, Any]:
        """The values of a row that its own `filled` ones do not give."""
        return self._given[file]

    def clear(self, file: int) -> None:
        """Remove the rows of one file, before it is read again."""
        self._lines = [line for line in self._lines if line.file != file]

    def late_findings(self, file: int) -> list[RowFinding]:
        """No findings: these lists are too short to judge a whole column."""
        return []

    def reject(self, file: int, rows: set[int]) -> None:
        """Leave out rejected rows."""
        self._lines = [line for line in self._lines if line.file != file or line.row not in rows]

    def match(self, sheets: Sequence[SheetRead]) -> list[tuple[int, RowFinding]]:
        """Give every row its verdict against the registry and earlier rows; returns the findings."""
        all_findings: list[tuple[int, RowFinding]] = []
        first: dict[Any, Line] = {}
        lines = []
        for line in self._lines:
            try:
                matched, findings = _match(self._connection, self._entity, line)
            except errors.IkmError as error:
                all_findings.append((line.file, rejected_row(line.row, error)))
                continue
            all_findings += [(line.file, finding) for finding in findings]
            same = first.setdefault(_identity(self._entity, matched.values), matched)
            if same is matched:
                lines.append(matched)
            elif same.values == matched.values:
                all_findings.append((line.file, RowNote(line.row, "name", note("duplicate-row", row=same.row))))
                lines.append(replace(matched, verdict=REPEATED))
            else:
                all_findings.append((line.file, rejected_row(line.row, errors.TwiceInFile(row=same.row))))
        self._lines = lines
        return all_findings

    def counts(self) -> dict[Verdict, int]:
        """Verdict → number of rows."""
        verdicts = [line.verdict for line in self._lines]
        return {verdict: verdicts.count(verdict) for verdict in (NEW, CHANGED, UNCHANGED, REPEATED, SKIPPED)}

    def decide(self, decision: str) -> None:
        """Decide on the rows that differ from a record: `update` or `skip`."""
        if decision != "update":
            self._lines = [replace(line, verdict=SKIPPED) if line.verdict == CHANGED else line for line in self._lines]

    def pending(self) -> list[staged.PendingCount]:
        """The cells that would be set aside, by file, column and reason."""
        counts: dict[tuple[int, str, str, str], staged.PendingCount] = {}
        for line in self._lines:
            for cell in line.pending if line.verdict in (NEW, CHANGED) else ():
                facts = json.dumps(cell.problem.facts, default=str)
                same = (line.file, cell.heading, cell.problem.code, facts)
                first = staged.PendingCount(
                    line.file, cell.field.name, cell.heading, cell.problem.code, facts, 0, line.row, cell.text
                )
                known = counts.get(same, first)
                counts[same] = replace(known, cells=known.cells + 1)
        return list(counts.values())

    def pending_rows(self) -> int:
        """The number of rows that have such a cell."""
        return sum(bool(line.pending) for line in self._lines if line.verdict in (NEW, CHANGED))

    def apply(
        self, change: Change, aliases: Sequence[tuple[str, str, str]], sources: Sequence[tuple[str, str]]
    ) -> None:
        """Write the rows one by one, and save the aliases `(kind, word, meaning)`."""
        for alias in aliases:
            save_alias(change, *alias)
        for line in self._lines:
            if line.verdict in (NEW, CHANGED):
                record = self._write(change, line)
                source = Source(*sources[line.file], line.row)
                self._set_aside(change, line, record, source)

    def _write(self, change: Change, line: Line) -> int:
        """Write one row; returns the number of its record."""
        if line.record is None:
            return save.insert(change, self._entity, line.values)
        known = {name: value for name, value in line.values.items() if value is not None}
        save.update(change, self._entity, line.record, known)
        return line.record

    def _set_aside(self, change: Change, line: Line, record: int, source: Source) -> None:
        """Keep the cells of a row that cannot be read, with its record."""
        pending.set_aside(change, self._entity.name, record, [cell.stored for cell in line.pending], source)


def _match(connection: Connection, entity: Entity, line: Line) -> tuple[Line, list[RowFinding]]:
    """The row with its verdict, and the findings on it. Raises IkmError for a row that must be rejected."""
    values = line.values
    record = (
        stored.same_sentra(connection, values["name"])
        if entity is SENTRA
        else stored.same_event(connection, values["name"], values["starts_on"], values.get("batch"))
    )
    before = stored.row(connection, entity.name, record) if record else {}
    resolved = save.check(connection, entity, Resolved(dict(values), ()), before, record)
    findings: list[RowFinding] = [RowNote(line.row, field.name, remark) for field, remark in resolved.notes]
    matched = replace(line, values=resolved.values, record=record)
    if record is None:
        return matched, findings
    current = {**before, **_current_parties(connection, record)} if entity is EVENT else before
    differs = any(value is not None and current.get(name) != value for name, value in resolved.values.items())
    differs = differs or not pending.are_known(connection, entity.name, record, [cell.stored for cell in line.pending])
    return replace(matched, verdict=CHANGED if differs else UNCHANGED), findings


def _current_parties(connection: Connection, event: int) -> dict[str, list[str]]:
    """The parties of an event by role, and the amounts of its sources of money, as a file gives them."""
    amounts = parties.amounts(connection, event).items()
    return {**parties.parties(connection, event), "budget_by_source": [f"{name}={amount}" for name, amount in amounts]}


def rejected_row(row: int, error: errors.IkmError) -> RowProblem:
    """The finding that rejects a row because of an error."""
    return RowProblem(row, "", "", str(error).rstrip("."), error.way_out)


def _identity(entity: Entity, values: Mapping[str, Any]) -> Any:
    """The values by which two rows of a file are the same record."""
    if entity is SENTRA:
        return key(values["name"])
    return key(values["name"]), values["starts_on"], values.get("batch")


def _others(extra: dict[str, str] | None) -> dict[str, Any]:
    return {"extra": dump_extra(extra)} if extra else {}


def _parties(values: dict[str, Any]) -> dict[str, Any]:
    """The values with parties as lists, because one cell may name several."""
    with_lists = dict(values)
    for name in {each.name for each in EVENT.kept_in(PARTY)} & values.keys():
        text = values[name]
        for sign in _SEVERAL if name in PARTY_ROLES else ():
            text = text.replace(sign, ";")
        with_lists[name] = [part.strip() for part in text.split(";") if part.strip()]
    return with_lists
