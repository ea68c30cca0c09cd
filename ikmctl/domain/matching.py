"""Match keys, which say whether two rows are the same business, and suggestions for unknown names."""

import re
from collections.abc import Iterable, Mapping, Sequence

from ikmctl.domain.keys import key, keys

#: The lowest similarity, in percent, at which a name is suggested for another.
SUGGESTION_MINIMUM = 60
#: The same for a place or a sector that a file names: many are simply not known, and a far one misleads.
LIKELY_MINIMUM = 75
_LEVEL = r"(?:kecamatan|kec|kelurahan|kel|ds)"
#: Words that only say the level of a place: `Kec. Padang Barat`, `Kel/Desa Tiakar`.
_LEVEL_OF_PLACE = re.compile(rf"(?i)^\s*{_LEVEL}(?:\s*/\s*(?:{_LEVEL}|desa|nagari))*(?:\s*[.:]\s*|\s+)(?=\w)")
#: Words that say the level, or belong to the name: `Desa Langko`, `Nagari Balai Panjang`.
_PART_OF_NAME = re.compile(
    r"(?i)^\s*(?:desa|nagari|gampong)(?:\s*/\s*(?:kelurahan|kel|nagari))*(?:\s*[.:]\s*|\s+)(?=\w)"
)
_LEADING_OF_SECTOR = re.compile(
    r"^(?:cabangindustri|jenisindustri|industri|sektor|komoditi|komoditas|bidang|usaha)+(?=\w)"
)
_PARTS = re.compile(r"\s*[/,;&+]\s*|(?i:\s+dan\s+)")


def match_key(name: str, owner: str | None, kelurahan: str | None) -> str:
    """Normalised name, owner and kelurahan, joined by `|`; never the name alone (docs/architecture.md)."""
    return match_keys([name], [owner or ""], [kelurahan or ""])[0]


def match_keys(names: Sequence[str], owners: Sequence[str], kelurahan: Sequence[str]) -> list[str]:
    """The match key of each business; "" stands for an unknown owner or kelurahan."""
    rows = zip(names, keys(names), keys(owners), keys(kelurahan), strict=True)
    # A name of signs alone is its own key.
    return [f"{folded or name.casefold()}|{owner}|{place}" for name, folded, owner, place in rows]


def is_identifying(match: str) -> bool:
    """Whether a match key has an owner or a kelurahan: a name alone does not say that two records are the same."""
    return not match.endswith("||")


def suggest_names(name: str, known: Sequence[str], count: int = 8) -> Sequence[str]:
    """The names to suggest for an unknown one: all if there are at most `count`, else the most similar."""
    return known if len(known) <= count else closest_matches(name, known, count) or known[:count]


def closest_matches(name: str, known: Iterable[str], count: int = 3, minimum: int = SUGGESTION_MINIMUM) -> list[str]:
    """The known names that look most like `name`, at least `minimum` percent, best first."""
    from rapidfuzz import fuzz, process

    by_key = {key(known_name): known_name for known_name in known}
    wanted = key(name)
    starting = [original for folded, original in by_key.items() if wanted and folded.startswith(wanted)][:count]
    found = process.extract(wanted, list(by_key), scorer=fuzz.ratio, limit=count, score_cutoff=minimum)
    close = [by_key[folded] for folded, _score, _place in found]
    return list(dict.fromkeys([*starting, *close]))[:count]


def known_place(text: str, known: Mapping[str, object]) -> str:
    """The name of a place to look up or store, without a word for its level that is not part of the name.

    `known` are the places of the city by their key. `Kel. Tiakar` is Tiakar in any city; `Desa Langko` is Langko if
    the city has a Langko and no Desa Langko.
    """
    if key(text) in known:
        return text
    name = _LEVEL_OF_PLACE.sub("", text, count=1)
    without = _PART_OF_NAME.sub("", name, count=1)
    return without if key(without) in known and key(name) not in known else name


def shared_meaning(text: str, meanings: Mapping[str, str]) -> str | None:
    """The meaning of the text, by `meanings` (key → meaning); None if it has none, or several.

    The whole text is looked up first, then the text without a leading `industri`, then its parts: `Elektronika` and
    `Logam` in `Elektronika/Logam`. The parts decide if all known ones have the same meaning.
    """
    whole = key(text)
    found = meanings.get(whole) or meanings.get(_LEADING_OF_SECTOR.sub("", whole))
    if found:
        return found
    keys = [key(part) for part in _PARTS.split(text)]
    known = {meanings.get(part) or meanings.get(_LEADING_OF_SECTOR.sub("", part)) for part in keys} - {None}
    return known.pop() if len(known) == 1 else None
