"""A JUMLAH or TOTAL row held against the sums of the rows that were read."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ikmctl.language import _, number, plural
from ikmctl.sheets.formats.cells import Row
from ikmctl.sheets.table.columns import HeaderColumn, can_be_summed

#: The largest difference between a sum of quantities and its total.
ROUNDING = 0.01
#: A row without a label is a total of at least so many rows: two products of one business may have equal figures.
FEWEST_SUMMED = 2


class Reader(Protocol):
    """Reads the cells of one column."""

    def amount(self, cell: Any) -> Any:
        """The cell's value, None where there is none."""


class Sums:
    """The sums of the columns that can be summed: since the first row, and since the last total."""

    def __init__(self, columns: Sequence[HeaderColumn]) -> None:
        self._columns = columns
        self._summed = [index for index, column in enumerate(columns) if can_be_summed(column)]
        self._all: dict[int, Any] = dict.fromkeys(self._summed, 0)
        self._part: dict[int, Any] = dict.fromkeys(self._summed, 0)
        self._rows_of_part = 0
        #: The total rows in which every figure is the sum of the rows above.
        self.agreeing: list[int] = []

    def add(self, values: Sequence[Sequence[Any]], rows: int) -> None:
        """Add a batch of so many rows, column by column."""
        self._rows_of_part += rows
        for index in self._summed:
            found = sum(filter(None, values[index]))
            self._all[index] += found
            self._part[index] += found

    def compare(self, row: Row, readers: Sequence[Reader], rejected: int = 0) -> list[str]:
        """A sentence for each column whose total is neither sum; the next part begins.

        `rejected` is the number of rows above whose figures are not in the sums.
        """
        different = []
        stated = self._stated(row, readers)
        for index, total in stated.items():
            column, nearest = self._columns[index], self._nearest(index, total)
            if not self._agrees(index, total, nearest) and not self._is_of_both(index, stated):
                sentence = _("Row {row}: the total of {heading} says {stated}, the rows make {sum}.").format(
                    row=row.number, heading=column.heading, stated=number(total), sum=number(nearest)
                )
                different.append(sentence)
        if different and rejected:
            different.append(
                plural(
                    "The figures of {count} rejected row are not in these sums.",
                    "The figures of {count} rejected rows are not in these sums.",
                    rejected,
                )
            )
        self._begin_part()
        if stated and not different:
            self.agreeing.append(row.number)
        return different

    def is_total(self, row: Row, readers: Sequence[Reader]) -> bool:
        """Whether every figure of a row is the sum of several rows above it; the next part begins if so."""
        stated = self._stated(row, readers)
        agree = all(
            self._agrees(index, total, self._nearest(index, total)) or self._is_of_both(index, stated)
            for index, total in stated.items()
        )
        if self._rows_of_part < FEWEST_SUMMED or not any(stated.values()) or not agree:
            return False
        self._begin_part()
        self.agreeing.append(row.number)
        return True

    def _stated(self, row: Row, readers: Sequence[Reader]) -> dict[int, Any]:
        """The figures of a total row by the index of their column."""
        places = {index: self._columns[index].position for index in self._summed}
        stated = {index: readers[index].amount(row.cells[at]) for index, at in places.items() if at < len(row.cells)}
        return {index: figure for index, figure in stated.items() if figure is not None}

    def _nearest(self, index: int, stated: Any) -> Any:
        return min(self._all[index], self._part[index], key=lambda found: abs(found - stated))

    def _agrees(self, index: int, stated: Any, found: Any) -> bool:
        unit = self._columns[index].unit
        return bool(abs(found - stated) <= (ROUNDING if isinstance(stated, float) else unit if unit > 1 else 0))

    def _is_of_both(self, index: int, stated: Mapping[int, Any]) -> bool:
        """Whether the total is that of its column and the next together: a cell merged over men and women."""
        beside = next((other for other in self._summed if other > index), None)
        if beside is None or beside in stated or self._columns[beside].position != self._columns[index].position + 1:
            return False
        fields = (self._columns[index].field, self._columns[beside].field)
        if any(field is None or field.kind.name != "count" for field in fields):
            return False
        sums = (each[index] + each[beside] for each in (self._all, self._part))
        return stated[index] in sums

    def _begin_part(self) -> None:
        self._part = dict.fromkeys(self._summed, 0)
        self._rows_of_part = 0
