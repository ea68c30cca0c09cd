"""Commands that report."""

from typing import Annotated

import typer

from ikmctl.actions import reporting
from ikmctl.actions.document import Document
from ikmctl.language import N_


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("summary")(summary)


def summary(
    context: typer.Context,
    period: Annotated[
        str | None,
        typer.Argument(metavar="PERIOD", help=N_("2021-10, 2021-Q4, 2021-H2 or 2021; else the last month that ended")),
    ] = None,
) -> Document:
    """The figures of a period."""
    return reporting.summary(context.obj.registry(), period)
