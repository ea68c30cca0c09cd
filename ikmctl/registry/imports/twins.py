"""Rows of one file that may be the same business: the same name, owner and kelurahan, but other values."""

import json
from collections.abc import Sequence
from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.registry.imports.staging import FIELDS, MEASURES, REFERRING, SETTLED

#: Two businesses are different where both say one of these and they differ: who, where, or what they make.
_TELLING = ("nib", "nik", "address", "phone", "sector", "products")


def told_apart(one: str, other: str, *more: str) -> str:
    """The condition that two rows, each a table or its alias, are different businesses; `more` are further columns."""
    return " OR ".join(f"ifnull(lower({one}.{name}) <> lower({other}.{name}), FALSE)" for name in (*_TELLING, *more))


_DIFFER = told_apart("later", "earlier", "kbli", "number")


def find_twins(connection: Connection) -> None:
    """Mark new rows that an earlier new row may be: nothing tells the two apart."""
    connection.execute(
        f"""
        UPDATE stage SET verdict = 'possible', twin = pair.first
        FROM (
            SELECT later.id AS row, min(earlier.id) AS first
            FROM (
                SELECT match_key FROM stage
                WHERE substr(match_key, -2) <> '||'
                GROUP BY match_key HAVING count(*) > 1
            ) AS shared
            CROSS JOIN stage AS later ON later.match_key = shared.match_key
            CROSS JOIN stage AS earlier ON earlier.match_key = shared.match_key
            WHERE earlier.id < later.id AND later.verdict = 'new' AND earlier.verdict = 'new' AND NOT ({_DIFFER})
            GROUP BY later.id
        ) AS pair
        WHERE stage.id = pair.row
        """
    )


def find_twins_of_businesses(connection: Connection, *, by_year: bool) -> None:
    """Of the rows that meet one registered business the one that fits best keeps it; with `by_year` one for each year.

    The others are other businesses if something tells them apart from that row; else they are marked as its twins.
    """
    year = ", data_year" if by_year else ""
    connection.execute(
        f"""
        CREATE TEMP TABLE meeting AS
        SELECT stage.id AS row, first_value(stage.id) OVER same AS first
        FROM stage JOIN business ON business.id = business_id
        WHERE {SETTLED} AND verdict = 'unchanged' AND business_id IN (
            SELECT business_id FROM stage
            WHERE {SETTLED} AND verdict = 'unchanged'
            GROUP BY business_id{year} HAVING count(*) > 1
        )
        WINDOW same AS (
            PARTITION BY business_id{year}
            ORDER BY stage.number IS NOT business.id AND stage.nib IS NOT business.nib,
                {told_apart("stage", "business")}, stage.id
        )
        """
    )
    connection.execute(
        f"""
        UPDATE stage SET
            verdict = iif(pair.differ, 'new', 'possible'),
            twin = iif(pair.differ, NULL, pair.first),
            candidate = iif(pair.differ, NULL, business_id),
            business_id = NULL
        FROM (
            SELECT later.id AS row, earlier.id AS first, later.number IS NULL AND ({_DIFFER}) AS differ
            FROM temp.meeting
            JOIN stage AS later ON later.id = meeting.row
            JOIN stage AS earlier ON earlier.id = meeting.first
            WHERE meeting.row <> meeting.first
        ) AS pair
        WHERE stage.id = pair.row
        """
    )
    connection.execute("DROP TABLE temp.meeting")


#: A row says nothing of its own beside its year: all other values are those of its twin, or missing.
_ONLY_YEAR = " AND ".join(
    f'(later."{field.name}" IS NULL OR later."{field.name}" IS earlier."{field.name}")'
    for field in FIELDS
    if field.name not in (*MEASURES, "data_year")
)


def find_years(connection: Connection) -> None:
    """Take twins that differ in their data year and figures alone for one business in several years.

    Beside a new row they become `joined`, with `year_of` as the row of the business; beside a registered business each
    is compared with its own year. Two rows of one year stay twins.
    """
    connection.execute(
        f"""
        UPDATE stage SET
            verdict = iif(candidate IS NULL, 'joined', 'unchanged'),
            year_of = iif(candidate IS NULL, twin, NULL), business_id = candidate, candidate = NULL, twin = NULL
        WHERE id IN (
            SELECT min(later.id)
            FROM stage AS later JOIN stage AS earlier ON earlier.id = later.twin
            WHERE {SETTLED.replace("verdict", "later.verdict")} AND later.verdict = 'possible'
                AND later.data_year <> earlier.data_year AND later.pending IS NULL
                AND (later.extra IS NULL OR later.extra IS earlier.extra) AND {_ONLY_YEAR}
            GROUP BY later.twin, later.data_year
        )
        """
    )


def years_of_rejected(connection: Connection) -> list[tuple[int, int, str]]:
    """The rows, each as (file, row, name), that are a further year of a row that was rejected."""
    return connection.execute(
        """
        SELECT later.file, later.line, later.name
        FROM stage AS later JOIN stage AS first ON first.id = later.year_of
        WHERE later.verdict <> 'new' AND later.verdict = 'joined' AND first.verdict = 'rejected'
        ORDER BY later.id
        """
    ).fetchall()


