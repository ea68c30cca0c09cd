"""Renders a document as PDF on A4 with typst. All content is passed to typst as JSON data, never as its markup.

A long list is compiled in parts, which are joined: typst holds a megabyte for every sixteen rows.
"""

import io
import json
import re
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from ikmctl import errors
from ikmctl.document import Block, Card, Chart, Document, Logo, Table, Text
from ikmctl.language import _, current_language, date_in_words
from ikmctl.output.formats import plain, signature
from ikmctl.output.text import column_widths
from ikmctl.output.text.format_value import block_title, clean, format_in_overview, format_in_report

#: The width of an A4 page in characters, in the font size of tables: portrait and landscape.
PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 120, 180

#: The width of the space between two columns, in characters.
GAP = 3

#: The largest number of rows of a table, about 200 pages; and how many of them are compiled at once.
ROW_LIMIT, ROWS_AT_ONCE = 10_000, 1_000

#: typst keeps what its last ten compilations computed. So many empty ones make it let go.
_COMPILATIONS_KEPT = 10

#: The file from which the template reads the content.
DATA_FILE = "document.json"

#: Characters that the fonts of typst lack. Only with these the system's fonts are searched, which takes time.
_FOREIGN = "[^\x00-\u052f\u1e00-\u23ff\u25a0-\u25ff]"


def as_pdf(document: Document) -> Iterator[bytes]:
    """The PDF file. Raises TooManyRows."""
    parts = list(_divide(template_data(document), document.shape == "list"))
    if len(parts) == 1:
        yield _compile_content(document, parts[0], "pdf")
    else:
        yield _compile_parts(document, parts)


def first_page(document: Document, day: date) -> bytes:
    """The first page as a PNG picture, printed as on the given day."""
    return _compile_content(document, template_data(document, day), "png")


def _divide(content: dict[str, Any], is_list: bool) -> Iterator[dict[str, Any]]:
    """The content of the whole document, or of each part of a list that is too long to be compiled at once."""
    rows = content["blocks"][0].get("rows", ()) if is_list and len(content["blocks"]) == 1 else ()
    if len(rows) <= ROWS_AT_ONCE:
        yield content
        return
    for start in range(0, len(rows), ROWS_AT_ONCE):
        last = start + ROWS_AT_ONCE >= len(rows)
        block = {**content["blocks"][0], "rows": rows[start : start + ROWS_AT_ONCE]}
        yield {**content, "blocks": [block if last else {**block, "total": None, "notes": []}], "begins": start == 0}


def _compile_parts(document: Document, parts: list[dict[str, Any]]) -> bytes:
    """The PDF of all parts, compiled twice: only then it is known how many pages there are to be numbered."""
    from pypdf import PdfReader, PdfWriter

    def compiled(part: dict[str, Any]) -> PdfReader:
        pdf = _compile_content(document, part, "pdf")
        for _each in range(_COMPILATIONS_KEPT + 1):
            _compile("", {}, "pdf")
        return PdfReader(io.BytesIO(pdf))

    lengths = [len(compiled(part).pages) for part in parts]
    whole = None
    for position, part in enumerate(parts):
        pages = compiled({**part, "first_page": 1 + sum(lengths[:position]), "pages": sum(lengths)})
        whole = whole or PdfWriter(clone_from=pages)
        if position:
            whole.append(pages)
    buffer = io.BytesIO()
    assert whole is not None  # noqa: S101 - there is at least one part
    whole.write(buffer)
    return buffer.getvalue()


def as_png(logo: Logo) -> bytes:
    """The logo as a PNG 120 pixels high, for programs that cannot draw SVG or scale pictures."""
    markup = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("logo.{logo.kind}", height: 60pt)'
    return _compile(markup, {f"logo.{logo.kind}": logo.content}, "png")


