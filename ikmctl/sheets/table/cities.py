"""Rows of other cities, in a table with a column that names the city of each business."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ikmctl.domain.keys import key
from ikmctl.domain.values.clean_text import is_filler
from ikmctl.sheets.formats.cells import CONTINUATION, FIGURES, TOTAL, Row, cell_text
from ikmctl.sheets.table.columns import HeaderColumn
from ikmctl.sheets.table.row_roles import OTHER_CITY, RowClassifier

_CITY = r"kota|kotamadya|kabupaten|kab"
_HEADING = re.compile(
    rf"(?:nama|nm)?(?:{_CITY}|kabkota|kabupatenkota|kotakabupaten|kotakab|kabkot)(?:usaha|perusahaan|ikm|umkm)?"
)
#: From so many percent on a name is a misspelling of the city's.
_ALIKE = 80
_LEVEL = re.compile(r"(?i)^\s*(kota|kotamadya|kodya|kabupaten|kab)\b[.\s]*")


def city_column(columns: Sequence[HeaderColumn]) -> int | None:
    """The position of the first column that names the city of the business; None if there is none."""
    positions = (
        column.position for column in columns if column.field is None and _HEADING.fullmatch(key(column.heading))
    )
    return next(positions, None)


@lru_cache(maxsize=1_000)
def is_of_city(text: str, city: str) -> bool:
    """Whether a text names this city, such as `Kota Payakumbuh`; a text without letters or a filler says nothing.

    `PAYAKUMBUH`, `Pyk` and `Payahkumbuh` are the city too. `Kabupaten Bandung` is not Kota Bandung.
    """
    if is_filler(text) or not any(sign.isalpha() for sign in text):
        return True
    from rapidfuzz import fuzz

    level, name = _split(text)
    own_level, own_name = _split(city)
    return level in ("", own_level) and (_shortens(name, own_name) or fuzz.ratio(name, own_name) >= _ALIKE)


def _shortens(text: str, name: str) -> bool:
    """Whether a text is the beginning of a name or leaves letters of it out, as Pyk does of Payakumbuh."""
    letters = iter(name)
    return len(text) > 1 and text[0] == name[0] and all(letter in letters for letter in text)


def _split(text: str) -> tuple[str, str]:
    """The level, `kota` or `kabupaten` or empty, and the key of the name."""
    match = _LEVEL.match(text)
    if not match:
        return "", key(text)
    level = "kabupaten" if match[1].casefold().startswith("kab") else "kota"
    return level, key(text[match.end() :])


def without_other_cities(rows: Iterable[Row], position: int, city: str, classifier: RowClassifier) -> Iterator[Row]:
    """The rows of this city, and those that say nothing about it; the others are counted in `classifier`.

    Totals below a row of another city are left out too: they include businesses that are not read.
    """
    skipped = False
    for row in rows:
        if row.role == TOTAL and classifier.skipped[OTHER_CITY]:
            continue  # the classifier has counted it
        if row.role not in (CONTINUATION, FIGURES):
            text = cell_text(row.cells[position]) if position < len(row.cells) else ""
            skipped = row.role != TOTAL and not is_of_city(text, city)
        if skipped:
            classifier.skip(row, OTHER_CITY)
        else:
            yield row
