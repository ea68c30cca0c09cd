"""The figures of a closed month: taken from its blocks to be stored, and put back into them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ikmctl.document import Block, Card, Chart, Table, TableColumn, Text
from ikmctl.language import _, current_language

#: The stored figures of a report as JSON: the language of its notes, and its blocks by name.
Stored = Mapping[str, Any]


def to_store(blocks: Iterable[Block]) -> dict[str, Any]:
    """The figures of the blocks, as `Stored`."""
    figures = {block.name: figures_of(block) for block in blocks if not isinstance(block, Text)}
    return {"language": current_language(), "blocks": figures}


def figures_of(block: Table | Card | Chart) -> dict[str, Any]:
    """The stored form of a block: its values by column name, and its notes."""
    match block:
        case Table():
            total = None if block.total is None else list(block.total)
            rows = [list(row) for row in block.rows]
            return {"columns": _names(block.columns), "rows": rows, "total": total, "notes": list(block.notes)}
        case Card():
            return {"columns": _names(block.columns), "row": list(block.row)}
        case Chart():
            return {"series": [list(values) for _title, values in block.series]}


def _names(columns: Iterable[TableColumn]) -> list[str]:
    return [column.name for column in columns]


def as_reported(today: Block, stored: Stored) -> Block:
    """The block with its stored figures; unchanged if the report did not have the block then."""
    figures = stored["blocks"].get(getattr(today, "name", ""))
    match today:
        case Table() if figures:
            notes = tuple(figures["notes"]) if stored["language"] == current_language() else today.notes
            return today._replace(
                columns=_columns(today.columns, figures["columns"]),
                rows=[tuple(row) for row in figures["rows"]],
                total=None if figures["total"] is None else tuple(figures["total"]),
                notes=notes,
            )
        case Card() if figures:
            return today._replace(columns=_columns(today.columns, figures["columns"]), row=tuple(figures["row"]))
        case Chart() if figures:
            titles = [title for title, _values in today.series]
            values = [tuple(series) for series in figures["series"]]
            return today._replace(series=tuple(zip(titles, values, strict=False)))
    return today


def _columns(today: Sequence[TableColumn], names: Sequence[str]) -> tuple[TableColumn, ...]:
    """The stored columns as they are shown today; a column that no longer exists is titled by its name."""
    known = {column.name: column for column in today}
    return tuple(known.get(name) or TableColumn(name, name) for name in names)


class Difference(NamedTuple):
    """A value that differs between a closed month and today's data: its place, and both values as text."""

    block: str
    part: str
    row: str
    figure: str
    reported: str
    today: str
    is_number: bool


def differences(today: Block, stored: Stored) -> list[Difference]:
    """The values of a table or card that differ between today's data and the stored report.

    A column that the stored report does not have is not compared.
    """
    figures = stored["blocks"].get(getattr(today, "name", ""))
    if not figures or not isinstance(today, Table | Card):
        return []
    now, then = _cells(figures_of(today)), _cells(figures)
    columns = {column.name: column for column in today.columns if column.name in figures["columns"]}
    first = today.columns[0]
    return [
        Difference(
            today.name,
            today.title,
            _("Total") if key == "total" else "" if isinstance(today, Card) else _show(first, key),
            columns[name].title,
            _show(columns[name], then.get((key, name))),
            _show(columns[name], now.get((key, name))),
            columns[name].kind.right,
        )
        for key, name in dict.fromkeys((*now, *then))
        if name in columns and name != first.name and now.get((key, name)) != then.get((key, name))
    ]


def _show(column: TableColumn, value: Any) -> str:
    return (column.empty or "–") if value is None else column.kind.show(value)


def _cells(figures: Mapping[str, Any]) -> dict[Any, Any]:
    """(first value of the row, name of the column) → figure."""
    rows = [figures["row"]] if "row" in figures else [*figures["rows"], *filter(None, [figures["total"]])]
    last = len(rows) - 1 if figures.get("total") else -1
    return {
        ("total" if place == last else row[0], name): value
        for place, row in enumerate(rows)
        for name, value in zip(figures["columns"], row, strict=True)
    }
