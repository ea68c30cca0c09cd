"""What the rows of a list of participants may refer to: events, businesses of a name, and entries that are there."""

from sqlite3 import Connection
from typing import Any

from ikmctl.domain.keys import key


def all_events(connection: Connection) -> list[dict[str, Any]]:
    """What tells events apart (name, days, batch), and number, venue, status and day of closing, of every event."""
    names = ("id", "name", "starts_on", "ends_on", "batch", "venue", "status", "closed_on")
    rows = connection.execute(f"SELECT {', '.join(names)} FROM event ORDER BY id")
    return [dict(zip(names, row, strict=True)) for row in rows]


def entries(connection: Connection, event: int) -> list[dict[str, Any]]:
    """The entries of an event's participant list, each with the name of its business as `business`."""
    cursor = connection.execute(
        """
        SELECT attendance.*, business.name AS business
        FROM attendance LEFT JOIN business ON business.id = business_id
        WHERE event_id = ? ORDER BY attendance.id
        """,
        (event,),
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def businesses_named(connection: Connection, name: str) -> list[dict[str, Any]]:
    """The businesses whose name is this one in some spelling, by number, name, owner, NIB, address and products."""
    start = f"{key(name) or name.casefold()}|"
    names = ("id", "name", "owner", "nib", "address", "products")
    query = f"SELECT {', '.join(names)} FROM business WHERE match_key >= ? AND match_key < ? ORDER BY id"
    return [dict(zip(names, row, strict=True)) for row in connection.execute(query, (start, start + "\U0010ffff"))]
