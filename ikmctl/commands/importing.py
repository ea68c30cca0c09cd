"""Commands that take spreadsheets in, and give out empty ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

import typer

from ikmctl import errors
from ikmctl.actions import importing, intake, small_imports, templates
from ikmctl.actions.document import Document
from ikmctl.actions.intake import MONEY_UNITS, Options
from ikmctl.actions.resolving import read_field
from ikmctl.commands.records import limit as read_limit
from ikmctl.commands.session import Session
from ikmctl.domain.entities import BUSINESS, EVENT, PARTICIPANT, SENTRA
from ikmctl.domain.fields import Entity
from ikmctl.language import N_, _, number
from ikmctl.registry import staging
from ikmctl.sheets.copying import Reading, standard_input

DECISIONS = ("update", "skip", "new")
ASK = "ask"
WORDS = {"update": N_("update"), "skip": N_("skip"), "new": N_("add as new")}
"""What may be answered, in the officer's language; the option takes the English words alone."""

Files = Annotated[
    list[str], typer.Argument(metavar="FILE…", help=N_("CSV or Excel files (xlsx, xls, ods); - for standard input"))
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("show the plan and stop"))]
Explain = Annotated[bool, typer.Option("--explain", help=N_("list the rows that were left out, and why"))]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar='"HEADING=FIELD"', help=N_("what a heading means; remembered from then on")),
]
Sheet = Annotated[
    str | None, typer.Option("--sheet", metavar="NAME|all", help=N_("the workbook's sheet; else the fullest"))
]
HeaderRow = Annotated[
    str | None, typer.Option("--header-row", metavar="NUMBER", help=N_("the row of the headings; else found"))
]
SkipRows = Annotated[
    str | None, typer.Option("--skip-rows", metavar="NUMBER", help=N_("so many rows at the top are no part of it"))
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help=N_("of a text file, such as cp1252; else found"))
]
Delimiter = Annotated[
    str | None, typer.Option("--delimiter", metavar="SIGN", help=N_("of a text file: , ; | or tab; else found"))
]
DataYear = Annotated[
    str | None,
    typer.Option("--data-year", metavar="YEAR", help=N_("of workers and money in rows that do not say it")),
]
MoneyUnit = Annotated[
    str | None,
    typer.Option(
        "--money-unit", metavar="|".join(MONEY_UNITS), help=N_("of amounts whose heading names none; remembered")
    ),
]
OnDuplicate = Annotated[
    str | None,
    typer.Option(
        "--on-duplicate", metavar="ask|update|skip|new", help=N_("for rows that meet a business and differ from it")
    ),
]
SkipRejected = Annotated[
    bool, typer.Option("--skip-rejected", help=N_("take the other rows; the rejected go to a file beside the source"))
]
LimitProblems = Annotated[
    str | None, typer.Option("--limit-problems", metavar="NUMBER", help=N_("how many are shown; 0 for all"))
]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("import-businesses")(import_businesses)
    app.command("import-observations")(import_observations)
    app.command("import-sentra")(import_sentra)
    app.command("import-events")(import_events)
    app.command("import-participants")(import_participants)
    app.command("template")(template)


def import_businesses(
    context: typer.Context,
    files: Files,
    dry_run: DryRun = False,
    explain: Explain = False,
    map_: Map = None,
    money_unit: MoneyUnit = None,
    registered_on: Annotated[
        str | None,
        typer.Option("--registered-on", metavar="DATE", help=N_("for rows without a registration date; else today")),
    ] = None,
    data_year: DataYear = None,
    on_duplicate: OnDuplicate = None,
    skip_rejected: SkipRejected = False,
    create_sentra: Annotated[
        bool, typer.Option("--create-sentra", help=N_("register sentra that are named but unknown"))
    ] = False,
    all_kbli: Annotated[
        bool, typer.Option("--all-kbli", help=N_("of an OSS export take rows outside industry (KBLI 10–33) too"))
    ] = False,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    skip_rows: SkipRows = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    limit_problems: LimitProblems = None,
) -> Document:
    """Take in the office's spreadsheet."""
    options = Options(
        reading=_reading(encoding, delimiter, sheet, header_row, skip_rows),
        maps=intake.read_maps(BUSINESS, map_ or ()),
        money_unit=_money_unit(money_unit),
        registered_on=registered_on,
        data_year=data_year,
        skip_rejected=skip_rejected,
        create_sentra=create_sentra,
        on_duplicate=_decision(on_duplicate),
        all_kbli=all_kbli,
    )
    return _import(context.obj, files, options, _How(dry_run, explain, limit_problems))


