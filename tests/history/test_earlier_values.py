"""The history keeps what changed; the whole row before any entry is found again, in files of earlier versions too."""

import json
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from ikmctl.registry.file.database import open_registry
from ikmctl.registry.file.history_columns import RECORDED
from ikmctl.registry.history.earlier import former_rows
from tests.conftest import Run, examples
from tests.file.earlier import to_version_9
from tests.history.test_undo_sequences import Office, outside
from tests.records.registries import content


def entries(db: Path) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute("SELECT table_name, action, before FROM change_row ORDER BY id").fetchall()


def test_an_entry_keeps_what_changed_and_to_which_record_the_row_belongs(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "Tenun Saiyo", "--owner", "Des", "--data-year", "2021", "--investment", "5 juta")
    ikmctl("edit-business", "1", "--owner", "-", "--investment", "7 juta", "--data-year", "2021")
    ikmctl("edit-business", "1", "--owner", 'Lina "Uni" \\ Des')
    ikmctl("delete-business", "1", "--yes")
    updates = [(table, json.loads(before)) for table, action, before in entries(db) if action == "update"]
    assert updates == [
        ("business", {"owner": "Des"}),
        ("observation", {"business_id": 1, "investment": 5_000_000}),
        ("business", {"owner": None}),
    ]
    deleted = {table: json.loads(before) for table, action, before in entries(db) if action == "delete"}
    assert set(deleted["business"]) == set(RECORDED["business"])
    assert deleted["business"]["owner"] == 'Lina "Uni" \\ Des'


def test_a_change_of_one_field_takes_less_than_200_bytes(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    def sheet(round_: int) -> Path:
        path = tmp_path / f"{round_}.csv"
        rows = [f"Rendang {each},Pemilik {each},Jl. Melati {each},0812{round_:04}{each:04}\n" for each in range(200)]
        path.write_text(f"Nama Usaha,Pemilik,Alamat,Telepon\n{''.join(rows)}", encoding="utf-8")
        return path

    ikmctl("import-businesses", sheet(0), "--yes")
    size, rounds = db.stat().st_size, 10
    for each in range(1, rounds + 1):
        assert ikmctl("import-businesses", sheet(each), "--yes", "--on-duplicate", "update").status == 0
    assert (db.stat().st_size - size) / (200 * rounds) < 200


def random_edits(db: Path, chance: random.Random) -> dict[int, tuple[object, ...]]:
    """Edits by another program, some several at once of one row; entry of the history → the row before it."""
    before: dict[int, tuple[object, ...]] = {}
    columns = ", ".join(RECORDED["business"])
    with closing(sqlite3.connect(db)) as connection, connection:
        for _each in range(60):
            (latest,) = connection.execute("SELECT max(id) FROM change_row").fetchone()
            row = chance.randint(1, 5)
            found = connection.execute(f"SELECT {columns} FROM business WHERE id = ?", (row,)).fetchone()
            if not found:
                connection.execute("INSERT INTO business (id, name, latitude) VALUES (?, 'A', -0.3)", (row,))
                continue
            if chance.random() < 0.1:
                connection.execute("DELETE FROM business WHERE id = ?", (row,))
            else:
                values = [chance.choice((None, "Des", "a\x01\u2028'\"")), chance.choice((None, 7)), chance.choice("AB")]
                connection.execute(
                    "UPDATE business SET owner = ?, established = ?, name = ? WHERE id = ?", (*values, row)
                )
            last = connection.execute("SELECT max(id) FROM change_row").fetchone()[0]
            if last > latest:
                before[last] = found
    return before


def test_the_row_before_each_entry_is_found_again(ikmctl: Run, db: Path) -> None:
    for seed in range(examples(50)):
        expected = random_edits(db, random.Random(seed))
        with closing(sqlite3.connect(db)) as connection:
            columns = RECORDED["business"]
            rows = connection.execute(f"SELECT id, {', '.join(columns)} FROM ({former_rows('business', columns)})")
            found = {entry: tuple(values) for entry, *values in rows}
        assert {key: found[key] for key in expected} == expected


def test_a_file_that_keeps_whole_rows_is_read_and_undone_alike(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    office = Office(3, tmp_path, db)
    start = content(db)
    for _each in range(examples(120)):
        ikmctl(*office.command(), "--yes")
        if office.random.random() < 0.1:
            outside(db, office.random)
    now, older = content(db), tmp_path / "older.db"
    shutil.copy(db, older)
    to_version_9(older)
    with closing(sqlite3.connect(db)) as connection:
        numbers = [number for (number,) in connection.execute("SELECT id FROM change")]
    for number in numbers:
        both = [ikmctl("--db", file, "history", "--change", number, "--format", "json").data for file in (db, older)]
        assert both[0] == both[1], number
    assert content(older) == now
    ikmctl("--db", older, "edit-business", "1", "--brand", "Baru")  # entries of both forms
    while ikmctl("--db", older, "undo", "--yes").status == 0:
        pass
    assert content(older) == start


def test_a_row_deleted_and_added_again_in_one_change_gets_its_values_back(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "Tenun Saiyo", "--owner", "Des")
    before = content(db)
    with closing(open_registry(db)) as registry, registry.write("edit-business", "A") as change:
        change.connection.execute("DELETE FROM setting WHERE name = 'office'")
        change.connection.execute("DELETE FROM activity WHERE id = 1")
        change.connection.execute("INSERT INTO activity (id, business_id, opened_on) VALUES (1, 1, '2020-01-05')")
        number = next(row[0] for row in before["setting"] if row[1] == "office")
        change.connection.execute("INSERT INTO setting (id, name, value) VALUES (?, 'office', 'Lain')", (number,))
    assert content(db) != before
    assert ikmctl("undo", "--yes").status == 0
    assert content(db) == before
