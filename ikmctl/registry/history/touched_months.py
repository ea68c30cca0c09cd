"""Which closed months a change touches: months whose figures it may alter, though their reports stay as they were."""

from sqlite3 import Connection

from ikmctl.registry.history.earlier import value_before, values_before

#: The columns that reports count by or sum. Names, addresses and the like alter no figure.
_COUNTED = {
    "business": ("form", "group_id", "sentra_id", "owner_gender", "kecamatan", "sector", "nib", "stated_scale"),
    "sentra": ("sector", "kecamatan", "reported_units", "opened_on", "closed_on"),
    "event": ("kind", "starts_on", "ends_on", "reported_male", "reported_female", "budget"),
    "attendance": ("event_id", "person", "business_id", "sentra_id", "role", "gender"),
}
_ALWAYS, _NEVER_ENDS = "'0001-01-01'", "'9999-12-31'"


def _differs(table: str) -> str:
    """SQL: whether a column that counts differs between the row before, which is NULL for a new one, and `now`."""
    pairs = [(_was(column), f"now.{column}") for column in _COUNTED[table]]
    if table == "event":
        pairs.append((f"{_was('status')} IN ('held', 'reported')", "now.status IN ('held', 'reported')"))
    return " OR ".join(f"({before}) IS NOT ({now})" for before, now in pairs)


def _was(column: str) -> str:
    """SQL: a value of the row before, which is NULL for a new one."""
    return value_before(column, "before", "now")


def _touched(table: str) -> str:
    """SQL: the rows of a table that a change touched, as they were before it (`before`) and as they are (`now`)."""
    return f"""
        (
            SELECT row_id AS first_row, coalesce(last_row, row_id) AS last_row, {values_before("entry")} AS before
            FROM change_row AS entry
            WHERE id IN (
                SELECT min(id) FROM change_row WHERE change_id = :change AND table_name = '{table}' GROUP BY row_id
            )
            LIMIT -1 -- `before` is computed once a row
        )
        LEFT JOIN {table} AS now ON now.id BETWEEN first_row AND last_row"""


#: SQL: the first and last day of each span in which a change may have altered figures; the change is the latest one
#: of its rows. A period of activity counts where it begins or ends otherwise than before; an observation until the
#: next one of its business begins; an event until the end of its year, since reports count the year to date.
_SPANS = f"""
    SELECT min({_was("opened_on")}, now.opened_on) AS first, max({_was("opened_on")}, now.opened_on) AS last
    FROM {_touched("activity")}
    WHERE {_was("opened_on")} IS NOT now.opened_on OR {_was("entry")} IS NOT now.entry
    UNION
    SELECT
        min(coalesce({_was("closed_on")}, {_NEVER_ENDS}), coalesce(now.closed_on, {_NEVER_ENDS})),
        max(coalesce({_was("closed_on")}, {_NEVER_ENDS}), coalesce(now.closed_on, {_NEVER_ENDS}))
    FROM {_touched("activity")}
    WHERE {_was("closed_on")} IS NOT now.closed_on
    UNION
    SELECT
        coalesce(now.opened_on, {_was("opened_on")}),
        coalesce(iif(now.id IS NULL, {_was("closed_on")}, now.closed_on), {_NEVER_ENDS})
    FROM {_touched("activity")}
    WHERE before IS NULL OR now.id IS NULL
    UNION
    SELECT activity.opened_on, coalesce(activity.closed_on, {_NEVER_ENDS})
    FROM {_touched("business")} JOIN activity ON business_id = now.id
    WHERE before IS NOT NULL AND ({_differs("business")})
    UNION
    SELECT
        substr(period || '-01-01', 1, 10),
        min(
            coalesce(
                (
                    SELECT date(min(substr(later.period || '-01-01', 1, 10)), '-1 day') FROM observation AS later
                    WHERE later.business_id = business.id AND later.period > changed.period
                ),
                {_NEVER_ENDS}
            ),
            (SELECT max(coalesce(closed_on, {_NEVER_ENDS})) FROM activity WHERE business_id = business.id)
        )
    FROM (
        SELECT
            coalesce(now.business_id, {_was("business_id")}) AS business_id,
            coalesce(now.period, {_was("period")}) AS period
        FROM {_touched("observation")}
    ) AS changed
    JOIN business ON business.id = changed.business_id
    UNION
    SELECT coalesce(now.opened_on, {_was("opened_on")}, {_ALWAYS}), coalesce(now.closed_on, {_NEVER_ENDS})
    FROM {_touched("sentra")}
    WHERE {_differs("sentra")}
    UNION
    SELECT day, substr(day, 1, 4) || '-12-31' FROM (
        SELECT {_was("starts_on")} AS day FROM {_touched("event")} WHERE {_differs("event")}
        UNION
        SELECT now.starts_on FROM {_touched("event")} WHERE {_differs("event")}
        UNION
        SELECT starts_on
        FROM {_touched("attendance")} JOIN event ON event.id IN (now.event_id, {_was("event_id")})
        WHERE {_differs("attendance")}
    ) WHERE day IS NOT NULL
"""


def touched_months(connection: Connection, change: int) -> list[str]:
    """The closed months that a change touches, in order; the change must be the latest one of the rows it touched."""
    if not connection.execute("SELECT EXISTS (SELECT 1 FROM closed_month)").fetchone()[0]:
        return []
    rows = connection.execute(
        f"""
        WITH span (first, last) AS MATERIALIZED (
            SELECT DISTINCT substr(first, 1, 7), substr(last, 1, 7) FROM ({_SPANS})
        )
        SELECT month FROM closed_month
        WHERE EXISTS (SELECT 1 FROM span WHERE month BETWEEN first AND last)
        ORDER BY month
        """,
        {"change": change},
    )
    return [month for (month,) in rows]
