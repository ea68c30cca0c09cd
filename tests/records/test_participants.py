"""Who takes part in an event, each once: people, the businesses that they own, groups, delegates."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl.actions.records.events.same_participant import Relation, relation_of
from tests.conftest import Run
from tests.records.registries import content


@pytest.fixture
def workshop(ikmctl: Run) -> Run:
    """A group of three businesses, of which one is the head's, a workshop, and a study visit with one guest."""
    for arguments in (
        ("add-business", "Kelompok Fayari", "--form", "group", "--owner", "Asni", "--brand", "Payocraft"),
        ("add-business", "Rajut Asni", "--owner", "Asni", "--group", "Fayari"),
        ("add-business", "Rajut Des", "--owner", "Des Koto", "--owner-gender", "P", "--group", "Fayari"),
        ("add-business", "Rajut Lina", "--owner", "Lina", "--group", "Fayari"),
        ("add-event", "Workshop", "--kind", "workshop", "--starts-on", "13/9/2021"),
        ("add-event", "Studi Tiru", "--kind", "study-visit", "--starts-on", "11/10/2021", "--guest", "DPMPTSPPTK"),
    ):
        assert ikmctl(*arguments).status == 0
    return ikmctl


def listed(run: Run, event: int = 1) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = run("show-event", str(event), "--format", "json").data["attendance"]
    return rows


def test_a_person_and_the_business_of_that_person_are_one_participant(workshop: Run) -> None:
    assert workshop("add-participants", "1", "--business", "Rajut Des").status == 0
    outcome = workshop("add-participants", "1", "--person", "DES KOTO", "--position", "Ketua")
    assert outcome.status == 0 and "DES KOTO owns Rajut Des: both are one participant, no. 1" in outcome.text
    workshop("add-participants", "1", "--person", "Lina", "--organisation", "PKK")
    outcome = workshop("add-participants", "1", "--business", "Rajut Lina", "--business", "Rajut Asni")
    assert outcome.status == 0 and "Lina owns Rajut Lina" in outcome.text
    assert [(row["person"], row["business"], row["position"], row["organisation"]) for row in listed(workshop)] == [
        ("DES KOTO", "Rajut Des", "Ketua", None), ("Lina", "Rajut Lina", None, "PKK"), (None, "Rajut Asni", None, None),
    ]  # fmt: skip
    assert workshop("undo", "--yes").status == 0
    assert [row["business"] for row in listed(workshop)] == ["Rajut Des", None]


def test_an_owner_may_be_a_participant_of_the_event_that_visits_the_business(workshop: Run) -> None:
    workshop("add-participants", "1", "--business", "Rajut Des", "--role", "visited")
    assert workshop("add-participants", "1", "--person", "Des Koto").status == 0
    assert [(row["person"], row["role"]) for row in listed(workshop)] == [
        (None, "visited"),
        ("Des Koto", "participant"),
    ]


def test_a_group_brings_its_members_along(workshop: Run) -> None:
    workshop("add-participants", "1", "--business", "Rajut Des")
    outcome = workshop("add-participants", "1", "--business", "payocraft", "--members", "--passed", "yes")
    assert outcome.status == 0, outcome.text
    assert "Kelompok Fayari, Rajut Lina" in outcome.out and "Rajut Des is already on the list" in outcome.text
    assert [(row["business"], row["passed"]) for row in listed(workshop)] == [
        ("Rajut Des", None), ("Kelompok Fayari", "yes"), ("Rajut Lina", "yes"),
    ]  # fmt: skip  # Asni heads the group: her own business is the same participant
    assert workshop("show-event", "1", "--format", "json").data["businesses"] == 3


def test_who_passed(workshop: Run) -> None:
    workshop(
        "add-participants", "1", "--person", "Rina", "--person", "Budi", "--passed", "lulus", "--passed", "tidak lulus"
    )
    assert [row["passed"] for row in listed(workshop)] == ["yes", "no"]
    assert workshop("edit-participant", "1", "Budi", "--passed", "yes").status == 0
    assert [row["passed"] for row in listed(workshop)] == ["yes", "yes"]


def test_a_delegate_is_somebodys(workshop: Run) -> None:
    outcome = workshop("add-participants", "2", "--person", "Wirda", "--role", "delegate")
    assert outcome.status == 0 and "DPMPTSPPTK, the guest, is assumed" in outcome.text
    outcome = workshop("add-participants", "2", "--position", "Kabid Industri", "--role", "delegate")
    assert outcome.status == 0, outcome.text
    assert [(row["person"], row["position"], row["organisation"]) for row in listed(workshop, 2)] == [
        ("Wirda", None, "DPMPTSPPTK"), (None, "Kabid Industri", "DPMPTSPPTK"),
    ]  # fmt: skip
    assert workshop("edit-participant", "2", "kabid industri", "--person", "Hasnul").status == 0
    assert listed(workshop, 2)[1]["person"] == "Hasnul"


