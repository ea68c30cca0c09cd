"""Adding, editing, closing, reopening, showing and listing businesses."""

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def three(ikmctl: Run) -> Run:
    """Three businesses: a rendang maker, a weaver without data, a closed carver."""
    ikmctl(
        "add-business", "Rendang Uni Erna", "--owner", "Erna Wati", "--kelurahan", "Tiakar", "--sector", "pangan",
        "--nib", "1234567890123", "--nik", "1376994505800001", "--phone", "0812-0000-1234",
        "--email", "erna@example.com",
        "--workers-male", "2", "--workers-female", "3", "--investment", "28 juta", "--registered-on", "2021-10-11",
    )  # fmt: skip
    ikmctl(
        "add-business", "Tenun Saiyo", "--sector", "Sandang dan Kulit", "--kecamatan", "latina", "--kbli", "13122,13121"
    )
    ikmctl(
        "add-business", "Ukiran Budi", "--sector", "crafts", "--registered-on", "5/1/2020", "--closed-on", "31/12/2020"
    )
    return ikmctl


def names(run: Run, *options: str) -> list[str]:
    return [row["name"] for row in run("list-businesses", "--format", "json", *options).data]


def test_success_says_what_was_done_and_what_next(ikmctl: Run) -> None:
    outcome = ikmctl("add-business", "Rendang Uni Erna", "--kelurahan", "Parik muko aia")
    assert outcome.status == 0
    assert "Registered business no. 1: Rendang Uni Erna." in outcome.out
    assert "Parit Muko Aie" in outcome.out and "Lamposi Tigo Nagori" in outcome.out  # what was assumed is stated
    assert "ikmctl show-business 1" in outcome.out and "ikmctl undo" in outcome.out


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), ["Rendang Uni Erna", "Tenun Saiyo"]),
        (("--status", "all"), ["Rendang Uni Erna", "Tenun Saiyo", "Ukiran Budi"]),
        (("--status", "tutup"), ["Ukiran Budi"]),
        (("--search", "rend"), ["Rendang Uni Erna"]),
        (("--search", "ERNA wati"), ["Rendang Uni Erna"]),
        (("--search", 'NEAR( "* -'), []),
        (("--search", "%"), []),
        (("--sector", "food"), ["Rendang Uni Erna"]),
        (("--kecamatan", "Lamposi Tigo Nagori"), ["Tenun Saiyo"]),
        (("--kelurahan", "TIAKAR"), ["Rendang Uni Erna"]),
        (("--scale", "kecil"), ["Rendang Uni Erna"]),
        (("--missing", "nib"), ["Tenun Saiyo"]),
        (("--missing", "workers-total", "--status", "all"), ["Tenun Saiyo", "Ukiran Budi"]),
        (("--registered", "2021-Q4"), ["Rendang Uni Erna"]),
        (("--registered", "2020", "--status", "all"), ["Ukiran Budi"]),
        (("--sort", "-name"), ["Tenun Saiyo", "Rendang Uni Erna"]),
        (("--sort", "-workers_total,name"), ["Rendang Uni Erna", "Tenun Saiyo"]),
        (("--limit", "1"), ["Rendang Uni Erna"]),
        (("--form", "pt"), []),
        (("--where", "workers_total>=5"), ["Rendang Uni Erna"]),
        (("--where", "workers_total > 5"), []),
        (("--where", "investment<1 miliar", "--where", "events_attended=0"), ["Rendang Uni Erna"]),
        (("--where", "sector!=pangan"), ["Tenun Saiyo"]),
        (("--where", "registered_on>=1/1/2021", "--where", "owner=erna wati"), ["Rendang Uni Erna"]),
        (("--kbli", "10750"), []),
        (("--kbli", "13121"), ["Tenun Saiyo"]),
    ],
)
def test_filters(three: Run, options: tuple[str, ...], expected: list[str]) -> None:
    assert names(three, *options) == expected


def test_a_list_shows_what_follows_from_a_record(three: Run) -> None:
    columns = "name,workers_total,investment,scale,kbli,events_attended,status,registered_on,sentra,group"
    row = three("list-businesses", "--format", "json", "--columns", columns).data[0]
    assert row == {
        "name": "Rendang Uni Erna", "workers_total": 5, "investment": 28_000_000, "scale": "small", "kbli": None,
        "events_attended": 0, "status": "active", "registered_on": "2021-10-11", "sentra": None, "group": None,
    }  # fmt: skip


def test_the_last_line_says_how_many_of_how_many(three: Run) -> None:
    outcome = three("list-businesses", "--limit", "1")
    assert "1 of 2." in outcome.err
    assert "--limit 0" in outcome.err


