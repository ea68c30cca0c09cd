"""KBLI codes of the edition 2020 become those of 2025: sure ones after a plan, the others by an answer or not at all."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ikmctl.domain.kbli_editions import Edition, Entry
from ikmctl.reference import shipped
from tests.conftest import Run
from tests.records.registries import content


def editions() -> tuple[Edition, Edition]:
    path = Path(shipped.__file__).with_name("kbli.csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    old, new = (
        Edition(
            [
                Entry(row["code"], row["title"], tuple(filter(None, row["words"].split("|"))))
                for row in rows
                if row["edition"] == year
            ]
        )
        for year in ("2020", "2025")
    )
    return old, new


@pytest.mark.parametrize(
    ("code", "successor"),
    [
        ("10750", "10750"), ("10794", "10794"), ("10761", "10761"), ("14111", "14111"), ("16292", "16292"),
        ("23921", "23921"), ("31001", "31011"), ("31002", "31012"), ("10763", "10762"), ("13925", "13923"),
    ],
)  # fmt: skip
def test_equal_titles_have_a_sure_successor(code: str, successor: str) -> None:
    old, new = editions()
    found = new.successor(old.by_code[code])
    assert found and found.entry.code == successor


@pytest.mark.parametrize(
    ("code", "candidate"),
    [("14302", "14111"), ("13121", "13122"), ("13134", "13133"), ("10772", "10779"), ("10130", "10120"),
     ("13912", "13996"), ("25932", "25931"), ("10110", "10111"), ("16213", None), ("11090", None)],
)  # fmt: skip
def test_titles_that_differ_or_name_a_rest_are_left_to_the_officer(code: str, candidate: str | None) -> None:
    old, new = editions()
    assert new.successor(old.by_code[code]) is None
    if candidate:
        assert candidate in [each.code for each in new.candidates(old.by_code[code])]


def test_a_code_converted_by_its_number_has_the_same_title_but_for_spelling() -> None:
    old, new = editions()
    sure = {code: new.successor(entry) for code, entry in old.by_code.items()}
    assert sum(found is not None for found in sure.values()) > 200
    targets = [found.entry.code for found in sure.values() if found]
    assert len(targets) == len(set(targets))  # one-to-one


@pytest.fixture
def filled(ikmctl: Run) -> Run:
    """Four businesses of 2021: furniture and food, weaving, a code that is in no list, and both editions of furniture."""
    ikmctl("add-business", "Mebel Jati", "--kbli", "31001,10750", "--registered-on", "2021-10-11")
    ikmctl("add-business", "Tenun Saiyo", "--kbli", "13121", "--registered-on", "2021-10-11")
    ikmctl("add-business", "Bengkel Las", "--kbli", "33998", "--registered-on", "2021-10-11")
    ikmctl("add-business", "Kursi Rotan", "--kbli", "31001,31011", "--registered-on", "2021-10-11")
    return ikmctl


def codes(db: Path) -> dict[int, list[tuple[str, int, int]]]:
    found: dict[int, list[tuple[str, int, int]]] = {}
    with closing(sqlite3.connect(db)) as connection:
        query = "SELECT business_id, code, edition, is_main FROM business_kbli ORDER BY is_main DESC, id"
        for business, *row in connection.execute(query):
            found.setdefault(business, []).append((row[0], row[1], row[2]))
    return found


def test_the_plan_shows_what_is_converted_and_what_is_left(filled: Run, db: Path) -> None:
    before = db.read_bytes()
    rows = filled("convert-kbli", "--dry-run", "--format", "json").data
    shown = {(row["code"], row["successor"]): (row["basis"], row["businesses"]) for row in rows}
    assert shown[("31001", "31011")] == ("title", 2) and shown[("10750", "10750")] == ("code", 1)
    assert shown[("13121", "13122")] == shown[("13121", "13121")] == ("candidate", 1)
    assert shown[("33998", None)] == ("unknown", 1)
    unasked = filled("convert-kbli")
    assert unasked.status == 2 and "--yes" in unasked.err
    assert db.read_bytes() == before


def test_sure_codes_are_converted_in_one_change_that_can_be_undone(filled: Run, db: Path) -> None:
    before = content(db)
    outcome = filled("convert-kbli", "--yes", "--format", "json")
    facts = {name: outcome.data[name] for name in ("converted", "businesses", "left")}
    assert facts == {"converted": 2, "businesses": 2, "left": 2}
    assert codes(db) == {
        1: [("31011", 2025, 1), ("10750", 2025, 0)],
        2: [("13121", 2020, 1)],
        3: [("33998", 2020, 1)],
        4: [("31011", 2025, 1)],
    }
    assert "31001" in filled("history", "1").out and "31011" in filled("history", "1").out
    again = filled("convert-kbli", "--yes")
    assert again.status == 0 and "2 codes have no sure successor" in again.text
    assert filled("undo", "--yes").status == 0
    assert content(db) == before


def test_a_business_of_one_code_is_named_in_the_singular(ikmctl: Run) -> None:
    assert "No business has a code of KBLI 2020." in ikmctl("convert-kbli").text
    ikmctl("add-business", "Rendang Erna", "--kbli", "10750", "--registered-on", "2021-10-11")
    assert "Converted 1 code of 1 business to KBLI 2025." in ikmctl("convert-kbli", "--yes").out


def test_a_code_given_later_stays_in_the_edition_of_the_business(filled: Run, db: Path) -> None:
    filled("convert-kbli", "--yes")
    filled("edit-business", "1", "--kbli", "31011,10750,13121")
    assert {edition for _code, edition, _main in codes(db)[1]} == {2025}
    filled("edit-business", "2", "--kbli", "31011")  # a code that only 2025 has
    assert codes(db)[2] == [("31011", 2025, 1)]
