"""Which records a list is about, and the table by which SQLite finds them.

The table is named by CROSS JOIN, INDEXED BY and NOT INDEXED: whatever ANALYZE found, once or never, the plan stays the
same.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ikmctl.domain.choices import EVENT_STATUSES
from ikmctl.domain.entities import BUSINESS, EVENT, OBSERVATION, SENTRA
from ikmctl.domain.fields import Entity
from ikmctl.registry.records.events import columns as events
from ikmctl.registry.records.events import coverage
from ikmctl.registry.records.expressions import expression

COMPARISONS = {"=": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "!=": "IS NOT"}


class Filters(NamedTuple):
    """Which rows to select; an empty filter selects all."""

    number: int | None = None
    search: str = ""
    #: Pairs (field, value).
    equal: tuple[tuple[str, Any], ...] = ()
    #: Triples (field, one of COMPARISONS, value).
    compared: tuple[tuple[str, str, Any], ...] = ()
    status: str = "all"
    missing: tuple[str, ...] = ()
    #: First and last day of the registration.
    registered: tuple[str, str] | None = None
    #: For events: first and last day on which they start.
    between: tuple[str, str] | None = None
    #: For businesses: only those that were not coached from this day on; of an empty day, never.
    not_coached_since: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether no more than the status is asked for, and perhaps words of the search index."""
        return self == Filters(search=self.search, status=self.status)


class Source(NamedTuple):
    """The tables and the conditions of a query; `key` is the column that holds the record's number."""

    tables: str
    key: str
    conditions: Sequence[str]
    values: tuple[Any, ...]

    def query(self, expressions: str) -> str:
        """The query for these expressions, without an order."""
        where = f"WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        return f"SELECT {expressions} FROM {self.tables} {where}"


def rows_of(entity: Entity, filters: Filters, fields: Iterable[str] = (), *, in_order: bool = False) -> Source:
    """The records that the filters let through, with what the fields need.

    `in_order` walks businesses in the order of their names: the first page of many is found at once.
    """
    tables, key, values = _lead(entity, filters, in_order=in_order)
    if key != f"{entity.name}.id":
        tables += f" CROSS JOIN business ON business.id = {key}"
    asked = {*fields, *(name for name, *_rest in (*filters.equal, *filters.compared)), *filters.missing}
    if entity is BUSINESS and asked & _OBSERVED:
        tables += _LATEST
    conditions, others = _conditions(entity, filters, key)
    return Source(tables, key, conditions, values + others)


def numbers_of(entity: Entity, filters: Filters) -> Source:
    """Like `rows_of`, for nothing but the numbers: where one table knows them, the businesses are not read."""
    source = rows_of(entity, filters)
    tables, key, _values = _lead(entity, filters)
    return source._replace(tables=tables) if filters.is_plain and key != "business.id" else source


def of_first(source: Source, count: int) -> Source:
    """The part of the source that is among the first rows of the table that leads, before other conditions are met."""
    lead = source.tables.split(" CROSS JOIN ")[0].split("\n")[0].strip()
    name, found = lead.split()[0], [condition for condition in source.conditions if condition == _MATCH]
    first = f"(SELECT rowid, * FROM {lead} {' '.join(['WHERE', *found] if found else [])} LIMIT {count}) AS {name}"
    conditions = [condition for condition in source.conditions if condition != _MATCH]
    return source._replace(tables=source.tables.replace(lead, first, 1), conditions=conditions)


def rows_numbered(entity: Entity, numbers: str, fields: Iterable[str]) -> Source:
    """The records with these numbers, a JSON list."""
    source = rows_of(entity, Filters(), fields)
    tables = source.tables.replace(entity.name, f"json_each(?) AS wanted CROSS JOIN {entity.name}", 1)
    return source._replace(tables=tables, conditions=(f"{source.key} = wanted.value",), values=(numbers,))


_OBSERVED = {field.name for field in BUSINESS.kept_in(OBSERVATION)} | {"scale"}
_LATEST = """
        LEFT JOIN observation ON observation.id = (
            SELECT id FROM observation WHERE business_id = business.id ORDER BY period DESC LIMIT 1
        )"""

#: Filter → the index that holds its values, the one with the fewest businesses to a value first.
_INDEXES = {
    "group": "business_group",
    "sentra": "business_sentra",
    "kelurahan": "business_kelurahan",
    "sector": "business_sector",
    "kecamatan": "business_place",
}


