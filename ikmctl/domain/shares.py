"""A part of a whole, as reports and comparisons say it."""


def percent(part: float, whole: float) -> float | None:
    """A part of a whole in percent, to one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None
