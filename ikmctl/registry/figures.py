"""The aggregates that reports ask for. Every breakdown is over the same businesses: those active at the cut-off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Any

from ikmctl.registry.lists import COACHED_ROLES, WORKERS, parties

_PART = 10**9
"""Amounts are summed in two parts, so that no sum leaves SQLite's 64 bits."""

_ACTIVE_AT = "+activity.opened_on <= :end AND (activity.closed_on IS NULL OR activity.closed_on > :end)"
"""Nearly every period of activity began before the cut-off: the plus keeps SQLite from fetching them all by date."""


@dataclass(frozen=True)
class Movement:
    """Businesses of one sector over a period; opening + registered + reopened - closed = closing."""

    sector: str | None
    opening: int
    registered: int
    reopened: int
    closed: int
    closing: int


@dataclass(frozen=True)
class People:
    """Workers and money of one sector at the cut-off; each `…_missing` says how many businesses have no value."""

    sector: str | None
    businesses: int
    workers_male: int
    workers_female: int
    workers: int
    workers_missing: int
    investment: int
    investment_missing: int
    production_value: int
    production_value_missing: int
    material_value: int
    material_value_missing: int
    value_added: int
    value_added_missing: int


def movement(connection: Connection, start: date, end: date) -> list[Movement]:
    """Opening, registered, reopened, closed and closing per sector."""
    rows = connection.execute(
        """
        SELECT
            business.sector,
            sum(opened_on < :start AND (closed_on IS NULL OR closed_on >= :start)),
            sum(is_first AND opened_on BETWEEN :start AND :end),
            sum(NOT is_first AND opened_on BETWEEN :start AND :end),
            sum(closed_on IS NOT NULL AND closed_on BETWEEN :start AND :end),
            sum(opened_on <= :end AND (closed_on IS NULL OR closed_on > :end))
        FROM activity JOIN business ON business.id = business_id
        GROUP BY business.sector
        """,
        {"start": start.isoformat(), "end": end.isoformat()},
    )
    return [Movement(*row) for row in rows]


def people(connection: Connection, end: date) -> list[People]:
    """Workers and money per sector, from each business's latest observation whose period has begun by the cut-off."""
    added = "(observation.production_value - observation.material_value)"
    amounts = ", ".join(
        f"sum({amount} / {_PART}), sum({amount} % {_PART}), sum({amount} IS NULL)"
        for amount in ("observation.investment", "observation.production_value", "observation.material_value", added)
    )
    rows = connection.execute(
        f"""
        SELECT
            business.sector,
            count(*),
            sum(observation.workers_male),
            sum(observation.workers_female),
            sum({WORKERS}),
            sum({WORKERS} IS NULL),
            {amounts}
        FROM activity
        JOIN business ON business.id = activity.business_id
        LEFT JOIN observation ON observation.id = (
            SELECT id FROM observation
            WHERE business_id = business.id AND period <= :month
            ORDER BY period DESC LIMIT 1
        )
        WHERE {_ACTIVE_AT}
        GROUP BY business.sector
        """,
        {"end": end.isoformat(), "month": end.isoformat()[:7]},
    )
    return [_people(row) for row in rows]


def _people(row: tuple[Any, ...]) -> People:
    sector, businesses, male, female, workers, missing, *amounts = row
    merged: list[int] = []
    for large, small, none in zip(amounts[::3], amounts[1::3], amounts[2::3], strict=True):
        merged += [(large or 0) * _PART + (small or 0), none]
    return People(sector, businesses, male or 0, female or 0, workers or 0, missing, *merged)


def places(connection: Connection, end: date) -> list[tuple[str | None, str | None, int]]:
    """`(kecamatan, sector, businesses)` at the cut-off."""
    return connection.execute(
        f"""
        SELECT business.kecamatan, business.sector, count(*)
        FROM activity JOIN business ON business.id = activity.business_id
        WHERE {_ACTIVE_AT}
        GROUP BY business.kecamatan, business.sector
        """,
        {"end": end.isoformat()},
    ).fetchall()


@dataclass(frozen=True)
class SentraFigures:
    """A sentra at the cut-off: its members in the registry beside the number that it states."""

    number: int
    name: str
    sector: str | None
    place: str | None
    members: int
    stated: int | None


def sentra(connection: Connection, end: date) -> list[SentraFigures]:
    """The sentra that are open at the cut-off, largest first."""
    rows = connection.execute(
        f"""
        SELECT id, name, sector, coalesce(kelurahan, address), (
            SELECT count(*) FROM business JOIN activity ON activity.business_id = business.id
            WHERE business.sentra_id = sentra.id AND {_ACTIVE_AT}
        ) AS members, reported_units
        FROM sentra
        WHERE (opened_on IS NULL OR opened_on <= :end) AND (closed_on IS NULL OR closed_on > :end)
        ORDER BY members DESC, name
        """,
        {"end": end.isoformat()},
    )
    return [SentraFigures(*row) for row in rows]


