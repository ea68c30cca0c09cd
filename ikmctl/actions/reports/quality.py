"""The quality of the data: an overview, the records that a check finds, and values confirmed to be right."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ikmctl import errors
from ikmctl.actions.records import filters
from ikmctl.actions.records.display_names import sector_labels
from ikmctl.actions.records.show import ListQuery, list_records
from ikmctl.actions.reports.blocks.quality import CHECKS, DUPLICATES, field_column, worst_first
from ikmctl.actions.reports.blocks.quality import quality as quality_blocks
from ikmctl.actions.reports.figures import ReportData
from ikmctl.document import Block, Document, Table, TableColumn, Values, done
from ikmctl.domain.choices import Choice
from ikmctl.domain.entities import BUSINESS, SENTRA
from ikmctl.domain.periods import read_period
from ikmctl.domain.scale import percent
from ikmctl.domain.values import kinds
from ikmctl.language import N_, _, number
from ikmctl.registry import reports
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.records import find, save
from ikmctl.registry.reports import COMPARED, EVERYWHERE, WANTED, Implausible, Scope

#: What can be listed: the records that a check finds, or the businesses without a field.
CHOICES = (*(Choice(code, label) for code, label in CHECKS.items()), *(BUSINESS[name].choice for name in WANTED))
#: The fields whose values can be confirmed.
CONFIRMABLE = tuple(BUSINESS[name].choice for name in (*COMPARED, "kbli"))


class QualityOptions(NamedTuple):
    """The options of `quality`; `what` is a code of CHOICES, None for the overview. `limit` None means all rows."""

    what: str | None = None
    kecamatan: str | None = None
    sentra: str | None = None
    by_kecamatan: bool = False
    limit: int | None = None


def quality(registry: Registry, options: QualityOptions) -> Document:
    """The overview of today, the records that a check finds, or the businesses without a field.

    Raises UnknownName, NotFound, Ambiguous.
    """
    if options.what in WANTED:
        return _without(registry, options.what, options)
    month = read_period(f"{date.today():%Y-%m}")
    with registry.read() as connection:
        data = ReportData(connection, month, sector_labels(connection), (), scope=_scope(connection, options))
        if options.what:
            return _LISTS[options.what].document(data, options.limit)
        office = reference_data.settings(connection).get("office", "")
        blocks = [_by_kecamatan(data)] if options.by_kecamatan else list(_overview(data))
    title = " · ".join(filter(None, (_("Quality of the data"), data.scope.kecamatan, office)))
    return Document("report", tuple(blocks), title=title, facts={"as_of": date.today().isoformat()})


#: Among more businesses than this no duplicates are counted: it takes a second for so many.
_MOST_COMPARED = 10_000


def _overview(data: ReportData) -> Iterator[Block]:
    """The blocks of the report, and among the checks the possible duplicates, if all businesses are meant."""
    from ikmctl.actions.records.duplicates import count_pairs  # loads rapidfuzz

    for block in quality_blocks(data):
        businesses = data.quality.completeness.businesses
        if (
            isinstance(block, Table)
            and block.name == "checks"
            and data.scope == EVERYWHERE
            and businesses <= _MOST_COMPARED
        ):
            pairs = count_pairs(data.connection)
            command = "ikmctl find-duplicates" if pairs else None
            row = (DUPLICATES[0], pairs, businesses, percent(pairs, businesses), command)
            yield block._replace(rows=worst_first([*block.rows, row]))
        else:
            yield block


def _without(registry: Registry, field: str, options: QualityOptions) -> Document:
    """The active businesses without a value in a field."""
    within = (("kecamatan", options.kecamatan), ("sentra", options.sentra))
    equal = tuple((name, text) for name, text in within if text)
    return list_records(registry, BUSINESS, ListQuery(missing=(field,), equal=equal, limit=options.limit))


def _scope(connection: Connection, options: QualityOptions) -> Scope:
    kecamatan = filters.place(connection, BUSINESS, "kecamatan", options.kecamatan) if options.kecamatan else None
    return Scope(kecamatan, find.find(connection, "sentra", options.sentra) if options.sentra else None)


def _by_kecamatan(data: ReportData) -> Table:
    """The share of businesses with a value in each field, by kecamatan; the worst field first."""
    by_key = reports.completeness_by_kecamatan(data.connection, data.period.last, data.scope)
    keys = sorted((key for key in by_key if key is not None), key=str) + ([None] if None in by_key else [])
    every = sum(completeness.businesses for completeness in by_key.values())
    rows: list[Values] = []
    for name in WANTED:
        shares = [percent(by_key[key].has(name), by_key[key].businesses) for key in keys]
        rows.append((name, percent(sum(completeness.has(name) for completeness in by_key.values()), every), *shares))
    rows.sort(key=lambda row: row[1] or 0)
    columns = (
        field_column(),
        TableColumn("total", _("Total"), kinds.PERCENT, "–"),
        *(TableColumn(key or "unclassified", key or _("Unclassified"), kinds.PERCENT, "–") for key in keys),
    )
    numbers = ", ".join(f"{key or _('Unclassified')} {number(by_key[key].businesses)}" for key in keys)
    note = _("Share of the active businesses with a value. Businesses: {numbers}.").format(numbers=numbers)
    return Table("completeness_by_kecamatan", _("Completeness by kecamatan"), columns, rows, None, (note,))


@dataclass(frozen=True)
class _List:
    """How the records that a check finds are listed."""

    find: Callable[[ReportData, int], list[Any]]
    columns: Callable[[ReportData], tuple[TableColumn, ...]]
    #: What to do with them, with a command about the first one.
    advice: str

    def document(self, data: ReportData, limit: int | None) -> Document:
        found = self.find(data, -1 if limit is None else limit)
        messages = [_("None found.")] if not found else [_(self.advice).format(number=found[0].number)]
        if limit is not None and len(found) == limit:
            messages.insert(0, _("The first {count}. To list all: --limit 0").format(count=number(limit)))
        rows = [tuple(row) for row in found]
        return Document("list", (Table("found", "", self.columns(data), rows),), messages=tuple(messages))


def _of_business(*names: str) -> Callable[[ReportData], tuple[TableColumn, ...]]:
    """The columns that show these fields of a business."""

    def columns(data: ReportData) -> tuple[TableColumn, ...]:
        sectors = {"sector": kinds.named("sector", data.sectors)}
        return tuple(TableColumn(name, BUSINESS[name].title, sectors.get(name, BUSINESS[name].kind)) for name in names)

    return columns


def _kbli_columns(data: ReportData) -> tuple[TableColumn, ...]:
    problems = {"unknown": _("not in this edition"), "outdated": _("edition no longer in force")}
    return (
        *_of_business("number", "name", "kbli")(data),
        TableColumn("edition", _("Edition"), kinds.YEAR),
        TableColumn("problem", _("Problem"), kinds.named("problem", problems)),
    )


def _implausible_columns(data: ReportData) -> tuple[TableColumn, ...]:
    return (
        *_of_business("number", "name", "sector")(data),
        field_column(),
        TableColumn("period", _("Data of"), kinds.LINE),
        TableColumn("value", _("Value"), kinds.FIGURE),
        TableColumn("compared_period", _("Compared with"), kinds.LINE, _("usual in the sector")),
        TableColumn("compared", _("Its value"), kinds.FIGURE),
        TableColumn("times", _("Times"), kinds.FIGURE),
    )


def _rounded(value: Implausible) -> Implausible:
    times = value.times
    return value._replace(compared=round(value.compared), times=round(times) if times >= 10 else float(f"{times:.2g}"))


def _sentra_columns(data: ReportData) -> tuple[TableColumn, ...]:
    return (
        TableColumn("number", SENTRA["number"].title, kinds.NUMBER),
        TableColumn("name", _("Sentra"), kinds.NAME),
        TableColumn("sector", SENTRA["sector"].title, kinds.named("sector", data.sectors)),
        TableColumn("place", _("Place"), kinds.LINE),
        TableColumn("members", _("Registered members"), kinds.COUNT),
        TableColumn("stated", _("Stated"), kinds.COUNT),
    )


def _sentra(data: ReportData, limit: int) -> list[Any]:
    differing = [sentra for sentra in data.sentra(data.period.last) if sentra.stated not in (None, sentra.members)]
    differing.sort(key=lambda sentra: -abs(sentra.members - (sentra.stated or 0)))
    return differing if limit < 0 else differing[:limit]


_LISTS: Mapping[str, _List] = {
    "unobserved": _List(
        lambda data, limit: reports.unobserved(data.connection, data.period.last, data.scope, limit),
        _of_business("number", "name", "kelurahan", "kecamatan", "data_year"),
        N_("To fill one in: ikmctl edit-business {number} --data-year YEAR --workers-male COUNT …"),
    ),
    "unclassified": _List(
        lambda data, limit: reports.unclassified(data.connection, data.period.last, data.scope, limit),
        _of_business("number", "name", "sector", "kelurahan", "kecamatan"),
        N_("To classify one: ikmctl edit-business {number} --sector SECTOR --kecamatan NAME"),
    ),
    "invalid_kbli": _List(
        lambda data, limit: reports.invalid_kbli(data.connection, data.period.last, data.scope, limit),
        _kbli_columns,
        N_(
            "To correct one: ikmctl edit-business {number} --kbli CODE · if it is right: ikmctl confirm-value {number} "
            "kbli"
        ),
    ),
    "implausible": _List(
        lambda data, limit: [
            _rounded(value) for value in reports.implausible(data.connection, data.period.last, data.scope, limit)
        ],
        _implausible_columns,
        N_("To correct one: ikmctl edit-business {number} · if it is right: ikmctl confirm-value {number} FIELD"),
    ),
    "sentra": _List(
        _sentra,
        _sentra_columns,
        N_("To correct the number stated: ikmctl edit-sentra {number} --reported-units COUNT"),
    ),
}  # fmt: skip


def confirm_value(registry: Registry, wanted: str, field: str) -> Document:
    """Save that the values of a field that look wrong were checked and are right: no check finds them again.

    `field` is a code of CONFIRMABLE. Another value in its place is checked anew. Raises NotFound, Ambiguous,
    NothingToConfirm.
    """
    with registry.write("confirm-value", wanted) as change:
        number = find.find(change.connection, "business", wanted)
        name = save.row(change.connection, "business", number)["name"]
        save.set_detail(change, name)
        doubtful = _doubtful(change.connection, number, field)
        if not doubtful:
            raise errors.NothingToConfirm(name=name, number=number, field=BUSINESS[field].title)
        for period, value in doubtful:
            reports.confirm(change, number, field, period, value)
    shown = ", ".join(BUSINESS[field].kind.show(value) for _period, value in doubtful)
    message = _("Confirmed for no. {number}, {name}: {field} {values}.")
    return done(
        message.format(number=number, name=name, field=BUSINESS[field].title, values=shown),
        _("To undo: ikmctl undo"),
        number=number,
        field=field,
        values=[value for _period, value in doubtful],
    )


def _doubtful(connection: Connection, business: int, field: str) -> list[tuple[str, int | str]]:
    """The values of a field of a business with which a check finds fault, each with the period of its observation."""
    today = date.today()
    if field == "kbli":
        return [
            ("", finding.code) for finding in reports.invalid_kbli(connection, today, EVERYWHERE, business=business)
        ]
    found = reports.implausible(connection, today, EVERYWHERE, business=business)
    return [(finding.period, finding.value) for finding in found if finding.field == field]
