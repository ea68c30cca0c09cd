"""The aggregates that reports ask for. Every breakdown is over the same businesses: those active at the cut-off."""

from ikmctl.registry.reports.active import (
    ALWAYS,
    DIMENSIONS,
    Amounts,
    Cells,
    People,
    cells,
    counted,
    counts,
    earlier,
    is_empty,
    numbers,
    people,
    summed,
    total,
)
from ikmctl.registry.reports.clusters import GroupFigures, SentraFigures, groups, sentra
from ikmctl.registry.reports.coaching import EventFigures, Reached, Span, event_kinds, events, funding, reached
from ikmctl.registry.reports.movement import Flow, Movement, Named, closed, corrected, flow, movement, opened
from ikmctl.registry.reports.scope import EVERYWHERE, Scope

__all__ = [
    "ALWAYS", "DIMENSIONS", "EVERYWHERE", "Amounts", "Cells", "EventFigures", "Flow", "GroupFigures", "Movement",
    "Named", "People", "Reached", "Scope", "SentraFigures", "Span", "cells", "closed", "corrected", "counted",
    "counts", "earlier", "event_kinds", "events", "flow", "funding", "groups", "is_empty", "movement", "numbers",
    "opened", "people", "reached", "sentra", "summed", "total",
]  # fmt: skip
