"""Events in full: parties, money by source, status, texts; how an event grows, and how it is found again."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.records.registries import content

NEXT_YEAR = date.today().year + 1


@pytest.fixture
def training(ikmctl: Run) -> Run:
    """A training of September 2021 that two sources pay for."""
    outcome = ikmctl(
        "add-event", "Pelatihan Rajut", "--kind", "training", "--starts-on", "13-17 September 2021", "--batch", "I",
        "--organiser", "Disnakerin", "--organiser", "Dekranasda", "--instructor", "Ibu Yeni", "--venue", "Aula",
        "--kelurahan", "Tiakar", "--hours", "40", "--budget", "APBD=50jt", "--budget", "DAK Nonfisik=20 juta",
    )  # fmt: skip
    assert outcome.status == 0, outcome.text
    return ikmctl


def shown(run: Run, number: int = 1) -> dict[str, object]:
    data: dict[str, object] = run("show-event", str(number), "--format", "json").data
    return data


def test_an_event_says_who_and_how_much(training: Run) -> None:
    event = shown(training)
    assert (event["organiser"], event["instructor"]) == ("Disnakerin; Dekranasda", "Ibu Yeni")
    assert (event["funder"], event["budget"]) == ("APBD; DAK Nonfisik", 70_000_000)
    assert event["budget_by_source"] == "APBD=50000000; DAK Nonfisik=20000000"
    assert (event["hours"], event["batch"], event["kecamatan"]) == (40, "I", "Payakumbuh Timur")
    assert "APBD = Rp 50,000,000; DAK Nonfisik = Rp 20,000,000" in training("show-event", "1").out


def test_an_event_grows_by_parties_and_money(training: Run) -> None:
    assert training("edit-event", "1", "--organiser", "+BDI Padang", "--funder", "-APBD").status == 0
    event = shown(training)
    assert (event["organiser"], event["funder"]) == ("Disnakerin; Dekranasda; BDI Padang", "DAK Nonfisik")
    assert event["budget"] == 20_000_000
    outcome = training("edit-event", "1", "--budget", "CSR=5jt", "--budget", "30 juta", "--organiser", "-dekranasda")
    assert outcome.status == 0 and "BDI Padang → Disnakerin, BDI Padang" in outcome.out
    event = shown(training)
    assert (event["organiser"], event["funder"]) == ("Disnakerin; BDI Padang", "DAK Nonfisik; CSR")
    assert (event["budget"], event["budget_by_source"]) == (30_000_000, "DAK Nonfisik=20000000; CSR=5000000")
    assert training("edit-event", "1", "--budget", "csr=6jt", "--budget", "-", "--organiser", "-").status == 0
    event = shown(training)
    assert (event["organiser"], event["budget"], event["funder"]) == (None, 26_000_000, "DAK Nonfisik; CSR")
    for _change in range(3):
        assert training("undo", "--yes").status == 0
    assert shown(training)["organiser"] == "Disnakerin; Dekranasda"
    assert shown(training)["budget_by_source"] == "APBD=50000000; DAK Nonfisik=20000000"


def test_replaced_parties_keep_what_they_give(training: Run) -> None:
    assert training("edit-event", "1", "--funder", "CSR", "--funder", "APBD").status == 0
    event = shown(training)
    assert (event["funder"], event["budget_by_source"]) == ("CSR; APBD", "APBD=50000000")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--organiser", "-Kadin"), 3, "it has: Disnakerin, Dekranasda"),
        (("--budget", "10 juta"), 3, "less than the sum of its sources, Rp 70,000,000"),
        (("--budget", "APBD=lima"), 3, "is not a number"),
        (("--budget", "=5jt"), 3, "Write SOURCE=AMOUNT"),
        (("--hours", "-3"), 3, "Hours"),
        (("--status", "ditunda"), 3, "planned, held, reported, cancelled"),
        (
            ("--starts-on", f"1/2/{NEXT_YEAR}", "--ends-on", f"2/2/{NEXT_YEAR}", "--status", "held"),
            3,
            "cannot be held before that day",
        ),
    ],
)
def test_what_an_event_cannot_be(training: Run, db: Path, arguments: tuple[str, ...], status: int, said: str) -> None:
    before = content(db)
    outcome = training("edit-event", "1", *arguments)
    assert (outcome.status, said in outcome.err) == (status, True), outcome.err
    assert content(db) == before


def test_the_status_follows_from_the_days_and_from_closing(ikmctl: Run) -> None:
    def status() -> tuple[object, object]:
        event = shown(ikmctl)
        return event["status"], event["closed_on"]

    ikmctl("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", f"1/2/{NEXT_YEAR}")
    assert status() == ("planned", None)
    refused = ikmctl("close-event", "1")
    assert refused.status == 3 and f"begins on {NEXT_YEAR}-02-01" in refused.err
    ikmctl("edit-event", "1", "--starts-on", "1/2/2021")
    assert status() == ("held", None)
    ikmctl("close-event", "1", "--on", "10/2/2021")
    assert status() == ("reported", "2021-02-10")
    ikmctl("reopen-event", "1")
    assert status() == ("held", None)
    ikmctl("edit-event", "1", "--status", "dibatalkan", "--lang", "id")
    assert status()[0] == "cancelled"
    refused = ikmctl("add-participants", "1", "--person", "Rina")
    assert refused.status == 3 and "was cancelled" in refused.err and "reopen-event 1" in refused.err
    ikmctl("edit-event", "1", "--status", "planned")
    assert status() == ("planned", None)


def test_reports_count_what_was_held(ikmctl: Run) -> None:
    for name, status in (("A", "held"), ("B", "reported"), ("C", "planned"), ("D", "cancelled")):
        ikmctl("add-event", name, "--kind", "bimtek", "--starts-on", "1/2/2021", "--status", status)
    report = ikmctl("summary", "2021-02", "--format", "json").data["blocks"]
    assert [row["name"] for row in report["events"]["rows"]] == ["A", "B"]
    assert report["coaching"]["events"] == 2
    assert "C was planned for this period" in ikmctl("summary", "2021-02", "--only", "events").out


def test_events_are_found_by_what_is_known_of_them(training: Run) -> None:
    training("add-sentra", "Sentra Rajut")
    training("add-business", "Kelompok Fayari", "--form", "group")
    training("add-business", "Rajut Des", "--group", "Kelompok Fayari", "--sentra", "Sentra Rajut")
    training("add-participants", "1", "--business", "Rajut Des")
    training(
        "add-event", "Studi Tiru", "--kind", "study-visit", "--starts-on", "11/10/2021", "--host", "Disnakerin Payakumbuh",
        "--funder", "CSR", "--lesson", "Pembinaan melalui sentra", "--outcome", "Rencana kerja",
    )  # fmt: skip

    def found(*arguments: str) -> list[str]:
        return [row["name"] for row in training("list-events", *arguments, "--format", "json").data]

    assert found("--funder", "apbd") == found("--funder", "DAK") == ["Pelatihan Rajut"]
    assert found("--party", "dekranasda") == found("--party", "ibu yeni") == ["Pelatihan Rajut"]
    assert found("--party", "disnakerin payakumbuh") == ["Studi Tiru"]
    for filter_ in (("--business", "Rajut Des"), ("--business", "Fayari"), ("--sentra", "rajut")):
        assert found(*filter_) == ["Pelatihan Rajut"]
    assert found("--search", "SENTRA pembina") == ["Studi Tiru"]
    assert found("--search", "dekranasda aula") == ["Pelatihan Rajut"]
    assert found("--search", "%") == []
    assert found("--held", "2021-10", "--status", "held", "--search", "rencana") == ["Studi Tiru"]
    assert found("--kind", "training", "--kecamatan", "payakumbuh timur") == ["Pelatihan Rajut"]
    unknown = training("list-events", "--funder", "APBN")
    assert unknown.status == 4 and "APBD" in unknown.err
    lessons = training("summary", "2021-10", "--only", "lessons", "--format", "json").data["blocks"]["lessons"]["rows"]
    assert [(row["name"], row["outcome"], row["lesson"]) for row in lessons] == [
        ("Studi Tiru", "Rencana kerja", "Pembinaan melalui sentra")
    ]


def test_an_ambiguous_name_lists_day_and_place(training: Run) -> None:
    training(
        "add-event", "Pelatihan Rajut", "--kind", "training", "--starts-on", "1/10/2021", "--batch", "II", "--venue", "Balai"
    )  # fmt: skip
    outcome = training("show-event", "pelatihan rajut")
    assert outcome.status == 4
    assert "1 Pelatihan Rajut, 2021-09-13, I, Aula; 2 Pelatihan Rajut, 2021-10-01, II, Balai" in outcome.err
    for which in ("II", "1 Oktober 2021", "2021-10-01"):
        assert training("show-event", f"Pelatihan Rajut / {which}", "--format", "json").data["number"] == 2


def test_a_list_of_events_comes_back_as_it_was(training: Run, tmp_path: Path) -> None:
    """Status, money by source and texts go out to a file and are read again: nothing changes."""
    training("edit-event", "1", "--outcome", "10 IKM berproduksi sendiri", "--lesson", "Alat sendiri")
    columns = "name,kind,starts_on,ends_on,batch,hours,budget_by_source,organiser,funder,status,outcome,lesson"
    path = tmp_path / "events.csv"
    assert training("list-events", "--columns", columns, "--reveal", "--output", path).status == 0
    outcome = training("import-events", path, "--yes", "--dry-run")
    assert outcome.status == 0 and " ".join(outcome.text.split()).count("unchanged 1") == 1, outcome.text
    text = path.read_text("utf-8-sig").replace("DAK Nonfisik=20000000", "DAK Nonfisik=25 juta")
    path.write_text(text, encoding="utf-8")
    assert training("import-events", path, "--yes", "--on-duplicate", "update").status == 0
    assert shown(training)["budget"] == 75_000_000


def test_erasing_a_person_reaches_the_texts_of_events(training: Run, db: Path) -> None:
    training("add-participants", "1", "--person", "Rina Wati")
    training("edit-event", "1", "--outcome", "Rina Wati berproduksi sendiri", "--lesson", "Ajak Rina Wati")
    training("close-month", "2021-09")
    training("reopen-month", "2021-09")
    training("close-month", "2021-09")
    assert training("erase-person", "Rina Wati", "--yes").status == 0
    assert shown(training)["lesson"] == "Ajak (dihapus)"
    assert b"Rina Wati" not in db.read_bytes()
    report = training("summary", "2021-09", "--format", "json").data["blocks"]["lessons"]["rows"]
    assert [row["outcome"] for row in report] == ["(dihapus) berproduksi sendiri"]


def test_history_tells_the_money_of_a_source(training: Run) -> None:
    training("edit-event", "1", "--budget", "APBD=60jt")
    said = training("history", "--change", "3").out
    assert "Budget by source" in said and "Rp 50,000,000" in said and "Rp 60,000,000" in said


def test_no_program_can_store_an_unknown_status(training: Run, db: Path) -> None:
    with sqlite3.connect(db) as other, pytest.raises(sqlite3.IntegrityError):
        other.execute("UPDATE event SET status = 'ditunda'")
    other.close()
