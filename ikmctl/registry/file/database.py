"""Creating and opening the registry file; reading it, and the one way of writing it."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from datetime import datetime, timezone
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from ikmctl import errors
from ikmctl.registry.file.header import APPLICATION_ID, VERSION, read_version
from ikmctl.registry.file.sqlite_errors import translate_error
from ikmctl.registry.file.suspend import TRIGGERS, BulkMode, dropped
from ikmctl.registry.file.waiting import BUSY_SECONDS, Tell, announced, patiently

#: The type of a connection, for layers that do not import sqlite3.
Connection = sqlite3.Connection

#: SQLite's page cache; a negative value counts KiB. A bulk change needs the inner pages of every index in memory.
USUAL_CACHE, BULK_CACHE = -2_000, -16_000
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


class Change(NamedTuple):
    """The change being made: an open transaction and the change's number."""

    connection: sqlite3.Connection
    number: int


class _ClosedChange(NamedTuple):
    """The row of `change` as it is saved."""

    id: int
    made_at: str
    made_by: str
    command: str
    detail: str | None
    is_open: int


class Registry(NamedTuple):
    """An open registry file."""

    path: Path
    connection: sqlite3.Connection
    #: The numbers of the changes that were saved over this connection.
    saved: list[int]
    #: Tells the officer that, and for whom, a change has to wait.
    tell: Tell | None = None

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that cannot write. All queries see the registry at one moment: that of an open transaction."""
        if self.connection.in_transaction:
            yield self.connection
            return
        with self._speaking():
            self.connection.execute("PRAGMA query_only = ON")
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                self.connection.execute("ROLLBACK")
                self.connection.execute("PRAGMA query_only = OFF")

    @contextmanager
    def write(
        self,
        command: str,
        detail: str | None = None,
        *,
        keeps: BulkMode = "nothing",
        undoes: Sequence[int] = (),
        log_only: bool = False,
    ) -> Iterator[Change]:
        """One change: all that is done inside, or nothing. A change that touches no row leaves no trace.

        `keeps` is what the caller promises to write itself, in sets. `log_only` keeps a change without rows.
        """
        cache = USUAL_CACHE if keeps == "nothing" else BULK_CACHE
        self.connection.execute(f"PRAGMA cache_size = {cache}")
        self.connection.execute(f"PRAGMA foreign_keys = {'OFF' if keeps == 'all' else 'ON'}")
        try:
            now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
            about = (now, current_user(), command, detail)
            closed: _ClosedChange | None = None
            with self._transaction(lambda: closed is not None and _is_saved(self.path, closed), command):
                number = self._open_change(about, undoes)
                with dropped(self.connection, "trigger", TRIGGERS[keeps]):
                    yield Change(self.connection, number)
                closed = self._close_change(number, log_only)
            if closed:
                self.saved.append(number)
        finally:
            self.connection.execute("PRAGMA foreign_keys = ON")

    @contextmanager
    def derive(self) -> Iterator[Connection]:
        """A transaction for derived columns and temporary tables, which are not in the history."""
        with self._transaction(lambda: False):
            yield self.connection

    @contextmanager
    def _transaction(self, is_saved: Callable[[], bool], command: str = "") -> Iterator[None]:
        """All that is done inside, or nothing; `is_saved` looks in the file after a COMMIT that failed."""
        with self._speaking():
            patiently(self.connection, self.path, lambda: self.connection.execute("BEGIN IMMEDIATE"), self.tell)
            with announced(self.path, current_user(), command) if command else nullcontext():
                try:
                    yield
                except BaseException:
                    if self.connection.in_transaction:
                        self.connection.execute("ROLLBACK")
                    raise
                if self.connection.in_transaction:
                    self._commit(is_saved)

    def _open_change(self, about: tuple[str, str, str, str | None], undoes: Sequence[int]) -> int:
        cursor = self.connection.execute(
            "INSERT INTO change (made_at, made_by, command, detail, is_open) VALUES (?, ?, ?, ?, 1)", about
        )
        number = int(cursor.lastrowid or 0)
        for undone in undoes:
            self.connection.execute("INSERT INTO undone_change (change_id, undone_id) VALUES (?, ?)", (number, undone))
        return number

    def _close_change(self, number: int, log_only: bool) -> "_ClosedChange | None":
        """Close the change, or take it back where it touched nothing; what will be saved of it."""
        touched = self.connection.execute("SELECT 1 FROM change_row WHERE change_id = ? LIMIT 1", (number,)).fetchone()
        if not touched and not log_only:
            self.connection.execute("ROLLBACK")
            return None
        [closed] = self.connection.execute(
            f"UPDATE change SET is_open = 0 WHERE id = ? RETURNING {', '.join(_ClosedChange._fields)}", (number,)
        ).fetchall()
        return _ClosedChange(*closed)

    def _commit(self, is_saved: Callable[[], bool]) -> None:
        """Commit. Raises sqlite3.Error where nothing was saved, CommitUnknown where nobody can tell.

        After an error SQLite may have saved the change all the same, or rolled it back by itself.
        """
        try:
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):  # a transaction may be open although it was saved: only the file knows
                self.connection.execute("ROLLBACK")
            try:
                saved = is_saved()
            except (errors.RegistryError, sqlite3.Error):
                raise errors.CommitUnknown(file=self.path) from error
            if not saved:
                raise

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise translate_error(error, self.path) from error

    def setting(self, name: str) -> str | None:
        """One of the registry's settings."""
        with self.read() as connection:
            found = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def compact(self) -> None:
        """Write the file anew without its free pages, in which deleted values may still be read.

        Raises RegistryBusy, RegistryUnwritable and the other RegistryErrors.
        """
        with self._speaking():
            self.connection.execute("VACUUM")

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


