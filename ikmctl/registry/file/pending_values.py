"""The table of pending values: migration 6."""

from ikmctl.registry.file.schema import one_of

#: The tables whose records may have pending values.
OWNERS = ("business", "sentra", "event", "attendance")

_COLUMNS = ",\n        ".join(f"{table}_id INTEGER REFERENCES {table} (id) ON DELETE CASCADE" for table in OWNERS)
_HAS_OWNER = " + ".join(f"({table}_id IS NOT NULL)" for table in OWNERS)
_OWNER = ", ".join(f"coalesce({table}_id, 0)" for table in OWNERS)

PENDING_VALUES = (
    f"""
    CREATE TABLE pending_value (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        {_COLUMNS},
        field TEXT NOT NULL,                -- the field that stays empty
        period TEXT,                        -- of an observation: the year or month
        text TEXT NOT NULL CHECK (text <> ''),      -- as it was written
        reason TEXT NOT NULL,               -- the code of the problem
        facts TEXT NOT NULL DEFAULT '{{}}' CHECK (json_valid(facts)),
        file TEXT,
        sheet TEXT,
        row INTEGER,
        heading TEXT,
        state TEXT NOT NULL DEFAULT 'open' CHECK ({one_of("state", "open", "mended", "dismissed")}),
        CHECK ({_HAS_OWNER} = 1)
    ) STRICT
    """,
    f"""
    CREATE UNIQUE INDEX pending_value_open ON pending_value ({_OWNER}, field, coalesce(period, ''))
    WHERE state = 'open'
    """,
    *(
        f"CREATE INDEX pending_value_{table} ON pending_value ({table}_id) WHERE {table}_id IS NOT NULL"
        for table in OWNERS
    ),
)
