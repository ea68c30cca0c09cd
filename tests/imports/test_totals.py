"""Rows of sums, with and without a label, and rows that go on with the business above."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

HEAD = "No;Nama Usaha;Pemilik;Kelurahan;TK LK;Nilai Produksi;Nama Produk"
FIRST, SECOND, THIRD = "1;Sanjai Erna;Erna;Talang;2;5000000;sanjai", "2;Tenun Koto;Lina;Talang;3;7000000;tenun", (
    "3;Bata Piliang;Des;Talang;4;9000000;bata"
)  # fmt: skip


@pytest.fixture
def planned(ikmctl: Run, tmp_path: Path) -> Any:
    """The plan of a file with these rows, and the text of the plan that people read."""

    def plan(*rows: str, heading: str = HEAD) -> tuple[dict[str, Any], str]:
        path = tmp_path / "ikm.csv"
        path.write_text("\n".join((heading, *rows)) + "\n", encoding="utf-8")
        told = ikmctl("import-businesses", path, "--dry-run").text
        return ikmctl("import-businesses", path, "--dry-run", "--format", "json").data, told

    return plan


def counts(plan: dict[str, Any]) -> dict[str, int]:
    return {each["verdict"]: each["rows"] for each in plan["blocks"]["counts"]["rows"] if each["rows"]}


@pytest.mark.parametrize("sums", [";;;;5;12000000;", ";;;;5;;", ";;;;;12000000;", "; ;;;5;Rp 12.000.000;"])
def test_a_row_of_sums_without_a_label_is_a_total(planned: Any, sums: str) -> None:
    plan, told = planned(FIRST, SECOND, sums, THIRD, "JUMLAH;;;;9;21000000;")
    assert counts(plan) == {"new": 3} and plan["files"][0]["left_out"] == {"total": 2}
    assert not plan["files"][0]["warnings"]
    assert "Totals that agree with the rows above them: row 4, 6." in told


def test_a_row_of_other_figures_is_rejected_and_stays_out_of_the_total(planned: Any) -> None:
    plan, told = planned(FIRST, SECOND, ";;;;6;;", THIRD, "JUMLAH;;;;9;21000000;")
    assert counts(plan) == {"new": 3, "rejected": 1}
    assert "Totals that agree with the rows above them: row 6." in told


def test_a_record_without_a_name_belongs_to_the_total_even_if_it_is_rejected(planned: Any) -> None:
    plan, told = planned(FIRST, "2;;;Talang;3;7000000;tenun", "JUMLAH;;;;5;12000000;")
    assert counts(plan) == {"new": 1, "rejected": 1}
    assert "Totals that agree with the rows above them: row 4." in told


def test_a_total_says_that_rows_are_missing_whose_cells_cannot_be_told_apart(planned: Any) -> None:
    plan, _told = planned(FIRST, SECOND + ";x;y", "JUMLAH;;;;5;12000000;")
    assert plan["files"][0]["warnings"][-1] == "The figures of 1 rejected row are not in these sums."


def test_a_total_that_includes_other_cities_is_not_compared(planned: Any) -> None:
    rows = ("1;Sanjai Erna;Kota Payakumbuh;2", "2;Tenun Koto;Kota Padang;3", "JUMLAH;;;5")
    plan, _told = planned(*rows, heading="No;Nama Usaha;Kab/Kota;TK LK")
    assert counts(plan) == {"new": 1} and not plan["files"][0]["warnings"]


def test_figures_without_a_label_below_the_total_are_below_the_table(planned: Any) -> None:
    plan, _told = planned(FIRST, SECOND, "JUMLAH;;;;5;12000000;", ";;;;2;1440;")
    assert counts(plan) == {"new": 2} and plan["files"][0]["left_out"] == {"total": 1, "below": 1}


def test_a_second_product_with_the_value_of_the_first_is_no_total(planned: Any) -> None:
    plan, _told = planned(FIRST, ";;;;;5000000;", SECOND)
    assert counts(plan) == {"new": 2, "joined": 1}


def test_a_row_that_repeats_the_place_of_the_business_above_adds_to_it(
    ikmctl: Run, planned: Any, tmp_path: Path
) -> None:
    plan, _told = planned(FIRST, ";;;TALANG;;2000000;tempe", SECOND)
    assert counts(plan) == {"new": 2, "joined": 1}
    assert ikmctl("import-businesses", tmp_path / "ikm.csv", "--yes").status == 0
    found = ikmctl("show-business", "Sanjai Erna", "--format", "json").data
    assert found["production_value"] == 7_000_000 and found["products"] == "sanjai, tempe"


def test_a_row_without_a_name_in_another_place_is_no_addition(planned: Any) -> None:
    plan, _told = planned(FIRST, ";;;Tiakar;;2000000;tempe", SECOND)
    assert counts(plan) == {"new": 2, "rejected": 1}


def test_column_numbers_may_leave_one_out(planned: Any) -> None:
    heading = "No;Nama Usaha;Pemilik;Kelurahan;Alamat;Telepon;TK LK;TK PR;Nilai Investasi;Nama Produk;Catatan"
    plan, _told = planned("1;2;3;4;5;6;7;8;9;10;12", "1;Sanjai Erna;Erna;Talang;;;1;2;3000000;;", heading=heading)
    assert counts(plan) == {"new": 1} and plan["files"][0]["left_out"] == {"numbers": 1}


def test_zeros_beside_a_section_title_make_it_no_record(planned: Any) -> None:
    plan, _told = planned(FIRST, "DATA IKM DI SENTRA TALANG;;;;0;0.00;", SECOND)
    assert counts(plan) == {"new": 2} and plan["files"][0]["left_out"] == {"section": 1}


def test_two_columns_of_owners_without_one_of_names(planned: Any) -> None:
    rows = ('Rendang;Erna;"Jalan 1"', "Sanjai;Lina;")
    plan, _told = planned(*rows, heading="Nama PemiliNama Usaha;Nama Pemilik;Alamat")
    assert counts(plan) == {"new": 2}


def test_quiet_hides_no_warning(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text(f"{HEAD}\n{FIRST}\n2;;;Talang;dua;7000000;tenun\nJUMLAH;;;;5;12;\n", encoding="utf-8")
    refused = ikmctl("import-businesses", path, "--yes", "--quiet")
    assert refused.status == 3 and "1 of 2 rows was rejected" in refused.err
    done = ikmctl("import-businesses", path, "--yes", "--quiet", "--skip-rejected")
    assert done.status == 0 and done.out == ""
    assert "1 row was rejected; to correct it: " in done.err
    assert "the total of TK LK says 5" in done.err
    path.write_text(f"{HEAD}\n3;Bata;Des;Talang;dua;8000000;bata\n", encoding="utf-8")
    assert "1 cell in 1 row" in ikmctl("import-businesses", path, "--yes", "--quiet").err


def test_quiet_does_not_hide_that_a_closed_month_is_touched(ikmctl: Run) -> None:
    ikmctl("add-business", "Sanjai", "--registered-on", "2024-01-05")
    ikmctl("close-month", "2024-01", "--yes")
    edited = ikmctl("edit-business", "Sanjai", "--registered-on", "2024-02-05", "--quiet")
    assert edited.out == "" and "closed month" in edited.err


def test_a_total_merged_over_men_and_women_is_that_of_both(planned: Any) -> None:
    rows = ("Sanjai Erna;Erna;2;3", "Tenun Koto;Lina;4;6")
    plan, told = planned(*rows, "JUMLAH;;15;", heading="Nama Usaha;Pemilik;TK LK;TK PR")
    assert counts(plan) == {"new": 2} and not plan["files"][0]["warnings"]
    assert "Totals that agree with the rows above them: row 4." in told
    _plan, told = planned(*rows, "JUMLAH;;14;", heading="Nama Usaha;Pemilik;TK LK;TK PR")
    assert "the total of TK LK says 14, the rows make 6" in told
