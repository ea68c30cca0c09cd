"""The aggregates that reports ask for. Every breakdown is over the same businesses: those active at the cut-off."""

from ikmctl.registry.reports.active import DIMENSIONS, aggregate, cells, correction_to, counts, is_empty
from ikmctl.registry.reports.amounts import (
    CELL_DIMENSIONS,
    Amounts,
    Cells,
    Totals,
    group_by,
    numbers,
    total,
    totals,
    totals_of,
)
from ikmctl.registry.reports.clusters import GroupFigures, SentraFigures, groups, sentra
from ikmctl.registry.reports.coaching import (
    CoachingReach,
    EventFigures,
    Lesson,
    Span,
    coaching_reach,
    event_kinds,
    events,
    funding,
    lessons,
    unsettled,
)
from ikmctl.registry.reports.completeness import WANTED, Completeness, completeness_by_kecamatan, filled_then
from ikmctl.registry.reports.implausible import COMPARED, Implausible, implausible
from ikmctl.registry.reports.movement import Flow, ListedBusiness, Movement, closed, corrected, flow, movement, opened
from ikmctl.registry.reports.pending import pending_by_reason, unreadable_figures
from ikmctl.registry.reports.quality import Quality, confirm, invalid_kbli, quality, unclassified, unobserved
from ikmctl.registry.reports.scope import EVERYWHERE, Scope
from ikmctl.registry.reports.unseen import UnseenBusiness, count_unseen, unseen

__all__ = [
    "CELL_DIMENSIONS",
    "COMPARED",
    "DIMENSIONS",
    "EVERYWHERE",
    "WANTED",
    "Amounts",
    "Cells",
    "CoachingReach",
    "Completeness",
    "EventFigures",
    "Flow",
    "GroupFigures",
    "Implausible",
    "Lesson",
    "ListedBusiness",
    "Movement",
    "Quality",
    "Scope",
    "SentraFigures",
    "Span",
    "Totals",
    "UnseenBusiness",
    "aggregate",
    "cells",
    "closed",
    "coaching_reach",
    "completeness_by_kecamatan",
    "confirm",
    "corrected",
    "correction_to",
    "count_unseen",
    "counts",
    "event_kinds",
    "events",
    "filled_then",
    "flow",
    "funding",
    "group_by",
    "groups",
    "implausible",
    "invalid_kbli",
    "is_empty",
    "lessons",
    "movement",
    "numbers",
    "opened",
    "pending_by_reason",
    "quality",
    "sentra",
    "total",
    "totals",
    "totals_of",
    "unclassified",
    "unobserved",
    "unreadable_figures",
    "unseen",
    "unsettled",
]  # fmt: skip
