"""Businesses taken over from a list that does not say since when they are active: recorded, never newly registered."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

TODAY = date.today()
MONTH = f"{TODAY:%Y-%m}"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """An old register: three businesses without a day of registration, one with it."""
    path = tmp_path / "ikm.csv"
    path.write_text(
        "Nama Usaha;Nama Pemilik;Cabang Industri;Tanggal Daftar;Tahun Berdiri;Tahun Data;TK LK\n"
        "Sanjai Erna;Erna;Pangan;;1998;2019;2\n"
        "Tenun Des;Des;Sandang dan Kulit;;;2019;1\n"
        "Rendang Yeni;Yeni;Pangan;;;;\n"
        f"Galamai Lina;Lina;Pangan;{TODAY:%d/%m/%Y};;;\n",
        encoding="utf-8",
    )
    return path


def block(ikmctl: Run, name: str, period: str = MONTH) -> Any:
    return ikmctl("summary", period, "--format", "json").data["blocks"][name]


def test_an_old_register_brings_recorded_businesses_not_new_ones(ikmctl: Run, register: Path) -> None:
    outcome = ikmctl("import-businesses", register, "--yes")
    assert "3 rows have no registration date: recorded on" in outcome.err
    total = block(ikmctl, "movement")["total"]
    assert (total["opening"], total["registered"], total["recorded"], total["closing"]) == (0, 1, 3, 4)
    assert [row["name"] for row in block(ikmctl, "new_businesses")["rows"]] == ["Galamai Lina"]
    change = {row["indicator"]: row["now"] for row in block(ikmctl, "change")["rows"]}
    assert (change["businesses"], change["registered"]) == (4, 1)
    assert (block(ikmctl, "trend")["rows"][-1]["registered"], block(ikmctl, "trend")["rows"][-1]["recorded"]) == (1, 3)
    listed = ikmctl("list-businesses", "--registered", MONTH, "--format", "json").data
    assert [row["name"] for row in listed] == ["Galamai Lina"]


def test_a_card_says_when_a_business_was_recorded_and_since_when_it_is_known(ikmctl: Run, register: Path) -> None:
    ikmctl("import-businesses", register, "--yes", "--recorded-on", "1/2/2022")
    shown = ikmctl("show-business", "Sanjai Erna", "--format", "json").data
    assert (shown["registered_on"], shown["recorded_on"], shown["known_active_by"]) == (None, "2022-02-01", 1998)
    shown = ikmctl("show-business", "Tenun Des", "--format", "json").data
    assert shown["known_active_by"] == 2019
    assert block(ikmctl, "movement", "2022-02")["total"]["recorded"] == 3


def test_the_officer_may_say_that_they_were_registered(ikmctl: Run, register: Path) -> None:
    ikmctl("import-businesses", register, "--yes", "--registered-on", "1/2/2022")
    assert block(ikmctl, "movement", "2022-02")["total"]["registered"] == 3
    both = ikmctl("import-businesses", register, "--registered-on", "1/2/2022", "--recorded-on", "1/2/2022", "--yes")
    assert both.status == 2 and "Give either --registered-on or --recorded-on." in both.err


def test_a_start_learned_later_moves_the_business_to_its_true_month(
    ikmctl: Run, register: Path, tmp_path: Path
) -> None:
    ikmctl("import-businesses", register, "--yes", "--recorded-on", "1/2/2022")
    assert ikmctl("edit-business", "Sanjai Erna", "--registered-on", "15/3/2020").status == 0
    later = tmp_path / "later.csv"
    later.write_text("Nama Usaha;Nama Pemilik;Tanggal Daftar\nTenun Des;Des;20/4/2021\n", encoding="utf-8")
    assert ikmctl("import-businesses", later, "--yes", "--on-duplicate", "update").status == 0
    found = {
        month: (total["registered"], total["recorded"])
        for month in ("2020-03", "2021-04", "2022-02")
        for total in (block(ikmctl, "movement", month)["total"],)
    }
    assert found == {"2020-03": (1, 0), "2021-04": (1, 0), "2022-02": (0, 1)}
    ikmctl("undo", "--yes")
    assert block(ikmctl, "movement", "2022-02")["total"]["recorded"] == 2


def test_the_same_register_again_changes_nothing(ikmctl: Run, register: Path) -> None:
    ikmctl("import-businesses", register, "--yes")
    assert "Nothing to do" in ikmctl("import-businesses", register, "--yes").out


def test_growth_is_not_stated_where_many_were_recorded(ikmctl: Run, tmp_path: Path) -> None:
    for number in range(20):
        ikmctl("add-business", f"Usaha {number}", "--registered-on", "1/1/2020")
    ikmctl("add-business", "Usaha baru", "--registered-on", "5/3/2022")

    def growth() -> Any:
        ikmctl("export-indicators", tmp_path / "figures.json", "2022", "--yes")
        import json

        figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))["indicators"]
        return figures["growth_percent"]["value"]

    assert growth() == 5.0
    path = tmp_path / "one.csv"
    path.write_text("Nama Usaha\nSanjai A\n", encoding="utf-8")
    ikmctl("import-businesses", path, "--yes", "--recorded-on", "1/4/2022")
    assert growth() == 5.0  # 1 of 20 is 5 %
    path.write_text("Nama Usaha\nSanjai B\n", encoding="utf-8")
    ikmctl("import-businesses", path, "--yes", "--recorded-on", "1/4/2022")
    assert growth() is None


def test_a_business_moved_to_another_sector_is_reclassified(ikmctl: Run) -> None:
    ikmctl("add-business", "Rajut Ni Upik", "--sector", "crafts", "--registered-on", "1/1/2020")
    ikmctl("add-business", "Tenun Saiyo", "--sector", "clothing", "--registered-on", "1/1/2020")
    ikmctl("edit-business", "Rajut Ni Upik", "--sector", "food")
    ikmctl("edit-business", "Rajut Ni Upik", "--sector", "clothing")
    rows = {row["sector"]: row for row in block(ikmctl, "movement")["rows"]}
    assert [rows["crafts"][name] for name in ("opening", "reclassified", "closing")] == [1, -1, 0]
    assert [rows["clothing"][name] for name in ("opening", "reclassified", "closing")] == [1, 1, 2]
    assert block(ikmctl, "movement")["total"]["reclassified"] == 0
    shown = ikmctl("summary", MONTH, "--only", "movement").out
    assert "Reclassified" in shown and "Reopened" not in shown  # a column of zeros is left out
    ikmctl("undo", "--yes")
    ikmctl("undo", "--yes")
    assert all(row["reclassified"] == 0 for row in block(ikmctl, "movement")["rows"])


def test_a_business_that_was_new_in_the_period_is_not_reclassified(ikmctl: Run) -> None:
    ikmctl("add-business", "Rajut Ni Upik", "--sector", "crafts")
    ikmctl("edit-business", "Rajut Ni Upik", "--sector", "food")
    rows = {row["sector"]: row for row in block(ikmctl, "movement")["rows"]}
    assert [rows["food"][name] for name in ("opening", "registered", "reclassified", "closing")] == [0, 1, 0, 1]
