"""The tables of the registry file as they were first made, as explicit SQL; migrations.py brings them up to date."""


def one_of(column: str, *codes: str) -> str:
    """The condition of a CHECK as a chain of OR: of an IN with three or more the list is built for each row."""
    return " OR ".join(f"{column} = '{code}'" for code in codes)


HISTORY = (
    """
    CREATE TABLE change (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        made_at TEXT NOT NULL,
        made_by TEXT NOT NULL,
        command TEXT NOT NULL,      -- the command's name, or 'outside' for an edit by another program
        detail TEXT,                -- what it was about: a record's name, a file's name and digest
        undoes INTEGER REFERENCES change (id),
        is_open INTEGER NOT NULL DEFAULT 0 CHECK (is_open IN (0, 1))    -- 1 only in the transaction that makes it
    ) STRICT
    """,
    "CREATE INDEX change_open ON change (is_open) WHERE is_open = 1",
    """
    CREATE TABLE change_row (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,
        table_name TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        last_row INTEGER,           -- where one import added all rows from row_id to this one; else NULL
        action TEXT NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
        before TEXT CHECK (before IS NULL OR json_valid(before)),       -- the row as it was; none for an insert
        CHECK (last_row IS NULL OR (last_row >= row_id AND action = 'insert'))
    ) STRICT
    """,
    "CREATE INDEX change_row_record ON change_row (table_name, row_id)",
    "CREATE INDEX change_row_range ON change_row (table_name, change_id) WHERE last_row IS NOT NULL",
    "CREATE INDEX change_row_change ON change_row (change_id)",
)

