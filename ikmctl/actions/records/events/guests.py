"""The people, businesses and sentra that are to be entered on the list of an event, as an officer types them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ikmctl import errors
from ikmctl.actions.records.lookup import read_field
from ikmctl.domain.entities import ATTENDANCE
from ikmctl.domain.event_titles import names_position
from ikmctl.domain.keys import key
from ikmctl.language import _
from ikmctl.registry.file.database import Connection
from ikmctl.registry.records import find, save
from ikmctl.registry.records.events import participants as listed


@dataclass(frozen=True)
class Guests:
    """The people, businesses and sentra to add; `role` to `passed` have one text for all, or one per person.

    With `members` the members of the businesses that are groups come along.
    """

    businesses: Sequence[str] = ()
    sentra: Sequence[str] = ()
    people: Sequence[str] = ()
    role: Sequence[str] = ()
    gender: Sequence[str] = ()
    position: Sequence[str] = ()
    organisation: Sequence[str] = ()
    passed: Sequence[str] = ()
    members: bool = False
    #: `NAME / POSITION / ORGANISATION`, of which the last may be missing; or a position alone.
    delegates: Sequence[str] = ()
    #: Businesses, groups and sentra; one that is not registered is kept by its name.
    visited: Sequence[str] = ()

    @property
    def anybody(self) -> bool:
        """Whether anybody is to be added; a position alone is somebody whose name is not known yet."""
        return bool(self.businesses or self.sentra or self.people or self.position or self.delegates or self.visited)


class Entered(NamedTuple):
    """An entry for the list: what people call it, its values by column, and whether it came along with its group."""

    name: str
    values: dict[str, Any]
    is_member: bool = False
    remark: str = ""


def entries_of(connection: Connection, guests: Guests) -> Iterator[Entered]:
    """The entries of the guests: people with their business, or businesses and sentra themselves.

    Raises NotFound, Ambiguous, NotAGroup, UnevenLists, MissingValue, ValueRejected.
    """
    count = len(guests.people) or (0 if guests.businesses or guests.sentra else len(guests.position))
    shared = {name: getattr(guests, name) for name in ("role", "gender", "position", "organisation", "passed")}
    each = {name: _spread(name, texts, count) for name, texts in shared.items()}
    theirs = _spread("business", guests.businesses, count) if guests.people else ()
    for kind, wanted in (("business", () if theirs else guests.businesses), ("sentra", guests.sentra)):
        for text in wanted:
            number = find.find(connection, kind, text)
            values = {"role": "participant"} | {
                name: _value(name, texts[0]) for name, texts in shared.items() if name in ("role", "passed") and texts
            }
            yield Entered(save.name_of(connection, kind, number), {f"{kind}_id": number, **values})
            if kind == "business" and guests.members:
                yield from _members(connection, number, values)
    for index in range(count):
        values = {name: _value(name, texts[index]) for name, texts in each.items()}
        values |= {"role": values["role"] or "participant"}
        if guests.people:
            values["person"] = _value("person", guests.people[index])
            if values["person"] is None:
                raise errors.MissingValue(what=ATTENDANCE["person"].title, command="add-participants")
            owned = theirs[index]
            values["business_id"] = find.find(connection, "business", owned) if owned else None
        yield Entered(str(values.get("person") or values["position"]), values)
    yield from map(_delegate, guests.delegates)
    yield from (_visited(connection, text) for text in guests.visited)


def _delegate(text: str) -> Entered:
    """A delegate, typed as `NAME / POSITION / ORGANISATION`; a single text is a position if it begins as one."""
    parts = [part.strip() for part in text.split(" / ")]
    if len(parts) > 3:
        raise errors.UsageError(
            _("Write --delegate as “NAME / POSITION / ORGANISATION”, not “{text}”.").format(text=text)
        )
    if len(parts) == 1 and names_position(text):
        parts.insert(0, "")
    values = {
        name: _value(name, part) for name, part in zip(("person", "position", "organisation"), parts, strict=False)
    }
    if not (values["person"] or values.get("position")):
        raise errors.MissingValue(what=ATTENDANCE["person"].title, command="add-participants")
    return Entered(str(values["person"] or values["position"]), {"role": "delegate", **values})


def _visited(connection: Connection, text: str) -> Entered:
    """A business, group or sentra that was visited. Raises Ambiguous."""
    for kind in ("sentra", "business"):
        try:
            number = find.find(connection, kind, text)
        except errors.NotFound as error:
            unknown = error
            continue
        return Entered(save.name_of(connection, kind, number), {"role": "visited", f"{kind}_id": number})
    name = _value("organisation", text)
    if not name:
        raise unknown
    remark = _("{name} is not registered here: it is kept by its name.").format(name=name)
    if isinstance(unknown, errors.NotFoundWithSuggestions):
        remark += " " + unknown.way_out
    return Entered(name, {"role": "visited", "organisation": name}, remark=remark)


def _members(connection: Connection, group: int, values: dict[str, Any]) -> Iterator[Entered]:
    """The active members of a group; the one whose owner heads the group stands on the list with it."""
    row = save.row(connection, "business", group)
    if row["form"] != "group":
        raise errors.NotAGroup(name=row["name"], form=row["form"] or "–", number=group)
    for number, name, owner in listed.active_members(connection, group):
        if not (owner and key(owner) == key(row["owner"] or "")):
            yield Entered(name, {"business_id": number, **values}, is_member=True)


def _spread(name: str, texts: Sequence[str], people: int) -> Sequence[str | None]:
    """One text per person: the single text given for all, or one for each. Raises UnevenLists."""
    if not texts:
        return [None] * people
    if len(texts) == 1:
        return [texts[0]] * people
    if people and len(texts) != people:
        raise errors.UnevenLists(option=name, count=len(texts), people=people)
    return texts


def _value(name: str, text: str | None) -> Any:
    return None if text is None else read_field(ATTENDANCE[name], text)[0]
