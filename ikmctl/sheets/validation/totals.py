"""A JUMLAH or TOTAL row held against the sums of the rows that were read."""

from collections.abc import Sequence
from typing import Any, Protocol

from ikmctl.language import _, number
from ikmctl.sheets.formats.cells import Row
from ikmctl.sheets.table.columns import HeaderColumn

#: The largest difference between a sum of quantities and its total.
ROUNDING = 0.01


class Reader(Protocol):
    """Reads the cells of one column."""

    def amount(self, cell: Any) -> Any:
        """The cell's value, None where there is none."""


class Sums:
    """The sums of the columns that can be summed: since the first row, and since the last total."""

    def __init__(self, columns: Sequence[HeaderColumn]) -> None:
        self._columns = columns
        self._summed = [index for index, column in enumerate(columns) if _can_be_summed(column)]
        self._all: dict[int, Any] = dict.fromkeys(self._summed, 0)
        self._part: dict[int, Any] = dict.fromkeys(self._summed, 0)
        #: The total rows in which every figure is the sum of the rows above.
        self.agreeing: list[int] = []

    def add(self, values: Sequence[Sequence[Any]]) -> None:
        """Add a batch of rows, column by column."""
        for index in self._summed:
            found = sum(filter(None, values[index]))
            self._all[index] += found
            self._part[index] += found

    def compare(self, row: Row, readers: Sequence[Reader]) -> list[str]:
        """A sentence for each column whose total is neither sum; the next part begins."""
        sentences: list[str] = []
        compared = 0
        for index in self._summed:
            column = self._columns[index]
            stated = readers[index].amount(row.cells[column.position]) if column.position < len(row.cells) else None
            if stated is None:
                continue
            compared += 1
            allowed = ROUNDING if isinstance(stated, float) else column.unit if column.unit > 1 else 0
            nearest = min(self._all[index], self._part[index], key=lambda found: abs(found - stated))
            if abs(nearest - stated) > allowed:
                sentences.append(
                    _("Row {row}: the total of {heading} says {stated}, the rows make {sum}.").format(
                        row=row.number, heading=column.heading, stated=number(stated), sum=number(nearest)
                    )
                )
        self._part = dict.fromkeys(self._summed, 0)
        if compared and not sentences:
            self.agreeing.append(row.number)
        return sentences


def _can_be_summed(column: HeaderColumn) -> bool:
    return column.field is not None and column.field.kind.styled is not None and column.field.kind.name != "percent"
