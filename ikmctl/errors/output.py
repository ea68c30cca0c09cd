"""Errors of files that are written."""

from ikmctl.errors.base import USAGE, IkmError
from ikmctl.language import N_


class OutputExists(IkmError):
    code = "output-exists"
    sentence = N_("{file} already exists.")
    remedy = N_("Choose another name, or add --yes to replace it.")


class OutputRefused(IkmError):
    code = "output-refused"
    sentence = N_("{file} cannot be written: {reason}.")
    remedy = N_("Choose another place with --output.")


class OutputRefusedAfterChange(OutputRefused):
    """The result cannot be written, but the command has changed the registry."""

    code = "output-refused-after-change"
    sentence = N_("{file} cannot be written: {reason}. The change is saved as no. {number}.")
    remedy = N_("See what was changed: ikmctl history --change {number}")


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
