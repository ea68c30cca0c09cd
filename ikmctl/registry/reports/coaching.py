"""Events: their kinds, who paid, and whom they reached; a business coached twice is one business."""

from collections.abc import Sequence
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.registry.records.events.columns import BUDGET, COACHED_ROLES, GENDER, HELD, parties
from ikmctl.registry.reports.scope import EVERYWHERE, Scope

_IN_PERIOD = f"{HELD} AND starts_on BETWEEN :start AND :end"


class EventFigures(NamedTuple):
    """An event that began in the period: people listed by sex beside those reported, and the businesses reached."""

    number: int
    name: str
    batch: str | None
    kind: str
    starts_on: str
    ends_on: str
    venue: str | None
    organiser: str | None
    host: str | None
    guest: str | None
    funder: str | None
    budget: int | None
    visited: str | None
    listed_male: int
    listed_female: int
    listed_unknown: int
    reported_male: int | None
    reported_female: int | None
    businesses: int


def events(connection: Connection, start: date, end: date, scope: Scope = EVERYWHERE) -> list[EventFigures]:
    """The events that began in the period and were held, by day.

    Within a scope: those that reached a business of it, with the people listed for its businesses alone.
    """
    everywhere = scope == EVERYWHERE
    reached = "1" if everywhere else f"+business_id IN (SELECT id FROM business WHERE {scope.condition})"
    rows = connection.execute(
        f"""
        SELECT
            event.id, event.name, batch, kind, starts_on, ends_on, venue,
            {parties("organiser")}, {parties("host")}, {parties("guest")}, {parties("funder")}, {BUDGET},
            (
                SELECT group_concat(name, '; ') FROM (
                    SELECT coalesce(
                        (SELECT name FROM business WHERE business.id = business_id),
                        (SELECT name FROM sentra WHERE sentra.id = sentra_id),
                        person, organisation, position
                    ) AS name
                    FROM attendance WHERE event_id = event.id AND role = 'visited' ORDER BY attendance.id
                )
            ),
            count(attendance.id) FILTER (WHERE {GENDER} = 'male'),
            count(attendance.id) FILTER (WHERE {GENDER} = 'female'),
            count(attendance.id) FILTER (WHERE {GENDER} IS NULL),
            reported_male, reported_female, count(DISTINCT business_id)
        FROM event {"LEFT" if everywhere else ""} JOIN attendance
            ON attendance.event_id = event.id AND attendance.role IN {COACHED_ROLES} AND {reached}
        WHERE {_IN_PERIOD}
        GROUP BY event.id
        ORDER BY starts_on, event.id
        """,
        {"start": start.isoformat(), "end": end.isoformat(), **scope.values},
    )
    return [EventFigures(*row) for row in rows]


class Lesson(NamedTuple):
    """What came of an event that began in the period, and what was learned there."""

    number: int
    name: str
    kind: str
    starts_on: str
    host: str | None
    outcome: str | None
    lesson: str | None


def lessons(connection: Connection, start: date, end: date, scope: Scope = EVERYWHERE) -> list[Lesson]:
    """The events held in the period of which an outcome or a lesson is written down, by day."""
    reached = f"""EXISTS (
        SELECT 1 FROM attendance JOIN business ON business.id = business_id
        WHERE event_id = event.id AND role IN {COACHED_ROLES} AND {scope.condition}
    )"""
    rows = connection.execute(
        f"""
        SELECT event.id, event.name, kind, starts_on, {parties("host")}, outcome, lesson
        FROM event
        WHERE {_IN_PERIOD} AND (outcome IS NOT NULL OR lesson IS NOT NULL)
            AND {"1" if scope == EVERYWHERE else reached}
        ORDER BY starts_on, event.id
        """,
        {"start": start.isoformat(), "end": end.isoformat(), **scope.values},
    )
    return [Lesson(*row) for row in rows]


def unsettled(connection: Connection, start: date, end: date) -> list[tuple[int, str]]:
    """`(number, name)` of the events that were planned for the period, and of which nobody said that they were held."""
    return connection.execute(
        """
        SELECT id, name FROM event
        WHERE status = 'planned' AND starts_on BETWEEN ? AND ?
        ORDER BY starts_on, id
        """,
        (start.isoformat(), end.isoformat()),
    ).fetchall()


