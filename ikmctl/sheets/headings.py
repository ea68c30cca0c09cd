"""Heading → field: the spellings of DOMAIN §1, this office's own words, and the unit of money that a heading names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ikmctl.domain.choices import key
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


@dataclass(frozen=True)
class Column:
    """A column of the file: its heading, the field it fills (None: kept among the others), its unit of money."""

    position: int
    heading: str
    field: Field | None
    unit: int = 1
    unit_stated: bool = False
    ignored: bool = False
    """a row number, or what follows from other data"""


def split_unit(heading: str) -> tuple[str, int, bool]:
    """The heading without its unit of money, the unit, and whether the heading said so."""
    for pattern, unit in _UNITS:
        if pattern.search(heading):
            return pattern.sub("", heading).strip(), unit, True
    return heading, 1, False


def known_headings(entity: Entity, aliases: Mapping[str, str]) -> dict[str, Field]:
    """key of every spelling → field; the office's aliases win."""
    known: dict[str, Field] = {}
    for field in entity.fields:
        for spelling in (*field.headings, field.name, field.label, field.title):
            known.setdefault(key(spelling), field)
    by_name = entity.by_name
    known.update({written: by_name[meaning] for written, meaning in aliases.items() if meaning in by_name})
    return known


def map_headings(file: str, cells: Sequence[str], entity: Entity, aliases: Mapping[str, str]) -> list[Column]:
    """One Column for each heading. Raises FileRefused for two columns of one name, or none for a required field."""
    known = known_headings(entity, aliases)
    headings = [" ".join(cell.replace("\u200b", "").replace("\ufeff", "").split()) for cell in cells]
    _refuse_twins(file, headings)
    columns = [_column(position, heading, known) for position, heading in enumerate(headings)]
    columns = _one_column_a_field(columns)
    found = {column.field.name for column in columns if column.field}
    missing = [field for field in entity.given if field.required and field.name not in found]
    if missing:
        raise FileRefused(
            file=file,
            reason=_("no heading row was found with a column for: {fields} (found: {headings})").format(
                fields=", ".join(field.title for field in missing),
                headings=", ".join(heading[:40] for heading in headings[:12] if heading) or "–",
            ),
            advice=_("The first row must hold the headings, such as: {examples}").format(
                examples=", ".join(missing[0].headings[:3])
            ),
        )
    return columns


def _column(position: int, heading: str, known: Mapping[str, Field]) -> Column:
    plain, unit, stated = split_unit(heading)
    field = known.get(key(heading)) or known.get(key(plain))
    if key(heading) in _ROW_NUMBER or (field and field.derived and field.name != "number"):
        return Column(position, heading, None, ignored=True)
    money = field is not None and field.kind.name == "money"
    return Column(position, heading, field, unit if money else 1, stated and money)


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


def _one_column_a_field(columns: Sequence[Column]) -> list[Column]:
    """Where two headings mean one field the more telling one fills it; the other is kept as written."""
    best: dict[str, Column] = {}
    for column in columns:
        if column.field:
            rival = best.get(column.field.name)
            if rival is None or _rank(column) < _rank(rival):
                best[column.field.name] = column
    return [
        column
        if column.field is None or best[column.field.name] is column
        else Column(column.position, column.heading, None)
        for column in columns
    ]


def _rank(column: Column) -> int:
    spellings = [key(spelling) for spelling in column.field.headings] if column.field else []
    for heading in (column.heading, split_unit(column.heading)[0]):
        if key(heading) in spellings:
            return spellings.index(key(heading))
    return -1
