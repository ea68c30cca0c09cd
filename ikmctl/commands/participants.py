"""The command that adds participants to an event."""

from collections.abc import Callable
from typing import Annotated

import typer

from ikmctl.actions.records import participants
from ikmctl.actions.records.participants import Guests
from ikmctl.commands.options import option, word
from ikmctl.document import Document
from ikmctl.domain.choices import ROLES
from ikmctl.language import N_


def command(name: str) -> Callable[..., Document]:
    """The function for the command with this name."""
    functions: dict[str, Callable[..., Document]] = {
        "add-participants": add_participants,
    }
    return functions[name]


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
        word("--role", "ROLE", N_("their role; default: participant"), ROLES),
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
    )
    return participants.add_participants(context.obj.registry(), event, guests)
