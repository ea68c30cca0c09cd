"""Every error, declared once: a stable code, an exit status, what went wrong, and what to do about it."""

from typing import Any, ClassVar

from ikmctl.language import N_, N_plural, _, form

FAILURE, USAGE, REJECTED, NOT_FOUND, REGISTRY, INTERRUPTED = 1, 2, 3, 4, 5, 130


class IkmError(Exception):
    """An error with a message for the officer; `facts` fill the placeholders of `sentence` and `remedy`."""

    code: ClassVar[str] = "failure"
    exit_status: ClassVar[int] = FAILURE
    sentence: ClassVar[str] = ""
    #: The sentence for a `count` of one; empty if there is no count, or if it is never one.
    sentence_for_one: ClassVar[str] = ""
    remedy: ClassVar[str] = ""

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        if not self.sentence_for_one:
            return _(self.sentence).format(**self.facts)
        count = 1 if str(self.facts["count"]) == "1" else 2
        return form(self.sentence_for_one, self.sentence, count).format(**self.facts)

    @property
    def way_out(self) -> str:
        """What the officer can do about it; may be empty."""
        return _(self.remedy).format(**self.facts)


# --- usage -----------------------------------------------------------------------------------------------------------


class UsageError(IkmError):
    code = "usage"
    exit_status = USAGE
    sentence = N_("{problem}")
    remedy = N_("See: ikmctl {command} --help")
    #: The command that was typed, empty for none. Set by `main`.
    command: str | None = None

    def __init__(self, problem: str) -> None:
        super().__init__(problem=problem)

    @property
    def way_out(self) -> str:
        """Where the command's own help is."""
        if self.command is None:
            return ""
        return _(self.remedy).format(command=self.command).replace("ikmctl  --help", "ikmctl --help")


class UnknownCommand(IkmError):
    code = "unknown-command"
    exit_status = USAGE
    sentence = N_("There is no command “{name}”.")
    remedy = N_("Did you mean: {candidates}? All commands: ikmctl --help")


class MissingValue(IkmError):
    code = "missing-value"
    exit_status = USAGE
    sentence = N_("{what} is missing.")
    remedy = N_("Give it on the command line; see: ikmctl {command} --help")


class NeedsConfirmation(IkmError):
    code = "needs-confirmation"
    exit_status = USAGE
    sentence = N_("Confirmation required, and there is no terminal to ask on.")
    remedy = N_("Add --yes to continue, or --dry-run to see what would be done.")


class Cancelled(IkmError):
    code = "cancelled"
    sentence = N_("Cancelled; nothing was changed.")


class UnknownWord(IkmError):
    """A word that is not in a closed list; `near` holds the words of the list that look like it."""

    code = "unknown-word"
    exit_status = USAGE
    sentence = N_("“{name}” is not a valid value for {option}.")
    remedy = N_("Choose one of: {candidates}")

    @property
    def way_out(self) -> str:
        """The similar words, then the whole list."""
        near = ", ".join(self.facts.get("near", ()))
        meant = _("Did you mean: {candidates}?").format(candidates=near) if near else ""
        return f"{meant} {super().way_out}".strip()


class UnknownAnswer(UnknownWord):
    code = "unknown-answer"
    sentence = N_("“{name}” is not a valid answer.")


class UnknownColumn(UnknownWord):
    code = "unknown-column"
    sentence = N_("There is no column “{name}” here.")
    remedy = N_("The columns are: {candidates}")


class NothingToChange(IkmError):
    code = "nothing-to-change"
    exit_status = USAGE
    sentence = N_("No new value was given for “{name}”.")
    remedy = N_("Give the new values as options, for example --phone 0812-0000-1234; a dash (-) empties a field.")


class UnknownPeriod(IkmError):
    code = "unknown-period"
    exit_status = USAGE
    sentence = N_("“{text}” is not a period.")
    remedy = N_("Write a month 2021-10 or Oktober 2021, a quarter 2021-Q4, a half 2021-H2 or a year 2021.")


class UnknownDay(IkmError):
    code = "unknown-day"
    exit_status = USAGE
    sentence = N_("“{text}” is neither a day nor a period.")
    remedy = N_("Write a day 4/10/2021 or 2021-10-04, or a month 2021-10.")


class UnknownSince(IkmError):
    code = "unknown-since"
    exit_status = USAGE
    sentence = N_("“{text}” is neither a time back from today nor a day.")
    remedy = N_("Write 2y for two years, 18m for eighteen months, or a day, month or year such as 2021-10.")


class NotAMonth(IkmError):
    code = "not-a-month"
    exit_status = USAGE
    sentence = N_("“{text}” is not a month. Only months can be closed.")
    remedy = N_("Write it as 2021-10.")


class UnknownBlock(UnknownWord):
    code = "unknown-block"
    sentence = N_("The report has no part “{name}”.")
    remedy = N_("Its parts are: {candidates}")


class UnknownBreakdown(UnknownWord):
    code = "unknown-breakdown"
    sentence = N_("Businesses cannot be grouped by “{name}” here.")
    remedy = N_("Choose one of: {candidates}")


