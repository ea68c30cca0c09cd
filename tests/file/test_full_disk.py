"""A disk that has no more room: what a command says is what the file holds."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

ROWS = 3000


@pytest.mark.parametrize("kib", [600, 800, 1000, 1200, 1600, 2400])
def test_an_import_into_a_full_disk_says_what_is_so(ikmctl: Run, db: Path, tmp_path: Path, kib: int) -> None:
    sheet = tmp_path / "businesses.csv"
    rows = (f"Rendang Nomor {number},Pemilik {number},Tiakar\n" for number in range(ROWS))
    sheet.write_text("Nama Usaha,Pemilik,Kelurahan\n" + "".join(rows), encoding="utf-8")
    before = db.read_bytes()
    command = [
        sys.executable,
        "-m",
        "ikmctl",
        "--db",
        str(db),
        "--lang",
        "en",
        "import-businesses",
        str(sheet),
        "--yes",
    ]
    done = subprocess.run(
        command,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (kib * 1024, kib * 1024)),
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    held = ikmctl("status", "--format", "json").data["businesses"]
    if done.returncode == 0:
        assert f"{ROWS:,} new" in done.stdout and held == ROWS
    else:
        assert done.returncode == 5 and "Nothing was changed" in done.stderr, done.stdout + done.stderr
        assert "Imported" not in done.stdout and held == 0
        assert db.read_bytes() == before
    assert ikmctl("add-business", "Sanjai Nan Gadang").status == 0


def test_the_sizes_of_the_disk_are_on_both_sides_of_what_the_import_needs(
    ikmctl: Run, db: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "businesses.csv"
    rows = (f"Rendang Nomor {number},Pemilik {number},Tiakar\n" for number in range(ROWS))
    sheet.write_text("Nama Usaha,Pemilik,Kelurahan\n" + "".join(rows), encoding="utf-8")
    assert ikmctl("import-businesses", sheet, "--yes").status == 0
    assert 600 * 1024 < db.stat().st_size < 2400 * 1024
