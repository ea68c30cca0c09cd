"""Latitude and longitude as offices write them: -0.2298 · -0,2298 · 0°13'47.3" LS · both in one cell · swapped.

Values are stored with 7 decimals, about a centimetre; the 13 to 16 decimals of other programs add no accuracy.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.domain.values.clean_text import clean, is_ditto, is_filler

DECIMALS = 7
Read = tuple[float | None, tuple[Note, ...]]


class _Axis(NamedTuple):
    """Latitude or longitude, with the range of Indonesia and the words for its directions."""

    name: str
    first: float
    last: float
    positive: tuple[str, ...]
    negative: tuple[str, ...]


_LATITUDE = _Axis("latitude", -11.5, 6.5, ("n", "lu", "lintang utara"), ("s", "ls", "lintang selatan"))
_LONGITUDE = _Axis("longitude", 94, 142, ("e", "bt", "bujur timur"), ("w", "bb", "bujur barat"))
_HEMISPHERE = r"(?i:lintang utara|lintang selatan|bujur timur|bujur barat|lu|ls|bt|bb|[nsew])"
_ANGLE = (
    rf"(?a:(?P<before>{_HEMISPHERE})?\s*(?P<sign>[-+−]?)\s*(?P<degrees>\d+(?:[.,]\d+)?)\s*(?:[°º˚]\s*"
    r"(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['’′]\s*(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:[\"”″]|'')?\s*)?)?)?"
    rf"\s*(?P<behind>{_HEMISPHERE})?)"
)
_ONE = re.compile(_ANGLE)
#: What separates two angles in one cell; a comma alone does only between numbers with decimal points.
_BETWEEN = re.compile(r"\s*[;/|]\s*|,\s+|\s+,|\s+(?=[-+−]?\d)")
_PLAIN = re.compile(r"(?a)-?\d{1,3}\.\d+")
_PLAIN_ONES = re.compile(r"(?a)(?:(?:-?\d{1,3}(?:\.\d+|,\d{2,}))?\|)*")
_TWO_PLAIN = re.compile(r"(?a)([-+−]?\d{1,3}\.\d+),([-+−]?\d{1,3}\.\d+)")


@dataclass(frozen=True)
class _Angle:
    """An angle in degrees; `hemisphere` is the word for its direction, if any."""

    degrees: float
    hemisphere: str = ""

    def lies_on(self, axis: _Axis) -> bool:
        """Whether the angle is within Indonesia on this axis."""
        named = not self.hemisphere or self.hemisphere in (*axis.positive, *axis.negative)
        return named and axis.first <= self.degrees <= axis.last


def read_latitude(text: str) -> Read:
    """Degrees north, within Indonesia; of a cell that holds both, the latitude. Raises Unreadable."""
    return _read(text, _LATITUDE, _LONGITUDE)


def read_longitude(text: str) -> Read:
    """Degrees east, within Indonesia; of a cell that holds both, the longitude. Raises Unreadable."""
    return _read(text, _LONGITUDE, _LATITUDE)


def batch_latitude(texts: Sequence[str]) -> list[float | None] | None:
    """The result of `read_latitude` for each text if all are empty or degrees with decimals; else None."""
    return _batch(texts, _LATITUDE)


def batch_longitude(texts: Sequence[str]) -> list[float | None] | None:
    """The result of `read_longitude` for each text if all are empty or degrees with decimals; else None."""
    return _batch(texts, _LONGITUDE)


def _batch(texts: Sequence[str], axis: _Axis) -> list[float | None] | None:
    joined = "|".join(texts) + "|"
    if not texts or joined.count("|") != len(texts) or not _PLAIN_ONES.fullmatch(joined):
        return None
    values = [float(text) if text else None for text in joined.replace(",", ".")[:-1].split("|")]
    given = [value for value in values if value is not None]
    if given and not axis.first <= min(given) <= max(given) <= axis.last:
        return None
    return [None if value is None else round(value, DECIMALS) + 0.0 for value in values]


@dataclass(frozen=True)
class Coordinates:
    """The latitude and longitude of a place, read from two cells; a cell that cannot be read has a problem instead."""

    latitude: float | None = None
    longitude: float | None = None
    notes: tuple[Note, ...] = ()
    latitude_problem: Unreadable | None = None
    longitude_problem: Unreadable | None = None


def read_coordinates(latitude: str, longitude: str) -> Coordinates:
    """The coordinates in the texts of both columns; either text may be "", and one of them may contain both.

    Swapped values are corrected if they cannot be right otherwise. 0, 0 is not in Indonesia and means no value.
    """
    if not longitude.strip() or not latitude.strip():
        both = _split(latitude or longitude)
        if both:
            return _of_one_cell(both)
    north, north_problem = _try_read(latitude, _LATITUDE, _LONGITUDE)
    east, east_problem = _try_read(longitude, _LONGITUDE, _LATITUDE)
    zero = bool(east and east[0] is None and "0" in longitude)  # as a longitude 0 is no value
    if _is_swapped(north_problem) and (zero or _is_swapped(east_problem)):
        return replace(read_coordinates(longitude, latitude), notes=(note("coordinates-swapped"),))
    if zero and north and north[0] == 0:
        return Coordinates(notes=(note("empty-word", text=f"{latitude.strip()}, {longitude.strip()}"),))
    notes = dict.fromkeys((*(north or (None, ()))[1], *(east or (None, ()))[1]))
    return Coordinates(
        north[0] if north else None, east[0] if east else None, tuple(notes), north_problem, east_problem
    )


def _of_one_cell(both: tuple[_Angle, _Angle]) -> Coordinates:
    if both[0].degrees == both[1].degrees == 0:
        return Coordinates(notes=(note("empty-word", text="0, 0"),))
    try:
        values, notes = _settle_pair(both)
    except Unreadable as problem:
        return Coordinates(latitude_problem=problem, longitude_problem=problem)
    return Coordinates(*values, notes)


def _is_swapped(problem: Unreadable | None) -> bool:
    return problem is not None and problem.code == "swapped-coordinate"


def _try_read(text: str, axis: _Axis, other: _Axis) -> tuple[Read | None, Unreadable | None]:
    if not text.strip():
        return (None, ()), None
    try:
        return _read(text, axis, other), None
    except Unreadable as problem:
        return None, problem


def _read(text: str, axis: _Axis, other: _Axis) -> Read:
    if _PLAIN.fullmatch(text) and axis.first <= float(text) <= axis.last:
        return round(float(text), DECIMALS) + 0.0, ()
    if is_filler(text, "9"):
        return None, (note("empty-word", text=text.strip()),)
    if is_ditto(text):
        raise Unreadable("ditto")
    both = _split(text)
    if both:
        if both[0].degrees == both[1].degrees == 0:
            return None, (note("empty-word", text=" ".join(text.split())),)
        values, notes = _settle_pair(both)
        return values[axis is _LONGITUDE], notes
    angle = _angle(text)
    if angle.lies_on(axis):
        return round(angle.degrees, DECIMALS) + 0.0, ()
    if angle.degrees == 0 and axis is _LONGITUDE:
        return None, (note("empty-word", text=text.strip()),)
    if angle.lies_on(other):
        raise Unreadable("swapped-coordinate")
    raise Unreadable("not-a-coordinate" if abs(angle.degrees) < 1000 else "not-degrees")


def _settle_pair(both: tuple[_Angle, _Angle]) -> tuple[tuple[float, float], tuple[Note, ...]]:
    """The latitude and longitude of two angles in one cell, in either order."""
    first, second = both
    in_one_cell = note("coordinates-in-one")
    if first.lies_on(_LATITUDE) and second.lies_on(_LONGITUDE):
        return (_rounded(first), _rounded(second)), (in_one_cell,)
    if second.lies_on(_LATITUDE) and first.lies_on(_LONGITUDE):
        return (_rounded(second), _rounded(first)), (in_one_cell, note("coordinates-swapped"))
    raise Unreadable("not-a-coordinate")


def _rounded(angle: _Angle) -> float:
    return round(angle.degrees, DECIMALS) + 0.0  # + 0.0: -0.0 is 0


def _split(text: str) -> tuple[_Angle, _Angle] | None:
    """The two angles of a cell that contains latitude and longitude; None for any other cell."""
    body = text.strip().lstrip("'").strip(" ()[]")
    if found := _TWO_PLAIN.fullmatch(body):
        parts = [found[1], found[2]]
    elif body in ("0,0", "0, 0"):
        parts = ["0", "0"]
    else:
        parts = next((halves for at in _BETWEEN.finditer(body) if (halves := _halves(body, at))), [])
    try:
        return (_angle(parts[0]), _angle(parts[1])) if parts else None
    except Unreadable:
        return None


def _halves(body: str, at: re.Match[str]) -> list[str]:
    """The text before and after a separator if both are angles, else an empty list."""
    halves = [body[: at.start()], body[at.end() :]]
    return halves if all(_ONE.fullmatch(half.strip()) for half in halves) else []


def _angle(text: str) -> _Angle:
    """One angle. Raises Unreadable."""
    found = _ONE.fullmatch(text.strip().lstrip("'").replace("\u00a0", " ").strip())
    if not found:
        clean(text, 200)  # says of a control character what it is
        raise Unreadable("not-a-coordinate")
    degrees, minutes, seconds = (
        float((found[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
    )
    if minutes >= 60 or seconds >= 60 or (found["before"] and found["behind"]):
        raise Unreadable("not-a-coordinate")
    size = degrees + minutes / 60 + seconds / 3600
    hemisphere = (found["before"] or found["behind"] or "").casefold()
    south = hemisphere in (*_LATITUDE.negative, *_LONGITUDE.negative)
    negative = found["sign"] in ("-", "−") if found["sign"] else south
    if hemisphere and negative != south:
        raise Unreadable("not-a-coordinate")
    return _Angle(-size if negative else size, hemisphere)
