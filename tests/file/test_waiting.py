"""Two programs that change one registry: the second says for whom it waits, and gives up after a while."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ikmctl.registry.file import waiting
from ikmctl.registry.file.database import open_registry
from tests.conftest import Run


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting that takes less of the tests' time."""
    monkeypatch.setattr(waiting, "QUIET_SECONDS", 0.1)
    monkeypatch.setattr(waiting, "BUSY_SECONDS", 0.5)


@pytest.mark.usefixtures("impatient")
def test_who_waits_is_told_for_whom_and_gives_up(ikmctl: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IKMCTL_USER", "Rina")
    with closing(open_registry(db)) as registry, registry.write("import-businesses") as change:
        change.connection.execute("INSERT INTO sentra (name) VALUES ('Sentra Tenun')")
        monkeypatch.setenv("IKMCTL_USER", "Budi")
        outcome = ikmctl("add-sentra", "Sentra Rotan")
    assert outcome.status == 5
    waited, refused, *_rest = outcome.err.splitlines()
    assert waited.startswith(f"Waiting until {db} is free. It is in use by Rina (import-businesses, since ")
    assert "is in use by Rina (import-businesses, since " in refused
    assert not waiting.note_path(db).exists()


def test_who_waits_goes_on_when_the_other_is_done(ikmctl: Run, db: Path) -> None:
    with closing(open_registry(db)) as registry:
        registry.connection.execute("BEGIN IMMEDIATE")
        with subprocess.Popen(
            [sys.executable, "-m", "ikmctl", "--db", str(db), "add-sentra", "Sentra Rotan"],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env={**os.environ, "IKMCTL_LANG": "en"},
        ) as other:  # fmt: skip
            assert other.stderr
            assert b"It is in use by another program." in other.stderr.readline()
            registry.connection.execute("ROLLBACK")
    assert other.returncode == 0
    assert [each["name"] for each in ikmctl("list-sentra", "--format", "json").data] == ["Sentra Rotan"]


def test_a_note_that_a_killed_program_left_is_replaced(ikmctl: Run, db: Path) -> None:
    waiting.note_path(db).write_text("1\nundo\nRina\n10:42:00\n", encoding="utf-8")
    assert ikmctl("add-sentra", "Sentra Rotan").status == 0
    assert not waiting.note_path(db).exists()


def test_a_note_of_another_shape_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "registry.db"
    waiting.note_path(path).write_bytes(b"\xff\x1b[31m")
    assert waiting.describe_holder(path) == "another program"
