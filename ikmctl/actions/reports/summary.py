"""The summary of a period as a Document of blocks whose figures add up; see docs/domain.md, “Indicators”."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ikmctl import errors
from ikmctl.actions.records import filters
from ikmctl.actions.records.display_names import sector_labels
from ikmctl.actions.reports import letterhead, stored_figures
from ikmctl.actions.reports.blocks.businesses import (
    DIMENSIONS,
    formality,
    kecamatan_by_sector,
    legal_form,
    movement,
    people_and_money,
    scale,
)
from ikmctl.actions.reports.blocks.clusters import groups, sentra
from ikmctl.actions.reports.blocks.coaching import coaching, events, lessons
from ikmctl.actions.reports.blocks.name_lists import closed_businesses, corrected_businesses, new_businesses
from ikmctl.actions.reports.blocks.quality import quality
from ikmctl.actions.reports.blocks.targets import targets
from ikmctl.actions.reports.blocks.trend import change, trend
from ikmctl.actions.reports.figures import Part, ReportData
from ikmctl.document import Block, Caution, Document, Table, TableColumn, Text
from ikmctl.domain.choices import Choice
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.periods import Period, last_ended_month, read_days, read_period, span
from ikmctl.language import N_, _, plural
from ikmctl.registry import reports
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.records import find, save
from ikmctl.registry.reports import EVERYWHERE, Scope, closed_months

#: The parts of a summary in their order, each with the label by which --only names it.
#:
#: To add a part, write a function with the name of its block and list it here.
BLOCKS: Mapping[Part, str] = {
    movement: N_("Movement of businesses"),
    people_and_money: N_("Workers and money"),
    kecamatan_by_sector: N_("Businesses by kecamatan and sector"),
    scale: N_("Industry scale"),
    formality: N_("Formal and non-formal businesses"),
    legal_form: N_("Legal form"),
    sentra: N_("Sentra"),
    groups: N_("Groups"),
    new_businesses: N_("New businesses"),
    closed_businesses: N_("Closed businesses"),
    corrected_businesses: N_("Corrected businesses"),
    events: N_("Events"),
    lessons: N_("Outcomes and lessons"),
    coaching: N_("Coaching"),
    change: N_("Change"),
    trend: N_("Twelve months"),
    targets: N_("Targets"),
    quality: N_("Quality of the data"),
}

#: Blocks that are not compared with those of a closed month: data are filled in and corrected later, which is as it
#: should be.
NOT_COMPARED = ("completeness", "checks", "pending_values")

PARTS = tuple(Choice(part.__name__, label) for part, label in BLOCKS.items())
BREAKDOWNS = tuple(BUSINESS[name].choice for name in DIMENSIONS)


class SummaryOptions(NamedTuple):
    """The options of a summary; an empty option means the default.

    `by` is one of DIMENSIONS; `only` are names of functions in BLOCKS.
    """

    period: str | None = None
    first: str | None = None
    last: str | None = None
    by: str | None = None
    only: Sequence[str] = ()
    sentra: str | None = None
    kecamatan: str | None = None


WHOLE = SummaryOptions()


def summary(registry: Registry, options: SummaryOptions = WHOLE) -> Document:
    """The summary of a period, the last month that has ended if none is named.

    Raises UnknownPeriod, EndBeforeStart, NotFound, Ambiguous, UnknownName.
    """
    period = _period(options)
    parts = [part for part in BLOCKS if not options.only or part.__name__ in options.only]
    by = options.by or DIMENSIONS[0]
    with registry.read() as connection:
        settings = reference_data.settings(connection)
        scope, where = _scope(connection, options)
        shown = blocks(connection, period, by=by, scope=scope, parts=parts)
        everything = by == "sector" and scope == EVERYWHERE
        notes, facts, shown = _as_reported(connection, period, shown, everything=everything)
        if reports.is_empty(connection):
            notes.append(_("No business is registered yet: every figure is zero."))
    title = " · ".join(filter(None, (_("Summary of {period}").format(period=period.title), where)))
    known = {"kecamatan": scope.kecamatan, "sentra": where if scope.sentra else None}
    facts = {
        "period": period.code,
        "office": settings.get("office", ""),
        **{name: it for name, it in known.items() if it},
        **facts,
    }
    head = letterhead.of(settings)
    return Document(
        "report", (*map(Text, notes), *shown), title=title, facts=facts, messages=_unfinished(period), letterhead=head
    )


def blocks(
    connection: Connection,
    period: Period,
    *,
    by: str = "sector",
    scope: Scope = EVERYWHERE,
    parts: Iterable[Part] | None = None,
) -> list[Block]:
    """The blocks of a report, computed from today's data."""
    city = reference_data.settings(connection).get("city", "")
    names = dict.fromkeys(reference_data.places(connection, city).kecamatan.values())
    wanted = BLOCKS if parts is None else tuple(parts)
    whole = set(BLOCKS) <= set(wanted)
    data = ReportData(connection, period, sector_labels(connection), tuple(names), by, scope, whole)
    computed = (part(data) for part in wanted)
    return [block for part in computed for block in (part if isinstance(part, list) else [part])]


