"""Active businesses of which nothing has been heard for a long time, with the last sign of life of each."""

from collections.abc import Iterator
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.registry.records.events.columns import HELD
from ikmctl.registry.reports.scope import EVERYWHERE, Scope

#: Commands that show that somebody knew of the business on that day. A change of many records at once, such as an undo
#: or the import of a whole registry, shows no such thing.
CONFIRMING = ("add-business", "edit-business", "import-businesses", "import-observations", "outside", "reopen-business")
_CONFIRMING = f"change.command IN {CONFIRMING}"

#: The tables whose rows are about one business, with the column that holds its number.
_ABOUT = {"business": "id", "activity": "business_id", "observation": "business_id", "business_kbli": "business_id"}

#: The tables to which an import adds a row for each business; in the history these rows are one row, from `row_id` to
#: `last_row`.
_IMPORTED = ("business", "observation")
_RANGES = "change_row.last_row IS NOT NULL"


class UnseenBusiness(NamedTuple):
    """An active business, with the day and the kind of its last sign of life.

    `sign` is `observation`, `event`, `edit`, `import`, or how it became active: `registered`, `recorded` or `reopened`.
    `detail` is the period of the observation, the name of the event, who edited, or the imported files with digests.
    """

    number: int
    name: str
    owner: str | None
    kelurahan: str | None
    kecamatan: str | None
    seen_on: str
    sign: str
    detail: str | None


def unseen(connection: Connection, since: date, limit: int, scope: Scope = EVERYWHERE) -> list[UnseenBusiness]:
    """The active businesses without a sign of life since that day, the longest unseen first; -1 for all."""
    rows = connection.execute(
        f"""
        {_WITH_IMPORTED}
        SELECT number, name, owner, kelurahan, kecamatan, sign FROM (
            SELECT
                business.id AS number, business.name, owner, kelurahan, kecamatan,
                (SELECT max(sign) FROM ({" UNION ALL ".join(_signs())})) AS sign
            FROM {_UNSEEN} AND {scope.condition}
        )
        ORDER BY substr(sign, 1, 10), number
        LIMIT :limit
        """,
        {**_days(since), **scope.values, "limit": limit},
    )
    return [UnseenBusiness._make((*row[:-1], *_parts(row[-1]))) for row in rows]


def count_unseen(connection: Connection, since: date, scope: Scope = EVERYWHERE) -> int:
    """The number of active businesses without a sign of life since that day."""
    query = f"{_WITH_IMPORTED} SELECT count(*) FROM {_UNSEEN} AND {scope.condition}"
    return int(connection.execute(query, {**_days(since), **scope.values}).fetchone()[0])


def _days(since: date) -> dict[str, str]:
    day = since.isoformat()
    return {"since": day, "month": day[:7], "year": day[:4]}


def _parts(sign: str) -> tuple[str, str, str | None]:
    """Day, kind and detail of a sign as `_signs` writes it."""
    day, kind, detail = sign.split(" ", 2)
    return day, kind, detail or None


def _signs() -> Iterator[str]:
    """Queries for the signs of life of one business, as texts of day, kind and detail: the largest is the last sign."""
    yield "SELECT opened_on || ' ' || entry || ' ' AS sign FROM activity WHERE business_id = business.id"
    yield """
        SELECT iif(length(period) = 4, period || '-12-31', date(period || '-01', '+1 month', '-1 day'))
            || ' observation ' || period
        FROM observation WHERE business_id = business.id
    """
    yield f"""
        SELECT starts_on || ' event ' || event.name
        FROM attendance JOIN event ON event.id = event_id
        WHERE business_id = business.id AND {HELD}
    """
    made = """
        SELECT date(made_at, 'localtime') ||
            iif(command GLOB 'import-*', ' import ' || detail, ' edit ' || made_by)
    """
    for table, column in _ABOUT.items():
        yield f"""
            {made} FROM {table} AS part CROSS JOIN change_row ON table_name = '{table}' AND row_id = part.id
            CROSS JOIN change ON change.id = change_id AND {_CONFIRMING}
            WHERE part.{column} = business.id
        """
    for table in _IMPORTED:
        yield f"""
            {made} FROM {table} AS part CROSS JOIN change_row
                ON {_RANGES} AND table_name = '{table}' AND part.id BETWEEN row_id AND last_row
            CROSS JOIN change ON change.id = change_id AND {_CONFIRMING}
            WHERE part.{_ABOUT[table]} = business.id
        """


def _edited_since() -> Iterator[str]:
    """Queries for the numbers of the businesses that a confirming change since the day touched row by row."""
    recent = f"change CROSS JOIN change_row ON change_id = change.id AND NOT {_RANGES}"
    for table, column in _ABOUT.items():
        yield f"""
            SELECT part.{column} FROM {recent} AND table_name = '{table}' JOIN {table} AS part ON part.id = row_id
            WHERE {_CONFIRMING} AND date(made_at, 'localtime') >= :since
        """


#: SQL: the active businesses without a sign of life since a day.
_UNSEEN = f"""
    activity JOIN business ON business.id = activity.business_id
    WHERE closed_on IS NULL AND opened_on < :since
    AND NOT EXISTS (SELECT 1 FROM imported WHERE table_name = 'business' AND business.id BETWEEN first AND last)
    AND NOT EXISTS (
        SELECT 1 FROM observation
        WHERE business_id = business.id AND (
            period >= :month OR period = :year
            OR EXISTS (
                SELECT 1 FROM imported WHERE table_name = 'observation' AND observation.id BETWEEN first AND last
            )
        )
    )
    AND NOT EXISTS (
        SELECT 1 FROM attendance JOIN event ON event.id = event_id
        WHERE business_id = business.id AND starts_on >= :since AND {HELD}
    )
    AND business.id NOT IN ({" UNION ".join(_edited_since())})
"""
#: SQL: the rows that imports added since the day.
_WITH_IMPORTED = f"""
    WITH imported (table_name, first, last) AS MATERIALIZED (
        SELECT table_name, row_id, last_row
        FROM change_row JOIN change ON change.id = change_id
        WHERE {_RANGES} AND {_CONFIRMING} AND date(made_at, 'localtime') >= :since
    )
"""
