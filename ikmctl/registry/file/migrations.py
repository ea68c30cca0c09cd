"""The migrations of the registry file: explicit SQL, one after another (docs/architecture.md, The registry file).

The triggers that write the history are taken away first and made anew at the end, for the columns that each table has
then: a migration is nobody's change, and need not care for them.
"""

from typing import TYPE_CHECKING

from ikmctl.registry.file.history_columns import DERIVED, RECORDED, belonging
from ikmctl.registry.file.pending_values import PENDING_VALUES
from ikmctl.registry.file.reporting_tables import CONFIRMED_VALUES, REPORTING, rename_indicators
from ikmctl.registry.file.schema import HISTORY, TABLES, VIEWS, one_of
from ikmctl.registry.file.triggers import UPKEEP, history_triggers

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


def first_tables(connection: "sqlite3.Connection") -> None:
    """Migration 1: the registry."""
    _run(connection, (*HISTORY, *TABLES, *VIEWS, *UPKEEP))


def reporting_tables(connection: "sqlite3.Connection") -> None:
    """Migration 2: closed months and targets."""
    _run(connection, REPORTING)


def codes_of_indicators(connection: "sqlite3.Connection") -> None:
    """Migration 3: one set of codes for the indicators."""
    _run(connection, rename_indicators())


def activity_entries(connection: "sqlite3.Connection") -> None:
    """Migration 4: how a period of activity began: registered, recorded or reopened.

    A business that an import took in without a day of registration had been given the day of the import: it is
    recorded, not registered.
    """
    _run(connection, ACTIVITY_ENTRIES)


def confirmed_values(connection: "sqlite3.Connection") -> None:
    """Migration 5: values that look wrong and were checked."""
    _run(connection, CONFIRMED_VALUES)


def pending_values(connection: "sqlite3.Connection") -> None:
    """Migration 6: values that could not be read, with their texts."""
    _run(connection, PENDING_VALUES)


def distinct_pairs(connection: "sqlite3.Connection") -> None:
    """Migration 7: pairs of businesses that look alike and are not the same."""
    _run(connection, DISTINCT_PAIRS)


def undone_changes(connection: "sqlite3.Connection") -> None:
    """Migration 8: a change may undo several others."""
    _run(connection, UNDONE_CHANGES)


def access_log(connection: "sqlite3.Connection") -> None:
    """Migration 9: of how many records a command showed personal data."""
    _run(connection, ("ALTER TABLE change ADD COLUMN revealed INTEGER CHECK (revealed >= 0)",))


def events_in_full(connection: "sqlite3.Connection") -> None:
    """Migration 10: status, hours, outcome and lesson of an event, and what each source of money gives for it.

    An event that was neither cancelled nor closed was held if it had begun by the day of the migration.
    """
    _run(connection, EVENTS_IN_FULL)


_STATUS = """CASE
    WHEN {cancelled} THEN 'cancelled'
    WHEN {closed_on} IS NOT NULL THEN 'reported'
    WHEN {starts_on} > date('now', 'localtime') THEN 'planned'
    ELSE 'held'
END"""
EVENTS_IN_FULL = (
    f"""
    ALTER TABLE event ADD COLUMN
        status TEXT NOT NULL DEFAULT 'held' CHECK ({one_of("status", "planned", "held", "reported", "cancelled")})
    """,
    f"UPDATE event SET status = {_STATUS.format(cancelled='cancelled', closed_on='closed_on', starts_on='starts_on')}",
    "ALTER TABLE event DROP COLUMN cancelled",
    "ALTER TABLE event ADD COLUMN hours REAL CHECK (hours >= 0)",
    "ALTER TABLE event ADD COLUMN outcome TEXT",
    "ALTER TABLE event ADD COLUMN lesson TEXT",
    "ALTER TABLE event_party ADD COLUMN amount INTEGER CHECK (amount >= 0)",
    f"""
    UPDATE change_row SET before = json_remove(
        json_set(before, '$.status', {
        _STATUS.format(
            cancelled="before ->> 'cancelled'", closed_on="before ->> 'closed_on'", starts_on="before ->> 'starts_on'"
        )
    }),
        '$.cancelled'
    )
    WHERE table_name = 'event' AND before IS NOT NULL
    """,
    "DROP INDEX event_start",
    "CREATE INDEX event_start ON event (starts_on, status)",
    "CREATE INDEX event_party_name ON event_party (name)",
)


def entries_in_full(connection: "sqlite3.Connection") -> None:
    """Migration 11: whether a participant passed; a delegate or a place may be known by position or organisation alone.

    SQLite cannot change a CHECK, so the table is made anew; the numbers of its rows stay.
    """
    _run(connection, ENTRIES_IN_FULL)


