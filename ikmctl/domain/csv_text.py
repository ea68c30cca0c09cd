"""Rows as delimited text, as every file of ours is written that a spreadsheet may open."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

TOGETHER = 500
"""Rows written at a time: memory does not grow with their number."""


def delimited(rows: Iterable[Sequence[Any]], delimiter: str = ",") -> Iterator[str]:
    """The rows in pieces of text; cells must be harmless already (see text.guard)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    for number, row in enumerate(rows, start=1):
        writer.writerow(row)
        if number % TOGETHER == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
