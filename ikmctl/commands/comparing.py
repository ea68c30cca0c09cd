"""Commands that lay cities side by side, and write what other offices need for it."""

from typing import Annotated

import typer

from ikmctl.actions import comparison, indicator_file
from ikmctl.actions.document import Document
from ikmctl.commands.options import PeriodArgument, word
from ikmctl.commands.session import Session
from ikmctl.domain.periods import period_or_last_month
from ikmctl.language import N_


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("compare")(compare)
    app.command("export-indicators")(export_indicators)


def export_indicators(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("the JSON file to write"))],
    period: PeriodArgument = None,
) -> Document:
    """Write the indicators of a period for other offices."""
    session: Session = context.obj
    return indicator_file.export(session.registry(), session.goal(file), period_or_last_month(period))


def compare(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE…", help=N_("other registries, which are only read; or files of indicators")),
    ],
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help=N_(
                "2021-10, 2021-Q4, 2021-H2 or 2021; else that of a file of indicators, else the last month that ended"
            ),
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        word("--only", "WORD", N_("only this table; may be repeated"), comparison.TABLES),
    ] = None,
) -> Document:
    """Lay cities side by side."""
    return comparison.compare(context.obj.registry(), files, period, only or ())
