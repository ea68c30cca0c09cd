"""What a registry holds, so that two can be compared, and whether it is sound."""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

#: Times at which something was done, which differ from one run to the next.
TIMES = {"made_at", "closed_at", "stored_at"}


def digest(path: Path, room: Path) -> str:
    """A short text for all that a registry holds but times; empty if there is none. Raises AssertionError if it is damaged.

    It is read from a copy in the folder `room`: to read it may mean to roll a journal back, which is left to ikmctl.
    """
    if not path.exists():
        return ""
    copy = room / path.name
    for ending in ("", "-journal"):
        beside, goal = path.with_name(path.name + ending), copy.with_name(copy.name + ending)
        goal.unlink(missing_ok=True)
        if beside.exists():
            shutil.copyfile(beside, goal)
    with closing(sqlite3.connect(copy)) as connection:
        check(connection)
        return contents(connection)


def check(connection: sqlite3.Connection) -> None:
    """Raise AssertionError where the file is damaged, a reference leads nowhere or the search index is out of step."""
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "integrity_check"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == [], "foreign_key_check"
    assert connection.execute("SELECT count(*) FROM change WHERE is_open = 1").fetchone() == (0,), "an open change"
    connection.execute("INSERT INTO business_search (business_search, rank) VALUES ('integrity-check', 1)")
    connection.rollback()


def contents(connection: sqlite3.Connection) -> str:
    """A short text for the schema and all rows."""
    found = hashlib.sha256()
    schema = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    found.update(repr(schema).encode())
    for kind, name, _sql in schema:
        if kind != "table" or name.startswith(("sqlite_stat", "business_search", "_sqlite_migrations")):
            continue
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})") if row[1] not in TIMES]
        rows = connection.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY 1").fetchall()
        found.update(repr((name, rows)).encode())
    return found.hexdigest()[:16]
