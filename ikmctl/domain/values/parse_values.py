"""Reading amounts, choices, periods and record numbers for kinds.py; loaded when the first value is read."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from math import floor
from typing import Any

from ikmctl.domain import choices
from ikmctl.domain.choices import Choice
from ikmctl.domain.keys import key
from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.domain.values import dates, number_shapes
from ikmctl.domain.values.clean_text import clean, is_ditto, is_filler
from ikmctl.domain.values.numbers import Number, Style, read_number, split_unit
from ikmctl.language import number

Read = tuple[Any, tuple[Note, ...]]

#: The largest amount that is accepted: 10^15 rupiah. No small industry comes near it, and it fits SQLite's integers.
LARGEST_AMOUNT = 10**15
MOST_WORKERS = 10**7

_YEAR = re.compile(r"(?a)\d{4}")
_MONTH = re.compile(r"(?a)\d{4}-\d{2}")
_RECORD_NUMBER = re.compile(r"(?a)[1-9]\d{0,14}")


def read_choice(given: str, of: tuple[Choice, ...]) -> Read:
    """The code of the choice that the text is a word for. Raises Unreadable."""
    code = _spellings(of).get(key(given))
    if code is None:
        clean(given, 200)
        raise Unreadable("not-a-choice", choices=choices.join_words(of))
    return code, ()


@cache
def _spellings(of: tuple[Choice, ...]) -> dict[str, str]:
    return choices.spellings(of)


def read_amount(given: str, style: Style | None, unit: int, kind: str, repeated: str = "") -> tuple[Any, Number]:
    """The number in a text, multiplied by the unit of its column; None for a filler. `kind` is the name of its kind.

    A unit in the text itself takes precedence: `250 juta` under a heading in thousands is not 250 miliar. A count or
    a quantity may be followed by its unit, which is noted. Raises Unreadable.
    """
    if len(given) < 10 and given.isascii() and given.isdigit() and not (repeated and is_filler(given, repeated)):
        plain = Number(int(given))
        return _SETTLE[kind](plain.value * unit), plain
    found = _parse_amount(given, style, kind, repeated)
    if found is None:
        word = given.strip()
        return None, Number(0, notes=(note("empty-word", text=word),) if word else ())
    notes = found.notes
    if found.scaled and unit > 1:
        notes = (*notes, note("own-unit", text=" ".join(given.split())))
        unit = 1
    value = found.value * unit
    if kind == "money" and value.denominator != 1 and (found.scaled or unit > 1 or value >= _ROUNDED_FROM):
        value = floor(value + Fraction(1, 2))
        notes = (*notes, note("rounded-to-rupiah"))
    return _SETTLE[kind](value), found if notes is found.notes else replace(found, notes=notes)


def read_funding(given: str) -> Read:
    """Amounts by source of money, `APBD=50 juta; DAK=20 juta`, as `APBD=50000000; DAK=20000000`.

    A source without an amount, `APBD=-`, keeps the sign. Raises Unreadable.
    """
    parts, notes = [], []
    for part in filter(None, (each.strip() for each in re.split(r"[;\n]", given))):
        source, sign, text = part.partition("=")
        name, said = clean(source, 300, one_line=True)
        if not (sign and name):
            raise Unreadable("not-a-funding")
        amount, found = read_amount(text, None, 1, "money", "9")
        parts.append(f"{name}={'' if amount is None else amount}")
        notes += [*said, *(each for each in found.notes if each.code != "empty-word")]
    return "; ".join(parts), tuple(notes)


def batch_amounts(
    given: Sequence[str], style: Style | None, unit: int, kind: str
) -> tuple[list[Any], Collection[Number]] | None:
    """The value of each text of a usual form, in a pair with its notes if it has any, else UNREAD.

    Beside the values it returns numbers that show what the texts prove.
    """
    return number_shapes.read_many(given, style, kind, unit, _LARGEST[kind]) if kind in _LARGEST else None


#: The kinds of whole numbers, which are read in batches, and the largest that is accepted.
_LARGEST = {"count": MOST_WORKERS, "money": LARGEST_AMOUNT}


def _parse_amount(given: str, style: Style | None, kind: str, repeated: str) -> Number | None:
    """The number in a text, and a note on the unit behind it; None for a filler. Raises Unreadable."""
    if is_filler(given, repeated):
        return None
    if is_ditto(given):
        raise Unreadable("ditto")
    text, behind = split_unit(given) if kind in _UNITS_EXPECTED else (given, "")
    found = read_number(text.strip().removesuffix("%") if kind == "percent" else text, style)
    if behind and key(behind) not in _UNITS_EXPECTED[kind]:
        found = replace(found, notes=(*found.notes, note("unit-in-cell", unit=" ".join(behind.split()))))
    if kind in _LARGEST:
        number_shapes.remember(given, style, kind, found)
    return found


#: From so many rupiah on decimals come from a formula and are rounded; a smaller amount may be 1,5 juta.
_ROUNDED_FROM = 100_000
#: Kinds of amount that may have a unit behind them → the keys of those that go without saying.
_UNITS_EXPECTED: dict[str, frozenset[str]] = {
    "count": frozenset(
        {"orang", "org", "orng", "jiwa", "pekerja", "karyawan", "tenagakerja", "tk", "unit", "unitusaha"}
    ),
    "quantity": frozenset(),
}


def _whole(value: Fraction | int, limit: int, reason: str) -> int:
    if value.denominator != 1:
        raise Unreadable(reason)
    if value > limit:
        raise Unreadable("too-large", limit=number(limit))
    return int(value)


def _quantity(value: Fraction | int) -> float:
    if value > LARGEST_AMOUNT:
        raise Unreadable("too-large", limit=number(LARGEST_AMOUNT))
    return float(value)


def _percentage(value: Fraction | int) -> float:
    if value > 100:
        raise Unreadable("not-a-percentage")
    return float(value)


_SETTLE: dict[str, Callable[[Fraction | int], float]] = {
    "count": lambda value: _whole(value, _LARGEST["count"], "not-whole"),
    "money": lambda value: _whole(value, _LARGEST["money"], "fraction-of-rupiah"),
    "quantity": _quantity,
    "percent": _percentage,
}


def read_data_period(given: str) -> Read:
    """A year or a month to which data belong. Raises Unreadable."""
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
