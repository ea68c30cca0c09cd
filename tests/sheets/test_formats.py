"""One table in every format: the same businesses come in, and what was assumed is said."""

import csv
import io
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from ikmctl.errors import FileRefused
from ikmctl.sheets.formats.csv_dialect import Dialect
from ikmctl.sheets.formats.csv_file import read_csv
from tests.conftest import Run, Snapshot
from tests.sheets.offices import TABLE, numbers
from tests.sheets.writing import ods, text, xls, xlsx

ACCENTED = (*TABLE, (5, "Café Ranah", "Zoé Bodi", "Jl. Gajah Mada “5”", "Napar", "kopi", 2, 1, "15.000", 2020))
LINES = text(ACCENTED, newline="\n").splitlines()
MIXED = b"".join(line + end for line, end in zip(LINES, cycle((b"\r\n", b"\n", b"\r")), strict=False))
FORMATS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "utf-8": ("csv", lambda: text(ACCENTED)),
    "utf-8 with mark": ("csv", lambda: text(ACCENTED, encoding="utf-8-sig")),
    "utf-16": ("txt", lambda: text(ACCENTED, "\t", encoding="utf-16")),
    "utf-16-be": ("txt", lambda: b"\xfe\xff" + text(ACCENTED, "\t", encoding="utf-16-be")),
    "cp1252": ("csv", lambda: text(ACCENTED, encoding="cp1252")),
    "comma": ("csv", lambda: text(ACCENTED, ",")),
    "tab": ("tsv", lambda: text(ACCENTED, "\t")),
    "bar": ("csv", lambda: text(ACCENTED, "|")),
    "sep=;": ("csv", lambda: b"sep=;\r\n" + text(ACCENTED)),
    "sep=|": ("csv", lambda: b"sep=|\r\n" + text(ACCENTED, "|")),
    "mark and sep=": ("csv", lambda: b"\xef\xbb\xbfsep=;\r\n" + text(ACCENTED)),
    "lf": ("csv", lambda: text(ACCENTED, newline="\n")),
    "cr": ("csv", lambda: text(ACCENTED, newline="\r")),
    "mixed line ends": ("csv", lambda: MIXED),
    "no line end at the end": ("csv", lambda: text(ACCENTED).rstrip(b"\r\n")),
    "xlsx": ("xlsx", lambda: xlsx({"IKM": [ACCENTED[0], *numbers(ACCENTED[1:])]})),
    "xlsx as text": ("xlsx", lambda: xlsx({"IKM": [[str(cell) for cell in row] for row in ACCENTED]})),
    "xls": ("xls", lambda: xls({"IKM": [ACCENTED[0], *numbers(ACCENTED[1:])]})),
    "ods": ("ods", lambda: ods({"IKM": [ACCENTED[0], *numbers(ACCENTED[1:])]})),
    "wrong name": ("csv", lambda: xlsx({"IKM": [ACCENTED[0], *numbers(ACCENTED[1:])]})),
}


def businesses(ikmctl: Run) -> list[dict[str, Any]]:
    columns = "name,owner,address,kelurahan,products,workers_male,workers_female,investment,data_year"
    found: list[dict[str, Any]] = ikmctl(
        "list-businesses", "--format", "json", "--columns", columns, "--sort", "number"
    ).data
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_the_same(ikmctl: Run, tmp_path: Path, name: str) -> None:
    ending, data = FORMATS[name]
    (tmp_path / f"ikm.{ending}").write_bytes(data())
    outcome = ikmctl("import-businesses", f"ikm.{ending}", "--yes")
    assert outcome.status == 0, outcome.text
    found = businesses(ikmctl)
    assert [
        (row["name"], row["owner"], row["workers_male"], row["workers_female"], row["investment"]) for row in found
    ] == [(each[1], each[2], each[6], each[7], int(str(each[8]).replace(".", "")) * 1_000) for each in ACCENTED[1:]]
    assert [(row["address"], row["kelurahan"], row["products"]) for row in found] == [
        (each[3], each[4], each[5]) for each in ACCENTED[1:]
    ]


