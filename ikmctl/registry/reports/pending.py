"""Open pending values, by reason and by field."""

from datetime import date
from sqlite3 import Connection

from ikmctl.registry.records.expressions import WORKERS
from ikmctl.registry.reports.active import ACTIVE, LATEST, cut_off_values
from ikmctl.registry.reports.scope import EVERYWHERE, Scope


def pending_by_reason(connection: Connection, scope: Scope = EVERYWHERE) -> list[tuple[str, int]]:
    """`(code of the problem, open pending values)`, the most frequent first; in a scope those of its businesses."""
    within = "" if scope == EVERYWHERE else "JOIN business ON business.id = pending_value.business_id"
    return connection.execute(
        f"""
        SELECT reason, count(*) AS amount FROM pending_value {within}
        WHERE state = 'open' AND {scope.condition}
        GROUP BY reason ORDER BY amount DESC, reason
        """,
        scope.values,
    ).fetchall()


#: Figure of a report → the fields whose pending values it lacks, and SQL that is NULL where the figure has no value.
_FIGURES = {
    "workers": (
        ("workers_male", "workers_female", "workers_total"),
        WORKERS,
    ),
    "investment": (("investment",), "observation.investment"),
    "production_value": (("production_value",), "production_value"),
    "material_value": (("material_value",), "material_value"),
}


def unreadable_figures(connection: Connection, end: date, scope: Scope) -> dict[str, int]:
    """Figure → the number of active businesses of which it, or a part, could not be read; only figures with any."""
    found = {}
    for figure, (fields, value) in _FIGURES.items():
        [count] = connection.execute(
            f"""
            SELECT count(DISTINCT business.id)
            FROM pending_value CROSS JOIN business ON business.id = pending_value.business_id
            CROSS JOIN activity ON activity.business_id = business.id {LATEST}
            WHERE state = 'open' AND field IN ({", ".join(f"'{field}'" for field in fields)})
                AND {ACTIVE} AND {scope.condition} AND {value} IS NULL
            """,
            {**cut_off_values(end), **scope.values},
        ).fetchone()
        if count:
            found[figure] = count
    return found
