"""The history: changes, and the values before and after them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from ikmctl.domain.entities import RECORDS
from ikmctl.registry.file.database import Change
from ikmctl.registry.file.history_columns import RECORDED, referring_to
from ikmctl.registry.file.triggers import SEARCHED


@dataclass(frozen=True)
class Entry:
    """One change: its number, when (UTC), by whom, which command, about what, which it undid, how many rows."""

    number: int
    made_at: str
    made_by: str
    command: str
    detail: str | None
    undoes: tuple[int, ...]
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
    #: The row after the change, or before it if the row was deleted.
    whole: Mapping[str, Any]


def entries(connection: Connection, limit: int = -1, record: tuple[str, int] | None = None) -> Iterator[Entry]:
    """The latest changes first, all with -1; with `record`, those that touched this row or one that hangs on it."""
    condition, values = _touching(connection, *record) if record else ("1", ())
    return _entries(connection, condition, (*values, limit))


def entry(connection: Connection, number: int) -> Entry | None:
    """The change of a number, if there is one."""
    return next(_entries(connection, "id = ?", (number, 1)), None)


def _entries(connection: Connection, condition: str, values: Sequence[Any]) -> Iterator[Entry]:
    rows = connection.execute(
        f"""
        SELECT id, made_at, made_by, command, detail,
            (SELECT group_concat(undone_id) FROM undone_change WHERE change_id = change.id),
            (
                SELECT coalesce(sum(coalesce(last_row, row_id) - row_id + 1), 0)
                FROM change_row WHERE change_id = change.id
            )
        FROM change
        WHERE {condition}
        ORDER BY id DESC LIMIT ?
        """,
        values,
    )
    return (
        Entry(number, made_at, made_by, command, detail, _numbers(undone), count)
        for number, made_at, made_by, command, detail, undone, count in rows
    )


def _numbers(joined: str | None) -> tuple[int, ...]:
    return tuple(map(int, joined.split(","))) if joined else ()


def _hanging_on(connection: Connection, table: str) -> list[tuple[str, str]]:
    """The tables whose rows hang on a record, each with its column that holds the record's number.

    What is a record itself, such as the business of a sentra, has its own history.
    """
    found = referring_to(connection, table)
    return [(reference.table, reference.column) for reference in found if reference.table not in RECORDS]


def _touching(connection: Connection, table: str, number: int) -> tuple[str, tuple[Any, ...]]:
    parts = [
        """
        SELECT change_id FROM change_row WHERE table_name = ? AND row_id = ?
        UNION
        SELECT change_id FROM change_row
        WHERE table_name = ? AND last_row IS NOT NULL AND ? BETWEEN row_id AND last_row
        """
    ]
    values: list[Any] = [table, number, table, number]
    for other, column in _hanging_on(connection, table):
        parts.append(
            f"""
            SELECT change_id FROM change_row
            WHERE table_name = '{other}'
                AND (row_id IN (SELECT id FROM {other} WHERE {column} = ?) OR before ->> '{column}' = ?)
            UNION
            SELECT change_id FROM change_row
            WHERE table_name = '{other}' AND last_row IS NOT NULL
                AND EXISTS (SELECT 1 FROM {other} WHERE {column} = ? AND id BETWEEN row_id AND last_row)
            """
        )
        values += [number, number, number]
    return f"id IN ({' UNION '.join(parts)})", tuple(values)


_EACH = "id, table_name, row_id, action, before"


def differences(connection: Connection, change: int, limit: int) -> Iterator[Difference]:
    """Field by field what a change did, for its first `limit` rows."""
    query = """
        WITH RECURSIVE touched (id, table_name, row_id, last_row, action, before) AS (
            SELECT id, table_name, row_id, coalesce(last_row, row_id), action, before
            FROM change_row WHERE change_id = ?
            UNION ALL
            SELECT id, table_name, row_id + 1, last_row, action, before FROM touched WHERE row_id < last_row
            ORDER BY 1, 3 LIMIT ?
        )
        SELECT id, table_name, row_id, action, before FROM touched
        """
    yield from _differences(connection, query, (change, limit))


def differences_of(connection: Connection, change: int, record: tuple[str, int], limit: int) -> Iterator[Difference]:
    """Field by field what a change did to one record and to the rows that hang on it."""
    table, number = record
    parts = [
        f"""
        SELECT {_EACH} FROM change_row
        WHERE change_id = ?1 AND table_name = '{table}' AND row_id = ?2
        UNION
        SELECT id, table_name, ?2, action, before FROM change_row
        WHERE change_id = ?1 AND table_name = '{table}' AND last_row IS NOT NULL AND ?2 BETWEEN row_id AND last_row
        """
    ]
    hanging = _hanging_on(connection, table)
    for other, column in hanging:
        parts.append(
            f"""
            SELECT {_EACH} FROM change_row
            WHERE change_id = ?1 AND table_name = '{other}' AND last_row IS NULL AND (
                row_id IN (SELECT id FROM {other} WHERE {column} = ?2) OR before ->> '{column}' = ?2
            )
            UNION
            SELECT added.id, table_name, {other}.id, action, before
            FROM change_row AS added JOIN {other} ON {other}.id BETWEEN row_id AND last_row
            WHERE change_id = ?1 AND table_name = '{other}' AND {other}.{column} = ?2
            """
        )
    query = f"{' UNION '.join(parts)} ORDER BY 1, 3 LIMIT ?3"
    yield from _differences(connection, query, (change, number, limit), hanging)


def _differences(
    connection: Connection, query: str, values: Sequence[Any], hanging: Sequence[tuple[str, str]] = ()
) -> Iterator[Difference]:
    """Field by field what the entries of the history did that the query gives, a row of a range at a time.

    Of the tables `hanging` on the record of the second value, each with its column that holds the record's number,
    only what hung on it then: a row taken back may have left its number to one of another record.
    """
    for change_row, table, row, action, before in connection.execute(query, values).fetchall():
        new = {} if action == "delete" else _after(connection, change_row, table, row)
        old = {**new, **json.loads(before)} if before else {}
        held_by = [column for other, column in hanging if other == table]
        if held_by and values[1] not in [side.get(column) for side in (old, new) for column in held_by]:
            continue
        for column in RECORDED[table]:
            if old.get(column) != new.get(column):
                yield Difference(table, row, action, column, old.get(column), new.get(column), new or old)


def _after(connection: Connection, change_row: int, table: str, row: int) -> dict[str, Any]:
    """The row as it was right after a history entry: the row of today, with what later entries replaced put back."""
    columns = RECORDED[table]
    found = connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (row,)).fetchone()
    values: dict[str, Any] = dict(zip(columns, found, strict=True)) if found else {}
    later = connection.execute(
        """
        SELECT action, before FROM change_row
        WHERE table_name = ? AND row_id = ? AND id > ? AND last_row IS NULL
        ORDER BY id DESC
        """,
        (table, row, change_row),
    )
    for action, before in later:
        replaced = json.loads(before) if before else {}
        values = {**values, **replaced} if action == "update" else replaced
    return values


def last_known_name(connection: Connection, table: str, number: int) -> str | None:
    """The name of a record, or of one that is gone the last it had; None where even the history knows none."""
    found = connection.execute(
        f"""
        SELECT name FROM {table} WHERE id = ?1
        UNION ALL
        SELECT before ->> 'name' FROM (
            SELECT before FROM change_row WHERE table_name = ?2 AND row_id = ?1 AND before ->> 'name' IS NOT NULL
            ORDER BY id DESC LIMIT 1
        )
        """,
        (number, table),
    ).fetchone()
    return found and str(found[0])


def last_numbers(connection: Connection, tables: Sequence[str]) -> dict[str, int]:
    """The highest number in each table, before rows are added."""
    return {table: connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0] for table in tables}


def record_added(change: Change, before: Mapping[str, int]) -> None:
    """Write the history of all rows added since `last_numbers`, for a change that keeps it itself.

    Nobody else adds rows meanwhile, and INSERT … SELECT numbers them without a gap: each table has one range.
    """
    for table, number in before.items():
        change.connection.execute(
            f"""
            INSERT INTO change_row (change_id, table_name, row_id, last_row, action)
            SELECT ?1, '{table}', first, last, 'insert'
            FROM (SELECT (SELECT min(id) FROM {table} WHERE id > ?2) AS first, (SELECT max(id) FROM {table}) AS last)
            WHERE first IS NOT NULL
            """,
            (change.number, number),
        )


_SEARCHED = ", ".join(SEARCHED)


def unindex(connection: Connection, condition: str, values: Sequence[Any] = ()) -> None:
    """Take the businesses that meet a condition out of the search index, before they change."""
    connection.execute(
        f"""
        INSERT INTO business_search (business_search, rowid, {_SEARCHED})
        SELECT 'delete', id, {_SEARCHED} FROM business WHERE {condition}
        """,
        values,
    )


def index(connection: Connection, condition: str, values: Sequence[Any] = ()) -> None:
    """Put the businesses that meet a condition into the search index."""
    connection.execute(
        f"""
        INSERT INTO business_search (rowid, {_SEARCHED})
        SELECT id, {_SEARCHED} FROM business WHERE {condition} ORDER BY id
        """,
        values,
    )
