"""Creating and opening the registry file; reading it, and the one way of writing it."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ikmctl import disk, errors
from ikmctl.registry.file.connect import connect, connect_read_only, new_file, version
from ikmctl.registry.file.header import APPLICATION_ID, VERSION, check_header
from ikmctl.registry.file.sqlite_errors import translate_error
from ikmctl.registry.file.suspend import TRIGGERS, BulkMode, dropped
from ikmctl.registry.file.waiting import Tell, announced, patiently

if TYPE_CHECKING:
    from ikmctl.registry.file.backup import AutomaticBackup

#: The type of a connection, for layers that do not import sqlite3.
Connection = sqlite3.Connection

#: SQLite's page cache; a negative value counts KiB. A bulk change needs the inner pages of every index in memory.
USUAL_CACHE, BULK_CACHE = -2_000, -16_000


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
    #: What the officer must be told beside the result of the command.
    cautions: list[str]
    #: Tells the officer that, and for whom, a change has to wait.
    tell: Tell | None = None
    #: Whether the file is still being made: there is nothing yet to back up, and nobody else to wait for.
    is_new: bool = False

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
        backs_up: bool = False,
    ) -> Iterator[Change]:
        """One change: all that is done inside, or nothing. A change that touches no row leaves no trace.

        `keeps` is what the caller promises to write itself, in sets. `log_only` keeps a change without rows. `backs_up`
        makes a backup of the registry as it is before the change; raises BackupFailed.
        """
        cache = USUAL_CACHE if keeps == "nothing" else BULK_CACHE
        self.connection.execute(f"PRAGMA cache_size = {cache}")
        self.connection.execute(f"PRAGMA foreign_keys = {'OFF' if keeps == 'all' else 'ON'}")
        try:
            now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
            about = (now, current_user(), command, detail)
            closed: _ClosedChange | None = None
            copying = self._backup_before(command) if backs_up else nullcontext()
            with (
                copying as copy,
                self._transaction(lambda: closed is not None and _is_saved(self.path, closed), command),
            ):
                if copy:
                    copy.make()
                number = self._open_change(about, undoes)
                with dropped(self.connection, "trigger", TRIGGERS[keeps]):
                    yield Change(self.connection, number)
                closed = self._close_change(number, log_only)
                if copy and not closed:
                    copy.discard()
            if closed:
                self.saved.append(number)
        finally:
            self.connection.execute("PRAGMA foreign_keys = ON")

    @contextmanager
    def derive(self, is_saved: Callable[[], bool] = lambda: False) -> Iterator[Connection]:
        """A transaction, or a part of one, for what is not in the history: derived columns, a stage, a migration.

        `is_saved` looks in the file after a COMMIT that failed.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        with self._transaction(is_saved):
            yield self.connection

    def _backup_before(self, command: str) -> "AbstractContextManager[AutomaticBackup | None]":
        if self.is_new:
            return nullcontext()
        from ikmctl.registry.file import backup  # only the commands that make one load it

        return backup.before(self.connection, self.path, command, self.cautions)

    @contextmanager
    def _transaction(self, is_saved: Callable[[], bool], command: str = "") -> Iterator[None]:
        """All that is done inside, or nothing; `is_saved` looks in the file after a COMMIT that failed."""
        with self._speaking():
            patiently(self.connection, self.path, lambda: self.connection.execute("BEGIN IMMEDIATE"), self.tell)
            with announced(self.path, current_user(), command) if command and not self.is_new else nullcontext():
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
    with closing(connect(path)) as connection:
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
    check_header(path)
    registry = Registry(path, connect(path, tell), [], [], tell)
    try:
        with registry._speaking():
            found = version(registry.connection)
            if found > VERSION:
                raise errors.RegistryNewer(file=path, found=found, known=VERSION)
            if found < VERSION:
                update(registry)
    except BaseException:
        registry.close()
        raise
    return registry


def open_to_read(path: Path) -> Registry:
    """Somebody else's registry, opened so that nothing in it can change: not even by bringing it up to date.

    Raises RegistryMissing, NotARegistry, RegistryNewer, RegistryOlder, RegistryUnfinished, RegistryDamaged.
    """
    check_header(path)
    try:
        connection = connect_read_only(path)
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise errors.RegistryUnfinished(file=path) from error  # rolling its journal back would write to the file
        raise translate_error(error, path) from error
    if (found := version(connection)) != VERSION:
        connection.close()
        wrong = errors.RegistryOlder if found < VERSION else errors.RegistryNewer
        raise wrong(file=path, found=found, known=VERSION)
    return Registry(path, connection, [], [])


@contextmanager
def creating(path: Path) -> Iterator[Registry]:
    """A new, empty registry for the caller to fill. Only at the end is there a file at `path`: the whole registry.

    Raises RegistryExists, RegistryUnwritable.
    """
    if os.path.lexists(path):
        raise errors.RegistryExists(file=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new_file(path.parent) as (file, connection):
            registry = Registry(file, connection, [], [], is_new=True)
            with _without_references(connection), registry.derive():
                _migrate(connection)
            yield registry
            registry.close()
            disk.move_to_new_name(file, [path])
    except FileExistsError:
        raise errors.RegistryExists(file=path) from None
    except OSError as error:
        raise errors.RegistryUnwritable(reason=disk.describe_write_error(error)) from error


def update(registry: Registry) -> None:
    """Bring an older file up to date, after a backup; where that fails, the file is as it was and no backup stays."""
    connection = registry.connection

    def is_saved() -> bool:
        with closing(connect(registry.path)) as other:
            return version(other) == VERSION

    with registry._backup_before("update") as copy, _without_references(connection), registry.derive(is_saved):
        if version(connection) < VERSION:  # else another program was faster
            if copy:
                copy.make()
            _migrate(connection)


@contextmanager
def _without_references(connection: sqlite3.Connection) -> Iterator[None]:
    """A table is made anew by taking the old one away, which must not take away what refers to its rows."""
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _migrate(connection: sqlite3.Connection) -> None:
    from ikmctl.registry.file import migrations

    migrations.migrate(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
