"""How large: the scale of a business, which workers and investment give, and what makes a sentra."""

from typing import NamedTuple

SENTRA_MINIMUM, FUND_MINIMUM = 5, 10
"""Units that make a sentra (PP 29/2018), and that a proposal for the special allocation fund needs in Sumatra."""

FEW_WORKERS = 19
"""So many at most, and the first of a band's scales is meant."""


class Band(NamedTuple):
    """A band of investment, land and buildings excluded: its highest amount in rupiah, None where it has no end.

    What scale it is with few workers, and with more.
    """

    highest: int | None
    few: str
    more: str


BANDS = (
    Band(10**9 - 1, "small", "medium"),
    Band(15 * 10**9, "medium", "medium"),
    Band(None, "medium", "large"),
)
"""Skala industri (Permenperin 64/2016), the lowest investment first. The one declaration: `registry/lists.py` makes
SQL of it, which asks for no more than it takes: where both scales of a band are the same, workers do not matter."""


def percent(part: float, whole: float) -> float | None:
    """A part of a whole in percent, to one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None
