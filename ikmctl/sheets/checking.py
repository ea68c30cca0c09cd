"""Cells + fields → values and problems: every cell of every row, all problems in one run."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ikmctl.domain.fields import Field
from ikmctl.domain.numbers import Ambiguous, Style
from ikmctl.domain.problems import Note, Unreadable
from ikmctl.domain.text import EMPTY_WORDS, clean, unguard
from ikmctl.language import _
from ikmctl.sheets.headings import Column
from ikmctl.sheets.reader import LONGEST_CELL, Row

BATCH = 1_000
REMEMBERED = 20_000
"""Texts whose meaning is remembered per column: most columns hold few different ones."""


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken, as the officer's spreadsheet shows it; personal values are masked."""

    row: int
    heading: str
    value: str
    reason: str
    advice: str


@dataclass(slots=True)
class Batch:
    """Rows that can be taken, column by column: their numbers, their values by field, what has no field."""

    rows: list[int]
    columns: list[list[Any]]
    """in the order of the checker's fields, each as long as `rows`"""
    extra: list[dict[str, str] | None]


@dataclass(frozen=True)
class _Marked:
    """A cell's meaning that needs saying: a problem, or notes beside the value."""

    value: Any = None
    notes: tuple[Note, ...] = ()
    problem: Unreadable | None = None


@dataclass
class Evidence:
    """What the cells of one column prove about how the whole column is written."""

    proves: set[Style] = field(default_factory=set)
    ambiguous: set[Style] = field(default_factory=set)
    """separators met in texts that could mean two values"""


