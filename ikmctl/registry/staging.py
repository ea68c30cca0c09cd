"""Rows of a spreadsheet laid beside the registry: matched, compared and moved in sets (DESIGN §6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from ikmctl import errors
from ikmctl.domain.entities import BUSINESS, EDITION_2025_FROM, OBSERVATION
from ikmctl.registry.database import Change, Registry
from ikmctl.registry.history import index, last_numbers, record_added, unindex
from ikmctl.registry.records import refresh_keys
from ikmctl.registry.suspending import suspended

FIELDS = tuple(field for field in BUSINESS.fields if field.name == "number" or not field.derived)
"""What a row of a file can say, in the order in which rows are staged."""

_REFERRING = {"group": "group_id", "sentra": "sentra_id"}
_OWN = tuple(field.name for field in BUSINESS.kept_in("business"))
_MEASURES = tuple(field.name for field in BUSINESS.kept_in(OBSERVATION) if field.name != "data_year")
_OBSERVED = " OR ".join(f"{name} IS NOT NULL" for name in _MEASURES)
_DERIVED = ("extra", "match_key", "sentra_id", "group_id")
_SAYS = ", ".join(f'"{field.name}"' for field in FIELDS)

NEW, CHANGED, UNCHANGED, POSSIBLE, REPEATED, REJECTED, SKIPPED = (
    "new", "changed", "unchanged", "possible", "repeated", "rejected", "skipped",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """A staged row that cannot be taken, or is taken in a way worth saying: `code` of PROBLEMS or NOTES."""

    file: int
    line: int
    field: str
    value: str
    code: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Defaults:
    """What rows without a date or a data year get."""

    registered_on: str
    data_year: str | None = None


def prepare(registry: Registry) -> None:
    """Make the stage anew, and bring the keys up to date by which businesses are matched."""
    connection = registry.connection
    connection.execute("DROP TABLE IF EXISTS temp.stage")
    kinds = {field.name: field.kind.sql for field in FIELDS} | dict.fromkeys(("file", "line", *_DERIVED), "")
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    connection.execute(
        f"CREATE TEMP TABLE stage (id INTEGER PRIMARY KEY, {columns}, business_id INTEGER, period TEXT, "
        "verdict TEXT NOT NULL DEFAULT 'new')"
    )
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS numbering (first INTEGER)")
    connection.execute(
        """
        CREATE TEMP VIEW IF NOT EXISTS arriving AS
        SELECT coalesce(business_id, id + (SELECT first FROM numbering)) AS record, stage.*
        FROM stage
        WHERE verdict IN ('new', 'changed')
        """
    )
    if connection.execute("SELECT 1 FROM business WHERE match_key IS NULL LIMIT 1").fetchone():
        with registry.write("match"):
            refresh_keys(connection)


def stage(connection: Connection, fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Lay rows on the stage: file, line, the fields named, extra, match key, sentra and group."""
    columns = ("file", "line", *fields, *_DERIVED)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    connection.execute("BEGIN")
    try:
        connection.executemany(f"INSERT INTO stage ({names}) VALUES ({marks})", rows)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def clear(connection: Connection, file: int) -> None:
    """Take the rows of one file off the stage, to be read anew."""
    connection.execute("DELETE FROM stage WHERE file = ?", (file,))


def reject(connection: Connection, file: int, lines: Iterable[int]) -> None:
    """Mark rows that were found to be wrong after they were staged."""
    connection.executemany(
        "UPDATE stage SET verdict = 'rejected' WHERE file = ? AND line = ?", ((file, line) for line in lines)
    )


ENOUGH_NIKS = 3
"""So many NIK that all end in 0 are no chance."""


def rounded_niks(connection: Connection, file: int) -> list[tuple[int, str]]:
    """`(line, NIK)` of a file, if every one ends in 0."""
    given, rounded = connection.execute(
        "SELECT count(nik), total(nik LIKE '%0') FROM stage WHERE file = ?", (file,)
    ).fetchone()
    if given < ENOUGH_NIKS or rounded < given:
        return []
    return connection.execute(
        "SELECT line, nik FROM stage WHERE file = ? AND nik IS NOT NULL ORDER BY id", (file,)
    ).fetchall()


