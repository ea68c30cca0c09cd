"""Chooses the sheets of a file that contain the records, and finds their header rows and columns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ikmctl.domain.choices import ALL, spellings
from ikmctl.domain.keys import key
from ikmctl.errors import FileRefused
from ikmctl.language import N_, _
from ikmctl.sheets.formats.cells import Row, Sheet, text_of
from ikmctl.sheets.formats.source_copy import ReadOptions
from ikmctl.sheets.table import oss
from ikmctl.sheets.table.columns import HeaderColumn, Known
from ikmctl.sheets.table.confirm import confirm
from ikmctl.sheets.table.header_row import Heading, find_heading
from ikmctl.sheets.table.row_roles import Layout

MOST_COLUMNS = 2_000

#: A function from the file's name and its headings to columns. It may raise FileRefused.
Mapping = Callable[[str, Sequence[str]], list[HeaderColumn]]


@dataclass(frozen=True)
class Chosen:
    """A sheet to read, its header row and its columns, with notes on the sheets that are not read."""

    sheet: Sheet
    heading: Heading
    columns: list[HeaderColumn]
    said: tuple[str, ...] = ()
    #: The kind of spreadsheet that fits the headings clearly better than the requested kind; empty if none does.
    better: str = ""

    def layout(self) -> Layout:
        """A new Layout of the sheet, whose counts start at zero."""
        return Layout(self.heading, self.columns)

    def records(self, layout: Layout) -> Iterator[Row]:
        """The records of the sheet, recognised and counted by `layout`."""
        return layout.records(self.sheet.rows())


def choose(sheets: Sequence[Sheet], reading: ReadOptions, known: Known, mapping: Mapping) -> list[Chosen]:
    """The sheet with the most records, or the sheets that the officer named. Raises FileRefused."""
    named = _named(sheets, reading.sheet)
    found: list[Chosen] = []
    refused: list[tuple[Sheet, FileRefused]] = []
    for sheet in named:
        try:
            found.append(_laid_out(sheet, reading, known, mapping))
        except FileRefused as error:
            refused.append((sheet, error))
    if not found:
        raise max(refused, key=lambda each: each[0].size)[1]
    taken, said = _different(found) if reading.sheet else _fullest(found)
    said += [
        _("Sheet “{sheet}” is not read: {reason}").format(sheet=sheet.title, reason=error.facts["reason"])
        for sheet, error in refused
    ]
    return [replace(taken[0], said=(*taken[0].said, *said)), *taken[1:]]


def _named(sheets: Sequence[Sheet], wanted: str | None) -> Sequence[Sheet]:
    if wanted is None or key(wanted) in spellings([ALL]):
        return sheets
    found = [sheet for sheet in sheets if key(sheet.title) == key(wanted)]
    if not found:
        raise FileRefused(
            file=sheets[0].name,
            reason=_("it has no sheet “{sheet}”").format(sheet=wanted),
            advice=_("Its sheets are: {sheets}").format(sheets=", ".join(each.title or "–" for each in sheets)),
        )
    return found


def _laid_out(sheet: Sheet, reading: ReadOptions, known: Known, mapping: Mapping) -> Chosen:
    heading = find_heading(sheet, known.field, reading.header_row, reading.skip_rows)
    cells = heading.cells
    if not sheet.ragged:
        cells += ("",) * (sheet.width(heading.first) - len(cells))
    if len(cells) > MOST_COLUMNS:
        raise FileRefused(
            file=sheet.name,
            reason=_("it has {count} columns").format(count=len(cells)),
            advice=_("A list of businesses has about twenty columns. Delete the others and import it again."),
        )
    columns = mapping(sheet.name, cells)
    if oss.is_export(columns):  # an OSS export needs no confirmation by its cells
        return Chosen(sheet, heading, columns)
    columns, doubts = confirm(columns, sheet, heading.last, known)
    return Chosen(sheet, heading, columns, tuple(doubts))


def _fingerprints(chosen: Chosen) -> set[int]:
    """A hash of each distinct record of a sheet, to recognise records that other sheets repeat."""
    places = [c.position for c in chosen.columns if c.field and c.field.name in ("name", "owner", "nib", "person")]
    layout = chosen.layout()
    return {
        hash(tuple(key(text_of(row.cells[at])) for at in places if at < len(row.cells)))
        for row in chosen.records(layout)
        if row.role != "total"
    }


def _fullest(found: Sequence[Chosen]) -> tuple[list[Chosen], list[str]]:
    """The sheet with the most records, and notes on the others."""
    prints = [_fingerprints(each) for each in found] if len(found) > 1 else [set()]
    best = max(range(len(found)), key=lambda index: len(prints[index]))
    said = []
    for index, each in enumerate(found):
        if index == best:
            continue
        more = len(prints[index] - prints[best])
        sentence = (
            N_("Sheet “{sheet}” has {count} other records that are not read (--sheet all reads them too)")
            if more
            else N_("Sheet “{sheet}” only repeats records")
        )
        said.append(_(sentence).format(sheet=each.sheet.title, count=more))
    return [found[best]], said


def _different(found: Sequence[Chosen]) -> tuple[list[Chosen], list[str]]:
    """All sheets except those that only repeat the records of others, and notes on these."""
    prints = [_fingerprints(each) for each in found]
    taken: list[int] = []
    said = []
    seen: set[int] = set()
    for index in sorted(range(len(found)), key=lambda each: -len(prints[each])):
        if prints[index] - seen or not (prints[index] or taken):
            taken.append(index)
            seen |= prints[index]
        else:
            said.append(_("Sheet “{sheet}” only repeats records").format(sheet=found[index].sheet.title))
    return [found[index] for index in sorted(taken)], said
