"""Cells + fields → values and problems: every cell of every row, all problems in one run."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ikmctl.domain.fields import Field
from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.domain.values.coordinates import read_coordinates
from ikmctl.domain.values.numbers import Style
from ikmctl.language import _
from ikmctl.sheets.formats.cells import CONTINUATION, TOTAL, Row, Typed, shown_cell, text_of
from ikmctl.sheets.table import added_columns
from ikmctl.sheets.table.columns import HeaderColumn
from ikmctl.sheets.validation.cell_parser import Evidence, Memory, ParsedCell, Words, memory_of
from ikmctl.sheets.validation.totals import Sums

BATCH = 250
"""Rows that are worked on together: so many that the cells of all are still at hand in the processor's cache."""


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken, as the officer's spreadsheet shows it; personal values are masked."""

    row: int
    heading: str
    value: str
    reason: str
    advice: str


@dataclass(frozen=True)
class RowProblem:
    """Why a row cannot be taken, found after its cells were read; for the field of this name."""

    row: int
    field: str
    value: str
    reason: str
    advice: str


@dataclass(frozen=True)
class RowNote:
    """What is to be said of a row that is taken, for the field of this name."""

    row: int
    field: str
    note: Note


RowFinding = RowProblem | RowNote


def unreadable(row: int, field: str, value: str, problem: Unreadable) -> RowProblem:
    """The finding of a value that cannot be taken."""
    return RowProblem(row, field, value, problem.reason, problem.advice)


@dataclass(slots=True)
class Batch:
    """Rows that can be taken, column by column: their numbers, their values by field, what has no field."""

    rows: list[int]
    columns: list[list[Any]]
    """in the order of the checker's fields, each as long as `rows`"""
    extra: list[dict[str, str] | None]
    joins: list[int | None]
    """the row above whose business a row adds to"""


