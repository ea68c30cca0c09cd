"""Businesses entered twice: noticed when one is added, found later, merged, or marked as different."""

import json
import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikmctl.actions.history.undo import Wanted, plan_undo, undo
from ikmctl.actions.records.merge import merge_businesses
from ikmctl.actions.setup import registry_file
from ikmctl.errors import IkmError
from ikmctl.registry.file.database import open_registry
from tests.conftest import Run, examples
from tests.records.registries import content, fill


@pytest.fixture
def twice(ikmctl: Run) -> Run:
    """One business that was entered twice, both times with data of its own, and a third one that is another."""
    ikmctl("add-sentra", "Sentra Rendang")
    ikmctl(
        "add-business", "Rendang Uni Erna", "--owner", "Erna Wati", "--kelurahan", "Tiakar", "--phone", "0812-0000-1234",
        "--kbli", "10750", "--registered-on", "2021-10-11", "--workers-male", "2", "--data-year", "2021", "--form", "group",
    )  # fmt: skip
    ikmctl(
        "add-business", "Rendang Erna", "--owner", "Erna Wati", "--kelurahan", "Tiakar", "--phone", "0813-7455-0001",
        "--nib", "1234567890123", "--kbli", "10750,10794", "--registered-on", "2020-01-05", "--workers-male", "3",
        "--data-year", "2021", "--sentra", "1", "--notes", "titip", "--form", "group",
    )  # fmt: skip
    ikmctl("edit-business", "2", "--investment", "28 juta", "--data-year", "2022")
    ikmctl("add-business", "Kerupuk Uni Erna", "--owner", "Erna Wati", "--kelurahan", "Tiakar", "--group", "2")
    for day in ("1/2/2021", "1/3/2021"):
        ikmctl("add-event", f"Bimtek {day}", "--kind", "bimtek", "--starts-on", day)
        ikmctl("add-participants", f"Bimtek {day}", "--business", "2")
    ikmctl("add-participants", "Bimtek 1/2/2021", "--business", "1")
    return ikmctl


def pairs(run: Run, *options: str) -> list[tuple[int, int]]:
    found = run("find-duplicates", "--format", "json", *options).data
    return [(row["number"], row["other_number"]) for row in found]


def test_a_business_like_one_that_is_there_is_added_with_a_word(ikmctl: Run) -> None:
    ikmctl("add-business", "Rendang Uni Erna", "--owner", "Erna Wati", "--kelurahan", "Tiakar")
    outcome = ikmctl("add-business", "Rendang Erna", "--owner", "Erna Wati", "--kelurahan", "Tiakar")
    assert outcome.status == 0 and "Registered business no. 2" in outcome.out
    assert re.search(r"Rendang Uni Erna \(no. 1\) is 9\d% alike: Name \(8\d%\), Owner, Kelurahan\. ", outcome.out)
    assert "ikmctl merge-businesses 1 2" in outcome.out
    assert "alike" not in ikmctl("add-business", "Tenun Saiyo", "--owner", "Erna Wati").out


def test_pairs_are_found_with_what_they_agree_in(twice: Run) -> None:
    shown = twice("find-duplicates")
    assert shown.status == 0 and "Owner" in shown.out and "1 of 1." in shown.err
    assert "ikmctl merge-businesses 1 2" in shown.err and "ikmctl mark-different 1 2" in shown.err
    [row] = twice("find-duplicates", "--format", "json").data
    assert (row["number"], row["other_number"]) == (1, 2) and "owner=100" in row["agreeing"]
    assert pairs(twice, "--score", "100") == []
    assert "No two businesses are at least 100% alike." in twice("find-duplicates", "--score", "100").err
    assert twice("find-duplicates", "--score", "0").status == twice("find-duplicates", "--score", "x").status == 2


def test_a_pair_marked_as_different_stays_out_until_that_is_undone(twice: Run, db: Path) -> None:
    before = content(db)
    assert (
        "Marked as different: Rendang Erna (no. 2) and Rendang Uni Erna (no. 1)."
        in twice("mark-different", "2", "1").out
    )
    assert pairs(twice) == []
    assert "already marked" in twice("mark-different", "1", "2").out
    for number in ("1", "2"):
        assert [row["command"] for row in twice("history", number, "--format", "json").data].count(
            "mark-different"
        ) == 2
    assert "Not the same as" in twice("history", "1").out
    assert twice("undo", "--yes").status == 0
    assert pairs(twice) == [(1, 2)] and content(db) == before
    assert twice("mark-different", "1", "1").status == 2
    assert twice("mark-different", "1").status == 2


def test_merging_shows_both_and_asks(twice: Run, db: Path) -> None:
    before = db.read_bytes()
    unasked = twice("merge-businesses", "1", "2")
    assert unasked.status == 2 and "--yes" in unasked.err
    shown = twice("merge-businesses", "1", "2", "--dry-run", "--format", "json").data
    fields = {row["field"]: (row["keep"], row["other"], row["merged"]) for row in shown}
    assert fields["Name"] == ("Rendang Uni Erna", "Rendang Erna", "Rendang Uni Erna")
    assert fields["NIB"] == (None, "1234567890123", "1234567890123")
    assert fields["Phone"] == ("0812-****-234", "0813-****-001", "0812-****-234 / 0813-****-001")
    assert fields["Sentra"] == (None, "Sentra Rendang", "Sentra Rendang")
    assert fields["KBLI"] == ("10750", "10750, 10794", "10750, 10794")
    assert fields["Workers, men 2021"] == ("2", "3", "2")
    assert fields["Members"] == ("0", "1", "1") and fields["Events"] == ("1", "2", "2")
    assert db.read_bytes() == before
    taken = twice("merge-businesses", "1", "2", "--take", "nama", "--dry-run", "--format", "json").data[0]
    assert taken["merged"] == "Rendang Erna"


