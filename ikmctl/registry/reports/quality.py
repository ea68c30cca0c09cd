"""The quality of the data: how complete they are, how many businesses each check finds, and which."""

from datetime import date
from sqlite3 import Connection
from typing import Any, NamedTuple

from ikmctl.domain.entities import EDITION_2025_DUE
from ikmctl.registry.file.database import Change
from ikmctl.registry.reports.active import ACTIVE, LATEST, cut_off_values, sliced
from ikmctl.registry.reports.completeness import COUNTS, Completeness, completeness_of
from ikmctl.registry.reports.implausible import COMPARED_SOURCE, condition, usual_values
from ikmctl.registry.reports.scope import Scope

#: SQL: the business has no data of the cut-off's year.
_UNOBSERVED = "ifnull(substr(observation.period, 1, 4) < substr(:end, 1, 4), 1)"
_UNCLASSIFIED = "(business.sector IS NULL OR business.kecamatan IS NULL)"

#: SQL of a code and edition `given`: the edition is no longer in force, or does not have the code. Divisions of which
#: the list holds no code at all, such as trade, cannot be judged.
_OUTDATED = f"(given.edition < 2025 AND :end >= '{EDITION_2025_DUE}')"
_UNKNOWN = """(
    NOT EXISTS (SELECT 1 FROM kbli WHERE code = given.code AND edition = given.edition)
    AND EXISTS (
        SELECT 1 FROM kbli
        WHERE code BETWEEN substr(given.code, 1, 2) AND substr(given.code, 1, 2) || 'z' AND edition = given.edition
    )
)"""
_NOT_CONFIRMED = """(given.business_id, given.code) NOT IN (
    SELECT business_id, value FROM confirmed_value WHERE field = 'kbli'
)"""

_INVALID = f"({_OUTDATED} OR {_UNKNOWN}) AND {_NOT_CONFIRMED}"
_HAS_INVALID_CODE = (
    f"EXISTS (SELECT 1 FROM business_kbli AS given WHERE given.business_id = business.id AND {_INVALID})"
)


class Quality(NamedTuple):
    """How complete the data of the active businesses are, and how many of them each check finds."""

    completeness: Completeness
    unclassified: int
    invalid_kbli: int
    implausible: int

    @property
    def unobserved(self) -> int:
        """The number of businesses without data of the cut-off's year."""
        return self.completeness.businesses - self.completeness.observed


def quality(connection: Connection, end: date, scope: Scope) -> Quality:
    """The completeness of the data of the businesses active at the end of the day, and what the checks find."""
    implausible, values = condition(usual_values(connection))
    checks = (_UNCLASSIFIED, _HAS_INVALID_CODE, implausible)
    query = f"""
        SELECT {COUNTS}, {", ".join(f"count(*) FILTER (WHERE {check})" for check in checks)}
        FROM {COMPARED_SOURCE}
        WHERE {ACTIVE} AND {scope.condition} AND activity.id BETWEEN :first AND :last
    """
    rows = list(sliced(connection, query, {**cut_off_values(end), **scope.values, **values}))
    found = (sum(row[place] for row in rows) for place in range(-len(checks), 0))
    return Quality(completeness_of(row[: -len(checks)] for row in rows), *found)


class Unobserved(NamedTuple):
    """A business without data of the cut-off's year, and the period of the data that it has."""

    number: int
    name: str
    kelurahan: str | None
    kecamatan: str | None
    period: str | None


def unobserved(connection: Connection, end: date, scope: Scope, limit: int) -> list[Unobserved]:
    """The active businesses without data of the year, those without any data first; -1 for all."""
    columns = "business.id, business.name, business.kelurahan, business.kecamatan, observation.period"
    return [
        Unobserved(*row) for row in _found(connection, columns, _UNOBSERVED, "observation.period", end, scope, limit)
    ]


class Unclassified(NamedTuple):
    """A business without sector or kecamatan."""

    number: int
    name: str
    sector: str | None
    kelurahan: str | None
    kecamatan: str | None


def unclassified(connection: Connection, end: date, scope: Scope, limit: int) -> list[Unclassified]:
    """The active businesses without sector or kecamatan; -1 for all."""
    columns = "business.id, business.name, business.sector, business.kelurahan, business.kecamatan"
    return [Unclassified(*row) for row in _found(connection, columns, _UNCLASSIFIED, "1", end, scope, limit)]


def _found(
    connection: Connection, columns: str, condition: str, order: str, end: date, scope: Scope, limit: int
) -> list[tuple[Any, ...]]:
    return connection.execute(
        f"""
        SELECT {columns}
        FROM activity CROSS JOIN business ON business.id = activity.business_id {LATEST}
        WHERE {ACTIVE} AND {scope.condition} AND {condition}
        ORDER BY {order}, business.id
        LIMIT :limit
        """,
        {**cut_off_values(end), **scope.values, "limit": limit},
    ).fetchall()


class InvalidKbli(NamedTuple):
    """A KBLI code of a business whose edition is `outdated`, or that is `unknown` in its edition."""

    number: int
    name: str
    code: str
    edition: int
    problem: str


def invalid_kbli(
    connection: Connection, end: date, scope: Scope, limit: int = -1, business: int | None = None
) -> list[InvalidKbli]:
    """The codes of active businesses that are not valid, unknown ones first; -1 for all."""
    one = "" if business is None else "AND business.id = :business"
    rows = connection.execute(
        f"""
        SELECT business.id, business.name, code, edition, iif({_UNKNOWN}, 'unknown', 'outdated') AS problem
        FROM activity CROSS JOIN business ON business.id = activity.business_id
        CROSS JOIN business_kbli AS given ON given.business_id = business.id
        WHERE {ACTIVE} AND {scope.condition} AND {_INVALID} {one}
        ORDER BY problem DESC, business.id, code
        LIMIT :limit
        """,
        {**cut_off_values(end), **scope.values, "limit": limit, "business": business},
    )
    return [InvalidKbli(*row) for row in rows]


def confirm(change: Change, number: int, field: str, period: str, value: int | str) -> None:
    """Save that a value of a business was checked and is right; `period` is that of its observation, or empty."""
    change.connection.execute(
        "INSERT OR IGNORE INTO confirmed_value (business_id, field, period, value) VALUES (?, ?, ?, ?)",
        (number, field, period, value),
    )
