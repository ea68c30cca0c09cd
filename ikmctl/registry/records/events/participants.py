"""What the rows of a list of participants may refer to: events, businesses of a name, and entries that are there."""

from sqlite3 import Connection
from typing import Any

from ikmctl.domain.keys import key
from ikmctl.registry.records.filters import search_words


def all_events(connection: Connection) -> list[dict[str, Any]]:
    """What tells events apart (name, days, batch), and number, venue, status and day of closing, of every event."""
    names = ("id", "name", "starts_on", "ends_on", "batch", "venue", "status", "closed_on")
    rows = connection.execute(f"SELECT {', '.join(names)} FROM event ORDER BY id")
    return [dict(zip(names, row, strict=True)) for row in rows]


_NAMED = ("id", "name", "owner", "nib", "address", "products")
#: The columns of an entry that say who takes part, and how.
COLUMNS = ("id", "person", "business_id", "sentra_id", "role", "gender", "position", "organisation", "passed")


def active_members(connection: Connection, group: int) -> list[tuple[int, str, str | None]]:
    """`(number, name, owner)` of the active businesses of a group, by name."""
    return connection.execute(
        """
        SELECT business.id, name, owner
        FROM business JOIN activity ON business_id = business.id AND closed_on IS NULL
        WHERE group_id = ?
        ORDER BY name COLLATE NOCASE, business.id
        """,
        (group,),
    ).fetchall()


def entries(connection: Connection, event: int) -> list[dict[str, Any]]:
    """The entries of an event's participant list, each with its business, the owner, and its sentra, by their names."""
    cursor = connection.execute(
        """
        SELECT attendance.*, business.name AS business, owner, owner_gender, sentra.name AS sentra
        FROM attendance
        LEFT JOIN business ON business.id = business_id
        LEFT JOIN sentra ON sentra.id = attendance.sentra_id
        WHERE event_id = ? ORDER BY attendance.id
        """,
        (event,),
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def businesses_of(connection: Connection, owner: str) -> list[dict[str, Any]]:
    """The businesses of this owner in any spelling, by the same columns as `businesses_named`."""
    words = search_words(owner)
    rows = connection.execute(
        """
        SELECT id, business.name, business.owner, nib, business.address, business.products
        FROM business_search JOIN business ON business.id = business_search.rowid
        WHERE business_search MATCH ? ORDER BY id LIMIT 500
        """,
        (words or '""',),
    )
    found = [dict(zip(_NAMED, row, strict=True)) for row in rows]
    return [business for business in found if key(business["owner"] or "") == key(owner)]


def businesses_named(connection: Connection, name: str) -> list[dict[str, Any]]:
    """The businesses whose name is this one in some spelling, by number, name, owner, NIB, address and products."""
    start = f"{key(name) or name.casefold()}|"
    query = f"SELECT {', '.join(_NAMED)} FROM business WHERE match_key >= ? AND match_key < ? ORDER BY id"
    return [dict(zip(_NAMED, row, strict=True)) for row in connection.execute(query, (start, start + "\U0010ffff"))]
