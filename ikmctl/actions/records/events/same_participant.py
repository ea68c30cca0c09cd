"""Whether two entries of a participant list mean the same participant.

A person and the business that he or she owns are one participant. Two people may share a name: then their businesses or
organisations tell them apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

from ikmctl.domain.keys import key

#: An entry: person, business_id, sentra_id, role, position, organisation, and the owner of the business.
Entry = Mapping[str, Any]


class Relation(Enum):
    """How a new entry relates to one that is on the list."""

    SAME = auto()
    #: One is a person, the other the business that this person owns.
    OWNER = auto()
    #: One name, and nothing that tells whether it is one person.
    PERHAPS = auto()
    #: Two people of one name.
    NAMESAKE = auto()


class Related(NamedTuple):
    """An entry of the list that a new one relates to."""

    relation: Relation
    entry: Entry


def related(new: Entry, listed: Iterable[Entry]) -> Sequence[Related]:
    """The entries that a new one relates to, the closest relation first."""
    found = [Related(relation, entry) for entry in listed if (relation := relation_of(new, entry))]
    return sorted(found, key=lambda each: each.relation.value)


def relation_of(new: Entry, there: Entry) -> Relation | None:
    """How two entries relate; None for two participants that have nothing in common."""
    if new["person"] and there["person"]:
        return _of_people(new, there) if key(new["person"]) == key(there["person"]) else None
    if new["person"] or there["person"]:
        return Relation.OWNER if _is_owner(new, there) or _is_owner(there, new) else None
    wholes = [(each["business_id"], each["sentra_id"]) for each in (new, there)]
    if any(wholes[0]) or any(wholes[1]):
        return Relation.SAME if wholes[0] == wholes[1] else None
    names = [(key(each["position"] or ""), key(each["organisation"] or "")) for each in (new, there)]
    return Relation.SAME if names[0] == names[1] else None


def _of_people(new: Entry, there: Entry) -> Relation:
    known = _affiliations(new), _affiliations(there)
    if known[0] == known[1] or known[0] & known[1]:
        return Relation.SAME
    return Relation.NAMESAKE if all(known) else Relation.PERHAPS


def _affiliations(entry: Entry) -> set[tuple[str, Any]]:
    found = {("organisation", key(entry["organisation"] or "")), ("business", entry["business_id"])}
    return {(kind, value) for kind, value in found if value}


def _is_owner(person: Entry, business: Entry) -> bool:
    """Whether one entry is a person, and the other the business that the person owns, in the same role."""
    return bool(
        person["person"]
        and business["business_id"]
        and not business["person"]
        and person["business_id"] in (None, business["business_id"])
        and person["role"] == business["role"]
        and key(person["person"]) == key(business["owner"] or "")
    )
