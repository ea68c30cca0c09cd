"""A folder of files written beside its goal and moved into place: a reader finds the whole of it or none."""

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


def check(goal: Path, registry: Path, *, replace: bool) -> None:
    """Refuse a goal that cannot take a folder of files. Raises FolderRefused, FolderNotEmpty."""
    if not os.path.lexists(goal):
        return
    if not goal.is_dir():
        raise errors.FolderRefused(folder=goal, reason=_("there is a file of that name"))
    try:
        there = sorted(each.name for each in goal.iterdir())
    except OSError as error:
        raise errors.FolderRefused(folder=goal, reason=disk.describe_write_error(error)) from error
    if there and not replace:
        raise errors.FolderNotEmpty(folder=goal, found=", ".join(there[:3]) + ("…" if len(there) > 3 else ""))
    for name in there:
        if name.endswith((".csv", ".json")):
            _refuse_in_the_way(goal, name, registry)


def _refuse_in_the_way(goal: Path, name: str, registry: Path) -> None:
    """Nothing may stand where a file of ours may go that cannot be replaced, or must not be."""
    file = goal / name
    if file.is_dir():
        raise errors.FolderRefused(folder=goal, reason=_("{file} in it is a folder").format(file=name))
    if disk.is_registry(file, registry):
        raise errors.FolderRefused(folder=goal, reason=_("{file} in it is the registry itself").format(file=name))


def fill(goal: Path, write: Callable[[Path], Any], *, private: bool) -> list[str]:
    """Have `write` fill a new folder, put its datapackage.json with it, and move all to the goal; what was left there.

    `write` gives the content of datapackage.json. Where the goal is there already, the files of an earlier package in
    it are taken away and everything else is left. Raises FolderRefused.
    """
    beside: Path | None = None
    try:
        within = goal if goal.is_dir() else goal.absolute().parent
        beside = within / f".ikmctl-{secrets.token_hex(4)}.part"
        beside.mkdir(mode=0o700 if private else 0o777)
        content = json.dumps(write(beside), ensure_ascii=False, indent=2) + "\n"
        with open(beside / DESCRIPTOR, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        for each in beside.iterdir() if private else ():
            each.chmod(0o600)
        if within is not goal:
            beside.rename(goal)
            return []
        return _move_in(beside, goal)
    except OSError as error:
        raise errors.FolderRefused(folder=goal, reason=disk.describe_write_error(error)) from error
    finally:
        if beside is not None and beside.is_dir():
            shutil.rmtree(beside, ignore_errors=True)


def _move_in(beside: Path, goal: Path) -> list[str]:
    """File by file, datapackage.json last: while it is missing there is no package."""
    earlier = _files_of(goal / DESCRIPTOR)
    (goal / DESCRIPTOR).unlink(missing_ok=True)
    for name in earlier:
        (goal / name).unlink(missing_ok=True)
    names = sorted(each.name for each in beside.iterdir() if each.name != DESCRIPTOR)
    for name in (*names, DESCRIPTOR):
        os.replace(beside / name, goal / name)
    beside.rmdir()
    return sorted({each.name for each in goal.iterdir()} - {*names, DESCRIPTOR})


def _files_of(descriptor: Path) -> Sequence[str]:
    """The files of an earlier package of ours: an export without personal data must not leave them lying beside it."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        found = json.loads(descriptor.read_text(encoding="utf-8"))
        if "ikmctl" in found:
            names = [each["path"] for each in found["resources"]]
            return [name for name in names if Path(name).name == name and name.endswith(".csv")]
    return ()
