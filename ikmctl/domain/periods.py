"""Months, quarters, halves and years."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from ikmctl.errors import UnknownPeriod
from ikmctl.language import N_, _

MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_PARTS = {"Q": 3, "H": 6}


@dataclass(frozen=True)
class Period:
    """A span of whole months: `2021-10`, `2021-Q4`, `2021-H2` or `2021`."""

    code: str
    first: date
    last: date

    @property
    def title(self) -> str:
        """Oktober 2021, triwulan 4 2021 … in the language in use."""
        year = str(self.first.year)
        if re.fullmatch(r"\d{4}-\d{2}", self.code):
            return f"{_(MONTHS[self.first.month - 1])} {year}"
        if "-Q" in self.code:
            return _("quarter {part} of {year}").format(part=self.code[-1], year=year)
        if "-H" in self.code:
            return _("half {part} of {year}").format(part=self.code[-1], year=year)
        return year


def _of(code: str, year: int, month: int, months: int) -> Period:
    last_month = month + months - 1
    return Period(code, date(year, month, 1), date(year, last_month, calendar.monthrange(year, last_month)[1]))


def read_period(text: str) -> Period:
    """The period that the text names; raises UnknownPeriod."""
    code = text.strip().upper()
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


def last_ended_month(today: date) -> Period:
    """The month before the one that `today` lies in."""
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    return _of(f"{year}-{month:02}", year, month, 1)


def period_or_last_month(text: str | None) -> Period:
    """The period that the text names; without one the last month that has ended. Raises UnknownPeriod."""
    return read_period(text) if text else last_ended_month(date.today())
