"""A registry exported and taken in again is the same registry: on random ones, with every sort of text."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import frictionless
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ikmctl import language
from ikmctl.actions.exchange import export, import_registry
from ikmctl.actions.exchange.cells import from_cell, to_cell
from ikmctl.actions.reports import summary
from ikmctl.actions.setup import registry_file
from ikmctl.output.formats import machine
from ikmctl.registry.file.database import Registry, open_registry
from tests.conftest import examples

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20) | st.sampled_from(
    (
        "=1+1",
        "'=1",
        "'",
        "''",
        "+62812",
        "-5",
        "@SUM(A1)",
        "\t=1",
        " =x",
        "a\r\nb",
        'a";=1+1',
        "007",
        "1e3",
        "＝1",
        "\x00",
        "NULL",
    )
)
MAYBE = st.none() | TEXT | st.just("")
COUNT = st.none() | st.integers(0, 2**63 - 1)
REAL = st.none() | st.floats(min_value=0, allow_nan=False)
DAY = st.dates(date(2019, 1, 1), date(2022, 12, 31)).map(str)


@st.composite
def a_business(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "business": {
            "name": draw(TEXT), "owner": draw(MAYBE), "kelurahan": draw(MAYBE), "kecamatan": draw(MAYBE), "nik": draw(MAYBE),
            "phone": draw(MAYBE), "email": draw(MAYBE), "notes": draw(MAYBE), "extra": draw(st.none() | st.just('{"a": "=1"}')),
            "sector": draw(st.sampled_from((None, "food", "crafts"))), "form": draw(st.sampled_from((None, "group", "ud"))),
            "latitude": draw(st.none() | st.floats(-90, 90)), "products": draw(MAYBE),
        },
        "opened_on": draw(DAY),
        "observation": {
            "period": draw(st.sampled_from(("2020", "2021-05"))), "workers_male": draw(st.none() | st.integers(0, 99)),
            "investment": draw(COUNT), "production_value": draw(COUNT), "capacity": draw(REAL), "capacity_unit": draw(MAYBE),
        },
        "in_group": draw(st.booleans()), "attends": draw(st.booleans()),
    }  # fmt: skip


def put(connection: sqlite3.Connection, table: str, **values: Any) -> int:
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
    return int(cursor.lastrowid or 0)


@contextmanager
def registry(directory: str, name: str, businesses: list[dict[str, Any]], words: str = "") -> Iterator[Registry]:
    """A registry with these businesses, written with plain SQL, so that nothing is refused or tidied."""
    language.set_language("en")
    path = Path(directory) / f"{name}.db"
    registry_file.init(path, "13.76", "Disnakerin")
    if businesses:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA foreign_keys = ON")
        put(connection, "alias", kind="sector", written=words or "x", meaning=words)
        sentra = put(connection, "sentra", name="Sentra", notes=words)
        event = put(connection, "event", name="Workshop", kind=words, starts_on="2021-05-01", ends_on="2021-05-02")
        connection.executemany(
            "INSERT INTO business (id, name) VALUES (?, ?)",
            [(1000 + number, "?") for number in range(len(businesses))],  # numbers need not begin at 1
        )
        for number, each in enumerate(businesses, start=1000):
            upper = 1000 + len(businesses) - 1  # a group with a higher number than its members
            given = {
                **each["business"],
                "group_id": upper if each["in_group"] and number != upper else None,
                "sentra_id": sentra,
            }
            connection.execute(
                f"UPDATE business SET {', '.join(f'{name} = ?' for name in given)} WHERE id = ?",
                (*given.values(), number),
            )
            put(connection, "activity", business_id=number, opened_on=each["opened_on"])
            put(connection, "observation", business_id=number, **each["observation"])
            if each["attends"]:
                put(
                    connection,
                    "attendance",
                    event_id=event,
                    business_id=number,
                    person=each["business"]["name"],
                    role="participant",
                )
        connection.commit()
        connection.close()
    opened = open_registry(path)
    try:
        yield opened
    finally:
        opened.close()


def files(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def summaries(opened: Registry) -> list[str]:
    return [
        "".join(machine.as_json(summary.summary(opened, summary.SummaryOptions(period))))
        for period in ("2021-05", "2021", "2020-H2")
    ]


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(a_business(), min_size=1, max_size=4), TEXT)
def test_taken_in_again_it_is_the_same(businesses: list[dict[str, Any]], words: str) -> None:
    with (
        tempfile.TemporaryDirectory() as directory,
        registry(directory, "ours", businesses, words) as ours,
        registry(directory, "theirs", []) as theirs,
    ):
        first, second, masked = (Path(directory) / name for name in ("first", "second", "masked"))
        export.export(ours, first, reveal=True, replace=False)
        import_registry.import_registry(theirs, first)
        assert summaries(theirs) == summaries(ours)
        export.export(theirs, second, reveal=True, replace=False)
        assert files(second) == files(first)
        export.export(ours, masked, reveal=False, replace=False)
        for folder in (first, masked):
            report = frictionless.validate(str(folder / "datapackage.json"))
            assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


@given(MAYBE | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False), st.booleans())
@example("'", False)
@example("", True)
def test_a_cell_gives_its_value_back(value: Any, empty_is_text: bool) -> None:
    if value is None and empty_is_text:
        return  # such a column always holds text
    sql = {int: "INTEGER", float: "REAL"}.get(type(value), "TEXT")
    assert from_cell(sql, empty_is_text=empty_is_text)(to_cell(value, empty_is_text=empty_is_text)) == value


@given(st.none() | st.integers(0, 2**63 - 1) | st.floats(0, 1e300))
def test_a_cell_of_a_column_of_any_type_gives_a_number_back(value: Any) -> None:
    assert from_cell("ANY")(to_cell(value)) == value


@given(TEXT)
def test_a_cell_is_no_formula(text: str) -> None:
    cell = to_cell(text)
    assert cell.lstrip(" \u00a0\u200b\u00ad\ufeff")[:1] not in tuple("=+-@＝＋－＠\t\r\n")


def test_the_package_says_what_it_holds_in_both_languages() -> None:
    with tempfile.TemporaryDirectory() as directory, registry(directory, "ours", []) as ours:
        folder = Path(directory) / "out"
        language.set_language("id")
        export.export(ours, folder, reveal=False, replace=False)
        in_indonesian = (folder / "datapackage.json").read_bytes()
        language.set_language("en")
        export.export(ours, folder, reveal=False, replace=True)
        assert (folder / "datapackage.json").read_bytes() == in_indonesian
    package = json.loads(in_indonesian)
    assert package["titles"]["id"].startswith("Registri") and package["titles"]["en"].startswith("Registry")
    for resource in package["resources"]:
        for field in (resource, *resource["schema"]["fields"]):
            assert set(field["titles"]) == {"id", "en"} and field["title"] == field["titles"]["id"]
            assert field["title"] != field["name"], (
                f"{resource['name']}.{field['name']} has no title: actions/package.py"
            )
