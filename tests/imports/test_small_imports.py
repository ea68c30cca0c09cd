"""Sentra, events, participants and observations from spreadsheets."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ikmctl import errors
from ikmctl.actions.imports.apply import apply_plan
from ikmctl.actions.imports.kinds import KINDS
from ikmctl.actions.imports.options import Options
from ikmctl.actions.imports.plan import make_plan
from ikmctl.registry.file.database import open_registry
from tests.conftest import Run

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a workbook of one sheet; where it lies."""

    def workbook(name: str, *rows: tuple[Any, ...]) -> Path:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Sheet")
        for row in rows:
            sheet.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return workbook


SENTRA = (
    ("DATA SENTRA IKM KOTA PAYAKUMBUH",),
    ("No", "Nama Sentra", "Jenis Produk", "Kelurahan", "Ketua", "Jumlah IKM", "Luas (m2)"),
    (1, "Sentra Rendang Payakumbuh", "rendang", "Padang Tiakar", "Erna", 34, 1200),
    (2, "Sentra Tenun Balai Panjang", "songket", "Balai Panjang", "Des", 21, None),
)


def test_sentra_arrive_with_what_has_no_field_and_again_change_nothing(ikmctl: Run, write: Write) -> None:
    path = write("sentra.xlsx", *SENTRA)
    assert ikmctl("import-sentra", path, "--yes").status == 0
    shown = ikmctl("show-sentra", "rendang", "--reveal", "--format", "json").data
    assert (shown["product"], shown["kecamatan"], shown["reported_units"]) == ("rendang", "Payakumbuh Timur", 34)
    assert shown["extra"] == {"Luas (m2)": "1200"}
    again = ikmctl("import-sentra", path, "--yes")
    assert again.status == 0 and "Nothing to do" in again.out


def test_a_sentra_that_differs_waits_for_a_decision(ikmctl: Run, write: Write) -> None:
    ikmctl("import-sentra", write("sentra.xlsx", *SENTRA), "--yes")
    more = write("baru.xlsx", SENTRA[1], (1, "SENTRA RENDANG payakumbuh", None, None, None, 40, None))
    refused = ikmctl("import-sentra", more, "--yes")
    assert refused.status == 3 and "--on-duplicate" in refused.err
    assert ikmctl("import-sentra", more, "--yes", "--on-duplicate", "update").status == 0
    shown = ikmctl("show-sentra", "rendang", "--format", "json").data
    assert (shown["reported_units"], shown["product"]) == (40, "rendang")  # what the file leaves empty stays
    assert ikmctl("undo", "--yes").status == 0
    assert ikmctl("show-sentra", "rendang", "--format", "json").data["reported_units"] == 34


EVENTS = (
    ("Nama Kegiatan", "Jenis Kegiatan", "Tanggal Pelaksanaan", "Tempat", "Sumber Dana", "Anggaran (Rp.000)", "L", "P"),
    ("Workshop Rajutan", "Workshop", "13-17 September 2021", "Aula Disnakerin", "APBD; Dekranasda", 25000, 0, 10),
    ("Pelatihan Kemasan", "pelatihan", "8 s/d 9 Februari 2021", "Balai Panjang", "DAK Nonfisik", 18000, 5, 15),
)


def test_events_come_with_their_days_parties_and_reported_people(ikmctl: Run, write: Write) -> None:
    outcome = ikmctl("import-events", write("kegiatan.xlsx", *EVENTS), "--yes")
    assert outcome.status == 0, outcome.err
    found = {
        each["name"]: each
        for each in ikmctl(
            "list-events", "--columns", "name,starts_on,ends_on,budget,reported_female,kind", "--format", "json"
        ).data
    }
    assert found["Workshop Rajutan"] == {
        "name": "Workshop Rajutan", "starts_on": "2021-09-13", "ends_on": "2021-09-17", "budget": 25_000_000,
        "reported_female": 10, "kind": "workshop",
    }  # fmt: skip
    assert found["Pelatihan Kemasan"]["ends_on"] == "2021-02-09"
    assert "Dekranasda" in ikmctl("show-event", "Workshop Rajutan").out
    assert "Nothing to do" in ikmctl("import-events", write("lagi.xlsx", *EVENTS), "--yes").out


