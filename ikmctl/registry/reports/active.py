"""The businesses active at a cut-off, counted once in cells: every breakdown is a sum of the same cells."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain, islice
from sqlite3 import Connection
from typing import Any

from ikmctl.registry.records.expressions import SCALE, WORKERS
from ikmctl.registry.reports.amounts import CELL_DIMENSIONS, Amounts, Cells, Key, sum_of
from ikmctl.registry.reports.parallel import Query, run_queries
from ikmctl.registry.reports.scope import EVERYWHERE, Scope

#: SQL: active at the cut-off. Nearly every period of activity began before it: the plus keeps SQLite from using the
#: index on opened_on, which would not help.
ACTIVE = "+activity.opened_on <= :end AND (activity.closed_on IS NULL OR activity.closed_on > :end)"

#: SQL: a business's latest observation whose period has begun by the cut-off.
LATEST = """
    LEFT JOIN observation ON observation.id = (
        SELECT id FROM observation
        WHERE business_id = business.id AND period <= :month
        ORDER BY period DESC LIMIT 1
    )"""

#: The dimensions by which businesses can be grouped, as SQL.
DIMENSIONS: Mapping[str, str] = {
    "sector": "business.sector",
    "kecamatan": "business.kecamatan",
    "form": "business.form",
    "formal": "business.nib IS NOT NULL",
    "scale": SCALE,
    "stated_scale": "business.stated_scale",
    "kelurahan": "business.kelurahan || ' (' || coalesce(business.kecamatan, '?') || ')'",
    "sentra": "(SELECT name FROM sentra WHERE sentra.id = business.sentra_id)",
    "kbli": """(
        SELECT code FROM business_kbli
        WHERE business_id = business.id
        ORDER BY is_main DESC, id LIMIT 1
    )""",
}

#: Periods of activity grouped in one query. SQLite sorts this many in memory; a million would be sorted on disk.
SLICE = 20_000

_VALUES = (
    "workers_male",
    "workers_female",
    f"coalesce({WORKERS}, workers_male, workers_female)",
    "investment",
    "production_value",
    "material_value",
    "(production_value - material_value)",
)
_PART_OF_WORKERS = f"count(*) FILTER (WHERE {WORKERS} IS NULL AND coalesce(workers_male, workers_female) IS NOT NULL)"
#: SQL of the columns of Amounts, the last columns of every aggregating query.
_SUMS = ", ".join(
    ["count(*)", *(f"ifnull({{sum}}({value}), 0), count({value})" for value in _VALUES), _PART_OF_WORKERS]
)


class _ExactSum:
    """A sum without an end to its digits, as text; SQLite's own ends at 64 bits."""

    def __init__(self) -> None:
        self.total = 0

    def step(self, value: int | None) -> None:
        self.total += value or 0

    def finalize(self) -> str:
        return str(self.total)


def cells(connection: sqlite3.Connection, end: date, scope: Scope = EVERYWHERE, also: str | None = None) -> Cells:
    """Sums over the businesses active at the end of the day, by CELL_DIMENSIONS and by `also`, one more dimension."""
    return aggregate(connection, end, scope, also)[0]


def aggregate(
    connection: sqlite3.Connection,
    end: date,
    scope: Scope,
    also: str | None,
    beside: Sequence[Query] = (),
) -> tuple[Cells, list[Any]]:
    """The cells, and the answers to other questions that are asked at the same time."""
    dimensions = ", ".join(DIMENSIONS[name] for name in (*CELL_DIMENSIONS, *([also] if also else ())))
    keys = len(CELL_DIMENSIONS) + bool(also)
    query = f"""
        SELECT {dimensions}, {_SUMS}
        FROM activity CROSS JOIN business ON business.id = activity.business_id {LATEST}
        WHERE {ACTIVE} AND {scope.condition} AND activity.id BETWEEN :first AND :last
        GROUP BY {", ".join(str(place + 1) for place in range(keys))}
        """
    answers = run_queries(connection, [*beside, *_slices(connection, query, {**cut_off_values(end), **scope.values})])
    others = list(islice(answers, len(beside)))
    parts: dict[Key, list[Key]] = {}
    for row in chain.from_iterable(answers):
        parts.setdefault(row[:keys], []).append(row[keys:])
    return {key: sum_of(amounts) for key, amounts in parts.items()}, others


def cut_off_values(end: date) -> dict[str, str]:
    """The cut-off as the queries name it: the day, and the month that observations must have begun by."""
    return {"end": end.isoformat(), "month": end.isoformat()[:7]}


