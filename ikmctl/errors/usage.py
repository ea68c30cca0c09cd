"""Errors on the command line: words that ikmctl does not know, values that are missing."""

from ikmctl.errors.base import USAGE, IkmError
from ikmctl.language import N_, _


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


class EmptyAnswer(IkmError):
    """An empty answer at a prompt for a value that is required."""

    code = "empty-answer"
    exit_status = USAGE
    sentence = N_("{what} is missing.")
    remedy = N_("Type it, or cancel with Ctrl+C.")


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
    sentence = N_("“{text}” is neither a length of time nor a day.")
    remedy = N_("Write 2y for two years, 18m for eighteen months, or a day, month or year such as 2021-10.")


class NotAMonth(IkmError):
    code = "not-a-month"
    exit_status = USAGE
    sentence = N_("“{text}” is not a month. Only months can be closed.")
    remedy = N_("Write it as 2021-10.")
