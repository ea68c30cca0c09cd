"""Sentra and groups, with their members in the registry."""

from ikmctl.actions.reports.figures import Ground
from ikmctl.document import Column, Table
from ikmctl.domain import kinds
from ikmctl.domain.entities import BUSINESS, SENTRA
from ikmctl.domain.scale import FUND_MINIMUM, SENTRA_MINIMUM
from ikmctl.language import _

_LEAST = (SENTRA_MINIMUM, FUND_MINIMUM)


def sentra(ground: Ground) -> Table:
    """Each sentra's members beside the number that it states, the small ones marked."""
    found = ground.sentra(ground.period.last)
    rows = [
        (
            each.number, each.name, each.sector, each.place, each.members, each.stated,
            None if each.stated is None else each.members - each.stated,
            next((f"below {least}" for least in _LEAST if each.members < least), None),
        )
        for each in found
    ]  # fmt: skip
    small = {f"below {count}": _("below {count}").format(count=count) for count in _LEAST}
    columns = (
        Column("number", SENTRA["number"].title, kinds.NUMBER),
        Column("name", _("Sentra"), kinds.NAME),
        Column("sector", SENTRA["sector"].title, kinds.named("sector", ground.sectors)),
        Column("place", _("Place"), kinds.LINE),
        Column("members", _("Registered members"), kinds.COUNT),
        Column("stated", _("Stated"), kinds.COUNT),
        Column("difference", _("Difference"), kinds.COUNT),
        Column("mark", _("Mark"), kinds.named("mark", small)),
    )
    note = _("A sentra has at least {least} units (PP 29/2018); a proposal for the allocation fund needs {fund}.")
    said = note.format(least=SENTRA_MINIMUM, fund=FUND_MINIMUM)
    return Table("sentra", _("Sentra"), columns, rows, None, (said,))


def groups(ground: Ground) -> Table:
    """Each group's members."""
    rows = [tuple(each) for each in ground.groups(ground.period.last)]
    columns = (
        Column("number", BUSINESS["number"].title, kinds.NUMBER),
        Column("name", BUSINESS["group"].title, kinds.NAME),
        Column("brand", BUSINESS["brand"].title, kinds.LINE),
        Column("place", _("Place"), kinds.LINE),
        Column("members", _("Registered members"), kinds.COUNT),
    )
    return Table("groups", _("Groups"), columns, rows)