def match(connection: Connection, defaults: Defaults) -> list[Finding]:
    """Give every staged row its verdict against the registry; what must be said about rows."""
    connection.execute("CREATE INDEX IF NOT EXISTS temp.stage_match ON stage (match_key)")
    connection.execute("CREATE INDEX IF NOT EXISTS temp.stage_nib ON stage (nib) WHERE nib IS NOT NULL")
    findings = _same_within("nib", "nib IS NOT NULL", connection)
    findings += _same_within("match_key", "match_key NOT LIKE '%||'", connection, "AND count(DISTINCT nib) <= 1")
    _repeated_weak(connection)
    findings += _match_to_businesses(connection)
    findings += _same_within("business_id", "business_id IS NOT NULL", connection)
    _set_periods(connection, defaults)
    _compare(connection)
    return findings + _match_weak(connection)


def _same_within(column: str, condition: str, connection: Connection, having: str = "") -> list[Finding]:
    """Rows of one file that speak of one business: equal ones are taken once, different ones are refused."""
    groups = connection.execute(
        f"""
        SELECT {column}, min(id), count(DISTINCT json_array({_SAYS}, extra)) = 1, group_concat(line, ', ')
        FROM stage
        WHERE {column} IN (
                SELECT {column} FROM stage WHERE {condition} GROUP BY {column} HAVING count(*) > 1
            ) AND verdict = 'new'
        GROUP BY {column}
        HAVING count(*) > 1 {having}
        """
    ).fetchall()
    findings = []
    for value, first, equal, lines in groups:
        verdict = REPEATED if equal else REJECTED
        rows = connection.execute(
            f"""
            UPDATE stage SET verdict = ?
            WHERE {column} = ? AND (id <> ? OR ? = 'rejected') AND verdict = 'new'
            RETURNING file, line, name
            """,
            (verdict, value, first, verdict),
        ).fetchall()
        origin = connection.execute("SELECT line FROM stage WHERE id = ?", (first,)).fetchone()[0]
        field = "nib" if column == "nib" else "name"
        for file, line, name in rows:
            code, facts = ("duplicate-row", {"row": origin}) if equal else ("key-twice", {"rows": lines})
            findings.append(Finding(file, line, field, value if column == "nib" else name, code, facts))
    return findings


def _repeated_weak(connection: Connection) -> None:
    """Rows with neither owner nor kelurahan are one only when they say the same in every column."""
    connection.execute(
        f"""
        UPDATE stage SET verdict = 'repeated'
        WHERE verdict = 'new' AND match_key LIKE '%||' AND nib IS NULL AND id NOT IN (
            SELECT min(id) FROM stage
            WHERE match_key LIKE '%||' AND nib IS NULL
            GROUP BY json_array({_SAYS}, extra)
        )
        """
    )


def _match_to_businesses(connection: Connection) -> list[Finding]:
    if not connection.execute("SELECT EXISTS (SELECT 1 FROM business)").fetchone()[0]:
        return _numbers_that_disagree(connection)
    connection.execute(
        """
        UPDATE stage SET business_id = business.id
        FROM business
        WHERE business.nib = stage.nib AND stage.nib IS NOT NULL AND verdict = 'new'
        """
    )
    findings = _numbers_that_disagree(connection)
    connection.execute(
        """
        UPDATE stage SET business_id = number
        WHERE number IS NOT NULL AND business_id IS NULL AND verdict = 'new'
        """
    )
    connection.execute(
        """
        UPDATE stage SET business_id = found.id
        FROM (
            SELECT stage.id AS row, max(business.id) AS id
            FROM stage JOIN business ON business.match_key = stage.match_key
            WHERE business_id IS NULL AND verdict = 'new' AND stage.match_key NOT LIKE '%||'
                AND (business.nib IS NULL OR stage.nib IS NULL)
            GROUP BY stage.id HAVING count(*) = 1
        ) AS found
        WHERE stage.id = found.row
        """
    )
    several = connection.execute(
        """
        UPDATE stage SET verdict = 'possible'
        WHERE business_id IS NULL AND verdict = 'new' AND match_key NOT LIKE '%||'
            AND EXISTS (
                SELECT 1 FROM business
                WHERE business.match_key = stage.match_key AND (business.nib IS NULL OR stage.nib IS NULL)
            )
        RETURNING file, line, name, (SELECT min(id) FROM business WHERE business.match_key = stage.match_key)
        """
    ).fetchall()
    findings += [
        Finding(file, line, "name", name, "possible-duplicate", {"name": name, "number": number})
        for file, line, name, number in several
    ]
    return findings


