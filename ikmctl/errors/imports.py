"""Errors of files that are imported, and of aliases."""

from ikmctl.errors.base import NOT_FOUND, IkmError, Rejected
from ikmctl.language import N_, N_plural


class FileRefused(Rejected):
    """A file that ikmctl cannot read as a table."""

    code = "file-refused"
    sentence = N_("{file}: {reason}.")
    remedy = N_("{advice}")


class RowsRejected(Rejected):
    code = "rows-rejected"
    sentence_for_one, sentence = N_plural(
        "{count} of {total} rows was rejected; nothing was imported.",
        "{count} of {total} rows were rejected; nothing was imported.",
    )
    remedy = N_(
        "Correct the rows (--dry-run lists them) and import the file again, or import the others: --skip-rejected"
    )


class DecisionNeeded(Rejected):
    code = "decision-needed"
    sentence = N_("Nothing was imported, because a decision is needed: {question}")
    remedy = N_("Decide with {option}.")


class DuplicatesUndecided(Rejected):
    code = "duplicates-undecided"
    sentence_for_one, sentence = N_plural(
        "{count} row matches a business or an earlier row but has different values; nothing was imported.",
        "{count} rows match a business or an earlier row but have different values; nothing was imported.",
    )
    remedy = N_(
        "Choose with --on-duplicate: update (use the row's values), skip (leave the row out) or new (add a business)."
    )


class UpdatesUndecided(Rejected):
    """As DuplicatesUndecided, for kinds of record where a matching row is always the same record."""

    code = "updates-undecided"
    sentence_for_one, sentence = N_plural(
        "{count} row matches a record but has different values; nothing was imported.",
        "{count} rows match a record but have different values; nothing was imported.",
    )
    remedy = N_("Choose with --on-duplicate: update (use the file's values) or skip (keep the registry's).")


class TwiceInFile(Rejected):
    code = "twice-in-file"
    sentence = N_("conflicts with row {row}, which is about the same record.")
    remedy = N_("Keep the correct one of the two rows.")


class OtherDay(Rejected):
    code = "other-day"
    sentence = N_("{name} (no. {number}) began on {date}, but the row says {given}.")
    remedy = N_("Correct the date, or register the other event first: ikmctl add-event")


class EventWithoutDay(Rejected):
    """An event of a list of participants that cannot be created."""

    code = "event-without-day"
    sentence = N_("No event has the name “{name}”, and the row gives no date, which a new one needs.")
    remedy = N_('Give the date with --starts-on, or name its column: --map "HEADING=starts_on"')


class UnknownMeaning(IkmError):
    code = "unknown-meaning"
    exit_status = NOT_FOUND
    sentence = N_("“{meaning}” is not a known {kind}.")
    remedy = N_("Possible meanings: {candidates}")


class NoPendingValue(IkmError):
    code = "no-pending-value"
    exit_status = NOT_FOUND
    sentence = N_("There is no such open pending value.")
    remedy = N_("See: ikmctl list-pending")


class NoSuchPendingValue(IkmError):
    code = "no-such-pending-value"
    exit_status = NOT_FOUND
    sentence = N_("There is no open pending value no. {number}.")
    remedy = N_("See: ikmctl list-pending")


class NoSuchAlias(IkmError):
    code = "no-such-alias"
    exit_status = NOT_FOUND
    sentence = N_("There is no {kind} alias “{word}”.")
    remedy = N_("See: ikmctl list-aliases")


class PlanOutdated(IkmError):
    code = "plan-outdated"
    sentence = N_("The registry was changed by another program while you looked at the plan; nothing was imported.")
    remedy = N_("Run the import again to see the new plan.")