def test_personal_data_is_masked_unless_revealed_and_revealing_is_logged(three: Run) -> None:
    secret = ("1376994505800001", "081200001234", "0812-0000-1234", "erna@example.com")
    for command in (("show-business", "1"), ("list-businesses", "--columns", "nik,phone,email"), ("history", "1")):
        for form in ("table", "json", "csv"):
            said = three(*command, "--format", form).text
            assert not [value for value in secret if value in said], (command, form)
    shown = three("show-business", "1", "--reveal", "--format", "json").data
    assert (shown["nik"], shown["phone"], shown["email"]) == (secret[0], secret[1], secret[3])
    assert three("history", "--format", "json").data[0]["command"] == "show-business --reveal"


def test_a_list_that_is_revealed_is_logged_with_what_it_showed(ikmctl: Run) -> None:
    ikmctl("add-business", "Tenun Saiyo", "--phone", "081374550001", "--nik", "1376014411780001")
    listing = ("list-businesses", "--columns", "name,phone,nik", "--format", "json")
    assert ikmctl(*listing).data == [{"name": "Tenun Saiyo", "phone": "0813-****-001", "nik": "*************001"}]
    assert ikmctl("history", "--format", "json").data[0]["command"] == "add-business"
    assert ikmctl(*listing, "--reveal").data[0]["phone"] == "081374550001"
    logged = ikmctl("history", "--format", "json").data[0]
    assert (logged["command"], logged["made_by"]) == ("list-businesses --reveal", "officer")
    assert "phone" in logged["detail"] and "nik" in logged["detail"]