class CoachingReach(NamedTuple):
    """What the events of a span reached: attendances, and distinct businesses and groups active at its end."""

    events: int
    attendances: int
    businesses: int
    groups: int


Span = tuple[date, date]


def coaching_reach(connection: Connection, spans: Sequence[Span], scope: Scope = EVERYWHERE) -> list[CoachingReach]:
    """How far the events reached that began in each span, such as the months of a year, all in one pass.

    A group is coached when it, or one of its members, was at an event. Within a scope events and attendances count
    that a business of it took part in.
    """
    if not spans:
        return []
    rows = ", ".join(f"({place}, '{first}', '{last}')" for place, (first, last) in enumerate(spans))
    query = f"WITH span (place, first, last) AS (VALUES {rows}), {_coached(scope)}"
    held = connection.execute(f"{query} {_HELD_EVERYWHERE if scope == EVERYWHERE else _HELD_WITHIN}", scope.values)
    events = {place: (count, attendances) for place, count, attendances in held}
    found = {place: counts for place, *counts in connection.execute(f"{query} {_REACHED}", scope.values)}
    return [CoachingReach(*events.get(place, (0, 0)), *found.get(place, (0, 0))) for place in range(len(spans))]


def _coached(scope: Scope) -> str:
    """CTEs: who was coached in which span and how often, by business so that their pages are read in order."""
    within = "" if scope == EVERYWHERE else f"CROSS JOIN business ON business.id = business_id AND {scope.condition}"
    return f"""
    coached AS (
        SELECT business_id, place, last, event.id AS event_id
        FROM span
        CROSS JOIN event ON starts_on BETWEEN first AND last AND {HELD}
        CROSS JOIN attendance ON attendance.event_id = event.id AND role IN {COACHED_ROLES}
        {within}
    ),
    member (business_id, upper) AS (
        SELECT id, id FROM business WHERE form = 'group'
        UNION ALL SELECT id, group_id FROM business WHERE group_id IS NOT NULL
    )"""


_HELD_EVERYWHERE = f"""
    SELECT place, count(*), sum(
        (SELECT count(*) FROM attendance WHERE attendance.event_id = event.id AND role IN {COACHED_ROLES})
    )
    FROM span CROSS JOIN event ON starts_on BETWEEN first AND last AND {HELD}
    GROUP BY place"""

_HELD_WITHIN = "SELECT place, count(DISTINCT event_id), count(*) FROM coached GROUP BY place"

_REACHED = """
    SELECT place, count(DISTINCT each.business_id), count(DISTINCT upper)
    FROM (SELECT business_id, place, last FROM coached GROUP BY business_id, place, last) AS each
    CROSS JOIN activity ON activity.business_id = each.business_id
        AND +opened_on <= last AND (closed_on IS NULL OR closed_on > last)
    LEFT JOIN member ON member.business_id = each.business_id
    GROUP BY place"""


def new_entrepreneurs(connection: Connection, start: date, end: date, scope: Scope = EVERYWHERE) -> int:
    """The businesses registered from `start` to `end` that were started by people who had been coached before.

    Such a person took part in an event that began before the business was registered, and before its first year of
    business, if that is known, had ended.
    """
    found = connection.execute(
        f"""
        SELECT count(DISTINCT business.id)
        FROM activity
        CROSS JOIN attendance ON attendance.business_id = activity.business_id
            AND person IS NOT NULL AND role = 'participant'
        CROSS JOIN event ON event.id = event_id AND {HELD} AND starts_on < opened_on
        CROSS JOIN business ON business.id = activity.business_id AND {scope.condition}
        WHERE entry = 'registered' AND opened_on BETWEEN :start AND :end
            AND (established IS NULL OR established >= substr(starts_on, 1, 4) + 0)
        """,
        {"start": start.isoformat(), "end": end.isoformat(), **scope.values},
    )
    return int(found.fetchone()[0])


class EventKind(NamedTuple):
    """The events of one kind that began in a period, and the people and businesses on their lists."""

    kind: str
    events: int
    participants: int


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
