"""JSON, CSV, workbook and page hold the same figures."""

import io
import json
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from ikmctl import language
from ikmctl.actions.document import Column, Table
from tests.conftest import Run
from tests.output.documents import Tables, csv_blocks, figures, named, rendered, report, wide_table

Row = list[float | None]


@pytest.fixture(params=["id", "en"])
def tongue(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    language.use(request.param)
    yield request.param
    language.use("en")


def of_json(block: dict[str, Any], columns: list[Column]) -> list[Row]:
    rows = block["rows"] + ([block["total"]] if "total" in block else [])
    return [[row[column.name] for column in columns] for row in rows]


def of_csv(rows: list[list[str]], columns: list[Column]) -> list[Row]:
    places = [rows[0].index(column.name) for column in columns]
    return [[float(row[place]) if row[place] else None for place in places] for row in rows[1:]]


def of_workbook(sheet: Any, columns: list[Column], count: int) -> list[Row]:
    heading = [cell.value for cell in sheet[2]]
    places = [heading.index(column.title) for column in columns]
    rows = list(sheet.iter_rows(min_row=3, max_row=2 + count, values_only=True))
    return [[row[place] for place in places] for row in rows]


def of_page(rows: list[list[str]], columns: list[Column], tongue: str) -> list[Row]:
    places = [rows[0].index(column.title) for column in columns]

    def read(text: str) -> float | None:
        digits = text.removeprefix("Rp ").removesuffix("%")
        plain = digits.replace(".", "").replace(",", ".") if tongue == "id" else digits.replace(",", "")
        return float(plain) if plain else None

    return [[read(row[place]) for place in places] for row in rows[1:]]


def check(table: Table, tongue: str) -> None:
    document = report(table)
    columns = [column for column in table.columns if column.kind.right and column.name != "number"]
    of_all = of_json(json.loads(rendered(document, "json"))["blocks"][table.name], columns)
    of_stacked = of_csv(csv_blocks(rendered(document, "csv").decode())[table.name], columns)
    if table.rows:
        page = Tables(rendered(document, "html").decode()).tables[0]
        book = openpyxl.load_workbook(io.BytesIO(rendered(document, "xlsx")), data_only=True)
        assert of_page(page, columns, tongue) == of_all
        assert of_workbook(book.worksheets[1], columns, len(of_all)) == of_all
    assert of_stacked == of_all


@pytest.mark.parametrize(
    "table", [named(("A", "B", "C")), wide_table(), wide_table(3, 60)], ids=lambda table: table.name
)
def test_of_documents_like_ours(table: Table, tongue: str) -> None:
    check(table, tongue)


@given(figures())
@settings(max_examples=60)
def test_of_any_document(table: Table) -> None:
    check(table, "en")


def test_of_a_real_summary(ikmctl: Run, tmp_path: Any) -> None:
    for number in range(7):
        sector = ("food", "clothing")[number % 2]
        options = ("--workers-male", number, "--workers-female", 2, "--investment", f"{number + 1} miliar")
        ikmctl("add-business", f"Usaha {number}", "--sector", sector, "--registered-on", "2021-10-05", *options)
    parts = ("movement", "people_and_money", "kecamatan_by_sector")
    wish = ("summary", "2021-10", *(word for part in parts for word in ("--only", part)))
    blocks = ikmctl(*wish, "--format", "json").data["blocks"]
    page = Tables(ikmctl(*wish, "--format", "html").out)
    assert ikmctl(*wish, "--output", tmp_path / "report.xlsx").status == 0
    book = openpyxl.load_workbook(tmp_path / "report.xlsx", data_only=True)
    tables = [block for block in blocks.values() if "columns" in block]
    sheets = [sheet for sheet in book.worksheets[1:] if sheet.freeze_panes]
    assert len(tables) == len(page.tables) == len(sheets)
    for block, drawn, sheet in zip(tables, page.tables, sheets, strict=True):
        if not block["rows"]:
            continue
        expected = [value for row in block["rows"] for value in row.values() if isinstance(value, int)]
        expected += [value for value in block.get("total", {}).values() if isinstance(value, int)]
        cells = [cell.removeprefix("Rp ").replace(",", "") for row in drawn[1:] for cell in row]
        assert [int(cell) for cell in cells if cell.lstrip("-").isdigit()] == expected
        kept = list(sheet.iter_rows(min_row=3, max_row=len(drawn) + 1, values_only=True))
        assert [value for row in kept for value in row if isinstance(value, int)] == expected
