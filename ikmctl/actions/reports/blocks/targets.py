"""The block of targets and their realisation by quarter."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ikmctl.actions.reports.figures import ReportData
from ikmctl.actions.reports.indicators import BY_CODE, Number, titled
from ikmctl.document import Table, TableColumn
from ikmctl.domain.periods import read_period
from ikmctl.domain.scale import percent
from ikmctl.domain.values import kinds
from ikmctl.language import _
from ikmctl.registry.reports import EVERYWHERE, closed_months


def targets(data: ReportData) -> Table:
    """Each target of the year, with what was reached by the end of each quarter and of the period."""
    year = data.period.last.year
    set_targets = closed_months.targets(data.connection, year) if data.scope == EVERYWHERE else []
    rows = [_row(data, code, year, value) for code, _year, value in set_targets]
    columns = [
        TableColumn("indicator", _("Indicator"), titled()),
        TableColumn("target", _("Target {year}").format(year=year), kinds.FIGURE),
    ]
    for quarter in range(1, 5):
        columns += [
            TableColumn(f"q{quarter}", _("Quarter {quarter}").format(quarter=quarter), kinds.FIGURE, "–"),
            TableColumn(f"q{quarter}_percent", "%", kinds.PERCENT, "–"),
        ]
    columns += [
        TableColumn("realisation", _("To date"), kinds.FIGURE, "–"),
        TableColumn("realisation_percent", "%", kinds.PERCENT, "–"),
    ]
    title = _("Targets and realisation {year}").format(year=year)
    return Table("targets", title, tuple(columns), rows, None, tuple(_what_is_measured([row[0] for row in rows])))


def _what_is_measured(codes: Sequence[str]) -> Iterator[str]:
    """Which of the indicators count from January on, and which are as of a day."""
    known = [BY_CODE[code] for code in codes if code in BY_CODE]
    counted = ", ".join(indicator.title for indicator in known if not indicator.at_end)
    standing = ", ".join(indicator.title for indicator in known if indicator.at_end)
    if counted:
        yield _("From January to the end of each quarter: {indicators}.").format(indicators=counted)
    if standing:
        yield _("As of the end of each quarter: {indicators}.").format(indicators=standing)
    if known:
        yield _("%: share of the year's target.")


def _row(data: ReportData, code: str, year: int, target: Number) -> tuple[Any, ...]:
    """The row of a target; without values for an indicator that ikmctl does not know."""

    def reached(end: date) -> tuple[Number, float | None]:
        value = BY_CODE[code].figure(data, date(year, 1, 1), end).value if code in BY_CODE else None
        return value, None if value is None else percent(value, target or 0)

    last = data.period.last
    cells: list[Number] = []
    for quarter in range(1, 5):
        end = read_period(f"{year}-Q{quarter}").last
        cells += reached(end) if end <= last else (None, None)
    return code, target, *cells, *reached(last)
