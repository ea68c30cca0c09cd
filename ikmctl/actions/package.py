"""A folder of CSV files with a datapackage.json that says what is in them (Data Package v1, tabular-data-resource)."""

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ikmctl.actions.cells import to_cell
from ikmctl.domain.entities import field_in
from ikmctl.domain.fields import Field
from ikmctl.domain.values import LINE
from ikmctl.language import N_, in_every_language
from ikmctl.registry.exporting import Column, Shape

DESCRIPTOR = "datapackage.json"

TABLES: Mapping[str, str] = {
    "setting": N_("Settings"),
    "sector": N_("Sectors"),
    "region": N_("Regions"),
    "kbli": N_("KBLI codes"),
    "alias": N_("Words of this office"),
    "sentra": N_("Sentra"),
    "business": N_("Businesses"),
    "business_kbli": N_("KBLI codes of businesses"),
    "activity": N_("Periods of activity"),
    "observation": N_("Data over the years"),
    "event": N_("Events"),
    "event_party": N_("Organisers, hosts, guests, funding and instructors of events"),
    "attendance": N_("Participants"),
    "closed_month": N_("Closed months"),
    "target": N_("Targets"),
}
"""What the tables are called; one that is not named here goes by its own name."""

COLUMNS: Mapping[str, str] = {
    "id": N_("No."), "name": N_("Name"), "value": N_("Value"), "code": N_("Code"), "name_en": N_("Name in English"),
    "words": N_("Other words"), "kbli": N_("KBLI"), "edition": N_("Edition"), "title": N_("Title"),
    "kind": N_("Kind"), "written": N_("Written"), "meaning": N_("Meaning"), "business_id": N_("Business"),
    "group_id": N_("Group"), "sentra_id": N_("Sentra"), "event_id": N_("Event"), "is_main": N_("Main code"),
    "is_first": N_("Registered, not reopened"), "opened_on": N_("Opened on"), "period": N_("Period"),
    "role": N_("Role"), "month": N_("Month"), "figures": N_("Figures"), "indicator": N_("Indicator"),
    "year": N_("Year"),
}  # fmt: skip
"""What columns are called for which there is no field."""


def field_of(table: str, column: str) -> Field:
    """The field that is kept in a column; one of plain text where none is."""
    return field_in(table, column) or Field(column, LINE, COLUMNS.get(column, column))


class Resource(NamedTuple):
    """A table as it was written: its schema in the words of Table Schema, and what the file weighs."""

    name: str
    title: str
    schema: Mapping[str, Any]
    size: int
    digest: str
    rows: int


def describe(name: str, title: str, description: str, marks: Mapping[str, Any], resources: Sequence[Resource]) -> Any:
    """The content of datapackage.json; `title` and `description` are English messages, written in every language.

    `marks` are our own words about the package, kept under `ikmctl`.
    """
    said = in_every_language([title, description, *(each.title for each in resources)])
    return {
        "profile": "tabular-data-package",
        "name": name,
        **_in_languages("title", said[title], marks),
        **_in_languages("description", said[description], marks),
        "ikmctl": dict(marks),
        "resources": [
            {
                "name": each.name,
                "path": f"{each.name}.csv",
                "profile": "tabular-data-resource",
                **_in_languages("title", said[each.title], {}),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": each.size,
                "hash": f"sha256:{each.digest}",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
                "schema": each.schema,
            }
            for each in resources
        ],
    }


def _in_languages(name: str, texts: Mapping[str, str], facts: Mapping[str, Any]) -> dict[str, Any]:
    """A text in Indonesian under the name that programs know, and in every language under its plural, as CSVW does."""
    written = {code: text.format(**facts) for code, text in texts.items()}
    return {name: written["id"], f"{name}s": written}


def schema_of(shape: Shape, hidden: Iterable[str] = ()) -> dict[str, Any]:
    """The Table Schema of a table of the registry; the `hidden` columns hold masked text that keeps no constraint."""
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
    """A Table Schema: `(name, title, type and constraints)` of each field, the key, `{field: (resource, field)}`."""
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


def _type(column: Column) -> dict[str, Any]:
    """Type and constraints; a text that may be empty is not required, since an empty cell says nothing else."""
    constraints: dict[str, Any] = dict(column.checks)
    if constraints.get("enum") == ["0", "1"]:
        del constraints["enum"]
        found: dict[str, Any] = {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]}
    elif column.is_date:
        found = {"type": "date", "format": "default"}
    else:
        found = {"type": {"INTEGER": "integer", "REAL": "number", "ANY": "any"}.get(column.sql, "string")}
    if column.required and not empty_is_text(column):
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    return {**found, "constraints": constraints} if constraints else found


def empty_is_text(column: Column) -> bool:
    """Whether an empty cell of the column is the empty text, not a value that nobody knows."""
    return column.default == "''"


def write_table(
    path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]], texts: frozenset[int] = frozenset()
) -> tuple[int, str, int]:
    """Write rows as CSV, safely on the disk; bytes, SHA-256, rows. In columns `texts` an empty cell is empty text."""
    digest, size, count = hashlib.sha256(), 0, 0
    with open(path, "xb") as stream:
        for part, number in _parts(names, rows, texts):
            content = part.encode()
            digest.update(content)
            stream.write(content)
            size, count = size + len(content), number
        stream.flush()
        os.fsync(stream.fileno())
    return size, digest.hexdigest(), count


def _parts(names: Sequence[str], rows: Iterable[Sequence[Any]], texts: frozenset[int]) -> Iterator[tuple[str, int]]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(names)
    number = 0
    for number, row in enumerate(rows, start=1):
        writer.writerow([to_cell(value, empty_is_text=index in texts) for index, value in enumerate(row)])
        if number % 500 == 0:
            yield buffer.getvalue(), number
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue(), number
