"""PDF, read back: its text, its pages, its letterhead and signature."""

import io
import time

import pypdf
import pytest

from ikmctl import errors, language
from ikmctl.document import Document, Logo, Table, TableColumn
from ikmctl.domain.values import kinds
from ikmctl.output.formats import pdf
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
    wide_table,
)


def opened(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(rendered(document, "pdf")))


def text_of(document: Document) -> str:
    return "\n".join(page.extract_text() for page in opened(document).pages)


def packed(text: str) -> str:
    """Without the spaces and breaks that the layout puts in."""
    return "".join(text.split())


def test_everything_is_on_paper() -> None:
    text = text_of(EVERYTHING)
    for said in (
        LETTERHEAD.office, LETTERHEAD.address, "Summary of October 2021", "Two lines", "Rendang Uni Erna", "1,000,000,001",
        "11 Oct 2021", "A note <b> #x $y$", "Workshop Rajutan", "Aula Disnakerin Kota Payakumbuh", "Rp 112.9 billion",
        "11 October 2021", "Registered each month", "Clothing and leather", "(none)", "Bukittinggi, 1 November 2021",
        "Kepala Dinas", "Wirda Ningsih, S.E.", "NIP 19700101 199503 1 001",
    ):  # fmt: skip
        assert packed(said) in packed(text), said


def test_names_are_printed_not_obeyed() -> None:
    text = packed(text_of(report(named(NASTY))))
    for name in NASTY:
        if "＝" not in name:  # drawn by a font of the system, if it has one
            assert packed(NASTY_SHOWN.get(name, name)) in text, name
    assert "49" not in text


def test_a_long_list_is_joined_of_parts_as_if_it_were_one(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document("list", (named(tuple(f"Usaha nomor {i}x" for i in range(150))),), title="List")
    whole = opened(document)
    monkeypatch.setattr(pdf, "ROWS_AT_ONCE", 40)
    joined = opened(document)
    pages = [page.extract_text() for page in joined.pages]
    assert [f"page {n} of {len(pages)}" in text for n, text in enumerate(pages, start=1)] == [True] * len(pages)
    text = packed(" ".join(pages))
    places = [text.index(f"Usahanomor{number}x") for number in range(150)]
    assert places == sorted(places)
    assert text.count("Usahanomor") == 150
    assert joined.metadata and whole.metadata and joined.metadata.title == whole.metadata.title == "List"
    assert pages[0].count("List") == whole.pages[0].extract_text().count("List")
    assert pages[1].count("List") == whole.pages[1].extract_text().count("List")


def test_pages_say_which_of_how_many_and_repeat_the_heading() -> None:
    document = Document("list", (named(tuple(f"Usaha nomor {i}" for i in range(150))),), title="List")
    pages = [page.extract_text() for page in opened(document).pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in page
        assert "Investment" in page and "Since" in page
    assert sum(page.count("Usaha nomor") for page in pages) == 150
    language.set_language("id")
    try:
        assert f"halaman 2 dari {len(pages)}" in opened(document).pages[1].extract_text()
    finally:
        language.set_language("en")


def test_a_wide_table_of_a_report_is_split_and_loses_nothing() -> None:
    table = wide_table()
    [block] = pdf.template_data(report(table))["blocks"]
    assert len(block["parts"]) > 1 and {part[0] for part in block["parts"]} == {0}
    assert sorted({index for part in block["parts"] for index in part}) == list(range(len(table.columns)))
    text = packed(text_of(report(table)))
    for row in table.rows:
        assert all(f"{figure:,}" in text for figure in row[1:])
    assert text.count("Kecamatan0") == len(block["parts"])


def test_a_wide_list_lies_on_its_side() -> None:
    for table, sideways in ((wide_table(5), False), (wide_table(8), True)):
        page = opened(Document("list", (table,), title="L")).pages[0]
        assert (page.mediabox.width > page.mediabox.height) is sideways
        assert sorted((round(float(page.mediabox.width)), round(float(page.mediabox.height)))) == [595, 842]


def test_columns_of_text_are_folded_before_a_table_is_split() -> None:
    columns = tuple(TableColumn(f"c{i}", f"Column {i}", kinds.LINE) for i in range(6))
    table = Table("t", "", columns, [tuple(f"a longer text of {i}, folded" for i in range(6))])
    [block] = pdf.template_data(report(table))["blocks"]
    assert block["parts"] == [[0, 1, 2, 3, 4, 5]] and sum(block["widths"]) <= pdf.PORTRAIT_WIDTH
    assert min(block["widths"]) >= len("Column")


def test_a_long_word_stays_in_its_column() -> None:
    columns = (TableColumn("email", "Email", kinds.LINE), TableColumn("name", "Name", kinds.NAME))
    long = "x" * 120 + "@contoh.id"
    document = report(Table("t", "T", columns, [(long, "Erna Wati " * 12)]))
    [block] = pdf.template_data(document)["blocks"]
    [[email, name]] = block["rows"]
    assert email.replace("\u200b", "") == long and name == "Erna Wati " * 12
    assert max(map(len, email.split("\u200b"))) <= block["widths"][0] - pdf.GAP
    assert long in packed(text_of(document)).replace("\u200b", "")


@pytest.mark.parametrize("logo", [Logo("svg", SVG), Logo("jpg", jpg())], ids=lambda logo: logo.kind)
def test_any_logo_is_printed(logo: Logo) -> None:
    document = EVERYTHING._replace(letterhead=LETTERHEAD._replace(logo=logo))
    assert packed(LETTERHEAD.office) in packed(text_of(document))


def test_without_letterhead_nobody_signs() -> None:
    text = text_of(EVERYTHING._replace(letterhead=None))
    assert "Kepala Dinas" not in text and "Bukittinggi" not in text


def test_too_many_rows_are_refused_not_printed_for_minutes() -> None:
    rows = iter([(str(i),) for i in range(pdf.ROW_LIMIT + 2)])
    with pytest.raises(errors.TooManyRows):
        rendered(Document("list", (Table("t", "", (TableColumn("n", "N", kinds.NAME),), rows),)), "pdf")
    assert len(list(rows)) == 1  # the rest was not even read


def test_a_report_is_printed_within_a_second() -> None:
    document = report(*(named(tuple(f"Usaha {i}" for i in range(40))) for _block in range(12)))
    rendered(document, "pdf")
    start = time.perf_counter()
    rendered(document, "pdf")
    assert time.perf_counter() - start < 1


def test_nobody_signs_an_empty_sheet() -> None:
    for rows in range(30, 60):
        long, short = named(tuple(f"Name {row}" for row in range(rows))), named(("Last one",))
        last = opened(report(long, short)).pages[-1].extract_text()
        assert "Wirda Ningsih" in last and "Last one" in last, rows
