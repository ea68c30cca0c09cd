"""Backups of the registry: copies made by SQLite while the registry is in use, checked before they get their name."""

import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from ikmctl import disk, errors
from ikmctl.language import _
from ikmctl.registry.file.connect import connect_read_only, new_file, version
from ikmctl.registry.file.header import check_header
from ikmctl.registry.file.sqlite_errors import translate_error

#: The settings of the registry that say how many automatic backups stay, and where they are.
KEEP, FOLDER = "backups_keep", "backups_folder"
DEFAULT_KEEP = 10
ENDING = ".backup.db"
#: What stands in place of a command in the name of a backup before the file is brought up to date.
UPDATE = "update"
#: And in that of the file that a restore replaced; it is never deleted by itself.
RESTORE = "restore"


@dataclass(frozen=True)
class Policy:
    """How many automatic backups stay, and in which folder; 0 for none at all."""

    keep: int
    folder: Path


@dataclass(frozen=True)
class Backup:
    """A file that its name says is a backup: when it was made (local time), and before which command if by itself."""

    path: Path
    made_at: str
    command: str | None
    #: When it was written, in nanoseconds: the order of those of one minute.
    written: int

    @property
    def order(self) -> tuple[str, int]:
        """A later backup has a larger one."""
        return self.made_at, self.written


@dataclass(frozen=True)
class Contents:
    """What a backup holds."""

    version: int
    businesses: int
    changes: int
    #: The number of the latest change, and when it was made (UTC).
    last_change: int
    last_change_at: str


def policy(connection: sqlite3.Connection, registry: Path) -> Policy:
    """What the office has set, else ten beside the registry."""
    rows = connection.execute("SELECT name, value FROM setting WHERE name IN (?, ?)", (KEEP, FOLDER))
    return read_policy(dict(rows), registry)


def read_policy(settings: Mapping[str, str], registry: Path) -> Policy:
    """The policy that these settings of a registry say."""
    keep = settings.get(KEEP, "")
    folder = settings.get(FOLDER)
    return Policy(
        int(keep) if keep.isdecimal() else DEFAULT_KEEP, Path(folder) if folder else registry.absolute().parent
    )


def find_backups(folder: Path, registry: Path) -> list[Backup]:
    """The backups of a registry of this name in a folder, the latest first. Raises OSError."""
    name = re.compile(
        rf"{re.escape(registry.stem)}-(\d{{4}}-\d\d-\d\d)-(\d\d)(\d\d)(?:-before-([a-z-]+?))?(?:-\d+)?{re.escape(ENDING)}"
    )
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if (parts := name.fullmatch(entry.name)) and entry.is_file():
                day, hour, minute, command = parts.groups()
                found.append(Backup(Path(entry.path), f"{day} {hour}:{minute}", command, entry.stat().st_mtime_ns))
    return sorted(found, key=lambda each: each.order, reverse=True)


def backup_names(folder: Path, registry: Path, command: str | None) -> Iterator[Path]:
    """The names that a backup made now may have, the best first."""
    start = f"{registry.stem}-{datetime.now().strftime('%Y-%m-%d-%H%M')}" + (f"-before-{command}" if command else "")
    yield folder / f"{start}{ENDING}"
    yield from (folder / f"{start}-{number}{ENDING}" for number in count(2))


def make_backup(registry: Path, folder: Path, command: str | None = None) -> Path:
    """A copy of the registry as it is saved, in the folder, under a name that was free; its path.

    The copy is opened and checked before it gets its name: shortly before a `command`, else in full.

    Raises BackupFailed, RegistryDamaged if the registry itself is.
    """
    if not folder.is_dir():
        raise errors.BackupFailed(folder=folder, reason=_("there is no such folder"))
    try:
        with closing(connect_read_only(registry)) as connection, new_file(folder) as (file, copy):
            copy_database(connection, copy)
            _check(copy, connection, registry, thorough=command is None)
            copy.close()
            return disk.move_to_new_name(file, backup_names(folder, registry, command))
    except OSError as error:
        raise errors.BackupFailed(folder=folder, reason=disk.describe_write_error(error)) from error
    except sqlite3.Error as error:
        failed = translate_error(error, registry)
        if isinstance(failed, errors.RegistryDamaged | errors.RegistryBusy):
            raise failed from error
        raise errors.BackupFailed(folder=folder, reason=failed.facts["reason"]) from error


