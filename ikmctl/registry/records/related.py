"""Rows related to one record: observations of a business, members of a group, attendance of an event."""

from sqlite3 import Connection
from typing import Any

from ikmctl.domain.entities import BUSINESS, OBSERVATION
from ikmctl.registry.records.expressions import WORKERS


def observations(connection: Connection, business: int) -> list[tuple[Any, ...]]:
    """A business's observations, latest first, in the order of the fields kept in `observation`."""
    columns = ", ".join(
        "period" if field.name == "data_year" else WORKERS if field.name == "workers_total" else field.name
        for field in BUSINESS.kept_in(OBSERVATION)
    )
    return connection.execute(
        f"SELECT {columns} FROM observation WHERE business_id = ? ORDER BY period DESC", (business,)
    ).fetchall()


def activities(connection: Connection, business: int) -> list[tuple[Any, ...]]:
    """A business's periods of activity, `(opened_on, closed_on, entry)`, earliest first."""
    return connection.execute(
        "SELECT opened_on, closed_on, entry FROM activity WHERE business_id = ? ORDER BY opened_on, closed_on",
        (business,),
    ).fetchall()


def members(connection: Connection, column: str, number: int) -> list[tuple[Any, ...]]:
    """`(number, name, owner, kelurahan)` of the businesses of a group (`group_id`) or a sentra (`sentra_id`)."""
    return connection.execute(
        f"""
        SELECT id, name, owner, kelurahan FROM business
        WHERE {column} = ?
        ORDER BY name COLLATE NOCASE, id
        """,
        (number,),
    ).fetchall()


def events_of(connection: Connection, column: str, number: int) -> list[tuple[Any, ...]]:
    """`(number, name, kind, starts_on, role)` of the events of a business (`business_id`) or a sentra (`sentra_id`)."""
    return connection.execute(
        f"""
        SELECT DISTINCT event.id, event.name, event.kind, event.starts_on, attendance.role
        FROM attendance JOIN event ON event.id = event_id
        WHERE {column} = ?
        ORDER BY event.starts_on DESC, event.id
        """,
        (number,),
    ).fetchall()


def attendances(connection: Connection, event: int) -> list[tuple[Any, ...]]:
    """The entries of an event, by the columns in ATTENDANCE.listed, in the order of entry."""
    return connection.execute(
        """
        SELECT
            id,
            person,
            (SELECT name FROM business WHERE business.id = business_id),
            (SELECT name FROM sentra WHERE sentra.id = sentra_id),
            role,
            coalesce(gender, (SELECT owner_gender FROM business WHERE business.id = business_id)),
            position,
            organisation,
            passed
        FROM attendance
        WHERE event_id = ?
        ORDER BY id
        """,
        (event,),
    ).fetchall()
