"""Formats rows as delimited text, for every CSV and TSV file."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

#: Rows that are written to one piece of text. Memory does not grow with the number of rows.
ROWS_PER_CHUNK = 500


def format_csv(rows: Iterable[Sequence[Any]], delimiter: str = ",") -> Iterator[str]:
    """The rows as pieces of CSV text. Cells must be safe for a spreadsheet already (see `clean_text.guard`)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    for number, row in enumerate(rows, start=1):
        writer.writerow(row)
        if number % ROWS_PER_CHUNK == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
