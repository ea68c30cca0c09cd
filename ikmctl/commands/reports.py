"""Commands for reports: summary, closing of months, targets and the letterhead."""

from collections.abc import Callable
from inspect import Parameter
from typing import Annotated, Any

import typer

from ikmctl.actions.reports import letterhead
from ikmctl.actions.reports import quality as quality_report
from ikmctl.actions.reports import summary as summary_report
from ikmctl.actions.reports.indicators import CHOICES
from ikmctl.actions.reports.quality import CHOICES as CHECKS
from ikmctl.actions.reports.quality import CONFIRMABLE, QualityOptions
from ikmctl.actions.reports.summary import SummaryOptions
from ikmctl.commands.options import (
    ChoiceParser,
    PeriodArgument,
    choice_argument,
    choice_option,
    default_limit,
    option,
    read_limit,
    typer_function,
    whole_number,
)
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.domain.choices import EVENT_KINDS, Choice
from ikmctl.errors import UnknownBlock, UnknownBreakdown, UnknownCheck, UnknownIndicator, UsageError
from ikmctl.language import N_, _


def command(name: str) -> Callable[..., Document]:
    """The function for the command with this name."""
    functions: dict[str, Callable[..., Document]] = {
        "summary": summary,
        "close-month": close_month,
        "reopen-month": reopen_month,
        "set-target": set_target,
        "list-targets": list_targets,
        "list-unseen": list_unseen,
        "quality": quality,
        "impact": impact,
        "confirm-value": confirm_value,
        "set": _command(),
    }
    return functions[name]


