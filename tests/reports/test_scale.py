"""Skala industri (docs/domain.md, Permenperin 64/2016)."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl.registry.records.expressions import SCALE

BILLION = 10**9
RANK = {"small": 0, "medium": 1, "large": 2}


def scale(workers: int | None, investment: int | None) -> str | None:
    connection = sqlite3.connect(":memory:")
    [found] = connection.execute(
        f"SELECT {SCALE} FROM (SELECT ? AS workers_total, ? AS investment, NULL AS workers_male, "
        "NULL AS workers_female) AS observation",
        (workers, investment),
    ).fetchone()
    connection.close()
    assert found is None or isinstance(found, str)
    return found


@pytest.mark.parametrize(
    ("workers", "investment", "expected"),
    [
        (0, 0, "small"),
        (19, BILLION - 1, "small"),
        (19, BILLION, "medium"),
        (19, 100 * BILLION, "medium"),
        (20, 0, "medium"),
        (20, 15 * BILLION, "medium"),
        (20, 15 * BILLION + 1, "large"),
        (None, None, None),
        (5, None, None),  # small or medium
        (20, None, None),  # medium or large
        (None, BILLION - 1, None),  # small or medium
        (None, BILLION, "medium"),  # medium with any number of workers
        (None, 15 * BILLION, "medium"),
        (None, 15 * BILLION + 1, None),  # medium or large
    ],
)
def test_the_table_of_the_regulation(workers: int | None, investment: int | None, expected: str | None) -> None:
    assert scale(workers, investment) == expected


WORKERS = st.integers(0, 40) | st.sampled_from([19, 20])
INVESTMENTS = st.integers(0, 20 * BILLION) | st.sampled_from([BILLION - 1, BILLION, 15 * BILLION, 15 * BILLION + 1])


@given(WORKERS, INVESTMENTS)
def test_an_unknown_part_matters_only_where_it_could_change_the_answer(workers: int, investment: int) -> None:
    whole = scale(workers, investment)
    assert whole in RANK
    assert scale(workers, None) in (None, whole)
    assert scale(None, investment) in (None, whole)


@given(WORKERS, INVESTMENTS, INVESTMENTS)
def test_more_investment_is_never_a_smaller_scale(workers: int, one: int, other: int) -> None:
    less, more = scale(workers, min(one, other)), scale(workers, max(one, other))
    assert less is not None
    assert more is not None
    assert RANK[less] <= RANK[more]


@given(WORKERS, INVESTMENTS)
def test_it_is_what_the_regulation_says_in_words(workers: int, investment: int) -> None:
    small = workers <= 19 and investment < BILLION
    medium = (workers <= 19 and investment >= BILLION) or (workers >= 20 and investment <= 15 * BILLION)
    assert scale(workers, investment) == ("small" if small else "medium" if medium else "large")
