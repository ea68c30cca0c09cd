"""The backups that officers asked for, as the history names them: also those on a drive that is not connected now."""

from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.registry.file.database import Registry

COMMAND = "backup"
#: Where a backup is: on another drive than the registry, on the same, or on one of which the system does not say it.
ELSEWHERE, HERE, UNKNOWN = "elsewhere", "here", "unknown"


class LoggedBackup(NamedTuple):
    """A backup in the history. It holds every change before `number`."""

    number: int
    made_at: str
    drive: str
    path: str


def log_backup(registry: Registry, drive: str, path: str) -> None:
    """Write into the history that a backup was made."""
    with registry.write(COMMAND, f"{drive} {path}", log_only=True):
        pass


def logged_backups(connection: Connection) -> list[LoggedBackup]:
    """The backups in the history, the latest first."""
    rows = connection.execute(
        "SELECT id, made_at, detail FROM change WHERE command = ? ORDER BY id DESC", (COMMAND,)
    ).fetchall()
    return [LoggedBackup(number, made_at, *detail.split(" ", 1)) for number, made_at, detail in rows]


class Unsaved(NamedTuple):
    """Changes that no backup on another drive holds: how many, and when the first was made (UTC)."""

    changes: int
    since: str | None


def changes_after(connection: Connection, number: int) -> Unsaved:
    """The changes after this one that touched a row."""
    found = connection.execute(
        """
        SELECT count(*), min(made_at) FROM change
        WHERE id > ? AND EXISTS (SELECT 1 FROM change_row WHERE change_id = change.id)
        """,
        (number,),
    ).fetchone()
    return Unsaved(*found)
