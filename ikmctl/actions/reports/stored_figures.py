"""The figures of a report as they are kept, and put back into its blocks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ikmctl.document import Block, Card, Chart, Table, TableColumn, Text
from ikmctl.language import current_language

Kept = Mapping[str, Any]
"""The figures of a report as JSON: the language of its notes, and its blocks by name."""


def kept(blocks: Iterable[Block]) -> dict[str, Any]:
    """The figures of the blocks, to be kept."""
    figures = {each.name: figures_of(each) for each in blocks if not isinstance(each, Text)}
    return {"language": current_language(), "blocks": figures}


def figures_of(block: Table | Card | Chart) -> dict[str, Any]:
    """What is kept of a block: its values under their stable names, and what was noted."""
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


def as_reported(today: Block, found: Kept) -> Block:
    """A block with the figures that were kept of it; one that the report did not have then is as it is today."""
    figures = found["blocks"].get(getattr(today, "name", ""))
    match today:
        case Table() if figures:
            notes = tuple(figures["notes"]) if found["language"] == current_language() else today.notes
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
            values = [tuple(each) for each in figures["series"]]
            return today._replace(series=tuple(zip(titles, values, strict=False)))
    return today


def _columns(today: Sequence[TableColumn], names: Sequence[str]) -> tuple[TableColumn, ...]:
    """The columns that were kept, as they are shown today; one that is no more by its name."""
    known = {column.name: column for column in today}
    return tuple(known.get(name) or TableColumn(name, name) for name in names)


def differing(today: Block, found: Kept) -> int:
    """How many figures of a table or card today's data would give differently than they were reported."""
    figures = found["blocks"].get(getattr(today, "name", ""))
    if not figures or not isinstance(today, Table | Card):
        return 0
    here, there = _cells(figures_of(today)), _cells(figures)
    return sum(here.get(place) != there.get(place) for place in here | there)


def _cells(figures: Mapping[str, Any]) -> dict[Any, Any]:
    """Every figure by its row's first value and its column's name."""
    rows = [figures["row"]] if "row" in figures else [*figures["rows"], *filter(None, [figures["total"]])]
    last = len(rows) - 1 if figures.get("total") else -1
    return {
        ("total" if place == last else row[0], name): value
        for place, row in enumerate(rows)
        for name, value in zip(figures["columns"], row, strict=True)
    }
