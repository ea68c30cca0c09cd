"""Exports of OSS, the national licensing system: one row per project and KBLI, recognised by the headings."""

from collections.abc import Iterator, Sequence

from ikmctl.domain.fields import Entity
from ikmctl.domain.keys import key
from ikmctl.sheets.formats.cells import Cell, Row, TypedCell, cell_text
from ikmctl.sheets.table.columns import HeaderColumn
from ikmctl.sheets.table.row_roles import NOT_INDUSTRY, RowClassifier

_HEADINGS = frozenset(
    {
        "idproyek", "namaproyek", "uraianjenisperusahaan", "uraianskalausaha", "uraianrisikoproyek", "tki", "tka",
        "tanggalterbitoss", "dayoftanggalterbitoss", "jumlahinvestasi", "nomoridentitasuser", "kelurahanusaha",
        "kecamatanusaha", "judulkbli", "uraianstatuspenanamanmodal",
    }
)  # fmt: skip
#: A file with at least this many headings of OSS is an export of OSS.
ENOUGH = 4
#: The divisions (first two digits) of KBLI section C, manufacturing.
INDUSTRY = range(10, 34)


def is_export(columns: Sequence[HeaderColumn]) -> bool:
    """Whether the headings are those of an export of OSS."""
    return len({key(column.heading) for column in columns} & _HEADINGS) >= ENOUGH


def map_columns(columns: Sequence[HeaderColumn], entity: Entity) -> list[HeaderColumn]:
    """The columns with their meaning in OSS: `tki` and `tka`, Indonesian and foreign workers, add up to the total.

    Of several columns for one field the first has it; no cells decide between those of an export.
    """
    mapped = [
        HeaderColumn(column.position, column.heading, entity["workers_total"])
        if key(column.heading) == "tki"
        else HeaderColumn(column.position, column.heading, None)
        if column.field is entity["workers_total"] or key(column.heading) == "tka"
        else column
        for column in columns
    ]
    first: dict[str, HeaderColumn] = {}
    for column in mapped:
        if column.field:
            first.setdefault(column.field.name, column)
    return [
        column if not column.field or first[column.field.name] is column else column.with_field(None)
        for column in mapped
    ]


def project_heading(columns: Sequence[HeaderColumn]) -> str:
    """The heading of the column with the project's identifier; empty if there is none."""
    return next((column.heading for column in columns if key(column.heading) == "idproyek"), "")


def manufacturing_rows(
    records: Iterator[Row], columns: Sequence[HeaderColumn], classifier: RowClassifier, *, all_kbli: bool
) -> Iterator[Row]:
    """The rows of manufacturing, or all, with foreign workers added to the Indonesian ones."""
    places = {key(column.heading): column.position for column in columns}
    kbli = next((column.position for column in columns if column.field and column.field.name == "kbli"), None)
    tki, tka = places.get("tki"), places.get("tka")
    for row in records:
        if len(row.cells) < len(columns):  # too short: rejected when its cells are parsed
            yield row
            continue
        if kbli is not None and not all_kbli and _outside(cell_text(row.cells[kbli])):
            classifier.skip(row, NOT_INDUSTRY)
            continue
        if tki is not None and tka is not None:
            row.cells[tki] = _add_counts(row.cells[tki], row.cells[tka])
        yield row


def _outside(code: str) -> bool:
    digits = code.strip()[:2]
    return digits.isascii() and digits.isdigit() and int(digits) not in INDUSTRY


def _add_counts(indonesian: Cell, foreign: Cell) -> Cell:
    """The sum of two counts; the first cell unchanged if either is not a whole number."""
    texts = [cell_text(cell).strip() for cell in (indonesian, foreign)]
    if not texts[1] or not all(text.isascii() and text.isdigit() for text in texts):
        return indonesian
    total = sum(map(int, texts))
    return TypedCell("number", total, str(total))