class UnknownIndicator(UnknownWord):
    code = "unknown-indicator"
    sentence = N_("“{name}” is not an indicator.")
    remedy = N_("The indicators are: {candidates}")


# --- data ------------------------------------------------------------------------------------------------------------


class Rejected(IkmError):
    """Data that cannot be accepted as given."""

    code = "rejected"
    exit_status = REJECTED


class ValueRejected(Rejected):
    code = "value-rejected"
    sentence = N_("{field} “{value}”: {reason}.")
    remedy = N_("{advice}")

    def __str__(self) -> str:
        return super().__str__().replace(" “”:", ":")  # an empty value is not quoted


class NibTaken(Rejected):
    code = "nib-taken"
    sentence = N_("NIB {nib} already belongs to {name} (no. {number}).")
    remedy = N_("Check the number on the NIB document, or see: ikmctl show-business {number}")


class AlreadyRegistered(Rejected):
    code = "already-registered"
    sentence = N_("{name} is already registered as no. {number}, with the same owner and kelurahan.")
    remedy = N_("See: ikmctl show-business {number}. If it is another business, add --yes.")


class NameTaken(Rejected):
    code = "name-taken"
    sentence = N_("“{name}” already exists (no. {number}).")
    remedy = N_("Choose another name, or change the existing record with the edit command.")


class EndBeforeStart(Rejected):
    code = "end-before-start"
    sentence = N_("The end, {end}, is before the start, {start}.")
    remedy = N_("Dates are day first: 11/10/2021 is 11 October 2021. Correct one of the two.")


class OwnMember(Rejected):
    code = "own-member"
    sentence = N_("{name} would become a member of itself: {path}.")
    remedy = N_("Choose another group, or empty the group with --group -")


class NotAGroup(Rejected):
    code = "not-a-group"
    sentence = N_("{name} is not a group: its form is {form}.")
    remedy = N_("If it is one: ikmctl edit-business {number} --form group")


class AlreadyClosed(Rejected):
    code = "already-closed"
    sentence = N_("{name} has been closed since {date}.")
    remedy = N_("To open it again: ikmctl reopen-{kind} {number}")


class OpenedBeforeClosed(Rejected):
    code = "opened-before-closed"
    sentence = N_("{name} was closed on {closed}. It cannot be reopened on an earlier day, {date}.")
    remedy = N_("Give that day or a later one: --on")


class NotClosed(Rejected):
    code = "not-closed"
    sentence = N_("{name} is not closed.")
    remedy = N_("There is nothing to reopen.")


class EventClosed(Rejected):
    code = "event-closed"
    sentence = N_("The participant list of {name} has been closed since {date}.")
    remedy = N_("To add participants: ikmctl reopen-event {number}")


class ParticipantTwice(Rejected):
    code = "participant-twice"
    sentence = N_("{name} is already on the list of {event}.")
    remedy = N_("Nobody was added. Leave the name out and try again.")


class NobodyGiven(Rejected):
    code = "nobody-given"
    exit_status = USAGE
    sentence = N_("No participant was given.")
    remedy = N_("Name businesses with --business, sentra with --sentra, people with --person; each may be repeated.")


class UnevenLists(Rejected):
    code = "uneven-lists"
    exit_status = USAGE
    sentence = N_("--{option} was given {count} times for {people} people.")
    remedy = N_("Give it once for all of them, or once for each in the same order.")


class MonthNotEnded(Rejected):
    code = "month-not-ended"
    sentence = N_("{month} has not ended yet.")
    remedy = N_("Close a month after it has ended and its report is finished.")


class EarlierMonthOpen(Rejected):
    code = "earlier-month-open"
    sentence = N_("{month} cannot be closed while an earlier month, {earlier}, is open.")
    remedy = N_("Close that one first: ikmctl close-month {code}")


class LaterMonthClosed(Rejected):
    code = "later-month-closed"
    sentence = N_("{month} cannot be closed, because a later month, {later}, is closed: months are closed in order.")
    remedy = N_(
        "Leave it open, or close them again in order: ikmctl reopen-month {later_code} (and each later month that is "
        "closed), then ikmctl close-month {code}"
    )


class MonthClosed(Rejected):
    code = "month-closed"
    sentence = N_("{month} is already closed.")
    remedy = N_("To close it with today's figures: ikmctl reopen-month {code}, then close it again.")


class MonthOpen(Rejected):
    code = "month-open"
    sentence = N_("{month} is not closed.")
    remedy = N_("There is nothing to reopen.")


# --- finding ---------------------------------------------------------------------------------------------------------


class NotFound(IkmError):
    code = "not-found"
    exit_status = NOT_FOUND
    sentence = N_("No {kind} has the number or name “{name}”.")
    remedy = N_("See: ikmctl {listing}")


class NotFoundWithSuggestions(NotFound):
    remedy = N_("Did you mean: {candidates}?")


