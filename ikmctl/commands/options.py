"""What the options of several commands have in common."""

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from ikmctl.actions.document import Document
from ikmctl.errors import UsageError
from ikmctl.language import N_, _

PERIODS = N_("2021-10, 2021-Q4, 2021-H2 or 2021; else the last month that ended")
PeriodArgument = Annotated[str | None, typer.Argument(metavar="PERIOD", help=PERIODS)]

REVEAL = N_("show personal data in full; this is written into the history")
RevealOption = Annotated[bool, typer.Option("--reveal", help=REVEAL)]


def option(name: str, metavar: str, text: str) -> Any:
    """An option that takes a value."""
    return typer.Option(name, metavar=metavar, help=text)


def declared(run: Callable[..., Document], parameters: Sequence[inspect.Parameter]) -> Callable[..., Document]:
    """The function with the context and these parameters, as Typer reads them off it."""
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)

    def command(context: typer.Context, **given: Any) -> Document:
        return run(context.obj, given)

    command.__signature__ = inspect.Signature([context, *parameters])  # type: ignore[attr-defined]  # read by Typer
    command.__annotations__ = {each.name: each.annotation for each in (context, *parameters)}
    return command


def whole_number(text: str, otherwise: str) -> int:
    """The number that was typed; `otherwise` is said of what is none. Raises UsageError."""
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise UsageError(otherwise)
    return int(text)


def limit(text: str | None, default: int | None) -> int | None:
    """How many rows; 0 means all. Raises UsageError."""
    if text is None:
        return default
    return whole_number(text, _("--limit takes a whole number, not “{text}”.").format(text=text)) or None
