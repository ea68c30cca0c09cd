"""People who were coached and have no business, and the businesses that they start."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ikmctl import errors
from ikmctl.actions.records.lookup import RawValues
from ikmctl.document import Document, Table, TableColumn
from ikmctl.domain.entities import ATTENDANCE
from ikmctl.domain.keys import key
from ikmctl.domain.matching import closest_matches
from ikmctl.domain.periods import read_period
from ikmctl.domain.values import kinds
from ikmctl.language import _, number
from ikmctl.registry.file.database import Change, Connection, Registry
from ikmctl.registry.records import find
from ikmctl.registry.records.events.people import CoachedPerson, PeopleFilter, coached_people, tie


class PeopleQuery(NamedTuple):
    """Which people to list, in the officer's words; `kind` is a code, `limit` None means all."""

    search: str = ""
    held: str | None = None
    kind: str | None = None
    event: str | None = None
    limit: int | None = None


def list_people(registry: Registry, query: PeopleQuery) -> Document:
    """The people who took part in events and have no business, the latest first.

    Raises NotFound, Ambiguous, UnknownPeriod.
    """
    columns = (
        TableColumn("name", ATTENDANCE["person"].title, kinds.LINE),
        TableColumn("organisation", ATTENDANCE["organisation"].title, kinds.LINE),
        TableColumn("gender", ATTENDANCE["gender"].title, kinds.GENDER),
        TableColumn("events", _("Events"), kinds.COUNT),
        TableColumn("last_event", _("Latest event"), kinds.LINE),
        TableColumn("last_on", _("On"), kinds.DATE),
    )
    period = read_period(query.held) if query.held else None
    with registry.read() as connection:
        wanted = PeopleFilter(
            search=query.search,
            first=period.first.isoformat() if period else "",
            last=period.last.isoformat() if period else "",
            kind=query.kind,
            event=find.find(connection, "event", query.event) if query.event else None,
        )
        people = coached_people(connection, wanted)
    shown = people if query.limit is None else people[: query.limit]
    counted = _("{shown} of {total}.").format(shown=number(len(shown)), total=number(len(people)))
    if len(shown) < len(people):
        counted += " " + _("To list all: --limit 0")
    messages = [counted] if query.limit is not None else []
    if shown:
        message = _('If one starts a business: ikmctl add-business NAME --from-person "{person}"')
        messages.append(message.format(person=shown[0].name))
    rows = [person[:-1] for person in shown]
    return Document(
        "list", (Table("people", "", columns, rows),), title=_("People coached without a business"),
        messages=tuple(messages),
    )  # fmt: skip


def find_coached(connection: Connection, text: str) -> CoachedPerson:
    """The person without a business whom a name means, or `name / organisation` where several share the name.

    Raises NotFound, NotFoundWithSuggestions, AmbiguousCoached.
    """
    people = coached_people(connection, PeopleFilter())
    name, slash, organisation = text.partition(" / ")
    found = [person for person in people if key(person.name) == key(name)]
    if slash:
        found = [person for person in found if key(person.organisation or "") == key(organisation)]
    if len(found) == 1:
        return found[0]
    if found:
        listed = "; ".join(f"{person.name} / {person.organisation or '-'}" for person in found)
        raise errors.AmbiguousCoached(name=text, count=len(found), candidates=listed)
    candidates = closest_matches(name, [person.name for person in people])
    facts = {"kind": _("person without a business"), "name": text, "listing": "list-people"}
    if candidates:
        raise errors.NotFoundWithSuggestions(**facts, candidates=", ".join(f"“{each}”" for each in candidates))
    raise errors.NotFound(**facts)


def start_business(
    registry: Registry, text: str, given: RawValues
) -> tuple[RawValues, Callable[[Change, int], Sequence[str]]]:
    """The values of a business that a coached person starts, and what gives it the entries of the person.

    The person is the owner, unless the values name another. Raises like `find_coached`.
    """
    with registry.read() as connection:
        person = find_coached(connection, text)

    def tie_entries(change: Change, business: int) -> Sequence[str]:
        tie(change, business, person.entries)
        said = _("{person} took part in events before ({count}): they count for this business now.")
        return [said.format(person=person.name, count=number(person.events))]

    owner = {"owner": person.name} | ({"owner_gender": person.gender} if person.gender else {})
    return {**owner, **given}, tie_entries
