"""NIB, NIK, NPWP, KBLI, phones and email: text always, digits never lost, masked where they are personal."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from ikmctl.domain.clean_text import clean
from ikmctl.domain.problems import Note, Unreadable, note

_SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?[eE]\+?\d+$")
_JOINTS = str.maketrans("", "", " .-\u00a0")
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[A-Za-z]{2,24}")
_YEAR_BEHIND = re.compile(r"\s*/\s*\d{4}$")
_BETWEEN = re.compile(r"[,/;]")
_PHONE_SIGNS = re.compile(r"[\s().\-]")
_PHONE_DIGITS = re.compile(r"(?a)\+?\d+")
_MOBILE = re.compile(r"(?a)08[1-35-9]\d{7,10}")
_FIXED = re.compile(r"(?a)0\d{2,3}\d{5,8}")


def _digits(text: str, otherwise: str = "not-digits") -> str:
    if text.isascii() and text.isdigit() and len(text) < 200:
        return text
    body, _ = clean(text, 200, one_line=True)
    body = body.lstrip("'").removesuffix(".0").strip()
    if _SCIENTIFIC.match(body):
        raise Unreadable("scientific")
    body = body.translate(_JOINTS)
    if not body.isascii():
        raise Unreadable("not-ascii-digits" if any(c.isnumeric() for c in body) else otherwise)
    if not body.isdigit():
        raise Unreadable(otherwise)
    return body


def _is_dummy(digits: str) -> bool:
    return len(digits) > 5 and len(set(digits)) == 1


def read_nib(text: str) -> tuple[str | None, tuple[Note, ...]]:
    """13 digits; the year that some offices write behind (`NIB/TAHUN`) is left out with a note. Raises Unreadable."""
    body = _YEAR_BEHIND.sub("", text)
    notes = (note("year-removed"),) if body != text else ()
    digits = _digits(body)
    if _is_dummy(digits):
        return None, (note("dummy-identifier"),)
    if len(digits) != 13:
        raise Unreadable("nib-length", count=len(digits))
    return digits, notes


def batch_nib(texts: Sequence[str]) -> list[str | None] | None:
    """What `read_nib` gives for each text, where all are 13 plain digits or empty; else None."""
    return [each or None for each in texts] if _all_digits(texts, "|".join(texts), 13) else None


def _all_digits(texts: Sequence[str], joined: str, length: int) -> bool:
    """Whether all texts, given joined by `|` too, are empty or so many digits that are not all the same."""
    digits = joined.replace("|", "")
    usual = digits.isascii() and (digits.isdigit() or not digits) and joined.count("|") < max(len(texts), 1)
    usual = usual and set(map(len, texts)) <= {0, length}
    return usual and all(str(digit) * length not in joined for digit in range(10))


def read_nik(text: str) -> tuple[str | None, tuple[Note, ...]]:
    """16 digits PPKKCC DDMMYY NNNN, women's day + 40; an impossible birthday is noted. Raises Unreadable."""
    digits = _digits(text)
    if _is_dummy(digits):
        return None, (note("dummy-identifier"),)
    if len(digits) != 16:
        raise Unreadable("nik-length", count=len(digits))
    notes = []
    if not _is_birthday(digits[6:12]):
        notes.append(note("nik-date"))
    if digits.endswith("0"):
        notes.append(note("nik-rounding"))
    return digits, tuple(notes)


def batch_nik(texts: Sequence[str]) -> list[str | None] | None:
    """What `read_nik` gives for each text, where all are empty or 16 plain digits that need no note; else None."""
    joined = "|".join(texts)
    if not _all_digits(texts, joined, 16) or "0|" in joined or joined.endswith("0"):
        return None
    unusual = {each[6:10] for each in texts} - _birthdays()
    if unusual and not all(_is_birthday(each[6:12]) for each in texts if each[6:10] in unusual):
        return None
    return [each or None for each in texts]


@cache
def _birthdays() -> frozenset[str]:
    """The day and the month in a NIK, of men and women, "" of none; the year is asked on 29 February alone."""
    days = (date(2021, 1, 1) + timedelta(days=each) for each in range(365))
    return frozenset({"", *(f"{day.day + more:02}{day.month:02}" for day in days for more in (0, 40))})


