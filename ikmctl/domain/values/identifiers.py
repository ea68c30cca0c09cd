"""NIB, NIK, NPWP and email: text always, digits never lost, masked where they are personal."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.domain.values.clean_text import clean
from ikmctl.domain.values.numbers import LARGEST_OF_DATABASES

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
LONGEST = 200
_JOINTS = str.maketrans("", "", " .-\u00a0")
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[A-Za-z]{2,24}")
_YEAR_BEHIND = re.compile(r"\s*/\s*\d{4}$")


def read_digits(text: str, problem: str = "not-digits") -> str:
    """The digits of an identifier without spaces, dots, dashes and what Excel adds.

    Raises Unreadable; its code is `problem` if the text contains anything else.
    """
    if text.isascii() and text.isdigit() and len(text) < LONGEST:
        body = text
    else:
        body, _ = clean(text, LONGEST)
        body = body.lstrip("'").removesuffix(".0").strip()
        if _SCIENTIFIC.match(body):
            raise Unreadable("scientific")
        body = body.translate(_JOINTS)
    if not body.isascii():
        raise Unreadable("not-ascii-digits" if any(c.isnumeric() for c in body) else problem)
    if not body.isdigit():
        raise Unreadable(problem)
    if body in LARGEST_OF_DATABASES:
        raise Unreadable("overflow")
    return body


def read_nib(text: str) -> tuple[str | None, tuple[Note, ...]]:
    """13 digits; a year after them (`NIB/TAHUN`) is left out with a note. Raises Unreadable."""
    body = _YEAR_BEHIND.sub("", text)
    notes = (note("year-removed"),) if body != text else ()
    digits = read_digits(body)
    if len(digits) == 12:
        raise Unreadable("nib-zero-lost", nib="0" + digits)
    if len(digits) != 13:
        raise Unreadable("nib-length", count=len(digits))
    return digits, notes


def batch_nib(texts: Sequence[str]) -> list[str | None] | None:
    """The result of `read_nib` for each text if all are 13 plain digits or empty; else None."""
    return [text or None for text in texts] if _all_digits(texts, "|".join(texts), 13) else None


def _all_digits(texts: Sequence[str], joined: str, length: int) -> bool:
    """Whether each text is empty or has so many digits, not all the same; `joined` is the texts joined by `|`."""
    digits = joined.replace("|", "")
    usual = digits.isascii() and (digits.isdigit() or not digits) and joined.count("|") < max(len(texts), 1)
    usual = usual and set(map(len, texts)) <= {0, length}
    return usual and all(str(digit) * length not in joined for digit in range(10))


def read_nik(text: str) -> tuple[str | None, tuple[Note, ...]]:
    """16 digits PPKKCC DDMMYY NNNN, women's day + 40; an impossible birthday is noted. Raises Unreadable."""
    digits = read_digits(text)
    if len(digits) != 16:
        raise Unreadable("nik-length", count=len(digits))
    notes = []
    if not _is_birthday(digits[6:12]):
        notes.append(note("nik-date"))
    if digits.endswith("0"):
        notes.append(note("nik-rounding"))
    return digits, tuple(notes)


def batch_nik(texts: Sequence[str]) -> list[str | None] | None:
    """The result of `read_nik` for each text if all are empty or 16 plain digits that need no note; else None."""
    joined = "|".join(texts)
    if not _all_digits(texts, joined, 16) or "0|" in joined or joined.endswith("0"):
        return None
    unusual = {text[6:10] for text in texts} - _birthdays()
    if unusual and not all(_is_birthday(text[6:12]) for text in texts if text[6:10] in unusual):
        return None
    return [text or None for text in texts]


@cache
def _birthdays() -> frozenset[str]:
    """The valid days and months in a NIK, of men and women; 29 February depends on the year."""
    days = (date(2021, 1, 1) + timedelta(days=number) for number in range(365))
    return frozenset({"", *(f"{day.day + more:02}{day.month:02}" for day in days for more in (0, 40))})


def _is_birthday(digits: str) -> bool:
    """Whether six digits of a NIK are a date: day (40 more for women), month, year."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    try:
        date(2000 + year if year % 4 == 0 else 1900 + year, month, day - 40 if day > 40 else day)
    except ValueError:
        return False
    return True


def read_npwp(text: str) -> tuple[str | None, tuple[Note, ...]]:
    """15 or 16 digits, written with or without dots and dashes. Raises Unreadable."""
    digits = read_digits(text)
    if len(digits) not in (15, 16):
        raise Unreadable("npwp-length", count=len(digits))
    return digits, ()


def batch_npwp(texts: Sequence[str]) -> list[str | None] | None:
    """The result of `read_npwp` for each text if all are empty or 15 or 16 digits with their punctuation; else None."""
    joined = "|".join(texts) + "|"
    plain = joined.translate(_JOINTS)
    if not texts or joined.count("|") != len(texts) or ".0|" in joined or not _NPWPS.fullmatch(plain):
        return None
    values = plain[:-1].split("|")
    if values.count("") != texts.count("") or max(map(len, texts)) > LONGEST or _REPEATED.search(plain):
        return None
    return [value or None for value in values]


_NPWPS = re.compile(r"(?a)(?:(?:\d{15,16})?\|)*")
_REPEATED = re.compile(r"(\d)\1{14}")


def read_email(text: str) -> tuple[str, tuple[Note, ...]]:
    """An email address with a domain, unchanged. Raises Unreadable."""
    body, notes = clean(text, LONGEST)
    if not _EMAIL.fullmatch(body):
        raise Unreadable("not-an-email")
    return body, notes


#: Characters from which an identifier keeps its end when it is masked.
_MASKED_FROM = 9


def mask_nik(value: str) -> str:
    """The last three characters; each other one is replaced with a star. A short text is masked whole."""
    return "*" * (len(value) - 3) + value[-3:] if len(value) >= _MASKED_FROM else "***"


mask_npwp = mask_nik


def mask_email(value: str) -> str:
    """The first letter and the domain; the rest is replaced with stars. What is no email address is masked whole."""
    name, _sign, domain = value.partition("@")
    return f"{name[:1]}***@{domain}" if len(name) > 1 and _EMAIL.fullmatch(value) else "***"
