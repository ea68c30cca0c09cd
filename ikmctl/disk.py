"""Writing output files: all whole or none, never over the registry, never over another file unasked.

Errors of the operating system are translated into sentences for the officer.
"""

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ikmctl import errors
from ikmctl.language import N_, _

Agree = Callable[[str], bool]

_REASONS = {
    errno.EISDIR: N_("it is a folder"),
    errno.EIO: N_("the disk does not respond"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}
_READ_REASONS = {
    errno.ENOENT: N_("there is no such file"),
    errno.ENOTDIR: N_("there is no such file"),
    errno.EACCES: N_("you may not read it, or another program has it open"),
    errno.EPERM: N_("you may not read it, or another program has it open"),
}
_WRITE_REASONS = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EFBIG: N_("the disk is full"),
    errno.ENOENT: N_("its folder does not exist"),
    errno.ENOTDIR: N_("its folder does not exist"),
    errno.EROFS: N_("the disk is write-protected"),
    errno.EACCES: N_("you may not write there, or another program has it open"),
    errno.EPERM: N_("you may not write there, or another program has it open"),
}
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}


class OutputTarget(NamedTuple):
    """Where to write, and how to ask before a file is replaced."""

    path: Path
    registry: Path | None = None
    replace: bool = False
    agree: Agree | None = None
    #: Whether `path` is a folder that receives several files, each under its own name.
    folder: bool = False


def check_target(target: OutputTarget, paths: Iterable[Path]) -> OutputTarget:
    """The target with permission to replace what exists at these paths.

    Raises OutputRefused for what no result may be written to, OutputExists, Cancelled.
    """
    for path in paths:
        with _translate_errors(path):
            _refuse(path, target.registry)
        if os.path.lexists(path) and not target.replace:
            if target.agree is None:
                raise errors.OutputExists(file=path)
            if not target.agree(_("{file} already exists. Replace it?").format(file=path)):
                raise errors.Cancelled
            target = target._replace(replace=True)
    return target


def is_folder(path: Path) -> bool:
    """Whether there is a folder of this name. Raises OutputRefused for a name that the system cannot look up."""
    with _translate_errors(path):
        return path.is_dir()


def _refuse(path: Path, registry: Path | None) -> None:
    reason = ""
    if registry and is_registry(path, registry):
        reason = _("it is the registry itself")
    elif path.is_dir():
        reason = _("it is a folder")
    elif path.exists() and not path.is_file():
        reason = _("it is not a regular file")
    elif path.name.split(".")[0].strip().lower() in _RESERVED or path.name != path.name.rstrip(". "):
        reason = _("Windows cannot open a file with this name")
    elif not path.parent.is_dir():
        reason = _("its folder does not exist")
    if reason:
        raise errors.OutputRefused(file=path, reason=reason)


def is_registry(path: Path, registry: Path) -> bool:
    """Whether the path is the registry or a file that SQLite keeps beside it, also through links."""
    for ending in ("", "-journal", "-wal", "-shm", "-writer"):
        companion = Path(f"{registry}{ending}")
        if os.path.realpath(path) == os.path.realpath(companion):
            return True
        with suppress(OSError):
            if path.samefile(companion):
                return True
    return False


def make_folder(path: Path) -> None:
    """Make the folder if there is none. Raises OutputRefused."""
    with _translate_errors(path):
        path.mkdir(exist_ok=True)


#: Files that ikmctl writes beside their targets, before it moves them into place.
PART_PREFIX, PART_SUFFIX = ".ikmctl-", ".part"
#: Seconds after which such a file belongs to a run that was killed.
_STALE_AFTER = 3600


def sweep(folder: Path) -> None:
    """Delete what runs that were killed have left in the folder: it may contain personal data."""
    import shutil
    import time

    with suppress(OSError):
        for path in folder.glob(f"{PART_PREFIX}*{PART_SUFFIX}"):
            with suppress(OSError):
                if time.time() - path.lstat().st_mtime < _STALE_AFTER:
                    continue
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()


