"""Dates as Indonesian offices write them, day first: 11/10/2021 · Senin, 11 Oktober 2021 · 8 s/d 28 Februari 2019."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.domain.values.batches import UNREAD

FIRST_YEAR = 1945
_FIRST_DAY = f"{FIRST_YEAR}-01-01"
#: Western Indonesian Time (UTC+7). It has no summer time, so no time-zone data is needed.
WIB = timezone(timedelta(hours=7))

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "januari january jan", "februari february pebruari feb peb", "maret march mar mrt", "april apr", "mei may",
            "juni june jun", "juli july jul", "agustus august agu agt ags agust aug", "september sep sept",
            "oktober october okt oct", "november nopember nov nop", "desember december des dec",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_WEEKDAY = re.compile(
    r"(?i)^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday),?\s+"
)
_YEAR = re.compile(r"(?a)\d{4}")
_SERIAL = re.compile(r"(?a)\d{5}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_PLAIN = re.compile(r"(?a)(\d{1,2})([ /.-])(\d{1,2}|[A-Za-z]+)\2(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})[\s/.-]+([A-Za-z]+)\.?,?[\s/.-]+(\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"([A-Za-z]+)\.?[\s/-]+(\d{4})|(\d{1,2})[/-](\d{4})|(\d{4})-(\d{1,2})")
_TIME = re.compile(r"[T\s]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2}|WIB|WITA|WIT)?$")
_ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
_TO = r"\s*(?:s/d|s\.d\.?|sd|sampai(?:\s+dengan)?|hingga|to|–|—|-)\s*"
_DAYS = re.compile(r"(?i)(\d{1,2})" + _TO + r"(\d{1,2})(\s+[A-Za-z].*)")
_FAR = re.compile(r"(?i)(.{6,}?)\s*(?:s/d|s\.d\.?|sd|sampai(?:\s+dengan)?|hingga|to|–|—|\s-\s)\s*(.{6,})")


def read_date(text: str) -> tuple[str, tuple[Note, ...]]:
    """The date as ISO text; a two-digit year, a dropped time and a future day are noted. Raises Unreadable."""
    body = _WEEKDAY.sub("", text.strip().lstrip("'"))
    _refuse_foreign_digits(body)
    if found := _TIME.search(body):
        return _read_timestamp(body[: found.start()].strip(), found)
    return _read_day(body)


def read_date_or_month(text: str) -> tuple[str, tuple[Note, ...]]:
    """Like read_date, but a month or a year stands for its first day, which is noted."""
    body = text.strip().lstrip("'")
    _refuse_foreign_digits(body)
    if _YEAR.fullmatch(body):
        found_year, found_month = int(body), 1
    elif found := _MONTH_YEAR.fullmatch(body):
        found_year = int(found[2] or found[4] or found[5])
        found_month = _month(found[1]) if found[1] else int(found[3] or found[6])
    else:
        return read_date(text)
    iso, notes = _checked(found_year, found_month, 1)
    return iso, (note("day-assumed", date=iso), *notes)


def batch_date(texts: Sequence[str]) -> list[str | None]:
    """The result of `read_date` for each text that is empty or a day, month and year without notes; else UNREAD."""
    today = date.today().isoformat()
    return [_plain_date(text, today) if text else None for text in texts]


def _plain_date(text: str, today: str) -> Any:
    found = _PLAIN.fullmatch(text)
    if not found:
        return UNREAD
    day, sign, month, year, iso_year, iso_month, iso_day = found.groups()
    if sign == " " and month.isdigit():
        return UNREAD
    try:
        number = month_named(month) or int(month) if month else int(iso_month)
        iso = date(int(year or iso_year), number, int(day or iso_day)).isoformat()
    except ValueError:
        return UNREAD
    return iso if _FIRST_DAY <= iso <= today else UNREAD


def read_span(text: str) -> tuple[str, str, tuple[Note, ...]]:
    """First and last day of a range such as `13-17 September 2021`; a single date is both. Raises Unreadable."""
    body = _WEEKDAY.sub("", text.strip().lstrip("'"))
    if found := _DAYS.fullmatch(body):
        start, end = found[1] + found[3], found[2] + found[3]
    elif found := _FAR.fullmatch(body):
        end = found[2]
        start = found[1] if _YEAR.search(found[1]) else f"{found[1]} {end[-4:]}"
    else:
        day, notes = read_date(body)
        return day, day, notes
    first, notes = read_date(start)
    last, more = read_date(end)
    return first, last, (*notes, *more)


def read_year(text: str) -> tuple[int, tuple[Note, ...]]:
    """A year from 1800 to this one: businesses may be older than the republic. Raises Unreadable."""
    body = text.strip().lstrip("'").removesuffix(".0")
    if not _YEAR.fullmatch(body):
        raise Unreadable("not-a-year")
    year = int(body)
    if not 1800 <= year <= date.today().year + 1:
        raise Unreadable("date-out-of-range", first=1800, last=date.today().year + 1)
    return year, ()


def _refuse_foreign_digits(body: str) -> None:
    """Raise Unreadable for digits of another script, which Python would take for numbers too."""
    if not body.isascii() and any(sign.isnumeric() and not sign.isascii() for sign in body):
        raise Unreadable("not-ascii-digits")


def _read_day(body: str) -> tuple[str, tuple[Note, ...]]:
    if found := _ISO.fullmatch(body):
        return _checked(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(body):
        return _with_century(found[4], int(found[3]), int(found[1]))
    if found := _NAMED.fullmatch(body):
        return _with_century(found[3], _month(found[2]), int(found[1]))
    if _SERIAL.fullmatch(body):
        raise Unreadable("excel-serial", date=date(1899, 12, 30) + timedelta(days=int(body)))
    if len(body) < 60 and (_DAYS.fullmatch(body) or _FAR.fullmatch(body)):
        raise Unreadable("date-range")
    raise Unreadable("not-a-date")


def month_named(word: str) -> int | None:
    """The number of the month that the word names, in Indonesian or English, short or whole."""
    return _MONTHS.get(word.lower())


def _month(word: str) -> int:
    month = month_named(word)
    if month is None:
        raise Unreadable("not-a-date")
    return month


def _with_century(digits: str, month: int, day: int) -> tuple[str, tuple[Note, ...]]:
    year = int(digits)
    if len(digits) == 4:
        return _checked(year, month, day)
    year += 2000 if year <= date.today().year % 100 + 1 else 1900
    iso, notes = _checked(year, month, day)
    return iso, (note("two-digit-year", year=year), *notes)


def _checked(year: int, month: int, day: int) -> tuple[str, tuple[Note, ...]]:
    today = date.today()
    if year and not FIRST_YEAR <= year <= today.year + 1:
        raise Unreadable("date-out-of-range", first=FIRST_YEAR, last=today.year + 1)
    try:
        when = date(year, month, day)
    except ValueError:
        raise Unreadable("no-such-date") from None
    return when.isoformat(), (note("future-date"),) if when > today else ()


def _read_timestamp(day: str, found: re.Match[str]) -> tuple[str, tuple[Note, ...]]:
    iso, notes = _read_day(_WEEKDAY.sub("", day))
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise Unreadable("no-such-time")
    if not found[4]:
        return iso, notes if (hour, minute, second) == (0, 0, 0) else (*notes, note("time-dropped", date=iso))
    moment = datetime.fromisoformat(iso).replace(hour=hour, minute=minute, second=second, tzinfo=_zone(found[4]))
    local = moment.astimezone(WIB).date().isoformat()
    return local, (*notes, note("time-dropped", date=local))


def _zone(text: str) -> timezone:
    if text == "Z":
        return timezone.utc
    if text in _ZONES:
        return timezone(timedelta(hours=_ZONES[text]))
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        raise Unreadable("no-such-time")
    return timezone((1 if text[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
