"""How much more businesses grew that were coached: pairs with similar ones that were not, and an interval.

A coached business is paired with the one of the same group (branch, scale, years) that was nearest in size before; each
business is in one pair: nearest-neighbour matching without replacement (Stuart, "Matching Methods for Causal
Inference", Statistical Science 25, 2010). The interval comes from a bootstrap of the pairs, which is valid for such
pairs (Austin and Small, "The use of bootstrapping when using propensity-score matching without replacement", Statistics
in Medicine 33, 2014).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from random import Random
from statistics import NormalDist, median
from typing import NamedTuple

#: With fewer businesses, or fewer pairs, no figure is given.
FEWEST = 5
#: A business is compared only with one of nearly its size before: at most a quarter larger, or as much smaller.
LARGEST_RATIO = 1.25
#: The part of the resamples whose medians the interval spans, and their number.
CONFIDENCE, RESAMPLES = 0.95, 4_000


class Course(NamedTuple):
    """What one business had in an earlier and in a later period; the scale is that of the earlier one."""

    business: int
    sector: str | None
    scale: str | None
    earlier: str
    later: str
    before: float
    after: float

    @property
    def group(self) -> tuple[str, ...]:
        """Branch, scale and periods: what two businesses that are compared have in common."""
        return self.sector or "", self.scale or "", self.earlier, self.later

    @property
    def growth(self) -> float:
        """The change in percent of what it had before, which is above zero."""
        return 100 * (self.after - self.before) / self.before


Pair = tuple[Course, Course]


def match(coached: Iterable[Course], others: Iterable[Course]) -> list[Pair]:
    """Pairs of a coached business and another that was as large before, or nearly so.

    In each group the largest choose first, for they have the fewest like them. Of equals one is drawn, always the same.
    One group after another: if the largest of all groups chose first, a business would rather be taken with those years
    in which it had much, and so grew less.
    """
    draw = Random(0)  # noqa: S311 - no secret
    waiting: dict[tuple[str, ...], dict[float, list[Course]]] = defaultdict(lambda: defaultdict(list))
    for other in others:
        waiting[other.group][other.before].append(other)
    for sizes in waiting.values():
        for equals in sizes.values():
            draw.shuffle(equals)
    known = {group: sorted(sizes) for group, sizes in waiting.items()}
    paired: set[int] = set()
    pairs = []
    for course in sorted(coached, key=lambda course: (course.group, -course.before, course.business)):
        partner = _nearest(course.before, known.get(course.group, []), waiting[course.group], paired)
        if partner is not None:
            paired.add(partner.business)
            pairs.append((course, partner))
    return pairs


def _nearest(wanted: float, sizes: list[float], waiting: dict[float, list[Course]], paired: set[int]) -> Course | None:
    """Take the business out of `waiting` that was nearest in size and is in no pair yet."""
    while sizes:
        place = bisect_left(sizes, wanted)
        near = [index for index in (place - 1, place) if 0 <= index < len(sizes)]
        nearest = min(near, key=lambda index: _ratio(sizes[index], wanted))
        if _ratio(sizes[nearest], wanted) > LARGEST_RATIO:
            return None
        equals = waiting[sizes[nearest]]
        while equals:
            course = equals.pop()
            if course.business not in paired:
                return course
        del sizes[nearest]
    return None


def _ratio(one: float, other: float) -> float:
    """How many times larger the larger one is."""
    return max(one, other) / min(one, other)


class Interval(NamedTuple):
    """The median of some values, and the bounds within which it lies at the confidence."""

    low: float
    middle: float
    high: float

    @property
    def differs(self) -> bool:
        """Whether zero lies outside."""
        return self.low > 0 or self.high < 0


def interval(values: Sequence[float]) -> Interval:
    """The median of at least two values and its interval by bootstrap; the same values give the same interval.

    It is the expanded percentile interval, which is wide enough for few values too (Hesterberg, "What Teachers Should
    Know about the Bootstrap", The American Statistician 69, 2015). A resample is not drawn value by value: the ranks of
    its middle values are order statistics of uniform numbers, whose distribution is known.
    """
    ordered = sorted(values)
    draw = Random(len(ordered))  # noqa: S311 - no secret
    medians = sorted(_median_of_resample(ordered, draw) for _ in range(RESAMPLES))
    outside = int(RESAMPLES * _outside(len(ordered)))
    return Interval(medians[outside], median(ordered), medians[-1 - outside])


def _outside(count: int) -> float:
    """The part of the resamples below the interval for so many values: less than 2.5 % for few, by Student's t."""
    z, freedom = NormalDist().inv_cdf((1 + CONFIDENCE) / 2), count - 1
    t = z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
    return NormalDist().cdf(-t * (count / freedom) ** 0.5)


def _median_of_resample(ordered: Sequence[float], draw: Random) -> float:
    count = len(ordered)
    half = count // 2
    if count % 2:
        return ordered[int(count * draw.betavariate(half + 1, half + 1))]
    lower = draw.betavariate(half, half + 1)
    upper = lower + (1 - lower) * draw.betavariate(1, half)
    return (ordered[int(count * lower)] + ordered[min(int(count * upper), count - 1)]) / 2
