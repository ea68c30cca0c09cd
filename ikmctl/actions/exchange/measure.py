"""Measures the indicators of one city in its registry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ikmctl.actions.reports.figures import ReportData
from ikmctl.actions.reports.indicators import BY_CODE, INDICATORS, RUPIAH, Figure
from ikmctl.domain.choices import SCALES
from ikmctl.domain.periods import Period
from ikmctl.registry import reports
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Connection
from ikmctl.registry.reports import SentraFigures


class Share(NamedTuple):
    """A part of the businesses: code (None for unclassified), names by language, and count (None if left out)."""

    code: str | None
    names: Mapping[str, str]
    businesses: int | None


@dataclass(frozen=True)
class Indicators:
    """The indicators of one city, from its registry or from a file of indicators."""

    #: Kemendagri code.
    city: str
    name: str
    office: str
    period: str
    figures: Mapping[str, Figure]
    sectors: Sequence[Share]
    scales: Sequence[Share]
    event_kinds: Sequence[tuple[str, int | None]]
    funding: Sequence[tuple[str, int | None]]
    #: Sentra, largest first; empty if read from a file of indicators.
    sentra: Sequence[SentraFigures] = ()
    #: What the office learned elsewhere, of its own registry alone: event, host and lesson of its study visits.
    lessons: Sequence[tuple[str, str | None, str]] = ()


def per_thousand(indicators: Indicators, code: str) -> float | None:
    """An indicator per 1,000 businesses that have a value, with one decimal; whole rupiah for money.

    Businesses without a value do not lower the result.
    """
    value, missing = indicators.figures[code]
    known = (indicators.figures["businesses"].value or 0) - (missing or 0)
    if value is None or known <= 0:
        return None
    return round(1000 * int(value) / known) if BY_CODE[code].unit == RUPIAH else round(1000 * value / known, 1)


def measure(connection: Connection, period: Period) -> Indicators:
    """The indicators of a registry for a period."""
    settings = reference_data.settings(connection)
    city = settings.get("city", "")
    data = ReportData(connection, period, {}, ())
    kinds = reports.event_kinds(connection, period.first, period.last)
    return Indicators(
        city=city,
        name=reference_data.place_name(connection, city) or settings.get("office") or city,
        office=settings.get("office", ""),
        period=period.code,
        figures={indicator.code: indicator.figure(data, period.first, period.last) for indicator in INDICATORS},
        sectors=_sectors(connection, reports.numbers(data.cells, "sector")),
        scales=_scales(reports.numbers(data.cells, "scale")),
        event_kinds=[(kind.kind, kind.events) for kind in kinds],
        funding=list(reports.funding(connection, period.first, period.last)),
        sentra=data.sentra(period.last),
        lessons=[
            (event.name, event.host, event.lesson)
            for event in reports.lessons(connection, period.first, period.last)
            if event.kind == "study-visit" and event.lesson
        ],
    )


def _sectors(connection: Connection, by_sector: Mapping[str | None, int]) -> list[Share]:
    """The shares of all sectors in the office's order, including empty ones, then unclassified businesses if any."""
    counts = dict(by_sector)
    known = [
        Share(sector.code, {"id": sector.name, "en": sector.name_en}, counts.pop(sector.code, 0))
        for sector in reference_data.sectors(connection)
    ]
    return known + [Share(code, {}, count) for code, count in counts.items() if count]


def _scales(counts: Mapping[str | None, int]) -> list[Share]:
    codes = [choice.code for choice in SCALES]
    return [Share(code, {}, counts[code]) for code in (*codes, None) if counts.get(code)]
