"""Active businesses of which nothing was heard for a long time are proposed, never closed."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ikmctl.domain.periods import read_since
from ikmctl.errors import UnknownSince
from tests.conftest import Run

TODAY = date.today()
LONG_AGO = f"{TODAY.year - 6}-03-05"


@pytest.fixture
def old(ikmctl: Run, db: Path) -> Run:
    """Five active businesses of which nothing was heard for six years: their history is moved back to then."""
    for number in range(1, 6):
        ikmctl("add-business", f"Usaha {number}", "--registered-on", LONG_AGO, "--kelurahan", "Tiakar")
    move_back(db)
    return ikmctl


def move_back(db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute("UPDATE change SET made_at = ?", (f"{LONG_AGO}T05:00:00Z",))
    connection.commit()
    connection.close()


def listed(run: Run, *options: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in run("list-unseen", *options, "--format", "json").data}


def test_whatever_shows_that_a_business_is_there_takes_it_from_the_list(old: Run, tmp_path: Path) -> None:
    assert list(listed(old)) == [f"Usaha {number}" for number in range(1, 6)]
    recent = TODAY - timedelta(days=90)
    old("edit-business", "1", "--owner", "Erna")
    old("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", recent.isoformat())
    old("add-participants", "Bimtek", "--business", "2")
    old("edit-business", "3", "--workers-male", "2", "--data-year", str(TODAY.year))
    path = tmp_path / "ikm.csv"
    path.write_text(
        "Nama Usaha;Kelurahan;Tahun Data;TK LK\nUsaha 4;Tiakar;2019;3\nUsaha 9;Tiakar;;\n", encoding="utf-8"
    )
    assert old("import-businesses", path, "--yes", "--on-duplicate", "update").status == 0
    assert list(listed(old)) == ["Usaha 5"]
    assert old("close-business", "5").status == 0
    assert listed(old) == {}
    assert "Every active business has a sign of life since" in old("list-unseen").err


def test_the_last_sign_of_life_and_what_it_was(old: Run, db: Path, tmp_path: Path) -> None:
    old("edit-business", "1", "--owner", "Erna")
    path = tmp_path / "data ikm.csv"
    path.write_text("Nama Usaha;Kelurahan\nUsaha 9;Tiakar\n", encoding="utf-8")
    old("import-businesses", path, "--yes", "--recorded-on", LONG_AGO)
    move_back(db)
    old("add-event", "Bimtek Rajut", "--kind", "bimtek", "--starts-on", f"{TODAY.year - 5}-07-01")
    old("add-participants", "Bimtek Rajut", "--business", "2")
    old("edit-business", "3", "--workers-male", "2", "--data-year", str(TODAY.year - 4))
    move_back(db)
    rows = listed(old)
    last = [rows[name] for name in ("Usaha 2", "Usaha 3", "Usaha 9")]
    assert [(row["seen_on"], row["sign"], row["detail"]) for row in last] == [
        (f"{TODAY.year - 5}-07-01", "event", "Bimtek Rajut"),
        (f"{TODAY.year - 4}-12-31", "observation", str(TODAY.year - 4)),
        (LONG_AGO, "recorded", None),
    ]
    assert list(rows)[-1] == "Usaha 3"  # the longest unseen first
    shown = old("list-unseen", "--limit", "2")
    assert "2 of 6. To list all: --limit 0" in shown.err
    assert "Nothing is closed by this list. Ask, then close: ikmctl close-business" in shown.err
    assert len(old("list-businesses", "--format", "json").data) == 6
    assert list(listed(old, "--kecamatan", "Payakumbuh Barat")) == []
    assert len(listed(old, "--kecamatan", "Payakumbuh Timur")) == 6


def test_an_undo_and_a_cancelled_event_are_no_sign_of_life(old: Run, db: Path) -> None:
    old("edit-business", "1", "--owner", "Erna")
    move_back(db)
    old("undo", "--yes")
    old("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", TODAY.isoformat())
    old("add-participants", "Bimtek", "--business", "2")
    old("close-event", "Bimtek", "--cancelled")
    assert len(listed(old)) == 5


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2y", "2022-02-28"), ("18m", "2022-08-29"), ("2 tahun", "2022-02-28"), ("6 bulan", "2023-08-29"),
        ("2021", "2021-01-01"), ("2021-10", "2021-10-01"), ("4/10/2021", "2021-10-04"),
    ],
)  # fmt: skip
def test_since_is_a_time_back_from_today_or_a_day(text: str, day: str) -> None:
    assert read_since(text, date(2024, 2, 29)).isoformat() == day


@pytest.mark.parametrize("text", ["2x", "", "kemarin", "999y", "-2y"])
def test_what_is_no_time_is_refused_with_the_way_out(ikmctl: Run, text: str) -> None:
    with pytest.raises(UnknownSince):
        read_since(text, TODAY)
    outcome = ikmctl("list-unseen", "--since", text)
    assert outcome.status == 2 and "Write 2y for two years" in outcome.err
