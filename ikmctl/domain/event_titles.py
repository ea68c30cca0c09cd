"""What the title of an event says of it, its kind; and what tells the title of an official from a name."""

import re
from functools import cache

from ikmctl.domain.choices import EVENT_KINDS, spellings
from ikmctl.domain.keys import key


def kind_of_title(title: str) -> str | None:
    """The kind of an event, a code of EVENT_KINDS, that its title names first: “Pelatihan Batik” is a training."""
    found = find_kind(title)
    return _kinds()[key(found[0])] if found else None


def find_kind(title: str) -> re.Match[str] | None:
    """The first word or phrase of a title that names a kind of event; None if none does."""
    return _pattern().search(title)


#: Words with which the position of an official or a head begins.
_POSITIONS = frozenset(
    [
        "kepala",
        "kabid",
        "kasi",
        "kasubag",
        "kasubbag",
        "kasubid",
        "kadis",
        "sekretaris",
        "sekdis",
        "staf",
        "staff",
        "plt",
        "pj",
        "ketua",
        "wakil",
        "direktur",
        "camat",
        "lurah",
        "walikota",
        "bupati",
        "asisten",
        "analis",
        "penyuluh",
        "pengawas",
        "fungsional",
        "bendahara",
        "koordinator",
        "head",
        "chief",
        "director",
        "secretary",
        "mayor",
        "officer",
        "chair",
    ]
)


def names_position(text: str) -> bool:
    """Whether a text is a position, such as “Kabid Industri”, and no name: its first word says so."""
    return text.split()[0].strip(".,").casefold() in _POSITIONS if text.split() else False


@cache
def _kinds() -> dict[str, str]:
    """Key of a word → the kind that it names."""
    return {word: code for word, code in spellings(EVENT_KINDS).items() if code != "other"}


@cache
def _pattern() -> re.Pattern[str]:
    labels = {word for choice in EVENT_KINDS for word in (choice.code, choice.label, *choice.words)}
    phrases = [re.split(r"[\s-]+", word) for word in labels if key(word) in _kinds()]
    ordered = sorted(phrases, key=lambda words: -len("".join(words)))
    alternatives = (r"[\s-]+".join(map(re.escape, words)) for words in ordered)
    return re.compile(rf"(?i)\b(?:{'|'.join(alternatives)})\b")
