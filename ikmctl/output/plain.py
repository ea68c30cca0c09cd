"""Aligned text, for pipes and for tables too long to draw: never folded, never coloured."""

import unicodedata
from collections.abc import Iterable, Iterator

from ikmctl.actions.document import Card, Column, Document, Table, Text, Values
from ikmctl.language import _
from ikmctl.output.values import clean, shown


def lines(document: Document) -> Iterator[str]:
    """The document as lines of text."""
    if document.title and document.shape == "report":
        yield from (clean(document.title), "")
    for position, block in enumerate(document.blocks):
        if position:
            yield ""
        match block:
            case Text():
                yield from map(clean, block.text.split("\n"))
            case Card():
                yield from card_lines(block)
            case Table():
                yield from table_lines(block)


def visible_cards(card: Card) -> list[tuple[str, str]]:
    """Title and value of what is known; a card of one record leaves the unknown out."""
    pairs = zip(card.columns, card.row, strict=True)
    return [(column.title, shown(column, value)) for column, value in pairs if value is not None or column.empty]


def card_lines(card: Card) -> Iterator[str]:
    """One line for each known value."""
    if card.title:
        yield clean(card.title)
    pairs = visible_cards(card)
    width = max((measure(title) for title, _value in pairs), default=0)
    for title, value in pairs:
        yield f"{pad(title, width)}  {value}"


def table_lines(table: Table) -> Iterator[str]:
    """A heading and a line for each row, in columns as wide as they need."""
    rows = [[shown(column, value) for column, value in zip(table.columns, row, strict=True)] for row in table.rows]
    if table.title:
        yield clean(table.title)
    if not rows:
        yield _("(none)")
        return
    if table.total is not None:
        rows.append(total_row(table.columns, table.total))
    yield from aligned([[clean(column.title) for column in table.columns], *rows], table.columns)
    yield from map(clean, table.notes)


def total_row(columns: tuple[Column, ...], total: Values) -> list[str]:
    """The row of sums, called so in its first column."""
    return [_("Total"), *(shown(column, value) for column, value in zip(columns[1:], total[1:], strict=True))]


def aligned(rows: list[list[str]], columns: Iterable[Column]) -> Iterator[str]:
    """Rows of text in columns; numbers stand to the right."""
    right = [column.kind.right for column in columns]
    widths = [max(map(measure, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = [pad(cell, width, right=side) for cell, width, side in zip(row, widths, right, strict=True)]
        yield "  ".join(cells).rstrip()


def measure(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(sign) or sign in "\u200d\ufe0f"
        else 2
        if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in text
    )


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled up with spaces to a width."""
    space = " " * (width - measure(text))
    return space + text if right else text + space
