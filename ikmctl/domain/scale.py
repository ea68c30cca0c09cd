"""Skala industri: kecil, menengah, besar, computed from workers and investment (Permenperin 64/2016)."""

BILLION = 10**9


def scale(workers: int | None, investment: int | None) -> str | None:
    """`small`, `medium` or `large`; None when a part is unknown and it matters.

    Small: at most 19 workers and investment (land and buildings excluded) under Rp 1 billion. Medium: at most 19
    workers and Rp 1 billion or more, or at least 20 workers and at most Rp 15 billion. Large: the rest.
    """
    if workers is None:
        return "medium" if investment is not None and BILLION <= investment <= 15 * BILLION else None
    if workers >= 20:
        return None if investment is None else "medium" if investment <= 15 * BILLION else "large"
    return None if investment is None else "small" if investment < BILLION else "medium"
