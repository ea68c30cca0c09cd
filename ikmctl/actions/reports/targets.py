"""The targets of an office for a year."""

from ikmctl.actions.records.lookup import read_field
from ikmctl.actions.reports.indicators import BY_CODE, titled
from ikmctl.document import Document, Table, TableColumn, done
from ikmctl.domain.fields import Field
from ikmctl.domain.values import kinds
from ikmctl.language import N_, _
from ikmctl.registry.file.database import Registry
from ikmctl.registry.reports import closed_months

_YEAR = Field("year", kinds.YEAR, N_("Year"), required=True)


def set_target(registry: Registry, indicator: str, year: str, value: str) -> Document:
    """Set the target of an indicator for a year; a dash removes it. Raises ValueRejected.

    `indicator` is the code of one of INDICATORS.
    """
    measured = BY_CODE[indicator]
    number = read_field(_YEAR, year)[0]
    target, notes = read_field(Field("value", measured.kind, measured.label), value)
    with registry.write("set-target", f"{measured.code} {number}") as change:
        closed_months.set_target(change, measured.code, number, target)
    shown = _("none") if target is None else measured.kind.show(target)
    message = _("Target for {year}: {indicator} {value}.").format(year=number, indicator=_(measured.label), value=shown)
    more = _("See: ikmctl list-targets {year}").format(year=number)
    return done(message, *map(str, notes), more, indicator=measured.code, year=number, value=target)


def list_targets(registry: Registry, year: str | None) -> Document:
    """The targets of a year, or all of them. Raises ValueRejected."""
    number = None if year is None else read_field(_YEAR, year)[0]
    with registry.read() as connection:
        rows = closed_months.targets(connection, number)
    columns = (
        TableColumn("indicator", _("Indicator"), titled()),
        TableColumn("year", _("Year"), kinds.YEAR),
        TableColumn("value", _("Target"), kinds.FIGURE),
    )
    message = _("With what was reached: ikmctl summary {year} --only targets")
    messages = tuple(message.format(year=year) for _code, year, _value in rows[:1])
    return Document("list", (Table("targets", _("Targets"), columns, rows),), messages=messages)
