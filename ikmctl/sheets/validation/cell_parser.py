"""What the cells of one column mean: each different cell is read once, and remembered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ikmctl.domain.fields import Field
from ikmctl.domain.keys import key
from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.domain.values import kinds
from ikmctl.domain.values.batches import UNREAD
from ikmctl.domain.values.clean_text import clean, show_hidden, unguard
from ikmctl.domain.values.kbli import code_of_title
from ikmctl.domain.values.numbers import Ambiguous, Style
from ikmctl.sheets.formats.cells import Cell, TypedCell, cell_text
from ikmctl.sheets.formats.csv_file import LONGEST_CELL
from ikmctl.sheets.table.columns import HeaderColumn

#: Texts whose meaning is remembered for each column: most columns have few different ones.
REMEMBERED = 20_000
#: Cells of a batch that show whether most of its texts are remembered.
SAMPLE = 25


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
    #: The number of different texts such as `120,500` that nothing decides, and of those that end in `,000`.
    commas: int = 0
    thousands: int = 0

    @property
    def groups_by_comma(self) -> bool:
        """Whether the commas of an amount of money can only group: most have three zeros behind them."""
        undecided = self.ambiguous == {Style.COMMA} and not self.proves
        return undecided and self.thousands >= _SEVERAL and self.thousands >= _MOSTLY * self.commas


#: The least number of different amounts, and the part of them, whose zeros show that commas group thousands.
_SEVERAL, _MOSTLY = 5, 0.7


@dataclass(frozen=True)
class Words:
    """What words mean that no kind of value knows: those of this office, and the titles of the KBLI."""

    choices: Mapping[str, str] = field(default_factory=dict)
    kbli_titles: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Memory(dict[Cell, Any]):
    """A cell → its value in one column, or a ParsedCell; what was read once is remembered, up to a number."""

    def __init__(self, read: Callable[[Cell], Any], batch: "ReadBatch | None", *, required: bool = False) -> None:
        super().__init__()
        self._read = read
        self._batch = batch
        self._required = required
        self.has_marks = False

    def meanings(self, cells: Sequence[Any]) -> list[Any]:
        """The values of a batch of cells: as they are remembered, or in one go if most are new."""
        values = self._read_at_once(cells)
        if values is None:
            return list(map(self.__getitem__, cells))
        if UNREAD in values:
            values = [self[cell] if value is UNREAD else value for cell, value in zip(cells, values, strict=True)]
        self.has_marks = self.has_marks or ParsedCell in map(type, values)
        if len(self) < REMEMBERED:
            self.update(zip(cells, values, strict=True))
        return values

    def _read_at_once(self, cells: Sequence[Any]) -> list[Any] | None:
        sample = cells[:SAMPLE]
        if self._batch is None or sum(map(self.__contains__, sample)) * 2 > len(sample):
            return None
        if (self._required and "" in cells) or TypedCell in map(type, cells):
            return None
        return self._batch(cells)

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
    batch = of.kind.batch
    if of.kind.styled:
        evidence = evidence or Evidence()
        read_text = _number(of, column.unit, evidence, style)
        batch = _numbers(of, column.unit, evidence, style)
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

    return Memory(read, batch, required=required)


Read = tuple[Any, tuple[Note, ...]]
ReadText = Callable[[str], Read]
ReadBatch = Callable[[Sequence[str]], list[Any] | None]


def _number(of: Field, unit: int, evidence: Evidence, style: Style | None) -> ReadText:
    styled = of.kind.styled
    assert styled is not None  # noqa: S101 - the caller asks for numbers only

    def read(text: str) -> Read:
        try:
            value, number = styled(unguard(text), style, unit)
        except Ambiguous:
            evidence.ambiguous.add(Style.COMMA)
            evidence.commas += 1
            evidence.thousands += text.rstrip().endswith(",000")
            raise
        if number.ambiguous:
            evidence.ambiguous.add(number.ambiguous)
        if number.proves:
            evidence.proves.add(number.proves)
        return value, number.notes

    return read


def _numbers(of: Field, unit: int, evidence: Evidence, style: Style | None) -> ReadBatch:
    styled_batch = of.kind.styled_batch
    assert styled_batch is not None  # noqa: S101 - the caller asks for numbers only

    def read(texts: Sequence[str]) -> list[Any] | None:
        numbers = styled_batch(texts, style, unit)
        if numbers is None:
            return None
        evidence.ambiguous |= {number.ambiguous for number in numbers[1] if number.ambiguous}
        evidence.proves |= {number.proves for number in numbers[1] if number.proves}
        return [ParsedCell(*value) if value.__class__ is tuple else value for value in numbers[0]]

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
