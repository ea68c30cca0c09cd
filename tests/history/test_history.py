"""History and undo."""

import csv
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from ikmctl.actions.history.labels import TABLES
from ikmctl.registry.file.database import open_registry
from ikmctl.registry.file.history_columns import RECORDED
from tests.conftest import Run
from tools.invent import HEADINGS, rows


def test_who_when_which_command_and_field_by_field(ikmctl: Run) -> None:
    ikmctl("add-business", "Tenun Saiyo", "--owner", "Des")
    ikmctl("edit-business", "1", "--owner", "Lina")
    newest = ikmctl("history", "--format", "json").data[0]
    assert (newest["made_by"], newest["command"], newest["rows"]) == ("officer", "edit-business", 1)
    assert newest["made_at"].endswith("Z")
    of_record = ikmctl("history", "Tenun Saiyo", "--format", "json").data
    assert [(row["field"], row["before"], row["after"]) for row in of_record if row["command"] == "edit-business"] == [
        ("owner", "Des", "Lina")
    ]
    one = ikmctl("history", "--change", "2", "--format", "json").data
    assert ("name", None, "Tenun Saiyo") in [(row["field"], row["before"], row["after"]) for row in one]


def test_a_change_names_the_record_however_it_was_called(ikmctl: Run) -> None:
    ikmctl("add-business", "Tenun Saiyo")
    ikmctl("add-event", "Workshop", "--kind", "workshop", "--starts-on", "1/2/2021")
    for command in (("edit-business", "1", "--owner", "Des"), ("close-business", "1"), ("reopen-business", "1")):
        ikmctl(*command)
        assert ikmctl("history", "--format", "json").data[0]["detail"] == "Tenun Saiyo"
    ikmctl("add-participants", "1", "--person", "Rina")
    assert ikmctl("history", "--format", "json").data[0]["detail"] == "Workshop"


def test_an_edit_by_another_program_is_recorded_and_can_be_undone(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "Tenun Saiyo", "--owner", "Des")
    other = sqlite3.connect(db)
    other.execute("UPDATE business SET owner = 'Orang Lain' WHERE id = 1")
    other.commit()
    other.close()
    newest = ikmctl("history", "--format", "json").data[0]
    assert (newest["command"], newest["rows"]) == ("outside", 1)
    found = ikmctl("list-businesses", "--search", "orang lain", "--format", "json").data
    assert [row["number"] for row in found] == [1]
    assert ikmctl("undo", "--yes").status == 0
    assert ikmctl("show-business", "1", "--format", "json").data["owner"] == "Des"


def test_undo_goes_back_step_by_step_and_undoing_an_undo_works(ikmctl: Run) -> None:
    ikmctl("add-business", "A")
    ikmctl("edit-business", "1", "--owner", "Des")

    def owner() -> object:
        found = ikmctl("show-business", "1", "--format", "json")
        return found.data["owner"] if found.status == 0 else "gone"

    assert ikmctl("undo", "--yes").status == 0
    assert owner() is None
    assert ikmctl("undo", "--yes", "4").status == 0  # the undoing itself
    assert owner() == "Des"
    assert ikmctl("undo", "--yes").status == 0  # the edit stands again, so it is the latest
    assert ikmctl("undo", "--yes").status == 0
    assert owner() == "gone"
    assert ikmctl("undo", "--yes").status == 4  # nothing left but the making of the registry
    assert ikmctl("undo", "--yes", "1").status == 4


def test_undo_brings_back_what_was_there_before_the_whole_change(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "A", "--owner", "Des")
    with closing(open_registry(db)) as registry, registry.write("edit-business", "A") as change:
        for owner in ("Lina", "Rina", None):
            change.connection.execute("UPDATE business SET owner = ?", (owner,))
    assert ikmctl("undo", "--yes").status == 0
    assert ikmctl("show-business", "1", "--format", "json").data["owner"] == "Des"


def test_undo_refuses_naming_what_built_upon_it(ikmctl: Run) -> None:
    ikmctl("add-business", "A")
    ikmctl("edit-business", "A", "--owner", "Des")
    refused = ikmctl("undo", "--yes", "2")
    assert refused.status == 3
    assert "3 · " in refused.err and "officer · edit-business" in refused.err
    assert "ikmctl undo 2 --with-later" in refused.err
    assert ikmctl("undo", "--yes", "3").status == 0
    assert ikmctl("undo", "--yes", "3").status == 3  # already undone
    assert ikmctl("undo", "--yes", "2").status == 0
    assert ikmctl("undo", "--yes", "77").status == 4


