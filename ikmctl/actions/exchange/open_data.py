"""Exports open data: counts only, without small counts that could reveal a person.

The published columns are listed explicitly. Apart from names of sentra there is no free text, which could contain a
name or an address, and no money, because the turnover of a sole owner is personal data (UU 27/2022).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ikmctl.actions.exchange import folder
from ikmctl.actions.exchange.data_package import Resource, describe, schema, write_table
from ikmctl.actions.exchange.export import left_lines
from ikmctl.document import Caution, Document, done
from ikmctl.domain import choices
from ikmctl.domain.periods import Period
from ikmctl.domain.suppression import MINIMUM_COUNT, TOTAL, add_line_total, add_totals, suppress
from ikmctl.language import N_, _, in_every_language
from ikmctl.registry import reports
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.file.header import VERSION
from ikmctl.registry.reports import Cells

TITLE = N_("Small and medium industries, {office}, as of {day}")
DESCRIPTION = N_(
    "Counts without data of single businesses or people. An empty count has been left out: counts below {least}, "
    "and the other counts from which they could be derived by subtraction. Zero is written as 0. “unclassified” "
    "counts businesses whose value is not known; “other” counts places outside the official list."
)

UNCLASSIFIED, OTHER = "unclassified", "other"
_UNKNOWN = {UNCLASSIFIED: N_("Unclassified")}
_SUM = {TOTAL: N_("Total")}
#: Reserved words: a sector or place with such a name counts as unclassified or other.
_OWN_WORDS = (UNCLASSIFIED, OTHER, TOTAL)

TEXT: Mapping[str, Any] = {"type": "string", "constraints": {"required": True}}
COUNT: Mapping[str, Any] = {"type": "integer", "constraints": {"minimum": 0}}


class _Table(NamedTuple):
    """A table to publish: name, title, `(name, title, type)` of each column, the key, references, rows."""

    name: str
    title: str
    fields: Sequence[tuple[str, str, Mapping[str, Any]]]
    key: Sequence[str]
    rows: Iterable[Sequence[Any]]
    references: Mapping[str, tuple[str, str]] = {}


def export(registry: Registry, target: Path, period: Period, *, replace: bool) -> Document:
    """Write the tables of counts at the end of a period to a folder. Raises FolderRefused, FolderNotEmpty."""
    folder.check(target, registry.path, replace=replace)
    resources: list[Resource] = []

    def write(place: Path) -> Any:
        with registry.read() as connection:
            office = reference_data.settings(connection).get("office", "")
            for table in _tables(connection, period):
                names = [name for name, _label, _kind in table.fields]
                weight = write_table(place / f"{table.name}.csv", names, table.rows)
                described = schema(table.fields, table.key, table.references)
                resources.append(Resource(table.name, table.title, described, *weight))
        marks = {
            "holds": "open-data", "version": VERSION, "office": office, "day": period.last.isoformat(),
            "least": MINIMUM_COUNT,
        }  # fmt: skip
        return describe("ikm-open-data", TITLE, DESCRIPTION, marks, resources)

    left = folder.fill(target, write, private=False)
    message = _("Wrote {tables} tables of counts as of {day} to {folder}: no data of single businesses or people.")
    return done(
        message.format(tables=len(resources), day=period.last.isoformat(), folder=target),
        Caution(_("Publish only one date a year: the difference between two dates can reveal small counts.")),
        *left_lines(left),
        folder=str(target),
        tables=len(resources),
        day=period.last.isoformat(),
    )


def _tables(connection: Connection, period: Period) -> Iterator[_Table]:
    end = period.last
    cells = reports.cells(connection, end)
    yield _sectors(connection)
    yield _places(connection, cells)
    forms = {choice.code: choice.label for choice in choices.FORMS} | _UNKNOWN
    yield _line("form", N_("Businesses by legal form"), N_("Legal form"), forms, reports.numbers(cells, "form"))
    scales = {choice.code: choice.label for choice in choices.SCALES} | _UNKNOWN
    yield _line("scale", N_("Businesses by scale"), N_("Industry scale"), scales, reports.numbers(cells, "scale"))
    formal = {"yes" if known else "no": count for known, count in reports.numbers(cells, "formal").items()}
    with_or_without = {"yes": N_("with a NIB"), "no": N_("without a NIB")}
    yield _line("nib", N_("Businesses with and without a NIB"), N_("NIB"), with_or_without, formal)
    yield _sentra(connection, end)
    yield _events(connection, period)


def _sectors(connection: Connection) -> _Table:
    """The sectors, with the two reserved words that stand in the sector column."""
    fields = [("code", N_("Code"), TEXT), ("name", N_("Name"), TEXT), ("name_en", N_("Name in English"), TEXT)]
    rows: list[Sequence[Any]] = [(code, *names) for code, names in _sector_names(connection).items()]
    rows += [_named(code, {**_UNKNOWN, **_SUM}) for code in (UNCLASSIFIED, TOTAL)]
    return _Table("sector", N_("Sectors"), fields, ["code"], rows)


def _sector_names(connection: Connection) -> dict[str, tuple[str, str]]:
    return {
        sector.code: (sector.name, sector.name_en)
        for sector in reference_data.sectors(connection)
        if sector.code not in _OWN_WORDS
    }


def _named(code: str, labels: Mapping[str, str]) -> tuple[str, str, str]:
    """A code with its names in both languages."""
    names = in_every_language([labels[code]])[labels[code]]
    return code, names["id"], names["en"]


def _places(connection: Connection, cells: Cells) -> _Table:
    """Businesses by kecamatan and sector, with totals; only official kecamatan are named."""
    city = reference_data.settings(connection).get("city", "")
    known = dict.fromkeys(reference_data.places(connection, city).kecamatan.values())
    official = [name for name in known if name not in _OWN_WORDS]
    sectors = _sector_names(connection)
    counts = {(place, sector): 0 for place in (*official, OTHER, UNCLASSIFIED) for sector in (*sectors, UNCLASSIFIED)}
    for (kecamatan, sector), amounts in reports.group_by(cells, "kecamatan", "sector").items():
        place = UNCLASSIFIED if kecamatan is None else kecamatan if kecamatan in official else OTHER
        counts[place, sector if sector in sectors else UNCLASSIFIED] += amounts.businesses
    table = add_totals(counts)
    hidden = suppress(table)
    places = [(p, s) for p in (*official, OTHER, UNCLASSIFIED, TOTAL) for s in (*sectors, UNCLASSIFIED, TOTAL)]
    rows = [(*cell, None if cell in hidden else table[cell]) for cell in places]
    fields = [
        ("kecamatan", N_("Kecamatan"), TEXT), ("sector", N_("Sector"), TEXT), ("businesses", N_("Businesses"), COUNT),
    ]  # fmt: skip
    title = N_("Businesses by kecamatan and sector")
    key = ["kecamatan", "sector"]
    return _Table("businesses_by_kecamatan_and_sector", title, fields, key, rows, {"sector": ("sector", "code")})


def _line(
    name: str, title: str, label: str, labels: Mapping[str, str], counts: Mapping[str | None, int] | Mapping[str, int]
) -> _Table:
    """Businesses by a fixed list of choices, with names and the total."""
    by_code = dict.fromkeys(labels, 0)
    for code, count in counts.items():
        by_code[code or UNCLASSIFIED] += count
    table = add_line_total(by_code)
    hidden = suppress(table)
    rows = [
        (*_named(code, {**labels, **_SUM}), None if (row, code) in hidden else count)
        for (row, code), count in table.items()
    ]
    fields = [
        (name, label, TEXT), ("name", N_("Name"), TEXT), ("name_en", N_("Name in English"), TEXT),
        ("businesses", N_("Businesses"), COUNT),
    ]  # fmt: skip
    return _Table(f"businesses_by_{name}", title, fields, [name], rows)


def _sentra(connection: Connection, end: date) -> _Table:
    fields = [
        ("name", N_("Sentra"), TEXT), ("sector", N_("Sector"), {"type": "string"}),
        ("members", N_("Registered members"), COUNT), ("stated", N_("Stated"), COUNT),
    ]  # fmt: skip
    rows = [
        (row.name, row.sector, None if 0 < row.members < MINIMUM_COUNT else row.members, row.stated)
        for row in sorted(reports.sentra(connection, end), key=lambda row: row.number)
    ]
    return _Table("sentra", N_("Sentra"), fields, [], rows, {"sector": ("sector", "code")})


def _events(connection: Connection, period: Period) -> _Table:
    """Events of the period by kind; only the counts of participants, who are people, are suppressed when small."""
    labels = {choice.code: choice.label for choice in choices.EVENT_KINDS}
    people: dict[str, int] = {}
    events: dict[str, int] = {}
    for row in reports.event_kinds(connection, period.first, period.last):
        kind = row.kind if row.kind in labels else OTHER
        people[kind] = people.get(kind, 0) + row.participants
        events[kind] = events.get(kind, 0) + row.events
    table = add_line_total(people)
    hidden = suppress(table)
    events[TOTAL] = sum(events.values())
    rows = [
        (*_named(kind, {**labels, **_SUM}), events[kind], None if (row, kind) in hidden else count)
        for (row, kind), count in table.items()
    ]
    fields = [
        ("kind", N_("Kind"), TEXT), ("name", N_("Name"), TEXT), ("name_en", N_("Name in English"), TEXT),
        ("events", N_("Events"), COUNT), ("participants", N_("Participants"), COUNT),
    ]  # fmt: skip
    return _Table("events_by_kind", N_("Events by kind"), fields, ["kind"], rows)
