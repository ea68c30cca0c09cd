"""Where the heading is, which rows are records, and why the others are not (DOMAIN §1, shapes that are normal)."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ikmctl.domain.choices import key
from ikmctl.domain.fields import Field
from ikmctl.errors import FileRefused
from ikmctl.language import N_, _
from ikmctl.sheets.cells import CONTINUATION, TOTAL, Cell, Row, Sheet, Typed, text_of
from ikmctl.sheets.headings import UNDER, Column, is_row_number

LOOKED_AT = 60
"""Rows in which a heading is looked for."""
KEPT_EXAMPLES = 1_000
"""Rows left out that can be listed."""

EMPTY, ABOVE, NUMBERS, REPEATED, SECTION, TOTALS, BELOW, NOT_INDUSTRY = (
    "empty", "above", "numbers", "heading", "section", "total", "below", "not industry",
)  # fmt: skip
REASONS = {
    ABOVE: N_("above the heading"),
    NUMBERS: N_("column numbers"),
    REPEATED: N_("the heading again"),
    SECTION: N_("section titles"),
    TOTALS: N_("totals and subtotals"),
    BELOW: N_("below the total"),
    NOT_INDUSTRY: N_("of KBLI outside industry (10–33); --all-kbli takes them"),
    EMPTY: N_("empty"),
}
"""Why a row is no record: code → what it is, in the plural."""

Known = Callable[[str], Field | None]
"""A heading's text → the field it names."""


@dataclass(frozen=True)
class Heading:
    """A heading of one row or of two: the rows, and for each column the text of both."""

    first: int
    last: int
    cells: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    """the texts of each of its rows, as keys, to recognise a heading that is repeated"""


@dataclass(frozen=True)
class LeftOut:
    """A row that is no record, for `--explain`."""

    row: int
    reason: str
    text: str


