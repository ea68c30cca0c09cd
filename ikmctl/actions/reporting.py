"""The summary of a period: figures that add up, as a Document of blocks (DOMAIN §7)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from typing import Any

from ikmctl.actions import letterhead
from ikmctl.actions.document import Card, Column, Document, Table
from ikmctl.actions.labels import sector_labels
from ikmctl.domain import values as v
from ikmctl.domain.entities import BUSINESS, SENTRA
from ikmctl.domain.periods import Period, last_ended_month, read_period
from ikmctl.domain.values import Kind
from ikmctl.language import N_, _
from ikmctl.registry import figures, reference
from ikmctl.registry.database import Connection, Registry
from ikmctl.registry.figures import Movement, People

SENTRA_MINIMUM, FUND_MINIMUM = 5, 10
"""Units that make a sentra (PP 29/2018), and that a proposal for the special allocation fund needs in Sumatra."""


@dataclass(frozen=True)
class Ground:
    """What every block of a summary is computed from."""

    connection: Connection
    period: Period
    sectors: Mapping[str, str]
    """code → name in the language in use"""
    kecamatan: Sequence[str]


def summary(registry: Registry, text: str | None) -> Document:
    """The summary of a period, the last month that has ended if none is named. Raises UnknownPeriod."""
    period = read_period(text) if text else last_ended_month(date.today())
    with registry.read() as connection:
        settings = reference.settings(connection)
        names = dict.fromkeys(reference.places(connection, settings.get("city", "")).kecamatan.values())
        ground = Ground(connection, period, sector_labels(connection), tuple(names))
        blocks = tuple(block(ground) for block in BLOCKS)
    office = settings.get("office", "")
    title = _("Summary of {period}").format(period=period.title)
    talk = (_("This period has not ended yet; the figures are as of today."),) if period.last > date.today() else ()
    facts = {"period": period.code, "office": office}
    return Document("report", blocks, title=title, facts=facts, talk=talk, letterhead=letterhead.of(settings))


def _named(name: str, names: Mapping[str, str]) -> Kind:
    """A kind whose codes are shown by these names, and whose absence is the row of the unclassified."""
    return Kind(name, "TEXT", v.NAME.read, lambda code: names.get(code, str(code)))


def _by_sector(ground: Ground, rows: Iterable[Any], empty: Callable[[str | None], Any]) -> list[tuple[Any, ...]]:
    """One row for each sector in the office's order, and one for businesses that have none, if there are any."""
    found = {row.sector: row for row in rows}
    ordered = [found.get(code) or empty(code) for code in ground.sectors]
    ordered += [found[code] for code in found if code is not None and code not in ground.sectors]
    if None in found:
        ordered.append(found[None])
    return [astuple(row) for row in ordered]


def _total(rows: Sequence[tuple[Any, ...]], labels: int = 1) -> tuple[Any, ...]:
    """Labels left empty, every other column summed."""
    width = len(rows[0]) if rows else labels
    return (None,) * labels + tuple(sum(row[index] or 0 for row in rows) for index in range(labels, width))


def _movement(ground: Ground) -> Table:
    found = figures.movement(ground.connection, ground.period.first, ground.period.last)
    rows = _by_sector(ground, found, lambda code: Movement(code, 0, 0, 0, 0, 0))
    columns = (
        Column("sector", BUSINESS["sector"].title, _named("sector", ground.sectors), _("Unclassified")),
        Column("opening", _("Opening"), v.COUNT),
        Column("registered", _("Registered"), v.COUNT),
        Column("reopened", _("Reopened"), v.COUNT),
        Column("closed", _("Closed"), v.COUNT),
        Column("closing", _("Closing"), v.COUNT),
    )
    return Table("movement", _("Businesses by sector"), columns, rows, _total(rows))


_PEOPLE: Mapping[str, tuple[str, Kind]] = {
    "businesses": (N_("Businesses"), v.COUNT),
    "workers_male": (N_("Men"), v.COUNT),
    "workers_female": (N_("Women"), v.COUNT),
    "workers": (N_("Workers"), v.COUNT),
    "investment": (N_("Investment"), v.MONEY),
    "production_value": (N_("Production"), v.MONEY),
    "material_value": (N_("Materials"), v.MONEY),
    "value_added": (N_("Value added"), v.MONEY),
}


def _people_columns() -> Iterator[Column]:
    """A column for each figure, and for all but the plain counts one that says how many businesses have no value."""
    there = {field.name for field in fields(People)}
    for name, (label, kind) in _PEOPLE.items():
        yield Column(name, _(label), kind)
        if f"{name}_missing" in there:
            yield Column(f"{name}_missing", _("{figure}: no value").format(figure=_(label)), v.COUNT)


def _people_and_money(ground: Ground) -> Table:
    found = figures.people(ground.connection, ground.period.last)
    rows = _by_sector(ground, found, lambda code: People(code, *(0,) * (len(fields(People)) - 1)))
    columns = (
        Column("sector", BUSINESS["sector"].title, _named("sector", ground.sectors), _("Unclassified")),
        *_people_columns(),
    )
    notes = (
        _("“no value”: businesses for which the figure is not known. Value added = production − materials."),
        _("Workers count businesses too for which only the total is known."),
    )
    return Table("people_and_money", _("Workers and money by sector"), columns, rows, _total(rows), notes)


