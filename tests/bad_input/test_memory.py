"""A small file that would fill the memory is refused before it does, and nothing hangs: each in a process of its own."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bad_input.workbooks import HEAD, ONE, SHEET, book, changed, row, rows_of_xml, with_parts
from tests.conftest import Run
from tests.sheets.writing import ods

#: The memory of the process with its libraries; the largest part of a workbook that is read is 400 MiB.
ADDRESS_SPACE = 1_500 * 2**20
SHARED = "xl/sharedStrings.xml"


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def ikmctl(db: Path, path: Path) -> subprocess.CompletedProcess[str]:
    """An import in a process that has little memory and a minute."""
    return subprocess.run(
        [sys.executable, "-m", "ikmctl", "--db", str(db), "import-businesses", str(path), "--yes"],
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=limited,
        check=False,
    )


def many_rows(old: bytes) -> bytes:
    return old.replace(b"</table:table>", b"<table:table-row/>" * 5_000_000 + b"</table:table>")


BOMBS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a part of 500 MB": (
        "xlsx",
        lambda: changed(book(*ONE), SHEET, lambda old: old.replace(b"<sheetData>", b"<sheetData>" + b" " * 500_000_000)),
        "is too large for the memory",
    ),
    "a cell of 200 MB": (
        "xlsx", lambda: rows_of_xml(HEAD + row(2, A="x" * 200_000_000)), "a text in xl/worksheets/sheet1.xml, A2 is too long",
    ),
    "a shared text of 200 MB": (
        "xlsx",
        lambda: with_parts(book(*ONE), {SHARED: b"<sst><si><t>" + b"x" * 200_000_000 + b"</t></si></sst>"}),
        "a text in xl/sharedStrings.xml is too long",
    ),
    "parts of 900 MB": (
        "xlsx",
        lambda: with_parts(
            book(*ONE),
            dict.fromkeys((SHARED, "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"), b" " * 300_000_000),
        ),
        "is too large for the memory",
    ),
    "17 thousand million empty cells": (
        "xlsx", lambda: rows_of_xml(HEAD + row(1_048_576, XFD="x")), "reaches to row 1048576",
    ),
    "five million empty rows": ("ods", lambda: changed(ods({"IKM": ONE}), "content.xml", many_rows), "too many for the memory"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_little_memory(bare: Run, db: Path, tmp_path: Path, name: str) -> None:
    assert bare("init", "--city", "13.76", "--office", "Test").status == 0
    before = db.read_bytes()
    ending, data, said = BOMBS[name]
    path = tmp_path / f"ikm.{ending}"
    path.write_bytes(data())
    outcome = ikmctl(db, path)
    assert outcome.returncode == 3, outcome.stderr
    assert said in outcome.stderr
    assert db.read_bytes() == before


def test_a_pipe_without_a_writer_does_not_hang(bare: Run, db: Path, tmp_path: Path) -> None:
    assert bare("init", "--city", "13.76", "--office", "Test").status == 0
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    outcome = ikmctl(db, path)
    assert outcome.returncode == 3 and "it is a device" in outcome.stderr


def test_standard_input_that_is_closed_is_refused(bare: Run, db: Path) -> None:
    assert bare("init", "--city", "13.76", "--office", "Test").status == 0
    outcome = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m ikmctl --db "{db}" import-businesses - --yes <&-'],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert outcome.returncode == 3, outcome.stderr
    assert "standard input" in outcome.stderr and "Traceback" not in outcome.stderr


def test_an_empty_workbook_of_many_formatted_cells_is_read(bare: Run, db: Path, tmp_path: Path) -> None:
    """What Excel leaves behind when a whole column is coloured: no bomb, and no reason to refuse."""
    assert bare("init", "--city", "13.76", "--office", "Test").status == 0
    coloured = "".join(f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(3, 200_000))
    path = tmp_path / "ikm.xlsx"
    path.write_bytes(rows_of_xml(HEAD + row(2, A="Rendang", B="Erna", C="2") + coloured))
    outcome = ikmctl(db, path)
    assert outcome.returncode == 0, outcome.stderr


def test_a_text_file_with_an_endless_cell_is_refused_in_little_memory(bare: Run, db: Path, tmp_path: Path) -> None:
    assert bare("init", "--city", "13.76", "--office", "Test").status == 0
    path = tmp_path / "ikm.csv"
    path.write_bytes(b"Nama Usaha,Pemilik\nRendang,Erna\nTenun,")
    os.truncate(path, 300 * 2**20)  # a cell of zeros, which take no room on the disk
    outcome = ikmctl(db, path)
    assert outcome.returncode == 3, outcome.stderr
    assert "a value on line 3 is too long" in outcome.stderr


def test_a_hundred_thousand_columns_are_refused_before_they_are_looked_at(bare: Run, db: Path, tmp_path: Path) -> None:
    assert bare("init", "--city", "13.76", "--office", "Test").status == 0
    path = tmp_path / "ikm.csv"
    path.write_text("Nama Usaha,Pemilik\n" + ",".join(map(str, range(100_001))) + "\n", encoding="utf-8")
    outcome = ikmctl(db, path)
    assert outcome.returncode == 3 and "line 2 has 100,001 columns" in outcome.stderr, outcome.stderr
