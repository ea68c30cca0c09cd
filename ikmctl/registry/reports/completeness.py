"""How many businesses have a value in each field: at a cut-off, and as the registry knew it on an earlier day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.domain.entities import BUSINESS
from ikmctl.registry.file.history_columns import RECORDED
from ikmctl.registry.history.earlier import value_before, values_before
from ikmctl.registry.records.expressions import expression
from ikmctl.registry.reports.active import ACTIVE, LATEST, cut_off_values, sliced
from ikmctl.registry.reports.scope import Scope

#: The fields that are counted.
WANTED = tuple(field.name for field in BUSINESS.fields if field.wanted)


class Completeness(NamedTuple):
    """Some businesses: how many there are, how many have data of the cut-off's year, and how many have each field."""

    businesses: int
    observed: int
    #: In the order of WANTED.
    filled: tuple[int, ...]

    def has(self, field: str) -> int:
        """The number of businesses with a value in a field of WANTED."""
        return self.filled[WANTED.index(field)]


def _presence(name: str) -> str:
    """SQL that is NULL if a business has no value in the field."""
    if name == "kbli":
        return "nullif(business.id IN (SELECT business_id FROM business_kbli), 0)"
    return expression(BUSINESS, name)


#: SQL of the columns of Completeness. The businesses without a value are counted and subtracted: most fields are mostly
#: filled, and a row that is not counted costs SQLite a comparison instead of a call.
COUNTS = ", ".join(
    [
        "count(*)",
        "count(*) FILTER (WHERE substr(observation.period, 1, 4) = substr(:end, 1, 4))",
        *(f"count(*) - count(*) FILTER (WHERE {_presence(name)} IS NULL)" for name in WANTED),
    ]
)


def completeness_by_kecamatan(connection: Connection, end: date, scope: Scope) -> dict[str | None, Completeness]:
    """The businesses active at the end of the day, by kecamatan; None is the key of those without one."""
    query = f"""
        SELECT business.kecamatan, {COUNTS}
        FROM activity CROSS JOIN business ON business.id = activity.business_id {LATEST}
        WHERE {ACTIVE} AND {scope.condition} AND activity.id BETWEEN :first AND :last
        GROUP BY 1
    """
    parts: dict[str | None, list[tuple[int, ...]]] = {}
    for kecamatan, *counts in sliced(connection, query, {**cut_off_values(end), **scope.values}):
        parts.setdefault(kecamatan, []).append(tuple(counts))
    return {kecamatan: completeness_of(rows) for kecamatan, rows in parts.items()}


def completeness_of(rows: Iterable[tuple[int, ...]]) -> Completeness:
    """The sum of rows of COUNTS."""
    businesses, observed, *filled = map(sum, zip(*rows, (0,) * (2 + len(WANTED)), strict=True))
    return Completeness(businesses, observed, tuple(filled))


#: The tables that the counts read, with the column that holds the number of the business.
_TABLES = {"business": "id", "observation": "business_id", "business_kbli": "business_id"}


def _touched() -> Iterator[str]:
    """Queries for the numbers of the businesses that may count otherwise at the end of `:until` than of `:then`."""
    for table, owner in _TABLES.items():
        select, now = f"SELECT now.{owner} FROM", f"main.{table} AS now"
        yield f"{select} first_change CROSS JOIN {now} ON now.id = row_id WHERE table_name = '{table}'"
        yield f"{select} added CROSS JOIN {now} ON now.id BETWEEN first AND last WHERE table_name = '{table}'"
        if table != "business":
            yield f"SELECT before ->> '{owner}' FROM first_change WHERE table_name = '{table}' AND before IS NOT NULL"
    yield "SELECT business_id FROM activity WHERE opened_on > :then AND opened_on <= :until"
    yield "SELECT business_id FROM activity WHERE closed_on > :then AND closed_on <= :until"
    yield "SELECT business_id FROM main.observation WHERE period > :month_then AND period <= :month_until"