class Ambiguous(IkmError):
    code = "ambiguous"
    exit_status = NOT_FOUND
    sentence = N_("“{name}” matches {count} records: {candidates}.")
    remedy = N_("Give the number instead of the name; for businesses “name / owner” also works.")


class UnknownName(IkmError):
    """A list or a report is filtered by a name that no record has."""

    code = "unknown-name"
    exit_status = NOT_FOUND
    sentence = N_("“{name}” is not a known {kind}.")
    remedy = N_("The registry does not have any yet.")


class UnknownNameWithSuggestions(UnknownName):
    remedy = N_("Did you mean: {candidates}?")


class UnknownCity(IkmError):
    """`near` holds the names that look like the one given."""

    code = "unknown-city"
    exit_status = USAGE
    sentence = N_("“{name}” is not a city or regency of Indonesia.")
    remedy = N_("Give its full name or its Kemendagri code, for example “Kota Payakumbuh” or 13.76.")

    @property
    def way_out(self) -> str:
        """The names that look like the one given, then the two ways to name a city."""
        near = ", ".join(self.facts["near"])
        meant = _("Did you mean: {candidates}?").format(candidates=near) if near else ""
        return f"{meant} {super().way_out}".strip()


class AmbiguousCity(IkmError):
    code = "ambiguous-city"
    exit_status = NOT_FOUND
    sentence = N_("“{name}” is the name of more than one city or regency: {candidates}.")
    remedy = N_("Give the full name or the code.")


class UnknownReference(Rejected):
    code = "unknown-reference"
    sentence = N_("“{name}” is not a known {kind}.")
    remedy = N_("Did you mean: {candidates}?")


# --- files -----------------------------------------------------------------------------------------------------------


class FileRefused(Rejected):
    """A file that ikmctl cannot read as a table."""

    code = "file-refused"
    sentence = N_("{file}: {reason}.")
    remedy = N_("{advice}")


class RowsRejected(Rejected):
    code = "rows-rejected"
    sentence = N_("{count} of {total} rows were rejected; nothing was imported.")
    remedy = N_("Correct the rows listed above and import the file again, or add --skip-rejected to import the others.")


class DuplicatesUndecided(Rejected):
    code = "duplicates-undecided"
    sentence_for_one, sentence = N_plural(
        "{count} row matches a registered business but has different values; nothing was imported.",
        "{count} rows match a registered business but have different values; nothing was imported.",
    )
    remedy = N_(
        "Choose with --on-duplicate: update (use the file's values), skip (keep the registry's) or new (add another)."
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


class UnknownMeaning(IkmError):
    code = "unknown-meaning"
    exit_status = NOT_FOUND
    sentence = N_("“{meaning}” is not a known {kind}.")
    remedy = N_("Possible meanings: {candidates}")


class NoSuchAlias(IkmError):
    code = "no-such-alias"
    exit_status = NOT_FOUND
    sentence = N_("There is no {kind} alias “{word}”.")
    remedy = N_("See: ikmctl list-aliases")


class PlanOutdated(IkmError):
    code = "plan-outdated"
    sentence = N_("The registry was changed by another program while you looked at the plan; nothing was imported.")
    remedy = N_("Run the import again to see the new plan.")


class OutputExists(IkmError):
    code = "output-exists"
    sentence = N_("{file} already exists.")
    remedy = N_("Choose another name, or add --yes to replace it.")


class OutputRefused(IkmError):
    code = "output-refused"
    sentence = N_("{file} cannot be written: {reason}.")
    remedy = N_("Choose another place with --output.")


class NeedsFile(IkmError):
    code = "needs-file"
    exit_status = USAGE
    sentence = N_("Output as {name} must be written to a file.")
    remedy = N_("Give a file name, for example: --output report{ending}")


class CellTooLong(IkmError):
    code = "cell-too-long"
    sentence = N_("A workbook cell holds {limit} characters; “{start}…” has {length}.")
    remedy = N_("Leave the column out with --columns, or write a .csv file instead.")


class TooManyRows(IkmError):
    code = "too-many-rows"
    sentence = N_("{count} rows are too many for {format}; the limit is {limit}.")
    remedy = N_("Write fewer rows with --limit or a filter, or write a .csv file instead.")


class UnknownFormat(IkmError):
    code = "unknown-format"
    exit_status = USAGE
    sentence = N_("“{name}” is not an output format of this command.")
    remedy = N_("The formats are: {candidates}")


# --- the registry file -----------------------------------------------------------------------------------------------


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
    sentence = N_("{file} is in use by another program and was not released within {seconds} seconds.")
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


# --- history ---------------------------------------------------------------------------------------------------------


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
        "Change no. {number} cannot be undone. Later changes (no. {later}) touched the same records: {records}."
    )
    remedy = N_("Undo the later one first: ikmctl undo {last}")


class Referenced(Rejected):
    code = "referenced"
    sentence = N_("This cannot be removed while other records refer to it: {records}.")
    remedy = N_("Change or undo those first; see: ikmctl history")


# --- giving out, taking in, comparing --------------------------------------------------------------------------------


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