@dataclass
class Layout:
    """Tells records from the other rows of one sheet, and counts those."""

    heading: Heading
    columns: Sequence[Column]
    left_out: Counter[str] = field(default_factory=Counter)
    examples: list[LeftOut] = field(default_factory=list)

    def records(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The records below the heading, continuation rows with the name of the business above, and total rows."""
        last, usual = self.heading.last, self._usual
        above: Row | None = None
        for row in rows:
            if row.number > last:
                if usual(row.cells):
                    above = row
                    yield row
                elif kept := self._judge(row, above):
                    above = kept if kept.role not in (CONTINUATION, TOTAL) else above
                    yield kept
            elif row.number < self.heading.first and any(row.cells):
                self.leave(row, ABOVE)

    def __post_init__(self) -> None:
        named = [column.position for column in self.columns if column.field and column.field.required]
        self._name = named[0] if named else 0
        self._numbered = next((c.position for c in self.columns if is_row_number(c.heading)), None)
        self._ends = False
        self._texts = {text_of(cell) for cell in self.heading.cells}
        self._more = {c.position for c in self.columns if c.field and c.field.continues}
        self._others = {c.position for c in self.columns if not c.field and not c.ignored}
        self._identifying = {
            c.position for c in self.columns if c.field and not c.field.kind.right and c.position != self._name
        }

    def _usual(self, cells: Sequence[Cell]) -> bool:
        """Whether the row is plainly a record: a name that is no other row's label, and something behind it."""
        at = self._name
        if len(cells) <= at:
            return False
        name = cells[at]
        if name.__class__ is not str or not name or self._ends:
            return False
        return (
            name[:3].lower() not in _SUSPICIOUS and name[0] > "@" and name not in self._texts and any(cells[at + 1 :])
        )

    def _judge(self, row: Row, above: Row | None) -> Row | None:
        """The row if it is a record, a continuation or a total; None, and counted, if it is none of them."""
        filled = [index for index, cell in enumerate(row.cells) if text_of(cell).strip()]
        if not filled:
            self.leave(row, EMPTY)
        elif self._repeats_heading(row):
            self.leave(row, REPEATED)
        elif _counts_columns(row, filled):
            self.leave(row, NUMBERS)
        elif self._is_total(row, filled):
            self.leave(row, TOTALS)
            self._ends = True
            row.role = TOTAL
            return row
        elif self._is_section(row, filled):
            titled = not self._ends or any(re.match(_SECTION, text_of(row.cells[at]).strip()) for at in filled)
            self.leave(row, SECTION if titled else BELOW)
        elif above is not None and set(filled) <= self._more | self._others and self._more & set(filled):
            row.role = CONTINUATION
            row.cells = list(row.cells)
            row.cells[self._name] = above.cells[self._name]
            return row
        else:
            if self._name in filled and len(filled) > 2:
                self._ends = False
            return row
        return None

    def leave(self, row: Row, reason: str) -> None:
        """Count a row that is no record."""
        self.left_out[reason] += 1
        if reason != EMPTY and len(self.examples) < KEPT_EXAMPLES:
            text = " · ".join(shown for cell in row.cells if (shown := " ".join(text_of(cell).split())))
            self.examples.append(LeftOut(row.number, reason, text[:200]))

    def _repeats_heading(self, row: Row) -> bool:
        found = [key(text_of(cell)) for cell in row.cells]
        for part in self.heading.parts:
            texts = [(own, again) for own, again in zip(part, found, strict=False) if again]
            if len(texts) > 1 and all(own == again for own, again in texts):
                return True
        return False

    def _is_total(self, row: Row, filled: Sequence[int]) -> bool:
        label = next((text_of(row.cells[at]) for at in filled if isinstance(row.cells[at], str)), "")
        if not re.match(_TOTAL, label.strip()):
            return False
        others = [at for at in filled if at in self._identifying and text_of(row.cells[at]) != label]
        return not any(isinstance(row.cells[at], str) and not _is_number(row.cells[at]) for at in others)

    def _is_section(self, row: Row, filled: Sequence[int]) -> bool:
        texts = [text_of(row.cells[at]).strip() for at in filled]
        if len(self.columns) < 3 or any(_is_number(text) for text in texts):
            return False
        if self._ends and len(filled) <= 3 and self._numbered not in filled:
            return self._name not in filled or bool(re.match(_SIGNED, text_of(row.cells[self._name]).strip()))
        if len(filled) == 1 or len(set(texts)) == 1:
            first = filled[0]  # a title begins at the left; a lone value further right is a record that lacks its name
            return first < self._name or (first == self._name and bool(re.match(_SECTION, texts[0])))
        letter = filled == [self._numbered, self._name]
        return letter and bool(re.fullmatch(_LETTER, texts[0]))


_SUSPICIOUS = frozenset(
    ("jum", "jml", "tot", "sub", "gra", "rat", "dat", "daf", "sen", "kec", "kel", "cab", "sek", "ind")
)
"""How labels of totals and sections begin; a business whose name does too is looked at more closely."""
_TOTAL = (
    r"(?i)(?:(?:sub|grand)?[\s-]*(?:jumlah|jml|total)"
    r"(?:\s+(?:total|jumlah|keseluruhan|seluruhnya|semua|akhir|umum|ikm|unit|usaha|kec|kecamatan|kel|kelurahan|sentra"
    r"|cabang|sektor|industri|[ivx]+|[a-z])\b.*)?|rata[\s-]*rata\b.*)[\s.:]*$"
)
_SECTION = (
    r"(?i)(?:data|daftar|sentra|kecamatan|kec\.|kelurahan|kel\.|cabang|sektor|industri|komoditi|kelompok)\b"
    r"|[A-Z]\.\s|[IVX]+\.\s"
)
_SIGNED = (
    r"(?i)(?:mengetahui|menyetujui|kepala|plt\.|an\.|a\.n\.|nip\b|dinas|keterangan|sumber|catatan|bukittinggi"
    r"|payakumbuh)"
)
"""How the lines below a table begin: a signature, a source, a note."""
_LETTER = r"[A-Z]\.?|[IVX]+\.?"


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, Typed):
        return cell.kind == "number"
    return bool(re.fullmatch(r"(?i)(?:rp\.?\s*)?-?[\d.,]+(?:,-)?", cell.strip(), re.ASCII))


