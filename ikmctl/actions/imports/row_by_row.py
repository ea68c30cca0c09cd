"""Sentra, events and participants from spreadsheets: few rows, each checked and written as if it were typed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ikmctl import errors
from ikmctl.actions.imports import read
from ikmctl.actions.imports.kinds import KINDS
from ikmctl.actions.imports.plan import File, Read, imported, nothing_new
from ikmctl.actions.imports.read import Intake, Options
from ikmctl.actions.records import participants, save
from ikmctl.actions.records.lookup import Resolved
from ikmctl.document import Document
from ikmctl.domain.choices import key
from ikmctl.domain.entities import EVENT, PARTICIPANT, PARTY, SENTRA
from ikmctl.domain.fields import Entity
from ikmctl.domain.problems import note
from ikmctl.language import _, number
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Change, Connection, Registry
from ikmctl.registry.imports import staging
from ikmctl.registry.records import find
from ikmctl.registry.records import save as stored
from ikmctl.sheets.table import date_ranges
from ikmctl.sheets.table.choose_sheet import Chosen
from ikmctl.sheets.validation.checker import Checker, Problem, dump_extra

NEW, CHANGED, UNCHANGED, REPEATED, REJECTED = (
    staging.NEW, staging.CHANGED, staging.UNCHANGED, staging.REPEATED, staging.REJECTED,
)  # fmt: skip
_SEVERAL = (";", ",", "\n")
"""What stands between several parties in one cell."""


@dataclass(frozen=True)
class Line:
    """A row that was read: what it says, and what is to be done with it."""

    file: int
    row: int
    values: dict[str, Any]
    verdict: str = NEW
    record: int | None = None


@dataclass
class Plan(Read):
    """What an import of a few records would do."""

    entity: Entity
    lines: list[Line] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Verdict → rows."""
        verdicts = [line.verdict for line in self.lines]
        return {each: verdicts.count(each) for each in (NEW, CHANGED, UNCHANGED, REPEATED)} | {REJECTED: self.rejected}

    def taken(self, options: Options) -> list[Line]:
        """The rows that add a record, and those that change one if that was decided."""
        verdicts = (NEW, CHANGED) if options.on_duplicate == "update" else (NEW,)
        return [line for line in self.lines if line.verdict in verdicts]


Judge = Callable[[Connection, Line, Checker], Line]
"""Settles what becomes of a row. Raises IkmError for one that cannot be taken."""


def plan(
    registry: Registry,
    entity: Entity,
    paths: Sequence[str],
    options: Options,
    standard_input: Callable[[], bytes],
    given: Mapping[str, Any],
) -> Plan:
    """Read and check the files and hold each row beside the registry; `given` fills what rows leave open.

    Raises FileRefused, and NotFound or Ambiguous for the event of all participants.
    """
    staging.fresh_keys(registry)
    with registry.read() as connection:
        known = reference_data.load(connection)
        reading = Intake(_asked(entity, given), known, options)
        chosen = [each for path in paths for each in _files(reading, path, standard_input)]
        read.require_mapped(options, chosen)
        if entity is PARTICIPANT:
            _require_event(connection, given, chosen)
        made = Plan([], staging.mark(connection), entity)
        for index, each in enumerate(chosen):
            file, lines = _read(index, each, given, reading)
            made.files.append(file)
            made.lines += _judged(connection, entity, file.checker, lines)
        made.recognise(connection)
    return made


def _require_event(connection: Connection, given: Mapping[str, Any], chosen: Sequence[Chosen]) -> None:
    """Said once of the whole file rather than of each row: which event its people were at must be known."""
    if "event" in given:
        find.find(connection, EVENT.name, given["event"])
        return
    for each in chosen:
        if not any(column.field and column.field.name == "event" for column in each.columns):
            raise errors.FileRefused(
                file=each.sheet.name,
                reason=_("no column says at which event they were"),
                advice=KINDS[each.better].invitation
                if each.better
                else _('Name the event, by its number or name: --event "{example}"').format(
                    example=EVENT["name"].example
                ),
            )


def _asked(entity: Entity, given: Mapping[str, Any]) -> Entity:
    """The entity without the demand for what is given for all rows."""
    fields = tuple(each._replace(required=each.required and each.name not in given) for each in entity.fields)
    return replace(entity, fields=fields)


def _files(reading: Intake, path: str, standard_input: Callable[[], bytes]) -> list[Chosen]:
    """The sheets of a file; a list of participants may name people, or businesses alone."""
    if reading.entity.name != PARTICIPANT.name:
        return reading.files(path, standard_input)
    data = standard_input() if path == "-" else b""
    refused: list[errors.FileRefused] = []
    for required in KINDS[PARTICIPANT.plural].names:
        fields = tuple(each._replace(required=each.name == required) for each in reading.entity.fields)
        try:
            return replace(reading, entity=replace(reading.entity, fields=fields)).files(path, lambda: data)
        except errors.FileRefused as error:
            refused.append(error)
    raise refused[0]


