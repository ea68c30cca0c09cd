"""Months, quarters, halves and years."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl import language
from ikmctl.domain.periods import last_ended_month, read_period, span
from ikmctl.errors import UnknownPeriod


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-10", "2021-10-01", "2021-10-31"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021-Q1", "2021-01-01", "2021-03-31"),
        ("2021-Q4", "2021-10-01", "2021-12-31"),
        ("2021-q4", "2021-10-01", "2021-12-31"),
        ("2021-H1", "2021-01-01", "2021-06-30"),
        ("2021-H2", "2021-07-01", "2021-12-31"),
        ("2021", "2021-01-01", "2021-12-31"),
        (" 2021 ", "2021-01-01", "2021-12-31"),
        ("Oktober 2021", "2021-10-01", "2021-10-31"),
        ("peb 2021", "2021-02-01", "2021-02-28"),
        ("10/2021", "2021-10-01", "2021-10-31"),
        ("2021-10-04..2021-10-17", "2021-10-04", "2021-10-17"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    period = read_period(text)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert read_period(period.code) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "2021-13",
        "2021-00",
        "2021-1",
        "2021-Q5",
        "2021-Q0",
        "2021-H3",
        "202110",
        "2021-10-11",
        "2021-02-30..2021-03-01",
        "0001-01-01..2021-03-01",
        "2021-03-01..",
        "٢٠٢١",
        "２０２１",
    ],
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(UnknownPeriod) as caught:
        read_period(text)
    assert text in str(caught.value)


def test_titles_in_both_languages() -> None:
    language.set_language("en")
    assert [read_period(code).title for code in ("2021-10", "2021-Q4", "2021-H2", "2021")] == [
        "October 2021", "quarter 4 of 2021", "half 2 of 2021", "2021",
    ]  # fmt: skip
    language.set_language("id")
    try:
        assert read_period("2021-10").title == "Oktober 2021"
        assert "triwulan" in read_period("2021-Q4").title.lower()
        assert "semester" in read_period("2021-H2").title.lower()
    finally:
        language.set_language("en")


def test_the_last_month_that_has_ended() -> None:
    assert last_ended_month(date(2021, 11, 1)).code == "2021-10"
    assert last_ended_month(date(2021, 10, 31)).code == "2021-09"
    assert last_ended_month(date(2021, 1, 15)).code == "2020-12"


@given(st.integers(1900, 2099))
def test_months_quarters_and_halves_fill_the_year_without_a_gap(year: int) -> None:
    for codes in (
        [f"{year}-{month:02}" for month in range(1, 13)],
        [f"{year}-Q{part}" for part in range(1, 5)],
        [f"{year}-H{part}" for part in range(1, 3)],
    ):
        periods = [read_period(code) for code in codes]
        assert (periods[0].first, periods[-1].last) == (date(year, 1, 1), date(year, 12, 31))
        for before, after in pairwise(periods):
            assert before.last + timedelta(days=1) == after.first


@given(st.dates(date(1900, 2, 1), date(2099, 12, 31)))
def test_the_last_ended_month_ends_on_the_day_before_this_one_began(today: date) -> None:
    assert last_ended_month(today).last == today.replace(day=1) - timedelta(days=1)


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        read_period(text)
    except UnknownPeriod as error:
        assert error.exit_status == 2


@pytest.mark.parametrize(
    ("code", "previous", "year_before"),
    [
        ("2021-01", "2020-12", "2020-01"),
        ("2021-Q1", "2020-Q4", "2020-Q1"),
        ("2021-Q3", "2021-Q2", "2020-Q3"),
        ("2021-H2", "2021-H1", "2020-H2"),
        ("2021", "2020", "2020"),
        ("1900", "1899", "1899"),
        ("2021-10-04..2021-10-17", "2021-09-20..2021-10-03", "2020-10-04..2020-10-17"),
        ("2024-02-29..2024-02-29", "2024-02-28..2024-02-28", "2023-02-28..2023-02-28"),
    ],
)
def test_the_period_before_and_the_same_a_year_before(code: str, previous: str, year_before: str) -> None:
    period = read_period(code)
    assert (period.previous.code, period.year_before.code) == (previous, year_before)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 800))
def test_days_before_are_as_many_and_end_where_it_begins(first: date, days: int) -> None:
    period = span(first, first + timedelta(days=days))
    before = period.previous
    assert before.last + timedelta(days=1) == period.first
    assert before.last - before.first == period.last - period.first


def test_the_months_up_to_the_end_of_a_period() -> None:
    assert read_period("2021-01").months(2) == [
        (date(2020, 12, 1), date(2020, 12, 31)), (date(2021, 1, 1), date(2021, 1, 31)),
    ]  # fmt: skip
    assert read_period("2021-03-05..2021-03-10").months(1) == [(date(2021, 3, 1), date(2021, 3, 10))]
