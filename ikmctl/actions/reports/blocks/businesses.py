"""Blocks on businesses: movement, sums, places, scale, formality and legal form."""

from collections.abc import Iterator, Mapping

from ikmctl.actions.reports.figures import ReportData, dimension, in_order, total
from ikmctl.document import Table, TableColumn
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.scale import percent
from ikmctl.domain.values import kinds
from ikmctl.domain.values.kinds import Kind
from ikmctl.language import N_, _, number, plural
from ikmctl.registry import reports
from ikmctl.registry.reports import Movement, Totals

#: The dimensions by which businesses can be grouped, with their words in titles.
_BY: Mapping[str, str] = {
    "sector": N_("by sector"),
    "kecamatan": N_("by kecamatan"),
    "kelurahan": N_("by kelurahan"),
    "sentra": N_("by sentra"),
    "form": N_("by legal form"),
    "scale": N_("by industry scale"),
    "kbli": N_("by KBLI"),
}

DIMENSIONS = tuple(_BY)


def movement(data: ReportData) -> Table:
    """The movement table: opening, registered, recorded, reopened, closed, reclassified, closing."""
    by, period = data.by, data.period
    by_key = {
        row.key: row for row in reports.movement(data.connection, period.first, period.last, by, data.scope, data.cells)
    }
    rows = [tuple(by_key.get(key) or Movement(key)) for key in in_order(data, by, by_key)]
    columns = (
        dimension(data, by),
        TableColumn("opening", _("Opening"), kinds.COUNT),
        TableColumn("registered", _("Registered"), kinds.COUNT),
        TableColumn("recorded", _("Recorded"), kinds.COUNT, optional=True),
        TableColumn("reopened", _("Reopened"), kinds.COUNT, optional=True),
        TableColumn("closed", _("Closed"), kinds.COUNT),
        TableColumn("reclassified", _("Reclassified"), kinds.COUNT, optional=True),
        TableColumn("closing", _("Closing"), kinds.COUNT),
    )
    recorded = any(row.recorded for row in by_key.values())
    note = _("Recorded: businesses from a list without registration dates; they are not newly registered.")
    notes = (note,) if recorded else ()
    title = _("Businesses {by}").format(by=_(_BY[by]))
    return Table("movement", title, columns, rows, total(columns, rows), notes)


_PEOPLE: Mapping[str, tuple[str, Kind]] = {
    "businesses": (N_("Businesses"), kinds.COUNT),
    "workers_male": (N_("Men"), kinds.COUNT),
    "workers_female": (N_("Women"), kinds.COUNT),
    "workers": (N_("Workers"), kinds.COUNT),
    "investment": (N_("Investment"), kinds.MONEY),
    "production_value": (N_("Production"), kinds.MONEY),
    "material_value": (N_("Materials"), kinds.MONEY),
    "value_added": (N_("Value added"), kinds.MONEY),
}


def _people_columns() -> Iterator[TableColumn]:
    """A column for each figure and, for figures that may be missing, one with the businesses without a value."""
    for name, (label, kind) in _PEOPLE.items():
        yield TableColumn(name, _(label), kind, "–")
        if f"{name}_missing" in Totals._fields:
            yield TableColumn(f"{name}_missing", _("{figure}: no value").format(figure=_(label)), kinds.COUNT)


def people_and_money(data: ReportData) -> Table:
    """Workers, investment, production, materials and value added, each with the businesses without a value."""
    by = data.by
    by_key = {row.key: row for row in reports.totals(data.cells, by)}
    rows = [tuple(by_key.get(key) or Totals(key)) for key in in_order(data, by, by_key)]
    title = _("Workers and money {by}").format(by=_(_BY[by]))
    columns = (dimension(data, by), *_people_columns())
    total = tuple(reports.totals_of(None, data.total))
    return Table("people_and_money", title, columns, rows, total, tuple(_what_is_counted(data)))


