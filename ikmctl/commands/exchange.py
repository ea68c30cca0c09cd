"""Commands that exchange data with other programs and offices: export, import, compare."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from ikmctl import errors
from ikmctl.actions.exchange import compare as comparison
from ikmctl.actions.exchange import export as export_action
from ikmctl.actions.exchange import import_registry as registry_import
from ikmctl.actions.exchange import indicator_file
from ikmctl.actions.exchange import open_data as publishing
from ikmctl.commands.options import PeriodArgument, RevealOption, choice_option
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.domain.periods import period_or_last_month
from ikmctl.language import N_, _


def command(name: str) -> Callable[..., Document]:
    """The function for the command with this name."""
    functions: dict[str, Callable[..., Document]] = {
        "export": export,
        "import-registry": import_registry,
        "compare": compare,
        "export-indicators": export_indicators,
    }
    return functions[name]


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
            help=N_(
                "for open data, as of its end: 2021-10, 2021-Q4, 2021-H2 or 2021; default: the last month that ended"
            ),
        ),
    ] = None,
) -> Document:
    """Export the registry or open data as CSV files."""
    session: Session = context.obj
    replace = session.settings.yes
    if not open_data:
        if period:
            raise errors.UsageError(_("--period works only with --open-data; a full export covers all periods."))
        return export_action.export(session.registry(), Path(folder), reveal=reveal, replace=replace)
    if reveal:
        raise errors.UsageError(_("Open data contain no personal data: leave out --reveal or --open-data."))
    return publishing.export(session.registry(), Path(folder), period_or_last_month(period), replace=replace)


def import_registry(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIRECTORY", help=N_("the folder that export --reveal wrote"))],
) -> Document:
    """Import an exported registry into an empty one."""
    return registry_import.import_registry(context.obj.registry(), Path(folder))


def export_indicators(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("the JSON file to write"))],
    period: PeriodArgument = None,
) -> Document:
    """Write an indicator file of a period for other offices."""
    session: Session = context.obj
    return indicator_file.export(session.registry(), session.output_target(file), period_or_last_month(period))


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
                "2021-10, 2021-Q4, 2021-H2 or 2021; "
                "default: the period of a file of indicators, or the last month that ended"
            ),
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        choice_option("--only", "WORD", N_("only this table; may be repeated"), comparison.TABLES),
    ] = None,
) -> Document:
    """Compare the registry with those of other cities."""
    return comparison.compare(context.obj.registry(), files, period, only or ())
