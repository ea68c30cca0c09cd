"""What the words of the office say of a column: “Komoditi” holds sectors in one file and products in another."""

from collections import Counter
from collections.abc import Sequence

from ikmctl.domain.fields import Field
from ikmctl.domain.keys import key
from ikmctl.sheets.formats.cells import Cell, cell_text
from ikmctl.sheets.table.columns import KnownHeadings

#: The part of the cells that must be known words, and how many cells tell anything.
_MOST, _FEW = 0.5, 3
#: A list of sectors has at most this many different words, or a tenth as many as it has cells.
_LONGEST_LIST = 20


def known_part(fields: Sequence[Field], cells: Sequence[Cell], known: KnownHeadings) -> float:
    """The part of the cells that the office knows as words for one of the fields."""
    knows = next((known.knows[field.name] for field in fields if field.name in known.knows), None)
    if knows is None or not cells:
        return 0
    counted = Counter(map(cell_text, cells))
    return sum(count for text, count in counted.items() if knows(text)) / len(cells)


def order_by_words(
    fields: tuple[Field, ...], cells: Sequence[Cell], part: float, known: KnownHeadings
) -> tuple[Field, ...]:
    """The fields in the order that the cells say: “Komoditi” and “Jenis Usaha” may hold a sector, or the product.

    A sector is a word of a short list; a word that the office does not know is set aside, so that it can be learned.
    """
    different = len({key(cell_text(cell)) for cell in cells})
    is_list = part >= _MOST or different <= max(_LONGEST_LIST, len(cells) // 10)
    first = [field for field in fields if field.name in known.knows]
    others = [field for field in fields if field.name not in known.knows]
    if not first or not others:
        return fields
    if part >= _MOST and len(cells) >= _FEW:
        return (*first, *others)
    return fields if is_list else (*others, *first)