ENTRIES_IN_FULL = (
    f"""
    CREATE TABLE new_attendance (
        id INTEGER PRIMARY KEY,
        event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
        person TEXT,
        business_id INTEGER REFERENCES business (id),
        sentra_id INTEGER REFERENCES sentra (id),
        role TEXT NOT NULL CHECK ({one_of("role", "participant", "delegate", "visited", "instructor", "committee")}),
        gender TEXT CHECK (gender IN ('male', 'female')),
        position TEXT,
        organisation TEXT,
        passed TEXT CHECK (passed IN ('yes', 'no')),
        extra TEXT CHECK (extra IS NULL OR json_valid(extra)),
        CHECK (coalesce(person, business_id, sentra_id, position, organisation) IS NOT NULL)
    ) STRICT
    """,
    """
    INSERT INTO new_attendance (
        id, event_id, person, business_id, sentra_id, role, gender, position, organisation, extra
    )
    SELECT id, event_id, person, business_id, sentra_id, role, gender, position, organisation, extra FROM attendance
    """,
    "DROP TABLE attendance",
    "ALTER TABLE new_attendance RENAME TO attendance",
    "CREATE INDEX attendance_event ON attendance (event_id)",
    "CREATE INDEX attendance_business ON attendance (business_id) WHERE business_id IS NOT NULL",
    "CREATE INDEX attendance_sentra ON attendance (sentra_id) WHERE sentra_id IS NOT NULL",
)


def smaller_history(connection: "sqlite3.Connection") -> None:
    """Migration 12: the history keeps only what changed of a row. Entries that hold whole rows stay and are read."""
    # The triggers, which are made anew for every version, do this.


ACTIVITY_ENTRIES = (
    f"""
    ALTER TABLE activity ADD COLUMN
        entry TEXT NOT NULL DEFAULT 'registered' CHECK ({one_of("entry", "registered", "recorded", "reopened")})
    """,
    "UPDATE activity SET entry = 'reopened' WHERE is_first = 0",
    """
    UPDATE activity SET entry = 'recorded'
    FROM change_row JOIN change ON change.id = change_row.change_id
    WHERE change.command = 'import-businesses' AND change_row.table_name = 'activity' AND change_row.action = 'insert'
        AND activity.id BETWEEN change_row.row_id AND coalesce(change_row.last_row, change_row.row_id)
        AND activity.entry = 'registered' AND activity.opened_on = date(change.made_at, 'localtime')
    """,
    "DROP INDEX activity_reopened",
    "DROP INDEX activity_opened",
    "ALTER TABLE activity DROP COLUMN is_first",
    "CREATE INDEX activity_opened ON activity (opened_on, entry)",
    """
    UPDATE change_row SET before = json_remove(
        json_set(before, '$.entry', iif(before ->> 'is_first', 'registered', 'reopened')), '$.is_first'
    )
    WHERE table_name = 'activity' AND before IS NOT NULL
    """,
)

DISTINCT_PAIRS = (
    """
    CREATE TABLE distinct_pair (
        id INTEGER PRIMARY KEY,
        business_id INTEGER NOT NULL REFERENCES business (id) ON DELETE CASCADE,    -- the lower number of the two
        other_id INTEGER NOT NULL REFERENCES business (id) ON DELETE CASCADE,
        UNIQUE (business_id, other_id),
        CHECK (business_id < other_id)
    ) STRICT
    """,
    "CREATE INDEX distinct_pair_other ON distinct_pair (other_id)",
)

UNDONE_CHANGES = (
    """
    CREATE TABLE undone_change (
        change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,    -- the undo
        undone_id INTEGER NOT NULL REFERENCES change (id),
        PRIMARY KEY (change_id, undone_id)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO undone_change (change_id, undone_id) SELECT id, undoes FROM change WHERE undoes IS NOT NULL",
    "ALTER TABLE change DROP COLUMN undoes",
)

#: In the order in which they are applied. header.VERSION is their number.
MIGRATIONS = (
    first_tables,
    reporting_tables,
    codes_of_indicators,
    activity_entries,
    confirmed_values,
    pending_values,
    distinct_pairs,
    undone_changes,
    access_log,
    events_in_full,
    entries_in_full,
    smaller_history,
)


def migrate(connection: "sqlite3.Connection") -> None:
    """Apply what is pending; the caller holds the write lock, so that two programs never migrate at once."""
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("ikmctl")
    for step in MIGRATIONS:
        migrations(name=step.__name__)(lambda database, step=step: step(database.conn))
    triggers = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB '*_history_*'")
    _run(connection, [f"DROP TRIGGER {name}" for (name,) in triggers])
    migrations.apply(Database(connection, execute_plugins=False))
    for table in RECORDED:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in DERIVED]
        _run(connection, history_triggers(table, columns, belonging(connection, table)) if columns else ())


def _run(connection: "sqlite3.Connection", statements: "Iterable[str]") -> None:
    for statement in statements:
        connection.execute(statement)
