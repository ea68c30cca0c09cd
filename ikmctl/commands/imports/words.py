"""Commands that write empty templates, and keep the words of this office (aliases)."""

from collections.abc import Callable
from typing import Annotated

import typer

from ikmctl.actions.imports import alias_kinds, aliases
from ikmctl.actions.imports import template as template_file
from ikmctl.commands.options import choice_argument
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.language import N_


def command(name: str) -> Callable[..., Document]:
    """The function of the command of this name."""
    functions: dict[str, Callable[..., Document]] = {
        "template": template,
        "alias": alias,
        "list-aliases": list_aliases,
        "remove-alias": remove_alias,
    }
    return functions[name]


def template(
    context: typer.Context,
    kind: Annotated[str, choice_argument("KIND", N_("what it is for"), template_file.CHOICES)],
) -> Document:
    """Make an empty spreadsheet to fill in."""
    session: Session = context.obj
    registry = session.registry() if session.path.exists() else None
    return template_file.template(registry, kind, kept=session.settings.output is not None)


KindOfWord = Annotated[str, choice_argument("KIND", N_("what the word is for"), alias_kinds.CHOICES)]
Written = Annotated[str, typer.Argument(metavar="WORD", help=N_("as the office writes it"))]


def alias(
    context: typer.Context,
    kind: KindOfWord,
    word: Written,
    meaning: Annotated[str, typer.Argument(metavar="MEANING", help=N_("what it means"))],
) -> Document:
    """Save what a word means in this office."""
    return aliases.add_alias(context.obj.registry(), kind, word, meaning)


def list_aliases(context: typer.Context) -> Document:
    """List the saved aliases."""
    return aliases.list_aliases(context.obj.registry())


def remove_alias(context: typer.Context, kind: KindOfWord, word: Written) -> Document:
    """Remove an alias."""
    return aliases.remove_alias(context.obj.registry(), kind, word)
