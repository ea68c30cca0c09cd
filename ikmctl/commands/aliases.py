"""Commands that teach the office's own words."""

from typing import Annotated

import typer

from ikmctl.actions import aliases
from ikmctl.actions.document import Document
from ikmctl.commands.options import word_argument
from ikmctl.language import N_

Kind = Annotated[str, word_argument("KIND", N_("what the word is for"), aliases.CHOICES)]
Written = Annotated[str, typer.Argument(metavar="WORD", help=N_("as the office writes it"))]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("alias")(alias)
    app.command("list-aliases")(list_aliases)
    app.command("remove-alias")(remove_alias)


def alias(
    context: typer.Context,
    kind: Kind,
    word: Written,
    meaning: Annotated[str, typer.Argument(metavar="MEANING", help=N_("what it means"))],
) -> Document:
    """Teach what the office means by a word."""
    return aliases.teach(context.obj.registry(), kind, word, meaning)


def list_aliases(context: typer.Context) -> Document:
    """List the words that were taught."""
    return aliases.show(context.obj.registry())


def remove_alias(context: typer.Context, kind: Kind, word: Written) -> Document:
    """Forget a word that was taught."""
    return aliases.forget(context.obj.registry(), kind, word)
