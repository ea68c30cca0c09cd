"""A file → rows of cells, stating the encoding and the delimiter. Strict about quotes, and read once."""

import codecs
import csv
import hashlib
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ikmctl.errors import FileRefused
from ikmctl.language import N_, _

LARGEST_FILE = 2 * 10**9
LONGEST_CELL = 32_767
"""What a spreadsheet's cell holds at most."""
DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("bar")}
csv.field_size_limit(10**7)


@dataclass(slots=True)
class Row:
    """A row as the officer's spreadsheet numbers it, with the line of the file on which it ends.

    A spreadsheet hides a first line such as `sep=;` and does not count it.
    """

    number: int
    line: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """A table of text that can be read again and again; the bytes are those of one moment."""

    name: str
    data: bytes = field(repr=False)
    encoding: str
    delimiter: str
    skipped: int = 0
    """physical rows before the heading that say how to read the file (`sep=;`)"""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, to recognise the same file."""
        return hashlib.sha256(self.data).hexdigest()

    def rows(self) -> Iterator[Row]:
        """All rows from the heading on. Raises FileRefused with the line at which quotes go wrong."""
        stream = io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")
        reader = csv.reader(stream, delimiter=self.delimiter, strict=True)
        number = 0
        start = 1
        try:
            for cells in reader:
                number += 1
                if number > self.skipped:
                    yield Row(number - self.skipped, reader.line_num, cells)
                start = reader.line_num + 1
        except csv.Error as error:
            raise _quotes(self.name, start, str(error)) from None


def read_sheet(path: str, known: Callable[[str], bool], standard_input: Callable[[], bytes]) -> Sheet:
    """The table in a file, or in standard input for `-`; `known` says whether a text is a heading we know.

    The delimiter is the one that yields the most known headings. Raises FileRefused.
    """
    name = path if path != "-" else _("standard input")
    data = standard_input() if path == "-" else _bytes(Path(path), name)
    encoding = _encoding(name, data)
    first = _first_lines(data, encoding)
    skipped = 0
    declared = None
    if first and first[0].strip().lower().startswith("sep=") and len(first[0].strip()) == 5:
        declared, skipped, first = first[0].strip()[4], 1, first[1:]
    if not any(line.strip(" ,;|\t\r\n\ufeff") for line in first):
        raise FileRefused(file=name, reason=_("it is empty"), advice=_("Save the spreadsheet again as CSV (UTF-8)."))
    delimiter = declared or _delimiter(first, known)
    return Sheet(name, data, encoding, delimiter, skipped)


def _bytes(path: Path, name: str) -> bytes:
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise FileRefused(file=name, reason=_("it is a folder"), advice=_("Name the file inside it."))
        if not stat.S_ISREG(status.st_mode):
            raise FileRefused(file=name, reason=_("it is a device, not a file"), advice=_("Name a CSV file."))
        if status.st_size > LARGEST_FILE:
            raise FileRefused(file=name, reason=_("it is too large"), advice=_("Split it into several files."))
        with open(path, "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        raise FileRefused(file=name, reason=_("there is no such file"), advice=_("Check the name.")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileRefused(file=name, reason=reason, advice=_("Close it elsewhere and try again.")) from error


def _encoding(name: str, data: bytes) -> str:
    for start, kind in ((b"PK\x03\x04", "Excel"), (b"\xd0\xcf\x11\xe0", "Excel 97"), (b"%PDF", "PDF")):
        if data.startswith(start):
            raise FileRefused(
                file=name,
                reason=_("it is a file of the kind {kind}, not CSV").format(kind=kind),
                advice=_("Save the spreadsheet as CSV (UTF-8) and import that."),
            )
    try:
        decoder = codecs.getincrementaldecoder("utf-8")()
        for start_at in range(0, len(data), 1 << 20):
            decoder.decode(data[start_at : start_at + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        line = _bad_line(data)
        raise FileRefused(
            file=name,
            reason=_("it is not UTF-8: see line {line}").format(line=line),
            advice=_("In Excel save it as “CSV UTF-8”."),
        ) from None
    return "utf-8-sig"


def _bad_line(data: bytes) -> int:
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 1


def _first_lines(data: bytes, encoding: str) -> list[str]:
    stream = io.TextIOWrapper(io.BytesIO(data[:200_000]), encoding=encoding, errors="ignore", newline=None)
    return [line for line, _number in zip(stream, range(20), strict=False)]


def _delimiter(lines: list[str], known: Callable[[str], bool]) -> str:
    filled = [line for line in lines if line.strip()]

    def recognised(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader(filled, delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        return sum(known(cell) for cell in cells), len(cells)

    return max(DELIMITERS, key=recognised)


def _quotes(name: str, line: int, error: str) -> FileRefused:
    if "end of data" in error:
        reason = _("a quotation mark opened on line {line} is never closed").format(line=line)
    elif "field larger" in error:
        reason = _("a value on line {line} is too long").format(line=line)
    else:
        reason = _("text follows a closing quotation mark on line {line}").format(line=line)
    return FileRefused(file=name, reason=reason, advice=_("A quotation mark inside a value is written twice."))


def standard_input() -> bytes:
    """All bytes that a program pipes in. Raises FileRefused when nothing does."""
    if sys.stdin is None or sys.stdin.closed or sys.stdin.isatty():
        raise FileRefused(
            file=_("standard input"), reason=_("nothing is piped in"), advice=_("Name a file, or pipe one in.")
        )
    return sys.stdin.buffer.read()
