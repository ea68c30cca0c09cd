"""A private copy of a source file, so that all reads see the same bytes, and the options for reading it."""

import hashlib
import io
import os
import stat
import sys
import tempfile
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from ikmctl import disk
from ikmctl.errors import FileRefused
from ikmctl.language import _

LARGEST_FILE = 2 * 10**9
#: A file with more bytes is copied to an anonymous temporary file instead of memory.
IN_MEMORY = 32 * 2**20
#: A function that tells how well the first rows of a table fit a known header row.
Score = Callable[[Sequence[Sequence[str]]], int]


@dataclass(frozen=True)
class ReadOptions:
    """How to read a file; None for what is to be detected."""

    encoding: str | None = None
    delimiter: str | None = None
    #: The name of a sheet, or `all`.
    sheet: str | None = None
    header_row: int | None = None
    skip_rows: int = 0


@dataclass(frozen=True)
class Copy:
    """The bytes of a file at one moment. The stream is closed when the copy is no longer used."""

    name: str
    stream: BinaryIO
    digest: str
    size: int

    def __post_init__(self) -> None:
        weakref.finalize(self, self.stream.close)

    def start(self, count: int) -> bytes:
        """The first `count` bytes."""
        self.stream.seek(0)
        return self.stream.read(count)


def copy_of(path: str, standard_input: Callable[[], bytes]) -> Copy:
    """A copy of a file, or of standard input for `-`. Raises FileRefused."""
    name = path if path != "-" else _("standard input")
    stream_copy: BinaryIO = io.BytesIO()
    digest = hashlib.sha256()
    size = 0
    if path == "-":
        data = standard_input()
        stream_copy.write(data)
        digest.update(data)
        size = len(data)
    else:
        with _opened(path, name) as stream:
            if os.fstat(stream.fileno()).st_size > IN_MEMORY:
                stream_copy = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - closed with the copy
            while block := stream.read(1 << 20):
                stream_copy.write(block)
                digest.update(block)
                size += len(block)
    if not size:
        raise FileRefused(file=name, reason=_("it is empty"), advice=_("Save the spreadsheet again and import that."))
    return Copy(name, stream_copy, digest.hexdigest(), size)


def _opened(path: str, name: str) -> BinaryIO:
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise FileRefused(file=name, reason=_("it is a folder"), advice=_("Name the file inside it."))
        if not stat.S_ISREG(status.st_mode):
            raise FileRefused(file=name, reason=_("it is a device, not a file"), advice=_("Name a CSV file."))
        if status.st_size > LARGEST_FILE:
            raise FileRefused(file=name, reason=_("it is too large"), advice=_("Split it into several files."))
        return Path(path).open("rb")
    except (FileNotFoundError, ValueError):  # ValueError: the name contains a NUL character
        raise FileRefused(file=name, reason=_("there is no such file"), advice=_("Check the name.")) from None
    except OSError as error:
        advice = _("Close it elsewhere and try again.")
        raise FileRefused(file=name, reason=disk.describe_read_error(error), advice=advice) from error


def standard_input() -> bytes:
    """All bytes of standard input. Raises FileRefused if nothing is piped in."""
    if sys.stdin is None or sys.stdin.closed or sys.stdin.isatty():
        raise FileRefused(
            file=_("standard input"), reason=_("nothing is piped in"), advice=_("Name a file, or pipe one in.")
        )
    return sys.stdin.buffer.read()