def summary(
    context: typer.Context,
    period: PeriodArgument = None,
    first: Annotated[str | None, option("--from", "DATE", N_("first day, instead of a period; needs --to"))] = None,
    last: Annotated[str | None, option("--to", "DATE", N_("last day; 2021-10 means the end of that month"))] = None,
    by: Annotated[
        str | None,
        choice_option(
            "--by",
            "WORD",
            N_("how businesses, workers and money are grouped"),
            summary_report.BREAKDOWNS,
            UnknownBreakdown,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        choice_option(
            "--only", "WORD", N_("only this part of the report; may be repeated"), summary_report.PARTS, UnknownBlock
        ),
    ] = None,
    sentra: Annotated[str | None, option("--sentra", "RECORD", N_("only the businesses of this sentra"))] = None,
    kecamatan: Annotated[str | None, option("--kecamatan", "NAME", N_("only the businesses of this kecamatan"))] = None,
) -> Document:
    """Report the figures of a period."""
    options = SummaryOptions(period, first, last, by, only or (), sentra, kecamatan)
    return summary_report.summary(context.obj.registry(), options)


MonthArgument = Annotated[str, typer.Argument(metavar="MONTH", help=N_("a month that has ended, such as 2021-10"))]


def close_month(context: typer.Context, month: MonthArgument) -> Document:
    """Close a month, so that its report no longer changes."""
    from ikmctl.actions.reports import close_month as month_closing

    return month_closing.close_month(context.obj.registry(), month)


def reopen_month(context: typer.Context, month: MonthArgument) -> Document:
    """Reopen a closed month."""
    from ikmctl.actions.reports import close_month as month_closing

    return month_closing.reopen_month(context.obj.registry(), month)


def set_target(
    context: typer.Context,
    indicator: Annotated[
        str,
        typer.Argument(
            metavar="INDICATOR",
            help=N_("what is measured"),
            parser=ChoiceParser(CHOICES, "INDICATOR", UnknownIndicator),
        ),
    ],
    year: Annotated[str, typer.Argument(metavar="YEAR", help=N_("such as 2021"))],
    value: Annotated[str, typer.Argument(metavar="NUMBER", help=N_("the target; a dash (-) removes it"))],
) -> Document:
    """Set a target for a year."""
    from ikmctl.actions.reports import targets

    return targets.set_target(context.obj.registry(), indicator, year, value)


def list_targets(
    context: typer.Context,
    year: Annotated[str | None, typer.Argument(metavar="YEAR", help=N_("only the targets of this year"))] = None,
) -> Document:
    """List the targets."""
    from ikmctl.actions.reports import targets

    return targets.list_targets(context.obj.registry(), year)


def list_unseen(
    context: typer.Context,
    since: Annotated[
        str,
        option(
            "--since", "TIME", N_("2y for two years, 18m for eighteen months, or a day, month or year; default: 2y")
        ),
    ] = "2y",
    kecamatan: Annotated[str | None, option("--kecamatan", "NAME", N_("only the businesses of this kecamatan"))] = None,
    rows: Annotated[str | None, option("--limit", "COUNT", N_("how many rows; 0 for all"))] = None,
) -> Document:
    """List active businesses that nothing has confirmed for a long time."""
    from ikmctl.actions.reports import unseen

    session: Session = context.obj
    return unseen.list_unseen(session.registry(), since, kecamatan, read_limit(rows, default_limit(session)))


def quality(
    context: typer.Context,
    what: Annotated[
        str | None,
        choice_argument("CHECK", N_("list the records that a check finds, or that lack a field"), CHECKS, UnknownCheck),
    ] = None,
    kecamatan: Annotated[str | None, option("--kecamatan", "NAME", N_("only the businesses of this kecamatan"))] = None,
    sentra: Annotated[str | None, option("--sentra", "RECORD", N_("only the businesses of this sentra"))] = None,
    by_kecamatan: Annotated[
        bool, typer.Option("--by-kecamatan", help=N_("the completeness of each field in each kecamatan"))
    ] = False,
    rows: Annotated[str | None, option("--limit", "COUNT", N_("how many rows; 0 for all"))] = None,
) -> Document:
    """Show how complete the data are and what the checks find."""
    session: Session = context.obj
    most = read_limit(rows, default_limit(session))
    options = QualityOptions(what, kecamatan, sentra, by_kecamatan, most)
    return quality_report.quality(session.registry(), options)


def impact(
    context: typer.Context,
    event: Annotated[
        str | None, typer.Argument(metavar="EVENT", help=N_("number or name; default: all events"))
    ] = None,
    kind: Annotated[str | None, choice_option("--kind", "WORD", N_("only events of this kind"), EVENT_KINDS)] = None,
    period: Annotated[str | None, option("--period", "PERIOD", N_("only events that began in this period"))] = None,
    months: Annotated[
        str, option("--months", "COUNT", N_("data count as “after” from so many months after the end; default: 6"))
    ] = "6",
) -> Document:
    """Show how coached businesses fared, beside similar ones that were not coached."""
    from ikmctl.actions.reports import impact as effect

    least = whole_number(months, _("--months takes a whole number, not “{text}”.").format(text=months))
    return effect.impact(context.obj.registry(), effect.ImpactOptions(event, kind, period, min(least, 1_200)))


def confirm_value(
    context: typer.Context,
    record: Annotated[str, typer.Argument(metavar="RECORD", help=N_("number or name"))],
    field: Annotated[str, choice_argument("FIELD", N_("the field that was checked"), CONFIRMABLE)],
) -> Document:
    """Confirm a value that looks wrong but is right."""
    return quality_report.confirm_value(context.obj.registry(), record, field)


LETTERHEAD, BACKUPS = Choice("letterhead", N_("letterhead")), Choice("backups", N_("backups"))
What = Annotated[
    str | None, choice_argument("WHAT", N_("what to set; default: show the current values"), (LETTERHEAD, BACKUPS))
]
_OF_BACKUPS = {
    "keep": ("NUMBER", N_("how many automatic backups are kept; 0 makes none")),
    "folder": ("FOLDER", N_("where automatic backups are made; - for beside the registry")),
}


def _command() -> Callable[..., Document]:
    """The Typer function of `set`, with an option for each part of the letterhead and for backups."""
    annotations: dict[str, Any] = {"what": What}
    parts = {name: (part.metavar, part.help) for name, part in letterhead.PARTS.items()}
    for name, (metavar, text) in (parts | _OF_BACKUPS).items():
        annotations[name] = Annotated[str | None, option(f"--{name}", metavar, text)]
    keyword = Parameter.KEYWORD_ONLY
    parameters = [Parameter(name, keyword, default=None, annotation=kind) for name, kind in annotations.items()]
    return typer_function(set_, parameters)


def set_(session: Session, given: dict[str, Any]) -> Document:
    """Set parts of the letterhead and signature of reports, or how backups are kept; or show them."""
    from ikmctl.actions.history import backups

    what = given.pop("what")
    values = {name: text for name, text in given.items() if text is not None}
    if values and what is None:
        message = _(
            "Say what is to be set: ikmctl set letterhead --office NAME …, or ikmctl set backups --keep NUMBER …"
        )
        raise UsageError(message)
    foreign = [name for name in values if (name in _OF_BACKUPS) != (what == BACKUPS.code)]
    if foreign:
        raise UsageError(_("--{option} does not belong to “{what}”.").format(option=foreign[0], what=what))
    registry = session.registry()
    if what == BACKUPS.code:
        return backups.set_backups(registry, **_for_backups(values)) if values else backups.show_policy(registry)
    return letterhead.set_letterhead(registry, values) if values else letterhead.show(registry)


def _for_backups(values: dict[str, str]) -> dict[str, str | None]:
    return {name: values.get(name) for name in _OF_BACKUPS}
