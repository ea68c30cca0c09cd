"""The stage: a temporary table of the rows of an import. match.py compares them, apply.py moves them in."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from sqlite3 import Connection
from typing import Any

from ikmctl import errors
from ikmctl.domain.entities import BUSINESS, OBSERVATION
from ikmctl.registry.file.database import Change, Registry
from ikmctl.registry.records.save import refresh_keys

#: The fields that a row of a file can fill, in the order in which rows are staged.
FIELDS = tuple(field for field in BUSINESS.fields if field.name == "number" or not field.derived)
REFERRING = {"group": "group_id", "sentra": "sentra_id"}
OWN = tuple(field.name for field in BUSINESS.kept_in("business"))
MEASURES = tuple(field.name for field in BUSINESS.kept_in(OBSERVATION) if field.name != "data_year")
OBSERVED = " OR ".join(f"{name} IS NOT NULL" for name in MEASURES)
_DERIVED = ("extra", "match_key", "sentra_id", "group_id", "joins", "needs_check", "pending", "scaled")


class Verdict(StrEnum):
    """What becomes of a row, as the stage stores it."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    POSSIBLE = "possible"
    REPEATED = "repeated"
    JOINED = "joined"
    REJECTED = "rejected"
    SKIPPED = "skipped"


NEW, CHANGED, UNCHANGED, POSSIBLE, REPEATED, JOINED, REJECTED, SKIPPED = Verdict

#: Said beside a verdict, so that SQLite looks at the few rows of the index `stage_settled`.
SETTLED = "verdict <> 'new'"
#: A name alone, without owner or kelurahan: never enough to match by.
WEAK = "needs_check = 1 AND substr(match_key, -2) = '||'"
#: All that a row says, as one value: equal rows say the same.
SAYS = "json_array(" + ", ".join(f'"{field.name}"' for field in FIELDS) + ", extra, pending)"


@dataclass(frozen=True)
class Defaults:
    """What rows without a day of registration, or without a data year, get.

    `entry` says how such a business comes in: `recorded` on that day, or `registered` where the officer says so.
    Without a `kbli_edition` the edition of the KBLI follows from the day of registration; of rows that have no such
    day it is `undated_edition`, if there is one.
    """

    opened_on: str
    data_year: str | None = None
    entry: str = "recorded"
    kbli_edition: int | None = None
    undated_edition: int | None = None


@dataclass(frozen=True)
class Finding:
    """A finding on a staged row: `code` is one of PROBLEMS or NOTES, `facts` fill its placeholders.

    With a problem the row is rejected, or the value of the field is set aside: `sets_aside`.
    """

    file: int
    line: int
    field: str
    value: str
    code: str
    facts: dict[str, Any]
    sets_aside: bool = False


def prepare(registry: Registry) -> None:
    """Make the stage anew, and bring the keys up to date by which businesses are matched."""
    connection = registry.connection
    connection.execute("PRAGMA temp.page_size = 32768")  # the stage is read from end to end, time and again
    connection.execute("DROP TABLE IF EXISTS temp.stage")
    kinds = {field.name: field.kind.sql for field in FIELDS} | dict.fromkeys(("file", "line", *_DERIVED), "")
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    connection.execute(
        f"CREATE TEMP TABLE stage (id INTEGER PRIMARY KEY, {columns}, business_id INTEGER, "
        "candidate INTEGER, twin INTEGER, year_of INTEGER, period TEXT, "
        "verdict TEXT NOT NULL DEFAULT 'new')"
    )
    connection.execute("CREATE INDEX temp.stage_needs_check ON stage (id) WHERE needs_check IS NOT NULL")
    connection.execute("CREATE INDEX temp.stage_settled ON stage (verdict) WHERE verdict <> 'new'")
    connection.execute("CREATE INDEX temp.stage_changed ON stage (business_id) WHERE verdict = 'changed'")
    connection.execute("CREATE INDEX temp.stage_meets ON stage (business_id) WHERE business_id IS NOT NULL")
    connection.execute("CREATE INDEX temp.stage_pending ON stage (id) WHERE pending IS NOT NULL")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS numbering (first INTEGER)")
    connection.execute(
        """
        CREATE TEMP VIEW IF NOT EXISTS arriving AS
        SELECT coalesce(business_id, id + (SELECT first FROM numbering)) AS record, stage.*
        FROM stage
        WHERE verdict IN ('new', 'changed')
        """
    )
    fresh_keys(registry)


def fresh_keys(registry: Registry) -> None:
    """Bring the keys up to date by which businesses are matched, where an undo or another program has emptied them."""
    connection = registry.connection
    if connection.execute("SELECT 1 FROM business WHERE match_key IS NULL LIMIT 1").fetchone():
        with registry.derive():
            refresh_keys(connection)


