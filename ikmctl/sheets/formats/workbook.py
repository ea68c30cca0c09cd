"""Reads workbooks. Sizes are checked before parsing, so that a small archive cannot fill the memory."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import IO, Any

from ikmctl.errors import FileRefused
from ikmctl.language import N_, _, number
from ikmctl.sheets.formats.cells import Sheet
from ikmctl.sheets.formats.source_copy import Copy
from ikmctl.sheets.formats.worksheet import SheetMetadata, Worksheet, broken, protected

LARGEST_PART = 400 * 2**20
#: The largest unpacked size in bytes of one part of a workbook, and of all its XML parts together.
LARGEST_TOTAL = 800 * 2**20
_STRETCH = 1 << 17
_CELL = re.compile(rb"<c\s[^>]*?\br=[\"']([A-Z]+[0-9]+)")


def read(copy: Copy) -> list[Sheet]:
    """The sheets that are not empty, in the order of the workbook. Raises FileRefused."""
    if copy.start(4).startswith(b"\xd0\xcf"):
        from ikmctl.sheets.formats import xls

        return xls.read(copy)
    with _archive(copy) as archive:
        parts = {part.filename: part.file_size for part in archive.infolist()}
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
    raise _foreign(name, N_("a compressed file (zip)"))


def _foreign(name: str, kind: str) -> FileRefused:
    return FileRefused(
        file=name,
        reason=_("it is {kind}, not a spreadsheet that can be read").format(kind=_(kind)),
        advice=_("Open it, save it as an Excel workbook (.xlsx), and import that."),
    )


def _too_large(name: str, part: str) -> FileRefused:
    return FileRefused(
        file=name,
        reason=_("the sheet {part} is too large for the memory").format(part=part),
        advice=_("Save it as CSV (UTF-8) and import that."),
    )


def _part(name: str, archive: zipfile.ZipFile, part: str) -> bytes:
    try:
        with archive.open(part) as stream:
            data = _read_part(name, part, stream)
    except KeyError:
        return b""
    except FileRefused:
        raise
    except RuntimeError:
        raise protected(name) from None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise broken(name) from None
    except Exception as error:  # zlib.error and others, which have no common base class
        raise broken(name) from error
    return data


def _read_part(name: str, part: str, stream: IO[bytes]) -> bytes:
    """The bytes of a part. Raises FileRefused as soon as it is too large, or has more text than a cell can hold."""
    data = bytearray()
    while block := stream.read(_STRETCH):
        if len(block) == _STRETCH and b"<" not in block:
            raise _too_long(name, part, data)
        data += block
        if len(data) > LARGEST_PART:
            raise _too_large(name, part)
    return bytes(data)


def _too_long(name: str, part: str, before: bytearray) -> FileRefused:
    """The refusal of a text; `before` is the XML up to it, which ends in the cell or after the start of its row."""
    cell = _CELL.findall(before, max(0, len(before) - _STRETCH))
    row = before.count(b"<table:table-row")
    place = cell[-1].decode() if cell else _("row {row}").format(row=number(row)) if row else ""
    return FileRefused(
        file=name,
        reason=_("a text in {place} is too long").format(place=", ".join(filter(None, (part, place)))),
        advice=_("Check that place: it has far more text than a spreadsheet cell can hold."),
    )


def _xlsx(copy: Copy, archive: zipfile.ZipFile, kind: str) -> list[Sheet]:
    from ikmctl.sheets.formats import xlsx

    def part(path: str) -> bytes:
        return _part(copy.name, archive, path)

    part("xl/sharedStrings.xml")
    paths = xlsx.sheet_parts(copy.name, part)
    notes = [_("its macros were not run")] if kind == "xlsm" else []
    metadata = {title: xlsx.look(copy.name, title, part(path)) for title, path in paths.items()}
    return _sheets(copy, kind, metadata, notes)


def _ods(copy: Copy, archive: zipfile.ZipFile) -> list[Sheet]:
    from ikmctl.sheets.formats import ods

    metadata = ods.look(copy.name, _part(copy.name, archive, "content.xml"))
    if metadata is None:
        raise broken(copy.name)
    return _sheets(copy, "ods", metadata, [])


def _sheets(copy: Copy, kind: str, metadata: Mapping[str, SheetMetadata], notes: Sequence[str]) -> list[Sheet]:
    import python_calamine as calamine

    copy.stream.seek(0)
    try:
        book = calamine.CalamineWorkbook.from_filelike(copy.stream)
        readable = [(entry, book.get_sheet_by_name(entry.name)) for entry in book.sheets_metadata if _is_table(entry)]
        tables = [(entry, sheet.to_python(skip_empty_area=False)) for entry, sheet in readable if sheet.end is not None]
    except calamine.PasswordError:
        raise protected(copy.name) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise broken(copy.name) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # a panic of calamine's Rust code at a broken file
            raise broken(copy.name) from None
        raise
    sheets: list[Sheet] = []
    for entry, table in tables:
        sheet_notes = (
            [*notes, _("the sheet is hidden")] if entry.visible != calamine.SheetVisibleEnum.Visible else notes
        )
        sheets.append(
            Worksheet(
                copy.name,
                entry.name,
                copy.digest,
                table,
                metadata.get(entry.name, SheetMetadata()),
                kind,
                tuple(sheet_notes),
            )
        )
    if not sheets:
        raise FileRefused(file=copy.name, reason=_("all of its sheets are empty"), advice=_("Name another workbook."))
    return sheets


def _is_table(metadata: Any) -> bool:
    return str(metadata.typ).endswith("WorkSheet")
