"""Waiting for the registry: who changes it now, and what those who wait are told.

Who changes it leaves a note beside the file until the change is done: an open change cannot be read from the file, and
other computers on a network share see nothing else of it. The next change replaces the note that a killed program left.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from ikmctl.language import _

T = TypeVar("T")
#: Tells the officer something while a command runs.
Tell = Callable[[str], None]

#: How long to wait for another program in all, and until the officer is told why.
BUSY_SECONDS = 10.0
QUIET_SECONDS = 1.0
_LONGEST_NOTE = 500


def note_path(path: Path) -> Path:
    """The note beside a registry."""
    return path.with_name(f"{path.name}-writer")


@contextmanager
def announced(path: Path, user: str, command: str) -> Iterator[None]:
    """Leave a note that this user changes the registry with this command; call it while the file is locked."""
    note, text = note_path(path), f"{os.getpid()}\n{command}\n{user}\n{datetime.now().strftime('%H:%M:%S')}\n"
    with suppress(OSError):  # the change is what matters
        note.unlink(missing_ok=True)
        with os.fdopen(os.open(note, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as stream:
            stream.write(text)
    try:
        yield
    finally:
        with suppress(OSError):
            if _read(note) == text:  # else the next change has left its own by now
                note.unlink()


def _read(note: Path) -> str:
    with open(note, encoding="utf-8", errors="replace") as stream:
        return stream.read(_LONGEST_NOTE)


def describe_holder(path: Path) -> str:
    """Who uses the registry now, as far as the note beside it says."""
    try:
        _process, command, user, since = _read(note_path(path)).splitlines()
    except (OSError, ValueError):
        return _("another program")
    return _("{user} ({command}, since {time})").format(user=user, command=command, time=since)


def patiently(connection: sqlite3.Connection, path: Path, work: Callable[[], T], tell: Tell | None) -> T:
    """The result of what may have to wait for another program; after a second the officer is told for whom.

    Raises sqlite3.Error.
    """
    if tell is None:
        return work()
    try:
        connection.execute(f"PRAGMA busy_timeout = {QUIET_SECONDS * 1000:.0f}")
        return work()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        holder = describe_holder(path)
        tell(_("Waiting until {file} is free. It is in use by {holder}.").format(file=path, holder=holder))
        connection.execute(f"PRAGMA busy_timeout = {(BUSY_SECONDS - QUIET_SECONDS) * 1000:.0f}")
        return work()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
