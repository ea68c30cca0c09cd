"""Compares the indicators of several cities, the largest differences first."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ikmctl import disk, errors
from ikmctl.actions.exchange import indicator_file
from ikmctl.actions.exchange.differences import City, differences, leader, sentences
from ikmctl.actions.exchange.measure import Indicators, Share, measure, per_thousand
from ikmctl.actions.reports.indicators import BY_CODE, INDICATORS, titled
from ikmctl.document import Block, Chart, Document, Table, TableColumn, Text
from ikmctl.domain.choices import SCALES, Choice
from ikmctl.domain.periods import Period, last_ended_month, read_period
from ikmctl.domain.scale import percent
from ikmctl.domain.suppression import MINIMUM_COUNT
from ikmctl.domain.values import kinds
from ikmctl.domain.values.kinds import Kind
from ikmctl.language import N_, _, current_language, number
from ikmctl.registry.file.database import Registry, open_to_read

#: Largest file of indicators in bytes; they usually have about 5,000.
LARGEST_FILE = 2**21


#: The tables that --only can choose; the last exists only if one city is ahead.
TABLES = (
    Choice("indicators", N_("Indicators")),
    Choice("per_thousand", N_("Per 1,000 businesses")),
    Choice("sectors", N_("Sector")),
    Choice("scales", N_("Industry scale")),
    Choice("events_by_event_kind", N_("Events by kind")),
    Choice("events_by_source", N_("Events by funding")),
    Choice("how_it_works", N_("How it works")),
    Choice("lessons", N_("Lessons")),
)


def compare(registry: Registry, files: Sequence[str], text: str | None, only: Sequence[str] = ()) -> Document:
    """Compare the registry with other registries, which are only read, and with files of indicators.

    `only` are codes of TABLES; empty means all. Raises NamedTwice, OtherPeriod, FileRefused, UnknownPeriod, and the
    errors of open_to_read.
    """
    paths = [Path(name) for name in files]
    _refuse_twice([registry.path, *paths])
    contents = {path: _content(path) for path in paths}
    received = {path: indicator_file.read(path, content) for path, content in contents.items() if content is not None}
    period = read_period(text) if text else _period_of_files(received.values())
    for path, indicators in received.items():
        if indicators.period != period.code:
            raise errors.OtherPeriod(file=path, found=indicators.period, wanted=period.code)
    with registry.read() as connection:
        measured = [measure(connection, period)]
    measured += [received[path] if path in received else _measure(path, period) for path in paths]
    cities = _cities(measured, [registry.path, *paths])
    blocks: list[Block] = [Text("\n".join(sentences(cities)))]
    for table in _tables(cities, only):
        blocks += [table, _drawn(table, cities)] if table.name == "sectors" else [table]
    title = f"{' · '.join(city.title for city in cities)}: {period.title}"
    return Document("report", tuple(blocks), title=title, facts=_facts(cities, period))


def _tables(cities: Sequence[City], only: Sequence[str]) -> list[Table]:
    tables = [
        _indicators(cities), _per_thousand(cities), _sectors(cities), _scales(cities), _event_kinds(cities),
        _funding(cities), *_how_it_works(cities), *_lessons(cities[0]),
    ]  # fmt: skip
    return [table for table in tables if not only or table.name in only]


def _facts(cities: Sequence[City], period: Period) -> dict[str, Any]:
    """The content of the sentences, for machines."""
    best = leader(cities)
    return {
        "period": period.code,
        "cities": [
            {"key": city.key, "name": city.indicators.name, "office": city.indicators.office} for city in cities
        ],
        "differences": [
            {
                "indicator": difference.indicator.code,
                "high": difference.high[0].key, "high_value": difference.high[1],
                "low": difference.low[0].key, "low_value": difference.low[1],
                "times": difference.times and round(difference.times, 2),
            }
            for difference in differences(cities)
        ],
        "ahead": best[0].key if best else None,
    }  # fmt: skip


def _refuse_twice(paths: Sequence[Path]) -> None:
    for position, path in enumerate(paths):
        for earlier in paths[:position]:
            if os.path.realpath(path) == os.path.realpath(earlier) or _is_same_file(path, earlier):
                raise errors.NamedTwice(file=path)


def _is_same_file(path: Path, earlier: Path) -> bool:
    try:
        return path.samefile(earlier)
    except OSError:  # one of them cannot be read, which is said when it is opened
        return False


def _content(path: Path) -> bytes | None:
    """The content of a file of indicators; None if the file is a registry. Raises FileRefused."""
    try:
        if path.exists() and not path.is_file():
            raise errors.FileRefused(file=path, reason=_("it is not a file"), advice=_("Name the registry itself."))
        with open(path, "rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        reason, advice = disk.describe_read_error(error), _("Check the name and the folder.")
        raise errors.FileRefused(file=path, reason=reason, advice=advice) from error
    if content.startswith(b"SQLite format 3\0"):
        return None
    return content if len(content) <= LARGEST_FILE else b""


def _period_of_files(received: Iterable[Indicators]) -> Period:
    """The period of the first file of indicators, else the last month that has ended."""
    for indicators in received:
        return read_period(indicators.period)
    return last_ended_month(date.today())


def _measure(path: Path, period: Period) -> Indicators:
    other = open_to_read(path)
    try:
        with other.read() as connection:
            return measure(connection, period)
    finally:
        other.close()


def _cities(measured: Sequence[Indicators], paths: Sequence[Path]) -> list[City]:
    """The columns of the comparison; cities with the same name are distinguished by their file names."""
    names = [indicators.name for indicators in measured]
    titles = [
        f"{indicators.name} ({path.name})" if names.count(indicators.name) > 1 else indicators.name
        for indicators, path in zip(measured, paths, strict=True)
    ]
    if len(set(titles)) < len(titles):
        titles = [f"{name} ({path})" for name, path in zip(names, paths, strict=True)]
    return [
        City(f"city_{position}", title, indicators)
        for position, (title, indicators) in enumerate(zip(titles, measured, strict=True), start=1)
    ]


def _columns(cities: Sequence[City], kind: Kind, empty: str = "–") -> tuple[TableColumn, ...]:
    return tuple(TableColumn(city.key, city.title, kind, empty) for city in cities)


def _indicator_columns(cities: Sequence[City]) -> tuple[TableColumn, ...]:
    return (TableColumn("indicator", _("Indicator"), titled()), *_columns(cities, kinds.FIGURE))


def _indicators(cities: Sequence[City]) -> Table:
    rows = [
        (indicator.code, *(city.indicators.figures[indicator.code].value for city in cities))
        for indicator in INDICATORS
    ]
    return Table("indicators", _("Indicators"), _indicator_columns(cities), rows, None, tuple(_missing(cities)))


def _missing(cities: Sequence[City]) -> Iterator[str]:
    """Notes on the number of businesses without a value, by city."""
    for city in cities:
        lacking = [
            f"{_(BY_CODE[code].label)} {number(figure.missing)}"
            for code, figure in city.indicators.figures.items()
            if figure.missing
        ]
        if lacking:
            note = _("{city}: businesses without a value: {lacking}.")
            yield note.format(city=city.title, lacking=", ".join(lacking))


def _per_thousand(cities: Sequence[City]) -> Table:
    rows = [
        (indicator.code, *(per_thousand(city.indicators, indicator.code) for city in cities))
        for indicator in INDICATORS
        if indicator.per_thousand
    ]
    note = _("Workers and money: per 1,000 businesses whose value is known.")
    return Table("per_thousand", _("Per 1,000 businesses"), _indicator_columns(cities), rows, None, (note,))


def _shares(
    name: str, title: str, cities: Sequence[City], parts: Sequence[Sequence[Share]], labels: dict[str, str]
) -> Table:
    """A table of shares in percent of each city's businesses; `parts` are the shares of each city."""
    rows = []
    codes = dict.fromkeys(share.code for shares in parts for share in shares)
    for code in sorted(codes, key=lambda code: code is None):
        row: list[float | None] = []
        for city, shares in zip(cities, parts, strict=True):
            share = next((row for row in shares if row.code == code), Share(code, {}, 0))
            whole = int(city.indicators.figures["businesses"].value or 0)
            row.append(None if share.businesses is None else percent(share.businesses, whole))
        rows.append((code, *row))
    columns = (
        TableColumn(name, title, kinds.named("label", labels), _("Unclassified")),
        *_columns(cities, kinds.PERCENT),
    )
    return Table(f"{name}s", _("Businesses in percent: {part}").format(part=title), columns, rows)


