"""Compares every staged row with the registry and with the other rows: its verdict, and the findings on it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from ikmctl.registry.imports.diff import compare, match_unchanged, set_periods
from ikmctl.registry.imports.merge_rows import join
from ikmctl.registry.imports.similar import look_alikes
from ikmctl.registry.imports.staging import (
    OWN,
    REFERRING,
    SAYS,
    SETTLED,
    WEAK,
    Defaults,
    Finding,
    set_aside,
)
from ikmctl.registry.imports.twins import (
    fill_up,
    find_twins,
    find_twins_of_businesses,
    find_years,
    keep_apart,
    merge_twins,
    told_apart,
)


@dataclass(frozen=True)
class Joining:
    """Which rows of a file make one business: with `projects` all of one NIB; `project` tells projects apart."""

    projects: bool = False
    project: str = ""


def match(
    connection: Connection,
    defaults: Defaults,
    joining: Joining,
    headings: Sequence[Mapping[str, str]],
    books: Sequence[str],
    *,
    measures_only: bool = False,
) -> list[Finding]:
    """Give every staged row its verdict against the registry; returns the findings.

    `headings` gives for each file the heading by field, `books` the workbook. With `measures_only` rows have workers
    and money of registered businesses, and nothing else.
    """
    connection.execute("CREATE INDEX IF NOT EXISTS temp.stage_match ON stage (match_key)")
    connection.execute("CREATE INDEX IF NOT EXISTS temp.stage_nib ON stage (nib) WHERE nib IS NOT NULL")
    connection.execute("DROP TABLE IF EXISTS temp.repeated")
    connection.execute(f"CREATE TEMP TABLE repeated AS {_several('nib', 'nib IS NOT NULL')}")
    findings = join(connection, projects=joining.projects, project=joining.project)
    findings += _repeated(connection, "nib", "SELECT nib FROM repeated")
    findings += _free_nib(connection, headings)
    findings += _repeated(connection, "match_key", _several("match_key", "substr(match_key, -2) <> '||'"))
    _repeated_weak(connection)
    findings += _match_to_businesses(connection)
    find_twins_of_businesses(connection, by_year=measures_only)
    find_twins(connection)
    fill_up(connection, books)
    find_years(connection)
    if measures_only:
        findings += _require_registered(connection, defaults)
        _forget_own(connection)
    else:
        keep_apart(connection)
    compare(connection, defaults)
    match_unchanged(connection, defaults)
    _find_by_name(connection)
    findings += _possible(connection)
    findings += look_alikes(connection)
    set_periods(connection, defaults)
    return findings


def decide(connection: Connection, decision: str, defaults: Defaults) -> None:
    """Settle rows that differ from a business or a row that they meet, or may be one: `update`, `skip`, or `new`.

    A row with the NIB of a business stays an update of it even with `new`, since a NIB is never given twice.
    """
    if decision == "skip":
        connection.execute("UPDATE stage SET verdict = 'skipped' WHERE verdict IN ('changed', 'possible')")
        connection.execute("UPDATE stage SET verdict = 'skipped' WHERE twin IS NOT NULL AND verdict = 'new'")
    elif decision == "new":
        connection.execute(
            """
            UPDATE stage SET verdict = 'new', business_id = NULL, period = NULL
            WHERE verdict IN ('changed', 'possible')
                AND NOT EXISTS (SELECT 1 FROM business WHERE business.nib = stage.nib)
            """
        )
        connection.execute("UPDATE stage SET twin = NULL WHERE twin IS NOT NULL AND verdict = 'new'")
    else:
        merge_twins(connection)
        connection.execute("UPDATE stage SET verdict = 'changed', business_id = candidate WHERE verdict = 'possible'")
        compare(connection, defaults)
        set_periods(connection, defaults)


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


def _repeated(connection: Connection, column: str, repeated: str) -> list[Finding]:
    """Rows that say the same are imported once. `repeated` is the query for what several rows have in the column."""
    rows = connection.execute(
        f"""
        SELECT id, file, line, name, origin
        FROM (
            SELECT id, file, line, name, first_value(line) OVER same AS origin, row_number() OVER same AS place
            FROM stage
            WHERE {column} IN ({repeated}) AND verdict = 'new'
            WINDOW same AS (PARTITION BY {column}, lower({SAYS}) ORDER BY id)
        )
        WHERE place > 1
        ORDER BY id
        """
    ).fetchall()
    connection.executemany("UPDATE stage SET verdict = 'repeated' WHERE id = ?", [(row,) for row, *_rest in rows])
    return [Finding(file, line, "name", name, "duplicate-row", {"row": origin}) for _, file, line, name, origin in rows]


def _free_nib(connection: Connection, headings: Sequence[Mapping[str, str]]) -> list[Finding]:
    """Of different rows with one NIB the first keeps it; that of the others is set aside."""
    rows = connection.execute(
        """
        SELECT file, line, nib, origin
        FROM (
            SELECT file, line, nib, first_value(line) OVER same AS origin, row_number() OVER same AS place
            FROM stage
            WHERE nib IN (SELECT nib FROM repeated) AND verdict = 'new'
            WINDOW same AS (PARTITION BY nib ORDER BY id)
        )
        WHERE place > 1
        """
    ).fetchall()
    findings = []
    for file, line, nib, origin in rows:
        facts = {"row": origin}
        cell = {"field": "nib", "heading": headings[file]["nib"], "text": nib, "reason": "nib-of-row", "facts": facts}
        set_aside(connection, file, [(line, "nib", json.dumps(cell))])
        findings.append(Finding(file, line, "nib", nib, "nib-of-row", facts, sets_aside=True))
    return findings


def _repeated_weak(connection: Connection) -> None:
    """Rows with neither owner nor kelurahan are one only when they say the same in every column."""
    connection.execute(
        f"""
        UPDATE stage SET verdict = 'repeated'
        WHERE verdict = 'new' AND {WEAK} AND nib IS NULL AND id NOT IN (
            SELECT min(id) FROM stage
            WHERE {WEAK} AND nib IS NULL
            GROUP BY {SAYS}
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
    _find_among_several(connection)
    return findings


def _find_among_several(connection: Connection) -> None:
    """Rows that meet several businesses by name, owner and kelurahan: the only one that nothing tells apart, if any."""
    connection.execute(
        f"""
        UPDATE stage SET business_id = found.id, verdict = 'unchanged'
        FROM (
            SELECT stage.id AS row, max(business.id) AS id
            FROM stage JOIN business ON business.match_key = stage.match_key
            WHERE business_id IS NULL AND verdict = 'new' AND substr(stage.match_key, -2) <> '||'
                AND NOT ({told_apart("stage", "business")})
            GROUP BY stage.id HAVING count(*) = 1
        ) AS found
        WHERE stage.id = found.row
        """
    )
    connection.execute(
        """
        UPDATE stage SET
            verdict = 'possible',
            candidate = (SELECT min(id) FROM business WHERE business.match_key = stage.match_key)
        WHERE business_id IS NULL AND verdict = 'new' AND substr(match_key, -2) <> '||'
            AND EXISTS (
                SELECT 1 FROM business
                WHERE business.match_key = stage.match_key AND (business.nib IS NULL OR stage.nib IS NULL)
            )
        """
    )


def _possible(connection: Connection) -> list[Finding]:
    """The findings on rows that may be a registered business."""
    rows = connection.execute(
        f"""
        SELECT file, line, name, candidate FROM stage
        WHERE {SETTLED} AND verdict = 'possible' AND twin IS NULL
        ORDER BY id
        """
    )
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


def _find_by_name(connection: Connection) -> None:
    """Rows with a name alone that a business has too."""
    connection.execute(
        f"""
        UPDATE stage SET
            verdict = 'possible',
            candidate = (SELECT min(id) FROM business WHERE business.match_key = stage.match_key)
        WHERE verdict = 'new' AND {WEAK}
            AND EXISTS (SELECT 1 FROM business WHERE business.match_key = stage.match_key)
        """
    )
