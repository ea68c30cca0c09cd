"""Commands that give data out to other programs and offices, and take an export in."""

from pathlib import Path
from typing import Annotated

import typer

from ikmctl import errors
from ikmctl.actions import exporting, taking_in
from ikmctl.actions import open_data as publishing
from ikmctl.actions.document import Document
from ikmctl.commands.options import RevealOption
from ikmctl.commands.session import Session
from ikmctl.domain.periods import period_or_last_month
from ikmctl.language import N_, _


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("export")(export)
    app.command("import-registry")(import_registry)


def export(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIRECTORY", help=N_("a new folder, or an empty one"))],
    reveal: RevealOption = False,
    open_data: Annotated[
        bool, typer.Option("--open-data", help=N_("counts fit for publication, without data of businesses or people"))
    ] = False,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help=N_("for open data, at its end: 2021-10, 2021-Q4, 2021-H2 or 2021; else the last month that ended"),
        ),
    ] = None,
) -> Document:
    """Write the registry as CSV files, or the open data."""
    session: Session = context.obj
    replace = session.settings.yes
    if not open_data:
        if period:
            raise errors.UsageError(_("--period goes with --open-data: the whole registry is of all times."))
        return exporting.export(session.registry(), Path(folder), reveal=reveal, replace=replace)
    if reveal:
        raise errors.UsageError(_("Open data hold no personal data: leave out --reveal or --open-data."))
    return publishing.export(session.registry(), Path(folder), period_or_last_month(period), replace=replace)


def import_registry(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIRECTORY", help=N_("what export --reveal has written"))],
) -> Document:
    """Take an exported registry into an empty one."""
    return taking_in.take_in(context.obj.registry(), Path(folder))
