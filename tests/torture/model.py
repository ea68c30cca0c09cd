"""Random sequences of commands, and a model of a few lines of Python that says what must be in the registry after each."""

import json
import random
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path
from typing import Any

MONTH = "2021-10"
COMMANDS = 12


@dataclass(frozen=True)
class Business:
    """What the model knows of a business; days are those of October 2021, a closing day of 0 means that it is open."""

    owner: str
    workers: int
    opened: int
    closed: int = 0


State = dict[int, Business]


@dataclass
class Model:
    """The businesses by number, and what there was before each change that stands."""

    state: State = field(default_factory=dict)
    before: list[State] = field(default_factory=list)
    #: The last change if it was an undo: what it took back, and the number by which it can be undone itself.
    undone: tuple[State, State] | None = None
    last: int = 0
    count: int = 1  # init

    def change(self, after: State) -> None:
        """Make a change."""
        self.before.append(self.state)
        self.state, self.undone = after, None

    def undo(self) -> None:
        """Take the latest change that stands back."""
        self.undone = self.state, self.before.pop()
        self.state = self.undone[1]

    def redo(self) -> None:
        """Take the undo back that was the latest change."""
        assert self.undone
        self.change(self.undone[0])

    def figures(self) -> dict[str, int]:
        """The movement of the month: all businesses of the model are registered in it."""
        closed = sum(1 for each in self.state.values() if each.closed)
        return {"opening": 0, "registered": len(self.state), "closed": closed, "closing": len(self.state) - closed}


def problem_of_sequence(empty: Path, db: Path, chance: random.Random) -> str:
    """What differs between the registry and the model after one of the commands; empty if nothing does."""
    shutil.copyfile(empty, db)
    model, given = Model(), list[str]()
    for _command in range(COMMANDS):
        words = _choose(model, chance)
        given.append(" ".join(words))
        model.count += 1
        status, said = _run(db, *words)
        if status:
            return f"{given}: exit status {status}: {said}"
        if (found := _held(db)) != model.state:
            return f"{given}: {found}, not {model.state}"
    figures = _figures(db)
    return "" if figures == model.figures() else f"{given}: {figures}, not {model.figures()}"


def _choose(model: Model, chance: random.Random) -> list[str]:
    """Make a change in the model that is possible now; the command that does the same."""
    open_ones = [number for number, each in model.state.items() if not each.closed]
    possible = [
        "add",
        "add",
        *(["edit", "delete", "close"] if open_ones else []),
        *(["undo"] * 2 if model.before else []),
    ]
    what = chance.choice([*possible, *(["redo"] * 2 if model.undone else [])])
    if what == "undo":
        model.undo()
        return ["undo", "--yes"]
    if what == "redo":
        model.redo()
        return ["undo", str(model.count), "--yes"]
    if what == "add":
        model.last += 1  # a number is never given twice, even if its business is gone
        new = Business(f"Pemilik {chance.randrange(10**6)}", chance.randrange(20), chance.randint(1, 9))
        model.change(model.state | {model.last: new})
        return [
            "add-business", f"Usaha {chance.randrange(10**9)}", "--owner", new.owner, "--workers-total",
            str(new.workers), "--registered-on", f"{new.opened}/10/2021", "--yes",
        ]  # fmt: skip
    number = chance.choice(open_ones)
    if what == "delete":
        model.change({other: each for other, each in model.state.items() if other != number})
        return ["delete-business", str(number), "--yes"]
    if what == "edit":
        owner = f"Pemilik {chance.randrange(10**6)}"
        model.change(model.state | {number: replace(model.state[number], owner=owner)})
        return ["edit-business", str(number), "--owner", owner]
    day = chance.randint(10, 31)
    model.change(model.state | {number: replace(model.state[number], closed=day)})
    return ["close-business", str(number), "--on", f"{day}/10/2021"]


def _held(db: Path) -> State:
    columns = "number,owner,workers_total,registered_on,closed_on"
    rows = json.loads(
        _run(db, "list-businesses", "--status", "all", "--limit", "0", "--format", "json", "--columns", columns)[1]
    )
    return {
        row["number"]: Business(row["owner"], row["workers_total"], _day(row["registered_on"]), _day(row["closed_on"]))
        for row in rows
    }


def _day(date: Any) -> int:
    return int(date[-2:]) if date else 0


def _figures(db: Path) -> dict[str, int]:
    report = json.loads(_run(db, "summary", MONTH, "--only", "movement", "--format", "json")[1])
    rows = report["blocks"]["movement"]["rows"]
    return {name: sum(row[name] for row in rows) for name in ("opening", "registered", "closed", "closing")}


def _run(db: Path, *words: str) -> tuple[int, str]:
    from ikmctl import main

    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main.run(["--db", str(db), "--lang", "en", *words])
    return status, out.getvalue() or err.getvalue()
