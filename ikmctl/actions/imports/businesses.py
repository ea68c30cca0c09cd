"""Spreadsheets into the registry: read, map, check, plan, show, apply (DESIGN §6)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ikmctl import errors
from ikmctl.actions.imports import read, show_plan
from ikmctl.actions.imports.lookup_columns import Resolver
from ikmctl.actions.imports.plan import File, Plan, imported, nothing_new
from ikmctl.actions.imports.read import Intake, Options, Progress
from ikmctl.actions.records.lookup import read_field, unknown_word
from ikmctl.document import Document, done
from ikmctl.domain.choices import key
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.matching import closest_matches, is_identifying, match_key
from ikmctl.domain.problems import NOTES, Unreadable, note
from ikmctl.language import _, number
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Registry
from ikmctl.registry.file.reference_data import ReferenceData
from ikmctl.registry.imports import apply as apply_stage
from ikmctl.registry.imports import match, staging
from ikmctl.sheets.formats.cells import shown_cell
from ikmctl.sheets.table import oss
from ikmctl.sheets.table.choose_sheet import Chosen
from ikmctl.sheets.validation.checker import Batch, Checker, dump_extra


def plan(
    registry: Registry,
    paths: Sequence[str],
    options: Options,
    standard_input: Callable[[], bytes],
    progress: Progress | None = None,
) -> Plan:
    """Read and check the files and lay them beside the registry; wrong rows are counted. Raises FileRefused."""
    defaults = _defaults(options)
    staging.prepare(registry)
    with registry.read() as connection:
        known, mark = reference_data.load(connection), staging.mark(connection)
    reading = Intake(BUSINESS, known, options)
    chosen = [each for path in paths for each in reading.files(path, standard_input)]
    read.require_mapped(options, chosen)
    files = [_stage(registry, index, each, reading, progress) for index, each in enumerate(chosen)]
    with registry.read() as connection:
        made = Plan(files, mark, defaults)
        made.recognise(connection)
    registry.connection.execute("BEGIN")
    try:
        _resolve_names(registry, made, known, options)
        _match(registry, made, options)
    finally:
        registry.connection.execute("COMMIT")
    return made


def _defaults(options: Options) -> staging.Defaults:
    if options.registered_on and options.recorded_on:
        raise errors.UsageError(_("Give either --registered-on or --recorded-on."))
    given = options.registered_on or options.recorded_on
    day = read_field(BUSINESS["registered_on"], given)[0] if given else None
    year = read_field(BUSINESS["data_year"], options.data_year)[0] if options.data_year else None
    entry = "registered" if options.registered_on else "recorded"
    return staging.Defaults(day or date.today().isoformat(), year, entry)


def _stage(registry: Registry, index: int, chosen: Chosen, reading: Intake, progress: Progress | None) -> File:
    """Check the rows of a sheet onto the stage; once more where a whole column settles how its numbers are written."""
    is_oss = oss.is_export(chosen.columns)
    settled: dict[int, Any] = {}
    while True:
        layout = chosen.layout()
        checker = Checker(chosen.columns, settled, reading.known.form_aliases, ragged=chosen.sheet.ragged)
        rows = chosen.records(layout)
        if is_oss:
            rows = oss.rows(rows, chosen.columns, layout, all_kbli=reading.options.all_kbli)
        resolver = Resolver(checker, reading.known)
        batches = _with_progress(checker.batches(rows), chosen.sheet.size, progress)
        staging.stage(registry.connection, _staged(index, resolver, batches))
        staging.reject(registry.connection, index, checker.findings.rejected)
        decided = checker.settle()
        if not decided:
            _reject_late(registry, index, checker)
            return File(
                chosen, layout, checker, is_oss=is_oss, proposals=dict(read.proposals(chosen, reading.headings))
            )
        settled |= decided
        staging.clear(registry.connection, index)


def _with_progress(batches: Iterable[Batch], size: int, progress: Progress | None) -> Iterator[Batch]:
    """The batches, while the officer is told how far it has come."""
    count = 0
    for batch in batches:
        yield batch
        count += len(batch.rows)
        if progress:
            progress(count, max(size, count))


def _reject_late(registry: Registry, index: int, checker: Checker) -> None:
    """What shows only at the end: a column of NIK that Excel has rounded, a business of which a row is wrong."""
    for line, nik in staging.rounded_niks(registry.connection, index):
        checker.reject(line, "nik", shown_cell(nik, BUSINESS["nik"]), Unreadable("nik-rounded"))
    for line in sorted(checker.findings.halved - checker.findings.rejected):
        checker.reject(line, "name", "", Unreadable("half-rejected"))
    staging.reject(registry.connection, index, checker.findings.rejected)


def _staged(index: int, resolver: Resolver, batches: Iterable[Batch]) -> Iterator[dict[str, Sequence[Any]]]:
    """Checked rows as the stage wants them: file, row, the resolver's fields, and what is derived from them."""
    known, names = resolver.known, resolver.names
    for batch in batches:
        resolver.resolve(batch)
        empty = [None] * len(batch.rows)
        columns: dict[str, Sequence[Any]] = dict(zip(names, batch.columns, strict=True))
        texts = [[text or "" for text in columns.get(name, empty)] for name in ("name", "owner", "kelurahan")]
        keys = list(map(match_key, *texts))
        columns |= {"file": [index] * len(batch.rows), "line": batch.rows, "match_key": keys}
        few: dict[str, Sequence[Any]] = {
            "extra": [dump_extra(extra) for extra in batch.extra],
            "sentra_id": [known.sentra.get(key(name)) if name else None for name in columns.get("sentra", ())],
            "group_id": [known.groups.get(key(name)) if name else None for name in columns.get("group", ())],
            "joins": batch.joins,
            "needs_check": _needs_check(columns, keys, batch.joins),
        }
        yield columns | {name: column for name, column in few.items() if any(column)}


