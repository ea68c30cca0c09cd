"""Commands that set what holds for the whole registry."""

from typing import Annotated

import typer

from ikmctl.actions import letterhead
from ikmctl.actions.document import Document
from ikmctl.commands.options import word_argument
from ikmctl.domain.choices import Choice
from ikmctl.errors import UsageError
from ikmctl.language import N_, _


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("set")(set_)


LETTERHEAD = Choice("letterhead", N_("letterhead"))
Part = str | None


def set_(
    context: typer.Context,
    what: Annotated[Part, word_argument("WHAT", N_("what to set; without it shows what is"), (LETTERHEAD,))] = None,
    office: Annotated[Part, typer.Option(metavar="NAME", help=N_("the office's name, as reports show it"))] = None,
    address: Annotated[Part, typer.Option(metavar="TEXT", help=N_("the line under the office's name"))] = None,
    logo: Annotated[Part, typer.Option(metavar="FILE", help=N_("a PNG, JPG or SVG picture; - takes it away"))] = None,
    place: Annotated[
        Part, typer.Option(metavar="TEXT", help=N_("where reports are signed; the day is put there"))
    ] = None,
    position: Annotated[
        Part, typer.Option(metavar="TEXT", help=N_("what the one who signs is, e.g. Kepala Dinas"))
    ] = None,
    signatory: Annotated[Part, typer.Option(metavar="NAME", help=N_("who signs"))] = None,
    nip: Annotated[Part, typer.Option(metavar="NUMBER", help=N_("the NIP of the one who signs"))] = None,
) -> Document:
    """The letterhead and the signature of reports."""
    parts = {
        "office": office, "address": address, "logo": logo, "place": place, "position": position,
        "signatory": signatory, "nip": nip,
    }  # fmt: skip
    given = {name: text for name, text in parts.items() if text is not None}
    if given and what is None:
        raise UsageError(_("What can be set is the letterhead: ikmctl set letterhead --office NAME …"))
    registry = context.obj.registry()
    return letterhead.set_letterhead(registry, given) if given else letterhead.show(registry)
