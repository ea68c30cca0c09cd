"""Commands that report."""

from typing import Annotated

import typer

from ikmctl.actions import reporting
from ikmctl.actions.document import Document
from ikmctl.actions.indicators import CHOICES
from ikmctl.actions.reporting import Wish
from ikmctl.commands.options import PeriodArgument, Word, option, word
from ikmctl.errors import UnknownBlock, UnknownBreakdown, UnknownIndicator
from ikmctl.language import N_


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("summary")(summary)
    app.command("close-month")(close_month)
    app.command("reopen-month")(reopen_month)
    app.command("set-target")(set_target)
    app.command("list-targets")(list_targets)


def summary(
    context: typer.Context,
    period: PeriodArgument = None,
    first: Annotated[str | None, option("--from", "DATE", N_("instead of a period: its first day, with --to"))] = None,
    last: Annotated[str | None, option("--to", "DATE", N_("its last day; 2021-10 is the whole month"))] = None,
    by: Annotated[
        str | None,
        word(
            "--by",
            "WORD",
            N_("by what businesses, workers and money are told apart"),
            reporting.BREAKDOWNS,
            UnknownBreakdown,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        word("--only", "WORD", N_("only this part of the report; may be repeated"), reporting.PARTS, UnknownBlock),
    ] = None,
    sentra: Annotated[str | None, option("--sentra", "RECORD", N_("only the businesses of this sentra"))] = None,
    kecamatan: Annotated[str | None, option("--kecamatan", "NAME", N_("only the businesses of this kecamatan"))] = None,
) -> Document:
    """The figures of a period."""
    wish = Wish(period, first, last, by, only or (), sentra, kecamatan)
    return reporting.summary(context.obj.registry(), wish)


MonthArgument = Annotated[str, typer.Argument(metavar="MONTH", help=N_("a month that has ended, such as 2021-10"))]


def close_month(context: typer.Context, month: MonthArgument) -> Document:
    """Keep the figures of a month as reported."""
    from ikmctl.actions import closing

    return closing.close_month(context.obj.registry(), month)


def reopen_month(context: typer.Context, month: MonthArgument) -> Document:
    """Let the report of a month follow the data again."""
    from ikmctl.actions import closing

    return closing.reopen_month(context.obj.registry(), month)


def set_target(
    context: typer.Context,
    indicator: Annotated[
        str,
        typer.Argument(
            metavar="INDICATOR", help=N_("what is measured"), parser=Word(CHOICES, "INDICATOR", UnknownIndicator)
        ),
    ],
    year: Annotated[str, typer.Argument(metavar="YEAR", help=N_("such as 2021"))],
    value: Annotated[str, typer.Argument(metavar="NUMBER", help=N_("what is to be reached; a dash (-) takes it away"))],
) -> Document:
    """Set what is to be reached in a year."""
    from ikmctl.actions import targets

    return targets.set_target(context.obj.registry(), indicator, year, value)


def list_targets(
    context: typer.Context,
    year: Annotated[str | None, typer.Argument(metavar="YEAR", help=N_("only this year's"))] = None,
) -> Document:
    """The targets that are set."""
    from ikmctl.actions import targets

    return targets.list_targets(context.obj.registry(), year)
