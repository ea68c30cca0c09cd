"""Figures that nobody knows are “–” for people and null for machines, never 0."""

import csv
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Run


@pytest.fixture
def city(ikmctl: Run) -> Run:
    """Of the food businesses only workers are known; of crafts nothing is; there are no clothing businesses."""
    ikmctl("add-business", "Sanjai A", "--sector", "pangan", "--registered-on", "1/1/2021", "--workers-male", "0",
           "--workers-female", "2")  # fmt: skip
    ikmctl("add-business", "Sanjai B", "--sector", "pangan", "--registered-on", "1/1/2021")
    ikmctl("add-business", "Anyaman C", "--sector", "kerajinan", "--registered-on", "1/1/2021")
    return ikmctl


def test_a_sum_is_unknown_where_no_business_has_a_value(city: Run) -> None:
    block = city("summary", "2021-10", "--format", "json").data["blocks"]["people_and_money"]
    rows = {row["sector"]: row for row in block["rows"]}
    assert [rows["food"][name] for name in ("workers_male", "workers_female", "workers")] == [0, 2, 2]
    assert [rows["food"][name] for name in ("material_value", "material_value_missing")] == [None, 2]
    assert [rows["crafts"][name] for name in ("businesses", "workers", "workers_male")] == [1, None, None]
    assert [rows["clothing"][name] for name in ("businesses", "workers", "material_value")] == [0, 0, 0]
    assert [block["total"][name] for name in ("workers", "material_value", "value_added")] == [2, None, None]


def test_people_see_a_dash_in_every_format(city: Run, tmp_path: Path) -> None:
    shown = city("summary", "2021-10", "--only", "people_and_money")
    [total] = [line for line in shown.out.splitlines() if line.startswith("Total")]
    assert total.split()[:4] == ["Total", "3", "0", "2"] and "Rp" not in total and "–" in total
    for name in ("report.md", "report.html"):
        assert city("summary", "2021-10", "--only", "people_and_money", "--output", tmp_path / name).status == 0
        written = (tmp_path / name).read_text(encoding="utf-8")
        assert written.count("–") >= 3 * 2 + 2 and written.count("Rp 0") == 3 * 4  # 0 where there is no business
    city("summary", "2021-10", "--only", "people_and_money", "--output", tmp_path / "report.csv")
    with open(tmp_path / "report.csv", encoding="utf-8-sig", newline="") as stream:
        _title, *lines = stream
        rows = list(csv.DictReader(lines))
    assert [row["material_value"] for row in rows if row["sector"] in ("food", "crafts")] == ["", ""]
    city("summary", "2021-10", "--only", "people_and_money", "--output", tmp_path / "report.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "report.xlsx").worksheets
    cells = [cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert cells.count("–") >= 8


def test_workers_of_whom_only_women_are_known_count_and_the_footnote_says_so(ikmctl: Run) -> None:
    for name, *workers in (
        ("Sanjai A", "--workers-male", "1", "--workers-female", "1"),
        ("Sanjai B", "--workers-female", "4"),
        ("Sanjai C", "--workers-total", "7"),
        ("Sanjai D",),
    ):
        ikmctl(
            "add-business", name, "--sector", "pangan", "--registered-on", "1/1/2021", *workers, "--data-year", "2021"
        )
    total = ikmctl("summary", "2021-10", "--format", "json").data["blocks"]["people_and_money"]["total"]
    assert [total[name] for name in ("workers_male", "workers_female", "workers")] == [1, 5, 13]
    assert total["workers_missing"] == 1
    shown = ikmctl("summary", "2021-10", "--only", "people_and_money").out
    assert "Of 1 business only the men or only the women are known; these are counted." in shown
    shown = ikmctl("summary", "2021-10", "--only", "people_and_money", "--lang", "id").out
    assert "1 usaha hanya diketahui" in shown


def test_the_footnote_says_over_how_many_businesses_value_added_is_summed(ikmctl: Run) -> None:
    for name, *values in (("A", "--production-value", "90 juta", "--material-value", "50 juta"),
                          ("B", "--production-value", "10 juta")):  # fmt: skip
        ikmctl("add-business", name, "--registered-on", "1/1/2021", *values, "--data-year", "2021")
    shown = ikmctl("summary", "2021-10", "--only", "people_and_money").out
    assert "Value added = production − materials, summed over 1 business for which both are known." in shown
