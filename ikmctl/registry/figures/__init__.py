"""The aggregates that reports ask for. Every breakdown is over the same businesses: those active at the cut-off."""

from ikmctl.registry.figures.clusters import GroupFigures, SentraFigures, groups, sentra
from ikmctl.registry.figures.counting import counts, is_empty
from ikmctl.registry.figures.flows import Flow, Movement, Named, closed, corrected, flow, movement, opened
from ikmctl.registry.figures.reach import EventFigures, Reached, Span, event_kinds, events, funding, reached
from ikmctl.registry.figures.scope import EVERYWHERE, Scope
from ikmctl.registry.figures.standing import (
    ALWAYS,
    DIMENSIONS,
    Amounts,
    Cells,
    People,
    cells,
    counted,
    earlier,
    numbers,
    people,
    summed,
    total,
)

__all__ = [
    "ALWAYS", "DIMENSIONS", "EVERYWHERE", "Amounts", "Cells", "EventFigures", "Flow", "GroupFigures", "Movement",
    "Named", "People", "Reached", "Scope", "SentraFigures", "Span", "cells", "closed", "corrected", "counted",
    "counts", "earlier", "event_kinds", "events", "flow", "funding", "groups", "is_empty", "movement", "numbers",
    "opened", "people", "reached", "sentra", "summed", "total",
]  # fmt: skip
