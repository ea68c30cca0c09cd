"""The scale of a business by its workers and investment, and the smallest size of a sentra."""

from typing import NamedTuple

#: The least number of businesses in a sentra (PP 29/2018), and in a sentra proposed for the special allocation fund
#: (DAK) in Sumatra.
SENTRA_MINIMUM, FUND_MINIMUM = 5, 10

#: With at most this many workers a business has the first scale of its band, with more the second.
FEW_WORKERS_MAXIMUM = 19


class Band(NamedTuple):
    """A band of investment without land and buildings, and its scale with few workers and with more.

    `highest` is the largest amount of the band in rupiah, None for the last band.
    """

    highest: int | None
    few: str
    more: str


#: Skala industri (Permenperin 64/2016), the lowest investment first. `registry/records/expressions.py` makes
#: SQL of it. In a band whose two scales are the same the number of workers does not matter.
BANDS = (
    Band(10**9 - 1, "small", "medium"),
    Band(15 * 10**9, "medium", "medium"),
    Band(None, "medium", "large"),
)


def percent(part: float, whole: float) -> float | None:
    """A part of a whole in percent, to one decimal; None if the whole is zero."""
    return round(100 * part / whole, 1) if whole else None
