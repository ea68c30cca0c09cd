"""Sheets, rows and cells: a cell is text as it was typed, or a typed value of a workbook."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol

from ikmctl.domain.fields import Field

#: What a row below the header row is. A row of FIGURES has neither a name nor a number of its own: it is a total
#: without a label if its figures are sums; else a continuation if it was given the name of the row above; else it is
#: incomplete.
RECORD, CONTINUATION, TOTAL, FIGURES = "record", "continuation", "total", "figures"


class TypedCell(NamedTuple):
    """A cell of a workbook that is not text: the type of its value, the value, and the text that is shown for it."""

    kind: Literal["number", "date", "boolean", "error", "formula", "time"]
    value: float | date | bool | str
    text: str


Cell = str | TypedCell


@dataclass(slots=True)
class Row:
    """A row with the number that the spreadsheet shows; `role` is set by row_roles.py."""

    number: int
    #: Each element is a Cell; an empty cell is "".
    cells: list[Any]
    role: str = RECORD


class Sheet(Protocol):
    """A table of cells that can be read several times; all reads see the same bytes."""

    @property
    def name(self) -> str:
        """The name of the file as the officer typed it."""

    @property
    def title(self) -> str:
        """The name of the sheet in its workbook; empty for a text file."""

    @property
    def digest(self) -> str:
        """SHA-256 of the file's bytes, to recognise a file that was imported before."""

    @property
    def ragged(self) -> bool:
        """Whether a row with more or fewer cells than the header row is an error, as in a text file."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was assumed about the format, for machine-readable output."""

    @property
    def size(self) -> int:
        """The approximate number of rows, for the progress bar."""

    def width(self, first: int) -> int:
        """The number of columns used in row `first` or below; 0 if the header row alone decides."""

    def assumptions(self) -> list[str]:
        """What was assumed about the format, in sentences."""

    def rows(self) -> Iterator[Row]:
        """All rows. Raises FileRefused if the file is broken."""


def cell_text(cell: Cell) -> str:
    """The text of a cell."""
    return cell if isinstance(cell, str) else cell.text


def mask_cell(cell: Cell, of: Field | None) -> str:
    """The text of a cell for messages: shortened, and masked if the field is personal."""
    body = " ".join(cell_text(cell).split())
    if of is not None and of.kind.mask is not None and of.kind.name == "text":
        body = of.kind.mask(body)  # remarks: only the numbers of people in them
    elif of is not None and of.personal:
        return body[:1] + "*" * max(0, min(len(body), 20) - 3) + body[-2:] if len(body) > 3 else "***"
    return body if len(body) <= 60 else body[:57] + "…"
