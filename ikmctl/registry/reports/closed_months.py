"""The stored figures of closed months, and the targets of a year."""

import json
from sqlite3 import Connection
from typing import Any

from ikmctl.registry.file.database import Change


def closed(connection: Connection, month: str) -> dict[str, Any] | None:
    """The figures of a month as they were reported; None while it is open."""
    found = connection.execute("SELECT figures FROM closed_month WHERE month = ?", (month,)).fetchone()
    return json.loads(found[0]) if found else None


#: SQL: the months that are closed, or were until they were reopened.
_EVER_CLOSED = """
    SELECT month FROM closed_month
    UNION SELECT before ->> 'month'
    FROM change_row JOIN change ON change.id = change_id
    WHERE table_name = 'closed_month' AND action = 'delete' AND command = 'reopen-month'
"""


def first_open(connection: Connection, month: str) -> str | None:
    """The first month before this one that is open though an earlier one is or was closed.

    A month that was closed and reopened counts as closed once; a closing that was undone does not.
    """
    months = connection.execute(
        f"""
        WITH RECURSIVE ever (month) AS ({_EVER_CLOSED}),
        walk (month) AS (
            SELECT min(month) FROM ever
            UNION ALL SELECT strftime('%Y-%m', month || '-01', '+1 month') FROM walk WHERE month < :month
        )
        SELECT min(month) FROM walk
        WHERE month < :month AND month NOT IN (SELECT month FROM closed_month)
        """,
        {"month": month},
    ).fetchone()
    return str(months[0]) if months[0] else None


def skipped_for(connection: Connection, month: str) -> str | None:
    """The first closed month after this one, if this one was never closed; None if it may be closed."""
    later = connection.execute(
        f"""
        SELECT min(month) FROM closed_month
        WHERE month > :month AND :month NOT IN ({_EVER_CLOSED})
        """,
        {"month": month},
    ).fetchone()
    return str(later[0]) if later[0] else None


def close(change: Change, month: str, figures: dict[str, Any]) -> None:
    """Store the figures of a month."""
    text = json.dumps(figures, ensure_ascii=False)
    change.connection.execute("INSERT INTO closed_month (month, figures) VALUES (?, ?)", (month, text))


def reopen(change: Change, month: str) -> bool:
    """Delete the stored figures of a month; whether there were any."""
    return change.connection.execute("DELETE FROM closed_month WHERE month = ?", (month,)).rowcount > 0


def targets(connection: Connection, year: int | None) -> list[tuple[str, int, int | float]]:
    """`(indicator, year, value)` of a year, or of all; in the order in which they were set."""
    return connection.execute(
        "SELECT indicator, year, value FROM target WHERE year = ifnull(?, year) ORDER BY year DESC, id", (year,)
    ).fetchall()


def set_target(change: Change, indicator: str, year: int, value: int | float | None) -> None:
    """Set the target of an indicator for a year, or take it away."""
    if value is None:
        change.connection.execute("DELETE FROM target WHERE indicator = ? AND year = ?", (indicator, year))
        return
    change.connection.execute(
        """
        INSERT INTO target (indicator, year, value) VALUES (?, ?, ?)
        ON CONFLICT (indicator, year) DO UPDATE SET value = excluded.value
        """,
        (indicator, year, value),
    )
