"""The dialect of a text file: its delimiter, its quotation mark, and whether the file was saved twice."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ikmctl.sheets.formats.source_copy import Score

DELIMITERS = (",", ";", "\t", "|")
#: The number of lines at the top whose headings choose the delimiter.
HEADING_LINES = 60


@dataclass(frozen=True)
class Dialect:
    """How the cells of a text file are separated and quoted."""

    delimiter: str
    quote: str = '"'
    #: Whether spaces follow the delimiter that are no part of the values.
    spaced: bool = False
    #: For a file that was saved twice: the delimiter of the original lines, each of which was cut at `delimiter` or
    #: became one quoted cell.
    inner: str = ""

    @property
    def original(self) -> str:
        """The delimiter of the table itself."""
        return self.inner or self.delimiter

    def rows(self, lines: Iterable[str], *, strict: bool = True) -> Iterator[list[str]]:
        """The cells of each record. With `strict`, csv.Error is raised for wrong quotation marks."""
        reader = self.reader(lines, strict=strict)
        return map(self.unwrapped, reader) if self.inner else iter(reader)

    def reader(self, lines: Iterable[str], *, strict: bool = True) -> Any:
        """The reader of Python's csv module for this dialect; it does not undo a second saving."""
        return csv.reader(
            lines, delimiter=self.delimiter, quotechar=self.quote, skipinitialspace=self.spaced, strict=strict
        )

    def unwrapped(self, cells: list[str]) -> list[str]:
        """The cells of the original line of a record that was saved twice."""
        if self.inner == self.delimiter:
            return next(csv.reader([cells[0]], delimiter=self.inner), []) if self.is_wrapped(cells) else cells
        line = self.delimiter.join(cells).rstrip(self.delimiter)
        return next(csv.reader([line], delimiter=self.inner), [])

    def is_wrapped(self, cells: Sequence[str]) -> bool:
        """Whether a record is one quoted cell that holds a whole line."""
        return bool(cells) and self.delimiter in cells[0] and not any(cells[1:]) and not re.search(r"[\r\n].", cells[0])


def find_dialect(lines: Sequence[str], score: Score, declared: str | None = None) -> Dialect:
    """The dialect that fits these lines best. The delimiter, unless `declared`, yields the most known headings."""

    def sense(dialect: Dialect) -> tuple[int, int]:
        rows = _rows(lines[:HEADING_LINES], dialect)
        points, width = score(rows), max((len(row) for row in rows), default=0)
        return points, -width if points else width  # a delimiter that the header row lacks is part of a value

    if declared:
        return _quoted(lines, Dialect(declared))
    senses = {dialect: sense(dialect) for dialect in (_quoted(lines, Dialect(sign)) for sign in DELIMITERS)}
    saved_again = Dialect(",", inner=";")
    if _is_saved_with_commas(lines[:HEADING_LINES]):
        points, width = sense(saved_again)
        senses[saved_again] = (points, width + 1)
    return max(senses, key=lambda dialect: senses[dialect])


def _rows(lines: Sequence[str], dialect: Dialect, *, strict: bool = False) -> list[list[str]]:
    try:
        return list(dialect.rows(lines, strict=strict))
    except csv.Error:
        return []


def _whole(lines: Sequence[str]) -> Sequence[str]:
    """The lines; of many without the last one, whose record may go on in the next."""
    return lines if len(lines) < HEADING_LINES else lines[:-1]


def _is_saved_with_commas(lines: Sequence[str]) -> bool:
    """Whether the lines are those of a semicolon file that was saved again with commas."""
    whole = _whole(lines)
    cells = _rows(whole, Dialect(","), strict=True)
    before = [",".join(row).rstrip(",") for row in cells]
    is_changed = len({len(row) for row in cells}) == 1 and before != [line.rstrip("\r\n") for line in whole]
    return is_changed and any(";" in line for line in before)


def _quoted(lines: Sequence[str], plain: Dialect) -> Dialect:
    """The dialect with the way of quoting by which the most rows are as wide as most are."""
    if _is_wholly_quoted(lines[:HEADING_LINES], plain):
        return replace(plain, inner=plain.delimiter)
    sign = re.escape(plain.delimiter)
    has_spaces = [replace(plain, spaced=True)] if any(re.search(f'{sign} +"', line) for line in lines) else []
    in_single = re.compile(f" *'(?:[^']|'')*' *(?:{sign}|$)")
    behind = re.compile(sign + in_single.pattern)
    wrapped = [line for line in lines if "'" in line and (in_single.match(line) or behind.search(line))]
    best = max([plain, *has_spaces], key=lambda dialect: _regular(lines, dialect))
    if not wrapped:
        return best
    single = replace(plain, quote="'", spaced=True)
    regular, otherwise = _regular(lines, single), _regular(lines, best)
    is_usual = 2 * len(wrapped) >= len(lines) and regular >= otherwise
    return single if regular > otherwise or is_usual else best


def _regular(lines: Sequence[str], dialect: Dialect) -> int:
    """The number of rows that have as many cells as most rows have."""
    widths = Counter(len(row) for row in _rows(_whole(lines), dialect) if any(row))
    return max(widths.values(), default=0)


def _is_wholly_quoted(lines: Sequence[str], dialect: Dialect) -> bool:
    """Whether each line, perhaps without the header row, is one quoted cell: the file was saved twice."""
    twice = replace(dialect, inner=dialect.delimiter)
    rows = [row for row in _rows(_whole(lines), dialect, strict=True) if any(row)]
    wrapped = [row for row in rows[1:] if twice.is_wrapped(row)]
    if not wrapped or 2 * len(wrapped) < len(rows[1:]):
        return False
    width = len(twice.unwrapped(rows[0]))
    return width > 1 and 2 * sum(len(twice.unwrapped(row)) == width for row in wrapped) >= len(wrapped)
