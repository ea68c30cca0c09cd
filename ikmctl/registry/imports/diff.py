"""Every staged row beside the business it meets: whether it says something else, in what, and of which year."""

from sqlite3 import Connection

from ikmctl.registry.imports.staging import MEASURES, OWN, REFERRING, SETTLED, WEAK, Defaults

#: The other columns of a business together with those of a row: a column that the row does not have stays.
EXTRA = "json_patch(ifnull(business.extra, '{}'), stage.extra)"
_DIFFERENCES: dict[str, str] = {
    **{
        name: f"stage.{REFERRING[name]} IS NOT NULL AND stage.{REFERRING[name]} IS NOT business.{REFERRING[name]}"
        if name in REFERRING
        else f"stage.{name} IS NOT NULL AND stage.{name} IS NOT business.{name}"
        for name in OWN
    },
    **{name: f"stage.{name} IS NOT NULL AND stage.{name} IS NOT observation.{name}" for name in MEASURES},
    "registered_on": """stage.registered_on IS NOT NULL AND stage.registered_on IS NOT (
            SELECT min(opened_on) FROM activity WHERE activity.business_id = business.id AND entry = 'registered'
        )""",
    "status": """(stage.status IS 'closed' OR stage.closed_on IS NOT NULL) AND EXISTS (
            SELECT 1 FROM activity WHERE activity.business_id = business.id AND closed_on IS NULL
        )""",
    "kbli": """iif(
            stage.kbli IS NULL OR EXISTS (
                SELECT 1 FROM business_kbli WHERE business_kbli.business_id = business.id AND code = stage.kbli
            ),
            0,
            EXISTS (
                SELECT value FROM json_each('["' || replace(stage.kbli, ',', '","') || '"]')
                EXCEPT SELECT code FROM business_kbli WHERE business_kbli.business_id = business.id
            )
        )""",
    "extra": f"stage.extra IS NOT NULL AND {EXTRA} IS NOT json(business.extra)",
    "pending": """stage.pending IS NOT NULL AND EXISTS (
            SELECT 1 FROM json_each(stage.pending) AS cell
            WHERE NOT EXISTS (
                SELECT 1 FROM pending_value
                WHERE pending_value.business_id = business.id
                    AND field = cell.value ->> 'field' AND text = cell.value ->> 'text'
            )
        )""",
}
_DIFFERS = " OR ".join(f"({condition})" for condition in _DIFFERENCES.values())
#: The year of the observation of a matched row: the row's, else the import's, else the year of registration.
_PERIOD = """coalesce(
                stage.data_year, ?1, substr(coalesce(
                    stage.registered_on, (SELECT min(opened_on) FROM activity WHERE business_id = {business}), ?2
                ), 1, 4)
            )"""
#: The business that a staged row matches, with its observation for the period of the row.
_BUSINESS = f"""business
            LEFT JOIN observation ON observation.business_id = business.id
                AND observation.period = {_PERIOD.format(business="business.id")}"""


def compare(connection: Connection, defaults: Defaults) -> None:
    """Rows that meet a business and say something else are changed. What a file leaves empty changes nothing."""
    connection.execute(
        f"""
        UPDATE stage SET verdict = 'changed'
        WHERE id IN (
            SELECT stage.id FROM stage CROSS JOIN {_BUSINESS}
            WHERE business.id = stage.business_id AND {SETTLED} AND verdict = 'unchanged' AND ({_DIFFERS})
        )
        """,
        (defaults.data_year, defaults.opened_on),
    )


def set_periods(connection: Connection, defaults: Defaults) -> None:
    """Keep the year of the observation of rows that change a business, or may."""
    connection.execute(
        f"""
        UPDATE stage SET period = {_PERIOD.format(business="coalesce(stage.business_id, stage.candidate)")}
        WHERE {SETTLED} AND verdict IN ('changed', 'possible')
        """,
        (defaults.data_year, defaults.opened_on),
    )


def match_unchanged(connection: Connection, defaults: Defaults) -> None:
    """Rows that meet several businesses, or one by its name alone, are known if one of these says nothing different."""
    connection.execute(
        f"""
        UPDATE stage SET verdict = 'unchanged', business_id = (
            SELECT business.id FROM {_BUSINESS}
            WHERE business.match_key = stage.match_key AND NOT ({_DIFFERS}) LIMIT 1
        )
        WHERE ({SETTLED} AND verdict = 'possible' AND twin IS NULL OR verdict = 'new' AND {WEAK}) AND EXISTS (
            SELECT 1 FROM {_BUSINESS} WHERE business.match_key = stage.match_key AND NOT ({_DIFFERS})
        )
        """,
        (defaults.data_year, defaults.opened_on),
    )


def changes_by_field(connection: Connection, defaults: Defaults) -> dict[str, int]:
    """Field → in how many rows its value would change, for the rows that meet a business and differ."""
    sums = ", ".join(f"sum({condition})" for condition in _DIFFERENCES.values())
    row = connection.execute(
        f"""
        SELECT {sums}
        FROM stage JOIN {_BUSINESS}
        WHERE business.id = stage.business_id AND verdict = 'changed'
        """,
        (defaults.data_year, defaults.opened_on),
    ).fetchone()
    return {name: count for name, count in zip(_DIFFERENCES, row, strict=True) if count}
