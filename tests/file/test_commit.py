"""COMMIT that reports an error: the file decides what is said."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ikmctl import errors
from ikmctl.registry.file.database import Registry
from tests.conftest import Run


def registry_whose_commit(does: Callable[[sqlite3.Connection], object], path: Path) -> Registry:
    """A registry over a real connection that reports an error of the disk after COMMIT did what is given."""

    class Faulty(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql != "COMMIT":
                return super().execute(sql, *values)
            does(self)
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error

    return Registry(path, sqlite3.connect(path, isolation_level=None, factory=Faulty), [], [])


def commit(connection: sqlite3.Connection) -> None:
    sqlite3.Connection.execute(connection, "COMMIT")


def roll_back(connection: sqlite3.Connection) -> None:
    sqlite3.Connection.execute(connection, "ROLLBACK")


def add_a_sentra(registry: Registry) -> None:
    with registry.write("add-sentra", "Sentra Tenun") as change:
        change.connection.execute("INSERT INTO sentra (name) VALUES ('Sentra Tenun')")


def sentra(ikmctl: Run) -> list[str]:
    return [each["name"] for each in ikmctl("list-sentra", "--format", "json").data]


def test_a_change_that_was_saved_in_spite_of_the_error_is_done(ikmctl: Run, db: Path) -> None:
    add_a_sentra(registry_whose_commit(commit, db))
    assert sentra(ikmctl) == ["Sentra Tenun"]


@pytest.mark.parametrize("does", [roll_back, lambda connection: None])
def test_a_change_that_was_not_saved_is_an_error(
    ikmctl: Run, db: Path, does: Callable[[sqlite3.Connection], object]
) -> None:
    with pytest.raises(errors.RegistryUnwritable):
        add_a_sentra(registry_whose_commit(does, db))
    assert sentra(ikmctl) == []


def test_the_number_of_a_change_by_another_program_is_not_taken_for_ours(ikmctl: Run, db: Path) -> None:
    def roll_back_then_another_writes(connection: sqlite3.Connection) -> None:
        roll_back(connection)
        assert ikmctl("add-sentra", "Sentra Rendang").status == 0

    with pytest.raises(errors.RegistryUnwritable):
        add_a_sentra(registry_whose_commit(roll_back_then_another_writes, db))
    assert sentra(ikmctl) == ["Sentra Rendang"]


def test_a_file_that_is_gone_is_said_to_be_unknown(ikmctl: Run, db: Path) -> None:
    def lose_the_file(connection: sqlite3.Connection) -> None:
        commit(connection)
        db.unlink()
        db.mkdir()

    with pytest.raises(errors.CommitUnknown):
        add_a_sentra(registry_whose_commit(lose_the_file, db))


def test_a_change_that_was_named_by_what_it_did_is_found_all_the_same(ikmctl: Run, db: Path) -> None:
    with registry_whose_commit(commit, db).write("add-sentra") as change:
        change.connection.execute("INSERT INTO sentra (name) VALUES ('Sentra Tenun')")
        change.connection.execute("UPDATE change SET detail = 'Sentra Tenun' WHERE id = ?", (change.number,))
    assert sentra(ikmctl) == ["Sentra Tenun"]