def _compile_content(document: Document, content: dict[str, Any], form: Literal["pdf", "png"]) -> bytes:
    template = files("ikmctl.output").joinpath("templates", "paper.typ").read_text(encoding="utf-8")
    attached = {DATA_FILE: json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")}
    if document.letterhead and document.letterhead.logo:
        attached[content["letterhead"]["logo"]] = document.letterhead.logo.content
    return _compile(template, attached, form, tagged=document.shape != "list")


def _compile(template: str, attached: dict[str, bytes], form: Literal["pdf", "png"], *, tagged: bool = True) -> bytes:
    """Compile a template with the given files, the only ones that it can read; of PNG the first page.

    `tagged` adds the structure that screen readers need; it makes a long list sixteen times as large.
    """
    import typst

    foreign = any(re.search(_FOREIGN, content.decode()) for name, content in attached.items() if name == DATA_FILE)
    with tempfile.TemporaryDirectory(prefix="ikmctl-") as directory:
        for name, content in {**attached, "main.typ": template.encode()}.items():
            (Path(directory) / name).write_bytes(content)
        main, root = Path(directory) / "main.typ", Path(directory)
        compiled = typst.compile(main, root=root, ignore_system_fonts=not foreign, format=form, pdf_tags=tagged)
    pages = compiled if isinstance(compiled, list) else [compiled]
    return bytes(pages[0] or b"")


def template_data(document: Document, day: date | None = None) -> dict[str, Any]:
    """The content of the document as the template reads it, dated `day`, or today if None. Raises TooManyRows."""
    document = _with_row_lists(document)
    blocks = [_block(document, block, PORTRAIT_WIDTH) for block in document.blocks]
    sideways = document.shape == "list" and any(len(block.get("parts", ())) > 1 for block in blocks)
    if sideways:
        blocks = [_block(document, block, LANDSCAPE_WIDTH) for block in document.blocks]
    return {
        "language": current_language(),
        "title": clean(document.title),
        "printed": date_in_words((day or date.today()).isoformat()),
        "sideways": sideways,
        "page": _("page {page} of {pages}"),
        "begins": True,
        "first_page": 1,
        "pages": None,
        "none": _("(none)"),
        "letterhead": _letterhead(document),
        "blocks": blocks,
    }


def _with_row_lists(document: Document) -> Document:
    """The document with its rows in lists, since the rows of a list can be read only once. Raises TooManyRows."""
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Table):
            rows = list(islice(block.rows, ROW_LIMIT + 1))
            if len(rows) > ROW_LIMIT:
                raise errors.TooManyRows(count=f"> {ROW_LIMIT}", format="PDF", limit=ROW_LIMIT)
            blocks.append(block._replace(rows=rows))
        else:
            blocks.append(block)
    return document._replace(blocks=tuple(blocks))


def _letterhead(document: Document) -> dict[str, Any] | None:
    letterhead = document.letterhead
    return letterhead and signature.letterhead_content(
        letterhead, f"logo.{letterhead.logo.kind}" if letterhead.logo else ""
    )


def _block(document: Document, block: Block, room: int) -> dict[str, Any]:
    match block:
        case Text():
            return {"is": "text", "title": "", "lines": [clean(line) for line in block.text.split("\n")]}
        case Card():
            pairs = plain.card_pairs(block, format_in_overview if document.shape == "report" else format_in_report)
            return {"is": "card", "title": block_title(document, block.title), "pairs": pairs}
        case Chart():
            from ikmctl.output.charts.svg import as_svg, describe_chart

            words = "; ".join(describe_chart(block))
            return {"is": "chart", "title": block_title(document, block.title), "svg": as_svg(block), "words": words}
        case Table():
            return {**_table(block, room), "title": block_title(document, block.title)}


def _table(table: Table, room: int) -> dict[str, Any]:
    """The content of a table. A table wider than the page is printed in parts, each with the first column."""
    texts = plain.row_texts(table, format_in_report)
    titles = plain.column_titles(table)
    widths = column_widths.fit_widths(table.columns, texts, room, GAP)
    texts = [[_breakable(text, width - GAP) for text, width in zip(row, widths, strict=True)] for row in texts]
    total = texts.pop() if texts and table.total is not None else None
    return {
        "is": "table",
        "headings": titles,
        "right": [column.kind.right for column in table.columns],
        "widths": widths,
        "parts": column_widths.split_into_parts(widths, room),
        "rows": texts,
        "total": total,
        "notes": [clean(note) for note in table.notes],
        "signed": table.signed,
    }


def _breakable(text: str, width: int) -> str:
    """The text with zero-width spaces in words that are wider than the column, so that they can be wrapped."""
    if len(text) <= width:
        return text
    return re.sub(rf"\S{{{width},}}", lambda word: "\u200b".join(_pieces(word[0], width)), text)


def _pieces(word: str, width: int) -> Iterator[str]:
    return (word[start : start + width] for start in range(0, len(word), width))
