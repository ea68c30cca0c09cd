"""Numbers as Indonesian offices write them: 1.500.000,00 · Rp 1.500.000,- · 1,5 juta · 28,000."""

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from ikmctl import language
from ikmctl.domain.problems import Note, Unreadable, note


class Style(Enum):
    """Which separator groups thousands in a column; the other one marks decimals."""

    DOT = "."
    COMMA = ","


@dataclass(frozen=True)
class Number:
    """A parsed number: the value, the style that its text proves, and whether it could mean something else."""

    value: Fraction | int
    proves: Style | None = None
    #: The separator of a text such as `1.500` if it may group thousands or mark decimals and nothing decided it.
    ambiguous: Style | None = None
    notes: tuple[Note, ...] = ()
    #: Whether the text has its own unit, as `250 juta` does.
    scaled: bool = False


_SCALES = {
    "rb": 10**3, "ribu": 10**3, "jt": 10**6, "juta": 10**6, "m": 10**9, "miliar": 10**9, "milyar": 10**9,
    "t": 10**12, "triliun": 10**12, "trilyun": 10**12,
}  # fmt: skip
_CURRENCY = re.compile(r"(?i)^(?:rp|idr)\s*\.?\s*")
_WORD = re.compile(r"(?i)\s*([a-z]+)\.?$")
_TAIL = re.compile(r"[,.]\s*[-–=]+$")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
#: A number and the unit behind it: `20 set`, `3000 ton/panen`, `15 m2`.
_UNIT = re.compile(r"(?a)(.*?\d[.,]?)\s*((?:c?m[23]|[A-Za-z][A-Za-z.]*)(?:\s?/\s?[A-Za-z]+|\s[A-Za-z]+)?)")
_SHORT_UNITS = frozenset({"g", "l", "m", "t", "m2", "m3"})
_APPROXIMATE = re.compile(
    r"(?i)^\s*(?:[±~≈<>≤≥]|\+/?-|kurang lebih|lebih kurang|lebih dari|kurang dari|kira-?\s?kira|sekitar|k\.?l\.?\s).*\d"
    r"|\d\s*-?\s*(?:an|lebih|lbh|kurang lebih|lebih kurang)(?:\s+[a-z]+)?\s*$"
)
_LETTER = re.compile(r"[A-Za-z]")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_SPACES = str.maketrans("\u00a0\u2009\u202f", "   ")
_SHAPES = re.compile(  # what a number proves of the style of its column; the first shape that fits is taken
    r"(?P<neither>\d+)"
    r"|(?P<dot>\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d{4,},\d{3}|\d+,(?:\d{1,2}|\d{4,})|0+,\d+)"
    r"|(?P<comma>\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+|\d{4,}\.\d{3}|\d+\.(?:\d{1,2}|\d{4,})|0+\.\d+)"
    r"|(?P<either>\d{1,3}[.,]\d{3})"
)
_PROVES = {"neither": None, "dot": Style.DOT, "comma": Style.COMMA}
_LONGEST = 40
#: What another program stores in place of a larger number: the real one is lost.
LARGEST_OF_DATABASES = frozenset({"2147483647", "4294967295", "9223372036854775807"})


def read_number(text: str, style: Style | None = None) -> Number:
    """The exact value. `style` decides about `1.500` and `1,500`; without it a dot groups and a comma is refused.

    Raises Unreadable.
    """
    if len(text) < 10 and text.isascii() and text.isdigit():
        return Number(int(text))
    try:
        return _read_number(text, style)
    except Unreadable as problem:
        if problem.code in ("not-a-number", "not-ascii-digits") and _APPROXIMATE.search(text[:_LONGEST]):
            raise Unreadable("approximate") from None
        raise


