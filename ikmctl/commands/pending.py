"""Commands for pending values: texts that an import could not read."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from ikmctl import errors
from ikmctl.actions.records import pending
from ikmctl.actions.records.pending import PendingQuery
from ikmctl.commands.options import RevealOption, option, whole_number
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.language import N_, _


def command(name: str) -> Callable[..., Document]:
    """The function of the command of this name."""
    functions: dict[str, Callable[..., Document]] = {
        "list-pending": list_pending,
        "mend-pending": mend_pending,
        "dismiss-pending": dismiss_pending,
    }
    return functions[name]


FieldOption = Annotated[str | None, option("--field", "FIELD", N_("only values of this field"))]
TextOption = Annotated[str | None, option("--text", "TEXT", N_("only values with this text"))]


def list_pending(
    context: typer.Context,
    field: FieldOption = None,
    text: TextOption = None,
    reason: Annotated[
        str | None, option("--reason", "WORDS", N_("only values with these words in the problem"))
    ] = None,
    import_: Annotated[
        str | None, option("--import", "NUMBER", N_("only values that the import with this change number set aside"))
    ] = None,
    business: Annotated[str | None, option("--business", "RECORD", N_("only values of this business"))] = None,
    each: Annotated[
        bool, typer.Option("--each", help=N_("one row for each value, as always in files and machine formats"))
    ] = False,
    reveal: RevealOption = False,
) -> Document:
    """List the values that an import could not read."""
    session: Session = context.obj
    change = (
        None
        if import_ is None
        else whole_number(import_, _("{option} takes the number of a change.").format(option="--import"))
    )
    settings = session.settings
    each = each or settings.output is not None or settings.format not in (None, "table")
    query = PendingQuery(field, reason, text, change, business)
    return pending.list_pending(session.registry(), query, each=each, reveal=reveal)


def mend_pending(
    context: typer.Context,
    number: Annotated[str | None, typer.Argument(metavar="NUMBER", help=N_("number of the pending value"))] = None,
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help=N_("the right value"))] = None,
    text: TextOption = None,
    as_: Annotated[
        str | None, option("--as", "VALUE", N_("the right value for all pending values with this text"))
    ] = None,
    field: FieldOption = None,
) -> Document:
    """Give the right value for a text that an import could not read."""
    if text is not None and as_ is not None and number is None:
        return pending.mend_pending(context.obj.registry(), PendingQuery(field=field, text=text), as_)
    if number is None or value is None or text is not None or as_ is not None:
        raise errors.UsageError(_("Give a number and a value, or --text and --as."))
    return pending.mend_pending(context.obj.registry(), PendingQuery(numbers=_numbers([number])), value)


def dismiss_pending(
    context: typer.Context,
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="NUMBER…", help=N_("numbers of pending values"))
    ] = None,
    text: TextOption = None,
    field: FieldOption = None,
) -> Document:
    """Dismiss texts that an import could not read: their fields stay empty."""
    if bool(numbers) == bool(text or field):
        raise errors.UsageError(_("Give numbers, or --text or --field."))
    query = PendingQuery(field=field, text=text, numbers=_numbers(numbers or ()))
    return pending.dismiss_pending(context.obj.registry(), query)


def _numbers(texts: Sequence[str]) -> list[int]:
    return [whole_number(text, _("A pending value is named by its number.")) for text in texts]
