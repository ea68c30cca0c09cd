"""What the tables of a plan share: fields by their titles, and rows up to a limit."""

from collections.abc import Sequence

from ikmctl.document import Block, Table, TableColumn, Values
from ikmctl.domain.entities import BUSINESS, EVENT, PARTICIPANT, SENTRA
from ikmctl.domain.values import kinds
from ikmctl.language import _, plural

#: The name of a field, shown as its title.
FIELD = kinds.shown_by("field", lambda name: _titles().get(name, name))


def _titles() -> dict[str, str]:
    """Field name → title, for all entities."""
    titles = {field.name: field.title for entity in (PARTICIPANT, EVENT, SENTRA, BUSINESS) for field in entity.fields}
    return titles | {"pending": _("Cells that cannot be read")}


def limited(
    name: str, title: str, columns: Sequence[TableColumn], rows: Sequence[Values], limit: int, advice: str = ""
) -> list[Block]:
    """A table of at most `limit` rows (0 for all) that says how many more there are; none if there are no rows.

    The `advice` stands below the table.
    """
    if not rows:
        return []
    more = len(rows) - limit if limit else 0
    rest = plural(
        "… and {count} more row (--limit-problems 0 shows all)",
        "… and {count} more rows (--limit-problems 0 shows all)",
        more,
    )
    below = (rest,) if more > 0 else ()
    return [Table(name, title, tuple(columns), rows[: limit or None], None, (*below, advice) if advice else below)]
