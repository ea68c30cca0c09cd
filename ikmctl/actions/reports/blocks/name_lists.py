"""Blocks that list new, closed and corrected businesses by name, without personal data."""

from collections.abc import Callable

from ikmctl.actions.reports.figures import ReportData
from ikmctl.document import Table, TableColumn
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.values import kinds
from ikmctl.language import _
from ikmctl.registry import reports
from ikmctl.registry.reports import ListedBusiness

#: Number of businesses that a block lists; `list-businesses` shows the rest.
LISTED = 100


def new_businesses(data: ReportData) -> Table:
    """The businesses registered or opened again in the period."""
    more = _("And more: ikmctl list-businesses --registered {period}").format(period=data.period.code)
    again = TableColumn("reopened", _("Reopened"), kinds.named("reopened", {1: _("reopened")}))
    return _listed(data, reports.opened, "new_businesses", _("New businesses"), "opened_on", _("Since"), more, again)


def closed_businesses(data: ReportData) -> Table:
    """The businesses closed in the period."""
    more = _("And more: ikmctl list-businesses --status closed")
    return _listed(data, reports.closed, "closed_businesses", _("Closed businesses"), "closed_on", _("On"), more)


def corrected_businesses(data: ReportData) -> Table:
    """The businesses whose data were changed in the period, without the new ones."""
    more = _("And more: ikmctl history")
    title, day = _("Corrected businesses"), _("Last change")
    return _listed(data, reports.corrected, "corrected_businesses", title, "changed_on", day, more)


def _listed(
    data: ReportData,
    find: Callable[..., list[ListedBusiness]],
    name: str,
    title: str,
    day: str,
    day_title: str,
    more: str,
    *extra: TableColumn,
) -> Table:
    listed = find(data.connection, data.period.first, data.period.last, data.scope, LISTED)
    columns = (
        TableColumn("number", BUSINESS["number"].title, kinds.NUMBER),
        TableColumn("name", BUSINESS["name"].title, kinds.NAME),
        TableColumn("sector", BUSINESS["sector"].title, kinds.named("sector", data.sectors)),
        TableColumn("kelurahan", BUSINESS["kelurahan"].title, kinds.LINE),
        TableColumn("kecamatan", BUSINESS["kecamatan"].title, kinds.LINE),
        TableColumn(day, day_title, kinds.DATE),
        *extra,
    )
    rows = [(*business[:6], *((business.again or None,) if extra else ())) for business in listed[:LISTED]]
    return Table(name, title, columns, rows, None, (more,) if len(listed) > LISTED else ())