TABLES = (
    """
    CREATE TABLE setting (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        value TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE sector (
        id INTEGER PRIMARY KEY,
        code TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,          -- Indonesian
        name_en TEXT NOT NULL,
        words TEXT NOT NULL DEFAULT '',     -- other spellings, separated by |
        kbli TEXT NOT NULL DEFAULT ''       -- KBLI prefixes that fall in it, separated by |; the longest wins
    ) STRICT
    """,
    """
    CREATE TABLE region (
        id INTEGER PRIMARY KEY,
        code TEXT NOT NULL UNIQUE,          -- Kemendagri: 13.76, 13.76.04, 13.76.04.1002
        name TEXT NOT NULL,
        words TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE kbli (
        id INTEGER PRIMARY KEY,
        code TEXT NOT NULL CHECK (length(code) = 5),
        edition INTEGER NOT NULL CHECK (edition BETWEEN 2005 AND 2100),
        title TEXT NOT NULL,
        words TEXT NOT NULL DEFAULT '',
        UNIQUE (code, edition)
    ) STRICT
    """,
    """
    CREATE TABLE alias (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,                 -- heading, sector, kelurahan, kecamatan, unit …
        written TEXT NOT NULL,
        meaning TEXT NOT NULL,
        UNIQUE (kind, written)
    ) STRICT
    """,
    """
    CREATE TABLE sentra (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL CHECK (name <> ''),
        sector TEXT REFERENCES sector (code),
        product TEXT,
        address TEXT,
        kelurahan TEXT,
        kecamatan TEXT,
        manager TEXT,
        phone TEXT,
        reported_units INTEGER CHECK (reported_units >= 0),
        established INTEGER,
        opened_on TEXT CHECK (opened_on IS date(opened_on, '+0 days')),
        closed_on TEXT CHECK (closed_on IS date(closed_on, '+0 days')),
        notes TEXT,
        extra TEXT CHECK (extra IS NULL OR json_valid(extra))   -- a spreadsheet's columns that have no field
    ) STRICT
    """,
    f"""
    CREATE TABLE business (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL CHECK (name <> ''),
        brand TEXT,
        form TEXT CHECK ({one_of("form", "individual", "group", "cooperative", "ud", "cv", "firma", "pt", "other")}),
        group_id INTEGER REFERENCES business (id),
        sentra_id INTEGER REFERENCES sentra (id),
        owner TEXT,
        owner_gender TEXT CHECK (owner_gender IN ('male', 'female')),
        nik TEXT,
        phone TEXT,
        email TEXT,
        address TEXT,
        kelurahan TEXT,
        kecamatan TEXT,
        latitude REAL CHECK (latitude BETWEEN -90 AND 90),
        longitude REAL CHECK (longitude BETWEEN -180 AND 180),
        sector TEXT REFERENCES sector (code),
        products TEXT,
        nib TEXT CHECK (length(nib) = 13),
        npwp TEXT,
        established INTEGER,
        stated_scale TEXT CHECK ({one_of("stated_scale", "micro", "small", "medium", "large")}),
        notes TEXT,
        extra TEXT CHECK (extra IS NULL OR json_valid(extra)),
        match_key TEXT,                     -- derived; NULL means: to be computed anew
        CHECK (group_id IS NULL OR group_id <> id)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX business_nib ON business (nib) WHERE nib IS NOT NULL",
    "CREATE INDEX business_match ON business (match_key)",
    "CREATE INDEX business_unmatched ON business (id) WHERE match_key IS NULL",
    "CREATE INDEX business_name ON business (name COLLATE NOCASE)",
    "CREATE INDEX business_sector ON business (sector)",
    "CREATE INDEX business_sector_name ON business (sector, name COLLATE NOCASE)",
    "CREATE INDEX business_place ON business (kecamatan)",
    "CREATE INDEX business_kelurahan ON business (kelurahan)",
    "CREATE INDEX business_sentra ON business (sentra_id) WHERE sentra_id IS NOT NULL",
    "CREATE INDEX business_groups ON business (name) WHERE form = 'group'",
    "CREATE INDEX business_group ON business (group_id) WHERE group_id IS NOT NULL",
    """
    CREATE TABLE business_kbli (
        id INTEGER PRIMARY KEY,
        business_id INTEGER NOT NULL REFERENCES business (id) ON DELETE CASCADE,
        code TEXT NOT NULL CHECK (length(code) = 5),
        edition INTEGER NOT NULL,
        is_main INTEGER NOT NULL DEFAULT 0 CHECK (is_main IN (0, 1)),
        UNIQUE (business_id, code, edition)
    ) STRICT
    """,
    """
    CREATE TABLE activity (
        id INTEGER PRIMARY KEY,
        business_id INTEGER NOT NULL REFERENCES business (id) ON DELETE CASCADE,
        opened_on TEXT NOT NULL CHECK (opened_on IS date(opened_on, '+0 days')),
        closed_on TEXT CHECK (closed_on IS date(closed_on, '+0 days')),
        is_first INTEGER NOT NULL DEFAULT 1 CHECK (is_first IN (0, 1)),     -- 1: registered, 0: reopened
        CHECK (closed_on IS NULL OR closed_on >= opened_on),
        UNIQUE (business_id, opened_on)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX activity_open ON activity (business_id) WHERE closed_on IS NULL",
    "CREATE INDEX activity_opened ON activity (opened_on)",
    "CREATE INDEX activity_closed ON activity (closed_on) WHERE closed_on IS NOT NULL",
    f"""
    CREATE TABLE observation (
        id INTEGER PRIMARY KEY,
        business_id INTEGER NOT NULL REFERENCES business (id) ON DELETE CASCADE,
        period TEXT NOT NULL,               -- a year 2021 or a month 2021-10
        workers_male INTEGER CHECK (workers_male >= 0),
        workers_female INTEGER CHECK (workers_female >= 0),
        workers_total INTEGER CHECK (workers_total >= 0),       -- only when men and women are not known apart
        investment INTEGER CHECK (investment >= 0),
        capacity REAL CHECK (capacity >= 0),
        capacity_unit TEXT,
        capacity_period TEXT CHECK ({one_of("capacity_period", "day", "month", "year")}),
        production_value INTEGER CHECK (production_value >= 0),
        material_value INTEGER CHECK (material_value >= 0),
        export_percent REAL CHECK (export_percent BETWEEN 0 AND 100),
        export_countries TEXT,
        UNIQUE (business_id, period)
    ) STRICT
    """,
    """
    CREATE TABLE event (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL CHECK (name <> ''),
        kind TEXT NOT NULL,
        starts_on TEXT NOT NULL CHECK (starts_on IS date(starts_on, '+0 days')),
        ends_on TEXT NOT NULL CHECK (ends_on IS date(ends_on, '+0 days')),
        batch TEXT,
        venue TEXT,
        kelurahan TEXT,
        kecamatan TEXT,
        topic TEXT,
        budget INTEGER CHECK (budget >= 0),
        reported_male INTEGER CHECK (reported_male >= 0),
        reported_female INTEGER CHECK (reported_female >= 0),
        closed_on TEXT CHECK (closed_on IS date(closed_on, '+0 days')),    -- the participant list is final since
        cancelled INTEGER NOT NULL DEFAULT 0 CHECK (cancelled IN (0, 1)),
        notes TEXT,
        extra TEXT CHECK (extra IS NULL OR json_valid(extra)),
        CHECK (ends_on >= starts_on)
    ) STRICT
    """,
    "CREATE INDEX event_start ON event (starts_on)",
    """
    CREATE TABLE event_party (
        id INTEGER PRIMARY KEY,
        event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
        role TEXT NOT NULL CHECK (role IN ('organiser', 'host', 'guest', 'funder', 'instructor')),
        name TEXT NOT NULL CHECK (name <> ''),
        UNIQUE (event_id, role, name)
    ) STRICT
    """,
    """
    CREATE TABLE attendance (
        id INTEGER PRIMARY KEY,
        event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
        person TEXT,
        business_id INTEGER REFERENCES business (id),
        sentra_id INTEGER REFERENCES sentra (id),
        role TEXT NOT NULL CHECK (role IN ('participant', 'delegate', 'visited', 'instructor', 'committee')),
        gender TEXT CHECK (gender IN ('male', 'female')),
        position TEXT,
        organisation TEXT,
        extra TEXT CHECK (extra IS NULL OR json_valid(extra)),
        CHECK (person IS NOT NULL OR business_id IS NOT NULL OR sentra_id IS NOT NULL)
    ) STRICT
    """,
    "CREATE INDEX attendance_event ON attendance (event_id)",
    "CREATE INDEX attendance_business ON attendance (business_id) WHERE business_id IS NOT NULL",
    "CREATE INDEX attendance_sentra ON attendance (sentra_id) WHERE sentra_id IS NOT NULL",
    """
    CREATE VIRTUAL TABLE business_search USING fts5 (
        name, brand, owner, products, address,
        content = 'business', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2',
        detail = none, columnsize = 0
    )
    """,
)

VIEWS = (
    """
    CREATE VIEW latest_observation AS
    SELECT *
    FROM observation
    WHERE (business_id, period) IN (SELECT business_id, max(period) FROM observation GROUP BY business_id)
    """,
    """
    CREATE VIEW active_business AS
    SELECT
        business.id AS number, business.name, brand, form, sector.name AS sector_name, products,
        business.kelurahan, business.kecamatan, sentra.name AS sentra_name, activity.opened_on AS active_since
    FROM business
    JOIN activity ON activity.business_id = business.id AND activity.closed_on IS NULL
    LEFT JOIN sector ON sector.code = business.sector
    LEFT JOIN sentra ON sentra.id = business.sentra_id
    """,
)