def test_events_of_one_kind_need_no_column_for_it(ikmctl: Run, write: Write) -> None:
    path = write(
        "bimtek.xlsx", ("Kegiatan", "Tanggal"), ("Bimtek Halal", "3 Maret 2021"), ("Bimtek PIRT", "31/02/2021")
    )
    assert ikmctl("import-events", path, "--yes").status == 3
    outcome = ikmctl("import-events", path, "--kind", "bimtek", "--yes")
    assert outcome.status == 3 and "does not exist" in outcome.err
    assert ikmctl("import-events", path, "--kind", "bimtek", "--yes", "--skip-rejected").status == 0
    assert [each["name"] for each in ikmctl("list-events", "--format", "json").data] == ["Bimtek Halal"]
    rejected = openpyxl.load_workbook(path.with_name("bimtek-Sheet.rejected.xlsx")).active
    assert rejected is not None
    assert [cell.value for cell in rejected[2]][:2] == ["Bimtek PIRT", "31/02/2021"]


PEOPLE = (
    ("DAFTAR HADIR",),
    ("No", "Nama Peserta", "L/P", "Nama Usaha", "NIB", "No. HP"),
    (1, "Des Yanti", "P", "Rajut Uni Des", None, "081200001111"),
    (2, "Ani", "P", "Rajut Lain", "9120000000001", None),
    (3, "Rina Wati", "P", None, None, None),
    (4, "Budi", "L", "Tidak Terdaftar", None, None),
)


@pytest.fixture
def workshop(ikmctl: Run) -> None:
    """An event and two businesses."""
    ikmctl("add-business", "Rajut Uni Des", "--owner", "Des Yanti")
    ikmctl("add-business", "Rajut Ani", "--owner", "Ani", "--nib", "9120000000001")
    ikmctl("add-event", "Workshop Rajutan", "--kind", "workshop", "--starts-on", "13-17 September 2021")


@pytest.mark.usefixtures("workshop")
def test_participants_are_people_with_the_business_they_own_or_without(ikmctl: Run, write: Write) -> None:
    path = write("hadir.xlsx", *PEOPLE)
    outcome = ikmctl("import-participants", path, "--event", "Workshop Rajutan", "--yes")
    assert outcome.status == 0, outcome.err
    assert "Tidak Terdaftar is not registered with this owner" in outcome.err
    found = {row["person"]: row for row in ikmctl("show-event", "1", "--format", "json").data["attendance"]}
    assert found["Des Yanti"]["business"] == "Rajut Uni Des"  # by name and owner
    assert found["Ani"]["business"] == "Rajut Ani"  # by NIB, whatever the list calls it
    assert found["Rina Wati"]["business"] is None
    assert found["Budi"]["organisation"] == "Tidak Terdaftar"
    assert "Nothing to do" in ikmctl("import-participants", path, "--event", "1", "--yes").out
    assert ikmctl("undo", "--yes").status == 0
    assert ikmctl("show-event", "1", "--format", "json").data["attendance"] == []


@pytest.mark.usefixtures("workshop")
def test_a_list_may_name_the_event_and_its_days_itself(ikmctl: Run, write: Write) -> None:
    heading = ("Kegiatan", "Tanggal", "Nama", "Jenis Kelamin")
    good = ("workshop rajutan", "13 s/d 17 September 2021", "Rina Wati", "Perempuan")
    assert ikmctl("import-participants", write("a.xlsx", heading, good), "--yes").status == 0
    for event, day, said in (
        ("Workshop Rajutan", "13 September 2020", "began on 2021-09-13"),
        ("Workshop Anyaman", "13 September 2021", "Workshop Anyaman"),
    ):
        path = write("b.xlsx", heading, (event, day, "Ani", "P"))
        outcome = ikmctl("import-participants", path, "--yes", "--no-create-events")
        assert outcome.status == 3 and said in outcome.err
    nameless = ikmctl("import-participants", write("c.xlsx", ("Nama", "L/P"), ("Ani", "P")), "--yes")
    assert nameless.status == 3 and "no column names the event" in nameless.err


@pytest.mark.usefixtures("workshop")
def test_a_list_of_businesses_alone_finds_them_by_name(ikmctl: Run, write: Write) -> None:
    path = write("ikm.xlsx", ("No", "Nama IKM"), (1, "Rajut Uni Des"), (2, "Rajut Ani"))
    assert ikmctl("import-participants", path, "--event", "1", "--yes").status == 0
    assert [row["business"] for row in ikmctl("show-event", "1", "--format", "json").data["attendance"]] == [
        "Rajut Uni Des",
        "Rajut Ani",
    ]


