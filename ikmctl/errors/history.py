"""Errors of changes that cannot be undone."""

from ikmctl.errors.base import NOT_FOUND, IkmError, Rejected
from ikmctl.language import N_


class NothingToUndo(IkmError):
    code = "nothing-to-undo"
    exit_status = NOT_FOUND
    sentence = N_("There is no change to undo.")
    remedy = N_("See: ikmctl history")


class NoSuchChange(IkmError):
    code = "no-such-change"
    exit_status = NOT_FOUND
    sentence = N_("There is no change no. {number}.")
    remedy = N_("See: ikmctl history")


class AlreadyUndone(Rejected):
    code = "already-undone"
    sentence = N_("Change no. {number} has already been undone, by no. {by}.")
    remedy = N_("To bring it back: ikmctl undo {by}")


class BuiltUpon(Rejected):
    code = "built-upon"
    sentence = N_(
        "Change no. {number} cannot be undone alone. Later changes build on it: {later}. Records concerned: {records}."
    )
    remedy = N_("To undo these changes too: ikmctl undo {words} --with-later")


class UndoOutdated(IkmError):
    code = "undo-outdated"
    sentence = N_("The registry was changed while you were asked. Nothing was undone.")
    remedy = N_("Repeat the command.")


class Referenced(Rejected):
    code = "referenced"
    sentence = N_("This record cannot be removed while other records refer to it: {records}.")
    remedy = N_("Change or undo those records first; see: ikmctl history")
