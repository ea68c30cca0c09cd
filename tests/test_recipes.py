"""CONTRIBUTING's recipes, followed: a field and a report block added in one place appear in all of them."""

import csv
import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pypdf
import pytest

from ikmctl.actions.reports import summary
from ikmctl.actions.reports.figures import ReportData
from ikmctl.document import Table, TableColumn
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.fields import Field
from ikmctl.domain.values import kinds
from tests.conftest import Run


def test_a_field_is_everywhere_it_is_declared_for(ikmctl: Run, tmp_path: Path) -> None:
    """Every field that can be given is an option, a heading, a column of lists and exports, and shown."""
    help_page = ikmctl("add-business", "--help").out
    template = next(csv.reader(io.StringIO(ikmctl("template", "businesses", "--format", "csv").out)))
    shown = ikmctl
    ikmctl("add-business", "A")
    keys = set(shown("show-business", "1", "--format", "json").data)
    for field in BUSINESS.given:
        assert field.name == "name" or field.option in help_page, field.name
        assert field.name in keys
        if field.headings:
            assert any(heading.startswith(field.headings[0]) for heading in template)
        rows = ikmctl("list-businesses", "--format", "json", "--columns", field.name).data
        assert list(rows[0]) == [field.name]


def test_a_field_declared_anew_is_an_option_and_a_heading(monkeypatch: pytest.MonkeyPatch, ikmctl: Run) -> None:
    colour = Field("colour", kinds.LINE, "Colour", ("Warna",), example="red")
    monkeypatch.setitem(BUSINESS.__dict__, "fields", (*BUSINESS.fields, colour))
    assert "--colour" in ikmctl("add-business", "--help").out
    assert "Warna" in ikmctl("template", "businesses", "--format", "csv").out


def test_a_block_added_to_the_report_is_in_every_format(
    monkeypatch: pytest.MonkeyPatch, ikmctl: Run, tmp_path: Path
) -> None:
    def weather(data: ReportData) -> Table:
        columns = (TableColumn("day", "Day", kinds.DATE), TableColumn("rain", "Rain", kinds.COUNT))
        return Table("weather", "Weather", columns, [("2021-10-11", 1234)], (None, 1234))

    monkeypatch.setattr(summary, "BLOCKS", {**summary.BLOCKS, weather: "Weather"})
    block = ikmctl("summary", "2021-10", "--format", "json").data["blocks"]["weather"]
    assert block == {"columns": ["day", "rain"], "rows": [{"day": "2021-10-11", "rain": 1234}], "total": {"rain": 1234}}
    assert "1,234" in ikmctl("summary", "2021-10").out
    assert "weather\r\nday,rain\r\n2021-10-11,1234\r\ntotal,1234" in ikmctl(
        "summary", "2021-10", "--format", "csv"
    ).out.replace("\n", "\r\n").replace("\r\r", "\r")
    assert "| 11 Oct 2021 | 1,234 |" in ikmctl("summary", "2021-10", "--format", "markdown").out
    assert '<td class="right">1,234</td>' in ikmctl("summary", "2021-10", "--format", "html").out
    for ending in ("pdf", "xlsx"):
        assert ikmctl("summary", "2021-10", "--output", tmp_path / f"report.{ending}").status == 0
    pages = "\n".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "report.pdf").pages)
    assert "Weather" in pages and "1,234" in pages
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx", data_only=True)["Weather"]
    assert [cell.value for cell in sheet[3]] == [datetime(2021, 10, 11), 1234]
