"""Backups: making one, finding and listing them, and how many of them stay where."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from ikmctl import errors
from ikmctl.actions.history.changes import show_moment
from ikmctl.document import Card, Caution, Document, Table, TableColumn, done
from ikmctl.domain.values import kinds
from ikmctl.language import N_, _, number, plural
from ikmctl.registry.file import backup as files
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.backup import Backup, Policy
from ikmctl.registry.file.database import Registry
from ikmctl.registry.history import backup_log
from ikmctl.registry.history.backup_log import ELSEWHERE, HERE, UNKNOWN, Unsaved

#: Changes that are older must be in a backup on another drive; else `status` warns.
WARN_AFTER = timedelta(days=7)
_DRIVES = {
    ELSEWHERE: N_("another drive"),
    HERE: N_("the drive of the registry"),
    UNKNOWN: N_("unknown drive"),
}
_MOST_KEPT = 1000


def backup(registry: Registry, folder: str | None) -> Document:
    """Make a backup in a folder, by default the one that is set. Raises BackupFailed, RegistryDamaged."""
    goal = Path(folder).absolute() if folder else policy_of(registry).folder
    path = files.make_backup(registry.path, goal)
    contents = files.read_contents(path)
    drive = drive_of(goal, registry.path)
    where = {
        ELSEWHERE: _("It is on another drive than the registry."),
        HERE: Caution(
            _("It is on the drive of the registry, and is lost with it. For one on a stick: ikmctl backup FOLDER")
        ),
        UNKNOWN: Caution(_("The system does not say whether it is on another drive than the registry.")),
    }[drive]
    told = [
        _("Backup made and checked: {file}").format(file=path),
        _("It holds {businesses} and all changes up to no. {number}.").format(
            businesses=plural("{count} business", "{count} businesses", contents.businesses),
            number=contents.last_change,
        ),
        where,
    ]
    try:
        backup_log.log_backup(registry, drive, str(path))
    except (errors.RegistryReadOnly, errors.RegistryUnwritable) as error:
        told.append(Caution(_("The history does not name it: {reason}").format(reason=error)))
    return done(*told, file=str(path), drive=drive, businesses=contents.businesses, last_change=contents.last_change)


def drive_of(folder: Path, registry: Path) -> str:
    """Whether a folder is on another drive than the registry, on the same, or whether nobody can tell."""
    same = files.same_drive(folder, registry)
    return UNKNOWN if same is None else HERE if same else ELSEWHERE


def policy_of(registry: Registry) -> Policy:
    """Where automatic backups are, and how many of them stay."""
    with registry.read() as connection:
        return files.policy(connection, registry.path)


class Known(NamedTuple):
    """The backups that can be found now, the latest first, and those that are only named in the history."""

    found: list[Backup]
    missing: list[backup_log.LoggedBackup]


def known_backups(path: Path, registry: Registry | None) -> Known:
    """All backups of a registry, in its folder, in the one that is set, and where the history says.

    Without a `registry`, as when its file is damaged, those beside it.
    """
    logged: list[backup_log.LoggedBackup] = []
    folders = [path.absolute().parent]
    if registry is not None:
        with registry.read() as connection:
            logged = backup_log.logged_backups(connection)
        folders.append(policy_of(registry).folder.absolute())
        folders += [Path(each.path).parent for each in logged]
    found = [each for folder in dict.fromkeys(folders) for each in _in_folder(folder, path)]
    there = {str(each.path) for each in found}
    missing = [each for each in logged if each.path not in there]
    return Known(sorted(found, key=lambda each: each.order, reverse=True), missing)


def _in_folder(folder: Path, path: Path) -> list[Backup]:
    try:
        return files.find_backups(folder, path)
    except OSError:
        return []  # a stick that is not connected; the history names its backups


def list_backups(path: Path, registry: Registry | None) -> Document:
    """The backups of a registry with what they hold, also where its own file cannot be read."""
    known = known_backups(path, registry)
    columns = (
        TableColumn("file", _("File")),
        TableColumn("made_at", _("Made")),
        TableColumn("before", _("Before"), kinds.COMMAND),
        TableColumn("businesses", _("Businesses"), kinds.COUNT),
        TableColumn("last_change", _("Last change"), kinds.NUMBER),
        TableColumn("state", _("State")),
        TableColumn("drive", _("Drive"), kinds.shown_by("drive", lambda drive: _(_DRIVES[drive]))),
        TableColumn("size", _("Bytes"), kinds.COUNT, detail=True),
        TableColumn("folder", _("Folder"), detail=True),
    )
    rows = [*_found_rows(known.found, path), *_missing_rows(known.missing)]
    messages = [_("To go back to one: ikmctl restore FILE")] if known.found else [_("There is no backup yet.")]
    if registry is None:
        messages.append(Caution(_("The registry cannot be read: only the backups beside it are listed.")))
    return Document("list", (Table("backups", _("Backups"), columns, rows),), messages=tuple(messages))


def _found_rows(found: list[Backup], path: Path) -> Iterator[tuple[object, ...]]:
    for each in found:
        businesses = last = None
        state = _("can be read")
        try:
            contents = files.read_contents(each.path)
            businesses, last = contents.businesses, contents.last_change
        except errors.RegistryError as error:
            state = _("cannot be read: {reason}").format(reason=error.facts.get("reason") or error)
        folder = each.path.parent
        drive, size = drive_of(folder, path.absolute().parent), each.path.stat().st_size
        yield each.path.name, each.made_at, each.command, businesses, last, state, drive, size, str(folder)


def _missing_rows(missing: list[backup_log.LoggedBackup]) -> Iterator[tuple[object, ...]]:
    for each in missing:
        path = Path(each.path)
        made_at, state = show_moment(each.made_at), _("not found: moved, deleted, or its drive is not connected")
        yield path.name, made_at, None, None, each.number - 1, state, each.drive, None, str(path.parent)


def set_backups(registry: Registry, keep: str | None, folder: str | None) -> Document:
    """Set how many automatic backups stay (0 for none) and in which folder (a dash for beside the registry).

    Raises UsageError, BackupFailed if the folder is not there.
    """
    settings = {}
    if keep is not None:
        settings[files.KEEP] = str(_read_keep(keep))
    if folder is not None:
        settings[files.FOLDER] = "" if folder == "-" else str(_existing(Path(folder).absolute()))
    with registry.write("set backups", ", ".join(settings)) as change:
        for name, value in settings.items():
            reference_data.save_setting(change, name, value)
    return done(*_policy_in_words(policy_of(registry), registry.path), changed=list(settings))


def _read_keep(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= _MOST_KEPT):
        raise errors.UsageError(_("--keep takes a whole number up to {most}.").format(most=number(_MOST_KEPT)))
    return int(text)


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise errors.BackupFailed(folder=folder, reason=_("there is no such folder"))
    return folder


def show_policy(registry: Registry) -> Document:
    """How many automatic backups stay, and where."""
    policy = policy_of(registry)
    columns = (TableColumn("keep", _("Automatic backups kept"), kinds.COUNT), TableColumn("folder", _("Folder")))
    card = Card("backups", _("Backups"), columns, (policy.keep, str(policy.folder)))
    return Document("object", (card,), messages=(_("To change it: ikmctl set backups --keep NUMBER --folder FOLDER"),))


def _policy_in_words(policy: Policy, path: Path) -> Iterator[str]:
    if not policy.keep:
        yield Caution(_("No automatic backups are made any more, except before the file is brought up to date."))
        return
    yield plural(
        "The latest automatic backup is kept in {folder}.",
        "The latest {count} automatic backups are kept in {folder}.",
        policy.keep,
        folder=policy.folder,
    )
    if drive_of(policy.folder, path) == HERE:
        yield _("They are on the drive of the registry: make others on a stick with ikmctl backup FOLDER.")


class State(NamedTuple):
    """The latest backups: the latest of all, the latest on another drive, and the changes that the latter lacks."""

    latest: str | None
    elsewhere: str | None
    unsaved: Unsaved

    @property
    def warning(self) -> str | None:
        """A sentence if there are changes of more than a week that no backup on another drive holds."""
        since = self.unsaved.since
        if since is None or datetime.now(timezone.utc) - datetime.fromisoformat(since) < WARN_AFTER:
            return None
        return plural(
            "{count} change, made on {day}, is in no backup on another drive.",
            "{count} changes, the first made on {day}, are in no backup on another drive.",
            self.unsaved.changes,
            day=show_moment(since)[:10],
        )


def state_of(registry: Registry) -> State:
    """The latest backups of a registry, as `status` shows them."""
    folder = policy_of(registry).folder
    beside = [each for place in {folder, registry.path.parent} for each in _in_folder(place, registry.path)]
    with registry.read() as connection:
        logged = backup_log.logged_backups(connection)
        there = next((each for each in logged if each.drive == ELSEWHERE), None)
        held, when = (there.number - 1, show_moment(there.made_at)) if there else (0, None)
        if drive_of(folder, registry.path) == ELSEWHERE and (
            last := _latest_readable(_in_folder(folder, registry.path))
        ):
            path, number_held = last
            if number_held > held:
                held, when = number_held, path.made_at
        unsaved = backup_log.changes_after(connection, held)
    moments = [*(each.made_at for each in beside), *(show_moment(each.made_at) for each in logged)]
    return State(max(moments, default=None), when, unsaved)


def _latest_readable(found: list[Backup]) -> tuple[Backup, int] | None:
    for each in found:
        try:
            return each, files.read_contents(each.path).last_change
        except errors.RegistryError:
            continue
    return None
