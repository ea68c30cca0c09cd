"""How large: the scale of a business, computed from workers and investment, and what makes a sentra."""

SENTRA_MINIMUM, FUND_MINIMUM = 5, 10
"""Units that make a sentra (PP 29/2018), and that a proposal for the special allocation fund needs in Sumatra."""

FEW_WORKERS = 19
"""So many at most, and it is the investment alone that decides."""
MEDIUM_FROM, LARGE_FROM = 10**9, 15 * 10**9
"""Rupiah of investment, land and buildings excluded."""


def scale(workers: int | None, investment: int | None) -> str | None:
    """Skala industri (Permenperin 64/2016): `small`, `medium` or `large`; None when a part is unknown and it matters.

    Small: at most 19 workers and investment (land and buildings excluded) under Rp 1 billion. Medium: at most 19
    workers and Rp 1 billion or more, or at least 20 workers and at most Rp 15 billion. Large: the rest.
    """
    if workers is None:
        return "medium" if investment is not None and MEDIUM_FROM <= investment <= LARGE_FROM else None
    if workers > FEW_WORKERS:
        return None if investment is None else "medium" if investment <= LARGE_FROM else "large"
    return None if investment is None else "small" if investment < MEDIUM_FROM else "medium"
