"""The texts of each column that a plan shows, so that the officer can judge what the column was read as."""

import re
from collections.abc import MutableMapping, Sequence
from itertools import islice

from ikmctl.domain.values.clean_text import is_empty
from ikmctl.sheets.formats.cells import Cell, cell_text, mask_cell
from ikmctl.sheets.table.added_columns import COORDINATES
from ikmctl.sheets.table.columns import HeaderColumn

#: Texts of each column that the plan shows.
SAMPLES = 3
#: Decimals of a coordinate that are not shown: so many digits would be taken for a NIK, and masked.
_DECIMALS = re.compile(r"(\.\d{7})\d+")


def take_samples(
    columns: Sequence[HeaderColumn], cells: Sequence[Sequence[Cell]], samples: MutableMapping[str, list[str]]
) -> None:
    """Keep the first different texts of each column that has none yet, masked where personal, by the field's name."""
    for column in columns:
        if column.field is None or column.field.name in samples:
            continue
        texts = dict.fromkeys(cell for cell in cells[column.position] if not is_empty(cell_text(cell)))
        shown = [mask_cell(text, column.field) for text in islice(texts, SAMPLES)]
        if column.field.name in COORDINATES:
            shown = [_DECIMALS.sub(r"\1…", text) for text in shown]
        if shown:
            samples[column.field.name] = shown
