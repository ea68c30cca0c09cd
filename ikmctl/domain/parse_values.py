"""Reading numbers, choices and coordinates for the kinds of values.py; loaded when the first value is read."""

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

from ikmctl.domain import choices, dates
from ikmctl.domain.choices import Choice
from ikmctl.domain.clean_text import clean
from ikmctl.domain.numbers import Number, Style, read_number
from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.language import number

Read = tuple[Any, tuple[Note, ...]]

LARGEST = 10**15
"""The largest amount taken: a thousand trillion rupiah, far above any small industry, far below SQLite's integers."""
MOST_WORKERS = 10**7

_DEGREES = re.compile(r"(?a)-?\d{1,3}(\.\d{1,12})?")
_YEAR = re.compile(r"(?a)\d{4}")
_MONTH = re.compile(r"(?a)\d{4}-\d{2}")
_RECORD_NUMBER = re.compile(r"(?a)[1-9]\d{0,14}")


def read_choice(given: str, of: tuple[Choice, ...]) -> Read:
    """The code of the choice that the text is a word for. Raises Unreadable."""
    code = _spellings(of).get(choices.key(given))
    if code is None:
        clean(given, 200)
        raise Unreadable("not-a-choice", choices=choices.typed(of))
    return code, ()


@cache
def _spellings(of: tuple[Choice, ...]) -> dict[str, str]:
    return choices.spellings(of)


def read_amount(given: str, style: Style | None, unit: int, settle: str, percent: bool = False) -> tuple[Any, Number]:
    """A number in the units of its column, as the kind of amount named by `settle`. Raises Unreadable.

    Where the text says its own unit, that holds: `250 juta` under a heading in thousands is not 250 miliar.
    """
    found = read_number(given.strip().removesuffix("%") if percent else given, style)
    if found.scaled and unit > 1:
        found = replace(found, notes=(*found.notes, note("own-unit", text=" ".join(given.split()))))
        unit = 1
    return _SETTLE[settle](found.value * unit), found


def _whole(value: Fraction | int, limit: int, reason: str) -> int:
    if value.denominator != 1:
        raise Unreadable(reason)
    if value > limit:
        raise Unreadable("too-large", limit=number(limit))
    return int(value)


def _quantity(value: Fraction | int) -> float:
    if value > LARGEST:
        raise Unreadable("too-large", limit=number(LARGEST))
    return float(value)


def _percentage(value: Fraction | int) -> float:
    if value > 100:
        raise Unreadable("not-a-percentage")
    return float(value)


_SETTLE = {
    "count": lambda value: _whole(value, MOST_WORKERS, "not-whole"),
    "money": lambda value: _whole(value, LARGEST, "fraction-of-rupiah"),
    "quantity": _quantity,
    "percent": _percentage,
}


def read_latitude(given: str) -> Read:
    """Degrees north, within Indonesia. Raises Unreadable."""
    return _coordinate(given, 15), ()


def read_longitude(given: str) -> Read:
    """Degrees east. Raises Unreadable."""
    return _coordinate(given, 180), ()


def _coordinate(given: str, limit: float) -> float:
    body = given.strip().lstrip("'").replace(",", ".")
    if not _DEGREES.fullmatch(body) or abs(float(body)) > limit:
        raise Unreadable("not-a-coordinate")
    return float(body)


def read_data_period(given: str) -> Read:
    """A year or a month, as data belong to it. Raises Unreadable."""
    body = given.strip().lstrip("'").removesuffix(".0")
    if _MONTH.fullmatch(body) and 1 <= int(body[5:]) <= 12:
        dates.read_year(body[:4])
        return body, ()
    if not _YEAR.fullmatch(body):
        raise Unreadable("not-a-period")
    dates.read_year(body)
    return body, ()


def read_record_number(given: str) -> Read:
    """The number of a record. Raises Unreadable."""
    body = given.strip().removesuffix(".0")
    if not _RECORD_NUMBER.fullmatch(body):
        raise Unreadable("not-a-number-of-a-record")
    return int(body), ()
