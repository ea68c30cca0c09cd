"""Lists and single records: which columns, which rows, in which order."""

import json
from collections.abc import Iterator, Sequence
from sqlite3 import Connection
from typing import Any, NamedTuple

from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.fields import Entity, Field
from ikmctl.registry.records.expressions import expression
from ikmctl.registry.records.filters import Filters, Source, numbers_of, of_first, rows_numbered, rows_of

#: Matching rows are counted exactly up to this number; a city has fewer businesses.
EXACT_COUNT_LIMIT = 10_000
#: The most businesses that are read, where no index helps, only to count those that match.
MOST_READ = 50_000

_ORDER = {
    "business": "business.name COLLATE NOCASE, business.id",
    "sentra": "sentra.name COLLATE NOCASE, sentra.id",
    "event": "event.starts_on DESC, event.id DESC",
}


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
    """The rows of a list in the order wished; `sort` holds field names, `-name` for descending.

    Of a page, only the numbers are sorted among all; then its own rows are read.
    """
    fields = [*(field.name for field in columns), *(name.lstrip("-") for name in sort)]
    by_search = bool(filters.search) and entity is BUSINESS
    in_order = not sort and not by_search
    if limit is None:
        source = rows_of(entity, filters, fields, in_order=in_order and filters.is_plain)
        order = _order(entity, sort, source.key if by_search else "")
        return Selection(_rows(connection, entity, columns, source, order), 0, more=False)
    met, more = _met(connection, entity, filters, limit)
    if in_order and (more or _are_most(connection, entity, met)):
        source = rows_of(entity, filters, fields, in_order=True)
    else:
        page = met
        if by_search and not sort and (limit <= len(met) or not more):
            page = met[:limit]  # the search index gave them in the order of their numbers
        elif more:
            all_met = rows_of(entity, filters, fields[len(columns) :])
            page = _numbers(connection, all_met, limit, _order(entity, sort, all_met.key if by_search else ""))
        source = rows_numbered(entity, json.dumps(page), fields)
    order = _order(entity, sort, source.key if by_search else "")
    rows = _rows(connection, entity, columns, source, order, limit)
    return Selection(rows, len(met), more)


def _met(connection: Connection, entity: Entity, filters: Filters, limit: int) -> tuple[list[int], bool]:
    """The numbers of the records that the filters let through, as many as are counted, and whether there are more.

    Where very many rows would have to be looked at only to be counted, and the first of them fill the page, the others
    are not counted.
    """
    source = numbers_of(entity, filters)
    if entity is BUSINESS and not filters.is_plain and (candidates := _candidates(connection, entity, filters, source)):
        first = _numbers(connection, of_first(source, candidates), EXACT_COUNT_LIMIT)
        if len(first) >= limit:
            return first, True
    met = _numbers(connection, source, EXACT_COUNT_LIMIT + 1)
    return met[:EXACT_COUNT_LIMIT], len(met) > EXACT_COUNT_LIMIT


def _candidates(connection: Connection, entity: Entity, filters: Filters, source: Source) -> int:
    """How many rows are looked at to count records; 0 for all, where there are no more or an index finds them."""
    if filters.search:
        hits = _numbers(connection, numbers_of(entity, Filters(search=filters.search)), EXACT_COUNT_LIMIT + 1)
        return EXACT_COUNT_LIMIT if len(hits) > EXACT_COUNT_LIMIT else 0
    found = connection.execute("SELECT coalesce(max(id), 0) FROM business").fetchone()
    return MOST_READ if " NOT INDEXED" in source.tables and found[0] > MOST_READ else 0


def _are_most(connection: Connection, entity: Entity, met: Sequence[int]) -> bool:
    """Whether these are at least half of the records: walking them all in order finds a page of them at once."""
    (highest,) = connection.execute(f"SELECT coalesce(max(id), 0) FROM {entity.name}").fetchone()
    return bool(2 * len(met) >= highest)


def _rows(
    connection: Connection, entity: Entity, columns: Sequence[Field], source: Source, order: str, limit: int = -1
) -> Iterator[tuple[Any, ...]]:
    expressions = ", ".join(expression(entity, field.name) for field in columns)
    return connection.execute(f"{source.query(expressions)} ORDER BY {order} LIMIT ?", (*source.values, limit))


def _numbers(connection: Connection, source: Source, limit: int, order: str = "") -> list[int]:
    """The numbers of the records, the first of them in this order, or in the order in which they are found."""
    query = f"{source.query(source.key)} {order and f'ORDER BY {order}'} LIMIT ?"
    return [number for (number,) in connection.execute(query, (*source.values, limit))]


def count(connection: Connection, entity: Entity, filters: Filters) -> int:
    """The number of records that the filters let through, however many."""
    source = numbers_of(entity, filters)
    return int(connection.execute(source.query("count(*)"), source.values).fetchone()[0])


def _order(entity: Entity, sort: Sequence[str], found_by: str = "") -> str:
    """The order wished, else that of the column by which a search finds the records, else the usual one."""
    if not sort:
        return found_by or _ORDER[entity.name]
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
