"""The participants of events: adding, editing and removing them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ikmctl import errors
from ikmctl.actions.history.closed_months import touched_closed_months
from ikmctl.actions.records.close import next_step
from ikmctl.actions.records.events.guests import Guests, entries_of
from ikmctl.actions.records.events.same_participant import Relation, related
from ikmctl.actions.records.lookup import read_field
from ikmctl.actions.records.show_changes import shown_changes
from ikmctl.document import Caution, Document, done
from ikmctl.domain.entities import ATTENDANCE, EVENT
from ikmctl.domain.values.clean_text import is_empty
from ikmctl.language import _, number
from ikmctl.registry.file.database import Change, Connection, Registry
from ikmctl.registry.records import find, save
from ikmctl.registry.records.delete import delete
from ikmctl.registry.records.events import participants as listed
from ikmctl.registry.records.events.parties import parties


def add_participants(
    registry: Registry,
    event: str,
    guests: Guests,
    *,
    allow_namesakes: bool = False,
    confirm: Callable[[str], bool] | None = None,
) -> Document:
    """Add all guests to the event's participant list, or none of them.

    A person and the business that he or she owns become one entry. For a name that is on the list, and may be another
    person's, the officer is asked by `confirm`; `allow_namesakes` says that it is.

    Raises NobodyGiven, ParticipantTwice, SameName, DelegateOfNobody, EventCancelled, EventClosed, NotFound, Ambiguous,
    NotAGroup, UnevenLists.
    """
    if not guests.anybody:
        raise errors.NobodyGiven
    with registry.write("add-participants", event) as change:
        record, row = _open_event(change.connection, event)
        save.set_detail(change, row["name"])
        added = enter(change, record, row, guests, allow_namesakes=allow_namesakes, confirm=confirm)
        count = save.attendance_count(change.connection, record)
        closed = touched_closed_months(change.connection, change.number)
    message = _("Added to {event} (no. {number}): {names}.") if added.names else _("Nobody new on the list of {event}.")
    message = message.format(event=row["name"], number=record, names=", ".join(added.names))
    counted = _("{count} on the list now; see: ikmctl show-event {number}").format(count=number(count), number=record)
    return done(
        message, *map(Caution, added.remarks), *closed, counted,
        number=record, name=row["name"], added=len(added.names), listed=count,
    )  # fmt: skip


@dataclass
class Added:
    """The names of the entries that were added, and remarks on those that were not, or not as given."""

    names: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def bring(
    guests: Guests, *, allow_namesakes: bool = False, confirm: Callable[[str], bool] | None = None
) -> Callable[[Change, int], Sequence[str]]:
    """What enters the guests on the list of a new event, in the same change; see save.add. Raises like `enter`."""

    def enter_guests(change: Change, event: int) -> Sequence[str]:
        row = save.row(change.connection, "event", event)
        require_open(row)
        added = enter(change, event, row, guests, allow_namesakes=allow_namesakes, confirm=confirm)
        return [_("On the list: {names}.").format(names=", ".join(added.names)), *added.remarks]

    return enter_guests


def enter(
    change: Change,
    event: int,
    row: Mapping[str, Any],
    guests: Guests,
    *,
    allow_namesakes: bool = False,
    confirm: Callable[[str], bool] | None = None,
) -> Added:
    """Write the guests to the list of an event, which is open. Raises like `add_participants`."""
    added = Added()
    hosts = parties(change.connection, event)
    on_list = listed.entries(change.connection, event)
    for name, values, is_member, remark in entries_of(change.connection, guests):
        added.remarks += [remark] if remark else []
        entry = dict.fromkeys(listed.COLUMNS) | values | {"owner": _owner(change.connection, values)}
        _complete_delegate(entry, hosts.get("guest", []), name, added)
        close = related(entry, on_list)
        first = close[0] if close else None
        if first and first.relation is Relation.SAME:
            if not is_member:
                raise errors.ParticipantTwice(name=name, event=row["name"])
            added.remarks.append(_("{name} is already on the list.").format(name=name))
            continue
        if first and first.relation is Relation.OWNER:
            _join(change, first.entry, entry, added)
            continue
        if first and first.relation is Relation.PERHAPS and not allow_namesakes:
            _ask(name, first.entry, row["name"], confirm)
        elif first:
            text = _("Another {name} is on the list (no. {number}): they are kept as two people.")
            added.remarks.append(text.format(name=name, number=first.entry["id"]))
        stored = {column: entry[column] for column in listed.COLUMNS if column != "id"} | {"event_id": event}
        on_list.append({**entry, "id": save.insert(change, "attendance", stored)})
        added.names.append(name)
    return added


def _complete_delegate(entry: dict[str, Any], guests: list[str], name: str, added: Added) -> None:
    """Give a delegate without an organisation that of the only guest of the event. Raises DelegateOfNobody."""
    if entry["role"] != "delegate" or entry["organisation"] or entry["business_id"] or entry["sentra_id"]:
        return
    if len(guests) != 1:
        raise errors.DelegateOfNobody(name=name)
    entry["organisation"] = guests[0]
    added.remarks.append(_("{name}: {organisation}, the guest, is assumed.").format(name=name, organisation=guests[0]))


def _join(change: Change, there: Mapping[str, Any], new: Mapping[str, Any], added: Added) -> None:
    """Complete the entry of a person by the business that he or she owns, or the other way round."""
    missing = {
        column: new[column]
        for column in listed.COLUMNS
        if column not in ("id", "role") and new[column] is not None and there[column] is None
    }
    save.update(change, "attendance", there["id"], missing)
    if isinstance(there, dict):
        there |= missing
    person = new["person"] or there["person"]
    business = save.name_of(change.connection, "business", new["business_id"] or there["business_id"])
    text = _("{person} owns {business}: both are one participant, no. {number}.")
    added.remarks.append(text.format(person=person, business=business, number=there["id"]))


def _ask(name: str, there: Mapping[str, Any], event: str, confirm: Callable[[str], bool] | None) -> None:
    """Ask whether a name that is on the list is somebody else's. Raises SameName, Cancelled."""
    facts = [there["organisation"], there["business"], there["position"]]
    known = ", ".join([f"no. {there['id']}", *filter(None, facts)])
    if confirm is None:
        raise errors.SameName(name=name, event=event, known=known)
    if not confirm(_("{name} is on the list ({known}). Is this another person?").format(name=name, known=known)):
        raise errors.Cancelled