@dataclass
class Findings:
    """What a run over a sheet met."""

    problems: list[Problem] = field(default_factory=list)
    rejected: set[int] = field(default_factory=set)
    notes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(heading, sentence) → how often"""
    examples: dict[tuple[str, str], int] = field(default_factory=dict)
    """(heading, sentence) → first row"""
    rows: int = 0
    empty: int = 0
    trailing: int = 0


class Checker:
    """Reads the rows of one sheet, column by column as mapped."""

    def __init__(self, columns: Sequence[Column], settled: Mapping[int, Style] | None = None) -> None:
        self.columns = columns
        self.fields = [column.field for column in columns if column.field]
        self.findings = Findings()
        self.evidence = {column.position: Evidence() for column in columns if column.field}
        self._settled = settled or {}
        self._others = [c for c in columns if c.field is None and not c.ignored and c.heading]
        self._heading = {column.field.name: column.heading for column in columns if column.field}

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
        """The rows that can be taken, in batches; the others are in `findings`."""
        memories = [(column.position, self._memory(column)) for column in self.columns if column.field is not None]
        waiting = iter(rows)
        while taken := list(islice(waiting, BATCH)):
            records = [row for row in taken if self._is_record(row)]
            if records:
                yield self._batch(records, memories)

    def _batch(self, rows: Sequence[Row], memories: Sequence[tuple[int, "_Memory"]]) -> Batch:
        self.findings.rows += len(rows)
        cells = list(zip(*(row.cells for row in rows), strict=True))
        columns = [memory.meanings(cells[position]) for position, memory in memories]
        marked = {
            index
            for (_position, memory), values in zip(memories, columns, strict=True)
            if memory.has_marks
            for index, value in enumerate(values)
            if value.__class__ is _Marked
        }
        wrong = {index for index in sorted(marked) if not self._speak(rows[index], index, columns)}
        extra = [self._extra(row) if self._others else None for row in rows]
        batch = Batch([row.number for row in rows], columns, extra)
        return _without(batch, wrong) if wrong else batch

    def _is_record(self, row: Row) -> bool:
        """Whether the row holds a record of the right width; a row longer only by empty cells is cut to it."""
        width = len(self.columns)
        if len(row.cells) == width and any(row.cells):
            return True
        if not any(row.cells):
            self.findings.empty += 1
            return False
        if len(row.cells) > width and not any(row.cells[width:]):
            self.findings.trailing += 1
            del row.cells[width:]
            return True
        self.findings.rows += 1
        code = "too-few-cells" if len(row.cells) < width else "too-many-cells"
        problem = Unreadable(code, found=len(row.cells), expected=width)
        self.findings.problems.append(Problem(row.number, "", "", problem.reason, problem.advice))
        self.findings.rejected.add(row.number)
        return False

    def reject(self, row: int, name: str, value: str, problem: Unreadable) -> None:
        """Add a problem that shows only when rows are seen together, for the field `name`."""
        self.findings.problems.append(
            Problem(row, self._heading.get(name, name), value, problem.reason, problem.advice)
        )
        self.findings.rejected.add(row)

    def remark(self, row: int, name: str, note: Note) -> None:
        """Add a note on the field `name`."""
        self._note(row, self._heading.get(name, name), note)

    def _note(self, row: int, heading: str, note: Note) -> None:
        saying = (heading, str(note))
        self.findings.notes[saying] += 1
        self.findings.examples.setdefault(saying, row)

    def _speak(self, row: Row, index: int, columns: Sequence[list[Any]]) -> bool:
        """Report the marked cells of a row and put their values in place; whether the row can be taken."""
        fine = True
        mapped = [column for column in self.columns if column.field is not None]
        for column, values in zip(mapped, columns, strict=True):
            value = values[index]
            if not isinstance(value, _Marked):
                continue
            values[index] = value.value
            for note in value.notes:
                self._note(row.number, column.heading, note)
            if value.problem:
                fine = False
                shown = shown_cell(row.cells[column.position], column.field)
                self.findings.problems.append(
                    Problem(row.number, column.heading, shown, value.problem.reason, value.problem.advice)
                )
                self.findings.rejected.add(row.number)
        return fine

    def _extra(self, row: Row) -> dict[str, str] | None:
        extra = {}
        for column in self._others:
            text = row.cells[column.position]
            if text:
                try:
                    cleaned, _notes = clean(text, LONGEST_CELL)
                except Unreadable as problem:
                    self.reject(row.number, column.heading, ascii(text)[:60], problem)
                    continue
                if cleaned:
                    extra[column.heading] = cleaned
        return extra or None

    def _memory(self, column: Column) -> "_Memory":
        """Text of a cell of this column → its value, or a _Marked one."""
        assert column.field is not None  # noqa: S101 - the caller passes mapped columns only
        of, kind, unit = column.field, column.field.kind, column.unit
        evidence, style = self.evidence[column.position], self._settled.get(column.position)

        def number(text: str) -> Any:
            assert kind.styled is not None  # noqa: S101 - chosen below for numbers only
            try:
                value, found = kind.styled(unguard(text), style, unit)
            except Ambiguous:
                evidence.ambiguous.add(Style.COMMA)
                raise
            if found.ambiguous:
                evidence.ambiguous.add(found.ambiguous)
            if found.proves:
                evidence.proves.add(found.proves)
            return _Marked(value, found.notes) if found.notes else value

        def plain(text: str) -> Any:
            value, notes = kind.read(text)
            return _Marked(value, notes) if notes else value

        inner = number if kind.styled else plain
        return _Memory(lambda text: _guarded(text, inner, of), of)


def _without(batch: Batch, wrong: set[int]) -> Batch:
    """The batch without the rows at these places."""

    def kept(values: list[Any]) -> list[Any]:
        return [value for index, value in enumerate(values) if index not in wrong]

    return Batch(kept(batch.rows), [kept(column) for column in batch.columns], kept(batch.extra))


class _Memory(dict[str, Any]):
    """Text → what it means in one column; what was read once is remembered, up to a number of texts."""

    def __init__(self, read: Callable[[str], Any], of: Field) -> None:
        super().__init__()
        self._read = read
        self._of = of
        self.has_marks = False

    def meanings(self, texts: Sequence[str]) -> list[Any]:
        """The values of a batch of cells."""
        batch = self._of.kind.batch
        values = batch(texts) if batch and not (self._of.required and "" in texts) else None
        return list(map(self.__getitem__, texts)) if values is None else values

    def __missing__(self, text: str) -> Any:
        value = self._read(text)
        if value.__class__ is _Marked:
            self.has_marks = True
        if len(self) < REMEMBERED:
            self[text] = value
        return value


def _guarded(text: str, read: Callable[[str], Any], of: Field) -> Any:
    word = text.strip().casefold()
    try:
        if word in EMPTY_WORDS or not word.strip("\u200b\ufeff\u00a0 "):
            if of.required:
                raise Unreadable("empty")
            return _Marked(None, (Note("empty-word", (("text", text.strip()),)),)) if word else None
        if len(text) > LONGEST_CELL:
            raise Unreadable("too-long", length=len(text), limit=LONGEST_CELL)
        value = read(text)
        if of.required and (value.value if isinstance(value, _Marked) else value) is None:
            raise Unreadable("empty")
        return value
    except Unreadable as problem:
        return _Marked(problem=problem)


def shown_cell(text: str, of: Field | None) -> str:
    """A cell as a problem shows it: short, and masked where it is personal."""
    body = " ".join(text.split())
    if of is not None and of.personal:
        return body[:1] + "*" * max(0, min(len(body), 20) - 3) + body[-2:] if len(body) > 3 else "***"
    return body if len(body) <= 60 else body[:57] + "…"


def dump_extra(extra: Mapping[str, str] | None) -> str | None:
    """The columns without a field, as they are stored."""
    return json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else None


def sentence(problem: Problem) -> str:
    """A problem in one line: row, column, value, reason, way out."""
    where = _("row {row}").format(row=problem.row)
    column = f", {problem.heading}" if problem.heading else ""
    value = f" “{problem.value}”" if problem.value else ""
    return f"{where}{column}:{value} {problem.reason}. {problem.advice}"
