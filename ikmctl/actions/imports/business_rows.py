"""The rows of businesses: looked up, staged in the registry file, matched there with SQL, and applied in sets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ikmctl import errors
from ikmctl.actions.imports.cells import SheetRead
from ikmctl.actions.imports.look_up import Lookup
from ikmctl.actions.imports.options import Options
from ikmctl.actions.records.lookup import read_field, unknown_word
from ikmctl.domain.entities import BUSINESS, EDITION_2025_FROM
from ikmctl.domain.keys import key
from ikmctl.domain.matching import closest_matches, is_identifying, match_keys
from ikmctl.domain.problems import NOTES, Unreadable, note
from ikmctl.domain.values.kbli import edition_of_codes
from ikmctl.language import _
from ikmctl.registry.file.database import Change, Registry
from ikmctl.registry.file.reference_data import ReferenceData
from ikmctl.registry.file.suspend import BulkMode
from ikmctl.registry.imports import apply, match, staged, staging, twins
from ikmctl.registry.imports.twins import Twin
from ikmctl.sheets.table import oss
from ikmctl.sheets.validation.batch import Batch, dump_extra
from ikmctl.sheets.validation.findings import (
    FileFinding,
    RowFinding,
    RowNote,
    UnreadableCell,
    dump_cell,
    dump_cells,
    row_problem,
)


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
        self._headings: dict[int, Mapping[str, str]] = {}
        self._groups: list[tuple[str, int]] = []
        self._sentra: list[str] = []
        staging.prepare(registry)

    def add(self, file: int, headings: Mapping[str, str], batch: Batch) -> list[RowFinding]:
        """Look up the references of the rows and stage them; returns the findings."""
        if file not in self._lookups:
            self._lookups[file] = Lookup(headings, self._known)
            self._headings[file] = headings
        lookup = self._lookups[file]
        findings = lookup.look_up(batch)
        index = {row: place for place, row in enumerate(batch.rows)} if findings else {}
        for finding in findings:
            if isinstance(finding, UnreadableCell):
                place = index[finding.row]
                batch.pending[place] = [*(batch.pending[place] or ()), finding]
        staging.add(self._connection, _columns(file, lookup.names, batch, self._known))
        return findings

    def clear(self, file: int) -> None:
        """Remove the staged rows of one file, before it is read again."""
        staging.clear(self._connection, file)
        del self._lookups[file]

    def late_findings(self, file: int) -> list[RowFinding]:
        """Findings on a column of NIK that Excel has rounded to 15 digits."""
        rounded = staged.rounded_niks(self._connection, file)
        return self._set_aside(file, "nik", rounded, Unreadable("nik-rounded"))

    def _set_aside(
        self, file: int, name: str, texts: Sequence[tuple[int, str]], problem: Unreadable
    ) -> list[RowFinding]:
        """Set aside the texts of one field, each given as (row, text); returns the findings."""
        heading = self._headings.get(file, {}).get(name, BUSINESS[name].title)
        cells = [UnreadableCell(row, BUSINESS[name], heading, text, problem) for row, text in texts]
        staging.set_aside(self._connection, file, [(cell.row, name, dump_cell(cell)) for cell in cells])
        return list(cells)

    def reject(self, file: int, rows: set[int]) -> None:
        """Leave out rejected rows."""
        staging.reject(self._connection, file, rows)

    def reject_years(self) -> list[FileFinding]:
        """Reject the further years of businesses that were rejected; returns the findings."""
        found = twins.years_of_rejected(self._connection)
        for file, line, _name in found:
            staging.reject(self._connection, file, [line])
        half = Unreadable("half-rejected")
        return [(file, row_problem(line, BUSINESS["name"], name, half)) for file, line, name in found]

    def match(self, sheets: Sequence[SheetRead]) -> list[FileFinding]:
        """Give every row its verdict against the registry; returns the findings."""
        return [*self._resolve_names(), *self._match(sheets)]

    def counts(self) -> dict[staging.Verdict, int]:
        """Verdict → number of rows."""
        return staged.counts(self._connection)

    def twins(self) -> list[Twin]:
        """The rows that may be the business of an earlier row, and about which nobody has decided."""
        return twins.twins(self._connection)

    def reject_twins(self) -> list[FileFinding]:
        """Reject those of them that are not taken for businesses of their own; returns the findings."""
        twins_found = [twin for twin in self.twins() if not twin.is_apart]
        for twin in twins_found:
            staging.reject(self._connection, twin.file, [twin.line])
        problems = [Unreadable("like-row", row=twin.earlier_line) for twin in twins_found]
        return [
            (twin.file, row_problem(twin.line, BUSINESS["name"], twin.name, problem))
            for twin, problem in zip(twins_found, problems, strict=True)
        ]

    def pending(self) -> list[staged.PendingCount]:
        """The cells that would be set aside, by file, column and reason."""
        return staged.pending_counts(self._connection)

    def pending_rows(self) -> int:
        """The number of rows that have such a cell."""
        return staged.count_pending_rows(self._connection)

    def decide(self, decision: str) -> None:
        """Decide on the rows that differ from a business or from an earlier row: `update`, `skip` or `new`."""
        match.decide(self._connection, decision, self.defaults)

    def apply(
        self, change: Change, aliases: Sequence[tuple[str, str, str]], sources: Sequence[tuple[str, str]]
    ) -> None:
        """Write the rows to the registry, and save the aliases `(kind, word, meaning)`."""
        apply.apply(change, self.defaults, self._groups, self._sentra, aliases, sources)

    def _resolve_names(self) -> list[FileFinding]:
        """Handle unknown groups and sentra: they are in the same file, will be created, or are set aside."""
        findings: list[FileFinding] = []
        connection = self._connection
        own = {key(name): row for name, row in staged.staged_groups(connection)}
        for name in staged.unknown_names(connection, "group"):
            if key(name) in own:
                self._groups.append((name, own[key(name)]))
                rows = staged.members_of_themselves(connection, name, own[key(name)])
                findings += self._set_aside_name("group", name, rows, Unreadable("own-member"))
            else:
                findings += self._unknown("group", name, self._known.groups)
        for name in staged.unknown_names(connection, "sentra"):
            if self._options.create_sentra:
                self._sentra.append(name)
            else:
                findings += self._unknown("sentra", name, self._known.sentra)
        return findings

    def _unknown(self, kind: str, name: str, known: Mapping[str, int]) -> list[FileFinding]:
        names = staged.names_of(self._connection, kind, known.values())
        problem = Unreadable(f"unknown-{kind}", **unknown_word(name, closest_matches(name, names, 1)))
        return self._set_aside_name(kind, name, staged.rows_naming(self._connection, kind, name), problem)

    def _set_aside_name(
        self, kind: str, name: str, rows: Sequence[tuple[int, int]], problem: Unreadable
    ) -> list[FileFinding]:
        """Set aside the name of a group or sentra in rows, each given as (file, row)."""
        by_file: dict[int, list[tuple[int, str]]] = {}
        for file, row in rows:
            by_file.setdefault(file, []).append((row, name))
        return [
            (file, finding)
            for file, texts in by_file.items()
            for finding in self._set_aside(file, kind, texts, problem)
        ]

    def _match(self, sheets: Sequence[SheetRead]) -> list[FileFinding]:
        projects = [oss.project_heading(sheet.chosen.columns) for sheet in sheets if sheet.is_oss]
        joining = match.Joining(bool(projects), next(iter(projects), ""))
        headings = [sheet.findings.headings for sheet in sheets]
        findings = match.match(
            self._connection,
            self.defaults,
            joining,
            headings,
            [sheet.chosen.sheet.name for sheet in sheets],
            measures_only=self._options.observations_only,
        )
        if self.defaults.kbli_edition is None:
            self.defaults = replace(
                self.defaults, kbli_edition=self._proved_edition(), undated_edition=self._remembered_edition(sheets)
            )
        return [(finding.file, _as_row_finding(finding, headings[finding.file])) for finding in findings]

    def _remembered_edition(self, sheets: Sequence[SheetRead]) -> int | None:
        """The edition that this office chose before for a column of codes with the same heading."""
        headings = [sheet.findings.headings.get("kbli") for sheet in sheets]
        found = (self._known.kbli_editions.get(key(heading)) for heading in headings if heading)
        return next((int(edition) for edition in found if edition), None)

    def _proved_edition(self) -> int | None:
        """The edition of the KBLI that the codes of the rows prove, or the year of the data; None if neither does."""
        titles = staged.kbli_titles(self._connection)
        year = self.defaults.data_year
        before = 2020 if year and year[:4] < EDITION_2025_FROM[:4] else None
        return edition_of_codes(titles.values()) or before


def _as_row_finding(finding: staging.Finding, headings: Mapping[str, str]) -> RowFinding:
    if finding.code in NOTES:
        return RowNote(finding.line, finding.field, note(finding.code, **finding.facts))
    field, problem = BUSINESS[finding.field], Unreadable(finding.code, **finding.facts)
    if finding.sets_aside:
        return UnreadableCell(finding.line, field, headings[field.name], finding.value, problem)
    return row_problem(finding.line, field, finding.value, problem)


def _defaults(options: Options) -> staging.Defaults:
    if options.registered_on and options.recorded_on:
        raise errors.UsageError(_("Give either --registered-on or --recorded-on."))
    day_given = options.registered_on or options.recorded_on
    day = read_field(BUSINESS["registered_on"], day_given)[0] if day_given else None
    year = read_field(BUSINESS["data_year"], options.data_year)[0] if options.data_year else None
    entry = "registered" if options.registered_on else "recorded"
    return staging.Defaults(day or date.today().isoformat(), year, entry, options.kbli_edition)


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
        "scaled": batch.scaled,
        "pending": [dump_cells(cells) for cells in batch.pending] if any(batch.pending) else (),
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
    unusual |= {index for index, match_key in enumerate(keys) if not is_identifying(match_key)}
    return [1 if index in unusual else None for index in range(len(keys))] if unusual else empty
