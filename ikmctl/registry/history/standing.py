"""Which changes stand, and which have been undone."""

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection
from typing import NamedTuple

#: Commands that create a registry. Their changes cannot be undone: there is no earlier state.
KEPT = ("init", "demo")


class Undoing(NamedTuple):
    """A change that undid others and still stands: together they leave the registry as it was before all of them."""

    number: int
    #: The earliest of the changes that it undid.
    first: int


def undoings(connection: Connection, without: Collection[int] = ()) -> dict[int, Undoing]:
    """Change → the undoing that it is part of, as the one that undid or as one that was undone.

    The undoings of the changes in `without` count as if they had not been made.
    """
    found: dict[int, Undoing] = {}
    pairs = connection.execute("SELECT change_id, undone_id FROM undone_change ORDER BY change_id DESC")
    for number, group in groupby(pairs, itemgetter(0)):
        undone = [each for _number, each in group]
        if number not in found and number not in without:
            undoing = Undoing(number, min(undone))
            found |= dict.fromkeys((number, *undone), undoing)
    return found


def _candidates(connection: Connection, first: int, last: int) -> Iterator[int]:
    """The changes in this range of numbers that touched a row and can be undone, the latest first."""
    rows = connection.execute(
        f"""
        SELECT id FROM change
        WHERE id BETWEEN ? AND ? AND command NOT IN ({", ".join("?" * len(KEPT))})
            AND EXISTS (SELECT 1 FROM change_row WHERE change_id = change.id)
        ORDER BY id DESC
        """,
        (first, last, *KEPT),
    )
    return (number for (number,) in rows)


def latest_standing(connection: Connection) -> int | None:
    """The latest change that stands and undoes nothing; None if there is none."""
    part_of = undoings(connection)
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()
    return next((number for number in _candidates(connection, 1, last) if number not in part_of), None)


def standing_between(connection: Connection, first: int, last: int) -> list[int]:
    """The changes whose undoing leads back to the state before `first`, of those up to `last`; the latest first.

    An undoing and what it undid are left out if all of them are in the range. So is a change that was undone.
    """
    part_of = undoings(connection)
    return [
        number
        for number in _candidates(connection, first, last)
        if number not in part_of or (part_of[number].number == number and part_of[number].first < first)
    ]


def later_changes_stand(connection: Connection, changes: Collection[int]) -> bool:
    """Whether a change stands that is later than the first of these and not among them."""
    part_of, last, named = undoings(connection, without=changes), max(changes), set(changes)
    later = connection.execute("SELECT id FROM change WHERE id > ? AND NOT is_open ORDER BY id", (min(changes),))
    return any(number not in named and (number not in part_of or part_of[number].first < last) for (number,) in later)
