"""A document on A4 paper: a PDF by typst. What is printed reaches typst as data in a JSON file, never as its markup."""

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
from ikmctl.output.text.format_value import clean, heading_of, in_overview, in_report

UPRIGHT, SIDEWAYS = 120, 180
"""Letters beside each other on a sheet of A4, upright and on its side, in the size that tables are printed in."""

GAP = 3
"""Letters that the space between two columns takes."""

ROW_LIMIT = 10_000
"""Rows of a table, some 200 sheets: typst takes a megabyte of memory for ten rows, and nobody reads more on paper."""


DATA = "document.json"
"""Where the template finds what it prints."""

_FOREIGN = "[^\x00-\u052f\u1e00-\u23ff\u25a0-\u25ff]"
"""What the fonts that come with typst do not draw: only then the system's own are looked through."""


def as_pdf(document: Document) -> Iterator[bytes]:
    """The file. Raises TooManyRows."""
    yield _compiled(document, "pdf")


def first_page(document: Document, day: date) -> bytes:
    """The first sheet as a PNG picture, as it would have been printed on that day."""
    return _compiled(document, "png", day)


def as_png(logo: Logo) -> bytes:
    """A picture as PNG 120 pixels high, for programs that draw no SVG and scale nothing."""
    markup = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("logo.{logo.kind}", height: 60pt)'
    return _typst(markup, {f"logo.{logo.kind}": logo.content}, "png")


def _compiled(document: Document, form: Literal["pdf", "png"], day: date | None = None) -> bytes:
    template = files("ikmctl.output").joinpath("templates", "paper.typ").read_text(encoding="utf-8")
    content = as_data(document, day)
    sheets = {DATA: json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")}
    if document.letterhead and document.letterhead.logo:
        sheets[content["letterhead"]["logo"]] = document.letterhead.logo.content
    return _typst(template, sheets, form, tagged=document.shape != "list")


def _typst(template: str, beside: dict[str, bytes], form: Literal["pdf", "png"], *, tagged: bool = True) -> bytes:
    """What typst makes of a template and the files beside it; it can read no others. PNG is the first page.

    Tags, by which a reader for the blind finds its way, make a long list sixteen times as large.
    """
    import typst

    foreign = any(re.search(_FOREIGN, content.decode()) for name, content in beside.items() if name == DATA)
    with tempfile.TemporaryDirectory(prefix="ikmctl-") as directory:
        for name, content in {**beside, "main.typ": template.encode()}.items():
            (Path(directory) / name).write_bytes(content)
        main, root = Path(directory) / "main.typ", Path(directory)
        made = typst.compile(main, root=root, ignore_system_fonts=not foreign, format=form, pdf_tags=tagged)
    pages = made if isinstance(made, list) else [made]
    return bytes(pages[0] or b"")


def as_data(document: Document, day: date | None = None) -> dict[str, Any]:
    """All that the template prints, as text, in the shape that it reads, dated today unless another day is named.

    Raises TooManyRows.
    """
    document = _kept(document)
    blocks = [_block(document, block, UPRIGHT) for block in document.blocks]
    sideways = document.shape == "list" and any(len(block.get("parts", ())) > 1 for block in blocks)
    if sideways:
        blocks = [_block(document, block, SIDEWAYS) for block in document.blocks]
    return {
        "language": current_language(),
        "title": clean(document.title),
        "printed": date_in_words((day or date.today()).isoformat()),
        "sideways": sideways,
        "page": _("page {page} of {pages}"),
        "none": _("(none)"),
        "letterhead": _letterhead(document),
        "blocks": blocks,
    }


def _kept(document: Document) -> Document:
    """The document with the rows of its tables at hand: a list's can be read once only. Raises TooManyRows."""
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
    known = document.letterhead
    return known and signature.printed(known, f"logo.{known.logo.kind}" if known.logo else "")


def _block(document: Document, block: Block, room: int) -> dict[str, Any]:
    match block:
        case Text():
            return {"is": "text", "title": "", "lines": [clean(line) for line in block.text.split("\n")]}
        case Card():
            pairs = plain.visible_cards(block, in_overview if document.shape == "report" else in_report)
            return {"is": "card", "title": heading_of(document, block.title), "pairs": pairs}
        case Chart():
            from ikmctl.output.charts.svg import as_svg, in_words

            words = "; ".join(in_words(block))
            return {"is": "chart", "title": heading_of(document, block.title), "svg": as_svg(block), "words": words}
        case Table():
            return {**_table(block, room), "title": heading_of(document, block.title)}


def _table(table: Table, room: int) -> dict[str, Any]:
    """A table with its columns in parts that fit the sheet, each led by the first."""
    texts = plain.texts(table, in_report)
    titles = plain.titles(table)
    widths = column_widths.widths(table.columns, texts, room, GAP)
    texts = [[_breakable(text, width - GAP) for text, width in zip(row, widths, strict=True)] for row in texts]
    total = texts.pop() if texts and table.total is not None else None
    return {
        "is": "table",
        "headings": titles,
        "right": [column.kind.right for column in table.columns],
        "widths": widths,
        "parts": column_widths.parts(widths, room),
        "rows": texts,
        "total": total,
        "notes": [clean(note) for note in table.notes],
    }


def _breakable(text: str, width: int) -> str:
    """The text with leave to break words that would run into the next column, by a space of no width."""
    if len(text) <= width:
        return text
    return re.sub(rf"\S{{{width},}}", lambda word: "\u200b".join(_pieces(word[0], width)), text)


def _pieces(word: str, width: int) -> Iterator[str]:
    return (word[start : start + width] for start in range(0, len(word), width))
