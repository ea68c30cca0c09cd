"""A command that is killed, or whose writes fail, has done all that it says or nothing: some of the points of `make torture`."""

import errno
import random
from collections.abc import Iterator

import pytest

from tests.torture.points import Bench
from tests.torture.scenes import SCENES
from tests.torture.server import Fault, Server, room

#: Scenes that take too long here; `make torture` tries every point of all of them.
LONG = {"demo", "summary as PDF", "list as html", "erase-person", "convert-kbli"}


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with room() as folder, Server(folder / "server") as server:
        yield Bench(folder, server)


def some_points(bench: Bench, name: str) -> Iterator[Fault]:
    """A few points, the same in each run: among them the last operation, after which everything is saved."""
    operations = bench.operations(name)
    chance = random.Random(name)
    yield Fault(chance.choice(["kill", "tear"]), chance.randint(1, operations))
    yield Fault("fail", operations, chance.choice([errno.EIO, errno.ENOSPC]), for_ever=chance.random() < 0.5)


@pytest.mark.parametrize("name", sorted(SCENES.keys() - LONG))
def test_a_change_is_made_whole_or_not_at_all(bench: Bench, name: str) -> None:
    problems = [problem for fault in some_points(bench, name) if (problem := bench.problem(name, fault))]
    assert "\n".join(problems) == ""


def test_nothing_is_written_to_a_disk_that_is_write_protected(bench: Bench) -> None:
    for name in ("add-business", "list as csv"):
        assert bench.problem(name, Fault("fail", 1, errno.EROFS, for_ever=True)) == ""


def test_without_the_journal_half_a_change_is_found(bench: Bench) -> None:
    """The negative control: the same points fail where the promise is taken away."""
    operations = bench.operations("import-businesses")
    faults = [Fault("kill", number, without="journal_mode") for number in range(operations - 1, 1, -5)]
    assert any(bench.problem("import-businesses", fault) for fault in faults)


def test_a_command_that_updates_the_file_first_may_end_between_its_two_changes(bench: Bench) -> None:
    name = "migrate from 3 and add"
    operations = bench.operations(name)
    for number in range(operations - 30, operations + 1, 6):
        assert bench.problem(name, Fault("tear", number)) == ""
