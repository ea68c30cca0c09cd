"""Finds the header row of a sheet: the row, or the two rows, that name the most known fields."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ikmctl.domain.fields import Field
from ikmctl.domain.keys import key
from ikmctl.errors import FileRefused
from ikmctl.language import _
from ikmctl.sheets.formats.cells import Cell, Row, Sheet, TypedCell, cell_text
from ikmctl.sheets.table.columns import UNDER, mask_sample

#: The number of rows at the top in which the header row is searched.
LOOKED_AT = 60

#: A function from the text of a heading to its field.
FieldOfHeading = Callable[[str], Field | None]


@dataclass(frozen=True)
class HeaderRow:
    """A header row, or two: the numbers of the rows, and the heading of each column."""

    first: int
    last: int
    cells: tuple[str, ...]
    #: The keys of the texts of each row, to recognise a header row that is repeated.
    parts: tuple[tuple[str, ...], ...]


def find_header_row(sheet: Sheet, field_of: FieldOfHeading, row_number: int | None = None, skip: int = 0) -> HeaderRow:
    """The header row of a sheet: the row, or the two rows, that name the most fields, or the row `row_number`.

    Raises FileRefused.
    """
    rows = [
        row for row in islice(sheet.rows(), LOOKED_AT if row_number is None else row_number + 1) if row.number > skip
    ]
    best: tuple[int, HeaderRow] | None = None
    for index, row in enumerate(rows):
        if row_number is not None and row.number != row_number:
            continue
        below = rows[index + 1] if index + 1 < len(rows) else None
        for header in _candidates(row, below):
            score = _score(header, field_of)
            if best is None or score > best[0]:
                best = (score, header)
    if best is None or (not best[0] and row_number is None):
        raise _no_heading(sheet, rows)
    return best[1]


def header_score(rows: Iterable[Sequence[str]], field_of: FieldOfHeading) -> int:
    """The score of the best header row among these rows (see `_score`)."""
    listed = [Row(number, list(cells)) for number, cells in enumerate(rows, start=1)]
    pairs = zip(listed, [*listed[1:], None], strict=False)
    return max((_score(header, field_of) for row, below in pairs for header in _candidates(row, below)), default=0)


def _score(header: HeaderRow, field_of: FieldOfHeading) -> int:
    """The score of a header row: 100 for each required field, 10 for each field, and 1 less for two rows."""
    fields = {matched.name: matched for text in header.cells if text and (matched := field_of(text))}
    required = sum(field.required for field in fields.values())
    return 100 * required + 10 * (len(fields) - _penalty_for_records(header, field_of)) - (header.last - header.first)


def _penalty_for_records(header: HeaderRow, field_of: FieldOfHeading) -> int:
    """A penalty for texts in the second row that are no headings but stand under one: that row may be a record.

    Such a text counts most under a required field, which every record has.
    """
    if len(header.parts) < 2:
        return 0
    pairs = [(upper, under) for upper, under in zip(*header.parts, strict=False) if upper and under]
    fields = [field_of(upper) for upper, under in pairs if not field_of(under) and not field_of(upper + under)]
    return sum(10 if field.required else 1 for field in fields if field)


def _candidates(row: Row, below: Row | None) -> Iterator[HeaderRow]:
    upper = [_one_line(cell) for cell in row.cells]
    if not any(upper):
        return
    yield HeaderRow(row.number, row.number, tuple(_trimmed(upper)), (_keys(upper),))
    if below is not None and _may_be_second(below):
        lower = [_one_line(cell) for cell in below.cells]
        joined = _joined(upper, lower)
        yield HeaderRow(row.number, below.number, tuple(_trimmed(joined)), (_keys(upper), _keys(lower)))


def _may_be_second(row: Row) -> bool:
    texts = [cell_text(cell).strip() for cell in row.cells if cell_text(cell).strip()]
    return bool(texts) and not any(len(text) >= 60 or is_number(text) for text in texts)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Each lower text joined to the upper one above it. A merged cell has its text in its first column only."""
    width = max(len(upper), len(lower))
    above = ""
    joined = []
    for index in range(width):
        over = upper[index] if index < len(upper) else ""
        under = lower[index] if index < len(lower) else ""
        above = over or (above if under else "")
        joined.append(f"{above}{UNDER}{under}" if above and under else under or over)
    return joined


def _one_line(cell: Cell) -> str:
    return " ".join(cell_text(cell).replace("\u200b", "").replace("\ufeff", "").split())


def _keys(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(key(text) for text in texts)


def _trimmed(texts: list[str]) -> list[str]:
    """The texts without the empty ones at the end."""
    width = max((index + 1 for index, text in enumerate(texts) if text), default=0)
    return texts[:width]


def _no_heading(sheet: Sheet, rows: Sequence[Row]) -> FileRefused:
    first = next((row for row in rows if any(row.cells)), None)
    texts = ", ".join(text for cell in (first.cells if first else [])[:12] if (text := mask_sample(_one_line(cell))))
    return FileRefused(
        file=sheet.name,
        reason=_("no header row was found (the first row is: {found})").format(found=texts or "–"),
        advice=_(
            "Write headings such as Nama Usaha, Nama Pemilik, Alamat above the columns, or say where they are "
            '(--header-row 4) or what one means (--map "HEADING=name").'
        ),
    )


def is_number(cell: Cell) -> bool:
    """Whether the cell is a number, or text in the form of a number."""
    if isinstance(cell, TypedCell):
        return cell.kind == "number"
    return bool(re.fullmatch(r"(?i)(?:rp\.?\s*)?-?[\d.,]+(?:,-)?", cell.strip(), re.ASCII))
