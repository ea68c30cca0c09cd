"""Errors of exports, of importing them, and of comparisons."""

from ikmctl.errors.base import USAGE, IkmError, Rejected
from ikmctl.language import N_


class FolderRefused(IkmError):
    code = "folder-refused"
    sentence = N_("{folder} cannot be written: {reason}.")
    remedy = N_("Choose another folder. An export without datapackage.json is not complete.")


class FolderNotEmpty(IkmError):
    code = "folder-not-empty"
    sentence = N_("{folder} is not empty: it contains {found}.")
    remedy = N_("Choose another folder, or add --yes to replace the earlier export in it. Other files are kept.")


class NotEmpty(Rejected):
    code = "not-empty"
    sentence = N_("An export can only be imported into an empty registry; this one contains {found}.")
    remedy = N_(
        "Create a registry and import it there: ikmctl --db NEW.db init, ikmctl --db NEW.db import-registry DIRECTORY"
    )


class NamedTwice(IkmError):
    code = "named-twice"
    exit_status = USAGE
    sentence = N_("{file} is compared with itself.")
    remedy = N_("Give each registry or indicator file once. The registry in use (--db) is always included.")


class OtherPeriod(Rejected):
    code = "other-period"
    sentence = N_("{file} contains the indicators of {found}, but the comparison is for {wanted}.")
    remedy = N_("Compare that period: --period {found}. Or ask for a new file: ikmctl export-indicators FILE {wanted}")
