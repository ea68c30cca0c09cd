"""The files that come with the package: reference data, and the spreadsheets of the demo."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ikmctl.domain.keys import key

FOLDER = Path(__file__).parent.parent / "reference"


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a reference file below its heading."""
    with open(FOLDER / name, encoding="utf-8", newline="") as stream:
        found = csv.reader(stream, strict=True)
        next(found)
        yield from found


@cache
def units() -> dict[str, str]:
    """Units of capacity: the key of every spelling → the unit as it is stored (docs/domain.md)."""
    return {key(spelling): unit for unit, words in rows("units.csv") for spelling in (unit, *words.split("|"))}
