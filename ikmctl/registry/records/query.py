"""Lists and single records: which columns, which rows, in which order."""

from collections.abc import Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Any, NamedTuple

from ikmctl.domain.choices import EVENT_STATUSES
from ikmctl.domain.entities import BUSINESS, EVENT, OBSERVATION, SENTRA
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.scale import BANDS, FEW_WORKERS_MAXIMUM, Band
from ikmctl.registry.records.events import columns as events
from ikmctl.registry.records.events import coverage
from ikmctl.registry.records.events.columns import COACHED_ROLES, HELD

#: Matching rows are counted exactly up to this number; a city has fewer businesses.
EXACT_COUNT_LIMIT = 10_000

COMPARISONS = {"=": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "!=": "IS NOT"}

WORKERS = "coalesce(observation.workers_male + observation.workers_female, observation.workers_total)"


def _scale_in(band: Band) -> str:
    """What is unknown makes a comparison unknown too, and a CASE without an answer is NULL."""
    within = "IS NOT NULL" if band.highest is None else f"<= {band.highest}"
    known = f"'{band.few}'"
    if band.few != band.more:
        few, more = f"{WORKERS} <= {FEW_WORKERS_MAXIMUM}", f"{WORKERS} > {FEW_WORKERS_MAXIMUM}"
        known = f"CASE WHEN {few} THEN '{band.few}' WHEN {more} THEN '{band.more}' END"
    return f"WHEN observation.investment {within} THEN {known}"


#: SQL of the scale of a business; NULL if workers or investment are unknown and the scale depends on them.
SCALE = f"CASE {' '.join(map(_scale_in, BANDS))} END"

_EXPRESSIONS: Mapping[str, Mapping[str, str]] = {
    "business": {
        "number": "business.id",
        "group": "(SELECT name FROM business AS upper WHERE upper.id = business.group_id)",
        "sentra": "(SELECT name FROM sentra WHERE sentra.id = business.sentra_id)",
        "kbli": """(
            SELECT group_concat(code, ',') FROM (
                SELECT code FROM business_kbli WHERE business_id = business.id ORDER BY is_main DESC, id
            )
        )""",
        "registered_on": """(
            SELECT min(opened_on) FROM activity WHERE business_id = business.id AND entry = 'registered'
        )""",
        "recorded_on": "(SELECT min(opened_on) FROM activity WHERE business_id = business.id AND entry = 'recorded')",
        "known_active_by": """min(
            coalesce(business.established, 9999),
            coalesce((SELECT min(period) FROM observation WHERE business_id = business.id) + 0, 9999),
            (SELECT min(opened_on) FROM activity WHERE business_id = business.id) + 0
        )""",
        "closed_on": """(
            SELECT closed_on FROM activity WHERE business_id = business.id
            ORDER BY closed_on IS NULL DESC, opened_on DESC, closed_on DESC LIMIT 1
        )""",
        "status": """iif(
            EXISTS (SELECT 1 FROM activity WHERE business_id = business.id AND closed_on IS NULL), 'active', 'closed'
        )""",
        "data_year": "observation.period",
        "workers_total": WORKERS,
        "scale": SCALE,
        "events_attended": f"""(
            SELECT count(DISTINCT event_id) FROM attendance JOIN event ON event.id = event_id
            WHERE business_id = business.id AND {HELD} AND role IN {COACHED_ROLES}
        )""",
        "last_coached_on": coverage.LAST_COACHED,
        **{name: f"iif(form = 'group', {value}, NULL)" for name, value in coverage.OF_GROUPS.items()},
    },
    "sentra": {
        "number": "sentra.id",
        "status": "iif(sentra.closed_on IS NULL, 'active', 'closed')",
        "members": coverage.members("sentra_id", "sentra.id"),
        "members_coached": coverage.members_coached("sentra_id", "sentra.id"),
        "coverage_percent": coverage.percent("sentra_id", "sentra.id"),
    },
    "event": events.EXPRESSIONS,
}

_ORDER = {
    "business": "business.name COLLATE NOCASE, business.id",
    "sentra": "sentra.name COLLATE NOCASE, sentra.id",
    "event": "event.starts_on DESC, event.id DESC",
}

