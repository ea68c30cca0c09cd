"""The quality of the data: what is missing, what looks wrong, and what was checked and found right."""

import shlex
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikmctl.registry import reports
from ikmctl.registry.file import database, migrations
from ikmctl.registry.reports import EVERYWHERE, Scope, active
from ikmctl.registry.reports.implausible import usual_values
from tests.conftest import Run, examples
from tests.reports.test_figures import business, patched, registry_of

TODAY = date.today()
YEAR = TODAY.year
LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)


def overview(run: Run, *options: str) -> dict[str, Any]:
    blocks: dict[str, Any] = run("quality", *options, "--format", "json").data["blocks"]
    return blocks


def fields(run: Run, *options: str) -> dict[str, dict[str, Any]]:
    return {row["field"]: row for row in overview(run, *options)["completeness"]["rows"]}


def checks(run: Run, *options: str) -> dict[str, dict[str, Any]]:
    return {row["check"]: row for row in overview(run, *options)["checks"]["rows"]}


def listed(run: Run, *what: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = run("quality", *what, "--format", "json").data
    return rows


def add(run: Run, name: str, *options: str) -> None:
    assert run("add-business", name, "--registered-on", "5/3/2020", *options).status == 0


def observe(run: Run, record: str, year: int, **values: object) -> None:
    options = [part for name, value in values.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    assert run("edit-business", record, "--data-year", str(year), *options).status == 0


@pytest.fixture
def city(ikmctl: Run) -> Run:
    """Three businesses of different completeness, and a sentra that states more members than it has."""
    ikmctl("add-sentra", "Sentra Rendang", "--sector", "pangan", "--reported-units", "20")
    add(
        ikmctl, "Rendang Erna", "--owner", "Erna", "--kelurahan", "Tiakar", "--sector", "pangan", "--kbli", "10750",
        "--sentra", "rendang", "--nib", "1234567890123", "--investment", "40 juta", "--data-year", str(YEAR),
    )  # fmt: skip
    add(ikmctl, "Tenun Ida", "--owner", "Ida", "--kelurahan", "Balai Panjang", "--sector", "sandang")
    add(ikmctl, "Besi Amri")
    return ikmctl


def move_back(db: Path) -> None:
    """Date the history to the end of last month."""
    connection = sqlite3.connect(db)
    connection.execute("UPDATE change SET made_at = ?", (f"{LAST_MONTH - timedelta(days=1)}T05:00:00Z",))
    connection.commit()
    connection.close()


# --- completeness ----------------------------------------------------------------------------------------------------


def test_each_field_says_how_many_have_it_the_worst_first_and_lists_the_others(city: Run) -> None:
    rows = overview(city)["completeness"]["rows"]
    assert [row["percent"] for row in rows] == sorted(row["percent"] for row in rows)
    found = fields(city)
    assert [found[name]["filled"] for name in ("nib", "owner", "investment", "kbli", "phone")] == [1, 2, 1, 1, 0]
    assert (found["nib"]["missing"], found["nib"]["percent"]) == (2, 33.3)
    for row in rows:
        assert row["filled"] + row["missing"] == 3
        if row["missing"]:
            program, *command = shlex.split(row["command"])
            assert program == "ikmctl"
            assert len(city(*command, "--format", "json").data) == row["missing"], row["field"]
    city("close-business", "Besi Amri")
    assert fields(city)["nib"]["missing"] == 1
    assert "ikmctl quality nib" in city("summary", f"{TODAY:%Y-%m}", "--only", "quality").out


def test_one_kecamatan_and_each_kecamatan(city: Run) -> None:
    east = fields(city, "--kecamatan", "payakumbuh timur")
    assert (east["nib"]["filled"], east["nib"]["missing"], east["phone"]["missing"]) == (1, 0, 1)
    command = shlex.split(east["phone"]["command"])[1:]
    assert [row["name"] for row in city(*command, "--format", "json").data] == ["Rendang Erna"]
    table = overview(city, "--by-kecamatan")["completeness_by_kecamatan"]
    rows = {row["field"]: row for row in table["rows"]}
    assert rows["nib"] == {
        "field": "nib", "total": 33.3, "Payakumbuh Selatan": 0, "Payakumbuh Timur": 100, "unclassified": 0,
    }  # fmt: skip
    assert [row["total"] for row in table["rows"]] == sorted(row["total"] for row in table["rows"])
    sentra = checks(city, "--sentra", "rendang")
    assert (sentra["unobserved"]["found"], sentra["unobserved"]["total"]) == (0, 1)


def test_the_change_since_last_month_is_what_the_registry_knew_then(city: Run, db: Path) -> None:
    assert {row["change"] for row in fields(city).values()} == {None}  # nothing was known then
    assert city("summary", f"{TODAY:%Y-%m}", "--only", "quality").out.count("–") > 10
    add(city, "Kue Lina", "--owner", "Lina", "--phone", "0812-0000-1234", "--kbli", "10710")
    add(city, "Ukiran Budi", "--owner", "Budi", "--kbli", "16293")
    observe(city, "Tenun Ida", YEAR - 1, investment="10 juta", workers_male=2)
    move_back(db)
    then = {name: row["filled"] for name, row in fields(city).items()}
    edits: list[Callable[[], Any]] = [
        lambda: city("edit-business", "Besi Amri", "--phone", "0812-0000-1235", "--owner", "Amri"),
        lambda: city("edit-business", "Besi Amri", "--owner", "-"),
        lambda: city("edit-business", "Rendang Erna", "--nib", "-", "--kbli", "-"),
        lambda: add(city, "Sanjai Baru", "--phone", "0812-0000-1236", "--kbli", "10794"),
        lambda: observe(city, "Tenun Ida", YEAR, workers_male=3),  # the latest data have no investment
        lambda: observe(city, "Rendang Erna", YEAR, investment="-", production_value="90 juta"),
        lambda: city("close-business", "Kue Lina", "--on", TODAY.isoformat()),
        lambda: city("edit-business", "Ukiran Budi", "--kbli", "16292"),
        lambda: city("undo", "--yes"),
    ]
    for edit in edits:
        edit()
        for name, row in fields(city).items():
            assert row["filled"] - row["change"] == then[name], name
    changes = {name: row["change"] for name, row in fields(city).items()}
    assert (changes["phone"], changes["nib"], changes["kbli"], changes["investment"]) == (1, -1, -1, -2)
    assert "+1" in city("quality").out and "by the history" in city("quality").out


def test_an_import_of_this_month_is_all_change(city: Run, db: Path, tmp_path: Path) -> None:
    move_back(db)
    then = {name: row["filled"] for name, row in fields(city).items()}
    path = tmp_path / "ikm.csv"
    path.write_text(
        "Nama Usaha;Nama Pemilik;No. HP;Tahun Data;TK LK\nSanjai A;A;081200001234;2021;2\nSanjai B;B;;2021;\n"
        "Tenun Ida;Ida;081200001235;2021;4\n",
        encoding="utf-8",
    )  # fmt: skip
    assert city("import-businesses", path, "--yes", "--on-duplicate", "new").status == 0
    assert {name: row["filled"] - row["change"] for name, row in fields(city).items()} == then
    assert fields(city)["phone"]["change"] == 2
    assert city("undo", "--yes").status == 0
    assert {name: row["filled"] - row["change"] for name, row in fields(city).items()} == then


def test_data_filled_in_later_are_no_late_difference_of_a_closed_month(city: Run) -> None:
    city("close-month", "2021-10")
    reported = city("summary", "2021-10", "--format", "json").data
    city("edit-business", "Tenun Ida", "--phone", "0812-0000-1234")
    again = city("summary", "2021-10", "--format", "json").data
    assert again["differs"] == {"corrected_businesses": 1} or "completeness" not in again["differs"]
    assert again["blocks"]["completeness"] == reported["blocks"]["completeness"]


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(business(), max_size=40), st.sampled_from((EVERYWHERE, Scope("Payakumbuh Barat"))))
def test_what_is_counted_is_what_is_listed(businesses: list[dict[str, Any]], scope: Scope) -> None:
    end = date(2021, 10, 31)
    with registry_of(businesses) as registry, registry.read() as connection:
        with patched(active, "SLICE", 3):
            counted = reports.quality(connection, end, scope)
            by_kecamatan = reports.completeness_by_kecamatan(connection, end, scope)
        assert counted.implausible == len({each.number for each in reports.implausible(connection, end, scope)})
        assert counted.invalid_kbli == len({each.number for each in reports.invalid_kbli(connection, end, scope)})
        assert counted.unobserved == len(reports.unobserved(connection, end, scope, -1))
        assert counted.unclassified == len(reports.unclassified(connection, end, scope, -1))
        assert sum(each.businesses for each in by_kecamatan.values()) == counted.completeness.businesses
        for field in reports.WANTED:
            assert sum(each.has(field) for each in by_kecamatan.values()) == counted.completeness.has(field)


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(business(), min_size=20, max_size=60))
def test_what_is_implausible_is_outside_the_bounds_of_its_sector_or_a_leap(businesses: list[dict[str, Any]]) -> None:
    end = date(2023, 12, 31)  # every business has opened by then
    with registry_of(businesses) as registry, registry.read() as connection:
        usual = usual_values(connection)
        found = {(each.number, each.field) for each in reports.implausible(connection, end, EVERYWHERE)}
    expected = set()
    for number, each in enumerate(businesses, start=1):
        observations = sorted(each["observations"].items())
        if (len(each["days"]) % 2 == 0 and each["days"][-1] <= end.isoformat()) or not observations:
            continue
        (period, values) = observations[-1]
        earlier = [old for year, old in observations[:-1] if year < period[:4]]
        for place, field in enumerate(("investment", "production_value", "material_value"), start=2):
            value, before = values[place] or 0, earlier[-1][place] or 0 if earlier else 0
            bounds = usual.get((field, each["sector"])) or usual.get((field, None))
            outside = bool(value and bounds and not bounds.low <= value <= bounds.high)
            leap = bool(value and before and max(value, before) >= 8 * min(value, before))
            expected |= {(number, field)} if outside or leap else set()
    assert {each for each in found if each[1] != "workers_total"} == expected


