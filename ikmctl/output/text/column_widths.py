"""Which columns of a table fit beside each other: on a screen, on a sheet of paper."""

from collections.abc import Sequence

from ikmctl.document import TableColumn
from ikmctl.output.text.display_width import measure

LONGEST, LEAST = 28, 6
"""Where not all fits, a column of text takes at most the first; it is never narrower than the second."""

LEADING = 18
"""The first column stands before every part of a table: there it takes no more than this."""

LONG_WORD = 16
"""Text is folded between words; a longer word is broken."""


def widths(columns: Sequence[TableColumn], texts: Sequence[Sequence[str]], room: int, gap: int) -> list[int]:
    """How many letters wide each column is, with the gap after it.

    Headings over numbers are folded, and after that text is, where it lets all columns fit the room; numbers never are.
    """
    wide = _needs(columns, texts, room)
    narrow = _needs([_folded(column) for column in columns], texts, LONGEST)
    least = [
        narrow[index] if _is_whole(column) else min(wide[index], _longest_word(column.title, texts, index))
        for index, column in enumerate(columns)
    ]
    narrow[0] = min(narrow[0], max(least[0], LEADING))
    heads = [narrow[index] if _is_whole(column) else wide[index] for index, column in enumerate(columns)]
    inside = room - gap * len(wide)
    found = _squeezed(wide, heads, inside) or _squeezed(heads, least, inside) or narrow
    return [width + gap for width in found]


def _needs(columns: Sequence[TableColumn], texts: Sequence[Sequence[str]], longest: int) -> list[int]:
    found = []
    for index, column in enumerate(columns):
        widest = max(measure(cell) for cell in (column.title, *(row[index] for row in texts)))
        found.append(widest if _is_whole(column) else min(max(widest, LEAST), longest))
    return found


def _is_whole(column: TableColumn) -> bool:
    """Whether a column's values are never folded."""
    return column.kind.right or column.kind.name == "date"


def _longest_word(title: str, texts: Sequence[Sequence[str]], index: int) -> int:
    words = (word for text in (title, *(row[index] for row in texts)) for word in text.split())
    return max(LEAST, min(max(map(measure, words), default=0), LONG_WORD))


def _folded(column: TableColumn) -> TableColumn:
    """The column under a heading folded to two lines or three."""
    longest = max((measure(word) for word in column.title.split()), default=0)
    return column._replace(title="-" * max(longest, min(14, measure(column.title) // 2 + 1)))


def _squeezed(widths: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
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


def columns_that_fit(columns: Sequence[TableColumn], widths: Sequence[int], room: int) -> list[int]:
    """The columns that a narrow screen shows: all but the details, and of those, in order, what there is room for."""
    used = sum(width for column, width in zip(columns, widths, strict=True) if not column.detail)
    kept = []
    for index, column in enumerate(columns):
        if column.detail and used + widths[index] > room:
            continue
        used += widths[index] if column.detail else 0
        kept.append(index)
    return kept
