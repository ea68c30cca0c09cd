"""`make torture`: faults, power cuts, writers, sequences and faulty files in their full numbers, and docs/reliability.md.

python -m tests.torture               all of it, for hours
python -m tests.torture --share 0.01  a hundredth of each number
"""

import argparse
import errno
import os
import platform
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ikmctl.registry.file.database import open_registry
from tests.torture import fuzz, model
from tests.torture.cuts import Day
from tests.torture.points import Bench
from tests.torture.scenes import SCENES
from tests.torture.server import ROOT, Fault, Server, room
from tests.torture.writers import write_at_once

PAGE = ROOT / "docs" / "reliability.md"


class Result(NamedTuple):
    """What was tried, how often, and what was wrong."""

    what: str
    method: str
    times: str
    seconds: float
    problems: list[str]


def faults(server: Server, folder: Path, share: float) -> Result:
    """Commands that are killed, torn or refused at one of their writes."""
    bench, chance = Bench(folder, server), random.Random(1)
    points = [(name, fault) for name in SCENES for fault in _every_fault(bench, name, chance)]
    chosen = chance.sample(points, max(1, min(len(points), round(3_000 * share))))
    problems = [problem for name, fault in sorted(chosen, key=str) if (problem := bench.problem(name, fault))]
    return Result(
        "Faults in what a command writes",
        f"{len(SCENES)} commands; the n-th write, sync, truncation, new, moved or deleted name is the last thing that "
        "happens, happens by half, or fails (EIO, ENOSPC; once or from then on)",
        f"{len(chosen):,} of {len(points):,} points",
        0,
        problems,
    )


def _every_fault(bench: Bench, name: str, chance: random.Random) -> Iterator[Fault]:
    for number in range(1, bench.operations(name) + 1):
        yield Fault("kill", number)
        yield Fault("tear", number)
        yield Fault("fail", number, chance.choice([errno.EIO, errno.ENOSPC]), for_ever=chance.random() < 0.5)


def power_cuts(server: Server, folder: Path, share: float) -> Result:
    """A day of commands with power cuts at random moments."""
    day, cuts = Day(folder, server), max(1, round(2_000 * share))
    return Result(
        "Power cuts",
        f"{len(day.told)} commands in a row; of what was not synced, the disk keeps nothing, everything, some of it in "
        "any order, or torn sectors",
        f"{cuts:,} cuts",
        0,
        list(day.problems(cuts, random.Random(2))),
    )


def controls(server: Server, folder: Path, share: float) -> Result:
    """The same with a promise taken away, which must be noticed."""
    (folder / "cuts").mkdir()
    noticed = list(Day(folder / "cuts", server, without="synchronous").problems(100, random.Random(3)))
    (folder / "faults").mkdir()
    bench = Bench(folder / "faults", server)
    points = range(2, bench.operations("import-businesses"), 5)
    half = [bench.problem("import-businesses", Fault("kill", n, without="journal_mode")) for n in points]
    found = [each for each in half if each]
    return Result(
        "Negative controls",
        "the same cuts without syncing, the same faults without a journal: the number that is noticed must not be 0",
        f"{len(noticed)} of 100 cuts, {len(found)} of {len(points)} faults noticed",
        0,
        ([] if noticed else ["lost syncs are not noticed"]) + ([] if found else ["a lost journal is not noticed"]),
    )


def writers(server: Server, folder: Path, share: float) -> Result:
    """Eight programs that add, edit and import at once."""
    db, seconds = _new(server, folder), max(5.0, 60 * min(1, 10 * share))
    told, problems = write_at_once(folder, db, 8, seconds)
    done = sum(number for each in told for status, number in each.statuses.items() if status.endswith(" 0"))
    longest = max(each.longest for each in told)
    return Result(
        "Many at once",
        "8 programs add, edit and import in one registry; each remembers what it was told",
        f"8 × {seconds:.0f} s: {done:,} commands done, the longest took {longest:.0f} s",
        0,
        problems,
    )


def sequences(server: Server, folder: Path, share: float) -> Result:
    """Random sequences of commands against a model in Python."""
    db, count = _new(server, folder), max(1, round(1_000 * share))
    found = (model.problem_of_sequence(db, folder / "run.db", random.Random(n)) for n in range(count))
    return Result(
        "Sequences against a model",
        f"{model.COMMANDS} random commands (add, edit, close, delete, undo, redo); after each the records, at the end the "
        "figures of the month",
        f"{count:,} sequences",
        0,
        [problem for problem in found if problem],
    )


def files(server: Server, folder: Path, share: float) -> Result:
    """Imports of mutated spreadsheets."""
    count = max(1, round(100_000 * share))
    with closing(open_registry(_new(server, folder))) as registry:
        problems = list(fuzz.problems(registry, folder, count, random.Random(4)))
    return Result(
        "Faulty files", "CSV, xlsx, ods and xls of offices with some bytes changed", f"{count:,} files", 0, problems
    )


def _new(server: Server, folder: Path) -> Path:
    server.run(["--db", "registry.db", "init", "--city", "13.76", "--office", "Disnakerin"], folder)
    return folder / "registry.db"


ALL: tuple[Callable[[Server, Path, float], Result], ...] = (faults, power_cuts, controls, writers, sequences, files)


def page(results: list[Result], share: float) -> str:
    """The page with what was tried and found."""
    rows = "".join(
        f"| {each.what} | {each.method} | {each.times} | {len(each.problems)} | {each.seconds:,.0f} s |\n"
        for each in results
    )
    return f"""# Reliability

<!-- Written by `make torture`. -->

What happens to a registry when a command is killed, a disk fails, the power goes, or eight programs write at once. `make
torture` tries it in full; this page is of a run with `--share {share:g}` of the full numbers. `make test` runs a short form
on Linux, with gcc.

After each fault the registry must pass SQLite's `integrity_check` and `foreign_key_check`, its search index must be in step,
and its contents must be those before the command or those after it, as the command said. The next command must work, and
leave no file behind.

| what | how | how often | wrong | time |
|---|---|---|---|---|
{rows}
Run on {date.today()} with {os.cpu_count()} processors, {platform.system()} {platform.release()}, Python
{platform.python_version()}, SQLite {sqlite3.sqlite_version}.

## How it works

- `tests/torture/faults.c` is loaded before the C library and counts what a process writes under one folder. At the n-th
  operation it kills the process, tears the write, or refuses it.
- `tests/torture/server.py` has loaded the program once and forks for each run, which costs some 50 ms instead of 300.
- `tests/torture/power.py` makes from the logged operations what a disk would hold: for certain only what was synced.
- `tests/torture/scenes.py` lists the commands. A new command that writes gets a line there.
"""


def main() -> int:
    """Run all, write the page; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="the share of the full numbers")
    parser.add_argument("--only", nargs="*", default=[each.__name__ for each in ALL])
    arguments = parser.parse_args()
    results = []
    with room() as folder, Server(folder / "server") as server:
        for number, work in enumerate(each for each in ALL if each.__name__ in arguments.only):
            begun = time.monotonic()
            (place := folder / str(number)).mkdir()
            result = work(server, place, arguments.share)._replace(seconds=time.monotonic() - begun)
            results.append(result)
            print(
                f"{result.what}: {result.times}: {len(result.problems)} wrong",
                *result.problems[:20],
                sep="\n  ",
                flush=True,
            )
    if len(results) == len(ALL):
        PAGE.write_text(page(results, arguments.share), encoding="utf-8", newline="\n")
    return int(any(result.problems for result in results))


if __name__ == "__main__":
    sys.exit(main())
