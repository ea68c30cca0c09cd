"""The kinds of record, each a list of fields in a module of its own."""

from ikmctl.domain.entities.attendance import ATTENDANCE, PARTICIPANT
from ikmctl.domain.entities.business import ACTIVITY, BUSINESS, DERIVED, EDITION_2025_DUE, EDITION_2025_FROM, KBLI
from ikmctl.domain.entities.event import EVENT, PARTY, PARTY_ROLES
from ikmctl.domain.entities.observation import OBSERVATION
from ikmctl.domain.entities.sentra import SENTRA
from ikmctl.domain.fields import Field

__all__ = [
    "ACTIVITY", "ATTENDANCE", "BUSINESS", "DERIVED", "EDITION_2025_DUE", "EDITION_2025_FROM", "ENTITIES", "EVENT",
    "KBLI", "OBSERVATION", "PARTICIPANT", "PARTY", "PARTY_ROLES", "RECORDS", "SENTRA", "field_in",
]  # fmt: skip

#: The kinds of record that have a number, commands and a history of their own.
RECORDS = {entity.name: entity for entity in (BUSINESS, SENTRA, EVENT)}

ENTITIES = {entity.name: entity for entity in (*RECORDS.values(), ATTENDANCE)}

_FIELDS: dict[tuple[str, str], Field] = {
    (entity.name if field.derived else field.table or entity.name, field.name): field
    for entity in ENTITIES.values()
    for field in entity.fields
}


def field_in(table: str, column: str) -> Field | None:
    """The field that is stored in a column of the registry; None if there is none."""
    return _FIELDS.get((table, column))
