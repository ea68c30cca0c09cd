"""Renders a document as one self-contained HTML page, without script or network access."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Any

from ikmctl.document import Card, Chart, Document, Logo, Table, TableColumn, Text, Values
from ikmctl.language import _, current_language
from ikmctl.output.formats.plain import card_pairs, column_titles
from ikmctl.output.text.format_value import block_title, clean, format_in_overview, format_in_report

#: The width in characters of a portrait A4 page. A page with a wider table is printed in landscape.
PORTRAIT_WIDTH = 95

_LETTERS = {"money": 20, "count": 9, "date": 12, "percent": 8, "record number": 6, "text": 20}
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}


def as_page(document: Document) -> Iterator[str]:
    """The page in pieces, so that memory does not grow with the length of a list."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("ikmctl.output"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    environment.globals["_"] = _
    environment.filters["clean"] = clean
    return environment.get_template("page.html").generate(
        language=current_language(),
        document=document,
        letterhead=_letterhead(document),
        sideways=any(isinstance(block, Table) and _is_wide(block) for block in document.blocks),
        blocks=(_block(document, block) for block in document.blocks),
    )


def _letterhead(document: Document) -> dict[str, Any] | None:
    from ikmctl.output.formats.signature import letterhead_content

    letterhead = document.letterhead
    return letterhead and letterhead_content(letterhead, _data_url(letterhead.logo) if letterhead.logo else "")


def _data_url(logo: Logo) -> str:
    """The picture as a data URL."""
    return f"data:{_TYPES[logo.kind]};base64,{b64encode(logo.content).decode()}"


def _block(document: Document, block: Any) -> dict[str, Any]:
    """The content of a block, as the template reads it."""
    match block:
        case Text():
            return {"is": "text", "lines": [clean(line) for line in block.text.split("\n")]}
        case Card():
            show = format_in_overview if document.shape == "report" else format_in_report
            return {"is": "card", "title": block_title(document, block.title), "pairs": card_pairs(block, show)}
        case Chart():
            from markupsafe import Markup

            from ikmctl.output.charts.svg import as_svg

            return {"is": "chart", "title": block_title(document, block.title), "svg": Markup(as_svg(block))}  # noqa: S704 - as_svg escapes its text
        case Table():
            return {**_table(block), "title": block_title(document, block.title)}
    raise TypeError(block)


#: The class attribute of a cell, and its text.
Cell = tuple[str, str]


def _table(table: Table) -> dict[str, Any]:
    columns = table.columns
    looks = [_look(column) for column in columns]

    def cells(texts: Iterable[str]) -> list[Cell]:
        return list(zip(looks, texts, strict=True))

    def shown(row: Values) -> Iterator[str]:
        return (format_in_report(column, value) for column, value in zip(columns, row, strict=True))

    return {
        "is": "table",
        "wide": _is_wide(table),
        "headings": cells(column_titles(table)),
        "rows": (cells(shown(row)) for row in table.rows),
        "total": table.total and cells((_("Total"), *list(shown(table.total))[1:])),
        "notes": [clean(note) for note in table.notes],
    }


def _look(column: TableColumn) -> str:
    """The class attribute of a column: numbers are aligned right, and neither numbers nor dates are wrapped."""
    from markupsafe import Markup

    look = "right" if column.kind.right else "still" if column.kind.name == "date" else ""
    return Markup(' class="{}"').format(look) if look else ""


def _is_wide(table: Table) -> bool:
    """Whether the table needs a landscape page. Only columns count: rows of a list are read while it is written."""
    return sum(_LETTERS.get(column.kind.name, 14) for column in table.columns) > PORTRAIT_WIDTH
