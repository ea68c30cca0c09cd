"""What the officer says about a file comes before what is found out; standard input is a file like any other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_input.workbooks import HEAD, SHEET, book, changed, row, rows_of_xml
from tests.conftest import Run
from tests.sheets.offices import PLACES, TABLE, TWO_ROWS, numbers
from tests.sheets.writing import text, xlsx


def names(ikmctl: Run) -> list[str]:
    rows = ikmctl("list-businesses", "--format", "json", "--columns", "name", "--sort", "number").data
    return [row["name"] for row in rows]


def test_the_row_of_the_heading(ikmctl: Run, tmp_path: Path) -> None:
    grid = [
        ("Nama Usaha", "Pemilik", "Alamat"),
        ("contoh", "pengisian", "saja"),
        ("Nama Usaha", "Kota"),
        ("Tenun", "Pyk"),
    ]
    (tmp_path / "ikm.csv").write_bytes(text([(*cells, *[None] * (3 - len(cells))) for cells in grid]))
    assert ikmctl("import-businesses", "ikm.csv", "--yes", "--header-row", "3").status == 0
    assert names(ikmctl) == ["Tenun"]


def test_the_row_of_a_heading_of_two_rows(ikmctl: Run, tmp_path: Path) -> None:
    (tmp_path / "ikm.csv").write_bytes(text([("DATA",), *TWO_ROWS, *PLACES]))
    outcome = ikmctl("import-businesses", "ikm.csv", "--yes", "--header-row", "2")
    assert outcome.status == 0 and "headings in row 2–3" in outcome.text
    assert len(names(ikmctl)) == 3


def test_rows_that_are_no_part_of_the_table(ikmctl: Run, tmp_path: Path) -> None:
    (tmp_path / "ikm.csv").write_bytes(text([TABLE[0], TABLE[1], TABLE[0], TABLE[2]]))
    assert ikmctl("import-businesses", "ikm.csv", "--yes", "--skip-rows", "2").status == 0
    assert names(ikmctl) == ["Sanjai Saiyo"]


@pytest.mark.parametrize("option", [("--header-row", "99"), ("--skip-rows", "99"), ("--header-row", "0")])
def test_a_row_that_there_is_not(ikmctl: Run, tmp_path: Path, option: tuple[str, str]) -> None:
    (tmp_path / "ikm.csv").write_bytes(text(TABLE))
    outcome = ikmctl("import-businesses", "ikm.csv", "--yes", *option)
    assert outcome.status == 3 and "no header row" in outcome.err


def test_the_sheet_that_is_named(ikmctl: Run, tmp_path: Path) -> None:
    sheets = {"Semua": [TABLE[0], *numbers(TABLE[1:])], "Pangan 2021": [TABLE[0], *numbers(TABLE[2:3])]}
    (tmp_path / "ikm.xlsx").write_bytes(xlsx(sheets))
    assert ikmctl("import-businesses", "ikm.xlsx", "--yes", "--sheet", "pangan 2021").status == 0
    assert names(ikmctl) == ["Sanjai Saiyo"]


def test_a_delimiter_that_is_named(ikmctl: Run, tmp_path: Path) -> None:
    (tmp_path / "ikm.csv").write_bytes(text([("Nama Usaha,Pemilik", "x"), ("Tenun,Des", "y")], "\t"))
    outcome = ikmctl(
        "import-businesses", "ikm.csv", "--dry-run", "--delimiter", "tab", "--map", "Nama Usaha,Pemilik=name"
    )
    assert outcome.status == 0 and "separated by tab" in outcome.out, outcome.text


@pytest.mark.parametrize(
    "data", [text(TABLE), xlsx({"IKM": [TABLE[0], *numbers(TABLE[1:])]})], ids=["text", "workbook"]
)
def test_standard_input(ikmctl: Run, db: Path, tmp_path: Path, data: bytes) -> None:
    command = [sys.executable, "-m", "ikmctl", "--db", str(db), "import-businesses", "-", "--yes"]
    outcome = subprocess.run(command, input=data, capture_output=True, check=False, timeout=60)
    assert outcome.returncode == 0, outcome.stderr
    assert len(names(ikmctl)) == 4


@pytest.mark.parametrize("value", ["NaN", "inf", "-inf", "1E400", "1E300", "-5", "1.5"])
def test_a_number_that_is_none_is_a_problem(ikmctl: Run, tmp_path: Path, value: str) -> None:
    data = rows_of_xml(HEAD + row(2, A="Tenun", B="Des").replace("</row>", f'<c r="C2"><v>{value}</v></c></row>'))
    (tmp_path / "ikm.xlsx").write_bytes(data)
    outcome = ikmctl("import-businesses", "ikm.xlsx", "--yes", "--strict")
    assert outcome.status == 3, outcome.text
    assert "went wrong inside" not in outcome.text


def test_an_error_is_found_in_a_part_with_a_prefix_before_every_name(ikmctl: Run, tmp_path: Path) -> None:
    def prefixed(content: bytes) -> bytes:
        return content.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x=")

    data = changed(book(("Nama Usaha", "Pemilik", "TK LK"), ("Tenun", "Des", "#REF!")), SHEET, prefixed)
    (tmp_path / "ikm.xlsx").write_bytes(data)
    outcome = ikmctl("import-businesses", "ikm.xlsx", "--yes", "--strict")
    assert outcome.status == 3 and "contains a spreadsheet error" in outcome.err, outcome.text


def test_personal_data_of_rows_left_out_is_masked(ikmctl: Run, tmp_path: Path) -> None:
    grid = [("Nama Usaha", "Pemilik", "NIK", "No. HP", "TK LK"), ("Tenun", "Des", "1376994505800001", "081212345678", 1),
            ("JUMLAH", None, "1376994505800001", "081212345678", 1)]  # fmt: skip
    (tmp_path / "ikm.csv").write_bytes(text(grid))
    outcome = ikmctl("import-businesses", "ikm.csv", "--dry-run", "--explain")
    assert "JUMLAH" in outcome.out
    assert "1376994505800001" not in outcome.text and "081212345678" not in outcome.text


@pytest.mark.parametrize(
    ("name", "status"),
    [
        (b"\x1b[31mikm.csv", 0), (b"[red]ikm[bold].csv", 0), (b"x" * 240 + b".csv", 0), (b"caf\xe9.csv", 2),
        ("\u202eikm.csv".encode(), 0),
    ],
)  # fmt: skip
def test_a_file_of_any_name(db: Path, ikmctl: Run, tmp_path: Path, name: bytes, status: int) -> None:
    """A44: it is read, what is rejected goes to a file beside it, and nothing in its name steers the terminal."""
    (tmp_path / os.fsdecode(name)).write_bytes(text([*TABLE, (9, "Galamai", *[None] * 4, -1, 2, 1, 2020)]))
    given = os.fsdecode(name)
    command = [sys.executable, "-m", "ikmctl", "--db", str(db), "import-businesses", given, "--yes", "--skip-rejected"]
    command.append("--strict")
    outcome = subprocess.run(command, capture_output=True, check=False, timeout=60)
    said = outcome.stdout + outcome.stderr
    assert outcome.returncode == status, said
    assert b"\x1b" not in said and "\u202e".encode() not in said and b"went wrong inside" not in said
    if status == 0:
        assert len(names(ikmctl)) == 4 and len(list(tmp_path.glob("*.rejected.csv"))) == 1
    else:
        assert b"bytes that are not text" in said
