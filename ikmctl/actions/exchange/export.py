"""Exports the whole registry as a folder of CSV files, which any program and `import-registry` can read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ikmctl.actions.exchange import folder
from ikmctl.actions.exchange.data_package import Resource, describe, empty_is_text, schema_of, write_table
from ikmctl.actions.history.table_titles import TABLES, field_of
from ikmctl.document import Caution, Document, done, mask_rows
from ikmctl.language import N_, _, count_of_rows, plural
from ikmctl.registry.exchange import tables
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.file.header import VERSION
from ikmctl.registry.history.access import log_access

TITLE = N_("Registry of small and medium industries, {office}")
DESCRIPTION = N_(
    "All tables of the registry except its history. Identifiers are text: open them as text in a spreadsheet. A "
    "cell that a spreadsheet would read as a formula starts with an apostrophe, which is not part of the value. "
    "A single apostrophe is an empty text."
)


def export(registry: Registry, target: Path, *, reveal: bool, replace: bool) -> Document:
    """Write every table except the history to a folder; personal columns are masked unless `reveal`, which is logged.

    The history is left out: the importing office starts its own history, in which an undo affects only its changes,
    and data corrected or erased on request do not leave the office. A copy of the registry file contains the history.

    Raises FolderRefused, FolderNotEmpty.
    """
    folder.check(target, registry.path, replace=replace)
    if reveal:
        with registry.read() as connection:
            records = sum(tables.count_records(connection).values())
        log_access(registry, "export", target.name, records)
    resources: list[Resource] = []

    def write(place: Path) -> Any:
        with registry.read() as connection:
            settings = reference_data.settings(connection)
            resources.extend(_tables(connection, place, reveal))
        marks = {
            "holds": "registry",
            "version": VERSION,
            "personal": "revealed" if reveal else "masked",
            "office": settings.get("office", ""),
        }
        return describe("ikmctl-registry", TITLE, DESCRIPTION, marks, resources)

    left = folder.fill(target, write, private=True)
    rows = sum(resource.rows for resource in resources)
    message = _("Exported to {folder}: {tables}, {rows}.")
    messages = [message.format(folder=target, tables=count_of_tables(len(resources)), rows=count_of_rows(rows))]
    if not reveal:
        masked = _("Personal data are masked. import-registry accepts only an export made with --reveal.")
        messages.append(Caution(masked))
    messages.append(_("The history is not included; to keep it, copy the file {file}.").format(file=registry.path))
    messages += left_lines(left)
    return done(*messages, folder=str(target), tables=len(resources), rows=rows, revealed=reveal)


def count_of_tables(count: int) -> str:
    """The number of tables in words: 15 tables."""
    return plural("{count} table", "{count} tables", count)


def left_lines(left: list[str]) -> list[str]:
    """A line on other files in the folder that were left unchanged; none if there are none."""
    message = _("Other files in the folder, left unchanged: {files}")
    return [Caution(message.format(files=", ".join(left)))] if left else []


def _tables(connection: Connection, place: Path, reveal: bool) -> Iterator[Resource]:
    for shape in tables.table_schemas(connection):
        fields = [field_of(shape.name, name) for name in shape.names]
        rows = mask_rows(fields, tables.rows(connection, shape), reveal)
        texts = frozenset(index for index, column in enumerate(shape.columns) if empty_is_text(column))
        size, digest, count = write_table(place / f"{shape.name}.csv", shape.names, rows, texts)
        schema = schema_of(shape, [field.name for field in fields if field.personal and not reveal])
        yield Resource(shape.name, TABLES.get(shape.name, shape.name), schema, size, digest, count)
