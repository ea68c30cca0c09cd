"""The registry's tables as they are, for an export of the whole, and taking such tables in again.

What a table holds is read off its own SQL: a column or table that a migration adds is exported with its types, keys
and constraints without a word more.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any

from ikmctl.registry.file.database import Change
from ikmctl.registry.file.history_columns import RECORDED, references
from ikmctl.registry.file.reporting_tables import rename_indicators
from ikmctl.registry.history import changes
from ikmctl.registry.records import save

#: The tables that `init` fills. A registry with rows in no other table counts as empty.
REFERENCE = ("setting", "sector", "region", "kbli", "alias")


@dataclass(frozen=True)
class SqlColumn:
    """A column as its table declares it; `checks` are its constraints in the words of Table Schema."""

    name: str
    sql: str
    required: bool = False
    default: str | None = None
    unique: bool = False
    is_date: bool = False
    checks: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TableSchema:
    """A table: its columns, `id` first, and `{column: (table, column)}` for those that refer to another."""

    name: str
    columns: tuple[SqlColumn, ...]
    references: Mapping[str, tuple[str, str]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def table_schemas(connection: Connection) -> list[TableSchema]:
    """Every table whose changes are in the history, each after those that it refers to."""
    return [_shape(connection, table) for table in RECORDED]


def _shape(connection: Connection, table: str) -> TableSchema:
    (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    checks = _checks(sql)
    dates = set(re.findall(r"CHECK \((\w+) IS date\(\1(?:, '\+0 days')?\)\)", sql))
    unique = _unique(connection, table)
    columns = [
        SqlColumn(
            name, kind, bool(required) or name == "id", default, name in unique, name in dates, checks.get(name, {})
        )
        for name, kind, required, default in connection.execute(
            'SELECT name, type, "notnull", dflt_value FROM pragma_table_info(?)', (table,)
        )
        if name == "id" or name in RECORDED[table]
    ]
    others = {reference.column: (reference.other, reference.key) for reference in references(connection, table)}
    return TableSchema(table, tuple(columns), others)


def _unique(connection: Connection, table: str) -> set[str]:
    """Columns of which every value that is known stands once."""
    found = set()
    indexes = connection.execute('SELECT name, partial FROM pragma_index_list(?) WHERE "unique"', (table,)).fetchall()
    for index, partial in indexes:
        columns = [name for (name,) in connection.execute("SELECT name FROM pragma_index_info(?)", (index,))]
        sql = connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?", (index,)).fetchone()
        if len(columns) == 1 and (not partial or sql[0].endswith(f"WHERE {columns[0]} IS NOT NULL")):
            found.add(columns[0])
    return found


def _checks(sql: str) -> dict[str, dict[str, Any]]:
    """The CHECKs on single columns, as the constraints of Table Schema."""
    found: dict[str, dict[str, Any]] = {}
    for name, values in re.findall(r"CHECK \((\w+) IN \(([^)]*)\)", sql):
        found.setdefault(name, {})["enum"] = [value.strip().strip("'") for value in values.split(",")]
    for values, name in re.findall(r"CHECK \(((\w+) = '[^']*'(?: OR \2 = '[^']*')+)\)", sql):
        found.setdefault(name, {})["enum"] = re.findall(r"'([^']*)'", values)
    for name, low, high in re.findall(r"CHECK \((\w+) BETWEEN (-?\d+) AND (-?\d+)\)", sql):
        found.setdefault(name, {}).update(minimum=int(low), maximum=int(high))
    for name, low in re.findall(r"CHECK \((\w+) >= (-?\d+)\)", sql):
        found.setdefault(name, {})["minimum"] = int(low)
    for name, length in re.findall(r"CHECK \(length\((\w+)\) = (\d+)\)", sql):
        found.setdefault(name, {}).update(minLength=int(length), maxLength=int(length))
    return found


def rows(connection: Connection, shape: TableSchema) -> Iterator[tuple[Any, ...]]:
    """The rows of a table in the order of their numbers."""
    yield from connection.execute(f"SELECT {', '.join(shape.names)} FROM {shape.name} ORDER BY id")


def count_records(connection: Connection) -> dict[str, int]:
    """The number of records in each table that `init` leaves empty; tables without records are left out."""
    counts = {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in RECORDED
        if table not in REFERENCE
    }
    return {table: count for table, count in counts.items() if count}


def replace_all(change: Change, tables: Iterable[tuple[str, tuple[str, ...], Iterable[tuple[Any, ...]]]]) -> None:
    """Make each table, `(name, columns, rows)`, hold exactly these rows.

    A row that is there already with the same values stays untouched, so that the history says what really changed.
    Expects a change that keeps the search index itself.
    """
    connection = change.connection
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table, columns, given in tables:
        _replace(connection, table, columns, given)
    for statement in rename_indicators():  # an older export has the codes of its time
        connection.execute(statement)
    save.refresh_keys(connection)
    changes.index(connection, "TRUE")


def _replace(connection: Connection, table: str, columns: tuple[str, ...], given: Iterable[tuple[Any, ...]]) -> None:
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    connection.execute(f"CREATE TEMP TABLE incoming AS SELECT {names} FROM {table} LIMIT 0")
    connection.executemany(f"INSERT INTO temp.incoming ({names}) VALUES ({marks})", given)
    connection.execute(
        f"""
        DELETE FROM {table}
        WHERE id NOT IN (
            SELECT id FROM (SELECT {names} FROM {table} INTERSECT SELECT {names} FROM temp.incoming)
        )
        """
    )
    connection.execute(
        f"""
        INSERT INTO {table} ({names})
        SELECT {names} FROM temp.incoming WHERE id NOT IN (SELECT id FROM {table}) ORDER BY rowid
        """
    )
    connection.execute("DROP TABLE temp.incoming")


def find_dangling_reference(connection: Connection) -> tuple[str, int, str] | None:
    """A row that refers to one that is not there: its table, its number, the table that it refers to."""
    found: tuple[str, int, str, int] | None = connection.execute("PRAGMA foreign_key_check").fetchone()
    return found[:3] if found else None