def _sectors(cities: Sequence[City]) -> Table:
    shares = [city.indicators.sectors for city in cities]
    labels = {
        str(share.code): share.names.get(current_language()) or str(share.code)
        for city_shares in reversed(shares)
        for share in city_shares
    }
    return _shares("sector", _("Sector"), cities, shares, labels)


def _drawn(table: Table, cities: Sequence[City]) -> Chart:
    """A bar chart of each city's sectors."""
    label, *_rest = table.columns
    rows = list(table.rows)
    labels = tuple(label.empty if row[0] is None else label.kind.show(row[0]) for row in rows)
    series = tuple((city.title, tuple(row[place] for row in rows)) for place, city in enumerate(cities, start=1))
    return Chart("sectors_drawn", f"{label.title} (%)", labels, series, "bars")


def _scales(cities: Sequence[City]) -> Table:
    labels = {scale.code: str(scale) for scale in SCALES}
    return _shares("scale", _("Industry scale"), cities, [city.indicators.scales for city in cities], labels)


def _event_kinds(cities: Sequence[City]) -> Table:
    counts = [dict(city.indicators.event_kinds) for city in cities]
    return _event_counts("event_kind", _("Kind"), _("Events by kind"), cities, counts, kinds.EVENT_KIND)


def _funding(cities: Sequence[City]) -> Table:
    counts = [dict(city.indicators.funding) for city in cities]
    other = kinds.named("label", {indicator_file.OTHER: _("other")})
    return _event_counts("source", _("Funding"), _("Events by funding"), cities, counts, other)


