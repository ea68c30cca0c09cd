"""Templates: filled in and imported, they raise no question."""

import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.conftest import Run

IMPORTS = {"businesses": "import-businesses", "sentra": "import-sentra", "events": "import-events"}
#: The name in the example row of each template, and what the officer writes over it.
NAMES = ("Rendang Uni Erna", "Sentra Rendang Payakumbuh", "Workshop Rajutan", "Rina Wati")


def fill(path: Path, *names: str) -> None:
    """Write names over that of the example row of a template, each in a row of its own; an empty one leaves it."""
    if path.suffix == ".csv":
        heading, example = path.read_text(encoding="utf-8-sig").splitlines()
        rows = [re.sub("|".join(NAMES), name, example) if name else example for name in names]
        path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
        return
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    values = [cell.value for cell in sheet[2]]
    for number, name in enumerate(names, start=2):
        for place, value in enumerate(values, start=1):
            sheet.cell(number, place).value = name if name and value in NAMES else value
    book.save(path)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", IMPORTS)
def test_a_filled_template_imports_without_a_word(ikmctl: Run, tmp_path: Path, kind: str, ending: str) -> None:
    path = tmp_path / f"{kind}.{ending}"
    assert ikmctl("template", kind, "--output", path).status == 0
    fill(path, "Sakato")
    plan = ikmctl(IMPORTS[kind], path, "--dry-run", "--format", "json").data
    assert {row["verdict"]: row["rows"] for row in plan["blocks"]["counts"]["rows"]}["new"] == 1
    assert "notes" not in plan["blocks"] and "problems" not in plan["blocks"]
    assert plan["files"][0]["warnings"] == []
    assert "If that is wrong" not in ikmctl(IMPORTS[kind], path, "--dry-run").out
    assert ikmctl(IMPORTS[kind], path, "--yes").status == 0


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", IMPORTS)
def test_the_example_row_of_a_template_is_not_imported(ikmctl: Run, tmp_path: Path, kind: str, ending: str) -> None:
    path = tmp_path / f"{kind}.{ending}"
    ikmctl("template", kind, "--output", path)
    untouched = ikmctl(IMPORTS[kind], path, "--yes")
    assert "examples of how to fill in the table 1" in untouched.text and "Imported" not in untouched.text
    fill(path, "", "Sakato")
    assert ikmctl(IMPORTS[kind], path, "--dry-run", "--format", "json").data["rows"] == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_templates_for_lists_that_need_records_first(ikmctl: Run, tmp_path: Path, ending: str) -> None:
    for kind in ("businesses", "participants", "observations"):
        ikmctl("template", kind, "--output", tmp_path / f"{kind}.{ending}")
        fill(tmp_path / f"{kind}.{ending}", "Rajut Sakato")
    ikmctl("import-businesses", tmp_path / f"businesses.{ending}", "--yes")
    observed = ikmctl("import-observations", tmp_path / f"observations.{ending}", "--yes")
    assert observed.status == 0 and "is already in the registry" in observed.text, observed.err
    ikmctl("add-event", "Workshop Rajutan", "--kind", "workshop", "--starts-on", "13/09/2021")
    listed = ikmctl("import-participants", tmp_path / f"participants.{ending}", "--event", "1", "--yes")
    assert listed.status == 0 and "1 new" in listed.text, listed.err


def test_excel_offers_lists_and_keeps_identifiers_as_text(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.xlsx"
    ikmctl("template", "businesses", "--output", path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = {str(cell.value): get_column_letter(place) for place, cell in enumerate(sheet[1], start=1)}
    offered = {str(rule.sqref).split(":")[0][:-1]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert "Kerajinan" in offered[column["Cabang Industri"]] or "Crafts" in offered[column["Cabang Industri"]]
    assert "Payakumbuh Timur" in offered[column["Kecamatan"]]
    assert {column["Jenis Kelamin"], column["Bentuk Badan Usaha"]} <= offered.keys()
    for heading in ("NIB", "NIK", "NPWP", "No. HP", "Kode KBLI"):
        letter = column[heading]
        assert sheet[f"{letter}2"].number_format == "@" and isinstance(sheet[f"{letter}2"].value, str)
        assert sheet.column_dimensions[letter].number_format == "@"
    assert sheet[f"{column['Nilai Investasi (Rp)']}2"].data_type == "n"


def test_a_template_needs_no_registry(bare: Run, tmp_path: Path) -> None:
    assert bare("--db", tmp_path / "none.db", "template", "sentra").status == 0
    assert bare("--db", tmp_path / "none.db", "template", "cats").status == 2
