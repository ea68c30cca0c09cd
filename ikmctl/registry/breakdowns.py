"""Counts by legal form, scale, kind of event and funding, over the businesses and events that the figures count."""

from collections.abc import Mapping
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.domain.scale import scale
from ikmctl.registry.lists import COACHED_ROLES, WORKERS

_ACTIVE_AT = "+activity.opened_on <= :end AND (activity.closed_on IS NULL OR activity.closed_on > :end)"
"""Nearly every period of activity began before the cut-off: the plus keeps SQLite from fetching them all by date."""

_IN_PERIOD = "NOT cancelled AND starts_on BETWEEN :start AND :end"


class EventKind(NamedTuple):
    """The events of one kind that began in a period, and the people and businesses on their lists."""

    kind: str
    events: int
    participants: int


def forms(connection: Connection, end: date) -> dict[str | None, int]:
    """Legal form → businesses at the cut-off."""
    return dict(
        connection.execute(
            f"""
            SELECT form, count(*)
            FROM activity JOIN business ON business.id = business_id
            WHERE {_ACTIVE_AT}
            GROUP BY form
            """,
            {"end": end.isoformat()},
        ).fetchall()
    )


def scales(connection: Connection, end: date) -> dict[str | None, int]:
    """Scale, computed from the latest observation that has begun, → businesses at the cut-off; None where unknown."""
    connection.create_function("scale", 2, scale, deterministic=True)
    return dict(
        connection.execute(
            f"""
            SELECT scale({WORKERS}, observation.investment) AS size, count(*)
            FROM activity
            LEFT JOIN observation ON observation.id = (
                SELECT id FROM observation AS known
                WHERE known.business_id = activity.business_id AND period <= :month
                ORDER BY period DESC LIMIT 1
            )
            WHERE {_ACTIVE_AT}
            GROUP BY size
            """,
            {"end": end.isoformat(), "month": end.isoformat()[:7]},
        ).fetchall()
    )


def formal(connection: Connection, end: date) -> Mapping[bool, int]:
    """How many businesses have a NIB at the cut-off, and how many have none."""
    found = dict(
        connection.execute(
            f"""
            SELECT nib IS NOT NULL AS known, count(*)
            FROM activity JOIN business ON business.id = business_id
            WHERE {_ACTIVE_AT}
            GROUP BY known
            """,
            {"end": end.isoformat()},
        ).fetchall()
    )
    return {known: found.get(int(known), 0) for known in (True, False)}


def event_kinds(connection: Connection, start: date, end: date) -> list[EventKind]:
    """The kinds of events held in the period, the most frequent first."""
    rows = connection.execute(
        f"""
        SELECT kind, count(DISTINCT event.id) AS events, count(attendance.id)
        FROM event LEFT JOIN attendance ON event_id = event.id AND role IN {COACHED_ROLES}
        WHERE {_IN_PERIOD}
        GROUP BY kind
        ORDER BY events DESC, kind
        """,
        {"start": start.isoformat(), "end": end.isoformat()},
    )
    return [EventKind(*row) for row in rows]


def funding(connection: Connection, start: date, end: date) -> list[tuple[str, int]]:
    """`(who paid, events)` of the period, the most frequent first; an event may have several."""
    return connection.execute(
        f"""
        SELECT event_party.name, count(*) AS events
        FROM event JOIN event_party ON event_id = event.id AND role = 'funder'
        WHERE {_IN_PERIOD}
        GROUP BY event_party.name
        ORDER BY events DESC, event_party.name
        """,
        {"start": start.isoformat(), "end": end.isoformat()},
    ).fetchall()
