"""The registry file: where it is, and every way in which it is none."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ikmctl.registry.file import connect, database, header, migrations
from ikmctl.registry.file.reporting_tables import RENAMED
from ikmctl.registry.file.suspend import dropped
from tests.conftest import Run
from tests.file.earlier import to_version_2, to_version_3, to_version_6


def test_init_makes_a_file_for_its_owner_only(bare: Run, db: Path) -> None:
    outcome = bare("init", "--city", "13.75", "--office", "DPMPTSPPTK")
    assert outcome.status == 0 and "Kota Bukittinggi" in outcome.out
    assert stat.S_IMODE(db.stat().st_mode) == 0o600
    before = db.read_bytes()
    assert bare("init", "--city", "13.76", "--office", "X").status == 5
    assert db.read_bytes() == before


def test_status_says_where_and_what(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "A")
    shown = ikmctl("status", "--format", "json").data
    assert (shown["file"], shown["businesses"], shown["active"], shown["city"]) == (str(db), 1, 1, "13.76")
    assert "add-business" in shown["last_change"]


@pytest.mark.parametrize("command", [("list-businesses",), ("add-business", "A"), ("undo", "--yes"), ("summary",)])
def test_a_mistyped_path_is_an_error_and_makes_no_file(bare: Run, db: Path, command: tuple[str, ...]) -> None:
    outcome = bare(*command)
    assert outcome.status == 5
    assert str(db) in outcome.err and "ikmctl init" in outcome.err
    assert not db.exists()


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def spreadsheet(path: Path) -> None:
    path.write_text("NIB,Nama Usaha\n")


def other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.close()


def cut_off(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(20))


@pytest.mark.parametrize("make", [folder, pipe, empty, spreadsheet, other_database, cut_off])
def test_what_is_no_registry(bare: Run, db: Path, make: object) -> None:
    make(db)  # type: ignore[operator]  # one of the functions above
    outcome = bare("list-businesses")
    assert outcome.status == 5
    assert "is not a registry" in outcome.err and "→" in outcome.err


def test_a_newer_file_is_not_touched(ikmctl: Run, db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute(f"PRAGMA user_version = {header.VERSION + 1}")
    connection.close()
    before = db.read_bytes()
    outcome = ikmctl("add-business", "A")
    assert outcome.status == 5 and "newer ikmctl" in outcome.err
    assert db.read_bytes() == before


def test_a_damaged_file_is_a_sentence(ikmctl: Run, db: Path) -> None:
    content = bytearray(db.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    db.write_bytes(content)
    outcome = ikmctl("list-businesses")
    assert outcome.status == 5 and "damaged" in outcome.err


def test_a_locked_file_is_waited_for_then_said(ikmctl: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0.2)
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        outcome = ikmctl("add-business", "A")
    finally:
        other.close()
    assert outcome.status == 5 and "in use by another program" in outcome.err


def test_a_path_with_signs_that_mean_something_in_an_address(bare: Run, tmp_path: Path) -> None:
    odd = tmp_path / "a ?mode=ro#%41&.db"
    assert bare("init", "--city", "13.76", "--office", "X", "--db", odd).status == 0
    assert bare("add-business", "A", "--db", odd).status == 0
    assert odd.exists() and len(list(tmp_path.glob("*.db"))) == 1


def test_a_copied_registry_is_a_registry(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    ikmctl("add-business", "A")
    shutil.copy(db, tmp_path / "copy.db")
    assert ikmctl("list-businesses", "--db", tmp_path / "copy.db", "--format", "json").data[0]["name"] == "A"


def test_eight_programs_adding_at_once_lose_nothing(ikmctl: Run, db: Path) -> None:
    script = (
        "import sys; from ikmctl.main import run\n"
        "for n in range(5): assert run(['--db', sys.argv[1], 'add-business', f'Usaha {sys.argv[2]}-{n}', '-q']) == 0\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script, str(db), str(number)]) for number in range(8)]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 8
    found = ikmctl("list-businesses", "--format", "json", "--columns", "number,name").data
    assert len({row["name"] for row in found}) == 40
    assert len({row["number"] for row in found}) == 40
    changes = ikmctl("history", "--limit", "0", "--format", "json").data
    assert sum(change["command"] == "add-business" for change in changes) == 40


def test_a_killed_import_leaves_nothing_behind(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    from tools.invent import HEADINGS, rows

    sheet = tmp_path / "many.csv"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        import csv

        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows(rows(4000))
    for seconds in (0.3, 0.5, 0.7):
        writer_process = subprocess.Popen(
            [sys.executable, "-m", "ikmctl", "--db", str(db), "import-businesses", str(sheet), "--yes", "-q"]
        )
        try:
            writer_process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            writer_process.kill()
            writer_process.wait()
        count = len(ikmctl("list-businesses", "--format", "json", "--status", "all").data)
        assert count in (0, 4000)
        if count:
            assert ikmctl("undo", "--yes").status == 0


@contextmanager
def version(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program as it was when a registry's file had this version."""
    with monkeypatch.context() as earlier:
        earlier.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:number])
        earlier.setattr(database, "VERSION", number)
        yield


