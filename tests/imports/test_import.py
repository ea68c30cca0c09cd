"""Importing spreadsheets: the plan, all or nothing, undo, and the same file again."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run

HEADING = (
    "NIB;Nama Usaha;Nama Pemilik;Kelurahan;Cabang Industri;TK LK;TK PR;Nilai Investasi (Rp.000);Tanggal Daftar;Warna"
)
ROWS = (
    "1234567890123;Rendang Uni Erna;Erna;Tiakar;Pangan;2;3;28.000;11/10/2021;merah",
    ";Tenun Saiyo;Des;balai panjang;Sandang;0;4;1.200.000;5 Maret 2019;",
    ";Sanjai Lina;Lina;Talang;Pangan;;;-;2020;",
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A clean spreadsheet of three businesses."""
    path = tmp_path / "ikm.csv"
    path.write_text("\r\n".join((HEADING, *ROWS)) + "\r\n", encoding="utf-8")
    return path


def listed(run: Run, *columns: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = run(
        "list-businesses", "--format", "json", "--status", "all", "--columns", ",".join(columns)
    ).data
    return found


def test_a_dry_run_shows_the_plan_and_writes_nothing(ikmctl: Run, sheet: Path, db: Path) -> None:
    before = db.read_bytes()
    outcome = ikmctl("import-businesses", sheet, "--dry-run")
    assert outcome.status == 0
    for said in ("semicolon", "in thousands of rupiah", "Rp 1,200,000,000", "Warna", "2021-10", "dry run"):
        assert said in outcome.text, said
    plan = ikmctl("import-businesses", sheet, "--dry-run", "--format", "json").data
    assert {row["verdict"]: row["rows"] for row in plan["blocks"]["counts"]["rows"]}["new"] == 3
    assert db.read_bytes() == before


def test_every_value_arrives(ikmctl: Run, sheet: Path) -> None:
    assert ikmctl("import-businesses", sheet, "--yes").status == 0
    columns = ("number", "name", "kecamatan", "sector", "workers_total", "investment", "registered_on", "data_year")
    assert [tuple(row.values()) for row in listed(ikmctl, *columns)] == [
        (1, "Rendang Uni Erna", "Payakumbuh Timur", "food", 5, 28_000_000, "2021-10-11", "2021"),
        (3, "Sanjai Lina", "Payakumbuh Barat", "food", None, None, "2020-01-01", None),
        (2, "Tenun Saiyo", "Payakumbuh Selatan", "clothing", 4, 1_200_000_000, "2019-03-05", "2019"),
    ]
    shown = ikmctl("show-business", "1", "--reveal", "--format", "json").data
    assert shown["extra"] == {"Warna": "merah"}
    assert [row["name"] for row in ikmctl("list-businesses", "--search", "rendang", "--format", "json").data] == [
        "Rendang Uni Erna"
    ]


def test_the_same_file_again_changes_nothing(ikmctl: Run, sheet: Path, tmp_path: Path, db: Path) -> None:
    ikmctl("import-businesses", sheet, "--yes")
    before = db.read_bytes()
    copy = tmp_path / "renamed.csv"
    copy.write_bytes(sheet.read_bytes())
    for path in (sheet, copy):
        outcome = ikmctl("import-businesses", path, "--yes")
        assert outcome.status == 0
        assert "already imported, as change no. 2" in outcome.text
        assert "Nothing to do" in outcome.out
    assert db.read_bytes() == before


def test_undo_takes_a_whole_import_back_and_undoing_that_brings_it_again(ikmctl: Run, sheet: Path) -> None:
    ikmctl("import-businesses", sheet, "--yes")
    full = ikmctl(
        "list-businesses", "--status", "all", "--format", "json", "--columns", "number,name,investment,kbli"
    ).out
    assert ikmctl("undo", "--yes").status == 0
    assert listed(ikmctl, "name") == []
    assert ikmctl("list-businesses", "--search", "rendang", "--format", "json").data == []
    assert ikmctl("undo", "--yes", "3").status == 0
    again = ikmctl(
        "list-businesses", "--status", "all", "--format", "json", "--columns", "number,name,investment,kbli"
    ).out
    assert again == full
    assert len(ikmctl("list-businesses", "--search", "rendang", "--format", "json").data) == 1
    assert ikmctl("import-businesses", sheet, "--yes").status == 0  # still recognised by what it says
    assert len(listed(ikmctl, "name")) == 3


def test_one_bad_row_and_nothing_is_imported(ikmctl: Run, sheet: Path, db: Path) -> None:
    with sheet.open("a", encoding="utf-8") as stream:
        stream.write("12345;Galamai Rina;Rina;Ibuah;Pangan;-1;2;31;31/02/2021;\r\n;;;Tiakar;Pangan;;;;;\r\n")
    before = db.read_bytes()
    outcome = ikmctl("import-businesses", sheet, "--yes", "--strict")
    assert outcome.status == 3
    assert "2 of 5 rows" in outcome.err
    for said in ("13 digits, this has 5", "below zero", "does not exist", "is required"):
        assert said in outcome.err  # all problems in one run
    assert db.read_bytes() == before
    assert not list(sheet.parent.glob("*.rejected.csv"))

    assert ikmctl("import-businesses", sheet, "--yes", "--strict", "--skip-rejected").status == 0
    assert len(listed(ikmctl, "name")) == 3
    with (sheet.parent / "ikm.rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        heading, *rows = csv.reader(stream, delimiter=";")
    assert heading == [*HEADING.split(";"), "problem"]
    assert [row[1] for row in rows] == ["Galamai Rina", ""]
    assert "13 digits" in rows[0][-1]


def test_rows_are_numbered_as_the_spreadsheet_shows_them(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "sep.csv"
    path.write_text('sep=;\nNama Usaha;TK LK\n"Tenun\nSaiyo";-1\nSanjai;-2\n', encoding="utf-8")
    problems = ikmctl("import-businesses", path, "--strict", "--dry-run", "--format", "json").data["blocks"][
        "problems"
    ]["rows"]
    assert [(row["row"], row["column"]) for row in problems] == [(2, "TK LK"), (3, "TK LK")]


def test_a_heading_alone_is_said(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "heading.csv"
    path.write_text("Nama Usaha,Pemilik\n", encoding="utf-8")
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0 and "no rows below the header row" in outcome.out


def test_rejected_rows_mended_and_imported_leave_the_rest_untouched(ikmctl: Run, sheet: Path) -> None:
    with sheet.open("a", encoding="utf-8") as stream:
        stream.write("12345;Galamai Rina;Rina;Ibuah;Pangan;1;2;31;1/2/2021;\r\n")
    ikmctl("import-businesses", sheet, "--yes", "--skip-rejected", "--strict")
    rejected = sheet.parent / "ikm.rejected.csv"
    rejected.write_text(rejected.read_text(encoding="utf-8-sig").replace("12345;", "9999999999123;"), encoding="utf-8")
    assert ikmctl("import-businesses", rejected, "--yes").status == 0
    assert len(listed(ikmctl, "name")) == 4


def test_rows_that_differ_need_a_decision(ikmctl: Run, sheet: Path, tmp_path: Path) -> None:
    ikmctl("import-businesses", sheet, "--yes")
    changed = tmp_path / "new.csv"
    changed.write_text(sheet.read_text(encoding="utf-8").replace(";2;3;28.000", ";2;7;30.000"), encoding="utf-8")
    undecided = ikmctl("import-businesses", changed, "--yes")
    assert undecided.status == 3 and "--on-duplicate" in undecided.err
    assert "Investment" in undecided.err and "Workers, women" in undecided.err  # which fields would change
    assert ikmctl("import-businesses", changed, "--yes", "--on-duplicate", "skip").status == 0
    assert ikmctl("show-business", "1", "--format", "json").data["workers_total"] == 5
    assert ikmctl("import-businesses", changed, "--yes", "--on-duplicate", "update").status == 0
    shown = ikmctl("show-business", "1", "--format", "json").data
    assert (shown["workers_total"], shown["investment"], shown["owner"]) == (9, 30_000_000, "Erna")


def test_what_a_file_leaves_empty_erases_nothing(ikmctl: Run, sheet: Path, tmp_path: Path) -> None:
    ikmctl("import-businesses", sheet, "--yes")
    poorer = tmp_path / "poor.csv"
    poorer.write_text("NIB,Nama Usaha,Nama Pemilik\n1234567890123,Rendang Uni Erna,\n", encoding="utf-8")
    outcome = ikmctl("import-businesses", poorer, "--yes")
    assert outcome.status == 0 and "Nothing to do" in outcome.out
    assert ikmctl("show-business", "1", "--format", "json").data["owner"] == "Erna"


def test_groups_of_the_same_file_and_sentra(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "group.csv"
    path.write_text(
        "Nama Usaha,Bentuk Usaha,Kelompok,Sentra\n"
        "Rajut Des,Perorangan,Kelompok Fayari,Sentra Rajut\n"
        "Kelompok Fayari,KUB,,\n",
        encoding="utf-8",
    )
    refused = ikmctl("import-businesses", path, "--yes", "--strict")
    assert refused.status == 3 and "not a registered sentra" in refused.err
    assert ikmctl("import-businesses", path, "--yes", "--create-sentra").status == 0
    shown = ikmctl("show-business", "Kelompok Fayari", "--format", "json").data
    assert [member["name"] for member in shown["members"]] == ["Rajut Des"]
    assert ikmctl("show-sentra", "Sentra Rajut", "--format", "json").data["members"] == 1
    unknown = tmp_path / "unknown.csv"
    unknown.write_text("Nama Usaha,Kelompok\nRajut Lina,Kelompok Fayarii\n", encoding="utf-8")
    outcome = ikmctl("import-businesses", unknown, "--yes", "--strict")
    assert outcome.status == 3 and "did you mean Kelompok Fayari?" in outcome.err


def test_a_column_settles_how_its_numbers_are_written(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "english.csv"
    path.write_text('Nama Usaha,Omzet\nA,"1,500"\nB,"2,500,000"\nC,"1.500"\n', encoding="utf-8")
    refused = ikmctl("import-businesses", path, "--yes", "--strict")
    assert refused.status == 3 and "not a whole number of rupiah" in refused.err  # 1.500 is one and a half here
    path.write_text('Nama Usaha,Omzet\nA,"1,500"\nB,"2,500,000"\n', encoding="utf-8")
    assert ikmctl("import-businesses", path, "--yes").status == 0
    assert [row["production_value"] for row in listed(ikmctl, "production_value")] == [1_500, 2_500_000]
    path.write_text('Nama Usaha,Omzet\nD,"1,500"\n', encoding="utf-8")
    unsettled = ikmctl("import-businesses", path, "--yes", "--strict")
    assert unsettled.status == 3 and "may mean 1,500 or 1.5" in unsettled.err


def test_nobody_to_ask_and_no_yes_is_a_usage_error(ikmctl: Run, sheet: Path) -> None:
    outcome = ikmctl("import-businesses", sheet)
    assert outcome.status == 2 and "--yes" in outcome.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b"Warna,Bentuk\nmerah,bulat\n", "no header row"),
        (b"Nama Usaha,Nama  usaha\nA,B\n", "two columns are called"),
        (b'Nama Usaha,Pemilik\n"Rendang,Erna\nTenun,Des\n', "opened on line 2 is never closed"),
        (b"Nama Usaha\nCaf\xc3\xa9\nCaf\xe9\n", "mixes encodings: see line 3"),
        (b"PK\x03\x04xxxx", "Excel"),
        (b"Nama Usaha,Pemilik\nA\n", "cells in this row: 1, in the header row: 2"),
        (b"Nama Usaha,Pemilik\nA,B,C\n", "cells in this row: 3, in the header row: 2"),
    ],
)
def test_files_that_are_refused(ikmctl: Run, db: Path, tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    before = db.read_bytes()
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 3
    assert said in outcome.err
    assert db.read_bytes() == before


def test_a_filled_template_comes_back_without_a_question(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    assert ikmctl("template", "businesses", "--output", path).status == 0
    path.write_text(path.read_text(encoding="utf-8").replace("Rendang Uni Erna", "Rendang Uni Ina"), encoding="utf-8")
    plan = ikmctl("import-businesses", path, "--dry-run", "--format", "json").data
    assert "notes" not in plan["blocks"] and "problems" not in plan["blocks"]
    assert ikmctl("import-businesses", path, "--yes").status == 0
    shown = ikmctl("show-business", "1", "--reveal", "--format", "json").data
    assert (shown["name"], shown["npwp"], shown["production_value"]) == (
        "Rendang Uni Ina",
        "012345678202000",
        150_000_000,
    )


def test_a_list_written_as_csv_and_imported_changes_nothing(ikmctl: Run, sheet: Path, tmp_path: Path) -> None:
    ikmctl("import-businesses", sheet, "--yes")
    path = tmp_path / "back.csv"
    columns = "number,name,owner,kelurahan,kecamatan,sector,nib,workers_male,workers_female,investment,data_year"
    ikmctl("list-businesses", "--status", "all", "--columns", columns, "--output", path)
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0 and "Nothing to do" in outcome.out, outcome.text


def test_regions_and_kbli_of_another_city(bare: Run, tmp_path: Path) -> None:
    bare("init", "--city", "99.71", "--office", "Disdagin")
    regions = tmp_path / "regions.csv"
    regions.write_text("code,name\n99.71,Kota Contoh\n99.71.01,Utara\n99.71.01.1001,Mawar\n", encoding="utf-8")
    assert bare("import-regions", regions).status == 0
    bare("add-business", "Batik A", "--kelurahan", "mawar")
    assert bare("show-business", "1", "--format", "json").data["kecamatan"] == "Utara"
    codes = tmp_path / "kbli.csv"
    codes.write_text("10710,Industri Roti,roti|donat\n", encoding="utf-8")
    assert bare("import-kbli", codes, "--edition", "2025").status == 0
    assert bare("list-kbli", "donat", "--format", "json").data[0]["edition"] == 2025
    regions.write_text("kota,nama\nx,y\n", encoding="utf-8")
    assert bare("import-regions", regions).status == 3


def test_workers_without_a_year_go_where_the_plan_says(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    def years() -> list[tuple[int, str, int]]:
        with closing(sqlite3.connect(db)) as connection:
            return connection.execute("SELECT business_id, period, workers_male FROM observation").fetchall()

    told = ("--owner", "Erna", "--kelurahan", "Talang", "--registered-on", "2015-03-01", "--workers-male", "2")
    ikmctl("add-business", "Sanjai Erna", *told)
    path = tmp_path / "ikm.csv"
    path.write_text("Nama Usaha;Nama Pemilik;Kelurahan;TK LK\nSanjai Erna;Erna;Talang;5\n", encoding="utf-8")
    taken = ("import-businesses", str(path), "--registered-on", "2021-05-01", "--yes", "--on-duplicate")
    added = ikmctl(*taken, "new")
    assert "(2021: 1; --data-year)" in added.err + added.out
    assert years() == [(1, "2015", 2), (2, "2021", 5)]
    ikmctl("undo", "--yes")
    updated = ikmctl(*taken, "update")
    assert "(2015: 1; --data-year)" in updated.err + updated.out
    assert years() == [(1, "2015", 5)]


def test_a_limit_that_is_no_number_is_refused_by_its_own_name(ikmctl: Run, sheet: Path) -> None:
    refused = ikmctl("import-businesses", sheet, "--limit-problems", "x")
    assert refused.status == 2 and refused.err.startswith("--limit-problems takes a whole number, not “x”.")


@pytest.mark.parametrize("before", ["Tenaga Kerja", "TK", "Jumlah Tenaga Kerja"])
def test_workers_are_known_by_the_words_for_men_and_women_in_full(ikmctl: Run, tmp_path: Path, before: str) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text(f"Nama Usaha,{before} Laki-laki,{before} Perempuan\nTenun Saiyo,3,4\n", encoding="utf-8")
    assert ikmctl("import-businesses", path, "--yes").status == 0
    assert listed(ikmctl, "workers_male", "workers_female") == [{"workers_male": 3, "workers_female": 4}]


def test_a_name_alone_is_held_against_the_year_of_its_business(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    def years() -> list[tuple[int, str, int]]:
        with closing(sqlite3.connect(db)) as connection:
            return connection.execute("SELECT business_id, period, workers_male FROM observation").fetchall()

    path = tmp_path / "ikm.csv"
    path.write_text("Nama Usaha;TK LK\nSanjai Erna;5\n", encoding="utf-8")
    ikmctl("import-businesses", path, "--registered-on", "2015-03-01", "--yes")
    later = ("import-businesses", path, "--registered-on", "2021-05-01", "--yes")
    assert "Nothing to do" in ikmctl(*later).out
    path.write_text("Nama Usaha;TK LK\nSanjai Erna;7\n", encoding="utf-8")
    assert ikmctl(*later, "--on-duplicate", "update").status == 0
    assert years() == [(1, "2015", 7)]


def test_the_same_person_under_another_name_is_pointed_out(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl("add-business", "Rendang Uni Des", "--owner", "Desmawati", "--nik", "1376014411780001")
    path = tmp_path / "oss.csv"
    path.write_text("Nama Usaha;NIK;Kelurahan\nDESMAWATI;1376014411780001;Tiakar\n", encoding="utf-8")
    refused = ikmctl("import-businesses", path, "--yes")
    assert (
        refused.status == 3 and "Rendang Uni Des (no. 1) belongs to the same person: the NIK is the same" in refused.err
    )


@pytest.mark.parametrize("label", ["JUMLAH: 2", "Jumlah 2 IKM", "TOTAL = 2 unit", "Jumlah 2"])
def test_a_total_that_says_how_many_is_no_business(ikmctl: Run, tmp_path: Path, label: str) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text(f"No;Nama Usaha;TK LK\n1;Sanjai Erna;2\n2;Total 88;3\n;{label};5\n", encoding="utf-8")
    assert ikmctl("import-businesses", path, "--yes").status == 0
    assert [each["name"] for each in listed(ikmctl, "name")] == ["Sanjai Erna", "Total 88"]


def test_a_business_without_a_name_is_named_after_its_owner(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text(
        "No,Nama Usaha,Nama Pemilik,Kelurahan\n1,Sanjai Lina,Lina,Talang\n2,-,Erna Wati,Talang\n3,,Budi,Tiakar\n",
        encoding="utf-8",
    )
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0 and "is empty: the value of Owner was used" in outcome.err, outcome.text
    found = {row["name"]: row["owner"] for row in ikmctl("list-businesses", "--format", "json").data}
    assert found == {"Sanjai Lina": "Lina", "Erna Wati": "Erna Wati", "Budi": "Budi"}


def test_a_row_that_names_neither_business_nor_owner_is_rejected(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text("No,Nama Usaha,Nama Pemilik,Kelurahan\n1,Sanjai,Lina,Talang\n2,-,-,Talang\n", encoding="utf-8")
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 3 and "is required" in outcome.err


@pytest.mark.parametrize("extra", ["", "x"])
def test_a_rejected_row_with_more_cells_than_headings_comes_back_under_its_headings(
    ikmctl: Run, tmp_path: Path, extra: str
) -> None:
    path, rejected = tmp_path / "a.csv", tmp_path / "a.rejected.csv"
    path.write_text(f"Nama Usaha,Pemilik,TK LK,,,\nToko Satu,Ani,2,,,\nToko Dua,Budi,dua,,,{extra}\n", encoding="utf-8")
    ikmctl("import-businesses", path, "--yes", "--skip-rejected", "--strict")
    heading, row = rejected.read_text(encoding="utf-8-sig").splitlines()
    assert heading.split(",").index("problem") == 6 if extra else 3
    assert heading.count(",") == row[: row.index('"')].count(",")
    rejected.write_text(rejected.read_text(encoding="utf-8-sig").replace("dua,", "3,"), encoding="utf-8")
    assert ikmctl("import-businesses", rejected, "--yes").status == 0
    found = {row["name"]: row["workers_total"] for row in ikmctl("list-businesses", "--format", "json").data}
    assert list(found) == ["Toko Dua", "Toko Satu"]


def test_an_import_says_that_it_touches_a_closed_month(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl("add-business", "Sanjai", "--registered-on", "2021-10-01")
    assert ikmctl("close-month", "2021-10").status == 0
    path = tmp_path / "a.csv"
    path.write_text("Nama Usaha;Pemilik;Tanggal Daftar\nBordir;Des;5/10/2021\n", encoding="utf-8")
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0 and "This touches a closed month: October 2021" in outcome.text
