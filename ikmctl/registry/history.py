"""What was changed, by whom, from what to what; and taking it back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from ikmctl import errors
from ikmctl.registry.database import Change, Registry
from ikmctl.registry.schema import RECORDED, SEARCHED

KEPT = ("init", "demo")
"""Changes that made the registry: there is nothing to go back to."""


@dataclass(frozen=True)
class Entry:
    """One change: its number, when (UTC), by whom, which command, about what, how many rows of which tables."""

    number: int
    made_at: str
    made_by: str
    command: str
    detail: str | None
    undoes: int | None
    rows: int


@dataclass(frozen=True)
class Difference:
    """One value of one row, before and after."""

    table: str
    row: int
    action: str
    column: str
    before: Any
    after: Any


def entries(connection: Connection, limit: int, record: tuple[str, int] | None = None) -> list[Entry]:
    """The latest changes first; with `record`, those that touched this row or one that hangs on it."""
    condition, values = _touching(*record) if record else ("1", ())
    rows = connection.execute(
        f"""
        SELECT id, made_at, made_by, command, detail, undoes,
            (SELECT count(*) FROM change_row WHERE change_id = change.id)
        FROM change
        WHERE {condition}
        ORDER BY id DESC LIMIT ?
        """,
        (*values, limit),
    )
    return [Entry(*row) for row in rows]


_HANGING_ON = {
    "business": ("business_kbli", "activity", "observation", "attendance"),
    "event": ("event_party", "attendance"),
}


def _touching(table: str, number: int) -> tuple[str, tuple[Any, ...]]:
    parts = ["SELECT change_id FROM change_row WHERE table_name = ? AND row_id = ?"]
    values: list[Any] = [table, number]
    for other in _HANGING_ON.get(table, ()):
        parts.append(
            f"""
            SELECT change_id FROM change_row
            WHERE table_name = '{other}'
                AND (row_id IN (SELECT id FROM {other} WHERE {table}_id = ?) OR before ->> '{table}_id' = ?)
            """
        )
        values += [number, number]
    return f"id IN ({' UNION '.join(parts)})", tuple(values)


def differences(connection: Connection, change: int, limit: int) -> Iterator[Difference]:
    """Field by field what a change did, for its first `limit` rows."""
    yield from _differences(connection, "change_id = ?", (change,), limit)


def differences_of(connection: Connection, change: int, record: tuple[str, int], limit: int) -> Iterator[Difference]:
    """Field by field what a change did to one record and to the rows that hang on it."""
    table, number = record
    places = [f"(table_name = '{table}' AND row_id = {number})"]
    for other in _HANGING_ON.get(table, ()):
        places.append(
            f"""(
                table_name = '{other}' AND (
                    row_id IN (SELECT id FROM {other} WHERE {table}_id = {number}) OR before ->> '{table}_id' = {number}
                )
            )"""
        )
    yield from _differences(connection, f"change_id = ? AND ({' OR '.join(places)})", (change,), limit)


def _differences(connection: Connection, condition: str, values: Sequence[Any], limit: int) -> Iterator[Difference]:
    rows = connection.execute(
        f"SELECT id, table_name, row_id, action, before FROM change_row WHERE {condition} ORDER BY id LIMIT ?",
        (*values, limit),
    ).fetchall()
    for entry, table, row, action, before in rows:
        old = json.loads(before) if before else {}
        new = {} if action == "delete" else _after(connection, entry, table, row)
        for column in RECORDED[table]:
            if old.get(column) != new.get(column):
                yield Difference(table, row, action, column, old.get(column), new.get(column))


def _after(connection: Connection, entry: int, table: str, row: int) -> dict[str, Any]:
    """The row as it was right after a history entry: what the next entry found, else what stands there now."""
    following = connection.execute(
        "SELECT before FROM change_row WHERE table_name = ? AND row_id = ? AND id > ? ORDER BY id LIMIT 1",
        (table, row, entry),
    ).fetchone()
    if following:
        return json.loads(following[0]) if following[0] else {}
    columns = RECORDED[table]
    found = connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (row,)).fetchone()
    return dict(zip(columns, found, strict=True)) if found else {}


def undo(registry: Registry, number: int | None) -> tuple[Entry, int]:
    """Reverse a change, the latest that stands if none is named, as a new change; the change and the new one's number.

    Raises NothingToUndo, NoSuchChange, AlreadyUndone, BuiltUpon, Referenced.
    """
    with registry.read() as connection:
        target = _target(connection, number)
    with registry.write("undo", f"#{target.number} {target.command}", keeps="search", undoes=target.number) as change:
        _refuse_if_built_upon(change.connection, target)
        _refuse_if_referenced(change.connection, target)
        _restore(change, target.number)
        return target, change.number


def _neutral(connection: Connection) -> dict[int, int]:
    """Changes that have been taken back, and those that took them back and still stand: change → its undoing."""
    neutral: dict[int, int] = {}
    for number, undoes in connection.execute("SELECT id, undoes FROM change WHERE undoes IS NOT NULL ORDER BY id DESC"):
        if number not in neutral:
            neutral[number] = number
            neutral[undoes] = number
    return neutral


def _target(connection: Connection, number: int | None) -> Entry:
    neutral = _neutral(connection)
    if number is None:
        for entry in entries(connection, -1):
            if entry.rows and entry.number not in neutral and entry.command not in KEPT:
                return entry
        raise errors.NothingToUndo
    found = [entry for entry in entries(connection, -1) if entry.number == number]
    if not found:
        raise errors.NoSuchChange(number=number)
    if found[0].command in KEPT or not found[0].rows:
        raise errors.NothingToUndo
    if neutral.get(number, number) != number:
        raise errors.AlreadyUndone(number=number, by=neutral[number])
    return found[0]


def _refuse_if_built_upon(connection: Connection, target: Entry) -> None:
    neutral = set(_neutral(connection)) - {target.number, target.undoes}
    later = connection.execute(
        """
        SELECT DISTINCT later.change_id, later.table_name, later.row_id
        FROM change_row AS ours
        JOIN change_row AS later
            ON later.table_name = ours.table_name AND later.row_id = ours.row_id AND later.change_id > ours.change_id
        JOIN change ON change.id = later.change_id AND NOT change.is_open
        WHERE ours.change_id = ?
        ORDER BY later.change_id DESC
        """,
        (target.number,),
    ).fetchall()
    standing = [row for row in later if row[0] not in neutral]
    if standing:
        numbers = sorted({row[0] for row in standing})
        raise errors.BuiltUpon(
            number=target.number,
            records=_named(connection, [row[1:] for row in standing]),
            later=", ".join(map(str, numbers)),
            last=numbers[-1],
        )


def _named(connection: Connection, rows: Sequence[tuple[str, int]]) -> str:
    shown = []
    for table, row in rows[:5]:
        found = (
            connection.execute(f"SELECT name FROM {table} WHERE id = ?", (row,)).fetchone()
            if "name" in RECORDED[table]
            else None
        )
        shown.append(f"{found[0]} ({table} {row})" if found else f"{table} {row}")
    return ", ".join(dict.fromkeys(shown)) + ("…" if len(rows) > 5 else "")


_REFERENCES = (  # (table, column, table referred to): without those that go with the row itself
    ("business", "group_id", "business"),
    ("business", "sentra_id", "sentra"),
    ("attendance", "business_id", "business"),
    ("attendance", "sentra_id", "sentra"),
)
_HANGING = (  # rows that would be swept away with the row they hang on
    ("business_kbli", "business_id", "business"),
    ("activity", "business_id", "business"),
    ("observation", "business_id", "business"),
    ("event_party", "event_id", "event"),
    ("attendance", "event_id", "event"),
)


def _refuse_if_referenced(connection: Connection, target: Entry) -> None:
    """Refuse when a row that would go is meant by a row that would stay."""
    for table, column, upper in (*_REFERENCES, *_HANGING):
        rows = connection.execute(
            f"""
            SELECT '{table}', id FROM {table}
            WHERE {column} IN (
                    SELECT row_id FROM change_row
                    WHERE change_id = ?1 AND table_name = '{upper}' AND action = 'insert'
                )
                AND id NOT IN (SELECT row_id FROM change_row WHERE change_id = ?1 AND table_name = '{table}')
            LIMIT 6
            """,
            (target.number,),
        ).fetchall()
        if rows:
            raise errors.Referenced(records=_named(connection, rows))


def _restore(change: Change, number: int) -> None:
    """Put every row that a change touched back to what it was before, table by table, in sets."""
    connection = change.connection
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute(
        """
        CREATE TEMP TABLE restored AS
        SELECT table_name, row_id, before
        FROM change_row
        WHERE id IN (SELECT min(id) FROM change_row WHERE change_id = ? GROUP BY table_name, row_id)
        """,
        (number,),
    )
    connection.execute("CREATE INDEX temp.restored_row ON restored (table_name, row_id)")
    touched = [table for (table,) in connection.execute("SELECT DISTINCT table_name FROM restored")]
    unindex(connection, "SELECT row_id FROM restored WHERE table_name = 'business'")
    for table in touched:
        connection.execute(
            f"""
            DELETE FROM {table}
            WHERE id IN (SELECT row_id FROM restored WHERE table_name = '{table}' AND before IS NULL)
            """
        )
    for table in touched:
        columns = RECORDED[table]
        values = ", ".join(f"before ->> '{column}'" for column in columns)
        settings = ", ".join(f"{column} = excluded.{column}" for column in columns)
        connection.execute(
            f"""
            INSERT INTO {table} (id, {", ".join(columns)})
            SELECT row_id, {values} FROM restored WHERE table_name = '{table}' AND before IS NOT NULL
            ON CONFLICT (id) DO UPDATE SET {settings}
            """
        )
    index(connection, "SELECT row_id FROM restored WHERE table_name = 'business'")
    connection.execute("DROP TABLE temp.restored")


def last_numbers(connection: Connection, tables: Sequence[str]) -> dict[str, int]:
    """The highest number in each table, before rows are added."""
    return {table: connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0] for table in tables}


def record_added(change: Change, before: Mapping[str, int]) -> None:
    """Write the history of all rows added since `last_numbers`, for a change that keeps it itself."""
    for table, number in before.items():
        change.connection.execute(
            f"""
            INSERT INTO change_row (change_id, table_name, row_id, action)
            SELECT ?, '{table}', id, 'insert' FROM {table} WHERE id > ? ORDER BY id
            """,
            (change.number, number),
        )


_SEARCHED = ", ".join(SEARCHED)


def unindex(connection: Connection, numbers: str, values: Sequence[Any] = ()) -> None:
    """Take the businesses that the query `numbers` gives out of the search index, before they change."""
    connection.execute(
        f"""
        INSERT INTO business_search (business_search, rowid, {_SEARCHED})
        SELECT 'delete', id, {_SEARCHED} FROM business WHERE id IN ({numbers})
        """,
        values,
    )


def index(connection: Connection, numbers: str, values: Sequence[Any] = ()) -> None:
    """Put the businesses that the query `numbers` gives into the search index."""
    connection.execute(
        f"""
        INSERT INTO business_search (rowid, {_SEARCHED})
        SELECT id, {_SEARCHED} FROM business WHERE id IN ({numbers}) ORDER BY id
        """,
        values,
    )
