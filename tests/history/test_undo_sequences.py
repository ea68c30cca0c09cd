"""A random sequence of commands, undone one by one, ends where it began."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run, examples
from tests.records.registries import content

NAMES = ("Rendang Erna", "Tenun Saiyo", "Sanjai Nia", "Rajut Des", "Kelompok Fayari", "Galamai Yeni")
DAYS = ("2020-01-05", "2021-10-11", "2022-03-01", "2023-06-30")
NIBS = ("1234567890123", "1234567890124", "-")


class Office:
    """What the people of an office may type, drawn at random; most of it fits what the registry holds by then."""

    def __init__(self, seed: int, folder: Path, db: Path) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.db = db

    def pick(self, *values: str) -> str:
        return self.random.choice(values)

    def number(self, highest: int = 6) -> str:
        return str(self.random.randint(1, highest))

    def command(self) -> tuple[object, ...]:
        made: Callable[[], tuple[object, ...]] = self.random.choice(
            (self._add, self._add, self._edit, self._edit, self._activity, self._delete, self._event, self._participant,
             self._import, self._import, self._merge, self._set, self._month, self._undo, self._undo)
        )  # fmt: skip
        return made()

    def _add(self) -> tuple[object, ...]:
        if self.random.random() < 0.2:
            return "add-sentra", f"Sentra {self.number(99)}"
        more = ("--nib", self.pick(*NIBS[:2])) if self.random.random() < 0.5 else ("--sentra", self.number(2))
        group = ("--form", "group") if self.random.random() < 0.3 else ("--group", self.number(3))
        return (
            "add-business", f"{self.pick(*NAMES)} {self.number(99)}", *more, *self.pick_some(group),
            *self.pick_some(("--kbli", self.pick("10794", "13122"))), *self.pick_some(("--workers-male", "3")),
            "--registered-on", self.pick(*DAYS),
        )  # fmt: skip

    def pick_some(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return words if self.random.random() < 0.5 else ()

    def _edit(self) -> tuple[object, ...]:
        change = self.random.choice(
            (("--nib", self.pick(*NIBS)), ("--sentra", self.pick("1", "2", "-")), ("--group", self.pick("1", "2", "-")),
             ("--owner", self.pick("Des", "Lina", "-")), ("--name", self.pick(*NAMES)), ("--kbli", "14302"),
             ("--investment", "5 juta", "--data-year", self.pick("2021", "2022")))
        )  # fmt: skip
        return "edit-business", self.number(), *change

    def _activity(self) -> tuple[object, ...]:
        return self.pick("close-business", "reopen-business"), self.number(), "--on", self.pick(*DAYS)

    def _delete(self) -> tuple[object, ...]:
        kind = self.pick("business", "business", "sentra", "event")
        options = {"business": ("--with-attendance",), "sentra": ("--keep-members",), "event": ("--with-participants",)}
        return f"delete-{kind}", self.number(), *self.pick_some(options[kind])

    def _event(self) -> tuple[object, ...]:
        return "add-event", f"Bimtek {self.number(99)}", "--kind", "bimtek", "--starts-on", self.pick(*DAYS)

    def _participant(self) -> tuple[object, ...]:
        if self.random.random() < 0.5:
            return "add-participants", self.number(3), "--business", self.number()
        return "add-participants", self.number(3), "--person", self.pick("Rina", "Budi"), "--business", self.number()

    def _import(self) -> tuple[object, ...]:
        file = self.folder / f"{self.number(10**9)}.csv"
        rows = [
            f"{name},{self.pick('Des', 'Lina', '')},2021,{self.pick('3', '7', 'dua', 'tiga')},{self.pick('10794', '')}"
            for name in self.random.sample(NAMES, 3)
        ]
        file.write_text("\n".join(("Nama Usaha,Pemilik,Tahun Data,TK LK,KBLI", *rows)) + "\n", encoding="utf-8")
        return "import-businesses", file, "--on-duplicate", self.pick("update", "update", "new")

    def _merge(self) -> tuple[object, ...]:
        return self.pick("merge-businesses", "mark-different"), self.number(), self.number()

    def _set(self) -> tuple[object, ...]:
        return self.random.choice(
            (("set-target", "investment", "2026", self.pick("5 miliar", "7 miliar", "-")),
             ("alias", "sector", self.pick("Makanan", "Panganan"), self.pick("pangan", "sandang")),
             ("confirm-value", self.number(), "workers_male"), ("dismiss-pending", self.number(9)),
             ("mend-pending", self.number(9), "4"))
        )  # fmt: skip

    def _month(self) -> tuple[object, ...]:
        return self.pick("close-month", "reopen-month"), "2021-10"

    def _undo(self) -> tuple[object, ...]:
        with closing(sqlite3.connect(self.db)) as connection:
            (last,) = connection.execute("SELECT max(id) FROM change").fetchone()
        one = self.random.randint(max(1, last - 8), last)
        return self.random.choice(
            (("undo",), ("undo", one), ("undo", one, "--with-later"), ("undo", "--change", f"{one}..{one + 2}"))
        )


def outside(db: Path, chance: random.Random) -> None:
    """An edit by a program that knows nothing of ikmctl."""
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE business SET notes = ? WHERE id = ?", (chance.random(), chance.randint(1, 6)))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_random_sequence_undone_one_by_one_ends_where_it_began(
    ikmctl: Run, db: Path, tmp_path: Path, seed: int
) -> None:
    office = Office(seed, tmp_path, db)
    start = content(db)
    done = 0
    for _each in range(examples(200)):
        before = content(db)
        command = office.command()
        outcome = ikmctl(*command, "--yes")
        assert outcome.status in (0, 1, 2, 3, 4) and "Traceback" not in outcome.err, (command, outcome)
        if outcome.status:
            assert content(db) == before, command
        else:
            done += 1
        assert "constraint" not in outcome.err and "while you were asked" not in outcome.err, (command, outcome)
        if office.random.random() < 0.05:
            outside(db, office.random)
    assert done > examples(200) // 5
    while (outcome := ikmctl("undo", "--yes")).status == 0:
        assert "constraint" not in outcome.err
    assert outcome.status == 4, outcome
    assert content(db) == start
