"""Every staged row compared with the registry and its own file: its verdict, and what is to be said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from ikmctl.registry.imports.diff import compare, match_unchanged_weak, set_periods
from ikmctl.registry.imports.merge_rows import join
from ikmctl.registry.imports.similar import look_alikes
from ikmctl.registry.imports.staging import (
    FIELDS,
    NEW,
    OWN,
    REFERRING,
    REJECTED,
    REPEATED,
    UNCHANGED,
    WEAK,
    Defaults,
    Finding,
)

_SAYS = ", ".join(f'"{field.name}"' for field in FIELDS)


@dataclass(frozen=True)
class Joining:
    """Which rows of a file make one business: with `projects` all of one NIB; `project` tells projects apart."""

    projects: bool = False
    project: str = ""


def match(
    connection: Connection, defaults: Defaults, joining: Joining, *, measures_only: bool = False
) -> list[Finding]:
    """Give every staged row its verdict against the registry; what must be said about rows.

    With `measures_only` rows say workers and money of registered businesses, and nothing else.
    """
    connection.execute("CREATE INDEX IF NOT EXISTS temp.stage_match ON stage (match_key)")
    connection.execute("CREATE INDEX IF NOT EXISTS temp.stage_nib ON stage (nib) WHERE nib IS NOT NULL")
    connection.execute("DROP TABLE IF EXISTS temp.repeated")
    connection.execute(f"CREATE TEMP TABLE repeated AS {_several('nib', 'nib IS NOT NULL')}")
    findings = join(connection, projects=joining.projects, project=joining.project)
    findings += _same_within("nib", "SELECT nib FROM repeated", connection)
    strong = _several("match_key", "substr(match_key, -2) <> '||'")
    same = "AND count(DISTINCT nib) <= 1 AND count(DISTINCT number) <= 1"
    findings += _same_within("match_key", strong, connection, same)
    _repeated_weak(connection)
    findings += _match_to_businesses(connection)
    met = _several("business_id", "business_id IS NOT NULL")
    findings += _same_within("business_id", met, connection, verdict=UNCHANGED)
    if measures_only:
        findings += _require_registered(connection, defaults)
        _forget_own(connection)
    compare(connection, defaults)
    match_unchanged_weak(connection, defaults)
    findings += _possible_by_name(connection)
    findings += look_alikes(connection)
    set_periods(connection, defaults)
    return findings


def _require_registered(connection: Connection, defaults: Defaults) -> list[Finding]:
    """Observations need a business that is registered, and a year."""
    findings = []
    for code, condition in (
        ("not-registered", "business_id IS NULL AND candidate IS NULL"),
        ("no-data-year", "data_year IS NULL AND ? IS NULL"),
    ):
        given = (defaults.data_year,) if "?" in condition else ()
        rows = connection.execute(
            f"""
            UPDATE stage SET verdict = 'rejected'
            WHERE verdict IN ('new', 'unchanged', 'possible') AND {condition}
            RETURNING file, line, name
            """,
            given,
        ).fetchall()
        findings += [Finding(file, line, "name", name, code, {}) for file, line, name in rows]
    return findings


def _forget_own(connection: Connection) -> None:
    """What rows say of the businesses themselves served to find them, and changes nothing."""
    names = (*OWN, *(column for column in REFERRING.values()), "kbli", "extra", "status", "closed_on", "registered_on")
    settings = ", ".join(f'"{name}" = NULL' for name in dict.fromkeys(names))
    connection.execute(f"UPDATE stage SET {settings} WHERE verdict IN ('unchanged', 'possible')")


def _several(column: str, condition: str) -> str:
    """The query for what stands in a column at several staged rows."""
    return f"SELECT {column} FROM stage WHERE {condition} GROUP BY {column} HAVING count(*) > 1"


def _same_within(
    column: str, repeated: str, connection: Connection, having: str = "", verdict: str = NEW
) -> list[Finding]:
    """Rows of a verdict that speak of one business: equal ones are taken once, different ones are refused.

    `repeated` is the query for what stands in the column at several rows.
    """
    groups = connection.execute(
        f"""
        SELECT {column}, min(id), count(DISTINCT lower(json_array({_SAYS}, extra))) = 1, group_concat(line, ', ')
        FROM stage
        WHERE {column} IN ({repeated}) AND verdict = ?
        GROUP BY {column}
        HAVING count(*) > 1 {having}
        """,
        (verdict,),
    ).fetchall()
    findings = []
    for value, first, equal, lines in groups:
        becomes = REPEATED if equal else REJECTED
        rows = connection.execute(
            f"""
            UPDATE stage SET verdict = ?
            WHERE {column} = ? AND (id <> ? OR ? = 'rejected') AND verdict = ?
            RETURNING file, line, name
            """,
            (becomes, value, first, becomes, verdict),
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
        WHERE verdict = 'new' AND {WEAK} AND nib IS NULL AND id NOT IN (
            SELECT min(id) FROM stage
            WHERE {WEAK} AND nib IS NULL
            GROUP BY json_array({_SAYS}, extra)
        )
        """
    )


