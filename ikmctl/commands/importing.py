"""Commands that take spreadsheets in, and give out empty ones."""

from dataclasses import replace
from typing import Annotated

import typer

from ikmctl import errors
from ikmctl.actions import importing, templates
from ikmctl.actions.document import Document
from ikmctl.actions.importing import Options
from ikmctl.actions.plan import Plan
from ikmctl.commands.records import limit as read_limit
from ikmctl.commands.session import Session
from ikmctl.language import N_, _
from ikmctl.registry.database import Registry
from ikmctl.sheets.reader import standard_input

DECISIONS = ("update", "skip", "new")


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("import-businesses")(import_businesses)
    app.command("template")(template)


def import_businesses(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help=N_("CSV or TSV files; - for standard input"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("show the plan and stop"))] = False,
    registered_on: Annotated[
        str | None,
        typer.Option("--registered-on", metavar="DATE", help=N_("for rows without a registration date; else today")),
    ] = None,
    data_year: Annotated[
        str | None,
        typer.Option("--data-year", metavar="YEAR", help=N_("of workers and money in rows that do not say it")),
    ] = None,
    on_duplicate: Annotated[
        str | None,
        typer.Option(
            "--on-duplicate", metavar="update|skip|new", help=N_("for rows that meet a business and differ from it")
        ),
    ] = None,
    skip_rejected: Annotated[
        bool,
        typer.Option("--skip-rejected", help=N_("take the other rows; the rejected go to a file beside the source")),
    ] = False,
    create_sentra: Annotated[
        bool, typer.Option("--create-sentra", help=N_("register sentra that are named but unknown"))
    ] = False,
    limit_problems: Annotated[
        str | None, typer.Option("--limit-problems", metavar="NUMBER", help=N_("how many are shown; 0 for all"))
    ] = None,
) -> Document:
    """Take in the office's spreadsheet."""
    session: Session = context.obj
    if on_duplicate not in (None, *DECISIONS):
        raise errors.UsageError(_("--on-duplicate is update, skip or new."), "import-businesses")
    options = Options(registered_on, data_year, skip_rejected, create_sentra, on_duplicate)
    registry = session.registry()
    plan = importing.plan(registry, files, options, standard_input)
    limit = read_limit(limit_problems, 20) or 0
    if dry_run:
        return importing.describe(registry, plan, limit=limit, dry_run=True)
    session.show(lambda: importing.describe(registry, plan, limit=limit, dry_run=False))
    options = _decided(session, registry, plan, options)
    if plan.changes and (not plan.rejected or skip_rejected):
        session.agree(_("Import {count} businesses?").format(count=plan.changes))
    return importing.apply(registry, plan, options)


def _decided(session: Session, registry: Registry, plan: Plan, options: Options) -> Options:
    """Ask what to do with rows that meet a business and differ, where there is somebody to ask."""
    if session.talk is None or options.on_duplicate or not plan.undecided:
        return options

    def check(answer: str) -> None:
        if answer not in DECISIONS:
            raise errors.UsageError(_("--on-duplicate is update, skip or new."), "import-businesses")

    question = _("{count} rows meet a business and differ: update, skip or new?").format(count=plan.undecided)
    decision = session.talk.ask(question, check, "skip")
    importing.decide(registry, plan, decision)
    return replace(options, on_duplicate=decision)


def template(
    context: typer.Context, kind: Annotated[str, typer.Argument(metavar="businesses", help=N_("what it is for"))]
) -> Document:
    """An empty spreadsheet to fill in."""
    if kind != "businesses":
        raise errors.UsageError(_("There is a template for: businesses."), "template")
    return templates.businesses()
