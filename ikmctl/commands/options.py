"""What several commands share: options, also those made from fields; parsers of words and numbers; questions."""

import inspect
from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any

import typer

from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.domain.choices import Choice, join_words, parse_choice, words
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.values.kinds import LINE, SWITCH
from ikmctl.errors import EmptyAnswer, MissingValue, UnknownWord, UsageError
from ikmctl.language import N_, _
from ikmctl.registry.file.database import Connection

#: Field name → what was given for it.
FieldValues = dict[str, Any]

PERIODS = N_("2021-10, 2021-Q4, 2021-H2 or 2021; default: the last month that ended")
PeriodArgument = Annotated[str | None, typer.Argument(metavar="PERIOD", help=PERIODS)]

REVEAL = N_("show personal data in full; this is logged, see access-log")
RevealOption = Annotated[bool, typer.Option("--reveal", help=REVEAL)]


#: People and places of a study visit, when an event is added and later.
DELEGATE = Field(
    "delegate",
    LINE,
    N_("Delegate"),
    help=N_("NAME / POSITION / ORGANISATION, or a position alone; may be repeated"),
    repeatable=True,
)
VISITED = Field(
    "visited",
    LINE,
    N_("Visited"),
    help=N_("a business, group or sentra that was visited; may be repeated"),
    repeatable=True,
)


class ChoiceParser:
    """Reads a fixed-choice value in either language and returns its code; `--help` lists the words.

    `where` is the option or argument that the error message names.
    """

    def __init__(self, choices: Sequence[Choice], where: str, error: type[UnknownWord] = UnknownWord) -> None:
        self.choices, self.where, self.error = choices, where, error
        self.__name__ = "word"  # Typer reads the name of a parser

    def __call__(self, text: str) -> str:
        """The code of the word. Raises UnknownWord, or the subclass given as `error`."""
        return parse_choice(text, self.choices, self.error, option=_(self.where))


def option(name: str, metavar: str, text: str) -> Any:
    """An option that takes a value."""
    return typer.Option(name, metavar=metavar, help=text)


def choice_option(
    name: str, metavar: str, text: str, choices: Sequence[Choice], error: type[UnknownWord] = UnknownWord
) -> Any:
    """An option that takes one of the choices."""
    return typer.Option(name, metavar=metavar, help=text, parser=ChoiceParser(choices, name, error))


def choice_argument(metavar: str, text: str, choices: Sequence[Choice], error: type[UnknownWord] = UnknownWord) -> Any:
    """A positional argument that takes one of the choices."""
    return typer.Argument(metavar=metavar, help=text, parser=ChoiceParser(choices, metavar, error))


def typer_function(run: Callable[..., Document], parameters: Sequence[inspect.Parameter]) -> Callable[..., Document]:
    """A function for Typer, whose signature is the context and these parameters."""
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)

    def command(context: typer.Context, **given: Any) -> Document:
        return run(context.obj, given)

    command.__signature__ = inspect.Signature([context, *parameters])  # type: ignore[attr-defined]  # read by Typer
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in (context, *parameters)}
    return command


def whole_number(text: str, message: str) -> int:
    """The number that was typed. Raises UsageError with this message if it is not a whole number."""
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise UsageError(message)
    return int(text)


#: Rows that a table shows without --limit; machine formats contain all rows.
SCREENFUL = 20


def default_limit(session: Session) -> int | None:
    """The number of rows of a list without --limit: a screenful for people, all (None) in a file or machine format."""
    settings = session.settings
    return SCREENFUL if settings.format in (None, "table") and not settings.output else None


def read_limit(text: str | None, default: int | None, option: str = "--limit") -> int | None:
    """The number of rows to show; None means all, typed as 0. Raises UsageError with the name of the option."""
    if text is None:
        return default
    return (
        whole_number(text, _("{option} takes a whole number, not “{text}”.").format(option=option, text=text)) or None
    )


def option_help(field: Field) -> str:
    """The help text of a field's option: label, explanation, and its choices or an example."""
    parts = [field.title]
    if field.help:
        parts.append(_(field.help))
    if field.kind.choices:
        parts.append(", ".join(words(field.kind.choices)))
    elif field.example:
        parts.append(_("e.g. {example}").format(example=field.example))
    return "; ".join(parts)


