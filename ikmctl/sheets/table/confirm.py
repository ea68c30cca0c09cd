"""Confirms by the cells what a heading proposes: a column is not a field if its cells cannot be values of it."""

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from itertools import islice

from ikmctl.domain.choices import words
from ikmctl.domain.fields import Field
from ikmctl.domain.heading_words import best_match, concepts
from ikmctl.domain.keys import key
from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values.clean_text import EMPTY_WORDS, unguard
from ikmctl.domain.values.kinds import KBLI, NAME, Kind
from ikmctl.domain.values.numbers import Ambiguous
from ikmctl.errors import FileRefused
from ikmctl.language import _
from ikmctl.sheets.formats.cells import Cell, Row, Sheet, TypedCell, cell_text
from ikmctl.sheets.table.added_columns import COORDINATES
from ikmctl.sheets.table.columns import HeaderColumn, KnownHeadings
from ikmctl.sheets.table.known_words import known_part, order_by_words

#: The number of rows below the header row that are examined.
SAMPLED = 200
#: A column with fewer cells is a field if any of them can be a value, unless it has this many different ones.
_MANY, _DIFFERENT = 20, 5
#: A column with fewer cells is accepted unexamined, unless all are links or names of files.
_FEW = 3
#: The least part of the cells that must be values of the field.
_MOST = 0.5
#: The part of the rows in which a column must repeat another to be the same.
_SURE = 0.9
#: The fields of the place of a business.
_PLACE = frozenset({"address", "kelurahan", "kecamatan"})
#: Codes of problems of a value that is damaged: its column is what the heading says.
_DAMAGED = frozenset(
    {"nib-zero-lost", "scientific", "digits-lost", "ditto", "error-cell", "no-such-date", "date-out-of-range"}
)
#: Fields whose cells are words; two letters are a code of the office, as UD, TK and TI under “Jenis Usaha”.
_OF_WORDS = frozenset({"products", "sector"})
_WORD = re.compile(r"[^\W\d_]{3}")
#: A projected coordinate: 100 to 10,000 kilometres, in metres.
_METRES = re.compile(r"(?a)\d{6,7}(?:[.,]\d+)?|\d{1,3}(?:[.,]\d{3}){1,2}(?:[.,]\d{1,2})?")
#: A cell that is no value of any field: a link, the name of a file, or JSON.
_NO_VALUE = re.compile(
    r"(?is)\s*(?:https?://\S+|\S.*\.(?:jpe?g|png|gif|webp|pdf|docx?|xlsx?)|\[\s*\{.*\}\s*\]|\{\s*\".*\})\s*"
)


@dataclass(frozen=True)
class _Proposal:
    """A column with the fields that its heading may name and its cells may hold, the likeliest first."""

    column: HeaderColumn
    by_heading: tuple[Field, ...]
    fields: tuple[Field, ...]
    filled: float
    rank: tuple[int, ...]
    #: The field for which the cells are words to look up: a KBLI given by its title. A column of codes goes first.
    looked_up: Field | None = None
    #: The part of the cells that the office knows as words for a sector.
    known_part: float = 0


def confirm(
    columns: Sequence[HeaderColumn], sheet: Sheet, last_header_row: int, known: KnownHeadings
) -> tuple[list[HeaderColumn], list[str]]:
    """The columns as headings and cells together say, and a sentence on each that is not what its heading proposes.

    Of two columns for one field the better filled one wins, then the one about the business, then the usual spelling.
    A heading that the officer has settled is never doubted.
    """
    rows = _sample(sheet, last_header_row)
    _require_one_name(columns, rows, sheet.name)
    proposals = [_propose(column, _cells(rows, column.position), known) for column in columns]
    fields = _assign(proposals, known.knows)
    confirmed = [
        column if column.ignored else column.with_field(field) for column, field in zip(columns, fields, strict=True)
    ]
    doubted = [
        _metres(proposal, _cells(rows, proposal.column.position), field)
        or _sentence(proposal.column.heading, proposal.by_heading[0], field)
        for proposal, field in zip(proposals, fields, strict=True)
        if proposal.by_heading and proposal.by_heading[0] not in (*proposal.fields, field)
    ]
    confirmed, repeated = _without_repeated_total(confirmed, rows, known)
    confirmed, homes = _without_homes(confirmed, known)
    return confirmed, [*_of_one_heading(confirmed), *doubted, *repeated, *homes]