def _counts_columns(row: Row, filled: Sequence[int]) -> bool:
    """Whether the row holds the columns' numbers: 1, 2, 3 … or (1) (2) (3), some perhaps left out or added up."""
    texts = [text_of(row.cells[at]).strip().strip("()").removesuffix(".0") for at in filled]
    if len(texts) < 3 or not all(re.fullmatch(r"\d{1,3}", text, re.ASCII) for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == sorted(set(numbers)) and numbers[0] <= 2 and numbers[-1] <= 2 * len(row.cells)


def find_heading(sheet: Sheet, known: Known, wanted: int | None = None, skip: int = 0) -> Heading:
    """The heading of a sheet: the row, or the two, that name the most fields; in row `wanted` if the officer says so.

    Raises FileRefused.
    """
    rows = [row for row in islice(sheet.rows(), LOOKED_AT if wanted is None else wanted + 1) if row.number > skip]
    best: tuple[int, Heading] | None = None
    for index, row in enumerate(rows):
        if wanted is not None and row.number != wanted:
            continue
        below = rows[index + 1] if index + 1 < len(rows) else None
        for heading in _candidates(row, below):
            points = _points(heading, known)
            if best is None or points > best[0]:
                best = (points, heading)
    if best is None or (not best[0] and wanted is None):
        raise _no_heading(sheet, rows)
    return best[1]


def points_of(rows: Iterable[Sequence[str]], known: Known) -> int:
    """How many fields the best heading among these rows names."""
    listed = [Row(number, list(cells)) for number, cells in enumerate(rows, start=1)]
    pairs = zip(listed, [*listed[1:], None], strict=False)
    return max((_points(each, known) for row, below in pairs for each in _candidates(row, below)), default=0)


def _points(heading: Heading, known: Known) -> int:
    """Fields named, each once; a heading of one row counts a little more than one of two that names no more."""
    fields = {found.name for text in heading.cells if text and (found := known(text))}
    return 10 * len(fields) - (heading.last - heading.first)


def _candidates(row: Row, below: Row | None) -> Iterator[Heading]:
    upper = [_flat(cell) for cell in row.cells]
    if not any(upper) or any(isinstance(cell, Typed) and cell.kind == "date" for cell in row.cells):
        return
    yield Heading(row.number, row.number, tuple(_trimmed(upper)), (_keys(upper),))
    if below is not None and _may_be_second(below):
        lower = [_flat(cell) for cell in below.cells]
        joined = _joined(upper, lower)
        yield Heading(row.number, below.number, tuple(_trimmed(joined)), (_keys(upper), _keys(lower)))


def _may_be_second(row: Row) -> bool:
    texts = [text_of(cell).strip() for cell in row.cells if text_of(cell).strip()]
    return bool(texts) and not any(len(text) >= 60 or _is_number(text) for text in texts)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Each lower text under the upper one that stands over it; a merged cell has its text in its first column only."""
    width = max(len(upper), len(lower))
    above = ""
    joined = []
    for index in range(width):
        over = upper[index] if index < len(upper) else ""
        under = lower[index] if index < len(lower) else ""
        above = over or (above if under else "")
        joined.append(f"{above}{UNDER}{under}" if above and under else under or over)
    return joined


def _flat(cell: Cell) -> str:
    return " ".join(text_of(cell).replace("\u200b", "").replace("\ufeff", "").split())


def _keys(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(key(text) for text in texts)


def _trimmed(texts: list[str]) -> list[str]:
    """Without the empty columns to the right."""
    width = max((index + 1 for index, text in enumerate(texts) if text), default=0)
    return texts[:width]


def _no_heading(sheet: Sheet, rows: Sequence[Row]) -> FileRefused:
    first = next((row for row in rows if any(row.cells)), None)
    found = ", ".join(text for cell in (first.cells if first else [])[:12] if (text := _flat(cell)[:40]))
    return FileRefused(
        file=sheet.name,
        reason=_("no row of headings was found (the first row says: {found})").format(found=found or "–"),
        advice=_(
            "Write headings such as Nama Usaha, Nama Pemilik, Alamat above the columns, or say where they are: "
            "--header-row 4."
        ),
    )
