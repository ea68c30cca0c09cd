"""The events that the rows of a list of participants name: registered ones are found, others are created."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ikmctl import errors
from ikmctl.actions.imports.options import Options
from ikmctl.actions.records import save
from ikmctl.actions.records.events.participants import require_open
from ikmctl.actions.records.lookup import Resolved, read_field
from ikmctl.domain.entities import ATTENDANCE, EVENT
from ikmctl.domain.event_titles import kind_of_title
from ikmctl.domain.keys import key
from ikmctl.domain.matching import closest_matches
from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values.dates import read_span
from ikmctl.registry.file.database import Change, Connection
from ikmctl.registry.records import find
from ikmctl.registry.records.events import participants

#: What tells the events of a list apart.
_WRITTEN = ("event", "starts_on", "ends_on", "batch", "venue")
#: The similarity, in percent, from which two names of one day may be one event: “Pelatihan” begins many titles.
_ALIKE = 80


@dataclass(frozen=True)
class NewEvent:
    """An event that is to be created: its values, and a registered event that it may be instead."""

    values: Mapping[str, Any]
    similar: str


class Events:
    """The events of a list, by the texts of its rows. New ones have negative numbers until they are written."""

    def __init__(self, connection: Connection, options: Options) -> None:
        self.new: dict[int, NewEvent] = {}
        self._connection = connection
        self._options = options
        self._known = {event["id"]: event for event in participants.all_events(connection)}
        self._by_name: dict[str, list[dict[str, Any]]] = {}
        for event in self._known.values():
            self._by_name.setdefault(key(event["name"]), []).append(event)
        self._numbers: dict[tuple[Any, ...], int | errors.IkmError] = {}

    def resolve(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Find or create the event of each row.

        The earliest and longest come first: a row for one of several days belongs to the event of all of them, in
        whatever order the rows stand, and so it does when the file is imported again.
        """
        written = list({_written(row): row for row in rows}.values())
        written.sort(key=lambda row: row.get("ends_on") or row.get("starts_on") or "", reverse=True)
        written.sort(key=lambda row: (row.get("starts_on") or "~", not row.get("batch"), not row.get("venue")))
        for row in written:
            try:
                self._numbers[_written(row)] = self._find_or_create(row)
            except errors.IkmError as error:
                self._numbers[_written(row)] = error

    def number(self, row: Mapping[str, Any]) -> int:
        """The number of a row's event. Raises the error for which it has none."""
        found = self._numbers[_written(row)]
        if isinstance(found, errors.IkmError):
            raise found
        return found

    def values(self, number: int) -> Mapping[str, Any]:
        """Name, days, batch and venue of an event."""
        return self._known[number]

    def write(self, change: Change, used: Iterable[int]) -> dict[int, int]:
        """Write the new events that are used; their numbers here → their numbers in the registry."""
        return {number: save.insert(change, EVENT, self.new[number].values) for number in self.new if number in used}

    def _find_or_create(self, row: Mapping[str, Any]) -> int:
        if not row.get("event"):
            raise errors.MissingValue(what=ATTENDANCE["event"].title, command="import-participants")
        event = self._same(row)
        if event is None and self._options.create_events is not False and row.get("starts_on"):
            event = self._registered_as_number(row) or self._create(row)
        if event is None:
            event = self._named(row)
        require_open(event)
        return int(event["id"])

    def _same(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        """The event of this name on this day, of this batch. Raises Ambiguous."""
        day, batch = row.get("starts_on"), key(row.get("batch") or "")
        held = [
            event
            for event in self._by_name.get(key(row["event"]), [])
            if not day or event["starts_on"] <= day <= event["ends_on"]
        ]
        of_batch = [event for event in held if key(event["batch"] or "") == batch]
        fitting = of_batch or [event for event in held if not (batch and event["batch"])]
        exact = [event for event in fitting if event["starts_on"] == day] or fitting
        if len(exact) > 1:
            candidates = ", ".join(f"{event['name']} {event['starts_on']} {event['batch'] or ''}" for event in exact)
            raise errors.Ambiguous(name=row["event"], count=len(exact), candidates=candidates)
        return exact[0] if exact else None

    def _registered_as_number(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        """The registered event whose number stands in place of a name. Raises NotFound, OtherDay."""
        return self._named(row) if row["event"].isdigit() else None

    def _named(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The registered event that a number or a name means, or a part of the name.

        Raises NotFound, Ambiguous, OtherDay, and EventWithoutDay for one that would be created if it had a date.
        """
        day = row.get("starts_on")
        try:
            event = self._known[find.find(self._connection, "event", row["event"])]
        except errors.NotFound:
            if self._options.create_events and not day:
                raise errors.EventWithoutDay(name=row["event"]) from None
            raise
        if day and not event["starts_on"] <= day <= event["ends_on"]:
            raise errors.OtherDay(name=event["name"], number=event["id"], date=event["starts_on"], given=day)
        return event

    def _create(self, row: Mapping[str, Any]) -> dict[str, Any]:
        name, _notes = read_field(EVENT["name"], row["event"])
        options = self._options
        kind = kind_of_title(name) or dict(options.event_kinds).get(key(name)) or options.event_kind
        values = {"name": name, "kind": kind, **{field: row.get(field) for field in _WRITTEN[1:]}}
        checked = save.check(self._connection, EVENT, Resolved(values, ()), {}, None).values
        number = -len(self.new) - 1
        self.new[number] = NewEvent(checked, self._similar(row))
        event = {**checked, "id": number, "closed_on": None}
        self._known[number] = event
        self._by_name.setdefault(key(name), []).append(event)
        return event

    def _similar(self, row: Mapping[str, Any]) -> str:
        """A registered event that may be meant: of this name on another day, or of a like name on this day."""
        name, day = row["event"], row["starts_on"]
        registered = [event for number, event in self._known.items() if number > 0]
        same = [event for event in registered if key(event["name"]) == key(name)]
        then = {event["name"]: event for event in registered if event["starts_on"] <= day <= event["ends_on"]}
        likely = [*same, *(then[found] for found in closest_matches(name, then, 1, _ALIKE))]
        return f"{likely[0]['name']} (no. {likely[0]['id']}, {likely[0]['starts_on']})" if likely else ""


def read_days(text: str) -> dict[str, str]:
    """First and last day of the events of all rows, as typed: a date, or a range of days. Raises ValueRejected."""
    try:
        first, last, _notes = read_span(text)
    except Unreadable:
        first = last = str(read_field(EVENT["starts_on"], text)[0])
    return {"starts_on": first, "ends_on": last}


def _written(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in _WRITTEN)
