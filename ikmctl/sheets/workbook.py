"""A workbook → its sheets. Looked at before it is parsed, so that a small file cannot fill the memory."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from ikmctl.errors import FileRefused
from ikmctl.language import N_, _
from ikmctl.sheets.cells import Cell, Row, Sheet, Typed
from ikmctl.sheets.files import Copy, Reading

MOST_CELLS = 20_000_000
"""Cells of a sheet, empty ones included: what fits in memory."""
MOSTLY_EMPTY = 2_000_000
"""From so many cells on, a sheet of which not even one in twenty is filled is refused."""
LARGEST_PART = 400 * 2**20
LARGEST_TOTAL = 800 * 2**20
"""Bytes to which one part of a workbook, and all its parts of XML, may unpack."""
_STRETCH = 1 << 17
REMEMBERED = 100_000
"""Different numbers of a sheet that are kept as cells."""


@dataclass(frozen=True)
class Seen:
    """What calamine does not tell: cells in error, formulas without a result, hidden rows and columns."""

    special: Mapping[tuple[int, int], Typed] = field(default_factory=dict)
    """(row, column), both from 0"""
    hidden_rows: int = 0
    hidden_columns: int = 0


@dataclass(frozen=True)
class Worksheet:
    """A sheet of a workbook."""

    name: str
    title: str
    digest: str
    table: Sequence[Sequence[Any]] = field(repr=False)
    seen: Seen
    kind: str
    notes: tuple[str, ...] = ()
    ragged: bool = False

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was assumed to read it, for machines."""
        return {"sheet": self.title, "format": self.kind}

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.table)

    def said(self) -> list[str]:
        """What was assumed to read it, in sentences."""
        said = [_("{kind}, sheet “{title}”").format(kind=self.kind, title=self.title)]
        for count, sentence in (
            (self.seen.hidden_rows, N_("{count} hidden rows were read too")),
            (self.seen.hidden_columns, N_("{count} hidden columns were read too")),
        ):
            if count:
                said.append(_(sentence).format(count=count))
        return [*said, *self.notes]

    def width(self, first: int) -> int:
        """How many columns hold anything in row `first` or below it."""
        width = max((column + 1 for row, column in self.seen.special if row + 1 >= first), default=0)
        for values in self.table[first - 1 :]:
            behind = values[width:]
            if behind.count("") != len(behind):
                width = max(index for index, value in enumerate(values) if value != "") + 1
        return width

    def rows(self) -> Iterator[Row]:
        """All rows, numbered as the spreadsheet shows them."""
        special = self.seen.special
        odd = {row for row, _column in special}
        numbers = _Numbers()
        for index, values in enumerate(self.table):
            cells = [
                value if value.__class__ is str else numbers[value] if value.__class__ is float else _cell(value)
                for value in values
            ]
            if index in odd:
                for (row, column), cell in special.items():
                    if row == index:
                        cells += [""] * (column + 1 - len(cells))
                        cells[column] = cell
            yield Row(index + 1, cells)


def read(copy: Copy, reading: Reading) -> list[Sheet]:
    """The sheets that hold anything, in the workbook's order. Raises FileRefused."""
    if copy.start(4).startswith(b"\xd0\xcf"):
        from ikmctl.sheets import legacy

        return legacy.read(copy)
    with _archive(copy) as archive:
        parts = {each.filename: each.file_size for each in archive.infolist()}
        kind = _kind(copy.name, archive, parts)
        largest = max(parts, key=lambda part: parts[part])
        total = sum(size for part, size in parts.items() if part.endswith((".xml", ".bin")))
        if parts[largest] > LARGEST_PART or total > LARGEST_TOTAL:
            raise _too_large(copy.name, largest)
        return _ods(copy, archive) if kind == "ods" else _xlsx(copy, archive, kind)


