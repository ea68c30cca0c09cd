"""What began and ended in a period: businesses registered, reopened and closed, and the months behind a cut-off."""

from collections.abc import Mapping
from datetime import date
from sqlite3 import Connection
from typing import Any, NamedTuple

from ikmctl.registry.reports.active import DIMENSIONS, LATEST, Amounts, Key, at, summed
from ikmctl.registry.reports.scope import EVERYWHERE, Scope


class Flow(NamedTuple):
    """Businesses registered, opened again and closed in a period."""

    registered: int = 0
    reopened: int = 0
    closed: int = 0

    @property
    def net(self) -> int:
        """By how many there are more at the end than at the beginning."""
        return self.registered + self.reopened - self.closed


def flows(connection: Connection, start: date, end: date, by: str, scope: Scope) -> dict[str | int | None, Flow]:
    """What began and ended in the period, by one of DIMENSIONS."""
    rows = connection.execute(
        f"""
        SELECT
            {DIMENSIONS[by]},
            count(*) FILTER (WHERE is_first AND opened_on BETWEEN :start AND :end),
            count(*) FILTER (WHERE NOT is_first AND opened_on BETWEEN :start AND :end),
            count(*) FILTER (WHERE closed_on BETWEEN :start AND :end)
        FROM activity CROSS JOIN business ON business.id = activity.business_id {LATEST if by == "scale" else ""}
        WHERE {scope.condition} AND activity.id IN (
            SELECT id FROM activity WHERE opened_on BETWEEN :start AND :end
            UNION ALL SELECT id FROM activity WHERE closed_on BETWEEN :start AND :end
        )
        GROUP BY 1
        """,
        {"start": start.isoformat(), **at(end), **scope.values},
    )
    return {key: Flow(*counts) for key, *counts in rows}


def flow(connection: Connection, start: date, end: date, scope: Scope = EVERYWHERE) -> Flow:
    """What began and ended in the period, in all."""
    within = "" if scope == EVERYWHERE else f"JOIN business ON business.id = business_id AND {scope.condition}"
    opened, reopened, closed = (
        f"(SELECT count(*) FROM activity {within} WHERE {day} BETWEEN :start AND :end{which})"
        for day, which in (("opened_on", ""), ("opened_on", " AND is_first = 0"), ("closed_on", ""))
    )
    row = connection.execute(
        f"SELECT {opened} - {reopened}, {reopened}, {closed}",
        {"start": start.isoformat(), "end": end.isoformat(), **scope.values},
    ).fetchone()
    return Flow(*row)


class Movement(NamedTuple):
    """Businesses of one kind over a period; opening + registered + reopened - closed = closing."""

    key: str | int | None
    opening: int
    registered: int
    reopened: int
    closed: int
    closing: int


def movement(
    connection: Connection, start: date, end: date, by: str, scope: Scope, standing: Mapping[Key, Amounts]
) -> list[Movement]:
    """Opening, registered, reopened, closed and closing, by one of DIMENSIONS; `standing` are the cells at the end."""
    closing = {key: found.businesses for (key,), found in summed(standing, by).items()}
    moved = flows(connection, start, end, by, scope)
    return [
        Movement(key, there - each.net, *each, there)
        for key in dict.fromkeys((*closing, *moved))
        for each, there in ((moved.get(key, Flow()), closing.get(key, 0)),)
    ]


class Named(NamedTuple):
    """A business by name, without anything personal, and the day that it is listed for."""

    number: int
    name: str
    sector: str | None
    kelurahan: str | None
    kecamatan: str | None
    day: str
    again: int = 0
    """1: opened not for the first time"""


_NAMED = "business.id, business.name, business.sector, business.kelurahan, business.kecamatan"


def opened(connection: Connection, start: date, end: date, scope: Scope, limit: int) -> list[Named]:
    """The businesses registered or opened again in the period, by day; one more than `limit` if there are more."""
    return _listed(connection, "opened_on", "NOT is_first", start, end, scope, limit)


def closed(connection: Connection, start: date, end: date, scope: Scope, limit: int) -> list[Named]:
    """The businesses closed in the period, by day; one more than `limit` if there are more."""
    return _listed(connection, "closed_on", "0", start, end, scope, limit)


def _listed(
    connection: Connection, day: str, again: str, start: date, end: date, scope: Scope, limit: int
) -> list[Named]:
    rows = connection.execute(
        f"""
        SELECT {_NAMED}, {day}, {again}
        FROM activity CROSS JOIN business ON business.id = business_id
        WHERE {day} BETWEEN :start AND :end AND {scope.condition}
        ORDER BY {day}, activity.id
        LIMIT :limit
        """,
        _bounds(start, end, scope, limit),
    )
    return [Named(*row) for row in rows]


def corrected(connection: Connection, start: date, end: date, scope: Scope, limit: int) -> list[Named]:
    """The businesses whose data somebody changed in the period, by the day of the last change; not the new ones."""
    rows = connection.execute(
        f"""
        SELECT {_NAMED}, max(date(made_at, 'localtime')) AS day
        FROM change
        CROSS JOIN change_row
            ON change_id = change.id AND action = 'update' AND table_name IN ('business', 'observation')
        CROSS JOIN business ON business.id = iif(table_name = 'business', row_id, before ->> 'business_id')
        WHERE date(made_at, 'localtime') BETWEEN :start AND :end AND {scope.condition} AND NOT EXISTS (
            SELECT 1 FROM activity WHERE business_id = business.id AND is_first AND opened_on BETWEEN :start AND :end
        )
        GROUP BY business.id
        ORDER BY day, business.id
        LIMIT :limit
        """,
        _bounds(start, end, scope, limit),
    )
    return [Named(*row) for row in rows]


def _bounds(start: date, end: date, scope: Scope, limit: int) -> dict[str, Any]:
    return {"start": start.isoformat(), "end": end.isoformat(), **scope.values, "limit": limit + 1}
