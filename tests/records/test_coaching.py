"""Sentra, events and who was there."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.records.registries import content


@pytest.fixture
def workshop(ikmctl: Run) -> Run:
    """A workshop of five days, two businesses and a sentra."""
    ikmctl("add-sentra", "Sentra Tenun", "--reported-units", "12")
    ikmctl("add-business", "Tenun Saiyo", "--owner-gender", "P", "--sentra", "tenun")
    ikmctl("add-business", "Tenun Sakato")
    ikmctl("add-event", "Workshop", "--kind", "lokakarya", "--starts-on", "13-17 September 2021", "--funder", "APBD")
    return ikmctl


def test_an_event_given_as_a_range_of_days(workshop: Run) -> None:
    shown = workshop("show-event", "Workshop", "--format", "json").data
    assert (shown["kind"], shown["starts_on"], shown["ends_on"]) == ("workshop", "2021-09-13", "2021-09-17")
    assert shown["funder"] == "APBD"


def test_parties_are_replaced_not_added(workshop: Run) -> None:
    workshop("edit-event", "1", "--funder", "DAK Nonfisik", "--funder", "CSR")
    assert workshop("show-event", "1", "--format", "json").data["funder"] == "DAK Nonfisik; CSR"


def test_people_come_from_businesses_and_count_once(workshop: Run) -> None:
    outcome = workshop(
        "add-participants", "1", "--business", "tenun saiyo", "--business", "2", "--person", "Rina", "--person", "Budi",
        "--sex", "P", "--sex", "L", "--organisation", "PKK",
    )  # fmt: skip
    assert outcome.status == 0, outcome.text
    listed = workshop("show-event", "1", "--format", "json").data["attendance"]
    assert [(row["person"], row["business"], row["gender"]) for row in listed] == [
        ("Rina", "Tenun Saiyo", "female"),
        ("Budi", "Tenun Sakato", "male"),
    ]
    assert workshop("add-participants", "1", "--business", "1", "--person", "Ani", "--person", "Eni").status == 0
    assert workshop("add-participants", "1", "--business", "2").status == 0  # the business itself
    listed = workshop("show-event", "1", "--format", "json").data["attendance"]
    assert [(row["person"], row["business"]) for row in listed][2:] == [
        ("Ani", "Tenun Saiyo"), ("Eni", "Tenun Saiyo"), (None, "Tenun Sakato"),
    ]  # fmt: skip
    assert (
        workshop("list-businesses", "--columns", "name,events_attended", "--format", "json").data[0]["events_attended"]
        == 1
    )


def test_who_teaches_shows_or_helps_is_not_reached(workshop: Run) -> None:
    """Reached are participants and delegates: of an instructor's, a committee's or a visited business nothing counts."""
    for role in ("instructor", "committee", "visited"):
        assert workshop("add-participants", "1", "--business", "1", "--person", role, "--role", role).status == 0
    assert workshop("add-participants", "1", "--business", "2", "--person", "Rina", "--role", "delegate").status == 0
    listed = workshop("list-businesses", "--columns", "number,events_attended", "--sort", "number", "--format", "json")
    assert [row["events_attended"] for row in listed.data] == [0, 1]
    shown = workshop("show-event", "1", "--format", "json").data
    assert (shown["participants"], shown["businesses"], len(shown["attendance"])) == (1, 1, 4)
    assert workshop("summary", "2021", "--format", "json").data["blocks"]["coaching"]["attendances"] == 1


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("add-participants", "1"), 2, "No participant"),
        (("add-participants", "1", "--business", "Tenun Saiyo", "--business", "1"), 3, "already on the list"),
        (("add-participants", "1", "--person", "Rina", "--person", "RINA"), 3, "already on the list"),
        (("add-participants", "1", "--business", "nirwana"), 4, "No business"),
        (("add-participants", "1", "--business", "1", "--business", "2", "--person", "A"), 2, "--business was given 2"),
        (("add-participants", "pameran", "--person", "Rina"), 4, "No event"),
        (
            ("add-participants", "1", "--person", "A", "--person", "B", "--sex", "P", "--sex", "L", "--sex", "P"),
            2,
            "3 times",
        ),
        (("add-participants", "1", "--person", "A", "--role", "juri"), 2, "participant, delegate"),
        (("add-event", "X", "--kind", "pesta", "--starts-on", "1/1/2021"), 3, "is not one of"),
        (
            ("add-event", "X", "--kind", "workshop", "--starts-on", "2/1/2021", "--ends-on", "1/1/2021"),
            3,
            "before the start",
        ),
        (("add-event", "X", "--kind", "workshop"), 2, "is missing"),
        (("add-event", "workshop", "--kind", "workshop", "--starts-on", "13/9/2021"), 3, "already exists"),
        (("add-sentra", "SENTRA  TENUN"), 3, "already exists"),
    ],
)
def test_bad_input_adds_nobody(workshop: Run, arguments: tuple[str, ...], status: int, said: str) -> None:
    outcome = workshop(*arguments)
    assert outcome.status == status
    assert said in outcome.err
    assert workshop("show-event", "1", "--format", "json").data["attendance"] == []


def test_a_closed_list_takes_nobody_until_it_is_reopened(workshop: Run) -> None:
    workshop("close-event", "1", "--on", "30/9/2021")
    assert workshop("add-participants", "1", "--person", "Rina").status == 3
    workshop("reopen-event", "1")
    assert workshop("add-participants", "1", "--person", "Rina").status == 0


def test_a_cancelled_event_is_in_no_report(workshop: Run) -> None:
    workshop("close-event", "1", "--cancelled")
    blocks = workshop("summary", "2021-09", "--format", "json").data["blocks"]
    assert (blocks["events"]["rows"], blocks["coaching"]["events"]) == ([], 0)


def test_sentra_members_beside_what_it_states(workshop: Run) -> None:
    [row] = workshop("summary", "2099", "--format", "json").data["blocks"]["sentra"]["rows"]
    assert (row["members"], row["stated"], row["difference"], row["mark"]) == (1, 12, -11, "below 5")
    assert workshop("close-sentra", "tenun").status == 0
    assert workshop("list-sentra", "--format", "json").data == []
    assert workshop("reopen-sentra", "tenun").status == 0
    assert [row["name"] for row in workshop("show-sentra", "1", "--format", "json").data["businesses"]] == [
        "Tenun Saiyo"
    ]


def test_a_group_is_coached_when_a_member_is(ikmctl: Run) -> None:
    ikmctl("add-business", "Kelompok A", "--form", "group", "--registered-on", "2020-01-01")
    ikmctl("add-business", "Rajut B", "--group", "Kelompok A", "--registered-on", "2020-01-01")
    ikmctl("add-event", "Workshop", "--kind", "workshop", "--starts-on", "1/2/2021")
    ikmctl("add-participants", "Workshop", "--business", "Rajut B")
    coaching = ikmctl("summary", "2021-02", "--format", "json").data["blocks"]["coaching"]
    assert (coaching["groups_coached"], coaching["all_groups"], coaching["coverage_percent"]) == (1, 1, 50.0)


def test_listed_people_beside_reported_ones(workshop: Run) -> None:
    workshop("edit-event", "1", "--reported-male", "3", "--reported-female", "64")
    workshop("add-participants", "1", "--person", "Rina", "--sex", "P")
    assert "1 on the list, 67 reported" in workshop("summary", "2021-09").out


def test_a_new_first_day_leaves_the_last_day_where_it_is(ikmctl: Run) -> None:
    def days() -> tuple[str, str]:
        shown = ikmctl("show-event", "1", "--format", "json").data
        return shown["starts_on"], shown["ends_on"]

    ikmctl("add-event", "Pelatihan", "--kind", "pelatihan", "--starts-on", "6 s/d 8 Oktober 2021")
    assert ikmctl("edit-event", "1", "--starts-on", "5/10/2021").status == 0
    assert days() == ("2021-10-05", "2021-10-08")
    assert ikmctl("edit-event", "1", "--starts-on", "9/10/2021").status == 3  # the end would lie before it
    assert ikmctl("edit-event", "1", "--ends-on", "-").status == 0
    assert days() == ("2021-10-05", "2021-10-05")
    assert ikmctl("edit-event", "1", "--starts-on", "9/10/2021").status == 0
    assert days() == ("2021-10-09", "2021-10-09")
    assert ikmctl("edit-event", "1", "--starts-on", "9-11 Oktober 2021").status == 0
    assert days() == ("2021-10-09", "2021-10-11")


@pytest.fixture
def attended(workshop: Run) -> Run:
    """The workshop with two businesses, a sentra, and two people of one name."""
    workshop("add-participants", "1", "--business", "1", "--business", "2", "--sentra", "tenun")
    for organisation in ("PKK", "Dekranasda"):
        workshop("add-participants", "1", "--person", "Rina Wati", "--organisation", organisation)
    return workshop


def test_an_entry_of_a_participant_list_is_edited_and_the_edit_undone(attended: Run, db: Path) -> None:
    before = content(db)
    outcome = attended(
        "edit-participant",
        "Workshop",
        "tenun sakato",
        "--person",
        "Budi",
        "--sex",
        "L",
        "--role",
        "delegasi",
        "--organisation",
        "PKK",
    )
    assert outcome.status == 0
    for line in ("Person: – → Budi", "Sex: – → male", "Role: participant → delegate"):
        assert line in outcome.out
    [entry] = [
        each for each in attended("show-event", "1", "--format", "json").data["attendance"] if each["person"] == "Budi"
    ]
    assert (entry["number"], entry["business"], entry["role"], entry["gender"]) == (
        2,
        "Tenun Sakato",
        "delegate",
        "male",
    )
    assert "No changes" in attended("edit-participant", "1", "2", "--person", "Budi").out
    changed = attended("edit-participant", "1", "budi", "--business", "-", "--format", "json").data
    assert changed["changes"] == [{"table": "attendance", "row": 2, "field": "business_id", "before": 2, "after": None}]
    assert attended("undo", "--yes").status == attended("undo", "--yes").status == 0
    assert content(db) == before


def test_an_entry_of_a_participant_list_is_removed_and_brought_back(attended: Run, db: Path) -> None:
    before = content(db)
    assert (
        "Removed participant no. 3 of Workshop: Sentra Tenun."
        in attended("remove-participant", "1", "sentra tenun").out
    )
    assert attended("remove-participant", "1", "#4", "--format", "json").data["listed"] == 3
    people = [each["organisation"] for each in attended("show-event", "1", "--format", "json").data["attendance"]]
    assert people == [None, None, "Dekranasda"]
    assert attended("undo", "--yes").status == attended("undo", "--yes").status == 0
    assert content(db) == before


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("edit-participant", "1", "Rina", "--sex", "P"), 4, "4 Rina Wati · PKK; 5 Rina Wati · Dekranasda"),
        (("remove-participant", "1", "Rina"), 4, "show-event 1"),
        (("remove-participant", "1", "Nobody"), 4, "No participant"),
        (("remove-participant", "1", "99"), 4, "No participant"),
        (("remove-participant", "9", "Rina"), 4, "No event"),
        (("remove-participant", "1"), 2, "PARTICIPANT is missing"),
        (("remove-participant",), 2, "EVENT is missing"),
        (("edit-participant", "1", "1"), 2, "No new value"),
        (("edit-participant", "1", "1", "--business", "-"), 2, "No participant was given"),
        (("edit-participant", "1", "1", "--business", "2"), 3, "already on the list"),
        (("edit-participant", "1", "5", "--organisation", "pkk"), 3, "already on the list"),
        (("edit-participant", "1", "5", "--role", "-"), 3, "required"),
        (("edit-participant", "1", "5", "--role", "tamu"), 3, "is not one of"),
        (("edit-participant", "1", "5", "--sentra", "rendang"), 4, "No sentra"),
    ],
)
def test_what_is_wrong_about_an_entry_changes_nothing(
    attended: Run, db: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    before = db.read_bytes()
    refused = attended(*arguments)
    assert (refused.status, refused.out) == (status, "") and said in refused.err
    assert db.read_bytes() == before


def test_a_closed_list_is_not_changed_until_it_is_reopened(attended: Run) -> None:
    attended("close-event", "1", "--on", "30/9/2021")
    for command in (("edit-participant", "1", "1", "--role", "visited"), ("remove-participant", "1", "1")):
        refused = attended(*command)
        assert refused.status == 3 and "To change the list: ikmctl reopen-event 1" in refused.err
    attended("reopen-event", "1")
    assert attended("remove-participant", "1", "1").status == 0
