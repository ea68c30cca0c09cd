"""Empty spreadsheets to fill in, that come back without a question."""

from typing import Any

from ikmctl.actions.imports.kinds import KINDS
from ikmctl.actions.records.display_names import in_language
from ikmctl.document import Document, Table, TableColumn
from ikmctl.domain import kinds
from ikmctl.domain.choices import Choice
from ikmctl.domain.fields import Field
from ikmctl.domain.kinds import LINE
from ikmctl.language import _
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Registry
from ikmctl.registry.file.reference_data import ReferenceData

_NOT_IN_EXAMPLE = ("group", "sentra", "closed_on", "status", "workers_total", "batch", "kelurahan", "notes")
"""Fields that an example row leaves empty: they would name a record that is not there, or say a thing twice."""
CHOICES = tuple(Choice(name, kind.label) for name, kind in KINDS.items())


def template(registry: Registry | None, name: str, *, kept: bool) -> Document:
    """A heading for every field that a file can give, lists to choose from, and one row of examples to write over.

    `kept` says whether it goes into a file.
    """
    kind = KINDS[name]
    known = _known(registry)
    fields = [field for field in kind.entity.given if field.headings and kind.wants(field)]
    columns = tuple(
        TableColumn(_heading(each), _heading(each), _shown_as(each), offered=_offered(each, known)) for each in fields
    )
    example = tuple(None if field.name in _NOT_IN_EXAMPLE else _example(field, known) for field in fields)
    talk = (
        *(() if kept else (_("To keep it as a workbook: --output {name}.xlsx").format(name=name),)),
        _("Write over the example row."),
        _("Take it in with: ikmctl {command} FILE").format(command=kind.command),
    )
    return Document("list", (Table(name, "", columns, [example], fillable=True),), talk=talk)


def _heading(field: Field) -> str:
    """The heading, with the unit of money, so that nobody has to ask."""
    return f"{field.headings[0]} (Rp)" if field.kind is kinds.MONEY else field.headings[0]


def _known(registry: Registry | None) -> ReferenceData | None:
    if registry is None:
        return None
    with registry.read() as connection:
        return reference_data.load(connection)


def _shown_as(field: Field) -> kinds.Kind:
    """Words as text; numbers, dates and identifiers as what they are, so that a spreadsheet keeps them whole."""
    worded = field.kind.choices or field.name in _REFERRING
    return LINE if worded else field.kind._replace(show=str) if field.kind.mask else field.kind


_REFERRING = ("sector", "kelurahan", "kecamatan", "sentra", "group", "event", "business")


def _offered(field: Field, known: ReferenceData | None) -> tuple[str, ...]:
    """What there is to choose from; empty where anything may be typed."""
    if field.kind.choices:
        return tuple(str(choice) for choice in field.kind.choices)
    if known is None:
        return ()
    if field.name == "sector":
        return tuple(in_language(each.name, each.name_en) for each in known.sectors)
    if field.name == "kecamatan":
        return tuple(dict.fromkeys(known.places.kecamatan.values()))
    return ()


def _example(field: Field, known: ReferenceData | None) -> Any:
    """The example as the template holds it."""
    if not field.example:
        return None
    if field.kind.choices:
        return next((str(each) for each in field.kind.choices if each.code == field.example), None)
    if field.name in _REFERRING:
        offered = _offered(field, known)
        return offered[0] if offered else field.example if field.name == "business" else None
    return field.kind.read(field.example)[0]
