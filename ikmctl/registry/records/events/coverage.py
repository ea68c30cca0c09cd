"""Who has been coached, when last, and who of a group or a sentra: as SQL for lists of businesses and sentra."""

from ikmctl.registry.records.events.columns import COACHED_ROLES, HELD

_ENTRY = f"attendance JOIN event ON event.id = event_id AND role IN {COACHED_ROLES} AND {HELD}"

#: The latest first day of an event that a business, or a member of it if it is a group, took part in.
LAST_COACHED = f"""(
    SELECT max(starts_on) FROM (
        SELECT business.id AS taking UNION ALL SELECT member.id FROM business AS member WHERE group_id = business.id
    ) CROSS JOIN {_ENTRY} AND business_id = taking
)"""

#: The condition that neither a business nor, of a group, any member took part in an event from a day on; the day is
#: given twice, and `{key}` is the column that holds the number of the business.
NOT_COACHED_SINCE = (
    f"NOT EXISTS (SELECT 1 FROM {_ENTRY} WHERE business_id = {{key}} AND starts_on >= ?) AND NOT EXISTS ("
    f" SELECT 1 FROM business AS member CROSS JOIN {_ENTRY} AND business_id = member.id"
    " WHERE member.group_id = {key} AND starts_on >= ?)"
)


def members(column: str, whole: str) -> str:
    """The number of active businesses of a group (`group_id`) or a sentra (`sentra_id`) whose number is `whole`."""
    return f"""(
        SELECT count(*) FROM business AS member JOIN activity ON business_id = member.id AND activity.closed_on IS NULL
        WHERE member.{column} = {whole}
    )"""


def members_coached(column: str, whole: str) -> str:
    """The number of these businesses that took part in an event."""
    return f"""(
        SELECT count(*) FROM business AS member JOIN activity ON business_id = member.id AND activity.closed_on IS NULL
        WHERE member.{column} = {whole} AND EXISTS (SELECT 1 FROM {_ENTRY} WHERE attendance.business_id = member.id)
    )"""


def percent(column: str, whole: str) -> str:
    """The share of these businesses that took part in an event, with one decimal; NULL without members."""
    return f"round(100.0 * {members_coached(column, whole)} / nullif({members(column, whole)}, 0), 1)"


#: Field of a business that is a group → the SQL that gives its value.
OF_GROUPS = {
    "group_members": members("group_id", "business.id"),
    "members_coached": members_coached("group_id", "business.id"),
    "coverage_percent": percent("group_id", "business.id"),
}