def _archive(copy: Copy) -> zipfile.ZipFile:
    try:
        copy.stream.seek(0)
        return zipfile.ZipFile(copy.stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise broken(copy.name) from None


def _kind(name: str, archive: zipfile.ZipFile, parts: Mapping[str, int]) -> str:
    if "xl/workbook.xml" in parts:
        return "xlsm" if "xl/vbaProject.bin" in parts else "xlsx"
    if "content.xml" in parts:
        if b"encryption-data" in _part(name, archive, "META-INF/manifest.xml"):
            raise protected(name)
        if b"opendocument.spreadsheet" in _part(name, archive, "mimetype"):
            return "ods"
        raise _foreign(name, N_("an OpenDocument file of another kind"))
    if "xl/workbook.bin" in parts:
        raise _foreign(name, N_("a binary workbook (.xlsb)"))
    if "word/document.xml" in parts:
        raise _foreign(name, N_("a Word document"))
    if any(part.startswith(("xl/", "_rels/")) for part in parts):
        raise broken(name)
    raise _foreign(name, N_("a packed file (zip)"))


def _foreign(name: str, kind: str) -> FileRefused:
    return FileRefused(
        file=name,
        reason=_("it is {kind}, not a spreadsheet that can be read").format(kind=_(kind)),
        advice=_("Open it, save it as an Excel workbook (.xlsx), and import that."),
    )


def protected(name: str) -> FileRefused:
    """The refusal of a workbook that opens with a password only."""
    return FileRefused(
        file=name,
        reason=_("it is protected by a password"),
        advice=_("Open it in Excel, take the password away, save and import it again."),
    )


def broken(name: str) -> FileRefused:
    """The refusal of a workbook that cannot be parsed."""
    return FileRefused(
        file=name,
        reason=_("it is a broken workbook"),
        advice=_("Open it in Excel, let it repair the file, save and import it again."),
    )


def _too_large(name: str, part: str) -> FileRefused:
    return FileRefused(
        file=name,
        reason=_("the sheet {part} would unpack to more than memory holds").format(part=part),
        advice=_("Save it as CSV (UTF-8) and import that."),
    )


def too_many(name: str, title: str, count: int) -> FileRefused:
    """The refusal of a sheet that holds more cells than memory."""
    return FileRefused(
        file=name,
        reason=_("the sheet {title} holds {count} cells, more than memory").format(title=title, count=count),
        advice=_("Save it as CSV (UTF-8) and import that."),
    )


def far_too_large(name: str, title: str, rows: int, columns: int, filled: int) -> None:
    """Refuse a sheet that would fill the memory with empty cells. Raises FileRefused."""
    reach = rows * columns
    if reach > MOST_CELLS or (reach > MOSTLY_EMPTY and filled * 20 < reach):
        raise FileRefused(
            file=name,
            reason=_("the sheet {title} reaches to row {row}, column {column}, but holds only {count} cells").format(
                title=title, row=rows, column=columns, count=filled
            ),
            advice=_("In Excel delete the empty rows and columns behind the table, save and import it again."),
        )


def _part(name: str, archive: zipfile.ZipFile, part: str) -> bytes:
    try:
        with archive.open(part) as stream:
            data = stream.read(LARGEST_PART + 1)
    except KeyError:
        return b""
    except RuntimeError:
        raise protected(name) from None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise broken(name) from None
    except Exception as error:  # zlib.error and its like, which have no common root
        raise broken(name) from error
    if len(data) > LARGEST_PART or _is_endless(data):
        raise _too_large(name, part)
    return data


def _is_endless(data: bytes) -> bool:
    """Whether a stretch of XML without a tag is far longer than what a cell can hold."""
    return any(data.find(b"<", at, at + _STRETCH) < 0 for at in range(0, len(data) - _STRETCH, _STRETCH))


def _xlsx(copy: Copy, archive: zipfile.ZipFile, kind: str) -> list[Sheet]:
    from ikmctl.sheets import openxml

    def part(path: str) -> bytes:
        return _part(copy.name, archive, path)

    part("xl/sharedStrings.xml")
    paths = openxml.sheet_parts(copy.name, part)
    notes = [_("its macros were not run")] if kind == "xlsm" else []
    seen = {title: openxml.look(copy.name, title, part(path)) for title, path in paths.items()}
    return _sheets(copy, kind, seen, notes)


def _ods(copy: Copy, archive: zipfile.ZipFile) -> list[Sheet]:
    from ikmctl.sheets import opendocument

    seen = opendocument.look(copy.name, _part(copy.name, archive, "content.xml"))
    if seen is None:
        raise broken(copy.name)
    return _sheets(copy, "ods", seen, [])


def _sheets(copy: Copy, kind: str, seen: Mapping[str, Seen], notes: Sequence[str]) -> list[Sheet]:
    import python_calamine as calamine

    copy.stream.seek(0)
    try:
        book = calamine.CalamineWorkbook.from_filelike(copy.stream)
        found = [(each, book.get_sheet_by_name(each.name)) for each in book.sheets_metadata if _is_table(each)]
        tables = [(each, sheet.to_python(skip_empty_area=False)) for each, sheet in found if sheet.end is not None]
    except calamine.PasswordError:
        raise protected(copy.name) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise broken(copy.name) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # calamine's own fault on a broken file
            raise broken(copy.name) from None
        raise
    sheets: list[Sheet] = []
    for each, table in tables:
        said = [*notes, _("the sheet is hidden")] if each.visible != calamine.SheetVisibleEnum.Visible else notes
        sheets.append(
            Worksheet(copy.name, each.name, copy.digest, table, seen.get(each.name, Seen()), kind, tuple(said))
        )
    if not sheets:
        raise FileRefused(
            file=copy.name, reason=_("none of its sheets holds anything"), advice=_("Name another workbook.")
        )
    return sheets


def _is_table(metadata: Any) -> bool:
    return str(metadata.typ).endswith("WorkSheet")


def _cell(value: Any) -> Cell:
    """A value of the workbook as a cell."""
    if isinstance(value, bool):
        return Typed("boolean", value, "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return Typed("number", value, plain(value))
    if isinstance(value, datetime):
        return Typed("date", value.date(), value.isoformat(" "))
    if isinstance(value, date):
        return Typed("date", value, value.isoformat())
    if isinstance(value, time | timedelta):
        return Typed("time", str(value), str(value))
    return str(value)


class _Numbers(dict[float, Cell]):
    """A number → its cell; most numbers of a sheet stand in it many times."""

    def __missing__(self, value: float) -> Cell:
        cell = Typed("number", value, plain(value))
        if len(self) < REMEMBERED:
            self[value] = cell
        return cell


def plain(value: float) -> str:
    """All digits of a number, never as 1e+16."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{value:.12f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else repr(value)
