"""Sums over businesses: cells, which every breakdown adds up, and the totals that a report shows."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

#: The dimensions of every cell. Any other dimension is added one at a time.
CELL_DIMENSIONS = ("sector", "kecamatan", "form", "formal", "scale", "stated_scale")

Key = tuple[Any, ...]


class Amounts(NamedTuple):
    """Sums over some businesses; each `…_known` says how many of them have a value.

    Workers count as known if any number of them is: the total, men, or women. `workers_part` says of how many
    businesses only the men or only the women are known.
    """

    businesses: int = 0
    workers_male: int = 0
    workers_male_known: int = 0
    workers_female: int = 0
    workers_female_known: int = 0
    workers: int = 0
    workers_known: int = 0
    investment: int = 0
    investment_known: int = 0
    production_value: int = 0
    production_value_known: int = 0
    material_value: int = 0
    material_value_known: int = 0
    value_added: int = 0
    value_added_known: int = 0
    workers_part: int = 0

    def plus(self, other: "Amounts") -> "Amounts":
        """The sum of both."""
        return Amounts(*map(int.__add__, self, other))

    def minus(self, other: "Amounts") -> "Amounts":
        """These amounts minus the others."""
        return Amounts(*map(int.__sub__, self, other))


Cells = dict[Key, Amounts]


def total(cells: Mapping[Key, Amounts]) -> Amounts:
    """All cells together."""
    return sum_of(cells.values())


def sum_of(amounts: Iterable[Key]) -> Amounts:
    """Amounts together."""
    return Amounts(*map(sum, zip(*amounts, Amounts(), strict=True)))


def group_by(cells: Mapping[Key, Amounts], *dimensions: str) -> dict[Key, Amounts]:
    """The cells added up by some dimensions; one beyond CELL_DIMENSIONS is that with which the cells were made."""
    places = [CELL_DIMENSIONS.index(name) if name in CELL_DIMENSIONS else len(CELL_DIMENSIONS) for name in dimensions]
    grouped: dict[Key, list[Amounts]] = {}
    for key, amounts in cells.items():
        grouped.setdefault(tuple(key[place] for place in places), []).append(amounts)
    return {key: sum_of(amounts) for key, amounts in grouped.items()}


def numbers(cells: Mapping[Key, Amounts], dimension: str) -> dict[Any, int]:
    """How many businesses there are of each kind, by one dimension of the cells."""
    return {key: amounts.businesses for (key,), amounts in group_by(cells, dimension).items()}


class Totals(NamedTuple):
    """Workers and money of one kind of business at the cut-off; `…_missing` says how many have no value.

    A sum is None where there are businesses and of none of them the value is known: nobody knows it, and it is not 0.
    """

    key: str | int | None
    businesses: int = 0
    workers_male: int | None = 0
    workers_female: int | None = 0
    workers: int | None = 0
    workers_missing: int = 0
    investment: int | None = 0
    investment_missing: int = 0
    production_value: int | None = 0
    production_value_missing: int = 0
    material_value: int | None = 0
    material_value_missing: int = 0
    value_added: int | None = 0
    value_added_missing: int = 0


def totals(cells: Mapping[Key, Amounts], by: str) -> list[Totals]:
    """Workers and money of the cells, by one of their dimensions."""
    return [totals_of(key, amounts) for (key,), amounts in group_by(cells, by).items()]


def totals_of(key: str | int | None, amounts: Amounts) -> Totals:
    """Workers and money of some businesses under a key of their own."""
    values: dict[str, Any] = {}
    for name in Amounts._fields:
        if not name.endswith("_known"):
            continue
        known, figure = getattr(amounts, name), name.removesuffix("_known")
        values[figure] = getattr(amounts, figure) if known or not amounts.businesses else None
        values[f"{figure}_missing"] = amounts.businesses - known
    return Totals(key, amounts.businesses, **{name: values[name] for name in Totals._fields[2:]})
