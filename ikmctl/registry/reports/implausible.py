"""Workers and money that look wrong: far from what is usual in the sector, or many times those of an earlier year.

Money of small industries is heavily skewed. So values are compared on a log scale: how many times the median, not how
much more. The spread is the median absolute deviation, which a few mistyped amounts do not move.
"""

import math
from collections.abc import Mapping
from datetime import date
from sqlite3 import Connection
from statistics import median
from typing import Any, NamedTuple

from ikmctl.registry.records.expressions import WORKERS
from ikmctl.registry.reports.active import ACTIVE, LATEST, cut_off_values
from ikmctl.registry.reports.scope import Scope

#: The fields that are compared, as SQL of the latest observation.
COMPARED: Mapping[str, str] = {
    "workers_total": WORKERS,
    "investment": "observation.investment",
    "production_value": "observation.production_value",
    "material_value": "observation.material_value",
}

#: A value is implausible beyond this many standard deviations from the median of the logarithms. Of a log-normal
#: distribution that is 1 in 16,000.
DEVIATIONS = 4
#: Standard deviation over median absolute deviation, of a normal distribution.
_NORMAL = 1.4826
#: The least standard deviation: where most businesses give the same amount, a factor of 16 is still plausible.
_LEAST_DEVIATION = math.log(2)
#: The least number of values that show what is usual.
_LEAST_VALUES = 10
#: About as many observations are read to see what is usual; more would not change it.
SAMPLE = 20_000

#: A value this many times that of an earlier year, or its fraction, is implausible: a digit too many makes 10, a wrong
#: unit 1,000.
TIMES = 8
#: Fewer workers than this may well be many times those of an earlier year.
_MANY_WORKERS = 20

#: SQL: the latest observation of an earlier year than that of `observation`, as `before`.
_BEFORE = """
    LEFT JOIN observation AS before ON before.id = (
        SELECT id FROM observation AS earlier
        WHERE earlier.business_id = business.id AND earlier.period < substr(observation.period, 1, 4)
        ORDER BY period DESC LIMIT 1
    )"""


class Usual(NamedTuple):
    """What is usual: the median, and the bounds beyond which a value is implausible."""

    middle: float
    low: float
    high: float


#: (field, sector) → what is usual there; the sector None stands for all sectors together.
UsualValues = Mapping[tuple[str, str | None], Usual]


