"""A disk that has no more room: what a command says is what the file holds."""

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

ROWS = 3000


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A spreadsheet of businesses."""
    path = tmp_path / "businesses.csv"
    rows = (f"Rendang Nomor {number},Pemilik {number},Tiakar\n" for number in range(ROWS))
    path.write_text("Nama Usaha,Pemilik,Kelurahan\n" + "".join(rows), encoding="utf-8")
    return path


@pytest.fixture
def room_needed(ikmctl: Run, db: Path, sheet: Path) -> int:
    """How many bytes the registry grows by when the spreadsheet is imported."""
    copy = db.with_name("enough-room.db")
    shutil.copy(db, copy)
    assert ikmctl("import-businesses", sheet, "--yes", "--db", copy).status == 0
    return copy.stat().st_size - db.stat().st_size


@pytest.mark.parametrize("share", [0.0, 0.2, 0.4, 0.6, 0.8, 0.99, 1.5])
def test_an_import_into_a_full_disk_says_what_is_so(
    ikmctl: Run, db: Path, sheet: Path, room_needed: int, share: float
) -> None:
    before = db.read_bytes()
    limit = len(before) + int(share * room_needed)
    done = subprocess.run(
        [sys.executable, "-m", "ikmctl", "--db", str(db), "--lang", "en", "import-businesses", str(sheet), "--yes"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    held = ikmctl("status", "--format", "json").data["businesses"]
    if share > 1:
        assert (done.returncode, held) == (0, ROWS) and f"{ROWS:,} new" in done.stdout, done.stdout + done.stderr
    else:
        assert (done.returncode, held) == (5, 0) and "Nothing was changed" in done.stderr, done.stdout + done.stderr
        assert "Imported" not in done.stdout
        assert db.read_bytes() == before
    assert ikmctl("add-business", "Sanjai Nan Gadang").status == 0


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_registry_that_cannot_be_made_leaves_no_file(ikmctl: Run, db: Path, tmp_path: Path, share: float) -> None:
    limit = int(share * db.stat().st_size)  # as large as a new registry is
    place = tmp_path / "place" / "new.db"
    done = subprocess.run(
        [sys.executable, "-m", "ikmctl", "--db", str(place), "--lang", "en", "init", "--city", "13.76", "--office", "X"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 5 and "disk" in done.stderr, done.stdout + done.stderr
    assert list(place.parent.iterdir()) == []


def test_a_command_whose_backup_cannot_be_written_is_refused(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "Tenun Mawar")
    before = db.read_bytes()
    limit = len(before) // 2
    done = subprocess.run(
        [sys.executable, "-m", "ikmctl", "--db", str(db), "--lang", "en", "delete-business", "1"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 5 and "No backup could be written" in done.stderr
    assert "Nothing was changed" in done.stderr and "--keep 0" in done.stderr
    assert db.read_bytes() == before
    assert [path.name for path in db.parent.iterdir() if path.name != db.name] == []