def _slices(connection: sqlite3.Connection, query: str, values: Mapping[str, Any]) -> Iterator[Query]:
    """A query for each slice of the periods of activity, between the `:first` and the `:last` that it names."""
    first = connection.execute("SELECT min(id) FROM activity").fetchone()[0]
    while first is not None:
        following = connection.execute(
            "SELECT id FROM activity NOT INDEXED WHERE id >= ? ORDER BY id LIMIT 1 OFFSET ?", (first, SLICE)
        ).fetchone()
        last = following[0] - 1 if following else 2**63 - 1
        yield partial(_summed, query=query, values={**values, "first": first, "last": last})
        first = following[0] if following else None


def sliced(connection: sqlite3.Connection, query: str, values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query of which `_slices` makes parts, one part after another."""
    return chain.from_iterable(run_queries(connection, list(_slices(connection, query, values))))


def _summed(connection: sqlite3.Connection, query: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a query whose sums may leave 64 bits: a few mistyped amounts are enough for that."""
    try:
        return connection.execute(query.format(sum="sum"), values).fetchall()
    except sqlite3.OperationalError as error:
        if str(error) != "integer overflow":
            raise
    connection.create_aggregate("exact_sum", 1, _ExactSum)  # type: ignore[arg-type]  # typeshed allows no text
    width = len(Amounts._fields)
    rows = connection.execute(query.format(sum="exact_sum"), values)
    return [(*row[:-width], *map(int, row[-width:])) for row in rows]


_BEGUN_OR_ENDED = (
    "SELECT business_id FROM activity WHERE opened_on > :after AND opened_on <= :until",
    "SELECT business_id FROM activity WHERE closed_on > :after AND closed_on <= :until",
    "SELECT business_id FROM observation WHERE period > :month_after AND period <= :month_until",
)
#: If more than this part of all periods changed, adding everything up is faster than correcting the later sums.
_MANY = 1 / 4


def correction_to(
    connection: sqlite3.Connection, before: date, end: date, scope: Scope = EVERYWHERE
) -> Callable[[Amounts], Amounts]:
    """How to get from what the businesses add up to at `end` to what they added up to at an earlier cut-off.

    Only those are looked at for which something began or ended in between, if they are few, as in a month.
    """
    between = {
        "after": before.isoformat(), "month_after": before.isoformat()[:7],
        "until": end.isoformat(), "month_until": end.isoformat()[:7],
    }  # fmt: skip
    counts = " + ".join(f"(SELECT count(*) FROM ({query}))" for query in _BEGUN_OR_ENDED)
    changes, all_there_are = connection.execute(f"SELECT {counts}, (SELECT count(*) FROM activity)", between).fetchone()
    if changes > _MANY * all_there_are:
        query = f"{_added_up('activity', scope)} AND activity.id BETWEEN :first AND :last"
        then = sum_of(sliced(connection, query, {**cut_off_values(before), **scope.values}))
        return lambda now: then
    changed = connection.execute(" UNION ".join(_BEGUN_OR_ENDED), between)
    numbers = json.dumps([number for (number,) in changed])
    query = _added_up("json_each(:numbers) CROSS JOIN activity ON activity.business_id = json_each.value", scope)
    was, became = (
        Amounts(*_summed(connection, query, {"numbers": numbers, **scope.values, **cut_off_values(day)})[0])
        for day in (before, end)
    )
    return lambda now: now.minus(became).plus(was)


def _added_up(source: str, scope: Scope) -> str:
    return f"""
        SELECT {_SUMS}
        FROM {source} CROSS JOIN business ON business.id = activity.business_id {LATEST}
        WHERE {ACTIVE} AND {scope.condition}"""


def counts(connection: Connection) -> Iterator[tuple[str, int]]:
    """How many records of each kind the registry holds."""
    for name, query in (
        ("businesses", "SELECT count(*) FROM business"),
        ("active", "SELECT count(*) FROM activity WHERE closed_on IS NULL"),
        ("sentra", "SELECT count(*) FROM sentra"),
        ("events", "SELECT count(*) FROM event"),
        ("attendances", "SELECT count(*) FROM attendance"),
        ("observations", "SELECT count(*) FROM observation"),
        ("changes", "SELECT count(*) FROM change"),
    ):
        yield name, connection.execute(query).fetchone()[0]


def is_empty(connection: Connection) -> bool:
    """Whether no business is registered."""
    return not connection.execute("SELECT EXISTS (SELECT 1 FROM business)").fetchone()[0]
