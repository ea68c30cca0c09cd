"""Cells + fields → values and problems: every cell of every row, all problems in one run."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ikmctl.domain.choices import key
from ikmctl.domain.fields import Field
from ikmctl.domain.numbers import Ambiguous, Style
from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.domain.text import EMPTY_WORDS, clean, unguard
from ikmctl.language import _
from ikmctl.sheets.cells import CONTINUATION, TOTAL, Cell, Row, Typed, text_of
from ikmctl.sheets.delimited import LONGEST_CELL
from ikmctl.sheets.headings import Column
from ikmctl.sheets.totals import Sums
from ikmctl.sheets.typed import read_typed

BATCH = 1_000
LENIENT = ("form", "stated_scale")
"""Fields whose unknown words are kept among the other columns, instead of keeping the row out."""
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
    joins: list[int | None]
    """the row above whose business a row adds to"""


@dataclass(frozen=True)
class _Marked:
    """A cell's meaning that needs saying: a problem, or notes beside the value."""

    value: Any = None
    notes: tuple[Note, ...] = ()
    problem: Unreadable | None = None
    kept: str = ""
    """the text, where it is kept among the other columns"""


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
    rows: int = 0
    trailing: int = 0


class Checker:
    """Reads the rows of one sheet, column by column as mapped."""

    def __init__(
        self,
        columns: Sequence[Column],
        settled: Mapping[int, Style] | None = None,
        words: Mapping[str, str] = MappingProxyType({}),
        *,
        ragged: bool = True,
    ) -> None:
        self.columns = columns
        self.fields = [column.field for column in columns if column.field]
        self.findings = Findings()
        self.evidence = {column.position: Evidence() for column in columns if column.field}
        self._settled = settled or {}
        self._words = words
        self._ragged = ragged
        self._mapped = [column for column in columns if column.field is not None]
        self._others = [c for c in columns if c.field is None and not c.ignored]
        self._heading = {column.field.name: column.heading for column in columns if column.field}
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
        memories = [(column.position, self._memory(column)) for column in self._mapped]
        head: int | None = None
        waiting: list[Row] = []
        for row in rows:
            if row.role == TOTAL:
                if waiting:
                    yield self._batch(waiting, memories, head)
                    head, waiting = _last_head(waiting, head), []
                self.findings.warnings += self._sums.compare(row, [memory for _position, memory in memories])
            elif self._has_width(row):
                waiting.append(row)
                if len(waiting) == BATCH:
                    yield self._batch(waiting, memories, head)
                    head, waiting = _last_head(waiting, head), []
        if waiting:
            yield self._batch(waiting, memories, head)

    def _batch(self, rows: Sequence[Row], memories: Sequence[tuple[int, "_Memory"]], head: int | None) -> Batch:
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
        extra = [self._extra(row) if self._others else None for row in rows]
        wrong = {index for index in sorted(marked) if not self._speak(rows[index], index, columns, extra)}
        self._sums.add(columns)
        self._count(columns)
        batch = Batch([row.number for row in rows], columns, extra, _joins(rows, head))
        self.findings.halved |= {head for index in wrong if (head := batch.joins[index]) is not None}
        return _without(batch, wrong) if wrong else batch

    def _count(self, columns: Sequence[list[Any]]) -> None:
        """Remember of each column how many rows say something, and the largest amount of money."""
        findings = self.findings
        for of, values in zip(self.fields, columns, strict=True):
            findings.filled[of.name] += len(values) - values.count(None)
            if of.kind.name == "money":
                findings.largest[of.name] = max(findings.largest.get(of.name, 0), *filter(None, values), 0)

    def _has_width(self, row: Row) -> bool:
        """Whether the row is as wide as the heading; a row longer only by empty cells is cut to it."""
        width = len(self.columns)
        if len(row.cells) == width:
            return True
        if len(row.cells) > width and not any(row.cells[width:]):
            self.findings.trailing += self._ragged
            del row.cells[width:]
            return True
        if not self._ragged and len(row.cells) < width:
            row.cells += [""] * (width - len(row.cells))
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

    def remark(self, row: int, name: str, said: Note) -> None:
        """Add a note on the field `name`."""
        self._note(row, self._heading.get(name, name), said)

    def _note(self, row: int, heading: str, said: Note) -> None:
        saying = (heading, str(said))
        self.findings.notes[saying] += 1
        self.findings.examples.setdefault(saying, row)

    def _speak(self, row: Row, index: int, columns: Sequence[list[Any]], extra: list[dict[str, str] | None]) -> bool:
        """Report the marked cells of a row and put their values in place; whether the row can be taken."""
        fine = True
        for column, values in zip(self._mapped, columns, strict=True):
            value = values[index]
            if not isinstance(value, _Marked):
                continue
            values[index] = value.value
            for said in value.notes:
                self._note(row.number, column.heading, said)
            if value.kept:
                extra[index] = {**(extra[index] or {}), column.heading: value.kept}
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
            text = text_of(row.cells[column.position])
            if text:
                try:
                    cleaned, _notes = clean(text, LONGEST_CELL)
                except Unreadable as problem:
                    self.reject(row.number, column.heading, ascii(text)[:60], problem)
                    continue
                if cleaned:
                    extra[column.heading] = cleaned
                    self.findings.others[column.heading] += 1
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
            return _noted(value, found.notes)

        def lenient(text: str) -> Any:
            try:
                return _noted(*kind.read(text))
            except Unreadable as problem:
                meaning = self._words.get(key(text))
                if meaning is not None:
                    return _noted(*kind.read(meaning))
                if problem.code != "not-a-choice":
                    raise
                return _Marked(None, (note("unknown-choice", text=" ".join(text.split())),), kept=text)

        def plain(text: str) -> Any:
            return _noted(*kind.read(text))

        inner = number if kind.styled else lenient if of.name in LENIENT else plain

        def read(cell: Cell) -> Any:
            if isinstance(cell, Typed):
                return _taken(lambda: _noted(*read_typed(cell, of, unit)), of)
            return _guarded(cell, inner, of)

        return _Memory(read, of)


