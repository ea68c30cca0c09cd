"""What several commands share: options, parsers of words and numbers, and the making of Typer functions."""

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.domain.choices import Choice, parse_choice
from ikmctl.errors import UnknownWord, UsageError
from ikmctl.language import N_, _

PERIODS = N_("2021-10, 2021-Q4, 2021-H2 or 2021; default: the last month that ended")
PeriodArgument = Annotated[str | None, typer.Argument(metavar="PERIOD", help=PERIODS)]

REVEAL = N_("show personal data in full; this is logged in the history")
RevealOption = Annotated[bool, typer.Option("--reveal", help=REVEAL)]


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
