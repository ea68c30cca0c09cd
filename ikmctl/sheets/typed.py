"""A workbook's own value → a field's value: a number stays the number it is, a date the date."""

from datetime import date
from typing import Any

from ikmctl.domain import values as v
from ikmctl.domain.fields import Field
from ikmctl.domain.numbers import Style
from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.sheets.cells import Typed

EXACT_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; those behind become 0."""
_IDENTIFIERS = ("nib", "nik", "npwp", "phone", "kbli")
_REFUSED = {"error": "error-cell", "formula": "formula-cell", "time": "time-cell", "boolean": "boolean-cell"}

Read = tuple[Any, tuple[Note, ...]]


def read_typed(cell: Typed, field: Field, unit: int) -> Read:
    """The value of a typed cell for this field, and what was assumed. Raises Unreadable."""
    if cell.kind in _REFUSED:
        raise Unreadable(_REFUSED[cell.kind])
    if isinstance(cell.value, date):
        return _read_date(cell.value, field)
    return _read_number(cell, field, unit)


def _read_date(day: date, field: Field) -> Read:
    kind = field.kind
    if kind in (v.DATE, v.DATE_OR_MONTH):
        return kind.read(day.isoformat())
    if kind is v.PERIOD:
        return kind.read(day.isoformat()[:7])
    raise Unreadable("date-cell")


def _read_number(cell: Typed, field: Field, unit: int) -> Read:
    kind = field.kind
    if kind.styled is not None:
        amount = float(cell.text)
        if amount < 0:
            raise Unreadable("negative")
        fraction = kind is v.PERCENT and 0 < amount < 1
        text = f"{amount * 100:.10f}".rstrip("0").rstrip(".") if fraction else cell.text.lstrip("-")
        notes = (note("percent-as-fraction", percent=text),) if fraction else ()
        value, _found = kind.styled(text, Style.COMMA, unit)
        return value, notes
    if kind.name in _IDENTIFIERS and len(cell.text.lstrip("-")) > EXACT_DIGITS:
        raise Unreadable("digits-lost")
    return kind.read(cell.text)
