"""The indicators (DOMAIN §7), each declared once: for reports, targets, comparisons and files of indicators."""

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
    """The value of an indicator; None where it cannot be told. `missing`: businesses of which it is not known."""

    value: Number
    missing: int | None = None


class Indicator(NamedTuple):
    """An indicator: its stable code, its label, its unit, and its value in a span of days, as at the end of it.

    `words` are what else an officer may call it. `in_change` ones are in the report's table of what changed: the others
    would take as long again as the whole report. Cities are compared by `relative` ones as they are and by
    `per_thousand` ones per 1,000 businesses; with `more_is_better` the larger of two is the better one.
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
        """The label in the language in use, with the unit where it is no count."""
        return f"{_(self.label)} ({self.unit})" if self.unit in (RUPIAH, PERCENT) else _(self.label)

    @property
    def kind(self) -> Kind:
        """How its values are read and shown."""
        return {RUPIAH: kinds.MONEY, PERCENT: kinds.PERCENT}.get(self.unit, kinds.COUNT)

    def figure(self, ground: ReportData, start: date, end: date) -> Figure:
        """Its value from one day to another, with how many businesses it is not known of."""
        found = self.compute(ground, start, end)
        return found if isinstance(found, Figure) else Figure(found)


def _sum(name: str) -> Callable[[ReportData, date, date], Figure]:
    """What the businesses sum to of which it is known; nothing where it is known of none."""

    def compute(ground: ReportData, _start: date, end: date) -> Figure:
        amounts = ground.amounts(end)
        known = getattr(amounts, f"{name}_known")
        return Figure(getattr(amounts, name) if known else None, amounts.businesses - known)

    return compute


#: Where more of the businesses than this were recorded in a span, nobody can tell by how much they grew.
_MOST_RECORDED_PERCENT = 5


def _growth(ground: ReportData, start: date, end: date) -> Number:
    """What registered, reopened and closed businesses changed, in percent of those at the start."""
    flow = ground.flow(start, end)
    opening = ground.businesses(end) - flow.net
    if 100 * flow.recorded > _MOST_RECORDED_PERCENT * opening:
        return None
    return percent(flow.net - flow.recorded, opening)


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
"""In the order in which they are shown. A code means the same for ever: offices keep files of them, and targets."""

BY_CODE: Mapping[str, Indicator] = {indicator.code: indicator for indicator in INDICATORS}
CHOICES = tuple(Choice(indicator.code, indicator.label, indicator.words) for indicator in INDICATORS)


def titled() -> Kind:
    """The kind of a column that holds the codes of indicators and shows their titles."""
    return kinds.named("indicator", {each.code: each.title for each in INDICATORS})