def test_undo_refuses_to_take_away_what_others_refer_to(ikmctl: Run) -> None:
    ikmctl("add-sentra", "Sentra Tenun")
    ikmctl("add-business", "Tenun Saiyo", "--sentra", "Sentra Tenun")
    refused = ikmctl("undo", "--yes", "2")
    assert refused.status == 3 and "Tenun Saiyo" in refused.err
    ikmctl("add-event", "Workshop", "--kind", "workshop", "--starts-on", "1/2/2021")
    ikmctl("add-participants", "Workshop", "--business", "1")
    assert ikmctl("undo", "--yes", "4").status == 3  # the event has a participant who would be swept away
    assert ikmctl("undo", "--yes", "3").status == 3  # the business stands on a list


def test_an_event_and_its_participants_are_undone_one_after_the_other(ikmctl: Run) -> None:
    ikmctl("add-event", "Workshop", "--kind", "workshop", "--starts-on", "1/2/2021", "--organiser", "Disnakerin")
    ikmctl("add-participants", "Workshop", "--person", "Rina")
    assert ikmctl("undo", "--yes").status == 0
    assert ikmctl("show-event", "Workshop", "--format", "json").data["attendance"] == []
    assert ikmctl("undo", "--yes").status == 0
    assert ikmctl("list-events", "--format", "json").data == []


def sheet(path: Path, *names: str) -> Path:
    rows = "".join(f"{name},Des,Tiakar,10794,2021,3\n" for name in names)
    path.write_text(f"Nama Usaha,Pemilik,Kelurahan,KBLI,Tahun Data,TK LK\n{rows}", encoding="utf-8")
    return path