def _numbers_that_disagree(connection: Connection) -> list[Finding]:
    findings = []
    for code, condition in (
        ("number-of-other", "business_id IS NOT NULL AND business_id <> number"),
        ("missing-number", "number NOT IN (SELECT id FROM business)"),
    ):
        rows = connection.execute(
            f"""
            UPDATE stage SET verdict = 'rejected'
            WHERE verdict = 'new' AND number IS NOT NULL AND {condition}
            RETURNING file, line, number, business_id
            """
        ).fetchall()
        findings += [Finding(file, line, "number", str(given), code, {"number": by}) for file, line, given, by in rows]
    return findings


def _set_periods(connection: Connection, defaults: Defaults) -> None:
    """The period of the observation of a row that meets a business; see `_PERIOD`."""
    connection.execute(
        """
        UPDATE stage SET period = coalesce(
            data_year, ?, substr(coalesce(
                registered_on,
                (SELECT min(opened_on) FROM activity WHERE activity.business_id = stage.business_id),
                ?
            ), 1, 4)
        )
        WHERE business_id IS NOT NULL
        """,
        (defaults.data_year, defaults.registered_on),
    )


_DIFFERENCES: dict[str, str] = {
    **{
        name: f"stage.{_REFERRING[name]} IS NOT NULL AND stage.{_REFERRING[name]} IS NOT business.{_REFERRING[name]}"
        if name in _REFERRING
        else f"stage.{name} IS NOT NULL AND stage.{name} IS NOT business.{name}"
        for name in _OWN
    },
    **{
        name: f"""stage.{name} IS NOT NULL AND stage.{name} IS NOT (
            SELECT {name} FROM observation
            WHERE observation.business_id = business.id AND observation.period = stage.period
        )"""
        for name in _MEASURES
    },
    "registered_on": """stage.registered_on IS NOT NULL AND stage.registered_on IS NOT (
            SELECT min(opened_on) FROM activity WHERE activity.business_id = business.id
        )""",
    "status": """(stage.status = 'closed' OR stage.closed_on IS NOT NULL) AND EXISTS (
            SELECT 1 FROM activity WHERE activity.business_id = business.id AND closed_on IS NULL
        )""",
    "kbli": """stage.kbli IS NOT NULL AND EXISTS (
            SELECT value FROM json_each('["' || replace(stage.kbli, ',', '","') || '"]')
            EXCEPT SELECT code FROM business_kbli WHERE business_kbli.business_id = business.id
        )""",
    "extra": "stage.extra IS NOT NULL AND stage.extra IS NOT business.extra",
}
_DIFFERS = " OR ".join(f"({condition})" for condition in _DIFFERENCES.values())


def _compare(connection: Connection) -> None:
    """Rows that meet a business: changed, or unchanged. What a file leaves empty changes nothing."""
    connection.execute(
        f"""
        UPDATE stage SET verdict = iif({_DIFFERS}, 'changed', 'unchanged')
        FROM business
        WHERE business.id = stage.business_id AND stage.verdict = 'new'
        """
    )


