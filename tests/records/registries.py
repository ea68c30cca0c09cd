"""Registries of a few invented records in every relation, and what a registry contains."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ikmctl.registry.file.database import Change, open_registry
from ikmctl.registry.file.history_columns import RECORDED
from ikmctl.registry.history.changes import index
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


def invent(db: Path, count: int) -> None:
    """Fill a new registry with so many businesses and what belongs to them, in sets: 20,000 in a second.

    Values come round in cycles of different lengths, so that every combination occurs; a part of each is missing.
    """
    with closing(open_registry(db)) as registry, registry.write("outside", keeps="search") as change:
        for statement in _INVENTED:
            change.connection.execute(statement, {"count": count})
        index(change.connection, "TRUE")


_NUMBERS = "WITH RECURSIVE each (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < :count)"


def _one_of(step: int, *values: str) -> str:
    """SQL of one of the values, or of none, for the number `n`."""
    cases = " ".join(f"WHEN {place} THEN '{value}'" for place, value in enumerate(values))
    return f"CASE n / {step} % {len(values) + 1} {cases} END"


_INVENTED = (
    "INSERT INTO sentra (name, reported_units) VALUES ('Sentra Rendang', 7), ('Sentra Tenun', NULL)",
    f"""
    {_NUMBERS}
    INSERT INTO business (
        name, owner, owner_gender, nik, phone, address, kelurahan, kecamatan, sector, form, nib, stated_scale,
        products, sentra_id, established
    )
    SELECT
        coalesce({_one_of(1, "Rendang", "Tenun", "sanjai", "Kue")}, 'Kopi') || ' ' || n, {_one_of(3, "Uni Lina", "pak Budi", "Erna")},
        {_one_of(2, "male", "female")}, {_one_of(5, "1376012345678901")}, {_one_of(7, "081200001234")},
        {_one_of(2, "Jl. Rendang 1", "Jl. Sudirman")}, {_one_of(11, "Tiakar", "Ibuah")},
        {_one_of(13, "Payakumbuh Timur", "Payakumbuh Barat")}, (SELECT code FROM sector WHERE id = n / 4 % 8),
        {_one_of(17, "individual", "cv", "ud")}, iif(n % 3, printf('91%011d', n), NULL),
        {_one_of(19, "micro", "small")}, {_one_of(23, "rendang daging", "kain")}, iif(n % 50 < 2, n % 50 + 1, NULL),
        iif(n % 6, 1990 + n % 30, NULL)
    FROM each
    """,
    "UPDATE business SET name = 'Rendang', form = 'group' WHERE id = 1",
    "UPDATE business SET group_id = 1 WHERE id % 97 = 5",
    f"""
    {_NUMBERS}
    INSERT INTO activity (business_id, opened_on, closed_on, entry)
    SELECT n, date('2018-01-01', (n % 1500) || ' days'), iif(n % 9 = 0, date('2023-01-01', (n % 300) || ' days'), NULL),
        iif(n % 5, 'registered', 'recorded')
    FROM each WHERE n % 101
    """,
    """
    INSERT INTO activity (business_id, opened_on, entry)
    SELECT business_id, '2024-02-01', 'reopened' FROM activity WHERE closed_on IS NOT NULL AND business_id % 2
    """,
    *(
        f"""
        {_NUMBERS}
        INSERT INTO observation (
            business_id, period, workers_male, workers_female, workers_total, investment, production_value,
            material_value, capacity
        )
        SELECT n, '{period}', iif(n % 7, n % 25, NULL), iif(n % 8, n % 4, NULL), iif(n % 7, NULL, n % 30),
            iif(n % 6, n % 300 * 10000000, NULL), iif(n % 10, n % 90 * 1000000, NULL), iif(n % 11, n % 40 * 1000000, NULL),
            iif(n % 3, 1.5 * n, NULL)
        FROM each WHERE {which}
        """
        for period, which in (("2020", "n % 5"), ("2021-03", "n % 4 = 0"), ("2022", "n % 6 = 1"))
    ),
    f"""
    {_NUMBERS}
    INSERT INTO business_kbli (business_id, code, edition, is_main)
    SELECT n, {_one_of(1, "10794", "10750", "13121")}, 2020, 1 FROM each WHERE n % 4 < 3
    """,
    """
    INSERT INTO business_kbli (business_id, code, edition)
    SELECT business_id, '10794', 2025 FROM business_kbli WHERE business_id % 13 = 0
    """,
    f"""
    {_NUMBERS}
    INSERT INTO event (name, kind, starts_on, ends_on)
    SELECT 'Bimtek ' || n, 'training', day, day
    FROM (SELECT n, date('2020-01-01', (n % 1500) || ' days') AS day FROM each WHERE n % 20 = 0)
    """,
    """
    INSERT INTO attendance (event_id, business_id, role)
    SELECT event.id, (event.id * 7 + place.value) % :count + 1, 'participant'
    FROM event, json_each('[1, 50, 700]') AS place
    """,
)
