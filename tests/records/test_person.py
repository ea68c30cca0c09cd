"""The rights of a person: a report of all that is held on them, erasure without a trace, and the access log."""

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Run

NIK, OTHER_NIK = "1376014505800001", "1376010101700002"
SECRETS = ("Siti Rahma", NIK, "081277665544", "081299998888", "siti.rahma@contoh.example", "012345678202000", "Mawar")
SHEET = f"""Nama Usaha,Nama Pemilik,NIK,No HP,Email,NPWP,Alamat,Kelurahan,Tenaga Kerja,Keterangan
Rendang Siti Rahma,Siti Rahma,{NIK},081277665544,siti.rahma@contoh.example,012345678202000,Jl. Mawar 7,Tiakar,5,mitra Siti Rahma
Tenun Saiyo,Buyung Salim,{OTHER_NIK},081366554433,buyung@contoh.example,,Jl. Melati 9,Tiakar,3,tetangga Siti Rahma
"""


@pytest.fixture
def office(ikmctl: Run, tmp_path: Path) -> Run:
    """A registry in which one person owns a business, has changed her phone, and was at an event."""
    (tmp_path / "people.csv").write_text(SHEET, encoding="utf-8")
    steps = (
        ("import-businesses", "people.csv", "--yes", "--data-year", "2021"),
        ("edit-business", 1, "--phone", "081299998888"),
        ("add-event", "Pelatihan", "--kind", "training", "--starts-on", "1/2/2022"),
        ("add-participants", 1, "--person", "SITI RAHMA", "--position", "Ketua"),
    )
    for step in steps:
        assert ikmctl(*step).status == 0
    return ikmctl


def test_a_report_prints_all_that_is_held_on_a_person(office: Run) -> None:
    report = office("person-report", "siti rahma", "--reveal", "--format", "json").data["blocks"]
    held = {(row["record"], row["field"]): row["value"] for row in report["held"]["rows"]}
    assert held["business", "NIK"] == NIK and held["business", "Phone"] == "0812-9999-8888"
    assert held["attendance", "Person"] == "SITI RAHMA" and held["attendance", "Name"] == "Pelatihan"
    assert ("Phone", "0812-7766-5544") in [(row["field"], row["value"]) for row in report["history"]["rows"]]
    assert not any("Buyung" in str(row) for row in report["held"]["rows"])
    assert office("person-report", NIK, "--reveal", "--format", "json").data["blocks"] == report


def test_a_report_is_masked_unless_revealed_and_revealing_is_in_the_access_log(office: Run) -> None:
    masked = office("person-report", NIK)
    assert masked.status == 0 and not any(secret in masked.text for secret in SECRETS[1:5])
    assert office("access-log", "--format", "json").data == []
    office("person-report", NIK, "--reveal")
    office("list-businesses", "--columns", "name,nik", "--reveal", "--format", "csv")
    log = office("access-log", "--format", "json").data
    assert [(each["command"], each["made_by"], each["records"]) for each in log] == [
        ("list-businesses --reveal", "officer", 2),
        ("person-report --reveal", "officer", 2),
    ]
    assert NIK not in str(log)


def test_every_command_that_reveals_logs_how_many_records(office: Run, tmp_path: Path) -> None:
    office("show-business", 1, "--reveal")
    office("list-businesses", "--limit", 1, "--columns", "nik", "--reveal")
    office("history", "--change", 3, "--reveal")
    office("export", tmp_path / "out", "--reveal")
    office("list-pending", "--reveal")
    log = office("access-log", "--limit", 0, "--format", "json").data
    assert [(each["command"], each["records"]) for each in log] == [
        ("list-pending --reveal", 0),
        ("export --reveal", 8),
        ("history --reveal", 1),
        ("list-businesses --reveal", 1),
        ("show-business --reveal", 1),
    ]


def test_an_erased_person_is_nowhere_in_the_file_and_figures_stay(office: Run, db: Path) -> None:
    office("close-month", "2022-02")
    before = office("summary", "2022-02", "--format", "json").data
    office("delete-business", 2)
    assert office("undo", "--yes").status == 0
    erased = office("erase-person", NIK, "--yes", "--format", "json")
    assert erased.status == 0 and erased.data["erased"]["business"] == 1 and erased.data["change"]
    content = db.read_bytes().lower()
    assert [secret for secret in SECRETS if secret.lower().encode() in content] == []
    assert office("summary", "2022-02", "--format", "json").data == before
    assert office("show-business", 1, "--format", "json").data["workers_total"] == 5
    assert office("list-businesses", "--search", "rahma", "--format", "json").data == []
    assert office("show-business", 2, "--reveal", "--format", "json").data["phone"] == "081366554433"
    assert office("person-report", NIK).status == 4


@pytest.mark.parametrize("change", [3, 5, None])
def test_no_undo_brings_an_erased_person_back(office: Run, db: Path, change: int | None) -> None:
    office("erase-person", "Siti Rahma", "--yes")
    office("undo", *([] if change is None else [change]), "--yes")
    content = db.read_bytes()
    assert [secret for secret in SECRETS if secret.encode() in content] == []


def test_a_person_of_a_record_that_was_removed_is_erased_from_the_history(office: Run, db: Path) -> None:
    office("delete-business", 1)
    office("remove-participant", 1, "siti rahma")
    assert office("erase-person", NIK, "--yes").status == 0
    assert [secret for secret in SECRETS if secret.encode() in db.read_bytes()] == []


def test_an_owner_who_followed_an_erased_one_stays(office: Run, db: Path) -> None:
    office("edit-business", 1, "--owner", "Nurhayati", "--nik", "1376014505800003", "--phone", "081211112222")
    office("erase-person", "Siti Rahma", "--yes")
    shown = office("show-business", 1, "--reveal", "--format", "json").data
    assert (shown["owner"], shown["nik"], shown["phone"]) == ("Nurhayati", "1376014505800003", "081211112222")
    assert NIK.encode() not in db.read_bytes()