def keep_apart(connection: Connection) -> None:
    """Take twins of one year that meet no registered business for businesses of their own: a list has a row for each.

    They keep their `twin`, so that the plan points them out and `--on-duplicate` can decide otherwise. A list that has
    a business in several years stays as it is: there a second row of one year contradicts the first.
    """
    connection.execute(
        f"""
        UPDATE stage SET verdict = 'new'
        WHERE id IN (
            SELECT later.id
            FROM stage AS later JOIN stage AS earlier ON earlier.id = later.twin
            WHERE {SETTLED.replace("verdict", "later.verdict")} AND later.verdict = 'possible'
                AND later.candidate IS NULL AND later.data_year IS earlier.data_year
                AND earlier.id NOT IN (
                    SELECT year_of FROM stage WHERE {SETTLED} AND verdict = 'joined' AND year_of IS NOT NULL
                )
        )
        """
    )


class Twin(NamedTuple):
    """A row that may be the business of an earlier row of the same import."""

    file: int
    line: int
    name: str
    earlier_line: int
    #: Whether the row is taken for a business of its own; else it meets a registered one, and somebody must decide.
    is_apart: bool


def twins(connection: Connection) -> list[Twin]:
    """The rows that may be the business of an earlier row, and about which nobody has decided."""
    rows = connection.execute(
        """
        SELECT later.file, later.line, later.name, earlier.line, later.verdict = 'new'
        FROM stage AS later JOIN stage AS earlier ON earlier.id = later.twin
        WHERE later.twin IS NOT NULL AND later.verdict IN ('new', 'possible')
        ORDER BY later.id
        """
    )
    return [Twin(file, line, name, earlier, bool(apart)) for file, line, name, earlier, apart in rows]


def fill_up(connection: Connection, books: Sequence[str]) -> None:
    """Merge twins of other sheets of the same workbook: they fill the empty fields of the first row.

    `books` gives the workbook of each file.
    """
    pairs = connection.execute(
        """
        SELECT later.id, earlier.id, later.file, earlier.file
        FROM stage AS later JOIN stage AS earlier ON earlier.id = later.twin
        WHERE later.verdict <> 'new' AND later.verdict = 'possible' AND later.file <> earlier.file
            AND earlier.twin IS NULL
        ORDER BY later.id
        """
    ).fetchall()
    filling = [(row, head) for row, head, file, other in pairs if books[file] == books[other]]
    for row, head in filling:
        _merge(connection, _FILLED_UP, row, head)
    connection.executemany(
        "UPDATE stage SET verdict = 'joined', twin = NULL WHERE id = ?", [(row,) for row, _ in filling]
    )


def merge_twins(connection: Connection) -> None:
    """Write the values of every twin over those of its first row, and add its other columns and pending values."""
    heads: dict[int, int] = {}
    query = "SELECT id, twin FROM stage WHERE twin IS NOT NULL AND verdict IN ('new', 'possible') ORDER BY id"
    for row, twin in connection.execute(query).fetchall():
        heads[row] = heads.get(twin, twin)
        _merge(connection, _OVERWRITTEN, row, heads[row])
    connection.executemany("UPDATE stage SET verdict = 'joined' WHERE id = ?", [(row,) for row in heads])
    connection.executemany(
        "UPDATE stage SET verdict = 'unchanged' WHERE id = ? AND verdict = 'changed'",
        [(head,) for head in set(heads.values())],
    )


_NAMES = (*(field.name for field in FIELDS), *REFERRING.values())
_OVERWRITTEN = ", ".join(f'"{name}" = ifnull(twin."{name}", stage."{name}")' for name in _NAMES)
_FILLED_UP = ", ".join(f'"{name}" = ifnull(stage."{name}", twin."{name}")' for name in _NAMES)


def _merge(connection: Connection, settings: str, row: int, head: int) -> None:
    extra = [json.loads(text) for text in _both(connection, "extra", head, row)]
    pending = [json.loads(text) for text in _both(connection, "pending", head, row)]
    both_extra = {heading: text for each in extra for heading, text in each.items()}
    cells = {cell["field"]: cell for each in pending for cell in each}
    connection.execute(
        f"""
        UPDATE stage SET {settings}, needs_check = 1, extra = ?1, pending = ?2
        FROM (SELECT * FROM stage WHERE id = ?3) AS twin
        WHERE stage.id = ?4
        """,
        (
            json.dumps(both_extra, ensure_ascii=False, sort_keys=True) if both_extra else None,
            json.dumps(list(cells.values()), ensure_ascii=False) if cells else None,
            row,
            head,
        ),
    )


def _both(connection: Connection, column: str, head: int, row: int) -> list[str]:
    """What the two rows have in a column, without NULL."""
    query = f"SELECT {column} FROM stage WHERE id IN (?, ?) AND {column} IS NOT NULL ORDER BY id"
    return [text for (text,) in connection.execute(query, (head, row))]
