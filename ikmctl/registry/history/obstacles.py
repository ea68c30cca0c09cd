"""Later changes that stand in the way of an undo; the rows of the undo are in the tables of `taken.py`.

Every statement starts from those rows and follows an index of the other table (CROSS JOIN keeps this order), so that
what is looked at depends on the undo and not on the size of the registry.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.registry.file.history_columns import RECORDED, ForeignKey, referring_to
from ikmctl.registry.history.earlier import value_before, values_before
from ikmctl.registry.history.standing import Undoing, undoings

#: How many records a refusal needs: the ones that it names, and one more.
_MOST = 6


class Obstacles(NamedTuple):
    """The later changes that stand in the way, and some of the rows concerned: (table, number)."""

    changes: tuple[int, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()


def find_obstacles(connection: Connection, changes: Collection[int]) -> Obstacles:
    """What stands in the way of undoing these changes; there is nothing if no later change stands."""
    connection.execute("CREATE TEMP TABLE watched (table_name TEXT, row_id INTEGER, since INTEGER, entry_id INTEGER)")
    for query in _watched(connection):
        connection.execute(f"INSERT INTO temp.watched {query}")
    connection.execute("CREATE INDEX temp.watched_row ON watched (table_name, row_id)")
    later = connection.execute(f"SELECT DISTINCT change_id, since FROM ({_LATER}) ORDER BY change_id").fetchall()
    part_of = undoings(connection, without=changes)
    numbers = dict.fromkeys(
        number
        for number, since in later
        if number not in part_of or _reaches_before(connection, part_of[number], number, since)
    )
    rows = chain.from_iterable(_rows_of(connection, number) for number in list(numbers)[:_MOST])
    found = Obstacles(tuple(numbers), tuple(dict.fromkeys(rows)))
    connection.execute("DROP TABLE temp.watched")
    return found


#: SQL: entries of later changes for rows that the undo watches, with the change of the undo that they came after.
_LATER = """
    SELECT watched.since, later.change_id, watched.table_name, watched.row_id
    FROM watched CROSS JOIN change_row AS later INDEXED BY change_row_record
        ON later.table_name = watched.table_name AND later.row_id = watched.row_id AND later.id > watched.entry_id
    WHERE later.change_id NOT IN (SELECT id FROM taken)
    UNION ALL
    SELECT taken_range.since, later.change_id, later.table_name, later.row_id
    FROM taken_range CROSS JOIN change_row AS later INDEXED BY change_row_record
        ON later.table_name = taken_range.table_name AND later.row_id BETWEEN first AND last AND later.id > entry_id
    WHERE later.change_id NOT IN (SELECT id FROM taken)
    UNION ALL
    SELECT watched.since, added.change_id, watched.table_name, watched.row_id
    FROM (SELECT DISTINCT table_name FROM watched) AS touched
    CROSS JOIN change_row AS added INDEXED BY change_row_range
        ON added.table_name = touched.table_name AND added.change_id > (SELECT min(id) FROM taken)
            AND added.last_row IS NOT NULL
    CROSS JOIN watched ON watched.table_name = added.table_name
        AND watched.row_id BETWEEN added.row_id AND added.last_row AND added.id > watched.entry_id
    WHERE added.change_id NOT IN (SELECT id FROM taken)