def _match_weak(connection: Connection) -> list[Finding]:
    """A row with a name alone is known only if a business of that name, as poor in data, says nothing different."""
    connection.execute(
        f"""
        UPDATE stage SET verdict = 'unchanged', business_id = (
            SELECT id FROM business WHERE business.match_key = stage.match_key AND NOT ({_DIFFERS}) LIMIT 1
        )
        WHERE verdict = 'new' AND match_key LIKE '%||' AND EXISTS (
            SELECT 1 FROM business WHERE business.match_key = stage.match_key AND NOT ({_DIFFERS})
        )
        """
    )
    rows = connection.execute(
        """
        UPDATE stage SET verdict = 'possible'
        WHERE verdict = 'new' AND match_key LIKE '%||'
            AND EXISTS (SELECT 1 FROM business WHERE business.match_key = stage.match_key)
        RETURNING file, line, name, (SELECT min(id) FROM business WHERE business.match_key = stage.match_key)
        """
    ).fetchall()
    return [
        Finding(file, line, "name", name, "possible-duplicate", {"name": name, "number": number})
        for file, line, name, number in rows
    ]


def counts(connection: Connection) -> dict[str, int]:
    """Verdict → rows."""
    return dict(connection.execute("SELECT verdict, count(*) FROM stage GROUP BY verdict").fetchall())


def changes_by_field(connection: Connection) -> dict[str, int]:
    """Field → in how many rows its value would change, for the rows that meet a business and differ."""
    sums = ", ".join(f"sum({condition})" for condition in _DIFFERENCES.values())
    row = connection.execute(
        f"SELECT {sums} FROM stage JOIN business ON business.id = stage.business_id WHERE verdict = 'changed'"
    ).fetchone()
    return {name: count for name, count in zip(_DIFFERENCES, row, strict=True) if count}


def new_by_month(connection: Connection, default: str) -> list[tuple[str, int]]:
    """Month → businesses that would count as registered in it."""
    return connection.execute(
        """
        SELECT substr(coalesce(registered_on, ?), 1, 7) AS month, count(*)
        FROM stage WHERE verdict = 'new'
        GROUP BY month ORDER BY month
        """,
        (default,),
    ).fetchall()


def undated(connection: Connection) -> int:
    """How many new rows have no registration date."""
    found = connection.execute("SELECT count(*) FROM stage WHERE verdict = 'new' AND registered_on IS NULL").fetchone()
    return int(found[0])


def largest_amount(connection: Connection, name: str) -> int | None:
    """The largest amount of money in a column, for the officer to judge its unit."""
    found = connection.execute(f"SELECT max({name}) FROM stage WHERE verdict <> 'rejected'").fetchone()
    return None if found[0] is None else int(found[0])


def decide(connection: Connection, verdicts: Sequence[str], decision: str) -> None:
    """Settle rows that meet a business and differ: `update`, `skip`, or `new`."""
    marks = ", ".join("?" * len(verdicts))
    if decision == "skip":
        connection.execute(f"UPDATE stage SET verdict = 'skipped' WHERE verdict IN ({marks})", verdicts)
    elif decision == "new":
        connection.execute(
            f"UPDATE stage SET verdict = 'new', business_id = NULL WHERE verdict IN ({marks}) AND nib IS NULL", verdicts
        )
    else:
        connection.execute(
            """
            UPDATE stage SET verdict = 'changed', business_id = (
                SELECT min(id) FROM business WHERE business.match_key = stage.match_key
            )
            WHERE verdict = 'possible'
            """
        )


def unknown_names(connection: Connection, kind: str) -> list[str]:
    """Names of groups or sentra that rows belong to and the registry does not know, in the order of the file."""
    rows = connection.execute(
        f"""
        SELECT "{kind}" FROM stage
        WHERE "{kind}" IS NOT NULL AND {kind}_id IS NULL AND verdict <> 'rejected'
        GROUP BY "{kind}" ORDER BY min(id)
        """
    )
    return [name for (name,) in rows]


def rows_naming(connection: Connection, kind: str, name: str) -> list[tuple[int, int]]:
    """`(file, line)` of the rows that name this group or sentra."""
    return connection.execute(f'SELECT file, line FROM stage WHERE "{kind}" = ? ORDER BY id', (name,)).fetchall()


def members_of_themselves(connection: Connection, name: str, row: int) -> list[tuple[int, int]]:
    """`(file, line)` of the group's own row where it names itself."""
    return connection.execute('SELECT file, line FROM stage WHERE id = ? AND "group" = ?', (row, name)).fetchall()