#: SQL: the first change of each row since the day, with the values before it; the rows that imports added; and the
#: businesses touched. A row that an import added and a later change touched was not there before.
_TOUCHED = f"""
    added (table_name, first, last, change_id) AS MATERIALIZED (
        SELECT table_name, row_id, last_row, change_id
        FROM change CROSS JOIN change_row ON change_id = change.id AND last_row IS NOT NULL
        WHERE date(made_at, 'localtime') > :then
    ),
    first_entry (table_name, row_id, action, before, change_id, id) AS MATERIALIZED (
        SELECT table_name, row_id, action, before, change_id, min(change_row.id)
        FROM change CROSS JOIN change_row ON change_id = change.id AND last_row IS NULL
        WHERE date(made_at, 'localtime') > :then AND table_name IN {tuple(_TABLES)}
        GROUP BY table_name, row_id
    ),
    first_change (table_name, row_id, before) AS MATERIALIZED (
        SELECT
            table_name, row_id,
            iif(
                EXISTS (
                    SELECT 1 FROM added
                    WHERE added.table_name = first_entry.table_name AND added.change_id <= first_entry.change_id
                        AND row_id BETWEEN first AND last
                ),
                NULL,
                {values_before("first_entry")}
            )
        FROM first_entry
    ),
    touched (id) AS MATERIALIZED ({" UNION ".join(_touched())})
"""


def _as_it_was(table: str, more: str = "") -> str:
    """SQL: a table of the WITH clause that stands in for the table of its name, with its touched rows of that day."""
    columns, owner = RECORDED[table], _TABLES[table]
    earlier = ", ".join(value_before(column, "before", "now") for column in columns)
    return f"""
        {table} AS MATERIALIZED (
            SELECT * FROM (
                SELECT id, {", ".join(columns)} FROM main.{table} AS now
                WHERE {owner} IN (SELECT id FROM touched)
                    AND id NOT IN (SELECT row_id FROM first_change WHERE table_name = '{table}')
                    AND NOT EXISTS (SELECT 1 FROM added WHERE table_name = '{table}' AND now.id BETWEEN first AND last)
                UNION ALL
                SELECT row_id, {earlier} FROM first_change LEFT JOIN main.{table} AS now ON now.id = row_id
                WHERE table_name = '{table}' AND before IS NOT NULL
            )
            {more}
        )
    """


def filled_then(
    connection: Connection, now: Completeness, end: date, then: date, scope: Scope
) -> Mapping[str, int] | None:
    """How many businesses had each field of WANTED, by what the registry knew at the end of the day `then`.

    `now` is what it knows of the day `end`. Of the history only what was changed in between is looked at. None if the
    registry held no business then.
    """
    between = {
        "then": then.isoformat(), "month_then": then.isoformat()[:7],
        "until": end.isoformat(), "month_until": end.isoformat()[:7],
    }  # fmt: skip
    values = {**cut_off_values(end), **scope.values, **between}
    known_then = """
        SELECT EXISTS (
            SELECT 1 FROM change CROSS JOIN change_row ON change_id = change.id AND table_name = 'business'
            WHERE date(made_at, 'localtime') <= :then
        )
    """
    if not connection.execute(known_then, values).fetchone()[0]:
        return None
    touched_now = connection.execute(
        f"""
        WITH {_TOUCHED}
        SELECT {COUNTS}
        FROM touched CROSS JOIN activity ON activity.business_id = touched.id
        CROSS JOIN business ON business.id = touched.id {LATEST}
        WHERE {ACTIVE} AND {scope.condition}
        """,
        values,
    ).fetchone()
    touched_then = connection.execute(
        f"""
        WITH {_TOUCHED}, {_as_it_was("business")}, {_as_it_was("business_kbli")},
        {_as_it_was("observation", "WHERE period <= :month GROUP BY business_id HAVING max(period) IS NOT NULL")}
        SELECT {COUNTS}
        FROM activity JOIN business ON business.id = activity.business_id
        LEFT JOIN observation ON observation.business_id = business.id
        WHERE {ACTIVE} AND {scope.condition}
        """,
        {**values, **cut_off_values(then)},
    ).fetchone()
    was, became = completeness_of([touched_then]), completeness_of([touched_now])
    return {field: now.has(field) - became.has(field) + was.has(field) for field in WANTED}