def _read(index: int, chosen: Chosen, given: Mapping[str, Any], reading: Intake) -> tuple[File, list[Line]]:
    """The rows of a sheet as values by field."""
    columns = date_ranges.with_end(chosen.columns, reading.entity)
    settled: dict[int, Any] = {}
    while True:
        layout = chosen.layout()
        checker = Checker(columns, settled, ragged=chosen.sheet.ragged)
        lines = []
        names = [each.name for each in checker.fields]
        for batch in checker.batches(date_ranges.rows(chosen.records(layout), columns)):
            for row, values, extra in zip(batch.rows, zip(*batch.columns, strict=True), batch.extra, strict=True):
                said = {name: value for name, value in zip(names, values, strict=True) if value is not None}
                lines.append(Line(index, row, {**given, **_parties(said), **_others(extra)}))
        decided = checker.settle()
        if not decided:
            proposals = dict(read.proposals(chosen, reading.headings))
            return File(chosen, layout, checker, proposals=proposals), lines
        settled |= decided


def _others(extra: dict[str, str] | None) -> dict[str, Any]:
    return {"extra": dump_extra(extra)} if extra else {}


def _parties(values: dict[str, Any]) -> dict[str, Any]:
    """Parties as lists: several may stand in one cell."""
    found = dict(values)
    for name in {each.name for each in EVENT.kept_in(PARTY)} & values.keys():
        text = values[name]
        for sign in _SEVERAL:
            text = text.replace(sign, ";")
        found[name] = [part.strip() for part in text.split(";") if part.strip()]
    return found


def _judged(connection: Connection, entity: Entity, checker: Checker, lines: Sequence[Line]) -> Iterator[Line]:
    judge: Judge = _judge_participant if entity is PARTICIPANT else _judge_record(entity)
    seen: dict[Any, Line] = {}
    for line in lines:
        try:
            judged = judge(connection, line, checker)
        except errors.IkmError as error:
            checker.findings.problems.append(Problem(line.row, "", "", str(error).rstrip("."), error.way_out))
            checker.findings.rejected.add(line.row)
            continue
        same = seen.setdefault(_identity(entity, judged.values), judged)
        if same is judged:
            yield judged
        elif same.values == judged.values:
            checker.remark(line.row, _name(entity), note("duplicate-row", row=same.row))
            yield replace(judged, verdict=REPEATED)
        else:
            said = errors.TwiceInFile(row=same.row)
            checker.findings.problems.append(Problem(line.row, "", "", str(said).rstrip("."), said.way_out))
            checker.findings.rejected.add(line.row)


def _name(entity: Entity) -> str:
    return "person" if entity is PARTICIPANT else "name"


def _identity(entity: Entity, values: Mapping[str, Any]) -> Any:
    """What makes two rows of a file one record."""
    if entity is SENTRA:
        return key(values["name"])
    if entity is EVENT:
        return key(values["name"]), values["starts_on"], values.get("batch")
    person = values.get("person")
    if person:
        return values["event_id"], key(person), key(values.get("organisation") or "")
    return values["event_id"], "", values["business_id"]


def _judge_record(entity: Entity) -> Judge:
    def judge(connection: Connection, line: Line, checker: Checker) -> Line:
        values = line.values
        record = (
            stored.same_sentra(connection, values["name"])
            if entity is SENTRA
            else stored.same_event(connection, values["name"], values["starts_on"], values.get("batch"))
        )
        before = stored.row(connection, entity.name, record) if record else {}
        resolved = save.check(connection, entity, Resolved(dict(values), ()), before, record)
        for about, said in resolved.notes:
            checker.remark(line.row, about.name, said)
        judged = replace(line, values=resolved.values, record=record)
        if record is None:
            return judged
        parties = stored.parties(connection, record) if entity is EVENT else {}
        current = {**before, **parties}
        differs = any(value is not None and current.get(name) != value for name, value in resolved.values.items())
        return replace(judged, verdict=CHANGED if differs else UNCHANGED)

    return judge


def _judge_participant(connection: Connection, line: Line, checker: Checker) -> Line:
    values = participants.attendance(connection, line.values, lambda said: checker.remark(line.row, "business", said))
    attends = stored.attends(connection, values["event_id"], values)
    return replace(line, values=values, verdict=UNCHANGED if attends else NEW)


def apply(registry: Registry, made: Plan, options: Options) -> Document:
    """Do what the plan says, as one change. Raises RowsRejected, UpdatesUndecided, PlanOutdated."""
    counts = made.counts
    made.require_taken(options)
    if counts[CHANGED] and not options.on_duplicate:
        raise errors.UpdatesUndecided(count=number(counts[CHANGED]))
    beside = made.write_rejected()
    taken = made.taken(options)
    if not taken:
        return nothing_new(counts, beside)
    with registry.write(f"import-{made.entity.plural}", made.detail) as change:
        staging.require_unchanged(change, made.mark)
        read.remember(change, options, [file.chosen for file in made.files])
        for line in taken:
            _write(change, made.entity, line)
        made_by = change.number
    return imported(made_by, counts | {CHANGED: len(taken) - counts[NEW]}, beside)


def _write(change: Change, entity: Entity, line: Line) -> None:
    if entity is PARTICIPANT:
        stored.insert(change, "attendance", line.values)
    elif line.record is None:
        save.insert(change, entity, line.values)
    else:
        known = {name: value for name, value in line.values.items() if value is not None}
        save.update(change, entity, line.record, known)