@dataclass
class Findings:
    """What a run over a sheet met."""

    headings: Mapping[str, str] = field(default_factory=dict)
    """field → the heading of its column"""
    problems: list[Problem] = field(default_factory=list)
    rejected: set[int] = field(default_factory=set)
    notes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(heading, sentence) → how often"""
    examples: dict[tuple[str, str], int] = field(default_factory=dict)
    """(heading, sentence) → first row"""
    advice: dict[str, str] = field(default_factory=dict)
    """code of a note → the way out of the first of its kind; may be empty"""
    filled: Counter[str] = field(default_factory=Counter)
    """field → rows that say something"""
    others: Counter[str] = field(default_factory=Counter)
    """heading of a column without a field → rows that say something"""
    largest: dict[str, int] = field(default_factory=dict)
    """field of money → its largest amount"""
    halved: set[int] = field(default_factory=set)
    """rows to which a row that cannot be taken would add"""
    warnings: list[str] = field(default_factory=list)
    """what is to be said of whole columns"""
    agreeing: list[int] = field(default_factory=list)
    """total rows that are the sums of the rows above them"""
    rows: int = 0
    trailing: int = 0

    def add(self, found: Iterable[RowFinding]) -> None:
        """Take up what later stages found of the rows."""
        for finding in found:
            heading = self.headings.get(finding.field, finding.field)
            if isinstance(finding, RowNote):
                self.note(finding.row, heading, finding.note)
            else:
                self.problems.append(Problem(finding.row, heading, finding.value, finding.reason, finding.advice))
                self.rejected.add(finding.row)

    def note(self, row: int, heading: str, said: Note) -> None:
        """Count a note on a column, and keep the first row that it is about."""
        counted = (heading, str(said))
        self.notes[counted] += 1
        if counted not in self.examples:
            self.examples[counted] = row
            self.advice.setdefault(said.code, said.advice)


class Checker:
    """Reads the rows of one sheet, column by column as mapped."""

    def __init__(
        self,
        columns: Sequence[HeaderColumn],
        settled: Mapping[int, Style] | None = None,
        words: Words | None = None,
        *,
        ragged: bool = True,
    ) -> None:
        self.columns = columns
        self._mapped = [column for column in columns if column.field is not None]
        self._others = [column for column in columns if column.field is None and not column.ignored]
        self.fields: list[Field] = [column.field for column in columns if column.field is not None]
        self.findings = Findings({column.field.name: column.heading for column in columns if column.field})
        self.evidence = {column.position: Evidence() for column in columns if column.field}
        self._settled = settled or {}
        self._words = words or Words()
        self._coordinates = _positions(self.fields, added_columns.COORDINATES)
        self._capacity = _positions(self.fields, added_columns.CAPACITY)
        self._ragged = ragged
        self._sums = Sums(self._mapped)

    def settle(self) -> dict[int, Style]:
        """What the whole column decides about cells that were read before it was known; empty when nothing changes."""
        decided: dict[int, Style] = {}
        for position, evidence in self.evidence.items():
            if position in self._settled:
                continue
            unsettled = evidence.ambiguous and (evidence.ambiguous | evidence.proves) != {Style.DOT}
            if unsettled and len(evidence.proves) == 1:
                decided[position] = next(iter(evidence.proves))
        return decided

    def batches(self, rows: Iterable[Row]) -> Iterator[Batch]:
        """The rows that can be taken, in batches; the others are in `findings`. Totals are held against the sums."""
        memories = [self._memory(column) for column in (*self._mapped, *self._others)]
        width = len(self.columns)
        head: int | None = None
        waiting: list[Row] = []
        for row in rows:
            if row.role == TOTAL:
                if waiting:
                    yield self._batch(waiting, memories, head)
                    head, waiting = _last_head(waiting, head), []
                self.findings.warnings += self._sums.compare(row, memories)
                self.findings.agreeing = self._sums.agreeing
            elif len(row.cells) == width or self._fits(row):
                waiting.append(row)
                if len(waiting) == BATCH:
                    yield self._batch(waiting, memories, head)
                    head, waiting = _last_head(waiting, head), []
        if waiting:
            yield self._batch(waiting, memories, head)

    def _memory(self, column: HeaderColumn) -> Memory:
        evidence = self.evidence.get(column.position)
        return memory_of(column, evidence, self._settled.get(column.position), self._words)

    def _batch(self, rows: Sequence[Row], memories: Sequence[Memory], head: int | None) -> Batch:
        self.findings.rows += len(rows)
        cells = list(zip(*(row.cells for row in rows), strict=True))
        read = [
            memory.meanings(cells[column.position])
            for column, memory in zip((*self._mapped, *self._others), memories, strict=True)
        ]
        marked = {
            index
            for memory, values in zip(memories, read, strict=True)
            if memory.has_marks
            for index, value in enumerate(values)
            if value.__class__ is ParsedCell
        }
        for index in marked:
            if self._coordinates:
                self._read_pair(rows[index], index, read)
            if self._capacity:
                self._take_unit(index, read)
        kept: dict[int, dict[str, str]] = {}
        wrong = {index for index in sorted(marked) if not self._speak(rows[index], index, read, kept)}
        columns = read[: len(self._mapped)]
        self._sums.add(columns)
        self._count(columns)
        extra = self._extra(read[len(self._mapped) :], kept, len(rows))
        batch = Batch([row.number for row in rows], columns, extra, _joins(rows, head))
        self.findings.halved |= {head for index in wrong if (head := batch.joins[index]) is not None}
        return _without(batch, wrong) if wrong else batch

    def _read_pair(self, row: Row, index: int, read: Sequence[list[Any]]) -> None:
        """Read latitude and longitude of a row together, where one of the two needs saying."""
        north, east = self._coordinates
        if ParsedCell not in (read[north][index].__class__, read[east][index].__class__):
            return
        cells = [row.cells[self._mapped[place].position] for place in self._coordinates]
        if any(isinstance(cell, Typed) and cell.kind != "number" for cell in cells):
            return
        pair = read_coordinates(*map(text_of, cells))
        nowhere = pair.latitude is None and read[north][index] == 0
        if not nowhere and not any(said.code.startswith("coordinates") for said in pair.notes):
            return
        read[north][index] = ParsedCell(pair.latitude, pair.notes)
        read[east][index] = pair.longitude

    def _take_unit(self, index: int, read: Sequence[list[Any]]) -> None:
        """Take the unit that stands behind a capacity for one that has no cell of its own."""
        amount, unit = (read[place][index] for place in self._capacity)
        if unit is None and isinstance(amount, ParsedCell):
            behind = [dict(said.facts)["unit"] for said in amount.notes if said.code == "unit-in-cell"]
            read[self._capacity[1]][index] = behind[0] if behind else None

    def _count(self, columns: Sequence[list[Any]]) -> None:
        """Remember of each column how many rows say something, and the largest amount of money."""
        findings = self.findings
        for of, values in zip(self.fields, columns, strict=True):
            findings.filled[of.name] += len(values) - values.count(None)
            if of.kind.name == "money":
                findings.largest[of.name] = max(findings.largest.get(of.name, 0), *filter(None, values), 0)

    def _fits(self, row: Row) -> bool:
        """Whether a row that is not as wide as the heading can be made so: it is longer only by empty cells."""
        width = len(self.columns)
        if len(row.cells) > width and not any(row.cells[width:]):
            self.findings.trailing += self._ragged
            del row.cells[width:]
            return True
        if not self._ragged and len(row.cells) < width:
            row.cells += [""] * (width - len(row.cells))
            return True
        self.findings.rows += 1
        code = "too-few-cells" if len(row.cells) < width else "too-many-cells"
        added = sum(column.added for column in self.columns)
        count = len(row.cells) - (added if len(row.cells) > width else 0)
        problem = Unreadable(code, found=count, expected=width - added)
        self.findings.problems.append(Problem(row.number, "", "", problem.reason, problem.advice))
        self.findings.rejected.add(row.number)
        return False

    def _speak(self, row: Row, index: int, read: Sequence[list[Any]], kept: dict[int, dict[str, str]]) -> bool:
        """Report the marked cells of a row and put their values in place; whether the row can be taken."""
        fine = True
        for column, values in zip((*self._mapped, *self._others), read, strict=True):
            value = values[index]
            if not isinstance(value, ParsedCell):
                continue
            values[index] = value.value
            if value.problem and value.problem.code == "empty" and self._fall_back(row, index, column, read):
                continue
            for said in value.notes:
                self.findings.note(row.number, column.heading, said)
            if value.kept:
                kept.setdefault(index, {})[column.heading] = value.kept
            if value.problem:
                fine = False
                shown = shown_cell(row.cells[column.position], column.field)
                self.findings.problems.append(
                    Problem(row.number, column.heading, shown, value.problem.reason, value.problem.advice)
                )
                self.findings.rejected.add(row.number)
        return fine

    def _fall_back(self, row: Row, index: int, column: HeaderColumn, read: Sequence[list[Any]]) -> bool:
        """Put the value of another field where a required one is empty, and say so; whether there is such a value."""
        fallback = column.field.fallback if column.field else ""
        for other, values in zip(self._mapped, read, strict=False):
            if other.field and other.field.name == fallback:
                value = values[index].value if isinstance(values[index], ParsedCell) else values[index]
                if value is not None:
                    read[self._mapped.index(column)][index] = value
                    self.findings.note(row.number, column.heading, note("taken-from", field=other.field.title))
                    return True
        return False

    def _extra(
        self, read: Sequence[list[Any]], kept: Mapping[int, dict[str, str]], count: int
    ) -> list[dict[str, str] | None]:
        """For each row what its columns without a field say, and the words kept of others; None where it is nothing."""
        filled = []
        for column, values in zip(self._others, read, strict=True):
            said = count - values.count(None)
            if said:
                self.findings.others[column.heading] += said
                filled.append((column.heading, values))
        if not filled:
            return [kept.get(index) for index in range(count)]
        headings = [heading for heading, _values in filled]
        rows = zip(*(values for _heading, values in filled), strict=True)
        extra = [{name: text for name, text in zip(headings, row, strict=True) if text} for row in rows]
        return [each | kept[index] if index in kept else each or None for index, each in enumerate(extra)]


def _positions(fields: Sequence[Field], names: Sequence[str]) -> tuple[int, ...]:
    """Where these fields are, if all of them are there."""
    known = [field.name for field in fields]
    return tuple(map(known.index, names)) if set(names) <= set(known) else ()


def _last_head(rows: Sequence[Row], head: int | None) -> int | None:
    """The last row that is a business of its own."""
    return next((row.number for row in reversed(rows) if row.role != CONTINUATION), head)


def _joins(rows: Sequence[Row], head: int | None) -> list[int | None]:
    """For each row the business above that it adds to; None for a business of its own."""
    joins: list[int | None] = [None] * len(rows)
    for index, row in enumerate(rows):
        if row.role == CONTINUATION:
            joins[index] = head
        else:
            head = row.number
    return joins


def _without(batch: Batch, wrong: set[int]) -> Batch:
    """The batch without the rows at these places."""

    def kept(values: list[Any]) -> list[Any]:
        return [value for index, value in enumerate(values) if index not in wrong]

    columns = [kept(column) for column in batch.columns]
    return Batch(kept(batch.rows), columns, kept(batch.extra), kept(batch.joins))


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def dump_extra(extra: Mapping[str, str] | None) -> str | None:
    """The columns without a field, as they are stored."""
    return _encode(extra) if extra else None


def sentence(problem: Problem) -> str:
    """A problem in one line: row, column, value, reason, way out."""
    where = _("row {row}").format(row=problem.row)
    column = f", {problem.heading}" if problem.heading else ""
    value = f" “{problem.value}”" if problem.value else ""
    return f"{where}{column}:{value} {problem.reason}. {problem.advice}"
