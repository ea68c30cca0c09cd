"""One point: a command with one fault, and what was left. It must be the whole change or none, and said truthfully."""

import io
import os
import shutil
import sqlite3
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path

from tests.torture.scenes import DB, SCENES, Scene, Stage, words
from tests.torture.server import Ended, Fault, Server
from tests.torture.state import digest

HOUR = 3600


@dataclass(frozen=True)
class Left:
    """What a command has left: the contents of the registry, and the bytes of its other files."""

    contents: str
    files: Mapping[str, bytes]
    names: frozenset[str]


@dataclass
class Bench:
    """Where points are tried: a server, the folders before each scene, and what each command does when nothing fails."""

    folder: Path
    server: Server
    stage: Stage = field(init=False)
    whole: dict[str, tuple[Left, Left, int]] = field(default_factory=dict)
    #: The contents after the first change of a command that makes two.
    first: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stage = Stage(self.folder, self.server)
        self.run_folder, self.room = self.folder / "run", self.folder / "room"
        self.room.mkdir()

    def operations(self, name: str) -> int:
        """How many operations that write the command of a scene does."""
        return self._whole(name)[2]

    def problem(self, name: str, fault: Fault) -> str:
        """What is wrong after a command with this fault; empty if nothing is."""
        before, after, _operations = self._whole(name)
        ended = self._run(name, fault)
        try:
            if self._left(SCENES[name]).contents == self.first.get(name):
                before = replace(before, contents=self.first[name])  # the second change must be whole or not at all
            self._judge(SCENES[name], ended, fault, before, after)
        except (AssertionError, sqlite3.Error, zipfile.BadZipFile) as error:
            return f"{name}: {fault}: {error or type(error).__name__}\n{ended.out}{ended.err}"
        return ""

    def _whole(self, name: str) -> tuple[Left, Left, int]:
        """What there is before and after a command to which nothing happens, and how many operations it does."""
        if name not in self.whole:
            scene = SCENES[name]
            self._lay_out(name)
            before = self._left(scene)
            if scene.first:
                assert self.server.run(words(scene.first), self.run_folder).status == 0
                self.first[name] = self._left(scene).contents
                self._lay_out(name)
            ended = self.server.run(words(scene.command), self.run_folder)
            assert ended.status == 0, f"{name}: {ended.out}{ended.err}"
            self.whole[name] = before, self._left(scene), ended.done
        return self.whole[name]

    def _lay_out(self, name: str) -> None:
        shutil.rmtree(self.run_folder, ignore_errors=True)
        shutil.copytree(self.stage.before(name), self.run_folder)

    def _run(self, name: str, fault: Fault) -> Ended:
        self._lay_out(name)
        return self.server.run(words(SCENES[name].command), self.run_folder, fault)

    def _left(self, scene: Scene) -> Left:
        files = {
            name: _stable((self.run_folder / name).read_bytes())
            for name in scene.files
            if (self.run_folder / name).exists()
        }
        if scene.seal and scene.seal not in files:
            files = {}
        return Left(digest(self.run_folder / scene.registry, self.room), files, self._names())

    def _names(self) -> frozenset[str]:
        return frozenset(str(path.relative_to(self.run_folder)) for path in self.run_folder.rglob("*"))

    def _judge(self, scene: Scene, ended: Ended, fault: Fault, before: Left, after: Left) -> None:
        left = self._left(scene)
        assert left.contents in (before.contents, after.contents), "half of the change is saved"
        _assert_whole_files(scene, left, before, after)
        if fault.action in ("kill", "tear"):
            assert ended.status == -9, f"it ended with {ended.status}, not killed"
        else:
            _assert_truth(scene, ended, left, before, after)
        for name in self._backups(left.names - before.names):
            assert digest(self.run_folder / name, self.room), f"{name} is empty"
        self._assert_next_works(scene, left, before, after)

    def _swept(self) -> Left:
        """What is left an hour later by a command that writes a file here."""
        then = time.time() - 2 * HOUR
        for path in self.run_folder.rglob("*.part"):
            os.utime(path, (then, then), follow_symlinks=False)
        swept = self.server.run(words("list-sentra --output swept.csv --yes"), self.run_folder)
        assert swept.status == 0, swept.err
        (self.run_folder / "swept.csv").unlink()
        return self._left(Scene("list-sentra"))

    def _backups(self, names: frozenset[str]) -> list[str]:
        return [name for name in names if name.endswith((".backup", "backup.db"))]

    def _assert_next_works(self, scene: Scene, left: Left, before: Left, after: Left) -> None:
        """The command is given again, an hour later; it works as if nothing had been, and sweeps what was left over."""
        then = time.time() - 2 * HOUR
        for name in left.names - before.names:
            os.utime(self.run_folder / name, (then, then), follow_symlinks=False)
        nothing_done = left.contents == before.contents
        command = scene.command if nothing_done else "add-sentra Berikutnya"
        arguments = words(command)
        if not nothing_done and scene.registry != DB:
            arguments[1] = scene.registry
        if nothing_done and scene.files and "--yes" not in arguments:
            arguments.append("--yes")
        again = self.server.run(arguments, self.run_folder)
        assert again.status == 0, f"the next command failed: {again.out}{again.err}"
        left = self._left(scene)
        if nothing_done:
            assert left.contents == after.contents, "the command given again did something else"
            assert left.files == after.files or not scene.files, "the files of the command given again differ"
        if any(name.endswith(".part") for name in left.names):
            left = self._swept()
        strays = left.names - before.names - after.names
        strays -= {name for name in strays if scene.spare and fnmatch(name, scene.spare)} | set(self._backups(strays))
        assert not strays, f"left over: {', '.join(sorted(strays))}"


def _stable(data: bytes) -> bytes:
    """The bytes of a file without what tells when it was written. Raises AssertionError for half a file."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}
        return repr(parts).encode()
    if data.startswith(b"%PDF"):
        assert data.rstrip().endswith(b"%%EOF"), "half of a PDF is written"
        return b"PDF"
    return data


def _assert_whole_files(scene: Scene, left: Left, before: Left, after: Left) -> None:
    if scene.seal:
        assert left.files in ({}, before.files, after.files), "half of the files are written"
        return
    for name in scene.files:
        held = left.files.get(name)
        assert held in (before.files.get(name), after.files.get(name)), f"half of {name} is written"


def _assert_truth(scene: Scene, ended: Ended, left: Left, before: Left, after: Left) -> None:
    said = ended.out + ended.err
    assert "inside ikmctl" not in said and "Traceback" not in said, "an internal error"
    if ended.status == 0:
        assert left.contents == after.contents, "it is said to be done, and is not"
        assert left.files == after.files, "it is said to be written, and is not"
        return
    assert ended.status in ((5,) if scene.writes and not scene.files else (1, 5)), f"exit status {ended.status}"
    assert ended.err.strip(), "nothing is said"
    unknown = "It is not known whether" in ended.err
    if not unknown and "is saved" not in ended.err and "was saved" not in ended.err:
        assert left.contents == before.contents, "it is said to have failed, and is saved"
