"""The indicators, each declared once for reports, targets, comparisons and files of indicators.

Their definitions are in docs/domain.md, “Indicators”.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from ikmctl.actions.reports.figures import ReportData
from ikmctl.domain.choices import Choice
from ikmctl.domain.scale import SENTRA_MINIMUM, percent
from ikmctl.domain.values import kinds
from ikmctl.domain.values.kinds import Kind
from ikmctl.language import N_, _

BUSINESSES, PEOPLE, RUPIAH, PERCENT = N_("businesses"), N_("people"), "Rp", "%"
EVENTS, GROUPS, SENTRA = N_("events"), N_("groups"), N_("sentra")

Number = int | float | None


class Figure(NamedTuple):
    """The value of an indicator, None if it is not known; `missing` is the number of businesses without a value."""

    value: Number
    missing: int | None = None


class Indicator(NamedTuple):
    """An indicator: its stable code, label and unit, and the function that computes it for a span of days.

    `words` are other names that an officer may type. Indicators with `in_change` are in the report's table of changes:
    computing the others too would double the time of the report. A comparison of cities uses `relative` indicators as
    they are and `per_thousand` ones per 1,000 businesses; with `more_is_better` a higher value is better. A value with
    `at_end` is that of the last day of the span; the others count what happened in the span.
    """

    code: str
    label: str
    unit: str
    compute: Callable[[ReportData, date, date], Figure | Number]
    words: tuple[str, ...] = ()
    in_change: bool = False
    per_thousand: bool = False
    relative: bool = False
    more_is_better: bool = False
    at_end: bool = False

    @property
    def title(self) -> str:
        """The label in the language in use, with the unit if it is rupiah or percent."""
        return f"{_(self.label)} ({self.unit})" if self.unit in (RUPIAH, PERCENT) else _(self.label)

    @property
    def kind(self) -> Kind:
        """The kind of its values, which says how they are read and shown."""
        return {RUPIAH: kinds.MONEY, PERCENT: kinds.PERCENT}.get(self.unit, kinds.COUNT)

    def figure(self, data: ReportData, start: date, end: date) -> Figure:
        """The value from `start` to `end`, with the number of businesses without a value."""
        computed = self.compute(data, start, end)
        return computed if isinstance(computed, Figure) else Figure(computed)


def _sum(name: str) -> Callable[[ReportData, date, date], Figure]:
    """A function that sums a field over the businesses that have a value; None if no business has one."""

    def compute(data: ReportData, _start: date, end: date) -> Figure:
        amounts = data.amounts(end)
        known = getattr(amounts, f"{name}_known")
        return Figure(getattr(amounts, name) if known else None, amounts.businesses - known)

    return compute


#: Growth is unknown if more than this share of the businesses was recorded in the span: a list was taken over.
_MOST_RECORDED_PERCENT = 5


def _growth(data: ReportData, start: date, end: date) -> Number:
    """The net change by registered, reopened and closed businesses, in percent of those at the start."""
    flow = data.flow(start, end)
    opening = data.businesses(end) - flow.net
    if 100 * flow.recorded > _MOST_RECORDED_PERCENT * opening:
        return None
    return percent(flow.net - flow.recorded, opening)


#: All indicators in the order in which they are shown. A code never changes its meaning: files and targets keep it.
INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "businesses", N_("Businesses"), BUSINESSES, lambda data, _start, end: data.businesses(end),
        ("IKM", "jumlah IKM", "businesses at the end"), in_change=True, at_end=True,
    ),
    Indicator(
        "registered", N_("Newly registered"), BUSINESSES, lambda data, start, end: data.flow(start, end).registered,
        ("IKM baru", "new IKM", "IKM registered", "new businesses", "businesses registered"),
        in_change=True, per_thousand=True,
    ),
    Indicator(
        "closed", N_("Businesses closed"), BUSINESSES, lambda data, start, end: data.flow(start, end).closed,
        ("IKM closed", "closed businesses"), in_change=True, per_thousand=True,
    ),
    Indicator("growth_percent", N_("Growth"), PERCENT, _growth, relative=True, more_is_better=True),
    Indicator(
        "formal", N_("With a NIB"), BUSINESSES, lambda data, _start, end: data.formal(end), ("IKM formal",),
        at_end=True,
    ),
    Indicator(
        "formal_percent", N_("Formal share"), PERCENT,
        lambda data, _start, end: percent(data.formal(end), data.businesses(end)),
        relative=True, more_is_better=True, at_end=True,
    ),
    Indicator(
        "workers", N_("Workers"), PEOPLE, _sum("workers"), ("workers at the end",),
        in_change=True, per_thousand=True, more_is_better=True, at_end=True,
    ),
    Indicator(
        "investment", N_("Investment"), RUPIAH, _sum("investment"), ("nilai investasi", "investment at the end"),
        in_change=True, per_thousand=True, at_end=True,
    ),
    Indicator(
        "production_value", N_("Production"), RUPIAH, _sum("production_value"),
        ("nilai produksi", "production at the end"),
        in_change=True, per_thousand=True, more_is_better=True, at_end=True,
    ),
    Indicator(
        "value_added", N_("Value added"), RUPIAH, _sum("value_added"),
        per_thousand=True, more_is_better=True, at_end=True,
    ),
    Indicator(
        "events", N_("Events"), EVENTS, lambda data, start, end: data.reached(start, end).events,
        ("jumlah kegiatan",), in_change=True, per_thousand=True, more_is_better=True,
    ),
    Indicator(
        "participants", N_("Participants"), PEOPLE, lambda data, start, end: data.reached(start, end).attendances,
        ("jumlah peserta", "attendances"), in_change=True, per_thousand=True, more_is_better=True,
    ),
    Indicator(
        "businesses_coached", N_("Businesses coached"), BUSINESSES,
        lambda data, start, end: data.reached(start, end).businesses,
        ("jumlah IKM dibina", "IKM coached", "coached"), in_change=True,
    ),
    Indicator(
        "coverage_percent", N_("Coverage"), PERCENT,
        lambda data, start, end: percent(data.reached(start, end).businesses, data.businesses(end)),
        ("cakupan bina IKM", "coverage of IKM"), relative=True, more_is_better=True,
    ),
    Indicator(
        "new_entrepreneurs", N_("New entrepreneurs"), BUSINESSES,
        lambda data, start, end: data.entrepreneurs(start, end), ("WUB",), per_thousand=True, more_is_better=True,
    ),
    Indicator(
        "groups", N_("Groups"), GROUPS, lambda data, _start, end: len(data.groups(end)),
        per_thousand=True, at_end=True,
    ),
    Indicator(
        "group_members", N_("Members of groups"), BUSINESSES,
        lambda data, _start, end: sum(group.members for group in data.groups(end)), per_thousand=True, at_end=True,
    ),
    Indicator(
        "groups_coached", N_("Groups coached"), GROUPS, lambda data, start, end: data.reached(start, end).groups,
        ("kelompok usaha dibina",), in_change=True,
    ),
    Indicator(
        "group_coverage_percent", N_("Coverage of groups"), PERCENT,
        lambda data, start, end: percent(data.reached(start, end).groups, len(data.groups(end))),
        ("group coverage",), relative=True, more_is_better=True,
    ),
    Indicator(
        "sentra", N_("Sentra"), SENTRA, lambda data, _start, end: len(data.sentra(end)),
        ("sentra aktif", "active sentra", "sentra at the end"), per_thousand=True, at_end=True,
    ),
    Indicator(
        "sentra_of_five", N_("Sentra of 5 or more"), SENTRA,
        lambda data, _start, end: sum(sentra.members >= SENTRA_MINIMUM for sentra in data.sentra(end)), at_end=True,
    ),
    Indicator(
        "sentra_members", N_("Members of sentra"), BUSINESSES,
        lambda data, _start, end: sum(sentra.members for sentra in data.sentra(end)),
        per_thousand=True, more_is_better=True, at_end=True,
    ),
)  # fmt: skip

BY_CODE: Mapping[str, Indicator] = {indicator.code: indicator for indicator in INDICATORS}
CHOICES = tuple(Choice(indicator.code, indicator.label, indicator.words) for indicator in INDICATORS)


def titled() -> Kind:
    """The kind of a column that contains codes of indicators and shows their titles."""
    return kinds.named("indicator", {indicator.code: indicator.title for indicator in INDICATORS})
