"""Kinds of value: a person's text → value, or a reason; value → text. Each kind is declared once, here."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ikmctl.domain import choices, dates, identifiers, numbers
from ikmctl.domain.choices import Choice
from ikmctl.domain.numbers import Style
from ikmctl.domain.problems import Note, Unreadable
from ikmctl.domain.text import are_plain, clean
from ikmctl.language import _, number

Read = tuple[Any, tuple[Note, ...]]


@dataclass(frozen=True)
class Kind:
    """How a sort of value is read, kept, shown, and hidden.

    `read` takes text that is not an empty word and gives the value as it is stored; `show` writes it for people;
    `mask` hides it unless the officer asks to see it. Machines get the stored value.
    """

    name: str
    sql: str
    read: Callable[[str], Read]
    show: Callable[[Any], str] = str
    mask: Callable[[str], str] | None = None
    right: bool = False
    choices: tuple[Choice, ...] = ()
    batch: Callable[[Sequence[str]], list[Any] | None] | None = None
    """The values of many texts at once, None for "", where all have the usual shape: exactly what `read` would give."""
    styled: Callable[[str, Style | None, int], tuple[Any, numbers.Number]] | None = None
    """For numbers: reads with the style and the unit of a whole column, and gives what the text proves of the style."""


LARGEST = 10**15
"""The largest amount taken: a thousand trillion rupiah, far above any small industry, far below SQLite's integers."""


def text(limit: int, *, one_line: bool = False) -> Kind:
    """Text of at most `limit` characters."""
    def batch(texts: Sequence[str]) -> list[str | None] | None:
        return [each or None for each in texts] if are_plain(texts, limit) else None

    return Kind("text", "TEXT", lambda given: clean(given, limit, one_line=one_line), batch=batch)


def choice(name: str, of: tuple[Choice, ...]) -> Kind:
    """One of a closed list; stored as its code, read from any of its words."""
    known = choices.spellings(of)
    labels = {each.code: each.label for each in of}

    def read(given: str) -> Read:
        code = known.get(choices.key(given))
        if code is None:
            clean(given, 200)
            raise Unreadable("not-a-choice", choices=", ".join(each.code for each in of))
        return code, ()

    return Kind(name, "TEXT", read, lambda code: _(labels.get(code, code)), choices=of)


def _amount(
    name: str, sql: str, settle: Callable[[Fraction], Any], show: Callable[[Any], str], *, percent: bool = False
) -> Kind:
    def styled(given: str, style: Style | None, unit: int) -> tuple[Any, numbers.Number]:
        body = given.strip().removesuffix("%") if percent else given
        found = numbers.read_number(body, style)
        return settle(found.value * unit), found

    def read(given: str) -> Read:
        value, found = styled(given, None, 1)
        return value, found.notes

    return Kind(name, sql, read, show, right=True, styled=styled)


def _whole(limit: int, reason: str) -> Callable[[Fraction], int]:
    def settle(value: Fraction) -> int:
        if value.denominator != 1:
            raise Unreadable(reason)
        if value > limit:
            raise Unreadable("too-large", limit=number(limit))
        return int(value)

    return settle


def _decimal(value: Fraction) -> float:
    if value > LARGEST:
        raise Unreadable("too-large", limit=number(LARGEST))
    return float(value)


def _percentage(value: Fraction) -> float:
    if value > 100:
        raise Unreadable("not-a-percentage")
    return float(value)


def show_money(value: int) -> str:
    """Rp 28.000.000 in Indonesian, Rp 28,000,000 in English."""
    return f"Rp {number(value)}"


def _read_coordinate(limit: float) -> Callable[[str], Read]:
    def read(given: str) -> Read:
        body = given.strip().replace(",", ".")
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,12})?", body, re.ASCII) or abs(float(body)) > limit:
            raise Unreadable("not-a-coordinate")
        return float(body), ()

    return read


def _read_period(given: str) -> Read:
    body = given.strip().lstrip("'").removesuffix(".0")
    if re.fullmatch(r"\d{4}-\d{2}", body, re.ASCII) and 1 <= int(body[5:]) <= 12:
        dates.read_year(body[:4])
        return body, ()
    if not re.fullmatch(r"\d{4}", body, re.ASCII):
        raise Unreadable("not-a-period")
    dates.read_year(body)
    return body, ()


def _read_record_number(given: str) -> Read:
    body = given.strip().removesuffix(".0")
    if not re.fullmatch(r"[1-9]\d{0,14}", body, re.ASCII):
        raise Unreadable("not-a-number-of-a-record")
    return int(body), ()


def _show_float(value: float) -> str:
    return number(int(value) if float(value).is_integer() else value)


NAME = text(200, one_line=True)
LINE = text(300)
NOTES = text(4000)
NUMBER = Kind("record number", "INTEGER", _read_record_number, right=True)
COUNT = _amount("count", "INTEGER", _whole(10**7, "not-whole"), number)
MONEY = _amount("money", "INTEGER", _whole(LARGEST, "fraction-of-rupiah"), show_money)
QUANTITY = _amount("quantity", "REAL", _decimal, _show_float)
PERCENT = _amount("percent", "REAL", _percentage, lambda value: f"{_show_float(value)}%", percent=True)
DATE = Kind("date", "TEXT", dates.read_date)
DATE_OR_MONTH = Kind("date", "TEXT", dates.read_date_or_month)
YEAR = Kind("year", "INTEGER", dates.read_year, right=True)
PERIOD = Kind("period", "TEXT", _read_period)
LATITUDE = Kind("latitude", "REAL", _read_coordinate(15), right=True)
LONGITUDE = Kind("longitude", "REAL", _read_coordinate(180), right=True)
NIB = Kind("nib", "TEXT", identifiers.read_nib, batch=identifiers.batch_nib)
NIK = Kind("nik", "TEXT", identifiers.read_nik, mask=identifiers.mask_digits, batch=identifiers.batch_nik)
NPWP = Kind("npwp", "TEXT", identifiers.read_npwp, mask=identifiers.mask_digits)
KBLI = Kind("kbli", "TEXT", identifiers.read_kbli, lambda codes: str(codes).replace(",", ", "))
PHONE = Kind("phone", "TEXT", identifiers.read_phone, identifiers.show_phone, identifiers.mask_phone, batch=identifiers.batch_phone)
EMAIL = Kind("email", "TEXT", identifiers.read_email, mask=identifiers.mask_email)
EXTRA = Kind("extra", "TEXT", lambda given: (given, ()), mask=lambda value: "***")
GENDER = choice("gender", choices.GENDERS)
FORM = choice("form", choices.FORMS)
STATED_SCALE = choice("stated scale", choices.STATED_SCALES)
SCALE = choice("scale", choices.SCALES)
STATUS = choice("status", choices.STATUSES)
CAPACITY_PERIOD = choice("capacity period", choices.CAPACITY_PERIODS)
EVENT_KIND = choice("event kind", choices.EVENT_KINDS)
ROLE = choice("role", choices.ROLES)
FLAG = choice("flag", (Choice("yes", "yes", ("ya", "1")), Choice("no", "no", ("tidak", "0"))))
SWITCH = Kind("switch", "INTEGER", lambda given: (given, ()))


def reference(name: str) -> Kind:
    """The name or number of another record (`sentra`, `group`) or of reference data (`sector`, `kelurahan`)."""
    return Kind(name, "TEXT", NAME.read)
