"""What others rely on: what a start loads, triggers on every table, checks of the tables, stable keys."""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from ikmctl.domain.choices import CAPACITY_PERIODS, FORMS, GENDERS, STATED_SCALES
from ikmctl.registry.file import database, header, migrations
from ikmctl.registry.file.history_columns import DERIVED, RECORDED
from tests.conftest import Run


def loaded(*arguments: str) -> set[str]:
    """The modules that a run of the program has loaded at its end."""
    script = (
        "import sys, json\nfrom ikmctl.main import run\n"
        f"status = run({list(arguments)!r})\nassert status == 0, status\n"
        "sys.stderr.write('\\n' + json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    return set(json.loads(done.stderr.rsplit("\n", 1)[1]))


def test_version_loads_nothing() -> None:
    script = "import sys; known = set(sys.modules); from ikmctl.main import run; run(['--version']); "
    script += "sys.stderr.write(' '.join(set(sys.modules) - known))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(done.stderr.split()) == {"ikmctl", "ikmctl.main"}  # not even of the standard library


@pytest.mark.parametrize(
    "arguments",
    [
        ("list-businesses",),
        ("show-business", "1"),
        ("summary", "2021-10"),
        ("history",),
        ("add-business", "B"),
        ("--help",),
    ],
)
def test_a_command_in_a_pipe_loads_nothing_heavy(ikmctl: Run, db: Path, arguments: tuple[str, ...]) -> None:
    ikmctl("add-business", "A")
    modules = loaded("--db", str(db), *arguments)
    assert not modules & {"rich", "sqlite_utils", "pydantic", "platformdirs", "click", "xlsxwriter", "jinja2", "typst"}
    assert "babel" not in modules  # a list has no time for it; a report loads it for dates and rounded amounts


def test_a_format_loads_its_own_library_alone(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    libraries = {"xlsx": "xlsxwriter", "html": "jinja2", "pdf": "typst"}
    for ending, own in libraries.items():
        modules = loaded("--db", str(db), "summary", "2021-10", "--output", str(tmp_path / f"report.{ending}"))
        assert modules & {*libraries.values(), "rich"} == {own}


def test_a_list_does_not_load_what_reads_or_writes(ikmctl: Run, db: Path) -> None:
    modules = loaded("--db", str(db), "list-businesses")
    unwanted = (
        "dates",
        "numbers",
        "identifiers",
        "clean_text",
        "parse_values",
        "staging",
        "undo",
        "businesses",
        "checker",
        "reference_data",
    )
    assert not {name for name in modules if name.startswith("ikmctl.") and name.rsplit(".", 1)[1] in unwanted}


def test_every_table_is_in_the_history(ikmctl: Run, db: Path) -> None:
    connection = sqlite3.connect(db)
    tables = {
        name for (name,) in connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 1")
    } - {"change", "change_row", "undone_change"}
    assert tables == set(RECORDED)
    triggers = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    for table, columns in RECORDED.items():
        assert {f"{table}_history_{action}" for action in ("insert", "update", "delete", "number")} <= triggers
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        assert there - set(DERIVED) == set(columns)
    connection.close()


@pytest.mark.parametrize("table", RECORDED)
def test_the_number_of_a_row_cannot_be_changed(ikmctl: Run, db: Path, tmp_path: Path, table: str) -> None:
    (tmp_path / "ikm.csv").write_text("Nama Usaha,TK LK\nTenun,dua\n", encoding="utf-8")
    ikmctl("import-businesses", tmp_path / "ikm.csv", "--yes")
    ikmctl("add-business", "Sanjai", "--registered-on", "2021-10-01", "--kbli", "10794", "--workers-male", "1")
    ikmctl("add-sentra", "Sentra")
    ikmctl("add-event", "Workshop", "--kind", "workshop", "--starts-on", "2021-10-01", "--host", "Dinas")
    ikmctl("add-participants", "1", "--person", "Rina")
    ikmctl("close-month", "2021-10")
    ikmctl("set-target", "events", "2021", "3")
    ikmctl("alias", "sector", "Makanan", "food")
    ikmctl("add-business", "Kue", "--kbli", "10999")
    ikmctl("confirm-value", "Kue", "kbli")
    ikmctl("mark-different", "1", "2")
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute(f"UPDATE {table} SET id = id").rowcount > 0
        with pytest.raises(sqlite3.IntegrityError, match="the number of a record cannot be changed"):
            connection.execute(f"UPDATE {table} SET id = id + 100000")


NEVER: list[tuple[str, dict[str, object]]] = [
    ("business", {"name": ""}),
    ("business", {"name": None}),
    ("business", {"form": "yayasan"}), ("business", {"owner_gender": "P"}), ("business", {"latitude": 91}),
    ("business", {"longitude": -181}), ("business", {"sector": "unknown"}), ("business", {"nib": "123"}),
    ("business", {"stated_scale": "huge"}), ("business", {"extra": "{"}), ("business", {"established": "lama"}),
    ("business", {"group_id": 99}),
    ("activity", {"opened_on": "2021-02-30"}), ("activity", {"opened_on": None}), ("activity", {"entry": "new"}),
    ("activity", {"closed_on": "2020-01-04"}), ("activity", {"closed_on": "2021-02-29"}),
    ("observation", {"period": None}), ("observation", {"workers_male": -1}), ("observation", {"workers_female": -1}),
    ("observation", {"workers_total": -1}), ("observation", {"investment": -1}), ("observation", {"investment": "-"}),
    ("observation", {"capacity": -0.5}), ("observation", {"capacity_period": "week"}),
    ("observation", {"production_value": -1}), ("observation", {"material_value": -1}),
    ("observation", {"export_percent": 101}), ("observation", {"business_id": 99}),
    ("business_kbli", {"code": "1079"}), ("business_kbli", {"is_main": 2}),
    ("event", {"starts_on": "2021-06-31"}), ("event", {"ends_on": "2020-01-04"}), ("sentra", {"opened_on": "2021"}),
]  # fmt: skip
RIGHT: dict[str, dict[str, object]] = {
    "business": {"name": "Usaha"},
    "activity": {"business_id": 1, "opened_on": "2020-01-05"},
    "observation": {"business_id": 1, "period": "2020"},
    "business_kbli": {"business_id": 1, "code": "10794", "edition": 2020},
    "event": {"name": "Pelatihan", "kind": "training", "starts_on": "2020-01-05", "ends_on": "2020-01-05"},
    "sentra": {"name": "Sentra"},
}


@pytest.mark.parametrize(("table", "wrong"), [*((table, {}) for table in RIGHT), *NEVER])
def test_no_program_can_store_what_a_command_would_refuse(
    ikmctl: Run, db: Path, table: str, wrong: dict[str, object]
) -> None:
    ikmctl("add-business", "Sanjai Ni Erna")
    connection = sqlite3.connect(db)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("DELETE FROM activity")
    row = RIGHT[table] | wrong
    insert = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    with pytest.raises(sqlite3.IntegrityError) if wrong else nullcontext():
        connection.execute(insert, list(row.values()))
    connection.close()


def test_every_choice_can_be_stored(ikmctl: Run, db: Path) -> None:
    connection = sqlite3.connect(db)
    for column, of in (("form", FORMS), ("owner_gender", GENDERS), ("stated_scale", STATED_SCALES)):
        for choice in of:
            connection.execute(f"INSERT INTO business (name, {column}) VALUES ('Usaha', ?)", (choice.code,))
    for number, choice in enumerate(CAPACITY_PERIODS, start=1):
        connection.execute(
            "INSERT INTO observation (business_id, period, capacity_period) VALUES (?, '2020', ?)",
            (number, choice.code),
        )
    connection.close()


def test_no_check_of_a_table_makes_a_list_for_every_row(ikmctl: Run, db: Path) -> None:
    connection = sqlite3.connect(db)
    for table in ("business", "business_kbli", "activity", "observation"):
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        assert not re.search(r"\bIN \([^)]*,[^)]*,", sql), table
    connection.close()


def test_the_file_says_what_it_is(ikmctl: Run, db: Path) -> None:
    connection = sqlite3.connect(db)
    assert connection.execute("PRAGMA application_id").fetchone() == (header.APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(migrations.MIGRATIONS),)
    assert connection.execute("PRAGMA journal_mode").fetchone() != ("wal",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    personal = {"nik", "npwp", "phone", "email", "extra"}
    for (view,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
        assert not personal & {row[1] for row in connection.execute(f"PRAGMA table_info({view})")}
    connection.close()


def test_the_keys_of_json(ikmctl: Run) -> None:
    ikmctl("add-business", "A")
    assert list(ikmctl("list-businesses", "--format", "json").data[0]) == [
        "number", "name", "owner", "kelurahan", "sector", "workers_total",
    ]  # fmt: skip
    assert list(ikmctl("show-business", "1", "--format", "json").data) == [
        "number", "name", "brand", "form", "group", "sentra", "owner", "owner_gender", "nik", "phone", "email",
        "address", "kelurahan", "kecamatan", "latitude", "longitude", "sector", "products", "kbli", "nib", "npwp", "established",
        "stated_scale", "registered_on", "recorded_on", "known_active_by", "closed_on", "status", "data_year", "workers_male", "workers_female",
        "workers_total", "investment", "capacity", "capacity_unit", "capacity_period", "production_value",
        "material_value", "export_percent", "export_countries", "scale", "events_attended",
        "last_coached_on", "group_members", "members_coached", "coverage_percent", "notes", "extra", "members",
        "events", "observations", "activity", "pending",
    ]  # fmt: skip
    report = ikmctl("summary", "2021-10", "--format", "json").data
    assert list(report) == ["period", "office", "blocks"]
    assert {name: block.get("columns") for name, block in report["blocks"].items()} == {
        "movement": ["sector", "opening", "registered", "recorded", "reopened", "closed", "reclassified", "closing"],
        "people_and_money": [
            "sector", "businesses", "workers_male", "workers_female", "workers", "workers_missing", "investment",
            "investment_missing", "production_value", "production_value_missing", "material_value",
            "material_value_missing", "value_added", "value_added_missing",
        ],
        "kecamatan_by_sector": [
            "kecamatan", "food", "clothing", "chemicals", "metal", "crafts", "unclassified", "total",
        ],
        "scale": [
            "scale", "stated_micro", "stated_small", "stated_medium", "stated_large", "stated_unclassified", "total",
        ],
        "formality": ["formal", "businesses", "percent"],
        "legal_form": ["form", "businesses", "percent"],
        "sentra": ["number", "name", "sector", "place", "members", "stated", "difference", "mark"],
        "groups": ["number", "name", "brand", "place", "members"],
        "new_businesses": ["number", "name", "sector", "kelurahan", "kecamatan", "opened_on", "reopened"],
        "closed_businesses": ["number", "name", "sector", "kelurahan", "kecamatan", "closed_on"],
        "corrected_businesses": ["number", "name", "sector", "kelurahan", "kecamatan", "changed_on"],
        "events": [
            "number", "name", "batch", "kind", "starts_on", "ends_on", "venue", "organiser", "host", "guest", "funder",
            "budget", "visited", "listed_male", "listed_female", "listed_unknown", "reported_male", "reported_female", "businesses",
        ],
        "lessons": ["number", "name", "kind", "starts_on", "host", "outcome", "lesson"],
        "coaching": None,
        "change": [
            "indicator", "now", "previous", "change", "change_percent", "year_before", "year_change",
            "year_change_percent",
        ],
        "trend": ["month", "registered", "recorded", "reopened", "closed", "closing", "events", "businesses_coached"],
        "targets": [
            "indicator", "target", "q1", "q1_percent", "q2", "q2_percent", "q3", "q3_percent", "q4", "q4_percent",
            "realisation", "realisation_percent",
        ],
        "completeness": ["field", "filled", "percent", "change", "missing", "command"],
        "checks": ["check", "found", "total", "percent", "command"],
        "pending_values": ["reason", "values", "command"],
    }  # fmt: skip
    assert list(report["blocks"]["coaching"]) == [
        "events", "attendances", "businesses_coached", "active_businesses", "coverage_percent", "groups_coached",
        "all_groups", "group_coverage_percent", "new_entrepreneurs", "events_this_year", "attendances_this_year",
        "businesses_coached_this_year", "coverage_percent_this_year", "groups_coached_this_year",
        "group_coverage_percent_this_year", "new_entrepreneurs_this_year",
    ]  # fmt: skip


def test_a_list_takes_the_same_few_statements_however_long_it_is(ikmctl: Run, db: Path) -> None:
    from ikmctl.actions.records import show
    from ikmctl.domain.entities import BUSINESS

    def statements() -> int:
        registry = database.open_registry(db)
        said: list[str] = []
        registry.connection.set_trace_callback(said.append)
        show.list_records(registry, BUSINESS, show.ListQuery(limit=20))
        registry.close()
        return len(said)

    few = statements()
    for number in range(30):
        ikmctl("add-business", f"Usaha {number}")
    assert statements() == few <= 8


def test_a_list_does_not_load_what_imports_need(ikmctl: Run, db: Path) -> None:
    """Pending values came into `show-business`; a list beside it is not to pay for them."""
    script = (
        "import os, sys; os._exit = lambda status: None; sys.argv[1:] = ['--db', sys.argv[1], 'list-businesses'];"
        "from ikmctl.main import main\ntry: main()\nexcept SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith('ikmctl')], file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", script, str(db)], capture_output=True, text=True, check=False)
    for module in ("ikmctl.domain.problems", "ikmctl.registry.records.pending", "ikmctl.registry.file.schema"):
        assert module not in run.stderr, module
    assert "ikmctl.registry.records.query" in run.stderr