def _is_saved(path: Path, change: _ClosedChange) -> bool:
    """Whether the file holds this change, read over a new connection.

    The number alone would not tell: after a rollback another program may have taken it.
    """
    with closing(_connect(path)) as connection:
        found = connection.execute(
            f"SELECT {', '.join(_ClosedChange._fields)} FROM change WHERE id = ?", (change.id,)
        ).fetchone()
    return found is not None and _ClosedChange(*found) == change


_LONGEST_USER = 100


def current_user() -> str:
    """The name written into the history: IKMCTL_USER, else the system's user; at most 100 characters of text."""
    import getpass

    try:
        name = os.environ.get("IKMCTL_USER") or getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
    visible = "".join(sign if sign.isprintable() else "?" for sign in name)
    return visible.strip()[:_LONGEST_USER] or "?"


def open_registry(path: Path, tell: Tell | None = None) -> Registry:
    """The registry at `path`, brought up to date; looks at the file before it connects.

    `tell` is called where the officer has to wait for another program.

    Raises RegistryMissing, NotARegistry, RegistryNewer, RegistryBusy, RegistryDamaged.
    """
    version = read_version(path)
    registry = Registry(path, _connect(path, tell), [], tell)
    with registry._speaking():
        if version < VERSION:
            _update(registry, version)
    return registry


def open_to_read(path: Path) -> Registry:
    """Somebody else's registry, opened so that nothing in it can change: not even by bringing it up to date.

    Raises RegistryMissing, NotARegistry, RegistryNewer, RegistryOlder, RegistryUnfinished, RegistryDamaged.
    """
    version = read_version(path)
    if version < VERSION:
        raise errors.RegistryOlder(file=path, found=version, known=VERSION)
    connection = sqlite3.connect(_read_only(path), uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        for pragma in ("query_only = ON", "cell_size_check = ON", "mmap_size = 0"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise errors.RegistryUnfinished(file=path) from error  # rolling its journal back would write to the file
        raise translate_error(error, path) from error
    return Registry(path, connection, [])


def _read_only(path: Path) -> str:
    """The path as the address that SQLite takes with options, also on another computer's share."""
    from urllib.parse import quote

    place = path.absolute().as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(place)}?mode=ro"


def create(path: Path) -> Registry:
    """A new, empty registry at `path`, readable by its owner only. Raises RegistryExists, RegistryUnwritable."""
    if os.path.lexists(path):
        raise errors.RegistryExists(file=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        from ikmctl import disk

        raise errors.RegistryUnwritable(reason=disk.describe_write_error(error)) from error
    registry = Registry(path, _connect(path), [])
    try:
        with registry._speaking():
            _migrate(registry.connection)
    except BaseException:
        registry.close()
        remove(path)
        raise
    return registry


def remove(path: Path) -> None:
    """Delete a registry that could not be completed, with its journal."""
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _connect(path: Path, tell: Tell | None = None) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        patiently(connection, path, lambda: _prepare(connection), tell)
    except sqlite3.Error as error:
        connection.close()
        raise translate_error(error, path) from error
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _update(registry: Registry, version: int) -> None:
    """Bring an older file up to date, after a copy of it was laid beside it; earlier copies stay."""
    name = f"{registry.path.name}.version-{version}"
    names = chain((f"{name}.backup",), (f"{name}.{number}.backup" for number in count(2)))
    copy = next(place for name in names if not os.path.lexists(place := registry.path.with_name(name)))
    os.close(
        os.open(copy, os.O_CREAT | os.O_RDWR, 0o600)
    )  # the copy is as private as the registry: readable by its owner only
    try:
        with closing(sqlite3.connect(copy)) as target:
            registry.connection.backup(target)
        _migrate(registry.connection)
    except BaseException:
        copy.unlink(missing_ok=True)  # the registry is as it was
        raise


def _migrate(connection: sqlite3.Connection) -> None:
    from ikmctl.registry.file import migrations

    # A table is made anew by taking the old one away, which must not take away what refers to its rows.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        _migrate_at_once(connection, migrations.migrate)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _migrate_at_once(connection: sqlite3.Connection, migrate: Callable[[sqlite3.Connection], None]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrate(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
