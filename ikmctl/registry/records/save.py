"""Saving records, and the queries that check them against existing ones."""

from collections.abc import Iterable, Mapping
from sqlite3 import Connection
from typing import Any, NamedTuple

from ikmctl.domain.keys import key
from ikmctl.domain.matching import match_key
from ikmctl.registry.file.database import Change


def insert(change: Change, table: str, values: Mapping[str, Any]) -> int:
    """Add a row; its number."""
    kept = _with_match_key(table, values)
    names = ", ".join(kept)
    marks = ", ".join("?" * len(kept))
    cursor = change.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(kept.values()))
    return int(cursor.lastrowid or 0)


def update(change: Change, table: str, number: int, values: Mapping[str, Any]) -> None:
    """Change the columns given of one row."""
    if values:
        settings = ", ".join(f"{name} = ?" for name in values)
        change.connection.execute(f"UPDATE {table} SET {settings} WHERE id = ?", (*values.values(), number))


def _with_match_key(table: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    if table != "business":
        return values
    return {**values, "match_key": match_key(values["name"], values.get("owner"), values.get("kelurahan"))}


def has_changes(change: Change) -> bool:
    """Whether the change has touched anything so far."""
    query = "SELECT EXISTS (SELECT 1 FROM change_row WHERE change_id = ?)"
    return bool(change.connection.execute(query, (change.number,)).fetchone()[0])


def set_detail(change: Change, record: str) -> None:
    """Write into the history which record a change is about, once it is known."""
    change.connection.execute("UPDATE change SET detail = ? WHERE id = ?", (record, change.number))


def row(connection: Connection, table: str, number: int) -> dict[str, Any]:
    """The columns of one row."""
    cursor = connection.execute(f"SELECT * FROM {table} WHERE id = ?", (number,))
    found = cursor.fetchone()
    return dict(zip((column[0] for column in cursor.description), found, strict=True)) if found else {}


def name_of(connection: Connection, table: str, number: int) -> str:
    """The name of one record."""
    found = connection.execute(f"SELECT name FROM {table} WHERE id = ?", (number,)).fetchone()
    return str(found[0]) if found else f"no. {number}"


def same_business(connection: Connection, match: str) -> tuple[int, str] | None:
    """A business with this match key."""
    found: tuple[int, str] | None = connection.execute(
        "SELECT id, name FROM business WHERE match_key = ? ORDER BY id LIMIT 1", (match,)
    ).fetchone()
    return found


def nib_holder(connection: Connection, nib: str) -> tuple[int, str] | None:
    """The business that has this NIB."""
    found: tuple[int, str] | None = connection.execute("SELECT id, name FROM business WHERE nib = ?", (nib,)).fetchone()
    return found


def group_path(connection: Connection, number: int) -> list[int]:
    """The groups above a business, nearest first; ends at a record met before."""
    path: list[int] = []
    upper: int | None = number
    while upper is not None and upper not in path:
        path.append(upper)
        found = connection.execute("SELECT group_id FROM business WHERE id = ?", (upper,)).fetchone()
        upper = found[0] if found else None
    return path


class Activity(NamedTuple):
    """A period in which a business was active: its row, first and last day, and how it began.

    Without a last day the business is active still.
    """

    row: int
    opened_on: str
    closed_on: str | None
    entry: str


def first_activity(connection: Connection, business: int) -> Activity | None:
    """The first period of activity of a business; None for one that another program left without any."""
    found = connection.execute(
        """
        SELECT id, opened_on, closed_on, entry FROM activity
        WHERE business_id = ?
        ORDER BY entry = 'reopened', opened_on LIMIT 1
        """,
        (business,),
    ).fetchone()
    return Activity(*found) if found else None


def latest_activity(connection: Connection, business: int) -> Activity | None:
    """The latest period of activity of a business; None as for the first."""
    found = connection.execute(
        """
        SELECT id, opened_on, closed_on, entry FROM activity
        WHERE business_id = ?
        ORDER BY closed_on IS NULL DESC, opened_on DESC, closed_on DESC LIMIT 1
        """,
        (business,),
    ).fetchone()
    return Activity(*found) if found else None


def observation_of(connection: Connection, business: int, period: str) -> int | None:
    """The row that holds a business's observation of a period."""
    found = connection.execute(
        "SELECT id FROM observation WHERE business_id = ? AND period = ?", (business, period)
    ).fetchone()
    return int(found[0]) if found else None


def replace_kbli(change: Change, business: int, codes: Iterable[tuple[str, int]]) -> None:
    """Give a business these KBLI codes with their editions, the first as the main one."""
    query = "SELECT code, edition FROM business_kbli WHERE business_id = ? ORDER BY is_main DESC, id"
    if change.connection.execute(query, (business,)).fetchall() == (codes := list(codes)):
        return
    change.connection.execute("DELETE FROM business_kbli WHERE business_id = ?", (business,))
    for position, (code, edition) in enumerate(codes):
        values = {"business_id": business, "code": code, "edition": edition, "is_main": int(position == 0)}
        insert(change, "business_kbli", values)


def attendance_count(connection: Connection, event: int) -> int:
    """How many stand on an event's list."""
    return int(connection.execute("SELECT count(*) FROM attendance WHERE event_id = ?", (event,)).fetchone()[0])


def same_event(connection: Connection, name: str, starts_on: str, batch: str | None) -> int | None:
    """An event of this name, day and batch."""
    found = connection.execute(
        "SELECT id FROM event WHERE name = ? COLLATE NOCASE AND starts_on = ? AND batch IS ?", (name, starts_on, batch)
    ).fetchone()
    return int(found[0]) if found else None


def same_sentra(connection: Connection, name: str) -> int | None:
    """A sentra of this name, in any spelling."""
    wanted = key(name)
    for number, found in connection.execute("SELECT id, name FROM sentra"):
        if key(found) == wanted:
            return int(number)
    return None


def refresh_keys(connection: Connection) -> None:
    """Compute the match keys that an edit by another program, or an undo, has emptied."""
    connection.create_function("match_key", 3, match_key, deterministic=True)
    connection.execute("UPDATE business SET match_key = match_key(name, owner, kelurahan) WHERE match_key IS NULL")
