"""Errors of reports and of months that are closed."""

from ikmctl.errors.base import Rejected
from ikmctl.errors.usage import UnknownWord
from ikmctl.language import N_


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


class MonthNotEnded(Rejected):
    code = "month-not-ended"
    sentence = N_("{month} has not ended yet.")
    remedy = N_("Close a month after it has ended and its report is finished.")


class EarlierMonthOpen(Rejected):
    code = "earlier-month-open"
    sentence = N_("{month} cannot be closed while an earlier month, {earlier}, is open.")
    remedy = N_("Close {earlier} first: ikmctl close-month {code}")


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


class UnknownCheck(UnknownWord):
    code = "unknown-check"
    sentence = N_("“{name}” is not a check of the data.")
    remedy = N_("The checks are: {candidates}")


class NothingToConfirm(Rejected):
    code = "nothing-to-confirm"
    sentence = N_("No check finds fault with {field} of {name} (no. {number}).")
    remedy = N_("What the checks find: ikmctl quality")
