"""Files as earlier versions of the program left them, made from a file of today."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from ikmctl.registry.file import schema
from ikmctl.registry.file.history_columns import RECORDED
from ikmctl.registry.file.reporting_tables import REPORTING
from ikmctl.registry.file.triggers import history_triggers
from ikmctl.registry.history.earlier import former_rows


def to_version_9(path: Path) -> None:
    """Take migration 12 back: the history keeps whole rows, also of those that were updated."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for table, columns in RECORDED.items():
            whole = ", ".join(f"'{column}', {column}" for column in columns)
            connection.execute(
                f"""
                UPDATE change_row SET before = earlier.whole
                FROM (SELECT id, json_object({whole}) AS whole FROM ({former_rows(table, columns)})) AS earlier
                WHERE earlier.id = change_row.id
                """
            )
            record_whole_rows(connection, table, columns)
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'smaller_history'")
        connection.execute("PRAGMA user_version = 9")
        connection.execute("COMMIT")


def record_whole_rows(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
    """Give a table the triggers of version 11 and before."""
    for action in ("insert", "update", "delete", "number"):
        connection.execute(f"DROP TRIGGER IF EXISTS {table}_history_{action}")
    for trigger in history_triggers(table, columns, kept=columns):
        connection.execute(trigger)


def to_version_7(path: Path) -> None:
    """Take migrations 8 and 12 back: a change undoes one other at most."""
    to_version_9(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("ALTER TABLE change ADD COLUMN undoes INTEGER REFERENCES change (id)")
        connection.execute("UPDATE change SET undoes = undone_id FROM undone_change WHERE change_id = change.id")
        connection.execute("DROP TABLE undone_change")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'undone_changes'")
        connection.execute("PRAGMA user_version = 7")
        connection.execute("COMMIT")


def to_version_6(path: Path) -> None:
    """Take migrations 7, 8 and 12 back: no pair of businesses is marked as different."""
    to_version_7(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("DROP TABLE distinct_pair")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'distinct_pairs'")
        connection.execute("PRAGMA user_version = 6")
        connection.execute("COMMIT")


def to_version_3(path: Path) -> None:
    """Take migrations 4, 8 and 12 back: a period of activity says only whether it is the first one."""
    to_version_7(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        rows = connection.execute(
            "SELECT id, business_id, opened_on, closed_on, entry <> 'reopened' FROM activity ORDER BY id"
        ).fetchall()
        connection.execute("DROP TABLE activity")
        for statement in (*schema.TABLES, *REPORTING):
            if "CREATE TABLE activity" in statement or "ON activity" in statement:
                connection.execute(statement)
        connection.executemany(
            "INSERT INTO activity (id, business_id, opened_on, closed_on, is_first) VALUES (?, ?, ?, ?, ?)", rows
        )
        record_whole_rows(connection, "activity", ("business_id", "opened_on", "closed_on", "is_first"))
        connection.execute(
            """
            UPDATE change_row
            SET before = json_remove(json_set(before, '$.is_first', before ->> 'entry' <> 'reopened'), '$.entry')
            WHERE table_name = 'activity' AND before IS NOT NULL
            """
        )
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'activity_entries'")
        connection.execute("PRAGMA user_version = 3")
        connection.execute("COMMIT")


def to_version_2(path: Path) -> None:
    """Take migrations 3, 4, 8 and 12 back, but for the codes of indicators."""
    to_version_3(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'codes_of_indicators'")
        connection.execute("PRAGMA user_version = 2")
