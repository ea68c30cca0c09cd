"""What a sheet is made of: rows of cells, text as it was typed or a value that the workbook keeps by its type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol

from ikmctl.domain.fields import Field

RECORD, CONTINUATION, TOTAL = "record", "continuation", "total"


class Typed(NamedTuple):
    """A cell of a workbook that is not text: what kind of value it is, the value, and how it reads."""

    kind: Literal["number", "date", "boolean", "error", "formula", "time"]
    value: float | date | bool | str
    text: str


Cell = str | Typed


@dataclass(slots=True)
class Row:
    """A row as the officer's spreadsheet numbers it; `role` is what layout.py takes it for."""

    number: int
    cells: list[Any]
    """each a Cell; "" where there is nothing"""
    role: str = RECORD


class Sheet(Protocol):
    """A table of cells that can be read again and again, from the bytes of one moment."""

    @property
    def name(self) -> str:
        """The file, as the officer named it."""

    @property
    def title(self) -> str:
        """The sheet's own name in a workbook; empty for a text file."""

    @property
    def digest(self) -> str:
        """SHA-256 of the file's bytes, to recognise the same file."""

    @property
    def ragged(self) -> bool:
        """Whether a row may be of another width than the heading by mistake, as in a text file."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was assumed to read it, for machines."""

    @property
    def size(self) -> int:
        """About how many rows there are, to say how far an import has come."""

    def width(self, first: int) -> int:
        """How many columns hold anything in row `first` or below it; 0 where the heading alone says it."""

    def said(self) -> list[str]:
        """What was assumed to read it, in sentences."""

    def rows(self) -> Iterator[Row]:
        """All rows. Raises FileRefused where the file turns out to be broken."""


def text_of(cell: Cell) -> str:
    """The cell as it reads."""
    return cell if isinstance(cell, str) else cell.text


def shown_cell(cell: Cell, of: Field | None) -> str:
    """A cell as people are shown it: short, and masked where it is personal."""
    body = " ".join(text_of(cell).split())
    if of is not None and of.personal:
        return body[:1] + "*" * max(0, min(len(body), 20) - 3) + body[-2:] if len(body) > 3 else "***"
    return body if len(body) <= 60 else body[:57] + "…"
