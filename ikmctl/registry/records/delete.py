"""Deleting records: which rows of other records refer to them, and which go along."""

from collections.abc import Iterator
from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.domain.entities import ENTITIES
from ikmctl.registry.file.database import Change
from ikmctl.registry.file.history_columns import referring_to


class Dependent(NamedTuple):
    """A row of `table` that refers, by `column`, to a record that is to be deleted."""

    table: str
    row: int
    column: str


def dependents(connection: Connection, table: str, number: int) -> Iterator[Dependent]:
    """The rows of other records that refer to a record: members, attendance.

    Rows that are part of the record itself, such as its observations, are deleted with it by their foreign keys.
    """
    for reference in referring_to(connection, table):
        if reference.table in ENTITIES:
            rows = connection.execute(
                f"SELECT id FROM {reference.table} WHERE {reference.column} = ? ORDER BY id", (number,)
            )
            yield from (Dependent(reference.table, row, reference.column) for (row,) in rows.fetchall())


def release(change: Change, dependent: Dependent) -> None:
    """Keep a row that refers to a record, without the reference."""
    change.connection.execute(f"UPDATE {dependent.table} SET {dependent.column} = NULL WHERE id = ?", (dependent.row,))


def delete(change: Change, rows: list[tuple[str, int]]) -> None:
    """Delete the rows `(table, number)`, with what is part of them, in any order."""
    change.connection.execute("PRAGMA defer_foreign_keys = ON")
    for table, number in rows:
        change.connection.execute(f"DELETE FROM {table} WHERE id = ?", (number,))


def deleted_rows(change: Change) -> list[tuple[str, int]]:
    """`(table, count)` of the rows that the change has deleted so far, in the order in which they went."""
    return change.connection.execute(
        """
        SELECT table_name, count(*) FROM change_row
        WHERE change_id = ? AND action = 'delete'
        GROUP BY table_name ORDER BY min(id)
        """,
        (change.number,),
    ).fetchall()


#: What people call a row of attendance, seen from its event, and from the business or sentra that attended.
_GUEST = """
    SELECT NULL, coalesce(person, business.name, sentra.name, position, organisation)
    FROM attendance
    LEFT JOIN business ON business.id = business_id
    LEFT JOIN sentra ON sentra.id = attendance.sentra_id
    WHERE attendance.id = ?
    """
_EVENT = "SELECT event.id, event.name FROM attendance JOIN event ON event.id = event_id WHERE attendance.id = ?"


def label(connection: Connection, dependent: Dependent, seen_from: str) -> tuple[int | None, str]:
    """What people call a dependent row: number and name of a member or an event, or a guest, who has no number."""
    query = f"SELECT id, name FROM {dependent.table} WHERE id = ?"
    if dependent.table == "attendance":
        query = _GUEST if seen_from == "event" else _EVENT
    number, name = connection.execute(query, (dependent.row,)).fetchone()
    return number, name
