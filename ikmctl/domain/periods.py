"""Months, quarters, halves and years."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from ikmctl import language
from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values.dates import month_named, read_date
from ikmctl.errors import EndBeforeStart, UnknownDay, UnknownPeriod, UnknownSince
from ikmctl.language import N_, _

MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_PARTS = {"Q": 3, "H": 6}


@dataclass(frozen=True)
class Period:
    """A span of whole months, `2021-10`, `2021-Q4`, `2021-H2` or `2021`, or of days, `2021-10-04..2021-10-17`."""

    code: str
    first: date
    last: date

    @property
    def title(self) -> str:
        """The name of the period in the language in use: Oktober 2021, triwulan 4 tahun 2021."""
        year = str(self.first.year)
        if re.fullmatch(r"\d{4}-\d{2}", self.code):
            return f"{_(MONTHS[self.first.month - 1])} {year}"
        if "-Q" in self.code:
            return _("quarter {part} of {year}").format(part=self.code[-1], year=year)
        if "-H" in self.code:
            return _("half {part} of {year}").format(part=self.code[-1], year=year)
        if ".." in self.code:
            first, last = (language.date_in_words(day.isoformat()) for day in (self.first, self.last))
            return _("{first} to {last}").format(first=first, last=last)
        return year

    @property
    def is_month(self) -> bool:
        """Whether the period is one whole month."""
        return len(self.code) == len("2021-10") and self.code[5:].isdigit()

    @property
    def previous(self) -> "Period":
        """The period of the same length immediately before this one."""
        if ".." in self.code:
            return span(self.first - (self.last - self.first) - timedelta(days=1), self.first - timedelta(days=1))
        return self._shifted(self._length)

    @property
    def year_before(self) -> "Period":
        """The same period one year earlier."""
        if ".." in self.code:
            return span(_a_year_before(self.first), _a_year_before(self.last))
        return self._shifted(12)

    @property
    def _length(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def _shifted(self, months: int) -> "Period":
        """The period of whole months so many months earlier."""
        year, month = _split(self.first.year * 12 + self.first.month - 1 - months)
        return _of(_code(year, month, self._length), year, month, self._length)

    def months(self, count: int) -> list[tuple[date, date]]:
        """The first and last day of each of `count` months; the last one is that in which this period ends."""
        last = self.last.year * 12 + self.last.month - 1
        spans = [_of("", *_split(month), 1) for month in range(last - count + 1, last + 1)]
        return [(span.first, min(span.last, self.last)) for span in spans]


def _split(months: int) -> tuple[int, int]:
    year, month = divmod(months, 12)
    return year, month + 1


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, calendar.monthrange(day.year - 1, day.month)[1]))


def _code(year: int, month: int, months: int) -> str:
    return {
        1: f"{year}-{month:02}", 3: f"{year}-Q{(month + 2) // 3}", 6: f"{year}-H{(month + 5) // 6}", 12: f"{year}"
    }[months]  # fmt: skip


def span(first: date, last: date) -> Period:
    """The period from one day to another. Raises EndBeforeStart."""
    if last < first:
        raise EndBeforeStart(start=first, end=last)
    return Period(f"{first}..{last}", first, last)


def _of(code: str, year: int, month: int, months: int) -> Period:
    last_month = month + months - 1
    return Period(code, date(year, month, 1), date(year, last_month, calendar.monthrange(year, last_month)[1]))


def read_period(text: str) -> Period:
    """The period that the text names; raises UnknownPeriod."""
    code = _as_code(text.strip().upper())
    if days := re.fullmatch(r"((?:19|20)\d{2}-\d{2}-\d{2})\.\.((?:19|20)\d{2}-\d{2}-\d{2})", code, re.ASCII):
        try:
            return span(date.fromisoformat(days[1]), date.fromisoformat(days[2]))
        except ValueError:
            raise UnknownPeriod(text=text) from None
    found = re.fullmatch(r"((?:19|20)\d{2})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?", code, re.ASCII)
    if not found:
        raise UnknownPeriod(text=text)
    year = int(found[1])
    if found[2]:
        return _of(code, year, int(found[2]), 1)
    for letter, part in (("Q", found[3]), ("H", found[4])):
        if part:
            months = _PARTS[letter]
            return _of(code, year, (int(part) - 1) * months + 1, months)
    return _of(code, year, 1, 12)


def _as_code(text: str) -> str:
    """The text with `OKTOBER 2021` or `10/2021` written as 2021-10; any other text unchanged."""
    if found := re.fullmatch(r"([A-Z]+)\.? ((?:19|20)\d{2})", text, re.ASCII):
        month = month_named(found[1])
        return f"{found[2]}-{month:02}" if month else text
    if found := re.fullmatch(r"(0?[1-9]|1[0-2])/((?:19|20)\d{2})", text, re.ASCII):
        return f"{found[2]}-{int(found[1]):02}"
    return text


def read_days(text: str) -> tuple[date, date]:
    """First and last day of what the text names: a day, a month, a quarter, a half or a year. Raises UnknownDay."""
    try:
        period = read_period(text)
        return period.first, period.last
    except UnknownPeriod:
        pass
    try:
        day = date.fromisoformat(read_date(text)[0])
    except Unreadable:
        raise UnknownDay(text=text) from None
    if not 1900 <= day.year < 2100:
        raise UnknownDay(text=text)
    return day, day


_YEARS, _MONTHS = "y|yr|years?|th|thn|tahun", "m|mo|months?|bl|bln|bulan"
_AGO = re.compile(rf"(?ai)(\d{{1,3}})\s*(?:({_YEARS})|({_MONTHS}))\.?")


def read_since(text: str, today: date) -> date:
    """The day that the text names: `2y` and `18 bulan` count back from today, a month or year means its first day.

    Raises UnknownSince.
    """
    if found := _AGO.fullmatch(text.strip()):
        months = int(found[1]) * (12 if found[2] else 1)
        year, month = _split(today.year * 12 + today.month - 1 - months)
        if year >= 1900:
            return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    try:
        return read_days(text)[0]
    except UnknownDay:
        raise UnknownSince(text=text) from None


def last_ended_month(today: date) -> Period:
    """The month before the one of `today`."""
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    return _of(f"{year}-{month:02}", year, month, 1)


def period_or_last_month(text: str | None) -> Period:
    """The period that the text names; without one the last month that has ended. Raises UnknownPeriod."""
    return read_period(text) if text else last_ended_month(date.today())
