"""Blocks on the quality of the data: how complete they are, and what the checks find."""

import re
from collections.abc import Iterable, Mapping

from ikmctl.actions.reports.figures import ReportData
from ikmctl.document import Block, Table, TableColumn, Values
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.problems import PROBLEMS
from ikmctl.domain.scale import percent
from ikmctl.domain.values import kinds
from ikmctl.language import N_, _, number, short_date
from ikmctl.registry import reports
from ikmctl.registry.reports import WANTED, Scope

#: Code of a check → what it finds.
CHECKS: Mapping[str, str] = {
    "unobserved": N_("No data of this year"),
    "unclassified": N_("No sector or no kecamatan"),
    "invalid_kbli": N_("KBLI code not valid"),
    "implausible": N_("Implausible values"),
    "sentra": N_("Sentra: members differ from the number stated"),
}

#: The code of a check that only `quality` makes, not the report: comparing the businesses takes time.
DUPLICATES = ("duplicates", N_("Pairs that may be one business"))

_DIFFERENCE = kinds.shown_by(
    "difference", lambda value: f"+{number(value)}" if value > 0 else number(value), right=True
)


def quality(data: ReportData) -> list[Block]:
    """How many businesses have each field, what the checks find, and the pending values; the worst first."""
    return [completeness(data), checks(data), pending_values(data)]


def completeness(data: ReportData) -> Table:
    """How many businesses have a value in each field that is wanted, and the change since the period before."""
    now = data.quality.completeness
    day = data.period.previous.last
    then = reports.filled_then(data.connection, now, data.period.last, day, data.scope)
    rows = [
        (
            name, now.has(name), percent(now.has(name), now.businesses),
            None if then is None else now.has(name) - then[name],
            now.businesses - now.has(name), _listing(name, data.scope) if now.has(name) < now.businesses else None,
        )
        for name in sorted(WANTED, key=now.has)
    ]  # fmt: skip
    columns = (
        field_column(),
        TableColumn("filled", _("Businesses with it"), kinds.COUNT, detail=True),
        TableColumn("percent", _("Share"), kinds.PERCENT, "–"),
        TableColumn("change", _("Change"), _DIFFERENCE, "–"),
        TableColumn("missing", _("Without"), kinds.COUNT),
        TableColumn("command", _("To list those without"), kinds.COMMAND),
    )
    note = _("Active businesses: {count}.").format(count=number(now.businesses))
    if then is not None:
        note += " " + _("Change: since {day}, by the history.").format(day=short_date(day.isoformat()))
    return Table("completeness", _("Completeness of the data"), columns, rows, None, (note,))


def field_column() -> TableColumn:
    """The column that names the fields of a business."""
    return TableColumn("field", _("Field"), kinds.named("field", {name: BUSINESS[name].title for name in WANTED}))


def checks(data: ReportData) -> Table:
    """How many businesses or sentra each check finds."""
    found, businesses = data.quality, data.quality.completeness.businesses
    stating = [sentra for sentra in data.sentra(data.period.last) if sentra.stated is not None]
    counts = {
        "unobserved": (found.unobserved, businesses),
        "unclassified": (found.unclassified, businesses),
        "invalid_kbli": (found.invalid_kbli, businesses),
        "implausible": (found.implausible, businesses),
        "sentra": (sum(sentra.members != sentra.stated for sentra in stating), len(stating)),
    }
    rows = [
        (check, count, whole, percent(count, whole), _listing(check, data.scope) if count else None)
        for check, (count, whole) in counts.items()
    ]
    labels = {code: _(label) for code, label in (*CHECKS.items(), DUPLICATES)}
    columns = (
        TableColumn("check", _("Check"), kinds.named("check", labels)),
        TableColumn("found", _("Found"), kinds.COUNT),
        TableColumn("total", _("Of"), kinds.COUNT),
        TableColumn("percent", _("Share"), kinds.PERCENT, "–"),
        TableColumn("command", _("To list them"), kinds.COMMAND),
    )
    note = _("Of the businesses, or of the sentra that state a number of members.")
    return Table("checks", _("Checks"), columns, worst_first(rows), None, (note,))


def worst_first(rows: Iterable[Values]) -> list[Values]:
    """The rows of `checks`, the largest share first."""
    return sorted(rows, key=lambda row: -(row[3] or 0))


def pending_values(data: ReportData) -> Table:
    """How many values wait to be mended, by the reason why they could not be read."""
    rows = [
        (reason, count, f"ikmctl list-pending --reason {reason}")
        for reason, count in reports.pending_by_reason(data.connection, data.scope)
    ]
    columns = (
        TableColumn("reason", _("Problem"), kinds.shown_by("reason", _reason)),
        TableColumn("values", _("Values"), kinds.COUNT),
        TableColumn("command", _("To list them"), kinds.COMMAND),
    )
    return Table(
        "pending_values", _("Pending values"), columns, rows, None, (_("Texts of imports that could not be read."),)
    )


def _reason(code: str) -> str:
    """The sentence of a problem, without its facts."""
    return re.sub(r"\{\w+\}", "…", _(PROBLEMS[code].sentence)) if code in PROBLEMS else code


def _listing(name: str, scope: Scope) -> str:
    """The command that lists the records that a check finds, or the businesses without a field, in the scope."""
    kecamatan = f' --kecamatan "{scope.kecamatan}"' if scope.kecamatan else ""
    return f"ikmctl quality {name}{kecamatan}" + (f" --sentra {scope.sentra}" if scope.sentra else "")
