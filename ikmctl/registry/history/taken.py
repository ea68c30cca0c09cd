"""The rows that an undo puts back, as temporary tables that all statements of the undo start from.

`taken`: the numbers of the changes to be undone. `taken_range`: ranges of rows that they added together.
`taken_row`: each row they touched, with the earliest of these changes (`since`), the number of its entry in the history
(`entry_id`), which holds the values that the row gets back, whether it was there before (`was_there`), and whether it
was and is no more (`is_gone`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from sqlite3 import Connection

from ikmctl.registry.file.history_columns import RECORDED


@contextmanager
def taken_rows(connection: Connection, changes: Sequence[int]) -> Iterator[None]:
    """Make the temporary tables for these changes, and drop them at the end."""
    connection.execute("CREATE TEMP TABLE taken (id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO temp.taken VALUES (?)", ((number,) for number in changes))
    connection.execute(
        """
        CREATE TEMP TABLE taken_range AS
        SELECT table_name, row_id AS first, last_row AS last, change_id AS since, change_row.id AS entry_id
        FROM taken CROSS JOIN change_row ON change_id = taken.id
        WHERE last_row IS NOT NULL
        """
    )
    connection.execute(
        """
        CREATE TEMP TABLE taken_row (
            table_name TEXT, row_id INTEGER, was_there INTEGER, is_gone INTEGER DEFAULT 0, since INTEGER,
            entry_id INTEGER,
            PRIMARY KEY (table_name, row_id)
        ) WITHOUT ROWID
        """
    )
    _take_single(connection)
    _take_ranges(connection)
    _mark_gone(connection)
    try:
        yield
    finally:
        for table in ("taken_row", "taken_range", "taken"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _take_single(connection: Connection) -> None:
    """Rows with entries of their own: the earliest counts. It does not if an import added the row with others before.

    An import writes its ranges last, so that within one change a range is earlier than all entries of its rows.
    """
    connection.execute(
        """
        INSERT OR IGNORE INTO temp.taken_row (table_name, row_id, was_there, since, entry_id)
        SELECT table_name, row_id, before IS NOT NULL, change_id, change_row.id
        FROM taken CROSS JOIN change_row ON change_id = taken.id
        WHERE last_row IS NULL
            AND NOT EXISTS (
                SELECT 1 FROM taken_range
                WHERE taken_range.table_name = change_row.table_name AND since <= change_id
                    AND row_id BETWEEN first AND last
            )
        ORDER BY change_row.id
        """
    )


def _take_ranges(connection: Connection) -> None:
    """Rows of ranges that are still there. NOT INDEXED: the table itself is in the order of the numbers."""
    for table in RECORDED:
        connection.execute(
            f"""
            INSERT OR IGNORE INTO temp.taken_row (table_name, row_id, was_there, since, entry_id)
            SELECT table_name, {table}.id, 0, since, entry_id
            FROM taken_range CROSS JOIN {table} NOT INDEXED ON {table}.id BETWEEN first AND last
            WHERE table_name = '{table}'
            ORDER BY since
            """
        )


def _mark_gone(connection: Connection) -> None:
    for table in count_rows(connection):
        connection.execute(
            f"""
            UPDATE temp.taken_row SET is_gone = 1
            WHERE table_name = '{table}' AND was_there AND NOT EXISTS (SELECT 1 FROM {table} WHERE id = row_id)
            """
        )


def count_rows(connection: Connection) -> dict[str, int]:
    """Table → how many of its rows the undo puts back."""
    return dict(connection.execute("SELECT table_name, count(*) FROM temp.taken_row GROUP BY table_name"))