def _event_counts(
    name: str, label: str, title: str, cities: Sequence[City], counts: Sequence[dict[str, int | None]], kind: Kind
) -> Table:
    rows = [(kind, *(count.get(kind, 0) for count in counts)) for kind in dict.fromkeys(k for c in counts for k in c)]
    columns = (TableColumn(name, label, kind), *_columns(cities, kinds.COUNT, f"< {MINIMUM_COUNT}"))
    return Table(f"events_by_{name}", title, columns, rows)


def _how_it_works(cities: Sequence[City]) -> Iterator[Table]:
    """The table with sentra, kinds of events and funding of the city that is ahead; none if no city is."""
    best = leader(cities)
    if best is None:
        return
    city = best[0]
    parts = {"sentra": _("Sentra"), "event_kind": _("Events"), "funding": _("Funding")}
    event_kinds = {code: kinds.EVENT_KIND.show(code) for code, _count in city.indicators.event_kinds}
    rows: list[tuple[str, str, int | None]] = [
        ("sentra", sentra.name, sentra.members) for sentra in city.indicators.sentra
    ]
    rows += [("event_kind", event_kinds[code], count) for code, count in city.indicators.event_kinds]
    rows += [("funding", name, count) for name, count in city.indicators.funding]
    columns = (
        TableColumn("part", _("What"), kinds.named("label", parts)),
        TableColumn("name", _("Name"), kinds.NAME),
        TableColumn("number", _("Number"), kinds.COUNT, f"< {MINIMUM_COUNT}"),
    )
    notes = [_("Number: members of a sentra; events of a kind, or paid for by a source, in the period.")]
    if not city.indicators.sentra and city.indicators.figures["sentra"].value:
        notes.append(_("A file of indicators does not name the sentra."))
    yield Table("how_it_works", _("How {city} works").format(city=city.title), columns, rows, None, tuple(notes))


def _lessons(own: City) -> Iterator[Table]:
    """What the office learned on its study visits of the period; none if it wrote nothing down."""
    if own.indicators.lessons:
        columns = (
            TableColumn("event", _("Event"), kinds.NAME),
            TableColumn("host", _("Host"), kinds.LINE),
            TableColumn("lesson", _("Lesson"), kinds.LINE),
        )
        yield Table("lessons", _("Lessons of study visits"), columns, list(own.indicators.lessons))
