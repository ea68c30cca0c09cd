"""Renders a document for programs: JSON, JSON lines, CSV and TSV, with stable English keys and stored values."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from ikmctl.document import Card, Document, Table, TableColumn, Values
from ikmctl.domain.csv_text import format_csv
from ikmctl.domain.values.clean_text import guard
from ikmctl.domain.values.kinds import decimal
from ikmctl.output.text.format_value import clean
from ikmctl.output.text.json_text import to_json

JSON_SAFE = 2**53


def as_json(document: Document) -> Iterator[str]:
    """The document as JSON: a list of objects, one object, or the blocks of a report (see docs/json.md)."""
    if document.shape == "list":
        yield from _json_list(document.tables[0])
    else:
        yield to_json(_object(document), indent=2)
    yield "\n"


def _json_list(table: Table) -> Iterator[str]:
    """A JSON list with one object per line, in pieces, so that memory does not grow with the number of rows."""
    before = "[\n"
    for row in table.rows:
        yield before + to_json(_row(table.columns, row))
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"


def as_ndjson(document: Document) -> Iterator[str]:
    """One JSON object per line: the rows of a list, or of each table of a report with the name of its block."""
    for record in _records(document):
        yield to_json(record) + "\n"


def _records(document: Document) -> Iterator[dict[str, Any]]:
    if document.shape == "list":
        table = document.tables[0]
        yield from (_row(table.columns, row) for row in table.rows)
    elif document.shape == "report":
        for block in document.blocks:
            if isinstance(block, Table | Card):
                rows = block.rows if isinstance(block, Table) else [block.row]
                yield from ({"block": block.name, **_row(block.columns, row)} for row in rows)
    else:
        yield _object(document)


def _object(document: Document) -> dict[str, Any]:
    if document.shape == "report":
        blocks = {block.name: _block(block) for block in document.blocks if isinstance(block, Table | Card)}
        return {**document.facts, "blocks": blocks}
    result: dict[str, Any] = dict(document.facts)
    for block in document.blocks:
        if isinstance(block, Card):
            result |= _row(block.columns, block.row)
        elif isinstance(block, Table):
            result[block.name] = [_row(block.columns, row) for row in block.rows]
    return result


def _block(block: Table | Card) -> dict[str, Any]:
    if isinstance(block, Card):
        return _row(block.columns, block.row)
    content: dict[str, Any] = {
        "columns": [column.name for column in block.columns],
        "rows": [_row(block.columns, row) for row in block.rows],
    }
    if block.total is not None:
        content["total"] = {
            column.name: _value(column, value) for column, value in zip(block.columns[1:], block.total[1:], strict=True)
        }
    return content


def _row(columns: Iterable[TableColumn], row: Values) -> dict[str, Any]:
    return {column.name: _value(column, value) for column, value in zip(columns, row, strict=True)}


def _value(column: TableColumn, value: Any) -> Any:
    """The stored value. A whole number that a float cannot represent is written as text."""
    if column.kind.name == "extra" and isinstance(value, str) and value.startswith("{"):
        return json.loads(value)
    if isinstance(value, int) and abs(value) > JSON_SAFE:
        return str(value)
    return value


def as_csv(document: Document) -> Iterator[str]:
    """The tables of the document as CSV."""
    return _delimited(document, ",")


def as_tsv(document: Document) -> Iterator[str]:
    """The tables of the document as TSV."""
    return _delimited(document, "\t")


def _delimited(document: Document, delimiter: str) -> Iterator[str]:
    """The tables as delimited text. The tables of a report follow one another, separated by empty lines and named."""
    several = document.shape == "report"
    if document.shape == "done":
        columns = tuple(TableColumn(name, name) for name in document.facts)
        yield from _separated(columns, [tuple(document.facts.values())], delimiter)
        return
    first = True
    for block in document.blocks:
        if isinstance(block, Card):
            rows: Iterable[Values] = [block.row]
        elif isinstance(block, Table):
            rows = block.rows if block.total is None else [*block.rows, ("total", *block.total[1:])]
        else:
            continue
        if several:
            yield ("" if first else "\r\n") + block.name + "\r\n"
        yield from _separated(block.columns, rows, delimiter)
        first = False
        if not several:
            return


def _separated(columns: tuple[TableColumn, ...], rows: Iterable[Values], delimiter: str) -> Iterator[str]:
    cells = ([_cell(value) for value in row] for row in rows)
    return format_csv(chain([[column.name for column in columns]], cells), delimiter)


def _cell(value: Any) -> Any:
    """The value as a cell that a spreadsheet does not run as a formula, and that an import reads as the same value."""
    if isinstance(value, str):
        return guard(clean(value))
    if isinstance(value, float):
        text = decimal(value)
        return text + "0" if len(text.partition(".")[2]) == 3 else text  # an import would read 1.234 as 1234
    return value
