"""The history of changes and undo; who saw personal data, and the rights of a person to see and erase them."""

from collections.abc import Callable
from typing import Annotated

import typer

from ikmctl.actions.history import changes
from ikmctl.actions.history import undo as undo_actions
from ikmctl.commands.options import RevealOption, choice_option, read_limit, whole_number
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.domain.entities import RECORDS
from ikmctl.errors import UsageError
from ikmctl.language import N_, _


def command(name: str) -> Callable[..., Document]:
    """The function for the command with this name."""
    functions: dict[str, Callable[..., Document]] = {
        "history": history,
        "undo": undo,
        "access-log": access_log,
        "person-report": person_report,
        "erase-person": erase_person,
    }
    return functions[name]


_KINDS = [entity.choice for entity in RECORDS.values()]
ChangeArgument = Annotated[
    str | None, typer.Argument(metavar="CHANGE", help=N_("number of the change; default: the latest"))
]


def history(
    context: typer.Context,
    record: Annotated[
        str | None, typer.Argument(metavar="RECORD", help=N_("number or name of a business; default: all changes"))
    ] = None,
    kind: Annotated[
        str,
        choice_option("--kind", "KIND", N_("what kind of record it is"), _KINDS),
    ] = "business",
    change: Annotated[
        str | None, typer.Option("--change", metavar="NUMBER", help=N_("show one change field by field"))
    ] = None,
    limit: Annotated[str | None, typer.Option("--limit", metavar="NUMBER", help=N_("how many; 0 for all"))] = None,
    reveal: RevealOption = False,
) -> Document:
    """Show who changed what, with the values before and after."""
    shown = read_limit(limit, 20 if change is None else 500)
    number = None if change is None else _number(change)
    count = -1 if shown is None else shown
    return changes.show(context.obj.registry(), record, kind, number, limit=count, reveal=reveal)


def undo(
    context: typer.Context,
    change: ChangeArgument = None,
    changes: Annotated[
        str | None, typer.Option("--change", metavar="A..B", help=N_("all changes from number A to number B"))
    ] = None,
    with_later: Annotated[
        bool, typer.Option("--with-later", help=N_("also undo the later changes that build on it"))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("show what would be undone and stop"))] = False,
) -> Document:
    """Undo a change."""
    session: Session = context.obj
    wanted = _wanted(change, changes)._replace(with_later=with_later)
    plan = undo_actions.plan_undo(session.registry(), wanted)
    if dry_run:
        return undo_actions.describe(session.registry(), plan)
    if not session.settings.yes:
        session.show(undo_actions.describe(session.registry(), plan))
    session.agree(undo_actions.question(plan))
    return undo_actions.undo(session.registry(), plan)


def _wanted(change: str | None, changes: str | None) -> undo_actions.Wanted:
    """The changes that the argument or the option --change names: one, a range, or none for the latest."""
    if change is not None and changes is not None:
        raise UsageError(_("Name a change, or --change A..B; not both."))
    named = changes if change is None else change
    if named is None:
        return undo_actions.Wanted()
    first, dots, last = named.partition("..")
    if not dots:
        return undo_actions.Wanted(_number(first))
    wanted = undo_actions.Wanted(_number(first), _number(last))
    if _number(first) > _number(last):
        raise UsageError(_("Name the earlier change first: --change {first}..{last}").format(first=last, last=first))
    return wanted


def access_log(
    context: typer.Context,
    limit: Annotated[str | None, typer.Option("--limit", metavar="NUMBER", help=N_("how many; 0 for all"))] = None,
) -> Document:
    """Show who saw personal data in full, when and of how many records."""
    from ikmctl.actions.history import access_log as log

    shown = read_limit(limit, 20)
    return log.access_log(context.obj.registry(), -1 if shown is None else shown)


PersonArgument = Annotated[str, typer.Argument(metavar="NAME|NIK", help=N_("name or NIK of the person"))]


def person_report(context: typer.Context, person: PersonArgument, reveal: RevealOption = False) -> Document:
    """Print all that is held on one person, who has the right to see it."""
    from ikmctl.actions.records import person as people

    return people.report(context.obj.registry(), person, reveal=reveal)


def erase_person(
    context: typer.Context,
    person: PersonArgument,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("show what would be erased and erase nothing"))] = False,
) -> Document:
    """Erase the data of one person, also from the history; the figures of businesses stay."""
    from ikmctl.actions.records import person as people

    session: Session = context.obj
    plan, question = people.plan_erasure(session.registry(), person)
    if dry_run:
        return plan
    session.show(plan)
    session.agree(question)
    return people.erase(session.registry(), person)


def _number(text: str) -> int:
    return whole_number(text, _("“{text}” is not the number of a change.").format(text=text))