def names_of(connection: Connection, kind: str, numbers: Iterable[int]) -> list[str]:
    """The names of these groups or sentra."""
    table = "business" if kind == "group" else kind
    query = f"SELECT name FROM {table} WHERE id = ?"
    return [row[0] for number in numbers for row in connection.execute(query, (number,))]


def imported_before(connection: Connection, digest: str) -> int | None:
    """The change that imported a file of these bytes."""
    found = connection.execute(
        "SELECT id FROM change WHERE command = 'import-businesses' AND instr(detail, ?) ORDER BY id DESC LIMIT 1",
        (digest,),
    ).fetchone()
    return int(found[0]) if found else None


def staged_groups(connection: Connection) -> list[tuple[str, int]]:
    """`(name, stage row)` of the groups that the file itself registers."""
    return connection.execute("SELECT name, id FROM stage WHERE form = 'group' AND verdict <> 'rejected'").fetchall()


def mark(connection: Connection) -> tuple[int, int]:
    """The state of the registry file as seen from here: it differs once another program has written."""
    version = connection.execute("PRAGMA main.data_version").fetchone()[0]
    last = connection.execute("SELECT max(id) FROM change").fetchone()[0]
    return version, last


def apply(change: Change, defaults: Defaults, groups: Sequence[tuple[str, int]], sentra: Sequence[str]) -> None:
    """Move the stage into the registry: new businesses, changed ones, and what hangs on them.

    `groups` holds (name in the file, stage row of the group); `sentra` the names to create.
    """
    connection = change.connection
    before = last_numbers(connection, ("sentra", "business", "activity", "observation", "business_kbli"))
    for name in sentra:
        cursor = connection.execute("INSERT INTO sentra (name) VALUES (?)", (name,))
        connection.execute("UPDATE stage SET sentra_id = ? WHERE sentra = ?", (cursor.lastrowid, name))
    _number(connection)
    for name, row in groups:
        connection.execute(
            """
            UPDATE stage SET group_id = (SELECT record FROM arriving WHERE arriving.id = ?)
            WHERE "group" = ?
            """,
            (row, name),
        )
    unindex(connection, "SELECT business_id FROM stage WHERE verdict = 'changed'")
    with suspended(connection, "index", _SCATTERED if _doubles(connection) else ()):
        _insert_businesses(connection)
    _update_businesses(connection)
    _apply_activity(connection, defaults)
    _apply_observations(connection, defaults)
    _apply_kbli(connection, defaults)
    index(connection, "SELECT record FROM arriving")
    record_added(change, before)
    _refuse_circles(connection)


_SCATTERED = ("business_name", "business_match", "business_sector_name")
"""Indexes into which new businesses fall at random: sorting a whole one anew is faster than many single insertions."""


def _doubles(connection: Connection) -> bool:
    """Whether at least as many businesses arrive as are registered."""
    new, registered = connection.execute(
        "SELECT (SELECT count(*) FROM arriving WHERE verdict = 'new'), (SELECT count(*) FROM business)"
    ).fetchone()
    return bool(new >= registered)


def _number(connection: Connection) -> None:
    """Give new businesses the next numbers, in the order of the file; numbers are never given twice."""
    last = "(SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'business')"
    connection.execute("DELETE FROM numbering")
    connection.execute(f"INSERT INTO numbering SELECT {last} + 1 - min(id) FROM stage")
    all_new = connection.execute(
        "SELECT count(*) = 1 + max(id) - min(id) AND min(verdict) = 'new' AND max(verdict) = 'new' FROM stage"
    ).fetchone()[0]
    if all_new:
        return  # the rows stand in order already: `arriving` counts on from the first
    connection.execute(
        f"""
        UPDATE stage SET business_id = given.number
        FROM (SELECT id, row_number() OVER (ORDER BY id) + {last} AS number FROM stage WHERE verdict = 'new') AS given
        WHERE stage.id = given.id
        """
    )


_COLUMNS = tuple(_REFERRING.get(name, name) for name in _OWN)


def _insert_businesses(connection: Connection) -> None:
    columns = ", ".join((*_COLUMNS, "extra", "match_key"))
    connection.execute(
        f"""
        INSERT INTO business (id, {columns})
        SELECT record, {columns} FROM arriving WHERE verdict = 'new' ORDER BY id
        """
    )


