"""Tells the records below the header row from other rows, and why the others are no records (docs/domain.md)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ikmctl.domain.fields import Field
from ikmctl.domain.keys import key
from ikmctl.domain.problems import Unreadable
from ikmctl.language import N_
from ikmctl.sheets.formats.cells import CONTINUATION, FIGURES, TOTAL, Cell, Row, cell_text, mask_cell
from ikmctl.sheets.table import row_labels
from ikmctl.sheets.table.columns import HeaderColumn, can_be_summed, is_row_number, naming_position
from ikmctl.sheets.table.header_row import HeaderRow, is_number

#: The largest number of skipped rows that `--explain` lists.
KEPT_EXAMPLES = 1_000

EMPTY, ABOVE, NUMBERS, REPEATED, EXAMPLE, SECTION, TOTALS, BELOW, NOT_INDUSTRY, OTHER_CITY = (
    "empty", "above", "numbers", "heading", "example", "section", "total", "below", "not industry", "other city",
)  # fmt: skip
#: Why a row is not a record: the words for such rows, in the plural, by the code of the reason.
REASONS = {
    ABOVE: N_("above the header row"),
    NUMBERS: N_("column numbers"),
    REPEATED: N_("repeated header rows"),
    EXAMPLE: N_("examples of how to fill in the table"),
    SECTION: N_("section titles"),
    TOTALS: N_("totals and subtotals"),
    BELOW: N_("below the table"),
    NOT_INDUSTRY: N_("with a KBLI outside manufacturing (10–33); --all-kbli includes them"),
    OTHER_CITY: N_("of another city; --other-cities keep includes them"),
    EMPTY: N_("empty"),
}


@dataclass(frozen=True)
class SkippedRow:
    """A row that is not a record, for `--explain`."""

    row: int
    reason: str
    text: str


@dataclass
class RowClassifier:
    """Tells the records of one sheet from its other rows, and counts the others by reason."""

    header: HeaderRow
    columns: Sequence[HeaderColumn]
    skipped: Counter[str] = field(default_factory=Counter)
    examples: list[SkippedRow] = field(default_factory=list)

    def records(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The records, continuation rows (with the name of the business above) and total rows below the header row."""
        last, is_usual_record = self.header.last, self._is_usual_record
        early = last + _EARLY
        above: Row | None = None
        for row in rows:
            if row.number > last:
                if is_usual_record(row.cells) and (row.number > early or not self._is_example(row)):
                    above = row
                    yield row
                elif record := self._classify(row, above):
                    above = record if record.role not in (CONTINUATION, TOTAL, FIGURES) else above
                    yield record
            elif row.number < self.header.first and any(row.cells):
                self.skip(row, ABOVE)
        if above is not None:
            self._end_after(above.number)

    def __post_init__(self) -> None:
        self._name = naming_position(self.columns) or 0
        self._header_end = self.header.last  # the next row that is not empty may number the columns
        self._numbered = next((c.position for c in self.columns if is_row_number(c.heading)), None)
        self._after_total = False  # after a total row: what follows may be below the table
        self._signed = False  # after the first line of a signature
        self._examples = {c.position: c.field for c in self.columns if c.field and _has_example(c.field)}
        naming_field = self._examples.get(self._name)
        self._texts = {cell_text(cell) for cell in self.header.cells} | (
            {naming_field.example} if naming_field else set()
        )
        self._continuing = {c.position for c in self.columns if c.field and c.field.continues}
        self._others = {c.position for c in self.columns if not c.field and not c.ignored}
        self._personal = {c.position: c.field for c in self.columns if c.field and c.field.personal}
        self._identifying = {
            c.position for c in self.columns if c.field and not c.field.kind.right and c.position != self._name
        }
        self._repeatable = {
            c.position
            for c in self.columns
            if c.position in self._identifying and c.field and not (c.field.continues or c.field.stands_in_for)
        }
        self._figures = {c.position for c in self.columns if can_be_summed(c)}

    def _is_usual_record(self, cells: Sequence[Cell]) -> bool:
        """Whether the row is certainly a record: it has a name that is no label of other rows, and more cells after it.

        This quick test spares most rows the full one of `_classify`.
        """
        at = self._name
        if len(cells) <= at:
            return False
        name = cells[at]
        if name.__class__ is not str or not name or self._after_total:
            return False
        if self._numbered is not None:
            number = cells[self._numbered] if self._numbered < len(cells) else ""
            if number.__class__ is str and number[:3].lower() in row_labels.SUSPICIOUS:
                return False
        return (
            name[:3].lower() not in row_labels.SUSPICIOUS
            and name[0] > "@"
            and name not in self._texts
            and any(cells[at + 1 :])
        )

    def _classify(self, row: Row, above: Row | None) -> Row | None:
        """The row if it is a record, a continuation or a total; else None, and the row is counted."""
        filled = [index for index, cell in enumerate(row.cells) if cell_text(cell).strip()]
        if not filled:
            self.skip(row, EMPTY)
            self._header_end += row.number == self._header_end + 1
        elif self._repeats_heading(row):
            self.skip(row, REPEATED)
            self._header_end = row.number
        elif row.number == self._header_end + 1 and self._is_column_numbers(row, filled):
            self.skip(row, NUMBERS)
        elif self._is_example(row):
            self.skip(row, EXAMPLE)
        elif self._is_total(row, filled):
            self.skip(row, TOTALS)
            self._after_total = True
            row.role = TOTAL
            return row
        elif self._is_section(row, filled, above):
            titled = not self._after_total or any(
                re.match(row_labels.SECTION, cell_text(row.cells[at]).strip()) for at in filled
            )
            self.skip(row, SECTION if titled else BELOW)
        elif above is not None and self._continues(row, filled, above):
            row.role = FIGURES if self._has_figures_only(row, filled) else CONTINUATION
            row.cells = list(row.cells)
            row.cells[self._name] = above.cells[self._name] if self._name < len(above.cells) else ""
            return row
        elif self._has_figures_only(row, filled):
            if self._after_total:
                self.skip(row, BELOW)
                return None
            row.role = FIGURES
            return row
        else:
            if self._name in filled and len(filled) > 2:
                self._after_total = self._signed = False
            return row
        return None

    def _continues(self, row: Row, filled: Sequence[int], above: Row) -> bool:
        """Whether the row has only values that may be added to the business above, or that repeat those of its row."""
        added = set(filled) - self._others
        repeated = {at for at in added & self._repeatable if _repeats(row, above, at)}
        return self._name < len(row.cells) and added - repeated <= self._continuing and bool(added - repeated)

    def _has_figures_only(self, row: Row, filled: Sequence[int]) -> bool:
        """Whether the row has neither a name nor a number nor text, but values of columns that can be summed."""
        figures = self._figures.intersection(filled)
        return (
            bool(figures)
            and figures.union(self._others).issuperset(filled)
            and all(is_number(row.cells[at]) for at in filled)
        )

    def skip(self, row: Row, reason: str) -> None:
        """Count a row that is not a record. Its text is kept for `--explain`, with personal data masked."""
        self.skipped[reason] += 1
        if reason != EMPTY and len(self.examples) < KEPT_EXAMPLES:
            cells = [
                mask_cell(cell, self._personal.get(at)) for at, cell in enumerate(row.cells) if cell_text(cell).strip()
            ]
            self.examples.append(SkippedRow(row.number, reason, " · ".join(cells)[:200]))

    def _end_after(self, last: int) -> None:
        """Reclassify section titles after the last record as rows below the table: signatures and notes."""
        below = [
            index for index, example in enumerate(self.examples) if example.row > last and example.reason == SECTION
        ]
        for index in below:
            self.examples[index] = replace(self.examples[index], reason=BELOW)
        if below:
            self.skipped[BELOW] += len(below)
            self.skipped[SECTION] -= len(below)
            self.skipped += Counter()  # removes reasons with a count of zero

    def _repeats_heading(self, row: Row) -> bool:
        texts_of_row = [key(cell_text(cell)) for cell in row.cells]
        for part in self.header.parts:
            texts = [(own, repeated) for own, repeated in zip(part, texts_of_row, strict=False) if repeated]
            if len(texts) > 1 and all(own == again for own, again in texts):
                return True
        return False

    def _is_column_numbers(self, row: Row, filled: Sequence[int]) -> bool:
        """Whether the row numbers the columns from the first one: 1, 2, 3 or (1), (2), (3)=(1)x(2)."""
        first = next((index for index, heading in enumerate(self.header.cells) if heading), 0)
        if len(filled) < _FEWEST_NUMBERS or filled[0] > first or self._name not in filled:
            return False
        matches = [re.fullmatch(row_labels.COLUMN_NUMBER, cell_text(row.cells[at]).strip()) for at in filled]
        numbers = [int(match[1]) for match in matches if match]
        if len(numbers) < len(matches) or numbers[0] != 1 or numbers != sorted(set(numbers)):
            return False
        following = sum(after == before + 1 for before, after in pairwise(numbers))
        return following >= _COUNTING * (len(numbers) - 1)

    def _is_example(self, row: Row) -> bool:
        """Whether the row shows how to fill in the table: it says so, or it is the example row of a template."""
        if any(re.fullmatch(row_labels.EXAMPLE, cell_text(cell).strip()) for cell in row.cells if cell):
            return True
        naming_field = self._examples.get(self._name)
        if (
            naming_field is None
            or self._name >= len(row.cells)
            or cell_text(row.cells[self._name]) != naming_field.example
        ):
            return False
        filled = {at: text for at, cell in enumerate(row.cells) if at in self._examples and (text := cell_text(cell))}
        return len(filled) >= _EXAMPLES and all(_is_example_of(self._examples[at], text) for at, text in filled.items())

    def _is_total(self, row: Row, filled: Sequence[int]) -> bool:
        label = next((cell_text(row.cells[at]) for at in filled if isinstance(row.cells[at], str)), "")
        name = re.sub(row_labels.HOW_MANY, "", label.strip(" ():.*"))
        if re.fullmatch(row_labels.SPACED, name):
            name = name.replace(" ", "")
        if re.fullmatch(row_labels.ONLY_TOTAL, name) and (
            self._numbered not in filled or label == cell_text(row.cells[filled[0]])
        ):
            return True
        if not re.match(row_labels.TOTAL, name):
            return False
        others = [at for at in filled if at in self._identifying and cell_text(row.cells[at]) != label]
        return not any(isinstance(row.cells[at], str) and not is_number(row.cells[at]) for at in others)

    def _is_section(self, row: Row, filled: Sequence[int], above: Row | None) -> bool:
        titled = [at for at in filled if not re.fullmatch(row_labels.ZERO, cell_text(row.cells[at]).strip())]
        if len(titled) == 1 and re.match(row_labels.SECTION, cell_text(row.cells[titled[0]]).strip()):
            filled = titled  # formulas beside a title give 0
        texts = [cell_text(row.cells[at]).strip() for at in filled]
        if len(self.columns) < 3 or any(is_number(text) for text in texts):
            return False
        if len(filled) <= min(3, len(self.columns) // 2) and self._numbered not in filled:
            name = cell_text(row.cells[self._name]).strip() if self._name < len(row.cells) else ""
            if re.match(row_labels.SIGNATURE, name):
                self._after_total = self._signed = True
            if self._signed or (self._after_total and (not name or re.match(row_labels.SIGNED, name))):
                return True
        if len(set(texts)) == 1:
            return self._is_title(filled[0], texts[0], above)
        letter = filled == [self._numbered, self._name]
        return letter and bool(re.fullmatch(row_labels.LETTER, texts[0]))

    def _is_title(self, at: int, text: str, above: Row | None) -> bool:
        """Whether a text alone in its row is a title, not an incomplete record or an addition to one."""
        if at in self._continuing:
            return False
        if at == self._name:
            return bool(re.match(row_labels.SECTION, text)) or self._counts_records(above)
        return (
            at == 0
            or at not in self._identifying
            or bool(re.match(row_labels.SECTION, text) or re.match(row_labels.SIGNED, text))
        )

    def _counts_records(self, above: Row | None) -> bool:
        """Whether the records of this table are numbered, so that a name without a number is a title."""
        at = self._numbered
        return at is not None and (above is None or bool(at < len(above.cells) and cell_text(above.cells[at]).strip()))


#: An example row of a template has the example of at least so many fields.
_EXAMPLES = 6
#: The number of rows below the header row that are examined for a remark that they are examples.
_EARLY = 3
#: A row of fewer numbers does not number the columns; so large a part of them follow the one before, for some are left
#: out by mistake.
_FEWEST_NUMBERS, _COUNTING = 3, 0.75


def _repeats(row: Row, above: Row, at: int) -> bool:
    return at < len(above.cells) and key(cell_text(row.cells[at])) == key(cell_text(above.cells[at]))


def _has_example(of: Field) -> bool:
    """Whether every template gives this field the same example: not for one that refers to reference data."""
    return bool(of.example) and of.name not in ("sector", "kecamatan", "business")


def _is_example_of(of: Field, text: str) -> bool:
    try:
        return bool(of.kind.read(text)[0] == of.kind.read(of.example)[0])
    except Unreadable:
        return False
