"""The effect of coaching: who is compared with whom, what is claimed, and what is not."""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl.domain.impact import LARGEST_RATIO, Course, interval, match
from tests.conftest import Run, examples

COACHED, OTHERS = 40, 160


def registry(db: Path, seed: int, growth: float) -> None:
    """Businesses of two branches with data of 2020 and 2022, 40 of them at a workshop in 2021; these grew by so much more."""
    draw = Random(seed)
    with closing(sqlite3.connect(db)) as connection, connection:
        for table in ("attendance", "event", "observation", "activity", "business"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute(
            "INSERT INTO event (id, name, kind, starts_on, ends_on)"
            " VALUES (1, 'Workshop Rajut', 'workshop', '2021-10-11', '2021-10-15')"
        )
        for number in range(1, COACHED + OTHERS + 1):
            sector = draw.choice(["pangan", "sandang"])
            business = (number, f"Usaha {number}", sector)
            connection.execute("INSERT INTO business (id, name, sector) VALUES (?, ?, ?)", business)
            connection.execute(
                "INSERT INTO activity (business_id, opened_on, entry) VALUES (?, '2019-01-01', 'registered')", (number,)
            )
            before = draw.lognormvariate(17, 0.8)
            more = growth if number <= COACHED else 0
            after = before * (1 + more) * draw.lognormvariate(0.05, 0.15)
            for year, value in (("2020", before), ("2022", after)):
                observed = (number, year, round(value), round(value / 2), draw.randint(1, 9))
                connection.execute(
                    "INSERT INTO observation (business_id, period, production_value, investment, workers_total)"
                    " VALUES (?, ?, ?, ?, ?)",
                    observed,
                )
            if number <= COACHED:
                connection.execute(
                    "INSERT INTO attendance (event_id, business_id, role) VALUES (1, ?, 'participant')", (number,)
                )


def production(ikmctl: Run, *options: str) -> dict[str, Any]:
    """The row of production among the pairs."""
    compared = tables(ikmctl, *options)["compared"]
    [row] = [row for row in compared if row["measure"] == "production_value"]
    return dict(row)


def tables(ikmctl: Run, *options: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table, by its name."""
    blocks = ikmctl("impact", *options, "--format", "json").data["blocks"]
    return {name: block["rows"] for name, block in blocks.items()}


def test_a_planted_effect_is_found_within_its_interval(ikmctl: Run, db: Path) -> None:
    registry(db, 1, 0.4)
    outcome = ikmctl("impact", "Workshop Rajut", "--lang", "en")
    assert "Production (Rp): coached businesses grew by" in outcome.out
    assert "This is a comparison and no proof" in outcome.out
    row = production(ikmctl, "1")
    assert row["pairs"] == COACHED
    assert 0 < row["low"] < 40 < row["high"] + 5
    assert row["low"] <= row["difference"] <= row["high"]


def test_without_an_effect_none_is_claimed_in_95_of_100_registries(ikmctl: Run, db: Path) -> None:
    tried = examples(100)
    claimed = 0
    for seed in range(tried):
        registry(db, seed, 0)
        row = production(ikmctl, "--kind", "workshop")
        claimed += row["low"] > 0 or row["high"] < 0
    assert claimed <= 0.05 * tried


def test_a_loss_is_said_as_plainly_as_a_gain(ikmctl: Run, db: Path) -> None:
    registry(db, 2, -0.4)
    assert "percentage points less than" in ikmctl("impact", "--lang", "en").out


def test_nothing_is_printed_below_five_pairs(ikmctl: Run, db: Path) -> None:
    registry(db, 3, 0.4)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("DELETE FROM attendance WHERE business_id > 4")
    outcome = ikmctl("impact", "--lang", "en")
    assert "fewer than 5 coached businesses have data before and after" in outcome.out
    assert not tables(ikmctl)


def test_a_business_that_was_at_another_event_is_no_comparison(ikmctl: Run, db: Path) -> None:
    registry(db, 4, 0.4)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(
            "INSERT INTO event (id, name, kind, starts_on, ends_on)"
            " VALUES (2, 'Bimtek', 'bimtek', '2023-01-02', '2023-01-02')"
        )
        connection.execute(
            "INSERT INTO attendance (event_id, business_id, role) SELECT 2, id, 'participant' FROM business WHERE id > ?",
            (COACHED,),
        )
    outcome = ikmctl("impact", "1", "--lang", "en")
    assert "fewer than 5 of them have a similar business beside them" in outcome.out
    assert "compared" not in tables(ikmctl, "1")


@pytest.mark.parametrize(
    ("before", "after", "months", "counts"),
    [
        ("2020", "2022", "6", True),
        ("2020", "2021", "0", False),  # the year of the event is neither before nor after
        ("2021", "2022", "0", False),
        ("2021-09", "2021-11", "0", True),
        ("2021-10", "2021-12", "0", False),  # the month of the event is not before
        ("2021-09", "2022-03", "6", False),
        ("2021-09", "2022-04", "6", True),
        ("2020", "2022", "15", False),
    ],
)
def test_what_is_before_and_what_is_after(
    ikmctl: Run, db: Path, before: str, after: str, months: str, counts: bool
) -> None:
    registry(db, 5, 0)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE observation SET period = iif(period = '2020', ?, ?)", (before, after))
    shown = tables(ikmctl, "--months", months).get("coached", [])
    assert [row["businesses"] for row in shown] == ([COACHED] * 3 if counts else [])


def test_a_cancelled_event_coached_nobody(ikmctl: Run, db: Path) -> None:
    registry(db, 6, 0.4)
    ikmctl("close-event", "1", "--cancelled")
    assert ikmctl("impact", "--format", "json").data["businesses_coached"] == 0


def test_who_is_still_active(ikmctl: Run, db: Path) -> None:
    registry(db, 7, 0)
    for number in ("1", "50", "51"):
        ikmctl("close-business", number, "--on", "2022-12-31")
    rows = tables(ikmctl)["survival"]
    assert [(row["businesses"], row["active"]) for row in rows] == [(COACHED, COACHED - 1), (OTHERS, OTHERS - 2)]


COURSES = st.lists(
    st.builds(
        lambda sector, before, after: (sector, "small", "2020", "2022", before, after),
        st.sampled_from(["pangan", "sandang"]), st.integers(1, 40), st.integers(0, 80),
    ),
    max_size=30,
)  # fmt: skip


@given(coached=COURSES, others=COURSES)
def test_pairs_are_alike_and_no_business_is_in_two(
    coached: list[tuple[str, str, str, str, int, int]], others: list[tuple[str, str, str, str, int, int]]
) -> None:
    ours = [Course(number, *course) for number, course in enumerate(coached)]
    rest = [Course(1_000 + number, *course) for number, course in enumerate(others)]
    pairs = match(ours, rest)
    assert pairs == match(reversed(ours), rest)
    assert len({one.business for pair in pairs for one in pair}) == 2 * len(pairs)
    for one, other in pairs:
        assert one.group == other.group
        assert 1 / LARGEST_RATIO <= other.before / one.before <= LARGEST_RATIO
    unpaired = {other for other in rest if other not in {pair[1] for pair in pairs}}
    for left in set(ours) - {pair[0] for pair in pairs}:
        sizes = [other.before for other in unpaired if other.group == left.group]
        assert all(not 1 / LARGEST_RATIO <= size / left.before <= LARGEST_RATIO for size in sizes)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=50))
def test_an_interval_holds_the_median_and_lies_within_the_values(values: list[float]) -> None:
    found = interval(values)
    assert min(values) <= found.low <= found.high <= max(values)
    assert found.low <= found.middle <= found.high
    assert found == interval(list(reversed(values)))


def test_pairs_favour_no_years_of_a_business_that_has_data_of_several() -> None:
    """Data that vary by chance around what a business usually has: neither kind of business grows more."""
    draw = Random(5)
    ours, rest = [], []
    for number in range(6_000):
        usual = draw.lognormvariate(17, 0.8)
        values = {year: usual * draw.uniform(0.7, 1.3) for year in ("2018", "2020", "2023")}
        courses = [
            Course(number, "pangan", "small", earlier, "2023", values[earlier], values["2023"])
            for earlier in ("2018", "2020")
        ]
        if number % 3:
            rest += courses
        else:
            ours.append(draw.choice(courses))
    assert not interval([one.growth - other.growth for one, other in match(ours, rest)]).differs
