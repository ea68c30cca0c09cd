"""What a list of events can show and filter by, as SQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from ikmctl.domain.entities import PARTY_ROLES

#: The roles of people whom an event coaches, as opposed to visited businesses, instructors and committee members.
COACHED_ROLES = "('participant', 'delegate')"

#: The events that reports count.
HELD = "event.status IN ('held', 'reported')"


def parties(role: str) -> str:
    """The SQL that gives the names of an event's parties in one role, in the order of entry."""
    return f"""(
        SELECT group_concat(name, '; ') FROM (
            SELECT name FROM event_party WHERE event_id = event.id AND role = '{role}' ORDER BY id
        )
    )"""


#: The total of an event's budget: as given, else the sum of what its sources give.
BUDGET = "coalesce(event.budget, (SELECT sum(amount) FROM event_party WHERE event_id = event.id))"
#: The sex of somebody on a list: as given, else that of the owner of the business.
GENDER = "coalesce(attendance.gender, (SELECT owner_gender FROM business WHERE business.id = business_id))"


def _listed(what: str = "count(*)", condition: str = "1") -> str:
    return f"""(
        SELECT {what} FROM attendance WHERE event_id = event.id AND role IN {COACHED_ROLES} AND {condition}
    )"""


#: Field → the SQL that gives its value.
EXPRESSIONS: Mapping[str, str] = {
    "number": "event.id",
    "budget": BUDGET,
    "budget_by_source": """(
        SELECT group_concat(name || '=' || amount, '; ') FROM (
            SELECT name, amount FROM event_party WHERE event_id = event.id AND amount IS NOT NULL ORDER BY id
        )
    )""",
    "participants": _listed(),
    "listed_male": _listed(condition=f"{GENDER} = 'male'"),
    "listed_female": _listed(condition=f"{GENDER} = 'female'"),
    "difference": f"""iif(
        reported_male IS NULL AND reported_female IS NULL,
        NULL,
        coalesce(reported_male, 0) + coalesce(reported_female, 0) - {_listed()}
    )""",
    "businesses": _listed("count(DISTINCT business_id)"),
    **{role: parties(role) for role in PARTY_ROLES},
}

_PARTY = "SELECT event_id FROM event_party WHERE name IN (SELECT value FROM json_each(?))"
_MEMBERS = "SELECT id FROM business WHERE {column} = ?"

#: Filter → the condition that an event fulfils; each mark stands for the value of the filter. An event of a sentra or
#: a group is also one of its members.
FILTERS: Mapping[str, str] = {
    "party": f"event.id IN ({_PARTY})",
    "funder": f"event.id IN ({_PARTY} AND role = 'funder')",
    "business": f"""event.id IN (
        SELECT event_id FROM attendance WHERE business_id = ?
        UNION SELECT event_id FROM attendance WHERE business_id IN ({_MEMBERS.format(column="group_id")})
    )""",
    "sentra": f"""event.id IN (
        SELECT event_id FROM attendance WHERE sentra_id = ?
        UNION SELECT event_id FROM attendance WHERE business_id IN ({_MEMBERS.format(column="sentra_id")})
    )""",
}

#: The texts of an event in which words are sought, and the names of its parties.
_TEXTS = ("name", "topic", "venue", "batch", "outcome", "lesson")
_SEARCHED = " || ' ' || ".join(f"coalesce(event.{column}, '')" for column in _TEXTS)
_SEARCHED += " || ' ' || coalesce((SELECT group_concat(name, ' ') FROM event_party WHERE event_id = event.id), '')"


def search(text: str) -> tuple[str, Sequence[Any]]:
    """The condition that an event holds every word of the text, with its values; signs mean nothing."""
    words = "".join(sign if sign.isalnum() else " " for sign in text).split()
    condition = " AND ".join(f"{_SEARCHED} LIKE ?" for _word in words)
    return condition or "0", [f"%{word}%" for word in words]
