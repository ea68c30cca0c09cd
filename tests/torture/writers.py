"""Many programs that add, edit, import and undo in one registry at the same time, and what must be there afterwards.

This module is also the program of one of them: it gives commands for some seconds and prints those that were done.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from tests.torture.server import ROOT
from tests.torture.state import check

#: A command may wait ten seconds for the others; its own work takes less than a minute on any machine.
LONGEST = 70
#: The exit status of a command for which the registry was not free.
BUSY = 5
ROWS = 20


@dataclass(frozen=True)
class Told:
    """What one program was told: names that it added, the last owner that it gave each, and how the commands ended."""

    added: list[str]
    owners: dict[str, str]
    statuses: dict[str, int]
    longest: float


def write_at_once(folder: Path, db: Path, programs: int, seconds: float) -> tuple[list[Told], list[str]]:
    """Let programs write to a registry at once. What each was told, and what is wrong."""
    environment = {**os.environ, "IKMCTL_LANG": "en"}
    running = []
    for number in range(programs):
        place = folder / f"writer-{number}"
        place.mkdir()
        running.append(
            subprocess.Popen(
                [sys.executable, "-m", "tests.torture.writers", str(db), str(number), str(seconds), str(place)],
                stdout=subprocess.PIPE, cwd=ROOT, env=environment | {"IKMCTL_USER": f"officer-{number}"},
            )
        )  # fmt: skip
    told = [Told(**json.loads(program.communicate()[0])) for program in running]
    return told, list(_problems(db, told))


def _problems(db: Path, told: list[Told]) -> list[str]:
    with closing(sqlite3.connect(db)) as connection:
        check(connection)
        owners = dict(connection.execute("SELECT name, owner FROM business"))
        (count,) = connection.execute("SELECT count(*) FROM business").fetchone()
        (changes,) = connection.execute("SELECT count(*) FROM change WHERE command <> 'init'").fetchone()
    added = [name for each in told for name in each.added]
    problems = [f"lost: {name}" for name in added if name not in owners]
    problems += [f"not added: {name}" for name in owners.keys() - set(added)]
    problems += [f"twice: {count} records of {len(owners)} names"] if count != len(owners) else []
    for each in told:
        problems += [f"lost: owner of {name}" for name, owner in each.owners.items() if owners.get(name) != owner]
        problems += [f"ended with {status}" for status in each.statuses if status.rpartition(" ")[2] not in ("0", "5")]
        problems += [f"waited {each.longest:.0f} s"] if each.longest > LONGEST else []
    done = sum(number for each in told for status, number in each.statuses.items() if status.endswith(" 0"))
    return problems + ([f"{changes} changes of {done} commands"] if changes != done else [])


def _program(db: str, number: str, seconds: float) -> Told:
    chance = random.Random(number)
    added: list[str] = []
    owners: dict[str, str] = {}
    statuses: Counter[str] = Counter()
    longest = 0.0
    end = time.monotonic() + seconds
    for turn in range(1_000_000):
        begun = time.monotonic()
        if begun > end:
            break
        what = chance.choice(("add", "edit", "import")) if added else "add"
        name = f"Usaha n{number}t{turn}"  # letters, as signs do not tell names apart
        if what == "add":
            status = _run(db, "add-business", name, "--owner", name)
            added += [name] if status == 0 else []
        elif what == "edit":
            name = chance.choice(added)
            status = _run(db, "edit-business", name, "--owner", f"Pemilik {turn}")
            owners |= {name: f"Pemilik {turn}"} if status == 0 else {}
        else:
            names = [f"{name}r{row}" for row in range(ROWS)]
            Path("many.csv").write_text(
                "Nama Usaha,Nama Pemilik\n" + "".join(f"{each},{each}\n" for each in names), encoding="utf-8"
            )
            status = _run(db, "import-businesses", "many.csv", "--yes")
            added += names if status == 0 else []
        statuses[f"{what} {status}"] += 1
        longest = max(longest, time.monotonic() - begun)
    return Told(added, owners, dict(statuses), longest)


def _run(db: str, *arguments: str) -> int:
    from ikmctl import main

    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = main.run(["--db", db, *arguments])
    if "while you looked at the plan" in said.getvalue():
        return BUSY  # planned again and again, and always too late: nothing was imported, and that was said
    if status not in (0, BUSY):
        sys.stderr.write(said.getvalue())
    return status


if __name__ == "__main__":
    os.chdir(sys.argv[4])
    print(json.dumps(_program(sys.argv[1], sys.argv[2], float(sys.argv[3])).__dict__))
