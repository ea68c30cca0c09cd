"""Rows of one business for several years in one file of businesses."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

HEAD = "Nama Usaha;Pemilik;Kelurahan;Tahun Data;TK LK;Nilai Produksi"
ROWS = (
    "Sanjai Erna;Erna;Talang;2020;2;150000000",
    "Sanjai Erna;Erna;Talang;2021;3;170000000",
    "Tenun Koto;Lina;Talang;2021;4;190000000",
)


def write(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "ikm.csv"
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return path


def workers_by_year(run: Run, business: str) -> dict[str, int]:
    found = run("show-business", business, "--format", "json").data["observations"]
    return {each["data_year"] if "data_year" in each else each["period"]: each["workers_male"] for each in found}


def test_rows_of_several_years_become_observations_of_one_business(ikmctl: Run, tmp_path: Path) -> None:
    path = write(tmp_path, *ROWS[:3])
    done = ikmctl("import-businesses", path, "--yes")
    assert done.status == 0, done.text
    assert [each["name"] for each in ikmctl("list-businesses", "--format", "json").data] == [
        "Sanjai Erna",
        "Tenun Koto",
    ]
    assert workers_by_year(ikmctl, "Sanjai Erna") == {"2020": 2, "2021": 3}
    assert "Nothing to do" in ikmctl("import-businesses", path, "--yes").out
    changes = json.loads(ikmctl("history", "--format", "json").out)
    assert ikmctl("undo", changes[0]["number"], "--yes").status == 0
    assert ikmctl("list-businesses", "--format", "json").data == []


def test_a_further_year_of_a_registered_business_is_an_update(ikmctl: Run, tmp_path: Path) -> None:
    assert ikmctl("import-businesses", write(tmp_path, ROWS[0]), "--yes").status == 0
    more = write(tmp_path, *ROWS[:2])
    assert ikmctl("import-businesses", more, "--yes").status == 3  # asks what to do with the row that differs
    assert ikmctl("import-businesses", more, "--yes", "--on-duplicate", "update").status == 0
    assert workers_by_year(ikmctl, "Sanjai Erna") == {"2020": 2, "2021": 3}


@pytest.mark.parametrize(
    "rows",
    [
        (ROWS[0], ROWS[1], "Sanjai Erna;Erna;Talang;2021;4;170000000"),
        (ROWS[0], "Sanjai Erna;Erna;Talang;;3;170000000"),  # no year
        (ROWS[0], "Sanjai Erna;Erna;Talang;2021;dua;170000000"),  # a value that would wait
    ],
)
def test_rows_that_are_no_further_year_stay_possible_duplicates(
    ikmctl: Run, tmp_path: Path, rows: tuple[str, ...]
) -> None:
    assert ikmctl("import-businesses", write(tmp_path, *rows), "--yes").status == 3


def test_rows_that_differ_in_figures_of_one_year_are_businesses_that_are_pointed_out(
    ikmctl: Run, tmp_path: Path
) -> None:
    """An office lists each business in a row: two farmers called Erna are not one. Imported again, nothing changes."""
    path = write(tmp_path, ROWS[0], "Sanjai Erna;Erna;Talang;2020;3;170000000")
    imported = ikmctl("import-businesses", path, "--yes", "--skip-rejected", "--lang", "en")
    assert imported.status == 0 and "may be the business of an earlier row" in imported.err
    assert "a business of its own" in imported.err
    assert len(ikmctl("list-businesses", "--format", "json").data) == 2
    assert "Nothing to do" in ikmctl("import-businesses", path, "--yes", "--lang", "en").text
    assert len(ikmctl("find-duplicates", "--format", "json").data) == 1


@pytest.mark.parametrize(("decision", "count", "workers"), [("skip", 1, 2), ("update", 1, 3), ("new", 2, 5)])
def test_the_officer_may_decide_otherwise_on_rows_of_one_name(
    ikmctl: Run, tmp_path: Path, decision: str, count: int, workers: int
) -> None:
    path = write(tmp_path, ROWS[0], "Sanjai Erna;Erna;Talang;2020;3;170000000")
    assert ikmctl("import-businesses", path, "--yes", "--on-duplicate", decision).status == 0
    listed = ikmctl("list-businesses", "--columns", "workers_male", "--format", "json").data
    assert len(listed) == count and sum(each["workers_male"] for each in listed) == workers


def test_strict_rejects_a_business_with_all_its_years(ikmctl: Run, tmp_path: Path) -> None:
    """The further years have nothing to belong to, and come back in the file of rejected rows."""
    path = tmp_path / "ikm.csv"
    rows = (f"{HEAD};Sentra", f"{ROWS[0]};Sentra Tak Dikenal", *(f"{row};" for row in ROWS[1:]))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = ikmctl("import-businesses", path, "--yes", "--strict", "--skip-rejected", "--lang", "en")
    assert "2 rows were rejected" in done.text, done.text
    assert [each["name"] for each in ikmctl("list-businesses", "--format", "json").data] == ["Tenun Koto"]
    [rejected] = [each for each in tmp_path.iterdir() if each != path and each.suffix == ".csv"]
    years = [line.split(";")[3] for line in rejected.read_text(encoding="utf-8-sig").splitlines()[1:]]
    assert years == ["2020", "2021"]
