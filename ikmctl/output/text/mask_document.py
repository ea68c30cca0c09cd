"""Masks the numbers and addresses of people that stand in the free text of a document, whatever its command."""

from collections.abc import Iterable, Iterator
from typing import Any

from ikmctl.document import Block, Card, Caution, Document, Table, TableColumn, Text, Values
from ikmctl.domain.values.mask_text import mask_text

#: Kinds whose values contain digits that are nobody's: they are left as they are.
_UNMASKED = ("nib", "kbli", "date", "period", "command")


def mask_document(document: Document) -> Document:
    """The document with the free text in it masked; one that an officer asked to see in full stays as it is."""
    if document.revealed:
        return document
    return document._replace(
        title=mask_text(document.title),
        messages=tuple(
            Caution(mask_text(line)) if isinstance(line, Caution) else mask_text(line) for line in document.messages
        ),
        blocks=tuple(map(_mask_block, document.blocks)),
    )


def _mask_block(block: Block) -> Block:
    if isinstance(block, Text):
        return Text(mask_text(block.text))
    if isinstance(block, Card):
        [row] = _mask_rows(block.columns, [block.row])
        return block._replace(title=mask_text(block.title), row=row)
    if isinstance(block, Table):
        rows = _mask_rows(block.columns, block.rows)
        return block._replace(rows=list(rows) if isinstance(block.rows, list | tuple) else rows)
    return block


def _mask_rows(columns: tuple[TableColumn, ...], rows: Iterable[Values]) -> Iterator[Values]:
    free = [
        index
        for index, column in enumerate(columns)
        if column.kind.sql == "TEXT" and not column.kind.choices and column.kind.name not in _UNMASKED
    ]
    for row in rows:
        masked = {index: text for index in free if (text := _mask(row[index])) is not row[index]}
        yield tuple(masked.get(index, value) for index, value in enumerate(row)) if masked else row


def _mask(value: Any) -> Any:
    return mask_text(value) if isinstance(value, str) else value
