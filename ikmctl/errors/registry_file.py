"""Errors of the registry file."""

from ikmctl.errors.base import NOT_FOUND, REGISTRY, REJECTED, IkmError
from ikmctl.language import N_


class RegistryError(IkmError):
    code = "registry"
    exit_status = REGISTRY


class RegistryMissing(RegistryError):
    code = "registry-missing"
    sentence = N_("There is no registry at {file}.")
    remedy = N_("Create one with: ikmctl init, or choose another with --db FILE. To try ikmctl out: ikmctl demo")


class RegistryExists(RegistryError):
    code = "registry-exists"
    sentence = N_("A file already exists at {file}; it was not changed.")
    remedy = N_("Choose another place with --db FILE.")


class NotARegistry(RegistryError):
    code = "not-a-registry"
    sentence = N_("{file} is not a registry: {reason}.")
    remedy = N_("Choose the registry with --db FILE. To import a spreadsheet: ikmctl import-businesses FILE")


class RegistryNewer(RegistryError):
    code = "registry-newer"
    sentence = N_("{file} was written by a newer ikmctl (file version {found}, this program supports {known}).")
    remedy = N_("Update ikmctl on this computer. The file was not changed.")


class RegistryOlder(RegistryError):
    code = "registry-older"
    sentence = N_("{file} was written by an older ikmctl (file version {found}, this program supports {known}).")
    remedy = N_("This command only reads it. Its office can update it with: ikmctl --db FILE status")


class RegistryUnfinished(RegistryError):
    code = "registry-unfinished"
    sentence = N_("A change to {file} was interrupted.")
    remedy = N_("This command only reads it. Its office can repair it with: ikmctl --db FILE status")


class RegistryBusy(RegistryError):
    code = "registry-busy"
    sentence = N_("{file} is in use by {holder} and was not released within {seconds} seconds.")
    remedy = N_("Close the other program, or wait a moment, and try again. Nothing was changed.")


class RegistryReadOnly(RegistryError):
    code = "registry-read-only"
    sentence = N_("{file} cannot be written.")
    remedy = N_("Check that the file and its folder are not write-protected. Nothing was changed.")


class RegistryDamaged(RegistryError):
    code = "registry-damaged"
    sentence = N_("{file} is damaged: {reason}.")
    remedy = N_("Do not write to it. Restore the latest backup of the file.")


class RegistryUnwritable(RegistryError):
    code = "registry-unwritable"
    sentence = N_("The registry could not be written: {reason}.")
    remedy = N_("Check that the disk is connected and has free space. Nothing was changed.")


class CommitUnknown(RegistryError):
    """COMMIT failed, and the file could not be read to see whether the change was saved."""

    code = "commit-unknown"
    sentence = N_("The disk failed while the change was being saved. It is not known whether it is in {file}.")
    remedy = N_("Check that the disk is connected. Then check whether the change is listed: ikmctl history")


class RegistryRefuses(RegistryError):
    code = "registry-refuses"
    exit_status = REJECTED
    sentence = N_("A database constraint failed: {reason}.")
    remedy = N_("Nothing was changed. See: ikmctl history")


class BackupFailed(RegistryError):
    code = "backup-failed"
    sentence = N_("No backup could be written to {folder}: {reason}.")
    remedy = N_("Free space there, or choose another folder. Nothing was changed.")


class AutomaticBackupFailed(BackupFailed):
    """A command that makes a backup first is refused; the officer may decide to do without."""

    code = "automatic-backup-failed"
    remedy = N_(
        "Nothing was changed. Free space there, or choose another folder: ikmctl set backups --folder FOLDER. To go on "
        "without automatic backups: ikmctl set backups --keep 0"
    )


class NoSuchBackup(RegistryError):
    code = "no-such-backup"
    exit_status = NOT_FOUND
    sentence = N_("There is no backup “{name}”.")
    remedy = N_("See: ikmctl list-backups. Or name the file with its folder.")


class SeveralBackups(RegistryError):
    code = "several-backups"
    exit_status = NOT_FOUND
    sentence = N_("Several backups have the name “{name}”.")
    remedy = N_("Name the file with its folder: {candidates}")


class RestoreOutdated(RegistryError):
    code = "restore-outdated"
    sentence = N_("The registry was changed while you were asked. Nothing was restored.")
    remedy = N_("Repeat the command.")
