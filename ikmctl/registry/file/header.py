"""The header of a registry file, checked before SQLite opens the file."""

import os
import stat
from pathlib import Path

from ikmctl import errors
from ikmctl.language import _

#: SQLite's application_id of a registry: `IKM1` in ASCII.
APPLICATION_ID = 0x494B4D31

#: SQLite's user_version of a current file: the number of migrations in migrations.py.
VERSION = 12

_SQLITE = b"SQLite format 3\0"


def check_header(path: Path) -> None:
    """Look at the file without SQLite, which would follow links to devices, and write to another program's database.

    A file with a journal beside it may be newer only until SQLite has rolled back what was cut off: that is left to the
    caller. Raises RegistryMissing, NotARegistry, RegistryNewer.
    """
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        raise errors.RegistryMissing(file=path) from None
    except (OSError, ValueError) as error:
        raise errors.NotARegistry(file=path, reason=_("it cannot be examined")) from error
    if stat.S_ISDIR(status.st_mode):
        raise errors.NotARegistry(file=path, reason=_("it is a folder"))
    if not stat.S_ISREG(status.st_mode):
        raise errors.NotARegistry(file=path, reason=_("it is a device, not a file"))
    try:
        with open(path, "rb") as stream:
            header = stream.read(100)
    except OSError as error:
        raise errors.NotARegistry(file=path, reason=_("it cannot be read")) from error
    if not header:
        raise errors.NotARegistry(file=path, reason=_("it is empty"))
    if not header.startswith(_SQLITE):
        raise errors.NotARegistry(file=path, reason=_("it is another kind of file"))
    if len(header) < 100 or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise errors.NotARegistry(file=path, reason=_("it belongs to another program"))
    version = int.from_bytes(header[60:64], "big")
    if version > VERSION and not path.with_name(f"{path.name}-journal").exists():
        raise errors.RegistryNewer(file=path, found=version, known=VERSION)
