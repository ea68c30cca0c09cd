"""SQL for the values that a row had before an entry of the history.

An entry keeps what its change replaced: all values of a row that was deleted, those that changed of one that was
updated, and those by which it belongs to a record. Files of earlier versions also hold updates with all values. Both
are read alike: a value that an entry does not name is in the next later one that names it, or else in the row today.
"""

from collections.abc import Iterable


def values_before(entry: str) -> str:
    """SQL: JSON of what has changed in a row since before an entry, column → value; NULL if the row was not there.

    `entry` is the name of a row of `change_row` in the query. Usually no later entry is to be looked at.
    """
    of_row = f"""
                change_row AS later INDEXED BY change_row_record
                WHERE later.table_name = {entry}.table_name AND later.row_id = {entry}.row_id"""
    return f"""
        CASE
            WHEN {entry}.before IS NULL OR {entry}.action = 'delete' THEN {entry}.before
            WHEN NOT EXISTS (
                SELECT 1 FROM {of_row} AND later.id > {entry}.id
            ) THEN {entry}.before
            ELSE (
                SELECT json_group_object(key, value) FROM (
                    SELECT changed.key, changed.value, min(later.id)
                    FROM (SELECT id, before FROM {of_row} AND later.id >= {entry}.id) AS later
                    CROSS JOIN json_each(later.before) AS changed
                    GROUP BY changed.key
                )
            )
        END"""


def value_before(column: str, values: str, now: str) -> str:
    """SQL: a value of a row before an entry; NULL too if it was not there.

    `values` are its `values_before`, `now` is the row of today, or NULLs.
    """
    unchanged = f"{values} IS NOT NULL AND json_type({values}, '$.{column}') IS NULL"
    return f"iif({unchanged}, {now}.{column}, {values} ->> '{column}')"


def former_rows(table: str, columns: Iterable[str], which: str = "TRUE") -> str:
    """SQL: the entries of a table that hold former values, each with what these columns of the row were before it.

    `which` is a condition on the entries. The columns are `id`, `change_id`, `row_id`, `before` and those given.
    """
    values = ", ".join(f"{value_before(column, 'earlier', 'now')} AS {column}" for column in columns)
    return f"""
        SELECT entry.id, change_id, row_id, before, {values}
        FROM (
            SELECT entry.*, {values_before("entry")} AS earlier
            FROM change_row AS entry
            WHERE table_name = '{table}' AND before IS NOT NULL AND {which}
            LIMIT -1    -- so that `earlier` is computed once for each entry
        ) AS entry
        LEFT JOIN {table} AS now ON now.id = row_id"""
