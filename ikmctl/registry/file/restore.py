"""Going back to a backup: the whole of it or nothing; the file as it was is kept beside it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from ikmctl import disk, errors
from ikmctl.registry.file.backup import RESTORE, backup_names, copy_database, is_backup_of
from ikmctl.registry.file.connect import connect_read_only, new_file
from ikmctl.registry.file.database import Connection, Registry, update
from ikmctl.registry.file.sqlite_errors import translate_error

#: What SQLite keeps beside a database.
_COMPANIONS = ("-journal", "-wal", "-shm")


class Loss(NamedTuple):
    """What the registry has and a backup does not."""

    #: The numbers of the changes that would be lost, the latest first.
    changes: list[int]
    #: How many changes the backup has that the registry does not, as after an earlier restore.
    others: int
    #: The latest change of the registry.
    latest: int
    #: False for a backup of another registry.
    same_registry: bool


def find_loss(registry: Registry, backup: Path) -> Loss:
    """What would be lost by going back to a backup. Raises RegistryDamaged where either cannot be read."""
    query = "SELECT id, made_at, made_by, command FROM change ORDER BY id"
    with registry.read() as connection:
        present = connection.execute(query).fetchall()
        same_registry = is_backup_of(backup, connection)
    try:
        with closing(connect_read_only(backup)) as connection:
            held = connection.execute(query).fetchall()
    except sqlite3.Error as error:
        raise translate_error(error, backup) from error
    lost = sorted((number for number, *_rest in set(present) - set(held)), reverse=True)
    latest = present[-1][0] if present else 0
    return Loss(lost, len(set(held) - set(present)), latest, same_registry)


def require_sound(registry: Registry) -> None:
    """Raise RegistryDamaged if the pages of the file do not fit together."""
    with registry.read() as connection:
        [(found,)] = connection.execute("PRAGMA quick_check(1)").fetchall()
    if found != "ok":
        raise errors.RegistryDamaged(file=registry.path, reason=found)


class Prepared(NamedTuple):
    """A checked copy of a backup under a temporary name, and the number of the restore in its history."""

    file: Path
    connection: Connection
    change: int


@contextmanager
def prepared(backup: Path, registry: Path, detail: str) -> Iterator[Prepared]:
    """A copy of a backup beside the registry, checked, brought up to date, with the restore in its history.

    Raises RegistryDamaged if the backup is damaged, RegistryUnwritable.
    """
    try:
        registry.parent.mkdir(parents=True, exist_ok=True)
        with closing(_opened(backup)) as source, new_file(registry.parent) as (file, connection):
            copy_database(source, connection)
            [(found,)] = connection.execute("PRAGMA integrity_check(1)").fetchall()
            if found != "ok":
                raise errors.RegistryDamaged(file=backup, reason=found)
            copy = Registry(file, connection, [], [], is_new=True)
            update(copy)
            with copy.write("restore", detail, log_only=True) as change:
                number = change.number
            yield Prepared(file, connection, number)
    except OSError as error:
        raise errors.RegistryUnwritable(reason=disk.describe_write_error(error)) from error
    except sqlite3.Error as error:
        raise translate_error(error, registry) from error


def _opened(backup: Path) -> sqlite3.Connection:
    try:
        return connect_read_only(backup)
    except sqlite3.Error as error:
        raise translate_error(error, backup) from error


def replace_contents(registry: Registry, new: Prepared, latest: int) -> Path:
    """Give the registry the contents of the backup, in one transaction of SQLite; the path of the copy kept aside.

    The file is locked from the copy to the end, so that no change of another program is lost between them. Raises
    RestoreOutdated if the latest change is not the one that the officer saw, and the RegistryErrors.
    """
    connection = registry.connection
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    try:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")  # the lock stays
        if connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone() != (latest,):
            raise errors.RestoreOutdated
        aside = _copy_aside(connection, registry.path)
        try:
            new.connection.backup(connection)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        return aside
    except sqlite3.Error as error:
        raise translate_error(error, registry.path) from error
    finally:
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()  # only now is the lock released


def _copy_aside(connection: sqlite3.Connection, registry: Path) -> Path:
    with new_file(registry.parent) as (file, copy):
        connection.backup(copy)
        copy.close()
        return disk.move_to_new_name(file, backup_names(registry.parent, registry, RESTORE))


def replace_file(path: Path, new: Prepared) -> Path | None:
    """Put the backup in the place of a file that cannot be read, or of none; where that file is kept, byte by byte.

    What SQLite left beside the old file goes with it: it would be taken for a part of the new one.
    """
    new.connection.close()
    target = Path(os.path.realpath(path))  # a link stays a link
    aside = None
    if os.path.lexists(target):
        aside = disk.copy_to_new_name(target, backup_names(target.parent, target, RESTORE))
    for ending in _COMPANIONS:
        companion = target.with_name(target.name + ending)
        if os.path.lexists(companion):
            kept = aside or next(backup_names(target.parent, target, RESTORE))
            disk.copy_to_new_name(companion, [kept.with_name(kept.name + ending)])
            companion.unlink()
    disk.replace(new.file, target)
    return aside
