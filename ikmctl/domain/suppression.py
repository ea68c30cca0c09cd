"""Which counts of a table to leave out so that small counts are neither shown nor derivable by subtraction.

Counts of one or two are left out. Where a total and the other counts of a line would reveal such a count, more counts
are left out, as few and as small as can be found: for each small count there must be a table with the same published
figures in which the count is `MINIMUM_COUNT` or more. Readers may know that a count left out is not zero, unless zeros
were left out too. This is cell suppression by shortest paths in the network of a table's lines, as statistical
offices do it (Hundepool et al., Statistical Disclosure Control, 2012, chapter 4).
"""

import heapq
from collections.abc import Iterator, Mapping
from typing import NamedTuple

#: The smallest count of businesses or people that is published.
MINIMUM_COUNT = 3

#: The name of the row or column that sums the others.
TOTAL = "total"

#: Row and column of a count.
Cell = tuple[str, str]

#: The cost of leaving a zero out: more than that of any counts.
_ZERO = 10**12


class _Step(NamedTuple):
    """A step from one line of the table to another: one more or one less in the cell that both contain."""

    cell: Cell
    change: int
    to: tuple[str, str]


def add_totals(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """The counts of every row and column, zeros too, with the totals of rows, of columns, and of all."""
    rows, columns = (dict.fromkeys(cell[part] for cell in counts) for part in (0, 1))
    table = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    table |= {(row, TOTAL): sum(counts.get((row, column), 0) for column in columns) for row in rows}
    table |= {(TOTAL, column): sum(counts.get((row, column), 0) for row in rows) for column in columns}
    table[TOTAL, TOTAL] = sum(counts.values())
    return table


def add_line_total(counts: Mapping[str, int]) -> dict[Cell, int]:
    """A single line of counts, as a table that has no rows but the total."""
    return {**{(TOTAL, column): count for column, count in counts.items()}, (TOTAL, TOTAL): sum(counts.values())}


def suppress(table: Mapping[Cell, int]) -> set[Cell]:
    """The cells to leave out of a table with its totals; the grand total stays, unless it is small itself."""
    if 0 < table[TOTAL, TOTAL] < MINIMUM_COUNT:
        return set(table)
    hidden = {cell for cell, count in table.items() if 0 < count < MINIMUM_COUNT}
    for cell in sorted(hidden, key=lambda cell: (table[cell], cell)):
        if not _protect(table, hidden, cell):
            return set(table) - {(TOTAL, TOTAL)}
    return hidden


def _protect(table: Mapping[Cell, int], hidden: set[Cell], target: Cell) -> bool:
    """Leave out the cells that are needed for the target to be possibly `MINIMUM_COUNT`; False if there are none."""
    supposed = dict(table)
    while supposed[target] < MINIMUM_COUNT:
        path = _cheapest(table, supposed, hidden, target)
        if path is None:
            return False
        supposed[target] += 1
        for step in path:
            supposed[step.cell] += step.change
            hidden.add(step.cell)
    return True


def _cheapest(
    table: Mapping[Cell, int], supposed: Mapping[Cell, int], hidden: set[Cell], target: Cell
) -> list[_Step] | None:
    """The changes by one in other cells that balance one more in the target, with the smallest counts left out."""
    row, column = _lines(table, target)
    start, goal = (column, row) if _sign(target) > 0 else (row, column)
    best: dict[tuple[str, str], int] = {start: 0}
    previous: dict[tuple[str, str], tuple[tuple[str, str], _Step]] = {}
    waiting = [(0, start)]
    while waiting:
        cost, line = heapq.heappop(waiting)
        if line == goal:
            return list(_trace_back(previous, start, goal))
        if cost > best[line]:
            continue
        for step in _steps(table, supposed, line, target):
            total = cost + (0 if step.cell in hidden else table[step.cell] or _ZERO)
            if total < best.get(step.to, total + 1):
                best[step.to] = total
                previous[step.to] = (line, step)
                heapq.heappush(waiting, (total, step.to))
    return None


def _trace_back(
    previous: Mapping[tuple[str, str], tuple[tuple[str, str], _Step]], start: object, line: object
) -> Iterator[_Step]:
    while line != start:
        line, step = previous[line]  # type: ignore[index]  # every line on the path has a predecessor
        yield step


def _steps(
    table: Mapping[Cell, int], supposed: Mapping[Cell, int], line: tuple[str, str], target: Cell
) -> Iterator[_Step]:
    """The steps from a line: a row adds to one of its cells, a column subtracts from one; reversed for totals."""
    for cell in table:
        row, column = _lines(table, cell)
        if line not in (row, column) or cell in (target, (TOTAL, TOTAL)):
            continue
        change = _sign(cell) * (1 if line == row else -1)
        if change > 0 or supposed[cell] > min(table[cell], 1):
            yield _Step(cell, change, column if line == row else row)


def _lines(table: Mapping[Cell, int], cell: Cell) -> tuple[tuple[str, str], tuple[str, str]]:
    """The row and the column that contain a cell; the columns of a table of one line have no totals."""
    single = all(row == TOTAL for row, _column in table)
    return ("row", cell[0]), ("column", "" if single else cell[1])


def _sign(cell: Cell) -> int:
    """-1 for the total of a line, else 1: the sum of a line with these signs is zero."""
    return -1 if (cell[0] == TOTAL) != (cell[1] == TOTAL) else 1