def test_rows_added_together_are_one_entry_that_says_every_row(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    ikmctl("import-businesses", sheet(tmp_path / "a.csv", "Sanjai A", "Sanjai B", "Sanjai C"), "--yes")
    with sqlite3.connect(db) as connection:
        ranges = connection.execute("SELECT table_name, row_id, last_row FROM change_row WHERE last_row IS NOT NULL")
        assert ("business", 1, 3) in ranges.fetchall()
    connection.close()
    assert ikmctl("history", "--format", "json").data[0]["rows"] == 12  # business, activity, observation, KBLI
    one = ikmctl("history", "Sanjai B", "--format", "json").data
    said = {(row["table"], row["field"], row["after"]) for row in one}
    assert {
        ("business", "name", "Sanjai B"),
        ("business_kbli", "code", "10794"),
        ("observation", "workers_male", 3),
    } <= said
    assert "Sanjai A" not in {row["after"] for row in one}
    whole = ikmctl("history", "--change", "2", "--format", "json").data
    assert {row["after"] for row in whole if row["field"] == "name"} == {"Sanjai A", "Sanjai B", "Sanjai C"}


def test_an_import_built_upon_stands_until_what_came_after_is_gone(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl("import-businesses", sheet(tmp_path / "a.csv", "Sanjai A", "Sanjai B"), "--yes")
    ikmctl("edit-business", "2", "--phone", "0812-0000-1111")
    ikmctl("add-event", "Workshop", "--kind", "workshop", "--starts-on", "1/2/2021")
    ikmctl("add-participants", "1", "--business", "1")
    refused = ikmctl("undo", "--yes", "2")
    assert refused.status == 3 and "Sanjai B" in refused.err
    ikmctl("undo", "--yes", "3")
    referenced = ikmctl("undo", "--yes", "2")
    assert referenced.status == 3 and "attendance" in referenced.err
    ikmctl("undo", "--yes", "5")
    assert ikmctl("undo", "--yes", "2").status == 0
    assert ikmctl("list-businesses", "--format", "json").data == []


def test_numbers_given_anew_are_not_taken_for_the_rows_before(ikmctl: Run, tmp_path: Path) -> None:
    """Rows of an import that was undone leave their numbers to the next: bringing them back would overwrite those."""
    ikmctl("import-businesses", sheet(tmp_path / "a.csv", "Sanjai A", "Sanjai B"), "--yes")
    ikmctl("undo", "--yes")
    ikmctl("import-businesses", sheet(tmp_path / "b.csv", "Galamai A", "Galamai B"), "--yes")
    assert ikmctl("undo", "--yes", "3").status == 3
    names = {row["name"] for row in ikmctl("list-businesses", "--format", "json").data}
    assert names == {"Galamai A", "Galamai B"}
    assert ikmctl("undo", "--yes", "4").status == 0
    assert ikmctl("undo", "--yes", "3").status == 0
    names = {row["name"] for row in ikmctl("list-businesses", "--format", "json").data}
    assert names == {"Sanjai A", "Sanjai B"}


def test_what_a_participant_list_says_beside_its_fields_stays_in(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", "1/2/2021")
    listed = tmp_path / "hadir.csv"
    listed.write_text("Nama Peserta,L/P,No HP,Alamat\nRina Wati,P,081374550001,Jl. Melati 4\n", encoding="utf-8")
    assert ikmctl("import-participants", listed, "--event", "1", "--yes").status == 0
    newest = ikmctl("history", "--change", "3", "--format", "json")
    assert ("extra", "***") in [(row["field"], row["after"]) for row in newest.data]
    assert "081374550001" not in newest.text and "Melati" not in newest.text


def test_people_read_the_names_of_fields_machines_their_codes(ikmctl: Run) -> None:
    ikmctl("add-business", "Tenun Saiyo", "--owner-gender", "P")
    shown = ikmctl("history", "--change", "2", "--lang", "id").out
    assert "Jenis kelamin pemilik" in shown and "owner_gender" not in shown and "masa aktif" in shown
    assert "owner_gender" in [row["field"] for row in ikmctl("history", "--change", "2", "--format", "json").data]


def test_the_list_of_changes_names_an_indicator_by_its_title(ikmctl: Run) -> None:
    ikmctl("set-target", "investment", "2021", "2,5 miliar")
    shown = ikmctl("history", "--lang", "id").out
    assert "Investasi 2021" in shown and "investment" not in shown
    assert ikmctl("history", "--format", "json").data[0]["detail"] == "investment 2021"
    assert "set-target Investasi 2021" in ikmctl("undo", "--yes", "--lang", "id").out


@pytest.fixture
def lived(ikmctl: Run) -> Run:
    """A business that moved from a group into a sentra, and an event that it was at."""
    ikmctl("add-business", "Kelompok Saiyo", "--form", "kelompok")
    ikmctl("add-sentra", "Sentra Tenun", "--sector", "sandang", "--reported-units", "1200")
    ikmctl(
        "add-business", "Tenun Saiyo", "--owner-gender", "P", "--group", "1", "--sector", "pangan", "--phone",
        "0812-0000-1234", "--investment", "28 juta", "--export-percent", "12,5", "--registered-on", "5/10/2021",
        "--kbli", "13122", "--capacity", "500", "--capacity-period", "month",
    )  # fmt: skip
    ikmctl(
        "edit-business", "Tenun Saiyo", "--group", "-", "--sentra", "1", "--sector", "kerajinan", "--investment",
        "30 juta", "--data-year", "2021",
    )  # fmt: skip
    ikmctl(
        "add-event", "Bimtek", "--kind", "bimtek", "--starts-on", "1/2/2021", "--budget", "25 juta", "--host", "Dinas"
    )
    ikmctl("add-participants", "Bimtek", "--business", "Tenun Saiyo")
    return ikmctl


def lines(text: str) -> list[list[str]]:
    """The cells of each line of a table."""
    return [re.split(r"\s{2,}", line.strip()) for line in text.splitlines()]


def test_people_read_values_as_the_record_shows_them(lived: Run) -> None:
    edited = lines(lived("history", "--change", "5").out)[2:]
    assert edited == [
        ["business: Tenun Saiyo", "Group", "Kelompok Saiyo", "–"],
        ["business: Tenun Saiyo", "Sentra", "–", "Sentra Tenun"],
        ["business: Tenun Saiyo", "Sector", "Food", "Crafts"],
        ["observation: Tenun Saiyo · 2021", "Investment", "Rp 28,000,000", "Rp 30,000,000"],
    ]
    in_indonesian = lines(lived("history", "Tenun Saiyo", "--lang", "id").out)
    told = {(cells[-3].partition(" (")[0], *cells[-2:]) for cells in in_indonesian if len(cells) > 2}
    assert {
        ("Jenis kelamin pemilik", "–", "perempuan"),
        ("Cabang industri", "Pangan", "Kerajinan"),
        ("Investasi", "Rp 28.000.000", "Rp 30.000.000"),
        ("Ekspor", "–", "12,5%"),
        ("Kapasitas", "–", "500"),
        ("Kapasitas per", "–", "per bulan"),
        ("KBLI", "–", "13122"),
        ("Telepon", "–", "0812-****-234"),
        ("Tanggal buka", "–", "2021-10-05"),
        ("Peran", "–", "peserta"),
    } <= told
    assert "Peran (Bimtek)" in [cells[-3] for cells in in_indonesian if len(cells) > 2]
    event = {tuple(cells[-3:]) for cells in lines(lived("history", "Bimtek", "--kind", "event").out)}
    assert {("Kind", "–", "technical guidance"), ("Budget", "–", "Rp 25,000,000"), ("Host", "–", "Dinas")} <= event
    sentra = lived("history", "Sentra Tenun", "--kind", "sentra").out
    assert "Clothing and leather" in sentra and "1,200" in sentra
    for plumbing in ("group_id", "sentra_id", "business_id", "event_id", "is_main", "edition", "cancelled"):
        assert plumbing not in lived("history", "Tenun Saiyo").out + lived("history", "Bimtek", "--kind", "event").out


def test_machines_read_what_is_stored(lived: Run) -> None:
    stored = [
        (row["table"], row["field"], row["after"]) for row in lived("history", "Tenun Saiyo", "--format", "json").data
    ]
    assert ("business", "group_id", 1) in stored and ("activity", "entry", "registered") in stored
    assert ("business", "sector", "food") in stored and ("observation", "investment", 28_000_000) in stored
    assert ("business", "phone", "0812-****-234") in stored


def test_what_the_office_set_is_told_in_words(ikmctl: Run) -> None:
    ikmctl("alias", "sector", "Makanan", "pangan")
    ikmctl("set", "letterhead", "--place", "Payakumbuh")
    ikmctl("set-target", "investment", "2026", "5 miliar")
    ikmctl("set-target", "investment", "2026", "-")
    told = [lines(ikmctl("history", "--change", str(number), "--lang", "id").out)[-1] for number in (2, 3, 4, 5)]
    assert told == [
        ["padanan: cabang industri · Makanan", "Arti", "–", "Pangan"],
        ["pengaturan", "Tempat", "–", "Payakumbuh"],
        ["target: 2026", "Investasi", "–", "Rp 5.000.000.000"],
        ["target: 2026", "Investasi", "Rp 5.000.000.000", "–"],
    ]
    assert lines(ikmctl("list-aliases", "--lang", "id").out)[1] == ["cabang industri", "Makanan", "Pangan"]
    first = ikmctl("history", "--change", "1", "--lang", "id").out
    assert "13.76 Kota Payakumbuh" in first and "English" in first


def test_a_record_that_is_gone_keeps_its_name_in_the_history(lived: Run) -> None:
    for _each in range(5):
        assert lived("undo", "--yes").status == 0
    gone = lines(lived("history", "--change", "4").out)
    assert ["business: Tenun Saiyo", "Group", "–", "Kelompok Saiyo"] in gone


def test_personal_data_in_the_history_is_revealed_on_request_and_that_is_logged(lived: Run, tmp_path: Path) -> None:
    assert "0812-0000-1234" not in lived("history", "Tenun Saiyo").text
    assert "0812-0000-1234" in lived("history", "Tenun Saiyo", "--reveal").out
    assert lived("history", "--change", "4", "--reveal", "--format", "json").text.count("081200001234") == 1
    logged = [(row["command"], row["detail"]) for row in lived("history", "--format", "json").data]
    assert logged[:2] == [("history --reveal", "--change 4"), ("history --reveal", "Tenun Saiyo")]
    listed = tmp_path / "ikm.csv"
    listed.write_text("Nama Usaha,RT\nSanjai Lina,04\n", encoding="utf-8")
    lived("import-businesses", listed, "--yes")
    assert "RT: 04" in lived("history", "Sanjai Lina", "--reveal").out  # no JSON
    assert "RT: 04" in lived("show-business", "Sanjai Lina", "--reveal").out


def test_an_edit_by_another_program_is_called_so(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "Tenun Saiyo", "--kbli", "13122")
    with sqlite3.connect(db) as other:
        other.execute("UPDATE business_kbli SET is_main = 0")
    other.close()
    assert "another program" in ikmctl("history").out and "program lain" in ikmctl("status", "--lang", "id").out
    assert lines(ikmctl("history", "--change", "3").out)[-1] == ["business: Tenun Saiyo", "Main code", "yes", "no"]


def test_every_column_of_the_history_has_a_name_for_people() -> None:
    for table, columns in RECORDED.items():
        whole = {**dict.fromkeys(columns), "role": "host", "indicator": "workers", "name": "city", "kind": "sector"}
        assert set(columns) == set(TABLES[table].fields(whole)), table
        assert set(TABLES[table].names) | set(TABLES[table].tacit) <= set(columns)
    assert set(TABLES) == set(RECORDED)


def test_a_row_taken_back_leaves_nothing_in_the_history_of_the_next_record(ikmctl: Run) -> None:
    ikmctl("add-business", "Keliru")
    ikmctl("undo", "--yes")
    ikmctl("add-business", "Tenun Saiyo")
    found = ikmctl("history", "Tenun Saiyo", "--format", "json").data
    assert {row["change"] for row in found} == {4}


def test_the_history_of_a_sentra_tells_of_the_visits_to_it(ikmctl: Run) -> None:
    ikmctl("add-sentra", "Sentra Rendang")
    ikmctl("add-event", "Studi Tiru", "--kind", "study-visit", "--starts-on", "11/10/2021")
    ikmctl("add-participants", "1", "--sentra", "Sentra Rendang", "--role", "visited")
    told = ikmctl("history", "Sentra Rendang", "--kind", "sentra", "--format", "json").data
    assert [row["command"] for row in told if row["table"] == "attendance" and row["field"] == "role"] == [
        "add-participants"
    ]


def test_an_undo_takes_as_long_however_much_was_undone_before(ikmctl: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "many.csv"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows(rows(2000))

    def undo(*number: int) -> float:
        begun = time.process_time()
        assert ikmctl("undo", "--yes", *number).status == 0
        return time.process_time() - begun

    def import_and_undo() -> float:
        assert ikmctl("import-businesses", sheet, "--yes").status == 0
        return undo()

    first, *later = [import_and_undo() for _ in range(3)]
    undo(7)
    undo()  # the third import was brought back and taken away again: change 3 may be undone
    later.append(undo(3))
    assert max(later) < 5 * max(first, 0.1)


def test_after_an_undo_the_search_finds_what_is_there(ikmctl: Run) -> None:
    def found(word: str) -> list[int]:
        return [row["number"] for row in ikmctl("list-businesses", "--search", word, "--format", "json").data]

    ikmctl("add-business", "Sanjai Erna", "--products", "keripik")
    ikmctl("edit-business", "1", "--name", "Tenun Lina", "--products", "songket")
    assert ikmctl("undo", "--yes").status == 0
    assert [found(word) for word in ("sanjai", "keripik", "tenun", "songket")] == [[1], [1], [], []]
    assert ikmctl("undo", "--yes").status == 0
    ikmctl("add-business", "Rajut Des")  # may get the place of the one that was undone
    assert [found(word) for word in ("sanjai", "keripik", "rajut")] == [[], [], [2]]


def test_a_refused_undo_names_rows_as_people_call_them(ikmctl: Run) -> None:
    ikmctl("add-business", "Sanjai Erna")
    ikmctl("edit-business", "Sanjai Erna", "--workers-male", "3", "--data-year", "2021")
    ikmctl("edit-business", "Sanjai Erna", "--workers-male", "4", "--data-year", "2021")
    assert "Records concerned: Sanjai Erna (observation)." in ikmctl("undo", "3").err
    assert "Sanjai Erna (data perkembangan)" in ikmctl("undo", "3", "--lang", "id").err
