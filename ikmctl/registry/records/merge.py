"""Moving all rows of one business to another, which is the same."""

from collections.abc import Iterator, Mapping
from sqlite3 import Connection
from typing import Any

from ikmctl.domain.entities import ACTIVITY, OBSERVATION
from ikmctl.domain.keys import key
from ikmctl.domain.merge import Merged, Span, merge_spans, merge_values
from ikmctl.registry.file.database import Change
from ikmctl.registry.file.history_columns import RECORDED, referring_to
from ikmctl.registry.records.pending import DISMISSED
from ikmctl.registry.records.save import insert, update

#: Period → the observation of a business, without its number and business.
Observations = dict[str, dict[str, Any]]


def stored(connection: Connection, business: int) -> dict[str, Any]:
    """The columns of a business that count, without its number."""
    columns = RECORDED["business"]
    row = connection.execute(f"SELECT {', '.join(columns)} FROM business WHERE id = ?", (business,)).fetchone()
    return dict(zip(columns, row, strict=True))


def spans(connection: Connection, business: int) -> list[Span]:
    """The periods of activity of a business."""
    query = "SELECT opened_on, closed_on, entry FROM activity WHERE business_id = ? ORDER BY opened_on"
    return [Span(*row) for row in connection.execute(query, (business,))]


def observations(connection: Connection, business: int) -> Observations:
    """The observations of a business by their period."""
    columns = [column for column in RECORDED[OBSERVATION] if column not in ("business_id", "period")]
    query = f"SELECT period, {', '.join(columns)} FROM observation WHERE business_id = ? ORDER BY period"
    return {
        period: dict(zip(columns, values, strict=True)) for period, *values in connection.execute(query, (business,))
    }


def kbli(connection: Connection, business: int) -> list[tuple[str, int]]:
    """The KBLI codes of a business with their editions, the main one first."""
    query = "SELECT code, edition FROM business_kbli WHERE business_id = ? ORDER BY is_main DESC, id"
    return connection.execute(query, (business,)).fetchall()


def move(change: Change, keep: int, other: int) -> None:
    """Give `keep` all rows of `other` that refer to it; observations of the same period are merged by the caller.

    Rows that would be the same twice, such as one KBLI code or one entry of a participant list, stay with `other`.
    """
    connection = change.connection
    _move_activity(change, keep, other)
    _merge_attendance(change, keep, other)
    connection.execute(
        """
        UPDATE OR IGNORE distinct_pair SET
            business_id = min(iif(business_id = :other, :keep, business_id), iif(other_id = :other, :keep, other_id)),
            other_id = max(iif(business_id = :other, :keep, business_id), iif(other_id = :other, :keep, other_id))
        WHERE :other IN (business_id, other_id) AND :keep NOT IN (business_id, other_id)
        """,
        {"keep": keep, "other": other},
    )
    connection.execute(
        f"""
        UPDATE pending_value SET state = '{DISMISSED}'
        WHERE business_id = :other AND state = 'open' AND EXISTS (
            SELECT 1 FROM pending_value AS own
            WHERE own.business_id = :keep AND own.state = 'open'
                AND own.field = pending_value.field AND own.period IS pending_value.period
        )
        """,
        {"keep": keep, "other": other},
    )
    if kbli(connection, keep):
        connection.execute("UPDATE business_kbli SET is_main = 0 WHERE business_id = ? AND is_main = 1", (other,))
    for reference in referring_to(connection, "business"):
        if reference.table not in (ACTIVITY, "distinct_pair"):
            connection.execute(
                f"UPDATE OR IGNORE {reference.table} SET {reference.column} = ? WHERE {reference.column} = ?",
                (keep, other),
            )


def _move_activity(change: Change, keep: int, other: int) -> None:
    own = spans(change.connection, keep)
    merged = merge_spans([*own, *spans(change.connection, other)])
    for span in (span for span in own if span not in merged):
        query = "DELETE FROM activity WHERE business_id = ? AND opened_on = ?"
        change.connection.execute(query, (keep, span.opened_on))
    for span in (span for span in merged if span not in own):
        insert(change, ACTIVITY, {"business_id": keep, **span._asdict()})


def merge_observations(change: Change, keep: int, other: int) -> Iterator[tuple[str, Merged]]:
    """Complete observations of a period that both have from those of `other`; the period and what it became."""
    both = observations(change.connection, keep), observations(change.connection, other)
    for period in (period for period in both[0] if period in both[1]):
        merged = merge_values(both[0][period], both[1][period])
        [row] = change.connection.execute(
            "SELECT id FROM observation WHERE business_id = ? AND period = ?", (keep, period)
        ).fetchone()
        update(change, OBSERVATION, row, merged.values)
        yield period, merged


_ENTRY = ("event_id", "person", "role", "gender", "position", "organisation", "extra", "sentra_id")


def _merge_attendance(change: Change, keep: int, other: int) -> None:
    """Complete entries of participant lists on which both are; the entry of `other` is not moved then.

    An entry with values that could not be read is moved, whatever else it says.
    """
    kept = list(_entries(change.connection, keep))
    query = "SELECT attendance_id FROM pending_value WHERE attendance_id IS NOT NULL"
    with_pending = {row for (row,) in change.connection.execute(query)}
    for row, entry in [row for row in _entries(change.connection, other) if row[0] not in with_pending]:
        for kept_row, kept_entry in kept:
            if _identity(entry) == _identity(kept_entry):
                merged = merge_values(kept_entry, {**entry, "person": kept_entry["person"]})
                if not merged.left_over:
                    update(change, "attendance", kept_row, merged.values)
                    change.connection.execute("DELETE FROM attendance WHERE id = ?", (row,))
                    break


def _entries(connection: Connection, business: int) -> Iterator[tuple[int, dict[str, Any]]]:
    query = f"SELECT id, {', '.join(_ENTRY)} FROM attendance WHERE business_id = ? ORDER BY id"
    return ((row, dict(zip(_ENTRY, values, strict=True))) for row, *values in connection.execute(query, (business,)))


def _identity(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    return entry["event_id"], entry["role"], key(entry["person"] or "")
