"""Closing a month, so that its report no longer changes, and reopening it."""

from datetime import date

from ikmctl import errors
from ikmctl.actions.reports import summary
from ikmctl.actions.reports.stored_figures import to_store
from ikmctl.document import Document, done
from ikmctl.domain.periods import Period, read_period
from ikmctl.language import _
from ikmctl.registry.file.database import Registry
from ikmctl.registry.reports import closed_months


def close_month(registry: Registry, text: str) -> Document:
    """Store the figures of a month, so that its report no longer changes.

    Raises NotAMonth, MonthNotEnded, MonthClosed, EarlierMonthOpen, LaterMonthClosed.
    """
    month = _month(text)
    if month.last >= date.today():
        raise errors.MonthNotEnded(month=month.title)
    with registry.write("close-month", month.code) as change:
        if closed_months.closed(change.connection, month.code) is not None:
            raise errors.MonthClosed(month=month.title, code=month.code)
        if earlier := closed_months.first_open(change.connection, month.code):
            title = read_period(earlier).title
            raise errors.EarlierMonthOpen(month=month.title, earlier=title, code=earlier)
        if later := closed_months.skipped_for(change.connection, month.code):
            title = read_period(later).title
            raise errors.LaterMonthClosed(month=month.title, code=month.code, later=title, later_code=later)
        closed_months.close(change, month.code, to_store(summary.blocks(change.connection, month)))
    message = _("Closed {month}: its report no longer changes.").format(month=month.title)
    more = _("See: ikmctl summary {code} · to undo: ikmctl reopen-month {code}").format(code=month.code)
    return done(message, more, month=month.code, closed=True)


def reopen_month(registry: Registry, text: str) -> Document:
    """Reopen a closed month: its report is computed from current data again. Raises NotAMonth, MonthOpen."""
    month = _month(text)
    with registry.write("reopen-month", month.code) as change:
        if not closed_months.reopen(change, month.code):
            raise errors.MonthOpen(month=month.title)
    message = _("Reopened {month}: its report is computed from current data again.").format(month=month.title)
    return done(message, _("To undo: ikmctl undo"), month=month.code, closed=False)


def _month(text: str) -> Period:
    try:
        period = read_period(text)
    except errors.UnknownPeriod:
        raise errors.NotAMonth(text=text) from None
    if not period.is_month:
        raise errors.NotAMonth(text=text)
    return period
