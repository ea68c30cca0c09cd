"""A value means the same as an argument, in a CSV file and in a workbook."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.sheets import writing

CASES: tuple[tuple[str, str, Any], ...] = (
    ("phone", "0752.792000, 791000", "0752792000/0752791000"),
    ("phone", "752 92000", "075292000"),
    ("phone", "81234567890 (Kantor) / 85612345678 WA", "081234567890/085612345678"),
    ("phone", "0812-3456-7890 dan 0856-1234-5678", "081234567890/085612345678"),
    ("phone", "0", None),
    ("nib", "0", None),
    ("nib", "BELUM PUNYA", None),
    ("nib", "belum punya NIB", None),
    ("nik", "9999999999999999", None),
    ("owner", "99999", None),
    ("owner", "xxx", None),
    ("owner", "Erna\tWati", "Erna Wati"),
    ("kbli", "10794 - KERUPUK, KERIPIK", "10794"),
    ("kbli", "10750 MASAKAN; 10794", "10750,10794"),
    ("investment", "999999999", None),
    ("investment", "1 250 000", 1_250_000),
    ("workers_male", "5 org", 5),
    ("workers_total", "20 orang", 20),
    ("capacity", "3000 ton/panen", 3000.0),
    ("established", "0", None),
    ("registered_on", "17/08/2020", "2020-08-17"),
    ("kelurahan", "Kel. Tiakar", "Tiakar"),
    ("kelurahan", "KELURAHAN TIAKAR", "Tiakar"),
    ("kelurahan", "Desa Balai Panjang", "Balai Panjang"),
    ("kecamatan", "KECAMATAN PAYAKUMBUH BARAT", "Payakumbuh Barat"),
    ("kecamatan", "Kec. Payakumbuh Barat", "Payakumbuh Barat"),
    ("sector", "Elektronika/Logam", "metal"),
    ("sector", "Makanan & Minuman", "food"),
    ("sector", "PANGAN.", "food"),
)
HEADINGS = {
    "phone": "No. HP", "nib": "NIB", "nik": "NIK", "owner": "Nama Pemilik", "kbli": "Kode KBLI",
    "investment": "Nilai Investasi (Rp)", "workers_male": "TK LK", "workers_total": "Tenaga Kerja (Orang)",
    "capacity": "Kapasitas Produksi", "established": "Tahun Berdiri", "registered_on": "Tanggal Daftar",
    "kelurahan": "Kelurahan", "kecamatan": "Kecamatan", "sector": "Cabang Industri",
}  # fmt: skip


def stored(ikmctl: Run, number: int, field: str) -> Any:
    return ikmctl("show-business", number, "--format", "json", "--reveal").data[field]


@pytest.mark.parametrize(("field", "text", "value"), CASES)
def test_an_argument(ikmctl: Run, field: str, text: str, value: Any) -> None:
    outcome = ikmctl("add-business", "Tenun", f"--{field.replace('_', '-')}={text}")
    assert outcome.status == 0, outcome.text
    assert stored(ikmctl, 1, field) == value


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file(ikmctl: Run, tmp_path: Path, ending: str) -> None:
    fields = list(HEADINGS)
    rows = [
        [f"Tenun {number}", *(text if name == field else "" for name in fields)]
        for number, (field, text, _value) in enumerate(CASES)
    ]
    grid: list[list[Any]] = [["Nama Usaha", *HEADINGS.values()], *rows]
    path = tmp_path / f"ikm.{ending}"
    path.write_bytes(writing.text(grid) if ending == "csv" else writing.xlsx({"IKM": grid}))
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0, outcome.text
    for number, (field, text, value) in enumerate(CASES, start=1):
        assert stored(ikmctl, number, field) == value, (field, text)


def test_numbers_of_a_workbook_that_stand_for_no_value(ikmctl: Run, tmp_path: Path) -> None:
    grid: list[list[Any]] = [
        ["Nama Usaha", "NIB", "No. HP", "Tahun Berdiri", "Tanggal Daftar", "Nilai Investasi (Rp)"],
        ["Tenun", 0, 0, 0, 0, 9999],
        ["Sulam", 9999999999999, 999999999, 9999, 9999, 99999999],
    ]
    path = tmp_path / "ikm.xlsx"
    path.write_bytes(writing.xlsx({"IKM": grid}))
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0, outcome.text
    for number in (1, 2):
        for field in ("nib", "phone", "established", "investment"):
            assert stored(ikmctl, number, field) is None, field


@pytest.mark.parametrize(
    ("options", "values"),
    [
        (["--latitude", "-0.2298, 100.6309"], (-0.2298, 100.6309)),
        (["--longitude", "-0.2298; 100.6309"], (-0.2298, 100.6309)),
        (["--latitude", "100.6309", "--longitude=-0.2298"], (-0.2298, 100.6309)),
        (["--latitude", "0.2298 LS", "--longitude", "100.6309 BT"], (-0.2298, 100.6309)),
        (["--latitude", "-0.22980000000000123"], (-0.2298, None)),
        (["--latitude", "0", "--longitude", "0"], (None, None)),
    ],
)
def test_coordinates_as_arguments(ikmctl: Run, options: list[str], values: tuple[float, float]) -> None:
    outcome = ikmctl("add-business", "Tenun", *options)
    assert outcome.status == 0, outcome.text
    assert tuple(stored(ikmctl, 1, name) for name in ("latitude", "longitude")) == values


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--latitude", "100.6309"], "fits only the other one"),
        (["--latitude", "9139152.8", "--longitude", "429328.3"], "too large for degrees"),
        (["--latitude=-76.004.363"], "not a coordinate in Indonesia"),
        (["--owner", "sda"], "stands for the value of the row above"),
        (["--workers-male", "±50"], "only approximate"),
        (["--nib", "282010040416.0"], "is it 0282010040416?"),
        (["--phone", "8.12345e+010"], "digits"),
        (["--investment", "2147483647"], "another program can store"),
    ],
)
def test_what_is_unreadable_as_an_argument(ikmctl: Run, options: list[str], said: str) -> None:
    outcome = ikmctl("add-business", "Tenun", *options)
    assert outcome.status == 3
    assert said in outcome.err


def test_a_kbli_title_and_a_capacity_with_its_unit_as_arguments(ikmctl: Run) -> None:
    title = "Kerupuk, keripik, peyek dan sejenisnya"
    outcome = ikmctl("add-business", "Sanjai", "--kbli", title, "--capacity", "20 kg")
    assert outcome.status == 0, outcome.text
    assert "the KBLI code was found by its title" in outcome.text
    assert [stored(ikmctl, 1, name) for name in ("kbli", "capacity", "capacity_unit")] == ["10794", 20.0, "kg"]
    assert "the nearest has the code 10794" in ikmctl("edit-business", "1", "--kbli", "Kerupuk, keripik, peyek").err
    assert ikmctl("edit-business", "1", "--kbli", "-").status == 0


def test_an_edit_takes_coordinates_away(ikmctl: Run) -> None:
    assert ikmctl("add-business", "Tenun", "--latitude", "-0.2298, 100.6309").status == 0
    assert ikmctl("edit-business", "1", "--latitude", "-").status == 0
    assert (stored(ikmctl, 1, "latitude"), stored(ikmctl, 1, "longitude")) == (None, 100.6309)


PLACES = (
    ("-0.2298, 100.6309", "", (-0.2298, 100.6309)),
    ("", "-0.2298;100.6309", (-0.2298, 100.6309)),
    ("100.6309", "-0.2298", (-0.2298, 100.6309)),
    ("-0.22980000000000123", "'100.63090000000001", (-0.2298, 100.6309)),
    ("0.2298 LS", "100.6309 BT", (-0.2298, 100.6309)),
    ("0", "0", (None, None)),
    ("0", "109.3333", (0.0, 109.3333)),
    ("-", "100.6309", (None, 100.6309)),
)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_coordinates_of_two_columns(ikmctl: Run, tmp_path: Path, ending: str) -> None:
    rows = [[f"Tenun {number}", north, east] for number, (north, east, _place) in enumerate(PLACES)]
    grid = [["Nama Usaha", "Latitude", "Longitude"], *rows]
    path = tmp_path / f"ikm.{ending}"
    path.write_bytes(writing.text(grid) if ending == "csv" else writing.xlsx({"IKM": grid}))
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0, outcome.text
    assert "latitude and longitude were swapped" in outcome.err
    for number, (north, east, place) in enumerate(PLACES, start=1):
        assert tuple(stored(ikmctl, number, name) for name in ("latitude", "longitude")) == place, (north, east)


def test_numbers_of_a_workbook_that_are_swapped(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.xlsx"
    path.write_bytes(writing.xlsx({"IKM": [["Nama Usaha", "lat", "lng"], ["Tenun", 100.6309, -0.2298]]}))
    assert ikmctl("import-businesses", path, "--yes").status == 0
    assert (stored(ikmctl, 1, "latitude"), stored(ikmctl, 1, "longitude")) == (-0.2298, 100.6309)


@pytest.mark.parametrize("heading", ["Latitude", "Longitude"])
def test_one_column_fills_both_fields(ikmctl: Run, tmp_path: Path, heading: str) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text(f'Nama Usaha,{heading},Pemilik\nTenun,"-0.2298, 100.6309",Des\nSanjai,,Rina,\n', encoding="utf-8")
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0, outcome.text
    assert [stored(ikmctl, 1, name) for name in ("latitude", "longitude", "owner")] == [-0.2298, 100.6309, "Des"]
    assert [stored(ikmctl, 2, name) for name in ("latitude", "longitude", "owner")] == [None, None, "Rina"]
    assert "Nothing to do" in ikmctl("import-businesses", path, "--yes").text


def test_one_column_of_coordinates_does_not_make_room_for_stray_cells(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text("Nama Usaha,Latitude\nTenun\nSanjai,-0.2,100.6\n", encoding="utf-8")
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 3
    assert "cells in this row: 1, in the header row: 2" in outcome.err
    assert "cells in this row: 3, in the header row: 2" in outcome.err


def test_a_column_of_kbli_titles_is_looked_up(ikmctl: Run, tmp_path: Path) -> None:
    titles = ("Kerupuk, keripik, peyek dan sejenisnya", "10750", "MAKANAN DAN MASAKAN OLAHAN (10750)")
    path = tmp_path / "ikm.csv"
    grid = [["Nama Usaha", "KBLI"], *([f"Tenun {number}", title] for number, title in enumerate(titles))]
    path.write_bytes(writing.text(grid))
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0, outcome.text
    assert "the KBLI code was found by its title" in outcome.err
    assert [stored(ikmctl, number, "kbli") for number in (1, 2, 3)] == ["10794", "10750", "10750"]


@pytest.mark.parametrize(
    ("title", "said"),
    [("Industri Minuman Ringan", "11040, 11053"), ("Kerupuk, keripik, peyek", "the nearest has the code 10794")],
)
def test_a_title_that_is_not_one_code_is_unreadable(ikmctl: Run, tmp_path: Path, title: str, said: str) -> None:
    path = tmp_path / "ikm.csv"
    path.write_bytes(writing.text([["Nama Usaha", "KBLI"], ["Tenun", title]]))
    outcome = ikmctl("import-businesses", path, "--yes", "--strict")
    assert outcome.status == 3
    assert said in outcome.err


def test_the_unit_behind_a_capacity_is_kept_as_its_unit(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    path.write_bytes(writing.text([["Nama Usaha", "Kapasitas Produksi"], ["Tenun", "20 set"], ["Sanjai", "5"]]))
    assert ikmctl("import-businesses", path, "--yes").status == 0
    assert [stored(ikmctl, 1, name) for name in ("capacity", "capacity_unit")] == [20.0, "set"]
    assert [stored(ikmctl, 2, name) for name in ("capacity", "capacity_unit")] == [5.0, None]
    assert "Nothing to do" in ikmctl("import-businesses", path, "--yes").text


def test_a_unit_of_its_own_column_holds(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    grid = [["Nama Usaha", "Kapasitas Produksi", "Satuan"], ["Tenun", "20 set", "buah"], ["Sanjai", "5 kg/bulan", ""]]
    path.write_bytes(writing.text(grid))
    assert ikmctl("import-businesses", path, "--yes").status == 0
    assert [stored(ikmctl, 1, name) for name in ("capacity", "capacity_unit")] == [20.0, "buah"]
    values = [stored(ikmctl, 2, name) for name in ("capacity", "capacity_unit", "capacity_period")]
    assert values == [5.0, "kg", "month"]
