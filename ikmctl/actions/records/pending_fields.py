"""The fields that pending values are meant for, and the reasons why their texts could not be read."""

from ikmctl.domain.entities import ATTENDANCE, ENTITIES, PARTICIPANT
from ikmctl.domain.fields import Field
from ikmctl.domain.problems import PROBLEMS, Unreadable
from ikmctl.domain.values import kinds
from ikmctl.registry.records.pending import PendingValue


def pending_field(table: str, name: str) -> Field:
    """The field of this name; of a list of participants it may be one of the event or business."""
    entity = ENTITIES[table]
    found = entity.by_name.get(name)
    if found is None and entity is ATTENDANCE:
        found = PARTICIPANT.by_name.get(name)
    return found or Field(name, kinds.LINE, name)


def pending_text(value: PendingValue, *, reveal: bool) -> str:
    """The text for people, masked if the field is personal."""
    mask = pending_field(value.table, value.field).kind.mask
    return mask(value.text) if mask and not reveal else value.text


def reason_of(value: PendingValue) -> str:
    """Why a text could not be read, in the language in use."""
    return Unreadable(value.reason, **value.facts).reason if value.reason in PROBLEMS else value.reason
