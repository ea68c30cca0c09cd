"""Commands that keep the registry safe: backups, and going back to one."""

from collections.abc import Callable
from typing import Annotated

import typer

from ikmctl import errors
from ikmctl.actions.history import backups
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.language import N_
from ikmctl.registry.file.database import Registry


def command(name: str) -> Callable[..., Document]:
    """The function for the command with this name."""
    functions: dict[str, Callable[..., Document]] = {
        "backup": backup,
        "list-backups": list_backups,
        "restore": restore,
    }
    return functions[name]


def backup(
    context: typer.Context,
    folder: Annotated[
        str | None, typer.Argument(metavar="FOLDER", help=N_("where to make it, such as a stick; default: as set"))
    ] = None,
) -> Document:
    """Make a backup of the registry, and check it."""
    return backups.backup(context.obj.registry(), folder)


def list_backups(context: typer.Context) -> Document:
    """List the backups of the registry."""
    session: Session = context.obj
    return backups.list_backups(session.path, _registry_if_readable(session)[0])


def _registry_if_readable(session: Session) -> tuple[Registry | None, errors.RegistryError | None]:
    """The registry, or why there is none that can be read. Raises what a restore would not mend."""
    try:
        return session.registry(), None
    except (errors.RegistryMissing, errors.RegistryDamaged, errors.NotARegistry) as error:
        return None, error


def restore(
    context: typer.Context,
    backup: Annotated[str, typer.Argument(metavar="FILE", help=N_("a backup, as list-backups names it, or any path"))],
) -> Document:
    """Go back to a backup; the present file is kept."""
    from ikmctl.actions.history import restore as restoring

    session: Session = context.obj
    plan = restoring.plan(session.path, *_registry_if_readable(session), backup)
    session.show(plan.document)
    session.agree(plan.question)
    if plan.loss is None:
        session.close()
        return restoring.replace_file(session.path, plan)
    return restoring.replace_contents(session.registry(), plan, plan.loss)