def with_fields(
    function: Callable[[Session, FieldValues], Document],
    fields: Sequence[Field],
    *positional: str,
) -> Callable[..., Document]:
    """A Typer command with the fields as options; those named `positional` are arguments."""
    parameters = []
    for field in fields:
        default: Any = None
        if field.name in positional:
            argument = typer.Argument(help=option_help(field), metavar=field.name.upper())
            annotation: Any = Annotated[str | None, argument]
        elif field.kind is SWITCH:
            annotation, default = Annotated[bool, typer.Option(field.option, help=option_help(field))], False
        else:
            option = typer.Option(field.option, help=option_help(field), metavar=_metavar(field))
            annotation = Annotated[list[str] | None if field.repeatable else str | None, option]
        keyword = inspect.Parameter.KEYWORD_ONLY
        parameters.append(inspect.Parameter(field.name, keyword, default=default, annotation=annotation))

    def run(session: Session, given: FieldValues) -> Document:
        return function(session, {name: value for name, value in given.items() if value not in (None, False, [])})

    return typer_function(run, parameters)


def _metavar(field: Field) -> str:
    return field.kind.name.upper().replace(" ", "-")


def ask_for_values(session: Session, entity: Entity, given: FieldValues) -> FieldValues:
    """The given values and those that the officer enters when asked: the required ones, then the rest if wanted.

    Without a terminal nothing is asked.
    """
    from ikmctl.domain.values.clean_text import is_empty

    terminal = session.terminal
    missing = [field for field in entity.given if field.required and field.name not in given]
    if terminal is None or not missing:
        return given
    values = dict(given)
    for field in missing:
        values[field.name] = terminal.ask(_question(field), partial(_check, field))
    rest = [field for field in entity.given if not field.required and field.name not in given]
    if not terminal.confirm(_("Enter the other data now? Press Enter to skip a field.")):
        return values
    for field in rest:
        answer = terminal.ask(_question(field), partial(_check, field))
        if answer and not is_empty(answer):
            values[field.name] = [answer] if field.repeatable else answer
    return values


def ask_record(session: Session, entity: Entity, text: str | None, command: str, placeholder: str = "RECORD") -> str:
    """The name or number of a record: as given, else as typed at the terminal. Raises MissingValue off a terminal."""
    from ikmctl.registry.records.find import find

    def find_record(connection: Connection, wanted: str) -> None:
        find(connection, entity.name, wanted)

    return ask_name(session, text, _(entity.label), find_record, _(placeholder), command)


def ask_name(
    session: Session,
    text: str | None,
    kind: str,
    find: Callable[[Connection, str], object],
    placeholder: str,
    command: str,
) -> str:
    """The name or number of something of this kind: as given, else as typed, until `find` finds it.

    Raises MissingValue, with the placeholder of the argument, if there is no terminal.
    """
    if text is not None:
        return text
    if session.terminal is None:
        raise MissingValue(what=placeholder, command=command)

    def check(answer: str) -> None:
        if not answer:
            raise EmptyAnswer(what=_("The name"))
        with session.registry().read() as connection:
            find(connection, answer)

    return session.terminal.ask(_("Number or name of the {kind}").format(kind=kind), check)


def _check(field: Field, text: str) -> None:
    """Check what was typed for a field; an event may begin with a range of days."""
    from ikmctl.actions.records.lookup import read_field

    if (text or field.required) and not (field.name == "starts_on" and _is_span(text)):
        read_field(field, text)


def _is_span(text: str) -> bool:
    from ikmctl.domain.problems import Unreadable
    from ikmctl.domain.values.dates import read_span

    try:
        read_span(text)
    except Unreadable:
        return False
    return True


def _question(field: Field) -> str:
    if field.kind.choices:
        return f"{field.title} ({join_words(field.kind.choices)})"
    example = _("e.g. {example}").format(example=field.example) if field.example else ""
    hint = "; ".join(filter(None, (_(field.help) if field.help else "", example)))
    return f"{field.title} ({hint})" if hint else field.title
