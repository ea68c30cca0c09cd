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
