"""The month's report as an officer asks for it: periods, views, closed months, targets."""

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from ikmctl.actions.reports.indicators import INDICATORS
from tests.conftest import Run


@pytest.fixture
def city(ikmctl: Run) -> Run:
    """A registry with a sentra, three businesses and an event."""
    for arguments in (
        ("add-sentra", "Sentra Rendang", "--sector", "pangan", "--kecamatan", "Payakumbuh Timur"),
        (
            "add-business", "Rendang Erna", "--sentra", "rendang", "--kelurahan", "Tiakar", "--sector", "pangan",
            "--registered-on", "5/3/2020", "--workers-male", "2", "--workers-female", "3", "--investment", "40 juta",
            "--data-year", "2020", "--nib", "1234567890123",
        ),
        ("add-business", "Tenun Ida", "--kelurahan", "Balai Panjang", "--sector", "sandang", "--registered-on", "2/10/2021"),
        ("add-business", "Besi Amri", "--registered-on", "7/9/2021"),
        ("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", "11/10/2021", "--funder", "APBD"),
        ("add-participants", "Bimtek", "--business", "Rendang Erna"),
    ):  # fmt: skip
        assert ikmctl(*arguments).status == 0
    return ikmctl


def figures(run: Run, *arguments: str) -> dict[str, object]:
    found: dict[str, object] = run("summary", *arguments, "--format", "json").data["blocks"]
    return found


# --- periods and views -----------------------------------------------------------------------------------------------


def test_any_span_of_days(city: Run) -> None:
    report = city("summary", "--from", "1/10/2021", "--to", "10 Oktober 2021", "--format", "json").data
    assert report["period"] == "2021-10-01..2021-10-10"
    assert report["blocks"]["movement"]["total"] == {
        "opening": 2, "registered": 1, "recorded": 0, "reopened": 0, "closed": 0, "reclassified": 0, "closing": 3,
    }  # fmt: skip
    assert report["blocks"]["events"]["rows"] == []
    months = city("summary", "--from", "2021-09", "--to", "2021-10", "--format", "json").data
    assert months["period"] == "2021-09-01..2021-10-31"
    assert city("summary", months["period"], "--format", "json").data == months
    assert "Summary of 1 September 2021 to 31 October 2021" in city("summary", months["period"]).out
    assert "1 September 2021 s.d. 31 Oktober 2021" in city("summary", months["period"], "--lang", "id").out


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("2021-13",), 2, "Write a month 2021-10 or Oktober 2021, a quarter 2021-Q4"),
        (("--from", "10/10/2021", "--to", "1/10/2021"), 3, "is before the start"),
        (("2021-10-31..2021-10-01",), 3, "is before the start"),
        (("2021-02-30..2021-03-01",), 2, "is not a period"),
        (("--from", "10/10/2021"), 2, "both --from and --to"),
        (("2021", "--from", "1/1/2021", "--to", "2/1/2021"), 2, "both --from and --to"),
        (("--from", "kemarin", "--to", "2/1/2021"), 2, "is neither a day"),
        (("--from", "1/1/1000", "--to", "2/1/2021"), 2, "is neither a day"),
        (("--by", "nik"), 2, "sector, kecamatan, kelurahan, sentra, form, scale, kbli"),
        (("--only", "cuaca"), 2, "movement, people_and_money, kecamatan_by_sector"),
        (("--sentra", "tenun"), 4, "No sentra has the number or name"),
        (("--kecamatan", "Payakumbuh Tengah"), 4, "Did you mean"),
    ],
)  # fmt: skip
def test_what_cannot_be_reported(city: Run, arguments: tuple[str, ...], status: int, said: str) -> None:
    outcome = city("summary", *arguments)
    assert outcome.status == status
    assert said in outcome.err
    assert "Traceback" not in outcome.err


