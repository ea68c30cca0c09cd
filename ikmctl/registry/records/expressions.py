"""The SQL that gives the value of each field: of columns, and of what is derived from other tables."""

from collections.abc import Mapping

from ikmctl.domain.entities import OBSERVATION
from ikmctl.domain.fields import Entity
from ikmctl.domain.scale import BANDS, FEW_WORKERS_MAXIMUM, Band
from ikmctl.registry.records.events import columns as events
from ikmctl.registry.records.events import coverage
from ikmctl.registry.records.events.columns import COACHED_ROLES, HELD

WORKERS = "coalesce(observation.workers_male + observation.workers_female, observation.workers_total)"


def _scale_in(band: Band) -> str:
    """What is unknown makes a comparison unknown too, and a CASE without an answer is NULL."""
    within = "IS NOT NULL" if band.highest is None else f"<= {band.highest}"
    known = f"'{band.few}'"
    if band.few != band.more:
        few, more = f"{WORKERS} <= {FEW_WORKERS_MAXIMUM}", f"{WORKERS} > {FEW_WORKERS_MAXIMUM}"
        known = f"CASE WHEN {few} THEN '{band.few}' WHEN {more} THEN '{band.more}' END"
    return f"WHEN observation.investment {within} THEN {known}"


#: SQL of the scale of a business; NULL if workers or investment are unknown and the scale depends on them.
SCALE = f"CASE {' '.join(map(_scale_in, BANDS))} END"

_EXPRESSIONS: Mapping[str, Mapping[str, str]] = {
    "business": {
        "number": "business.id",
        "group": "(SELECT name FROM business AS upper WHERE upper.id = business.group_id)",
        "sentra": "(SELECT name FROM sentra WHERE sentra.id = business.sentra_id)",
        "kbli": """(
            SELECT group_concat(code, ',') FROM (
                SELECT code FROM business_kbli WHERE business_id = business.id ORDER BY is_main DESC, id
            )
        )""",
        "registered_on": """(
            SELECT min(opened_on) FROM activity WHERE business_id = business.id AND entry = 'registered'
        )""",
        "recorded_on": "(SELECT min(opened_on) FROM activity WHERE business_id = business.id AND entry = 'recorded')",
        "known_active_by": """min(
            coalesce(business.established, 9999),
            coalesce((SELECT min(period) FROM observation WHERE business_id = business.id) + 0, 9999),
            (SELECT min(opened_on) FROM activity WHERE business_id = business.id) + 0
        )""",
        "closed_on": """(
            SELECT closed_on FROM activity WHERE business_id = business.id
            ORDER BY closed_on IS NULL DESC, opened_on DESC, closed_on DESC LIMIT 1
        )""",
        "status": """iif(
            EXISTS (SELECT 1 FROM activity WHERE business_id = business.id AND closed_on IS NULL), 'active', 'closed'
        )""",
        "data_year": "observation.period",
        "workers_total": WORKERS,
        "scale": SCALE,
        "events_attended": f"""(
            SELECT count(DISTINCT event_id) FROM attendance JOIN event ON event.id = event_id
            WHERE business_id = business.id AND {HELD} AND role IN {COACHED_ROLES}
        )""",
        "last_coached_on": coverage.LAST_COACHED,
        **{name: f"iif(form = 'group', {value}, NULL)" for name, value in coverage.OF_GROUPS.items()},
    },
    "sentra": {
        "number": "sentra.id",
        "status": "iif(sentra.closed_on IS NULL, 'active', 'closed')",
        "members": coverage.members("sentra_id", "sentra.id"),
        "members_coached": coverage.members_coached("sentra_id", "sentra.id"),
        "coverage_percent": coverage.percent("sentra_id", "sentra.id"),
    },
    "event": events.EXPRESSIONS,
}


def expression(entity: Entity, name: str) -> str:
    """The SQL that gives a field's value."""
    known = _EXPRESSIONS.get(entity.name, {})
    if name in known:
        return known[name]
    return f"{OBSERVATION if entity[name].table == OBSERVATION else entity.name}.{name}"