def test_observations_belong_to_registered_businesses_and_change_nothing_else(ikmctl: Run, write: Write) -> None:
    ikmctl("add-business", "Rajut Uni Des", "--owner", "Des", "--kelurahan", "Tiakar", "--phone", "0812-0000-1111")
    heading = ("Nama Usaha", "Nama Pemilik", "Kelurahan", "No. HP", "TK LK", "TK PR", "Nilai Produksi (Rp.000)")
    known = ("RAJUT UNI DES", "des", "Tiakar", "0812-9999-9999", 1, 4, 90000)
    path = write("2021.xlsx", heading, known, ("Siapa Ini", "Ani", "Ibuah", None, 1, 1, 5))
    unknown_year = ikmctl("import-observations", path, "--yes")
    assert unknown_year.status == 3 and "has no year" in unknown_year.err
    outcome = ikmctl("import-observations", path, "--data-year", "2021", "--yes", "--on-duplicate", "update")
    assert outcome.status == 3 and "not registered" in outcome.err
    arguments = ("--data-year", "2021", "--yes", "--on-duplicate", "update", "--skip-rejected")
    assert ikmctl("import-observations", path, *arguments).status == 0
    shown = ikmctl("show-business", "1", "--reveal", "--format", "json").data
    assert (shown["name"], shown["phone"]) == ("Rajut Uni Des", "081200001111")
    assert (shown["data_year"], shown["workers_total"], shown["production_value"]) == ("2021", 5, 90_000_000)


@pytest.mark.parametrize("decision", ["update", "skip"])
def test_observations_of_one_of_several_alike_say_nothing_of_the_business_either(
    ikmctl: Run, write: Write, decision: str
) -> None:
    for nib in ("1234567890123", "1234567890124"):
        ikmctl("add-business", "Tenun", "--owner", "Des", "--kelurahan", "Tiakar", "--nib", nib)
    before = ikmctl("list-businesses", "--format", "json", "--columns", "name,phone,kbli,nib").data
    heading = ("Nama Usaha", "Nama Pemilik", "Kelurahan", "No. HP", "KBLI", "TK LK")
    path = write("2021.xlsx", heading, ("Tenun", "Des", "Tiakar", "0812-9999-9999", "13121", 4))
    no_year = ikmctl("import-observations", path, "--yes", "--on-duplicate", decision)
    assert no_year.status == 3 and "has no year" in no_year.err
    given = ("import-observations", path, "--data-year", "2021", "--yes")
    undecided = ikmctl(*given)
    assert undecided.status == 3 and undecided.err.endswith("or skip (keep the registry's).\n")
    assert ikmctl(*given, "--on-duplicate", "new").status == 2
    assert ikmctl(*given, "--on-duplicate", decision).status == 0
    assert ikmctl("list-businesses", "--format", "json", "--columns", "name,phone,kbli,nib").data == before
    workers = [
        row["workers_male"] for row in ikmctl("list-businesses", "--format", "json", "--columns", "workers_male").data
    ]
    assert workers == ([4, None] if decision == "update" else [None, None])


def test_a_sentra_that_differs_is_updated_or_skipped_and_never_doubled(ikmctl: Run, write: Write) -> None:
    ikmctl("add-sentra", "Sentra Rajut", "--product", "rajut")
    path = write("sentra.xlsx", ("Nama Sentra", "Produk"), ("Sentra Rajut", "kopi"))
    undecided = ikmctl("import-sentra", path, "--yes")
    assert undecided.status == 3 and "1 row matches a record" in undecided.err
    assert undecided.err.endswith("or skip (keep the registry's).\n")
    refused = ikmctl("import-sentra", path, "--on-duplicate", "new")
    assert refused.status == 2 and "ask, update, skip" in refused.err
    skipped = ikmctl("import-sentra", path, "--on-duplicate", "skip")  # asks nothing: there is nothing to write
    assert skipped.status == 0 and "Nothing to do" in skipped.err + skipped.out


def test_a_name_alone_with_workers_is_known_again(ikmctl: Run, write: Write) -> None:
    path = write("nama.xlsx", ("Nama Usaha", "TK LK", "Tahun Data"), ("Tenun", 3, 2021), ("Songket", 2, 2021))
    assert ikmctl("import-businesses", path, "--yes").status == 0
    assert "Nothing to do" in ikmctl("import-businesses", path, "--yes").out