def test_a_figure_is_the_latest_that_had_begun_by_then(city: Run) -> None:
    for year, investment in (("2021-05", "50 juta"), ("2021-11", "90 juta"), ("2019", "10 juta")):
        assert city("edit-business", "1", "--data-year", year, "--investment", investment).status == 0
    periods = ("2020-12", "2021-04", "2021-05", "2021-10", "2021-11", "2022")
    found = [figures(city, period)["people_and_money"]["total"]["investment"] for period in periods]  # type: ignore[index]
    assert found == [40_000_000, 40_000_000, 50_000_000, 50_000_000, 90_000_000, 90_000_000]


def test_a_business_that_closes_on_the_last_day_is_not_active_at_its_end(city: Run) -> None:
    assert city("close-business", "3", "--on", "2021-10-31").status == 0
    total = figures(city, "2021-10")["movement"]["total"]  # type: ignore[index]
    assert (total["opening"], total["registered"], total["closed"], total["closing"]) == (2, 1, 1, 2)


def test_what_was_closed_in_a_month_counts_in_the_month_before(ikmctl: Run) -> None:
    for number in range(10):
        ikmctl(
            "add-business",
            f"Usaha {number}",
            "--registered-on",
            "2020-01-05",
            "--investment",
            "1 juta",
            "--data-year",
            "2020",
        )
    assert ikmctl("close-business", "1", "--on", "2021-10-15").status == 0
    assert ikmctl("edit-business", "2", "--investment", "5 juta", "--data-year", "2021-10").status == 0
    [change] = [row for row in figures(ikmctl, "2021-10")["change"]["rows"] if row["indicator"] == "investment"]  # type: ignore[index]
    assert (change["previous"], change["now"]) == (10_000_000, 13_000_000)


def test_one_kecamatan_and_one_sentra(city: Run) -> None:
    east = city("summary", "2021-10", "--kecamatan", "payakumbuh timur", "--format", "json").data
    assert east["kecamatan"] == "Payakumbuh Timur"
    assert east["blocks"]["movement"]["total"]["closing"] == 1
    assert [row["kecamatan"] for row in east["blocks"]["kecamatan_by_sector"]["rows"]] == ["Payakumbuh Timur"]
    assert east["blocks"]["coaching"]["businesses_coached"] == 1
    assert [row["name"] for row in east["blocks"]["events"]["rows"]] == ["Bimtek"]
    south = city("summary", "2021-10", "--kecamatan", "Payakumbuh Selatan", "--format", "json").data["blocks"]
    assert south["events"]["rows"] == [] and south["coaching"]["events"] == 0
    assert [row["name"] for row in south["new_businesses"]["rows"]] == ["Tenun Ida"]
    sentra = city("summary", "2021-10", "--sentra", "rendang")
    assert "Summary of October 2021 · Sentra Rendang · Disnakerin" in sentra.out
    assert "Tenun Ida" not in sentra.out
    assert figures(city, "2021-10", "--sentra", "rendang")["movement"]["total"]["closing"] == 1  # type: ignore[index]


def test_told_apart_by_other_things(city: Run) -> None:
    def closing(by: str) -> dict[object, int]:
        rows = figures(city, "2021-10", "--by", by, "--only", "movement")["movement"]["rows"]  # type: ignore[index]
        return {row[by]: row["closing"] for row in rows if row["closing"]}

    assert closing("kelurahan") == {
        "Tiakar (Payakumbuh Timur)": 1, "Balai Panjang (Payakumbuh Selatan)": 1, None: 1,
    }  # fmt: skip
    assert closing("sentra") == {"Sentra Rendang": 1, None: 2}
    assert closing("scale") == {"small": 1, None: 2}
    assert closing("kbli") == {None: 3}
    assert "In no sentra" in city("summary", "2021-10", "--by", "sentra").out
    assert "menurut kecamatan" in city("summary", "2021-10", "--by", "Kecamatan", "--lang", "id").out


def test_only_some_parts_in_the_reports_order(city: Run) -> None:
    assert list(figures(city, "2021-10", "--only", "coaching", "--only", "movement")) == ["movement", "coaching"]