def _without_homes(columns: Sequence[HeaderColumn], known: KnownHeadings) -> tuple[list[HeaderColumn], list[str]]:
    """The columns; in a list of participants without those of where they live, and a sentence on each of these.

    The business may be elsewhere: only a heading about the business (“Alamat Usaha”) says where it is.
    """
    mapped, sentences = list(columns), []
    if not any("participant" in (concepts(column.heading) or ()) for column in columns):
        return mapped, []
    for index, column in enumerate(columns):
        heading = column.repeats or column.heading
        is_home = column.field and column.field.name in _PLACE and "business" not in (concepts(heading) or ())
        if column.field and is_home and not known.is_settled(heading):
            mapped[index] = column.with_field(None)
            text = _(
                "Column “{heading}” is kept as other data: in a list of participants it says where they live "
                '(if it is where the business is: --map "{heading}={field}")'
            )
            sentences.append(text.format(heading=column.heading, field=words([column.field.choice])[0]))
    return mapped, sentences


def similar_fields(
    columns: Sequence[HeaderColumn], sheet: Sheet, last_header_row: int, known: KnownHeadings
) -> dict[str, Field]:
    """Heading that names no field → a field of a similar heading that no other column fills and its cells may hold."""
    taken = {column.field.name for column in columns if column.field}
    near = {
        column: field
        for column in columns
        if column.field is None and not column.ignored and not known.candidates(column.repeats or column.heading)
        if (field := known.near(column.heading)) and field.name not in taken and not field.derived
    }
    rows = _sample(sheet, last_header_row) if near else []
    return {
        column.heading: field
        for column, field in near.items()
        if (filled := [cell for cell in _cells(rows, column.position) if not _is_filler(cell)])
        if may_hold(field, filled)
    }


def _require_one_name(columns: Sequence[HeaderColumn], rows: Sequence[Row], file: str) -> None:
    """Raise FileRefused if two columns of one heading could both name the records, and name them differently."""
    first: dict[str, list[Cell]] = {}
    for column in columns:
        if column.field is None or not column.field.required or column.added:
            continue
        cells = _cells(rows, column.position)
        others = first.setdefault(key(column.repeats or column.heading), cells)
        filled = [sum(not _is_filler(cell) for cell in texts) for texts in (cells, others)]
        if others is not cells and others != cells and 2 * min(filled) >= max(filled):
            raise FileRefused(
                file=file,
                reason=_("two columns are called “{heading}”").format(heading=column.repeats or column.heading),
                advice=_("Rename one of them, or remove it."),
            )


def _without_repeated_total(
    columns: Sequence[HeaderColumn], rows: Sequence[Row], known: KnownHeadings
) -> tuple[list[HeaderColumn], list[str]]:
    """The columns without one of men or women that holds the total of a column beside it, and a sentence on it."""
    workers = {column.field.name: column for column in columns if column.field}
    total = workers.get("workers_total")
    for name, other in (("workers_male", "workers_female"), ("workers_female", "workers_male")):
        column = workers.get(name)
        if total is None or column is None or other not in workers or known.is_settled(column.heading):
            continue
        counts = [[_count(row, counted) for counted in (column, workers[other], total)] for row in rows]
        full = [
            (count, others, all_of_them) for count, others, all_of_them in counts if count and others and all_of_them
        ]
        repeated = sum(one == all_of_them for one, _others, all_of_them in full)
        if repeated >= _FEW and repeated >= _SURE * len(full):
            sentence = _("Column “{heading}” is kept as other data: it repeats the total in “{total}”").format(
                heading=column.heading, total=total.heading
            )
            others = [mapped.with_field(None) if mapped is column else mapped for mapped in columns]
            return others, [sentence]
    return list(columns), []