def _owner(connection: Connection, values: Mapping[str, Any]) -> str | None:
    business = values.get("business_id")
    return save.row(connection, "business", business)["owner"] if business else None


def edit_participant(registry: Registry, event: str, participant: str, given: Mapping[str, str]) -> Document:
    """Change the given fields of one entry on an event's participant list; a dash empties a field.

    Raises NothingToChange, NobodyGiven, ParticipantTwice, OneParticipant, DelegateOfNobody, EventCancelled,
    EventClosed, NotFound, Ambiguous, ValueRejected.
    """
    with registry.write("edit-participant", event) as change:
        connection = change.connection
        record, row = _open_event(connection, event)
        save.set_detail(change, row["name"])
        number = find.find_attendance(connection, record, participant)
        before = save.row(connection, "attendance", number)
        name = name_of(connection, before)
        if not given:
            raise errors.NothingToChange(name=name)
        values = _read_entry(connection, given)
        _check_edited(connection, row, {**before, **values})
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


def _check_edited(connection: Connection, event: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Check an entry as it would be. Raises NobodyGiven, DelegateOfNobody, ParticipantTwice, OneParticipant."""
    names = ("person", "business_id", "sentra_id", "position", "organisation")
    if not any(after[name] for name in names):
        raise errors.NobodyGiven
    name = name_of(connection, after)
    if after["role"] == "delegate" and not any(after[each] for each in ("business_id", "sentra_id", "organisation")):
        raise errors.DelegateOfNobody(name=name)
    others = [entry for entry in listed.entries(connection, event["id"]) if entry["id"] != after["id"]]
    for relation, entry in related({**after, "owner": _owner(connection, after)}, others):
        if relation is Relation.SAME:
            raise errors.ParticipantTwice(name=name, event=event["name"])
        if relation is Relation.OWNER:
            raise errors.OneParticipant(
                one=name, other=name_of(connection, entry), event=event["id"], number=entry["id"]
            )


def remove_participant(registry: Registry, event: str, participant: str) -> Document:
    """Take one entry off an event's participant list. Raises EventCancelled, EventClosed, NotFound, Ambiguous."""
    with registry.write("remove-participant", event) as change:
        connection = change.connection
        record, row = _open_event(connection, event)
        save.set_detail(change, row["name"])
        number = find.find_attendance(connection, record, participant)
        name = name_of(connection, save.row(connection, "attendance", number))
        delete(change, [("attendance", number)])
        count = save.attendance_count(connection, record)
        closed = touched_closed_months(connection, change.number)
    message = _("Removed participant no. {number} of {event}: {name}.").format(
        number=number, event=row["name"], name=name
    )
    return done(message, *closed, next_step(EVENT, record), number=number, event=record, listed=count)


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


def name_of(connection: Connection, values: Mapping[str, Any]) -> str:
    """The name of a participant: of the person, else of the business or sentra, else position or organisation."""
    for kind in ("business", "sentra"):
        if not values["person"] and values[f"{kind}_id"]:
            return save.name_of(connection, kind, values[f"{kind}_id"])
    return str(values["person"] or values["position"] or values["organisation"])


def _read_entry(connection: Connection, given: Mapping[str, str]) -> dict[str, Any]:
    """The values of the given texts by column; businesses and sentra by their numbers."""
    values: dict[str, Any] = {}
    for name, text in given.items():
        if name in ("business", "sentra"):
            values[f"{name}_id"] = None if is_empty(text) else find.find(connection, name, text)
        else:
            values[name] = read_field(ATTENDANCE[name]._replace(required=name == "role"), text)[0]
    return values
