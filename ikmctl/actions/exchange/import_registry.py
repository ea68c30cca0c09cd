"""Imports an exported registry into an empty one: all files are checked first, then written as one change."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ikmctl import disk, errors
from ikmctl.actions.exchange.cells import from_cell
from ikmctl.actions.exchange.data_package import DESCRIPTOR, empty_is_text
from ikmctl.actions.exchange.export import count_of_tables
from ikmctl.actions.history.table_titles import TABLES
from ikmctl.document import Document, done
from ikmctl.language import N_, _, count_of_rows, number, plural
from ikmctl.registry.exchange import tables as registry_tables
from ikmctl.registry.exchange.tables import TableSchema
from ikmctl.registry.file.database import Registry
from ikmctl.registry.file.header import VERSION

#: Largest cell in characters; a setting may contain a picture.
LONGEST_CELL = 10**8

NAME_IT = N_("Name the folder written by: ikmctl export DIRECTORY --reveal")
AGAIN = N_("Ask for a new export with --reveal, and copy the whole folder.")


class Source(NamedTuple):
    """A table of an export: its file, its columns, and a reader of cells for each column."""

    file: Path
    name: str
    columns: tuple[str, ...]
    readers: tuple[Callable[[str], Any], ...]


def import_registry(registry: Registry, folder: Path) -> Document:
    """Fill an empty registry with the content of an exported one.

    Raises FileRefused if the export is incomplete or masked, NotEmpty, RegistryRefuses.
    """
    folder = folder.parent if folder.name == DESCRIPTOR else folder
    package = _package(folder)
    with registry.read() as connection:
        shapes = registry_tables.table_schemas(connection)
    sources = _sources(folder, package, shapes)
    counted: dict[str, int] = {}
    with registry.write("import-registry", folder.absolute().name, keeps="search", backs_up=True) as change:
        _refuse_records(registry_tables.count_records(change.connection))
        tables = ((source.name, source.columns, _counted(source, counted)) for source in sources)
        registry_tables.replace_all(change, tables)
        broken = registry_tables.find_dangling_reference(change.connection)
        if broken:
            table, row, other = broken
            reason = _("row no. {row} refers to a row of {table} that does not exist").format(row=row, table=other)
            raise _refused(folder / f"{table}.csv", reason, AGAIN)
        made_by = change.number
    rows = sum(counted.values())
    message = _("Imported from {folder}: {tables}, {rows}.")
    back = _("To undo: ikmctl undo {number}").format(number=made_by)
    summary = message.format(folder=folder, tables=count_of_tables(len(sources)), rows=count_of_rows(rows))
    return done(summary, back, change=made_by, tables=len(sources), rows=rows)


def _refuse_records(counts: dict[str, int]) -> None:
    if counts:
        listed = [f"{_(TABLES.get(table, table))}: {number(count)}" for table, count in counts.items()]
        raise errors.NotEmpty(found=", ".join(listed[:3]) + ("…" if len(listed) > 3 else ""))


def _refused(file: Path, reason: str, advice: str) -> errors.FileRefused:
    return errors.FileRefused(file=file, reason=reason, advice=_(advice))


def _package(folder: Path) -> Any:
    """The content of datapackage.json. Raises FileRefused unless it is a full export with personal data."""
    if not folder.is_dir():
        raise _refused(folder, _("there is no such folder"), NAME_IT)
    file = folder / DESCRIPTOR
    try:
        package: Any = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _refused(folder, _("it does not contain {file}").format(file=DESCRIPTOR), NAME_IT) from None
    except (OSError, ValueError, RecursionError):
        raise _refused(file, _("it cannot be read as JSON"), AGAIN) from None
    marks = package.get("ikmctl") if isinstance(package, dict) else None
    if not isinstance(marks, dict) or marks.get("holds") not in ("registry", "open-data"):
        raise _refused(file, _("it was made by another program"), NAME_IT)
    if marks["holds"] == "open-data":
        raise _refused(folder, _("it is open data, which has counts but no records"), NAME_IT)
    if marks.get("personal") != "revealed":
        raise _refused(folder, _("its personal data are masked and would be lost"), NAME_IT)
    if not isinstance(marks.get("version"), int) or marks["version"] > VERSION:
        reason = _("it was written by a newer ikmctl (file version {found}, this program knows {known})")
        found_version = str(marks.get("version"))[:20]
        raise _refused(folder, reason.format(found=found_version, known=VERSION), N_("Update ikmctl on this computer."))
    return package


def _sources(folder: Path, package: Any, shapes: list[TableSchema]) -> list[Source]:
    """Every table of the export, in the registry's order, after its file was checked against the package.

    An export of an older ikmctl may lack tables and columns that were added later.
    """
    listed = package.get("resources")
    resources = (
        {resource.get("name"): resource for resource in listed if isinstance(resource, dict)}
        if isinstance(listed, list)
        else {}
    )
    known = {shape.name for shape in shapes}
    older = package["ikmctl"]["version"] < VERSION
    lacking = [shape.name for shape in shapes if shape.name not in resources and not older]
    foreign = [str(name) for name in resources if name not in known]
    for names, reason in (
        (lacking, _("these tables are missing: {names}")),
        (foreign, _("it has unknown tables: {names}")),
    ):
        if names:
            raise _refused(folder / DESCRIPTOR, reason.format(names=", ".join(names)), AGAIN)
    return [_source(folder, resources[shape.name], shape, older) for shape in shapes if shape.name in resources]


def _source(folder: Path, resource: Any, shape: TableSchema, older: bool) -> Source:
    file = folder / f"{shape.name}.csv"
    if resource.get("path") != file.name:
        raise _refused(folder / DESCRIPTOR, _("the table {table} has another file").format(table=shape.name), AGAIN)
    try:
        with open(file, "rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if resource.get("hash") != f"sha256:{digest}":
            raise _refused(file, _("it was changed after the export, or not copied completely"), AGAIN)
        with open(file, encoding="utf-8", newline="") as text:
            names = tuple(next(csv.reader(text, strict=True), ()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _refused(file, _unreadable(error), AGAIN) from error
    expected = [column for column in shape.columns if column.name in names]
    if tuple(column.name for column in expected) != names or not (older or len(expected) == len(shape.columns)):
        raise _refused(
            file, _("its columns differ from those of the table: {names}").format(names=", ".join(names)), AGAIN
        )
    readers = tuple(from_cell(column.sql, empty_is_text=empty_is_text(column)) for column in expected)
    return Source(file, shape.name, names, readers)


def _unreadable(error: Exception) -> str:
    if isinstance(error, OSError):
        return disk.describe_read_error(error)
    return _("it cannot be read ({reason})").format(reason=type(error).__name__)


def _counted(source: Source, counted: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as stored values; their number is written to `counted`."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        with open(source.file, encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream, strict=True)
            next(rows)
            for line, cells in enumerate(rows, start=2):
                counted[source.name] = line - 1
                yield _values(source, line, cells)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _refused(source.file, _unreadable(error), AGAIN) from error


def _values(source: Source, line: int, cells: list[str]) -> tuple[Any, ...]:
    if len(cells) != len(source.columns):
        reason = plural(
            "row {row} has {count} cell, but the header row has {columns}",
            "row {row} has {count} cells, but the header row has {columns}",
            len(cells),
            row=line,
            columns=len(source.columns),
        )
        raise _refused(source.file, reason, AGAIN)
    try:
        return tuple(read(cell) for read, cell in zip(source.readers, cells, strict=True))
    except ValueError as error:
        reason = _("row {row} has “{value}” where a number is needed")
        raise _refused(source.file, reason.format(row=line, value=str(error)[:40]), AGAIN) from error
