"""Blocks on businesses: movement, workers and money, kecamatan, scale, formality and legal form."""

from collections.abc import Iterator, Mapping

from ikmctl.actions.reports.figures import ReportData, dimension, in_order, total
from ikmctl.document import Table, TableColumn
from ikmctl.domain import kinds
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.kinds import Kind
from ikmctl.domain.scale import percent
from ikmctl.language import N_, _
from ikmctl.registry import reports
from ikmctl.registry.reports import Movement, People

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


def movement(ground: ReportData) -> Table:
    """The movement table: opening, registered, recorded, reopened, closed, reclassified and closing businesses."""
    by, period = ground.by, ground.period
    found = {
        row.key: row
        for row in reports.movement(ground.connection, period.first, period.last, by, ground.scope, ground.cells)
    }
    rows = [tuple(found.get(key) or Movement(key)) for key in in_order(ground, by, found)]
    columns = (
        dimension(ground, by),
        TableColumn("opening", _("Opening"), kinds.COUNT),
        TableColumn("registered", _("Registered"), kinds.COUNT),
        TableColumn("recorded", _("Recorded"), kinds.COUNT, optional=True),
        TableColumn("reopened", _("Reopened"), kinds.COUNT, optional=True),
        TableColumn("closed", _("Closed"), kinds.COUNT),
        TableColumn("reclassified", _("Reclassified"), kinds.COUNT, optional=True),
        TableColumn("closing", _("Closing"), kinds.COUNT),
    )
    recorded = any(row.recorded for row in found.values())
    note = _("Recorded: taken over from a list that does not say since when they are active; not newly registered.")
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
    """A column for each figure, and one for the number of businesses without a value where that can occur."""
    for name, (label, kind) in _PEOPLE.items():
        yield TableColumn(name, _(label), kind, "–")
        if f"{name}_missing" in People._fields:
            yield TableColumn(f"{name}_missing", _("{figure}: no value").format(figure=_(label)), kinds.COUNT)


def people_and_money(ground: ReportData) -> Table:
    """Workers, investment, production, materials and value added, with the number of businesses without a value."""
    by = ground.by
    found = {row.key: row for row in reports.people(ground.cells, by)}
    rows = [tuple(found.get(key) or People(key)) for key in in_order(ground, by, found)]
    notes = (
        _("“no value”: businesses for which the figure is not known. Value added = production − materials."),
        _("Workers count businesses too for which only the total is known."),
    )
    title = _("Workers and money {by}").format(by=_(_BY[by]))
    columns = (dimension(ground, by), *_people_columns())
    return Table("people_and_money", title, columns, rows, tuple(reports.people_of(None, ground.total)), notes)


def kecamatan_by_sector(ground: ReportData) -> Table:
    """The number of businesses by kecamatan and sector."""
    found = reports.group_by(ground.cells, "kecamatan", "sector")
    sectors = in_order(ground, "sector", (sector for _kecamatan, sector in found))
    classified = [sector for sector in sectors if sector is not None]
    rows = []
    for kecamatan in in_order(ground, "kecamatan", (kecamatan for kecamatan, _sector in found)):
        counts = [
            found[kecamatan, sector].businesses if (kecamatan, sector) in found else 0 for sector in (*classified, None)
        ]
        rows.append((kecamatan, *counts, sum(counts)))
    columns = (
        dimension(ground, "kecamatan"),
        *(TableColumn(sector, ground.sectors.get(sector, sector), kinds.COUNT) for sector in classified),
        TableColumn("unclassified", _("Unclassified"), kinds.COUNT),
        TableColumn("total", _("Total"), kinds.COUNT),
    )
    title = _("Businesses by kecamatan and sector")
    return Table("kecamatan_by_sector", title, columns, rows, total(columns, rows))


def scale(ground: ReportData) -> Table:
    """The scale computed from workers and investment (Permenperin 64/2016), and the stated one (PP 7/2021)."""
    found = reports.group_by(ground.cells, "scale", "stated_scale")
    stated = [choice.code for choice in BUSINESS["stated_scale"].kind.choices]
    rows = []
    for computed in in_order(ground, "scale", (key for key, _stated in found)):
        counts = [found[computed, code].businesses if (computed, code) in found else 0 for code in (*stated, None)]
        rows.append((computed, *counts, sum(counts)))
    columns = (
        dimension(ground, "scale")._replace(empty=_("Not known")),
        *(
            TableColumn(f"stated_{choice.code}", _("Stated: {scale}").format(scale=choice), kinds.COUNT)
            for choice in BUSINESS["stated_scale"].kind.choices
        ),
        TableColumn("stated_unclassified", _("Not stated"), kinds.COUNT),
        TableColumn("total", _("Total"), kinds.COUNT),
    )
    note = _(
        "Rows: industry scale computed from workers and investment (Permenperin 64/2016), not known where a part "
        "is missing that matters. Columns: business scale as stated in OSS (PP 7/2021), which is another measure."
    )
    return Table("scale", _("Industry scale, beside the scale stated"), columns, rows, total(columns, rows), (note,))


def formality(ground: ReportData) -> Table:
    """The number and share of formal and non-formal businesses: with and without a NIB."""
    note = _("Formal: with a NIB. Non-formal: no NIB is registered.")
    return _share(ground, "formal", "formality", _("Formal and non-formal businesses"), (note,))


def legal_form(ground: ReportData) -> Table:
    """The number and share of businesses by legal form."""
    return _share(ground, "form", "legal_form", _("Businesses by legal form"))


def _share(ground: ReportData, by: str, name: str, title: str, notes: tuple[str, ...] = ()) -> Table:
    found = reports.group_by(ground.cells, by)
    whole = ground.total.businesses
    rows = [
        (key, count, percent(count, whole))
        for key in in_order(ground, by, (key for (key,) in found))
        for count in (found[(key,)].businesses if (key,) in found else 0,)
    ]
    columns = (
        dimension(ground, by),
        TableColumn("businesses", _("Businesses"), kinds.COUNT),
        TableColumn("percent", _("Share"), kinds.PERCENT),
    )
    return Table(name, title, columns, rows, (None, whole, percent(whole, whole)), notes)
