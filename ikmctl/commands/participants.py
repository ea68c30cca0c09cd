"""Commands that add, edit and remove participants of events."""

from collections.abc import Callable
from typing import Annotated

import typer

from ikmctl.actions.records.events import participants
from ikmctl.actions.records.events.guests import Guests
from ikmctl.commands.options import (
    DELEGATE,
    VISITED,
    FieldValues,
    ask_name,
    ask_record,
    choice_option,
    default_limit,
    option,
    read_limit,
    whole_number,
    with_fields,
)
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.domain.choices import EVENT_KINDS, PASSED, ROLES
from ikmctl.domain.entities import ATTENDANCE, EVENT
from ikmctl.domain.fields import Field
from ikmctl.domain.values.kinds import NAME
from ikmctl.language import N_, _
from ikmctl.registry.file.database import Connection
from ikmctl.registry.records import find


def command(name: str) -> Callable[..., Document]:
    """The function for the command with this name."""
    functions: dict[str, Callable[[], Callable[..., Document]]] = {
        "add-participants": lambda: add_participants,
        "edit-participant": _edit,
        "remove-participant": _remove,
        "list-people": lambda: list_people,
        "attendance-sheet": lambda: attendance_sheet,
    }
    return functions[name]()


def add_participants(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help=N_("number or name"))],
    business: Annotated[
        list[str] | None,
        option("--business", "RECORD", N_("a business; with --person, the business of that person; may be repeated")),
    ] = None,
    sentra: Annotated[list[str] | None, option("--sentra", "RECORD", N_("a sentra; may be repeated"))] = None,
    person: Annotated[list[str] | None, option("--person", "NAME", N_("a person; may be repeated"))] = None,
    role: Annotated[
        list[str] | None,
        choice_option("--role", "ROLE", N_("their role; default: participant"), ROLES),
    ] = None,
    sex: Annotated[
        list[str] | None, option("--sex", "L|P", N_("sex of the people: once for all, or once for each in order"))
    ] = None,
    position: Annotated[
        list[str] | None,
        option("--position", "TEXT", N_("position of the people: once for all, or once for each in order")),
    ] = None,
    organisation: Annotated[
        list[str] | None,
        option("--organisation", "TEXT", N_("organisation of the people: once for all, or once for each in order")),
    ] = None,
    passed: Annotated[
        list[str] | None,
        choice_option("--passed", "YES|NO", N_("whether they passed: once for all, or once for each"), PASSED),
    ] = None,
    delegate: Annotated[list[str] | None, option("--delegate", "TEXT", DELEGATE.help)] = None,
    visited: Annotated[list[str] | None, option("--visited", "RECORD", VISITED.help)] = None,
    members: Annotated[bool, typer.Option("--members", help=N_("with each group, add its members"))] = False,
) -> Document:
    """Add businesses, sentra and people to an event's participant list."""
    guests = Guests(
        businesses=business or (),
        sentra=sentra or (),
        people=person or (),
        role=role or (),
        gender=sex or (),
        position=position or (),
        organisation=organisation or (),
        passed=passed or (),
        members=members,
        delegates=delegate or (),
        visited=visited or (),
    )
    session = context.obj
    confirm = session.terminal.confirm if session.terminal else None
    return participants.add_participants(
        session.registry(), event, guests, allow_namesakes=session.settings.yes, confirm=confirm
    )


def list_people(
    context: typer.Context,
    search: Annotated[
        str | None, option("--search", "TEXT", N_("only with this text in the name or the organisation"))
    ] = None,
    event: Annotated[str | None, option("--event", "EVENT", N_("only people of this event"))] = None,
    kind: Annotated[
        str | None, choice_option("--kind", "KIND", N_("only people of events of this kind"), EVENT_KINDS)
    ] = None,
    held: Annotated[
        str | None, option("--held", "PERIOD", N_("only people of events that began in this period"))
    ] = None,
    limit: Annotated[str | None, option("--limit", "NUMBER", N_("how many; 0 for all"))] = None,
) -> Document:
    """List people who took part in events and have no business."""
    from ikmctl.actions.records.events import people

    shown = read_limit(limit, default_limit(context.obj))
    query = people.PeopleQuery(search or "", held, kind, event, shown)
    return people.list_people(context.obj.registry(), query)


def attendance_sheet(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help=N_("number or name"))],
    blank: Annotated[str | None, option("--blank", "NUMBER", N_("how many empty rows for others; default: 10"))] = None,
) -> Document:
    """Make the list of an event's participants for them to sign."""
    from ikmctl.actions.records.events import attendance_sheet as sheet

    message = _("--blank takes a whole number, not “{text}”.").format(text=blank)
    rows = sheet.USUAL_BLANK if blank is None else whole_number(blank, message)
    return sheet.attendance_sheet(context.obj.registry(), event, rows)


_EVENT = Field("event", NAME, N_("number or name"))
_PARTICIPANT = Field("participant", NAME, N_("number on the event's list, or name"))
#: The fields of an entry on a participant list, under the options that `add-participants` has for them.
_OPTIONS = {"sex" if name == "gender" else name: ATTENDANCE[name] for name in ATTENDANCE.listed if name != "number"}


def _edit() -> Callable[..., Document]:
    def edit_participant(session: Session, given: FieldValues) -> Document:
        event, participant = _who(session, given, "edit-participant")
        values = {_OPTIONS[option].name: text for option, text in given.items()}
        return participants.edit_participant(session.registry(), event, participant, values)

    options = (field._replace(name=name) for name, field in _OPTIONS.items())
    return with_fields(edit_participant, (_EVENT, _PARTICIPANT, *options), "event", "participant")


def _remove() -> Callable[..., Document]:
    def remove_participant(session: Session, given: FieldValues) -> Document:
        event, participant = _who(session, given, "remove-participant")
        return participants.remove_participant(session.registry(), event, participant)

    return with_fields(remove_participant, (_EVENT, _PARTICIPANT), "event", "participant")


def _who(session: Session, given: FieldValues, command: str) -> tuple[str, str]:
    """The event and the participant of it that were named, or are asked for."""
    event = ask_record(session, EVENT, given.pop("event", None), command, "EVENT")

    def find_participant(connection: Connection, text: str) -> None:
        find.find_attendance(connection, find.find(connection, "event", event), text)

    wanted = given.pop("participant", None)
    return event, ask_name(session, wanted, _("participant"), find_participant, _("PARTICIPANT"), command)
