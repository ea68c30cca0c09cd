"""Empty spreadsheets to fill in, which an import reads without questions."""

from typing import Any

from ikmctl.actions.imports.kinds import KINDS
from ikmctl.actions.records.display_names import in_language
from ikmctl.document import Document, Table, TableColumn
from ikmctl.domain.choices import Choice
from ikmctl.domain.fields import Field
from ikmctl.domain.values import kinds
from ikmctl.domain.values.kinds import LINE
from ikmctl.language import _
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Registry
from ikmctl.registry.file.reference_data import ReferenceData

#: Fields that the example row leaves empty: they would name a missing record, or repeat another field.
_NOT_IN_EXAMPLE = ("group", "sentra", "closed_on", "status", "workers_total", "batch", "kelurahan", "notes")
CHOICES = tuple(Choice(name, kind.label) for name, kind in KINDS.items())


def template(registry: Registry | None, name: str, *, kept: bool) -> Document:
    """A spreadsheet with a heading for each field of the kind `name`, lists to choose from, and an example row.

    `kept` says whether it is written to a file.
    """
    kind = KINDS[name]
    known = _known(registry)
    fields = [field for field in kind.entity.given if field.headings and kind.wants(field)]
    columns = tuple(
        TableColumn(_heading(field), _heading(field), _shown_as(field), offered=_offered(field, known))
        for field in fields
    )
    example = tuple(None if field.name in _NOT_IN_EXAMPLE else _example(field, known) for field in fields)
    messages = (
        *(() if kept else (_("To save it as a workbook: --output {name}.xlsx").format(name=name),)),
        _("Replace the example row with your data; it is not imported."),
        _("To import it: ikmctl {command} FILE").format(command=kind.command),
    )
    return Document("list", (Table(name, "", columns, [example], fillable=True),), messages=messages, revealed=True)


def _heading(field: Field) -> str:
    """The heading, with the unit of money, so that the import need not ask for it."""
    return f"{field.headings[0]} (Rp)" if field.kind is kinds.MONEY else field.headings[0]


def _known(registry: Registry | None) -> ReferenceData | None:
    if registry is None:
        return None
    with registry.read() as connection:
        return reference_data.load(connection)


def _shown_as(field: Field) -> kinds.Kind:
    """The kind of a column: words as text; numbers, dates and identifiers with their type, so that Excel keeps them."""
    worded = field.kind.choices or field.name in _REFERRING or field.kind is kinds.FUNDING
    return LINE if worded else field.kind._replace(show=str) if field.kind.mask else field.kind


_REFERRING = ("sector", "kelurahan", "kecamatan", "sentra", "group", "event", "business")


def _offered(field: Field, known: ReferenceData | None) -> tuple[str, ...]:
    """The choices of a field; empty if any text may be typed."""
    if field.kind.choices:
        return tuple(str(choice) for choice in field.kind.choices)
    if known is None:
        return ()
    if field.name == "sector":
        return tuple(in_language(sector.name, sector.name_en) for sector in known.sectors)
    if field.name == "kecamatan":
        return tuple(dict.fromkeys(known.places.kecamatan.values()))
    return ()


def _example(field: Field, known: ReferenceData | None) -> Any:
    """The example value of a field; None if it has none."""
    if not field.example:
        return None
    if field.kind.choices:
        return next((str(choice) for choice in field.kind.choices if choice.code == field.example), None)
    if field.name in _REFERRING:
        offered = _offered(field, known)
        return offered[0] if offered else field.example if field.name == "business" else None
    return field.kind.read(field.example)[0]