def _update_businesses(connection: Connection) -> None:
    settings = ", ".join(f"{column} = coalesce(stage.{column}, business.{column})" for column in (*_COLUMNS, "extra"))
    connection.execute(
        f"""
        UPDATE business SET {settings}
        FROM stage
        WHERE stage.business_id = business.id AND stage.verdict = 'changed'
        """
    )
    refresh_keys(connection)


def _apply_activity(connection: Connection, defaults: Defaults) -> None:
    connection.execute(
        """
        INSERT INTO activity (business_id, opened_on, closed_on)
        SELECT
            record,
            coalesce(registered_on, closed_on, ?1),
            CASE WHEN closed_on IS NOT NULL THEN closed_on
                WHEN status = 'closed' THEN max(?1, coalesce(registered_on, ?1)) END
        FROM arriving WHERE verdict = 'new' ORDER BY id
        """,
        (defaults.registered_on,),
    )
    connection.execute(
        """
        UPDATE activity SET opened_on = stage.registered_on
        FROM stage
        WHERE stage.business_id = activity.business_id AND stage.verdict = 'changed'
            AND is_first = 1 AND stage.registered_on IS NOT NULL
        """
    )
    connection.execute(
        """
        UPDATE activity SET closed_on = coalesce(stage.closed_on, max(?, activity.opened_on))
        FROM stage
        WHERE stage.business_id = activity.business_id AND stage.verdict = 'changed' AND activity.closed_on IS NULL
            AND (stage.status = 'closed' OR stage.closed_on IS NOT NULL)
        """,
        (defaults.registered_on,),
    )


_PERIOD = "coalesce(period, data_year, ?, substr(coalesce(registered_on, ?), 1, 4))"
"""The year of a row's observation: its data year, else the import's, else the year of registration."""


def _apply_observations(connection: Connection, defaults: Defaults) -> None:
    columns = ", ".join(_MEASURES)
    settings = ", ".join(f"{name} = coalesce(excluded.{name}, {name})" for name in _MEASURES)
    connection.execute(
        f"""
        INSERT INTO observation (business_id, period, {columns})
        SELECT record, {_PERIOD}, {columns} FROM arriving
        WHERE {_OBSERVED}
        ORDER BY id
        ON CONFLICT (business_id, period) DO UPDATE SET {settings}
        """,
        (defaults.data_year, defaults.registered_on),
    )


def _apply_kbli(connection: Connection, defaults: Defaults) -> None:
    edition = f"iif(coalesce(registered_on, ?) >= '{EDITION_2025_FROM}', 2025, 2020)"
    for codes, one, is_main in (
        ("arriving", "kbli", "verdict = 'new'"),
        ("""arriving, json_each('["' || replace(kbli, ',', '","') || '"]') AS code""", "code.value", "code.key = 0"),
    ):
        several = "NOT" if codes == "arriving" else ""
        connection.execute(
            f"""
            INSERT INTO business_kbli (business_id, code, edition, is_main)
            SELECT record, {one}, {edition}, {is_main} AND verdict = 'new'
            FROM {codes}
            WHERE kbli IS NOT NULL AND {several} instr(kbli, ',')
            ORDER BY arriving.id
            ON CONFLICT (business_id, code, edition) DO NOTHING
            """,
            (defaults.registered_on,),
        )


def _refuse_circles(connection: Connection) -> None:
    """No group may be a member of itself, however far round."""
    found = connection.execute(
        """
        WITH RECURSIVE above (start, upper, depth) AS (
            SELECT record, group_id, 1 FROM arriving WHERE group_id IS NOT NULL
            UNION
            SELECT start, business.group_id, depth + 1
            FROM above JOIN business ON business.id = above.upper
            WHERE business.group_id IS NOT NULL AND depth < 50
        )
        SELECT name FROM above JOIN business ON business.id = start WHERE upper = start LIMIT 1
        """
    ).fetchone()
    if found:
        raise errors.OwnMember(name=found[0], path=f"{found[0]} → … → {found[0]}")
