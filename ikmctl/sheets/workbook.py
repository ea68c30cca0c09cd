"""A workbook → its sheets. Looked at before it is parsed, so that a small file cannot fill the memory."""

import io
import re
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

    def rows(self) -> Iterator[Row]:
        """All rows, numbered as the spreadsheet shows them."""
        special = self.seen.special
        odd = {row for row, _column in special}
        for index, values in enumerate(self.table):
            cells = [value if value.__class__ is str else _cell(value) for value in values]
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
        for name, size in parts.items():
            if size > LARGEST_PART:
                raise _too_large(copy.name, name)
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
        raise _foreign(name, N_("an OpenDocument file, but no spreadsheet"))
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
    if len(data) > LARGEST_PART:
        raise _too_large(name, part)
    return data


def _xlsx(copy: Copy, archive: zipfile.ZipFile, kind: str) -> list[Sheet]:
    paths = _sheet_parts(copy.name, archive)
    notes = [_("its macros were not run")] if kind == "xlsm" else []
    seen = {title: _look(copy.name, title, _part(copy.name, archive, path)) for title, path in paths.items()}
    return _sheets(copy, kind, seen, notes)


def _sheet_parts(name: str, archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet → the part of the archive that holds it."""
    from xml.etree import ElementTree

    try:
        book = ElementTree.fromstring(_part(name, archive, "xl/workbook.xml"))  # noqa: S314 - expat limits entities
        links = ElementTree.fromstring(_part(name, archive, "xl/_rels/workbook.xml.rels"))  # noqa: S314
    except ElementTree.ParseError:
        raise broken(name) from None
    targets = {each.get("Id"): each.get("Target", "") for each in links}
    found = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            target = targets.get(link, "")
            found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


_REFERENCE = re.compile(rb'<(?:x:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_ERROR = re.compile(rb'<(?:x:)?c\s[^>]*?\bt="e"[^>]*>(?:<(?:x:)?f[^>]*?(?:/>|>[^<]*</(?:x:)?f>))?<(?:x:)?v>([^<]*)<')
_UNSOLVED = re.compile(rb"(?:</(?:x:)?f>|<(?:x:)?f[^>]*/>)(?:<(?:x:)?v\s*/>|<(?:x:)?v></(?:x:)?v>)?</(?:x:)?c>")


def _look(name: str, title: str, data: bytes) -> Seen:
    """What the XML of a sheet says beside its values. Raises FileRefused for one far larger than its content."""
    rows, columns = 0, 0
    filled = data.count(b"<c ")
    for found in re.finditer(rb"</(?:x:)?row>", data):
        last = data.rfind(b"<c ", 0, found.start())
        place = _REFERENCE.match(data, last) if last >= 0 else None
        if place:
            rows, columns = max(rows, int(place[2])), max(columns, _column(place[1]) + 1)
    if rows * columns > MOST_CELLS or (rows * columns > MOSTLY_EMPTY and filled * 20 < rows * columns):
        raise FileRefused(
            file=name,
            reason=_("the sheet {title} reaches to row {row}, column {column}, but holds only {count} cells").format(
                title=title, row=rows, column=columns, count=filled
            ),
            advice=_("In Excel delete the empty rows and columns behind the table, save and import it again."),
        )
    special: dict[tuple[int, int], Typed] = {}
    if b't="e"' in data:
        for found in _ERROR.finditer(data):
            place = _REFERENCE.match(data, found.start())
            if place:
                text = found[1].decode("ascii", "replace")
                special[int(place[2]) - 1, _column(place[1])] = Typed("error", text, text)
    if b"<f" in data or b"<x:f" in data:
        for found in _UNSOLVED.finditer(data):
            place = _REFERENCE.match(data, data.rfind(b"<c ", 0, found.start()))
            if place:
                special[int(place[2]) - 1, _column(place[1])] = Typed("formula", "", "=…")
    hidden = re.findall(rb'<(?:x:)?row\s[^>]*?\bhidden="(?:1|true)"', data)
    columns_hidden = sum(
        min(int(last), columns) - int(first) + 1 for first, last in _hidden_columns(data) if int(first) <= columns
    )
    return Seen(special, len(hidden), max(0, columns_hidden))


def _hidden_columns(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    for found in re.finditer(rb'<(?:x:)?col\s[^>]*?\bhidden="(?:1|true)"[^>]*>', data[:200_000]):
        first, last = re.search(rb'min="(\d+)"', found[0]), re.search(rb'max="(\d+)"', found[0])
        if first and last:
            yield first[1], last[1]


def _column(letters: bytes) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _ods(copy: Copy, archive: zipfile.ZipFile) -> list[Sheet]:
    from ikmctl.sheets import opendocument

    seen = opendocument.look(copy.name, io.BytesIO(_part(copy.name, archive, "content.xml")))
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


def plain(value: float) -> str:
    """All digits of a number, never as 1e+16."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{value:.12f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else repr(value)