@contextmanager
def transaction(registry: Registry) -> Iterator[None]:
    """One moment of the registry, in which rows are laid down and matched; only the stage is written."""
    connection = registry.connection
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def add(connection: Connection, columns: Mapping[str, Sequence[Any]]) -> None:
    """Lay rows on the stage, as columns by their names; a column that says nothing may be absent.

    Beside FIELDS these are `file`, `line`, `extra`, `match_key`, `sentra_id`, `group_id`, `joins` (the row it adds to),
    `scaled` (the fields whose amounts have their own unit), `pending` (a JSON list of the cells that cannot be read,
    each with field, heading, text, reason and facts) and `needs_check`: 1 for a row that one of the later checks must
    look at, so that they need no scan of all rows: a number, a group or a sentra, several KBLI, a weak key, a row it
    adds to, no date of registration, no data year.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    rows = zip(*columns.values(), strict=True)
    connection.executemany(f"INSERT INTO stage ({names}) VALUES ({marks})", rows)


def clear(connection: Connection, file: int) -> None:
    """Take the rows of one file off the stage, to be read anew."""
    connection.execute("DELETE FROM stage WHERE file = ?", (file,))


def reject(connection: Connection, file: int, lines: Collection[int]) -> None:
    """Mark rows that were found to be wrong after they were staged."""
    if not lines:
        return
    _index_lines(connection)
    connection.executemany(
        "UPDATE stage SET verdict = 'rejected' WHERE file = ? AND line = ?", ((file, line) for line in lines)
    )


def set_aside(connection: Connection, file: int, cells: Iterable[tuple[int, str, str]]) -> None:
    """Empty fields of staged rows and keep their texts: `(line, field, JSON of the cell)`."""
    _index_lines(connection)
    for line, name, cell in cells:
        emptied = f'"{name}" = NULL' + (f", {REFERRING[name]} = NULL" if name in REFERRING else "")
        connection.execute(
            f"""
            UPDATE stage SET {emptied}, pending = json_insert(coalesce(pending, '[]'), '$[#]', json(?))
            WHERE file = ? AND line = ?
            """,
            (cell, file, line),
        )


def _index_lines(connection: Connection) -> None:
    connection.execute("CREATE INDEX IF NOT EXISTS temp.stage_line ON stage (file, line)")


@dataclass(frozen=True)
class PendingCount:
    """How many cells of one column are set aside for one reason; `line` and `text` are those of the first."""

    file: int
    field: str
    heading: str
    reason: str
    facts: str
    cells: int
    line: int
    text: str


def pending_counts(connection: Connection) -> list[PendingCount]:
    """The cells that would be set aside, by file, column and reason; of rows that change something."""
    rows = connection.execute(
        """
        SELECT
            file, cell.value ->> 'field' AS field, cell.value ->> 'heading' AS heading,
            cell.value ->> 'reason' AS reason, cell.value ->> 'facts' AS facts,
            count(*), min(line), cell.value ->> 'text'
        FROM stage, json_each(pending) AS cell
        WHERE pending IS NOT NULL AND verdict IN ('new', 'changed', 'possible')
        GROUP BY file, heading, field, reason, facts
        """
    )
    return [PendingCount(*row) for row in rows]


def count_pending_rows(connection: Connection) -> int:
    """The number of rows of which a cell would be set aside."""
    query = "SELECT count(*) FROM stage WHERE pending IS NOT NULL AND verdict IN ('new', 'changed', 'possible')"
    return int(connection.execute(query).fetchone()[0])


#: So many NIK that all end in 0 are no chance.
ENOUGH_NIKS = 3


def rounded_niks(connection: Connection, file: int) -> list[tuple[int, str]]:
    """`(line, NIK)` of a file, if every one ends in 0."""
    if connection.execute(
        "SELECT EXISTS (SELECT 1 FROM stage WHERE file = ? AND nik NOT LIKE '%0')", (file,)
    ).fetchone()[0]:
        return []
    given = connection.execute(
        "SELECT line, nik FROM stage WHERE file = ? AND nik IS NOT NULL ORDER BY id", (file,)
    ).fetchall()
    return given if len(given) >= ENOUGH_NIKS else []


def counts(connection: Connection) -> dict[Verdict, int]:
    """Verdict → rows."""
    rows = connection.execute("SELECT verdict, count(*) FROM stage WHERE verdict <> 'new' GROUP BY verdict")
    settled = {Verdict(verdict): count for verdict, count in rows}
    new = connection.execute("SELECT count(*) FROM stage").fetchone()[0] - sum(settled.values())
    return {**settled, NEW: new} if new else settled


def new_by_month(connection: Connection, defaults: Defaults) -> list[tuple[str, int]]:
    """Month → businesses that would count as registered in it."""
    return connection.execute(
        """
        SELECT substr(coalesce(registered_on, :day), 1, 7) AS month, count(*)
        FROM stage WHERE verdict = 'new' AND (registered_on IS NOT NULL OR :entry = 'registered')
        GROUP BY month ORDER BY month
        """,
        {"day": defaults.opened_on, "entry": defaults.entry},
    ).fetchall()


def undated(connection: Connection, file: int) -> int:
    """How many new rows of a file have no registration date."""
    found = connection.execute(
        "SELECT count(*) FROM stage WHERE needs_check = 1 AND file = ? AND verdict = 'new' AND registered_on IS NULL",
        (file,),
    ).fetchone()
    return int(found[0])


def assumed_years(connection: Connection, file: int, defaults: Defaults) -> list[tuple[str, int]]:
    """Year → rows of a file that bring workers or money in, but do not say of which year."""
    return connection.execute(
        f"""
        SELECT coalesce(period, ?, substr(coalesce(registered_on, ?), 1, 4)) AS year, count(*)
        FROM stage
        WHERE needs_check = 1 AND file = ? AND verdict IN ('new', 'changed') AND data_year IS NULL AND ({OBSERVED})
        GROUP BY year ORDER BY year
        """,
        (defaults.data_year, defaults.opened_on, file),
    ).fetchall()


def amounts(connection: Connection, file: int, name: str) -> tuple[int, int, int] | None:
    """The smallest, the median and the largest amount in a column of a file, for the officer to judge its unit."""
    count = connection.execute(f"SELECT count({name}) FROM stage WHERE file = ?", (file,)).fetchone()[0]
    if not count:
        return None
    query = f"SELECT {name} FROM stage WHERE file = ? AND {name} IS NOT NULL ORDER BY {name} LIMIT 1 OFFSET ?"
    smallest, median, largest = (
        connection.execute(query, (file, place)).fetchone()[0] for place in (0, count // 2, count - 1)
    )
    return smallest, median, largest


def median_amount(connection: Connection, file: int, name: str) -> int | None:
    """The median of the amounts above zero in a column of a file, without those of cells that have their own unit.

    None if there are none.
    """
    counted = f"file = ? AND {name} > 0 AND (scaled IS NULL OR NOT instr(scaled, '{name}'))"
    count = connection.execute(f"SELECT count(*) FROM stage WHERE {counted}", (file,)).fetchone()[0]
    if not count:
        return None
    query = f"SELECT {name} FROM stage WHERE {counted} ORDER BY {name} LIMIT 1 OFFSET ?"
    return int(connection.execute(query, (file, count // 2)).fetchone()[0])


def kbli_titles(connection: Connection, *, undated: bool = False) -> dict[str, dict[int, str]]:
    """For each KBLI code of the rows its title in each edition; with `undated` of rows without a registration date."""
    which = "AND needs_check = 1 AND registered_on IS NULL" if undated else ""
    rows = connection.execute(
        f"""
        SELECT code, edition, title FROM kbli
        WHERE code IN (
            SELECT code.value
            FROM (SELECT DISTINCT kbli FROM stage WHERE kbli IS NOT NULL AND verdict <> 'rejected' {which}) AS given,
                json_each('["' || replace(given.kbli, ',', '","') || '"]') AS code
        )
        """
    )
    found: dict[str, dict[int, str]] = {}
    for code, edition, title in rows:
        found.setdefault(code, {})[edition] = title
    return found


def unknown_names(connection: Connection, kind: str) -> list[str]:
    """Names of groups or sentra that rows belong to and the registry does not know, in the order of the file."""
    rows = connection.execute(
        f"""
        SELECT "{kind}" FROM stage
        WHERE needs_check = 1 AND "{kind}" IS NOT NULL AND {kind}_id IS NULL AND verdict <> 'rejected'
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
    """The latest change that imported a file of these bytes, as whatever kind."""
    found = connection.execute(
        "SELECT id FROM change WHERE command LIKE 'import-%' AND instr(detail, ?) ORDER BY id DESC LIMIT 1",
        (digest,),
    ).fetchone()
    return int(found[0]) if found else None


def staged_groups(connection: Connection) -> list[tuple[str, int]]:
    """`(name, stage row)` of the groups that the file itself registers."""
    return connection.execute(
        "SELECT name, id FROM stage WHERE needs_check = 1 AND form = 'group' AND verdict <> 'rejected'"
    ).fetchall()


def mark(connection: Connection) -> int:
    """The state of the registry file as seen from here: it differs once another program has written."""
    return int(connection.execute("PRAGMA main.data_version").fetchone()[0])


def require_unchanged(change: Change, mark_of_plan: int) -> None:
    """Refuse a plan that was made of another state of the registry. Raises PlanOutdated."""
    if mark(change.connection) != mark_of_plan:
        raise errors.PlanOutdated
