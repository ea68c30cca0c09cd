"""The data from which the blocks of a report are computed; each figure is computed at most once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any, TypeVar

from ikmctl.document import Block, TableColumn
from ikmctl.domain import kinds
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.periods import Period
from ikmctl.language import N_, _
from ikmctl.registry import reports
from ikmctl.registry.file.database import Connection
from ikmctl.registry.reports import (
    CELL_DIMENSIONS,
    EVERYWHERE,
    Amounts,
    CoachingReach,
    Flow,
    GroupFigures,
    Scope,
    SentraFigures,
    Span,
)

T = TypeVar("T")

#: The number of months in the trend.
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class ReportData:
    """The data of a report: the period, the scope, and figures that are computed when first needed."""

    connection: Connection
    period: Period
    #: The name of each sector in the language in use, by code.
    sectors: Mapping[str, str]
    kecamatan: Sequence[str]
    #: The dimension by which movement and people are grouped: one of DIMENSIONS.
    by: str = "sector"
    scope: Scope = EVERYWHERE
    #: Whether all blocks of the report are computed.
    whole: bool = False
    #: Computed figures that several blocks need, by name and arguments.
    known: dict[Any, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def cells(self) -> dict[Any, Amounts]:
        """The businesses active at the end of the period, aggregated by all dimensions at once.

        For a whole report the other slow figures are computed in parallel.
        """
        end, also = self.period.last, None if self.by in CELL_DIMENSIONS else self.by
        if not self.whole:
            return reports.cells(self.connection, end, self.scope, also)
        spans = self._usual_spans
        days = list(dict.fromkeys((self.period.previous.last, self.period.year_before.last)))
        beside: list[Callable[[Connection], Any]] = [
            partial(reports.coaching_reach, spans=spans, scope=self.scope),
            *(partial(reports.correction_to, before=day, end=end, scope=self.scope) for day in days),
        ]
        found, (reached, *ways_back) = reports.aggregate(self.connection, end, self.scope, also, beside)
        self._know(spans, reached)
        now = reports.total(found)
        self.known.update({("amounts", day): way_back(now) for day, way_back in zip(days, ways_back, strict=True)})
        return found

    @cached_property
    def total(self) -> Amounts:
        """The amounts of all businesses active at the end of the period."""
        return reports.total(self.cells)

    def amounts(self, end: date) -> Amounts:
        """The amounts of all businesses at a cut-off: the end of the period or an earlier day."""
        if end == self.period.last:
            return self.total
        return self._once(("amounts", end), lambda: self._amounts(end))

    def _amounts(self, end: date) -> Amounts:
        return reports.correction_to(self.connection, end, self.period.last, self.scope)(self.total)

    def businesses(self, end: date) -> int:
        """The number of active businesses at a cut-off: the end of the period or an earlier day."""
        since = self.flow(end + timedelta(days=1), self.period.last).net if end < self.period.last else 0
        return self.total.businesses - since

    def formal(self, end: date) -> int:
        """The number of active businesses with a NIB at a cut-off."""
        if end == self.period.last:
            return reports.numbers(self.cells, "formal").get(1, 0)
        return self._once(("formal", end), lambda: self._formal(end))

    def _formal(self, end: date) -> int:
        return reports.numbers(reports.cells(self.connection, end, self.scope), "formal").get(1, 0)

    def sentra(self, end: date) -> list[SentraFigures]:
        """The sentra that are open at a cut-off, largest first."""
        return self._once(("sentra", end), lambda: reports.sentra(self.connection, end, self.scope))

    def groups(self, end: date) -> list[GroupFigures]:
        """The groups that are active at a cut-off, largest first."""
        return self._once(("groups", end), lambda: reports.groups(self.connection, end, self.scope))

    def flow(self, start: date, end: date) -> Flow:
        """The businesses that were opened and closed in a span of days."""
        return self._once(("flow", start, end), lambda: reports.flow(self.connection, start, end, self.scope))

    def reached(self, start: date, end: date) -> CoachingReach:
        """The people, businesses and groups reached by the events of a span of days.

        The spans that a whole report needs are computed together.
        """
        if ("reached", start, end) not in self.known:
            spans = self._usual_spans if (start, end) in self._usual_spans else [(start, end)]
            self._know(spans, reports.coaching_reach(self.connection, spans, self.scope))
        reached: CoachingReach = self.known["reached", start, end]
        return reached

    def _know(self, spans: Sequence[Span], found: Sequence[CoachingReach]) -> None:
        self.known.update((("reached", *span), each) for span, each in zip(spans, found, strict=True))

    @cached_property
    def _usual_spans(self) -> list[Span]:
        period, last = self.period, self.period.last
        compared = [(each.first, each.last) for each in (period, period.previous, period.year_before)]
        return list(dict.fromkeys([*compared, (last.replace(month=1, day=1), last), *period.months(MONTHS_SHOWN)]))

    def _once(self, what: Any, find: Callable[[], T]) -> T:
        if what not in self.known:
            self.known[what] = find()
        found: T = self.known[what]
        return found


#: A function that computes a block, or a table with its charts.
Part = Callable[[ReportData], Block | list[Block]]

FORMAL = {1: N_("with NIB"), 0: N_("without NIB")}


def dimension(ground: ReportData, by: str) -> TableColumn:
    """The first column of a table of businesses that are grouped by one of DIMENSIONS."""
    if by == "formal":
        return TableColumn(by, _("NIB"), kinds.named(by, {code: _(label) for code, label in FORMAL.items()}))
    kind = kinds.named(by, ground.sectors) if by == "sector" else BUSINESS[by].kind
    empty = {"sentra": _("In no sentra"), "kbli": _("No KBLI")}.get(by, _("Unclassified"))
    return TableColumn(by, BUSINESS[by].title, kind, empty)


def in_order(ground: ReportData, by: str, found: Iterable[Any]) -> list[Any]:
    """The keys of a breakdown: the known ones in the office's order, then others, the unclassified (None) last."""
    known: dict[str, Sequence[Any]] = {
        "sector": list(ground.sectors),
        "kecamatan": ground.kecamatan if ground.scope.kecamatan is None else (),
        "formal": list(FORMAL),
    }
    ordered = known[by] if by in known else [choice.code for choice in BUSINESS[by].kind.choices]
    met = set(found)
    others = sorted(key for key in met - set(ordered) if key is not None)
    return [*ordered, *others, *([None] if None in met else [])]


def total(columns: Sequence[TableColumn], rows: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """The total row: None in the first column, the sum in every other one."""
    return (None, *(sum(row[index] or 0 for row in rows) for index in range(1, len(columns))))