def _last_head(rows: Sequence[Row], head: int | None) -> int | None:
    """The last row that is a business of its own."""
    return next((row.number for row in reversed(rows) if row.role != CONTINUATION), head)


def _joins(rows: Sequence[Row], head: int | None) -> list[int | None]:
    """For each row the business above that it adds to; None for a business of its own."""
    joins: list[int | None] = []
    for row in rows:
        if row.role == CONTINUATION:
            joins.append(head)
        else:
            joins.append(None)
            head = row.number
    return joins


def _without(batch: Batch, wrong: set[int]) -> Batch:
    """The batch without the rows at these places."""

    def kept(values: list[Any]) -> list[Any]:
        return [value for index, value in enumerate(values) if index not in wrong]

    columns = [kept(column) for column in batch.columns]
    return Batch(kept(batch.rows), columns, kept(batch.extra), kept(batch.joins))


class _Memory(dict[Cell, Any]):
    """A cell → what it means in one column; what was read once is remembered, up to a number of texts."""

    def __init__(self, read: Callable[[Cell], Any], of: Field) -> None:
        super().__init__()
        self._read = read
        self._of = of
        self.has_marks = False

    def meanings(self, cells: Sequence[Any]) -> list[Any]:
        """The values of a batch of cells."""
        batch = self._of.kind.batch
        alone = batch is None or (self._of.required and "" in cells) or Typed in map(type, cells)
        values = None if batch is None or alone else batch(cells)
        return list(map(self.__getitem__, cells)) if values is None else values

    def __missing__(self, cell: Cell) -> Any:
        value = self._read(cell)
        if value.__class__ is _Marked:
            self.has_marks = True
        if len(self) < REMEMBERED:
            self[cell] = value
        return value

    def amount(self, cell: Cell) -> Any:
        """The value of a cell of a total row; None where it says nothing or nothing that can be read."""
        value = self._read(cell)
        return value.value if isinstance(value, _Marked) else value


def _guarded(text: str, read: Callable[[str], Any], of: Field) -> Any:
    word = text.strip().casefold()
    if word in EMPTY_WORDS or not word.strip("\u200b\ufeff\u00a0 "):
        if of.required:
            return _Marked(problem=Unreadable("empty"))
        return _Marked(None, (Note("empty-word", (("text", text.strip()),)),)) if word else None
    if len(text) > LONGEST_CELL:
        return _Marked(problem=Unreadable("too-long", length=len(text), limit=LONGEST_CELL))
    return _taken(lambda: read(text), of)


def _taken(read: Callable[[], Any], of: Field) -> Any:
    """What is read, or a mark with the problem."""
    try:
        value = read()
        if of.required and (value.value if isinstance(value, _Marked) else value) is None:
            raise Unreadable("empty")
        return value
    except Unreadable as problem:
        return _Marked(problem=problem)


def _noted(value: Any, notes: tuple[Note, ...]) -> Any:
    return _Marked(value, notes) if notes else value


def shown_cell(cell: Cell, of: Field | None) -> str:
    """A cell as a problem shows it: short, and masked where it is personal."""
    body = " ".join(text_of(cell).split())
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
