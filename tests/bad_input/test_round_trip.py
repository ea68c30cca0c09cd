"""What the program writes for machines it reads back: no decimal becomes a thousand on the way."""

from pathlib import Path

import pytest

from tests.conftest import Run

COLUMNS = "number,name,owner,latitude,longitude,capacity,export_percent,data_year"


@pytest.mark.parametrize("ending", ["csv", "tsv"])
@pytest.mark.parametrize(
    ("option", "text", "column", "value"),
    [
        ("--capacity", "1,2345", "capacity", 1.2345),
        ("--capacity", "0,5", "capacity", 0.5),
        ("--capacity", "1500,125", "capacity", 1500.125),
        ("--capacity", "1.500,125", "capacity", 1500.125),
        ("--capacity", "1,2340", "capacity", 1.234),
        ("--capacity", "0,00001", "capacity", 0.00001),
        ("--capacity", "1.000.000.000.000.000", "capacity", 1e15),
        ("--export-percent", "12,1250%", "export_percent", 12.125),
        ("--latitude", "-0.00005", "latitude", -0.00005),
        ("--longitude", "100.631", "longitude", 100.631),
    ],
)
def test_a_decimal_survives_an_export_and_an_import(
    ikmctl: Run, tmp_path: Path, ending: str, option: str, text: str, column: str, value: float
) -> None:
    assert ikmctl("add-business", "Tenun", "--owner", "Des", "--data-year", "2021", f"{option}={text}").status == 0
    assert ikmctl("show-business", "1", "--format", "json").data[column] == value
    path = tmp_path / f"back.{ending}"
    assert ikmctl("list-businesses", "--columns", COLUMNS, "--output", path).status == 0
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0, outcome.text
    assert "Nothing to do" in outcome.out, outcome.text
    assert ikmctl("show-business", "1", "--format", "json").data[column] == value


@pytest.mark.parametrize(
    "text", ["=cmd|'/c calc'!A0", "@SUM(A1)", "-5", "＝1", "'Aisyiyah", "''x", "'=1", 'a";=1+1', "a,b;c\td", "+62 kata"]
)
def test_a_text_that_looks_like_a_formula_survives_an_export_and_an_import(
    ikmctl: Run, tmp_path: Path, text: str
) -> None:
    source = tmp_path / "source.csv"
    quoted = text.replace('"', '""')
    source.write_text(f'Nama Usaha,Pemilik,Keterangan\nTenun,Des,"{quoted}"\n', encoding="utf-8")
    assert ikmctl("import-businesses", source, "--yes").status == 0
    stored = ikmctl("show-business", "1", "--format", "json").data["notes"]
    path = tmp_path / "back.csv"
    assert ikmctl("list-businesses", "--columns", "number,name,owner,notes", "--output", path).status == 0
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0, outcome.text
    assert "Nothing to do" in outcome.out, outcome.text
    assert ikmctl("show-business", "1", "--format", "json").data["notes"] == stored
