"""Shows the events and the businesses that an import of participants would create."""

from collections.abc import Sequence

from ikmctl.actions.imports.participants.rows import NewRecord, ParticipantRows
from ikmctl.actions.imports.show.tables import limited
from ikmctl.document import Block, TableColumn, Values
from ikmctl.domain.entities import BUSINESS, EVENT, PARTICIPANT
from ikmctl.domain.fields import Field
from ikmctl.domain.values import kinds
from ikmctl.language import _, number

_EVENT = [EVENT[name] for name in ("name", "kind", "starts_on", "ends_on", "batch", "venue")]
_BUSINESS = [BUSINESS[name] for name in ("name", "owner", "nib", "address", "products")]


def new_records(rows: ParticipantRows, limit: int) -> list[Block]:
    """A table of the new events and one of the new businesses, each of at most `limit` rows; 0 for all."""
    return [
        *_table("new_events", _("New events ({count})"), _EVENT, rows.new_events(), limit),
        *_table("new_businesses", _("New businesses ({count})"), _BUSINESS, rows.new_businesses(), limit),
        *_near(rows, limit),
    ]


def _near(rows: ParticipantRows, limit: int) -> list[Block]:
    """A table of the names that are like registered businesses; none if there are none."""
    near = rows.near_businesses()
    if not near:
        return []
    columns = [
        TableColumn("business", PARTICIPANT["business"].title, kinds.LINE),
        TableColumn("person", PARTICIPANT["person"].title, kinds.LINE),
        TableColumn("number", BUSINESS["number"].title, kinds.NUMBER),
        TableColumn("registered", _("Registered business"), kinds.LINE),
        TableColumn("owner", BUSINESS["owner"].title, kinds.LINE),
    ]
    pairs: list[Values] = [
        (row.name, row.person, business["id"], business["name"], business["owner"]) for row, business in near
    ]
    title = _("Names like a registered business ({count})").format(count=number(len(pairs)))
    return limited("near_names", title, columns, pairs, limit)


def _table(name: str, title: str, fields: Sequence[Field], records: Sequence[NewRecord], limit: int) -> list[Block]:
    """A table of new records with the columns that any of them fills; none if there are no records."""
    if not records:
        return []
    filled = [field for field in fields if any(record.values.get(field.name) for record in records)]
    columns = [TableColumn(field.name, field.title, field.kind) for field in filled]
    columns.append(TableColumn("participants", _("Participants"), kinds.COUNT))
    rows: list[Values] = [
        (*(record.values.get(field.name) for field in filled), record.participants) for record in records
    ]
    if any(record.similar for record in records):
        columns.append(TableColumn("similar", _("Similar"), kinds.LINE))
        rows = [(*row, record.similar or None) for row, record in zip(rows, records, strict=True)]
    return limited(name, title.format(count=number(len(rows))), columns, rows, limit)
