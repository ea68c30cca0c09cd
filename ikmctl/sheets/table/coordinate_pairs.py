"""Latitude and longitude in one cell: `-0.2298, 100.6309` fills two fields, of which the file has one column."""

from collections.abc import Iterator, Sequence

from ikmctl.domain.fields import Entity
from ikmctl.sheets.formats.cells import Row
from ikmctl.sheets.table.columns import HeaderColumn

LATITUDE, LONGITUDE = "latitude", "longitude"


def with_both(columns: Sequence[HeaderColumn], entity: Entity) -> list[HeaderColumn]:
    """The columns, with one more for the longitude or the latitude where the file has only the other."""
    names = {column.field.name for column in columns if column.field}
    missing = {LATITUDE, LONGITUDE} - names
    if len(missing) != 1:
        return list(columns)
    field = entity[missing.pop()]
    return [*columns, HeaderColumn(len(columns), field.title, field, added=True)]


def rows(found: Iterator[Row], columns: Sequence[HeaderColumn]) -> Iterator[Row]:
    """The rows, each with an empty cell for the column that was added."""
    added = [column.position for column in columns if column.added]
    if not added:
        return found
    return (_with_empty(row, added[0]) for row in found)


def _with_empty(row: Row, position: int) -> Row:
    if len(row.cells) >= position:  # a shorter row stays too short, and is rejected as such
        row.cells.insert(position, "")
    return row