# --- checks ----------------------------------------------------------------------------------------------------------


def test_each_check_counts_what_its_command_lists(city: Run) -> None:
    found = checks(city)
    assert found.pop("duplicates")["found"] == 0
    assert {name: (row["found"], row["total"]) for name, row in found.items()} == {
        "unobserved": (2, 3), "unclassified": (1, 3), "invalid_kbli": (1 if date(2026, 6, 18) <= TODAY else 0, 3),
        "implausible": (0, 3), "sentra": (1, 1),
    }  # fmt: skip
    for row in found.values():
        if row["found"]:
            assert len(city(*shlex.split(row["command"])[1:], "--format", "json").data) == row["found"]
    shares = [row["percent"] for row in overview(city)["checks"]["rows"]]
    assert shares == sorted(shares, reverse=True)
    assert listed(city, "unclassified")[0]["name"] == "Besi Amri"
    assert listed(city, "sentra") == [
        {"number": 1, "name": "Sentra Rendang", "sector": "food", "place": None, "members": 1, "stated": 20}
    ]
    assert "None found." in city("quality", "implausible").err
    limited = city("quality", "unobserved", "--limit", "1")
    assert "The first 1. To list all: --limit 0" in limited.err
    assert "Tanpa data tahun ini" in city("quality", "--lang", "id").out
    assert city("quality", "tanpa-data-tahun-ini", "--lang", "id").status == 0
    refused = city("quality", "cuaca")
    assert refused.status == 2 and "unobserved, unclassified, invalid_kbli" in refused.err


