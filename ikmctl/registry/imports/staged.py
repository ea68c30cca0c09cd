"""What the staged rows say: counts, sums and names that the plan of an import shows or asks about."""

from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from ikmctl.registry.imports.staging import OBSERVED, Defaults, Verdict


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
    return {**settled, Verdict.NEW: new} if new else settled


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


def staged_groups(connection: Connection) -> list[tuple[str, int]]:
    """`(name, stage row)` of the groups that the file itself registers."""
    return connection.execute(
        "SELECT name, id FROM stage WHERE needs_check = 1 AND form = 'group' AND verdict <> 'rejected'"
    ).fetchall()
