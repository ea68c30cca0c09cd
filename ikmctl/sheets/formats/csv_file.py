"""Reads text files (CSV, TSV): finds the encoding, and refuses wrong quotes."""

import codecs
import contextlib
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any

from ikmctl.errors import FileRefused
from ikmctl.language import N_, _
from ikmctl.language import number as grouped
from ikmctl.sheets.formats.cells import Row
from ikmctl.sheets.formats.csv_dialect import DELIMITERS, Dialect, find_dialect
from ikmctl.sheets.formats.source_copy import Copy, ReadOptions, Score

#: Characters that a cell of a spreadsheet can hold.
LONGEST_CELL = 32_767
LONGEST_LINE = 10**7
#: Columns that a sheet of a spreadsheet can have.
MOST_COLUMNS = 16_384
NAMES = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("bar")}
#: The number of lines at the top that show the dialect, and of their bytes.
LOOKED_AT, MOST_BYTES = 2_000, 1_000_000


@dataclass(frozen=True)
class Delimited:
    """A text file as a Sheet."""

    copy: Copy = field(repr=False)
    size: int
    encoding: str
    dialect: Dialect
    #: Rows before the table that declare the delimiter (`sep=;`). Spreadsheet programs do not count them.
    skipped: int = 0
    notes: tuple[str, ...] = ()
    title: str = ""
    ragged: bool = True

    @property
    def name(self) -> str:
        """The name of the file as the officer typed it."""
        return self.copy.name

    @property
    def digest(self) -> str:
        """SHA-256 of the file's bytes."""
        return self.copy.digest

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was assumed about the format, for machine-readable output."""
        return {"encoding": self.encoding.removesuffix("-sig"), "delimiter": self.dialect.original}

    def width(self, first: int) -> int:
        """Always 0: the header row decides how wide the table is."""
        return 0

    def assumptions(self) -> list[str]:
        """What was assumed about the format, in sentences."""
        delimiter = self.dialect.original
        name = NAMES.get(delimiter)
        assumptions = _("encoding {encoding}, separated by {delimiter}").format(
            encoding=self.encoding.removesuffix("-sig").upper(), delimiter=_(name) if name else delimiter
        )
        return [assumptions, *self.notes]

    def rows(self) -> Iterator[Row]:
        """All rows. Raises FileRefused with the line of a quotation mark that is wrong."""
        self.copy.stream.seek(0)
        text = io.TextIOWrapper(self.copy.stream, encoding=self.encoding, newline="")
        records = read_csv(text, self.dialect, self.name)
        try:
            yield from islice(map(Row, count(1 - self.skipped), records), self.skipped, None)
        finally:
            with contextlib.suppress(ValueError):  # the stream is closed first if both are collected at once
                text.detach()  # keeps the copy open for the next read


def read_csv(lines: Iterator[str], dialect: Dialect, name: str) -> Iterator[list[str]]:
    """The cells of each record. Raises FileRefused with the first line of a record whose quotation marks are wrong."""
    reader = dialect.reader(lines)
    start = 1
    try:
        for cells in reader:
            yield dialect.unwrapped(cells) if dialect.inner else cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise _quotes(name, start, str(error)) from None


def read(copy: Copy, reading: ReadOptions, score: Score) -> Delimited:
    """The sheet of a text file. The delimiter is the one that yields the most known headings. Raises FileRefused."""
    csv.field_size_limit(LONGEST_LINE)  # a longer cell is reported later, with its place
    notes = _strip_end(copy)
    size = _count_lines(copy)
    encoding = _named(copy, reading.encoding) if reading.encoding else _encoding(copy)
    first = _first_lines(copy, encoding)
    skipped = 0
    declared = reading.delimiter
    if first and re.fullmatch(r"(?i)sep=.\s*", first[0]):
        declared, skipped, first = declared or first[0].strip()[4:5] or "\t", 1, first[1:]
    if not any(line.strip(" ,;|\t\r\n\ufeff") for line in first):
        raise FileRefused(
            file=copy.name, reason=_("it is empty"), advice=_("Save the spreadsheet again and import it.")
        )
    _refuse_wide(copy.name, first, skipped)
    dialect = find_dialect(first, score, declared)
    return Delimited(copy, size, encoding, dialect, skipped, (*notes, *_notes(dialect)))


def _notes(dialect: Dialect) -> list[str]:
    """What is unusual about the dialect, in sentences."""
    notes = []
    if dialect.inner == dialect.delimiter:
        notes.append(_("each row was one quoted cell, because the file was saved twice"))
    elif dialect.inner:
        notes.append(_("a semicolon file that was saved again with commas"))
    if dialect.quote == "'":
        notes.append(_("values in single quotation marks"))
    return notes


def _strip_end(copy: Copy) -> list[str]:
    """Remove the character Ctrl-Z, which old programs write at the end of a text file; a note if it was there."""
    copy.stream.seek(-1, io.SEEK_END)
    if copy.size > 1 and copy.stream.read(1) == b"\x1a":
        copy.stream.truncate(copy.size - 1)
        return [_("the end mark (Ctrl-Z) was ignored")]
    return []


def _count_lines(copy: Copy) -> int:
    """The number of lines. Raises FileRefused for a line that is too long to be held in memory several times."""
    copy.stream.seek(0)
    lines = length = 0
    while block := copy.stream.read(1 << 20):
        end = max(block.rfind(b"\n"), block.rfind(b"\r"))
        length = len(block) - end - 1 if end >= 0 else length + len(block)
        lines += block.count(b"\n")
        if length > LONGEST_LINE:
            raise _too_long(copy.name, lines + 1) if lines else _too_long_first(copy.name)
    return lines or 1


def _refuse_wide(name: str, first: list[str], skipped: int) -> None:
    """Raise FileRefused for a line at the top with more columns than a spreadsheet has."""
    for number, line in enumerate(first, start=1 + skipped):
        most = max(line.count(sign) for sign in DELIMITERS) + 1
        if most > MOST_COLUMNS:
            raise FileRefused(
                file=name,
                reason=_("line {line} has {count} columns").format(line=number, count=grouped(most)),
                advice=_("A sheet has at most {limit}. Save the spreadsheet again as CSV.").format(
                    limit=grouped(MOST_COLUMNS)
                ),
            )


def _named(copy: Copy, encoding: str) -> str:
    """The encoding that the officer named. Raises FileRefused if it does not exist or the file is not written in it."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, UnicodeError, ValueError):
        name = ""
    if not name.startswith(_OF_TEXT):
        raise FileRefused(
            file=copy.name,
            reason=_("there is no encoding {encoding}").format(encoding=encoding),
            advice=_("Give utf-8, utf-16, cp1252 or latin-1."),
        )
    _require(copy, name)
    return "utf-8-sig" if name == "utf-8" else name


