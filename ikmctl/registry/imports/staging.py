"""The stage: a temporary table of the rows of an import. match.py compares them, apply.py moves them in."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from sqlite3 import Connection
from typing import Any

from ikmctl.domain.entities import BUSINESS, OBSERVATION
from ikmctl.registry.file.database import Registry
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
    connection.execute("CREATE INDEX temp.stage_twin ON stage (id) WHERE twin IS NOT NULL")
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
    """One moment of the registry, in which rows are laid down and matched; only the stage is written.

    Within a change it is part of its transaction: the plan is then made under its lock.
    """
    connection = registry.connection
    if connection.in_transaction:
        yield
        return
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


def imported_before(connection: Connection, digest: str) -> int | None:
    """The latest change that imported a file of these bytes, as whatever kind."""
    found = connection.execute(
        "SELECT id FROM change WHERE command LIKE 'import-%' AND instr(detail, ?) ORDER BY id DESC LIMIT 1",
        (digest,),
    ).fetchone()
    return int(found[0]) if found else None


def mark(connection: Connection) -> int:
    """The state of the registry file as seen from here: it differs once another program has written."""
    return int(connection.execute("PRAGMA main.data_version").fetchone()[0])
