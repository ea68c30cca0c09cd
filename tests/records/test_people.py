"""People who were coached and have no business, and what becomes of them."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.records.registries import content


@pytest.fixture
def coached(ikmctl: Run) -> Run:
    """Two events: Rina of the PKK at both, Budi at one, another Rina, a delegate, and somebody with a business."""
    for arguments in (
        ("add-business", "Tenun Ida", "--owner", "Ida", "--registered-on", "1/1/2020"),
        ("add-event", "Workshop", "--kind", "workshop", "--starts-on", "13/9/2021"),
        ("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", "13/10/2021"),
        ("add-event", "Batal", "--kind", "bimtek", "--starts-on", "14/10/2021"),
        (
            "add-participants",
            "1",
            "--person",
            "Rina Wati",
            "--person",
            "Budi",
            "--sex",
            "P",
            "--sex",
            "L",
            "--organisation",
            "PKK",
        ),
        ("add-participants", "2", "--person", "RINA WATI", "--organisation", "pkk"),
        ("add-participants", "2", "--person", "Rina Wati", "--organisation", "Dekranasda"),
        ("add-participants", "2", "--person", "Hasnul", "--role", "delegate", "--organisation", "DPMPTSPPTK"),
        ("add-participants", "2", "--business", "Tenun Ida", "--person", "Ida"),
        ("add-participants", "3", "--person", "Wati"),
        ("close-event", "3", "--cancelled"),
    ):
        assert ikmctl(*arguments).status == 0, arguments
    return ikmctl


def people(run: Run, *arguments: str) -> list[tuple[object, ...]]:
    rows = run("list-people", *arguments, "--format", "json").data
    return [(row["name"], row["organisation"], row["gender"], row["events"], row["last_event"]) for row in rows]


def test_people_without_a_business(coached: Run) -> None:
    rina, other = ("Rina Wati", "pkk", "female", 2, "Bimtek"), ("Rina Wati", "Dekranasda", None, 1, "Bimtek")
    budi = ("Budi", "PKK", "male", 1, "Workshop")
    assert sorted(people(coached), key=str) == sorted([rina, other, budi], key=str)
    assert people(coached, "--held", "2021-09") == [("Rina Wati", "PKK", "female", 1, "Workshop"), budi]
    assert people(coached, "--search", "dekra", "--kind", "bimtek") == [other]
    assert people(coached, "--event", "Workshop", "--search", "budi") == [budi]
    assert "2 of 3." in coached("list-people", "--limit", "2").err


def test_a_person_starts_a_business(coached: Run, db: Path) -> None:
    before = content(db)
    outcome = coached("add-business", "Rajut Rina", "--from-person", "rina wati / PKK", "--registered-on", "1/11/2021")
    assert outcome.status == 0 and "took part in events before (2)" in outcome.text
    shown = coached("show-business", "Rajut Rina", "--format", "json").data
    assert (shown["owner"], shown["owner_gender"], shown["events_attended"]) == ("Rina Wati", "female", 2)
    assert [name for name, *_rest in people(coached)] == ["Rina Wati", "Budi"]
    for period, count, this_year in (("2021-11", 1, 1), ("2021-12", 0, 1), ("2022-01", 0, 0)):
        coaching = coached("summary", period, "--only", "coaching", "--format", "json").data["blocks"]["coaching"]
        assert (coaching["new_entrepreneurs"], coaching["new_entrepreneurs_this_year"]) == (count, this_year)
    assert coached("set-target", "wirausaha baru", "2021", "4", "--lang", "id").status == 0
    assert coached("list-targets", "2021", "--format", "json").data[0]["indicator"] == "new_entrepreneurs"
    assert coached("undo", "--yes").status == coached("undo", "--yes").status == 0
    assert content(db) == before


def test_who_had_a_business_before_is_no_new_entrepreneur(coached: Run) -> None:
    """Registered after the event, but in business before it; recorded, not registered; registered before the event."""
    coached(
        "add-business",
        "Rajut Rina",
        "--from-person",
        "Rina Wati / PKK",
        "--registered-on",
        "1/11/2021",
        "--established",
        "2015",
    )
    coached("add-business", "Rajut Budi", "--from-person", "Budi", "--registered-on", "1/9/2021")
    coaching = coached("summary", "2021", "--only", "coaching", "--format", "json").data["blocks"]["coaching"]
    assert coaching["new_entrepreneurs"] == 0


@pytest.mark.parametrize(
    ("person", "status", "said"),
    [
        ("Rina Wati", 4, "Rina Wati / pkk"),
        ("Rina Wati / Dinas", 4, "No person without a business"),
        ("Rina Watti", 4, "Did you mean: “Rina Wati”"),
        ("Ida", 4, "No person without a business"),
        ("Hasnul", 4, "No person without a business"),
    ],
)
def test_a_person_who_cannot_be_told(coached: Run, db: Path, person: str, status: int, said: str) -> None:
    before = content(db)
    outcome = coached("add-business", "Rajut", "--from-person", person)
    assert (outcome.status, said in outcome.err) == (status, True), outcome.err
    assert content(db) == before