def test_an_earlier_value_is_of_who_owned_the_business_then(office: Run, db: Path) -> None:
    """The history keeps only what changed: whose a former phone was is said by a later entry, or by the row today."""
    office("edit-business", 2, "--phone", "081366554434")  # of Buyung Salim, who is named by the next entry alone
    office("edit-business", 2, "--owner", "Upik Salim", "--nik", "1376010101700009")
    office("edit-business", 2, "--phone", "081366554435")
    report = office("person-report", "Buyung Salim", "--reveal", "--format", "json").data["blocks"]["history"]["rows"]
    assert "0813-6655-4433" in [row["value"] for row in report]
    assert "0813-6655-4434" not in [row["value"] for row in report]  # it was replaced when she was the owner
    assert office("erase-person", "Upik Salim", "--yes").status == 0
    assert b"081366554433" in db.read_bytes() and b"081366554434" not in db.read_bytes()
    assert office("erase-person", "Buyung Salim", "--yes").status == 0
    assert b"081366554433" not in db.read_bytes()


def test_a_name_that_is_also_that_of_a_street_stays_where_it_may_mean_the_street(office: Run, db: Path) -> None:
    office(
        "add-business",
        "Tahu Ahmad Yani",
        "--owner",
        "Ahmad Yani",
        "--nik",
        "1376014505800077",
        "--phone",
        "081255556666",
    )
    office("add-business", "Bengkel", "--address", "Jl. Ahmad Yani 12", "--notes", "mitra Ahmad Yani, HP 081255556666")
    office("add-business", "Sari", "--owner", "Yani", "--brand", "Yani")
    office("edit-event", 1, "--venue", "Gedung Ahmad Yani")
    receipt = office("erase-person", "Ahmad Yani", "--yes", "--format", "json").data
    own, other, third = (office("show-business", number, "--reveal", "--format", "json").data for number in (3, 4, 5))
    assert (own["name"], own["owner"], own["phone"]) == ("Tahu (dihapus)", None, None)
    assert (other["address"], other["notes"]) == ("Jl. Ahmad Yani 12", "mitra (dihapus), HP (dihapus)")
    assert (third["owner"], third["brand"]) == ("Yani", "Yani")
    assert office("show-event", 1, "--format", "json").data["venue"] == "Gedung Ahmad Yani"
    assert [(place["table"], place["number"], place["field"]) for place in receipt["mentions"]] == [
        ("business", 4, "address"), ("event", 1, "venue"),
    ]  # fmt: skip
    assert b"Tahu Ahmad Yani" not in db.read_bytes() and b"1376014505800077" not in db.read_bytes()
    history = office("history", "--change", 7, "--format", "json").text
    assert "Jl. Ahmad Yani 12" in history  # what was registered about somebody else stays true


def test_the_name_of_a_street_alone_is_no_person_in_the_texts_of_others(office: Run) -> None:
    office("add-business", "Tahu Sudirman", "--owner", "Sudirman", "--nik", "1376014505800088")
    office("add-business", "Bengkel", "--address", "Jl. Sudirman 12", "--notes", "di simpang Sudirman")
    receipt = office("erase-person", "Sudirman", "--yes")
    bengkel = office("show-business", 4, "--reveal", "--format", "json").data
    assert (bengkel["address"], bengkel["notes"]) == ("Jl. Sudirman 12", "di simpang Sudirman")
    assert "The name stands in other texts too" in receipt.out and "business 4 (Address)" in receipt.out


def test_two_people_of_one_name_are_told_apart_by_nik(office: Run, db: Path) -> None:
    office("add-business", "Kerupuk", "--owner", "Siti Rahma", "--nik", "1376014505800009", "--kelurahan", "Tiakar")
    refused = office("erase-person", "Siti Rahma", "--yes")
    assert refused.status == 4 and "NIK" in refused.err
    assert office("erase-person", NIK, "--yes").status == 0
    other = office("list-businesses", "--where", "name=Kerupuk", "--columns", "owner", "--format", "json").data
    assert other == [{"owner": "Siti Rahma"}]


def test_erasing_asks_first_and_names_backups_that_still_hold_the_data(office: Run, db: Path) -> None:
    assert office("erase-person", NIK).status == 2
    assert "Mawar" in office("erase-person", NIK, "--dry-run").out
    assert office("show-business", 1, "--reveal", "--format", "json").data["nik"] == NIK
    (stick := db.with_name("stik")).mkdir()
    office("init", "--city", "13.76", "--office", "X", "--db", (without := stick / "registry.db"))
    office("backup", stick, "--db", without)
    office("backup", stick)
    gone = office("backup", stick, "--format", "json").data["file"]
    Path(gone).unlink()
    receipt = office("erase-person", NIK, "--yes", "--format", "json")
    holding = list(stick.glob("*-2.backup.db"))
    assert sorted(receipt.data["backups"]) == sorted([*map(str, holding), gone]) and len(holding) == 1
    assert NIK not in receipt.text
    assert office("erase-person", NIK, "--yes").status == 4


def test_an_access_that_an_earlier_version_logged_has_no_number(office: Run, db: Path) -> None:
    with sqlite3.connect(db) as connection:
        connection.execute(
            "INSERT INTO change (made_at, made_by, command) VALUES ('2022-01-01T00:00:00Z', 'x', 'history --reveal')"
        )
    connection.close()
    [logged] = office("access-log", "--format", "json").data
    assert (logged["command"], logged["records"]) == ("history --reveal", None)
