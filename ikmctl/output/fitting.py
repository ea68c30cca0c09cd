"""Which columns of a table fit beside each other: on a screen, on a sheet of paper."""

from collections.abc import Sequence

from ikmctl.actions.document import Column
from ikmctl.output.plain import measure

LONGEST, SHORTEST = 28, 14
"""Text wider than the first is folded rather than given more room; for want of room down to the second."""


def needs(columns: Sequence[Column], texts: Sequence[Sequence[str]], least: int = 6) -> list[int]:
    """How many letters wide each column must be: numbers are never folded, text beyond LONGEST is."""
    found = []
    for index, column in enumerate(columns):
        widest = max(measure(cell) for cell in (column.title, *(row[index] for row in texts)))
        found.append(widest if column.kind.right else min(max(widest, least), LONGEST))
    return found


def squeezed(widths: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """The columns made narrower, those first that have most to give, until all fit the room; None if they cannot."""
    if sum(least) > room:
        return None
    found = list(widths)
    while sum(found) > room:
        found[max(range(len(found)), key=lambda index: found[index] - least[index])] -= 1
    return found


def parts(widths: Sequence[int], room: int) -> list[list[int]]:
    """The columns in parts that fit the room, each led by the first column: nothing is left out or squeezed.

    There are as few parts as can be, each about as wide as the others.
    """
    found = _filled(widths, room)
    for narrower in range(room - 1, 0, -1):
        even = _filled(widths, narrower)
        if len(even) > len(found):
            break
        found = even
    return found


def _filled(widths: Sequence[int], room: int) -> list[list[int]]:
    found, used = [[0]], widths[0]
    for index in range(1, len(widths)):
        if used + widths[index] > room and len(found[-1]) > 1:
            found.append([0])
            used = widths[0]
        found[-1].append(index)
        used += widths[index]
    return found


def what_matters(columns: Sequence[Column], widths: Sequence[int], room: int) -> list[int]:
    """The columns that a narrow screen shows: all but the details, and of those, in order, what there is room for."""
    used = sum(width for column, width in zip(columns, widths, strict=True) if not column.detail)
    kept = []
    for index, column in enumerate(columns):
        if column.detail and used + widths[index] > room:
            continue
        used += widths[index] if column.detail else 0
        kept.append(index)
    return kept
