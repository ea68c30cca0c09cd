"""Columns that a file does not have, because the cells of another hold their values too.

`-0.2298, 100.6309` is a latitude and a longitude, `20 set` a capacity and its unit.
"""

from collections.abc import Iterator, Sequence

from ikmctl.domain.fields import Entity
from ikmctl.sheets.formats.cells import Row
from ikmctl.sheets.table.columns import HeaderColumn

COORDINATES = ("latitude", "longitude")
CAPACITY = ("capacity", "capacity_unit")
_BESIDE = (COORDINATES, COORDINATES[::-1], CAPACITY)


def add_columns(columns: Sequence[HeaderColumn], entity: Entity) -> list[HeaderColumn]:
    """The columns, and behind them one for each field that only the cells of another column can fill."""
    added = list(columns)
    names = {column.field.name for column in columns if column.field}
    for filled, beside in _BESIDE:
        if filled in names and beside not in names:
            field = entity[beside]
            added.append(HeaderColumn(len(added), field.title, field, added=True))
            names.add(beside)
    for missing in [column.field.stands_in_for for column in columns if column.field]:
        if missing and missing not in names:
            field = entity[missing]
            added.append(HeaderColumn(len(added), field.title, field, added=True))
    return added


def add_cells(rows: Iterator[Row], columns: Sequence[HeaderColumn]) -> Iterator[Row]:
    """The rows, each with an empty cell for every column that was added."""
    count = sum(column.added for column in columns)
    return _with_empty(rows, len(columns) - count, count) if count else rows


def _with_empty(rows: Iterator[Row], width: int, count: int) -> Iterator[Row]:
    for row in rows:
        if len(row.cells) >= width:  # a shorter row stays too short, and is rejected as such
            row.cells[width:width] = [""] * count
        yield row
