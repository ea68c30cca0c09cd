"""Shows and lists businesses, sentra and events."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from ikmctl import errors
from ikmctl.actions.records.display_names import sector_labels
from ikmctl.document import Card, Document, Table, TableColumn, Values, columns_of, mask_rows
from ikmctl.domain.entities import ATTENDANCE, BUSINESS, EVENT, OBSERVATION, SENTRA
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.values import kinds
from ikmctl.language import N_, _, number
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.history.access import log_access
from ikmctl.registry.records import query, related
from ikmctl.registry.records.filters import Filters


def show(registry: Registry, entity: Entity, wanted: str, *, reveal: bool = False) -> Document:
    """All data of one record and its related rows. Personal data only with `reveal`, which is logged in the history.

    Raises NotFound, Ambiguous.
    """
    from ikmctl.registry.records.find import find

    with registry.read() as connection:
        record = find(connection, entity.name, wanted)
        values = query.record(connection, entity, record)
        labels = {"sector": sector_labels(connection)}
        fields = entity.fields
        row = next(mask_rows(fields, [tuple(values.values())], reveal))
        card = Card(entity.name, values["name"], columns_of(fields, labels, reveal=reveal), row)
        tables = _related_tables(connection, entity, record, values, labels)
        tables += _pending_table(connection, entity, record, reveal=reveal)
    if reveal:
        log_access(registry, f"show-{entity.name}", values["name"], 1)
    return Document("object", (card, *tables), title=values["name"], revealed=reveal)


#: Columns of observations that a narrow screen leaves out; the card shows the latest values.
_SELDOM = ("capacity", "capacity_unit", "capacity_period", "material_value", "export_percent", "export_countries")


def _related_tables(
    connection: Connection,
    entity: Entity,
    record: int,
    values: Mapping[str, Any],
    labels: Mapping[str, Mapping[str, str]],
) -> list[Table]:
    """The tables of related rows. People do not see tables that repeat the card or that the record cannot have."""
    brief = columns_of([BUSINESS[name] for name in ("number", "name", "owner", "kelurahan")], labels)
    event_columns = (*columns_of([EVENT[name] for name in ("number", "name", "kind", "starts_on")], labels), *_role())
    if entity is EVENT:
        columns = columns_of([ATTENDANCE[name] for name in ATTENDANCE.listed if name != "gender"], labels)
        columns = (*columns[:5], TableColumn("gender", ATTENDANCE["gender"].title, kinds.GENDER), *columns[5:])
        return _related_table("attendance", _("Participants"), columns, related.attendances(connection, record))
    if entity is SENTRA:
        return [
            *_related_table("businesses", _("Members"), brief, related.members(connection, "sentra_id", record)),
            *_related_table("events", _("Events"), event_columns, related.events_of(connection, "sentra_id", record)),
        ]
    periods = (
        TableColumn("opened_on", _("Opened on"), kinds.DATE),
        TableColumn("closed_on", _("Closed on"), kinds.DATE),
        TableColumn("entry", _("Entry"), kinds.ENTRY),
    )
    observed = columns_of(BUSINESS.kept_in(OBSERVATION), labels)
    observed = tuple(each._replace(detail=each.name in _SELDOM) for each in observed)
    members = related.members(connection, "group_id", record)
    return [
        *_related_table("members", _("Members"), brief, members, least=0 if values["form"] == "group" else 1),
        *_related_table("events", _("Events"), event_columns, related.events_of(connection, "business_id", record)),
        *_related_table(
            "observations", _("Data over the years"), observed, related.observations(connection, record), least=2
        ),
        *_related_table("activity", _("Periods of activity"), periods, related.activities(connection, record), least=2),
    ]


def _pending_table(connection: Connection, entity: Entity, record: int, *, reveal: bool) -> list[Table]:
    """The texts of the record that could not be read."""
    from ikmctl.actions.records.pending_fields import pending_text, reason_of
    from ikmctl.registry.records import pending
    from ikmctl.registry.records.pending import PendingFilter

    columns = (
        TableColumn("number", _("Pending no."), kinds.NUMBER),
        TableColumn("field", _("Field"), kinds.named("field", {each.name: each.title for each in entity.fields})),
        TableColumn("text", _("Text"), kinds.LINE),
        TableColumn("reason", _("Problem"), kinds.LINE),
    )
    rows: list[Values] = [
        (value.number, value.field, pending_text(value, reveal=reveal), reason_of(value))
        for value in pending.pending_values(connection, PendingFilter(record=(entity.name, record)))
    ]
    return _related_table("pending", _("Pending values"), columns, rows)


def _related_table(
    name: str, title: str, columns: tuple[TableColumn, ...], rows: list[Values], least: int = 1
) -> list[Table]:
    """The full table for machines; for people, if it has `least` rows, the table without empty columns."""
    whole = Table(name, title, columns, rows, readers="machines")
    if len(rows) < least:
        return [whole]
    filled = [index for index in range(len(columns)) if not rows or any(row[index] is not None for row in rows)]
    brief = tuple(columns[index] for index in filled)
    seen = [tuple(row[index] for index in filled) for row in rows]
    return [whole, Table(name, title, brief, seen, readers="people")]


def _role() -> tuple[TableColumn, ...]:
    return (TableColumn("role", ATTENDANCE["role"].title, kinds.ROLE),)


class ListQuery(NamedTuple):
    """The filters, columns and order of a list, in the officer's words."""

    search: str = ""
    equal: tuple[tuple[str, str], ...] = ()
    #: Comparisons such as `workers_total>=20`.
    where: tuple[str, ...] = ()
    status: str = "active"
    missing: tuple[str, ...] = ()
    registered: str | None = None
    #: A time such as `2y`, empty for all times: only businesses that were not coached since then.
    not_coached_since: str | None = None
    columns: str | None = None
    sort: str | None = None
    limit: int | None = None
    reveal: bool = False


