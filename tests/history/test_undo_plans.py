"""What SQLite does for an undo depends on the rows undone, not on the size of the registry."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ikmctl.actions.history.undo import Wanted, plan_undo, undo
from ikmctl.registry.file.database import Registry, open_registry
from ikmctl.registry.file.history_columns import RECORDED, referring_to
from ikmctl.registry.records.save import insert
from tests.conftest import Run
from tests.history.test_undo import sheet

#: Tables that grow with the registry or with its history.
LARGE = {*RECORDED, "change", "change_row"} - {"setting", "sector", "region", "kbli", "alias", "closed_month", "target"}
DAY = "2021-02-01"


def statements_of_undo(registry: Registry, wanted: Wanted) -> list[str]:
    """The statements of an undo, those of triggers left out, with their values."""
    found: list[str] = []
    registry.connection.set_trace_callback(lambda sql: None if sql.startswith("--") else found.append(sql))
    undo(registry, plan_undo(registry, wanted))
    registry.connection.set_trace_callback(None)
    return list(dict.fromkeys(found))


def scans(connection: sqlite3.Connection, statements: list[str], *, once_allowed: bool) -> Iterator[tuple[str, str]]:
    """The scans of whole large tables that the statements do, each with its statement.

    With `once_allowed` only those that are done for each row of another table.
    """
    for sql in statements:
        if sql.lstrip().startswith("CREATE TEMP TABLE"):
            connection.execute(sql)
        elif sql.lstrip().startswith(("SELECT", "INSERT", "DELETE", "UPDATE")):
            once: dict[int, bool] = {0: True}  # step -> whether it is done once, not for each row of another
            begun: set[int] = set()  # the steps whose first table was met; the tables after it are the inner loops
            for number, parent, _cost, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}"):
                kind, table = [*step.split(), ""][:2]
                once[number] = once[parent] and "CORRELATED" not in step
                if kind == "SCAN" and table in LARGE and not (once_allowed and once[parent] and parent not in begun):
                    yield step, " ".join(sql.split())
                if kind in ("SCAN", "SEARCH"):
                    begun.add(parent)


@pytest.mark.parametrize("analyzed", [False, True])
def test_no_statement_of_an_undo_scans_a_whole_table(ikmctl: Run, db: Path, tmp_path: Path, *, analyzed: bool) -> None:
    names = [f"Sanjai {number}" for number in range(50)]
    ikmctl("import-businesses", sheet(tmp_path / "a.csv", *names), "--yes")
    ikmctl("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", "1/2/2021", "--host", "Dinas")
    ikmctl("add-participants", "1", "--business", "1")
    ikmctl("import-businesses", sheet(tmp_path / "b.csv", *names, owner="Lina"), "--yes", "--on-duplicate", "update")
    with closing(open_registry(db)) as registry, registry.write("add-event") as change:
        for number in range(2, 30):
            insert(change, "event", {"name": f"Bimtek {number}", "kind": "bimtek", "starts_on": DAY, "ends_on": DAY})
            insert(change, "event_party", {"event_id": number, "role": "host", "name": "Dinas"})
            insert(change, "attendance", {"event_id": number, "business_id": number, "role": "participant"})
            insert(change, "sentra", {"name": f"Sentra {number}"})
            insert(
                change, "pending_value", {"business_id": number, "field": "nib", "text": "?", "reason": "not-a-number"}
            )
    if analyzed:  # the statistics of a small registry, which do not change when it grows
        with closing(sqlite3.connect(db, isolation_level=None)) as connection:
            connection.execute("ANALYZE")
    for wanted in (Wanted(5), Wanted(2, with_later=True), Wanted(7), Wanted()):
        with closing(open_registry(db)) as registry:
            statements = statements_of_undo(registry, wanted)
        with closing(sqlite3.connect(db, isolation_level=None)) as connection:
            assert list(scans(connection, statements, once_allowed=analyzed)) == []


def test_every_reference_between_tables_has_an_index(ikmctl: Run, db: Path) -> None:
    """SQLite looks up what refers to a row whenever it deletes one."""
    with closing(sqlite3.connect(db)) as connection:
        for reference in (each for table in RECORDED for each in referring_to(connection, table)):
            query = f"EXPLAIN QUERY PLAN SELECT id FROM {reference.table} WHERE {reference.column} = 1"
            assert connection.execute(query).fetchone()[3].startswith("SEARCH"), reference