def test_pairs_that_may_be_one_business_are_counted_until_they_are_settled(city: Run) -> None:
    city("add-business", "Rendang Ernaa", "--owner", "Erna", "--kelurahan", "Tiakar", "--yes")
    row = checks(city)["duplicates"]
    assert (row["found"], row["command"]) == (1, "ikmctl find-duplicates")
    assert len(city("find-duplicates", "--format", "json").data) == 1
    assert "duplicates" not in checks(city, "--kecamatan", "Payakumbuh Timur")
    assert "duplicates" not in str(city("summary", f"{TODAY:%Y-%m}", "--only", "quality", "--format", "json").data)
    assert city("mark-different", "1", "4").status == 0
    assert checks(city)["duplicates"]["found"] == 0


@pytest.fixture
def sector(ikmctl: Run) -> Run:
    """Twelve food businesses with an investment between 10 and 120 million in 2021."""
    for number in range(1, 13):
        add(
            ikmctl, f"Sanjai {number}", "--sector", "pangan", "--data-year", "2021",
            "--investment", f"{number}0 juta", "--workers-male", str(number),
        )  # fmt: skip
    return ikmctl


def test_a_value_far_from_what_is_usual_in_its_sector_is_implausible(sector: Run) -> None:
    add(sector, "Rendang A", "--sector", "pangan", "--investment", "65 miliar", "--data-year", "2021")
    add(sector, "Rendang B", "--sector", "pangan", "--investment", "65 ribu", "--data-year", "2021")
    add(sector, "Rendang C", "--sector", "pangan", "--investment", "0", "--data-year", "2021")
    add(sector, "Rendang D", "--sector", "pangan", "--investment", "900 juta", "--data-year", "2021")
    add(sector, "Tanpa cabang", "--investment", "65 miliar", "--data-year", "2021")
    rows = listed(sector, "implausible")
    assert {row["name"] for row in rows} == {"Rendang A", "Rendang B", "Tanpa cabang"}
    [far] = [row for row in rows if row["name"] == "Rendang A"]
    assert (far["field"], far["value"], far["period"]) == ("investment", 65_000_000_000, "2021")
    assert far["compared_period"] is None and 50_000_000 <= far["compared"] <= 80_000_000
    assert 800 <= far["times"] <= 1300
    assert checks(sector)["implausible"]["found"] == 3
    shown = sector("quality", "implausible").out
    assert "usual in the sector" in shown and "65,000,000,000" in shown


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("20 juta", "200 juta", True), ("20 juta", "2 juta", True), ("20 juta", "20 miliar", True),
        ("20 juta", "20 ribu", True), ("20 juta", "100 juta", False), ("0", "200 juta", False),
    ],
)  # fmt: skip
def test_a_value_many_times_that_of_an_earlier_year_is_implausible(
    ikmctl: Run, before: str, after: str, found: bool
) -> None:
    add(ikmctl, "Sanjai A", "--production-value", before, "--data-year", "2020")
    observe(ikmctl, "Sanjai A", 2021, production_value=after)
    rows = listed(ikmctl, "implausible")
    assert [(row["field"], row["compared_period"]) for row in rows] == [("production_value", "2020")] * found
    assert checks(ikmctl)["implausible"]["found"] == found


