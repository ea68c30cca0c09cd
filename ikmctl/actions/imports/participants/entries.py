"""The entries of participant lists that the registry has: which of them is which row of a file."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ikmctl.actions.imports.participants import businesses
from ikmctl.actions.imports.record_rows import Line
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.keys import key
from ikmctl.registry.file.database import Connection
from ikmctl.registry.imports.staging import CHANGED, UNCHANGED
from ikmctl.registry.records import pending
from ikmctl.registry.records.events import participants
from ikmctl.sheets.validation.batch import dump_extra
from ikmctl.sheets.validation.findings import UnreadableCell


@dataclass(frozen=True)
class Entry(Line):
    """A row with the values of its attendance, and the name of its business as the row gives it."""

    named: str | None = None
    #: What the entry in the registry does not have yet.
    missing: Mapping[str, Any] | None = None

    @property
    def participant(self) -> tuple[Any, ...]:
        """The event and the name of the person, else the business itself."""
        return _participant(self.values)

    def says_the_same(self, other: "Entry") -> bool:
        """Whether another row has the same values, and the same texts that cannot be read."""
        unread = [[(cell.field.name, cell.text) for cell in each.pending] for each in (self, other)]
        return self.values == other.values and unread[0] == unread[1]

    def is_elsewhere(self, other: "Entry") -> bool:
        """Whether another row of this name names another business or organisation."""
        known = _affiliations(self.values, self.named), _affiliations(other.values, other.named)
        return bool(all(known)) and not known[0] & known[1]


class Entries:
    """The entries of participant lists in the registry, loaded event by event."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._by_event: dict[int, dict[tuple[Any, ...], list[dict[str, Any]]]] = {}
        #: (event, key of the owner) → entries of a business without a person.
        self._owned: dict[tuple[int, str], list[dict[str, Any]]] = {}

    def match(self, same: Sequence[Entry]) -> list[Entry]:
        """The rows of one name at one event, each with its own entry of the registry, if there is one."""
        event, person = same[0].values["event_id"], same[0].values.get("person")
        free = self._listed(event).get(same[0].participant, [])
        owned = self._owned.get((event, key(person)), []) if person else []
        free = [*free, *(entry for entry in owned if _is_owner(same[0], entry))]
        taken: dict[int, Entry] = {}
        for is_it in (self._is_complete, _may_be):
            for place, row in enumerate(same):
                entry = next((each for each in free if is_it(row, each)), None) if place not in taken else None
                if entry:
                    free.remove(entry)
                    missing = _missing(row, entry)
                    verdict = UNCHANGED if self._is_complete(row, entry) else CHANGED
                    taken[place] = replace(row, record=entry["id"], missing=missing, verdict=verdict)
        return [taken.get(place, row) for place, row in enumerate(same)]

    def _listed(self, event: int) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
        """The entries of an event in the registry, by participant."""
        if event not in self._by_event:
            found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
            for entry in participants.entries(self._connection, event) if event > 0 else ():
                found.setdefault(_participant(entry), []).append(entry)
                if entry["owner"] and not entry["person"]:
                    self._owned.setdefault((event, key(entry["owner"])), []).append(entry)
            self._by_event[event] = found
        return self._by_event[event]

    def _is_complete(self, row: Entry, entry: Mapping[str, Any]) -> bool:
        """Whether an entry of the registry has everything that the row says."""
        if _missing(row, entry):
            return False
        own, of_business = split_cells(row.pending)
        business = entry["business_id"]
        return pending.are_known(self._connection, "attendance", entry["id"], own) and (
            not of_business
            or pending.are_known(self._connection, "attendance", entry["id"], of_business)
            or bool(
                business
                and pending.are_known(self._connection, BUSINESS.name, business, as_business_cells(of_business))
            )
        )


def split_cells(cells: Iterable[UnreadableCell]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The cells as they are kept: those about the participant, and those about the business."""
    found = [cell.stored for cell in cells]
    of_business = [cell for cell in found if cell["field"] in businesses.FIELDS]
    return [cell for cell in found if cell not in of_business], of_business


def as_business_cells(cells: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The cells about a business, named after its fields."""
    return [{**cell, "field": businesses.FIELDS[cell["field"]]} for cell in cells]


def _participant(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The event and the name of the person, else the business or sentra itself."""
    if values.get("person"):
        return values["event_id"], key(values["person"])
    return values["event_id"], "", values.get("business_id"), values.get("sentra_id")


def _affiliations(values: Mapping[str, Any], business: str | None) -> set[str]:
    return {key(text) for text in (values.get("organisation"), business) if text}


def _may_be(row: Entry, entry: Mapping[str, Any]) -> bool:
    """Whether an entry of this name may be the row: it does not name another business or organisation."""
    known = _affiliations(row.values, row.named), _affiliations(entry, entry["business"])
    same = row.values.get("business_id") == entry["business_id"] is not None
    return same or not all(known) or bool(known[0] & known[1])


def _is_owner(row: Entry, entry: Mapping[str, Any]) -> bool:
    """Whether a person of this name may be the owner whose business is on the list."""
    return row.values.get("business_id") in (None, entry["business_id"]) and (
        row.values.get("role", "participant") == entry["role"]
    )


def _missing(row: Entry, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row that an entry does not have; other data are added to those that it has."""
    differing = {
        name: value
        for name, value in row.values.items()
        if name != "extra" and value != entry[name] and not _is_spelling(value, entry[name])
    }
    if row.named and key(row.named) == key(entry["business"] or ""):
        differing.pop("organisation", None)  # the business of this name was found before
    if "business_id" in differing and row.named and key(row.named) == key(entry["organisation"] or ""):
        differing["organisation"] = row.values.get("organisation")  # it was kept as text before
    had, others = json.loads(entry["extra"] or "{}"), json.loads(row.values.get("extra") or "{}")
    if had | others != had:
        differing["extra"] = dump_extra(had | others)
    return differing


def _is_spelling(one: Any, other: Any) -> bool:
    return isinstance(one, str) and isinstance(other, str) and key(one) == key(other)
