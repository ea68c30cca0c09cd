"""Blocks on change: the comparison with earlier periods, and the trend of twelve months."""

from ikmctl.actions.reports.figures import MONTHS_SHOWN, ReportData
from ikmctl.actions.reports.indicators import INDICATORS, Number, titled
from ikmctl.document import Block, Chart, Table, TableColumn, Values
from ikmctl.domain.periods import MONTHS, Period
from ikmctl.domain.scale import percent
from ikmctl.domain.values import kinds
from ikmctl.language import _


def change(data: ReportData) -> Table:
    """Each indicator, compared with the previous period and a year earlier, absolute and in percent."""
    before, year_before = data.period.previous, data.period.year_before
    rows: list[Values] = []
    for indicator in INDICATORS:
        if indicator.in_change:
            now, then, long_ago = (
                indicator.figure(data, span.first, span.last).value for span in (data.period, before, year_before)
            )
            rows.append((indicator.code, now, then, *_difference(now, then), long_ago, *_difference(now, long_ago)))
    columns = (
        TableColumn("indicator", _("Indicator"), titled()),
        TableColumn("now", _title(data.period), kinds.FIGURE, "–"),
        TableColumn("previous", _title(before), kinds.FIGURE, "–"),
        TableColumn("change", _("Change"), kinds.FIGURE, "–"),
        TableColumn("change_percent", "%", kinds.PERCENT, "–"),
        TableColumn("year_before", _title(year_before), kinds.FIGURE, "–"),
        TableColumn("year_change", _("Change from a year earlier"), kinds.FIGURE, "–"),
        TableColumn("year_change_percent", "%", kinds.PERCENT, "–"),
    )
    note = _(
        "Businesses, workers and money are as of the end of each period. Earlier figures are computed from today's "
        "data."
    )
    return Table("change", _("Change from the previous period and from a year earlier"), columns, rows, None, (note,))


def _title(period: Period) -> str:
    return period.title[:1].upper() + period.title[1:]


def _difference(now: Number, then: Number) -> tuple[Number, float | None]:
    if now is None or then is None:
        return None, None
    return now - then, percent(now - then, then)


def trend(data: ReportData) -> list[Block]:
    """The last twelve months up to the end of the period, as a table and two charts."""
    rows = []
    for first, last in data.period.months(MONTHS_SHOWN):
        flow, reached = data.flow(first, last), data.reached(first, last)
        rows.append(
            (
                f"{first:%Y-%m}",
                *flow,
                data.businesses(last),
                reached.events,
                reached.businesses,
            )
        )
    columns = (
        TableColumn("month", _("Month"), kinds.LINE._replace(show=_month)),
        TableColumn("registered", _("Registered"), kinds.COUNT),
        TableColumn("recorded", _("Recorded"), kinds.COUNT, optional=True),
        TableColumn("reopened", _("Reopened"), kinds.COUNT, optional=True),
        TableColumn("closed", _("Closed"), kinds.COUNT),
        TableColumn("closing", _("Closing"), kinds.COUNT),
        TableColumn("events", _("Events"), kinds.COUNT),
        TableColumn("businesses_coached", _("Businesses coached"), kinds.COUNT),
    )
    table = Table("trend", _("Twelve months"), columns, rows)
    labels = tuple(_month(row[0]) for row in rows)
    series = ((_("Businesses"), tuple(row[5] for row in rows)),)
    coached = (
        (_("Registered"), tuple(row[1] for row in rows)),
        (_("Businesses coached"), tuple(row[7] for row in rows)),
    )
    return [
        table,
        Chart("trend_businesses", _("Businesses at the end of each month"), labels, series),
        Chart("trend_activity", _("Registered and coached in each month"), labels, coached),
    ]


def _month(code: str) -> str:
    """The short title of a month: 2021-10 → Okt 2021."""
    return f"{_(MONTHS[int(code[5:7]) - 1])[:3]} {code[:4]}"
