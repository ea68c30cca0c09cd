"""Commands that import spreadsheets, write empty templates, and keep aliases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import partial
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from ikmctl import errors
from ikmctl.actions.imports import alias_kinds, aliases, show_plan
from ikmctl.actions.imports import template as template_file
from ikmctl.actions.imports.apply import apply_plan
from ikmctl.actions.imports.kinds import KINDS, PENDING_KIND, Kind
from ikmctl.actions.imports.options import Options, read_maps
from ikmctl.actions.imports.participants.events import read_days
from ikmctl.actions.imports.plan import Plan, make_plan
from ikmctl.actions.imports.questions import YES_OR_NO, Question, decision_needed, questions
from ikmctl.actions.records.lookup import read_field
from ikmctl.commands.options import choice_argument, choice_option, option, read_limit, typer_function, whole_number
from ikmctl.commands.session import Prompter, Session
from ikmctl.document import Document
from ikmctl.domain.choices import (
    ASK,
    DECISIONS,
    EVENT_KINDS,
    KBLI_EDITIONS,
    MONEY_UNITS,
    OTHER_CITIES,
    UPDATE_OR_SKIP,
    Choice,
    join_words,
    parse_choice,
    words,
)
from ikmctl.domain.entities import BUSINESS, EVENT, PARTICIPANT, SENTRA
from ikmctl.domain.entities.pending import PENDING
from ikmctl.domain.fields import Entity
from ikmctl.language import N_, _, number, plural
from ikmctl.sheets.formats.source_copy import ReadOptions, standard_input

MoneyUnit = Annotated[
    str | None,
    choice_option("--money-unit", "WORD", N_("unit of amounts whose heading gives none; remembered"), MONEY_UNITS),
]
KbliEdition = Annotated[
    str | None,
    choice_option("--kbli-edition", "YEAR", N_("edition of the KBLI codes: 2020 or 2025; remembered"), KBLI_EDITIONS),
]
OtherCities = Annotated[
    str | None,
    choice_option(
        "--other-cities", "WORD", N_("rows of another city, where a column names it; remembered"), OTHER_CITIES
    ),
]
DataYear = Annotated[str | None, option("--data-year", "YEAR", N_("data year of rows that give none"))]
OnDuplicate = Annotated[
    str | None,
    choice_option(
        "--on-duplicate", "WORD", N_("for rows that match a record but have different values"), (ASK, *DECISIONS)
    ),
]
OnDifference = Annotated[
    str | None,
    choice_option(
        "--on-duplicate", "WORD", N_("for rows that match a record but have different values"), (ASK, *UPDATE_OR_SKIP)
    ),
]


@dataclass(frozen=True)
class ImportOptions:
    """The arguments and options of every import: its files, how they are read, and how much of the plan is shown."""

    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help=N_("CSV or Excel files (xlsx, xls, ods); - for standard input"))
    ]
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("show the plan and stop"))] = False
    explain: Annotated[bool, typer.Option("--explain", help=N_("list the rows that were left out, and why"))] = False
    map_: Annotated[
        list[str] | None, option("--map", '"HEADING=FIELD"', N_("the field that a heading means; remembered"))
    ] = None
    skip_rejected: Annotated[
        bool,
        typer.Option("--skip-rejected", help=N_("import the other rows; rejected rows go to a file beside the source")),
    ] = False
    strict: Annotated[bool, typer.Option("--strict", help=N_("reject a row if one of its cells cannot be read"))] = (
        False
    )
    sheet: Annotated[str | None, option("--sheet", "NAME|all", N_("sheet of the workbook; default: the fullest"))] = (
        None
    )
    header_row: Annotated[
        str | None, option("--header-row", "NUMBER", N_("number of the header row; default: detected"))
    ] = None
    skip_rows: Annotated[str | None, option("--skip-rows", "NUMBER", N_("number of rows to skip at the top"))] = None
    encoding: Annotated[
        str | None, option("--encoding", "NAME", N_("encoding of a text file, such as cp1252; default: detected"))
    ] = None
    delimiter: Annotated[
        str | None, option("--delimiter", "SIGN", N_("delimiter of a text file: , ; | or tab; default: detected"))
    ] = None
    limit_problems: Annotated[
        str | None, option("--limit-problems", "NUMBER", N_("number of problems to show; 0 for all"))
    ] = None

    def options(self, entity: Entity, **own: Any) -> Options:
        """The decisions for an import; `own` are the options that only this kind of import has. Raises UsageError."""
        maps = read_maps(entity, self.map_ or ())
        return Options(reading=self._reading(), maps=maps, skip_rejected=self.skip_rejected, strict=self.strict, **own)

    def _reading(self) -> ReadOptions:
        sign = {"tab": "\t", "\\t": "\t"}.get(self.delimiter or "", self.delimiter)
        if sign is not None and (len(sign) != 1 or sign in '"\r\n' or sign.isalnum()):
            raise errors.UsageError(_("--delimiter is a single character: , ; | or tab."))
        header_row, skip_rows = _row(self.header_row, "--header-row"), _row(self.skip_rows, "--skip-rows")
        return ReadOptions(self.encoding, sign, self.sheet, header_row, skip_rows or 0)

    def limit(self, session: Session) -> int:
        """The number of problems to show; 0 for all, which is the default for machine formats. Raises UsageError."""
        machine = session.settings.format not in (None, "table")
        return read_limit(self.limit_problems, 0 if machine else 20, "--limit-problems") or 0


def _row(text: str | None, name: str) -> int | None:
    return None if text is None else whole_number(text, _("{option} is the number of a row.").format(option=name))


def command(name: str) -> Callable[..., Document]:
    """The function of the command of this name."""
    functions: dict[str, Callable[..., Document]] = {
        "import-businesses": _declared(import_businesses),
        "import-observations": _declared(import_observations),
        "import-sentra": _declared(import_sentra),
        "import-events": _declared(import_events),
        "import-participants": _declared(import_participants),
        "import-pending": _declared(import_pending),
        "template": template,
        "alias": alias,
        "list-aliases": list_aliases,
        "remove-alias": remove_alias,
    }
    return functions[name]


def _declared(run: Callable[..., Document]) -> Callable[..., Document]:
    """The Typer function of an import: its own options, then those of every import."""
    _session, _given, *own = signature(run).parameters.values()
    keyword = Parameter.KEYWORD_ONLY
    common = [
        Parameter(
            option.name,
            keyword,
            default=Parameter.empty if option.default is MISSING else option.default,
            annotation=option.type,
        )
        for option in fields(ImportOptions)
    ]

    def run_with_options(session: Session, values: dict[str, Any]) -> Document:
        given = ImportOptions(**{parameter.name: values.pop(parameter.name) for parameter in common})
        return run(session, given, **values)

    files, *others = common
    return typer_function(run_with_options, [files, *(parameter.replace(kind=keyword) for parameter in own), *others])


def import_businesses(
    session: Session,
    given: ImportOptions,
    money_unit: MoneyUnit = None,
    registered_on: Annotated[
        str | None, option("--registered-on", "DATE", N_("registration date of rows that have none"))
    ] = None,
    recorded_on: Annotated[
        str | None,
        option("--recorded-on", "DATE", N_("date of recording, for rows without a registration date; default: today")),
    ] = None,
    data_year: DataYear = None,
    on_duplicate: OnDuplicate = None,
    create_sentra: Annotated[
        bool, typer.Option("--create-sentra", help=N_("register sentra that are named but unknown"))
    ] = False,
    kbli_edition: KbliEdition = None,
    other_cities: OtherCities = None,
    all_kbli: Annotated[
        bool, typer.Option("--all-kbli", help=N_("import rows outside industry (KBLI 10–33) of an OSS export too"))
    ] = False,
) -> Document:
    """Import a spreadsheet of businesses."""
    options = given.options(
        BUSINESS,
        money_unit=money_unit,
        registered_on=registered_on,
        recorded_on=recorded_on,
        data_year=data_year,
        create_sentra=create_sentra,
        on_duplicate=_decision(on_duplicate),
        all_kbli=all_kbli,
        kbli_edition=None if kbli_edition is None else int(kbli_edition),
        other_cities=other_cities,
    )
    return _import(session, KINDS["businesses"], given, options)


def import_observations(
    session: Session,
    given: ImportOptions,
    money_unit: MoneyUnit = None,
    data_year: DataYear = None,
    on_duplicate: OnDifference = None,
) -> Document:
    """Import workers and money of registered businesses for a year."""
    options = given.options(
        BUSINESS,
        money_unit=money_unit,
        data_year=data_year,
        on_duplicate=_decision(on_duplicate),
        observations_only=True,
    )
    return _import(session, KINDS["observations"], given, options)


def import_sentra(session: Session, given: ImportOptions, on_duplicate: OnDifference = None) -> Document:
    """Import a list of sentra."""
    options = given.options(SENTRA, on_duplicate=_decision(on_duplicate))
    return _import(session, KINDS["sentra"], given, options)


def import_events(
    session: Session,
    given: ImportOptions,
    money_unit: MoneyUnit = None,
    kind: Annotated[
        str | None, choice_option("--kind", "KIND", N_("kind of all events, if the file does not say it"), EVENT_KINDS)
    ] = None,
    on_duplicate: OnDifference = None,
) -> Document:
    """Import a list of training and coaching events."""
    options = given.options(EVENT, money_unit=money_unit, on_duplicate=_decision(on_duplicate))
    known = {} if kind is None else {"kind": kind}
    return _import(session, KINDS["events"], given, options, known)


def import_participants(
    session: Session,
    given: ImportOptions,
    event: Annotated[
        str | None, option("--event", "EVENT", N_("event of all rows, if the file does not name it"))
    ] = None,
    starts_on: Annotated[
        str | None, option("--starts-on", "DATE", N_("day or days of the event, for rows that give none"))
    ] = None,
    create_events: Annotated[
        bool | None,
        typer.Option(
            "--create-events/--no-create-events",
            help=N_("register events that are named but unknown; --no-create-events rejects their rows"),
        ),
    ] = None,
    kind: Annotated[
        str | None, choice_option("--kind", "KIND", N_("kind of new events whose title does not say it"), EVENT_KINDS)
    ] = None,
    create_businesses: Annotated[
        bool, typer.Option("--create-businesses", help=N_("record businesses that are named but unknown"))
    ] = False,
    on_duplicate: OnDifference = None,
) -> Document:
    """Import the participants of events: people, with or without the business they own."""
    options = given.options(
        PARTICIPANT,
        create_events=create_events,
        event_kind=kind,
        create_businesses=create_businesses,
        on_duplicate=_decision(on_duplicate),
    )
    known = {} if event is None else {"event": event}
    days = {} if starts_on is None else read_days(starts_on)
    return _import(session, KINDS["participants"], given, options, known | days)


def import_pending(session: Session, given: ImportOptions) -> Document:
    """Import a spreadsheet of mended values, as list-pending writes it."""
    return _import(session, PENDING_KIND, given, given.options(PENDING, on_duplicate="update"))


def _import(
    session: Session, kind: Kind, options: ImportOptions, decided: Options, given: Mapping[str, str] | None = None
) -> Document:
    """Plan an import, show the plan, ask, and apply it; `given` are values for fields that no column gives."""
    registry = session.registry()
    with session.progress() as progress:
        plan = make_plan(registry, kind, options.files, decided, standard_input, given, progress)

    open_questions = questions(registry.connection, plan)
    if open_questions and session.terminal and not options.dry_run:
        decided = _ask_questions(session.terminal, open_questions, decided)
        with session.progress() as progress:
            plan = make_plan(registry, kind, options.files, decided, standard_input, given, progress)
        open_questions = []
    if decided.skip_rejected and not decided.on_duplicate and session.terminal is None:
        plan = plan.reject_twins()

    def describe() -> Document:
        limit, dry_run, explain = options.limit(session), options.dry_run, options.explain
        asked = [question.text for question in open_questions]
        return show_plan.describe(registry, plan, asked, limit=limit, dry_run=dry_run, explain=explain)

    if options.dry_run:
        return describe()
    session.show(describe())
    if open_questions:
        raise decision_needed(open_questions)
    decision = _ask_decision(session, plan)
    if decision:
        plan = plan.decide(decision)
    if plan.rejected and not decided.skip_rejected and session.terminal and not session.settings.yes:
        session.agree(_rejected_question(plan))
        plan = plan.without_rejected()
    elif plan.changes and (not plan.rejected or decided.skip_rejected):
        session.agree(". ".join((*plan.doubts, kind.question(plan.changes))))
    return apply_plan(registry, plan)


def _ask_questions(terminal: Prompter, asked: Sequence[Question], options: Options) -> Options:
    """The options with the officer's answers."""
    for question in asked:
        if not question.is_open(options):
            continue
        if question.choices is YES_OR_NO:
            answer = "yes" if terminal.confirm(question.text) else "no"
        else:
            answer = _read_answer(
                question, terminal.ask(question.text, partial(_read_answer, question), question.default)
            )
        options = question.answered(options, answer)
    return options