def test_a_number_is_never_given_twice(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl("add-business", "A")
    ikmctl("add-business", "B")
    assert ikmctl("undo", "--yes").status == 0
    assert ikmctl("add-business", "C", "--format", "json").data["number"] == 3
    assert ikmctl("undo", "--yes").status == 0
    (tmp_path / "ikm.csv").write_text("Nama Usaha\nD\nE\n", encoding="utf-8")
    assert ikmctl("import-businesses", tmp_path / "ikm.csv", "--yes").status == 0
    assert [row["number"] for row in ikmctl("list-businesses", "--format", "json").data] == [1, 4, 5]


def test_edit_changes_only_what_is_given_and_a_dash_empties(three: Run) -> None:
    three("edit-business", "Rendang Uni Erna", "--owner", "Erni", "--phone", "-")
    shown = three("show-business", "1", "--reveal", "--format", "json").data
    assert (shown["owner"], shown["phone"], shown["nib"]) == ("Erni", None, "1234567890123")
    assert names(three, "--search", "erni") == ["Rendang Uni Erna"]
    assert names(three, "--search", "wati") == []


def test_an_edit_says_each_value_before_and_after(three: Run) -> None:
    outcome = three(
        "edit-business", "1", "--phone", "0813-7455-0001", "--owner", "-", "--sector", "kerajinan", "--kbli", "10750",
        "--workers-male", "4", "--data-year", "2021", "--registered-on", "2021-10-12",
    )  # fmt: skip
    lines = outcome.out.split("\n")
    assert lines[1:8] == [
        "Owner: Erna Wati → –",
        "Phone: 0812-****-234 → 0813-****-001",
        "Sector: Food → Crafts",
        "Opened on (period of activity): 2021-10-11 → 2021-10-12",
        "KBLI: – → 10750",
        "Workers, men (2021): 2 → 4",
        "See: ikmctl show-business 1 · to undo: ikmctl undo",
    ]
    changes = three("edit-business", "2", "--kbli", "13121,13122", "--phone", "0812-0000-1234", "--format", "json").data
    assert {"table": "business", "row": 2, "field": "phone", "before": None, "after": "0812-****-234"} in changes[
        "changes"
    ]
    three("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", "1/2/2021", "--host", "Dinas", "--host", "PKK")
    assert "Host: Dinas, PKK → PKK" in three("edit-event", "1", "--host", "PKK").out
    for same in (("edit-event", "1", "--host", "PKK"), ("edit-business", "2", "--kbli", "13121,13122")):
        assert "No changes" in three(*same).out


def test_an_edit_that_differs_in_nothing_says_so_and_leaves_no_change(three: Run, db: Path) -> None:
    before = db.read_bytes()
    outcome = three("edit-business", "1", "--owner", "Erna Wati")
    assert outcome.status == 0 and "No changes: " in outcome.out
    assert db.read_bytes() == before
    assert three("edit-business", "1", "--status", "closed").status == 2  # closing has a day: close-business


def test_a_group_with_members_stays_a_group(ikmctl: Run) -> None:
    ikmctl("add-business", "Kelompok", "--form", "group")
    ikmctl("add-business", "Rajut", "--group", "Kelompok")
    refused = ikmctl("edit-business", "Kelompok", "--form", "individual")
    assert refused.status == 3 and "Rajut" in refused.err
    ikmctl("edit-business", "Rajut", "--group", "-")
    assert ikmctl("edit-business", "Kelompok", "--form", "individual").status == 0


def test_people_are_spared_what_a_record_cannot_have_or_its_card_says(ikmctl: Run) -> None:
    ikmctl("add-business", "Tenun Saiyo", "--registered-on", "2021-10-11", "--workers-total", "4")
    alone = ikmctl("show-business", "1")
    for title in ("Members", "Events\n", "Data over the years", "Periods of activity", "(none)"):
        assert title not in alone.out
    machines = ikmctl("show-business", "1", "--format", "json").data
    assert machines["members"] == machines["events"] == [] and len(machines["observations"]) == 1
    ikmctl("add-business", "Kelompok Saiyo", "--form", "group")
    assert "Members\n(none)" in ikmctl("show-business", "2").out
    ikmctl("edit-business", "1", "--group", "2", "--data-year", "2020", "--workers-total", "3")
    ikmctl("close-business", "1", "--on", "2022-01-31")
    ikmctl("reopen-business", "1", "--on", "2022-03-01")
    shown = ikmctl("show-business", "1").out
    years = shown.partition("Data over the years\n")[2].split("\n")[0]
    assert years.split("  ") == ["Data year", "Workers"]  # no column that holds nothing
    assert "2022-03-01" in shown.partition("Periods of activity")[2]
    assert "Tenun Saiyo" in ikmctl("show-business", "2").out.partition("Members")[2]
    ikmctl("add-sentra", "Sentra Tenun")
    ikmctl("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", "1/2/2021")
    assert "(none)" not in ikmctl("show-sentra", "1").out + ikmctl("show-event", "1").out


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        ("list-businesses", ("--kecamatan", "Payakumbuh Timu"), "Did you mean: Payakumbuh Timur"),
        ("list-businesses", ("--kelurahan", "Tiakr"), "Did you mean: Tiakar"),
        ("list-businesses", ("--kelurahan", "Nagari Jauah"), "“Nagari Jauah” is not a known kelurahan."),
        ("list-businesses", ("--sector", "makan"), "Did you mean: Food, Clothing and leather"),
        ("list-businesses", ("--kbli", "10000"), "“10000” is not a known KBLI."),
        ("list-businesses", ("--sentra", "Sentra Apa"), "No sentra"),
        ("list-businesses", ("--group", "Kelompok Apa"), "No group"),
        ("list-businesses", ("--where", "kecamatan=Payakumbuh Timu"), "Did you mean: Payakumbuh Timur"),
        ("list-businesses", ("--where", "sentra!=Sentra Apa"), "No sentra"),
        ("list-sentra", ("--kelurahan", "Tiakr"), "Did you mean: Tiakar"),
        ("list-events", ("--kecamatan", "Payakumbuh Timu"), "Did you mean: Payakumbuh Timur"),
        ("summary", ("--kecamatan", "Payakumbuh Timu"), "Did you mean: Payakumbuh Timur"),
    ],
)
def test_a_filter_by_a_name_that_nothing_has_is_no_empty_list(
    three: Run, command: str, arguments: tuple[str, ...], said: str
) -> None:
    outcome = three(command, *arguments)
    assert (outcome.status, outcome.out) == (4, "") and said in outcome.err


def test_a_place_that_no_list_has_can_be_asked_for_once_a_record_has_it(bare: Run) -> None:
    bare("init", "--city", "99.71", "--office", "Disdagin")  # a city whose places are not known
    nothing = bare("list-businesses", "--kecamatan", "Coblong")
    assert nothing.status == 4 and "The registry has no kecamatan yet." in nothing.err
    bare("add-business", "Batik Lestari", "--kecamatan", "Coblong", "--kelurahan", "Dago Baru")
    assert names(bare, "--kecamatan", "coblong") == names(bare, "--kelurahan", "dago-baru") == ["Batik Lestari"]
    assert "Did you mean: Coblong?" in bare("list-businesses", "--kecamatan", "Coblng").err


def test_a_new_data_year_keeps_the_old_one(three: Run) -> None:
    outcome = three("edit-business", "1", "--workers-male", "4", "--workers-female", "4", "--data-year", "2022")
    assert outcome.status == 0
    shown = three("show-business", "1", "--format", "json").data
    assert [(each["data_year"], each["workers_total"]) for each in shown["observations"]] == [("2022", 8), ("2021", 5)]
    assert shown["workers_total"] == 8