def _kecamatan_by_sector(ground: Ground) -> Table:
    found = figures.places(ground.connection, ground.period.last)
    count = {(kecamatan, sector): number for kecamatan, sector, number in found}
    sectors: list[str | None] = [*ground.sectors]
    sectors += sorted({code for _k, code, _n in found if code is not None} - set(ground.sectors))
    extra = sorted({name for name, _s, _n in found if name is not None} - set(ground.kecamatan))
    places: list[str | None] = [*ground.kecamatan, *extra]
    if any(name is None for name, _s, _n in found):
        places.append(None)
    sectors.append(None)
    rows = [
        (name, *(count.get((name, code), 0) for code in sectors), sum(count.get((name, code), 0) for code in sectors))
        for name in places
    ]
    columns = (
        Column("kecamatan", BUSINESS["kecamatan"].title, _named("kecamatan", {}), _("Unclassified")),
        *(Column(code, ground.sectors.get(code, code), v.COUNT) for code in sectors if code is not None),
        Column("unclassified", _("Unclassified"), v.COUNT),
        Column("total", _("Total"), v.COUNT),
    )
    title = _("Businesses by kecamatan and sector")
    return Table("kecamatan_by_sector", title, columns, rows, _total(rows) if rows else None)


def _sentra(ground: Ground) -> Table:
    found = figures.sentra(ground.connection, ground.period.last)
    rows = [
        (
            each.number, each.name, each.sector, each.place, each.members, each.stated,
            None if each.stated is None else each.members - each.stated,
            "below 5" if each.members < SENTRA_MINIMUM else "below 10" if each.members < FUND_MINIMUM else None,
        )
        for each in found
    ]  # fmt: skip
    small = {"below 5": _("below {count}").format(count=5), "below 10": _("below {count}").format(count=10)}
    columns = (
        Column("number", SENTRA["number"].title, v.NUMBER),
        Column("name", _("Sentra"), v.NAME),
        Column("sector", SENTRA["sector"].title, _named("sector", ground.sectors)),
        Column("place", _("Place"), v.LINE),
        Column("members", _("Registered members"), v.COUNT),
        Column("stated", _("Stated"), v.COUNT),
        Column("difference", _("Difference"), v.COUNT),
        Column("mark", _("Mark"), _named("mark", small)),
    )
    note = _("A sentra has at least 5 units (PP 29/2018); a proposal for the allocation fund needs 10.")
    return Table("sentra", _("Sentra"), columns, rows, None, (note,))


def _groups(ground: Ground) -> Table:
    rows = [astuple(each) for each in figures.groups(ground.connection, ground.period.last)]
    columns = (
        Column("number", BUSINESS["number"].title, v.NUMBER),
        Column("name", BUSINESS["group"].title, v.NAME),
        Column("brand", BUSINESS["brand"].title, v.LINE),
        Column("place", _("Place"), v.LINE),
        Column("members", _("Registered members"), v.COUNT),
    )
    return Table("groups", _("Groups"), columns, rows)


_EVENT_COLUMNS: Mapping[str, tuple[str, Kind]] = {
    "number": (N_("No."), v.NUMBER),
    "name": (N_("Name"), v.NAME),
    "kind": (N_("Kind"), v.EVENT_KIND),
    "starts_on": (N_("From"), v.DATE),
    "ends_on": (N_("To"), v.DATE),
    "venue": (N_("Venue"), v.LINE),
    "organiser": (N_("Organiser"), v.LINE),
    "host": (N_("Host"), v.LINE),
    "guest": (N_("Guest"), v.LINE),
    "funder": (N_("Funding"), v.LINE),
    "visited": (N_("Visited"), v.LINE),
    "listed_male": (N_("Men"), v.COUNT),
    "listed_female": (N_("Women"), v.COUNT),
    "listed_unknown": (N_("Sex unknown"), v.COUNT),
    "reported_male": (N_("Reported men"), v.COUNT),
    "reported_female": (N_("Reported women"), v.COUNT),
    "businesses": (N_("Businesses reached"), v.COUNT),
}
_EVENT_DETAILS = (
    "ends_on", "venue", "organiser", "host", "guest", "funder", "visited", "listed_unknown", "reported_male",
    "reported_female",
)  # fmt: skip


def _events(ground: Ground) -> Table:
    found = figures.events(ground.connection, ground.period.first, ground.period.last)
    columns = tuple(
        Column(name, _(label), kind, detail=name in _EVENT_DETAILS) for name, (label, kind) in _EVENT_COLUMNS.items()
    )
    notes = tuple(
        _("{event}: {listed} people are listed, {reported} were reported.").format(
            event=each.name, listed=listed, reported=reported
        )
        for each in found
        if (each.reported_male is not None or each.reported_female is not None)
        and (listed := each.listed_male + each.listed_female + each.listed_unknown)
        != (reported := (each.reported_male or 0) + (each.reported_female or 0))
    )
    return Table("events", _("Events"), columns, [astuple(each) for each in found], None, notes)


def _coaching(ground: Ground) -> Card:
    found = figures.coaching(ground.connection, ground.period.first, ground.period.last)
    columns = (
        Column("events", _("Events"), v.COUNT),
        Column("attendances", _("Participants"), v.COUNT),
        Column("businesses_coached", _("Businesses coached (each once)"), v.COUNT),
        Column("active_businesses", _("Active businesses"), v.COUNT),
        Column("coverage_percent", _("Coverage"), v.PERCENT),
        Column("groups_coached", _("Groups coached"), v.COUNT),
        Column("all_groups", _("All groups"), v.COUNT),
        Column("group_coverage_percent", _("Coverage of groups"), v.PERCENT),
    )
    row = (
        found.events, found.attendances, found.businesses, found.active, _percent(found.businesses, found.active),
        found.groups, found.all_groups, _percent(found.groups, found.all_groups),
    )  # fmt: skip
    return Card("coaching", _("Coaching"), columns, row)


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


BLOCKS: tuple[Callable[[Ground], Table | Card], ...] = (
    _movement,
    _people_and_money,
    _kecamatan_by_sector,
    _sentra,
    _groups,
    _events,
    _coaching,
)
"""The parts of a summary, in the order in which people read them; a new part is one function more."""
