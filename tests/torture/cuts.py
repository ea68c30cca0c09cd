"""A day's commands, and power cuts in between: what was reported as done is there, and the next command works."""

import random
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path, PurePosixPath

from tests.torture.power import Disk, Inode, Told, read_log
from tests.torture.scenes import DB, Stage, words
from tests.torture.server import Fault, Server
from tests.torture.state import digest

DAY = (
    'add-business "Sanjai Lina" --owner Lina --kelurahan Tiakar',
    "edit-business 1 --owner Warni --workers-total 8",
    "import-businesses more.csv --yes --on-duplicate update",
    "list-businesses --output list.csv --yes",
    "undo --yes",
    "add-event Bazar --kind pameran --starts-on 1/10/2021",
    "close-month 2021-10",
    "merge-businesses 1 2 --yes",
    "list-businesses --output list.csv --yes --columns name",
    "undo --yes",
    "delete-business 3 --with-attendance --yes",
    "export-indicators out.json 2021 --yes",
    'erase-person "Siti Rahma" --yes',
)
#: How often the next command is tried, too.
EVERY = 5


class Day:
    """The commands of a day on one registry, with all that they wrote; then power cuts at random moments of it."""

    def __init__(self, folder: Path, server: Server, commands: Sequence[str] = DAY, without: str = "") -> None:
        self.server = server
        self.start, self.run, self.room, self.left = (folder / name for name in ("start", "run", "room", "left"))
        for path in (self.run, self.room):
            path.mkdir()
        shutil.copytree(Stage(folder, server).base(), self.start)
        shutil.copytree(self.start, self.run, dirs_exist_ok=True)
        self.told = [self._do(command, folder / "log", without) for command in commands]

    def _do(self, command: str, log: Path, without: str) -> Told:
        before = digest(self.run / DB, self.room)
        ended = self.server.run(words(command), self.run, Fault(without=without), log)
        assert ended.status == 0, (command, ended.out, ended.err)
        return Told(command, list(read_log(log)), before, digest(self.run / DB, self.room))

    def problems(self, cuts: int, chance: random.Random) -> Iterator[str]:
        """What is wrong after each of many power cuts, spread over the day: a tenth of them when something was just done."""
        ends = list(accumulate(len(told.operations) + 1 for told in self.told))
        moments = sorted(
            chance.choice(ends) - 1 if cut % 10 == 0 else chance.randrange(ends[-1]) for cut in range(cuts)
        )
        disk, moment = self._disk(), 0
        for told in self.told:
            for number in range(len(told.operations) + 1):
                while moments and moments[0] == moment:
                    moments.pop(0)
                    if problem := self._cut(disk, told, number, chance):
                        yield f"{told.command}: power cut after operation {number} of {len(told.operations)}: {problem}"
                if number < len(told.operations):
                    disk.do(told.operations[number])
                moment += 1

    def _disk(self) -> Disk:
        disk = Disk.holding(self.start)
        disk.folder = self.run
        return disk

    def _cut(self, disk: Disk, told: Told, number: int, chance: random.Random) -> str:
        shutil.rmtree(self.left, ignore_errors=True)
        self.left.mkdir()
        disk.write_what_is_left(self.left, chance)
        is_done = number == len(told.operations)
        try:
            found = digest(self.left / DB, self.room)
            assert found in ((told.after,) if is_done else (told.before, told.after)), (
                "what was reported as done is lost" if found == told.before else "neither before nor after"
            )
            if is_done:
                self._assert_outputs(disk, told)
            if chance.randrange(EVERY) == 0:
                again = self.server.run(words("add-sentra Berikutnya"), self.left)
                assert again.status == 0, again.err
        except (AssertionError, sqlite3.Error) as error:
            return str(error) or type(error).__name__
        return ""

    def _assert_outputs(self, disk: Disk, told: Told) -> None:
        for name in ("list.csv", "out.json"):
            written = disk.names.get(PurePosixPath(name))
            if name in told.command and isinstance(written, Inode):
                held = self.left / name
                assert held.exists() and held.read_bytes() == written.after(written.since), f"{name} is lost"