def test_closing_and_reopening_keep_the_periods(three: Run) -> None:
    assert three("close-business", "1", "--on", "1/11/2021").status == 0
    assert names(three) == ["Tenun Saiyo"]
    assert three("close-business", "1").status == 3
    early = three("reopen-business", "1", "--on", "1/10/2021")
    assert early.status == 3 and "was closed on 2021-11-01" in early.err and "--on" in early.err
    assert three("reopen-business", "1", "--on", "1/12/2021").status == 0
    shown = three("show-business", "1", "--format", "json").data
    assert shown["activity"] == [
        {"opened_on": "2021-10-11", "closed_on": "2021-11-01", "entry": "registered"},
        {"opened_on": "2021-12-01", "closed_on": None, "entry": "reopened"},
    ]
    assert three("reopen-business", "1").status == 3
    assert three("close-business", "1", "--on", "30/11/2021").status == 3  # before it was reopened


def test_names_that_do_not_fit_one_record(three: Run) -> None:
    three("add-business", "Rendang Uni Erni", "--owner", "Erni")
    ambiguous = three("show-business", "rendang uni")
    assert ambiguous.status == 4
    assert "1 Rendang Uni Erna" in ambiguous.err and "4 Rendang Uni Erni" in ambiguous.err
    near = three("show-business", "Rendang Uni Ernaa")
    assert near.status == 4 and "Rendang Uni Erna" in near.err
    assert three("show-business", "999").status == 4
    assert three("list-businesses", "--sentra", "nirwana").status == 4


def test_one_name_twice_is_told_apart_by_its_owner(ikmctl: Run) -> None:
    for owner in ("Des", "Lina"):
        ikmctl("add-business", "Tenun", "--owner", owner)
    assert ikmctl("show-business", "Tenun").status == 4
    assert ikmctl("show-business", "Tenun / Lina", "--format", "json").data["number"] == 2


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("add-business", "X", "--workers-male", "-3"), 3, "below zero"),
        (("add-business", "X", "--registered-on", "31/02/2021"), 3, "does not exist"),
        (("add-business", "X", "--nib", "123456789012"), 3, "13 digits, this has 12"),
        (("add-business", "X", "--nib", "1234567890123"), 3, "already belongs to Rendang Uni Erna (no. 1)"),
        (("add-business", "X", "--group", "Tenun Saiyo"), 3, "is not a group"),
        (("add-business", "X", "--sector", "padang"), 3, "is not a known sector"),
        (("add-business", "X", "--registered-on", "2/2/2021", "--closed-on", "1/2/2021"), 3, "is before the start"),
        (
            ("add-business", "Rendang Uni Erna", "--owner", "Erna Wati", "--kelurahan", "tiakar"),
            3,
            "already registered",
        ),
        (("add-business",), 2, "is missing"),
        (("add-business", "X", "--colour", "red"), 2, "no option --colour"),
        (("add-business", "Rendang", "Uni", "Erna"), 2, "in quotes"),
        (("edit-business", "1"), 2, "No new value was given"),
        (("list-businesses", "--columns", "shoe"), 2, "The columns are"),
        (("list-businesses", "--limit", "x"), 2, "whole number"),
        (("list-businesses", "--where", "workers"), 2, "is not a comparison"),
        (("list-businesses", "--where", "shoes>3"), 2, "The columns are"),
        (("list-businesses", "--where", "workers_total>many"), 3, "not a number"),
        (("list-businesses", "--registered", "2021-13"), 2, "not a period"),
        (("list-busineses",), 2, "list-businesses"),
        (("list-businesses", "--format", "yaml"), 2, "The formats are"),
        (("list-businesses", "--lang", "fr"), 2, "id or en"),
    ],
)
def test_bad_input_changes_nothing(three: Run, db: Path, arguments: tuple[str, ...], status: int, said: str) -> None:
    before = db.read_bytes()
    outcome = three(*arguments)
    assert (outcome.status, outcome.out) == (status, "")
    assert said in outcome.err
    assert "→" in outcome.err  # every error says the way out
    assert db.read_bytes() == before


def test_a_group_is_never_its_own_member(ikmctl: Run) -> None:
    for name, upper in (("A", ()), ("B", ("--group", "A")), ("C", ("--group", "B"))):
        assert ikmctl("add-business", name, "--form", "group", *upper).status == 0
    assert ikmctl("edit-business", "A", "--group", "A").status == 3
    round_the_circle = ikmctl("edit-business", "A", "--group", "C")
    assert round_the_circle.status == 3
    assert "A → C → B → A" in round_the_circle.err