def _read_number(text: str, style: Style | None) -> Number:
    stripped = text.strip()
    notes = (note("spaces-removed"),) if stripped != text else ()
    stripped = stripped.lstrip("'").translate(_SPACES).strip()
    if len(stripped) > _LONGEST:
        raise Unreadable("too-large", limit=f"10^{_LONGEST}")
    if stripped in LARGEST_OF_DATABASES:
        raise Unreadable("overflow")
    if not stripped.isascii():
        raise Unreadable("not-ascii-digits" if _has_foreign_digit(stripped) else "not-a-number")
    if _SCIENTIFIC.fullmatch(stripped):
        raise Unreadable("scientific")
    body = _TAIL.sub("", _CURRENCY.sub("", stripped)).strip()
    if body.startswith("-"):
        return _negative(body, style)
    body, scale = _split_scale(body)
    value, proves, ambiguous = _read_digits(body, style, scale)
    return Number(value * scale, proves, ambiguous, notes, scale > 1)


def has_scale(text: str) -> bool:
    """Whether an amount has a unit of its own, as `5 juta` and `Rp 300 ribu` do."""
    found = _WORD.search(text)
    return found is not None and found[1].lower() in _SCALES


def split_unit(text: str) -> tuple[str, str]:
    """The number and the unit of a text such as `20 set` or `3000 ton/panen`; the unit is "" if none follows.

    A word for an amount (`juta`) is part of the number, and so is a single letter that is not a unit.
    """
    found = _UNIT.fullmatch(text.strip()) if _LETTER.search(text) else None
    if not found or _APPROXIMATE.search(text):
        return text, ""
    number, unit = found[1], found[2]
    first = re.split(r"[\s/]", unit, maxsplit=1)[0].rstrip(".").casefold()
    if first in _SCALES and first not in _SHORT_UNITS:  # 2 juta, 2 ribu buah
        behind = unit[len(first) :].strip(" .")
        return (f"{number} {first}", behind) if behind.isalpha() else (text, "")
    return (number, unit) if len(first) > 1 or first in _SHORT_UNITS else (text, "")


def _has_foreign_digit(text: str) -> bool:
    return any(character.isnumeric() and not character.isascii() for character in text) or "−" in text


def _negative(body: str, style: Style | None) -> Number:
    value, proves, ambiguous = _read_digits(body[1:].strip(), style, 1)
    if value:
        raise Unreadable("negative")
    return Number(value, proves, ambiguous)


def _split_scale(body: str) -> tuple[str, int]:
    found = _WORD.search(body)
    if not found:
        return body, 1
    scale = _SCALES.get(found[1].lower())
    if scale is None:
        raise Unreadable("not-a-number")
    return body[: found.start()].strip(), scale


def _read_digits(body: str, style: Style | None, scale: int) -> tuple[Fraction | int, Style | None, Style | None]:
    """The value, the style that the text proves, and the separator that is ambiguous."""
    if body.endswith(".0") and body[-3:-2].isdigit():
        body = body[:-2]
    if " " in body and _SPACED.fullmatch(body):
        body = body.replace(" ", "")
    found = _SHAPES.fullmatch(body)
    if not found:
        raise Unreadable("unexpected-percent" if body.endswith("%") else "not-a-number")
    if found.lastgroup != "either":
        proves = _PROVES[found.lastgroup or ""]
        return _value(body, proves or Style.DOT), proves, None
    if style is None and "," in body:
        one, other = (_value(body, Style.COMMA) * scale, _value(body, Style.DOT) * scale)
        raise Ambiguous(one, other)
    return _value(body, style or Style.DOT), None, None if style else Style.DOT


def _value(body: str, style: Style) -> Fraction | int:
    decimal = "," if style is Style.DOT else "."
    whole, _sign, decimals = body.replace(style.value, "").partition(decimal)
    # Most amounts are whole, and a Fraction takes eight times as long to make as an int.
    return Fraction(f"{whole}.{decimals}") if decimals.strip("0") else int(whole)


class Ambiguous(Unreadable):
    """A number that is ambiguous unless another cell of its column proves the style."""

    def __init__(self, one: Fraction | int, other: Fraction | int) -> None:
        super().__init__("ambiguous-number", one=_plainly(one), other=_plainly(other))


def _plainly(value: Fraction | int) -> str:
    """The number with all its digits, in the language in use."""
    return language.number(int(value) if value.denominator == 1 else float(value))