def _what_is_counted(data: ReportData) -> Iterator[str]:
    """Which businesses the sums are over, and of how many a value could not be read."""
    total = data.total
    yield _("“no value”: the number of businesses for which the figure is not known.")
    unreadable = reports.unreadable_figures(data.connection, data.period.last, data.scope)
    if unreadable:
        figures = ", ".join(f"{_(_PEOPLE[name][0])} {number(count)}" for name, count in unreadable.items())
        yield _("Businesses with a value that could not be read: {figures}. See: ikmctl list-pending").format(
            figures=figures
        )
    yield _("“Workers” is what is known: the total where it is given, else men and women.")
    if total.workers_part:
        yield plural(
            "Of {count} business only the men or only the women are known; these are counted.",
            "Of {count} businesses only the men or only the women are known; these are counted.",
            total.workers_part,
        )
    yield plural(
        "Value added = production − materials, summed over {count} business for which both are known.",
        "Value added = production − materials, summed over {count} businesses for which both are known.",
        total.value_added_known,
    )


def kecamatan_by_sector(data: ReportData) -> Table:
    """The number of businesses by kecamatan and sector."""
    amounts = reports.group_by(data.cells, "kecamatan", "sector")
    sectors = in_order(data, "sector", (sector for _kecamatan, sector in amounts))
    classified = [sector for sector in sectors if sector is not None]
    rows = []
    for kecamatan in in_order(data, "kecamatan", (kecamatan for kecamatan, _sector in amounts)):
        counts = [
            amounts[kecamatan, sector].businesses if (kecamatan, sector) in amounts else 0
            for sector in (*classified, None)
        ]
        rows.append((kecamatan, *counts, sum(counts)))
    columns = (
        dimension(data, "kecamatan"),
        *(TableColumn(sector, data.sectors.get(sector, sector), kinds.COUNT) for sector in classified),
        TableColumn("unclassified", _("Unclassified"), kinds.COUNT),
        TableColumn("total", _("Total"), kinds.COUNT),
    )
    title = _("Businesses by kecamatan and sector")
    return Table("kecamatan_by_sector", title, columns, rows, total(columns, rows))


def scale(data: ReportData) -> Table:
    """Businesses by industry scale (computed, Permenperin 64/2016) and stated scale (PP 7/2021)."""
    amounts = reports.group_by(data.cells, "scale", "stated_scale")
    stated = [choice.code for choice in BUSINESS["stated_scale"].kind.choices]
    rows = []
    for computed in in_order(data, "scale", (key for key, _stated in amounts)):
        counts = [amounts[computed, code].businesses if (computed, code) in amounts else 0 for code in (*stated, None)]
        rows.append((computed, *counts, sum(counts)))
    columns = (
        dimension(data, "scale")._replace(empty=_("Not known")),
        *(
            TableColumn(f"stated_{choice.code}", _("Stated: {scale}").format(scale=choice), kinds.COUNT)
            for choice in BUSINESS["stated_scale"].kind.choices
        ),
        TableColumn("stated_unclassified", _("Not stated"), kinds.COUNT),
        TableColumn("total", _("Total"), kinds.COUNT),
    )
    note = _(
        "Rows: industry scale computed from workers and investment (Permenperin 64/2016); not known where needed "
        "data are missing. Columns: business scale as stated in OSS (PP 7/2021), a different measure."
    )
    return Table("scale", _("Industry scale and stated scale"), columns, rows, total(columns, rows), (note,))


def formality(data: ReportData) -> Table:
    """The number of formal and non-formal businesses: with and without a NIB."""
    note = _("Formal: with a NIB. Non-formal: no NIB is registered.")
    return _share(data, "formal", "formality", _("Formal and non-formal businesses"), (note,))


def legal_form(data: ReportData) -> Table:
    """The number of businesses of each legal form."""
    return _share(data, "form", "legal_form", _("Businesses by legal form"))


def _share(data: ReportData, by: str, name: str, title: str, notes: tuple[str, ...] = ()) -> Table:
    amounts = reports.group_by(data.cells, by)
    whole = data.total.businesses
    rows = [
        (key, count, percent(count, whole))
        for key in in_order(data, by, (key for (key,) in amounts))
        for count in (amounts[(key,)].businesses if (key,) in amounts else 0,)
    ]
    columns = (
        dimension(data, by),
        TableColumn("businesses", _("Businesses"), kinds.COUNT),
        TableColumn("percent", _("Share"), kinds.PERCENT),
    )
    return Table(name, title, columns, rows, (None, whole, percent(whole, whole)), notes)
