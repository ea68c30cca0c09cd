"""The list of an event's participants for them to sign, with the head of the event and of the office."""

from collections.abc import Mapping
from typing import Any

from ikmctl.actions.reports import letterhead
from ikmctl.document import Card, Document, Table, TableColumn, Values, columns_of
from ikmctl.domain.choices import GENDERS
from ikmctl.domain.entities import ATTENDANCE, EVENT
from ikmctl.domain.values import kinds
from ikmctl.errors import UsageError
from ikmctl.language import _
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Registry
from ikmctl.registry.records import query
from ikmctl.registry.records.events import participants
from ikmctl.registry.records.find import find

#: Empty rows for those who come without being on the list, and the most that make sense.
USUAL_BLANK, _MOST_BLANK = 10, 1000

_HEAD = ("name", "batch", "kind", "starts_on", "ends_on", "venue", "organiser", "host", "topic", "instructor")
#: The roles of those who sign.
_SIGNING = ("participant", "delegate")
_SEX = {choice.code: choice.words[0] for choice in GENDERS}
_LINE = "." * 16


def attendance_sheet(registry: Registry, wanted: str, blank: int) -> Document:
    """The head of an event, and a row to sign for each participant and for `blank` others.

    Raises NotFound, Ambiguous, UsageError.
    """
    if blank > _MOST_BLANK:
        raise UsageError(_("--blank is at most {most}.").format(most=_MOST_BLANK))
    with registry.read() as connection:
        event = find(connection, EVENT.name, wanted)
        values = query.record(connection, EVENT, event)
        entries = participants.entries(connection, event)
        head = letterhead.of(reference_data.settings(connection))
    filled = [name for name in _HEAD if values[name] is not None]
    card = Card(
        "event", values["name"], columns_of([EVENT[name] for name in filled], {}), tuple(values[n] for n in filled)
    )
    signing = [entry for entry in entries if entry["role"] in _SIGNING]
    rows: list[Values] = [(place + 1, *_who(entry), _signature(place)) for place, entry in enumerate(signing)]
    rows += [(place + 1, None, None, None, _signature(place)) for place in range(len(rows), len(rows) + blank)]
    columns = (
        TableColumn("number", _("No."), kinds.NUMBER),
        TableColumn("name", ATTENDANCE["person"].title, kinds.LINE),
        TableColumn("organisation", _("Business or organisation"), kinds.LINE),
        TableColumn("gender", _("L/P"), kinds.LINE),
        TableColumn("signature", _("Signature"), kinds.LINE),
    )
    title = _("Attendance sheet: {event}").format(event=values["name"])
    return Document(
        "report", (card, Table("participants", "", columns, rows, signed=True)), title=title, letterhead=head
    )


def _who(entry: Mapping[str, Any]) -> Values:
    """Name, business or organisation, and sex of a participant; of a business its owner is expected to sign."""
    person = entry["person"] or entry["owner"]
    whole = entry["business"] or entry["sentra"] or entry["organisation"]
    sex = _SEX.get(entry["gender"] or entry["owner_gender"])
    return (person, whole, sex) if person else (entry["position"] or whole, whole if entry["position"] else None, sex)


def _signature(place: int) -> str:
    """Where to sign: every second place stands further right, so that signatures do not meet."""
    return f"{' ' * 20 * (place % 2)}{place + 1} {_LINE}"
