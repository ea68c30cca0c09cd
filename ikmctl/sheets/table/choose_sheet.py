"""Chooses the sheets of a file that contain the records, and finds their header rows and columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ikmctl.domain.choices import ALL, spellings
from ikmctl.domain.keys import key
from ikmctl.errors import FileRefused
from ikmctl.language import _, plural
from ikmctl.sheets.formats.cells import FIGURES, TOTAL, Row, Sheet, cell_text
from ikmctl.sheets.formats.source_copy import ReadOptions
from ikmctl.sheets.table import oss
from ikmctl.sheets.table.columns import HeaderColumn, KnownHeadings
from ikmctl.sheets.table.confirm import confirm
from ikmctl.sheets.table.header_row import HeaderRow, find_header_row
from ikmctl.sheets.table.row_roles import RowClassifier

MOST_COLUMNS = 2_000
#: Fields that tell the records of several sheets apart.
_TELLING_APART = frozenset({"name", "owner", "nib", "person", "business", "event", "starts_on", "batch"})

#: A function from the file's name and its headings to columns. It may raise FileRefused.
MapColumns = Callable[[str, Sequence[str]], list[HeaderColumn]]


@dataclass(frozen=True)
class ChosenSheet:
    """A sheet to read, its header row and its columns, with notes on the sheets that are not read."""

    sheet: Sheet
    header: HeaderRow
    columns: list[HeaderColumn]
    notes: tuple[str, ...] = ()
    #: The kind of spreadsheet that fits the headings clearly better than the requested kind; empty if none does.
    better: str = ""

    def without_fields(self, refuted: Mapping[str, str]) -> "ChosenSheet":
        """The sheet with the columns of these fields as other data; each field with a sentence that says why."""
        columns = [
            column.with_field(None) if column.field and column.field.name in refuted else column
            for column in self.columns
        ]
        return replace(self, columns=columns, notes=(*self.notes, *refuted.values()))

    def classifier(self) -> RowClassifier:
        """A new RowClassifier of the sheet, whose counts start at zero."""
        return RowClassifier(self.header, self.columns)

    def records(self, classifier: RowClassifier) -> Iterator[Row]:
        """The records of the sheet, recognised and counted by `classifier`."""
        return classifier.records(self.sheet.rows())


def choose(
    sheets: Sequence[Sheet], reading: ReadOptions, known: KnownHeadings, mapping: MapColumns
) -> list[ChosenSheet]:
    """The sheet with the most records, or the sheets that the officer named. Raises FileRefused."""
    named_sheets = _named(sheets, reading.sheet)
    chosen: list[ChosenSheet] = []
    refused: list[tuple[Sheet, FileRefused]] = []
    for sheet in named_sheets:
        try:
            chosen.append(_choose_columns(sheet, reading, known, mapping))
        except FileRefused as error:
            refused.append((sheet, error))
    if not chosen:
        raise max(refused, key=lambda refusal: refusal[0].size)[1]
    chosen_sheets, notes = _keep_different(chosen) if reading.sheet else _keep_fullest(chosen)
    notes += [
        _("Sheet “{sheet}” is not read: {reason}").format(sheet=sheet.title, reason=error.facts["reason"])
        for sheet, error in refused
    ]
    return [replace(chosen_sheets[0], notes=(*chosen_sheets[0].notes, *notes)), *chosen_sheets[1:]]


def _named(sheets: Sequence[Sheet], wanted: str | None) -> Sequence[Sheet]:
    if wanted is None or key(wanted) in spellings([ALL]):
        return sheets
    chosen = [sheet for sheet in sheets if key(sheet.title) == key(wanted)]
    if not chosen:
        raise FileRefused(
            file=sheets[0].name,
            reason=_("it has no sheet “{sheet}”").format(sheet=wanted),
            advice=_("Its sheets are: {sheets}").format(sheets=", ".join(sheet.title or "–" for sheet in sheets)),
        )
    return chosen


def _choose_columns(sheet: Sheet, reading: ReadOptions, known: KnownHeadings, mapping: MapColumns) -> ChosenSheet:
    header = find_header_row(sheet, known.field, reading.header_row, reading.skip_rows)
    cells = header.cells
    if not sheet.ragged:
        cells += ("",) * (sheet.width(header.first) - len(cells))
    if len(cells) > MOST_COLUMNS:
        raise FileRefused(
            file=sheet.name,
            reason=_("it has {count} columns").format(count=len(cells)),
            advice=_("A list of businesses has about twenty columns. Delete the others and import it again."),
        )
    columns = mapping(sheet.name, cells)
    if oss.is_export(columns):  # an OSS export needs no confirmation by its cells
        return ChosenSheet(sheet, header, columns)
    columns, doubts = confirm(columns, sheet, header.last, known)
    return ChosenSheet(sheet, header, columns, tuple(doubts))


def _fingerprints(chosen: ChosenSheet) -> set[int]:
    """A hash of each distinct record of a sheet, to recognise records that other sheets repeat.

    A person may be at many events, which the rows above the table may name.
    """
    fields = {column.position: column.field.name for column in chosen.columns if column.field}
    places = [at for at, name in fields.items() if name in _TELLING_APART]
    above = _above(chosen) if "person" in fields.values() else ""
    classifier = chosen.classifier()
    return {
        hash((above, *(key(cell_text(row.cells[at])) for at in places if at < len(row.cells))))
        for row in chosen.records(classifier)
        if row.role not in (TOTAL, FIGURES)
    }


def _above(chosen: ChosenSheet) -> str:
    """The texts above the header row."""
    rows = takewhile(lambda row: row.number < chosen.header.first, chosen.sheet.rows())
    return " ".join(cell_text(cell) for row in rows for cell in row.cells)


def _keep_fullest(chosen: Sequence[ChosenSheet]) -> tuple[list[ChosenSheet], list[str]]:
    """The sheet with the most records, and notes on the others."""
    fingerprints = [_fingerprints(sheet) for sheet in chosen] if len(chosen) > 1 else [set()]
    best = max(range(len(chosen)), key=lambda index: len(fingerprints[index]))
    notes = []
    for index, candidate in enumerate(chosen):
        if index == best:
            continue
        more = len(fingerprints[index] - fingerprints[best])
        notes.append(
            plural(
                "Sheet “{sheet}” has {count} other record that is not read (--sheet all reads it too)",
                "Sheet “{sheet}” has {count} other records that are not read (--sheet all reads them too)",
                more,
                sheet=candidate.sheet.title,
            )
            if more
            else _("Sheet “{sheet}” only repeats records").format(sheet=candidate.sheet.title)
        )
    return [chosen[best]], notes


def _keep_different(chosen: Sequence[ChosenSheet]) -> tuple[list[ChosenSheet], list[str]]:
    """All sheets except those that only repeat the records of others, and notes on these."""
    fingerprints = [_fingerprints(sheet) for sheet in chosen]
    different: list[int] = []
    notes = []
    known: set[int] = set()
    for index in sorted(range(len(chosen)), key=lambda place: -len(fingerprints[place])):
        if fingerprints[index] - known or not (fingerprints[index] or different):
            different.append(index)
            known |= fingerprints[index]
        else:
            notes.append(_("Sheet “{sheet}” only repeats records").format(sheet=chosen[index].sheet.title))
    return [chosen[index] for index in sorted(different)], notes