def _lead(entity: Entity, filters: Filters, *, in_order: bool = False) -> tuple[str, str, tuple[Any, ...]]:
    """The table that is walked, its column with the number of the record, and the values that it takes."""
    key, equal = f"{entity.name}.id", dict(filters.equal)
    if entity is not BUSINESS:
        return entity.name, key, ()
    if filters.search:
        return "business_search", "business_search.rowid", ()
    if in_order:
        return f"business INDEXED BY {'business_sector_name' if 'sector' in equal else 'business_name'}", key, ()
    for name, index in _INDEXES.items():
        if name in equal:
            return f"business INDEXED BY {index}", key, ()
    if filters.registered:
        return f"({_LIST_REGISTERED}) AS listed", _LISTED, filters.registered
    if "kbli" in equal:
        return f"(SELECT DISTINCT business_id {_CODED}) AS listed", _LISTED, (equal["kbli"],)
    if filters.status == "active" and filters.number is None:
        return "activity NOT INDEXED", _ACTIVITY, ()  # of each business at most one is open
    return "business NOT INDEXED", key, ()  # a number still finds its row


_LISTED, _ACTIVITY = "listed.business_id", "activity.business_id"
_REGISTERED = "entry = 'registered' AND opened_on BETWEEN ? AND ?"
_LIST_REGISTERED = f"SELECT DISTINCT business_id FROM activity INDEXED BY activity_opened WHERE {_REGISTERED}"
_CODED = "FROM business_kbli WHERE code = ?"


def _conditions(entity: Entity, filters: Filters, key: str) -> tuple[list[str], tuple[Any, ...]]:
    conditions: list[str] = []
    values: list[Any] = []

    def add(condition: str, *given: Any) -> None:
        conditions.append(condition)
        values.extend(given)

    if filters.search and entity is EVENT:
        condition, words = events.search(filters.search)
        add(condition, *words)
    elif filters.search:  # the first of the values, wherever its condition stands
        add(_MATCH, search_words(filters.search) or '""')
    if filters.number is not None:
        add(f"{key} = ?", filters.number)
    for name, comparison, value in filters.compared:
        collation = " COLLATE NOCASE" if entity[name].kind.sql == "TEXT" else ""
        add(f"{expression(entity, name)} {COMPARISONS[comparison]} ?{collation}", value)
    for name, value in filters.equal:
        if name == "kbli":
            if key != _LISTED or filters.registered:
                add(f"EXISTS (SELECT 1 {_CODED} AND business_id = {key})", value)
        elif entity is EVENT and name in events.FILTERS:
            condition = events.FILTERS[name]
            add(condition, *[value] * condition.count("?"))
        else:
            add(f"{_KEYS.get(name) or expression(entity, name)} = ?", value)
    if filters.status != "all":
        add("activity.closed_on IS NULL" if key == _ACTIVITY else _status(entity, filters.status, key))
    for name in filters.missing:
        add(f"{_KEYS.get(name) or expression(entity, name)} IS NULL")
    if filters.registered and key != _LISTED:
        add(f"EXISTS (SELECT 1 FROM activity WHERE {_REGISTERED} AND business_id = {key})", *filters.registered)
    if filters.not_coached_since is not None:
        add(coverage.NOT_COACHED_SINCE.format(key=key), filters.not_coached_since, filters.not_coached_since)
    if filters.between:
        add("event.starts_on BETWEEN ? AND ?", *filters.between)
    return conditions, tuple(values)


_MATCH = "business_search MATCH ?"
_KEYS = {"sentra": "business.sentra_id", "group": "business.group_id"}


def _status(entity: Entity, status: str, key: str) -> str:
    if entity is EVENT:
        return f"event.status = '{next(each.code for each in EVENT_STATUSES if each.code == status)}'"
    if entity is SENTRA:
        return f"sentra.closed_on IS {'NULL' if status == 'active' else 'NOT NULL'}"
    is_open = f"EXISTS ({_OPEN} AND business_id = {key})"
    return is_open if status == "active" else f"NOT {is_open}"


_OPEN = "SELECT 1 FROM activity INDEXED BY activity_open WHERE closed_on IS NULL"


def search_words(text: str) -> str:
    """Every word must occur, the last of each as the beginning of one; signs mean nothing. Empty for no words."""
    words = "".join(sign if sign.isalnum() else " " for sign in text).split()
    return " ".join(f'"{word}"*' for word in words)
