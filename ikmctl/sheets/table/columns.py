"""Heading → field: the spellings of DOMAIN §1, this office's own words, and the unit of money that a heading names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ikmctl.domain.choices import key, words
from ikmctl.domain.fields import Entity, Field
from ikmctl.errors import FileRefused
from ikmctl.language import _

_UNITS = (
    (re.compile(r"\(?\s*rp\.?\s*\.?\s*0{3}\s*\)?", re.IGNORECASE), 1_000),
    (re.compile(r"\(\s*(?:rp\.?)?\s*ribu(?:an)?(?:\s*(?:rp|rupiah))?\.?\s*\)", re.IGNORECASE), 1_000),
    (re.compile(r"\(\s*(?:rp\.?)?\s*(?:juta|jt)(?:an)?(?:\s*(?:rp|rupiah))?\.?\s*\)", re.IGNORECASE), 1_000_000),
    (re.compile(r"\(\s*(?:rp\.?|rupiah)\s*\)", re.IGNORECASE), 1),
)
_ROW_NUMBER = frozenset({"no", "nourut", "nomor"})
PROBLEM = "problem"
"""The column that our files of rejected rows say what is wrong in; an import leaves it out."""
UNDER = " › "
"""Between the two texts of a heading of two rows: Tenaga Kerja › L."""
KEEP = "-"
"""What a heading is mapped to that shall stay among the other columns."""


@dataclass(frozen=True)
class HeaderColumn:
    """A column of the file: its heading, the field it fills (None: kept among the others), its unit of money."""

    position: int
    heading: str
    field: Field | None
    unit: int = 1
    unit_from: str = ""
    """who says so: its `heading`, an `option`, what the `office` is known to mean; empty: nobody"""
    ignored: bool = False
    """a row number, or what follows from other data"""


def split_unit(heading: str) -> tuple[str, int, bool]:
    """The heading without its unit of money, the unit, and whether the heading said so."""
    for pattern, unit in _UNITS:
        if pattern.search(heading):
            return pattern.sub("", heading).strip(), unit, True
    return heading, 1, False


def is_row_number(heading: str) -> bool:
    """Whether the column only counts the rows."""
    return key(heading) in _ROW_NUMBER


@dataclass(frozen=True)
class Known:
    """Every spelling of a heading that is known: the field's own, and what this office means by its words."""

    fields: Mapping[str, Field]
    """key of a spelling → field"""
    kept: frozenset[str] = frozenset()
    """keys of headings that the office wants among the other columns"""

    def field(self, heading: str) -> Field | None:
        """The field that a heading names; the two texts of a heading of two rows may name it alone."""
        upper, _sign, under = heading.partition(UNDER)
        for text in (heading, split_unit(heading)[0], under, split_unit(under)[0], upper if under else ""):
            folded = key(text)
            if folded in self.kept:
                return None
            if folded in self.fields:
                return self.fields[folded]
        return None

    def near(self, heading: str) -> Field | None:
        """A field with a spelling so near that it is worth proposing."""
        from rapidfuzz import fuzz, process

        folded = key(heading)
        if len(folded) < 4:
            return None
        found = process.extractOne(folded, list(self.fields), scorer=fuzz.ratio, score_cutoff=80)
        return self.fields[found[0]] if found else None


def known_headings(entity: Entity, aliases: Mapping[str, str]) -> Known:
    """What the headings of this entity's spreadsheets may be; the office's aliases (key → field name) win."""
    known: dict[str, Field] = {}
    for field in entity.fields:
        for spelling in (*field.headings, field.name, field.label, field.title):
            known.setdefault(key(spelling), field)
    by_name = entity.by_name
    known.update({written: by_name[meaning] for written, meaning in aliases.items() if meaning in by_name})
    return Known(known, frozenset(written for written, meaning in aliases.items() if meaning == KEEP))


def map_headings(file: str, cells: Sequence[str], entity: Entity, known: Known) -> list[HeaderColumn]:
    """One Column for each heading. Raises FileRefused for two columns of one name, or none for a required field."""
    headings = [cell or _nameless(position) for position, cell in enumerate(cells)]
    _refuse_twins(file, headings)
    columns = _one_column_a_field([_column(position, heading, known) for position, heading in enumerate(headings)])
    found = {column.field.name for column in columns if column.field}
    missing = [field for field in entity.given if field.required and field.name not in found]
    if missing:
        raise FileRefused(
            file=file,
            reason=_("no heading row was found with a column for: {fields} (found: {headings})").format(
                fields=", ".join(field.title for field in missing),
                headings=", ".join(mask_sample(heading) for heading in headings[:12] if heading) or "–",
            ),
            advice=_way_out(columns, missing[0], known),
        )
    return columns


def mask_sample(text: str) -> str:
    """A text that may be a heading or a person's data, short, its long numbers and addresses masked."""
    masked = re.sub(r"\S+@\S+", "***", text)
    return re.sub(r"\d(?:[\s.-]?\d){7,}", "***", masked)[:40]


def _way_out(columns: Sequence[HeaderColumn], missing: Field, known: Known) -> str:
    near = [c.heading for c in columns if c.field is None and not c.ignored and known.near(c.heading) == missing]
    [word] = words([missing.choice])
    if near:
        return _('If “{heading}” is that column, say so: --map "{heading}={field}"').format(heading=near[0], field=word)
    return _('One row must hold the headings, such as: {examples}; or say which: --map "HEADING={field}"').format(
        examples=", ".join(missing.headings[:3]), field=word
    )


def _nameless(position: int) -> str:
    """What a column without a heading is called: by its letter, as the spreadsheet does."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return _("column {letters}").format(letters=letters)


def _column(position: int, heading: str, known: Known) -> HeaderColumn:
    _plain, unit, stated = split_unit(heading)
    field = known.field(heading)
    if is_row_number(heading) or key(heading) == PROBLEM or (field and field.derived and field.name != "number"):
        return HeaderColumn(position, heading, None, ignored=True)
    money = field is not None and field.kind.name == "money"
    return HeaderColumn(position, heading, field, unit if money else 1, "heading" if stated and money else "")


def _refuse_twins(file: str, headings: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for heading in headings:
        folded = key(heading)
        if folded and folded in seen:
            raise FileRefused(
                file=file,
                reason=_("two columns are called “{heading}”").format(heading=heading),
                advice=_("Rename one of them, or remove it."),
            )
        seen[folded] = heading


def _one_column_a_field(columns: Sequence[HeaderColumn]) -> list[HeaderColumn]:
    """Where two headings mean one field the more telling one fills it; the other is kept as written."""
    best: dict[str, HeaderColumn] = {}
    for column in columns:
        if column.field:
            rival = best.get(column.field.name)
            if rival is None or _rank(column) < _rank(rival):
                best[column.field.name] = column
    return [
        column
        if column.field is None or best[column.field.name] is column
        else HeaderColumn(column.position, column.heading, None)
        for column in columns
    ]


def _rank(column: HeaderColumn) -> int:
    spellings = [key(spelling) for spelling in column.field.headings] if column.field else []
    for heading in (column.heading, split_unit(column.heading)[0]):
        if key(heading) in spellings:
            return spellings.index(key(heading))
    return -1
