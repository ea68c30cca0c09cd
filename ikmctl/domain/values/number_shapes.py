"""Numbers of one shape are read alike: `1.500.000` and `2.750.000` are the digits alone. A column has few shapes."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ikmctl.domain.values.batches import UNREAD, translate_all
from ikmctl.domain.values.numbers import LARGEST_OF_DATABASES, Number, Style


@dataclass(frozen=True)
class _Shape:
    """How the digits of all texts of one shape make their number: multiplied by `times`, divided by `by`."""

    times: int
    by: int
    like: Number


#: (style, kind of amount) → text with 1 for each digit → how it is read.
_shapes: dict[tuple[Style | None, str], dict[str, _Shape]] = {}
_MOST_SHAPES = 500
_DIGITS = "0123456789"
_TO_SHAPE = str.maketrans(_DIGITS, "1" * 10)
_TO_DIGITS = {code: None for code in range(128) if chr(code) not in _DIGITS + "|"}
_ZERO_ALONE = re.compile(r"\.0(?!\d)")
_POWERS = frozenset(10**power for power in range(31))
#: Whole numbers without separators, as `read_amount` reads them first.
_PLAIN = {"1" * count: _Shape(1, 1, Number(1)) for count in range(1, 10)}


def read_many(
    given: Sequence[str], style: Style | None, kind: str, unit: int, largest: int
) -> tuple[list[Any], Collection[Number]] | None:
    """The whole numbers in the texts times `unit`, and a number of each shape that occurs, to see what it proves.

    A number with notes is a pair of both. An empty text is None, a text of an unknown shape or over `largest` UNREAD.
    """
    shapes, digits = translate_all(given, _TO_SHAPE), translate_all(given, _TO_DIGITS)
    if shapes is None or digits is None or _ZERO_ALONE.search("|".join(given)):
        return None
    known = _PLAIN | _shapes.get((style, kind), {})
    usual = {
        text: (shape.times * unit, shape.by, shape.like.notes)
        for text in set(shapes)
        if (shape := known.get(text)) and not (shape.like.scaled and unit > 1)
    }
    values: list[Any] = []
    for text, written_as, number in zip(given, shapes, digits, strict=True):
        factors = usual.get(written_as)
        if factors is None or _may_mean_more(number):
            values.append(UNREAD if text else None)
            continue
        value, rest = divmod(int(number) * factors[0], factors[1])
        values.append(UNREAD if rest or value > largest else (value, factors[2]) if factors[2] else value)
    occurring = {shape for shape, value in zip(shapes, values, strict=True) if value is not UNREAD and shape}
    return values, [known[shape].like for shape in occurring]


def remember(given: str, style: Style | None, kind: str, found: Number) -> None:
    """Remember how a text was read, if only its digits tell it from others of its shape.

    A zero in front, `.0` behind a whole number and a digit in the unit (`15 m2`) have a meaning of their own.
    """
    shapes = _shapes.setdefault((style, kind), {})
    if len(shapes) >= _MOST_SHAPES or not given.isascii() or _ZERO_ALONE.search(given):
        return
    if found.value <= 0:
        return
    digits = given.translate(_TO_DIGITS)
    if digits[0] == "0" or "|" in digits:
        return
    times = Fraction(found.value) / int(digits)
    if max(times.numerator, times.denominator) in _POWERS and 1 in times.as_integer_ratio():
        shapes[given.translate(_TO_SHAPE)] = _Shape(times.numerator, times.denominator, found)


def _may_mean_more(digits: str) -> bool:
    """Whether the digits may be a filler, another program's largest number, or a number with a zero in front."""
    return digits[0] == "0" or digits in LARGEST_OF_DATABASES or not digits.strip(digits[0])
