"""What a change did to one record, value by value: before → after."""

from dataclasses import dataclass
from typing import Any

from ikmctl.actions.history.labels import HistoryFormatter
from ikmctl.registry.file.database import Change
from ikmctl.registry.history.changes import Difference, differences

#: How many rows of a change are looked at: more than one record and what is part of it has.
_MOST_ROWS = 1000


@dataclass(frozen=True)
class ShownChanges:
    """`lines` for people, and for machines the stored values by table, row and field; personal values are masked."""

    lines: tuple[str, ...]
    facts: tuple[dict[str, Any], ...]


def shown_changes(change: Change, table: str, number: int) -> ShownChanges:
    """What the change has done so far, told as changes of the record `number` of `table`."""
    formatter = HistoryFormatter(change.connection, (table, number))
    found = list(differences(change.connection, change.number, _MOST_ROWS))
    return ShownChanges(
        tuple(_lines(formatter, found)),
        tuple(
            {"table": each.table, "row": each.row, "field": each.column}
            | dict(zip(("before", "after"), formatter.stored(each), strict=True))
            for each in found
        ),
    )


def _lines(formatter: HistoryFormatter, found: list[Difference]) -> list[str]:
    """A line for each field; values that several rows hold, such as KBLI codes, stand together."""
    sides: dict[str, tuple[list[str], list[str]]] = {}
    for each in filter(formatter.is_shown, found):
        for side, value in zip(sides.setdefault(formatter.label(each), ([], [])), formatter.values(each), strict=True):
            side += [value] if value else []
    return [
        f"{label}: {', '.join(before) or '–'} → {', '.join(after) or '–'}"
        for label, (before, after) in sides.items()
        if before != after
    ]
