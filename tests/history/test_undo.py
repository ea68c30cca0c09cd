"""Undo of several changes, what stands in its way, and what is asked before it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.file.earlier import to_version_7
from tests.records.registries import content


def sheet(path: Path, *names: str, owner: str = "Des") -> Path:
    rows = "".join(f"{name},{owner},Tiakar,10794,2021,3\n" for name in names)
    path.write_text(f"Nama Usaha,Pemilik,Kelurahan,KBLI,Tahun Data,TK LK\n{rows}", encoding="utf-8")
    return path


def test_without_a_terminal_it_says_what_it_would_undo_and_asks_for_yes(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "Tenun Saiyo", "--owner", "Des")
    before = content(db)
    refused = ikmctl("undo")
    assert (refused.status, content(db)) == (2, before)
    assert "add-business" in refused.err and "Tenun Saiyo" in refused.err and "Businesses 1" in refused.err
    assert "--yes" in refused.err and refused.err.count("add-business") == 1
    planned = ikmctl("undo", "--dry-run", "--format", "json")
    assert (planned.status, content(db)) == (0, before)
    assert [(row["number"], row["command"], row["rows"]) for row in planned.data] == [(2, "add-business", 2)]


@pytest.fixture
def used(ikmctl: Run) -> Run:
    """A sentra (change 2), a business in it (3), edited (4); a business beside them (5); an edit again (6)."""
    ikmctl("add-sentra", "Sentra Tenun")
    ikmctl("add-business", "Tenun Saiyo", "--sentra", "Sentra Tenun")
    ikmctl("edit-business", "1", "--phone", "0812-0000-1234")
    ikmctl("add-business", "Sanjai Nia")
    ikmctl("edit-business", "1", "--owner", "Des")
    return ikmctl


def test_with_later_undoes_what_builds_on_a_change_and_nothing_else(used: Run, db: Path) -> None:
    after = content(db)
    undone = used("undo", "2", "--with-later", "--yes", "--format", "json")
    assert undone.status == 0 and undone.data["undone"] == "2, 3, 4, 6"
    assert [row[1] for row in content(db)["business"]] == ["Sanjai Nia"]
    assert content(db)["sentra"] == []
    newest = used("history", "--format", "json").data[0]
    assert (newest["command"], newest["undoes"]) == ("undo", "2, 3, 4, 6")
    assert used("undo", "3", "--yes").status == 3  # undone already
    assert used("undo", "7", "--yes").status == 0
    assert content(db) == after


def test_a_range_of_changes_is_undone_whole_or_not_at_all(used: Run, db: Path) -> None:
    before = content(db)
    refused = used("undo", "--change", "3..5", "--yes")
    assert (refused.status, content(db)) == (3, before)
    assert "6 · " in refused.err and "ikmctl undo --change 3..5 --with-later" in refused.err
    assert used("undo", "--change", "2..6", "--yes").status == 0
    assert content(db)["business"] == content(db)["sentra"] == []
    assert used("undo", "--change", "1..7", "--yes").status == 4  # what was undone, its undo, and init
    assert used("undo", "--change", "7", "--yes").status == 0
    assert content(db) == before


def test_a_range_leaves_out_what_was_undone_and_reverses_an_undo_of_an_earlier_change(ikmctl: Run, db: Path) -> None:
    for name in ("A", "B", "C"):
        ikmctl("add-business", name)
    ikmctl("undo", "2", "--yes")  # change 5
    ikmctl("undo", "4", "--yes")  # change 6
    assert ikmctl("undo", "--change", "3..6", "--yes").status == 0
    assert [row[1] for row in content(db)["business"]] == ["A"]


@pytest.mark.parametrize("words", [("4", "--change", "3..4"), ("--change", "4..3"), ("--change", "3..x")])
def test_a_range_that_makes_no_sense_is_a_usage_error(used: Run, words: tuple[str, ...]) -> None:
    assert used("undo", *words, "--yes").status == 2


def test_a_change_whose_undo_was_itself_followed_by_an_undo_is_not_brought_back_alone(ikmctl: Run, db: Path) -> None:
    """Change 3 edits what 2 added; 4 undoes 3, and 5 undoes 2. To redo 3 there must be a business again."""
    ikmctl("add-business", "A")
    ikmctl("edit-business", "1", "--owner", "Des")
    edited = content(db)
    ikmctl("undo", "--yes")
    ikmctl("undo", "--yes")
    empty = content(db)
    refused = ikmctl("undo", "4", "--yes")
    assert refused.status == 3 and "5 · " in refused.err
    assert content(db) == empty
    assert ikmctl("undo", "4", "--with-later", "--yes").status == 0
    assert content(db) == edited


def test_with_later_takes_an_undo_and_what_it_undid_together(ikmctl: Run, db: Path) -> None:
    """Change 2 is before the one named and 4 after it; one undo, 5, undid both."""
    ikmctl("add-business", "B")
    ikmctl("add-business", "A")
    ikmctl("edit-business", "2", "--owner", "Des")
    before = content(db)
    assert ikmctl("undo", "--change", "2..4", "--yes").status == 0  # change 5
    ikmctl("undo", "5", "--yes")  # change 6: all three stand again
    assert content(db) == before
    ikmctl("edit-business", "1", "--owner", "Lina")  # change 7
    ikmctl("edit-business", "2", "--owner", "Lina")  # change 8
    ikmctl("edit-business", "1", "--phone", "0812-0000-1234")  # change 9
    assert ikmctl("undo", "7", "--with-later", "--yes").status == 0  # change 10 undoes 7 and 9
    assert ikmctl("undo", "8", "--with-later", "--yes").status == 0
    assert content(db) == before
    assert ikmctl("undo", "2", "--with-later", "--yes").status == 0
    assert [row[1] for row in content(db)["business"]] == ["A"]


def test_a_row_does_not_come_back_to_refer_to_one_that_is_undone_too(ikmctl: Run, db: Path) -> None:
    """Change 7 moved the pair of change 6 to another business; without change 5 it has nothing to go back to."""
    for name in ("A", "B", "C"):
        ikmctl("add-business", name)
    before = content(db)
    ikmctl("add-business", "D")
    ikmctl("mark-different", "1", "4")
    ikmctl("merge-businesses", "2", "4", "--yes")
    assert ikmctl("undo", "5", "--yes").status == 3
    undone = ikmctl("undo", "5", "--with-later", "--yes", "--format", "json")
    assert undone.data["undone"] == "5, 6, 7"
    assert content(db) == before


def test_a_row_does_not_come_back_to_refer_to_one_that_is_gone(used: Run, db: Path) -> None:
    used("edit-business", "1", "--sentra", "-")  # change 7
    used("delete-sentra", "1", "--yes")
    before = content(db)
    refused = used("undo", "7", "--yes")
    assert refused.status == 3 and "8 · " in refused.err and "delete-sentra" in refused.err
    assert content(db) == before
    assert used("undo", "7", "--with-later", "--yes").status == 0
    assert used("show-business", "1", "--format", "json").data["sentra"] == "Sentra Tenun"


def test_a_value_that_another_record_holds_by_now_is_not_given_back(ikmctl: Run, db: Path) -> None:
    nib = "1234567890123"
    ikmctl("add-business", "A", "--nib", nib)
    ikmctl("edit-business", "1", "--nib", "-")
    ikmctl("add-business", "B", "--nib", nib)
    before = content(db)
    refused = ikmctl("undo", "3", "--yes")
    assert refused.status == 3 and "4 · " in refused.err and "B (business 2)" in refused.err
    assert content(db) == before
    assert ikmctl("undo", "3", "--with-later", "--yes").status == 0
    assert [row[1] for row in content(db)["business"]] == ["A"]
    assert ikmctl("show-business", "1", "--format", "json").data["nib"] == nib


def test_a_pending_value_is_not_opened_again_beside_a_later_one(ikmctl: Run, tmp_path: Path, db: Path) -> None:
    file = tmp_path / "ikm.csv"
    for number, text in enumerate(("dua", "tiga orang lebih")):
        file.write_text(f"Nama Usaha,Tahun Data,TK LK\nTenun Saiyo,2021,{text}\n", encoding="utf-8")
        ikmctl("import-businesses", file, "--yes", "--on-duplicate", "update")
        if not number:
            ikmctl("dismiss-pending", "1", "--yes")  # change 3
    before = content(db)
    assert {row[-1] for row in before["pending_value"]} == {"open", "dismissed"}
    refused = ikmctl("undo", "3", "--yes")
    assert refused.status == 3 and "4 · " in refused.err
    assert content(db) == before


def test_rows_that_an_import_added_and_a_later_change_deleted_stand_in_the_way(
    ikmctl: Run, db: Path, tmp_path: Path
) -> None:
    empty = content(db)
    ikmctl("import-businesses", sheet(tmp_path / "a.csv", "Sanjai A", "Sanjai B"), "--yes")
    full = content(db)
    ikmctl("delete-business", "1", "--yes")
    refused = ikmctl("undo", "2", "--yes")
    assert refused.status == 3 and "delete-business" in refused.err
    assert ikmctl("undo", "2", "--with-later", "--yes").status == 0
    assert content(db) == empty
    assert ikmctl("undo", "3", "--yes").status == 3
    assert ikmctl("undo", "4", "--yes").status == 0
    assert ikmctl("undo", "3", "--yes").status == 0
    assert content(db) == full


def test_a_registry_of_version_7_keeps_what_was_undone(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "A")
    ikmctl("edit-business", "1", "--owner", "Des")
    ikmctl("undo", "--yes")
    to_version_7(db)
    newest = ikmctl("history", "--format", "json").data[0]
    assert (newest["command"], newest["undoes"]) == ("undo", "3")
    assert ikmctl("undo", "3", "--yes").status == 3
    assert ikmctl("undo", "--yes").status == 0
    assert content(db)["business"] == []
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT change_id, undone_id FROM undone_change").fetchall() == [(4, 3), (5, 2)]
