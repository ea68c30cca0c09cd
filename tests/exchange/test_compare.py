"""City beside city: what Bukittinggi's officers travelled for."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ikmctl.registry.file import header
from tests.conftest import Run


@pytest.fixture
def payakumbuh(bare: Run, tmp_path: Path) -> Path:
    """The demo registry."""
    path = tmp_path / "payakumbuh.db"
    assert bare("demo", "--db", path).status == 0
    return path


@pytest.fixture
def bukittinggi(bare: Run, payakumbuh: Path) -> Run:
    """A registry of Bukittinggi with four embroiderers and an exhibition."""
    bare("init", "--city", "13.75", "--office", "DPMPTSPPTK Kota Bukittinggi")
    for number in range(1, 5):
        bare(
            "add-business", f"Sulaman {number}", "--sector", "sandang", "--registered-on", f"2020-0{number}-01",
            "--workers-male", "1", "--workers-female", "2", "--data-year", "2021",
        )  # fmt: skip
    bare("add-event", "Pameran Sulaman", "--kind", "pameran", "--starts-on", "1/10/2021", "--funder", "Ibu Ratna")
    bare("add-participants", "Pameran Sulaman", "--business", "1")
    return bare


def by(rows: list[dict[str, Any]], key: str) -> dict[str, tuple[Any, ...]]:
    return {row[key]: tuple(value for name, value in row.items() if name.startswith("city_")) for row in rows}


def test_the_story(bukittinggi: Run, payakumbuh: Path) -> None:
    report = bukittinggi("compare", payakumbuh, "--period", "2021", "--format", "json").data
    assert [city["name"] for city in report["cities"]] == ["Kota Bukittinggi", "Kota Payakumbuh"]
    blocks = {name: block["rows"] for name, block in report["blocks"].items()}
    absolute, relative = by(blocks["indicators"], "indicator"), by(blocks["per_thousand"], "indicator")
    assert absolute["businesses"] == (4, 291)
    assert absolute["workers"] == (12, 2038) and relative["workers"] == (
        3000.0,
        round(1000 * 2038 / 281, 1),
    )  # of 10 they are not known
    assert absolute["investment"][0] is None  # of no business known
    assert absolute["coverage_percent"] == (25.0, 3.4) and absolute["sentra_members"] == (0, 30)
    assert by(blocks["sectors"], "sector")["clothing"] == (100.0, 30.6)
    assert by(blocks["events_by_event_kind"], "event_kind") == {
        "exhibition": (1, 0),
        "study-visit": (0, 1),
        "workshop": (0, 1),
    }
    assert by(blocks["events_by_source"], "source") == {"Ibu Ratna": (1, 0), "APBD": (0, 1)}
    assert report["ahead"] == "city_2"
    assert {"part": "sentra", "name": "Sentra Rendang Payakumbuh", "number": 14} in blocks["how_it_works"]
    widest = [each["times"] for each in report["differences"]]
    assert widest == sorted(widest, key=lambda times: (times is not None, -(times or 0)))

    text = bukittinggi("compare", payakumbuh, "--period", "2021").out
    first = text.index("The largest differences:")
    assert first < text.index("Indicators") and "none in Kota Bukittinggi" in text
    assert "Clothing and leather: 100% of the businesses in Kota Bukittinggi, 30.6% in Kota Payakumbuh." in text
    assert "Kota Payakumbuh is ahead in" in text and "How Kota Payakumbuh works" in text


def test_only_what_is_asked_for(bukittinggi: Run, payakumbuh: Path) -> None:
    asked = ("compare", payakumbuh, "--period", "2021", "--only", "sectors", "--only", "how_it_works")
    assert list(bukittinggi(*asked, "--format", "json").data["blocks"]) == ["sectors", "how_it_works"]
    refused = bukittinggi(*asked, "--only", "weather")
    assert refused.status == 2 and "“weather”" in refused.err and "per_thousand" in refused.err


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "tsv", "markdown", "table"])
def test_every_format_and_both_languages(bukittinggi: Run, payakumbuh: Path, form: str) -> None:
    for language in ("id", "en"):
        outcome = bukittinggi("compare", payakumbuh, "--period", "2021", "--format", form, "--lang", language)
        assert outcome.status == 0 and "291" in outcome.out


@pytest.mark.parametrize(("ending", "begins"), [("xlsx", b"PK"), ("html", b"<!"), ("pdf", b"%PDF"), ("json", b"{")])
def test_a_name_that_means_something_to_a_format_is_only_a_name(
    bukittinggi: Run, payakumbuh: Path, tmp_path: Path, ending: str, begins: bytes
) -> None:
    connection = sqlite3.connect(payakumbuh)
    name = "Kota <script>alert(1)</script> =1+1 [/] #let\x1b[31m"
    connection.execute("UPDATE region SET name = ? WHERE code = '13.76'", (name,))
    connection.commit()
    connection.close()
    outcome = bukittinggi("compare", payakumbuh, "--period", "2021", "--output", f"kota.{ending}")
    assert outcome.status == 0, outcome.text
    content = (tmp_path / f"kota.{ending}").read_bytes()
    assert content.lower().startswith(begins.lower())
    assert ending != "html" or not (b"<script" in content or b"\x1b" in content)


def test_in_indonesian(bukittinggi: Run, payakumbuh: Path) -> None:
    text = bukittinggi("compare", payakumbuh, "--period", "2021", "--lang", "id").out
    assert "Perbedaan terbesar:" in text and "per 1.000 usaha" in text and "Sandang dan Kulit" in text
    assert "The " not in text and "Businesses" not in text


def test_the_figures_are_those_of_the_summary(bukittinggi: Run, payakumbuh: Path) -> None:
    summary = bukittinggi("summary", "2021-10", "--format", "json", "--db", payakumbuh).data["blocks"]
    report = bukittinggi("compare", payakumbuh, "--period", "2021-10", "--format", "json").data["blocks"]
    theirs = {code: values[1] for code, values in by(report["indicators"]["rows"], "indicator").items()}
    people, coaching = summary["people_and_money"]["total"], summary["coaching"]
    assert theirs["businesses"] == summary["movement"]["total"]["closing"] == 288
    assert (theirs["registered"], theirs["closed"]) == (7, 2)
    for code in ("workers", "investment", "production_value", "value_added"):
        assert theirs[code] == people[code]
    assert (theirs["participants"], theirs["coverage_percent"]) == (
        coaching["attendances"],
        coaching["coverage_percent"],
    )


def test_another_registry_is_never_touched(bukittinggi: Run, payakumbuh: Path) -> None:
    before, looks = payakumbuh.read_bytes(), sorted(payakumbuh.parent.iterdir())
    changed = payakumbuh.stat().st_mtime_ns
    payakumbuh.chmod(0o400)
    assert bukittinggi("compare", payakumbuh, "--period", "2021").status == 0
    assert payakumbuh.read_bytes() == before and payakumbuh.stat().st_mtime_ns == changed
    assert sorted(payakumbuh.parent.iterdir()) == looks


def test_three_cities_and_two_of_one_name(bukittinggi: Run, payakumbuh: Path, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    shutil.copy(payakumbuh, tmp_path / "copy.db")
    shutil.copy(payakumbuh, tmp_path / "old" / "copy.db")
    title = bukittinggi("compare", payakumbuh, "copy.db", "--period", "2021").out.split("\n")[0]
    assert title == "Kota Bukittinggi · Kota Payakumbuh (payakumbuh.db) · Kota Payakumbuh (copy.db): 2021"
    title = bukittinggi("compare", "copy.db", "old/copy.db", "--period", "2021").out.split("\n")[0]
    assert "Kota Payakumbuh (copy.db)" in title and "Kota Payakumbuh (old/copy.db)" in title


def test_two_empty_registries(bare: Run, tmp_path: Path) -> None:
    bare("init", "--city", "13.75", "--office", "X")
    bare("init", "--city", "13.99", "--office", "Dinas", "--db", tmp_path / "b.db")
    outcome = bare("compare", "b.db", "--period", "2021")
    assert outcome.status == 0 and "Nothing to compare" in outcome.out
    assert outcome.out.startswith("Kota Bukittinggi · Dinas: 2021")


# --- files of indicators ---------------------------------------------------------------------------------------------


def test_a_file_of_indicators_holds_no_record_and_compares_alike(
    bukittinggi: Run, payakumbuh: Path, tmp_path: Path
) -> None:
    told = bukittinggi("export-indicators", "p.json", "2021", "--db", payakumbuh)
    assert told.status == 0 and "no record" in told.out
    written = (tmp_path / "p.json").read_text(encoding="utf-8")
    for record in ("Rajut", "Rendang Payakumbuh", "Fayari", "Studi Tiru", "Hasnul"):
        assert record not in written
    whole = bukittinggi("compare", payakumbuh, "--period", "2021", "--format", "json").data["blocks"]
    handed = bukittinggi("compare", "p.json", "--format", "json").data  # the period is the file's
    assert handed["period"] == "2021"
    for block in ("indicators", "per_thousand", "sectors", "scales"):
        assert handed["blocks"][block] == whole[block]
    assert by(handed["blocks"]["events_by_event_kind"]["rows"], "event_kind")["workshop"] == (0, None)
    text = bukittinggi("compare", "p.json").out
    assert "< 3" in text and "does not name the sentra" in text


def test_small_counts_and_names_stay_at_home(bukittinggi: Run, tmp_path: Path) -> None:
    bukittinggi(
        "add-business", "Keripik", "--sector", "pangan", "--registered-on", "2021-01-01", "--nib", "9100000000001"
    )
    bukittinggi("export-indicators", "b.json", "2021")
    written = (tmp_path / "b.json").read_text(encoding="utf-8")
    assert "Ratna" not in written
    found = json.loads(written)
    sectors = {each["code"]: each["businesses"] for each in found["sectors"]}
    assert sectors["food"] is None and sectors["clothing"] is None  # 5 in all: 4 would tell that 1 is left
    assert found["indicators"]["formal"]["value"] is None and found["indicators"]["formal_percent"]["value"] is None
    assert found["funding"] == [{"source": "other", "events": None}]  # “Ibu Ratna” may be a person
    assert found["event_kinds"] == [{"kind": "exhibition", "events": None}]
    numbers = [each["businesses"] for part in ("sectors", "scales") for each in found[part]]
    assert not {1, 2} & set(numbers)


def test_sums_over_fewer_than_three_businesses_stay_at_home(bukittinggi: Run, tmp_path: Path) -> None:
    bukittinggi("edit-business", "1", "--production-value", "5 juta", "--data-year", "2021")
    bukittinggi("export-indicators", "b.json", "2021")
    found = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["indicators"]
    assert found["production_value"] == {"value": None, "per_thousand": None, "unit": "Rp"}
    assert found["workers"]["value"] == 12


def test_where_it_is_written(bukittinggi: Run, db: Path, tmp_path: Path) -> None:
    assert bukittinggi("export-indicators", "b.json", "2021").status == 0
    again = bukittinggi("export-indicators", "b.json", "2021")
    assert again.status == 1 and "already exists" in again.err
    before = (tmp_path / "b.json").read_bytes()
    assert bukittinggi("export-indicators", "b.json", "2021", "--yes").status == 0
    assert (tmp_path / "b.json").read_bytes() == before
    content = db.read_bytes()
    assert bukittinggi("export-indicators", db, "--yes").status == 1
    assert bukittinggi("export-indicators", f"{db}-journal", "--yes").status == 1
    (tmp_path / "link.json").symlink_to(db)
    assert bukittinggi("export-indicators", "link.json", "--yes").status == 1
    assert db.read_bytes() == content
    assert bukittinggi("export-indicators", "missing/b.json").status == 1
    assert bukittinggi("export-indicators", "c.json", "2021-99").status == 2
    assert not list(tmp_path.glob(".ikmctl-*"))


# --- what cannot be compared -----------------------------------------------------------------------------------------


def edited(change: Callable[[Any], object]) -> Callable[[Path], None]:
    def apply(file: Path) -> None:
        found = json.loads(file.read_text(encoding="utf-8"))
        change(found)
        file.write_text(json.dumps(found), encoding="utf-8")

    return apply


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda file: file.unlink(), "there is no such file"),
    "empty": (lambda file: file.write_bytes(b""), "neither a registry nor"),
    "a spreadsheet": (lambda file: file.write_text("NIB,Nama Usaha\n"), "neither a registry nor"),
    "not UTF-8": (lambda file: file.write_bytes(b"\xff\xfe{"), "neither a registry nor"),
    "deep": (lambda file: file.write_text("[" * 100_000), "neither a registry nor"),
    "huge": (lambda file: file.write_text(" " * 2**21 + "{}"), "neither a registry nor"),
    "foreign JSON": (lambda file: file.write_text('{"indicators": {}}'), "neither a registry nor"),
    "newer": (edited(lambda found: found.update(version=2)), "format version is 2, but this program reads 1"),
    "no period": (edited(lambda found: found.pop("period")), "its content is not valid"),
    "no such period": (edited(lambda found: found.update(period="2021-13")), "its content is not valid"),
    "text for a number": (edited(lambda found: found["indicators"]["workers"].update(value="many")), "its content is not valid"),
    "NaN": (edited(lambda found: found["indicators"]["workers"].update(value=float("nan"))), "its content is not valid"),
    "true": (edited(lambda found: found["indicators"]["workers"].update(value=True)), "its content is not valid"),
    "a list for an object": (edited(lambda found: found.update(indicators=[])), "its content is not valid"),
    "a negative count": (edited(lambda found: found["sectors"][0].update(businesses=-1)), "its content is not valid"),
    "a long name": (edited(lambda found: found["city"].update(name="x" * 301)), "its content is not valid"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_none(bukittinggi: Run, payakumbuh: Path, tmp_path: Path, name: str) -> None:
    damage, said = REFUSED[name]
    bukittinggi("export-indicators", "p.json", "2021", "--db", payakumbuh)
    damage(tmp_path / "p.json")
    outcome = bukittinggi("compare", "p.json")
    assert outcome.status == 3 and said in outcome.err and "→" in outcome.err


def test_a_name_that_would_steer_the_terminal_is_shown_harmless(
    bukittinggi: Run, payakumbuh: Path, tmp_path: Path
) -> None:
    bukittinggi("export-indicators", "p.json", "2021", "--db", payakumbuh)
    edited(lambda found: found["city"].update(name="Kota [red]\x1b[31m"))(tmp_path / "p.json")
    outcome = bukittinggi("compare", "p.json")
    assert outcome.status == 0 and "\x1b" not in outcome.out and "[red]\\x1b[31m" in outcome.out


def test_a_lacking_indicator_is_left_open(bukittinggi: Run, payakumbuh: Path, tmp_path: Path) -> None:
    bukittinggi("export-indicators", "p.json", "2021", "--db", payakumbuh)
    edited(lambda found: found["indicators"].pop("workers"))(tmp_path / "p.json")
    rows = bukittinggi("compare", "p.json", "--format", "json").data["blocks"]["indicators"]["rows"]
    assert by(rows, "indicator")["workers"] == (12, None)


def test_another_period(bukittinggi: Run, payakumbuh: Path) -> None:
    bukittinggi("export-indicators", "p.json", "2020", "--db", payakumbuh)
    outcome = bukittinggi("compare", "p.json", "--period", "2021")
    assert outcome.status == 3 and "contains the indicators of 2020" in outcome.err and "--period 2020" in outcome.err
    bukittinggi("export-indicators", "q.json", "2021", "--db", payakumbuh)
    assert bukittinggi("compare", "p.json", "q.json").status == 3


def test_the_same_file_twice(bukittinggi: Run, db: Path, payakumbuh: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(payakumbuh)
    for files in ((db,), (payakumbuh, payakumbuh), (payakumbuh, "./payakumbuh.db"), (payakumbuh, "link.db")):
        outcome = bukittinggi("compare", *files, "--period", "2021")
        assert outcome.status == 2 and "compared with itself" in outcome.err


def test_a_name_that_no_system_takes(bukittinggi: Run) -> None:
    refused = bukittinggi("compare", "x" * 5_000)
    assert (refused.status, refused.out) == (3, "")
    assert "the name is too long" in refused.err


def test_a_registry_of_another_version(bukittinggi: Run, payakumbuh: Path) -> None:
    for version, said in ((header.VERSION - 1, "older ikmctl"), (header.VERSION + 1, "newer ikmctl")):
        connection = sqlite3.connect(payakumbuh)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.close()
        before, looks = payakumbuh.read_bytes(), sorted(payakumbuh.parent.iterdir())
        outcome = bukittinggi("compare", payakumbuh)
        assert outcome.status == 5 and said in outcome.err and "→" in outcome.err
        assert payakumbuh.read_bytes() == before and sorted(payakumbuh.parent.iterdir()) == looks


def test_a_registry_left_in_the_middle_of_a_change(bukittinggi: Run, payakumbuh: Path, tmp_path: Path) -> None:
    writer = sqlite3.connect(payakumbuh, isolation_level=None)
    writer.execute("PRAGMA cache_size = 5")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE business SET notes = printf('%.500c', 'x')")  # more than the cache: written before its time
    for name in ("", "-journal"):
        shutil.copy(f"{payakumbuh}{name}", tmp_path / f"left.db{name}")
    writer.execute("ROLLBACK")
    writer.close()
    before = (tmp_path / "left.db").read_bytes()
    outcome = bukittinggi("compare", "left.db", "--period", "2021")
    assert outcome.status == 5 and "A change to" in outcome.err and "was interrupted" in outcome.err
    assert (tmp_path / "left.db").read_bytes() == before and (tmp_path / "left.db-journal").stat().st_size > 0
    assert bukittinggi("status", "--db", "left.db").status == 0  # the way out
    assert bukittinggi("compare", "left.db", "--period", "2021").status == 0


@pytest.mark.parametrize(
    ("make", "status"),
    [(lambda path: path.mkdir(), 3), (lambda path: sqlite3.connect(path).execute("CREATE TABLE t (a)"), 5)],
)
def test_what_is_no_registry(bukittinggi: Run, tmp_path: Path, make: Callable[[Path], object], status: int) -> None:
    make(tmp_path / "other")
    outcome = bukittinggi("compare", "other")
    assert outcome.status == status and "→" in outcome.err


def test_a_path_with_signs_that_mean_something_in_an_address(
    bukittinggi: Run, payakumbuh: Path, tmp_path: Path
) -> None:
    odd = tmp_path / "a ?mode=rwc#%41&.db"
    shutil.copy(payakumbuh, odd)
    assert bukittinggi("compare", odd, "--period", "2021").status == 0
    assert len(list(tmp_path.glob("a *"))) == 1
