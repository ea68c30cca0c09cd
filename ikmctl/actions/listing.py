"""Showing and listing businesses, sentra and events."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ikmctl import errors
from ikmctl.actions.document import Card, Column, Document, Table, Values, columns_of, masked
from ikmctl.actions.labels import sector_labels
from ikmctl.domain import values as v
from ikmctl.domain.entities import ATTENDANCE, BUSINESS, EVENT, OBSERVATION, SENTRA
from ikmctl.domain.fields import Entity, Field
from ikmctl.language import N_, _, number
from ikmctl.registry import hanging, lists
from ikmctl.registry.database import Connection, Registry
from ikmctl.registry.lists import Filters


def show(registry: Registry, entity: Entity, wanted: str, *, reveal: bool = False) -> Document:
    """Everything known of one record. With `reveal` personal data too, which is written into the history."""
    from ikmctl.registry.finding import find

    with registry.read() as connection:
        record = find(connection, entity.name, wanted)
        found = lists.record(connection, entity, record)
        labels = {"sector": sector_labels(connection)}
        fields = entity.fields
        row = next(masked(fields, [tuple(found.values())], reveal))
        card = Card(entity.name, found["name"], columns_of(fields, labels, reveal=reveal), row)
        tables = _hanging_tables(connection, entity, record, labels)
    if reveal:
        log_reveal(registry, f"show-{entity.name}", f"no. {record}")
    return Document("object", (card, *tables), title=found["name"])


def log_reveal(registry: Registry, command: str, detail: str) -> None:
    """Processing of personal data is logged (UU 27/2022)."""
    with registry.write(f"{command} --reveal", detail, log_only=True):
        pass


_SELDOM = ("capacity", "capacity_unit", "capacity_period", "material_value", "export_percent", "export_countries")
"""What a narrow screen leaves out of the data over the years; the latest stand above them in any case."""


def _hanging_tables(
    connection: Connection, entity: Entity, record: int, labels: Mapping[str, Mapping[str, str]]
) -> list[Table]:
    brief = columns_of([BUSINESS[name] for name in ("number", "name", "owner", "kelurahan")], labels)
    met = (*columns_of([EVENT[name] for name in ("number", "name", "kind", "starts_on")], labels), *_role())
    if entity is EVENT:
        columns = columns_of([ATTENDANCE[name] for name in ATTENDANCE.listed if name != "gender"], labels)
        columns = (*columns[:4], Column("gender", ATTENDANCE["gender"].title, v.GENDER), *columns[4:])
        return [Table("attendance", _("Participants"), columns, hanging.attendances(connection, record))]
    if entity is SENTRA:
        return [
            Table("businesses", _("Members"), brief, hanging.members(connection, "sentra_id", record)),
            Table("events", _("Events"), met, hanging.events_of(connection, "sentra_id", record)),
        ]
    periods = (Column("opened_on", _("Opened on"), v.DATE), Column("closed_on", _("Closed on"), v.DATE))
    observed = columns_of(BUSINESS.kept_in(OBSERVATION), labels)
    observed = tuple(each._replace(detail=each.name in _SELDOM) for each in observed)
    return [
        Table("members", _("Members"), brief, hanging.members(connection, "group_id", record)),
        Table("events", _("Events"), met, hanging.events_of(connection, "business_id", record)),
        Table("observations", _("Data over the years"), observed, hanging.observations(connection, record)),
        Table("activity", _("Periods of activity"), periods, hanging.activities(connection, record)),
    ]


def _role() -> tuple[Column, ...]:
    return (Column("role", ATTENDANCE["role"].title, v.ROLE),)


class Wish(NamedTuple):
    """What a list should show, in the officer's words."""

    search: str = ""
    equal: tuple[tuple[str, str], ...] = ()
    where: tuple[str, ...] = ()
    """comparisons such as `workers_total>=20`"""
    status: str = "active"
    missing: tuple[str, ...] = ()
    registered: str | None = None
    columns: str | None = None
    sort: str | None = None
    limit: int | None = None
    reveal: bool = False


