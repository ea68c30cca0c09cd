"""The largest differences between cities, and the city that is ahead, in sentences."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ikmctl.actions.exchange.measure import Indicators, per_thousand
from ikmctl.actions.reports.indicators import INDICATORS, PERCENT, RUPIAH, Indicator
from ikmctl.domain.scale import percent
from ikmctl.domain.values import kinds
from ikmctl.language import _, current_language, number

#: Number of differences that are described in sentences.
NAMED = 5


class City(NamedTuple):
    """A column of the comparison: its key for machines, its title for people, its indicators."""

    key: str
    title: str
    indicators: Indicators


class Difference(NamedTuple):
    """The difference between two cities in one indicator; `times` is None if the lower value is zero."""

    indicator: Indicator
    high: tuple[City, float]
    low: tuple[City, float]
    times: float | None


def comparable(indicators: Indicators, indicator: Indicator) -> float | None:
    """The value for comparing cities of different size: as it is, or per 1,000 businesses; None if there is none."""
    if indicator.per_thousand:
        return per_thousand(indicators, indicator.code)
    return indicators.figures[indicator.code].value if indicator.relative else None


def differences(cities: Sequence[City]) -> list[Difference]:
    """The indicators in which the cities differ, the largest difference first."""
    result = []
    for indicator in INDICATORS:
        known = [(city, value) for city in cities if (value := comparable(city.indicators, indicator)) is not None]
        if len(known) < 2 or min(value for _city, value in known) < 0:
            continue
        high, low = max(known, key=lambda pair: pair[1]), min(known, key=lambda pair: pair[1])
        if high[1] > low[1]:
            result.append(Difference(indicator, high, low, high[1] / low[1] if low[1] else None))
    return sorted(
        result,
        key=lambda difference: (
            difference.times is not None,
            -(difference.times or 0),
            not difference.indicator.more_is_better,
        ),
    )


def leader(cities: Sequence[City]) -> tuple[City, int, int] | None:
    """The city that is better in most indicators, with the number of those and of all; None without differences."""
    ahead = [difference.high[0].key for difference in differences(cities) if difference.indicator.more_is_better]
    best = max(cities, key=lambda city: ahead.count(city.key))
    return (best, ahead.count(best.key), len(ahead)) if ahead else None


def sentences(cities: Sequence[City]) -> Iterator[str]:
    """The largest differences and the city that is ahead, in sentences."""
    widest = differences(cities)
    if not widest:
        yield _("Nothing to compare: no two cities have figures for this period.")
        return
    yield _("The largest differences:")
    for difference in widest[:NAMED]:
        message = (
            _("{indicator}: {most} in {high}, none in {low}.")
            if difference.times is None
            else _("{indicator}: {most} in {high}, {least} in {low}; {times} times as much.")
        )
        yield "• " + message.format(
            indicator=_basis(difference.indicator),
            most=_shown(difference.indicator, difference.high[1]),
            high=difference.high[0].title,
            least=_shown(difference.indicator, difference.low[1]),
            low=difference.low[0].title,
            times=number(round(difference.times or 0, 1)),
        )
    yield from _structure(cities)
    best = leader(cities)
    if best:
        city, wins, compared = best
        message = _("{city} is ahead in {wins} of the {compared} indicators where higher is better.")
        yield message.format(city=city.title, wins=wins, compared=compared)


def _structure(cities: Sequence[City]) -> Iterator[str]:
    """A sentence on the sector whose share of the businesses differs most between cities."""
    widest: tuple[float, str] = (0, "")
    names = {share.code: share.names.get(current_language()) for city in cities for share in city.indicators.sectors}
    for code, name in names.items():
        parts = [(part, city) for city in cities if (part := share_of(city.indicators, code)) is not None]
        if name is None or len(parts) < 2:
            continue
        (most, high), (least, low) = (pick(parts, key=lambda part: part[0]) for pick in (max, min))
        sentence = _("{sector}: {most}% of the businesses in {high}, {least}% in {low}.").format(
            sector=name, most=number(most), high=high.title, least=number(least), low=low.title
        )
        widest = max(widest, (most - least, sentence), key=lambda candidate: candidate[0])
    if widest[0]:
        yield f"• {widest[1]}"


def share_of(indicators: Indicators, code: str | None) -> float | None:
    """The share of a sector in a city's businesses, in percent; None if the count was left out."""
    share = next((sector for sector in indicators.sectors if sector.code == code), None)
    if share is None:
        return 0.0
    whole = indicators.figures["businesses"].value
    return None if share.businesses is None or not whole else percent(share.businesses, int(whole))


def _basis(indicator: Indicator) -> str:
    """The label of an indicator with its basis, such as per 1,000 businesses."""
    label = _(indicator.label)
    if not indicator.per_thousand:
        return label
    message = _("{indicator} per business") if indicator.unit == RUPIAH else _("{indicator} per 1,000 businesses")
    return message.format(indicator=label)


def _shown(indicator: Indicator, value: float) -> str:
    if indicator.unit == RUPIAH:
        return kinds.MONEY.show(round(value / 1000))
    text = kinds.QUANTITY.show(value)
    return f"{text}%" if indicator.unit == PERCENT else text
