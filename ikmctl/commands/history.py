"""The history of changes, and undo."""

from collections.abc import Callable
from typing import Annotated

import typer

from ikmctl.actions.history import changes
from ikmctl.commands.options import RevealOption, choice_option, read_limit, whole_number
from ikmctl.document import Document
from ikmctl.domain.entities import RECORDS
from ikmctl.language import N_, _


def command(name: str) -> Callable[..., Document]:
    """The function for the command with this name."""
    functions: dict[str, Callable[..., Document]] = {
        "history": history,
        "undo": undo,
    }
    return functions[name]


_KINDS = [entity.choice for entity in RECORDS.values()]
ChangeArgument = Annotated[
    str | None, typer.Argument(metavar="CHANGE", help=N_("number of the change; default: the latest"))
]


def history(
    context: typer.Context,
    record: Annotated[
        str | None, typer.Argument(metavar="RECORD", help=N_("number or name of a business; default: all changes"))
    ] = None,
    kind: Annotated[
        str,
        choice_option("--kind", "KIND", N_("what kind of record it is"), _KINDS),
    ] = "business",
    change: Annotated[
        str | None, typer.Option("--change", metavar="NUMBER", help=N_("show one change field by field"))
    ] = None,
    limit: Annotated[str | None, typer.Option("--limit", metavar="NUMBER", help=N_("how many; 0 for all"))] = None,
    reveal: RevealOption = False,
) -> Document:
    """Show who changed what, with the values before and after."""
    shown = read_limit(limit, 20 if change is None else 500)
    number = None if change is None else _number(change)
    count = -1 if shown is None else shown
    return changes.show(context.obj.registry(), record, kind, number, limit=count, reveal=reveal)


def undo(context: typer.Context, change: ChangeArgument = None) -> Document:
    """Undo a change."""
    return changes.undo(context.obj.registry(), None if change is None else _number(change))


def _number(text: str) -> int:
    return whole_number(text, _("“{text}” is not the number of a change.").format(text=text))