def copy_database(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a whole database as it is at one moment. Raises sqlite3.Error, also where the source stays locked."""
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # or `backup` would wait for ever
        source.backup(target)
    finally:
        source.execute("ROLLBACK")


def _check(copy: sqlite3.Connection, original: sqlite3.Connection, registry: Path, *, thorough: bool) -> None:
    """Raise RegistryDamaged if the copy is damaged as the registry is, BackupFailed if the copy alone is."""
    pragma = f"PRAGMA {'integrity_check' if thorough else 'quick_check'}(1)"
    [(found,)] = copy.execute(pragma).fetchall()
    if found == "ok":
        return
    [(in_registry,)] = original.execute(pragma).fetchall()
    if in_registry == "ok":
        raise errors.BackupFailed(folder=registry.parent, reason=_("what was written cannot be read again"))
    raise errors.RegistryDamaged(file=registry, reason=in_registry)


class AutomaticBackup:
    """The backup before one change: made under its lock, so that it holds exactly what was there before."""

    def __init__(self, connection: sqlite3.Connection, registry: Path, command: str, cautions: list[str]) -> None:
        self._connection, self._registry, self._command, self._cautions = connection, registry, command, cautions
        self.made: Path | None = None

    def make(self) -> None:
        """Make it in the office's folder, or else beside the registry. Raises BackupFailed, RegistryDamaged."""
        wanted = policy(self._connection, self._registry)
        if not wanted.keep and self._command != UPDATE:
            return
        beside = self._registry.absolute().parent
        try:
            self.made = make_backup(self._registry, wanted.folder, self._command)
        except errors.BackupFailed as error:
            if wanted.folder == beside:
                raise self._refusal(error) from error
            message = _(
                "The backup before this change is beside the registry: {folder} cannot be used, because {reason}."
            )
            self._cautions.append(message.format(folder=wanted.folder, reason=error.facts["reason"]))
            try:
                self.made = make_backup(self._registry, beside, self._command)
            except errors.BackupFailed as also:
                raise self._refusal(also) from also

    def _refusal(self, error: errors.BackupFailed) -> errors.BackupFailed:
        """The error with the way out; an older file cannot be changed before it is brought up to date."""
        return error if self._command == UPDATE else errors.AutomaticBackupFailed(**error.facts)

    def discard(self) -> None:
        """Delete it: nothing was changed."""
        if self.made:
            with suppress(OSError):
                self.made.unlink()
        self.made = None

    def prune(self) -> None:
        """Delete the oldest automatic backups of this registry beyond those that the office keeps."""
        if not self.made:
            return
        keep = max(1, policy(self._connection, self._registry).keep)
        with suppress(OSError):
            found = find_backups(self.made.parent, self._registry)
            automatic = [each for each in found if each.command not in (None, RESTORE)]
            others = [each.path for each in automatic if each.path != self.made]
            for path in others[keep - 1 :]:
                if is_backup_of(path, self._connection):
                    path.unlink()


@contextmanager
def before(
    connection: sqlite3.Connection, registry: Path, command: str, cautions: list[str]
) -> Iterator[AutomaticBackup]:
    """The backup before a change. It stays if the change is made, and older ones go; else it is deleted."""
    backup = AutomaticBackup(connection, registry, command, cautions)
    try:
        yield backup
    except errors.CommitUnknown:
        raise  # perhaps it is all that is left of what was there before
    except BaseException:
        backup.discard()
        raise
    backup.prune()


_FIRST_CHANGE = "SELECT made_at, made_by, command, detail FROM change ORDER BY id LIMIT 1"


def is_backup_of(path: Path, registry: sqlite3.Connection) -> bool:
    """Whether a file holds a state of this registry, and not another office's: both began alike."""
    try:
        with closing(connect_read_only(path)) as connection:
            return bool(connection.execute(_FIRST_CHANGE).fetchone() == registry.execute(_FIRST_CHANGE).fetchone())
    except sqlite3.Error:
        return False


def read_contents(path: Path) -> Contents:
    """What a backup holds, without changing it. Raises RegistryMissing, NotARegistry, RegistryDamaged and the like."""
    check_header(path)
    try:
        with closing(connect_read_only(path)) as connection:
            (businesses,) = connection.execute("SELECT count(*) FROM business").fetchone()
            changes, last, made_at = connection.execute("SELECT count(*), max(id), max(made_at) FROM change").fetchone()
            return Contents(version(connection), businesses, changes, last or 0, made_at or "")
    except sqlite3.Error as error:
        raise translate_error(error, path) from error


def same_drive(one: Path, other: Path) -> bool | None:
    """Whether two folders are on one drive; None where the system does not say, or one is not there."""
    try:
        devices = [os.stat(path).st_dev for path in (one, other)]
    except OSError:
        return None
    return devices[0] == devices[1] if all(devices) else None
