"""Writes CSV files with a datapackage.json that describes them (Data Package v1, tabular-data-resource)."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ikmctl.actions.exchange.cells import to_cell
from ikmctl.actions.history.table_titles import field_of
from ikmctl.domain.csv_text import format_csv
from ikmctl.language import in_every_language
from ikmctl.registry.exchange.tables import SqlColumn, TableSchema

DESCRIPTOR = "datapackage.json"


class Resource(NamedTuple):
    """A table as it was written: its Table Schema, and the size (bytes), SHA-256 and row count of its file."""

    name: str
    title: str
    schema: Mapping[str, Any]
    size: int
    digest: str
    rows: int


def describe(name: str, title: str, description: str, marks: Mapping[str, Any], resources: Sequence[Resource]) -> Any:
    """The content of datapackage.json; `title` and `description` are English messages, written in every language.

    `marks` are ikmctl's own properties of the package, stored under `ikmctl`.
    """
    texts = in_every_language([title, description, *(resource.title for resource in resources)])
    return {
        "profile": "tabular-data-package",
        "name": name,
        **_in_languages("title", texts[title], marks),
        **_in_languages("description", texts[description], marks),
        "ikmctl": dict(marks),
        "resources": [
            {
                "name": resource.name,
                "path": f"{resource.name}.csv",
                "profile": "tabular-data-resource",
                **_in_languages("title", texts[resource.title], {}),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": resource.size,
                "hash": f"sha256:{resource.digest}",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
                "schema": resource.schema,
            }
            for resource in resources
        ],
    }


def _in_languages(name: str, texts: Mapping[str, str], facts: Mapping[str, Any]) -> dict[str, Any]:
    """A text in Indonesian under its standard name, and in every language under the plural, as in CSVW."""
    written = {code: text.format(**facts) for code, text in texts.items()}
    return {name: written["id"], f"{name}s": written}


def schema_of(shape: TableSchema, hidden: Iterable[str] = ()) -> dict[str, Any]:
    """The Table Schema of a registry table; `hidden` columns contain masked text without constraints."""
    masked = set(hidden)
    fields = [
        (
            column.name,
            field_of(shape.name, column.name).label,
            {"type": "string"} if column.name in masked else _type(column),
        )
        for column in shape.columns
    ]
    references = {
        column: ("" if table == shape.name else table, other) for column, (table, other) in shape.references.items()
    }
    return schema(fields, ["id"], references)


def schema(
    fields: Sequence[tuple[str, str, Mapping[str, Any]]],
    primary: Sequence[str],
    references: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> dict[str, Any]:
    """A Table Schema.

    `fields` are triples of name, title, and type with constraints; `references` maps fields to (resource, field).
    """
    titles = in_every_language(label for _name, label, _kind in fields)
    return {
        "fields": [{"name": name, **_in_languages("title", titles[label], {}), **kind} for name, label, kind in fields],
        "primaryKey": list(primary),
        "foreignKeys": [
            {"fields": [field], "reference": {"resource": resource, "fields": [other]}}
            for field, (resource, other) in sorted(references.items())
        ],
        "missingValues": [""],
    }


def _type(column: SqlColumn) -> dict[str, Any]:
    """Type and constraints of a column; a text that may be empty is not required, because its cell may be empty."""
    constraints: dict[str, Any] = dict(column.checks)
    if constraints.get("enum") == ["0", "1"]:
        del constraints["enum"]
        kind: dict[str, Any] = {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]}
    elif column.is_date:
        kind = {"type": "date", "format": "default"}
    else:
        kind = {"type": {"INTEGER": "integer", "REAL": "number", "ANY": "any"}.get(column.sql, "string")}
    if column.required and not empty_is_text(column):
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    return {**kind, "constraints": constraints} if constraints else kind


def empty_is_text(column: SqlColumn) -> bool:
    """Whether an empty cell of the column is the empty text, not an unknown value."""
    return column.default == "''"


def write_table(
    path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]], texts: frozenset[int] = frozenset()
) -> tuple[int, str, int]:
    """Write rows as CSV and sync them to disk; returns bytes, SHA-256 and row count.

    In the columns `texts` an empty cell is the empty text.
    """
    digest, size, count = hashlib.sha256(), 0, 0

    def cells() -> Iterator[Sequence[str]]:
        nonlocal count
        yield names
        for row in rows:
            count += 1
            yield [to_cell(value, empty_is_text=index in texts) for index, value in enumerate(row)]

    with open(path, "xb") as stream:
        for part in format_csv(cells()):
            content = part.encode()
            digest.update(content)
            stream.write(content)
            size += len(content)
        stream.flush()
        os.fsync(stream.fileno())
    return size, digest.hexdigest(), count
