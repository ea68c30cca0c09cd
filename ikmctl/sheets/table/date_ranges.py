"""Date ranges in one cell: `13-17 September 2021` is the first and the last day of an event."""

from collections.abc import Iterator, Sequence

from ikmctl.domain.fields import Entity
from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values.dates import read_span
from ikmctl.sheets.formats.cells import Row
from ikmctl.sheets.table.columns import HeaderColumn

START, END = "starts_on", "ends_on"


def add_end_column(columns: Sequence[HeaderColumn], entity: Entity) -> list[HeaderColumn]:
    """The columns, with a column for the last day if the file has none."""
    names = {column.field.name for column in columns if column.field}
    if START not in names or END in names or END not in entity.by_name:
        return list(columns)
    end = entity[END]
    return [*columns, HeaderColumn(len(columns), end.title, end)]


def split_ranges(records: Iterator[Row], columns: Sequence[HeaderColumn]) -> Iterator[Row]:
    """The rows with each date range split into its first and last day."""
    places = {column.field.name: column.position for column in columns if column.field}
    if START not in places or END not in places:
        yield from records
        return
    start, end = places[START], places[END]
    for row in records:
        row.cells += [""] * (len(columns) - len(row.cells))
        text = row.cells[start]
        if isinstance(text, str) and text.strip() and not row.cells[end]:
            try:
                first, last, _notes = read_span(text)
            except Unreadable:
                yield row  # reported when the cell is parsed
                continue
            if first != last:
                row.cells[start], row.cells[end] = first, last
        yield row
