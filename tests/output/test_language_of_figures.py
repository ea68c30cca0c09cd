"""Numbers and dates as the language in use writes them."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl import language
from ikmctl.language import date_in_words, format_rounded, number, short_date

BILLION, MILLION = 10**9, 10**6


@pytest.fixture
def speak() -> Iterator[Callable[[str], None]]:
    yield language.set_language
    language.set_language("en")


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (112_912_345_678, "112,9 miliar", "112.9 billion"),
        (1_500_000, "1,5 juta", "1.5 million"),
        (999_960_000, "1 miliar", "1 billion"),  # not “1000 juta”
        (999_949_999, "999,9 juta", "999.9 million"),
        (12_349_600, "12,3 juta", "12.3 million"),  # rounded once, not twice
        (41_648_000_000_000, "41,6 triliun", "41.6 trillion"),
        (MILLION, "1 juta", "1 million"),
        (MILLION - 1, "999.999", "999,999"),
        (1_902, "1.902", "1,902"),
        (0, "0", "0"),
        (-2_500_000, "-2,5 juta", "-2.5 million"),
    ],
)
def test_large_amounts(speak: Callable[[str], None], value: int, indonesian: str, english: str) -> None:
    speak("id")
    assert format_rounded(value) == indonesian
    speak("en")
    assert format_rounded(value) == english


def test_dates(speak: Callable[[str], None]) -> None:
    speak("id")
    assert (date_in_words("2021-10-11"), short_date("2021-10-11")) == ("11 Oktober 2021", "11 Okt 2021")
    speak("en")
    assert (date_in_words("2021-10-11"), short_date("2021-10-11")) == ("11 October 2021", "11 Oct 2021")
    assert date_in_words("unknown") == "unknown"


@given(st.integers(-(10**15), 10**15))
def test_our_own_numbers_are_those_of_babel(value: int) -> None:
    """Lists write their numbers without Babel, which would take a third of their time: they are the same."""
    from babel.numbers import format_decimal

    for code in ("id", "en"):
        language.set_language(code)
        assert number(value) == format_decimal(value, locale=code)
    language.set_language("en")


@given(st.integers(MILLION, 10**15 - 1))
def test_a_rounded_amount_is_near(value: int) -> None:
    figure, unit = format_rounded(value).split(" ")
    size = {"million": MILLION, "billion": BILLION, "trillion": 10**12, "quadrillion": 10**15}[unit]
    assert abs(float(figure) * size - value) <= size / 20 + 1
