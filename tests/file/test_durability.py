"""What is on the disk once a command says that it is done, and what is not there any more."""

import errno
import os
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from ikmctl import errors
from ikmctl.registry.file.database import Registry, open_registry
from tests.conftest import Run
from tests.file.earlier import to_version_3


@pytest.fixture
def registry(ikmctl: Run, db: Path) -> Registry:
    """An open registry with one business."""
    assert ikmctl("add-business", "Sanjai Lina", "--owner", "Lina").status == 0
    return open_registry(db)


def settings(connection: sqlite3.Connection) -> dict[str, object]:
    names = (
        "page_size", "journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "secure_delete",
        "cell_size_check", "mmap_size", "busy_timeout", "query_only",
    )  # fmt: skip
    return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}


SAFE = {
    "page_size": 8192, "journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "recursive_triggers": 1,
    "secure_delete": 1, "cell_size_check": 1, "mmap_size": 0, "busy_timeout": 10_000, "query_only": 0,
}  # fmt: skip


def test_a_connection_is_set_for_safety_and_stays_so(registry: Registry) -> None:
    with closing(registry):
        assert settings(registry.connection) == SAFE
        with registry.read() as connection:
            assert settings(connection) == SAFE | {"query_only": 1}
        with registry.write("import-businesses", keeps="all") as change:
            assert settings(change.connection) == SAFE | {"foreign_keys": 0}
        with pytest.raises(errors.PlanOutdated), registry.write("import-businesses", keeps="all"):
            raise errors.PlanOutdated
        assert settings(registry.connection) == SAFE


def test_no_file_stays_beside_the_registry(ikmctl: Run, db: Path) -> None:
    db.with_name(f"{db.name}-journal").touch()  # as earlier versions left it
    assert ikmctl("add-business", "Sanjai Lina").status == 0
    assert [path.name for path in db.parent.iterdir() if path.name.startswith(db.name)] == [db.name]


def test_what_is_read_cannot_be_written_and_is_of_one_moment(registry: Registry, db: Path) -> None:
    with closing(registry), closing(sqlite3.connect(db, timeout=0, isolation_level=None)) as other:
        with registry.read() as connection:
            assert connection.execute("SELECT count(*) FROM business").fetchone() == (1,)
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("DELETE FROM activity")
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                connection.execute("DELETE FROM activity")
            assert connection.execute("SELECT count(*) FROM activity").fetchone() == (1,)
        other.execute("DELETE FROM activity")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE business SET sector = 'nowhere'",
        "UPDATE business SET sentra_id = 77",
        "UPDATE business SET group_id = 77",
        "INSERT INTO activity (business_id, opened_on, entry) VALUES (77, '2021-10-01', 'registered')",
    ],
)
def test_a_change_refers_to_nothing_that_is_not_there(registry: Registry, statement: str) -> None:
    with closing(registry):
        with (
            pytest.raises(errors.RegistryRefuses, match="FOREIGN KEY"),
            registry.write("edit-business") as change,
        ):
            change.connection.execute(statement)
        assert registry.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_row_that_is_replaced_is_in_the_history_as_deleted(registry: Registry) -> None:
    with closing(registry):
        with registry.write("set") as change:
            change.connection.execute("REPLACE INTO setting (name, value) VALUES ('office', 'Dinas Perindustrian')")
        query = (
            "SELECT action, before ->> 'value' FROM change_row WHERE table_name = 'setting' ORDER BY id DESC LIMIT 2"
        )
        assert registry.connection.execute(query).fetchall() == [("insert", None), ("delete", "Disnakerin")]


