"""Text files that are separated, quoted or saved in unusual ways: read right, or refused with a sentence."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.sheets.writing import line

HEADING = ("No", "Nama Usaha", "Nama Pemilik", "Alamat", "Kelurahan")
ROWS = [
    ("1", "Rendang Uni Erna", "Erna Wati", "Jl. Tan Malaka 12, RT 1", "Tiakar"),
    ("2", "Sanjai Saiyo", "Lina Koto", "Jl. Sudirman 4", "Talang"),
    ("3", "Tenun Sakato", "Des Piliang", "Jl. Gajah Mada 5, RT 2, RW 1", "Napar"),
]


def single(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """Cells in single quotation marks."""
    return "\n".join(delimiter.join("'" + cell.replace("'", "''") + "'" for cell in row) for row in rows) + "\n"


def spaced(rows: Sequence[Sequence[str]]) -> str:
    """A comma and a space between the cells, those with a comma in quotation marks."""
    return "\n".join(", ".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows) + "\n"


def wrapped(rows: Sequence[Sequence[str]]) -> str:
    """Each line one quoted cell, as in a CSV file that was opened as text and saved as CSV again."""
    return "".join('"' + line(row, ",").replace('"', '""') + '"\n' for row in rows)


FILES = {
    "single quotation marks": single([HEADING, *ROWS]),
    "single quotation marks below a plain heading": line(HEADING, ",") + "\n" + single(ROWS),
    "single quotation marks and semicolons": single([HEADING, *ROWS], ";"),
    "comma and space": spaced([HEADING, *ROWS]),
    "comma and space, few quoted": spaced([HEADING, *[ROWS[1]] * 1, ROWS[0], ROWS[2]]),
    "saved twice": wrapped([HEADING, *ROWS]),
    "saved twice without the heading": line(HEADING, ",") + "\n" + wrapped(ROWS),
    "saved twice, a delimiter behind each line": wrapped([HEADING, *ROWS]).replace('"\n', '",,\n'),
}


@pytest.mark.parametrize("name", FILES)
def test_an_unusual_dialect_is_read_right(ikmctl: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "ikm.csv").write_text(FILES[name], encoding="utf-8")
    outcome = ikmctl("import-businesses", "ikm.csv", "--yes")
    assert outcome.status == 0, outcome.text
    columns = "name,owner,address,kelurahan"
    found = ikmctl("list-businesses", "--format", "json", "--columns", columns, "--sort", "name").data
    assert [tuple(row.values()) for row in found] == sorted(row[1:] for row in ROWS)


def test_single_quotation_marks_and_a_second_saving_are_said(ikmctl: Run, tmp_path: Path) -> None:
    for name, sentence in (
        ("single quotation marks", "values in single quotation marks"),
        ("saved twice", "each row was one quoted cell, because the file was saved twice"),
    ):
        (tmp_path / "ikm.csv").write_text(FILES[name], encoding="utf-8")
        assert sentence in ikmctl("import-businesses", "ikm.csv", "--dry-run").out


def test_apostrophes_before_numbers_and_in_names_quote_nothing(ikmctl: Run, tmp_path: Path) -> None:
    rows = ["Nama Usaha,No. HP,Alamat", "'Aisyiyah,'081234567890,Jl. A", "Ma'mur Jaya,'081234567891,'t Huis'"]
    (tmp_path / "ikm.csv").write_text("\n".join(rows), encoding="utf-8")
    assert ikmctl("import-businesses", "ikm.csv", "--yes").status == 0
    found = ikmctl("list-businesses", "--format", "json", "--columns", "name,address", "--sort", "number").data
    assert [(row["name"], row["address"]) for row in found] == [("'Aisyiyah", "Jl. A"), ("Ma'mur Jaya", "'t Huis'")]


def test_an_apostrophe_inside_single_quotation_marks_is_refused_with_its_line(ikmctl: Run, tmp_path: Path) -> None:
    text = single([HEADING, *ROWS]).replace("Sanjai Saiyo", "Ma'mur Jaya")
    (tmp_path / "ikm.csv").write_text(text, encoding="utf-8")
    outcome = ikmctl("import-businesses", "ikm.csv", "--yes")
    assert outcome.status == 3 and "text follows a closing quotation mark on line 3" in outcome.err


def test_an_import_of_which_no_row_is_a_record_is_no_success(ikmctl: Run, tmp_path: Path) -> None:
    (tmp_path / "ikm.csv").write_text("No;Nama Usaha;Alamat\n1,Toko A,Jl. A\n2,Toko B,Jl. B\n", encoding="utf-8")
    for option in ("--yes", "--dry-run"):
        outcome = ikmctl("import-businesses", "ikm.csv", option)
        assert outcome.status == 3, outcome.text
    assert "none of its 2 rows was recognised as a record" in ikmctl("import-businesses", "ikm.csv", "--yes").err
