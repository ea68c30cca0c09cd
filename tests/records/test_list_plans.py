"""A list finds the same rows by every road, and takes the same road whatever ANALYZE found."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikmctl.domain.entities import BUSINESS
from ikmctl.main import run
from ikmctl.registry.file.database import open_registry
from ikmctl.registry.records import query
from ikmctl.registry.records.filters import Filters
from ikmctl.registry.records.query import select
from tests.conftest import Run, examples
from tests.records.registries import invent

Record = Mapping[str, Any]

#: Filter → what the record of a business must be like.
FILTERS: dict[str, dict[Any, Callable[[Record], bool]]] = {
    "search": {
        "rendang": lambda record: "rendang" in _text(record),
        "ren jl": lambda record: " ren" in _text(record) and " jl" in _text(record),
        "lina": lambda record: "lina" in _text(record),
    },
    "status": {
        "active": lambda record: record["status"] == "active",
        "closed": lambda record: record["status"] == "closed",
    },
    "equal": {
        (("kbli", "10794"),): lambda record: "10794" in (record["kbli"] or ""),
        (("kecamatan", "Payakumbuh Timur"),): lambda record: record["kecamatan"] == "Payakumbuh Timur",
        (("sector", "food"), ("kelurahan", "Ibuah")): (
            lambda record: (record["sector"], record["kelurahan"]) == ("food", "Ibuah")
        ),
        (("sentra", 1),): lambda record: record["sentra"] == "Sentra Rendang",
        (("group", 1),): lambda record: record["group"] is not None,
        (("form", "cv"),): lambda record: record["form"] == "cv",
    },
    "compared": {
        (("investment", ">", 900_000_000),): lambda record: (record["investment"] or 0) > 900_000_000,
        (("owner", "=", "uni lina"),): lambda record: record["owner"] == "Uni Lina",
        (("scale", "=", "medium"),): lambda record: record["scale"] == "medium",
    },
    "missing": {
        ("workers_male",): lambda record: record["workers_male"] is None,
        ("nib", "sentra"): lambda record: record["nib"] is None and record["sentra"] is None,
    },
    "registered": {
        ("2019-01-01", "2020-12-31"): (
            lambda record: record["registered_on"] and "2019-01-01" <= record["registered_on"] <= "2020-12-31"
        ),
    },
}
SORTS = ((), ("owner",), ("-registered_on",), ("-investment", "name"), ("scale", "-workers_total"))


def _text(record: Record) -> str:
    return " ".join(["", *(record[name] or "" for name in ("name", "brand", "owner", "products", "address"))]).lower()


chosen_filters = st.fixed_dictionaries({}, optional={name: st.sampled_from(list(FILTERS[name])) for name in FILTERS})


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("lists") / "registry.db"
    assert run(["--db", str(path), "init", "--city", "13.76", "--office", "Disnakerin"]) == 0
    invent(path, 300)
    with closing(open_registry(path)) as registry:
        yield registry.connection


@given(chosen_filters, st.sampled_from(SORTS), st.sampled_from((1, 7, 1000, None)), st.sampled_from((4, 50, 10_000)))
@settings(max_examples=examples(200))
def test_a_list_is_the_records_that_fit_in_the_order_wished(
    connection: sqlite3.Connection, chosen: dict[str, Any], sort: tuple[str, ...], limit: int | None, counted: int
) -> None:
    names = [field.name for field in BUSINESS.fields]
    every = select(connection, BUSINESS, BUSINESS.fields, Filters()).rows
    fitting = [
        record
        for record in (dict(zip(names, row, strict=True)) for row in every)
        if all(FILTERS[name][value](record) for name, value in chosen.items())
    ]
    expected = sorted(fitting, key=lambda record: _place(record, sort or (() if "search" in chosen else ("name",))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(query, "EXACT_COUNT_LIMIT", counted)
        patch.setattr(query, "MOST_READ", 2 * counted)
        found = select(connection, BUSINESS, BUSINESS.fields, Filters(**chosen), sort, limit)
        rows = [dict(zip(names, row, strict=True)) for row in found.rows]
    assert rows == (expected if limit is None else expected[:limit])
    if limit is not None:
        assert found.total < len(fitting) if found.more else found.total == len(fitting)


def _place(record: Record, sort: tuple[str, ...]) -> list[Any]:
    """What to sort a record by: missing values last, letters without regard to case, at last the number."""
    parts: list[Any] = []
    for name in sort:
        value = record[name.lstrip("-")]
        parts.append(value is None)
        if isinstance(value, str):
            value = [-ord(sign) for sign in [*value.lower(), "\0"]] if name[0] == "-" else value.lower()
        elif value is not None:
            value = -value if name[0] == "-" else value
        parts.append(value)
    return [*parts, record["number"]]


#: What ANALYZE might have found: on a registry of five businesses, and on one in which every business is alike.
STATISTICS = ("5 1 1 1", "1000000 500000 500000 500000")


def test_no_statistics_change_a_plan(ikmctl: Run, db: Path) -> None:
    invent(db, 300)
    asked = [Filters(**{name: value}) for name, values in FILTERS.items() for value in values]
    asked += [
        Filters(search="rendang", status="active", **{name: next(iter(FILTERS[name]))})
        for name in FILTERS
        if name not in ("search", "status")
    ]
    plans = []
    for statistics in ("", *STATISTICS):
        with closing(sqlite3.connect(db)) as connection, connection:
            connection.execute("ANALYZE")
            connection.execute("UPDATE sqlite_stat1 SET stat = ? WHERE idx IS NOT NULL", (statistics,))
            if not statistics:
                connection.execute("DELETE FROM sqlite_stat1")
        with closing(open_registry(db)) as registry:
            plans.append(
                [plan for each in asked for sort in SORTS[:2] for plan in _plans(registry.connection, each, sort)]
            )
    for never, tiny, alike in zip(*plans, strict=True):
        assert never == tiny == alike


def _plans(connection: sqlite3.Connection, filters: Filters, sort: tuple[str, ...]) -> list[list[str]]:
    """What SQLite does for each statement of a page, and of the whole list."""
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    for limit in (20, None):
        list(select(connection, BUSINESS, [BUSINESS["number"], BUSINESS["name"]], filters, sort, limit).rows)
    connection.set_trace_callback(None)
    queries = [sql for sql in statements if sql.startswith("SELECT")]
    return [[sql, *_steps(connection, sql)] for sql in queries]


def _steps(connection: sqlite3.Connection, sql: str) -> list[str]:
    """The scans and searches of a query in their order; a Bloom filter only spares some of the searches."""
    steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    return [step for step in steps if step.startswith(("SCAN", "SEARCH"))]
