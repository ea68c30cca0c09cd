"""Whatever text stands in a registry, every format shows it and none obeys it, breaks or loses some of it."""

import io
import json
from xml.etree import ElementTree

import openpyxl
import pypdf
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from ikmctl.document import Card, Chart, Document, Letterhead, Table, TableColumn, Text
from ikmctl.domain.values import kinds
from ikmctl.output.charts.svg import as_svg
from ikmctl.output.text.format_value import clean
from tests.conftest import examples
from tests.output.documents import NASTY, Tables, rendered
from tests.output.test_screen import drawn

ANY = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(NASTY)


def holding(text: str) -> Document:
    """A report in which this text stands wherever text can."""
    columns = (TableColumn("name", text, kinds.NAME), TableColumn("workers", f"W {text}", kinds.COUNT))
    head = Letterhead(text, text, None, text, text, text, text, "2021-11-01")
    blocks = (
        Table("t", text, columns, [(text, 1), (None, None)], (None, 1), (text,)), Card("c", text, columns, (text, 2)),
        Text(text), Chart("line", text, (text, "b"), ((text, (1, None)),)), Chart("bars", text, (text,), ((text, (3,)),), "bars"),
    )  # fmt: skip
    return Document("report", blocks, title=text, facts={"period": text}, letterhead=head)


@given(ANY)
@example("\ufffe\uffff\ud800\x00")
@example("\u202e]]>--><!--&#0;")
def test_text_in_text_formats(text: str) -> None:
    document = holding(text)
    page = Tables(rendered(document, "html").decode())
    body = page.tables[0][1:]
    assert body[0] == [clean(text).replace("\r\n", "\n"), "1"]
    assert not {tag for tag, _attributes in page.tags} & {"script", "iframe", "b", "a"}
    assert (
        json.loads(b"".join([rendered(document._replace(facts={}), "json")]))["blocks"]["t"]["rows"][0]["name"] == text
    )
    for name in ("csv", "tsv", "markdown", "table"):
        assert "\x1b" not in rendered(document, name).decode()
    assert "\x1b" not in drawn(document, 80)
    for chart in document.blocks[-2:]:
        assert isinstance(chart, Chart)
        ElementTree.fromstring(as_svg(chart))  # it is XML, whatever is in it


@given(ANY)
@example("\ufffe\uffff\ud800\x00")
@example("0!A0")
@example("=!A0")
@settings(max_examples=examples(40))
def test_text_in_a_workbook(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(rendered(holding(text), "xlsx")))
    cell = book.worksheets[1]["A3"]
    if clean(text):
        assert (unescape(cell.value), cell.data_type) == (clean(text), "s")
    assert len(book.sheetnames) == 6


@given(ANY)
@example("\ufffe\uffff\ud800\x00")
@example('"; panic()')
@settings(max_examples=examples(25))
def test_text_on_paper(text: str) -> None:
    pages = pypdf.PdfReader(io.BytesIO(rendered(holding(text), "pdf"))).pages
    assert "page 1 of" in pages[0].extract_text().replace("\xad", "")
