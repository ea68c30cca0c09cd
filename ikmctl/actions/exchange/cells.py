"""The cells of an export: text that no spreadsheet runs as a formula, and that can be read back without loss."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ikmctl.domain.values.clean_text import guard, unguard
from ikmctl.domain.values.kinds import decimal

#: The cell of an empty text, because an empty cell means None. A real single apostrophe is written twice.
EMPTY = "'"
_WHOLE = range(-(2**63), 2**63)


def to_cell(value: Any, *, empty_is_text: bool = False) -> str:
    """A stored value as a cell; None is an empty cell. With `empty_is_text` an empty text is an empty cell too."""
    if value is None:
        return ""
    if isinstance(value, str):
        if not value:
            return "" if empty_is_text else EMPTY
        return value if value[0].isascii() and value[0].isalnum() else guard(value)
    if isinstance(value, float):
        return {"inf": "INF", "-inf": "-INF"}.get(str(value)) or decimal(value)
    return str(value)


def from_cell(sql: str, *, empty_is_text: bool = False) -> Callable[[str], Any]:
    """A reader for cells of a column of this SQL type. It raises ValueError for what `to_cell` never writes."""
    read = {"INTEGER": _whole, "REAL": _real, "ANY": _number_or_text}.get(sql, _text)
    nothing = "" if empty_is_text else None
    return lambda cell: read(cell) if cell else nothing


def _text(cell: str) -> str:
    return "" if cell == EMPTY else unguard(cell)


def _whole(cell: str) -> int:
    if not re.fullmatch(r"-?\d{1,19}", cell, re.ASCII) or int(cell) not in _WHOLE:
        raise ValueError(cell)
    return int(cell)


def _real(cell: str) -> float:
    if not re.fullmatch(r"-?(\d+(\.\d+)?(e-?\d+)?|INF)", cell, re.ASCII):
        raise ValueError(cell)
    return float(cell)


def _number_or_text(cell: str) -> int | float | str:
    """The value of a cell in a column of any type; a text that looks like a number becomes a number."""
    for read in (_whole, _real):
        with suppress(ValueError):
            return read(cell)
    return _text(cell)
