"""Blocks on sentra and groups, with their registered members."""

from ikmctl.actions.reports.figures import ReportData
from ikmctl.document import Table, TableColumn
from ikmctl.domain.entities import BUSINESS, SENTRA
from ikmctl.domain.scale import FUND_MINIMUM, SENTRA_MINIMUM
from ikmctl.domain.values import kinds
from ikmctl.language import _

_LEAST = (SENTRA_MINIMUM, FUND_MINIMUM)


def sentra(data: ReportData) -> Table:
    """Each sentra with its registered members and the number that it states; small ones are marked."""
    open_sentra = data.sentra(data.period.last)
    rows = [
        (
            sentra.number, sentra.name, sentra.sector, sentra.place, sentra.members, sentra.stated,
            None if sentra.stated is None else sentra.members - sentra.stated,
            next((f"below {least}" for least in _LEAST if sentra.members < least), None),
        )
        for sentra in open_sentra
    ]  # fmt: skip
    small = {f"below {count}": _("below {count}").format(count=count) for count in _LEAST}
    columns = (
        TableColumn("number", SENTRA["number"].title, kinds.NUMBER),
        TableColumn("name", _("Sentra"), kinds.NAME),
        TableColumn("sector", SENTRA["sector"].title, kinds.named("sector", data.sectors)),
        TableColumn("place", _("Place"), kinds.LINE),
        TableColumn("members", _("Registered members"), kinds.COUNT),
        TableColumn("stated", _("Stated"), kinds.COUNT),
        TableColumn("difference", _("Difference"), kinds.COUNT),
        TableColumn("mark", _("Mark"), kinds.named("mark", small)),
    )
    note = _("A sentra has at least {least} units (PP 29/2018); a proposal for the allocation fund needs {fund}.")
    message = note.format(least=SENTRA_MINIMUM, fund=FUND_MINIMUM)
    return Table("sentra", _("Sentra"), columns, rows, None, (message,))


def groups(data: ReportData) -> Table:
    """Each group with its number of members."""
    rows = [tuple(group) for group in data.groups(data.period.last)]
    columns = (
        TableColumn("number", BUSINESS["number"].title, kinds.NUMBER),
        TableColumn("name", BUSINESS["group"].title, kinds.NAME),
        TableColumn("brand", BUSINESS["brand"].title, kinds.LINE),
        TableColumn("place", _("Place"), kinds.LINE),
        TableColumn("members", _("Registered members"), kinds.COUNT),
    )
    return Table("groups", _("Groups"), columns, rows)
