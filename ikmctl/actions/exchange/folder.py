"""Writes a folder of files beside its target and moves it into place, so that readers find all files or none."""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ikmctl import disk, errors
from ikmctl.actions.exchange.data_package import DESCRIPTOR
from ikmctl.language import _


def check(target: Path, registry: Path, *, replace: bool) -> None:
    """Check that a folder can be written at the target. Raises FolderRefused, FolderNotEmpty."""
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise errors.FolderRefused(folder=target, reason=_("a file with that name exists"))
    try:
        existing = sorted(path.name for path in target.iterdir())
    except OSError as error:
        raise errors.FolderRefused(folder=target, reason=disk.describe_write_error(error)) from error
    if existing and not replace:
        raise errors.FolderNotEmpty(folder=target, found=", ".join(existing[:3]) + ("…" if len(existing) > 3 else ""))
    for name in existing:
        if name.endswith((".csv", ".json")):
            _refuse_in_the_way(target, name, registry)


def _refuse_in_the_way(target: Path, name: str, registry: Path) -> None:
    """Refuse a name in the folder that cannot be replaced (a folder), or must not be (the registry)."""
    file = target / name
    if file.is_dir():
        raise errors.FolderRefused(folder=target, reason=_("it contains a folder named {file}").format(file=name))
    if disk.is_registry(file, registry):
        raise errors.FolderRefused(folder=target, reason=_("its file {file} is the registry itself").format(file=name))


def fill(target: Path, write: Callable[[Path], Any], *, private: bool) -> list[str]:
    """Let `write` fill a new folder, add datapackage.json, and move all to the target; returns the other files there.

    `write` returns the content of datapackage.json. If the target exists, the files of an earlier package in it are
    deleted, and all other files stay. Raises FolderRefused.
    """
    temporary: Path | None = None
    try:
        parent = target if target.is_dir() else target.absolute().parent
        disk.sweep(parent)
        temporary = parent / f"{disk.PART_PREFIX}{secrets.token_hex(4)}{disk.PART_SUFFIX}"
        temporary.mkdir(mode=0o700 if private else 0o777)
        content = json.dumps(write(temporary), ensure_ascii=False, indent=2) + "\n"
        with open(temporary / DESCRIPTOR, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        for path in temporary.iterdir() if private else ():
            path.chmod(0o600)
        if parent is not target:
            temporary.rename(target)
            return []
        return _move_in(temporary, target)
    except OSError as error:
        raise errors.FolderRefused(folder=target, reason=disk.describe_write_error(error)) from error
    finally:
        if temporary is not None and temporary.is_dir():
            shutil.rmtree(temporary, ignore_errors=True)


def _move_in(temporary: Path, target: Path) -> list[str]:
    """Move file by file, datapackage.json last: without it there is no package."""
    earlier = _files_of(target / DESCRIPTOR)
    (target / DESCRIPTOR).unlink(missing_ok=True)
    for name in earlier:
        (target / name).unlink(missing_ok=True)
    names = sorted(path.name for path in temporary.iterdir() if path.name != DESCRIPTOR)
    for name in (*names, DESCRIPTOR):
        os.replace(temporary / name, target / name)
    temporary.rmdir()
    return sorted({path.name for path in target.iterdir()} - {*names, DESCRIPTOR})


def _files_of(descriptor: Path) -> Sequence[str]:
    """The files of an earlier package of ikmctl, which may contain personal data and must not stay in the folder."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        package = json.loads(descriptor.read_text(encoding="utf-8"))
        if "ikmctl" in package:
            names = [resource["path"] for resource in package["resources"]]
            return [name for name in names if Path(name).name == name and name.endswith(".csv")]
    return ()
