"""Cells + fields → values and problems: every cell of every row, all problems in one run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ikmctl.domain.fields import Field
from ikmctl.domain.problems import Unreadable, note
from ikmctl.domain.values.coordinates import read_coordinates
from ikmctl.domain.values.numbers import Style, has_scale
from ikmctl.language import _
from ikmctl.sheets.formats.cells import CONTINUATION, FIGURES, TOTAL, Row, TypedCell, cell_text, mask_cell
from ikmctl.sheets.table import added_columns
from ikmctl.sheets.table.columns import HeaderColumn, naming_position
from ikmctl.sheets.validation.batch import Batch, joins, last_head
from ikmctl.sheets.validation.cell_parser import Evidence, Memory, ParsedCell, Words, memory_of
from ikmctl.sheets.validation.findings import Findings, Problem, UnreadableCell
from ikmctl.sheets.validation.samples import take_samples
from ikmctl.sheets.validation.totals import Sums

#: Rows that are read together: so many that the cells of all are still in the processor's cache.
BATCH = 250


@dataclass(frozen=True)
class RowRules:
    """What rejects a row beside a required cell that is empty.

    `ragged`: another number of cells than the header row; `strict`: any cell that cannot be read; `identifying`: a cell
    of one of these fields that cannot be read.
    """

    ragged: bool = True
    strict: bool = False
    identifying: Sequence[str] = ()


class Checker:
    """Reads the rows of one sheet, column by column as mapped."""

    def __init__(
        self,
        columns: Sequence[HeaderColumn],
        rules: RowRules | None = None,
        settled: Mapping[int, Style] | None = None,
        words: Words | None = None,
    ) -> None:
        self.columns = columns
        self._mapped = [column for column in columns if column.field is not None]
        self._others = [column for column in columns if column.field is None and not column.ignored]
        self.fields: list[Field] = [column.field for column in columns if column.field is not None]
        assert len({each.name for each in self.fields}) == len(self.fields)  # noqa: S101 - one column for each field
        headings = {column.field.name: column.heading for column in columns if column.field}
        self._rules = rules or RowRules()
        self.findings = Findings(headings, strict=self._rules.strict)
        self.evidence = {column.position: Evidence() for column in columns if column.field}
        self._settled = settled or {}
        self._words = words or Words()
        self._coordinates = _positions(self.fields, added_columns.COORDINATES)
        self._capacity = _positions(self.fields, added_columns.CAPACITY)
        self._without_unit = [
            (column.field, column.position)
            for column in columns
            if column.field and column.field.kind.name == "money" and not column.unit_from
        ]
        self._name = naming_position(columns)
        self._sums = Sums(self._mapped)
        self.findings.agreeing = self._sums.agreeing
        self._misshapen = 0  # rows with more or fewer cells than the heading, of which no cell is read

    def settle(self) -> dict[int, Style]:
        """What the whole column decides about cells that were read before it was known; empty when nothing changes."""
        decided: dict[int, Style] = {}
        for position, evidence in self.evidence.items():
            if position in self._settled:
                continue
            unsettled = evidence.ambiguous and (evidence.ambiguous | evidence.proves) != {Style.DOT}
            if unsettled and len(evidence.proves) == 1:
                decided[position] = next(iter(evidence.proves))
            elif evidence.groups_by_comma and self._is_money(position):
                decided[position] = Style.COMMA
        return decided

    def assumed_styles(self) -> list[str]:
        """A sentence on each column whose commas group thousands because its amounts end in zeros."""
        assumed = [position for position in self._settled if not self.evidence[position].proves]
        sentence = _("{heading}: the commas group thousands, since most amounts have three zeros behind them.")
        return [sentence.format(heading=self.columns[position].heading) for position in assumed]

    def _is_money(self, position: int) -> bool:
        of = self.columns[position].field
        return of is not None and of.kind.name == "money"

    def batches(self, rows: Iterable[Row]) -> Iterator[Batch]:
        """The rows that can be taken, in batches; the others are in `findings`. Totals are held against the sums."""
        memories = [self._memory(column) for column in (*self._mapped, *self._others)]
        width = len(self.columns)
        head: int | None = None
        waiting: list[Row] = []
        for row in rows:
            if row.role in (TOTAL, FIGURES):
                if waiting:
                    yield self._batch(waiting, memories, head)
                    head, waiting = last_head(waiting, head), []
                if self._is_no_record(row, memories):
                    continue
            if len(row.cells) == width or self._fits(row):
                waiting.append(row)
                if len(waiting) == BATCH:
                    yield self._batch(waiting, memories, head)
                    head, waiting = last_head(waiting, head), []
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
        pending: list[list[UnreadableCell] | None] = [None] * len(rows)
        wrong = set()
        for index in sorted(marked):
            unreadable = self._settle_row(rows[index], index, read)
            if unreadable is None:
                wrong.add(index)
            elif unreadable:
                pending[index] = unreadable
        if len(self.findings.samples) < len(self._mapped):
            take_samples(self._mapped, cells, self.findings.samples)
        columns = read[: len(self._mapped)]
        self._sums.add(columns, len(rows))
        self._count(columns)
        extra = self._extra(read[len(self._mapped) :], len(rows))
        batch = Batch([row.number for row in rows], columns, extra, joins(rows, head), pending, self._scaled(rows))
        self.findings.halved |= {head for index in wrong if (head := batch.joins[index]) is not None}
        return batch.without(wrong) if wrong else batch

    def _read_pair(self, row: Row, index: int, read: Sequence[list[Any]]) -> None:
        """Read latitude and longitude of a row together, where one of the two needs saying."""
        north, east = self._coordinates
        if ParsedCell not in (read[north][index].__class__, read[east][index].__class__):
            return
        cells = [row.cells[self._mapped[place].position] for place in self._coordinates]
        if any(isinstance(cell, TypedCell) and cell.kind != "number" for cell in cells):
            return
        pair = read_coordinates(*map(cell_text, cells))
        nowhere = pair.latitude is None and read[north][index] == 0
        if not nowhere and not any(remark.code.startswith("coordinates") for remark in pair.notes):
            return
        read[north][index] = ParsedCell(pair.latitude, pair.notes)
        read[east][index] = pair.longitude

    def _take_unit(self, index: int, read: Sequence[list[Any]]) -> None:
        """Take the unit that stands behind a capacity for one that has no cell of its own."""
        amount, unit = (read[place][index] for place in self._capacity)
        if unit is None and isinstance(amount, ParsedCell):
            behind = [dict(remark.facts)["unit"] for remark in amount.notes if remark.code == "unit-in-cell"]
            read[self._capacity[1]][index] = behind[0] if behind else None

    def _scaled(self, rows: Sequence[Row]) -> list[str | None]:
        """For each row the fields of money whose cell has its own unit; only of columns without a unit."""
        scaled: list[str | None] = [None] * len(rows)
        for of, position in self._without_unit:
            for index, row in enumerate(rows):
                cell = row.cells[position]
                if cell.__class__ is str and cell[-1:].isalpha() and has_scale(cell):
                    scaled[index] = f"{scaled[index] or ''},{of.name}"
        return scaled

    def _count(self, columns: Sequence[list[Any]]) -> None:
        """Remember of each column how many rows say something, and the largest amount of money."""
        findings = self.findings
        for of, values in zip(self.fields, columns, strict=True):
            findings.filled[of.name] += len(values) - values.count(None)
            if of.kind.name == "money":
                findings.largest[of.name] = max(findings.largest.get(of.name, 0), *filter(None, values), 0)

    def _is_no_record(self, row: Row, memories: Sequence[Memory]) -> bool:
        """Whether a row of figures is a total, or is rejected because it names no business.

        The figures of a row that names no business stay out of the sums: it may be a total that was added wrongly.
        """
        if row.role == TOTAL:
            self.findings.warnings += self._sums.compare(row, memories, self._misshapen)
            return True
        if self._sums.is_total(row, memories):
            self.findings.totals.append(row)
            return True
        if self._name is None:
            return False
        if self._name < len(row.cells) and cell_text(row.cells[self._name]):
            row.role = CONTINUATION
            return False
        self.findings.rows += 1
        empty = Unreadable("empty")
        heading = self.columns[self._name].heading
        self.findings.reject(Problem(row.number, heading, "", empty.reason, empty.advice))
        return True

    def _fits(self, row: Row) -> bool:
        """Whether a row that is not as wide as the heading can be made so: it is longer only by empty cells."""
        width = len(self.columns)
        if len(row.cells) > width and not any(row.cells[width:]):
            self.findings.trailing += self._rules.ragged
            del row.cells[width:]
            return True
        if not self._rules.ragged and len(row.cells) < width:
            row.cells += [""] * (width - len(row.cells))
            return True
        self.findings.rows += 1
        self._misshapen += 1
        code = "too-few-cells" if len(row.cells) < width else "too-many-cells"
        added = sum(column.added for column in self.columns)
        count = len(row.cells) - (added if len(row.cells) > width else 0)
        problem = Unreadable(code, found=count, expected=width - added)
        self.findings.reject(Problem(row.number, "", "", problem.reason, problem.advice))
        return False

    def _settle_row(self, row: Row, index: int, read: Sequence[list[Any]]) -> list[UnreadableCell] | None:
        """Put the values of a row's marked cells in place, with their notes.

        Returns the cells that cannot be read; None if one of them rejects the row.
        """
        unreadable: list[UnreadableCell] = []
        rejected = False
        for column, values in zip((*self._mapped, *self._others), read, strict=True):
            value = values[index]
            if not isinstance(value, ParsedCell):
                continue
            values[index] = value.value
            for remark in value.notes:
                self.findings.note(row.number, column.heading, remark)
            if value.problem is None:
                continue
            named_otherwise = self._fall_back(row, index, column, read)
            if value.problem.code == "empty" and named_otherwise:
                continue
            text = cell_text(row.cells[column.position])
            if column.field and text:
                self.findings.unreadable[column.field.name] += 1
            if column.field and self._may_be_set_aside(column.field, value.problem, named_otherwise=named_otherwise):
                unreadable.append(UnreadableCell(row.number, column.field, column.heading, text, value.problem))
            else:
                rejected = True
                masked = mask_cell(text, column.field)
                problem = value.problem
                self.findings.reject(Problem(row.number, column.heading, masked, problem.reason, problem.advice))
        return None if rejected else unreadable

    def _may_be_set_aside(self, of: Field, problem: Unreadable, *, named_otherwise: bool) -> bool:
        """Whether the row can do without this cell: it still says what it is about, and in which cell each value is."""
        if self._rules.strict or problem.code == "cell-too-long":
            return False
        return named_otherwise or not (of.required or of.name in self._rules.identifying)

    def _fall_back(self, row: Row, index: int, column: HeaderColumn, read: Sequence[list[Any]]) -> bool:
        """Put the value of another field where a required one is empty, and say so; whether there is such a value."""
        for other, values in zip(self._mapped, read, strict=False):
            if other.field and column.field and other.field.stands_in_for == column.field.name:
                value = values[index].value if isinstance(values[index], ParsedCell) else values[index]
                if value is not None:
                    read[self._mapped.index(column)][index] = value
                    self.findings.note(row.number, column.heading, note("taken-from", field=other.field.title))
                    return True
        return False

    def _extra(self, read: Sequence[list[Any]], count: int) -> list[dict[str, str] | None]:
        """For each row the texts of its columns without a field; None if there are none."""
        filled = []
        for column, values in zip(self._others, read, strict=True):
            filled_count = count - values.count(None)
            if filled_count:
                self.findings.others[column.heading] += filled_count
                filled.append((column.heading, values))
        if not filled:
            return [None] * count
        headings = [heading for heading, _values in filled]
        rows = zip(*(values for _heading, values in filled), strict=True)
        return [{name: text for name, text in zip(headings, row, strict=True) if text} or None for row in rows]


def _positions(fields: Sequence[Field], names: Sequence[str]) -> tuple[int, ...]:
    """Where these fields are, if all of them are there."""
    known = [field.name for field in fields]
    return tuple(map(known.index, names)) if set(names) <= set(known) else ()
