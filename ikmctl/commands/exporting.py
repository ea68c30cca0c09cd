"""Commands that give data out to other programs and offices, and take an export in."""

from pathlib import Path
from typing import Annotated

import typer

from ikmctl.actions import exporting, taking_in
from ikmctl.actions.document import Document
from ikmctl.commands.records import REVEAL
from ikmctl.commands.session import Session
from ikmctl.language import N_


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("export")(export)
    app.command("import-registry")(import_registry)


def export(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help=N_("a new folder, or an empty one"))],
    reveal: Annotated[bool, typer.Option("--reveal", help=REVEAL)] = False,
) -> Document:
    """Write the whole registry as CSV files."""
    session: Session = context.obj
    return exporting.export(session.registry(), Path(folder), reveal=reveal, replace=session.settings.yes)


def import_registry(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help=N_("what export --reveal has written"))],
) -> Document:
    """Take an exported registry into an empty one."""
    return taking_in.take_in(context.obj.registry(), Path(folder))