def test_a_few_workers_more_are_no_leap(ikmctl: Run) -> None:
    for name, workers in (("A", 9), ("B", 20)):
        add(ikmctl, name, "--workers-total", "1", "--data-year", "2020")
        observe(ikmctl, name, 2021, workers_total=workers)
    assert [row["name"] for row in listed(ikmctl, "implausible")] == ["B"]


def test_a_confirmed_value_is_not_found_again_unless_it_changes(sector: Run) -> None:
    add(sector, "Rendang A", "--sector", "pangan", "--investment", "65 miliar", "--data-year", "2021")
    confirmed = sector("confirm-value", "Rendang A", "investasi")
    assert "Confirmed for no. 13, Rendang A: Investment Rp 65,000,000,000." in confirmed.out
    assert listed(sector, "implausible") == []
    assert checks(sector)["implausible"]["found"] == 0
    sector("edit-business", "Rendang A", "--phone", "0812-0000-1234")
    observe(sector, "Rendang A", 2021, investment="65 miliar")
    assert listed(sector, "implausible") == []
    again = sector("confirm-value", "Rendang A", "investment")
    assert again.status == 3 and "No check finds fault with Investment of Rendang A" in again.err
    observe(sector, "Rendang A", 2021, investment="99 miliar")
    assert len(listed(sector, "implausible")) == 1
    [entry] = [row for row in sector("history", "--format", "json").data if row["command"] == "confirm-value"]
    told = sector("history", "--change", str(entry["number"])).out
    assert "Rendang A" in told and "Rp 65,000,000,000" in told
    assert sector("undo", "--yes", str(entry["number"])).status == 0
    observe(sector, "Rendang A", 2021, investment="65 miliar")
    assert len(listed(sector, "implausible")) == 1


