"""Commands that give data out to other programs and offices, and take an export in."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ikmctl import errors
from ikmctl.actions import comparison, exporting, indicator_file, taking_in
from ikmctl.actions import open_data as publishing
from ikmctl.actions.document import Document
from ikmctl.commands.records import REVEAL
from ikmctl.commands.session import Session
from ikmctl.domain.periods import Period, last_ended_month, read_period
from ikmctl.language import N_, _


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("export")(export)
    app.command("import-registry")(import_registry)
    app.command("export-indicators")(export_indicators)
    app.command("compare")(compare)


def export(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIRECTORY", help=N_("a new folder, or an empty one"))],
    reveal: Annotated[bool, typer.Option("--reveal", help=REVEAL)] = False,
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
    """Write the whole registry as CSV files, or the open data."""
    session: Session = context.obj
    replace = session.settings.yes
    if not open_data:
        if period:
            raise errors.UsageError(_("--period goes with --open-data: the whole registry is of all times."), "export")
        return exporting.export(session.registry(), Path(folder), reveal=reveal, replace=replace)
    if reveal:
        raise errors.UsageError(_("Open data hold no personal data: leave out --reveal or --open-data."), "export")
    return publishing.export(session.registry(), Path(folder), _span(period), replace=replace)


def _span(text: str | None) -> Period:
    return read_period(text) if text else last_ended_month(date.today())


def import_registry(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIRECTORY", help=N_("what export --reveal has written"))],
) -> Document:
    """Take an exported registry into an empty one."""
    return taking_in.take_in(context.obj.registry(), Path(folder))


PeriodArgument = Annotated[
    str | None,
    typer.Argument(metavar="PERIOD", help=N_("2021-10, 2021-Q4, 2021-H2 or 2021; else the last month that ended")),
]


def export_indicators(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("the JSON file to write"))],
    period: PeriodArgument = None,
) -> Document:
    """Write the indicators of a period for other offices."""
    session: Session = context.obj
    return indicator_file.export(session.registry(), Path(file), _span(period), replace_file=session.settings.yes)


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
        typer.Option("--only", metavar="TABLE", help=N_("only this table, such as indicators; may be repeated")),
    ] = None,
) -> Document:
    """Lay cities side by side."""
    return comparison.compare(context.obj.registry(), files, period, only or ())