def _count(row: Row, column: HeaderColumn) -> int:
    """The whole number in a cell, 0 if it is none."""
    text = cell_text(row.cells[column.position]).strip() if column.position < len(row.cells) else ""
    return int(text) if text.isascii() and text.isdigit() else 0


def _of_one_heading(columns: Sequence[HeaderColumn]) -> list[str]:
    """A sentence on each heading that several columns have, of which one is read as a field."""
    sentences = []
    for heading in dict.fromkeys(key(column.repeats) for column in columns if column.repeats):
        alike = [column for column in columns if heading in (key(column.repeats), key(column.heading))]
        taken = next((column for column in alike if column.field), None)
        if taken and taken.field:
            sentences.append(
                _("{count} columns are called “{heading}”: “{taken}” is read as {field}, the rest is other data")
                .format(count=len(alike), heading=alike[0].heading, taken=taken.heading, field=taken.field.title)
            )  # fmt: skip
    return sentences


def _sample(sheet: Sheet, last_header_row: int) -> list[Row]:
    """The first rows below the header row; without those of one cell, which are titles and lines of signatures."""
    below = (row for row in sheet.rows() if row.number > last_header_row and any(row.cells))
    rows = list(islice(below, SAMPLED))
    return [row for row in rows if sum(map(bool, row.cells)) > 1] or rows


def _cells(rows: Sequence[Row], position: int) -> list[Cell]:
    return [row.cells[position] if position < len(row.cells) else "" for row in rows]


def _propose(column: HeaderColumn, cells: Sequence[Cell], known: KnownHeadings) -> _Proposal:
    if column.ignored:
        return _Proposal(column, (), (), 0, ())
    heading = column.repeats or column.heading
    settled = known.is_settled(heading)
    filled = [cell for cell in cells if not _is_filler(cell)]
    by_heading = tuple(known.candidates(heading))
    part = known_part(by_heading, filled, known)
    fields = tuple(field for field in by_heading if settled or may_hold(field, filled))
    if not settled:
        fields = order_by_words(fields, filled, part, known)
    rank = (
        not settled,
        not _is_about_business(heading, by_heading, known),
        known.spelling_rank(heading),
        column.position,
    )
    looked_up = next((field for field in by_heading if field.kind is KBLI and _are_titles(filled)), None)
    return _Proposal(column, by_heading, fields, len(filled) / max(1, len(cells)), rank, looked_up, part)


def _is_about_business(heading: str, fields: Sequence[Field], known: KnownHeadings) -> bool:
    """Whether the word for a business only adds to the heading of the field: Kelurahan Usaha, but not Jenis Usaha."""
    meant = concepts(heading) or frozenset()
    others = best_match(meant - {"business"}, known.words) if "business" in meant else []
    return any(field.name in others for field in fields[:1])


def _are_titles(cells: Sequence[Cell]) -> bool:
    """Whether most of these cells may be titles of the KBLI."""
    return 2 * sum(key(cell_text(cell)).startswith("industri") for cell in cells) > len(cells)


def _is_filler(cell: Cell) -> bool:
    return cell_text(cell).strip().casefold() in EMPTY_WORDS


def may_hold(field: Field, cells: Sequence[Cell]) -> bool:
    """Whether most of these cells can be values of the field, or any if they are few and alike."""
    if not field.kind.styled:  # where no number is meant, offices write 0 for nothing
        cells = [cell for cell in cells if cell_text(cell).strip("0 ")]
    if cells and all(_NO_VALUE.fullmatch(cell_text(cell)) for cell in cells):
        return False
    if len(cells) < _FEW:
        return True
    if field.name in _OF_WORDS and not any(_WORD.search(cell_text(cell)) for cell in cells):
        return False
    fits = _check_of(field.kind)
    if len(cells) < _MANY and len({cell_text(cell) for cell in cells}) < _DIFFERENT:
        return any(map(fits, cells))
    return sum(map(fits, cells)) >= _MOST * len(cells)


