"""The participants of events: adding, editing and removing them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ikmctl import errors
from ikmctl.actions.history.closed_months import touched_closed_months
from ikmctl.actions.records.close import next_step
from ikmctl.actions.records.lookup import read_field
from ikmctl.actions.records.show_changes import shown_changes
from ikmctl.document import Document, done
from ikmctl.domain.entities import ATTENDANCE, EVENT
from ikmctl.domain.values.clean_text import is_empty
from ikmctl.language import _, number
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.records import find, save
from ikmctl.registry.records.delete import delete


@dataclass(frozen=True)
class Guests:
    """The people, businesses and sentra to add; `role` to `organisation` have one text for all, or one per person."""

    businesses: Sequence[str] = ()
    sentra: Sequence[str] = ()
    people: Sequence[str] = ()
    role: Sequence[str] = ()
    gender: Sequence[str] = ()
    position: Sequence[str] = ()
    organisation: Sequence[str] = ()


def add_participants(registry: Registry, event: str, guests: Guests) -> Document:
    """Add all guests to the event's participant list, or none of them.

    Raises NobodyGiven, ParticipantTwice, EventClosed, NotFound, Ambiguous, UnevenLists.
    """
    if not (guests.businesses or guests.sentra or guests.people):
        raise errors.NobodyGiven
    with registry.write("add-participants", event) as change:
        connection = change.connection
        record, row = _open_event(connection, event)
        save.set_detail(change, row["name"])
        names = []
        for name, values in _attendances(connection, guests):
            if save.attends(connection, record, values):
                raise errors.ParticipantTwice(name=name, event=row["name"])
            save.insert(change, "attendance", {"event_id": record, **values})
            names.append(name)
        listed = save.attendance_count(connection, record)
        closed = touched_closed_months(connection, change.number)
    message = _("Added to {event} (no. {number}): {names}.").format(
        event=row["name"], number=record, names=", ".join(names)
    )
    counted = _("{count} on the list now; see: ikmctl show-event {number}").format(count=number(listed), number=record)
    return done(message, *closed, counted, number=record, name=row["name"], added=len(names), listed=listed)


def edit_participant(registry: Registry, event: str, participant: str, given: Mapping[str, str]) -> Document:
    """Change the given fields of one entry on an event's participant list; a dash empties a field.

    Raises NothingToChange, NobodyGiven, ParticipantTwice, EventClosed, NotFound, Ambiguous, ValueRejected.
    """
    with registry.write("edit-participant", event) as change:
        connection = change.connection
        record, row = _open_event(connection, event)
        save.set_detail(change, row["name"])
        number = find.find_attendance(connection, record, participant)
        before = save.row(connection, "attendance", number)
        name = _name_of(connection, before)
        if not given:
            raise errors.NothingToChange(name=name)
        values = _read_entry(connection, given)
        after = {**before, **values}
        if not (after["person"] or after["business_id"] or after["sentra_id"]):
            raise errors.NobodyGiven
        if save.attends(connection, record, after, apart_from=number):
            raise errors.ParticipantTwice(name=_name_of(connection, after), event=row["name"])
        save.update(change, "attendance", number, values)
        changes = shown_changes(change, "attendance", number)
        closed = touched_closed_months(connection, change.number)
    if not changes.facts:
        message = _("No changes: {name} (no. {number}) already has these values.")
        return done(message.format(name=name, number=number))
    message = _("Changed participant no. {number} of {event}: {name}.")
    return done(
        message.format(number=number, event=row["name"], name=name),
        *changes.lines,
        *closed,
        next_step(EVENT, record),
        number=number,
        event=record,
        changes=changes.facts,
    )


def remove_participant(registry: Registry, event: str, participant: str) -> Document:
    """Take one entry off an event's participant list. Raises EventClosed, NotFound, Ambiguous."""
    with registry.write("remove-participant", event) as change:
        connection = change.connection
        record, row = _open_event(connection, event)
        save.set_detail(change, row["name"])
        number = find.find_attendance(connection, record, participant)
        name = _name_of(connection, save.row(connection, "attendance", number))
        delete(change, [("attendance", number)])
        listed = save.attendance_count(connection, record)
        closed = touched_closed_months(connection, change.number)
    message = _("Removed participant no. {number} of {event}: {name}.").format(
        number=number, event=row["name"], name=name
    )
    return done(message, *closed, next_step(EVENT, record), number=number, event=record, listed=listed)


def _open_event(connection: Connection, event: str) -> tuple[int, dict[str, Any]]:
    """The number and row of an event whose participant list is open.

    Raises EventCancelled, EventClosed, NotFound, Ambiguous.
    """
    record = find.find(connection, "event", event)
    row = save.row(connection, "event", record)
    require_open(row)
    return record, row


def require_open(event: Mapping[str, Any]) -> None:
    """Check that an event takes participants. Raises EventCancelled, EventClosed."""
    if event["status"] == "cancelled":
        raise errors.EventCancelled(name=event["name"], date=event["closed_on"] or "–", number=event["id"])
    if event["status"] == "reported":
        raise errors.EventClosed(name=event["name"], date=event["closed_on"] or "–", number=event["id"])


def _name_of(connection: Connection, values: Mapping[str, Any]) -> str:
    """The name of a participant: of the person, else of the business or sentra."""
    if values["person"]:
        return str(values["person"])
    kind = "business" if values["business_id"] else "sentra"
    return save.name_of(connection, kind, values[f"{kind}_id"])


def _read_entry(connection: Connection, given: Mapping[str, str]) -> dict[str, Any]:
    """The values of the given texts by column; businesses and sentra by their numbers."""
    values: dict[str, Any] = {}
    for name, text in given.items():
        if name in ("business", "sentra"):
            values[f"{name}_id"] = None if is_empty(text) else find.find(connection, name, text)
        else:
            values[name] = read_field(ATTENDANCE[name]._replace(required=name == "role"), text)[0]
    return values


def _attendances(connection: Connection, guests: Guests) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and values of each guest: people with their business, or businesses and sentra themselves."""
    shared = {"role": guests.role, "gender": guests.gender, "position": guests.position}
    shared["organisation"] = guests.organisation
    each = {name: _spread(name, texts, len(guests.people)) for name, texts in shared.items()}
    theirs = _spread("business", guests.businesses, len(guests.people)) if guests.people else ()
    for kind, wanted in (("business", () if theirs else guests.businesses), ("sentra", guests.sentra)):
        for text in wanted:
            number = find.find(connection, kind, text)
            role = _value("role", guests.role[0] if guests.role else None) or "participant"
            yield save.name_of(connection, kind, number), {f"{kind}_id": number, "role": role}
    for index, text in enumerate(guests.people):
        person = _value("person", text)
        if person is None:
            raise errors.MissingValue(what=ATTENDANCE["person"].title, command="add-participants")
        values = {name: _value(name, texts[index]) for name, texts in each.items()}
        owned = theirs[index]
        business = find.find(connection, "business", owned) if owned else None
        yield person, {"person": person, "business_id": business, **values, "role": values["role"] or "participant"}


def _spread(name: str, texts: Sequence[str], people: int) -> Sequence[str | None]:
    """One text per person: the single text given for all, or one for each. Raises UnevenLists."""
    if not texts:
        return [None] * people
    if len(texts) == 1:
        return [texts[0]] * people
    if len(texts) != people:
        raise errors.UnevenLists(option=name, count=len(texts), people=people)
    return texts


def _value(name: str, text: str | None) -> Any:
    return None if text is None else read_field(ATTENDANCE[name], text)[0]