def test_a_code_that_its_edition_does_not_have_is_not_valid_and_may_be_confirmed(ikmctl: Run, db: Path) -> None:
    for name, code in (("A", "10750"), ("B", "10999"), ("C", "47111"), ("D", "10750")):
        add(ikmctl, name, "--kbli", code)
    connection = sqlite3.connect(db)
    connection.execute("UPDATE business_kbli SET edition = 2025")
    connection.execute("UPDATE business_kbli SET code = '10''x5' WHERE business_id = 4")  # by another program
    connection.commit()
    connection.close()
    assert [(row["name"], row["kbli"], row["problem"]) for row in listed(ikmctl, "invalid_kbli")] == [
        ("B", "10999", "unknown"), ("D", "10'x5", "unknown"),  # trade, such as 47111, is not in the list
    ]  # fmt: skip
    assert checks(ikmctl)["invalid_kbli"]["found"] == 2
    ikmctl("edit-business", "D", "--kbli", "-")
    assert ikmctl("confirm-value", "B", "kbli").status == 0
    assert checks(ikmctl)["invalid_kbli"]["found"] == 0 and listed(ikmctl, "invalid_kbli") == []


def test_an_edition_is_not_valid_after_the_day_by_which_it_had_to_be_changed(city: Run) -> None:
    found = {
        period: {row["check"]: row["found"] for row in report["checks"]["rows"]}["invalid_kbli"]
        for period in ("2026-05", "2026-06")
        for report in (city("summary", period, "--only", "quality", "--format", "json").data["blocks"],)
    }
    assert found == {"2026-05": 0, "2026-06": 1}


def test_an_empty_registry_has_no_quality(ikmctl: Run) -> None:
    assert {row["filled"] for row in fields(ikmctl).values()} == {0}
    assert {row["found"] for row in checks(ikmctl).values()} == {0}
    assert ikmctl("quality", "--by-kecamatan").status == 0


def test_values_can_be_confirmed_in_a_registry_of_the_version_before(
    bare: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = migrations.MIGRATIONS.index(migrations.confirmed_values)
    with monkeypatch.context() as earlier:
        earlier.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:before])
        earlier.setattr(database, "VERSION", before)
        bare("init", "--city", "13.76", "--office", "Disnakerin")
        add(bare, "Kue", "--kbli", "10999")
    assert bare("confirm-value", "Kue", "kbli").status == 0


# --- pending values --------------------------------------------------------------------------------------------------


def test_values_that_could_not_be_read_are_counted_by_reason_and_beside_the_sums(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text(
        "Nama Usaha;Nama Pemilik;Kecamatan;NIB;Tahun Data;Nilai Investasi;TK LK\n"
        "Sanjai A;A;Payakumbuh Timur;12345;2021;lima juta;2\nSanjai B;B;Payakumbuh Timur;123;2021;Rp 5.000.000;dua\n"
        "Sanjai C;C;Payakumbuh Barat;;2021;5.000.000;3\nSanjai D;D;Payakumbuh Barat;;2021;6.000.000;3\n",
        encoding="utf-8",
    )  # fmt: skip
    assert ikmctl("import-businesses", path, "--yes", "--recorded-on", "1/1/2021").status == 0
    rows = overview(ikmctl)["pending_values"]["rows"]
    assert [(row["reason"], row["values"]) for row in rows] == [("nib-length", 2), ("not-a-number", 2)]
    for row in rows:
        assert len(ikmctl(*shlex.split(row["command"])[1:], "--format", "json").data) == row["values"]
    assert overview(ikmctl, "--kecamatan", "Payakumbuh Barat")["pending_values"]["rows"] == []
    shown = ikmctl("summary", "2021-10", "--only", "people_and_money", "--only", "quality").out
    assert "a NIB has 13 digits, this has …" in shown
    assert "Businesses with a value that could not be read: Workers 1, Investment 1. See: ikmctl list-pending" in shown
    ikmctl("dismiss-pending", "--field", "investment")
    assert "could not be read: Workers 1. See" in ikmctl("summary", "2021-10", "--only", "people_and_money").out
