"""Registries of a few invented records in every relation, and what a registry contains."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ikmctl.registry.file.database import Change, open_registry
from ikmctl.registry.file.history_columns import RECORDED
from ikmctl.registry.records.save import insert

Content = dict[str, list[tuple[Any, ...]]]

NAMES = ("Rendang Uni Erna", "Rendang Erna", "Tenun Saiyo", "Sanjai Nia")
OWNERS = (None, "Erna Wati", "Erna Wati Koto", "Nia Piliang")
PHONES = (None, "081200001234", "081374550001")
DAYS = ("2020-01-05", "2021-10-11", "2022-03-01", "2023-06-30")


def content(db: Path) -> Content:
    """Every row of every table with a history, and a search index that fits them."""
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("INSERT INTO business_search (business_search, rank) VALUES ('integrity-check', 1)")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {
            table: connection.execute(f"SELECT id, {', '.join(columns)} FROM {table} ORDER BY id").fetchall()
            for table, columns in RECORDED.items()
        }


def fill(db: Path, draw: Any) -> None:
    """Fill a new registry with two sentra, three events, and six businesses, of which two are groups."""
    with closing(open_registry(db)) as registry, registry.write("add-business", "invented") as change:
        for name in ("Sentra Rendang", "Sentra Tenun"):
            insert(change, "sentra", {"name": name})
        for day in DAYS[:3]:
            insert(change, "event", {"name": f"Bimtek {day}", "kind": "training", "starts_on": day, "ends_on": day})
        insert(change, "event_party", {"event_id": 1, "role": "host", "name": "Dinas"})
        for number in range(1, 7):
            _business(change, number, draw)
        for event in (1, 2, 3):
            for guest in draw(st.lists(st.integers(1, 6), max_size=4)):
                role = draw(st.sampled_from(("participant", "visited")))
                person = draw(st.sampled_from((None, "Rina Wati")))
                values = {"event_id": event, "business_id": guest, "role": role, "person": person}
                insert(change, "attendance", values)


def _business(change: Change, number: int, draw: Any) -> None:
    pick = {name: draw(st.sampled_from(of)) for name, of in (("name", NAMES), ("owner", OWNERS), ("phone", PHONES))}
    group = draw(st.sampled_from((None, *range(1, min(number, 3))))) if number > 1 else None
    sentra = draw(st.sampled_from((None, 1, 2)))
    form = "group" if number < 3 else draw(st.sampled_from((None, "individual")))
    nib = draw(st.sampled_from((None, f"{number:013}")))
    extra = draw(st.sampled_from((None, '{"Ket. lain": "lama"}', '{"Jarak": "3 km"}')))
    insert(
        change, "business", {**pick, "form": form, "group_id": group, "sentra_id": sentra, "nib": nib, "extra": extra}
    )
    for field in draw(st.sets(st.sampled_from(("phone", "nib", "notes")), max_size=2)):
        text = {"business_id": number, "field": field, "text": f"{field} {number}", "reason": "not-a-number"}
        insert(change, "pending_value", text)
    for code in draw(st.sets(st.sampled_from(("10750", "10794", "13121")))):
        insert(change, "business_kbli", {"business_id": number, "code": code, "edition": 2020, "is_main": 0})
    for year in draw(st.sets(st.sampled_from(("2020", "2021")))):
        men = draw(st.sampled_from((None, 10 * number, 10 * number + 1)))
        money = draw(st.sampled_from((None, 28_000_000)))
        insert(change, "observation", {"business_id": number, "period": year, "workers_male": men, "investment": money})
    opened, closed, again = draw(st.permutations(DAYS))[:3]
    if draw(st.booleans()) or not opened < closed < again:
        insert(change, "activity", {"business_id": number, "opened_on": opened, "entry": "registered"})
        return
    first = {"opened_on": opened, "closed_on": closed, "entry": "recorded"}
    for period in (first, {"opened_on": again, "entry": "reopened"}):
        insert(change, "activity", {"business_id": number, **period})
