"""Backups: asked for and automatic, kept and pruned, listed; and what happens where none can be written."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.file.earlier import to_version_7

SHEET = "Nama Usaha,Pemilik,Kelurahan\nRendang Uni,Erna,Tiakar\nSanjai Lina,Lina,Tiakar\n"


def backups(folder: Path, command: str = "") -> list[Path]:
    return sorted(folder.glob(f"registry-*-before-{command}*.backup.db" if command else "registry-*.backup.db"))


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM business ORDER BY id")]


@pytest.fixture
def office(ikmctl: Run, tmp_path: Path) -> Run:
    """A registry with one business, and a spreadsheet of two others."""
    (tmp_path / "ikm.csv").write_text(SHEET, encoding="utf-8")
    assert ikmctl("add-business", "Tenun Mawar").status == 0
    return ikmctl


def test_a_backup_is_the_registry_for_its_owner_only_and_replaces_nothing(office: Run, db: Path) -> None:
    for _time in range(3):
        outcome = office("backup")
        assert outcome.status == 0 and "1 business and all changes up to no." in outcome.out
    made = backups(db.parent)
    assert len(made) == 3 and all(names(path) == ["Tenun Mawar"] for path in made)
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
    assert office("list-businesses", "--db", made[0]).status == 0
    assert [path.name for path in db.parent.iterdir() if path.name.startswith(".ikmctl-")] == []


@pytest.mark.parametrize(
    ("command", "held"),
    [
        (("import-businesses", "ikm.csv", "--yes"), ["Tenun Mawar"]),
        (("delete-business", "1"), ["Tenun Mawar"]),
        (("merge-businesses", "1", "2", "--yes"), ["Tenun Mawar", "Tenun Melati"]),
    ],
)
def test_a_command_that_cannot_be_seen_through_makes_a_backup_first(
    office: Run, db: Path, command: tuple[str, ...], held: list[str]
) -> None:
    for name in held[1:]:
        office("add-business", name)
    outcome = office(*command)
    assert outcome.status == 0, outcome.err
    [made] = backups(db.parent, command[0])
    assert names(made) == held


def test_the_undo_of_an_import_makes_a_backup_first_another_does_not(office: Run, db: Path) -> None:
    office("import-businesses", "ikm.csv", "--yes")
    office("undo", "--yes")
    [made] = backups(db.parent, "undo")
    assert len(names(made)) == 3
    office("edit-business", 1, "--phone", "0812-0000-1234")
    office("undo", "--yes")
    assert backups(db.parent, "undo") == [made]


def test_a_command_that_changes_nothing_leaves_no_backup(office: Run, db: Path) -> None:
    assert office("delete-business", "77").status == 4
    office("import-businesses", "ikm.csv", "--yes")
    before = backups(db.parent)
    assert office("import-businesses", "ikm.csv", "--yes").status == 0
    assert backups(db.parent) == before


def test_only_the_latest_automatic_backups_are_kept_and_those_asked_for_all(office: Run, db: Path) -> None:
    office("backup")
    other = db.with_name("registry-2020-01-01-0800-before-delete-business.backup.db")  # of another office, by its name
    office("init", "--city", "13.75", "--office", "Lain", "--db", other)
    assert "The latest 2 automatic backups" in office("set", "backups", "--keep", "2").out
    for number in range(4):
        office("add-business", f"Usaha {number}")
        office("delete-business", f"Usaha {number}")
    automatic = [path for path in backups(db.parent, "delete-business") if path != other]
    assert len(automatic) == 2 and all("Usaha" in names(path)[-1] for path in automatic)
    assert {names(path)[-1] for path in automatic} == {"Usaha 2", "Usaha 3"}
    assert other.exists() and len(backups(db.parent)) == 4


def test_none_are_made_where_the_office_wants_none(office: Run, db: Path) -> None:
    assert office("set", "backups", "--keep", "0").status == 0
    assert office("delete-business", "1").status == 0
    assert backups(db.parent) == []


def test_automatic_backups_go_where_the_office_says(office: Run, db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cadangan"
    assert office("set", "backups", "--folder", folder).status == 5  # there is none yet
    folder.mkdir()
    assert office("set", "backups", "--folder", folder).status == 0
    assert office("set", "backups", "--format", "json").data == {"keep": 10, "folder": str(folder)}
    office("delete-business", "1")
    assert len(backups(folder)) == 1 and backups(db.parent) == []
    for each in folder.iterdir():
        each.unlink()
    folder.rmdir()  # as a stick that is not there today
    office("undo", "--yes")
    outcome = office("delete-business", "1")
    assert outcome.status == 0 and f"{folder} cannot be used" in outcome.text and len(backups(db.parent)) == 1
    assert office("set", "backups", "--folder", "-").status == 0
    assert office("set", "backups", "--format", "json").data["folder"] == str(db.parent)


def test_options_of_the_letterhead_and_of_backups_are_told_apart(office: Run) -> None:
    assert office("set", "letterhead", "--keep", "3").status == 2
    assert office("set", "backups", "--office", "X").status == 2
    assert office("set", "--keep", "3").status == 2
    assert office("set", "backups", "--keep", "many").status == 2


def test_a_damaged_registry_is_noticed_by_the_backup_and_not_changed(office: Run, db: Path) -> None:
    office("import-businesses", "ikm.csv", "--yes")
    with closing(sqlite3.connect(db)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'business_name'").fetchone()
    content = bytearray(db.read_bytes())
    content[(page - 1) * 8192 + 8100 : page * 8192] = b"\x07" * 92  # the cells of an index, which no list reads
    db.write_bytes(content)
    outcome = office("delete-event", "1")
    assert outcome.status == 5 and "damaged" in outcome.err, outcome.err
    assert office("backup").status == 5
    assert db.read_bytes() == bytes(content)
    assert len(backups(db.parent)) == 1


def test_the_list_names_each_backup_with_what_it_holds(office: Run, db: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    office("backup", stick)
    office("import-businesses", "ikm.csv", "--yes")
    (db.parent / "registry-2021-01-01-0800.backup.db").write_bytes(b"SQLite format 3\0cut off")
    found = office("list-backups", "--format", "json").data
    assert [(each["before"], each["businesses"], each["last_change"]) for each in found] == [
        ("import-businesses", 1, 3),
        (None, 1, 2),
        (None, None, None),
    ]
    assert "cannot be read" in found[2]["state"]
    for each in stick.iterdir():
        each.unlink()
    states = {each["folder"]: each["state"] for each in office("list-backups", "--format", "json").data}
    assert "not found" in states[str(stick)]


def test_backups_are_listed_where_the_registry_is_damaged_or_gone(office: Run, db: Path) -> None:
    office("backup")
    db.unlink()
    outcome = office("list-backups")
    assert outcome.status == 0 and "registry-" in outcome.out and "cannot be read" in outcome.err


def test_status_warns_of_changes_of_more_than_a_week_that_are_only_on_this_drive(
    office: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no backup on another drive" not in office("status").text
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE change SET made_at = '2021-10-01T08:00:00Z'")
    office("backup")
    assert "no backup on another drive" in office("status").text
    stick = tmp_path / "stik"
    stick.mkdir()
    real = os.stat

    def on_a_stick(path: Any, **options: Any) -> os.stat_result:
        found = real(path, **options)
        if str(path).startswith(str(stick)):
            return os.stat_result([*found[:2], found.st_dev + 1, *found[3:]])
        return found

    monkeypatch.setattr(os, "stat", on_a_stick)
    assert "another drive" in office("backup", stick).out
    shown = office("status")
    assert "no backup on another drive" not in shown.text
    assert office("status", "--format", "json").data["changes_not_elsewhere"] == 0
    office("add-business", "Baru")
    assert office("status", "--format", "json").data["changes_not_elsewhere"] == 1


def test_a_drive_of_which_the_system_says_nothing_is_called_unknown(
    office: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.stat

    def without_device(path: Any, **options: Any) -> os.stat_result:
        found = real(path, **options)
        return os.stat_result([*found[:2], 0, *found[3:]])

    monkeypatch.setattr(os, "stat", without_device)
    assert "does not say whether it is on another drive" in office("backup").text


def test_an_update_of_the_file_by_two_programs_at_once_makes_one_backup(office: Run, db: Path) -> None:
    to_version_7(db)
    command = [sys.executable, "-m", "ikmctl", "--db", str(db), "status", "-q"]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _program in range(4)]
    assert [each.wait(timeout=120) for each in running] == [0] * 4
    assert len(backups(db.parent, "update")) == 1


def test_the_version_is_read_after_a_transaction_that_was_cut_off_is_rolled_back(office: Run, db: Path) -> None:
    """As when the power fails while the file is brought up to date: the header is new, the tables are old."""
    from ikmctl.registry.file import database

    to_version_7(db)
    journal, kept = db.with_name(f"{db.name}-journal"), db.with_name("kept")
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN IMMEDIATE")
        database._migrate(connection)
        os.link(journal, kept)
        connection.execute("COMMIT")
    kept.rename(journal)
    assert office("list-businesses", "--format", "json").data[0]["name"] == "Tenun Mawar"
    assert office("mark-different", 1, 1).status != 0
    [made] = backups(db.parent, "update")
    with closing(sqlite3.connect(made)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (7,)
