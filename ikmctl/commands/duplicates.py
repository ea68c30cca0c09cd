"""Commands for businesses that were entered twice: finding, merging and telling them apart."""

from collections.abc import Callable
from typing import Annotated

import typer

from ikmctl.commands.options import RevealOption, ask_record, default_limit, option, read_limit, whole_number
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.domain.entities import BUSINESS
from ikmctl.errors import UsageError
from ikmctl.language import N_, _


def command(name: str) -> Callable[..., Document]:
    """The function for the command with this name."""
    functions: dict[str, Callable[..., Document]] = {
        "find-duplicates": find_duplicates,
        "mark-different": mark_different,
        "merge-businesses": merge_businesses,
    }
    return functions[name]


BusinessArgument = Annotated[str | None, typer.Argument(metavar="BUSINESS", help=N_("number or name"))]
OtherArgument = Annotated[str | None, typer.Argument(metavar="OTHER", help=N_("number or name of the other business"))]


def find_duplicates(
    context: typer.Context,
    score: Annotated[
        str | None,
        typer.Option("--score", metavar="PERCENT", help=N_("how alike they must be, from 1 to 100; default: 80")),
    ] = None,
    limit: Annotated[str | None, typer.Option("--limit", metavar="NUMBER", help=N_("how many; 0 for all"))] = None,
) -> Document:
    """List pairs of businesses that may be one."""
    from ikmctl.actions.records import duplicates

    shown = read_limit(limit, default_limit(context.obj))
    return duplicates.find_duplicates(context.obj.registry(), None if score is None else _score(score), shown)


def _score(text: str) -> int:
    message = _("--score is a whole number from 1 to 100.")
    score = whole_number(text.removesuffix("%"), message)
    if not 1 <= score <= 100:
        raise UsageError(message)
    return score


def mark_different(context: typer.Context, business: BusinessArgument = None, other: OtherArgument = None) -> Document:
    """Mark two businesses as different."""
    from ikmctl.actions.records import duplicates

    session: Session = context.obj
    one = ask_record(session, BUSINESS, business, "mark-different", "BUSINESS")
    two = ask_record(session, BUSINESS, other, "mark-different", "OTHER")
    return duplicates.mark_different(session.registry(), one, two)


def merge_businesses(
    context: typer.Context,
    keep: Annotated[
        str | None, typer.Argument(metavar="KEEP", help=N_("number or name of the business that stays"))
    ] = None,
    other: Annotated[
        str | None, typer.Argument(metavar="OTHER", help=N_("number or name of the business that goes into it"))
    ] = None,
    take: Annotated[
        list[str] | None,
        option("--take", "FIELD", N_("a field in which the value of OTHER stays where both have one; may be repeated")),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("compare field by field and stop"))] = False,
    reveal: RevealOption = False,
) -> Document:
    """Merge two records of one business."""
    from ikmctl.actions.records import merge
    from ikmctl.registry.history.access import log_access

    session: Session = context.obj
    one = ask_record(session, BUSINESS, keep, "merge-businesses", "KEEP")
    two = ask_record(session, BUSINESS, other, "merge-businesses", "OTHER")
    comparison = merge.compare(session.registry(), one, two, take or (), reveal=reveal)
    if reveal:
        log_access(session.registry(), "merge-businesses", f"{one}, {two}", 2)
    if dry_run:
        return comparison.document
    session.show(comparison.document)
    session.agree(comparison.question)
    return merge.merge_businesses(session.registry(), one, two, take or ())
