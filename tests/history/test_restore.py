"""Going back to a backup: what would be lost, all or nothing, and the present file kept aside."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ikmctl import errors
from ikmctl.actions.history import restore
from ikmctl.registry.file import restore as restoring
from ikmctl.registry.file.database import open_registry
from tests.conftest import Run
from tests.file.earlier import to_version_7


def names(ikmctl: Run, db: Path) -> list[str]:
    found = ikmctl("list-businesses", "--db", db, "--status", "all", "--sort", "number", "--format", "json").data
    return [each["name"] for each in found]


def backup_of(ikmctl: Run) -> Path:
    return Path(ikmctl("backup", "--format", "json").data["file"])


def kept(db: Path) -> list[Path]:
    return sorted(db.parent.glob("registry-*-before-restore*.backup.db"))


@pytest.fixture
def backup(ikmctl: Run) -> Path:
    """A backup with one business; the registry has two more by now."""
    ikmctl("add-business", "Tenun Mawar")
    made = backup_of(ikmctl)
    ikmctl("add-business", "Sanjai Lina")
    ikmctl("add-business", "Rendang Uni")
    return made


def test_a_restore_says_what_would_be_lost_and_asks(ikmctl: Run, db: Path, backup: Path) -> None:
    before = db.read_bytes()
    outcome = ikmctl("restore", backup.name)
    assert outcome.status == 2 and "--yes" in outcome.err
    assert "Sanjai Lina" in outcome.text and "Rendang Uni" in outcome.text and "officer" in outcome.text
    assert "Tenun Mawar" not in outcome.text
    assert db.read_bytes() == before and kept(db) == []


def test_the_registry_is_as_in_the_backup_and_the_file_as_it_was_is_kept(ikmctl: Run, db: Path, backup: Path) -> None:
    outcome = ikmctl("restore", backup, "--yes", "--format", "json")
    assert outcome.status == 0, outcome.err
    assert outcome.data["lost"] == 2 and names(ikmctl, db) == ["Tenun Mawar"]
    [aside] = kept(db)
    assert str(aside) == outcome.data["kept"] and len(names(ikmctl, aside)) == 3
    latest = ikmctl("history", "--format", "json").data[0]
    assert (latest["command"], latest["detail"], latest["made_by"]) == ("restore", backup.name, "officer")
    assert ikmctl("add-business", "Baru").status == 0
    assert ikmctl("restore", aside.name, "--yes").status == 0
    assert len(names(ikmctl, db)) == 3
    assert [path.name for path in db.parent.iterdir() if path.name.startswith(".")] == []


def test_a_registry_that_is_gone_is_restored(ikmctl: Run, db: Path, backup: Path) -> None:
    db.unlink()
    outcome = ikmctl("restore", backup.name, "--yes")
    assert outcome.status == 0 and "There is no registry" in outcome.text
    assert names(ikmctl, db) == ["Tenun Mawar"] and kept(db) == []


@pytest.mark.parametrize("damage", ["overwritten", "cut off", "empty", "another program's", "a page"])
def test_a_damaged_registry_is_restored_and_kept_byte_by_byte(ikmctl: Run, db: Path, backup: Path, damage: str) -> None:
    content = db.read_bytes()
    damaged = {
        "overwritten": b"\xff" * len(content),
        "cut off": content[:5000],
        "empty": b"",
        "another program's": b"NIB,Nama Usaha\n",
        "a page": content[:16384] + b"\xff" * 65536 + content[16384 + 65536 :],
    }[damage]
    db.write_bytes(damaged)
    outcome = ikmctl("restore", backup, "--yes")
    assert outcome.status == 0 and "The file as it was is kept" in outcome.text, outcome.err
    assert names(ikmctl, db) == ["Tenun Mawar"]
    [aside] = kept(db)
    assert aside.read_bytes() == damaged


def test_a_journal_beside_a_damaged_registry_is_not_played_into_the_restored_one(
    ikmctl: Run, db: Path, backup: Path
) -> None:
    journal = db.with_name(f"{db.name}-journal")
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN")
        connection.execute("UPDATE business SET notes = hex(zeroblob(40000))")
        left = journal.read_bytes()
        connection.execute("ROLLBACK")
    db.write_bytes(b"SQLite format 3\0" + b"\xff" * 50000)
    journal.write_bytes(left)
    assert ikmctl("restore", backup, "--yes").status == 0
    assert names(ikmctl, db) == ["Tenun Mawar"]
    [aside] = kept(db)
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == left and not journal.exists()


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(ikmctl: Run, db: Path, backup: Path) -> None:
    to_version_7(backup)
    before = backup.read_bytes()
    assert ikmctl("restore", backup, "--yes").status == 0
    assert names(ikmctl, db) == ["Tenun Mawar"] and backup.read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"text", b"SQLite format 3\0cut off"])
def test_what_is_no_backup_is_refused(ikmctl: Run, db: Path, backup: Path, damage: bytes) -> None:
    before = db.read_bytes()
    backup.write_bytes(damage)
    outcome = ikmctl("restore", backup, "--yes")
    assert outcome.status == 5 and str(backup) in outcome.err
    assert db.read_bytes() == before and kept(db) == []


def test_a_backup_with_a_damaged_page_is_refused(ikmctl: Run, db: Path, backup: Path) -> None:
    content, before = bytearray(backup.read_bytes()), db.read_bytes()
    content[-9000:-100] = b"\xff" * 8900
    backup.write_bytes(content)
    assert ikmctl("restore", backup, "--yes").status == 5
    assert db.read_bytes() == before and kept(db) == []


def test_the_registry_itself_and_unknown_names_are_refused(ikmctl: Run, db: Path, backup: Path) -> None:
    assert ikmctl("restore", db, "--yes").status == 2
    assert ikmctl("restore", "registry-1999.backup.db", "--yes").status == 4


def test_a_backup_of_another_registry_is_called_so(ikmctl: Run, db: Path, backup: Path) -> None:
    other = db.with_name("other.db")
    ikmctl("init", "--city", "13.75", "--office", "Lain", "--db", other)
    assert "another registry" in ikmctl("restore", other).text


def test_a_change_made_while_the_officer_was_asked_is_not_lost(ikmctl: Run, db: Path, backup: Path) -> None:
    with closing(open_registry(db)) as registry:
        plan = restore.plan(db, registry, None, str(backup))
        assert plan.loss is not None
        assert ikmctl("add-business", "Sementara Itu").status == 0
        with pytest.raises(errors.RestoreOutdated):
            restore.replace_contents(registry, plan, plan.loss)
    assert len(names(ikmctl, db)) == 4 and kept(db) == []
    assert ikmctl("add-business", "Sesudahnya").status == 0  # nothing is locked


def test_a_restore_waits_for_another_program_and_loses_nothing(ikmctl: Run, db: Path, backup: Path) -> None:
    """Eight programs add businesses while one restores: each business is in the registry or in what was kept."""
    script = (
        "import sys; from ikmctl.main import run\n"
        "for n in range(3): assert run(['--db', sys.argv[1], 'add-business', f'Usaha {sys.argv[2]}-{n}', '-q']) == 0\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script, str(db), str(number)]) for number in range(4)]
    while ikmctl("restore", backup, "--yes").status != 0:
        pass
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 4
    found = {*names(ikmctl, db), *(name for aside in kept(db) for name in names(ikmctl, aside))}
    assert {name for name in found if name.startswith("Usaha")} == {
        f"Usaha {w}-{n}" for w in range(4) for n in range(3)
    }


def test_a_restore_that_fails_leaves_the_registry_as_it_was(
    ikmctl: Run, db: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = db.read_bytes()

    def full(*_arguments: object) -> Path:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(restoring, "_copy_aside", full)
    outcome = ikmctl("restore", backup, "--yes")
    assert outcome.status == 5 and "the disk is full" in outcome.err
    assert db.read_bytes() == before and kept(db) == []
    assert ikmctl("add-business", "Sesudahnya").status == 0
