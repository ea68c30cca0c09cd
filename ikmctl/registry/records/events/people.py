"""People who took part in events without a business, by their names and organisations."""

from collections.abc import Iterator
from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.domain.keys import key
from ikmctl.registry.file.database import Change
from ikmctl.registry.records.events.columns import HELD


class CoachedPerson(NamedTuple):
    """A person without a business: the entries of the person on participant lists, and what they say."""

    name: str
    organisation: str | None
    gender: str | None
    events: int
    last_event: str
    last_on: str
    entries: tuple[int, ...]


class PeopleFilter(NamedTuple):
    """Which people to list: those of events that began from `first` to `last`, of a kind, or of one event."""

    search: str = ""
    first: str = ""
    last: str = ""
    kind: str | None = None
    event: int | None = None


def coached_people(connection: Connection, wanted: PeopleFilter) -> list[CoachedPerson]:
    """The participants of events that were held who have no business, the latest first; delegates are none of them.

    Entries of one name and one organisation, in any spelling, are taken for one person.
    """
    found: dict[tuple[str, str], CoachedPerson] = {}
    for entry in _entries(connection, wanted):
        same = key(entry.name), key(entry.organisation or "")
        if key(wanted.search) not in same[0] + same[1]:
            continue
        known = found.get(same)
        found[same] = entry if known is None else _together(known, entry)
    return sorted(found.values(), key=lambda person: (person.last_on, person.name), reverse=True)


def _together(earlier: CoachedPerson, entry: CoachedPerson) -> CoachedPerson:
    """The person of these entries; they come in the order of their events."""
    return entry._replace(
        name=earlier.name if entry.name.isupper() else entry.name,
        gender=entry.gender or earlier.gender,
        events=earlier.events + 1,
        entries=(*earlier.entries, *entry.entries),
    )


def _entries(connection: Connection, wanted: PeopleFilter) -> Iterator[CoachedPerson]:
    rows = connection.execute(
        f"""
        SELECT person, organisation, gender, event.name, starts_on, attendance.id
        FROM event JOIN attendance ON event_id = event.id
        WHERE business_id IS NULL AND person IS NOT NULL AND role = 'participant' AND {HELD}
            AND starts_on BETWEEN :first AND :last
            AND (:kind IS NULL OR kind = :kind) AND (:event IS NULL OR event.id = :event)
        ORDER BY starts_on, event.id
        """,
        {
            "first": wanted.first, "last": wanted.last or "9999-12-31", "kind": wanted.kind, "event": wanted.event,
        },
    )  # fmt: skip
    for person, organisation, gender, event, day, entry in rows:
        yield CoachedPerson(person, organisation, gender, 1, event, day, (entry,))


def tie(change: Change, business: int, entries: tuple[int, ...]) -> int:
    """Give the entries of a person the business that the person has started; how many they are."""
    marks = ", ".join("?" * len(entries))
    return change.connection.execute(
        f"UPDATE attendance SET business_id = ? WHERE id IN ({marks}) AND business_id IS NULL", (business, *entries)
    ).rowcount