def _match_to_businesses(connection: Connection) -> list[Finding]:
    """Point rows to the businesses they meet: unchanged, until they are compared."""
    if not connection.execute("SELECT EXISTS (SELECT 1 FROM business)").fetchone()[0]:
        return _numbers_that_disagree(connection)
    connection.execute(
        """
        UPDATE stage SET business_id = business.id, verdict = 'unchanged'
        FROM business
        WHERE business.nib = stage.nib AND stage.nib IS NOT NULL AND verdict = 'new'
        """
    )
    findings = _numbers_that_disagree(connection)
    connection.execute(
        """
        UPDATE stage SET business_id = number, verdict = 'unchanged'
        WHERE needs_check = 1 AND number IS NOT NULL AND business_id IS NULL AND verdict = 'new'
        """
    )
    connection.execute(
        """
        UPDATE stage SET business_id = found.id, verdict = 'unchanged'
        FROM (
            SELECT stage.id AS row, max(business.id) AS id
            FROM stage JOIN business ON business.match_key = stage.match_key
            WHERE business_id IS NULL AND verdict = 'new' AND substr(stage.match_key, -2) <> '||'
                AND (business.nib IS NULL OR stage.nib IS NULL)
            GROUP BY stage.id HAVING count(*) = 1
        ) AS found
        WHERE stage.id = found.row
        """
    )
    return findings + _of_several(connection)


def _of_several(connection: Connection) -> list[Finding]:
    """Rows that meet a business by its name, owner or kelurahan, without a NIB to tell which one."""
    rows = connection.execute(
        """
        UPDATE stage SET
            verdict = 'possible',
            candidate = (SELECT min(id) FROM business WHERE business.match_key = stage.match_key)
        WHERE business_id IS NULL AND verdict = 'new' AND substr(match_key, -2) <> '||'
            AND EXISTS (
                SELECT 1 FROM business
                WHERE business.match_key = stage.match_key AND (business.nib IS NULL OR stage.nib IS NULL)
            )
        RETURNING file, line, name, candidate
        """
    ).fetchall()
    return _possible(rows)


def _possible(rows: Iterable[tuple[int, int, str, int]]) -> list[Finding]:
    """What is said of rows, `(file, line, name, number)`, that may be a registered business."""
    return [
        Finding(file, line, "name", name, "possible-duplicate", {"name": name, "number": number})
        for file, line, name, number in rows
    ]


def _numbers_that_disagree(connection: Connection) -> list[Finding]:
    findings = []
    for code, condition in (
        ("number-of-other", "business_id IS NOT NULL AND business_id <> number"),
        ("missing-number", "number NOT IN (SELECT id FROM business)"),
    ):
        rows = connection.execute(
            f"""
            UPDATE stage SET verdict = 'rejected'
            WHERE needs_check = 1 AND number IS NOT NULL AND verdict IN ('new', 'unchanged') AND {condition}
            RETURNING file, line, number, business_id
            """
        ).fetchall()
        findings += [Finding(file, line, "number", str(given), code, {"number": by}) for file, line, given, by in rows]
    return findings


def _possible_by_name(connection: Connection) -> list[Finding]:
    """Rows with a name alone that a business has too."""
    rows = connection.execute(
        f"""
        UPDATE stage SET
            verdict = 'possible',
            candidate = (SELECT min(id) FROM business WHERE business.match_key = stage.match_key)
        WHERE verdict = 'new' AND {WEAK}
            AND EXISTS (SELECT 1 FROM business WHERE business.match_key = stage.match_key)
        RETURNING file, line, name, candidate
        """
    ).fetchall()
    return _possible(rows)
