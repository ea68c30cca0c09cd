"""Translates errors of SQLite into errors of ikmctl."""

import sqlite3
from pathlib import Path

from ikmctl import errors
from ikmctl.language import N_, _
from ikmctl.registry.file.waiting import BUSY_SECONDS, describe_holder

_MEANINGS: dict[int, tuple[type[errors.RegistryError], str]] = {
    sqlite3.SQLITE_BUSY: (errors.RegistryBusy, ""),
    sqlite3.SQLITE_LOCKED: (errors.RegistryBusy, ""),
    sqlite3.SQLITE_READONLY: (errors.RegistryReadOnly, ""),
    sqlite3.SQLITE_PERM: (errors.RegistryReadOnly, ""),
    sqlite3.SQLITE_CANTOPEN: (errors.RegistryReadOnly, ""),
    sqlite3.SQLITE_CORRUPT: (errors.RegistryDamaged, N_("its contents are inconsistent")),
    sqlite3.SQLITE_NOTADB: (errors.RegistryDamaged, N_("it is cut off or overwritten")),
    sqlite3.SQLITE_FULL: (errors.RegistryUnwritable, N_("the disk is full")),
    sqlite3.SQLITE_IOERR: (errors.RegistryUnwritable, N_("the disk does not respond")),
}


def translate_error(error: sqlite3.Error, path: Path) -> errors.RegistryError:
    """The error of ikmctl for an error of SQLite."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _MEANINGS:
        kind, reason = _MEANINGS[code]
        holder = describe_holder(path) if kind is errors.RegistryBusy else ""
        return kind(file=path, reason=_(reason), seconds=f"{BUSY_SECONDS:g}", holder=holder)
    return errors.RegistryRefuses(reason=str(error))
