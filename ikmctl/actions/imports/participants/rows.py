"""The rows of lists of participants: matched with the entries of their events, which may be new."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ikmctl import errors
from ikmctl.actions.imports.cells import SheetRead
from ikmctl.actions.imports.options import Options
from ikmctl.actions.imports.participants import businesses
from ikmctl.actions.imports.participants.businesses import Businesses, Named
from ikmctl.actions.imports.participants.entries import Entries, Entry, as_business_cells, split_cells
from ikmctl.actions.imports.participants.events import Events
from ikmctl.actions.imports.record_rows import Line, RecordRows, rejected_row
from ikmctl.domain.entities import BUSINESS, PARTICIPANT
from ikmctl.domain.heading_words import concepts
from ikmctl.domain.keys import key
from ikmctl.domain.problems import note
from ikmctl.language import _
from ikmctl.registry.file.database import Change, Registry
from ikmctl.registry.imports.staging import CHANGED, NEW, REPEATED
from ikmctl.registry.records import pending
from ikmctl.registry.records import save as stored
from ikmctl.registry.records.pending import Source
from ikmctl.sheets.validation.batch import Batch, dump_extra
from ikmctl.sheets.validation.findings import FileFinding, RowFinding, RowNote

#: The columns of a list that are columns of an attendance.
_OWN = ("person", "role", "gender", "position", "organisation", "passed")
#: Column of a list → column of the event; what the event has otherwise is kept as other data of the participant.
_OF_EVENT = {"event": "name", "starts_on": "starts_on", "ends_on": "ends_on", "batch": "batch", "venue": "venue"}


@dataclass(frozen=True)
class NewRecord:
    """An event or a business that is to be created, with the number of participants that name it."""

    values: Mapping[str, Any]
    participants: int
    similar: str = ""


class ParticipantRows(RecordRows):
    """The rows of participants between reading and applying; `given` are values for all rows of a file."""

    def __init__(self, registry: Registry, given: Sequence[Mapping[str, Any]], options: Options) -> None:
        super().__init__(registry, PARTICIPANT, given)
        self._headings: dict[int, Mapping[str, str]] = {}
        self._events = Events(self._connection, options)
        self._businesses = Businesses(self._connection, create=options.create_businesses, same=_same(options))
        self._entries = Entries(self._connection)
        self._written: tuple[dict[int, int], dict[int, int]] = ({}, {})

    def add(self, file: int, headings: Mapping[str, str], batch: Batch) -> list[RowFinding]:
        """Store the rows as values by field."""
        self._headings[file] = headings
        return super().add(file, headings, batch)

    def _defaults(self, file: int, filled: Mapping[str, Any]) -> Mapping[str, Any]:
        """The values of a row that it does not give; no last day that is before its own first day."""
        given = self._given[file]
        if given.get("ends_on") and filled.get("starts_on", "") > given["ends_on"]:
            return {name: value for name, value in given.items() if name != "ends_on"}
        return given

    def match(self, sheets: Sequence[SheetRead]) -> list[FileFinding]:
        """Give every row its verdict against the registry and earlier rows; returns the findings.

        Equal rows are one entry. Rows of one name at one event that differ are several people.
        """
        self._events.resolve(line.values for line in self._lines)
        self._businesses.resolve(self._named(line) for line in self._lines)
        findings: list[FileFinding] = []
        by_participant: dict[tuple[Any, ...], list[Entry]] = {}
        repeated: list[Line] = []
        for line in self._lines:
            try:
                entry, notes = self._entry(line)
                same = by_participant.setdefault(entry.participant, [])
                earlier = next((each for each in same if each.says_the_same(entry)), None)
                if not earlier and same and not entry.values.get("person"):
                    raise errors.TwiceInFile(row=same[0].row)
            except errors.IkmError as error:
                findings.append((line.file, rejected_row(line.row, error)))
                continue
            findings += [(line.file, each) for each in notes]
            if earlier:
                findings.append((line.file, RowNote(line.row, "person", note("duplicate-row", row=earlier.row))))
                repeated.append(replace(entry, verdict=REPEATED))
                continue
            if same and not same[0].is_elsewhere(entry):
                findings.append((line.file, RowNote(line.row, "person", note("same-name", row=same[0].row))))
            same.append(entry)
        matched = [entry for same in by_participant.values() for entry in self._entries.match(same)]
        self._lines = sorted([*matched, *repeated], key=lambda line: (line.file, line.row))
        return findings

    def new_events(self) -> list[NewRecord]:
        """The events that would be created, those with the most participants first."""
        events = [(self._events.new[number], count) for number, count in self._counts("event_id").most_common()]
        return [NewRecord(event.values, count, event.similar) for event, count in events]

    def new_businesses(self) -> list[NewRecord]:
        """The businesses that would be created, those with the most participants first."""
        counts = self._counts("business_id").most_common()
        return [NewRecord(self._businesses.new[number], count) for number, count in counts]

    def near_businesses(self) -> list[tuple[Named, Mapping[str, Any]]]:
        """The names in the file that are like a registered business, each with it."""
        return list(self._businesses.near.items())

    def apply(
        self, change: Change, aliases: Sequence[tuple[str, str, str]], sources: Sequence[tuple[str, str]]
    ) -> None:
        """Write the new events and businesses, then the entries, and save the aliases `(kind, word, meaning)`."""
        events = self._events.write(change, self._counts("event_id"))
        self._written = events, self._businesses.write(change, self._counts("business_id"))
        super().apply(change, aliases, sources)

    def _counts(self, column: str) -> Counter[int]:
        """The new events or businesses that are used: number → how many participants have it."""
        used = (line.values.get(column) for line in self._lines if line.verdict in (NEW, CHANGED))
        return Counter(number for number in used if number is not None and number < 0)

    def _named(self, line: Line) -> Named:
        given = line.values
        heading = self._headings[line.file].get("person", "")
        said = (heading, given.get("position") or "")
        return Named(
            name=given.get("business"),
            nib=given.get("nib"),
            person=given.get("person"),
            gender=given.get("gender"),
            is_owner=any("owner" in (concepts(text) or ()) for text in said if text),
            address=given.get("business_address"),
            products=given.get("products"),
        )

    def _entry(self, line: Line) -> tuple[Entry, list[RowFinding]]:
        """The row as an entry, and notes on it. Raises NobodyGiven, and the errors of Events and Businesses."""
        given, notes = line.values, []
        if not (given.get("person") or given.get("business") or given.get("nib")):
            raise errors.NobodyGiven
        event, named = self._events.number(given), self._named(line)
        found = self._businesses.found(named)
        values = {name: given[name] for name in _OWN if given.get(name)}
        if found.number is not None:
            values["business_id"] = found.number
        elif named.name:
            values.setdefault("organisation", named.name)
        if found.note:
            notes.append(RowNote(line.row, "business", found.note))
        if not (values.get("person") or found.number):
            raise errors.NotFound(kind=_(BUSINESS.label), name=named.nib or "", listing="list-businesses")
        others = {**json.loads(given.get("extra") or "{}"), **self._left_over(line, event, found.number)}
        if others:
            values["extra"] = dump_extra(others)
        entry = Entry(line.file, line.row, {"event_id": event, **values}, pending=line.pending, named=named.name)
        return entry, list(notes)

    def _left_over(self, line: Line, event: int, business: int | None) -> dict[str, str]:
        """The cells about the event or the business that say something else than the registry, by heading."""
        kept: dict[str, str] = {}
        of_event = self._events.values(event)
        of_business = self._businesses.values(business) if business is not None else {}
        stored_as = {name: of_event.get(column) for name, column in _OF_EVENT.items()}
        stored_as |= {name: of_business.get(column) for name, column in businesses.FIELDS.items()}
        if business is None:
            stored_as["business"] = line.values.get("business") if not line.values.get("organisation") else None
        for name, heading in self._headings[line.file].items():
            text = line.values.get(name)
            if name in stored_as and text and key(text) != key(stored_as[name] or ""):
                field = PARTICIPANT[name]
                kept[field.headings[0] if heading == field.title else heading] = text
        return kept

    def _write(self, change: Change, line: Line) -> int:
        events, new_businesses = self._written
        values = dict(line.missing or {}) if isinstance(line, Entry) and line.record else dict(line.values)
        business = values.get("business_id")
        if business in new_businesses:
            values["business_id"] = new_businesses[business]
        if line.record is not None:
            stored.update(change, "attendance", line.record, values)
            names = [name.removesuffix("_id") for name, value in values.items() if value is not None]
            pending.resolve(change, "attendance", line.record, names)
            return line.record
        values["event_id"] = events.get(values["event_id"], values["event_id"])
        return stored.insert(change, "attendance", {"role": "participant", **values})

    def _set_aside(self, change: Change, line: Line, record: int, source: Source) -> None:
        """Keep cells that cannot be read: those about a new business with it, the others with the entry."""
        own, of_business = split_cells(line.pending)
        business = self._written[1].get(line.values.get("business_id", 0))
        if business:
            pending.set_aside(change, BUSINESS.name, business, as_business_cells(of_business), source)
        else:
            own += of_business
        pending.set_aside(change, "attendance", record, own, source)


def _same(options: Options) -> bool | None:
    """Whether like names mean the same business; None if nobody has decided."""
    return None if options.near_names is None else options.near_names == "same"
