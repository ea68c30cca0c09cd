"""The aggregates that reports ask for. Every breakdown is over the same businesses: those active at the cut-off."""

from ikmctl.registry.figures.clusters import GroupFigures, SentraFigures, groups, sentra
from ikmctl.registry.figures.counting import counts, is_empty
from ikmctl.registry.figures.flows import Flow, Movement, Named, closed, corrected, flow, movement, opened
from ikmctl.registry.figures.reach import Coaching, EventFigures, Reached, Span, coaching, events, reached
from ikmctl.registry.figures.scope import EVERYWHERE, Scope
from ikmctl.registry.figures.standing import (
    ALWAYS,
    DIMENSIONS,
    Amounts,
    People,
    cells,
    counted,
    earlier,
    people,
    places,
    summed,
    total,
)

__all__ = [
    "ALWAYS", "DIMENSIONS", "EVERYWHERE", "Amounts", "Coaching", "EventFigures", "Flow", "GroupFigures", "Movement",
    "Named", "People", "Reached", "Scope", "SentraFigures", "Span", "cells", "closed", "coaching", "corrected",
    "counted", "counts", "earlier", "events", "flow", "groups", "is_empty", "movement", "opened", "people", "places",
    "reached", "sentra", "summed", "total",
]  # fmt: skip
