"""Which businesses may be one, and that the blocks in which pairs are compared lose none."""

import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikmctl.domain.duplicates import SCORE_MINIMUM, Profile, find_pairs, likeness, profile
from ikmctl.domain.merge import Span, merge_spans
from tests.conftest import examples
from tools.invent import HEADINGS, rows

ERNA = profile(1, "Rendang Uni Erna", "Erna Wati", "Tiakar", nik="1376994505800001", phone="081200001234")


@pytest.mark.parametrize(
    "other",
    [
        profile(2, "RENDANG UNI ERNA", "Erna Wati", "Tiakar"),
        profile(2, "Rendang Erna", "Erna Wati", "Tiakar"),
        profile(2, "UD Rendang Uni Erna Payakumbuh", "Erna Wati", "Tiakar"),
        profile(2, "Uni Erna Rendang", "Ernawati", None),
        profile(2, "Rendang Uni Ena", "Erna Wti", "Tiakar"),
        profile(2, "Rendang Uni Erna", "Erna Wati", "Koto Baru"),
        profile(2, "Rendang Uni Erna", None, "Tiakar"),
        profile(2, "Rendang Ni Erna", None, None, phone="075292000/081200001234"),
        profile(2, "Rendang Uni Erni", None, None, nik="1376994505800001"),
    ],
)
def test_one_business_spelled_in_two_ways(other: Profile) -> None:
    alike = likeness(ERNA, other)
    assert alike and alike.score >= SCORE_MINIMUM
    assert [(pair.number, pair.other) for pair in find_pairs([other, ERNA], set(), SCORE_MINIMUM)] == [(1, 2)]
    assert find_pairs([other, ERNA], {(1, 2)}, SCORE_MINIMUM) == []


@pytest.mark.parametrize(
    "other",
    [
        profile(2, "Kerupuk Uni Erna", "Erna Wati", "Tiakar", phone="081200001234"),  # her other business
        profile(2, "Rendang Uni Erna", "Lina Koto", "Tiakar"),
        profile(2, "Rendang Uni Erna"),  # a name alone
        profile(2, "Rendang Uni Erna", None, "Koto Baru"),
        profile(2, "Tenun Saiyo", "Erna Wati", "Tiakar", nik="1376994505800001"),
    ],
)
def test_two_businesses_that_look_alike(other: Profile) -> None:
    alike = likeness(ERNA, other)
    assert alike is None or alike.score < SCORE_MINIMUM


def test_different_nib_are_different_businesses() -> None:
    one, two = (profile(each, "Tenun", "Des", "Tiakar", nib=f"912000000000{each}") for each in (1, 2))
    assert likeness(one, two) is None


NAMES = st.sampled_from(
    ("Rendang Uni Erna", "Rendang Uni Erni", "Rendangg Uni Erna", "Tenun Saiyo", "Tenum Saiyo", "Kue")
)
OWNERS = st.sampled_from((None, "Erna Wati", "Erna Wti", "Ernawati", "Desmawati"))
PLACES = st.sampled_from((None, "Tiakar", "Koto Baru"))
PHONES = st.sampled_from((None, "081200001234", "081374550001/081200001234"))


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.tuples(NAMES, OWNERS, PLACES, PHONES), max_size=15))
def test_the_blocks_lose_no_pair_of_one_place(given: list[tuple[str, str | None, str | None, str | None]]) -> None:
    people = [
        profile(number, name, owner, place, phone=phone) for number, (name, owner, place, phone) in enumerate(given)
    ]
    wanted = {
        (one.number, other.number)
        for one, other in combinations(people, 2)
        if one.place_key == other.place_key and bool(one.owner) == bool(other.owner)
        if (alike := likeness(one, other)) and alike.score >= SCORE_MINIMUM
    }
    assert wanted <= {(pair.number, pair.other) for pair in find_pairs(people, set(), SCORE_MINIMUM)}


def test_twenty_thousand_businesses_take_a_fifth_of_thirty_seconds_at_most() -> None:
    place = {heading: number for number, heading in enumerate(HEADINGS)}
    columns = [place[each] for each in ("Nama Usaha", "Nama Pemilik", "Kelurahan", "NIB", "NIK", "No. HP")]
    invented = [profile(number, *(row[each] for each in columns)) for number, row in enumerate(rows(20_000))]
    start = time.process_time()
    find_pairs(invented, set(), SCORE_MINIMUM)
    assert time.process_time() - start < 6


@pytest.mark.parametrize(
    ("spans", "merged"),
    [
        (
            [("2020-01-05", None, "registered"), ("2021-03-01", None, "registered")],
            [("2020-01-05", None, "registered")],
        ),
        (
            [("2021-03-01", None, "recorded"), ("2020-01-05", "2021-06-30", "registered")],
            [("2020-01-05", None, "registered")],
        ),
        (
            [("2020-01-05", "2020-12-31", "registered"), ("2021-03-01", None, "recorded")],
            [("2020-01-05", "2020-12-31", "registered"), ("2021-03-01", None, "reopened")],
        ),
        (
            [("2020-01-05", "2020-12-31", "registered"), ("2020-12-31", None, "reopened")],
            [("2020-01-05", "2020-12-31", "registered"), ("2020-12-31", None, "reopened")],
        ),
        (
            [("2020-01-05", None, "recorded"), ("2020-01-05", "2020-02-01", "registered")],
            [("2020-01-05", None, "registered")],
        ),
    ],
)
def test_periods_of_two_records_of_one_business(
    spans: list[tuple[str, str | None, str]], merged: list[tuple[str, str | None, str]]
) -> None:
    assert merge_spans([Span(*each) for each in spans]) == [Span(*each) for each in merged]