def _needs_check(
    columns: Mapping[str, Sequence[Any]], keys: Sequence[str], joins: Sequence[int | None]
) -> list[int | None]:
    """Which rows have what few rows have: see staging.stage."""
    empty: list[Any] = [None] * len(keys)
    said = (joins, *(columns.get(name, empty) for name in ("number", "group", "sentra")))
    needed = (columns.get("registered_on", empty), columns.get("data_year", empty))
    unusual = {index for column in said if any(column) for index, value in enumerate(column) if value}
    unusual |= {index for column in needed if not all(column) for index, value in enumerate(column) if not value}
    unusual |= {index for index, form in enumerate(columns.get("form", empty)) if form == "group"}
    unusual |= {index for index, codes in enumerate(columns.get("kbli", empty)) if codes and "," in codes}
    unusual |= {index for index, each in enumerate(keys) if not is_identifying(each)}
    return [1 if index in unusual else None for index in range(len(keys))] if unusual else empty


def _resolve_names(registry: Registry, made: Plan, known: ReferenceData, options: Options) -> None:
    """Groups and sentra that the registry does not know: a group of the same file, a sentra to create, or a problem."""
    connection = registry.connection
    own = {key(name): row for name, row in staging.staged_groups(connection)}
    for name in staging.unknown_names(connection, "group"):
        if key(name) in own:
            made.groups.append((name, own[key(name)]))
            for file, line in staging.members_of_themselves(connection, name, own[key(name)]):
                _reject(registry, made, file, line, "group", name, Unreadable("own-member"))
        else:
            _reject_name(registry, made, "group", name, known.groups)
    for name in staging.unknown_names(connection, "sentra"):
        if options.create_sentra:
            made.sentra.append(name)
        else:
            _reject_name(registry, made, "sentra", name, known.sentra)


def _reject_name(registry: Registry, made: Plan, kind: str, name: str, known: Any) -> None:
    names = staging.names_of(registry.connection, kind, known.values())
    problem = Unreadable(f"unknown-{kind}", **unknown_word(name, closest_matches(name, names, 1)))
    for file, line in staging.rows_naming(registry.connection, kind, name):
        _reject(registry, made, file, line, kind, name, problem)


def _reject(
    registry: Registry, made: Plan, file: int, line: int, field_name: str, value: str, problem: Unreadable
) -> None:
    shown = shown_cell(value, BUSINESS[field_name])
    made.files[file].checker.reject(line, field_name, shown, problem)
    staging.reject(registry.connection, file, [line])


def _match(registry: Registry, made: Plan, options: Options) -> None:
    headings = [oss.project_heading(file.chosen.columns) for file in made.files if file.is_oss]
    joined = match.Joining(bool(headings), next(iter(headings), ""))
    for finding in match.match(registry.connection, made.defaults, joined, measures_only=options.observations_only):
        checker = made.files[finding.file].checker
        if finding.code in NOTES:
            checker.remark(finding.line, finding.field, note(finding.code, **finding.facts))
        else:
            shown = shown_cell(finding.value, BUSINESS[finding.field])
            checker.reject(finding.line, finding.field, shown, Unreadable(finding.code, **finding.facts))
    if options.on_duplicate:
        decide(registry, made, options.on_duplicate)
    made.counts = staging.counts(registry.connection)


def decide(registry: Registry, made: Plan, decision: str) -> None:
    """Settle the rows that meet a business and differ: `update`, `skip` or `new`."""
    staging.decide(registry.connection, (staging.CHANGED, staging.POSSIBLE), decision)
    made.counts = staging.counts(registry.connection)


def apply(registry: Registry, made: Plan, options: Options) -> Document:
    """Do what the plan says, as one change.

    Raises RowsRejected, DuplicatesUndecided, UpdatesUndecided, PlanOutdated.
    """
    made.require_taken(options)
    if made.undecided and not options.on_duplicate:
        undecided = errors.UpdatesUndecided if options.observations_only else errors.DuplicatesUndecided
        raise undecided(count=number(made.undecided))
    beside = made.write_rejected()
    counts = {verdict: made.counts.get(verdict, 0) for verdict in show_plan.VERDICTS}
    if not made.rows:
        return done(_("Nothing to do: there is no row under the heading."), change=None, **counts)
    if not made.changes:
        return nothing_new(counts, beside)
    command = "import-observations" if options.observations_only else "import-businesses"
    with registry.write(command, made.detail, keeps="all") as change:
        staging.require_unchanged(change, made.mark)
        apply_stage.apply(
            change,
            made.defaults,
            made.groups,
            made.sentra,
            lambda: read.remember(change, options, [file.chosen for file in made.files]),
        )
        made_by = change.number
    return imported(made_by, counts, beside)
