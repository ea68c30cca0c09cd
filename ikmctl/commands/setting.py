"""Commands that set what holds for the whole registry."""

from collections.abc import Callable
from inspect import Parameter
from typing import Annotated, Any

import typer

from ikmctl.actions import letterhead
from ikmctl.actions.document import Document
from ikmctl.commands.options import declared, option, word_argument
from ikmctl.commands.session import Session
from ikmctl.domain.choices import Choice
from ikmctl.errors import UsageError
from ikmctl.language import N_, _

LETTERHEAD = Choice("letterhead", N_("letterhead"))
What = Annotated[str | None, word_argument("WHAT", N_("what to set; without it shows what is"), (LETTERHEAD,))]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("set")(_command())


def _command() -> Callable[..., Document]:
    """An option for each part of the letterhead."""
    given: dict[str, Any] = {"what": What}
    for name, part in letterhead.PARTS.items():
        given[name] = Annotated[str | None, option(f"--{name}", part.metavar, part.help)]
    keyword = Parameter.KEYWORD_ONLY
    return declared(set_, [Parameter(name, keyword, default=None, annotation=each) for name, each in given.items()])


def set_(session: Session, given: dict[str, Any]) -> Document:
    """Keep the letterhead and the signature of reports, or show them."""
    what = given.pop("what")
    parts = {name: text for name, text in given.items() if text is not None}
    if parts and what is None:
        raise UsageError(_("What can be set is the letterhead: ikmctl set letterhead --office NAME …"))
    registry = session.registry()
    return letterhead.set_letterhead(registry, parts) if parts else letterhead.show(registry)
