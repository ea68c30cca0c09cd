"""The businesses that the rows of a list of participants name: registered ones are found, others may be created.

A participant is the owner of the business only where the list says so: it is a list of owners (“Nama Pemilik”,
“Pelaku Usaha”), or the row gives the participant's position as owner (“Pemilik”, “Direktur”). Else the business is
created without an owner, because an employee may attend as well. Its address is the address of the business alone,
never the one of the participant, who may live elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ikmctl import errors
from ikmctl.actions.records import save
from ikmctl.actions.records.lookup import Resolved
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.keys import key
from ikmctl.domain.problems import Note, note
from ikmctl.registry.file.database import Change, Connection
from ikmctl.registry.records import find
from ikmctl.registry.records import save as stored
from ikmctl.registry.records.events import participants

#: Column of a list of participants → field of the business.
FIELDS = {"business": "name", "nib": "nib", "business_address": "address", "products": "products"}


@dataclass(frozen=True)
class Named:
    """The business that a row names, and whether its participant is the owner."""

    name: str | None
    nib: str | None
    person: str | None
    gender: str | None
    is_owner: bool
    address: str | None
    products: str | None


@dataclass(frozen=True)
class Found:
    """The number of a business; None if it has none, with a note that says why the name is kept as text."""

    number: int | None
    note: Note | None = None


#: The similarity, in percent, from which two names may be spellings of one.
_ALIKE = 85


class Businesses:
    """The businesses of a list, as its rows name them. New ones have negative numbers until they are written.

    `near` holds the registered businesses that a row may mean by a like name of the business or of its owner. It means
    them if `same` is true, and does not if it is false; None means that nobody has decided.
    """

    def __init__(self, connection: Connection, *, create: bool, same: bool | None = None) -> None:
        self.new: dict[int, dict[str, Any]] = {}
        self.near: dict[Named, Mapping[str, Any]] = {}
        self._connection = connection
        self._create_new = create
        self._same = same
        self._by_name: dict[str, list[dict[str, Any]]] = {}
        self._found: dict[Named, Found | errors.IkmError] = {}

    def resolve(self, rows: Iterable[Named]) -> None:
        """Find or create the business of each row; rows that say most come first, in whatever order they stand."""
        for row in sorted(dict.fromkeys(rows), key=lambda row: (not row.nib, not row.is_owner, not row.address)):
            try:
                self._found[row] = self._find_or_create(row)
            except errors.IkmError as error:
                self._found[row] = error

    def found(self, row: Named) -> Found:
        """The business of a row. Raises NotFound and Ambiguous for one that stands without a person."""
        found = self._found[row]
        if isinstance(found, errors.IkmError):
            raise found
        return found

    def values(self, number: int) -> Mapping[str, Any]:
        """The values of a business by field."""
        return self.new[number] if number in self.new else stored.row(self._connection, BUSINESS.name, number)

    def write(self, change: Change, used: Iterable[int]) -> dict[int, int]:
        """Write the new businesses that are used, as recorded today; their numbers here → those in the registry."""
        entry = {"registered_on": date.today().isoformat(), "entry": "recorded"}
        return {
            number: save.insert(change, BUSINESS, values | entry)
            for number, values in self.new.items()
            if number in used
        }

    def _find_or_create(self, row: Named) -> Found:
        holder = stored.nib_holder(self._connection, row.nib) if row.nib else None
        if holder or not row.name:
            return Found(holder[0] if holder else None)
        alike = [business for business in self._named(row.name) if not _differ(business["nib"], row.nib)]
        if row.person is None:
            return self._without_person(row, alike)
        own = [business for business in alike if business["owner"] and key(business["owner"]) == key(row.person)]
        if own:
            return self._only(row, own)
        near = self._near(row, alike)
        if near and self._same is not False:
            self.near[row] = near
            return Found(near["id"] if self._same else None)
        alike = [
            business
            for business in alike
            if not (business["owner"] and row.is_owner)
            and (business["owner"] or not _differ(business["address"], row.address))
        ]
        if not alike:
            return (
                Found(self._create(row)) if self._create_new else Found(None, note("business-unknown", name=row.name))
            )
        if row.is_owner or any(business["owner"] for business in alike):
            return Found(None, note("business-possible", name=row.name))
        only = self._only(row, alike)
        by_name = only.number is not None and only.number not in self.new
        return Found(only.number, note("business-by-name", name=row.name)) if by_name else only

    def _near(self, row: Named, named: list[dict[str, Any]]) -> Mapping[str, Any] | None:
        """A registered business that differs from a row by the spelling of its name or of its owner's name alone."""
        owned = participants.businesses_of(self._connection, str(row.person))
        found = [
            business
            for business in (*named, *owned)
            if business["id"] > 0
            and not _differ(business["nib"], row.nib)
            and _alike(business["name"], row.name)
            and _alike(business["owner"], row.person)
        ]
        return found[0] if found else None

    def _only(self, row: Named, businesses: list[dict[str, Any]]) -> Found:
        """The only one of these businesses; if there are several, nobody knows which is meant."""
        if len(businesses) > 1:
            return Found(None, note("business-possible", name=row.name))
        return Found(self._complete(row, int(businesses[0]["id"])))

    def _without_person(self, row: Named, alike: list[dict[str, Any]]) -> Found:
        """The business of a row without a person. Raises NotFound, Ambiguous."""
        name = str(row.name)
        alike = [business for business in alike if not _differ(business["address"], row.address)]
        if len(alike) == 1:
            return Found(self._complete(row, int(alike[0]["id"])))
        if alike:
            candidates = ", ".join(f"{each['name']} / {each['owner'] or '–'} (no. {each['id']})" for each in alike)
            raise errors.Ambiguous(name=name, count=len(alike), candidates=candidates)
        return Found(self._create(row) if self._create_new else find.find(self._connection, BUSINESS.name, name))

    def _named(self, name: str) -> list[dict[str, Any]]:
        """The businesses of this name, registered or new."""
        if key(name) not in self._by_name:
            self._by_name[key(name)] = participants.businesses_named(self._connection, name)
        return self._by_name[key(name)]

    def _create(self, row: Named) -> int:
        values = {"name": row.name, "nib": row.nib, "address": row.address, "products": row.products}
        if row.is_owner:
            values |= {"owner": row.person, "owner_gender": row.gender}
        filled = {field: value for field, value in values.items() if value}
        checked = save.check(self._connection, BUSINESS, Resolved(filled, ()), {}, None).values
        number = -len(self.new) - 1
        self.new[number] = {**dict.fromkeys(("owner", *FIELDS.values())), **checked, "id": number}
        self._named(str(row.name)).append(self.new[number])
        return number

    def _complete(self, row: Named, number: int) -> int:
        """Fill what a new business lacks from another row that names it; returns its number."""
        if number in self.new:
            given = {"nib": row.nib, "address": row.address, "products": row.products}
            self.new[number] |= {name: value for name, value in given.items() if value and not self.new[number][name]}
        return number


def _alike(one: str | None, other: str | None) -> bool:
    """Whether two names may be spellings of one."""
    from rapidfuzz import fuzz

    return bool(one and other) and fuzz.ratio(key(one or ""), key(other or "")) >= _ALIKE


def _differ(one: str | None, other: str | None) -> bool:
    """Whether both are known and not the same."""
    return bool(one and other) and key(one or "") != key(other or "")