@dataclass(frozen=True)
class GroupFigures:
    """A group at the cut-off."""

    number: int
    name: str
    brand: str | None
    place: str | None
    members: int


def groups(connection: Connection, end: date) -> list[GroupFigures]:
    """The groups that are active at the cut-off, largest first."""
    rows = connection.execute(
        f"""
        SELECT business.id, business.name, brand, coalesce(business.kelurahan, address), (
            SELECT count(*) FROM business AS member JOIN activity ON activity.business_id = member.id
            WHERE member.group_id = business.id AND {_ACTIVE_AT}
        ) AS members
        FROM business JOIN activity ON activity.business_id = business.id
        WHERE form = 'group' AND {_ACTIVE_AT}
        ORDER BY members DESC, business.name
        """,
        {"end": end.isoformat()},
    )
    return [GroupFigures(*row) for row in rows]


@dataclass(frozen=True)
class EventFigures:
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


def events(connection: Connection, start: date, end: date) -> list[EventFigures]:
    """The events that began in the period and were not cancelled, by day."""
    gender = "coalesce(attendance.gender, (SELECT owner_gender FROM business WHERE business.id = business_id))"
    rows = connection.execute(
        f"""
        SELECT
            event.id, event.name, kind, starts_on, ends_on, venue,
            {parties("organiser")}, {parties("host")}, {parties("guest")}, {parties("funder")},
            (
                SELECT group_concat(coalesce(
                    (SELECT name FROM business WHERE business.id = business_id),
                    (SELECT name FROM sentra WHERE sentra.id = sentra_id),
                    person
                ), '; ')
                FROM attendance WHERE event_id = event.id AND role = 'visited'
            ),
            count(attendance.id) FILTER (WHERE {gender} = 'male'),
            count(attendance.id) FILTER (WHERE {gender} = 'female'),
            count(attendance.id) FILTER (WHERE {gender} IS NULL),
            reported_male, reported_female, count(DISTINCT business_id)
        FROM event
        LEFT JOIN attendance ON attendance.event_id = event.id AND attendance.role IN {COACHED_ROLES}
        WHERE starts_on BETWEEN :start AND :end AND NOT cancelled
        GROUP BY event.id
        ORDER BY starts_on, event.id
        """,
        {"start": start.isoformat(), "end": end.isoformat()},
    )
    return [EventFigures(*row) for row in rows]


@dataclass(frozen=True)
class Coaching:
    """What the events of a period reached: attendances, and distinct businesses and groups beside all there are."""

    events: int
    attendances: int
    businesses: int
    active: int
    groups: int
    all_groups: int


def coaching(connection: Connection, start: date, end: date) -> Coaching:
    """How far coaching reached in the period; a business coached twice is one business.

    A group is coached when it, or one of its members, was at an event.
    """
    reached = f"""
        FROM attendance
        JOIN event ON event.id = event_id AND NOT cancelled AND starts_on BETWEEN :start AND :end
        JOIN business ON business.id = attendance.business_id
        JOIN activity ON activity.business_id = business.id AND {_ACTIVE_AT}
        WHERE role IN {COACHED_ROLES}
    """
    row = connection.execute(
        f"""
        SELECT
            (SELECT count(*) FROM event WHERE NOT cancelled AND starts_on BETWEEN :start AND :end),
            (
                SELECT count(*) FROM attendance
                JOIN event ON event.id = event_id AND NOT cancelled AND starts_on BETWEEN :start AND :end
                WHERE role IN {COACHED_ROLES}
            ),
            (SELECT count(DISTINCT business.id) {reached}),
            (SELECT count(*) FROM activity WHERE {_ACTIVE_AT}),
            (SELECT count(DISTINCT iif(form = 'group', business.id, group_id)) {reached}),
            (
                SELECT count(*) FROM business JOIN activity ON activity.business_id = business.id
                WHERE form = 'group' AND {_ACTIVE_AT}
            )
        """,
        {"start": start.isoformat(), "end": end.isoformat()},
    ).fetchone()
    return Coaching(*row)


def counts(connection: Connection) -> Iterator[tuple[str, int]]:
    """How many records of each kind the registry holds."""
    for name, query in (
        ("businesses", "SELECT count(*) FROM business"),
        ("active", "SELECT count(*) FROM activity WHERE closed_on IS NULL"),
        ("sentra", "SELECT count(*) FROM sentra"),
        ("events", "SELECT count(*) FROM event"),
        ("attendances", "SELECT count(*) FROM attendance"),
        ("observations", "SELECT count(*) FROM observation"),
        ("changes", "SELECT count(*) FROM change"),
    ):
        yield name, connection.execute(query).fetchone()[0]