def list_records(registry: Registry, entity: Entity, wish: Wish) -> Document:
    """The records that the wish lets through. `wish.limit` None means all.

    Raises UnknownColumn, NotFound for an unknown sentra or group, ValueRejected for an unknown choice.
    """
    fields = _fields(entity, wish.columns or ",".join(entity.listed))
    sort = _sort(entity, wish.sort)
    with registry.read() as connection:
        filters = _filters(connection, entity, wish)
        columns = columns_of(fields, {"sector": sector_labels(connection)}, reveal=wish.reveal)
        rows: Iterable[Values] = ()
        talk: tuple[str, ...] = ()
        if wish.limit is not None:
            selection = lists.select(connection, entity, fields, filters, sort, wish.limit)
            rows = list(masked(fields, selection.rows, wish.reveal))
            talk = (_how_many(len(rows), selection),)
    if wish.reveal and any(field.personal for field in fields):
        log_reveal(registry, f"list-{entity.plural}", ", ".join(field.name for field in fields))
    if wish.limit is None:
        rows = masked(fields, _streamed(registry, entity, fields, filters, sort), wish.reveal)
    return Document("list", (Table(entity.plural, "", columns, rows),), title=_(_TITLES[entity.name]), talk=talk)


_TITLES = {"business": N_("List of businesses"), "sentra": N_("List of sentra"), "event": N_("List of events")}


def _streamed(
    registry: Registry, entity: Entity, fields: Sequence[Field], filters: Filters, sort: Sequence[str]
) -> Iterator[Values]:
    """All rows, read as they are written out, so that memory does not grow with the list."""
    with registry.read() as connection:
        yield from lists.select(connection, entity, fields, filters, sort).rows


def _sort(entity: Entity, wished: str | None) -> list[str]:
    names = [part.strip() for part in (wished or "").split(",") if part.strip()]
    fields = _fields(entity, ",".join(name.removeprefix("-") for name in names))
    return [("-" if name.startswith("-") else "") + field.name for name, field in zip(names, fields, strict=True)]


def _how_many(shown: int, selection: lists.Selection) -> str:
    total = number(selection.total)
    if selection.more:
        total = _("more than {count}").format(count=total)
    said = _("{shown} of {total}.").format(shown=number(shown), total=total)
    if selection.more or selection.total > shown:
        said += " " + _("All of them: --limit 0")
    return said


def _fields(entity: Entity, names: str) -> Sequence[Field]:
    found = []
    for name in filter(None, (part.strip() for part in names.split(","))):
        found.append(entity.by_name.get(name) or _meant(entity, name))
    return found


def _meant(entity: Entity, name: str) -> Field:
    """The field that people call so."""
    from ikmctl.domain.choices import chosen

    return entity[chosen(name, [field.choice for field in entity.fields], errors.UnknownColumn)]


def _filters(connection: Connection, entity: Entity, wish: Wish) -> Filters:
    equal = [(name, _filter_value(connection, entity, name, text)) for name, text in wish.equal]
    missing = tuple(field.name for field in _fields(entity, ",".join(wish.missing)))
    span = _span(wish.registered) if wish.registered else None
    return Filters(
        search=wish.search,
        equal=tuple(equal),
        compared=tuple(_comparison(connection, entity, text) for text in wish.where),
        status=wish.status,
        missing=missing,
        registered=span if entity is BUSINESS else None,
        between=span if entity is EVENT else None,
    )


def _comparison(connection: Connection, entity: Entity, text: str) -> tuple[str, str, Any]:
    found = re.fullmatch(r"\s*(.+?)\s*(<=|>=|!=|=|<|>)\s*(.+)", text)
    if not found:
        raise errors.UsageError(_("“{text}” is no comparison; write for example workers_total>=20.").format(text=text))
    [field] = _fields(entity, found[1])
    value = found[3] if field.name in ("sentra", "group") else _filter_value(connection, entity, field.name, found[3])
    return field.name, found[2], value


def _span(text: str) -> tuple[str, str]:
    from ikmctl.domain.periods import read_period

    period = read_period(text)
    return period.first.isoformat(), period.last.isoformat()


def _filter_value(connection: Connection, entity: Entity, name: str, text: str) -> Any:
    from ikmctl.actions import resolving  # reads every kind of value; a list without filters starts faster without it
    from ikmctl.registry import reference
    from ikmctl.registry.finding import find

    if name in ("sentra", "group"):
        return find(connection, name, text)
    if name == "sector":
        return resolving.sector(reference.load(connection), text)
    if name in ("kelurahan", "kecamatan"):
        places = reference.load(connection).places
        kelurahan, kecamatan = (text if name == each else None for each in ("kelurahan", "kecamatan"))
        found = resolving.place(places, kelurahan, kecamatan)
        return found[0] or found[1]
    return resolving.read_field(entity[name], text)[0]
