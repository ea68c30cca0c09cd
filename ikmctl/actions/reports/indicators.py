"""The indicators (docs/domain.md), each declared once: for reports, targets, comparisons and indicator files."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from ikmctl.actions.reports.figures import ReportData
from ikmctl.domain import kinds
from ikmctl.domain.choices import Choice
from ikmctl.domain.kinds import Kind
from ikmctl.domain.scale import SENTRA_MINIMUM, percent
from ikmctl.language import N_, _

BUSINESSES, PEOPLE, RUPIAH, PERCENT = N_("businesses"), N_("people"), "Rp", "%"
EVENTS, GROUPS, SENTRA = N_("events"), N_("groups"), N_("sentra")

Number = int | float | None


class Figure(NamedTuple):
    """The value of an indicator, None if it is not known. `missing` is the number of businesses without a value."""

    value: Number
    missing: int | None = None


class Indicator(NamedTuple):
    """An indicator: its stable code, label and unit, and the function for its value in a span of days, or at its end.

    `words` are other names for it. `in_change` marks the indicators in the report's table of changes; the others would
    take as long as the whole report. Cities are compared by `relative` indicators directly, and by `per_thousand` ones
    per 1,000 businesses. With `more_is_better` the larger value is the better one.
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

    @property
    def title(self) -> str:
        """The label in the language in use, with the unit unless it is a count."""
        return f"{_(self.label)} ({self.unit})" if self.unit in (RUPIAH, PERCENT) else _(self.label)

    @property
    def kind(self) -> Kind:
        """The kind of its values."""
        return {RUPIAH: kinds.MONEY, PERCENT: kinds.PERCENT}.get(self.unit, kinds.COUNT)

    def figure(self, ground: ReportData, start: date, end: date) -> Figure:
        """The value from `start` to `end`, with the number of businesses without a value."""
        found = self.compute(ground, start, end)
        return found if isinstance(found, Figure) else Figure(found)


def _sum(name: str) -> Callable[[ReportData, date, date], Figure]:
    """A function for the sum over the businesses with a value; None if no business has one."""

    def compute(ground: ReportData, _start: date, end: date) -> Figure:
        amounts = ground.amounts(end)
        known = getattr(amounts, f"{name}_known")
        return Figure(getattr(amounts, name) if known else None, amounts.businesses - known)

    return compute


#: If more than this percentage of the businesses was recorded in a span, the growth is not known.
_MOST_RECORDED_PERCENT = 5


def _growth(ground: ReportData, start: date, end: date) -> Number:
    """The net change by registered, reopened and closed businesses, in percent of the businesses at the start."""
    flow = ground.flow(start, end)
    opening = ground.businesses(end) - flow.net
    if 100 * flow.recorded > _MOST_RECORDED_PERCENT * opening:
        return None
    return percent(flow.net - flow.recorded, opening)


#: All indicators in the order of display. A code never changes its meaning: it is stored in files and targets.
INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "businesses", N_("Businesses"), BUSINESSES, lambda ground, _start, end: ground.businesses(end),
        ("IKM", "jumlah IKM", "businesses at the end"), in_change=True,
    ),
    Indicator(
        "registered", N_("Newly registered"), BUSINESSES, lambda ground, start, end: ground.flow(start, end).registered,
        ("IKM baru", "wirausaha baru", "new IKM", "IKM registered", "new businesses", "businesses registered"),
        in_change=True, per_thousand=True,
    ),
    Indicator(
        "closed", N_("Businesses closed"), BUSINESSES, lambda ground, start, end: ground.flow(start, end).closed,
        ("IKM closed", "closed businesses"), in_change=True, per_thousand=True,
    ),
    Indicator("growth_percent", N_("Growth"), PERCENT, _growth, relative=True, more_is_better=True),
    Indicator(
        "formal", N_("With a NIB"), BUSINESSES, lambda ground, _start, end: ground.formal(end), ("IKM formal",)
    ),
    Indicator(
        "formal_percent", N_("Formal share"), PERCENT,
        lambda ground, _start, end: percent(ground.formal(end), ground.businesses(end)),
        relative=True, more_is_better=True,
    ),
    Indicator(
        "workers", N_("Workers"), PEOPLE, _sum("workers"), ("workers at the end",),
        in_change=True, per_thousand=True, more_is_better=True,
    ),
    Indicator(
        "investment", N_("Investment"), RUPIAH, _sum("investment"), ("nilai investasi", "investment at the end"),
        in_change=True, per_thousand=True,
    ),
    Indicator(
        "production_value", N_("Production"), RUPIAH, _sum("production_value"),
        ("nilai produksi", "production at the end"), in_change=True, per_thousand=True, more_is_better=True,
    ),
    Indicator(
        "value_added", N_("Value added"), RUPIAH, _sum("value_added"), per_thousand=True, more_is_better=True
    ),
    Indicator(
        "events", N_("Events"), EVENTS, lambda ground, start, end: ground.reached(start, end).events,
        ("jumlah kegiatan",), in_change=True, per_thousand=True, more_is_better=True,
    ),
    Indicator(
        "participants", N_("Participants"), PEOPLE, lambda ground, start, end: ground.reached(start, end).attendances,
        ("jumlah peserta", "attendances"), in_change=True, per_thousand=True, more_is_better=True,
    ),
    Indicator(
        "businesses_coached", N_("Businesses coached"), BUSINESSES,
        lambda ground, start, end: ground.reached(start, end).businesses,
        ("jumlah IKM dibina", "IKM coached", "coached"), in_change=True,
    ),
    Indicator(
        "coverage_percent", N_("Coverage"), PERCENT,
        lambda ground, start, end: percent(ground.reached(start, end).businesses, ground.businesses(end)),
        ("cakupan bina IKM", "coverage of IKM"), relative=True, more_is_better=True,
    ),
    Indicator("groups", N_("Groups"), GROUPS, lambda ground, _start, end: len(ground.groups(end)), per_thousand=True),
    Indicator(
        "group_members", N_("Members of groups"), BUSINESSES,
        lambda ground, _start, end: sum(each.members for each in ground.groups(end)), per_thousand=True,
    ),
    Indicator(
        "groups_coached", N_("Groups coached"), GROUPS, lambda ground, start, end: ground.reached(start, end).groups,
        ("kelompok usaha dibina",), in_change=True,
    ),
    Indicator(
        "group_coverage_percent", N_("Coverage of groups"), PERCENT,
        lambda ground, start, end: percent(ground.reached(start, end).groups, len(ground.groups(end))),
        ("group coverage",), relative=True, more_is_better=True,
    ),
    Indicator(
        "sentra", N_("Sentra"), SENTRA, lambda ground, _start, end: len(ground.sentra(end)),
        ("sentra aktif", "active sentra", "sentra at the end"), per_thousand=True,
    ),
    Indicator(
        "sentra_of_five", N_("Sentra of 5 or more"), SENTRA,
        lambda ground, _start, end: sum(each.members >= SENTRA_MINIMUM for each in ground.sentra(end)),
    ),
    Indicator(
        "sentra_members", N_("Members of sentra"), BUSINESSES,
        lambda ground, _start, end: sum(each.members for each in ground.sentra(end)),
        per_thousand=True, more_is_better=True,
    ),
)  # fmt: skip

BY_CODE: Mapping[str, Indicator] = {indicator.code: indicator for indicator in INDICATORS}
CHOICES = tuple(Choice(indicator.code, indicator.label, indicator.words) for indicator in INDICATORS)


def titled() -> Kind:
    """The kind of a column with codes of indicators, shown by their titles."""
    return kinds.named("indicator", {each.code: each.title for each in INDICATORS})
