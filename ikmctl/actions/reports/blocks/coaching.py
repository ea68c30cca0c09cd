"""Blocks on the events of the period and their reach."""

from collections.abc import Mapping

from ikmctl.actions.reports.figures import ReportData
from ikmctl.document import Card, Table, TableColumn
from ikmctl.domain.scale import percent
from ikmctl.domain.values import kinds
from ikmctl.domain.values.kinds import Kind
from ikmctl.language import N_, _, number
from ikmctl.registry import reports
from ikmctl.registry.reports import EVERYWHERE

_EVENT_COLUMNS: Mapping[str, tuple[str, Kind]] = {
    "number": (N_("No."), kinds.NUMBER),
    "name": (N_("Name"), kinds.NAME),
    "batch": (N_("Batch"), kinds.LINE),
    "kind": (N_("Kind"), kinds.EVENT_KIND),
    "starts_on": (N_("From"), kinds.DATE),
    "ends_on": (N_("To"), kinds.DATE),
    "venue": (N_("Venue"), kinds.LINE),
    "organiser": (N_("Organiser"), kinds.LINE),
    "host": (N_("Host"), kinds.LINE),
    "guest": (N_("Guest"), kinds.LINE),
    "funder": (N_("Funding"), kinds.LINE),
    "budget": (N_("Budget"), kinds.MONEY),
    "visited": (N_("Visited"), kinds.LINE),
    "listed_male": (N_("Men"), kinds.COUNT),
    "listed_female": (N_("Women"), kinds.COUNT),
    "listed_unknown": (N_("Sex unknown"), kinds.COUNT),
    "reported_male": (N_("Reported men"), kinds.COUNT),
    "reported_female": (N_("Reported women"), kinds.COUNT),
    "businesses": (N_("Businesses reached"), kinds.COUNT),
}
#: Columns that a narrow screen may leave out.
_DETAILS = (
    "batch", "ends_on", "venue", "organiser", "host", "guest", "funder", "budget", "visited", "listed_unknown",
    "reported_male", "reported_female",
)  # fmt: skip


def events(data: ReportData) -> Table:
    """The events that began in the period: place, parties, and the people listed and reported."""
    listed_events = reports.events(data.connection, data.period.first, data.period.last, data.scope)
    columns = tuple(
        TableColumn(name, _(label), kind, detail=name in _DETAILS) for name, (label, kind) in _EVENT_COLUMNS.items()
    )
    notes: tuple[str, ...] = (_("Only people and businesses of this place or sentra are counted as listed."),)
    if data.scope == EVERYWHERE:
        notes = tuple(
            _("{event}: {listed} on the list, {reported} reported.").format(
                event=event.name, listed=number(listed), reported=number(reported)
            )
            for event in listed_events
            if (event.reported_male is not None or event.reported_female is not None)
            and (listed := event.listed_male + event.listed_female + event.listed_unknown)
            != (reported := (event.reported_male or 0) + (event.reported_female or 0))
        )
        notes += tuple(
            _("{event} was planned for this period. If it was held: ikmctl edit-event {number} --status held").format(
                event=name, number=number_
            )
            for number_, name in reports.unsettled(data.connection, data.period.first, data.period.last)
        )
    return Table("events", _("Events"), columns, [tuple(event) for event in listed_events], None, notes)


def lessons(data: ReportData) -> Table:
    """What came of the events of the period, and what was learned there."""
    columns = (
        TableColumn("number", _("No."), kinds.NUMBER),
        TableColumn("name", _("Name"), kinds.NAME),
        TableColumn("kind", _("Kind"), kinds.EVENT_KIND, detail=True),
        TableColumn("starts_on", _("From"), kinds.DATE),
        TableColumn("host", _("Host"), kinds.LINE, detail=True),
        TableColumn("outcome", _("Outcome"), kinds.LINE),
        TableColumn("lesson", _("Lesson"), kinds.LINE),
    )
    found = reports.lessons(data.connection, data.period.first, data.period.last, data.scope)
    return Table("lessons", _("Outcomes and lessons"), columns, [tuple(each) for each in found])


def coaching(data: ReportData) -> Card:
    """Distinct businesses and groups coached, in the period and in the year to date, and the coverage."""
    last = data.period.last
    active = data.total.businesses
    all_groups = len(data.groups(last))
    columns = (
        TableColumn("events", _("Events"), kinds.COUNT),
        TableColumn("attendances", _("Participants"), kinds.COUNT),
        TableColumn("businesses_coached", _("Businesses coached (each once)"), kinds.COUNT),
        TableColumn("active_businesses", _("Active businesses"), kinds.COUNT),
        TableColumn("coverage_percent", _("Coverage"), kinds.PERCENT),
        TableColumn("groups_coached", _("Groups coached"), kinds.COUNT),
        TableColumn("all_groups", _("All groups"), kinds.COUNT),
        TableColumn("group_coverage_percent", _("Coverage of groups"), kinds.PERCENT),
        TableColumn("new_entrepreneurs", _("New entrepreneurs"), kinds.COUNT),
        TableColumn("events_this_year", _("Events, year to date"), kinds.COUNT),
        TableColumn("attendances_this_year", _("Participants, year to date"), kinds.COUNT),
        TableColumn("businesses_coached_this_year", _("Businesses coached, year to date"), kinds.COUNT),
        TableColumn("coverage_percent_this_year", _("Coverage, year to date"), kinds.PERCENT),
        TableColumn("groups_coached_this_year", _("Groups coached, year to date"), kinds.COUNT),
        TableColumn("group_coverage_percent_this_year", _("Coverage of groups, year to date"), kinds.PERCENT),
        TableColumn("new_entrepreneurs_this_year", _("New entrepreneurs, year to date"), kinds.COUNT),
    )

    new_year = last.replace(month=1, day=1)
    now, year = data.reached(data.period.first, last), data.reached(new_year, last)
    row = (
        now.events, now.attendances, now.businesses, active, percent(now.businesses, active),
        now.groups, all_groups, percent(now.groups, all_groups), data.entrepreneurs(data.period.first, last),
        year.events, year.attendances, year.businesses, percent(year.businesses, active),
        year.groups, percent(year.groups, all_groups), data.entrepreneurs(new_year, last),
    )  # fmt: skip
    return Card("coaching", _("Coaching"), columns, row)
