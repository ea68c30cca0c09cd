"""JSON, CSV, workbook and page hold the same figures."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from ikmctl import language
from ikmctl.actions.reports import summary
from ikmctl.document import Table, TableColumn
from ikmctl.registry.file.database import open_registry
from tests.conftest import Run, examples
from tests.output.documents import Tables, csv_blocks, figures, named, rendered, report, wide_table

Row = list[float | None]


@pytest.fixture(params=["id", "en"])
def tongue(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    language.set_language(request.param)
    yield request.param
    language.set_language("en")


def of_json(block: dict[str, Any], columns: list[TableColumn]) -> list[Row]:
    rows = block["rows"] + ([block["total"]] if "total" in block else [])
    return [[row[column.name] for column in columns] for row in rows]


def of_csv(rows: list[list[str]], columns: list[TableColumn]) -> list[Row]:
    places = [rows[0].index(column.name) for column in columns]
    return [[float(row[place]) if row[place] else None for place in places] for row in rows[1:]]


def of_workbook(sheet: Any, places: list[int], count: int) -> list[Row]:
    rows = list(sheet.iter_rows(min_row=3, max_row=2 + count, values_only=True))
    return [[None if row[place] == "–" else row[place] for place in places] for row in rows]


def of_page(rows: list[list[str]], places: list[int], tongue: str) -> list[Row]:
    def read(text: str) -> float | None:
        digits = text.removeprefix("Rp ").removesuffix("%").strip("–")
        plain = digits.replace(".", "").replace(",", ".") if tongue == "id" else digits.replace(",", "")
        return float(plain) if plain else None

    return [[read(row[place]) for place in places] for row in rows[1:]]


def check(table: Table, tongue: str) -> None:
    document = report(table)
    columns = [column for column in table.columns if column.kind.right and column.name != "number"]
    places = [table.columns.index(column) for column in columns]  # a title such as % may stand over several
    of_all = of_json(json.loads(rendered(document, "json"))["blocks"][table.name], columns)
    of_stacked = of_csv(csv_blocks(rendered(document, "csv").decode())[table.name], columns)
    if table.rows:
        page = Tables(rendered(document, "html").decode()).tables[0]
        book = openpyxl.load_workbook(io.BytesIO(rendered(document, "xlsx")), data_only=True)
        assert [page[0][place] for place in places] == [column.title for column in columns]
        assert of_page(page, places, tongue) == of_all
        assert of_workbook(book.worksheets[1], places, len(of_all)) == of_all
    assert of_stacked == of_all


@pytest.mark.parametrize(
    "table", [named(("A", "B", "C")), wide_table(), wide_table(3, 60)], ids=lambda table: table.name
)
def test_of_documents_like_ours(table: Table, tongue: str) -> None:
    check(table, tongue)


@given(figures())
@settings(max_examples=examples(60))
def test_of_any_document(table: Table) -> None:
    check(table, "en")


def test_of_every_table_of_a_real_summary(ikmctl: Run, db: Path, tongue: str) -> None:
    for number in range(7):
        sector = ("food", "clothing")[number % 2]
        options = ("--workers-male", number, "--workers-female", 2, "--investment", f"{number + 1} miliar")
        ikmctl("add-business", f"Usaha {number}", "--sector", sector, "--registered-on", "2021-10-05", *options)
    ikmctl("close-business", "2", "--on", "2021-10-20")
    ikmctl("add-event", "Workshop", "--kind", "workshop", "--starts-on", "13/10/2021")
    ikmctl("add-participants", "1", "--business", "1", "--person", "Rina", "--sex", "P")
    ikmctl("set-target", "IKM coached", "2021", "40")
    language.set_language(tongue)
    registry = open_registry(db)
    tables = summary.summary(registry, summary.SummaryOptions("2021-10")).tables
    registry.close()
    named = {table.name for table in tables}
    assert {"movement", "scale", "formality", "legal_form", "events", "change", "trend", "targets"} <= named
    for table in tables:
        check(table._replace(rows=list(table.rows)), tongue)
