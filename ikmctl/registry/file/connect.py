"""Connections to a registry file: how SQLite is set up, for a file that is there and for one that is being written."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ikmctl import disk
from ikmctl.registry.file.sqlite_errors import translate_error
from ikmctl.registry.file.waiting import BUSY_SECONDS, Tell, patiently

_PRAGMAS = (
    "page_size = 8192",  # of a new file: half as many pages to fetch and to put back as with the usual 4096
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "secure_delete = ON",
    "cell_size_check = ON",
    "mmap_size = 0",
)
#: For a file under a temporary name, of which nothing is kept if it is not completed: no journal beside it, and one
#: fsync at the end instead of one for each transaction.
_PRAGMAS_OF_NEW = ("journal_mode = MEMORY", "synchronous = OFF", "locking_mode = EXCLUSIVE")


def connect(path: Path, tell: Tell | None = None) -> sqlite3.Connection:
    """A connection that reads and writes the registry. A transaction that was cut off is rolled back by then.

    `tell` is called where it has to wait for another program. Raises the RegistryError for what SQLite finds.
    """
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        patiently(connection, path, lambda: _prepare(connection), tell)
    except sqlite3.Error as error:
        connection.close()
        raise translate_error(error, path) from error
    return connection


def connect_read_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot change the file, not even by rolling back a transaction that was cut off.

    Raises sqlite3.Error.
    """
    connection = sqlite3.connect(_address(path), uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        for pragma in ("query_only = ON", "cell_size_check = ON", "mmap_size = 0"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def new_file(folder: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """An empty database under a temporary name in the folder, readable by its owner only, and a connection to it.

    At the end the caller gives it a name (`disk.move_to_new_name`), or it is deleted. Raises OSError, sqlite3.Error.
    """
    with disk.temporary_file(folder) as path:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            for pragma in (*_PRAGMAS, *_PRAGMAS_OF_NEW):
                connection.execute(f"PRAGMA {pragma}")
            yield path, connection
        finally:
            connection.close()


def _prepare(connection: sqlite3.Connection) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def version(connection: sqlite3.Connection) -> int:
    """The version of the file, as SQLite reads it: after a transaction that was cut off has been rolled back."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _address(path: Path) -> str:
    """The path as the address that SQLite takes with options, also on another computer's share."""
    from urllib.parse import quote

    place = path.absolute().as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(place)}?mode=ro"