def usual_values(connection: Connection) -> UsualValues:
    """What is usual in each sector with enough values, and in all together."""
    every = max(1, connection.execute("SELECT count(*) FROM observation").fetchone()[0] // SAMPLE)
    rows = connection.execute(
        f"""
        SELECT sector, {", ".join(COMPARED.values())}
        FROM observation JOIN business ON business.id = business_id
        WHERE observation.id % ? = 0
        """,
        (every,),
    )
    logarithms: dict[tuple[str, str | None], list[float]] = {}
    for sector, *values in rows:
        for field, value in zip(COMPARED, values, strict=True):
            if value:
                for key in {(field, sector), (field, None)}:
                    logarithms.setdefault(key, []).append(math.log(value))
    return {key: _usual(found) for key, found in logarithms.items() if len(found) >= _LEAST_VALUES}


def _usual(logarithms: list[float]) -> Usual:
    middle = median(logarithms)
    deviation = _NORMAL * median(abs(value - middle) for value in logarithms)
    distance = DEVIATIONS * max(deviation, _LEAST_DEVIATION)
    return Usual(math.exp(middle), math.exp(middle - distance), math.exp(middle + distance))


class Implausible(NamedTuple):
    """A value that looks wrong, and what it was compared with: the value of an earlier year, or the sector's median.

    `compared_period` is the period of the earlier value, None for the sector's median. `times` is value ÷ compared.
    """

    number: int
    name: str
    sector: str | None
    field: str
    period: str
    value: int
    compared_period: str | None
    compared: float
    times: float


class _Conditions:
    """SQL of what is implausible in a field, with the values of its parameters."""

    def __init__(self, usual: UsualValues) -> None:
        sectors = sorted({sector for _field, sector in usual if sector})
        self.values = {f"sector_{place}": sector for place, sector in enumerate(sectors)}
        self._usual = usual
        self._names = {sector: name for name, sector in self.values.items()}

    def any(self) -> str:
        """Whether any field is implausible and was not confirmed."""
        return " OR ".join(self.of(field) for field in COMPARED)

    def of(self, field: str) -> str:
        """Whether the field is implausible and was not confirmed."""
        value = COMPARED[field]
        return f"""(
            ({self.leap(field)} OR {self._outside(field)}) AND NOT EXISTS (
                SELECT 1 FROM confirmed_value AS confirmed
                WHERE business_id = business.id AND field = '{field}'
                    AND confirmed.period = observation.period AND value = {value}
            )
        )"""

    def _outside(self, field: str) -> str:
        """Whether the field is far from what is usual in the sector of the business.

        The bounds of the sectors are looked at only for values that the narrowest of them do not hold.
        """
        value = COMPARED[field]
        known = [usual for (name, _sector), usual in self._usual.items() if name == field]
        if not known:
            return "0"
        low, high = max(usual.low for usual in known), min(usual.high for usual in known)
        return f"""(
            ({value} > {high!r} AND {value} > {self._limit(field, "high")})
            OR ({value} < {low!r} AND {value} > 0 AND {value} < {self._limit(field, "low")})
        )"""

    def leap(self, field: str) -> str:
        """Whether the field is many times that of an earlier year, or a fraction."""
        value, before = COMPARED[field], _before(field)
        large = f" AND max({value}, {before}) >= {_MANY_WORKERS}" if field == "workers_total" else ""
        both = f"before.id IS NOT NULL AND {value} > 0 AND {before} > 0"
        return f"({both} AND max({value}, {before}) / {TIMES} >= min({value}, {before}){large})"

    def middle(self, field: str) -> str:
        """The median that is usual in the sector of the business."""
        return self._limit(field, "middle")

    def _limit(self, field: str, which: str) -> str:
        cases = [
            f"WHEN :{self._names[sector]} THEN {getattr(usual, which)!r}"
            for (name, sector), usual in self._usual.items()
            if name == field and sector
        ]
        overall = self._usual.get((field, None))
        otherwise = "NULL" if overall is None else repr(getattr(overall, which))
        return f"CASE business.sector {' '.join(cases)} ELSE {otherwise} END" if cases else otherwise


def _before(field: str) -> str:
    return COMPARED[field].replace("observation.", "before.")


#: SQL: the active businesses with their latest observation, and that of an earlier year.
COMPARED_SOURCE = f"""
    activity CROSS JOIN business ON business.id = activity.business_id {LATEST} {_BEFORE}
"""


def condition(usual: UsualValues) -> tuple[str, dict[str, str]]:
    """SQL over COMPARED_SOURCE: whether a business has an implausible value; with the values of its parameters."""
    conditions = _Conditions(usual)
    return conditions.any(), conditions.values


def implausible(
    connection: Connection, end: date, scope: Scope, limit: int = -1, business: int | None = None
) -> list[Implausible]:
    """The implausible values of active businesses that were not confirmed, the farthest first; -1 for all."""
    conditions = _Conditions(usual_values(connection))
    queries = [_listed(conditions, field, scope, business) for field in COMPARED]
    values: dict[str, Any] = {**cut_off_values(end), **scope.values, **conditions.values}
    rows = connection.execute(
        f"""
        SELECT * FROM ({" UNION ALL ".join(queries)})
        ORDER BY max(times, 1 / times) DESC, number
        LIMIT :limit
        """,
        {**values, "limit": limit, "business": business},
    )
    return [Implausible(*row) for row in rows]


def _listed(conditions: _Conditions, field: str, scope: Scope, business: int | None) -> str:
    value, before, leap = COMPARED[field], _before(field), conditions.leap(field)
    compared = f"iif({leap}, {before}, {conditions.middle(field)})"
    one = "" if business is None else "AND business.id = :business"
    return f"""
        SELECT
            business.id AS number, business.name, business.sector, '{field}', observation.period, {value},
            iif({leap}, before.period, NULL), {compared}, 1.0 * {value} / {compared} AS times
        FROM {COMPARED_SOURCE}
        WHERE {ACTIVE} AND {scope.condition} AND {conditions.of(field)} {one}
    """
