"""The rights of a person: to see all that is held on them, and to have it erased (UU 27/2022, articles 7 and 8)."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ikmctl import errors
from ikmctl.actions.history.backups import known_backups
from ikmctl.actions.records.display_names import sector_labels
from ikmctl.actions.records.pending_fields import pending_field, pending_text, reason_of
from ikmctl.document import Caution, Document, Table, TableColumn, Values, columns_of, done
from ikmctl.domain.entities import ATTENDANCE, BUSINESS, EVENT, SENTRA, field_in
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.values import kinds
from ikmctl.domain.values.identifiers import mask_nik
from ikmctl.language import N_, _, number
from ikmctl.registry.file.database import Connection, Registry, open_to_read
from ikmctl.registry.history.access import log_access
from ikmctl.registry.records import erasure, pending, person, query
from ikmctl.registry.records.pending import PendingFilter
from ikmctl.registry.records.person import Person

_TABLES = {
    "business": BUSINESS.label,
    "sentra": SENTRA.label,
    "attendance": ATTENDANCE.label,
    "event_party": N_("organiser, host, guest, funder or instructor"),
    "pending_value": N_("pending value"),
    "change_row": N_("entry of the history"),
    "event": EVENT.label,
}


def report(registry: Registry, wanted: str, *, reveal: bool) -> Document:
    """All that is held on a person: of today, set aside, and in the history. In full only with `reveal`, logged.

    Raises NoSuchPerson, AmbiguousPerson.
    """
    with registry.read() as connection:
        found = _find(connection, wanted)
        today = Table("held", _("Data of today"), _columns(), list(_today(connection, found, reveal=reveal)))
        history = Table("history", _("Earlier values in the history"), _history_columns(), [
            (change, made_at, _(_TABLES[table]), row, *_field_value(field_of(table, column), value, reveal=reveal))
            for change, made_at, table, row, column, value in person.earlier_values(connection, found)
        ])  # fmt: skip
    if reveal:
        log_access(registry, "person-report", _rows_in_words(found), found.count)
    messages = () if reveal else (_("Personal data are masked. To print them in full, which is logged: --reveal"),)
    return Document(
        "report",
        (today, history),
        title=_("Data held on {person}").format(person=_shown(wanted) if not reveal else wanted),
        revealed=reveal,
        messages=(*messages, _("To erase these data: ikmctl erase-person NAME|NIK")),
    )


def plan_erasure(registry: Registry, wanted: str) -> tuple[Document, str]:
    """What would be erased, and the question to ask. Raises NoSuchPerson, AmbiguousPerson."""
    with registry.read() as connection:
        found = _find(connection, wanted)
        rows = list(_today(connection, found, reveal=False))
    table = Table("held", _("Data held on {person}").format(person=_shown(wanted)), _columns(), rows)
    question = _("Erase the data of this person? This cannot be undone; the figures of businesses stay.")
    return Document("list", (table,)), question


def erase(registry: Registry, wanted: str) -> Document:
    """Erase a person's data from records, pending values, search, history and free pages; the result is a receipt.

    Raises NoSuchPerson, AmbiguousPerson.
    """
    with registry.read() as connection:
        found = _find(connection, wanted)
    with registry.write("erase-person", _rows_in_words(found), log_only=True) as change:
        person_found = _find(change.connection, wanted)
        counts = erasure.erase(change, person_found)
        still = erasure.mentions(change.connection, person_found)
    cautions = [
        _(
            "Backups and copies of the file, exports and printed reports still hold the data: delete them, or erase "
            "the data there too."
        )
    ]
    copies = _backups_with(registry, wanted)
    if copies:
        cautions.append(_("Backups that hold the data, or may hold them: {files}").format(files=", ".join(copies)))
    if still:
        places = "; ".join(
            f"{_(_TABLES[table])} {row} ({field_of(table, column).title})" for table, row, column in still
        )
        cautions.append(
            _("The name stands in other texts too. If it means this person, edit them: {places}").format(places=places)
        )
    try:
        registry.compact()
    except errors.RegistryError as error:
        cautions.append(_("The free pages of the file could not be cleared: {reason}").format(reason=error))
    what = ", ".join(f"{number(count)} × {_(_TABLES[table])}" for table, count in counts.items())
    return done(
        _("Erased the data of {person}: {what}.").format(person=_shown(wanted), what=what or "–"),
        _("Receipt: change no. {number} in the history of this registry.").format(number=change.number),
        *map(Caution, cautions),
        change=change.number,
        erased=counts,
        backups=copies,
        mentions=[{"table": table, "number": row, "field": column} for table, row, column in still],
    )


def _backups_with(registry: Registry, wanted: str) -> list[str]:
    """The backups that still hold the data, with those of which nobody can say it: not found, or of another version."""
    known = known_backups(registry.path, registry)
    return [
        *(str(each.path) for each in known.found if _may_hold(each.path, wanted)),
        *(each.path for each in known.missing),
    ]


def _may_hold(backup: Path, wanted: str) -> bool:
    try:
        held = open_to_read(backup)
    except errors.RegistryError:
        return True
    try:
        with held.read() as connection:
            return bool(person.find_person(connection, wanted.strip()).count)
    finally:
        held.close()


def _find(connection: Connection, wanted: str) -> Person:
    found = person.find_person(connection, wanted.strip())
    if not found.count:
        raise errors.NoSuchPerson(person=_shown(wanted))
    if len(found.niks) > 1:
        businesses = "; ".join(map(str, found.rows.get("business", ())))
        raise errors.AmbiguousPerson(person=wanted, count=len(found.niks), businesses=businesses)
    return found


def _shown(wanted: str) -> str:
    """A NIK masked, a name as it was typed."""
    return mask_nik(wanted) if any(sign.isdigit() for sign in wanted) else wanted


def _rows_in_words(found: Person) -> str:
    """The rows about a person for the history, which must not name the person."""
    return "; ".join(f"{table} {', '.join(map(str, rows))}" for table, rows in found.rows.items())


def field_of(table: str, column: str) -> Field:
    """The field of a column that holds a person's data."""
    return field_in(table, column) or EVENT.by_name.get(column) or Field(column, kinds.LINE, N_("Name"))


