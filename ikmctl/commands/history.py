"""Commands that maintain the registry: history, undo, places and KBLI codes."""

from collections.abc import Callable
from typing import Annotated

import typer

from ikmctl import errors
from ikmctl.actions.history import changes
from ikmctl.actions.setup import registry_file
from ikmctl.commands.options import RevealOption, whole_number, word
from ikmctl.commands.options import limit as read_limit
from ikmctl.document import Document
from ikmctl.domain.entities import RECORDS
from ikmctl.language import N_, _


def command(name: str) -> Callable[..., Document]:
    """The function for the command with this name."""
    functions: dict[str, Callable[..., Document]] = {
        "history": history,
        "undo": undo,
        "list-kbli": list_kbli,
        "import-regions": import_regions,
        "import-kbli": import_kbli,
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
        word("--kind", "KIND", N_("what kind of record it is"), _KINDS),
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


def list_kbli(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help=N_("part of the code, the title or a local word"))
    ] = None,
    edition: Annotated[str | None, typer.Option("--edition", metavar="2020|2025", help=N_("only this edition"))] = None,
) -> Document:
    """Find KBLI codes."""
    year = None if edition is None else _edition(edition)
    return registry_file.list_kbli(context.obj.registry(), " ".join(words or ()), year)


def import_regions(
    context: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help=N_("a file of code,name rows; default: the places of the registry's city")),
    ] = None,
) -> Document:
    """Add places to the list of kecamatan and kelurahan."""
    return registry_file.import_regions(context.obj.registry(), file)


def import_kbli(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=N_("a file of code,title rows; a third column may hold local words"))
    ],
    edition: Annotated[str, typer.Option("--edition", metavar="2020|2025", help=N_("the edition the codes belong to"))],
) -> Document:
    """Import a list of KBLI codes."""
    return registry_file.import_kbli(context.obj.registry(), file, _edition(edition))


def _edition(text: str) -> int:
    message = _("--edition is a year such as 2020 or 2025.")
    year = whole_number(text, message)
    if not 2005 <= year <= 2100:
        raise errors.UsageError(message)
    return year