def test_new_closed_and_corrected_businesses_by_name_and_nothing_personal(city: Run) -> None:
    today = date.today()
    city("edit-business", "Rendang Erna", "--phone", "0812-0000-1234", "--owner", "Erna Wati")
    city("close-business", "Besi Amri", "--on", today.isoformat())
    report = figures(city, today.strftime("%Y-%m"))
    assert [row["name"] for row in report["corrected_businesses"]["rows"]] == ["Rendang Erna"]  # type: ignore[index]
    assert [row["name"] for row in report["closed_businesses"]["rows"]] == ["Besi Amri"]  # type: ignore[index]
    assert not {"Erna Wati", "0812"} & set(json.dumps(report).split('"'))


def test_a_report_names_a_hundred_businesses_and_says_that_there_are_more(ikmctl: Run, db: Path) -> None:
    connection = sqlite3.connect(db)
    for number in range(1, 131):
        connection.execute("INSERT INTO business (id, name) VALUES (?, ?)", (number, f"Usaha {number}"))
        connection.execute("INSERT INTO activity (business_id, opened_on) VALUES (?, '2021-10-01')", (number,))
    connection.commit()
    connection.close()
    assert len(figures(ikmctl, "2021-10")["new_businesses"]["rows"]) == 100  # type: ignore[index]
    shown = ikmctl("summary", "2021-10", "--only", "new_businesses").out
    assert "ikmctl list-businesses --registered 2021-10" in shown
    assert "ikmctl list-businesses --registered 2021-10-01..2021-10-05" in ikmctl(
        "summary", "2021-10-01..2021-10-05", "--only", "new_businesses"
    ).out  # fmt: skip
    listed = ikmctl("list-businesses", "--registered", "2021-10-01..2021-10-05", "--format", "json").data
    assert len(listed) == 130


def test_an_empty_registry_and_a_month_to_come(ikmctl: Run) -> None:
    empty = ikmctl("summary", "2021-10")
    assert (empty.status, "No business is registered yet" in empty.out) == (0, True)
    assert "Belum ada IKM yang terdaftar" in ikmctl("summary", "2021-10", "--lang", "id").out
    assert "is in the future" in ikmctl("summary", "2099-01").err
    assert "belum tiba" in ikmctl("summary", "2099-01", "--lang", "id").err


# --- closed months ---------------------------------------------------------------------------------------------------


def test_a_closed_month_stays_as_it_was_reported(city: Run) -> None:
    before = city("summary", "2021-10", "--format", "json").data
    closed = city("close-month", "2021-10")
    assert (closed.status, "Closed October 2021" in closed.out) == (0, True)
    same = city("summary", "2021-10", "--format", "json").data
    assert same.pop("closed") is True
    assert same.pop("differs") == {}
    assert same == before

    city("edit-business", "Rendang Erna", "--workers-male", "8", "--data-year", "2020")
    city("add-business", "Baru", "--sector", "pangan", "--registered-on", "20/10/2021")
    city("edit-event", "Bimtek", "--funder", "CSR")
    after = city("summary", "2021-10", "--format", "json").data
    late = after["blocks"].pop("late_differences")["rows"]
    assert after["blocks"] == before["blocks"]
    told = {(each["part"], each["row"], each["figure"]): (each["reported"], each["today"]) for each in late}
    movement = before["blocks"]["movement"]["total"]
    assert told["Businesses by sector", "Food", "Registered"] == ("0", "1")
    assert told["Businesses by sector", "Total", "Closing"] == (str(movement["closing"]), str(movement["closing"] + 1))
    assert {"movement", "people_and_money", "events", "trend"} <= set(after["differs"])
    assert "sentra" not in after["differs"]
    shown = city("summary", "2021-10").out
    assert "October 2021 is closed: these are the figures as they were reported." in shown
    assert "Figures that differ in today's data" in shown
    assert "Baru" not in shown
    indonesian = city("summary", "2021-10", "--lang", "id").out
    assert (
        "sesuai dengan yang telah dilaporkan" in indonesian and "Angka yang berbeda dalam data hari ini" in indonesian
    )
    assert "was not saved" in city("summary", "2021-10", "--by", "kecamatan").out
    assert city("summary", "2021-10", "--only", "movement", "--format", "json").data["differs"].keys() == {"movement"}
    for name in ("csv", "markdown", "ndjson"):
        assert "CSR" not in city("summary", "2021-10", "--format", name).out

    assert city("reopen-month", "2021-10").status == 0
    reopened = city("summary", "2021-10", "--format", "json").data
    assert "closed" not in reopened
    assert reopened["blocks"]["movement"]["total"]["closing"] == 4


