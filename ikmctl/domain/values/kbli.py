"""KBLI codes as offices write them: five digits, several in a cell, with their title, or the title alone."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from ikmctl.domain.keys import key
from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.domain.values.identifiers import read_digits

_WITH_TITLE = re.compile(r"(?a)\s*(\d{5})\s*(?:[-–—:.)]\s*)?[^\W\d_].*", re.DOTALL)
_NEXT_CODE = re.compile(r"(?a)\s*[,;/\n]\s*(?=\d{5}(?!\d))")
_OLD_CODE = re.compile(r"(?a)\(\s*\d{3,5}\s*\)")
_LEADING = re.compile(r"^(?:industri|jasa|kegiatan|aktivitas)+")


def read_kbli(text: str) -> tuple[str, tuple[Note, ...]]:
    """The codes of five digits in the order given; they may be separated by commas, slashes or semicolons.

    A title after a code is left out, with a note. Raises Unreadable; its code is `not-a-kbli` for a title alone, which
    `code_of_title` may find.
    """
    if len(text) == 5 and text.isascii() and text.isdigit():
        return text, ()
    codes: list[str] = []
    titled = False
    for part in _NEXT_CODE.split(text):
        if found := _WITH_TITLE.fullmatch(part):
            codes.append(found[1])
            titled = True
        else:
            codes += [read_digits(code, "not-a-kbli") for code in re.split(r"[,/;]", part) if code.strip()]
    for code in codes:
        if len(code) != 5:
            raise Unreadable("kbli-length", count=len(code))
    if not codes:
        raise Unreadable("kbli-length", count=0)
    return ",".join(dict.fromkeys(codes)), (note("kbli-title-left-out"),) if titled else ()


def title_key(title: str) -> str:
    """The key of a title: its letters and digits, without a leading `industri` or a code in brackets."""
    whole = key(_OLD_CODE.sub("", title))
    return _LEADING.sub("", whole) or whole


def codes_by_title(titles: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The `title_key` of each title → its codes; `titles` are pairs of code and title of one or more editions."""
    found: dict[str, tuple[str, ...]] = {}
    for code, title in titles:
        known = found.get(title_key(title), ())
        found[title_key(title)] = known if code in known else (*known, code)
    return found


def code_of_title(text: str, codes: Mapping[str, Sequence[str]]) -> str:
    """The code with this title; `codes` is a result of `codes_by_title`.

    Raises Unreadable if no title is the same, with the most similar, or if the editions have different codes for it.
    """
    found = codes.get(title_key(text), ())
    if len(found) == 1:
        return found[0]
    if found:
        raise Unreadable("kbli-title-of-several", codes=", ".join(found))
    from ikmctl.domain.matching import closest_matches

    alike = closest_matches(title_key(text), codes, 1)
    if alike:
        raise Unreadable("kbli-title-alike", codes=", ".join(codes[alike[0]]))
    raise Unreadable("not-a-kbli")


#: So much of the codes that only one edition has must be of the same edition to prove it: some codes are mistyped.
_PROVING = 0.9


def edition_of_codes(editions: Iterable[Collection[int]]) -> int | None:
    """The edition that the codes of a list prove, from the editions that have each: some are in it alone.

    None if no code, or codes of both editions, prove one.
    """
    alone = Counter(next(iter(found_in)) for found_in in editions if len(found_in) == 1)
    edition, count = next(iter(alone.most_common(1)), (0, 0))
    return edition if count and count >= _PROVING * alone.total() else None
