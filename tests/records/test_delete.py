"""Deleting businesses, sentra and events that were entered by mistake."""

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikmctl.actions.history.undo import Wanted, plan_undo, undo
from ikmctl.actions.records.delete import Dependents, delete
from ikmctl.actions.setup import registry_file
from ikmctl.domain.entities import RECORDS
from ikmctl.registry.file.database import open_registry
from tests.conftest import Run, examples
from tests.records.registries import content, fill


@pytest.fixture
def story(ikmctl: Run) -> Run:
    """A group with a member in a sentra; both were at a workshop, with a person of the member."""
    ikmctl("add-sentra", "Sentra Rajut")
    ikmctl("add-business", "Kelompok Fayari", "--form", "group", "--sentra", "1")
    ikmctl("add-business", "Rajut Des", "--group", "1", "--sentra", "1", "--kbli", "14302", "--workers-male", "2")
    ikmctl("add-event", "Workshop Rajutan", "--kind", "workshop", "--starts-on", "13/9/2021", "--host", "Dekranasda")
    ikmctl("add-participants", "1", "--business", "1")
    ikmctl("add-participants", "1", "--person", "Rina Wati", "--business", "2")
    return ikmctl


def listed(run: Run, kind: str) -> list[str]:
    return [row["name"] for row in run(f"list-{kind}", "--status", "all", "--format", "json").data]


def test_a_record_that_nothing_refers_to_is_deleted_with_what_is_part_of_it_and_undone(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "Rendang Uni Erna", "--kbli", "10750", "--workers-male", "2", "--phone", "0812-0000-1234")
    before = content(db)
    outcome = ikmctl("delete-business", "rendang uni erna")
    assert outcome.status == 0 and "Deleted business no. 1: Rendang Uni Erna." in outcome.out
    assert "Data over the years (1)" in outcome.out and "ikmctl undo" in outcome.out
    assert content(db)["business"] == content(db)["observation"] == content(db)["activity"] == []
    assert ikmctl("list-businesses", "--search", "erna", "--format", "json").data == []
    assert ikmctl("history", "--format", "json").data[0]["detail"] == "Rendang Uni Erna"
    assert ikmctl("undo", "--yes").status == 0
    assert content(db) == before
    assert ikmctl("delete-business", "1", "--format", "json").data["deleted_with_it"] == {
        "observation": 1, "activity": 1, "business_kbli": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ("delete-business", "1"),
            ("Rajut Des (no. 2)", "Workshop Rajutan (no. 1)", "--with-members", "--keep-members"),
        ),
        (("delete-business", "2"), ("1 other record", "Workshop Rajutan", "--with-attendance")),
        (("delete-business", "1", "--keep-members"), ("Workshop Rajutan", "--with-attendance")),
        (("delete-business", "1", "--with-members"), ("Workshop Rajutan", "--with-attendance")),
        (("delete-sentra", "1"), ("2 other records", "Kelompok Fayari (no. 1)", "Rajut Des (no. 2)")),
        (("delete-sentra", "1", "--with-members"), ("Workshop Rajutan", "--with-attendance")),
        (("delete-event", "1"), ("Kelompok Fayari", "Rina Wati", "--with-participants")),
    ],
)
def test_what_others_refer_to_is_not_deleted(
    story: Run, db: Path, command: tuple[str, ...], said: tuple[str, ...]
) -> None:
    before = db.read_bytes()
    refused = story(*command)
    assert (refused.status, refused.out) == (3, "") and all(each in refused.err for each in said)
    assert db.read_bytes() == before


def test_options_take_along_what_refers_to_a_record_or_keep_it(story: Run, db: Path) -> None:
    before = content(db)
    assert story("delete-business", "1", "--with-members", "--with-attendance").status == 0
    assert (listed(story, "businesses"), content(db)["attendance"]) == ([], [])
    story("undo", "--yes")
    assert story("delete-business", "1", "--keep-members", "--with-attendance").status == 0
    shown = story("show-business", "2", "--format", "json").data
    assert (shown["group"], shown["sentra"]) == (None, "Sentra Rajut")
    assert [each["person"] for each in story("show-event", "1", "--format", "json").data["attendance"]] == ["Rina Wati"]
    story("undo", "--yes")
    assert story("delete-sentra", "1", "--keep-members").status == 0
    assert (listed(story, "sentra"), len(listed(story, "businesses"))) == ([], 2)
    story("undo", "--yes")
    assert story("delete-sentra", "1", "--with-members", "--with-attendance").status == 0
    assert listed(story, "businesses") == []
    story("undo", "--yes")
    assert story("delete-event", "1", "--with-participants").status == 0
    assert listed(story, "events") == []
    story("undo", "--yes")
    assert content(db) == before


def test_two_answers_at_once_and_unknown_records_are_refused(story: Run) -> None:
    assert story("delete-sentra", "1", "--with-members", "--keep-members").status == 2
    assert story("delete-sentra", "9").status == 4
    assert story("delete-event", "--with-participants").status == 2


@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_undo_brings_everything_back(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "registry.db"
        registry_file.init(db, "13.76", "Disnakerin")
        fill(db, data.draw)
        before = content(db)
        kind, number = data.draw(st.sampled_from((("business", 6), ("sentra", 2), ("event", 3))))
        keep = data.draw(st.booleans())
        dependents = Dependents(with_attendance=True, with_members=not keep, keep_members=keep)
        with closing(open_registry(db)) as registry:
            delete(registry, RECORDS[kind], str(data.draw(st.integers(1, number))), dependents)
            assert content(db) != before
            undo(registry, plan_undo(registry, Wanted()))
        assert content(db) == before
