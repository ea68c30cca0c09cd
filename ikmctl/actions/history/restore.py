"""Going back to a backup: what would be lost, asked about first; and doing it."""

from dataclasses import dataclass
from pathlib import Path

from ikmctl import errors
from ikmctl.actions.history.backups import known_backups
from ikmctl.actions.history.changes import list_changes, show_moment
from ikmctl.document import Caution, Document, Text, done
from ikmctl.language import _, count_of_rows, plural
from ikmctl.registry.file import backup as files
from ikmctl.registry.file import restore
from ikmctl.registry.file.database import Registry
from ikmctl.registry.file.restore import Loss
from ikmctl.registry.history.backup_log import COMMAND
from ikmctl.registry.history.changes import Entry, entry

#: How many of the changes that would be lost are shown.
_MOST_SHOWN = 20


@dataclass(frozen=True)
class Plan:
    """What a restore would do. Without a `loss` the present file cannot be read, or there is none."""

    backup: Path
    loss: Loss | None
    #: How many changes would be lost; None where nobody can tell.
    lost: int | None
    document: Document
    question: str


def plan(path: Path, registry: Registry | None, problem: errors.RegistryError | None, wanted: str) -> Plan:
    """What going back to a backup would lose; `problem` says why there is no `registry`.

    Raises NoSuchBackup, SeveralBackups, and for a backup that is none NotARegistry, RegistryNewer, RegistryDamaged.
    """
    backup = _find(path, registry, wanted)
    contents = files.read_contents(backup)
    held = _("{file} holds {businesses} and the changes up to no. {number}, made {when}.").format(
        file=backup,
        businesses=plural("{count} business", "{count} businesses", contents.businesses),
        number=contents.last_change,
        when=show_moment(contents.last_change_at) if contents.last_change_at else "–",
    )
    if registry is not None:
        try:
            restore.require_sound(registry)
            loss = restore.find_loss(registry, backup)
            lost = _lost(registry, loss)
        except errors.RegistryDamaged as error:
            problem = error
        else:
            return Plan(backup, loss, len(lost), _describe(held, loss, lost), _question(loss, lost))
    if problem is None or (path.exists() and not path.is_file()):
        raise problem or errors.RegistryMissing(file=path)
    texts = [held, str(problem)]
    if not isinstance(problem, errors.RegistryMissing):
        texts.append(_("It is not known what would be lost."))
    document = Document("list", tuple(map(Text, texts)), title=_("To be restored"))
    return Plan(backup, None, None, document, _("Put the backup in its place?"))


def _find(path: Path, registry: Registry | None, wanted: str) -> Path:
    """The file that is meant: a path, or the name of a known backup."""
    named = Path(wanted)
    if named.exists():
        if path.exists() and named.samefile(path):
            raise errors.UsageError(_("{file} is the registry itself, not a backup.").format(file=named))
        return named
    found = [each.path for each in known_backups(path, registry).found if each.path.name == wanted]
    if not found:
        raise errors.NoSuchBackup(name=wanted)
    if len(found) > 1:
        raise errors.SeveralBackups(name=wanted, candidates=", ".join(map(str, found)))
    return found[0]


def _lost(registry: Registry, loss: Loss) -> list[Entry]:
    """The changes that would be lost, but for those that only say that a backup was made."""
    with registry.read() as connection:
        found = (entry(connection, change) for change in loss.changes)
        return [each for each in found if each and each.command != COMMAND]


def _describe(held: str, loss: Loss, lost: list[Entry]) -> Document:
    """The changes that would be lost, each with its number, time, user, command and rows."""
    title = _("To be lost")
    texts = [Text(held)]
    if not loss.same_registry:
        texts.append(Text(_("This is a backup of another registry: everything in the present one would be replaced.")))
    if loss.others:
        message = plural(
            "The backup has {count} change that the registry does not have.",
            "The backup has {count} changes that the registry does not have.",
            loss.others,
        )
        texts.append(Text(message))
    if not lost:
        return Document("list", (*texts, Text(_("Nothing would be lost."))), title=title)
    people, machines = list_changes(lost[:_MOST_SHOWN], title)
    more = len(lost) - _MOST_SHOWN
    rest = (Text(plural("… and {count} earlier change.", "… and {count} earlier changes.", more)),) if more > 0 else ()
    return Document("list", (*texts, people, *rest, machines), title=title)


def _question(loss: Loss, lost: list[Entry]) -> str:
    if not loss.same_registry:
        return _("Replace this registry by another one?")
    if not lost:
        return _("Go back to this backup?")
    rows = count_of_rows(sum(each.rows for each in lost))
    return plural(
        "Go back to this backup, without this change ({rows})?",
        "Go back to this backup, without these {count} changes ({rows})?",
        len(lost),
        rows=rows,
    )


def replace_contents(registry: Registry, plan: Plan, loss: Loss) -> Document:
    """Restore over a registry that can be read. Raises RestoreOutdated, RegistryBusy and the other RegistryErrors."""
    with restore.prepared(plan.backup, registry.path, plan.backup.name) as new:
        aside = restore.replace_contents(registry, new, loss.latest)
        return _restored(plan, registry.path, aside, new.change)


def replace_file(path: Path, plan: Plan) -> Document:
    """Restore where the present file cannot be read, or is not there. The registry is not open."""
    with restore.prepared(plan.backup, path, plan.backup.name) as new:
        aside = restore.replace_file(path, new)
        return _restored(plan, path, aside, new.change)


def _restored(plan: Plan, path: Path, aside: Path | None, change: int) -> Document:
    told = [
        _("Restored {file} from {backup}; it is change no. {number}.").format(
            file=path, backup=plan.backup, number=change
        )
    ]
    if plan.lost:
        told.append(plural("{count} change was left behind.", "{count} changes were left behind.", plan.lost))
    if aside:
        told.append(Caution(_("The file as it was is kept: {file}").format(file=aside)))
        if plan.lost is not None:
            told.append(_("To go back to it: ikmctl restore {name}").format(name=aside.name))
    return done(
        *told,
        file=str(path),
        backup=str(plan.backup),
        kept=str(aside) if aside else None,
        lost=plan.lost,
        change=change,
    )
