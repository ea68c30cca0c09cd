"""Pending values: texts that could not be read, until somebody mends or dismisses them."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any, NamedTuple

from ikmctl.registry.file.database import Change
from ikmctl.registry.file.pending_values import OWNERS

OPEN, MENDED, DISMISSED = "open", "mended", "dismissed"


class Source(NamedTuple):
    """Where a text was read: the name of the file, the sheet and the row."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True)
class PendingValue:
    """A text that could not be read, with the record and the field that it was meant for."""

    number: int
    #: The table of the record, its number, and its name: of an attendance that of the person or business.
    table: str
    record: int
    name: str
    field: str
    #: The year or month of an observation.
    period: str | None
    text: str
    #: The code of the problem, and its facts.
    reason: str
    facts: Mapping[str, Any]
    source: Source
    heading: str
    state: str


@dataclass(frozen=True)
class PendingFilter:
    """Which pending values; what is None does not matter."""

    state: str | None = OPEN
    field: str | None = None
    reason: str | None = None
    text: str | None = None
    #: The number of the change that set them aside.
    change: int | None = None
    #: The table and the number of their record.
    record: tuple[str, int] | None = None
    number: int | None = None


_TABLE = "CASE " + " ".join(f"WHEN pending_value.{table}_id IS NOT NULL THEN '{table}'" for table in OWNERS) + " END"
_RECORD = "coalesce(" + ", ".join(f"pending_value.{table}_id" for table in OWNERS) + ")"


def pending_values(connection: Connection, wanted: PendingFilter) -> Iterator[PendingValue]:
    """The pending values that meet a filter, in the order in which they were set aside."""
    conditions, values = _conditions(wanted)
    rows = connection.execute(
        f"""
        SELECT
            pending_value.id, {_TABLE}, {_RECORD},
            coalesce(
                business.name, sentra.name, event.name, attendance.person,
                (SELECT name FROM business WHERE id = attendance.business_id),
                (SELECT name FROM sentra WHERE id = attendance.sentra_id)
            ),
            field, period, text, reason, facts, coalesce(file, ''), coalesce(sheet, ''), coalesce(row, 0),
            coalesce(heading, ''), state
        FROM pending_value
        LEFT JOIN business ON business.id = pending_value.business_id
        LEFT JOIN sentra ON sentra.id = pending_value.sentra_id
        LEFT JOIN event ON event.id = pending_value.event_id
        LEFT JOIN attendance ON attendance.id = pending_value.attendance_id
        WHERE {conditions}
        ORDER BY pending_value.id
        """,
        values,
    )
    for number, table, record, name, field, period, text, reason, facts, file, sheet, row, heading, state in rows:
        yield PendingValue(
            number, table, record, name or "", field, period, text, reason, json.loads(facts),
            Source(file, sheet, row), heading, state,
        )  # fmt: skip


def _conditions(wanted: PendingFilter) -> tuple[str, list[Any]]:
    conditions, values = ["TRUE"], []
    for column, value in (
        ("pending_value.id", wanted.number),
        ("state", wanted.state),
        ("field", wanted.field),
        ("reason", wanted.reason),
        ("text", wanted.text),
    ):
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if wanted.record:
        table, number = wanted.record
        conditions.append(f"pending_value.{table}_id = ?")
        values.append(number)
    if wanted.change is not None:
        conditions.append(
            """
            EXISTS (
                SELECT 1 FROM change_row
                WHERE table_name = 'pending_value' AND action = 'insert' AND change_id = ?
                    AND pending_value.id BETWEEN row_id AND coalesce(last_row, row_id)
            )
            """
        )
        values.append(wanted.change)
    return " AND ".join(conditions), values


def count_open(connection: Connection) -> int:
    """The number of open pending values."""
    return int(connection.execute("SELECT count(*) FROM pending_value WHERE state = 'open'").fetchone()[0])


def set_aside(
    change: Change,
    table: str,
    record: int,
    cells: Iterable[Mapping[str, Any]],
    source: Source,
    period: str | None = None,
) -> None:
    """Keep texts that could not be read; each is a dictionary of field, heading, text, reason and facts.

    A text that the record's field has had already is not kept again. Another one that is still open gives way.
    """
    connection = change.connection
    for cell in cells:
        if are_known(connection, table, record, [cell], period):
            continue
        resolve(change, table, record, [cell["field"]], period, state=DISMISSED)
        facts = json.dumps(cell["facts"], default=str)
        connection.execute(
            f"""
            INSERT INTO pending_value ({table}_id, field, period, text, reason, facts, file, sheet, row, heading)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (record, cell["field"], period, cell["text"], cell["reason"], facts, *source, cell["heading"]),
        )


def are_known(
    connection: Connection, table: str, record: int, cells: Iterable[Mapping[str, Any]], period: str | None = None
) -> bool:
    """Whether the record has had each of these texts as a pending value, in whatever state."""
    query = f"SELECT 1 FROM pending_value WHERE {table}_id = ? AND field = ? AND text = ? AND period IS ?"
    return all(connection.execute(query, (record, cell["field"], cell["text"], period)).fetchone() for cell in cells)


def resolve(
    change: Change,
    table: str,
    record: int,
    fields: Collection[str],
    period: str | None = None,
    *,
    state: str = MENDED,
) -> None:
    """Settle the open pending values of these fields of a record; with `period` those of its observation."""
    marks = ", ".join("?" * len(fields))
    change.connection.execute(
        f"""
        UPDATE pending_value SET state = ?
        WHERE state = 'open' AND {table}_id = ? AND field IN ({marks}) AND period IS ?
        """,
        (state, record, *fields, period),
    )


def set_state(change: Change, number: int, state: str) -> None:
    """Settle one pending value, or open it again."""
    change.connection.execute("UPDATE pending_value SET state = ? WHERE id = ?", (state, number))