def test_what_was_assumed_of_each_format(ikmctl: Run, tmp_path: Path, snapshot: Snapshot) -> None:
    said = []
    for name, (ending, data) in FORMATS.items():
        (tmp_path / f"ikm.{ending}").write_bytes(data())
        plan = ikmctl("import-businesses", f"ikm.{ending}", "--dry-run")
        said.append(f"- {name}: {plan.out.splitlines()[2]}")
    page = "# What is said of the format of a file\n\n" + "\n".join(said) + "\n"
    snapshot(Path(__file__).parent / "snapshots" / "formats.md", page)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "latin-1"])
def test_an_encoding_that_is_named_is_the_one_that_is_read(ikmctl: Run, tmp_path: Path, encoding: str) -> None:
    table = [[str(cell).replace("“", '"').replace("”", '"') for cell in row] for row in ACCENTED]
    (tmp_path / "ikm.csv").write_bytes(text(table, encoding=encoding))
    outcome = ikmctl("import-businesses", "ikm.csv", "--yes", "--encoding", encoding)
    assert outcome.status == 0, outcome.text
    assert businesses(ikmctl)[-1]["owner"] == "Zoé Bodi"


@pytest.mark.parametrize(
    ("body", "rows", "refused"),
    [
        ('a,b\r\n"c\nd",e\r\n,\r\n', [["a", "b"], ["c\nd", "e"], ["", ""]], ""),
        ("a,b\rc,d\r\ne,f\n\ng", [["a", "b"], ["c", "d"], ["e", "f"], [], ["g"]], ""),
        ('a"b,c\x00d\u00a0', [['a"b', "c\x00d\u00a0"]], ""),
        ('"a ""b""",c', [['a "b"', "c"]], ""),
        ('a\n\nb,"', [["a"], []], "opened on line 3 is never closed"),
        ('x\n"a\nb",c\n"d\ne', [["x"], ["a\nb", "c"]], "opened on line 4 is never closed"),
        ('x\r\n"a\r\nb",c\r\n"d"e\r\n', [["x"], ["a\r\nb", "c"]], "text follows a closing quotation mark on line 4"),
    ],
)
def test_csv_is_read_strictly_and_a_fault_is_said_with_the_line_where_its_record_begins(
    body: str, rows: list[list[str]], refused: str
) -> None:
    found, said = [], ""
    try:
        for cells in read_csv(io.StringIO(body, newline=""), Dialect(","), "ikm.csv"):
            found.append(cells)
    except FileRefused as refusal:
        said = str(refusal)
    assert found == rows
    assert refused in said and bool(refused) == bool(said)


def saved_again(tmp_path: Path, last: str) -> Path:
    """A semicolon file of 70 rows that somebody saved with commas, with one more row."""
    lines = ["Nama Usaha;Nama Pemilik;Alamat", *(f"Tenun {each};Des {each};Jl. {each}" for each in range(70)), last]
    path = tmp_path / "ikm.csv"
    path.write_bytes("".join(f"{line},,\r\n" for line in lines).encode())
    return path


def test_a_line_break_in_a_file_saved_again_with_commas_is_refused_with_its_line(ikmctl: Run, tmp_path: Path) -> None:
    outcome = ikmctl("import-businesses", saved_again(tmp_path, '"Tenun\nSaiyo;Des;Jl."'), "--yes")
    assert outcome.status == 3 and "line 72" in outcome.err


def test_a_long_cell_in_a_file_saved_again_with_commas_is_shown_as_too_long(ikmctl: Run, tmp_path: Path) -> None:
    csv.field_size_limit(131_072)  # as a new process has it
    outcome = ikmctl("import-businesses", saved_again(tmp_path, "Tenun;Des;" + "x" * 200_000), "--yes")
    assert outcome.status == 3 and "200000 characters" in outcome.err


def test_a_long_cell_near_the_top_hides_no_delimiter(ikmctl: Run, tmp_path: Path) -> None:
    csv.field_size_limit(131_072)
    path = tmp_path / "ikm.csv"
    path.write_text("Nama Usaha;Nama Pemilik\nTenun;Des\nSanjai;" + "x" * 200_000 + "\n", encoding="utf-8")
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 3 and "200000 characters" in outcome.err