def _read_answer(question: Question, text: str) -> str:
    """The answer as a code of the choices or as a year. Raises UnknownAnswer, ValueRejected."""
    if question.choices:
        return parse_choice(text, question.choices, errors.UnknownAnswer)
    return str(read_field(BUSINESS["data_year"]._replace(required=True), text)[0])


def _rejected_question(plan: Plan) -> str:
    """The question whether the rows without a problem are imported."""
    if not plan.changes:
        return plural("Write the rejected row to a file?", "Write the {count} rejected rows to a file?", plan.rejected)
    question = _("Leave out the rejected rows ({count}) and import the others ({changes})?")
    return question.format(count=number(plan.rejected), changes=number(plan.changes))


def _decision(word: str | None) -> str | None:
    return None if word == ASK.code else word


def _ask_decision(session: Session, plan: Plan) -> str | None:
    """The decision on rows that match a record but differ; None if it is already made or nobody can be asked."""
    if session.terminal is None or plan.options.on_duplicate or not plan.undecided:
        return None
    decisions = plan.kind.decisions
    question = plural(
        "{count} row matches a record but has different values ({answers})?",
        "{count} rows match a record but have different values ({answers})?",
        plan.undecided,
        answers=join_words(decisions),
    )

    def check(answer: str) -> None:
        _decision_of(decisions, answer)

    return _decision_of(decisions, session.terminal.ask(question, check, words(decisions)[1]))


