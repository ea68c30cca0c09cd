"""Rows that were read together, column by column."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ikmctl.sheets.formats.cells import CONTINUATION, Row
from ikmctl.sheets.validation.findings import UnreadableCell


@dataclass(slots=True)
class Batch:
    """Rows without a reason to be rejected, column by column."""

    #: The numbers of the rows in the spreadsheet; every other list is as long.
    rows: list[int]
    #: The values, in the order of the checker's fields.
    columns: list[list[Any]]
    #: Heading → text of the columns that have no field.
    extra: list[dict[str, str] | None]
    #: The row above whose business a row adds to.
    joins: list[int | None]
    #: The cells that cannot be read.
    pending: list[list[UnreadableCell] | None]
    #: The fields of money whose cell has its own unit, separated by commas, where the column has none.
    scaled: list[str | None]

    def without(self, wrong: set[int]) -> "Batch":
        """The batch without the rows at these places."""

        def kept(values: list[Any]) -> list[Any]:
            return [value for index, value in enumerate(values) if index not in wrong]

        columns = [kept(column) for column in self.columns]
        return Batch(
            kept(self.rows), columns, kept(self.extra), kept(self.joins), kept(self.pending), kept(self.scaled)
        )


def last_head(rows: Sequence[Row], head: int | None) -> int | None:
    """The last row that is a business of its own."""
    return next((row.number for row in reversed(rows) if row.role != CONTINUATION), head)


def joins(rows: Sequence[Row], head: int | None) -> list[int | None]:
    """For each row the business above that it adds to; None for a business of its own."""
    heads: list[int | None] = [None] * len(rows)
    for index, row in enumerate(rows):
        if row.role == CONTINUATION:
            heads[index] = head
        else:
            head = row.number
    return heads


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def dump_extra(extra: Mapping[str, str] | None) -> str | None:
    """The columns without a field, as they are stored."""
    return _encode(extra) if extra else None
