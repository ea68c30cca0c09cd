"""The tables and indexes of reports: closed months, targets and confirmed values."""

from collections.abc import Iterator

REPORTING = (
    """
    CREATE TABLE closed_month (
        id INTEGER PRIMARY KEY,
        month TEXT NOT NULL UNIQUE CHECK (month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
        figures TEXT NOT NULL CHECK (json_valid(figures))       -- the report's blocks as they were shown
    ) STRICT
    """,
    """
    CREATE TABLE target (
        id INTEGER PRIMARY KEY,
        indicator TEXT NOT NULL,
        year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2100),
        value ANY NOT NULL CHECK (typeof(value) IN ('integer', 'real') AND value >= 0),
        UNIQUE (indicator, year)
    ) STRICT
    """,
    # The figures of coaching read no attendance itself, and businesses opened again are told apart by theirs alone.
    "DROP INDEX attendance_event",
    "CREATE INDEX attendance_event ON attendance (event_id, role, business_id)",
    "CREATE INDEX activity_reopened ON activity (opened_on) WHERE is_first = 0",
)

CONFIRMED_VALUES = (
    """
    CREATE TABLE confirmed_value (
        id INTEGER PRIMARY KEY,
        business_id INTEGER NOT NULL REFERENCES business (id) ON DELETE CASCADE,
        field TEXT NOT NULL,
        period TEXT NOT NULL DEFAULT '',    -- of an observation: the year or month; else empty
        value ANY NOT NULL,                 -- a value that looked wrong, and was checked and found right
        UNIQUE (business_id, field, period, value)
    ) STRICT
    """,
)

#: Indicator codes of earlier versions, in targets and in closed months: former code → code of today.
RENAMED = {
    "new_businesses": "registered",
    "closed_businesses": "closed",
    "coverage": "coverage_percent",
    "group_coverage": "group_coverage_percent",
}


def rename_indicators() -> Iterator[str]:
    """What gives targets and kept figures today's codes, in the history too, so that an undo brings back no other."""
    for former, code in RENAMED.items():
        yield f"UPDATE target SET indicator = '{code}' WHERE indicator = '{former}'"
        yield f"""
        UPDATE change_row SET before = json_set(before, '$.indicator', '{code}')
        WHERE table_name = 'target' AND before ->> 'indicator' = '{former}'
        """
        row, renamed = f"""'["{former}", '""", f"""'["{code}", '"""
        yield f"UPDATE closed_month SET figures = replace(figures, {row}, {renamed}) WHERE instr(figures, {row})"
        yield f"""
        UPDATE change_row SET before = json_set(before, '$.figures', replace(before ->> 'figures', {row}, {renamed}))
        WHERE table_name = 'closed_month' AND instr(before ->> 'figures', {row})
        """