def _period(options: SummaryOptions) -> Period:
    """The period of a report. Raises UnknownPeriod, EndBeforeStart, UsageError."""
    if options.first or options.last:
        if options.period or not (options.first and options.last):
            raise errors.UsageError(_("Give either a period, or both --from and --to."))
        return span(read_days(options.first)[0], read_days(options.last)[1])
    return read_period(options.period) if options.period else last_ended_month(date.today())


def _scope(connection: Connection, options: SummaryOptions) -> tuple[Scope, str]:
    """The scope of a report, and its description for the title. Raises NotFound, UnknownName."""
    kecamatan, number, names = None, None, []
    if options.kecamatan:
        kecamatan = filters.place(connection, BUSINESS, "kecamatan", options.kecamatan)
        names.append(_("kecamatan {name}").format(name=kecamatan))
    if options.sentra:
        number = find.find(connection, "sentra", options.sentra)
        names.append(save.name_of(connection, "sentra", number))
    return Scope(kecamatan, number), " · ".join(names)


def _as_reported(
    connection: Connection, period: Period, today: list[Block], *, everything: bool
) -> tuple[list[str], dict[str, Any], list[Block]]:
    """Notes on a closed month, facts about it, and the blocks as they were reported."""
    stored = closed_months.closed(connection, period.code) if period.is_month else None
    if stored is None:
        return [], {}, today
    if not everything:
        message = _("{month} is closed, but this breakdown was not saved: the figures come from today's data.")
        return [message.format(month=period.title)], {}, today
    notes = [_("{month} is closed: these are the figures as they were reported.").format(month=period.title)]
    differing = [
        difference
        for block in today
        if getattr(block, "name", "") not in NOT_COMPARED
        for difference in stored_figures.differences(block, stored)
    ]
    facts = {"closed": True, "differs": dict(Counter(difference.block for difference in differing))}
    reported = [stored_figures.as_reported(block, stored) for block in today]
    return notes, facts, [*_late_differences(differing), *reported]


#: Number of differing figures that are listed; if there are more, the whole month needs a second look.
DIFFERENCES_SHOWN = 50


def _late_differences(differing: Sequence[stored_figures.Difference]) -> list[Block]:
    """A table of the figures that differ between the closed month and today's data; none if all agree."""
    figures = [tuple(difference)[1:-1] for difference in differing if difference.is_number]
    if not figures:
        return []
    columns = (
        TableColumn("part", _("Part")),
        TableColumn("row", _("Row")),
        TableColumn("figure", _("Figure")),
        TableColumn("reported", _("Reported")),
        TableColumn("today", _("Today")),
    )
    more = len(figures) - DIFFERENCES_SHOWN
    notes = (plural("… and {count} more figure", "… and {count} more figures", more),) if more > 0 else ()
    title = _("Figures that differ in today's data")
    return [Table("late_differences", title, columns, figures[:DIFFERENCES_SHOWN], None, notes)]


def _unfinished(period: Period) -> tuple[str, ...]:
    """A note on a period that has not ended."""
    today = date.today()
    if period.first > today:
        return (Caution(_("This period is in the future; the figures come from today's data.")),)
    return (Caution(_("This period has not ended yet; the figures are as of today.")),) if period.last > today else ()
