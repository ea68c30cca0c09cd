"""Pending values: what an import cannot read is set aside, and mended later."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl.domain.entities import BUSINESS
from ikmctl.sheets.formats.cells import Row
from ikmctl.sheets.table.columns import known_headings, map_headings
from ikmctl.sheets.validation.checker import Checker
from tests.conftest import Run

HEADING = "Nama Usaha;Nama Pemilik;Kelurahan;NIK;TK LK;TK PR;Cabang Industri;Tanggal Daftar"
ROWS = (
    "Sanjai Erna;Erna Wati;Tiakar;1376994505800001;tiga;2;Pangan;31/02/2021",
    "Bordir Des;Desmawati;Talang;12345;4;tiga;Makanan ringan;1/2/2021",
    "Kopi Zal;Zainal;Talang;;1;0;Makanan ringan;1/3/2021",
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "ikm.csv"
    path.write_text("\n".join((HEADING, *ROWS)) + "\n", encoding="utf-8")
    return path


def imported(ikmctl: Run, path: Path, *options: str) -> Any:
    outcome = ikmctl("import-businesses", path, "--data-year", "2021", "--yes", *options)
    assert outcome.status == 0, outcome.text
    return outcome


def pending(ikmctl: Run, *options: str) -> list[tuple[str, str, str]]:
    """(name, field, text) of the open pending values."""
    rows = ikmctl("list-pending", "--format", "json", "--reveal", *options).data
    return [(row["name"], row["field"], row["text"]) for row in rows]


def shown(ikmctl: Run, name: str) -> Any:
    return ikmctl("show-business", name, "--format", "json", "--reveal").data


ALL = [
    ("Sanjai Erna", "workers_male", "tiga"),
    ("Sanjai Erna", "registered_on", "31/02/2021"),
    ("Bordir Des", "nik", "12345"),
    ("Bordir Des", "workers_female", "tiga"),
    ("Bordir Des", "sector", "Makanan ringan"),
    ("Kopi Zal", "sector", "Makanan ringan"),
]


def test_a_cell_that_cannot_be_read_leaves_its_field_empty_and_keeps_its_text(ikmctl: Run, sheet: Path) -> None:
    outcome = imported(ikmctl, sheet)
    assert "Set aside because they cannot be read: 6 cells in 3 rows" in outcome.out
    assert sorted(pending(ikmctl)) == sorted(ALL)
    erna = shown(ikmctl, "Sanjai Erna")
    assert (erna["workers_male"], erna["workers_female"], erna["registered_on"]) == (None, 2, None)
    assert {each["field"] for each in erna["pending"]} == {"workers_male", "registered_on"}
    assert ikmctl("status", "--format", "json").data["pending"] == 6
    first = ikmctl("list-pending", "--format", "json").data[0]
    assert (first["file"], first["row"], first["heading"], first["value"]) == ("ikm.csv", 2, "TK LK", None)


def test_the_same_file_again_changes_nothing_whatever_became_of_its_texts(ikmctl: Run, sheet: Path, db: Path) -> None:
    imported(ikmctl, sheet)
    assert "Nothing to do" in imported(ikmctl, sheet).out
    ikmctl("mend-pending", "--text", "tiga", "--as", "3")
    ikmctl("dismiss-pending", "--field", "nik")
    before = db.read_bytes()
    assert "Nothing to do" in imported(ikmctl, sheet).out
    assert db.read_bytes() == before


def test_a_text_never_blanks_a_value_and_waits_beside_it(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    heading = "Nama Usaha;Nama Pemilik;TK LK"
    for cell in ("5", "lima", "enam"):
        path.write_text(f"{heading}\nSanjai;Erna;{cell}\n", encoding="utf-8")
        imported(ikmctl, path, "--on-duplicate", "update")
        assert shown(ikmctl, "Sanjai")["workers_male"] == 5
    assert pending(ikmctl) == [("Sanjai", "workers_male", "enam")]  # a newer text replaces an open one
    path.write_text(f"{heading}\nSanjai;Erna;7\n", encoding="utf-8")
    imported(ikmctl, path, "--on-duplicate", "update")
    assert (shown(ikmctl, "Sanjai")["workers_male"], pending(ikmctl)) == (7, [])
    assert ikmctl("undo", "--yes").status == 0
    assert (shown(ikmctl, "Sanjai")["workers_male"], pending(ikmctl)) == (5, [("Sanjai", "workers_male", "enam")])


def test_texts_of_two_years_wait_side_by_side(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for year, cell in (("2020", "lima"), ("2021", "enam")):
        path.write_text(f"Nama Usaha;Nama Pemilik;TK LK\nSanjai;Erna;{cell}\n", encoding="utf-8")
        outcome = ikmctl("import-businesses", path, "--data-year", year, "--yes", "--on-duplicate", "update")
        assert outcome.status == 0, outcome.text
    assert [text for _name, _field, text in pending(ikmctl)] == ["lima", "enam"]
    assert ikmctl("mend-pending", "1", "5").status == 0
    observations = {each["data_year"]: each["workers_male"] for each in shown(ikmctl, "Sanjai")["observations"]}
    assert observations == {"2020": 5}


@pytest.mark.parametrize(
    ("command", "settled"),
    [
        (("edit-business", "Bordir Des", "--nik", "1376994505800002"), {("Bordir Des", "nik", "12345")}),
        (
            ("edit-business", "Bordir Des", "--workers-female", "3", "--data-year", "2021"),
            {("Bordir Des", "workers_female", "tiga")},
        ),
        (
            ("edit-business", "Sanjai Erna", "--registered-on", "28/02/2021"),
            {("Sanjai Erna", "registered_on", "31/02/2021")},
        ),
        (("edit-business", "Kopi Zal", "--sector", "food"), {("Kopi Zal", "sector", "Makanan ringan")}),
        (("mend-pending", "--text", "TIGA", "--as", "3"), {ALL[0], ALL[3]}),
        (("mend-pending", "--text", "tiga", "--as", "3", "--field", "workers_male"), {ALL[0]}),
        (("dismiss-pending", "--text", "Makanan ringan"), {ALL[4], ALL[5]}),
        (("alias", "sector", "makanan ringan", "food"), {ALL[4], ALL[5]}),
    ],
    ids=lambda each: " ".join(each[:1]) if isinstance(each, tuple) else "",
)
def test_what_settles_a_pending_value_and_undo_opens_it_again(
    ikmctl: Run, sheet: Path, command: tuple[str, ...], settled: set[tuple[str, str, str]]
) -> None:
    imported(ikmctl, sheet)
    before = ikmctl("list-businesses", "--format", "json", "--reveal").data
    outcome = ikmctl(*command)
    assert outcome.status == 0, outcome.text
    assert set(pending(ikmctl)) == set(ALL) - settled
    assert ikmctl("undo", "--yes").status == 0
    assert set(pending(ikmctl)) == set(ALL)
    assert ikmctl("list-businesses", "--format", "json", "--reveal").data == before


def test_an_alias_mends_every_value_that_it_explains_in_one_change(ikmctl: Run, sheet: Path) -> None:
    imported(ikmctl, sheet)
    outcome = ikmctl("alias", "sector", "Makanan ringan", "food")
    assert "Pending values that can be read now: 2" in outcome.out
    assert {shown(ikmctl, name)["sector"] for name in ("Bordir Des", "Kopi Zal")} == {"food"}
    changed = [each["command"] for each in ikmctl("history", "--format", "json").data]
    assert [command for command in changed if "reveal" not in command] == ["alias", "import-businesses", "init"]


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (("mend-pending", "1", "tiga"), 3, "is not a number"),
        (("mend-pending", "1", "-"), 2, "Workers, men"),
        (("mend-pending", "99", "3"), 4, "no open pending value no. 99"),
        (("mend-pending", "x", "3"), 2, "is named by its number"),
        (("mend-pending", "1"), 2, "Give a number and a value"),
        (("mend-pending", "--text", "empat", "--as", "4"), 4, "no such open pending value"),
        (("dismiss-pending", "1", "99"), 4, "no. 99"),
        (("dismiss-pending",), 2, "Give numbers"),
        (("list-pending", "--business", "Tenun"), 4, "Tenun"),
        (("list-pending", "--import", "x"), 2, "--import"),
    ],
)
def test_what_cannot_be_mended_changes_nothing(
    ikmctl: Run, sheet: Path, db: Path, command: tuple[str, ...], status: int, said: str
) -> None:
    imported(ikmctl, sheet)
    before = db.read_bytes()
    outcome = ikmctl(*command)
    assert outcome.status == status, outcome.text
    assert said in outcome.text, outcome.text
    assert db.read_bytes() == before


def test_a_settled_value_is_settled_once(ikmctl: Run, sheet: Path) -> None:
    imported(ikmctl, sheet)
    assert ikmctl("mend-pending", "1", "3").status == 0
    assert ikmctl("mend-pending", "1", "4").status == 4
    assert shown(ikmctl, "Sanjai Erna")["workers_male"] == 3


def test_filters_of_the_list(ikmctl: Run, sheet: Path, tmp_path: Path) -> None:
    imported(ikmctl, sheet)
    other = tmp_path / "b.csv"
    other.write_text("Nama Usaha;TK LK\nTenun;banyak\n", encoding="utf-8")
    imported(ikmctl, other)
    assert len(pending(ikmctl, "--field", "sector")) == 2
    assert [text for *_rest, text in pending(ikmctl, "--import", "3")] == ["banyak"]
    assert [text for *_rest, text in pending(ikmctl, "--business", "Tenun")] == ["banyak"]
    assert len(pending(ikmctl, "--reason", "not a number")) == 3
    people = ikmctl("list-pending").out
    assert people.count("Makanan ringan") == 1  # grouped by text for people
    assert "12345" not in people and "12345" not in ikmctl("list-pending", "--format", "csv").out


def test_personal_texts_are_masked_wherever_they_are_shown_and_revealing_is_logged(
    ikmctl: Run, sheet: Path, tmp_path: Path
) -> None:
    plan = ikmctl("import-businesses", sheet, "--dry-run").out
    imported(ikmctl, sheet)
    ikmctl("export", tmp_path / "out")
    texts = [
        plan,
        ikmctl("list-pending").out,
        ikmctl("show-business", "Bordir Des").out,
        ikmctl("history", "--change", "2").out,
        ikmctl("history", "--change", "2", "--format", "json").out,
        (tmp_path / "out" / "pending_value.csv").read_text(encoding="utf-8-sig"),
    ]
    assert all("12345" not in text for text in texts)
    assert "12345" in ikmctl("list-pending", "--reveal").out
    assert ikmctl("history", "--format", "json", "--limit", "1").data[0]["command"] == "list-pending --reveal"


def test_undo_of_the_import_takes_its_pending_values_along(ikmctl: Run, sheet: Path) -> None:
    imported(ikmctl, sheet)
    assert ikmctl("undo", "--yes").status == 0
    assert pending(ikmctl) == []
    assert ikmctl("undo", "--yes", "3").status == 0  # the undo itself can be undone
    assert sorted(pending(ikmctl)) == sorted(ALL)


def test_pending_values_go_with_an_export(ikmctl: Run, sheet: Path, tmp_path: Path) -> None:
    imported(ikmctl, sheet)
    assert ikmctl("export", tmp_path / "out", "--reveal").status == 0
    other = tmp_path / "other.db"
    assert ikmctl("--db", other, "init", "--city", "13.76", "--office", "X").status == 0
    outcome = ikmctl("--db", other, "import-registry", tmp_path / "out", "--yes")
    assert outcome.status == 0, outcome.text
    assert sorted(pending(ikmctl, "--db", str(other))) == sorted(ALL)


def filled_in(path: Path, values: dict[int, Any]) -> list[tuple[Any, ...]]:
    """The rows of a list of pending values with the right values filled in, by number."""
    all_rows = [tuple(row) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)]
    first = next(place for place, row in enumerate(all_rows) if isinstance(row[0], int))
    heading, rows = all_rows[first - 1], all_rows[first:]
    return [heading, *((*row[:-1], values.get(int(str(row[0])))) for row in rows)]


def write_workbook(path: Path, rows: list[tuple[Any, ...]]) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_workbook_of_mended_values_comes_back_in_any_order(
    ikmctl: Run, sheet: Path, tmp_path: Path, lang: str
) -> None:
    imported(ikmctl, sheet)
    path = tmp_path / "mend.xlsx"
    assert ikmctl("list-pending", "--output", path, "--lang", lang).status == 0
    heading, *rows = filled_in(path, {1: 3, 2: "28/02/2021", 5: "pangan", 6: "-"})
    write_workbook(path, [heading, *reversed(rows[:-2]), rows[-1]])  # one row less, another order
    outcome = ikmctl("import-pending", path, "--yes", "--lang", lang)
    assert outcome.status == 0, outcome.text
    erna = shown(ikmctl, "Sanjai Erna")
    assert (erna["workers_male"], erna["registered_on"]) == (3, "2021-02-28")
    assert ALL[0] not in pending(ikmctl) and ALL[5] in pending(ikmctl)
    again = ikmctl("import-pending", path, "--yes")
    assert again.status == 0 and "Nothing to do" in again.text
    assert ikmctl("undo", "--yes").status == 0
    assert sorted(pending(ikmctl)) == sorted(ALL)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({1: "banyak"}, "is not a number"),
        ({3: 1376994505800001}, "Excel keeps only 15 digits"),
        ({5: "entah"}, "entah"),
    ],
)
def test_a_mended_value_that_is_wrong_again_changes_nothing(
    ikmctl: Run, sheet: Path, db: Path, tmp_path: Path, change: dict[int, Any], said: str
) -> None:
    imported(ikmctl, sheet)
    path = tmp_path / "mend.xlsx"
    ikmctl("list-pending", "--output", path)
    write_workbook(path, filled_in(path, {2: "28/02/2021", **change}))
    before = db.read_bytes()
    outcome = ikmctl("import-pending", path, "--yes")
    assert outcome.status in (3, 4) and said in outcome.text, outcome.text
    assert db.read_bytes() == before


def test_rows_that_were_added_or_belong_to_another_list_are_rejected(ikmctl: Run, sheet: Path, tmp_path: Path) -> None:
    imported(ikmctl, sheet)
    path = tmp_path / "mend.xlsx"
    ikmctl("list-pending", "--output", path)
    heading, first, *_others = filled_in(path, {1: 3})
    added = (99, *first[1:])
    without_number = (None, *first[1:])
    other_column = (2, first[1], first[2], "Omzet", *first[4:])
    write_workbook(path, [heading, first, (*first[:-1], 4), added, without_number, other_column])
    outcome = ikmctl("import-pending", path, "--yes", "--skip-rejected")
    assert outcome.status == 0, outcome.text
    assert "Mended 1 pending value" in outcome.out
    assert outcome.err.count("is not the number of this pending value") == 2
    assert shown(ikmctl, "Sanjai Erna")["workers_male"] == 3


def test_a_value_for_a_dismissed_number_is_rejected(ikmctl: Run, sheet: Path, tmp_path: Path) -> None:
    imported(ikmctl, sheet)
    path = tmp_path / "mend.xlsx"
    ikmctl("list-pending", "--output", path)
    write_workbook(path, filled_in(path, {1: 3}))
    ikmctl("dismiss-pending", "1")
    outcome = ikmctl("import-pending", path, "--yes")
    assert outcome.status == 3 and "no open pending value no. 1" in outcome.err
    assert shown(ikmctl, "Sanjai Erna")["workers_male"] is None


def test_a_name_that_cannot_be_read_is_taken_from_the_owner_and_waits(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Nama Usaha;Nama Pemilik\n{'x' * 300};Erna Wati\n;Desmawati\n", encoding="utf-8")
    imported(ikmctl, path)
    assert [row["name"] for row in ikmctl("list-businesses", "--format", "json").data] == ["Desmawati", "Erna Wati"]
    assert [(name, field) for name, field, _text in pending(ikmctl)] == [("Erna Wati", "name")]
    assert ikmctl("mend-pending", "1", "Sanjai Erna").status == 0
    assert shown(ikmctl, "Sanjai Erna")["owner"] == "Erna Wati"


def test_a_year_that_cannot_be_read_moves_its_figures_once_it_is_known(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nama Usaha;Tahun Data;TK LK\nSanjai;2o20;4\n", encoding="utf-8")
    imported(ikmctl, path)
    assert shown(ikmctl, "Sanjai")["data_year"] == "2021"  # --data-year
    assert ikmctl("mend-pending", "1", "2020").status == 0
    assert [each["data_year"] for each in shown(ikmctl, "Sanjai")["observations"]] == ["2020"]


def test_sentra_events_and_participants_keep_theirs(ikmctl: Run, tmp_path: Path) -> None:
    files = {
        "sentra": ("import-sentra", "Nama Sentra;Jumlah Unit Usaha\nSentra Rajut;banyak\n"),
        "event": ("import-events", "Nama Kegiatan;Jenis;Tanggal;Anggaran\nBimtek;training;1/9/2021;banyak\n"),
        "attendance": ("import-participants", "Kegiatan;Nama Peserta;Jenis Kelamin\nBimtek;Rina;X\n"),
    }
    for name, (command, text) in files.items():
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        for said in ("Imported: 1 new", "Nothing to do"):
            outcome = ikmctl(command, path, "--yes")
            assert outcome.status == 0 and said in outcome.out, outcome.text
    assert pending(ikmctl) == [
        ("Sentra Rajut", "reported_units", "banyak"),
        ("Bimtek", "budget", "banyak"),
        ("Rina", "gender", "X"),
    ]
    for number, value in (("1", "20"), ("2", "5 juta"), ("3", "P")):
        outcome = ikmctl("mend-pending", number, value)
        assert outcome.status == 0, outcome.text
    assert ikmctl("show-sentra", "1", "--format", "json").data["reported_units"] == 20
    assert ikmctl("show-event", "1", "--format", "json").data["attendance"][0]["gender"] == "female"


def test_an_event_whose_name_or_day_cannot_be_read_rejects_its_participant(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl("add-event", "Bimtek", "--kind", "training", "--starts-on", "1/9/2021")
    path = tmp_path / "a.csv"
    path.write_text("Kegiatan;Tanggal;Nama Peserta\nBimtek;31/09/2021;Rina\nBimtek;1/9/2021;Lina\n", encoding="utf-8")
    outcome = ikmctl("import-participants", path, "--yes")
    assert outcome.status == 3 and "1 of 2 rows" in outcome.err


def test_a_sentra_and_a_group_that_are_unknown_are_set_aside_with_a_suggestion(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl("add-sentra", "Sentra Rajut")
    path = tmp_path / "a.csv"
    path.write_text("Nama Usaha;Sentra;Kelompok\nTenun;Sentra Rajutt;Kelompok Melati\n", encoding="utf-8")
    outcome = imported(ikmctl, path)
    assert "did you mean Sentra Rajut?" in outcome.err
    assert pending(ikmctl) == [("Tenun", "group", "Kelompok Melati"), ("Tenun", "sentra", "Sentra Rajutt")]
    assert ikmctl("mend-pending", "2", "Sentra Rajut").status == 0
    assert shown(ikmctl, "Tenun")["sentra"] == "Sentra Rajut"


def test_a_second_product_brings_its_pending_values_to_the_business(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "No;Nama Usaha;Nama Produk;Kapasitas;Cabang Industri\n1;Sanjai;sanjai;banyak;Pangan\n;;rakik;sedikit;\n",
        encoding="utf-8",
    )
    imported(ikmctl, path)
    assert pending(ikmctl) == [("Sanjai", "capacity", "banyak")]  # one for each field


def test_strict_imports_nothing_or_the_readable_rows(ikmctl: Run, sheet: Path, db: Path) -> None:
    before = db.read_bytes()
    refused = ikmctl("import-businesses", sheet, "--yes", "--strict")
    assert refused.status == 3 and "3 of 3 rows" in refused.err
    assert db.read_bytes() == before
    sheet.write_text(sheet.read_text(encoding="utf-8") + "Tenun;Des;Talang;;1;1;Pangan;\n", encoding="utf-8")
    imported(ikmctl, sheet, "--strict", "--skip-rejected")
    assert [row["name"] for row in ikmctl("list-businesses", "--format", "json").data] == ["Tenun"]
    assert pending(ikmctl) == []
    imported(ikmctl, sheet)  # the same file without --strict adds the others
    assert sorted(pending(ikmctl)) == sorted(ALL)


def test_one_open_value_for_each_record_field_and_period(ikmctl: Run, sheet: Path, db: Path) -> None:
    imported(ikmctl, sheet)
    with closing(sqlite3.connect(db)) as connection, pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        connection.execute(
            """
            INSERT INTO pending_value (business_id, field, period, text, reason)
            SELECT business_id, field, period, 'x', reason FROM pending_value
            """
        )


CELLS = st.text(alphabet="0123456789.,-/ abjtXRp'\"", max_size=12) | st.sampled_from(
    ("tiga", "-", "0", "9999", "31/02/2021", "1/2/2021", "5 juta", "L", "1376994505800001", "sda", "\x1b[31m", "\u202e")
)
FIELDS = (
    "nik",
    "phone",
    "owner_gender",
    "established",
    "registered_on",
    "workers_male",
    "investment",
    "latitude",
    "kbli",
)


@given(st.lists(st.tuples(*(CELLS for _field in (*FIELDS, "other"))), min_size=1, max_size=4))
def test_no_cell_vanishes(rows: list[tuple[str, ...]]) -> None:
    """Every filled cell of a record is a value, no value by convention (which is noted), other data, or pending."""
    headings = ["Nama Usaha", *(BUSINESS[name].headings[0] for name in FIELDS), "Warna"]
    columns = map_headings("x.csv", headings, BUSINESS, known_headings(BUSINESS, {}))
    assert [column.field.name if column.field else "other" for column in columns] == ["name", *FIELDS, "other"]
    checker = Checker(columns)
    batches = list(checker.batches(Row(number, ["Tenun", *cells]) for number, cells in enumerate(rows, start=2)))
    assert sum(len(batch.rows) for batch in batches) == len(rows)
    for batch in batches:
        for place, cells in enumerate(rows):
            set_aside = {cell.field.name: cell.text for cell in batch.pending[place] or ()}
            for name, text in zip(FIELDS, cells, strict=False):
                value = batch.columns[1 + FIELDS.index(name)][place]
                noted = any(heading == BUSINESS[name].headings[0] for heading, _note in checker.findings.notes)
                assert value is not None or not text.strip() or set_aside.get(name) == text or noted, (name, text)
                assert value is None or name not in set_aside
            assert bool((batch.extra[place] or {}).get("Warna")) == bool(cells[-1].strip()), cells[-1]


def test_history_says_what_was_set_aside_in_words(ikmctl: Run, sheet: Path) -> None:
    imported(ikmctl, sheet)
    ikmctl("mend-pending", "1", "3")
    said = ikmctl("history", "--change", "3", "--lang", "id").out
    assert "isian tertunda" in said and "diperbaiki" in said
    whole = json.loads(ikmctl("history", "--change", "2", "--format", "json").out)
    assert whole


def test_two_columns_of_an_oss_export_for_one_field_do_not_shift_the_others(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "oss.csv"
    path.write_text(
        "id_proyek,nib,nama_perusahaan,nama_user,kelurahan_usaha,kelurahan,kecamatan_usaha,kbli,judul_kbli,"
        "uraian_skala_usaha,tki,tka\n"
        "R-1,1234567890123,SANJAI,ERNA,Tiakar,Talang,Payakumbuh Timur,10794,Industri Kerupuk,Usaha Mikro,2,0\n",
        encoding="utf-8",
    )
    imported(ikmctl, path)
    found = shown(ikmctl, "SANJAI")
    assert (found["kelurahan"], found["kecamatan"], found["workers_total"]) == ("Tiakar", "Payakumbuh Timur", 2)
