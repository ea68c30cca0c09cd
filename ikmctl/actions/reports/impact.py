"""What became of coached businesses, beside similar ones that were not coached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any, NamedTuple

from ikmctl.actions.reports import letterhead
from ikmctl.document import Block, Chart, Document, Table, TableColumn, Text
from ikmctl.domain.impact import FEWEST, Course, Interval, Pair, interval, match
from ikmctl.domain.periods import read_period
from ikmctl.domain.scale import percent
from ikmctl.domain.values import kinds
from ikmctl.errors import UsageError
from ikmctl.language import N_, _, number, plural, short_date
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.records import find, save
from ikmctl.registry.reports import impact as figures
from ikmctl.registry.reports.impact import Coaching, Reach

MEASURES: Mapping[str, str] = {
    "workers": N_("Workers"),
    "investment": N_("Investment (Rp)"),
    "production_value": N_("Production (Rp)"),
}
_MEASURE = kinds.shown_by("measure", lambda code: _(MEASURES[code]))
_COACHED = kinds.shown_by("coached", lambda coached: _("coached") if coached else _("not coached"))

#: How much a business grew, for the chart: the upper bound of each class in percent, and its name.
_CLASSES: tuple[tuple[float, str], ...] = (
    (-25, N_("shrank by more than 25%")),
    (-5, N_("shrank by 5% to 25%")),
    (5, N_("about the same")),
    (25, N_("grew by 5% to 25%")),
    (100, N_("grew by 25% to 100%")),
    (float("inf"), N_("more than doubled")),
)
#: Months between the end of an event and the data taken for its effect.
USUAL_MONTHS = 6


class ImpactOptions(NamedTuple):
    """Whose effect: of one event, of those of a kind or a period; and how long after it at the least."""

    event: str | None = None
    kind: str | None = None
    period: str | None = None
    months: int = USUAL_MONTHS


@dataclass(frozen=True)
class Effect:
    """The effect on one measure: the coached businesses with data before and after, and the pairs."""

    measure: str
    coached: Sequence[Course]
    pairs: Sequence[Pair]

    @cached_property
    def difference(self) -> Interval | None:
        """By how many percentage points the coached ones grew more; None with too few pairs."""
        if len(self.pairs) < FEWEST:
            return None
        return interval([coached.growth - other.growth for coached, other in self.pairs])


def impact(registry: Registry, options: ImpactOptions) -> Document:
    """Workers, investment and production of coached businesses before and after, beside those of similar ones.

    The method is in domain/impact.py and docs/reports.md.

    Raises NotFound, Ambiguous, UnknownPeriod, UsageError.
    """
    if options.event and (options.kind or options.period):
        raise UsageError(_("Give either an event, or --kind and --period."))
    period = read_period(options.period) if options.period else None
    with registry.read() as connection:
        settings = reference_data.settings(connection)
        event = find.find(connection, "event", options.event) if options.event else None
        coaching = Coaching(event, options.kind, (period.first, period.last) if period else None)
        names = [save.name_of(connection, "event", event)] if event else []
        names += [kinds.EVENT_KIND.show(options.kind)] if options.kind else []
        names += [period.title] if period else []
        reach = figures.reach(connection, coaching)
        effects = [_effect(connection, coaching, reach, measure, options.months) for measure in MEASURES]
        survival = _survival(connection, reach)
    title = " · ".join((_("Effect of coaching"), *names))
    facts = {"events": reach.events, "businesses_coached": reach.coached.businesses, "months": options.months}
    blocks = [*map(Text, _summary(reach, effects)), *_tables(effects), *survival, *_drawn(effects)]
    return Document("report", tuple(blocks), title=title, facts=facts, letterhead=letterhead.of(settings))


def _effect(connection: Connection, coaching: Coaching, reach: Reach, measure: str, months: int) -> Effect:
    coached = list(figures.coached(connection, coaching, measure, months))
    periods = {(course.earlier, course.later) for course in coached}
    others = figures.never_coached(connection, measure, periods, reach.sectors) if periods else ()
    return Effect(measure, coached, match(coached, others))


def _summary(reach: Reach, effects: Sequence[Effect]) -> list[str]:
    """What can be said, in sentences."""
    coached = plural(
        "{count} business was coached at {events}.", "{count} businesses were coached at {events}.",
        reach.coached.businesses,
        events=plural("{count} event", "{count} events", reach.events),
    )  # fmt: skip
    sentences = [coached, *(_sentence(effect) for effect in effects)]
    if any(effect.difference for effect in effects):
        sentences.append(
            _(
                "This is a comparison and no proof: those who come to an event may differ from those who do not,"
                " also in what the registry does not know."
            )
        )
    return sentences


def _sentence(effect: Effect) -> str:
    label = _(MEASURES[effect.measure])
    if len(effect.coached) < FEWEST:
        return _("{measure}: fewer than {least} coached businesses have data before and after; no figures.").format(
            measure=label, least=FEWEST
        )
    if effect.difference is None:
        return _("{measure}: fewer than {least} of them have a similar business beside them; not compared.").format(
            measure=label, least=FEWEST
        )
    difference = effect.difference
    values = {
        "measure": label,
        "points": number(round(abs(difference.middle), 1)),
        "low": number(_tenths(difference.low)),
        "high": number(_tenths(difference.high)),
        "pairs": number(len(effect.pairs)),
    }
    if not difference.differs:
        return _(
            "{measure}: no difference can be shown between coached businesses and {pairs} similar ones"
            " (95% interval {low} to {high} percentage points)."
        ).format(**values)
    if difference.middle > 0:
        sentence = _(
            "{measure}: coached businesses grew by {points} percentage points more than {pairs} similar ones"
            " (95% interval {low} to {high})."
        )
    else:
        sentence = _(
            "{measure}: coached businesses grew by {points} percentage points less than {pairs} similar ones"
            " (95% interval {low} to {high})."
        )
    return sentence.format(**values)


def _tables(effects: Sequence[Effect]) -> list[Table]:
    """The coached businesses before and after, and the pairs; only measures with enough of them."""
    before = [_before_and_after(effect) for effect in effects if len(effect.coached) >= FEWEST]
    compared = [_compared(effect, effect.difference) for effect in effects if effect.difference]
    measure = TableColumn("measure", _("Measure"), _MEASURE)
    tables = [
        Table(
            "coached",
            _("Coached businesses before and after"),
            (
                measure,
                TableColumn("businesses", _("With both"), kinds.COUNT),
                TableColumn("median_before", _("Median before"), kinds.FIGURE),
                TableColumn("median_after", _("Median after"), kinds.FIGURE),
                TableColumn("median_growth_percent", _("Median change"), kinds.PERCENT),
                TableColumn("grew_percent", _("Grew"), kinds.PERCENT),
            ),
            before,
        ),
        Table(
            "compared",
            _("Beside similar businesses that were not coached"),
            (
                measure,
                TableColumn("pairs", _("Pairs"), kinds.COUNT),
                TableColumn("coached_growth_percent", _("Coached"), kinds.PERCENT),
                TableColumn("others_growth_percent", _("Not coached"), kinds.PERCENT),
                TableColumn("difference", _("Difference"), kinds.FIGURE),
                TableColumn("low", _("95% from"), kinds.FIGURE),
                TableColumn("high", _("95% to"), kinds.FIGURE),
            ),
            compared,
            None,
            (
                _("Median change in percent; the difference is the median of the pairs, in percentage points."),
                _("A pair: same branch, scale and years, and nearest in size before."),
            ),
        ),
    ]
    return [table for table in tables if table.rows]


def _before_and_after(effect: Effect) -> tuple[Any, ...]:
    courses = effect.coached
    return (
        effect.measure,
        len(courses),
        _whole(median(course.before for course in courses)),
        _whole(median(course.after for course in courses)),
        _median_growth(courses),
        percent(sum(course.after > course.before for course in courses), len(courses)),
    )


def _compared(effect: Effect, difference: Interval) -> tuple[Any, ...]:
    coached, others = zip(*effect.pairs, strict=True)
    bounds = (difference.middle, difference.low, difference.high)
    return (
        effect.measure,
        len(effect.pairs),
        _median_growth(coached),
        _median_growth(others),
        *map(_tenths, bounds),
    )


def _tenths(points: float) -> float:
    """Percentage points to one decimal, never minus zero."""
    return round(points, 1) + 0.0


def _whole(amount: float) -> float:
    """An amount without a fraction that nobody needs."""
    return amount if amount < 1_000 else round(amount)


def _median_growth(courses: Sequence[Course]) -> float:
    return round(median(course.growth for course in courses), 1)


def _survival(connection: Connection, reach: Reach) -> list[Block]:
    """How many of the coached businesses are still active, beside those of the same branches that were not coached."""
    if reach.first_day is None or reach.coached.businesses < FEWEST:
        return []
    others = figures.survival(connection, reach.first_day, reach.sectors)
    rows = [
        (coached, one.businesses, one.active, percent(one.active, one.businesses))
        for coached, one in ((True, reach.coached), (False, others))
        if one.businesses >= FEWEST
    ]
    columns = (
        TableColumn("coached", _("Businesses"), _COACHED),
        TableColumn("businesses", _("Number"), kinds.COUNT),
        TableColumn("active", _("Active today"), kinds.COUNT),
        TableColumn("active_percent", _("Share"), kinds.PERCENT),
    )
    note = _("Not coached: businesses of the same branches that were active on {day}, the day of the first event.")
    return [Table("survival", _("Still active"), columns, rows, None, (note.format(day=short_date(reach.first_day)),))]


def _drawn(effects: Sequence[Effect]) -> list[Chart]:
    """The pairs of each measure that is compared: how many of both kinds grew by how much."""
    charts = []
    for effect in effects:
        if effect.difference is None:
            continue
        series = tuple(
            (_COACHED.show(coached), _in_classes([pair[place] for pair in effect.pairs]))
            for place, coached in enumerate((True, False))
        )
        title = _("{measure}: pairs by change").format(measure=_(MEASURES[effect.measure]))
        labels = tuple(_(name) for _upper, name in _CLASSES)
        charts.append(Chart(f"{effect.measure}_drawn", title, labels, series, "bars"))
    return charts


def _in_classes(courses: Sequence[Course]) -> tuple[float, ...]:
    counts = [0.0] * len(_CLASSES)
    for course in courses:
        counts[next(place for place, (upper, _name) in enumerate(_CLASSES) if course.growth <= upper)] += 1
    return tuple(counts)
