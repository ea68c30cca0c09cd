"""What goes out comes in again: lists, rejected rows, what was settled once, and an import taken back."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ikmctl.domain.entities import BUSINESS
from tests.conftest import Outcome, Run
from tests.sheets.offices import HEADING, MORE, PLACES, ROWS, SHAPES, TABLE, TWO_ROWS, numbers
from tests.sheets.writing import ods, text, xls, xlsx

COLUMNS = ",".join(["number", *(field.name for field in BUSINESS.given if field.name != "data_year")])


def change_of(outcome: Outcome) -> str:
    """The number of the change that a command says how to take back."""
    return str(re.findall(r"ikmctl undo (\d+)", outcome.out)[-1])


def everything(ikmctl: Run) -> list[dict[str, Any]]:
    """All that the registry holds of all businesses."""
    numbers = [
        row["number"]
        for row in ikmctl("list-businesses", "--status", "all", "--columns", "number", "--format", "json").data
    ]
    return [ikmctl("show-business", number, "--reveal", "--format", "json").data for number in numbers]


@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_a_list_of_everything_comes_back_and_changes_nothing(bare: Run, db: Path, ending: str) -> None:
    assert bare("init", "--city", "13.76", "--office", "Disnakerin").status == 0
    bare("add-sentra", "Sentra Rendang")
    for each in SHAPES:
        if each.id in ("places-sectors-units", "continuation-rows", "oss-export", "dates", "two-row-heading"):
            Path(each.file).write_bytes(each.data())
            assert bare("import-businesses", each.file, "--yes", "--on-duplicate", "new").status == 0
    before = everything(bare)
    assert len(before) >= 12
    path = f"back.{ending}"
    listed = bare(
        "list-businesses", "--status", "all", "--reveal", "--columns", f"{COLUMNS},data_year", "--output", path
    )
    assert listed.status == 0, listed.text
    outcome = bare("import-businesses", path, "--yes")
    assert outcome.status == 0 and "Nothing to do" in outcome.out, outcome.text
    assert everything(bare) == before


@pytest.mark.parametrize("kind", ["csv", "xlsx", "xls", "ods"])
def test_rejected_rows_come_back_mended_and_leave_the_others_alone(ikmctl: Run, tmp_path: Path, kind: str) -> None:
    heading = (*HEADING, "Warna")
    rows: list[tuple[Any, ...]] = [(*row, "merah") for row in (*ROWS, *MORE)]
    rows[1] = (*rows[1][:6], -1, *rows[1][7:])
    rows[4] = (*rows[4][:9], "2o20", "biru")
    grid = [("DATA IKM",), heading, *rows]
    data = (
        text(grid)
        if kind == "csv"
        else {"xlsx": xlsx, "xls": xls, "ods": ods}[kind]({"IKM": [*grid[:2], *numbers(rows)]})
    )
    (tmp_path / f"ikm.{kind}").write_bytes(data)
    outcome = ikmctl(
        "import-businesses", f"ikm.{kind}", "--yes", "--skip-rejected", "--strict", "--registered-on", "11/10/2021"
    )
    assert outcome.status == 0, outcome.text
    taken = everything(ikmctl)
    assert [each["name"] for each in taken] == [row[1] for row in (rows[5], rows[3], rows[0], rows[2])]
    if kind == "csv":
        path = tmp_path / "ikm.rejected.csv"
        with path.open(encoding="utf-8-sig", newline="") as stream:
            found = list(csv.reader(stream, delimiter=";"))
    else:
        path = tmp_path / "ikm-IKM.rejected.xlsx"
        cells = load_workbook(path).worksheets[0].iter_rows(values_only=True)
        found = [["" if cell is None else str(cell) for cell in row] for row in cells]
    assert found[0] == [*heading, "problem"]
    assert [row[1] for row in found[1:]] == ["Sanjai Saiyo", "Bordir Rancak"]
    assert "below zero" in found[1][-1] and "Tahun Data" in found[2][-1]

    again = ikmctl("import-businesses", path, "--yes", "--strict")
    assert again.status == 3 and "2 of 2 rows" in again.err  # nothing was mended yet
    found[1][6], found[2][9] = "1", "2020"
    path.write_bytes(text(found) if kind == "csv" else xlsx({"IKM": found}))
    mended = ikmctl("import-businesses", path, "--yes", "--registered-on", "11/10/2021")
    assert mended.status == 0, mended.text
    after = everything(ikmctl)
    assert len(after) == 6
    assert [each for each in after if each["name"] not in ("Sanjai Saiyo", "Bordir Rancak")] == taken
    back = next(each for each in after if each["name"] == "Bordir Rancak")
    assert (back["data_year"], back["investment"], back["extra"]) == ("2020", 7_500_000, {"Warna": "biru"})


def test_what_a_heading_means_is_settled_once(ikmctl: Run, tmp_path: Path) -> None:
    (tmp_path / "ikm.csv").write_bytes(text([("Nama Lapak", "Pengelola"), ("Tenun Sakato", "Des"), ("Sanjai", "Lina")]))
    refused = ikmctl("import-businesses", "ikm.csv", "--dry-run")
    assert refused.status == 3 and "--map" in refused.err
    maps = ("--map", "Nama Lapak=name", "--map", "Pengelola=owner")
    assert ikmctl("import-businesses", "ikm.csv", "--dry-run", *maps).status == 0
    assert ikmctl("import-businesses", "ikm.csv", "--dry-run").status == 3  # looking settles nothing
    assert ikmctl("import-businesses", "ikm.csv", "--yes", *maps).status == 0
    again = ikmctl("import-businesses", "ikm.csv", "--yes")
    assert again.status == 0 and "Nothing to do" in again.out, again.text
    assert [each["owner"] for each in everything(ikmctl)] == ["Lina", "Des"]


def test_a_unit_of_money_is_settled_once_for_its_column(ikmctl: Run, tmp_path: Path) -> None:
    (tmp_path / "ikm.csv").write_bytes(text([("Nama Usaha", "Nama Pemilik", "Omzet"), ("Tenun", "Des", "45.000")]))
    assert ikmctl("import-businesses", "ikm.csv", "--yes", "--money-unit", "thousand").status == 0
    assert everything(ikmctl)[0]["production_value"] == 45_000_000
    (tmp_path / "more.csv").write_bytes(
        text([("Nama Usaha", "Nama Pemilik", "Omzet", "Nilai Investasi"), ("Sanjai", "Lina", "12.500", "9.000")])
    )
    outcome = ikmctl("import-businesses", "more.csv", "--yes")
    assert outcome.status == 3 and "Nilai Investasi: the heading gives no unit" in outcome.err
    assert "as in this office before" in outcome.text  # the other column is settled
    assert ikmctl("alias", "money-unit", "Nilai Investasi", "rupiah").status == 0
    assert ikmctl("import-businesses", "more.csv", "--yes").status == 0
    found = everything(ikmctl)[0]
    assert (found["production_value"], found["investment"]) == (12_500_000, 9_000)


@pytest.mark.parametrize("name", ["continuation-rows", "oss-export", "rows-of-one-business"])
def test_an_import_of_joined_rows_is_taken_back_and_brought_again(ikmctl: Run, tmp_path: Path, name: str) -> None:
    each = next(each for each in SHAPES if each.id == name)
    (tmp_path / each.file).write_bytes(each.data())
    (tmp_path / "before.csv").write_bytes(text([TABLE[0], TABLE[4]]))
    assert ikmctl("import-businesses", "before.csv", "--yes").status == 0
    before = everything(ikmctl)
    done = ikmctl("import-businesses", each.file, "--yes", "--skip-rejected")
    assert done.status == 0
    full = everything(ikmctl)
    assert len(full) > len(before)
    undone = ikmctl("undo", "--yes", change_of(done), "--yes")
    assert undone.status == 0, undone.text
    assert everything(ikmctl) == before
    assert ikmctl("undo", "--yes", change_of(undone), "--yes").status == 0
    assert everything(ikmctl) == full
    again = ikmctl("import-businesses", each.file, "--yes", "--skip-rejected")
    assert again.status == 0 and "Nothing to do" in again.out, again.text


def test_rejected_rows_never_replace_a_file_that_is_there(ikmctl: Run, tmp_path: Path) -> None:
    """The officer may be mending the rows of the first run."""
    (tmp_path / "ikm.csv").write_bytes(text([("Nama Usaha", "Nama Pemilik", "TK LK"), ("Tenun", "Des", -1)]))
    (tmp_path / "ikm.rejected.csv").write_text("half mended")
    outcome = ikmctl("import-businesses", "ikm.csv", "--yes", "--skip-rejected", "--strict")
    assert "ikm.rejected-2.csv" in outcome.text
    assert (tmp_path / "ikm.rejected.csv").read_text() == "half mended"
    assert "Des" in (tmp_path / "ikm.rejected-2.csv").read_text(encoding="utf-8-sig")


def test_rejected_rows_of_a_heading_of_two_rows_come_back(ikmctl: Run, tmp_path: Path) -> None:
    grid: list[tuple[Any, ...]] = [*TWO_ROWS, *PLACES]
    grid[3] = (*grid[3][:6], "x", *grid[3][7:])
    (tmp_path / "ikm.xlsx").write_bytes(xlsx({"IKM": grid}))
    assert ikmctl("import-businesses", "ikm.xlsx", "--yes", "--skip-rejected", "--strict").status == 0
    rows = list(load_workbook("ikm-IKM.rejected.xlsx").worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 2
    (tmp_path / "mended.xlsx").write_bytes(xlsx({"IKM": [rows[0], [0 if cell == "x" else cell for cell in rows[1]]]}))
    assert ikmctl("import-businesses", "mended.xlsx", "--yes").status == 0
    found = {each["name"]: each for each in everything(ikmctl)}
    assert len(found) == 3
    mended = found["Sanjai Saiyo"]
    assert (mended["address"], mended["kelurahan"], mended["workers_female"], mended["investment"]) == (
        "Jl. Sudirman 4", "Talang", 2, 12_500_000,
    )  # fmt: skip