def _check_of(kind: Kind) -> Callable[[Cell], bool]:
    """Whether a cell can be a value of this kind: a text holds letters, any other value can be read."""
    if kind.name == "text" or kind.read is NAME.read:
        return lambda cell: any(sign.isalpha() for sign in cell_text(cell))

    def can_be_read(cell: Cell) -> bool:
        if isinstance(cell, TypedCell) and cell.kind != "number":
            return True  # a date or a damaged cell; what it says is judged when it is read
        text = unguard(cell_text(cell))
        try:
            (kind.styled(text, None, 1) if kind.styled else kind.read(text))
        except Ambiguous:
            return True
        except Unreadable as problem:
            return problem.code in _DAMAGED
        return True

    return can_be_read


def _assign(proposals: Sequence[_Proposal], looked_up: Container[str] = ()) -> list[Field | None]:
    """The field of each column: each takes the likeliest of its fields that no better column takes.

    Of the fields `looked_up` the office knows the words.
    """
    holders: dict[str, _Proposal] = {}
    waiting = [(proposal, list(proposal.fields)) for proposal in reversed(proposals)]
    taken: dict[int, Field] = {}
    left: dict[int, list[Field]] = {}
    while waiting:
        proposal, fields = waiting.pop()
        while fields:
            field = fields.pop(0)
            holder = holders.get(field.name)
            if holder is None or _is_better(proposal, holder, field.name in looked_up):
                holders[field.name] = proposal
                taken[proposal.column.position], left[proposal.column.position] = field, fields
                if holder is not None:
                    del taken[holder.column.position]
                    waiting.append((holder, left[holder.column.position]))
                break
    for proposal in proposals:  # a required field is not lost to odd cells: its rows are judged one by one
        for field in proposal.by_heading[:1]:
            names = field.name if field.required or field is proposal.looked_up else field.stands_in_for
            free = names and not {names, field.name} & holders.keys()
            if free and proposal.column.position not in taken:
                holders[field.name], taken[proposal.column.position] = proposal, field
    return [taken.get(proposal.column.position) for proposal in proposals]


def _is_better(proposal: _Proposal, holder: _Proposal, by_words: bool) -> bool:
    """Whether a proposal has more claim to a field than its holder; `by_words` where the office knows the words."""
    parts = proposal.known_part, holder.known_part
    if by_words and proposal.rank[:1] == holder.rank[:1] and min(parts) < max(parts) / 2:
        return proposal.known_part > holder.known_part
    if (
        proposal.rank[:1] == holder.rank[:1]
        and min(proposal.filled, holder.filled) < max(proposal.filled, holder.filled) / 2
    ):
        return proposal.filled > holder.filled
    return proposal.rank < holder.rank


def _metres(proposal: _Proposal, cells: Sequence[Cell], actual: Field | None) -> str:
    """The sentence on a column of projected coordinates (UTM), which are metres; empty for any other column."""
    filled = [cell_text(cell).strip() for cell in cells if not _is_filler(cell)]
    if actual is not None or proposal.by_heading[0].name not in COORDINATES or not all(map(_METRES.fullmatch, filled)):
        return ""
    text = _("Column “{heading}” is kept as other data: its coordinates are metres (UTM), not degrees")
    return text.format(heading=proposal.column.heading)


def _sentence(heading: str, expected: Field, actual: Field | None) -> str:
    if actual is None:
        text = _("Column “{heading}” is kept as other data: most of its cells are not values of {expected}")
        return text.format(heading=heading, expected=expected.title)
    text = _("Column “{heading}” is read as {found}: most of its cells are not values of {expected}")
    return text.format(heading=heading, expected=expected.title, found=actual.title)
