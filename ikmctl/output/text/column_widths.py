"""The widths of the columns of a table on a screen or page, and which columns fit."""

from collections.abc import Sequence

from ikmctl.document import TableColumn
from ikmctl.output.text.display_width import measure_width

#: The widest text column if not all columns fit, and the narrowest one.
TEXT_MAXIMUM, TEXT_MINIMUM = 28, 6

#: The widest first column if not all columns fit: it is repeated in every part of the table.
FIRST_COLUMN_MAXIMUM = 18

#: Text is wrapped between words; a word with more characters is broken.
WORD_MAXIMUM = 16


def fit_widths(columns: Sequence[TableColumn], texts: Sequence[Sequence[str]], room: int, gap: int) -> list[int]:
    """The width of each column in characters, with the gap after it.

    If not all columns fit into `room`, first the headings of numbers are wrapped, then texts; numbers never are.
    """
    wide = _needed_widths(columns, texts, room)
    narrow = _needed_widths([_with_wrapped_title(column) for column in columns], texts, TEXT_MAXIMUM)
    least = [
        narrow[index] if _is_whole(column) else min(wide[index], _longest_word(column.title, texts, index))
        for index, column in enumerate(columns)
    ]
    narrow[0] = min(narrow[0], max(least[0], FIRST_COLUMN_MAXIMUM))
    heads = [narrow[index] if _is_whole(column) else wide[index] for index, column in enumerate(columns)]
    inside = room - gap * len(wide)
    fitting = _squeeze(wide, heads, inside) or _squeeze(heads, least, inside) or narrow
    return [width + gap for width in fitting]


def _needed_widths(columns: Sequence[TableColumn], texts: Sequence[Sequence[str]], longest: int) -> list[int]:
    widths = []
    for index, column in enumerate(columns):
        widest = max(measure_width(cell) for cell in (column.title, *(row[index] for row in texts)))
        widths.append(widest if _is_whole(column) else min(max(widest, TEXT_MINIMUM), longest))
    return widths


def _is_whole(column: TableColumn) -> bool:
    """Whether the values of the column are never wrapped."""
    return column.kind.right or column.kind.name in ("date", "command")


def _longest_word(title: str, texts: Sequence[Sequence[str]], index: int) -> int:
    words = (word for text in (title, *(row[index] for row in texts)) for word in text.split())
    return max(TEXT_MINIMUM, min(max(map(measure_width, words), default=0), WORD_MAXIMUM))


def _with_wrapped_title(column: TableColumn) -> TableColumn:
    """The column with a title as wide as its heading when wrapped to two or three lines."""
    longest = max((measure_width(word) for word in column.title.split()), default=0)
    return column._replace(title="-" * max(longest, min(14, measure_width(column.title) // 2 + 1)))


def _squeeze(widths: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """The widths reduced, the largest surplus over `least` first, until they fit; None if they cannot fit."""
    if sum(least) > room:
        return None
    reduced = list(widths)
    while sum(reduced) > room:
        reduced[max(range(len(reduced)), key=lambda index: reduced[index] - least[index])] -= 1
    return reduced


def split_into_parts(widths: Sequence[int], room: int) -> list[list[int]]:
    """The positions of the columns in parts that fit the room; each part begins with the first column.

    There are as few parts as possible, of about the same width.
    """
    parts = _fill_parts(widths, room)
    for narrower in range(room - 1, 0, -1):
        even = _fill_parts(widths, narrower)
        if len(even) > len(parts):
            break
        parts = even
    return parts


def _fill_parts(widths: Sequence[int], room: int) -> list[list[int]]:
    parts, used = [[0]], widths[0]
    for index in range(1, len(widths)):
        if used + widths[index] > room and len(parts[-1]) > 1:
            parts.append([0])
            used = widths[0]
        parts[-1].append(index)
        used += widths[index]
    return parts


def columns_that_fit(columns: Sequence[TableColumn], widths: Sequence[int], room: int) -> list[int]:
    """The positions of the columns to show on a screen: all except details, and as many details as fit."""
    used = sum(width for column, width in zip(columns, widths, strict=True) if not column.detail)
    fitting = []
    for index, column in enumerate(columns):
        if column.detail and used + widths[index] > room:
            continue
        used += widths[index] if column.detail else 0
        fitting.append(index)
    return fitting
