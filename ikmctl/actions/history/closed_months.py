"""Says that a change touches closed months, whose reports stay as they were."""

from ikmctl.document import Caution
from ikmctl.domain.periods import read_period
from ikmctl.language import plural
from ikmctl.registry.file.database import Connection
from ikmctl.registry.history.touched_months import touched_months

#: How many months a message names.
_MOST_NAMED = 6


def touched_closed_months(connection: Connection, change: int) -> tuple[str, ...]:
    """A message that names the closed months a change touches; nothing if there are none.

    The change must be the latest one of the rows it touched.
    """
    months = touched_months(connection, change)
    if not months:
        return ()
    titles = ", ".join(read_period(month).title for month in months[:_MOST_NAMED])
    message = plural(
        "This touches a closed month: {months}. Its report stays as it was closed and says how many figures differ "
        "from today's data.",
        "This touches {count} closed months: {months}. Their reports stay as they were closed and say how many "
        "figures differ from today's data.",
        len(months),
        months=titles + ("…" if len(months) > _MOST_NAMED else ""),
    )
    return (Caution(message),)