def list_records(registry: Registry, entity: Entity, options: ListQuery) -> Document:
    """The records that match the options, as a table; `options.limit` None means all.

    Raises UnknownColumn; RevealNeeded for a comparison or an order that would tell personal data; UnknownName for an
    unknown place, sector or KBLI; NotFound for a sentra or group; ValueRejected for an unknown choice.
    """
    usual = entity.listed if options.not_coached_since is None else _INVITED
    fields = _fields(entity, (options.columns or "").strip(" ,") or ",".join(usual))
    sort = _sort(entity, options.sort)
    with registry.read() as connection:
        filters = _filters(connection, entity, options)
        guessable = [entity[name.removeprefix("-")] for name in sort]
        guessable += [entity[name] for name, comparison, _value in filters.compared if comparison != "="]
        personal = [field for field in guessable if field.personal]
        if personal and not options.reveal:
            raise errors.RevealNeeded(field=personal[0].title, name=personal[0].name, comparisons="<, >, !=")
        columns = columns_of(fields, {"sector": sector_labels(connection)}, reveal=options.reveal)
        rows: Iterable[Values] = ()
        messages: tuple[str, ...] = ()
        limit = options.limit
        streamed = limit is None or limit > query.EXACT_COUNT_LIMIT
        if limit is not None and not streamed:
            selection = query.select(connection, entity, fields, filters, sort, limit)
            rows = list(mask_rows(fields, selection.rows, options.reveal))
            messages = (_how_many(len(rows), selection.total, more=selection.more),)
        elif limit is not None:
            total = query.count(connection, entity, filters)
            messages = (_how_many(min(limit, total), total),)
    if options.reveal and (personal or any(field.personal for field in fields)):
        with registry.read() as connection:
            records = query.count(connection, entity, filters)
        records = records if limit is None else min(records, limit)
        log_access(registry, f"list-{entity.plural}", ", ".join(field.name for field in fields), records)
    if streamed:
        rows = mask_rows(fields, _streamed(registry, entity, fields, filters, sort, limit), options.reveal)
    return Document(
        "list",
        (Table(entity.plural, "", columns, rows),),
        title=_(_TITLES[entity.name]),
        messages=messages,
        revealed=options.reveal,
    )


