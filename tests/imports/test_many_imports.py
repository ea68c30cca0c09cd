"""Imports of several programs at once: none is refused because another was faster, and nothing is there twice."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import Run

PROGRAMS, ROWS = 5, 12


def sheet(folder: Path, name: str, rows: list[str]) -> Path:
    path = folder / f"{name}.csv"
    path.write_text("Nama Usaha,Pemilik,Kelurahan\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def import_at_once(db: Path, sheets: list[Path], *options: str) -> list[int]:
    command = [sys.executable, "-m", "ikmctl", "--db", str(db), "import-businesses", "--yes", "-q", *options]
    programs = [subprocess.Popen([*command, str(path)]) for path in sheets]
    return [program.wait(timeout=300) for program in programs]


def names(ikmctl: Run) -> Counter[str]:
    return Counter(each["name"] for each in ikmctl("list-businesses", "--format", "json").data)


def test_imports_of_other_businesses_are_all_carried_out(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    rows = [[f"Usaha {each}-{row},Pemilik {each}-{row},Tiakar" for row in range(ROWS)] for each in range(PROGRAMS)]
    sheets = [sheet(tmp_path, f"sheet-{each}", rows[each]) for each in range(PROGRAMS)]
    assert import_at_once(db, sheets) == [0] * PROGRAMS
    assert names(ikmctl) == Counter(row.split(",")[0] for each in rows for row in each)


def test_imports_of_the_same_businesses_add_each_of_them_once(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    rows = [f"Usaha {row},Pemilik {row},Tiakar" for row in range(ROWS)]
    sheets = [sheet(tmp_path, f"sheet-{each}", rows) for each in range(PROGRAMS)]
    assert import_at_once(db, sheets) == [0] * PROGRAMS
    assert names(ikmctl) == Counter(f"Usaha {row}" for row in range(ROWS))
    changes = ikmctl("history", "--format", "json").data
    assert sum(each["command"] == "import-businesses" for each in changes) == 1


@pytest.mark.parametrize("decision", ["skip", "update"])
def test_a_plan_made_again_keeps_to_the_decisions(ikmctl: Run, db: Path, tmp_path: Path, decision: str) -> None:
    """Each program brings another address for the same business: one adds it, the others decide as they were told."""
    sheets = []
    for each in range(PROGRAMS):
        path = tmp_path / f"sheet-{each}.csv"
        path.write_text(f"Nama Usaha,Pemilik,Kelurahan,Alamat\nTenun,Des,Tiakar,Jl. {each}\n", encoding="utf-8")
        sheets.append(path)
    assert import_at_once(db, sheets, "--on-duplicate", decision) == [0] * PROGRAMS
    assert names(ikmctl) == Counter({"Tenun": 1})
    changes = ikmctl("history", "--format", "json").data
    assert sum(each["command"] == "import-businesses" for each in changes) == (1 if decision == "skip" else PROGRAMS)


def test_a_plan_made_again_is_refused_where_it_needs_a_decision(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    """Without a decision on rows that differ only the first program is done; no other leaves a trace."""
    sheets = []
    for each in range(PROGRAMS):
        path = tmp_path / f"sheet-{each}.csv"
        path.write_text(f"Nama Usaha,Pemilik,Kelurahan,Alamat\nTenun,Des,Tiakar,Jl. {each}\n", encoding="utf-8")
        sheets.append(path)
    statuses = import_at_once(db, sheets)
    assert sorted(statuses) == [0] + [3] * (PROGRAMS - 1)
    assert names(ikmctl) == Counter({"Tenun": 1})
    assert len(ikmctl("history", "--format", "json").data) == 2
