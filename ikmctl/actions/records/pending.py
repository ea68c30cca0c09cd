"""Lists, mends and dismisses pending values: texts that an import could not read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ikmctl import errors
from ikmctl.actions.records import close, save
from ikmctl.actions.records.lookup import Resolved, read_field, read_given
from ikmctl.actions.records.pending_fields import pending_field, pending_text, reason_of
from ikmctl.document import Document, Table, TableColumn, Values, done
from ikmctl.domain.choices import parse_choice
from ikmctl.domain.entities import (
    ATTENDANCE,
    BUSINESS,
    EVENT,
    OBSERVATION,
    PARTICIPANT,
    RECORDS,
    SENTRA,
)
from ikmctl.domain.entities.pending import PENDING
from ikmctl.domain.fields import Field
from ikmctl.domain.keys import key
from ikmctl.domain.values import kinds
from ikmctl.language import _, plural
from ikmctl.registry.file.database import Change, Connection, Registry
from ikmctl.registry.history.access import log_access
from ikmctl.registry.records import find, pending
from ikmctl.registry.records import save as stored
from ikmctl.registry.records.pending import PendingFilter, PendingValue


@dataclass(frozen=True)
class PendingQuery:
    """Which pending values an officer asks for, as typed; what is None does not matter."""

    field: str | None = None
    reason: str | None = None
    text: str | None = None
    change: int | None = None
    business: str | None = None
    numbers: Sequence[int] = ()


def list_pending(registry: Registry, query: PendingQuery, *, each: bool, reveal: bool = False) -> Document:
    """The open pending values: grouped by their text, or with `each` one a row, with a column for the right value.

    Personal texts are masked unless `reveal`, which is logged. Raises UnknownColumn, NotFound, Ambiguous.
    """
    with registry.read() as connection:
        values = _wanted(connection, query)
    if reveal:
        log_access(registry, "list-pending", "", len(values))
    table = _each(values, reveal) if each else _grouped(values, reveal)
    if each or not values:
        return Document(
            "list", (table,), messages=() if values else (_("There are no pending values."),), revealed=reveal
        )
    many = _("To mend many in a spreadsheet: ikmctl list-pending --output {file}, then ikmctl import-pending {file}")
    messages = (_("To mend one: ikmctl mend-pending NUMBER VALUE"), many.format(file="pending.xlsx"))
    return Document("list", (table,), messages=messages, revealed=reveal)


def mend_pending(registry: Registry, query: PendingQuery, text: str) -> Document:
    """Give the fields of pending values this value, as one change.

    Raises NoPendingValue, and the errors of reading, lookup and checking a value of the field.
    """
    with registry.read() as connection:
        values = _wanted(connection, query)
    if not values:
        raise errors.NoPendingValue
    read = [read_mended(registry, value, text) for value in values]
    with registry.write("mend-pending", _detail(values)) as change:
        for value, mended in zip(values, read, strict=True):
            write_mended(change, value, mended)
    names = ", ".join(dict.fromkeys(value.name for value in values[:3])) + ("…" if len(values) > 3 else "")
    field = pending_field(values[0].table, values[0].field).title
    return done(
        plural(
            "Mended {count} pending value: {field} of {names}.",
            "Mended {count} pending values: {field} of {names}.",
            len(values),
            field=field,
            names=names,
        ),
        _("To undo: ikmctl undo"),
        mended=len(values),
    )


def dismiss_pending(registry: Registry, query: PendingQuery) -> Document:
    """Dismiss pending values: their fields stay empty. Raises NoPendingValue."""
    with registry.write("dismiss-pending") as change:
        values = _wanted(change.connection, query)
        if not values:
            raise errors.NoPendingValue
        for value in values:
            pending.set_state(change, value.number, pending.DISMISSED)
        stored.set_detail(change, _detail(values))
    return done(
        plural(
            "Dismissed {count} pending value: its field stays empty.",
            "Dismissed {count} pending values: their fields stay empty.",
            len(values),
        ),
        _("To undo: ikmctl undo"),
        dismissed=len(values),
    )


def read_mended(registry: Registry, value: PendingValue, text: str) -> Resolved:
    """The value that the text means for the field of a pending value. Raises ValueRejected, MissingValue."""
    field = pending_field(value.table, value.field)
    if value.table not in RECORDS or value.field in ("status", "data_year"):
        found, _notes = read_field(field, text)
        read = Resolved({field.name: found}, ())
    else:
        given = {field.name: text} | ({"data_year": value.period} if value.period else {})
        read = read_given(registry, RECORDS[value.table], given)
    if read.values.get(field.name) is None:
        raise errors.MissingValue(what=field.title, command="mend-pending")
    return read


def write_mended(change: Change, value: PendingValue, read: Resolved) -> None:
    """Write the right value into the record, which settles its pending value.

    Raises the errors of lookup and of the rules across fields.
    """
    connection = change.connection
    if value.table not in RECORDS:
        _write_attendance(change, value, read.values[value.field])
    elif value.field == "status":
        if read.values["status"] == "closed":
            close.end(change, value.record, value.name, date.today().isoformat())
    elif value.field == "data_year":
        _move_observation(change, value, str(read.values["data_year"]))
    else:
        entity = RECORDS[value.table]
        before = stored.row(connection, entity.name, value.record)
        resolved = save.check(connection, entity, read, before, value.record)
        save.update(change, entity, value.record, resolved.values)
    stored.refresh_keys(connection)
    pending.set_state(change, value.number, pending.MENDED)


def _write_attendance(change: Change, value: PendingValue, found: Any) -> None:
    """Write a value of a list of participants.

    A NIB or a business says whose business it is. What is about the event is other data of the participant.
    """
    if value.field == "nib":
        holder = stored.nib_holder(change.connection, found)
        if holder is None:
            raise errors.NotFound(kind=_("business"), name=found, listing="list-businesses")
        values: dict[str, Any] = {"business_id": holder[0]}
    elif value.field == "business":
        values = {"business_id": find.find(change.connection, "business", found)}
    elif value.field in ATTENDANCE.by_name:
        values = {value.field: found}
    else:
        others = json.loads(stored.row(change.connection, "attendance", value.record)["extra"] or "{}")
        values = {"extra": json.dumps(others | {value.heading: found}, ensure_ascii=False)}
    stored.update(change, "attendance", value.record, values)


def _move_observation(change: Change, value: PendingValue, year: str) -> None:
    """Move the observation that an import had put into an assumed year to its true one."""
    assumed = stored.observation_of(change.connection, value.record, value.period or "")
    if assumed is not None and stored.observation_of(change.connection, value.record, year) is None:
        stored.update(change, OBSERVATION, assumed, {"period": year})


def retry(registry: Registry, change: Change, field: str, meanings: Mapping[str, str]) -> int:
    """Try again to read the open pending values of a field; returns how many were mended.

    `meanings` gives the word to read in place of a text, by the key of the text; other texts are read as they are.
    """
    mended = 0
    for value in list(pending.pending_values(change.connection, PendingFilter(field=field))):
        text = meanings.get(key(value.text), value.text)
        try:
            write_mended(change, value, read_mended(registry, value, text))
        except errors.IkmError:
            continue
        mended += 1
    return mended


def _wanted(connection: Connection, query: PendingQuery) -> list[PendingValue]:
    """The open pending values that a query means."""
    record = (BUSINESS.name, find.find(connection, BUSINESS.name, query.business)) if query.business else None
    field = parse_choice(query.field, _fields(), errors.UnknownColumn) if query.field else None
    if query.numbers:
        return [_one(connection, number) for number in query.numbers]
    wanted = PendingFilter(field=field, change=query.change, record=record)
    values = pending.pending_values(connection, wanted)
    return [
        value
        for value in values
        if (query.text is None or _folded(value.text) == _folded(query.text))
        and (query.reason in (None, value.reason) or key(query.reason) in key(reason_of(value)))
    ]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _one(connection: Connection, wanted: int) -> PendingValue:
    found = next(pending.pending_values(connection, PendingFilter(number=wanted, state=None)), None)
    if found is None or found.state != pending.OPEN:
        raise errors.NoSuchPendingValue(number=wanted)
    return found


def _fields() -> list[Any]:
    """The fields that a pending value may be meant for, as choices; those of the business come first."""
    by_name = {
        field.name: field
        for entity in (PARTICIPANT, ATTENDANCE, EVENT, SENTRA, BUSINESS)
        for field in entity.fields
        if not field.derived
    }
    return [field.choice for field in by_name.values()]


_FIELD = kinds.shown_by("field", lambda name: next((each.title for each in _all(name)), name))


def _all(name: str) -> Iterable[Field]:
    return (entity[name] for entity in (BUSINESS, SENTRA, EVENT, PARTICIPANT) if name in entity.by_name)


def _grouped(values: Sequence[PendingValue], reveal: bool) -> Table:
    """One row for each text of a field, the most frequent first."""
    groups: dict[tuple[str, str, str], list[PendingValue]] = {}
    for value in values:
        groups.setdefault((value.field, value.text, reason_of(value)), []).append(value)
    columns = (
        TableColumn("field", _("Field"), _FIELD),
        TableColumn("text", _("Text"), kinds.LINE),
        TableColumn("reason", _("Problem"), kinds.LINE),
        TableColumn("values", _("Cells"), kinds.COUNT),
        TableColumn("number", _("First pending no."), kinds.NUMBER),
        TableColumn("name", _("Of"), kinds.LINE),
    )
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[1][0].number))
    rows: list[Values] = [
        (field, pending_text(same[0], reveal=reveal), reason, len(same), same[0].number, same[0].name)
        for (field, _written, reason), same in ordered
    ]
    return Table("pending", _("Pending values"), columns, rows)


def _each(values: Sequence[PendingValue], reveal: bool) -> Table:
    """One row for each value, with an empty column for the right one."""
    fields: Mapping[str, Field] = PENDING.by_name
    columns = tuple(
        TableColumn(name, field.title, _FIELD if name == "field" else field.kind) for name, field in fields.items()
    )
    rows: list[Values] = [
        (
            value.number, value.record, value.name, value.field, value.heading,
            pending_text(value, reveal=reveal), reason_of(value), value.source.file, value.source.row or None, None,
        )
        for value in values
    ]  # fmt: skip
    return Table("pending", _("Pending values"), columns, rows, fillable=True)


def _detail(values: Sequence[PendingValue]) -> str:
    """What a change is about, for the history."""
    names = dict.fromkeys(value.name for value in values)
    return (
        next(iter(names)) if len(names) == 1 else plural("{count} pending value", "{count} pending values", len(values))
    )
