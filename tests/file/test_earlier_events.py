"""Events in files of every earlier version: what they say is kept, and can be undone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ikmctl.registry.file.migrations import MIGRATIONS
from tests.conftest import Run
from tests.file.test_registry_file import version

#: The version before status, hours, outcome and lesson.
BEFORE_STATUS = [step.__name__ for step in MIGRATIONS].index("events_in_full")

EVENTS = """
    INSERT INTO event (id, name, kind, starts_on, ends_on, budget, closed_on, cancelled) VALUES
        (1, 'Diadakan', 'workshop', '2021-09-13', '2021-09-17', 5000000, NULL, 0),
        (2, 'Dilaporkan', 'training', '2021-10-01', '2021-10-01', NULL, '2021-10-20', 0),
        (3, 'Batal', 'training', '2021-10-02', '2021-10-02', NULL, '2021-10-02', 1),
        (4, 'Rencana', 'training', '2999-01-01', '2999-01-01', NULL, NULL, 0);
    INSERT INTO business (id, name, owner_gender) VALUES (1, 'Rajut Des', 'female');
    INSERT INTO event_party (event_id, role, name) VALUES (1, 'organiser', 'Disnakerin'), (1, 'funder', 'APBD');
    INSERT INTO attendance (event_id, person, business_id, role, gender) VALUES
        (1, NULL, 1, 'participant', NULL), (1, 'Rina', NULL, 'participant', 'female');
"""
EDITS = """
    UPDATE event SET cancelled = 0, closed_on = NULL WHERE id = 3;
    UPDATE event SET cancelled = 1, closed_on = '2021-10-02' WHERE id = 3;
"""


#: The first version that keeps values which could not be read.
WITH_PENDING = [step.__name__ for step in MIGRATIONS].index("pending_values") + 1
PENDING = (
    "INSERT INTO pending_value (attendance_id, field, text, reason) VALUES (2, 'gender', 'wanita?', 'not-a-choice')"
)


@pytest.mark.parametrize("number", range(1, BEFORE_STATUS + 1))
def test_events_of_an_earlier_file_are_as_they_were(
    bare: Run, db: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    with version(number, monkeypatch):
        bare("init", "--city", "13.76", "--office", "Disnakerin")
        with closing(sqlite3.connect(db)) as earlier:
            earlier.executescript(EVENTS)
            if number >= WITH_PENDING:
                earlier.executescript(PENDING)
            earlier.executescript(EDITS)
    listed = bare(
        "list-events",
        "--columns",
        "number,status,closed_on,budget,participants",
        "--sort",
        "number",
        "--format",
        "json",
    )
    assert [tuple(row.values()) for row in listed.data] == [
        (1, "held", None, 5_000_000, 2), (2, "reported", "2021-10-20", None, 0),
        (3, "cancelled", "2021-10-02", None, 0), (4, "planned", None, None, 0),
    ]  # fmt: skip
    assert (bare("show-event", "1", "--format", "json").data["funder"]) == "APBD"
    blocks = bare("summary", "2021-10", "--format", "json").data["blocks"]
    assert [row["name"] for row in blocks["events"]["rows"]] == ["Dilaporkan"]
    assert blocks["coaching"]["attendances_this_year"] == 2
    with closing(sqlite3.connect(db)) as now:
        assert now.execute("PRAGMA foreign_key_check").fetchall() == []
        kept = now.execute("SELECT attendance_id, text FROM pending_value").fetchall()
        assert kept == ([(2, "wanita?")] if number >= WITH_PENDING else [])
    assert bare("undo", "--yes").status == 0
    assert bare("show-event", "3", "--format", "json").data["status"] == "held"
    assert bare("undo", "--yes").status == 0
    assert bare("show-event", "3", "--format", "json").data["status"] == "cancelled"
