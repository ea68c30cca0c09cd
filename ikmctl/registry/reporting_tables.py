"""What a report keeps, and the indexes that its figures read: migration 2."""

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
