"""Standard streams that are closed, full, or read to their first line only."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

COMMANDS = (
    "--version",
    "--help",
    "list-businesses",
    "list-businesses --format csv --limit 0",
    "list-businesses --help",
)


def shell(line: str, command: str, db: Path, unbuffered: str) -> "subprocess.CompletedProcess[str]":
    """A run of the command, where the line of the shell says `ikmctl`."""
    ikmctl = f"'{sys.executable}' -m ikmctl --db '{db}' {command}" if command != "--version" else ""
    ikmctl = ikmctl or f"'{sys.executable}' -m ikmctl --version"
    return subprocess.run(
        ["/bin/sh", "-c", f"PYTHONUNBUFFERED={unbuffered}; export PYTHONUNBUFFERED; {line.replace('ikmctl', ikmctl)}"],
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_result_that_cannot_be_written_is_an_error(ikmctl: Run, db: Path, command: str, unbuffered: str) -> None:
    done = shell("ikmctl >/dev/full", command, db, unbuffered)
    assert done.returncode == 1
    assert "Standard output cannot be written: the disk is full" in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_leaves_is_no_error(ikmctl: Run, db: Path, command: str, unbuffered: str) -> None:
    done = shell("(ikmctl; echo $? >&2) | true", command, db, unbuffered)
    assert done.stderr.splitlines()[-1:] == ["0"] and "wrong" not in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_stream_that_is_closed_is_no_error(ikmctl: Run, db: Path, command: str) -> None:
    before = db.read_bytes()
    assert shell("ikmctl >&-", command, db, "").returncode == 0
    done = shell("ikmctl <&- 2>&-", command, db, "")
    assert done.returncode == 0 and done.stdout.strip()
    assert db.read_bytes() == before
