"""Doing without triggers and indexes for a while, where a change does their work in sets."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from sqlite3 import Connection
from typing import Literal

BulkMode = Literal["nothing", "search", "search and added", "all"]
"""What a change does itself, in sets: the search index; the history of added rows too; references as well."""

TRIGGERS: dict[BulkMode, tuple[str, ...]] = {
    "nothing": (),
    "search": ("business_search_*",),
    "search and added": ("business_search_*", "*_history_insert"),
    "all": ("business_search_*", "*_history_insert"),
}


@contextmanager
def suspended(connection: Connection, kind: Literal["trigger", "index"], names: Sequence[str]) -> Iterator[None]:
    """Take the triggers or indexes of these names (`*` for any part) away, and put them back as they were.

    Both happen inside the change's transaction: no other program ever sees a registry without them, and a change that
    fails leaves them where they were.
    """
    found = [
        row
        for name in names
        for row in connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = ? AND name GLOB ?", (kind, name)
        )
    ]
    for name, _sql in found:
        connection.execute(f"DROP {kind} {name}")
    yield
    for _name, sql in found:
        connection.execute(sql)
