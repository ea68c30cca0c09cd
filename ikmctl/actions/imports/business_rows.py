"""The rows of businesses: looked up, staged in the registry file, matched there with SQL, and applied in sets."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ikmctl import errors
from ikmctl.actions.imports.cells import SheetRead
from ikmctl.actions.imports.look_up import Lookup
from ikmctl.actions.imports.options import Options
from ikmctl.actions.records.lookup import read_field, unknown_word
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.fields import Field
from ikmctl.domain.keys import key
from ikmctl.domain.matching import closest_matches, is_identifying, match_keys
from ikmctl.domain.problems import NOTES, Unreadable, note
from ikmctl.language import _
from ikmctl.registry.file.database import Change, Registry
from ikmctl.registry.file.reference_data import ReferenceData
from ikmctl.registry.file.suspend import BulkMode
from ikmctl.registry.imports import apply, match, staging
from ikmctl.sheets.formats.cells import shown_cell
from ikmctl.sheets.table import oss
from ikmctl.sheets.validation.checker import Batch, RowFinding, RowNote, dump_extra, unreadable

#: Index of a file in the import, and a finding on one of its rows.
FileFinding = tuple[int, RowFinding]


class BusinessRows:
    """The staged rows of businesses, or of observations of businesses, between reading and applying."""

    verdicts = (
        staging.NEW, staging.CHANGED, staging.UNCHANGED, staging.POSSIBLE, staging.REPEATED, staging.JOINED,
        staging.SKIPPED, staging.REJECTED,
    )  # fmt: skip
    bulk_mode: BulkMode = "all"

    def __init__(self, registry: Registry, known: ReferenceData, options: Options) -> None:
        self.defaults = _defaults(options)
        self._connection = registry.connection
        self._known = known
        self._options = options
        self._lookups: dict[int, Lookup] = {}
        self._groups: list[tuple[str, int]] = []
        self._sentra: list[str] = []
        staging.prepare(registry)

    def add(self, file: int, fields: Sequence[Field], batch: Batch) -> list[RowFinding]:
        """Look up the references of the rows and stage them; returns the findings."""
        if file not in self._lookups:
            self._lookups[file] = Lookup(fields, self._known)
        lookup = self._lookups[file]
        findings = lookup.look_up(batch)
        staging.add(self._connection, _columns(file, lookup.names, batch, self._known))
        return findings

    def clear(self, file: int) -> None:
        """Remove the staged rows of one file, before it is read again."""
        staging.clear(self._connection, file)
        del self._lookups[file]

    def late_findings(self, file: int) -> list[RowFinding]:
        """Findings on a column of NIK that Excel has rounded to 15 digits."""
        return [
            unreadable(row, "nik", shown_cell(nik, BUSINESS["nik"]), Unreadable("nik-rounded"))
            for row, nik in staging.rounded_niks(self._connection, file)
        ]

    def reject(self, file: int, rows: set[int]) -> None:
        """Leave out rejected rows."""
        staging.reject(self._connection, file, rows)

    def match(self, sheets: Sequence[SheetRead]) -> list[FileFinding]:
        """Give every row its verdict against the registry; returns the findings."""
        return [*self._resolve_names(), *self._match(sheets)]

    def counts(self) -> dict[staging.Verdict, int]:
        """Verdict → number of rows."""
        return staging.counts(self._connection)

    def decide(self, decision: str) -> None:
        """Decide on the rows that differ from a business: `update`, `skip` or `new`."""
        staging.decide(self._connection, (staging.CHANGED, staging.POSSIBLE), decision)

    def apply(self, change: Change, aliases: Sequence[tuple[str, str, str]]) -> None:
        """Write the rows to the registry, and save the aliases `(kind, word, meaning)`."""
        apply.apply(change, self.defaults, self._groups, self._sentra, aliases)

    def _resolve_names(self) -> list[FileFinding]:
        """Handle unknown groups and sentra: they are in the same file, will be created, or are findings."""
        findings: list[FileFinding] = []
        connection = self._connection
        own = {key(name): row for name, row in staging.staged_groups(connection)}
        for name in staging.unknown_names(connection, "group"):
            if key(name) in own:
                self._groups.append((name, own[key(name)]))
                rows = staging.members_of_themselves(connection, name, own[key(name)])
                findings += self._rejected(rows, "group", name, Unreadable("own-member"))
            else:
                findings += self._unknown("group", name, self._known.groups)
        for name in staging.unknown_names(connection, "sentra"):
            if self._options.create_sentra:
                self._sentra.append(name)
            else:
                findings += self._unknown("sentra", name, self._known.sentra)
        return findings

    def _unknown(self, kind: str, name: str, known: Mapping[str, int]) -> list[FileFinding]:
        names = staging.names_of(self._connection, kind, known.values())
        problem = Unreadable(f"unknown-{kind}", **unknown_word(name, closest_matches(name, names, 1)))
        return self._rejected(staging.rows_naming(self._connection, kind, name), kind, name, problem)

    def _rejected(
        self, rows: Sequence[tuple[int, int]], field: str, value: str, problem: Unreadable
    ) -> list[FileFinding]:
        """Reject rows, each given as (file, row); returns a finding for each."""
        shown = shown_cell(value, BUSINESS[field])
        for file, row in rows:
            staging.reject(self._connection, file, [row])
        return [(file, unreadable(row, field, shown, problem)) for file, row in rows]

    def _match(self, sheets: Sequence[SheetRead]) -> list[FileFinding]:
        projects = [oss.project_heading(sheet.chosen.columns) for sheet in sheets if sheet.is_oss]
        joining = match.Joining(bool(projects), next(iter(projects), ""))
        findings = match.match(self._connection, self.defaults, joining, measures_only=self._options.observations_only)
        return [(finding.file, _as_row_finding(finding)) for finding in findings]


def _as_row_finding(finding: staging.Finding) -> RowFinding:
    if finding.code in NOTES:
        return RowNote(finding.line, finding.field, note(finding.code, **finding.facts))
    shown = shown_cell(finding.value, BUSINESS[finding.field])
    return unreadable(finding.line, finding.field, shown, Unreadable(finding.code, **finding.facts))


def _defaults(options: Options) -> staging.Defaults:
    if options.registered_on and options.recorded_on:
        raise errors.UsageError(_("Give either --registered-on or --recorded-on."))
    given = options.registered_on or options.recorded_on
    day = read_field(BUSINESS["registered_on"], given)[0] if given else None
    year = read_field(BUSINESS["data_year"], options.data_year)[0] if options.data_year else None
    entry = "registered" if options.registered_on else "recorded"
    return staging.Defaults(day or date.today().isoformat(), year, entry)


def _columns(file: int, names: Sequence[str], batch: Batch, known: ReferenceData) -> dict[str, Sequence[Any]]:
    """A batch as columns for staging: file, row, the fields, and what is derived from them."""
    empty = [None] * len(batch.rows)
    columns: dict[str, Sequence[Any]] = dict(zip(names, batch.columns, strict=True))
    texts = [[text or "" for text in columns.get(name, empty)] for name in ("name", "owner", "kelurahan")]
    keys = match_keys(*texts)
    columns |= {"file": [file] * len(batch.rows), "line": batch.rows, "match_key": keys}
    often_empty: dict[str, Sequence[Any]] = {
        "extra": [dump_extra(extra) for extra in batch.extra],
        "sentra_id": [known.sentra.get(key(name)) if name else None for name in columns.get("sentra", ())],
        "group_id": [known.groups.get(key(name)) if name else None for name in columns.get("group", ())],
        "joins": batch.joins,
        "needs_check": _needs_check(columns, keys, batch.joins),
    }
    return columns | {name: column for name, column in often_empty.items() if any(column)}


def _needs_check(
    columns: Mapping[str, Sequence[Any]], keys: Sequence[str], joins: Sequence[int | None]
) -> list[int | None]:
    """1 for each row that a later check must look at, else None; see staging.add."""
    empty: list[Any] = [None] * len(keys)
    rarely_filled = (joins, *(columns.get(name, empty) for name in ("number", "group", "sentra")))
    needed = (columns.get("registered_on", empty), columns.get("data_year", empty))
    unusual = {index for column in rarely_filled if any(column) for index, value in enumerate(column) if value}
    unusual |= {index for column in needed if not all(column) for index, value in enumerate(column) if not value}
    unusual |= {index for index, form in enumerate(columns.get("form", empty)) if form == "group"}
    unusual |= {index for index, codes in enumerate(columns.get("kbli", empty)) if codes and "," in codes}
    unusual |= {index for index, each in enumerate(keys) if not is_identifying(each)}
    return [1 if index in unusual else None for index in range(len(keys))] if unusual else empty
