"""The indicators by which cities are compared (DOMAIN §7): each declared once, for any period."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ikmctl.domain.choices import SCALES
from ikmctl.domain.periods import Period
from ikmctl.domain.scale import SENTRA_MINIMUM
from ikmctl.domain.shares import percent
from ikmctl.language import N_, _
from ikmctl.registry import figures, reference
from ikmctl.registry.database import Connection
from ikmctl.registry.figures import Amounts, Cells, Flow, GroupFigures, Reached, SentraFigures

BUSINESSES, PEOPLE, RUPIAH, PERCENT = N_("businesses"), N_("people"), "Rp", "%"
EVENTS, GROUPS, SENTRA = N_("events"), N_("groups"), N_("sentra")


class Figure(NamedTuple):
    """The value of an indicator; None where it cannot be told. `missing`: businesses of which it is not known."""

    value: int | float | None
    missing: int | None = None


class Share(NamedTuple):
    """A part of the businesses: its code (None for the unclassified), its names, how many; None where left out."""

    code: str | None
    names: Mapping[str, str]
    businesses: int | None


@dataclass(frozen=True)
class Indicators:
    """All that is compared of one city: from its registry, or from a file that its office gave."""

    city: str
    """Kemendagri code"""
    name: str
    office: str
    period: str
    figures: Mapping[str, Figure]
    sectors: Sequence[Share]
    scales: Sequence[Share]
    event_kinds: Sequence[tuple[str, int | None]]
    funding: Sequence[tuple[str, int | None]]
    sentra: Sequence[SentraFigures] = ()
    """by name, largest first; only a registry tells"""


class _Findings(NamedTuple):
    """What the figures of a period say, from which the indicators follow."""

    total: Amounts
    flow: Flow
    formal: int
    reached: Reached
    sentra: Sequence[SentraFigures]
    groups: Sequence[GroupFigures]

    def sum(self, name: str) -> Figure:
        """What the businesses sum to of which it is known; nothing where it is known of none."""
        known = getattr(self.total, f"{name}_known")
        return Figure(getattr(self.total, name) if known else None, self.total.businesses - known)


class Indicator(NamedTuple):
    """An indicator: its stable code, its title, its unit, and how it follows from the findings.

    `relative` ones are compared as they are, `per_thousand` ones per 1,000 businesses; with `more_is_better` the
    larger of two is the better one.
    """

    code: str
    label: str
    unit: str
    compute: Callable[[_Findings], Figure | int | float | None]
    per_thousand: bool = False
    relative: bool = False
    more_is_better: bool = False

    @property
    def title(self) -> str:
        """The label in the language in use, with the unit where it is no count."""
        return f"{_(self.label)} ({self.unit})" if self.unit in (RUPIAH, PERCENT) else _(self.label)


INDICATORS: tuple[Indicator, ...] = (
    Indicator("businesses", N_("Businesses"), BUSINESSES, lambda found: found.total.businesses),
    Indicator("registered", N_("Newly registered"), BUSINESSES, lambda found: found.flow.registered, True),
    Indicator("closed", N_("Closed"), BUSINESSES, lambda found: found.flow.closed, True),
    Indicator(
        "growth_percent", N_("Growth"), PERCENT,
        lambda found: percent(found.flow.net, found.total.businesses - found.flow.net),
        relative=True, more_is_better=True,
    ),
    Indicator("formal", N_("With a NIB"), BUSINESSES, lambda found: found.formal),
    Indicator(
        "formal_percent", N_("Formal share"), PERCENT, lambda found: percent(found.formal, found.total.businesses),
        relative=True, more_is_better=True,
    ),
    Indicator("workers", N_("Workers"), PEOPLE, lambda found: found.sum("workers"), True, more_is_better=True),
    Indicator("investment", N_("Investment"), RUPIAH, lambda found: found.sum("investment"), True),
    Indicator(
        "production_value", N_("Production"), RUPIAH, lambda found: found.sum("production_value"), True,
        more_is_better=True,
    ),
    Indicator(
        "value_added", N_("Value added"), RUPIAH, lambda found: found.sum("value_added"), True, more_is_better=True
    ),
    Indicator("events", N_("Events"), EVENTS, lambda found: found.reached.events, True, more_is_better=True),
    Indicator(
        "participants", N_("Participants"), PEOPLE, lambda found: found.reached.attendances, True, more_is_better=True
    ),
    Indicator(
        "businesses_coached", N_("Businesses coached"), BUSINESSES, lambda found: found.reached.businesses
    ),
    Indicator(
        "coverage_percent", N_("Coverage"), PERCENT,
        lambda found: percent(found.reached.businesses, found.total.businesses), relative=True, more_is_better=True,
    ),
    Indicator("groups", N_("Groups"), GROUPS, lambda found: len(found.groups), True),
    Indicator("group_members", N_("Members of groups"), BUSINESSES, lambda found: _members(found.groups), True),
    Indicator("groups_coached", N_("Groups coached"), GROUPS, lambda found: found.reached.groups),
    Indicator(
        "group_coverage_percent", N_("Coverage of groups"), PERCENT,
        lambda found: percent(found.reached.groups, len(found.groups)), relative=True, more_is_better=True,
    ),
    Indicator("sentra", N_("Sentra"), SENTRA, lambda found: len(found.sentra), True),
    Indicator(
        "sentra_of_five", N_("Sentra of 5 or more"), SENTRA,
        lambda found: sum(each.members >= SENTRA_MINIMUM for each in found.sentra),
    ),
    Indicator(
        "sentra_members", N_("Members of sentra"), BUSINESSES, lambda found: _members(found.sentra), True,
        more_is_better=True,
    ),
)  # fmt: skip
"""In the order in which they are shown. A code means the same for ever: offices keep files of them."""

BY_CODE: Mapping[str, Indicator] = {indicator.code: indicator for indicator in INDICATORS}


def _members(found: Sequence[SentraFigures] | Sequence[GroupFigures]) -> int:
    return sum(each.members for each in found)


def per_thousand(indicators: Indicators, code: str) -> float | None:
    """An indicator per 1,000 businesses, of which it is known, to one decimal; whole rupiah.

    A city that has not asked all its businesses yet does not look poorer for it.
    """
    value, missing = indicators.figures[code]
    known = (indicators.figures["businesses"].value or 0) - (missing or 0)
    if value is None or known <= 0:
        return None
    return round(1000 * int(value) / known) if BY_CODE[code].unit == RUPIAH else round(1000 * value / known, 1)


def measure(connection: Connection, period: Period) -> Indicators:
    """The indicators of a registry for a period."""
    settings = reference.settings(connection)
    city = settings.get("city", "")
    cells = figures.cells(connection, period.last)
    found = _findings(connection, period, cells)
    kinds = figures.event_kinds(connection, period.first, period.last)
    return Indicators(
        city=city,
        name=reference.place_name(connection, city) or settings.get("office") or city,
        office=settings.get("office", ""),
        period=period.code,
        figures={each.code: _figure(each.compute(found)) for each in INDICATORS},
        sectors=_sectors(connection, figures.numbers(cells, "sector")),
        scales=_scales(figures.numbers(cells, "scale")),
        event_kinds=[(each.kind, each.events) for each in kinds],
        funding=list(figures.funding(connection, period.first, period.last)),
        sentra=found.sentra,
    )


def _figure(computed: Figure | int | float | None) -> Figure:
    return computed if isinstance(computed, Figure) else Figure(computed)


def _findings(connection: Connection, period: Period, cells: Cells) -> _Findings:
    [reached] = figures.reached(connection, [(period.first, period.last)])
    return _Findings(
        total=figures.total(cells),
        flow=figures.flow(connection, period.first, period.last),
        formal=figures.numbers(cells, "formal").get(1, 0),
        reached=reached,
        sentra=figures.sentra(connection, period.last),
        groups=figures.groups(connection, period.last),
    )


def _sectors(connection: Connection, by_sector: Mapping[str | None, int]) -> list[Share]:
    """The sectors in the office's order, those without a business too, and the unclassified where there are any."""
    counts = dict(by_sector)
    known = [
        Share(each.code, {"id": each.name, "en": each.name_en}, counts.pop(each.code, 0))
        for each in reference.sectors(connection)
    ]
    return known + [Share(code, {}, count) for code, count in counts.items() if count]


def _scales(counts: Mapping[str | None, int]) -> list[Share]:
    codes = [choice.code for choice in SCALES]
    return [Share(code, {}, counts[code]) for code in (*codes, None) if counts.get(code)]