def test_figures_too_large_for_other_programs_are_kept_to_the_last_digit(city: Run, db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute("UPDATE observation SET production_value = 9007199254740993")
    connection.commit()
    connection.close()
    before = city("summary", "2021-10", "--format", "json").out
    city("close-month", "2021-10")
    assert '"9007199254740993"' in before
    assert json.loads(before)["blocks"] == city("summary", "2021-10", "--format", "json").data["blocks"]


def test_history_knows_of_it_and_undo_takes_it_back(city: Run) -> None:
    city("close-month", "2021-10")
    entry = city("history", "--format", "json").data[0]
    assert (entry["command"], entry["detail"], entry["rows"]) == ("close-month", "2021-10", 1)
    told = city("history", "--change", str(entry["number"])).out.splitlines()[-1]
    assert told.split() == ["closed", "month:", "October", "2021", "Figures", "–", "kept"]
    assert '"movement"' in city("history", "--change", str(entry["number"]), "--format", "json").data[1]["after"]
    assert city("undo", "--yes").status == 0
    assert "closed" not in city("summary", "2021-10", "--format", "json").data
    city("close-month", "2021-10")
    kept = city("summary", "2021-10", "--format", "json").data
    city("reopen-month", "2021-10")
    assert city("undo", "--yes").status == 0
    assert city("summary", "2021-10", "--format", "json").data == kept


def test_months_are_closed_in_their_order_once_one_is(city: Run) -> None:
    assert city("close-month", "2021-08").status == 0  # earlier ones are open, but none was ever closed
    refused = city("close-month", "2021-10")
    assert (refused.status, "September 2021, is open" in refused.err) == (3, True)
    assert "ikmctl close-month 2021-09" in refused.err
    assert city("close-month", "2021-09").status == city("close-month", "2021-10").status == 0
    city("reopen-month", "2021-09")
    assert "September 2021, is open" in city("close-month", "2021-11").err
    city("close-month", "2021-09")
    assert city("close-month", "2021-11").status == 0


def test_a_month_before_a_closed_one_is_not_closed_without_a_word(city: Run) -> None:
    assert city("close-month", "2021-10").status == 0
    refused = city("close-month", "2021-08")
    assert (refused.status, "a later month, October 2021, is closed" in refused.err) == (3, True)
    assert "ikmctl reopen-month 2021-10" in refused.err and "ikmctl close-month 2021-08" in refused.err
    assert "bulan sesudahnya, Oktober 2021" in city("close-month", "2021-08", "--lang", "id").err
    city("reopen-month", "2021-10")  # the way out
    for month in ("2021-08", "2021-09", "2021-10"):
        assert city("close-month", month).status == 0
    city("reopen-month", "2021-09")  # a month that was closed may be closed again
    assert city("close-month", "2021-09").status == 0


def test_a_closing_that_was_undone_binds_nobody(city: Run) -> None:
    city("close-month", "2015-01")
    city("undo", "--yes")
    assert city("close-month", "2021-10").status == 0


@pytest.mark.parametrize(
    ("command", "month", "status", "said", "indonesian"),
    [
        ("close-month", "2021-Q4", 2, "is not a month", "bukan bulan"),
        ("close-month", "Oktober", 2, "is not a month", "bukan bulan"),
        ("close-month", "2099-01", 3, "has not ended yet", "belum berakhir"),
        ("close-month", date.today().strftime("%Y-%m"), 3, "has not ended yet", "belum berakhir"),
        ("reopen-month", "2021-10", 3, "is not closed", "belum ditutup"),
    ],
)
def test_what_is_not_closed_or_opened(
    city: Run, command: str, month: str, status: int, said: str, indonesian: str
) -> None:
    outcome = city(command, month)
    assert outcome.status == status
    assert said in outcome.err
    assert indonesian in city(command, month, "--lang", "id").err
    assert city("history", "--format", "json").data[0]["command"] == "add-participants"


def test_a_month_is_closed_once(city: Run) -> None:
    city("close-month", "2021-10")
    again = city("close-month", "2021-10")
    assert (again.status, "already closed" in again.err) == (3, True)


def test_counts_are_grouped_and_have_their_plural(ikmctl: Run, tmp_path: Path) -> None:
    regions = tmp_path / "one.csv"
    regions.write_text("code,name\n13.77,Kota Baru\n", encoding="utf-8")
    assert "now has 1 region from" in ikmctl("import-regions", regions).out
    assert "now has 1 region from" not in ikmctl("import-regions", regions, "--lang", "id").out
    ikmctl("add-event", "Sosialisasi", "--kind", "workshop", "--starts-on", "11/10/2021", "--reported-male", "1234")
    ikmctl("add-participants", "Sosialisasi", "--person", "Rina")
    assert "1 on the list, 1,234 reported" in ikmctl("summary", "2021-10", "--only", "events").out
    assert "1.234 dilaporkan" in ikmctl("summary", "2021-10", "--only", "events", "--lang", "id").out


# --- targets ---------------------------------------------------------------------------------------------------------


def test_a_target_beside_what_was_reached(city: Run) -> None:
    assert "Target for 2021: Businesses coached 4." in city("set-target", "IKM coached", "2021", "4").out
    assert city("set-target", "investasi", "2021", "0,1 miliar", "--lang", "id").status == 0
    assert city("set-target", "cakupan", "2021", "50").status == 0
    rows = {row["indicator"]: row for row in figures(city, "2021-12")["targets"]["rows"]}  # type: ignore[index]
    coached = rows["businesses_coached"]
    assert [coached[f"q{quarter}"] for quarter in range(1, 5)] == [0, 0, 0, 1]
    assert (coached["target"], coached["realisation"], coached["realisation_percent"]) == (4, 1, 25)
    assert (rows["investment"]["realisation_percent"], rows["investment"]["q1"]) == (40, 40_000_000)
    assert (rows["coverage_percent"]["realisation"], rows["coverage_percent"]["realisation_percent"]) == (33.3, 66.6)
    early = {row["indicator"]: row for row in figures(city, "2021-05")["targets"]["rows"]}  # type: ignore[index]
    assert (early["businesses_coached"]["q1"], early["businesses_coached"]["q2"]) == (0, None)
    assert "Target dan realisasi 2021" in city("summary", "2021-12", "--lang", "id").out
    assert figures(city, "2020-12")["targets"]["rows"] == []  # type: ignore[index]


def test_targets_say_what_counts_from_january_and_what_is_as_of_a_day(city: Run) -> None:
    for indicator in ("events", "businesses", "workers"):
        city("set-target", indicator, "2021", "10")
    shown = city("summary", "2021-12", "--only", "targets").out
    assert "From January to the end of each quarter: Events." in shown
    assert "As of the end of each quarter: Businesses, Workers." in shown
    city("set-target", "events", "2021", "-")
    assert "From January" not in city("summary", "2021-12", "--only", "targets").out


def test_a_target_can_be_set_for_every_indicator(city: Run) -> None:
    for indicator in INDICATORS:
        assert city("set-target", indicator.code, "2021", "10").status == 0
    reached = {row["indicator"]: row for row in figures(city, "2021-12")["targets"]["rows"]}  # type: ignore[index]
    assert list(reached) == [indicator.code for indicator in INDICATORS]
    assert all(reached[code]["q4"] == reached[code]["realisation"] for code in reached)
    quarters = ("q1", "q2", "q3", "q4")
    assert [reached["growth_percent"][quarter] for quarter in quarters] == [0, 0, 100, 200]
    assert [reached["formal_percent"][quarter] for quarter in quarters] == [100, 100, 50, 33.3]
    assert [reached["value_added"][quarter] for quarter in quarters] == [None] * 4  # it is known of no business
    shown = city("summary", "2021-12", "--only", "targets").out
    assert "Growth (%)" in shown and "Investment (Rp)" in shown


def test_a_target_that_another_program_made_up_is_shown_all_the_same(city: Run, db: Path) -> None:
    with sqlite3.connect(db) as other:
        other.execute("INSERT INTO target (indicator, year, value) VALUES ('weather', 2021, 7)")
    other.close()
    assert city("list-targets", "--format", "json").data == [{"indicator": "weather", "year": 2021, "value": 7}]
    [row] = figures(city, "2021-12")["targets"]["rows"]  # type: ignore[index]
    assert (row["indicator"], row["target"], row["realisation"]) == ("weather", 7, None)


def test_help_names_every_indicator_and_no_two_have_one_name(city: Run) -> None:
    from ikmctl.domain.keys import key
    from ikmctl.language import in_every_language

    told = " ".join(city("set-target", "--help", "--lang", "en").out.split())
    assert ", ".join(indicator.code for indicator in INDICATORS) in told
    names: dict[str, str] = {}
    for each in INDICATORS:
        for word in (each.code, *in_every_language([each.label])[each.label].values(), *each.words):
            assert names.setdefault(key(word), each.code) == each.code, word


def test_targets_are_listed_changed_taken_away_and_undone(city: Run) -> None:
    city("set-target", "events", "2021", "10")
    city("set-target", "kegiatan", "2021", "12")
    city("set-target", "events", "2020", "3")
    assert city("list-targets", "2021", "--format", "json").data == [{"indicator": "events", "year": 2021, "value": 12}]
    assert len(city("list-targets", "--format", "json").data) == 2
    city("undo", "--yes")
    assert len(city("list-targets", "--format", "json").data) == 1
    city("set-target", "events", "2021", "-")
    assert city("list-targets", "--format", "json").data == []
    assert city("history", "--format", "json").data[0]["command"] == "set-target"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("cuaca", "2021", "1"), 2, "businesses_coached, coverage_percent, new_entrepreneurs, groups"),
        (("events", "abad", "1"), 3, "Year"),
        (("events", "2021", "banyak"), 3, "banyak"),
        (("events", "2021", "-5"), 3, "-5"),
    ],
)
def test_what_is_no_target(city: Run, arguments: tuple[str, ...], status: int, said: str) -> None:
    outcome = city("set-target", "--", *arguments)
    assert outcome.status == status
    assert said in outcome.err
    assert city("list-targets", "--format", "json").data == []


def test_a_sentra_is_reported_from_the_day_it_opens_to_the_day_before_it_closes(ikmctl: Run) -> None:
    for name, opened, closed in (
        ("Sentra Tenun", "2021-10-31", "2021-11-30"),
        ("Sentra Rajut", "2021-01-01", "2021-10-31"),
        ("Sentra Rendang", "2021-11-01", "2022-01-01"),
    ):
        assert ikmctl("add-sentra", name, "--opened-on", opened).status == 0
        assert ikmctl("close-sentra", name, "--on", closed).status == 0
    reported = {
        month: sorted(row["name"] for row in figures(ikmctl, month)["sentra"]["rows"])  # type: ignore[index]
        for month in ("2021-09", "2021-10", "2021-11")
    }
    assert reported == {"2021-09": ["Sentra Rajut"], "2021-10": ["Sentra Tenun"], "2021-11": ["Sentra Rendang"]}
