"""Counts left out cannot be found again by subtracting: checked against every table with the same published figures."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl.domain.suppression import MINIMUM_COUNT, TOTAL, Cell, add_line_total, add_totals, suppress


def spread(rest: int, least: list[int], free: list[bool]) -> Iterator[list[int]]:
    """Every way to give the rest to some places, each at least so much, and more only where it is free."""
    if not least:
        if rest == 0:
            yield []
        return
    for value in range(least[0], rest + 1) if free[0] else (least[0],):
        for others in spread(rest - value, least[1:], free[1:]):
            yield [value, *others]


def possible(table: Mapping[Cell, int], hidden: set[Cell]) -> Iterator[dict[Cell, int]]:
    """Every table that agrees with all that is published, as a patient reader would find them.

    The reader knows that counts left out are not zero, except where zeros were left out.
    """
    inner = [cell for cell in table if cell[0] != TOTAL and cell[1] != TOTAL] or [
        cell for cell in table if cell != (TOTAL, TOTAL)
    ]
    single = all(row == TOTAL for row, _column in table)
    top = table[TOTAL, TOTAL]
    least = [min(table[cell], 1) if cell in hidden else table[cell] for cell in inner]
    for values in spread(top, least, [cell in hidden for cell in inner]):
        counts = dict(zip(inner, values, strict=True))
        made = add_line_total({column: n for (_row, column), n in counts.items()}) if single else add_totals(counts)
        if all(made[cell] == count for cell, count in table.items() if cell not in hidden) and all(
            made[cell] > 0 for cell in hidden if table[cell] > 0
        ):
            yield made


def check(table: Mapping[Cell, int]) -> None:
    hidden = suppress(table)
    small = {cell for cell, count in table.items() if 0 < count < MINIMUM_COUNT}
    assert small <= hidden
    if table[TOTAL, TOTAL] < MINIMUM_COUNT:
        return
    assert (TOTAL, TOTAL) not in hidden
    unproven = set(small)
    for made in possible(table, hidden):
        unproven -= {cell for cell in unproven if made[cell] >= MINIMUM_COUNT}
        if not unproven:
            break
    if len(hidden) < len(table) - 1:  # else nothing but the grand total is told
        assert not unproven, (table, hidden)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=5))
def test_a_line(counts: list[int]) -> None:
    check(add_line_total({f"c{number}": count for number, count in enumerate(counts)}))


GRIDS = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=3)


@given(GRIDS.filter(lambda rows: sum(map(sum, rows)) <= 11))
def test_a_table(rows: list[list[int]]) -> None:
    check(add_totals({(f"r{r}", f"c{c}"): count for r, row in enumerate(rows) for c, count in enumerate(row)}))


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 5, "b": 7}, set()),
        ({"a": 5, "b": 0}, set()),
        ({"a": 2, "b": 7, "c": 4}, {"a", "c"}),  # the smallest of the others goes with it
        ({"a": 1, "b": 1, "c": 40, "d": 9}, {"a", "b", "d"}),  # 2 for both would tell that each is 1
        ({"a": 1, "b": 2, "c": 2}, {"a", "b", "c"}),
    ],
)
def test_lines_worked_by_hand(counts: dict[str, int], hidden: set[str]) -> None:
    assert {column for _row, column in suppress(add_line_total(counts))} == hidden


def test_a_table_worked_by_hand() -> None:
    """One small count takes the other corners of the cheapest rectangle with it, and no total."""
    counts = {("x", "a"): 1, ("x", "b"): 9, ("x", "c"): 20, ("y", "a"): 6, ("y", "b"): 5, ("y", "c"): 30}
    assert suppress(add_totals(counts)) == {("x", "a"), ("x", "b"), ("y", "a"), ("y", "b")}


def test_fewer_than_three_in_all_tell_nothing() -> None:
    table = add_line_total({"a": 2, "b": 0})
    assert suppress(table) == set(table)


def test_a_large_city_is_done_at_once() -> None:
    counts = {(f"r{r}", f"c{c}"): (r * 7 + c * 3) % 11 for r in range(19) for c in range(8)}
    table = add_totals(counts)
    hidden = suppress(table)
    assert {cell for cell, count in table.items() if 0 < count < MINIMUM_COUNT} <= hidden
    assert len(hidden) < len(table) / 2
