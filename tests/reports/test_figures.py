"""Figures that add up, on random registries."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ikmctl import language
from ikmctl.actions.reports import summary
from ikmctl.actions.reports.blocks.businesses import DIMENSIONS
from ikmctl.actions.reports.summary import SummaryOptions
from ikmctl.actions.setup import registry_file
from ikmctl.domain.periods import read_period
from ikmctl.output.formats import machine
from ikmctl.registry import reports
from ikmctl.registry.file.database import Registry, open_registry
from ikmctl.registry.reports import active, parallel
from tests.conftest import examples

START = date(2020, 1, 1)
SECTORS = (None, "food", "clothing", "chemicals", "metal", "crafts")
PLACES = (None, "Payakumbuh Barat", "Lamposi Tigo Nagori", "Kecamatan Lain")
AMOUNTS = st.none() | st.integers(0, 10**15) | st.just(9 * 10**18)
DAYS = st.integers(0, 1100).map(lambda days: (START + timedelta(days=days)).isoformat())


@st.composite
def business(draw: st.DrawFn) -> dict[str, Any]:
    """A business with one to three periods of activity and up to two observations."""
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=6, unique=True)))
    return {
        "sector": draw(st.sampled_from(SECTORS)),
        "kecamatan": draw(st.sampled_from(PLACES)),
        "form": draw(st.sampled_from((None, "individual", "group", "cv"))),
        "stated_scale": draw(st.sampled_from((None, "micro", "large"))),
        "formal": draw(st.booleans()),
        "days": days,
        "entry": draw(st.sampled_from(("registered", "recorded"))),
        "observations": draw(
            st.dictionaries(
                st.sampled_from(("2020", "2021", "2021-05", "2022")),
                st.tuples(st.none() | st.integers(0, 99), st.none() | st.integers(0, 99), AMOUNTS, AMOUNTS, AMOUNTS),
                max_size=2,
            )
        ),
    }


@contextmanager
def registry_of(
    businesses: list[dict[str, Any]], events: list[tuple[str, list[int]]] | None = None
) -> Iterator[Registry]:
    """A registry with these businesses and events `(day, places of the businesses there)`, written with plain SQL."""
    language.set_language("en")
    events = events or []
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "r.db"
        registry_file.init(path, "13.76", "Disnakerin")
        connection = sqlite3.connect(path)
        for number, each in enumerate(businesses, start=1):
            connection.execute(
                "INSERT INTO business (id, name, sector, kecamatan, kelurahan, form, stated_scale, nib) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number, f"Usaha {number}", each["sector"], each["kecamatan"], each["kecamatan"], each.get("form"),
                    each.get("stated_scale"), f"{number:013}" if each.get("formal") else None,
                ),
            )  # fmt: skip
            days = each["days"]
            for index in range(0, len(days), 2):
                closed = days[index + 1] if index + 1 < len(days) else None
                connection.execute(
                    "INSERT INTO activity (business_id, opened_on, closed_on, entry) VALUES (?, ?, ?, ?)",
                    (number, days[index], closed, "reopened" if index else each.get("entry", "registered")),
                )
            for period, (male, female, *money) in each["observations"].items():
                connection.execute(
                    "INSERT INTO observation (business_id, period, workers_male, workers_female, investment, "
                    "production_value, material_value) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (number, period, male, female, *money),
                )
        for number, (day, attending) in enumerate(events, start=1):
            connection.execute(
                "INSERT INTO event (id, name, kind, starts_on, ends_on) VALUES (?, 'Pelatihan', 'training', ?, ?)",
                (number, day, day),
            )
            connection.executemany(
                "INSERT INTO attendance (event_id, business_id, role) VALUES (?, ?, 'participant')",
                [(number, 1 + each % len(businesses)) for each in attending if businesses],
            )
        connection.commit()
        connection.close()
        registry = open_registry(path)
        try:
            yield registry
        finally:
            registry.close()


EVENTS = st.lists(st.tuples(DAYS, st.lists(st.integers(0, 20), max_size=5)), max_size=6)
PERIODS = st.sampled_from(("2020-03", "2021-05", "2021-Q4", "2022-H1", "2021", "2021-02-10..2021-05-20"))


def blocks(registry: Registry, period: str, **wish: Any) -> dict[str, Any]:
    import json

    report = summary.summary(registry, SummaryOptions(period, **wish))
    found: dict[str, Any] = json.loads("".join(machine.as_json(report)))["blocks"]
    return found


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(business(), max_size=12), PERIODS)
def test_every_row_and_total_adds_up(businesses: list[dict[str, Any]], period: str) -> None:
    with registry_of(businesses) as registry:
        report = blocks(registry, period)
    movement = report["movement"]
    for row in (*movement["rows"], movement["total"]):
        assert row["opening"] + row["registered"] + row["recorded"] + row["reopened"] - row["closed"] == row["closing"]
    for column in ("opening", "registered", "recorded", "reopened", "closed", "closing"):
        assert sum(row[column] for row in movement["rows"]) == movement["total"][column]
    closing = movement["total"]["closing"]
    people = report["people_and_money"]
    assert people["total"]["businesses"] == closing
    assert [row["businesses"] for row in people["rows"]] == [
        row["closing"] for row in movement["rows"]
    ] or closing == sum(row["businesses"] for row in people["rows"])
    matrix = report["kecamatan_by_sector"]
    assert matrix["total"]["total"] == closing
    for row in (*matrix["rows"], matrix["total"]):
        parts = [value for name, value in row.items() if name not in ("kecamatan", "total")]
        assert sum(parts) == row["total"]
    by_sector = {row["sector"] or "unclassified": row["closing"] for row in movement["rows"]}
    assert all(matrix["total"].get(sector, 0) == count for sector, count in by_sector.items())
    assert report["coaching"]["active_businesses"] == closing


@settings(max_examples=examples(15), deadline=None)
@given(st.lists(business(), max_size=10))
def test_a_months_closing_is_the_next_months_opening(businesses: list[dict[str, Any]]) -> None:
    with registry_of(businesses) as registry:
        months = [blocks(registry, f"2021-{month:02}")["movement"]["total"] for month in range(1, 13)]
        year = blocks(registry, "2021")["movement"]["total"]
    for before, after in pairwise(months):
        assert before["closing"] == after["opening"]
    for column in ("registered", "recorded", "reopened", "closed"):
        assert sum(month[column] for month in months) == year[column]


def test_the_latest_observation_that_has_begun_counts_and_sums_do_not_wrap() -> None:
    big = 9 * 10**18
    one: dict[str, Any] = {"sector": "food", "kecamatan": None, "days": ["2020-01-01"]}
    businesses: list[dict[str, Any]] = [
        {**one, "observations": {"2021": (1, 2, 5, big, 7), "2021-05": (3, 4, 6, big, 1), "2022": (9, 9, 9, 9, 9)}},
        {**one, "observations": {"2020": (None, 2, None, big, None)}},
    ]
    with registry_of(businesses) as registry:
        april, may = (blocks(registry, month)["people_and_money"]["total"] for month in ("2021-04", "2021-05"))
    assert (april["workers"], may["workers"]) == (5, 9)  # two of them women of a business whose men are unknown
    assert may["production_value"] == str(2 * big)  # beyond what other programs' numbers hold: as text
    assert (may["workers_missing"], may["investment_missing"], may["value_added_missing"]) == (0, 1, 1)
    assert (april["investment"], may["investment"]) == (5, 6)


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(business(), max_size=12), EVENTS, PERIODS, st.sampled_from(DIMENSIONS))
def test_every_breakdown_sums_to_the_same_total(
    businesses: list[dict[str, Any]], events: list[tuple[str, list[int]]], period: str, by: str
) -> None:
    with registry_of(businesses, events) as registry:
        by_sector, report = blocks(registry, period), blocks(registry, period, by=by)
        parts = [blocks(registry, period, kecamatan=place) for place in PLACES[1:3]]
    everything = by_sector["movement"]["total"]
    assert report["movement"]["total"] == everything
    assert report["people_and_money"]["total"] == by_sector["people_and_money"]["total"]
    assert report["movement"]["columns"][0] == by
    for name, count in (("scale", "total"), ("formality", "businesses"), ("legal_form", "businesses")):
        block = by_sector[name]
        assert block["total"][count] == everything["closing"]
        assert sum(row[count] for row in block["rows"]) == everything["closing"]
    for place, part in zip(PLACES[1:3], parts, strict=True):
        [row] = [row for row in by_sector["kecamatan_by_sector"]["rows"] if row["kecamatan"] == place]
        assert part["movement"]["total"]["closing"] == row["total"]
    [trend_end] = by_sector["trend"]["rows"][-1:]
    assert trend_end["closing"] == everything["closing"]
    change = {row["indicator"]: row for row in by_sector["change"]["rows"]}
    assert change["businesses"]["previous"] == everything["opening"]
    assert (change["registered"]["now"], change["closed"]["now"]) == (
        everything["registered"], everything["closed"],
    )  # fmt: skip
    coaching = by_sector["coaching"]
    for when in ("", "_this_year"):
        assert coaching[f"businesses_coached{when}"] <= coaching[f"attendances{when}"]
        assert 0 <= (coaching[f"coverage_percent{when}"] or 0) <= 100
        assert coaching[f"groups_coached{when}"] <= coaching["all_groups"]
    if period[4:5] != "-":
        assert coaching["businesses_coached"] == coaching["businesses_coached_this_year"]


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(business(), max_size=10), st.sampled_from(("2021-05", "2021")))
def test_what_is_compared_is_what_the_earlier_report_says(businesses: list[dict[str, Any]], period: str) -> None:
    with registry_of(businesses) as registry:
        change = {row["indicator"]: row for row in blocks(registry, period)["change"]["rows"]}
        before = {
            row["indicator"]: row for row in blocks(registry, read_period(period).previous.code)["change"]["rows"]
        }
        year = {
            row["indicator"]: row for row in blocks(registry, read_period(period).year_before.code)["change"]["rows"]
        }
    for name, row in change.items():
        assert (row["previous"], row["year_before"]) == (before[name]["now"], year[name]["now"]), name


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(business(), min_size=4, max_size=12), st.sampled_from(("kbli", None)))
def test_cells_counted_in_slices_by_many_are_those_counted_at_once(
    businesses: list[dict[str, Any]], also: str | None
) -> None:
    end = date(2021, 10, 31)
    with registry_of(businesses) as registry, registry.read() as connection:
        at_once = reports.cells(connection, end, also=also)
        with contextlib.ExitStack() as opened:
            assert bool(parallel._helpers(connection, opened)) == ((os.cpu_count() or 1) > 1)
        with patched(active, "SLICE", 1), patched(parallel, "MINIMUM_QUERIES", 2):
            asked_of_many = reports.cells(connection, end, also=also)
            before = reports.correction_to(connection, date(2020, 6, 30), end)(reports.total(at_once))
    assert asked_of_many == at_once
    with registry_of(businesses) as registry, registry.read() as connection:
        assert before == reports.total(reports.cells(connection, date(2020, 6, 30)))


@contextmanager
def patched(module: Any, name: str, value: Any) -> Iterator[None]:
    """The module with one of its constants changed, for as long as it takes."""
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


def test_while_another_program_waits_to_write_nobody_else_is_asked() -> None:
    one: dict[str, Any] = {"sector": "food", "kecamatan": None, "days": ["2020-01-01"], "observations": {}}
    with registry_of([one] * 5) as registry, registry.read() as connection:
        connection.execute("SELECT count(*) FROM business").fetchone()
        writer = sqlite3.connect(registry.path, isolation_level=None, timeout=0)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM activity WHERE business_id = 1")
        with contextlib.suppress(sqlite3.OperationalError):  # it cannot commit while we read: it waits
            writer.execute("COMMIT")
        with contextlib.ExitStack() as opened:
            assert parallel._helpers(connection, opened) == []
        with patched(active, "SLICE", 1), patched(parallel, "MINIMUM_QUERIES", 2):
            found = reports.cells(connection, date(2021, 10, 31))
        assert reports.total(found).businesses == 5
        writer.execute("ROLLBACK")
        writer.close()