def test_kbli_gives_the_sector_and_its_edition_follows_the_date(ikmctl: Run) -> None:
    outcome = ikmctl("add-business", "Tenun A", "--kbli", "13121, 13122", "--registered-on", "2021-01-01")
    assert "follows from the KBLI" in outcome.out
    shown = ikmctl("show-business", "1", "--format", "json").data
    assert (shown["kbli"], shown["sector"]) == ("13121,13122", "clothing")
    found = ikmctl("list-kbli", "songket", "--edition", "2025", "--format", "json").data
    assert [row["code"] for row in found] == ["13122"]


def test_errors_are_json_when_json_is_asked_for(ikmctl: Run) -> None:
    import json

    outcome = ikmctl("show-business", "nobody", "--format", "json")
    error = json.loads(outcome.err)["error"]
    assert (outcome.status, error["code"], error["exit_status"]) == (4, "not-found", 4)
    assert error["message"] and error["way_out"]


def test_common_options_stand_before_or_after_the_command(three: Run) -> None:
    assert three("--format", "json", "list-businesses").out == three("list-businesses", "--format=json").out
    assert three("list-businesses", "-f", "json", "--quiet").err == ""


def test_output_files(three: Run, db: Path, tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    assert three("list-businesses", "--output", target).status == 0
    first = target.read_bytes()
    assert first.startswith(b"\xef\xbb\xbfnumber,name,owner")
    assert three("list-businesses", "--output", target).status == 1  # it exists
    assert three("list-businesses", "--status", "all", "--output", target, "--yes").status == 0
    assert target.read_bytes() != first
    (tmp_path / "alias.json").symlink_to(db)
    for name in (db, tmp_path / "alias.json"):
        before = db.read_bytes()
        assert three("list-businesses", "--format", "json", "--output", name, "--yes").status == 1
        assert db.read_bytes() == before
    assert three("list-businesses", "--output", tmp_path / "list.docx").status == 2
    assert not list(tmp_path.glob(".ikmctl-*"))


def test_data_is_never_a_formula_nor_markup(ikmctl: Run) -> None:
    ikmctl("add-business", "=cmd|'/c calc'!A0", "--owner", "[red]x[/red]")
    assert "'=cmd|" in ikmctl("list-businesses", "--format", "csv").out
    assert "[red]x[/red]" in ikmctl("list-businesses").out
    assert ikmctl("list-businesses", "--format", "json").data[0]["name"] == "=cmd|'/c calc'!A0"


def test_a_kecamatan_written_short_is_the_one_in_which_the_kelurahan_lies(ikmctl: Run) -> None:
    said = ikmctl("add-business", "A", "--kelurahan", "Ibuah", "--kecamatan", "Pyk Barat").out
    assert "Kecamatan: was saved as Payakumbuh Barat" in said
    assert ikmctl("show-business", "1", "--format", "json").data["kecamatan"] == "Payakumbuh Barat"
    said = ikmctl("add-business", "B", "--kelurahan", "Ibuah", "--kecamatan", "Lembang").out
    assert "kept as written" in said
    assert ikmctl("show-business", "2", "--format", "json").data["kecamatan"] == "Lembang"


def test_the_days_of_a_closed_business_are_corrected_together_or_refused_in_words(ikmctl: Run) -> None:
    ikmctl("add-business", "Tenun Ida", "--registered-on", "1/1/2021")
    ikmctl("close-business", "1", "--on", "1/2/2021")
    refused = ikmctl("edit-business", "1", "--registered-on", "1/3/2022")
    assert refused.status == 3 and "2021-02-01" in refused.err and "CHECK" not in refused.err
    assert ikmctl("edit-business", "1", "--registered-on", "1/3/2022", "--closed-on", "1/4/2022").status == 0
    assert ikmctl("show-business", "1", "--format", "json").data["activity"] == [
        {"opened_on": "2022-03-01", "closed_on": "2022-04-01", "entry": "registered"}
    ]


def test_a_business_that_another_program_left_without_activity_can_be_edited(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "Tenun Ida")
    with sqlite3.connect(db) as other:
        other.execute("DELETE FROM activity")
    other.close()
    assert ikmctl("edit-business", "1", "--kbli", "13121").status == 0
    assert ikmctl("edit-business", "1", "--registered-on", "1/3/2021").status == 0
    assert ikmctl("show-business", "1", "--format", "json").data["registered_on"] == "2021-03-01"
