"""Where the heading of a sheet is: the row, or the two, that name the most fields we know."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ikmctl.domain.fields import Field
from ikmctl.domain.keys import key
from ikmctl.errors import FileRefused
from ikmctl.language import _
from ikmctl.sheets.formats.cells import Cell, Row, Sheet, Typed, text_of
from ikmctl.sheets.table.columns import UNDER, mask_sample

LOOKED_AT = 60
"""Rows in which a heading is looked for."""

Known = Callable[[str], Field | None]
"""A heading's text → the field it names."""


@dataclass(frozen=True)
class Heading:
    """A heading of one row or of two: the rows, and for each column the text of both."""

    first: int
    last: int
    cells: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    """the texts of each of its rows, as keys, to recognise a heading that is repeated"""


def find_heading(sheet: Sheet, known: Known, wanted: int | None = None, skip: int = 0) -> Heading:
    """The heading of a sheet: the row, or the two, that name the most fields; in row `wanted` if the officer says so.

    Raises FileRefused.
    """
    rows = [row for row in islice(sheet.rows(), LOOKED_AT if wanted is None else wanted + 1) if row.number > skip]
    best: tuple[int, Heading] | None = None
    for index, row in enumerate(rows):
        if wanted is not None and row.number != wanted:
            continue
        below = rows[index + 1] if index + 1 < len(rows) else None
        for heading in _candidates(row, below):
            points = _points(heading, known)
            if best is None or points > best[0]:
                best = (points, heading)
    if best is None or (not best[0] and wanted is None):
        raise _no_heading(sheet, rows)
    return best[1]


def points_of(rows: Iterable[Sequence[str]], known: Known) -> int:
    """How many fields the best heading among these rows names."""
    listed = [Row(number, list(cells)) for number, cells in enumerate(rows, start=1)]
    pairs = zip(listed, [*listed[1:], None], strict=False)
    return max((_points(each, known) for row, below in pairs for each in _candidates(row, below)), default=0)


def _points(heading: Heading, known: Known) -> int:
    """Fields named, each once, the required ones above all; a heading of one row comes before one of two as good."""
    fields = {found.name: found for text in heading.cells if text and (found := known(text))}
    required = sum(field.required for field in fields.values())
    return 100 * required + 10 * (len(fields) - _strange(heading, known)) - (heading.last - heading.first)


def _strange(heading: Heading, known: Known) -> int:
    """In how many columns a text that is no heading stands under one that is: the second row is a record then.

    Under a required heading it counts most: no record is without.
    """
    if len(heading.parts) < 2:
        return 0
    pairs = [(upper, under) for upper, under in zip(*heading.parts, strict=False) if upper and under]
    found = [known(upper) for upper, under in pairs if not known(under) and not known(upper + under)]
    return sum(10 if field.required else 1 for field in found if field)


def _candidates(row: Row, below: Row | None) -> Iterator[Heading]:
    upper = [_flat(cell) for cell in row.cells]
    if not any(upper):
        return
    yield Heading(row.number, row.number, tuple(_trimmed(upper)), (_keys(upper),))
    if below is not None and _may_be_second(below):
        lower = [_flat(cell) for cell in below.cells]
        joined = _joined(upper, lower)
        yield Heading(row.number, below.number, tuple(_trimmed(joined)), (_keys(upper), _keys(lower)))


def _may_be_second(row: Row) -> bool:
    texts = [text_of(cell).strip() for cell in row.cells if text_of(cell).strip()]
    return bool(texts) and not any(len(text) >= 60 or is_number(text) for text in texts)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Each lower text under the upper one that stands over it; a merged cell has its text in its first column only."""
    width = max(len(upper), len(lower))
    above = ""
    joined = []
    for index in range(width):
        over = upper[index] if index < len(upper) else ""
        under = lower[index] if index < len(lower) else ""
        above = over or (above if under else "")
        joined.append(f"{above}{UNDER}{under}" if above and under else under or over)
    return joined


def _flat(cell: Cell) -> str:
    return " ".join(text_of(cell).replace("\u200b", "").replace("\ufeff", "").split())


def _keys(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(key(text) for text in texts)


def _trimmed(texts: list[str]) -> list[str]:
    """Without the empty columns to the right."""
    width = max((index + 1 for index, text in enumerate(texts) if text), default=0)
    return texts[:width]


def _no_heading(sheet: Sheet, rows: Sequence[Row]) -> FileRefused:
    first = next((row for row in rows if any(row.cells)), None)
    found = ", ".join(text for cell in (first.cells if first else [])[:12] if (text := mask_sample(_flat(cell))))
    return FileRefused(
        file=sheet.name,
        reason=_("no row of headings was found (the first row says: {found})").format(found=found or "–"),
        advice=_(
            "Write headings such as Nama Usaha, Nama Pemilik, Alamat above the columns, or say where they are "
            '(--header-row 4) or what one means (--map "HEADING=name").'
        ),
    )


def is_number(cell: Cell) -> bool:
    """Whether the cell holds a number, or text that is written like one."""
    if isinstance(cell, Typed):
        return cell.kind == "number"
    return bool(re.fullmatch(r"(?i)(?:rp\.?\s*)?-?[\d.,]+(?:,-)?", cell.strip(), re.ASCII))
