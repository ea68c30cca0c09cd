"""Lists that the registry refers to: places, and KBLI codes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import typer

from ikmctl import errors
from ikmctl.actions.setup import reference_data
from ikmctl.commands.options import whole_number
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.language import N_, _


def command(name: str) -> Callable[..., Document]:
    """The function for the command with this name."""
    functions: dict[str, Callable[..., Document]] = {
        "list-kbli": list_kbli,
        "convert-kbli": convert_kbli,
        "import-regions": import_regions,
        "import-kbli": import_kbli,
    }
    return functions[name]


def list_kbli(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help=N_("part of the code, the title or a local word"))
    ] = None,
    edition: Annotated[str | None, typer.Option("--edition", metavar="2020|2025", help=N_("only this edition"))] = None,
) -> Document:
    """Find KBLI codes."""
    year = None if edition is None else _edition(edition)
    return reference_data.list_kbli(context.obj.registry(), " ".join(words or ()), year)


def convert_kbli(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("show the plan and stop"))] = False,
) -> Document:
    """Replace KBLI codes of businesses, edition 2020, by those of 2025."""
    from ikmctl.actions.records import convert_kbli as conversion

    session: Session = context.obj
    plan = conversion.plan(session.registry())
    if session.terminal and not (dry_run or session.settings.yes):
        chosen = {each.entry.code: session.terminal.ask(each.question, plan.check) for each in plan.open}
        plan = replace(plan, chosen={code: answer for code, answer in chosen.items() if answer})
    if dry_run or not plan.successors:
        return conversion.describe(plan)
    session.show(conversion.describe(plan))
    session.agree(conversion.question(plan))
    return conversion.convert(session.registry(), plan)


def import_regions(
    context: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help=N_("a file of code,name rows; default: the places of the registry's city")),
    ] = None,
) -> Document:
    """Add places to the list of kecamatan and kelurahan."""
    return reference_data.import_regions(context.obj.registry(), file)


def import_kbli(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=N_("a file of code,title rows; a third column may hold local words"))
    ],
    edition: Annotated[str, typer.Option("--edition", metavar="2020|2025", help=N_("the edition the codes belong to"))],
) -> Document:
    """Import a list of KBLI codes."""
    return reference_data.import_kbli(context.obj.registry(), file, _edition(edition))


def _edition(text: str) -> int:
    message = _("--edition is a year such as 2020 or 2025.")
    year = whole_number(text, message)
    if not 2005 <= year <= 2100:
        raise errors.UsageError(message)
    return year
