"""Sentra and groups at a cut-off, with their members in the registry."""

from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.registry.reports.active import ACTIVE
from ikmctl.registry.reports.scope import EVERYWHERE, Scope


class SentraFigures(NamedTuple):
    """A sentra at the cut-off: its members in the registry beside the number that it states."""

    number: int
    name: str
    sector: str | None
    place: str | None
    members: int
    stated: int | None


def sentra(connection: Connection, end: date, scope: Scope = EVERYWHERE) -> list[SentraFigures]:
    """The sentra that are open at the cut-off, largest first; of a kecamatan those that lie there."""
    rows = connection.execute(
        f"""
        SELECT id, name, sector, coalesce(kelurahan, address), (
            SELECT count(*) FROM business JOIN activity ON activity.business_id = business.id
            WHERE business.sentra_id = sentra.id AND {ACTIVE}
        ) AS members, reported_units
        FROM sentra
        WHERE (opened_on IS NULL OR opened_on <= :end) AND (closed_on IS NULL OR closed_on > :end)
            AND ifnull(kecamatan = :kecamatan, :kecamatan IS NULL) AND id = ifnull(:sentra, id)
        ORDER BY members DESC, name
        """,
        {"end": end.isoformat(), **scope.values},
    )
    return [SentraFigures(*row) for row in rows]


class GroupFigures(NamedTuple):
    """A group at the cut-off."""

    number: int
    name: str
    brand: str | None
    place: str | None
    members: int


def groups(connection: Connection, end: date, scope: Scope = EVERYWHERE) -> list[GroupFigures]:
    """The groups that are active at the cut-off, largest first."""
    rows = connection.execute(
        f"""
        SELECT business.id, business.name, brand, coalesce(business.kelurahan, address), (
            SELECT count(*) FROM business AS member JOIN activity ON activity.business_id = member.id
            WHERE member.group_id = business.id AND {ACTIVE}
        ) AS members
        FROM business JOIN activity ON activity.business_id = business.id
        WHERE form = 'group' AND {ACTIVE} AND {scope.condition}
        ORDER BY members DESC, business.name
        """,
        {"end": end.isoformat(), **scope.values},
    )
    return [GroupFigures(*row) for row in rows]