"""


def _reaches_before(connection: Connection, undoing: Undoing, number: int, since: int) -> bool:
    """Whether an undoing, of which this change is part, took a watched row to its state before an even earlier change.

    Where all that it did to a row came after the change of the undo, it left the row as that change had left it.
    """
    if undoing.first > since:
        return False
    query = f"""
        SELECT EXISTS (
            SELECT 1 FROM ({_LATER}) AS later
            CROSS JOIN undone_change ON undone_change.change_id = :undoing AND undone_id < :since
            WHERE later.since = :since AND later.change_id = :number AND (
                EXISTS (
                    SELECT 1 FROM change_row AS own INDEXED BY change_row_record
                    WHERE own.table_name = later.table_name AND own.row_id = later.row_id AND own.change_id = undone_id
                )
                OR EXISTS (
                    SELECT 1 FROM change_row AS own INDEXED BY change_row_range
                    WHERE own.table_name = later.table_name AND own.change_id = undone_id AND own.last_row IS NOT NULL
                        AND later.row_id BETWEEN own.row_id AND own.last_row
                )
            )
        )
    """
    values = {"undoing": undoing.number, "since": since, "number": number}
    return bool(connection.execute(query, values).fetchone()[0])


def _rows_of(connection: Connection, change: int) -> Iterator[tuple[str, int]]:
    query = f"SELECT table_name, row_id FROM ({_LATER}) WHERE change_id = ? LIMIT {_MOST}"
    return iter(connection.execute(query, (change,)).fetchall())


def _watched(connection: Connection) -> Iterator[str]:
    """Queries of the rows that no later change may have touched."""
    in_range = "entry_id IN (SELECT entry_id FROM taken_range)"
    yield f"SELECT table_name, row_id, since, entry_id FROM taken_row WHERE NOT {in_range}"
    for table in RECORDED:
        for reference in referring_to(connection, table):
            yield _referring(reference)
            yield _missing(reference)
            yield _referring_again(reference)
        for key, condition in _unique_keys(connection, table):
            yield _holders(table, key, condition)


def _referring(reference: ForeignKey) -> str:
    """Rows that stay and refer to a row that would go, since the entry that made them refer to it."""
    table, column = reference.table, reference.column
    return f"""
        SELECT '{table}', {table}.id, since, coalesce(
            (
                SELECT max(id) - 1 FROM change_row
                WHERE table_name = '{table}' AND row_id = {table}.id AND before ->> '{column}' IS NOT taken_row.row_id
                    AND (before IS NULL OR json_type(before, '$.{column}') IS NOT NULL)
            ),
            entry_id
        )
        FROM taken_row CROSS JOIN {table} ON {table}.{column} = taken_row.row_id
        WHERE table_name = '{reference.other}' AND NOT was_there
            AND NOT EXISTS (
                SELECT 1 FROM taken_row AS own WHERE own.table_name = '{table}' AND own.row_id = {table}.id
            )
    """


def _missing(reference: ForeignKey) -> str:
    """Rows that are gone, to which a row that comes back would refer."""
    other = reference.other
    return f"""
        {_with_earlier(reference.table, [reference.column])}
        SELECT '{other}', key_0, since, entry_id
        FROM earlier_row
        WHERE key_0 IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM {other} WHERE {other}.id = key_0)
            AND NOT EXISTS (
                SELECT 1 FROM taken_row AS own WHERE own.table_name = '{other}' AND own.row_id = key_0
            )
    """


def _referring_again(reference: ForeignKey) -> str:
    """Rows that come back to refer to a row that would go; a change between those of the undo made them do so."""
    return f"""
        {_with_earlier(reference.table, [reference.column])}
        SELECT '{reference.table}', back.row_id, gone.since, gone.entry_id
        FROM earlier_row AS back
        CROSS JOIN taken_row AS gone ON gone.table_name = '{reference.other}' AND gone.row_id = key_0
        WHERE NOT gone.was_there
    """


def _holders(table: str, key: Sequence[str], condition: str) -> str:
    """Rows that stay and hold what only one row may, such as a NIB, and a row that comes back would hold."""
    same = " AND ".join(f"{part} = key_{place}" for place, part in enumerate(key))
    return f"""
        {_with_earlier(table, key, condition)}
        SELECT '{table}', {table}.id, since, entry_id
        FROM earlier_row CROSS JOIN {table} ON {same} AND {condition}
        WHERE NOT EXISTS (
            SELECT 1 FROM taken_row AS own WHERE own.table_name = '{table}' AND own.row_id = {table}.id
        )
    """


def _with_earlier(table: str, parts: Sequence[str], condition: str = "1") -> str:
    """SQL: the rows of a table that the undo puts back, with what these columns or expressions were of them (`key_0`…).

    The names `since`, `entry_id` and `row_id` are as in `taken_row`.
    """
    values = ", ".join(f"{value_before(column, 'earlier', 'now')} AS {column}" for column in RECORDED[table])
    keys = ", ".join(f"{part} AS key_{place}" for place, part in enumerate(parts))
    return f"""
        WITH back AS MATERIALIZED (
            SELECT taken_row.row_id, since, entry_id, {values_before("entry")} AS earlier
            FROM taken_row CROSS JOIN change_row AS entry ON entry.id = entry_id
            WHERE taken_row.table_name = '{table}' AND was_there
        ),
        earlier_row AS (
            SELECT row_id, since, entry_id, {keys}
            FROM (
                SELECT back.row_id, since, entry_id, {values}
                FROM back LEFT JOIN {table} AS now ON now.id = back.row_id
            )
            WHERE {condition}
        )
    """


def _unique_keys(connection: Connection, table: str) -> Iterator[tuple[list[str], str]]:
    """What only one row of a table may hold: the columns or expressions of its unique indexes, and their condition."""
    indexes = connection.execute(
        'SELECT list.name, sql FROM pragma_index_list(?) AS list LEFT JOIN sqlite_schema USING (name) WHERE "unique"',
        (table,),
    ).fetchall()
    for name, sql in indexes:
        if sql is None:
            columns = connection.execute("SELECT name FROM pragma_index_info(?) ORDER BY seqno", (name,))
            yield [column for (column,) in columns], "1"
        else:
            parts = re.fullmatch(r".*? ON \w+ \((.*)\)(?:\s+WHERE\s+(.*))?", sql.strip(), re.DOTALL)
            if parts:
                yield re.split(r",\s*(?![^()]*\))", parts[1]), parts[2] or "1"