def test_merging_moves_everything_and_is_undone(twice: Run, db: Path) -> None:
    before = content(db)
    outcome = twice("merge-businesses", "rendang uni erna", "rendang erna", "--yes")
    assert outcome.status == 0 and "Merged Rendang Erna (no. 2) into Rendang Uni Erna (no. 1)." in outcome.out
    assert "Kept among the other columns: Name; Workers, men 2021." in outcome.out
    merged = twice("show-business", "1", "--reveal", "--format", "json").data
    assert (merged["nib"], merged["phone"], merged["notes"]) == ("1234567890123", "081200001234/081374550001", "titip")
    assert (merged["kbli"], merged["sentra"], merged["investment"]) == ("10750,10794", "Sentra Rendang", 28_000_000)
    assert merged["activity"] == [{"opened_on": "2020-01-05", "closed_on": None, "entry": "registered"}]
    assert [row["data_year"] for row in merged["observations"]] == ["2022", "2021"]
    assert merged["extra"] == {"Name (no. 2)": "Rendang Erna", "Workers, men 2021 (no. 2)": "3"}
    assert [row["name"] for row in merged["members"]] == ["Kerupuk Uni Erna"]
    assert len(merged["events"]) == 2 and len(content(db)["attendance"]) == 2
    assert twice("show-business", "2").status == 4
    assert twice("add-business", "Rendang Uni Erna", "--owner", "Erna Wati", "--kelurahan", "Tiakar").status == 3
    twice("undo", "--yes")  # the revealing leaves nothing to undo
    assert content(db) == before


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (("1", "1"), 2, "the same business"),
        (("1", "9"), 4, "No business"),
        (("1",), 2, "OTHER is missing"),
        (("3", "2"), 3, "Kerupuk Uni Erna is a member of Rendang Erna"),
        (("2", "3"), 3, "ikmctl edit-business 3 --group -"),
        (("4", "2"), 3, "is not a group"),
        (("1", "2", "--take", "colour"), 2, "The columns are"),
    ],
)
def test_what_cannot_be_merged(twice: Run, db: Path, command: tuple[str, ...], status: int, said: str) -> None:
    twice("add-business", "Tenun Saiyo", "--form", "individual")
    before = db.read_bytes()
    refused = twice("merge-businesses", *command, "--yes")
    assert refused.status == status and said in refused.err
    assert db.read_bytes() == before


def values_of(db: Path) -> set[str]:
    """The names, owners, phones, NIB, other columns and counts of workers that the registry holds, wherever they are."""
    with closing(sqlite3.connect(db)) as connection:
        rows = connection.execute("SELECT name, owner, phone, nib, extra FROM business").fetchall()
        workers = connection.execute("SELECT workers_male FROM observation WHERE workers_male IS NOT NULL").fetchall()
    own = {part for *values, _extra in rows for value in values if value for part in value.split("/")}
    own |= {str(count) for (count,) in workers}
    return own | {value for *_values, extra in rows for value in json.loads(extra or "{}").values()}


@settings(max_examples=examples(100), deadline=None)
@given(data=st.data())
def test_merging_loses_nothing_and_undo_brings_everything_back(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "registry.db"
        registry_file.init(db, "13.76", "Disnakerin")
        fill(db, data.draw)
        before, values = content(db), values_of(db)
        one, two = data.draw(st.permutations(range(1, 7)))[:2]
        with closing(open_registry(db)) as registry:
            try:
                merge_businesses(
                    registry, str(one), str(two), data.draw(st.sampled_from(([], ["owner"], ["name", "phone"])))
                )
            except IkmError:
                assert content(db) == before
                return
            after = content(db)
            assert values <= values_of(db)
            assert len(after["business"]) == 5
            texts = [sorted(row[7] for row in each["pending_value"]) for each in (before, after)]
            assert texts[0] == texts[1]
            events = {(row[1], row[3]) for row in before["attendance"]}
            moved = {(event, one if business == two else business) for event, business in events}
            assert {(row[1], row[3]) for row in after["attendance"]} == moved
            assert {(row[1], row[2]) for row in after["business_kbli"]} == {
                (one if row[1] == two else row[1], row[2]) for row in before["business_kbli"]
            }
            assert {(row[1], row[2]) for row in after["observation"]} == {
                (one if row[1] == two else row[1], row[2]) for row in before["observation"]
            }
            undo(registry, plan_undo(registry, Wanted()))
            assert content(db) == before
            undo(registry, plan_undo(registry, Wanted(4)))  # undoes the undo
            assert content(db) == after


def test_merging_two_that_are_marked_as_different_says_so(twice: Run) -> None:
    assert twice("mark-different", "1", "2").status == 0
    said = "No. 1 and no. 2 are marked as different businesses (mark-different)."
    assert said in twice("merge-businesses", "1", "2", "--dry-run").err
    merged = twice("merge-businesses", "1", "2", "--yes", "--quiet")
    assert merged.status == 0 and said in merged.err