@contextmanager
def temporary_file(folder: Path) -> Iterator[Path]:
    """A new file in the folder, readable by its owner only; deleted at the end unless it was moved. Raises OSError."""
    import tempfile

    sweep(folder)
    handle, name = tempfile.mkstemp(dir=folder, prefix=PART_PREFIX, suffix=PART_SUFFIX)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        with suppress(OSError):
            Path(name).unlink()


def move_to_new_name(file: Path, names: Iterable[Path]) -> Path:
    """Move a complete file to the first of the names that is free, and return it. Nothing is replaced.

    The bytes are on the disk before the file has its name. Raises OSError, FileExistsError if no name is free.
    """
    with open(file, "rb+") as stream:
        os.fsync(stream.fileno())
    for name in names:
        if os.path.lexists(name):
            continue
        try:
            os.link(file, name)  # unlike a move it never replaces what another program put there meanwhile
        except FileExistsError:
            continue
        except OSError:
            file.rename(name)  # a file system without links, as on many sticks
        sync_folder(name.parent)
        return name
    raise FileExistsError(errno.EEXIST, "no name is free")


def copy_to_new_name(file: Path, names: Iterable[Path]) -> Path:
    """Give the bytes of a file a second name, the first of these that is free, and return it. Raises OSError."""
    import shutil

    for name in names:
        try:
            os.link(file, name)
            return name
        except FileExistsError:
            continue
        except OSError:  # a file system without links, as on many sticks
            with temporary_file(name.parent) as copy:
                shutil.copyfile(file, copy)
                return move_to_new_name(copy, [name])
    raise FileExistsError(errno.EEXIST, "no name is free")


def replace(file: Path, target: Path) -> None:
    """Move a complete file into the place of another, once its bytes are on the disk. Raises OSError."""
    with open(file, "rb+") as stream:
        os.fsync(stream.fileno())
    os.replace(file, target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Hand the names in a folder to the disk, where the system can."""
    with suppress(OSError):  # Windows opens no folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write(contents: Iterable[tuple[Path, Iterable[bytes]]]) -> None:
    """Write all files beside their targets first, then move them into place: all of them whole, or none.

    Raises OutputRefused.
    """
    import tempfile

    temporary: list[tuple[Path, Path]] = []
    try:
        for path, parts in contents:
            target = Path(os.path.realpath(path))  # a link stays a link
            with _translate_errors(path):
                sweep(target.parent)
                handle, name = tempfile.mkstemp(dir=target.parent, prefix=PART_PREFIX, suffix=PART_SUFFIX)
                temporary.append((Path(name), target))
                with os.fdopen(handle, "wb") as stream:
                    _fill(stream, parts)
        for file, target in temporary:
            with _translate_errors(target):
                os.replace(file, target)
        for folder in {target.parent for _file, target in temporary}:
            sync_folder(folder)
    finally:
        for file, _target in temporary:
            with suppress(OSError):
                file.unlink()


def _fill(stream: BinaryIO, parts: Iterable[bytes]) -> None:
    for part in parts:
        stream.write(part)
    stream.flush()
    os.fsync(stream.fileno())


@contextmanager
def _translate_errors(path: Path) -> Iterator[None]:
    """Turn an OSError into OutputRefused with a reason that the officer understands."""
    try:
        yield
    except OSError as error:
        raise errors.OutputRefused(file=path, reason=describe_write_error(error)) from error


def describe_write_error(error: OSError) -> str:
    """Why a file or folder cannot be written."""
    return _reason(error, _WRITE_REASONS)


def describe_read_error(error: OSError) -> str:
    """Why a file or folder cannot be read."""
    return _reason(error, _READ_REASONS)


def _reason(error: OSError, words: Mapping[int, str]) -> str:
    known = {**_REASONS, **words}.get(error.errno or 0)
    return _(known) if known else error.strerror or type(error).__name__
