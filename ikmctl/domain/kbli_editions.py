"""From the edition 2020 of the KBLI to that of 2025: which code has the same meaning, and which may replace it.

The correspondence is derived from the codes and titles of both editions, because no official table of it is at hand.
Only equal titles count as the same meaning; similar titles are candidates that an officer chooses from.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

#: Candidates less alike than this, in percent, are not offered; nor are those of another division
#: without a local word in common.
CANDIDATE_MINIMUM = 60
#: How many candidates are offered.
MOST_CANDIDATES = 5
_SAME_GROUP = 15
_SHARED_WORDS = 30

#: Words that do not tell one industry from another.
_EMPTY = frozenset({"industri", "kegiatan", "dan", "atau", "serta", "dari", "untuk", "ytdl"})
#: The spelling, or the word, of 2020 → that of 2025 for the same thing.
_SPELLINGS = {
    "atsiri": "asiri", "bukan": "selain", "coklat": "cokelat", "khlor": "klor", "konveksi": "konfeksi",
    "margarine": "margarin", "mebeller": "furnitur", "mie": "mi", "palma": "palem", "piranti": "perangkat",
    "tissue": "tisu", "tulle": "tule", "veneer": "venir",
}  # fmt: skip
#: The title of a rest means "all but its siblings": under another code it is the rest of other siblings.
_REST = "lainnya"

Basis = Literal["code", "title"]


class Entry(NamedTuple):
    """A code of one edition, its title and the local words for it."""

    code: str
    title: str
    words: tuple[str, ...] = ()


class Successor(NamedTuple):
    """The code of 2025 with the same meaning; `basis` says what is equal: code and title, or the title alone."""

    entry: Entry
    basis: Basis


class Edition:
    """The codes of one edition, to be looked up by code and by the meaning of their titles."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.by_code: Mapping[str, Entry] = {entry.code: entry for entry in entries}
        self._by_meaning: dict[frozenset[str], list[Entry]] = {}
        for entry in entries:
            self._by_meaning.setdefault(_meaning(entry.title), []).append(entry)

    def successor(self, old: Entry) -> Successor | None:
        """The code of this edition that means the same as a code of the edition before; None if that is not sure."""
        meaning = _meaning(old.title)
        same = self._by_meaning.get(meaning, [])
        for entry in same:
            if entry.code == old.code:
                return Successor(entry, "code")
        return Successor(same[0], "title") if len(same) == 1 and _REST not in meaning else None

    def candidates(self, old: Entry) -> list[Entry]:
        """The codes of this edition that may replace a code of the edition before, the most likely first."""
        scored = [(_likeness(old, entry), entry) for entry in self.by_code.values()]
        likely = sorted((pair for pair in scored if pair[0] >= CANDIDATE_MINIMUM), key=lambda pair: -pair[0])
        return [entry for _score, entry in likely[:MOST_CANDIDATES]]


def _meaning(title: str) -> frozenset[str]:
    """The words of a title that say which industry it is, in one spelling."""
    words = re.findall(r"\w+", title.casefold())
    return frozenset(_SPELLINGS.get(word, word) for word in words) - _EMPTY


def _likeness(old: Entry, new: Entry) -> float:
    """How alike two codes are in percent, or more: by their titles, the group of four digits and local words."""
    from rapidfuzz import fuzz

    shared = not set(old.words).isdisjoint(new.words)
    if old.code[:2] != new.code[:2] and not shared:
        return 0
    one, other = (" ".join(sorted(_meaning(entry.title))) for entry in (old, new))
    same_group = old.code[:4] == new.code[:4]
    return fuzz.ratio(one, other) + _SAME_GROUP * same_group + _SHARED_WORDS * shared
