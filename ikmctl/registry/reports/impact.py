"""Businesses before and after coaching, and those that were never coached."""

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.domain.impact import Course
from ikmctl.registry.records.events.columns import COACHED_ROLES, HELD
from ikmctl.registry.records.expressions import SCALE, WORKERS

#: What is measured: the code of an indicator → its value in a row of `observation`.
MEASURES = {
    "workers": WORKERS,
    "investment": "observation.investment",
    "production_value": "observation.production_value",
}


class Coaching(NamedTuple):
    """The events whose effect is looked at: one, those of a kind, those that began in a period; or all."""

    event: int | None = None
    kind: str | None = None
    between: tuple[date, date] | None = None

    @property
    def condition(self) -> str:
        """SQL that holds for these events, all of which were held."""
        parts = [HELD]
        parts += ["event.id = :event"] if self.event is not None else []
        parts += ["kind = :kind"] if self.kind is not None else []
        parts += ["starts_on BETWEEN :first AND :last"] if self.between is not None else []
        return " AND ".join(parts)

    @property
    def values(self) -> dict[str, str | int | None]:
        """What the condition's names stand for."""
        first, last = map(date.isoformat, self.between) if self.between else (None, None)
        return {"event": self.event, "kind": self.kind, "first": first, "last": last}


def coached(connection: Connection, coaching: Coaching, measure: str, months: int) -> Iterator[Course]:
    """The coached businesses of which the value is known before the first of these events and after it.

    Before: the latest period that had ended when the event began. After: the first period that began when it was over,
    and that ended at least so many months later.
    """
    known = f"{MEASURES[measure]} IS NOT NULL"
    rows = connection.execute(
        f"""
        WITH {_first_event(coaching)}, span AS (
            SELECT
                business_id,
                (
                    SELECT max(period) FROM observation
                    WHERE observation.business_id = first_event.business_id
                        AND period < substr(starts_on, 1, length(period)) AND {known}
                ) AS earlier,
                (
                    SELECT min(period) FROM observation
                    WHERE observation.business_id = first_event.business_id
                        AND period > substr(ends_on, 1, length(period))
                        AND substr(period || '-12', 1, 7) >= due
                        AND {known}
                ) AS later
            FROM (
                SELECT *, strftime('%Y-%m', ends_on, 'start of month', :months || ' months') AS due FROM first_event
            ) AS first_event
        )
        SELECT business.id, sector, {SCALE}, earlier, later, {MEASURES[measure]}, {_afterwards(measure)}
        FROM span
        CROSS JOIN business ON business.id = span.business_id
        CROSS JOIN observation ON observation.business_id = business.id AND observation.period = earlier
        CROSS JOIN observation AS afterwards ON afterwards.business_id = business.id AND afterwards.period = later
        WHERE {MEASURES[measure]} > 0
        """,
        {**coaching.values, "months": months},
    )
    return map(Course._make, rows)


def never_coached(
    connection: Connection, measure: str, periods: Iterable[tuple[str, str]], sectors: Collection[str | None]
) -> Iterator[Course]:
    """The businesses of these branches that were at no event, with their values in each of these pairs of periods."""
    rows = connection.execute(
        f"""
        WITH span AS MATERIALIZED (SELECT value ->> 0 AS earlier, value ->> 1 AS later FROM json_each(:periods))
        SELECT business.id, sector, {SCALE}, earlier, later, {MEASURES[measure]}, {_afterwards(measure)}
        FROM business
        CROSS JOIN span
        CROSS JOIN observation ON observation.business_id = business.id AND observation.period = earlier
        CROSS JOIN observation AS afterwards ON afterwards.business_id = business.id AND afterwards.period = later
        WHERE {_NEVER_COACHED} AND {_OF_SECTORS} AND {MEASURES[measure]} > 0 AND {_afterwards(measure)} IS NOT NULL
        """,
        {"periods": json.dumps(list(periods)), "sectors": json.dumps(list(sectors))},
    )
    return map(Course._make, rows)


class Survival(NamedTuple):
    """So many businesses that were active on a day, and how many of them are active now."""

    businesses: int
    active: int


class Reach(NamedTuple):
    """How many events and businesses are looked at, the day of the first event, and the branches of the businesses."""

    events: int
    first_day: str | None
    coached: Survival
    sectors: tuple[str | None, ...]


def reach(connection: Connection, coaching: Coaching) -> Reach:
    """Whom these events reached, and how many of these businesses are still active."""
    events, first_day = connection.execute(
        f"SELECT count(*), min(starts_on) FROM event WHERE {coaching.condition}", coaching.values
    ).fetchone()
    by_sector = connection.execute(
        f"""
        WITH {_first_event(coaching)}
        SELECT sector, count(*), sum({_ACTIVE})
        FROM first_event CROSS JOIN business ON business.id = business_id
        GROUP BY sector
        """,
        coaching.values,
    ).fetchall()
    coached_ones = Survival(sum(row[1] for row in by_sector), sum(row[2] for row in by_sector))
    return Reach(events, first_day, coached_ones, tuple(row[0] for row in by_sector))


def survival(connection: Connection, day: str, sectors: Collection[str | None]) -> Survival:
    """Of the businesses of these branches that were at no event and active on that day: how many are active now."""
    row = connection.execute(
        f"""
        SELECT count(*), sum({_ACTIVE})
        FROM business
        WHERE {_OF_SECTORS} AND {_NEVER_COACHED} AND EXISTS (
            SELECT 1 FROM activity
            WHERE business_id = business.id AND opened_on <= :day AND (closed_on IS NULL OR closed_on > :day)
        )
        """,
        {"day": day, "sectors": json.dumps(list(sectors))},
    ).fetchone()
    return Survival(row[0], row[1] or 0)


_ACTIVE = "EXISTS (SELECT 1 FROM activity WHERE business_id = business.id AND closed_on IS NULL)"
_NEVER_COACHED = f"""business.id NOT IN (
            SELECT business_id FROM attendance JOIN event ON event.id = event_id
            WHERE business_id IS NOT NULL AND role IN {COACHED_ROLES} AND {HELD}
        )"""
_OF_SECTORS = "coalesce(sector, '') IN (SELECT coalesce(value, '') FROM json_each(:sectors))"


def _first_event(coaching: Coaching) -> str:
    """A CTE: the businesses at these events, each with the days of its first one."""
    return f"""first_event AS (
            SELECT business_id, min(starts_on) AS starts_on, ends_on    -- ends_on is that of the row with the minimum
            FROM event
            CROSS JOIN attendance ON attendance.event_id = event.id AND role IN {COACHED_ROLES}
            WHERE {coaching.condition} AND business_id IS NOT NULL
            GROUP BY business_id
        )"""


def _afterwards(measure: str) -> str:
    return MEASURES[measure].replace("observation.", "afterwards.")
