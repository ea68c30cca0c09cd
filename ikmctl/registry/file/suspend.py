"""Drop triggers and indexes during a bulk write."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from sqlite3 import Connection
from typing import Literal

#: What a bulk change maintains itself instead of the triggers: nothing; the search index; also the history of added
#: rows; all of these and the check of references.
BulkMode = Literal["nothing", "search", "search and added", "all"]

TRIGGERS: dict[BulkMode, tuple[str, ...]] = {
    "nothing": (),
    "search": ("business_search_*",),
    "search and added": ("business_search_*", "*_history_insert"),
    "all": ("business_search_*", "*_history_insert"),
}
#: Indexes in which the rows of a bulk write lie at random: sorting a whole one anew is faster than many single steps.
SCATTERED = ("business_name", "business_match", "business_sector_name", "activity_opened")


@contextmanager
def dropped(connection: Connection, kind: Literal["trigger", "index"], names: Sequence[str]) -> Iterator[None]:
    """Drop the triggers or indexes with these names (`*` matches any part), and create them again afterwards.

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
