"""Every staged row against the registry and its own file: its verdict, and what must be said of it (DESIGN §6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from ikmctl.registry.joining import join
from ikmctl.registry.likeness import look_alikes
from ikmctl.registry.staging import (
    FIELDS,
    MEASURES,
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
    findings += _same_within("match_key", strong, connection, "AND count(DISTINCT nib) <= 1")
    _repeated_weak(connection)
    findings += _match_to_businesses(connection)
    met = _several("business_id", "business_id IS NOT NULL")
    findings += _same_within("business_id", met, connection, verdict=UNCHANGED)
    if measures_only:
        findings += _require_registered(connection, defaults)
        _forget_own(connection)
    _compare(connection, defaults)
    findings += _match_weak(connection, defaults)
    findings += look_alikes(connection)
    _set_periods(connection, defaults)
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
        WHERE odd = 1 AND number IS NOT NULL AND business_id IS NULL AND verdict = 'new'
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
            WHERE odd = 1 AND number IS NOT NULL AND verdict IN ('new', 'unchanged') AND {condition}
            RETURNING file, line, number, business_id
            """
        ).fetchall()
        findings += [Finding(file, line, "number", str(given), code, {"number": by}) for file, line, given, by in rows]
    return findings


_DIFFERENCES: dict[str, str] = {
    **{
        name: f"stage.{REFERRING[name]} IS NOT NULL AND stage.{REFERRING[name]} IS NOT business.{REFERRING[name]}"
        if name in REFERRING
        else f"stage.{name} IS NOT NULL AND stage.{name} IS NOT business.{name}"
        for name in OWN
    },
    **{name: f"stage.{name} IS NOT NULL AND stage.{name} IS NOT observation.{name}" for name in MEASURES},
    "registered_on": """stage.registered_on IS NOT NULL AND stage.registered_on IS NOT (
            SELECT min(opened_on) FROM activity WHERE activity.business_id = business.id
        )""",
    "status": """(stage.status IS 'closed' OR stage.closed_on IS NOT NULL) AND EXISTS (
            SELECT 1 FROM activity WHERE activity.business_id = business.id AND closed_on IS NULL
        )""",
    "kbli": """iif(
            stage.kbli IS NULL OR EXISTS (
                SELECT 1 FROM business_kbli WHERE business_kbli.business_id = business.id AND code = stage.kbli
            ),
            0,
            EXISTS (
                SELECT value FROM json_each('["' || replace(stage.kbli, ',', '","') || '"]')
                EXCEPT SELECT code FROM business_kbli WHERE business_kbli.business_id = business.id
            )
        )""",
    "extra": "stage.extra IS NOT NULL AND stage.extra IS NOT business.extra",
}
_DIFFERS = " OR ".join(f"({condition})" for condition in _DIFFERENCES.values())
_PERIOD = """coalesce(
                stage.data_year, ?1, substr(coalesce(
                    stage.registered_on, (SELECT min(opened_on) FROM activity WHERE business_id = {business}), ?2
                ), 1, 4)
            )"""
"""The year of the observation of a row that meets a business: its own, the import's, or that of the registration."""
_BUSINESS = f"""business
            LEFT JOIN observation ON observation.business_id = business.id
                AND observation.period = {_PERIOD.format(business="business.id")}"""
"""The registered business beside a staged row, with what is known of it for the row's period."""


def _compare(connection: Connection, defaults: Defaults) -> None:
    """Rows that meet a business and say something else are changed. What a file leaves empty changes nothing."""
    connection.execute(
        f"""
        UPDATE stage SET verdict = 'changed'
        WHERE id IN (
            SELECT stage.id FROM stage CROSS JOIN {_BUSINESS}
            WHERE business.id = stage.business_id AND verdict = 'unchanged' AND ({_DIFFERS})
        )
        """,
        (defaults.data_year, defaults.registered_on),
    )


def _set_periods(connection: Connection, defaults: Defaults) -> None:
    """Keep the year of the observation of rows that change a business, or may."""
    connection.execute(
        f"""
        UPDATE stage SET period = {_PERIOD.format(business="coalesce(stage.business_id, stage.candidate)")}
        WHERE verdict IN ('changed', 'possible')
        """,
        (defaults.data_year, defaults.registered_on),
    )


def _match_weak(connection: Connection, defaults: Defaults) -> list[Finding]:
    """A row with a name alone is known only if a business of that name, as poor in data, says nothing different."""
    connection.execute(
        f"""
        UPDATE stage SET verdict = 'unchanged', business_id = (
            SELECT business.id FROM {_BUSINESS}
            WHERE business.match_key = stage.match_key AND NOT ({_DIFFERS}) LIMIT 1
        )
        WHERE verdict = 'new' AND {WEAK} AND EXISTS (
            SELECT 1 FROM {_BUSINESS} WHERE business.match_key = stage.match_key AND NOT ({_DIFFERS})
        )
        """,
        (defaults.data_year, defaults.registered_on),
    )
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


def changes_by_field(connection: Connection, defaults: Defaults) -> dict[str, int]:
    """Field → in how many rows its value would change, for the rows that meet a business and differ."""
    sums = ", ".join(f"sum({condition})" for condition in _DIFFERENCES.values())
    row = connection.execute(
        f"""
        SELECT {sums}
        FROM stage JOIN {_BUSINESS}
        WHERE business.id = stage.business_id AND verdict = 'changed'
        """,
        (defaults.data_year, defaults.registered_on),
    ).fetchone()
    return {name: count for name, count in zip(_DIFFERENCES, row, strict=True) if count}
