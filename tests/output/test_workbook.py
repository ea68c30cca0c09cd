"""Workbooks, read back with another library than the one that wrote them."""

import io
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from ikmctl import errors, language
from ikmctl.document import Document, Logo, Table, TableColumn
from ikmctl.domain.values import kinds
from ikmctl.output.formats.xlsx import sheet_name
from tests.output.documents import (
    EVERYTHING,
    LETTERHEAD,
    NASTY,
    NASTY_SHOWN,
    SVG,
    jpg,
    named,
    rendered,
    report,
)


def opened(document: Document, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(rendered(document, "xlsx")), data_only=values)


def pictures(document: Document) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(rendered(document, "xlsx"))) as parts:
        return [name for name in parts.namelist() if name.startswith("xl/media/")]


def test_a_sheet_for_each_block_after_the_front() -> None:
    book = opened(EVERYTHING)
    assert book.sheetnames == [
        "Report", "Note", "Names 1 <b>$x$< b>", "Money by kecamatan", "Events", "Overview", "Registered each month",
        "Businesses by sector", "Nothing",
    ]  # fmt: skip
    assert [len(sheet._charts) for sheet in book.worksheets] == [0, 0, 0, 0, 0, 0, 1, 1, 0]
    assert all(sheet.page_setup.paperSize == 9 for sheet in book.worksheets)


def test_numbers_and_dates_are_real_and_formatted() -> None:
    sheet = opened(report(named(("A", "B")))).worksheets[1]
    number, name, workers, money, since = sheet[4]
    assert (number.value, workers.value, money.value, since.value) == (2, 1000, 1_000_000_001, datetime(2021, 10, 11))
    assert (name.data_type, name.number_format) == ("s", "@")
    assert (workers.number_format, money.number_format) == ("#,##0", '"Rp"#,##0')
    assert since.is_date and "mmm" in since.number_format
    assert sheet.freeze_panes == "B3" and sheet.print_title_rows == "$2:$2"
    assert sheet.column_dimensions["D"].width > len("Rp 1,000,000,001")


def test_sums_are_formulas_that_hold_our_figure() -> None:
    document = report(named(("A", "B", "C")))
    formulas, figures = (opened(document, values=values).worksheets[1][6] for values in (False, True))
    assert [cell.value for cell in formulas] == ["Total", None, "=SUM(C3:C5)", "=SUM(D3:D5)", None]
    assert [cell.value for cell in figures] == ["Total", None, 3000, 3_000_000_003, None]


def test_a_total_that_is_no_sum_stays_a_figure() -> None:
    columns = (TableColumn("kind", "Kind", kinds.NAME), TableColumn("coached", "Coached once", kinds.COUNT))
    sheet = opened(report(Table("t", "T", columns, [("a", 3), ("b", 4)], (None, 5)))).worksheets[1]
    assert sheet["B5"].value == 5


def test_text_is_never_a_formula_nor_a_link() -> None:
    sheet = opened(report(named(NASTY))).worksheets[1]
    cells = [row[1] for row in sheet.iter_rows(min_row=3, max_row=2 + len(NASTY))]
    assert [unescape(cell.value) for cell in cells] == [NASTY_SHOWN.get(name, name) for name in NASTY]
    assert {cell.data_type for cell in cells} == {"s"} and not any(cell.hyperlink for cell in cells)


def test_identifiers_and_numbers_beyond_excel_are_text() -> None:
    columns = (TableColumn("nib", "NIB", kinds.NIB), TableColumn("value", "Value", kinds.MONEY))
    sheet = opened(Document("list", (Table("t", "", columns, [("0220001234567", 2**53 + 1)]),), title="L")).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("0220001234567", "s")
    assert sheet["B2"].value == "Rp 9,007,199,254,740,993"


def test_a_list_can_be_filtered() -> None:
    columns = (TableColumn("name", "Name", kinds.NAME), TableColumn("workers", "Workers", kinds.COUNT))
    sheet = opened(Document("list", (Table("t", "", columns, [("A", 1), ("B", 2)]),), title="L")).active
    assert sheet.auto_filter.ref == "A1:B3"


def test_a_cell_that_excel_would_cut_is_an_error() -> None:
    columns = (TableColumn("notes", "Notes", kinds.NOTES),)
    assert rendered(Document("list", (Table("t", "", columns, [("x" * 32_767,)]),)), "xlsx")
    with pytest.raises(errors.CellTooLong):
        rendered(Document("list", (Table("t", "", columns, [("x" * 32_768,)]),)), "xlsx")


def test_the_front_sheet_has_letterhead_contents_and_signature() -> None:
    front = opened(EVERYTHING)["Report"]
    lines = [row[0].value for row in front.iter_rows() if row[0].value]
    assert lines[:3] == [LETTERHEAD.office, LETTERHEAD.address, "Summary of October 2021"]
    assert lines[-5:] == [
        "Bukittinggi, 1 November 2021",
        "Seen and approved,",
        "Kepala Dinas",
        "Wirda Ningsih, S.E.",
        "NIP 19700101 199503 1 001",
    ]
    assert pictures(EVERYTHING) == ["xl/media/image1.png"]
    links = [row[0].hyperlink.location for row in front.iter_rows() if row[0].hyperlink]
    assert links[1] == "'Names 1 <b>$x$< b>'!A1" and len(links) == len(EVERYTHING.blocks)


@pytest.mark.parametrize("logo", [Logo("svg", SVG), Logo("jpg", jpg())], ids=lambda logo: logo.kind)
def test_a_logo_of_any_kind_is_in_the_workbook(logo: Logo) -> None:
    assert len(pictures(EVERYTHING._replace(letterhead=LETTERHEAD._replace(logo=logo)))) == 1


def test_the_chart_draws_the_figures_of_its_sheet() -> None:
    sheet = opened(EVERYTHING)["Registered each month"]
    [chart] = sheet._charts
    assert [series.val.numRef.f for series in chart.series] == [
        "'Registered each month'!$B$3:$B$10", "'Registered each month'!$C$3:$C$10",
    ]  # fmt: skip
    assert [cell.value for cell in sheet["B"][2:10]] == [3, 5, 2, 8, None, 9, 12, 11]


def test_dates_are_written_in_the_language_of_the_report() -> None:
    language.set_language("id")
    try:
        sheet = opened(report(named(("A",)))).worksheets[1]
        assert sheet["E3"].number_format == "[$-421]d mmm yyyy" and sheet["A4"].value == "Jumlah"
    finally:
        language.set_language("en")


@given(st.lists(st.text(max_size=50), max_size=5))
def test_sheet_names_are_names_that_excel_takes(titles: list[str]) -> None:
    names: list[str] = []
    for title in titles:
        names.append(sheet_name(title, names))
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le", "surrogatepass")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\") and name == name.strip("'")
        assert not any(sign < " " or "\x7f" <= sign < "\xa0" for sign in name)


def test_a_note_is_folded_into_the_width_of_its_table() -> None:
    long = named(("A",))._replace(notes=("word " * 200,))
    book = openpyxl.load_workbook(io.BytesIO(rendered(report(long), "xlsx")))
    sheet = book[book.sheetnames[-1]]
    note = next(row[0] for row in sheet.iter_rows() if str(row[0].value).startswith("word"))
    assert note.alignment.wrap_text
    assert any(note.coordinate in each and each.max_col == 5 for each in sheet.merged_cells.ranges)
    assert sheet.row_dimensions[int(note.row or 0)].height > 100
