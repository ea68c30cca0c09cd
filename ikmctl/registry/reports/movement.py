"""What began and ended in a period: businesses registered, recorded, reopened, closed and reclassified."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from sqlite3 import Connection
from typing import Any, NamedTuple

from ikmctl.registry.history.earlier import value_before, values_before
from ikmctl.registry.reports.active import DIMENSIONS, LATEST, cut_off_values
from ikmctl.registry.reports.amounts import Amounts, Key, group_by
from ikmctl.registry.reports.scope import EVERYWHERE, Scope


class Flow(NamedTuple):
    """Businesses registered, recorded, opened again and closed in a period.

    A recorded business was taken over from a list that does not say since when it is active.
    """

    registered: int = 0
    recorded: int = 0
    reopened: int = 0
    closed: int = 0

    @property
    def net(self) -> int:
        """By how many there are more at the end than at the beginning."""
        return self.registered + self.recorded + self.reopened - self.closed


_OPENED = ", ".join(
    f"count(*) FILTER (WHERE entry = '{entry}' AND opened_on BETWEEN :start AND :end)"
    for entry in ("registered", "recorded", "reopened")
)


def flows(connection: Connection, start: date, end: date, by: str, scope: Scope) -> dict[str | int | None, Flow]:
    """What began and ended in the period, by one of DIMENSIONS."""
    rows = connection.execute(
        f"""
        SELECT
            {DIMENSIONS[by]},
            {_OPENED},
            count(*) FILTER (WHERE closed_on BETWEEN :start AND :end)
        FROM activity CROSS JOIN business ON business.id = activity.business_id {LATEST if by == "scale" else ""}
        WHERE {scope.condition} AND activity.id IN (
            SELECT id FROM activity WHERE opened_on BETWEEN :start AND :end
            UNION ALL SELECT id FROM activity WHERE closed_on BETWEEN :start AND :end
        )
        GROUP BY 1
        """,
        {"start": start.isoformat(), **cut_off_values(end), **scope.values},
    )
    return {key: Flow(*counts) for key, *counts in rows}


def flow(connection: Connection, start: date, end: date, scope: Scope = EVERYWHERE) -> Flow:
    """What began and ended in the period, in all."""
    within = "" if scope == EVERYWHERE else f"JOIN business ON business.id = business_id AND {scope.condition}"
    row = connection.execute(
        f"""
        SELECT {_OPENED}, (SELECT count(*) FROM activity {within} WHERE closed_on BETWEEN :start AND :end)
        FROM activity {within}
        WHERE opened_on BETWEEN :start AND :end
        """,
        {"start": start.isoformat(), "end": end.isoformat(), **scope.values},
    ).fetchone()
    return Flow(*row)


class Movement(NamedTuple):
    """Businesses of one kind over a period.

    opening + registered + recorded + reopened - closed + reclassified = closing
    """

    key: str | int | None
    opening: int = 0
    registered: int = 0
    recorded: int = 0
    reopened: int = 0
    closed: int = 0
    reclassified: int = 0
    closing: int = 0


def movement(
    connection: Connection, start: date, end: date, by: str, scope: Scope, standing: Mapping[Key, Amounts]
) -> list[Movement]:
    """Opening to closing, by one of DIMENSIONS; `standing` are the cells at the end."""
    closing = {key: found.businesses for (key,), found in group_by(standing, by).items()}
    moved = flows(connection, start, end, by, scope)
    reclassified = _reclassified(connection, start, end, by, scope)
    return [
        Movement(key, there - flow.net - changed, *flow, changed, there)
        for key in dict.fromkeys((*closing, *moved, *reclassified))
        for flow, changed, there in ((moved.get(key, Flow()), reclassified.get(key, 0), closing.get(key, 0)),)
    ]


def _was(column: str) -> str:
    """SQL: a value of a business before its first edit in the period."""
    return value_before(column, "before", "business")


#: The former value of each dimension, from the history.
_BEFORE = {
    "sector": _was("sector"),
    "kecamatan": _was("kecamatan"),
    "form": _was("form"),
    "kelurahan": f"{_was('kelurahan')} || ' (' || coalesce({_was('kecamatan')}, '?') || ')'",
    "sentra": f"(SELECT name FROM sentra WHERE sentra.id = {_was('sentra_id')})",
}


def _reclassified(connection: Connection, start: date, end: date, by: str, scope: Scope) -> dict[str | int | None, int]:
    """By how many each kind grew because businesses active throughout were moved from one kind to another.

    The registry keeps one classification of a business, today's; what it was before the period is in the history.
    By scale a business moves with its observations, and by KBLI it is counted as it is today.
    """
    if by not in _BEFORE:
        return {}
    rows = connection.execute(
        f"""
        WITH first_entry (table_name, row_id, action, before, id) AS (
            SELECT table_name, row_id, action, before, min(change_row.id)
            FROM change CROSS JOIN change_row
                ON change_id = change.id AND table_name = 'business' AND action = 'update'
            WHERE date(made_at, 'localtime') BETWEEN :start AND :end
            GROUP BY row_id
        ),
        first_edit (number, before) AS MATERIALIZED (SELECT row_id, {values_before("first_entry")} FROM first_entry)
        SELECT {_BEFORE[by]} AS was, {DIMENSIONS[by]} AS became, count(*)
        FROM first_edit CROSS JOIN business ON business.id = number
        WHERE {scope.condition} AND {_BEFORE[by]} IS NOT {DIMENSIONS[by]} AND EXISTS (
            SELECT 1 FROM activity
            WHERE business_id = business.id AND opened_on < :start AND (closed_on IS NULL OR closed_on > :end)
        )
        GROUP BY 1, 2
        """,
        {"start": start.isoformat(), "end": end.isoformat(), **scope.values},
    )
    moved = Counter[str | int | None]()
    for was, became, count in rows:
        moved[was] -= count
        moved[became] += count
    return dict(moved)


class ListedBusiness(NamedTuple):
    """A business by name, without anything personal, and the day that it is listed for."""

    number: int
    name: str
    sector: str | None
    kelurahan: str | None
    kecamatan: str | None
    day: str
    #: 1 for a business that was reopened, 0 for a new one.
    again: int = 0


_NAMED = "business.id, business.name, business.sector, business.kelurahan, business.kecamatan"


def opened(connection: Connection, start: date, end: date, scope: Scope, limit: int) -> list[ListedBusiness]:
    """The businesses registered or opened again in the period, by day; one more than `limit` if there are more."""
    return _listed(connection, "opened_on", "entry = 'reopened'", start, end, scope, limit, "entry <> 'recorded'")


def closed(connection: Connection, start: date, end: date, scope: Scope, limit: int) -> list[ListedBusiness]:
    """The businesses closed in the period, by day; one more than `limit` if there are more."""
    return _listed(connection, "closed_on", "0", start, end, scope, limit)


def _listed(
    connection: Connection, day: str, again: str, start: date, end: date, scope: Scope, limit: int, which: str = "1"
) -> list[ListedBusiness]:
    rows = connection.execute(
        f"""
        SELECT {_NAMED}, {day}, {again}
        FROM activity CROSS JOIN business ON business.id = business_id
        WHERE {day} BETWEEN :start AND :end AND {which} AND {scope.condition}
        ORDER BY {day}, activity.id
        LIMIT :limit
        """,
        _bounds(start, end, scope, limit),
    )
    return [ListedBusiness(*row) for row in rows]


def corrected(connection: Connection, start: date, end: date, scope: Scope, limit: int) -> list[ListedBusiness]:
    """The businesses whose data somebody changed in the period, by the day of the last change; not the new ones."""
    rows = connection.execute(
        f"""
        SELECT {_NAMED}, max(date(made_at, 'localtime')) AS day
        FROM change
        CROSS JOIN change_row
            ON change_id = change.id AND action = 'update' AND table_name IN ('business', 'observation')
        CROSS JOIN business ON business.id = iif(table_name = 'business', row_id, before ->> 'business_id')
        WHERE date(made_at, 'localtime') BETWEEN :start AND :end AND {scope.condition} AND NOT EXISTS (
            SELECT 1 FROM activity
            WHERE business_id = business.id AND entry <> 'reopened' AND opened_on BETWEEN :start AND :end
        )
        GROUP BY business.id
        ORDER BY day, business.id
        LIMIT :limit
        """,
        _bounds(start, end, scope, limit),
    )
    return [ListedBusiness(*row) for row in rows]


def _bounds(start: date, end: date, scope: Scope, limit: int) -> dict[str, Any]:
    return {"start": start.isoformat(), "end": end.isoformat(), **scope.values, "limit": limit + 1}