def import_observations(
    context: typer.Context,
    files: Files,
    dry_run: DryRun = False,
    explain: Explain = False,
    map_: Map = None,
    money_unit: MoneyUnit = None,
    data_year: DataYear = None,
    on_duplicate: OnDuplicate = None,
    skip_rejected: SkipRejected = False,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    skip_rows: SkipRows = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    limit_problems: LimitProblems = None,
) -> Document:
    """Take in a year's workers and money of registered businesses."""
    options = Options(
        reading=_reading(encoding, delimiter, sheet, header_row, skip_rows),
        maps=intake.read_maps(BUSINESS, map_ or ()),
        money_unit=_money_unit(money_unit),
        data_year=data_year,
        skip_rejected=skip_rejected,
        on_duplicate=_decision(on_duplicate),
        observations_only=True,
    )
    return _import(context.obj, files, options, _How(dry_run, explain, limit_problems))


def import_sentra(
    context: typer.Context,
    files: Files,
    dry_run: DryRun = False,
    explain: Explain = False,
    map_: Map = None,
    on_duplicate: OnDuplicate = None,
    skip_rejected: SkipRejected = False,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    skip_rows: SkipRows = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    limit_problems: LimitProblems = None,
) -> Document:
    """Take in a list of sentra."""
    options = Options(
        reading=_reading(encoding, delimiter, sheet, header_row, skip_rows),
        maps=intake.read_maps(SENTRA, map_ or ()),
        skip_rejected=skip_rejected,
        on_duplicate=_decision(on_duplicate),
    )
    how = _How(dry_run, explain, limit_problems)
    return _import_few(context.obj, SENTRA, files, options, {}, how)


def import_events(
    context: typer.Context,
    files: Files,
    dry_run: DryRun = False,
    explain: Explain = False,
    map_: Map = None,
    money_unit: MoneyUnit = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help=N_("of all events, where the file does not say it"))
    ] = None,
    on_duplicate: OnDuplicate = None,
    skip_rejected: SkipRejected = False,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    skip_rows: SkipRows = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    limit_problems: LimitProblems = None,
) -> Document:
    """Take in a list of training and coaching events."""
    options = Options(
        reading=_reading(encoding, delimiter, sheet, header_row, skip_rows),
        maps=intake.read_maps(EVENT, map_ or ()),
        money_unit=_money_unit(money_unit),
        skip_rejected=skip_rejected,
        on_duplicate=_decision(on_duplicate),
    )
    given = {} if kind is None else {"kind": read_field(EVENT["kind"], kind)[0]}
    how = _How(dry_run, explain, limit_problems)
    return _import_few(context.obj, EVENT, files, options, given, how)


def import_participants(
    context: typer.Context,
    files: Files,
    dry_run: DryRun = False,
    explain: Explain = False,
    event: Annotated[
        str | None,
        typer.Option("--event", metavar="EVENT", help=N_("the event of all rows, where the file does not name it")),
    ] = None,
    map_: Map = None,
    skip_rejected: SkipRejected = False,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    skip_rows: SkipRows = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    limit_problems: LimitProblems = None,
) -> Document:
    """Take in who was at events: people, with the business they own or without."""
    options = Options(
        reading=_reading(encoding, delimiter, sheet, header_row, skip_rows),
        maps=intake.read_maps(PARTICIPANT, map_ or ()),
        skip_rejected=skip_rejected,
    )
    given = {} if event is None else {"event": event}
    how = _How(dry_run, explain, limit_problems)
    return _import_few(context.obj, PARTICIPANT, files, options, given, how)


@dataclass(frozen=True)
class _How:
    """How much of a plan is shown."""

    dry_run: bool
    explain: bool
    limit_problems: str | None

    def limit(self, session: Session) -> int:
        """How many problems are shown; 0 for all, as machines get them."""
        machine = session.settings.format not in (None, "table")
        return read_limit(self.limit_problems, 0 if machine else 20) or 0