def test_a_list_of_events_is_told_from_a_register(ikmctl: Run, write: Write) -> None:
    listed = write("kegiatan.xlsx", ("No", "Nama Kegiatan", "Jenis", "Tanggal"), (1, "Bimtek", "bimtek", "5/9/2021"))
    for command in ("import-businesses", "import-sentra"):
        refused = ikmctl(command, listed, "--yes")
        assert refused.status == 3 and "ikmctl import-events FILE" in refused.err
    assert ikmctl("import-events", listed, "--yes").status == 0


def test_rejected_rows_carry_the_name_of_their_sheet_once(ikmctl: Run, tmp_path: Path) -> None:
    for stem, named in (("Data IKM", "Data IKM.rejected.xlsx"), ("ikm", "ikm-Data IKM.rejected.xlsx")):
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.title = "Data IKM"
        for row in (("Nama Usaha", "NIB"), ("Tenun A", "12"), ("Tenun B", None)):
            book.active.append(row)
        book.save(tmp_path / f"{stem}.xlsx")
        ikmctl("import-businesses", tmp_path / f"{stem}.xlsx", "--yes", "--skip-rejected", "--strict")
        assert (tmp_path / named).exists()


def test_rows_that_differ_in_case_alone_are_one(ikmctl: Run, write: Write) -> None:
    heading = ("Nama Usaha", "Nama Pemilik", "Kelurahan", "Kecamatan")
    rows = (("Sanjai Saiyo", "Des", "Ibuah", "Payakumbuh Barat"), ("SANJAI SAIYO", "DES", "IBUAH", "Payakumbuh Barat"))
    outcome = ikmctl("import-businesses", write("ganda.xlsx", heading, *rows), "--yes")
    assert outcome.status == 0, outcome.err
    assert [row["name"] for row in ikmctl("list-businesses", "--format", "json").data] == ["Sanjai Saiyo"]


def test_a_kecamatan_by_another_name_is_said(ikmctl: Run, write: Write) -> None:
    path = write("latina.xlsx", ("Nama Usaha", "Kecamatan"), ("Sanjai Saiyo", "Latina"))
    assert "was saved as Lamposi Tigo Nagori" in ikmctl("import-businesses", path, "--dry-run").out


def test_other_columns_of_participants_are_personal_in_the_history_too(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl("add-event", "Workshop", "--kind", "workshop", "--starts-on", "1/9/2021")
    (tmp_path / "peserta.csv").write_text("Nama Peserta,NIK\nRina,1376994505800001\n", encoding="utf-8")
    assert ikmctl("import-participants", tmp_path / "peserta.csv", "--event", "1", "--yes").status == 0
    for shown in (("history", "--change", "3"), ("history", "Workshop", "--kind", "event")):
        assert "Rina" in ikmctl(*shown).out
        assert "1376994505800001" not in ikmctl(*shown).text


def test_a_plan_is_not_carried_out_on_a_registry_that_has_changed_since(
    ikmctl: Run, db: Path, write: Write, tmp_path: Path
) -> None:
    (tmp_path / "ikm.csv").write_text("Nama Usaha,Nama Pemilik\nTenun Saiyo,Des\n", encoding="utf-8")
    registry, options = open_registry(db), Options()
    few = make_plan(registry, KINDS["sentra"], [str(write("sentra.xlsx", *SENTRA))], options, bytes)
    many = make_plan(registry, KINDS["businesses"], [str(tmp_path / "ikm.csv")], options, bytes)
    ikmctl("add-sentra", "Sentra Rendang Payakumbuh")  # by a colleague, while the officer looks at the plans
    with pytest.raises(errors.PlanOutdated):
        apply_plan(registry, few)
    with pytest.raises(errors.PlanOutdated):
        apply_plan(registry, many)
    registry.close()
    assert len(ikmctl("list-sentra", "--format", "json").data) == 1
    assert ikmctl("list-businesses", "--format", "json").data == []


def test_a_usage_error_names_the_help_of_the_command_that_was_typed(ikmctl: Run, write: Write) -> None:
    refused = ikmctl("import-sentra", write("sentra.xlsx", *SENTRA), "--header-row", "x")
    assert refused.status == 2 and "ikmctl import-sentra --help" in refused.err
    assert "ikmctl undo --help" in ikmctl("undo", "--yes", "x").err
    assert "ikmctl list-events --help" in ikmctl("list-events", "--limit", "x").err
    assert "ikmctl --help" in ikmctl("--lang", "xx", "status").err.replace("status ", "")