def test_a_file_of_an_earlier_version_is_brought_up_to_date_after_a_copy(
    bare: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with version(1, monkeypatch):
        bare("init", "--city", "13.76", "--office", "Disnakerin")
    with sqlite3.connect(db) as earlier:
        earlier.execute("INSERT INTO business (name) VALUES ('A')")
        earlier.execute("INSERT INTO activity (business_id, opened_on) VALUES (1, '2021-10-01')")
    earlier.close()
    assert bare("summary", "2021-10", "--format", "json").data["blocks"]["movement"]["total"]["closing"] == 1
    [copy] = db.parent.glob("registry-*-before-update.backup.db")
    backup = sqlite3.connect(copy)
    assert backup.execute("PRAGMA user_version").fetchone() == (1,)
    assert backup.execute("SELECT name FROM business").fetchall() == [("A",)]
    backup.close()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600  # it holds what the registry holds
    assert bare("close-month", "2021-10").status == 0
    assert bare("history", "--format", "json").data[0]["command"] == "close-month"

    new = db.with_name("new.db")
    bare("init", "--city", "13.76", "--office", "Disnakerin", "--db", new)
    made, updated = (sqlite3.connect(path) for path in (new, db))
    statement = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
    assert made.execute(statement).fetchall() == updated.execute(statement).fetchall()
    made.close()
    updated.close()


def test_pairs_can_be_marked_as_different_in_a_file_of_version_6(bare: Run, db: Path) -> None:
    bare("init", "--city", "13.76", "--office", "Disnakerin")
    for owner in ("Des", "Lina"):
        bare("add-business", "Tenun", "--owner", owner)
    to_version_6(db)
    assert bare("mark-different", "1", "2").status == 0
    assert len(list(db.parent.glob("registry-*-before-update.backup.db"))) == 1
    assert bare("history", "--format", "json").data[0]["command"] == "mark-different"
    assert bare("undo", "--yes").status == 0


def test_targets_and_closed_months_of_an_earlier_version_keep_their_indicators(bare: Run, db: Path) -> None:
    bare("init", "--city", "13.76", "--office", "Disnakerin")
    bare("add-business", "A", "--registered-on", "1/10/2021", "--workers-male", "2")
    for code in RENAMED.values():
        bare("set-target", code, "2021", "5")
        bare("set-target", code, "2021", "6")
    bare("close-month", "2021-10")
    bare("reopen-month", "2021-10")
    bare("close-month", "2021-10")
    to_version_2(db)
    with sqlite3.connect(db) as other, dropped(other, "trigger", ["*_history_*"]):
        for former, code in RENAMED.items():
            other.execute("UPDATE target SET indicator = ? WHERE indicator = ?", (former, code))
            for table, column in (("closed_month", "figures"), ("change_row", "before")):
                for mark in ('"', '\\"'):  # the history holds the figures as a text within JSON
                    row = f"'[{mark}{code}{mark}, ', '[{mark}{former}{mark}, '"
                    other.execute(f"UPDATE {table} SET {column} = replace({column}, {row})")
            values = f"""'{{"indicator":"{code}"', '{{"indicator":"{former}"'"""
            other.execute(f"UPDATE change_row SET before = replace(before, {values})")
    other.close()
    changes = bare("history", "--limit", "0", "--format", "json").data
    targets = bare("list-targets", "--format", "json").data
    assert [(row["indicator"], row["value"]) for row in targets] == [(code, 6) for code in RENAMED.values()]
    for _code in range(2):
        report = bare("summary", "2021-10", "--format", "json").data
        assert report["closed"] is True and report["differs"] == {}
        rows = {row["indicator"]: row["now"] for row in report["blocks"]["change"]["rows"]}
        assert (rows["registered"], rows["closed"]) == (1, 0)
        bare("reopen-month", "2021-10")
        bare("undo", "--yes")  # what the history kept of the month is renamed too
    assert bare("history", "--limit", "0", "--format", "json").data[4:] == changes
    bare("undo", "--yes", "10")
    assert bare("list-targets", "--format", "json").data[-1]["value"] == 5
    with sqlite3.connect(db) as other:
        kept = other.execute(
            """
            SELECT indicator FROM target UNION SELECT before ->> 'indicator' FROM change_row
            UNION SELECT rows.value ->> 0
            FROM (
                SELECT figures FROM closed_month UNION ALL SELECT before ->> 'figures' FROM change_row
            ), json_each(figures, '$.blocks.change.rows') AS rows
            """
        ).fetchall()
    other.close()
    codes = {code for (code,) in kept if code}
    assert len(codes) == 12 and codes >= set(RENAMED.values()) and not codes & set(RENAMED)


def test_a_business_that_an_import_had_dated_is_recorded_after_the_update(bare: Run, db: Path, tmp_path: Path) -> None:
    bare("init", "--city", "13.76", "--office", "Disnakerin")
    sheet = tmp_path / "ikm.csv"
    sheet.write_text(
        "Nama Usaha,Pemilik,Tanggal Daftar\nSanjai A,Erna,\nSanjai B,Lina,1/10/2021\nSanjai C,Des,\n", encoding="utf-8"
    )
    bare("import-businesses", sheet, "--yes")
    bare("add-business", "Sanjai D")
    bare("close-business", "Sanjai B", "--on", "1/11/2021")
    bare("reopen-business", "Sanjai B", "--on", "1/12/2021")
    to_version_3(db)
    entries = {
        row["name"]: [each["entry"] for each in bare("show-business", row["name"], "--format", "json").data["activity"]]
        for row in bare("list-businesses", "--format", "json").data
    }
    assert entries == {
        "Sanjai A": ["recorded"], "Sanjai B": ["registered", "reopened"], "Sanjai C": ["recorded"],
        "Sanjai D": ["registered"],
    }  # fmt: skip
    bare("undo", "--yes")
    assert bare("show-business", "Sanjai B", "--format", "json").data["status"] == "closed"
    for _change in range(3):
        assert bare("undo", "--yes").status == 0
    assert bare("list-businesses", "--status", "all", "--format", "json").data == []