#: Prefixes of the names of text encodings. Python has codecs that are not text encodings (rot13, idna).
_OF_TEXT = ("utf-8", "utf-16", "utf-32", "ascii", "iso8859", "cp", "mac", "koi8", "gb", "big5", "euc", "shift_jis")


def _encoding(copy: Copy) -> str:
    start = copy.start(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _require(copy, "utf-16")
        return "utf-16"
    if start.count(0) > len(start) // 4:
        raise FileRefused(
            file=copy.name,
            reason=_("it seems to be UTF-16 without a byte order mark, or not a text file"),
            advice=_("Save it as “CSV UTF-8”, or name the encoding: --encoding utf-16-le."),
        )
    if _wrong_line(copy, "utf-8") is None:
        return "utf-8-sig"
    _refuse_mixture(copy)
    _require(copy, "cp1252")
    return "cp1252"


def _require(copy: Copy, encoding: str) -> None:
    line = _wrong_line(copy, encoding)
    if line is not None:
        raise FileRefused(
            file=copy.name,
            reason=_("its encoding is unknown: see line {line}").format(line=line),
            advice=_("In Excel save it as “CSV UTF-8”, or name the encoding: --encoding …"),
        )


def _wrong_line(copy: Copy, encoding: str) -> int | None:
    """The first line that is not valid in this encoding; None if all are."""
    decoder = codecs.getincrementaldecoder(encoding)()
    copy.stream.seek(0)
    lines = 1
    while block := copy.stream.read(1 << 20):
        try:
            decoder.decode(block)
        except UnicodeError as error:
            broken = error.object[: error.start] if isinstance(error, UnicodeDecodeError) else b""
            return lines + broken.count(b"\n")
        lines += block.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeError:
        return lines
    return None


_UTF8 = (
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}"
)
#: Overlong forms and surrogates: invalid UTF-8 that no ordinary program writes.
_FORGED = rb"[\xc0\xc1][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]"


def _refuse_mixture(copy: Copy) -> None:
    """Raise FileRefused for a file that is UTF-8 in one line and another encoding in the next."""
    copy.stream.seek(0)
    proper = 0
    wrong = 0
    for number, line in enumerate(copy.stream, start=1):
        if line.isascii():
            continue
        forged = re.search(_FORGED, line)
        rest = re.sub(_UTF8, b"", line)
        if len(rest) != len(line) and not proper:
            proper = number
        if not rest.isascii() and not wrong:
            wrong = number
        if forged or (proper and wrong):
            raise FileRefused(
                file=copy.name,
                reason=_("it mixes encodings: see line {line}").format(line=number if forged else wrong),
                advice=_("In Excel save it as “CSV UTF-8” and look at the accented letters of that line."),
            )


def _first_lines(copy: Copy, encoding: str) -> list[str]:
    start = copy.start(MOST_BYTES)
    if len(start) == MOST_BYTES and b"\n" not in start and b"\r" not in start and b"\x00" not in start:
        raise _too_long_first(copy.name)
    stream = io.TextIOWrapper(io.BytesIO(start), encoding=encoding, errors="ignore", newline=None)
    lines = list(islice(stream, LOOKED_AT))
    return lines[:-1] if len(start) == MOST_BYTES and len(lines) > 1 else lines  # the last one is cut off


def _quotes(name: str, line: int, error: str) -> FileRefused:
    advice = _("A quotation mark inside a value is written twice.")
    if "end of data" in error:
        reason = _("a quotation mark opened on line {line} is never closed").format(line=line)
    elif "field larger" in error:
        return _too_long(name, line)
    else:
        reason = _("text follows a closing quotation mark on line {line}").format(line=line)
    return FileRefused(file=name, reason=reason, advice=advice)


def _too_long(name: str, line: int) -> FileRefused:
    return FileRefused(
        file=name,
        reason=_("a value on line {line} is too long").format(line=line),
        advice=_("Check that line: it has far more text than a spreadsheet cell can hold."),
    )


def _too_long_first(name: str) -> FileRefused:
    return FileRefused(
        file=name, reason=_("its first line is too long"), advice=_("Save the spreadsheet again as CSV.")
    )
