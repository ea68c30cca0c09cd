"""Sentra and groups, with their members in the registry."""

from ikmctl.actions.blocks.ground import Ground, named
from ikmctl.actions.document import Column, Table
from ikmctl.domain import values as v
from ikmctl.domain.entities import BUSINESS, SENTRA
from ikmctl.language import _
from ikmctl.registry import figures

SENTRA_MINIMUM, FUND_MINIMUM = 5, 10
"""Units that make a sentra (PP 29/2018), and that a proposal for the special allocation fund needs in Sumatra."""


def sentra(ground: Ground) -> Table:
    """Each sentra's members beside the number that it states, the small ones marked."""
    found = figures.sentra(ground.connection, ground.period.last, ground.scope)
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
        Column("sector", SENTRA["sector"].title, named("sector", ground.sectors)),
        Column("place", _("Place"), v.LINE),
        Column("members", _("Registered members"), v.COUNT),
        Column("stated", _("Stated"), v.COUNT),
        Column("difference", _("Difference"), v.COUNT),
        Column("mark", _("Mark"), named("mark", small)),
    )
    note = _("A sentra has at least 5 units (PP 29/2018); a proposal for the allocation fund needs 10.")
    return Table("sentra", _("Sentra"), columns, rows, None, (note,))


def groups(ground: Ground) -> Table:
    """Each group's members."""
    rows = [tuple(each) for each in figures.groups(ground.connection, ground.period.last, ground.scope)]
    columns = (
        Column("number", BUSINESS["number"].title, v.NUMBER),
        Column("name", BUSINESS["group"].title, v.NAME),
        Column("brand", BUSINESS["brand"].title, v.LINE),
        Column("place", _("Place"), v.LINE),
        Column("members", _("Registered members"), v.COUNT),
    )
    return Table("groups", _("Groups"), columns, rows)