def _decision_of(decisions: Sequence[Choice], answer: str) -> str:
    return parse_choice(answer, decisions, errors.UnknownAnswer)


def template(
    context: typer.Context,
    kind: Annotated[str, choice_argument("KIND", N_("what it is for"), template_file.CHOICES)],
) -> Document:
    """Make an empty spreadsheet to fill in."""
    session: Session = context.obj
    registry = session.registry() if session.path.exists() else None
    return template_file.template(registry, kind, kept=session.settings.output is not None)


KindOfWord = Annotated[str, choice_argument("KIND", N_("what the word is for"), alias_kinds.CHOICES)]
Written = Annotated[str, typer.Argument(metavar="WORD", help=N_("as the office writes it"))]


def alias(
    context: typer.Context,
    kind: KindOfWord,
    word: Written,
    meaning: Annotated[str, typer.Argument(metavar="MEANING", help=N_("what it means"))],
) -> Document:
    """Save what a word means in this office."""
    return aliases.add_alias(context.obj.registry(), kind, word, meaning)


def list_aliases(context: typer.Context) -> Document:
    """List the saved aliases."""
    return aliases.list_aliases(context.obj.registry())


def remove_alias(context: typer.Context, kind: KindOfWord, word: Written) -> Document:
    """Remove an alias."""
    return aliases.remove_alias(context.obj.registry(), kind, word)