def test_two_people_of_one_name(workshop: Run) -> None:
    workshop("add-participants", "1", "--person", "Rina", "--organisation", "PKK")
    refused = workshop("add-participants", "1", "--person", "RINA")
    assert refused.status == 3 and "(no. 1, PKK): this may be the same person" in refused.err
    outcome = workshop("add-participants", "1", "--person", "Rina", "--organisation", "Dekranasda")
    assert outcome.status == 0 and "kept as two people" in outcome.text
    assert workshop("add-participants", "1", "--person", "Rina", "--yes").status == 0
    assert [row["organisation"] for row in listed(workshop)] == ["PKK", "Dekranasda", None]
    ambiguous = workshop("remove-participant", "1", "Rina")
    assert ambiguous.status == 4 and "Rina · PKK" in ambiguous.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add-participants", "1", "--person", "Lina", "--organisation", "PKK"), "already on the list"),
        (("add-participants", "1", "--person", "A", "--business", "Rajut Des", "--members"), "already on the list"),
        (("add-participants", "1", "--business", "Rajut Lina", "--members"), "is not a group"),
        (("add-participants", "1", "--person", "A", "--person", "B", "--role", "delegate"), "has no organisation"),
        (("edit-participant", "1", "A", "--role", "delegate", "--business", "-"), "has no organisation"),
        (("edit-participant", "1", "A", "--person", "-", "--business", "-"), "No participant"),
        (("edit-participant", "1", "A", "--person", "Lina", "--organisation", "PKK"), "already on the list"),
        (("edit-participant", "1", "A", "--person", "Asni", "--business", "-"), "are one participant"),
    ],
)
def test_what_is_refused_leaves_the_list_as_it_was(
    workshop: Run, db: Path, arguments: tuple[str, ...], said: str
) -> None:
    workshop("add-participants", "1", "--person", "Lina", "--organisation", "PKK")
    workshop("add-participants", "1", "--person", "A", "--business", "Rajut Des")
    workshop("add-participants", "1", "--business", "Rajut Asni")
    before = content(db)
    outcome = workshop(*arguments)
    assert outcome.status in (2, 3) and said in outcome.err, outcome.text
    assert content(db) == before


SHEET = """Nama Peserta,Nama Usaha,L/P,Lulus
Des Koto,Rajut Dess,P,Lulus
Linna,Rajut Lina,P,Tidak
Wati,Rajut Wati,P,
"""


def test_near_names_of_a_sheet_are_decided_on_one_page(workshop: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "hadir.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    asked = workshop("import-participants", sheet, "--event", "Workshop", "--yes")
    assert asked.status == 3
    assert "Rajut Dess (Des Koto) → Rajut Des (Des Koto, no. 3)" in asked.text
    assert "Rajut Lina (Linna) → Rajut Lina (Lina, no. 4)" in asked.text
    assert "--near-names same|different" in asked.err
    assert listed(workshop) == []
    for answer, businesses in (("different", [None, None, None]), ("same", ["Rajut Des", "Rajut Lina", None])):
        outcome = workshop("import-participants", sheet, "--event", "Workshop", "--yes", "--near-names", answer)
        assert outcome.status == 0, outcome.text
        assert [row["business"] for row in listed(workshop)] == businesses
        assert [row["passed"] for row in listed(workshop)] == ["yes", "no", None]
        again = workshop("import-participants", sheet, "--event", "Workshop", "--yes", "--near-names", answer)
        assert "everything in the file is already in the registry" in again.text
        workshop("undo", "--yes")


def test_a_sheet_names_the_owner_of_a_business_that_is_on_the_list(workshop: Run, tmp_path: Path) -> None:
    workshop("add-participants", "1", "--business", "Rajut Des")
    sheet = tmp_path / "hadir.csv"
    sheet.write_text("Nama Peserta,Nama Usaha\nDes Koto,Rajut Des\nBudi,\n", encoding="utf-8")
    assert workshop("import-participants", sheet, "--event", "1", "--yes", "--on-duplicate", "update").status == 0
    assert [(row["person"], row["business"]) for row in listed(workshop)] == [("Des Koto", "Rajut Des"), ("Budi", None)]


NAMES = st.sampled_from([None, "Rina", "rina", "Budi"])
ENTRIES = st.fixed_dictionaries(
    {
        "person": NAMES, "business_id": st.sampled_from([None, 1, 2]), "sentra_id": st.sampled_from([None, 7]),
        "role": st.sampled_from(["participant", "visited"]), "position": st.sampled_from([None, "Kabid"]),
        "organisation": st.sampled_from([None, "PKK", "pkk", "Dinas"]), "owner": NAMES,
    }
)  # fmt: skip


@given(ENTRIES, ENTRIES)
def test_a_relation_holds_in_both_directions(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert relation_of(one, other) == relation_of(other, one)
    if one["person"] or one["business_id"] or one["position"]:
        assert relation_of(one, one) is Relation.SAME