_TITLES = {"business": N_("List of businesses"), "sentra": N_("List of sentra"), "event": N_("List of events")}


def _streamed(
    registry: Registry,
    entity: Entity,
    fields: Sequence[Field],
    filters: Filters,
    sort: Sequence[str],
    limit: int | None,
) -> Iterator[Values]:
    """All rows, or very many, read while they are written out, so that memory does not grow with the list."""
    with registry.read() as connection:
        yield from islice(query.select(connection, entity, fields, filters, sort).rows, limit)


def _sort(entity: Entity, text: str | None) -> list[str]:
    names = [part.strip() for part in (text or "").split(",") if part.strip(" -")]
    fields = _fields(entity, ",".join(name.removeprefix("-") for name in names))
    return [("-" if name.startswith("-") else "") + field.name for name, field in zip(names, fields, strict=True)]


def _how_many(shown: int, counted: int, *, more: bool = False) -> str:
    total = number(counted)
    if more:
        total = _("more than {count}").format(count=total)
    message = _("{shown} of {total}.").format(shown=number(shown), total=total)
    if more or counted > shown:
        message += " " + _("To list all: --limit 0")
    return message


def _fields(entity: Entity, names: str) -> Sequence[Field]:
    fields = []
    for name in filter(None, (part.strip() for part in names.split(","))):
        fields.append(entity.by_name.get(name) or _field_titled(entity, name))
    return fields


def _field_titled(entity: Entity, name: str) -> Field:
    """The field with this title or name. Raises UnknownColumn."""
    from ikmctl.domain.choices import parse_choice

    return entity[parse_choice(name, [field.choice for field in entity.fields], errors.UnknownColumn)]


def _filters(connection: Connection, entity: Entity, options: ListQuery) -> Filters:
    equal = []
    for name, text in options.equal:
        from ikmctl.actions.records import (
            filters,  # reads every kind of value; a list without filters starts without it
        )

        equal.append((name, filters.value(connection, entity, name, text)))
    missing = tuple(field.name for field in _fields(entity, ",".join(options.missing)))
    span = _span(options.registered) if options.registered else None
    return Filters(
        search=options.search,
        equal=tuple(equal),
        compared=tuple(_comparison(connection, entity, text) for text in options.where),
        status=options.status,
        missing=missing,
        registered=span if entity is BUSINESS else None,
        between=span if entity is EVENT else None,
        not_coached_since=options.not_coached_since and _since(options.not_coached_since),
    )


def _comparison(connection: Connection, entity: Entity, text: str) -> tuple[str, str, Any]:
    parts = re.fullmatch(r"\s*(.+?)\s*(<=|>=|!=|=|<|>)\s*(.+)", text)
    if not parts:
        message = _('“{text}” is not a comparison; write for example --where "workers_total>=20".')
        raise errors.UsageError(message.format(text=text))
    [field] = _fields(entity, parts[1])
    value = parts[3]
    if parts[2] in ("=", "!=") or field.name not in _NAMES:
        from ikmctl.actions.records import filters

        value = filters.compared(connection, entity, field.name, value)
    return field.name, parts[2], value


#: Fields that contain names: with `<` or `>` the text need not be a known name.
_NAMES = ("kecamatan", "kelurahan", "sector", "sentra", "group", "kbli")


#: The columns of a list of businesses that are to be invited.
_INVITED = ("number", "name", "owner", "address", "kelurahan", "phone", "last_coached_on")


def _since(text: str) -> str:
    from ikmctl.domain.periods import read_since

    return read_since(text, date.today()).isoformat()


def _span(text: str) -> tuple[str, str]:
    from ikmctl.domain.periods import read_period

    period = read_period(text)
    return period.first.isoformat(), period.last.isoformat()