def _import_few(
    session: Session, entity: Entity, files: list[str], options: Options, given: Mapping[str, Any], how: _How
) -> Document:
    """Plan, show, ask, apply: the one road of imports of sentra, events and participants."""
    registry = session.registry()
    plan = small_imports.plan(registry, entity, files, options, standard_input, given)

    def describe() -> Document:
        return small_imports.describe(plan, limit=how.limit(session), dry_run=how.dry_run, explain=how.explain)

    if how.dry_run:
        return describe()
    session.show(describe)
    options = _decided(session, options, plan.counts[staging.CHANGED], ("update", "skip"))
    if plan.changes and (not plan.rejected or options.skip_rejected):
        session.agree(_("Import {count} rows as {kind}?").format(count=number(plan.changes), kind=_(entity.label)))
    return small_imports.apply(registry, plan, options)


def _import(session: Session, files: list[str], options: Options, how: _How) -> Document:
    """Plan, show, ask, apply: the one road of every import of businesses."""
    registry = session.registry()
    with session.progress() as progress:
        plan = importing.plan(registry, files, options, standard_input, progress)

    def describe() -> Document:
        return importing.describe(registry, plan, limit=how.limit(session), dry_run=how.dry_run, explain=how.explain)

    if how.dry_run:
        return describe()
    session.show(describe)
    decided = _decided(session, options, plan.undecided, DECISIONS)
    if decided.on_duplicate and not options.on_duplicate:
        importing.decide(registry, plan, decided.on_duplicate)
    options = decided
    if plan.changes and (not plan.rejected or options.skip_rejected):
        session.agree(_("Import {count} businesses?").format(count=number(plan.changes)))
    return importing.apply(registry, plan, options)


def _decision(text: str | None) -> str | None:
    if text not in (None, ASK, *DECISIONS):
        raise errors.UsageError(_("--on-duplicate is ask, update, skip or new."), "import-businesses")
    return None if text == ASK else text


def _money_unit(text: str | None) -> str | None:
    if text not in (None, *MONEY_UNITS):
        raise errors.UsageError(_("--money-unit is rupiah, thousand or million."), "import-businesses")
    return text


def _reading(
    encoding: str | None, delimiter: str | None, sheet: str | None, header_row: str | None, skip_rows: str | None
) -> Reading:
    sign = {"tab": "\t", "\\t": "\t"}.get(delimiter or "", delimiter)
    if sign is not None and (len(sign) != 1 or sign in '"\r\n' or sign.isalnum()):
        raise errors.UsageError(_("--delimiter is one sign: , ; | or tab."), "import-businesses")
    return Reading(encoding, sign, sheet, _row(header_row, "--header-row"), _row(skip_rows, "--skip-rows") or 0)


def _row(text: str | None, option: str) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise errors.UsageError(_("{option} is the number of a row.").format(option=option), "import-businesses")
    return int(text)


def _decided(session: Session, options: Options, undecided: int, decisions: Sequence[str]) -> Options:
    """Ask what to do with rows that meet a record and differ, where there is somebody to ask."""
    if session.talk is None or options.on_duplicate or not undecided:
        return options
    answers = {_(WORDS[each]): each for each in decisions}
    listed = ", ".join(answers)
    meant = {**answers, **{each: each for each in decisions}}

    def check(answer: str) -> None:
        if answer.casefold() not in meant:
            raise errors.UsageError(_("The answers are: {answers}.").format(answers=listed), "import-businesses")

    question = _("{count} rows meet a record and differ ({answers})?").format(count=undecided, answers=listed)
    answer = session.talk.ask(question, check, _(WORDS["skip"]))
    return replace(options, on_duplicate=meant[answer.casefold()])


def template(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="|".join(templates.KINDS), help=N_("what it is for"))],
) -> Document:
    """An empty spreadsheet to fill in."""
    if kind not in templates.KINDS:
        known = ", ".join(templates.KINDS)
        raise errors.UsageError(_("There are templates for: {kinds}.").format(kinds=known), "template")
    session: Session = context.obj
    registry = session.registry() if session.path.exists() else None
    return templates.template(registry, kind, kept=session.settings.output is not None)
