"""A document as one self-contained HTML page: no script, no network; for phones, screens and the printer."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from ikmctl.actions.document import Card, Chart, Column, Document, Logo, Table, Text
from ikmctl.language import _, current
from ikmctl.output.values import Show, clean, in_overview, in_report

UPRIGHT = 95
"""Letters beside each other on an upright sheet of A4; with a wider table the page is printed on its side."""

_LETTERS = {"money": 20, "count": 9, "date": 12, "percent": 8, "record number": 6, "text": 20}
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}


def as_page(document: Document) -> Iterator[str]:
    """The page, piece by piece: a long list needs no more memory than a short one."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("ikmctl.output"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    environment.globals["_"] = _
    environment.filters["clean"] = clean
    return environment.get_template("page.html").generate(
        language=current(),
        document=document,
        letterhead=_letterhead(document),
        sideways=any(isinstance(block, Table) and _is_wide(block) for block in document.blocks),
        blocks=(_block(document, block) for block in document.blocks),
    )


def _letterhead(document: Document) -> dict[str, Any] | None:
    from ikmctl.output.signature import above, below

    known = document.letterhead
    if known is None:
        return None
    logo = _as_address(known.logo) if known.logo else ""
    lines = {"office": clean(known.office), "address": clean(known.address), "logo": logo}
    return {**lines, "above": above(known), "below": below(known)}


def _as_address(logo: Logo) -> str:
    """The picture itself as the address of an image."""
    return f"data:{_TYPES[logo.kind]};base64,{b64encode(logo.content).decode()}"


def _block(document: Document, block: Any) -> dict[str, Any]:
    """What the template draws of a block."""
    match block:
        case Text():
            return {"is": "text", "lines": [clean(line) for line in block.text.split("\n")]}
        case Card():
            show = in_overview if document.shape == "report" else in_report
            pairs = [
                (clean(each.title), show(each, value)) for each, value in zip(block.columns, block.row, strict=True)
            ]
            return {"is": "card", "title": clean(block.title), "pairs": [pair for pair in pairs if pair[1]]}
        case Chart():
            from markupsafe import Markup

            from ikmctl.output.drawing import as_svg

            return {"is": "chart", "title": clean(block.title), "svg": Markup(as_svg(block))}  # noqa: S704 - its text is escaped as it is built
        case Table():
            return _table(block)
    raise TypeError(block)


def _table(table: Table) -> dict[str, Any]:
    total = None
    if table.total is not None:
        total = [_("Total"), *_cells(table.columns[1:], table.total[1:], in_report)]
    return {
        "is": "table",
        "title": clean(table.title),
        "wide": _is_wide(table),
        "headings": [clean(column.title) for column in table.columns],
        "styles": [_style(column) for column in table.columns],
        "rows": (_cells(table.columns, row, in_report) for row in table.rows),
        "total": total,
        "notes": [clean(note) for note in table.notes],
    }


def _style(column: Column) -> str:
    """The class of a column's cells: figures stand to the right, and neither they nor dates are folded."""
    return "right" if column.kind.right else "still" if column.kind.name == "date" else ""


def _is_wide(table: Table) -> bool:
    """Told by its columns alone: the rows of a list are read while they are written."""
    return sum(_LETTERS.get(column.kind.name, 14) for column in table.columns) > UPRIGHT


def _cells(columns: tuple[Column, ...], row: tuple[Any, ...], show: Show) -> list[str]:
    return [show(column, value) for column, value in zip(columns, row, strict=True)]