_LATEST = """
        LEFT JOIN observation ON observation.id = (
            SELECT id FROM observation WHERE business_id = business.id ORDER BY period DESC LIMIT 1
        )"""


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


class Selection(NamedTuple):
    """What a list shows: the rows, and how many there are in all; `more` says that these are at least so many."""

    rows: Iterator[tuple[Any, ...]]
    total: int
    more: bool


def select(
    connection: Connection,
    entity: Entity,
    columns: Sequence[Field],
    filters: Filters,
    sort: Sequence[str] = (),
    limit: int | None = None,
) -> Selection:
    """The rows of a list in the order wished; `sort` holds field names, `-name` for descending."""
    conditions, values = _conditions(entity, filters)
    by_index = bool(filters.search) and entity is BUSINESS
    order = _order(entity, sort, searching=by_index)
    source = _source(entity, filters, {field.name for field in columns} | {name.lstrip("-") for name in sort})
    met = [] if limit is None else _met(connection, entity, filters, conditions, values)
    if by_index and not sort and limit is not None and limit <= EXACT_COUNT_LIMIT:
        # The index has been asked already: the first of those that it found are the page.
        source, conditions, values = _source(entity, Filters(), {field.name for field in columns}), [], []
        conditions = [f"business.id IN ({', '.join(map(str, met[:limit]))})"]
        order = "business.id"
    by = _WALK_THE_ORDER if len(met) > EXACT_COUNT_LIMIT else ""
    expressions = ", ".join(expression(entity, field.name) for field in columns)
    rows = connection.execute(
        f"SELECT {expressions} FROM {source} {_where(conditions, 'business.id', by)} ORDER BY {order} LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    return Selection(rows, min(len(met), EXACT_COUNT_LIMIT), len(met) > EXACT_COUNT_LIMIT)


def count(connection: Connection, entity: Entity, filters: Filters) -> int:
    """The number of records that the filters let through, however many."""
    conditions, values = _conditions(entity, filters)
    source = _source(entity, filters, set())
    query = f"SELECT count(*) FROM {source} {_where(conditions, f'{entity.name}.id')}"
    return int(connection.execute(query, values).fetchone()[0])


def _where(conditions: Sequence[str], key: str, by: str = "") -> str:
    """The conditions as SQL; `key` is the column that holds the record's number."""
    return f"WHERE {' AND '.join(conditions)}".format(key=key, by=by) if conditions else ""


def _met(
    connection: Connection, entity: Entity, filters: Filters, conditions: Sequence[str], values: Sequence[Any]
) -> list[int]:
    """The numbers of the records that the filter lets through, up to one more than are counted.

    Where only the search index or the periods of activity are asked, the businesses themselves are not read.
    """
    plain = filters == Filters(search=filters.search, status=filters.status)
    source, key = _source(entity, filters, set()), f"{entity.name}.id"
    if plain and filters.search and entity is BUSINESS:
        source, key = "business_search", "business_search.rowid"
    elif plain and entity is BUSINESS and filters.status == "active":
        source, key, conditions, values = "activity", "business_id", ["closed_on IS NULL"], ()
    elif entity is BUSINESS and not filters.search and "sector" in dict(filters.equal):
        # In the order of names every second step would be a jump; in the order of numbers it is the next page.
        source = source.replace("business", "business INDEXED BY business_sector", 1)
    query = f"SELECT {key} FROM {source} {_where(conditions, key)} LIMIT {EXACT_COUNT_LIMIT + 1}"
    return [number for (number,) in connection.execute(query, values)]


#: A plus before a column keeps SQLite from using the column's index. If thousands of rows match, walking all rows in
#: the requested order finds the first page soon; fetching and sorting all matches takes a hundred times longer.
_WALK_THE_ORDER = "+"


def expression(entity: Entity, name: str) -> str:
    """The SQL that gives a field's value."""
    known = _EXPRESSIONS.get(entity.name, {})
    if name in known:
        return known[name]
    return f"{OBSERVATION if entity[name].table == OBSERVATION else entity.name}.{name}"


def _source(entity: Entity, filters: Filters, needed: set[str]) -> str:
    source = entity.name
    if filters.search and entity is BUSINESS:
        source = "business_search JOIN business ON business.id = business_search.rowid"
    asked = needed | {name for name, *_rest in (*filters.equal, *filters.compared)} | set(filters.missing)
    observed = {field.name for field in entity.kept_in(OBSERVATION)} | {"scale"}
    return source + (_LATEST if entity is BUSINESS and asked & observed else "")


def _conditions(entity: Entity, filters: Filters) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []

    def add(condition: str, *given: Any) -> None:
        conditions.append(condition)
        values.extend(given)

    if filters.number is not None:
        add(f"{entity.name}.id = ?", filters.number)
    if filters.search and entity is EVENT:
        condition, words = events.search(filters.search)
        add(condition, *words)
    elif filters.search:
        add("business_search MATCH ?", search_words(filters.search) or '""')
    for name, comparison, value in filters.compared:
        collation = " COLLATE NOCASE" if entity[name].kind.sql == "TEXT" else ""
        add(f"{expression(entity, name)} {COMPARISONS[comparison]} ?{collation}", value)
    for name, value in filters.equal:
        if name == "kbli":
            add("EXISTS (SELECT 1 FROM business_kbli WHERE business_id = {key} AND code = ?)", value)
            continue
        if entity is EVENT and name in events.FILTERS:
            condition = events.FILTERS[name]
            add(condition, *[value] * condition.count("?"))
            continue
        by = "" if name == "sector" else "{by}"  # the index of the sector is in the order of names already
        add(f"{by}{_KEYS.get(name) or expression(entity, name)} = ?", value)
    if filters.status != "all":
        add(_STATUS[entity.name][filters.status])
    for name in filters.missing:
        add(f"{_KEYS.get(name) or expression(entity, name)} IS NULL")
    if filters.registered:
        add(
            """
            business.id IN (
                SELECT business_id FROM activity WHERE entry = 'registered' AND opened_on BETWEEN ? AND ?
            )
            """,
            *filters.registered,
        )
    if filters.not_coached_since is not None:
        add(coverage.NOT_COACHED_SINCE, filters.not_coached_since, filters.not_coached_since)
    if filters.between:
        add("event.starts_on BETWEEN ? AND ?", *filters.between)
    return conditions, values


_KEYS = {"sentra": "business.sentra_id", "group": "business.group_id"}
_ACTIVE = "EXISTS (SELECT 1 FROM activity WHERE business_id = {key} AND closed_on IS NULL)"
_STATUS = {
    BUSINESS.name: {"active": _ACTIVE, "closed": "NOT " + _ACTIVE},
    SENTRA.name: {"active": "sentra.closed_on IS NULL", "closed": "sentra.closed_on IS NOT NULL"},
    EVENT.name: {choice.code: f"event.status = '{choice.code}'" for choice in EVENT_STATUSES},
}


def _order(entity: Entity, sort: Sequence[str], *, searching: bool) -> str:
    if not sort:
        return "business_search.rowid" if searching else _ORDER[entity.name]
    parts = []
    for name in sort:
        wished = expression(entity, name.lstrip("-"))
        collation = " COLLATE NOCASE" if entity[name.lstrip("-")].kind.sql == "TEXT" else ""
        parts.append(f"{wished}{collation}{' DESC' if name.startswith('-') else ''} NULLS LAST")
    return ", ".join([*parts, f"{entity.name}.id"])


def record(connection: Connection, entity: Entity, number: int) -> dict[str, Any]:
    """Every field of one record, by name."""
    fields = entity.fields
    found = next(select(connection, entity, fields, Filters(number=number)).rows)
    return dict(zip((field.name for field in fields), found, strict=True))


def sector_names(connection: Connection) -> list[tuple[str, str, str]]:
    """`(code, Indonesian name, English name)` of the sectors in the office's order."""
    return connection.execute("SELECT code, name, name_en FROM sector ORDER BY id").fetchall()


def search_words(text: str) -> str:
    """Every word must occur, the last of each as the beginning of one; signs mean nothing. Empty for no words."""
    words = "".join(sign if sign.isalnum() else " " for sign in text).split()
    return " ".join(f'"{word}"*' for word in words)