def _columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn("record", _("Record"), kinds.LINE),
        TableColumn("number", _("No."), kinds.NUMBER),
        TableColumn("field", _("Field"), kinds.LINE),
        TableColumn("value", _("Value"), kinds.LINE),
    )


def _history_columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn("change", _("Before change no."), kinds.NUMBER),
        TableColumn("made_at", _("When"), kinds.LINE),
        *_columns(),
    )


def _today(connection: Connection, found: Person, *, reveal: bool) -> Iterator[Values]:
    labels = {"sector": sector_labels(connection)}
    for entity in (BUSINESS, SENTRA):
        for row in person.rows_of_today(connection, found, entity.name):
            yield from _record(connection, entity, row, labels, reveal=reveal)
    for table in ("attendance", "event_party"):
        for row in person.rows_of_today(connection, found, table):
            event = person.event_of(connection, table, row)
            values = person.values_of(connection, table, row)
            named: dict[Field, Any] = {EVENT["name"]: event and event[0], EVENT["starts_on"]: event and event[1]}
            named |= {field_of(table, column): value for column, value in values.items()}
            for field, value in named.items():
                if value is not None:
                    yield (_(_TABLES[table]), row, *_field_value(field, value, reveal=reveal))
    for table in ("business", "sentra", "attendance"):
        for row in person.rows_of_today(connection, found, table):
            for value in pending.pending_values(connection, PendingFilter(record=(table, row))):
                text = f"{pending_text(value, reveal=reveal)} ({reason_of(value)})"
                yield _("pending value"), value.number, pending_field(table, value.field).title, text


def _record(
    connection: Connection, entity: Entity, row: int, labels: Mapping[str, Mapping[str, str]], *, reveal: bool
) -> Iterator[Values]:
    for name, value in query.record(connection, entity, row).items():
        if value is not None:
            yield (_(entity.label), row, *_field_value(entity[name], value, labels, reveal=reveal))


def _field_value(
    field: Field, value: Any, labels: Mapping[str, Mapping[str, str]] | None = None, *, reveal: bool
) -> tuple[str, str]:
    [column] = columns_of([field], labels or {}, reveal=reveal)
    shown = value if reveal or field.kind.mask is None else field.kind.mask(str(value))
    return column.title, column.kind.show(shown)
