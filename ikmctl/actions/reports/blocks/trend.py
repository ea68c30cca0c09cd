"""Blocks that compare the period with earlier ones, and that show twelve months."""

from ikmctl.actions.reports.figures import MONTHS_SHOWN, ReportData
from ikmctl.actions.reports.indicators import INDICATORS, Number, titled
from ikmctl.document import Block, Chart, Table, TableColumn, Values
from ikmctl.domain import kinds
from ikmctl.domain.periods import MONTHS, Period
from ikmctl.domain.scale import percent
from ikmctl.language import _


def change(ground: ReportData) -> Table:
    """The indicators now, in the previous period and a year before, with the changes as numbers and in percent."""
    before, year_before = ground.period.previous, ground.period.year_before
    rows: list[Values] = []
    for each in INDICATORS:
        if each.in_change:
            now, then, long_ago = (
                each.figure(ground, span.first, span.last).value for span in (ground.period, before, year_before)
            )
            rows.append((each.code, now, then, *_difference(now, then), long_ago, *_difference(now, long_ago)))
    columns = (
        TableColumn("indicator", _("Indicator"), titled()),
        TableColumn("now", _title(ground.period), kinds.FIGURE, "–"),
        TableColumn("previous", _title(before), kinds.FIGURE, "–"),
        TableColumn("change", _("Change"), kinds.FIGURE, "–"),
        TableColumn("change_percent", "%", kinds.PERCENT, "–"),
        TableColumn("year_before", _title(year_before), kinds.FIGURE, "–"),
        TableColumn("year_change", _("Change from a year before"), kinds.FIGURE, "–"),
        TableColumn("year_change_percent", "%", kinds.PERCENT, "–"),
    )
    note = _("Workers and money are as at the end of each period. The earlier figures are as today's data give them.")
    return Table("change", _("Change from the period before and from a year before"), columns, rows, None, (note,))


def _title(period: Period) -> str:
    return period.title[:1].upper() + period.title[1:]


def _difference(now: Number, then: Number) -> tuple[Number, float | None]:
    if now is None or then is None:
        return None, None
    return now - then, percent(now - then, then)


def trend(ground: ReportData) -> list[Block]:
    """The movement, the number and the coaching of businesses in twelve months, as a table and two charts."""
    rows = []
    for first, last in ground.period.months(MONTHS_SHOWN):
        flow, reached = ground.flow(first, last), ground.reached(first, last)
        rows.append(
            (
                f"{first:%Y-%m}",
                *flow,
                ground.businesses(last),
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
    """The abbreviated month and the year: Okt 2021 for 2021-10."""
    return f"{_(MONTHS[int(code[5:7]) - 1])[:3]} {code[:4]}"