def test_what_is_erased_leaves_no_bytes_in_the_file(registry: Registry, db: Path) -> None:
    """As on the request of the person whom it is about: from the table, the search index and the history."""
    secret = "Perempuan Bernama Rahasia " * 40  # more than what the next row overwrites by chance
    with closing(registry):
        with registry.write("edit-business") as change:
            change.connection.execute("UPDATE business SET notes = ?, address = 'Jalan Tersembunyi 5'", (secret,))
        assert b"Bernama Rahasia" in db.read_bytes()
        with registry.write("erase") as change:
            change.connection.execute("UPDATE business SET notes = NULL, address = NULL")
            change.connection.execute("UPDATE change_row SET before = NULL")
        held = db.read_bytes()
        assert b"Bernama Rahasia" not in held and b"Jalan Tersembunyi" not in held


def test_a_registry_that_cannot_be_brought_up_to_date_stays_as_it_was(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "Sanjai Lina")
    to_version_3(db)
    with closing(sqlite3.connect(db)) as other:
        other.execute("ALTER TABLE activity ADD COLUMN entry TEXT")  # which the step to version 4 wants to add
        other.commit()
    before = db.read_bytes()
    refused = ikmctl("status")
    assert refused.status == 3 and "Nothing was changed" in refused.err
    assert db.read_bytes() == before
    assert list(db.parent.glob("*.backup.db")) == []


Moved = list[tuple[str, bool]]


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> Moved:
    """What was moved to its place since: its name, and whether all of it had been handed to the disk by then."""
    synced: dict[int, int] = {}
    found: Moved = []
    fsync, replace = os.fsync, os.replace

    def watched_fsync(descriptor: int) -> None:
        fsync(descriptor)
        status = os.fstat(descriptor)
        synced[status.st_ino] = status.st_size

    def watched_replace(source: Path, goal: Path) -> None:
        status = os.stat(source)
        found.append((Path(goal).name, synced.get(status.st_ino) == status.st_size))
        replace(source, goal)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "replace", watched_replace)
    return found


@pytest.mark.parametrize("ending", ["csv", "json", "html", "xlsx", "txt"])
def test_a_file_is_on_the_disk_before_it_takes_the_place_of_another(
    ikmctl: Run, tmp_path: Path, moved: Moved, ending: str
) -> None:
    ikmctl("add-business", "Sanjai Lina")
    (tmp_path / f"list.{ending}").write_text("an earlier list", encoding="utf-8")
    assert ikmctl("list-businesses", "--output", tmp_path / f"list.{ending}", "--yes").status == 0
    assert moved == [(f"list.{ending}", True)]


def test_rejected_rows_are_on_the_disk_before_the_others_are_imported(
    ikmctl: Run, tmp_path: Path, moved: Moved
) -> None:
    (tmp_path / "ikm.csv").write_text("Nama Usaha,TK LK\nSanjai,1\n,2\n", encoding="utf-8")
    assert ikmctl("import-businesses", tmp_path / "ikm.csv", "--yes", "--skip-rejected").status == 0
    assert moved == [("ikm.rejected.csv", True)]


def test_an_export_is_on_the_disk_before_it_is_one(ikmctl: Run, tmp_path: Path, moved: Moved) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    assert ikmctl("export", folder).status == 0
    names = {each.name for each in folder.iterdir()}
    assert "business.csv" in names and {name for name, _synced in moved} == names
    assert [name for name, synced in moved if not synced] == []
    assert moved[-1][0] == "datapackage.json"  # without which there is no export


def test_a_folder_whose_files_could_not_all_be_moved_is_no_export(
    ikmctl: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "export"
    assert ikmctl("export", folder).status == 0
    assert (folder / "datapackage.json").exists()
    replace, moves = os.replace, count(1)

    def fails_at_the_third(source: Path, goal: Path) -> None:
        if next(moves) == 3:
            raise OSError(errno.EIO, "the stick was pulled out")
        replace(source, goal)

    monkeypatch.setattr(os, "replace", fails_at_the_third)
    outcome = ikmctl("export", folder, "--yes")
    assert outcome.status == 1 and "the disk does not respond" in outcome.err
    assert not (folder / "datapackage.json").exists()
    assert list(tmp_path.rglob(".ikmctl-*")) == []
