"""Decisions that a file leaves open and that change figures: asked on a terminal, else the import stops."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ikmctl.sheets.table.cities import city_column, is_of_city
from ikmctl.sheets.table.columns import HeaderColumn
from tests.conftest import Run


def write(tmp_path: Path, name: str, *lines: str) -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


MONEY = ("Nama Usaha;Pemilik;Omzet", "Sanjai;Erna;28.000", "Bordir;Des;12.000", "Kopi;Zal;45.500")


def test_money_that_cannot_be_rupiah_stops_the_import_and_names_the_option(
    ikmctl: Run, db: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, "ikm.csv", *MONEY)
    before = db.read_bytes()
    refused = ikmctl("import-businesses", path, "--yes")
    assert refused.status == 3
    for said in ("Omzet", "Rp 28,000 (rupiah)", "Rp 28,000,000 (thousand)", "--money-unit rupiah|thousand|million"):
        assert said in refused.err
    assert db.read_bytes() == before
    assert ikmctl("import-businesses", path, "--dry-run").status == 3
    assert ikmctl("import-businesses", path, "--yes", "--money-unit", "thousand").status == 0
    rows = ikmctl("list-businesses", "--columns", "production_value", "--format", "json").data
    assert sorted(row["production_value"] for row in rows) == [12_000_000, 28_000_000, 45_500_000]
    again = ikmctl("import-businesses", path, "--yes")  # remembered for this heading
    assert again.status == 0 and "Nothing to do" in again.out


@pytest.mark.parametrize(
    ("heading", "amounts"),
    [
        ("Omzet (Rp.000)", ("28.000", "12.000")),
        ("Omzet", ("28.000.000", "150.000")),
        ("Omzet", ("28 juta", "12 juta")),
        ("Omzet", ("-", "0")),
        ("Omzet", ("5 juta", "Rp 300 ribu", "5,5 jt", "0")),
    ],
)
def test_money_whose_unit_is_clear_is_not_asked_about(
    ikmctl: Run, tmp_path: Path, heading: str, amounts: tuple[str, ...]
) -> None:
    rows = (f"Usaha {place};Pemilik {place};{amount}" for place, amount in enumerate(amounts))
    path = write(tmp_path, "ikm.csv", f"Nama Usaha;Pemilik;{heading}", *rows)
    assert ikmctl("import-businesses", path, "--yes").status == 0


WORKERS = ("Nama Usaha;Pemilik;TK LK", "Sanjai;Erna;2")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("ikm.csv", ("DATA IKM KOTA PAYAKUMBUH TAHUN 2021;;", *WORKERS)),
        ("ikm.csv", ("PER 31 DESEMBER;;", "TAHUN : 2021;;", *WORKERS)),
        ("Data IKM 2021.csv", WORKERS),
    ],
)
def test_a_year_in_a_title_or_file_name_is_asked_about(
    ikmctl: Run, tmp_path: Path, name: str, lines: tuple[str, ...]
) -> None:
    path = write(tmp_path, name, *lines)
    refused = ikmctl("import-businesses", path, "--yes")
    assert refused.status == 3 and "--data-year 2021" in refused.err
    assert ikmctl("import-businesses", path, "--yes", "--data-year", "2020").status == 0
    assert ikmctl("show-business", "1", "--format", "json").data["data_year"] == "2020"


@pytest.mark.parametrize(
    "lines",
    [
        WORKERS,
        ("DATA IKM TAHUN 2021;;", "Nama Usaha;Pemilik;Alamat", "Sanjai;Erna;Jl. Satu"),
        ("DATA IKM TAHUN 2021;;;", "Nama Usaha;Pemilik;TK LK;Tahun Data", "Sanjai;Erna;2;2020"),
        ("Jl. Soekarno Hatta 2021;;", *WORKERS),
    ],
)
def test_a_year_that_is_known_or_that_nothing_proposes_is_not_asked_about(
    ikmctl: Run, tmp_path: Path, lines: tuple[str, ...]
) -> None:
    assert ikmctl("import-businesses", write(tmp_path, "ikm.csv", *lines), "--yes").status == 0


@pytest.mark.parametrize(
    ("codes", "options", "edition"),
    [
        (("14302",), (), None),
        (("14302", "10110"), (), 2020),  # 10110 is in the edition 2020 alone
        (("14302", "10111"), (), 2025),  # 10111 is in the edition 2025 alone
        (("14302", "10110", "10111"), (), None),  # codes of both prove nothing
        (("10211",), (), 2025),  # other words for the same industry
        (("14302",), ("--kbli-edition", "2020"), 2020),
        (("14302",), ("--kbli-edition", "2025"), 2025),
        (("14302",), ("--data-year", "2021"), 2020),
        (("10794",), (), 2025),  # it means the same in both: the day of recording decides
    ],
)
def test_the_edition_of_kbli_codes_follows_from_the_list_or_is_asked_about(
    ikmctl: Run, db: Path, tmp_path: Path, codes: tuple[str, ...], options: tuple[str, ...], edition: int | None
) -> None:
    rows = (f"Usaha {code};Pemilik;{code}" for code in codes)
    path = write(tmp_path, "ikm.csv", "Nama Usaha;Pemilik;Kode KBLI", *rows)
    outcome = ikmctl("import-businesses", path, "--yes", "--recorded-on", "2026-01-01", *options)
    if edition is None:
        assert outcome.status == 3 and "14302" in outcome.err and "--kbli-edition" in outcome.err, outcome.text
        return
    assert outcome.status == 0, outcome.text
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT DISTINCT edition FROM business_kbli").fetchall() == [(edition,)]


def test_amounts_with_their_own_unit_do_not_hide_that_the_others_have_none(ikmctl: Run, tmp_path: Path) -> None:
    amounts = ("28.000", "12.000", "5 juta", "Rp 300 ribu", "7 juta")
    rows = (f"Usaha {place};Pemilik {place};{amount}" for place, amount in enumerate(amounts))
    refused = ikmctl("import-businesses", write(tmp_path, "ikm.csv", "Nama Usaha;Pemilik;Omzet", *rows), "--yes")
    assert refused.status == 3 and "Rp 28,000 (rupiah)" in refused.err


def editions(db: Path) -> dict[str, int]:
    with closing(sqlite3.connect(db)) as connection:
        return dict(connection.execute("SELECT code, edition FROM business_kbli"))


def test_the_edition_is_remembered_for_the_heading_but_evidence_and_dates_come_first(
    ikmctl: Run, db: Path, tmp_path: Path
) -> None:
    head = "Nama Usaha;Pemilik;Kode KBLI;Tanggal Daftar"
    first = write(tmp_path, "a.csv", head, "Kaus Kaki;Des;14302;")
    assert ikmctl("import-businesses", first, "--yes").status == 3
    assert ikmctl("import-businesses", first, "--yes", "--kbli-edition", "2025").status == 0
    rows = ("Bordir;Erna;14302;", "Tenun;Lina;13121;2021-03-01")
    second = ikmctl("import-businesses", write(tmp_path, "b.csv", head, *rows), "--yes")
    assert second.status == 0 and "codes of KBLI 2025, as in this office before" in second.err
    assert editions(db) == {"14302": 2025, "13121": 2020}
    proved = ikmctl("import-businesses", write(tmp_path, "c.csv", head, "X;Y;10110;", "Z;W;14302;"), "--yes")
    assert proved.status == 0 and "as in this office before" not in proved.err
    assert ikmctl("remove-alias", "kbli-edition", "Kode KBLI").status == 0


def test_what_happens_to_other_cities_is_remembered_for_the_heading(ikmctl: Run, tmp_path: Path) -> None:
    assert ikmctl("import-businesses", write(tmp_path, "a.csv", *CITIES), "--yes", "--other-cities", "keep").status == 0
    again = ikmctl("import-businesses", write(tmp_path, "b.csv", CITIES[0], "Emping;Eva;Padang;3"), "--yes")
    assert "as in this office before; to change it: --other-cities skip" in again.err and "1 new" in again.out
    more = write(tmp_path, "c.csv", CITIES[0], "Tahu;Yos;Padang;3")
    assert "all rows are of another city" in ikmctl("import-businesses", more, "--yes", "--other-cities", "skip").out


def test_a_code_of_a_row_whose_date_decides_the_edition_is_not_asked_about(
    ikmctl: Run, db: Path, tmp_path: Path
) -> None:
    head, dated = "Nama Usaha;Pemilik;Kode KBLI;Tanggal Daftar", "Tenun;Erna;13121;2021-03-01"
    same = "Sanjai;Lina;10794;"
    assert ikmctl("import-businesses", write(tmp_path, "ikm.csv", head, dated, same), "--yes").status == 0
    assert editions(db)["13121"] == 2020
    refused = ikmctl("import-businesses", write(tmp_path, "b.csv", head, dated, "Kaus Kaki;Des;14302;"), "--yes")
    assert refused.status == 3 and "14302" in refused.err and "KBLI 13121" not in refused.err


def test_a_code_that_one_edition_has_is_of_that_edition(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    head = "Nama Usaha;Pemilik;Kode KBLI;Tanggal Daftar"
    rows = ("A;Erna;10110;2026-01-05", "B;Lina;10111;2021-01-05", "C;Des;10794;2021-01-05")
    assert ikmctl("import-businesses", write(tmp_path, "ikm.csv", head, *rows), "--yes").status == 0
    assert editions(db) == {"10110": 2020, "10111": 2025, "10794": 2020}


CITIES = (
    "Nama Usaha;Pemilik;Kota;TK LK",
    "Sanjai;Erna;Payakumbuh;2",
    "Bordir;Des;KOTA PAYAKUMBUH;1",
    "Rakik;Ida;Kab. Lima Puluh Kota;1",
    "Kopi;Zal;Bukittinggi;1",
    "Tenun;Nur;-;1",
)


def test_rows_of_another_city_are_left_out_and_counted(ikmctl: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "ikm.csv", *CITIES)
    outcome = ikmctl("import-businesses", path, "--yes", "--explain")
    assert outcome.status == 0
    assert "of another city; --other-cities keep includes them 2" in outcome.err
    assert "Lima Puluh Kota" in outcome.err  # --explain lists them
    names = [row["name"] for row in ikmctl("list-businesses", "--format", "json").data]
    assert names == ["Bordir", "Sanjai", "Tenun"]
    assert ikmctl("import-businesses", path, "--yes", "--other-cities", "keep").status == 0
    assert len(ikmctl("list-businesses", "--format", "json").data) == 5


def test_a_file_of_another_city_says_so(ikmctl: Run, tmp_path: Path) -> None:
    outcome = ikmctl("import-businesses", write(tmp_path, "ikm.csv", CITIES[0], CITIES[4]), "--yes")
    assert outcome.status == 0 and "all rows are of another city" in outcome.out


@pytest.mark.parametrize(
    ("text", "city", "expected"),
    [
        ("Payakumbuh", "Kota Payakumbuh", True), ("KOTA PAYAKUMBUH", "Kota Payakumbuh", True),
        ("Pyk", "Kota Payakumbuh", True), ("Payahkumbuh", "Kota Payakumbuh", True), ("", "Kota Payakumbuh", True),
        ("-", "Kota Payakumbuh", True), ("13.76", "Kota Payakumbuh", True), ("Padang", "Kota Payakumbuh", False),
        ("Bandung", "Kota Bandung", True), ("Kab. Bandung", "Kota Bandung", False),
        ("Kabupaten Bandung", "Kabupaten Bandung", True), ("Bandung Barat", "Kota Bandung", False),
        ("Bukittinggi", "Kota Payakumbuh", False),
    ],
)  # fmt: skip
def test_whether_a_text_names_the_city(text: str, city: str, expected: bool) -> None:
    assert is_of_city(text, city) is expected


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Kota", True), ("Kab/Kota", True), ("KABUPATEN/ KOTA", True), ("Kota Usaha", True), ("nama_kota", True),
        ("Kota Pemilik", False), ("Kota Lahir", False), ("Kontak", False), ("Alamat", False),
    ],
)  # fmt: skip
def test_which_heading_names_the_city_of_the_business(heading: str, found: bool) -> None:
    assert city_column([HeaderColumn(0, heading, None)]) == (0 if found else None)


def workers(tmp_path: Path, headings: str, *rows: str) -> Path:
    return write(tmp_path, "ikm.csv", f"Nama Usaha;Pemilik;{headings}", *(f"Usaha {at};Pemilik {at};{row}" for at, row in
                                                                         enumerate(rows)))  # fmt: skip


HARDLY_ANY_MEN = ("1;2", *(f";{count}" for count in range(1, 15)))


@pytest.mark.parametrize(("meaning", "expected"), [("workers_female", (1, 107, 3)), ("workers_total", (1, None, 107))])
def test_a_column_of_women_that_may_hold_all_workers_is_asked_about(
    ikmctl: Run, tmp_path: Path, meaning: str, expected: tuple[int | None, ...]
) -> None:
    path = workers(tmp_path, "TK LK;TK PR", *HARDLY_ANY_MEN)
    refused = ikmctl("import-businesses", path, "--yes")
    assert refused.status == 3 and '--map "TK PR=workers_female|workers_total"' in refused.err, refused.text
    assert "TK PR has a number in 15 rows, TK LK in 1" in refused.err
    assert ikmctl("import-businesses", path, "--yes", "--map", f"TK PR={meaning}").status == 0
    columns = "workers_male,workers_female,workers_total"
    rows = ikmctl("list-businesses", "--columns", columns, "--format", "json").data
    sums = tuple(
        sum(values) if (values := [row[name] for row in rows if row[name]]) else None for name in columns.split(",")
    )
    assert sums == expected
    again = ikmctl("import-businesses", path, "--yes")  # remembered for this heading
    assert again.status == 0 and "Nothing to do" in again.out


def test_a_column_of_men_that_may_hold_all_workers_is_asked_about(ikmctl: Run, tmp_path: Path) -> None:
    path = workers(tmp_path, "TK PR;TK LK", *HARDLY_ANY_MEN)
    assert '--map "TK LK=workers_male|workers_total"' in ikmctl("import-businesses", path, "--yes").err


@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        ("TK LK;TK PR", ["1;2"] * 15),
        ("TK LK;TK PR", [";2"] * 8),
        ("TK LK;TK PR;Jumlah Tenaga Kerja", [f"{1 if at == 0 else ''};2;{3 if at == 0 else 2}" for at in range(20)]),
    ],
)
def test_men_and_women_that_are_clear_are_not_asked_about(
    ikmctl: Run, tmp_path: Path, headings: str, rows: list[str]
) -> None:
    assert ikmctl("import-businesses", workers(tmp_path, headings, *rows), "--yes").status == 0


def test_a_column_of_women_that_repeats_the_total_is_other_data(ikmctl: Run, tmp_path: Path) -> None:
    path = workers(tmp_path, "TK LK;TK PR;Tenaga Kerja", *(f"{at};{at + 2};{at + 2}" for at in range(1, 9)))
    outcome = ikmctl("import-businesses", path, "--yes")
    assert (
        outcome.status == 0 and "“TK PR” is kept as other data: it repeats the total in “Tenaga Kerja”" in outcome.err
    )
    shown = ikmctl("show-business", "1", "--format", "json").data
    assert (shown["workers_male"], shown["workers_female"], shown["workers_total"]) == (1, None, 3)
