"""The data from which report blocks are computed; each figure is computed at most once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any, TypeVar

from ikmctl.document import Block, TableColumn
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.periods import Period
from ikmctl.domain.values import kinds
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
    Quality,
    Scope,
    SentraFigures,
    Span,
)

T = TypeVar("T")

#: Number of months that the trend shows.
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class ReportData:
    """The data from which the blocks of a report are computed."""

    connection: Connection
    period: Period
    #: Code → name in the language in use.
    sectors: Mapping[str, str]
    kecamatan: Sequence[str]
    #: What the movement and the people are grouped by: one of DIMENSIONS.
    by: str = "sector"
    scope: Scope = EVERYWHERE
    #: Whether all blocks of the report are wanted.
    whole: bool = False
    #: Cache of figures that several blocks need; the key is the kind of figure and its days.
    known: dict[Any, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def cells(self) -> dict[Any, Amounts]:
        """The businesses active at the end of the period, aggregated by all dimensions at once.

        For a whole report the other slow figures are computed at the same time.
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
        cells, (reached, *corrections) = reports.aggregate(self.connection, end, self.scope, also, beside)
        self._remember(spans, reached)
        now = reports.total(cells)
        self.known.update({("amounts", day): correct(now) for day, correct in zip(days, corrections, strict=True)})
        return cells

    @cached_property
    def total(self) -> Amounts:
        """The sums over all businesses active at the end of the period."""
        return reports.total(self.cells)

    @cached_property
    def quality(self) -> Quality:
        """The completeness of the data of the businesses active at the end of the period, and what the checks find."""
        return reports.quality(self.connection, self.period.last, self.scope)

    def amounts(self, end: date) -> Amounts:
        """The sums over the businesses active on `end`: an earlier day, or the end of the period."""
        if end == self.period.last:
            return self.total
        return self._once(("amounts", end), lambda: self._amounts(end))

    def _amounts(self, end: date) -> Amounts:
        return reports.correction_to(self.connection, end, self.period.last, self.scope)(self.total)

    def businesses(self, end: date) -> int:
        """The number of businesses active on `end`: an earlier day, or the end of the period."""
        since = self.flow(end + timedelta(days=1), self.period.last).net if end < self.period.last else 0
        return self.total.businesses - since

    def formal(self, end: date) -> int:
        """The number of businesses active on `end` that have a NIB."""
        if end == self.period.last:
            return reports.numbers(self.cells, "formal").get(1, 0)
        return self._once(("formal", end), lambda: self._formal(end))

    def _formal(self, end: date) -> int:
        return reports.numbers(reports.cells(self.connection, end, self.scope), "formal").get(1, 0)

    def sentra(self, end: date) -> list[SentraFigures]:
        """The sentra that are open on `end`, largest first."""
        return self._once(("sentra", end), lambda: reports.sentra(self.connection, end, self.scope))

    def groups(self, end: date) -> list[GroupFigures]:
        """The groups that are active on `end`, largest first."""
        return self._once(("groups", end), lambda: reports.groups(self.connection, end, self.scope))

    def flow(self, start: date, end: date) -> Flow:
        """The businesses registered, recorded, reopened and closed from `start` to `end`."""
        return self._once(("flow", start, end), lambda: reports.flow(self.connection, start, end, self.scope))

    def reached(self, start: date, end: date) -> CoachingReach:
        """The reach of the events from `start` to `end`; the spans of a whole report are computed in one query."""
        if ("reached", start, end) not in self.known:
            spans = self._usual_spans if (start, end) in self._usual_spans else [(start, end)]
            self._remember(spans, reports.coaching_reach(self.connection, spans, self.scope))
        reached: CoachingReach = self.known["reached", start, end]
        return reached

    def entrepreneurs(self, start: date, end: date) -> int:
        """The businesses registered from `start` to `end` by people who had been coached before."""
        key = ("entrepreneurs", start, end)
        return self._once(key, lambda: reports.new_entrepreneurs(self.connection, start, end, self.scope))

    def _remember(self, spans: Sequence[Span], reaches: Sequence[CoachingReach]) -> None:
        self.known.update((("reached", *span), reach) for span, reach in zip(spans, reaches, strict=True))

    @cached_property
    def _usual_spans(self) -> list[Span]:
        period, last = self.period, self.period.last
        compared = [(span.first, span.last) for span in (period, period.previous, period.year_before)]
        return list(dict.fromkeys([*compared, (last.replace(month=1, day=1), last), *period.months(MONTHS_SHOWN)]))

    def _once(self, what: Any, compute: Callable[[], T]) -> T:
        if what not in self.known:
            self.known[what] = compute()
        figure: T = self.known[what]
        return figure


#: Computes a part of a report: a block, or a table with its charts.
Part = Callable[[ReportData], Block | list[Block]]

FORMAL = {1: N_("with NIB"), 0: N_("without NIB")}


def dimension(data: ReportData, by: str) -> TableColumn:
    """The first column of a table of businesses grouped by one of DIMENSIONS, NIB or KBLI."""
    if by == "formal":
        return TableColumn(by, _("NIB"), kinds.named(by, {code: _(label) for code, label in FORMAL.items()}))
    kind = kinds.named(by, data.sectors) if by == "sector" else BUSINESS[by].kind
    empty = {"sentra": _("In no sentra"), "kbli": _("No KBLI")}.get(by, _("Unclassified"))
    return TableColumn(by, BUSINESS[by].title, kind, empty)


def in_order(data: ReportData, by: str, keys: Iterable[Any]) -> list[Any]:
    """The keys of a breakdown in order: the known ones, then others in use, None (unclassified) last."""
    known: dict[str, Sequence[Any]] = {
        "sector": list(data.sectors),
        "kecamatan": data.kecamatan if data.scope.kecamatan is None else (),
        "formal": list(FORMAL),
    }
    ordered = known[by] if by in known else [choice.code for choice in BUSINESS[by].kind.choices]
    used = set(keys)
    others = sorted(key for key in used - set(ordered) if key is not None)
    return [*ordered, *others, *([None] if None in used else [])]


def total(columns: Sequence[TableColumn], rows: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """The row of totals: None in the first column, the sum of every other one."""
    return (None, *(sum(row[index] or 0 for row in rows) for index in range(1, len(columns))))
