"""Businesses that may be one business entered twice: how alike two are, and which pairs of many are worth comparing.

Every pair of 100,000 businesses would be 5 billion comparisons. Pairs are compared only within blocks: businesses that
share a key, such as the owner and the kelurahan, or a phone number.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import partial
from typing import NamedTuple

from rapidfuzz import fuzz  # noqa: TID253 - called a million times; this module is loaded only to compare names

from ikmctl.domain.keys import key

#: The lowest score of a pair that is shown, unless the officer asks for others.
SCORE_MINIMUM = 80
#: Names that are less alike than this, in percent, are of different businesses, even of one owner.
_NAME_MINIMUM = 75
#: How alike two names are, in percent, of which one has all words of the other, if they agree in more than the place.
_PART_OF_NAME = 90
#: From so many percent on two owners are the same person.
_SAME_OWNER = 85
#: How much each field counts. Identifiers count only where both businesses have one.
_WEIGHTS = {"name": 5, "owner": 3, "kelurahan": 1, "nik": 3, "phone": 2, "npwp": 2, "email": 1}
#: What an owner or kelurahan counts, in percent, that one of the two does not have.
_UNKNOWN = 60
#: What different phone numbers or emails count: a business may have several. A person has one NIK and one NPWP.
_OTHER_CONTACT = 30
#: In a block of more businesses than this each is compared with that many of its neighbours, in the order of names.
_NEIGHBOURS = 25


class Profile(NamedTuple):
    """What of a business is compared; empty text for what is not known."""

    number: int
    name: str
    owner: str
    kelurahan: str
    nib: str
    nik: str
    phones: frozenset[str]
    npwp: str
    email: str
    #: The keys of name, owner and kelurahan.
    name_key: str
    owner_key: str
    place_key: str


class Likeness(NamedTuple):
    """How alike two businesses are, in percent, and the fields that agree: field → how far, in percent."""

    score: int
    agreeing: dict[str, int]


class Pair(NamedTuple):
    """Two businesses, the one with the lower number first, and how alike they are."""

    number: int
    other: int
    likeness: Likeness


def profile(
    number: int,
    name: str,
    owner: str | None = None,
    kelurahan: str | None = None,
    nib: str | None = None,
    nik: str | None = None,
    phone: str | None = None,
    npwp: str | None = None,
    email: str | None = None,
) -> Profile:
    """The profile of a business, from its stored values."""
    phones = frozenset(phone.split("/")) if phone else frozenset()
    return Profile(
        number, name.casefold(), (owner or "").casefold(), kelurahan or "", nib or "", nik or "", phones, npwp or "",
        (email or "").casefold(), key(name) or name.casefold(), key(owner or ""), key(kelurahan or ""),
    )  # fmt: skip


def likeness(one: Profile, other: Profile) -> Likeness | None:
    """How alike two businesses are; None if their names or NIB differ, or if they agree in nothing but the name."""
    if one.nib and other.nib and one.nib != other.nib:
        return None
    shares: dict[str, float] = {}
    if one.owner_key and other.owner_key:
        shares["owner"] = _similarity(one.owner, other.owner, one.owner_key, other.owner_key)
    if one.place_key and other.place_key:
        shares["kelurahan"] = 100 if one.place_key == other.place_key else 0
    for field, here, there, otherwise in (
        ("nik", one.nik, other.nik, 0),
        ("npwp", one.npwp, other.npwp, 0),
        ("email", one.email, other.email, _OTHER_CONTACT),
    ):
        if here and there:
            shares[field] = 100 if here == there else otherwise
    if one.phones and other.phones:
        shares["phone"] = _OTHER_CONTACT if one.phones.isdisjoint(other.phones) else 100
    agreeing = {
        field: round(share) for field, share in shares.items() if share >= (_SAME_OWNER if field == "owner" else 100)
    }
    if not agreeing.keys() - ({"kelurahan"} if "owner" in shares else set()):
        return None  # a name and a place say nothing while the owners differ
    name = _similarity(one.name, other.name, one.name_key, other.name_key)
    if name < _NAME_MINIMUM and agreeing.keys() - {"kelurahan"} and _is_part(one.name, other.name):
        name = _PART_OF_NAME
    if name < _NAME_MINIMUM:
        return None
    shares = {"name": name, "owner": _UNKNOWN, "kelurahan": _UNKNOWN} | shares
    weight = sum(_WEIGHTS[field] for field in shares)
    score = sum(_WEIGHTS[field] * share for field, share in shares.items()) / weight
    return Likeness(int(score), {"name": round(name), **agreeing})


def _similarity(one: str, other: str, one_key: str, other_key: str) -> float:
    """How alike two names are, in percent, whatever the order of their words."""
    if one_key == other_key:
        return 100
    return max(fuzz.ratio(one_key, other_key), fuzz.token_sort_ratio(one, other))


def _is_part(one: str, other: str) -> bool:
    """Whether all words of one name are in the other: Rendang Erna and UD Rendang Erna Payakumbuh."""
    here, there = set(one.split()), set(other.split())
    return here <= there or there <= here


def find_pairs(profiles: Sequence[Profile], different: Set[tuple[int, int]], minimum: int) -> list[Pair]:
    """The pairs with at least this score, the most alike first, without those that are known to be `different`."""
    found: dict[tuple[int, int], Likeness] = {}
    for block in _blocks(profiles):
        for one, other in _pairs_of(block):
            numbers = (one.number, other.number) if one.number < other.number else (other.number, one.number)
            if numbers in found or numbers in different:
                continue
            alike = likeness(one, other)
            if alike and alike.score >= minimum:
                found[numbers] = alike
    pairs = [Pair(*numbers, alike) for numbers, alike in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.likeness.score, pair.number, pair.other))


def _blocks(profiles: Sequence[Profile]) -> Iterator[list[Profile]]:
    """The businesses that share a key, for each kind of key in turn."""
    for keys in _KEYS:
        blocks: dict[object, list[Profile]] = {}
        for profile in profiles:
            for shared in keys(profile):
                blocks.setdefault(shared, []).append(profile)
        yield from (block for block in blocks.values() if len(block) > 1)


def _pairs_of(block: list[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """The pairs of a block; of a large one only neighbours, or a common name would make millions of pairs."""
    if len(block) > _NEIGHBOURS:
        block = sorted(block, key=lambda profile: (profile.name_key, profile.owner_key, profile.place_key))
    for place, one in enumerate(block):
        yield from ((one, other) for other in block[place + 1 : place + 1 + _NEIGHBOURS])


def _value(field: str, profile: Profile) -> Iterable[object]:
    value = getattr(profile, field)
    return (value,) if value else ()


def _ends(profile: Profile) -> Iterable[object]:
    """The kelurahan with one end of the name and one of the owner: a wrong letter is in only one of the two ends."""
    if not profile.owner_key:
        return ((profile.place_key, profile.name_key[:4] + "…"), (profile.place_key, "…" + profile.name_key[-4:]))
    return (
        (profile.place_key, name, owner)
        for name in (profile.name_key[:4] + "…", "…" + profile.name_key[-4:])
        for owner in (profile.owner_key[:4] + "…", "…" + profile.owner_key[-4:])
    )


def _words(profile: Profile) -> Iterable[object]:
    words = sorted(profile.name.split())
    return ((*words, profile.owner_key[:3]),) if len(words) > 1 else ()


#: The kinds of key. Two spellings of one business share at least one.
_KEYS: tuple[Callable[[Profile], Iterable[object]], ...] = (
    lambda profile: ((profile.name_key, profile.place_key),),
    lambda profile: ((profile.name_key, profile.owner_key[:4]),) if profile.owner_key else (),
    lambda profile: ((profile.owner_key, profile.place_key),) if profile.owner_key else (),
    lambda profile: ((profile.owner_key, profile.name_key[:3]),) if profile.owner_key else (),
    _ends,
    _words,
    lambda profile: profile.phones,
    *(partial(_value, field) for field in ("nik", "npwp", "email")),
)
