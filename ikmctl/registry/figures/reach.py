"""Events and whom they reached; a business coached twice is one business."""

from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.registry.figures.scope import EVERYWHERE, Scope
from ikmctl.registry.figures.standing import ACTIVE
from ikmctl.registry.lists import COACHED_ROLES, parties


class EventFigures(NamedTuple):
    """An event that began in the period: people listed by sex beside those reported, and the businesses reached."""

    number: int
    name: str
    kind: str
    starts_on: str
    ends_on: str
    venue: str | None
    organiser: str | None
    host: str | None
    guest: str | None
    funder: str | None
    visited: str | None
    listed_male: int
    listed_female: int
    listed_unknown: int
    reported_male: int | None
    reported_female: int | None
    businesses: int


def events(connection: Connection, start: date, end: date, scope: Scope = EVERYWHERE) -> list[EventFigures]:
    """The events that began in the period and were not cancelled, by day.

    Within a scope: those that reached a business of it, with the people listed for its businesses alone.
    """
    gender = "coalesce(attendance.gender, (SELECT owner_gender FROM business WHERE business.id = business_id))"
    everywhere = scope == EVERYWHERE
    reached = "1" if everywhere else f"+business_id IN (SELECT id FROM business WHERE {scope.condition})"
    rows = connection.execute(
        f"""
        SELECT
            event.id, event.name, kind, starts_on, ends_on, venue,
            {parties("organiser")}, {parties("host")}, {parties("guest")}, {parties("funder")},
            (
                SELECT group_concat(name, '; ') FROM (
                    SELECT coalesce(
                        (SELECT name FROM business WHERE business.id = business_id),
                        (SELECT name FROM sentra WHERE sentra.id = sentra_id),
                        person
                    ) AS name
                    FROM attendance WHERE event_id = event.id AND role = 'visited' ORDER BY attendance.id
                )
            ),
            count(attendance.id) FILTER (WHERE {gender} = 'male'),
            count(attendance.id) FILTER (WHERE {gender} = 'female'),
            count(attendance.id) FILTER (WHERE {gender} IS NULL),
            reported_male, reported_female, count(DISTINCT business_id)
        FROM event {"LEFT" if everywhere else ""} JOIN attendance
            ON attendance.event_id = event.id AND attendance.role IN {COACHED_ROLES} AND {reached}
        WHERE starts_on BETWEEN :start AND :end AND NOT cancelled
        GROUP BY event.id
        ORDER BY starts_on, event.id
        """,
        {"start": start.isoformat(), "end": end.isoformat(), **scope.values},
    )
    return [EventFigures(*row) for row in rows]


class Reached(NamedTuple):
    """What the events of a span reached: attendances, and distinct businesses and groups active at its end."""

    events: int
    attendances: int
    businesses: int
    groups: int


_HELD = f"""
    FROM event
    CROSS JOIN attendance ON attendance.event_id = event.id AND role IN {COACHED_ROLES}
    WHERE NOT cancelled AND starts_on BETWEEN :start AND :end"""


def reached(connection: Connection, start: date, end: date, scope: Scope = EVERYWHERE) -> Reached:
    """How far the events that began in the span reached.

    A group is coached when it, or one of its members, was at an event. Within a scope events and attendances count
    that a business of it took part in.
    """
    values = {"start": start.isoformat(), "end": end.isoformat(), **scope.values}
    within = ""
    if scope == EVERYWHERE:
        held = "(SELECT count(*) FROM event WHERE NOT cancelled AND starts_on BETWEEN :start AND :end)"
        taken = f"SELECT {held}, count(*) {_HELD}"
    else:
        within = f"CROSS JOIN business ON business.id = held.business_id AND {scope.condition}"
        among = f"AND +business_id IN (SELECT id FROM business WHERE {scope.condition})"
        taken = f"SELECT count(DISTINCT event.id), count(*) {_HELD} {among}"
    events, attendances = connection.execute(taken, values).fetchone()
    businesses, groups = connection.execute(
        f"""
        WITH coached AS MATERIALIZED (
            SELECT held.business_id AS id
            FROM (SELECT business_id {_HELD} GROUP BY business_id) AS held
            {within}
            CROSS JOIN activity ON activity.business_id = held.business_id
            WHERE {ACTIVE}
        ),
        member (id, upper) AS (
            SELECT id, id FROM business WHERE form = 'group'
            UNION ALL SELECT id, group_id FROM business WHERE group_id IS NOT NULL
        )
        SELECT (SELECT count(*) FROM coached), (SELECT count(DISTINCT upper) FROM member JOIN coached USING (id))
        """,
        values,
    ).fetchone()
    return Reached(events, attendances, businesses, groups)


class Coaching(NamedTuple):
    """What the events of a period reached, beside all there is to reach."""

    events: int
    attendances: int
    businesses: int
    active: int
    groups: int
    all_groups: int


def coaching(connection: Connection, start: date, end: date, scope: Scope = EVERYWHERE) -> Coaching:
    """How far coaching reached in the period, beside the businesses and groups active at its end."""
    active, groups = connection.execute(
        f"""
        SELECT count(*), count(*) FILTER (WHERE form = 'group')
        FROM activity CROSS JOIN business ON business.id = activity.business_id
        WHERE {ACTIVE} AND {scope.condition}
        """,
        {"end": end.isoformat(), **scope.values},
    ).fetchone()
    found = reached(connection, start, end, scope)
    return Coaching(found.events, found.attendances, found.businesses, active, found.groups, groups)