def _is_birthday(digits: str) -> bool:
    """Whether six digits of a NIK are a date: the day, of women 40 more, the month, the year."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    try:
        date(2000 + year if year % 4 == 0 else 1900 + year, month, day - 40 if day > 40 else day)
    except ValueError:
        return False
    return True


def read_npwp(text: str) -> tuple[str | None, tuple[Note, ...]]:
    """15 or 16 digits, written with or without dots and dashes. Raises Unreadable."""
    digits = _digits(text)
    if _is_dummy(digits):
        return None, (note("dummy-identifier"),)
    if len(digits) not in (15, 16):
        raise Unreadable("npwp-length", count=len(digits))
    return digits, ()


def read_kbli(text: str) -> tuple[str, tuple[Note, ...]]:
    """Five digits, in the order given, several separated by commas, slashes or semicolons. Raises Unreadable."""
    codes = [_digits(part, "not-a-kbli") for part in _BETWEEN.split(text) if part.strip()]
    for code in codes:
        if len(code) != 5:
            raise Unreadable("kbli-length", count=len(code))
    if not codes:
        raise Unreadable("kbli-length", count=0)
    return ",".join(dict.fromkeys(codes)), ()


def read_phone(text: str) -> tuple[str | None, tuple[Note, ...]]:
    """All numbers of the cell, each from 0 on, joined by `/`; lost zeros are put back. Raises Unreadable."""
    plain = text.replace("-", "")
    if _MOBILE.fullmatch(plain) and not _is_dummy(plain):
        return plain, ()
    body, notes = clean(text, 200, one_line=True)
    body = body.lstrip("'")
    if _SCIENTIFIC.match(body):
        raise Unreadable("scientific")
    numbers: list[str] = []
    found: list[Note] = list(notes)
    for part in _BETWEEN.split(body):
        if part.strip():
            number, more = _read_one_phone(part.strip())
            numbers.append(number)
            found.extend(more)
    if not numbers:
        raise Unreadable("not-a-phone")
    if all(_is_dummy(number) for number in numbers):
        return None, (note("dummy-identifier"),)
    return "/".join(dict.fromkeys(numbers)), tuple(found)


_USUAL_PHONES = re.compile(r"(?a)(?:(?:08[1-35-9]\d-\d{4}-\d{2,5})?\|)*")


def batch_phone(texts: Sequence[str]) -> list[str | None] | None:
    """What `read_phone` gives for each text, where all are empty or written as 0812-3456-7890; else None."""
    joined = "|".join(texts) + "|"
    if not texts or joined.count("|") != len(texts) or not _USUAL_PHONES.fullmatch(joined):
        return None
    return [each or None for each in joined[:-1].replace("-", "").split("|")]


def _read_one_phone(part: str) -> tuple[str, tuple[Note, ...]]:
    plain = _PHONE_SIGNS.sub("", part.removesuffix(".0"))
    if not _PHONE_DIGITS.fullmatch(plain):
        raise Unreadable("not-a-phone")
    if plain.startswith("+62"):
        number = "0" + plain[3:].removeprefix("0")
    elif plain.startswith("62") and len(plain) > 9:
        number = "0" + plain[2:].removeprefix("0")
    elif plain.startswith("8"):
        number = "0" + plain
    else:
        number = plain
    notes = (note("zero-restored"),) if plain.startswith("8") else ()
    if _is_dummy(plain):
        return plain, ()
    if number.startswith("08") and not _MOBILE.fullmatch(number):
        raise Unreadable("not-a-phone")
    if not (_MOBILE.fullmatch(number) or _FIXED.fullmatch(number)):
        raise Unreadable("not-a-phone")
    return number, notes


_SHORT_AREAS = ("021", "022", "024", "031", "061")


def show_phone(value: str) -> str:
    """0812-3456-7890; fixed lines as (0752) 92000."""
    shown = []
    for number in value.split("/"):
        if number.startswith("08"):
            shown.append("-".join(filter(None, (number[:4], number[4:8], number[8:]))))
        else:
            area = 3 if number[:3] in _SHORT_AREAS else 4
            shown.append(f"({number[:area]}) {number[area:]}")
    return " / ".join(shown)


def read_email(text: str) -> tuple[str, tuple[Note, ...]]:
    """An address with a domain, as written. Raises Unreadable."""
    body, notes = clean(text, 200, one_line=True)
    if not _EMAIL.fullmatch(body):
        raise Unreadable("not-an-email")
    return body, notes


def mask_nik(value: str) -> str:
    """The last three signs; the rest as stars of the same number."""
    return "*" * (len(value) - 3) + value[-3:] if len(value) > 3 else "*" * len(value)


mask_npwp = mask_nik


def mask_phone(value: str) -> str:
    """0812-****-890 for each number."""
    return " / ".join(f"{number[:4]}-****-{number[-3:]}" for number in value.split("/"))


def mask_email(value: str) -> str:
    """The first letter and the domain."""
    name, _, domain = value.partition("@")
    return f"{name[:1]}***@{domain}"
