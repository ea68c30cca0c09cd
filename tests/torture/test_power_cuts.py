"""What was reported as done is there after a power cut, and no change is there by half: some of the cuts of `make torture`."""

import random

from tests.torture.cuts import Day
from tests.torture.server import Server, room

SHORT = (
    'add-business "Sanjai Lina" --owner Lina --kelurahan Tiakar',
    "edit-business 1 --owner Warni --workers-total 8",
    "undo --yes",
    "list-businesses --output list.csv --yes",
)


def test_a_power_cut_takes_back_nothing_that_was_done() -> None:
    with room() as folder, Server(folder / "server") as server:
        day = Day(folder, server, SHORT)
        assert list(day.problems(40, random.Random(1))) == []


def test_without_syncing_a_power_cut_is_noticed() -> None:
    """The negative control."""
    with room() as folder, Server(folder / "server") as server:
        day = Day(folder, server, SHORT[:2], without="synchronous")
        assert any(day.problems(20, random.Random(1)))
