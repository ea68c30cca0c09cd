"""Undo a change by a new change. It is refused if a later change touched the same rows."""

from collections.abc import Sequence
from itertools import chain
from sqlite3 import Connection

from ikmctl import errors
from ikmctl.domain.entities import ENTITIES
from ikmctl.language import _
from ikmctl.registry.file.database import Change, Registry
from ikmctl.registry.file.history_columns import RECORDED, referring_to
from ikmctl.registry.history.changes import Entry, entries, entry, index, unindex

#: Commands that create a registry. Their changes cannot be undone: there is no earlier state.
KEPT = ("init", "demo")


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
        for latest in entries(connection):
            if latest.rows and latest.number not in neutral and latest.command not in KEPT:
                return latest
        raise errors.NothingToUndo
    found = entry(connection, number)
    if found is None:
        raise errors.NoSuchChange(number=number)
    if found.command in KEPT or not found.rows:
        raise errors.NothingToUndo
    if neutral.get(number, number) != number:
        raise errors.AlreadyUndone(number=number, by=neutral[number])
    return found


def _refuse_if_built_upon(connection: Connection, target: Entry) -> None:
    neutral = set(_neutral(connection)) - {target.number, target.undoes}
    later = connection.execute(
        """
        SELECT DISTINCT change_id, table_name, row_id
        FROM (
            SELECT later.change_id, later.table_name, later.row_id
            FROM change_row AS ours
            JOIN change_row AS later
                ON later.table_name = ours.table_name
                AND later.row_id BETWEEN ours.row_id AND coalesce(ours.last_row, ours.row_id)
                AND later.change_id > ours.change_id
            WHERE ours.change_id = ?1
            UNION
            SELECT added.change_id, added.table_name, ours.row_id
            FROM change_row AS added INDEXED BY change_row_range
            JOIN change_row AS ours
                ON ours.change_id = ?1 AND ours.table_name = added.table_name
                AND ours.row_id BETWEEN added.row_id AND added.last_row
            WHERE added.last_row IS NOT NULL AND added.change_id > ?1
        ) AS later
        JOIN change ON change.id = later.change_id AND NOT change.is_open
        ORDER BY change_id DESC
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
        kind = _(ENTITIES[table].label) if table in ENTITIES else table
        shown.append(f"{found[0]} ({kind} {row})" if found else f"{kind} {row}")
    return ", ".join(dict.fromkeys(shown)) + ("…" if len(rows) > 5 else "")


def _within(number: str, table: str) -> str:
    """The condition that a number is that of a row which the change ?1 touched."""
    return f"""(
        {number} IN (SELECT row_id FROM change_row WHERE change_id = ?1 AND table_name = '{table}')
        OR {_in_range(number, table)}
    )"""


def _in_range(number: str, table: str) -> str:
    """The condition that a number is that of a row which the change ?1 added together with others.

    The index is named because SQLite prefers the one by row, and then walks the rows of all changes for each number.
    """
    return f"""EXISTS (
        SELECT 1 FROM change_row AS added INDEXED BY change_row_range
        WHERE added.change_id = ?1 AND added.table_name = '{table}' AND added.last_row IS NOT NULL
            AND {number} BETWEEN added.row_id AND added.last_row
    )"""


def _refuse_if_referenced(connection: Connection, target: Entry) -> None:
    """Refuse when a row that would go is meant by a row that would stay, or would sweep it away."""
    for table, column, other, _key in chain.from_iterable(referring_to(connection, table) for table in RECORDED):
        rows = connection.execute(
            f"""
            SELECT '{table}', id FROM {table}
            WHERE (
                    {table}.{column} IN (
                        SELECT row_id FROM change_row
                        WHERE change_id = ?1 AND table_name = '{other}' AND action = 'insert'
                    )
                    OR {_in_range(f"{table}.{column}", other)}
                )
                AND NOT {_within(f"{table}.id", table)}
            LIMIT 6
            """,
            (target.number,),
        ).fetchall()
        if rows:
            raise errors.Referenced(records=_named(connection, rows))


_RESTORED = "id IN (SELECT row_id FROM restored WHERE table_name = 'business')"


def _restore(change: Change, number: int) -> None:
    """Put every row that a change touched back to what it was before, table by table, in sets."""
    connection = change.connection
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute(
        """
        CREATE TEMP TABLE restored AS
        SELECT table_name, row_id, before
        FROM change_row
        WHERE id IN (
            SELECT min(id) FROM change_row WHERE change_id = ? AND last_row IS NULL GROUP BY table_name, row_id
        )
        """,
        (number,),
    )
    _restore_ranges(connection, number)
    connection.execute("CREATE INDEX temp.restored_row ON restored (table_name, row_id)")
    touched = [table for (table,) in connection.execute("SELECT DISTINCT table_name FROM restored")]
    unindex(connection, _RESTORED)
    for table in touched:
        connection.execute(
            f"""
            DELETE FROM {table}
            WHERE id IN (SELECT row_id FROM restored WHERE table_name = '{table}' AND before IS NULL)
            """
        )
    # Rows that are there come first: one may hold a value, such as a NIB, that a deleted row gets back.
    for table in touched:
        columns = RECORDED[table]
        values = ", ".join(f"before ->> '{column}'" for column in columns)
        settings = ", ".join(f"{column} = excluded.{column}" for column in columns)
        connection.execute(
            f"""
            INSERT INTO {table} (id, {", ".join(columns)})
            SELECT row_id, {values} FROM restored WHERE table_name = '{table}' AND before IS NOT NULL
            ORDER BY row_id NOT IN (SELECT id FROM {table})
            ON CONFLICT (id) DO UPDATE SET {settings}
            """
        )
    index(connection, _RESTORED)
    connection.execute("DROP TABLE temp.restored")


def _restore_ranges(connection: Connection, number: int) -> None:
    """Rows that the change added together with others were not there before, whatever it did to them afterwards."""
    for table in RECORDED:
        connection.execute(
            f"""
            DELETE FROM restored
            WHERE table_name = '{table}' AND {_in_range("restored.row_id", table)}
            """,
            (number,),
        )
        connection.execute(
            f"""
            INSERT INTO restored (table_name, row_id)
            SELECT '{table}', id FROM {table} WHERE {_in_range(f"{table}.id", table)}
            """,
            (number,),
        )
