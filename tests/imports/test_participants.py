"""Lists of participants that name events and businesses which are not registered yet."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ikmctl.domain.event_titles import kind_of_title
from tests.conftest import Run
from tests.sheets import participant_lists

COLUMNS = "name,kind,starts_on,ends_on,batch,venue,participants"


def write(tmp_path: Path, name: str, *lines: str) -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def events(ikmctl: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ikmctl("list-events", "--columns", COLUMNS, "--format", "json").data
    return sorted(found, key=lambda event: (event["starts_on"], event["batch"] or ""))


def entries(ikmctl: Run, event: object) -> dict[str, dict[str, Any]]:
    return {
        row["person"]: row for row in ikmctl("show-event", event, "--reveal", "--format", "json").data["attendance"]
    }


def businesses(ikmctl: Run) -> list[dict[str, Any]]:
    columns = "name,owner,nib,address,products"
    found: list[dict[str, Any]] = ikmctl("list-businesses", "--columns", columns, "--format", "json", "--reveal").data
    return [{name: value for name, value in each.items() if name in columns.split(",")} for each in found]


def others(db: Path) -> dict[str, str]:
    """The other data of the only participant."""
    with closing(sqlite3.connect(db)) as connection:
        [(extra,)] = connection.execute("SELECT extra FROM attendance").fetchall()
    found: dict[str, str] = json.loads(extra)
    return found


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "peserta.csv"
    path.write_bytes(participant_lists.events_in_columns())
    return path


def test_events_that_are_not_registered_are_a_decision(ikmctl: Run, db: Path, listed: Path) -> None:
    before = db.read_bytes()
    refused = ikmctl("import-participants", listed, "--yes")
    assert refused.status == 3 and "Decide with --create-events|--no-create-events." in refused.err
    for said in ("Pelatihan Kemasan (2024-03-12 – 2024-03-14, I, 3 participants)", "Bimtek Halal (2024-05-02, 1 part"):
        assert said in refused.err
    dry = ikmctl("import-participants", listed, "--dry-run", "--format", "json")
    assert dry.status == 3
    assert [event["participants"] for event in dry.data["blocks"]["new_events"]["rows"]] == [3, 1, 1, 1]
    assert db.read_bytes() == before
    rejected = ikmctl("import-participants", listed, "--yes", "--no-create-events")
    assert rejected.status == 3 and "6 of 6 rows were rejected" in rejected.err


def test_events_are_created_once_each_and_one_change_takes_everything_back(ikmctl: Run, listed: Path) -> None:
    created = ikmctl("import-participants", listed, "--yes", "--create-events", "--create-businesses")
    assert created.status == 0 and "Created: 4 events, 2 businesses." in created.out, created.text
    kemasan = {"name": "Pelatihan Kemasan", "kind": "training"}
    march = {**kemasan, "starts_on": "2024-03-12", "ends_on": "2024-03-14", "venue": "Aula Dinas"}
    found = [{name: event[name] for name in COLUMNS.split(",")} for event in events(ikmctl)]
    assert found == [
        {**march, "batch": "I", "participants": 3},
        {**march, "batch": "II", "participants": 1},
        {"name": "Bimtek Halal", "kind": "technical-guidance", "starts_on": "2024-05-02", "ends_on": "2024-05-02",
         "batch": None, "venue": "Hotel Contoh", "participants": 1},
        {**kemasan, "starts_on": "2024-06-03", "ends_on": "2024-06-03", "batch": None, "venue": "Hotel Contoh",
         "participants": 1},
    ]  # fmt: skip
    again = ikmctl("import-participants", listed, "--yes")
    assert again.status == 0 and "Nothing to do" in again.out, again.text
    assert ikmctl("undo", "--yes").status == 0
    assert events(ikmctl) == [] and businesses(ikmctl) == []


def test_the_home_of_a_participant_is_not_the_address_of_the_business(ikmctl: Run, db: Path, listed: Path) -> None:
    assert ikmctl("import-participants", listed, "--yes", "--create-events", "--create-businesses").status == 0
    unknown = {"owner": None, "products": None}
    assert sorted(businesses(ikmctl), key=lambda each: str(each["name"])) == [
        {"name": "Rendang Ani", "nib": None, "address": "Jl. Pasar 2", **unknown},
        {"name": "Sanjai Budi", "nib": "9120000000001", "address": None, **unknown},
    ]
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT DISTINCT entry FROM activity").fetchall() == [("recorded",)]
        homes = connection.execute("SELECT DISTINCT json_extract(extra, '$.ALAMAT') FROM attendance").fetchall()
    assert sorted(homes) == [("Jl. Rumah 1",), ("Jl. Rumah 2",), ("Jl. Rumah 3",)]


@pytest.mark.parametrize(
    ("heading", "position", "owner"),
    [
        ("Nama Peserta", "", None),
        ("Nama Peserta", "Karyawan", None),
        ("Nama Peserta", "Pemilik", "Ani Guci"),
        ("Nama Peserta", "Direktur", "Ani Guci"),
        ("Nama Pemilik", "", "Ani Guci"),
        ("Nama Pelaku Usaha", "", "Ani Guci"),
    ],
)
def test_a_participant_owns_the_business_only_where_the_list_says_so(
    ikmctl: Run, tmp_path: Path, heading: str, position: str, owner: str | None
) -> None:
    ikmctl("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", "2/5/2024")
    path = write(
        tmp_path, "a.csv", f"{heading};Jabatan;L/P;Nama Usaha;Produk", f"Ani Guci;{position};P;Rendang;rendang"
    )
    arguments = ("import-participants", path, "--event", "1", "--create-businesses", "--yes")
    assert ikmctl(*arguments).status == 0
    [business] = businesses(ikmctl)
    assert business == {"name": "Rendang", "owner": owner, "nib": None, "address": None, "products": "rendang"}
    assert "Nothing to do" in ikmctl(*arguments).out


def test_businesses_are_found_by_nib_then_by_name_and_owner_and_never_doubled(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", "2/5/2024")
    ikmctl("add-business", "Rendang Saiyo", "--owner", "Ani Guci")
    ikmctl("add-business", "Kopi Ranah", "--owner", "Zal Caniago")
    ikmctl("add-business", "Tenun Des", "--owner", "Des Piliang", "--nib", "9120000000009")
    path = write(
        tmp_path,
        "a.csv",
        "Nama Peserta;L/P;Nama Usaha;NIB;Alamat Usaha",
        "Ani Guci;P;Rendang Saiyo;;",  # by name and owner
        "Upik Abu;P;Tenun;9120000000009;",  # by NIB, whatever the list calls it
        "Rina Wati;P;Kopi Ranah;;",  # an employee of Zal, or another business: nobody knows
        "Ida Bodi;P;Bordir Ida;;Jl. Satu",
        "Yeni Bodi;P;Bordir Ida;;",  # the same new business
        "Wati Koto;P;Bordir Ida;;Jl. Dua",  # another one, elsewhere
    )
    outcome = ikmctl("import-participants", path, "--event", "1", "--create-businesses", "--yes")
    assert outcome.status == 0 and "Created: 2 businesses." in outcome.out, outcome.text
    assert "Kopi Ranah may be a registered business" in outcome.err
    found = entries(ikmctl, 1)
    assert (found["Ani Guci"]["business"], found["Upik Abu"]["business"]) == ("Rendang Saiyo", "Tenun Des")
    assert (found["Rina Wati"]["business"], found["Rina Wati"]["organisation"]) == (None, "Kopi Ranah")
    assert found["Ida Bodi"]["business"] == found["Wati Koto"]["business"] == "Bordir Ida"
    assert found["Yeni Bodi"]["business"] is None  # of two businesses of this name
    again = ikmctl("import-participants", path, "--event", "1", "--create-businesses", "--yes")
    assert "Nothing to do" in again.out, again.text


def test_businesses_are_created_later_for_a_list_that_is_in_already(ikmctl: Run, listed: Path) -> None:
    first = ikmctl("import-participants", listed, "--yes", "--create-events")
    assert first.status == 0 and businesses(ikmctl) == []
    assert "--create-businesses" in first.err
    assert entries(ikmctl, "Bimtek Halal")["Budi Koto"]["organisation"] == "Sanjai Budi"
    undecided = ikmctl("import-participants", listed, "--yes", "--create-businesses")
    assert undecided.status == 3 and "--on-duplicate" in undecided.err
    later = ikmctl("import-participants", listed, "--yes", "--create-businesses", "--on-duplicate", "update")
    assert later.status == 0 and "Imported: 0 new, 5 changed, 1 unchanged." in later.out, later.text
    entry = entries(ikmctl, "Bimtek Halal")["Budi Koto"]
    assert (entry["business"], entry["organisation"]) == ("Sanjai Budi", None)


@pytest.mark.parametrize("reverse", [False, True])
def test_a_row_for_one_of_several_days_belongs_to_the_event_of_all(ikmctl: Run, tmp_path: Path, reverse: bool) -> None:
    rows = [
        "Ani;Pelatihan Batik;12-14 Maret 2024",
        "Budi;PELATIHAN  BATIK;13/03/2024",
        "Ani;Pelatihan Batik;15/03/2024",
    ]
    path = write(tmp_path, "a.csv", "Nama Peserta;Kegiatan;Tanggal", *(reversed(rows) if reverse else rows))
    assert ikmctl("import-participants", path, "--yes", "--create-events").status == 0
    assert [(event["starts_on"], event["participants"]) for event in events(ikmctl)] == [
        ("2024-03-12", 2),
        ("2024-03-15", 1),
    ]
    assert "Nothing to do" in ikmctl("import-participants", path, "--yes").out


def test_a_registered_event_of_the_name_and_day_is_used_unless_it_is_closed(
    ikmctl: Run, db: Path, tmp_path: Path
) -> None:
    ikmctl("add-event", "Pelatihan Batik", "--kind", "workshop", "--starts-on", "12-14 Maret 2024")
    path = write(tmp_path, "a.csv", "Nama Peserta;Kegiatan;Tanggal;Tempat", "Ani;pelatihan batik;13/03/2024;Aula")
    assert ikmctl("import-participants", path, "--yes").status == 0  # nothing to decide
    assert [(event["kind"], event["venue"], event["participants"]) for event in events(ikmctl)] == [
        ("workshop", None, 1)
    ]
    assert others(db) == {"Tanggal": "2024-03-13", "Tempat": "Aula"}  # no cell is lost
    ikmctl("close-event", "1")
    more = write(tmp_path, "b.csv", "Nama Peserta;Kegiatan;Tanggal", "Budi;Pelatihan Batik;13/03/2024")
    closed = ikmctl("import-participants", more, "--yes", "--create-events")
    assert closed.status == 3 and "has been closed since" in closed.err
    assert len(events(ikmctl)) == 1


def test_a_name_that_is_mistyped_is_shown_beside_the_event_that_it_may_be(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl("add-event", "Pelatihan Batik Tulis", "--kind", "training", "--starts-on", "12/3/2024")
    path = write(tmp_path, "a.csv", "Nama Peserta;Kegiatan;Tanggal", "Ani;Pelatihn Batik Tulis;12/3/2024")
    assert "similar: Pelatihan Batik Tulis (no. 1, 2024-03-12)" in ikmctl("import-participants", path, "--yes").err


def test_the_kind_comes_from_the_title_else_it_is_a_decision(ikmctl: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "Nama Peserta;Kegiatan;Tanggal", "Ani;Temu Usaha;2/5/2024", "Ani;Diklat;3/5/2024")
    refused = ikmctl("import-participants", path, "--yes", "--create-events")
    assert refused.status == 3 and "“Temu Usaha” does not say" in refused.err and "--kind workshop|" in refused.err
    assert ikmctl("import-participants", path, "--yes", "--create-events", "--kind", "pameran").status == 0
    assert [event["kind"] for event in events(ikmctl)] == ["exhibition", "three-in-one"]


def test_the_kind_of_many_titles_is_one_decision(ikmctl: Run, tmp_path: Path) -> None:
    rows = (f"Ani;Temu {name};2/5/2024" for name in ("Usaha", "Mitra", "Pembeli", "Warga"))
    path = write(tmp_path, "a.csv", "Nama Peserta;Kegiatan;Tanggal", *rows)
    refused = ikmctl("import-participants", path, "--yes", "--create-events")
    assert refused.status == 3 and "4 titles do not say" in refused.err and refused.err.count("three-in-one,") == 2
    assert ikmctl("import-participants", path, "--yes", "--create-events", "--kind", "pameran").status == 0
    assert [event["kind"] for event in events(ikmctl)] == ["exhibition"] * 4


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("PELATIHAN BATIK TULIS", "training"), ("Magang Tenun", "training"), ("Bimbingan Teknis Halal", "technical-guidance"),
        ("BIMTEK-HALAL", "technical-guidance"), ("Studi Banding ke Bandung", "study-visit"), ("Pameran IKM", "exhibition"),
        ("Workshop dan Pelatihan", "workshop"), ("Kunjungan Lapangan", "monitoring"), ("Temu Usaha", None),
        ("Pelatihankemasan", None),
    ],
)  # fmt: skip
def test_the_kind_that_a_title_names(title: str, kind: str | None) -> None:
    assert kind_of_title(title) == kind


@pytest.mark.parametrize(
    ("title", "lines", "expected"),
    [
        ("DAFTAR HADIR PESERTA PELATIHAN BATIK TULIS", [("DINAS PERINDUSTRIAN",), ("Hari/Tanggal : Selasa, 12 Maret 2024",),
         ("Tempat", ":", "Aula Dinas")], ("PELATIHAN BATIK TULIS", "2024-03-12", "2024-03-12", None, "Aula Dinas")),
        ("DAFTAR HADIR PELATIHAN BATIK ANGKATAN II TANGGAL 12 S/D 14 MARET 2024 DI AULA DINAS", [],
         ("PELATIHAN BATIK", "2024-03-12", "2024-03-14", "II", "AULA DINAS")),
        ("DAFTAR PESERTA", [("Kegiatan", "Temu Pelatihan"), ("Tanggal", "28 Februari s/d 2 Maret 2024")],
         ("Temu Pelatihan", "2024-02-28", "2024-03-02", None, None)),
        ("LAMPIRAN SURAT NOMOR 12 TANGGAL 1 MARET 2024", [("DAFTAR PESERTA MAGANG TENUN",), ("12 s.d. 14 Maret 2024",)],
         ("MAGANG TENUN", "2024-03-12", "2024-03-14", None, None)),
        ("DAFTAR HADIR", [("KEGIATAN : PELATIHAN BATIK ANGKATAN 2, 12 MARET 2024",)],
         ("PELATIHAN BATIK", "2024-03-12", "2024-03-12", "2", None)),
        ("PAYAKUMBUH, 1 FEBRUARI 2024", [("DAFTAR HADIR BIMTEK HALAL TANGGAL 2 MEI 2024",)],
         ("BIMTEK HALAL", "2024-05-02", "2024-05-02", None, None)),
        ("BALAI PELATIHAN INDUSTRI", [("BIMTEK HALAL PADA HARI SABTU, 2-5-2024",)],
         ("BIMTEK HALAL", "2024-05-02", "2024-05-02", None, None)),
    ],
)  # fmt: skip
def test_the_rows_above_the_table_name_the_event(
    ikmctl: Run, tmp_path: Path, title: str, lines: list[tuple[str, ...]], expected: tuple[str | None, ...]
) -> None:
    path = tmp_path / "hadir.csv"
    path.write_bytes(participant_lists.titled_list(title, *lines))
    refused = ikmctl("import-participants", path, "--yes")
    assert refused.status == 3 and "--create-events" in refused.err
    outcome = ikmctl("import-participants", path, "--yes", "--create-events")
    assert outcome.status == 0 and "The rows above the table name the event" in outcome.err, outcome.text
    [event] = events(ikmctl)
    assert tuple(event[name] for name in ("name", "starts_on", "ends_on", "batch", "venue")) == expected
    assert set(entries(ikmctl, 1)) == {"Ani Guci", "Budi Koto"}
    assert "Nothing to do" in ikmctl("import-participants", path, "--yes").out


def test_a_title_without_a_date_needs_one(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "hadir.csv"
    path.write_bytes(participant_lists.titled_list("DAFTAR HADIR PELATIHAN BATIK"))
    refused = ikmctl("import-participants", path, "--yes", "--create-events")
    assert refused.status == 3 and "--starts-on" in refused.err
    given = ("--create-events", "--starts-on", "12-14 Maret 2024")
    assert ikmctl("import-participants", path, "--yes", *given).status == 0
    assert [(event["name"], event["ends_on"]) for event in events(ikmctl)] == [("PELATIHAN BATIK", "2024-03-14")]


def test_an_event_that_an_option_names_may_be_new_too(ikmctl: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "Nama Peserta", "Ani Guci")
    named = ("import-participants", path, "--event", "Bimtek Halal", "--yes")
    assert ikmctl(*named).status == 4
    assert ikmctl(*named, "--starts-on", "2/5/2024", "--create-events").status == 0
    assert [event["name"] for event in events(ikmctl)] == ["Bimtek Halal"]
    refused = ikmctl(*named, "--starts-on", "31/2/2024", "--create-events")
    assert refused.status == 3 and "31/2/2024" in refused.err


def test_each_sheet_may_be_the_list_of_another_event(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "hadir.xlsx"
    path.write_bytes(participant_lists.sheet_for_each_event())
    outcome = ikmctl("import-participants", path, "--sheet", "all", "--yes", "--create-events")
    assert outcome.status == 0, outcome.text
    assert [(event["name"], event["participants"]) for event in events(ikmctl)] == [
        ("PELATIHAN BATIK", 2),
        ("BIMTEK HALAL", 2),
    ]


def test_people_of_one_name_are_told_apart_by_what_the_rows_say(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", "2/5/2024")
    path = write(
        tmp_path,
        "a.csv",
        "Nama Peserta;Instansi;No HP",
        "Sri Wahyuni;PKK Tiakar;",
        "Sri Wahyuni;PKK Ibuah;",
        "Rina Wati;;0812-0000-1111",
        "RINA WATI;;0812-0000-2222",
        "Rina Wati;;0812-0000-1111",
    )
    outcome = ikmctl("import-participants", path, "--event", "1", "--yes")
    assert outcome.status == 0, outcome.text
    assert "has the same name as row 4 and other values" in outcome.err
    assert "is the same as row 4 and was imported once" in outcome.err
    assert len(ikmctl("show-event", "1", "--format", "json").data["attendance"]) == 4
    assert "Nothing to do" in ikmctl("import-participants", path, "--event", "1", "--yes").out


def test_a_list_fills_up_the_entries_that_are_there(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    ikmctl("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", "2/5/2024")
    ikmctl("add-participants", "1", "--person", "Ani Guci")
    path = write(tmp_path, "a.csv", "Nama Peserta;L/P;Jabatan;NIK", "ani guci;P;Ketua;1376014505800001")
    undecided = ikmctl("import-participants", path, "--event", "1", "--yes")
    assert undecided.status == 3 and "--on-duplicate" in undecided.err
    assert ikmctl("import-participants", path, "--event", "1", "--yes", "--on-duplicate", "update").status == 0
    entry = entries(ikmctl, 1)["Ani Guci"]
    assert (entry["gender"], entry["position"]) == ("female", "Ketua")
    assert others(db) == {"NIK": "1376014505800001"}


def test_cells_that_cannot_be_read_are_set_aside_with_the_participant_or_the_new_business(
    ikmctl: Run, tmp_path: Path
) -> None:
    path = write(
        tmp_path,
        "a.csv",
        "Nama Peserta;L/P;Nama Usaha;NIB;Kegiatan;Tanggal",
        "Ani Guci;X;Rendang Ani;91200;Bimtek Halal;2/5/2024",
        "Budi Koto;L;Sanjai Budi;9120000000001;Bimtek Halal;2/5/2024",
        "Citra;P;Kopi Citra;9120000000002;Bimtek Halal;31/2/2024",
    )
    arguments = ("import-participants", path, "--yes", "--create-events", "--create-businesses")
    rejected = ikmctl(*arguments)
    assert rejected.status == 3 and "1 of 3 rows was rejected" in rejected.err
    assert ikmctl(*arguments, "--skip-rejected").status == 0
    pending = {(row["field"], row["name"]) for row in ikmctl("list-pending", "--format", "json", "--each").data}
    assert pending == {("gender", "Ani Guci"), ("nib", "Rendang Ani")}
    assert "Nothing to do" in ikmctl(*arguments, "--skip-rejected").out
    assert ikmctl("mend-pending", "--text", "91200", "--as", "9120000000003").status == 0
    assert {each["nib"] for each in businesses(ikmctl)} == {"9120000000003", "9120000000001"}


def test_an_unreadable_place_of_the_event_is_mended_into_the_other_data(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.csv", "Nama Peserta;L/P;Kegiatan;Tanggal;Tempat", "Ani;P;Bimtek Halal;2/5/2024;Aula\x07 Dinas"
    )
    assert ikmctl("import-participants", path, "--yes", "--create-events").status == 0
    assert ikmctl("mend-pending", "1", "Aula Dinas").status == 0
    assert others(db) == {"Tempat": "Aula Dinas"}


def test_a_list_of_businesses_alone_creates_those_that_are_unknown(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl("add-business", "Rendang Ani", "--owner", "Ani Guci")
    path = write(
        tmp_path, "a.csv", "No;Nama IKM;Kegiatan;Tanggal", "1;Rendang Ani;Pameran;2/5/2024", "2;Baru;Pameran;2/5/2024"
    )
    refused = ikmctl("import-participants", path, "--yes", "--create-events")
    assert refused.status == 3 and "1 of 2 rows was rejected" in refused.err
    arguments = ("import-participants", path, "--yes", "--create-events", "--create-businesses")
    assert ikmctl(*arguments).status == 0
    assert [each["name"] for each in businesses(ikmctl)] == ["Baru", "Rendang Ani"]
    assert "Nothing to do" in ikmctl(*arguments).out


@pytest.mark.parametrize("heading", ["Alamat", "Alamat Lengkap", "Alamat Rumah", "Alamat Peserta"])
def test_a_home_is_no_address_of_a_business_when_participants_are_imported_as_businesses(
    ikmctl: Run, tmp_path: Path, heading: str
) -> None:
    lines = (f"Nama Peserta;{heading};Kelurahan;Nama Usaha;Produk", "Ani;Jl. Rumah 1;Tiakar;Rendang Ani;rendang")
    path = write(tmp_path, "peserta.csv", *lines)
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0 and "it says where they live" in outcome.err
    shown = ikmctl("show-business", "1", "--reveal", "--format", "json").data
    assert (shown["address"], shown["kelurahan"]) == (None, None)
    assert shown["extra"] == {heading: "Jl. Rumah 1", "Kelurahan": "Tiakar"}
    assert (
        ikmctl("import-businesses", path, "--yes", "--map", f"{heading}=address", "--on-duplicate", "update").status
        == 0
    )
    assert ikmctl("show-business", "1", "--reveal", "--format", "json").data["address"] == "Jl. Rumah 1"


def test_an_address_of_the_business_is_taken_beside_the_home(ikmctl: Run, tmp_path: Path) -> None:
    lines = ("Nama Peserta;Alamat;Nama Usaha;Alamat Usaha", "Ani;Jl. Rumah 1;Rendang Ani;Jl. Pasar 2")
    assert ikmctl("import-businesses", write(tmp_path, "peserta.csv", *lines), "--yes").status == 0
    assert ikmctl("show-business", "1", "--reveal", "--format", "json").data["address"] == "Jl. Pasar 2"
