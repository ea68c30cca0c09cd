"""What the cells of one column mean: each different cell is read once, and remembered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ikmctl.domain.fields import Field
from ikmctl.domain.keys import key
from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.domain.values import kinds
from ikmctl.domain.values.clean_text import clean, show_hidden, unguard
from ikmctl.domain.values.kbli import code_of_title
from ikmctl.domain.values.numbers import Ambiguous, Style
from ikmctl.sheets.formats.cells import Cell, TypedCell, cell_text
from ikmctl.sheets.formats.csv_file import LONGEST_CELL
from ikmctl.sheets.table.columns import HeaderColumn

#: Texts whose meaning is remembered for each column: most columns have few different ones.
REMEMBERED = 20_000


@dataclass(frozen=True)
class ParsedCell:
    """A cell's meaning that needs saying: a problem, or notes beside the value."""

    value: Any = None
    notes: tuple[Note, ...] = ()
    problem: Unreadable | None = None


@dataclass
class Evidence:
    """What the cells of one column prove about how the whole column is written."""

    proves: set[Style] = field(default_factory=set)
    #: The separators in texts that could mean two values.
    ambiguous: set[Style] = field(default_factory=set)


@dataclass(frozen=True)
class Words:
    """What words mean that no kind of value knows: those of this office, and the titles of the KBLI."""

    choices: Mapping[str, str] = field(default_factory=dict)
    kbli_titles: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Memory(dict[Cell, Any]):
    """A cell → its value in one column, or a ParsedCell; what was read once is remembered, up to a number."""

    def __init__(self, read: Callable[[Cell], Any], of: Field | None) -> None:
        super().__init__()
        self._read = read
        self._of = of
        self.has_marks = False

    def meanings(self, cells: Sequence[Any]) -> list[Any]:
        """The values of a batch of cells."""
        batch = self._of.kind.batch if self._of else None
        alone = batch is None or (self._of and self._of.required and "" in cells) or TypedCell in map(type, cells)
        values = None if batch is None or alone else batch(cells)
        return list(map(self.__getitem__, cells)) if values is None else values

    def __missing__(self, cell: Cell) -> Any:
        value = self._read(cell)
        if value.__class__ is ParsedCell:
            self.has_marks = True
        if len(self) < REMEMBERED:
            self[cell] = value
        return value

    def amount(self, cell: Cell) -> Any:
        """The value of a cell of a total row; None where it says nothing or nothing that can be read."""
        value = self._read(cell)
        return value.value if isinstance(value, ParsedCell) else value


def memory_of(column: HeaderColumn, evidence: Evidence | None, style: Style | None, words: Words) -> Memory:
    """What the cells of this column mean; `style` is how its numbers are written."""
    of = column.field
    if of is None:
        return Memory(_other, None)
    if of.kind.styled:
        read_text = _number(of, column.unit, evidence or Evidence(), style)
    elif of.kind is kinds.FORM and words.choices:
        read_text = _choice_or_alias(of, words.choices)
    elif of.kind is kinds.KBLI and words.kbli_titles:
        read_text = _code_or_title(of, words.kbli_titles)
    else:
        read_text = of.kind.read
    required, unit = of.required, column.unit

    def read(cell: Cell) -> Any:
        if not cell:
            return ParsedCell(problem=Unreadable("empty")) if required else None
        try:
            if isinstance(cell, TypedCell):
                value, notes = read_typed(cell, of, unit)
            elif len(cell) > LONGEST_CELL:
                raise Unreadable("cell-too-long", length=len(cell))
            else:
                value, notes = read_text(cell)
        except Unreadable as problem:
            return ParsedCell(problem=problem)
        if required and value is None:
            return ParsedCell(problem=Unreadable("empty"))
        return ParsedCell(value, notes) if notes else value

    return Memory(read, of)


Read = tuple[Any, tuple[Note, ...]]
ReadText = Callable[[str], Read]


def _number(of: Field, unit: int, evidence: Evidence, style: Style | None) -> ReadText:
    styled = of.kind.styled
    assert styled is not None  # noqa: S101 - the caller asks for numbers only

    def read(text: str) -> Read:
        try:
            value, found = styled(unguard(text), style, unit)
        except Ambiguous:
            evidence.ambiguous.add(Style.COMMA)
            raise
        if found.ambiguous:
            evidence.ambiguous.add(found.ambiguous)
        if found.proves:
            evidence.proves.add(found.proves)
        return value, found.notes

    return read


def _choice_or_alias(of: Field, words: Mapping[str, str]) -> ReadText:
    def read(text: str) -> Read:
        try:
            return of.kind.read(text)
        except Unreadable:
            meaning = words.get(key(text))
            if meaning is None:
                raise
            return of.kind.read(meaning)

    return read


def _code_or_title(of: Field, titles: Mapping[str, Sequence[str]]) -> ReadText:
    def read(text: str) -> Read:
        try:
            return of.kind.read(text)
        except Unreadable as problem:
            if problem.code != "not-a-kbli":
                raise
            return code_of_title(text, titles), (note("kbli-from-title"),)

    return read


def _other(cell: Cell) -> Any:
    """The text of a cell in a column without a field; None where it is empty."""
    text = cell_text(cell)
    if len(text) > LONGEST_CELL:
        return ParsedCell(problem=Unreadable("cell-too-long", length=len(text)))
    try:
        return clean(text, LONGEST_CELL)[0] or None
    except Unreadable:
        return ParsedCell(show_hidden(text), (note("hidden-shown"),))


#: Digits of a number that a spreadsheet keeps; those behind become 0.
EXACT_DIGITS = 15
_IDENTIFIERS = ("nib", "nik", "npwp", "phone", "kbli", "written")
_REFUSED = {"error": "error-cell", "formula": "formula-cell", "time": "time-cell", "boolean": "boolean-cell"}


def read_typed(cell: TypedCell, field: Field, unit: int) -> Read:
    """The value of a typed cell for this field, and what was assumed. Raises Unreadable."""
    if cell.kind in _REFUSED:
        raise Unreadable(_REFUSED[cell.kind])
    if isinstance(cell.value, date):
        return _read_date(cell.value, field)
    return _read_number(cell, field, unit)


def _read_date(day: date, field: Field) -> Read:
    kind = field.kind
    if kind in (kinds.DATE, kinds.DATE_OR_MONTH, kinds.WRITTEN):
        return kind.read(day.isoformat())
    if kind is kinds.PERIOD:
        return kind.read(day.isoformat()[:7])
    raise Unreadable("date-cell")


def _read_number(cell: TypedCell, field: Field, unit: int) -> Read:
    kind = field.kind
    if kind.styled is not None:
        amount = float(cell.text)
        if amount < 0:
            raise Unreadable("negative")
        fraction = kind is kinds.PERCENT and 0 < amount < 1
        text = f"{amount * 100:.10f}".rstrip("0").rstrip(".") if fraction else cell.text.lstrip("-")
        notes = (note("percent-as-fraction", percent=text),) if fraction else ()
        value, _found = kind.styled(text, Style.COMMA, unit)
        return value, notes
    if kind.name in _IDENTIFIERS and len(cell.text.lstrip("-")) > EXACT_DIGITS and not kind.is_filler(cell.text):
        raise Unreadable("digits-lost")
    return kind.read(cell.text)
