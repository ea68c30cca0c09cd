"""The stage moved into the registry, in sets: new and changed businesses, and what belongs to them."""

import json
from collections.abc import Sequence
from sqlite3 import Connection

from ikmctl import errors
from ikmctl.domain.entities import EDITION_2025_FROM
from ikmctl.registry.file.database import Change
from ikmctl.registry.file.reference_data import save_alias
from ikmctl.registry.file.suspend import SCATTERED, dropped
from ikmctl.registry.history.changes import index, last_numbers, record_added, unindex
from ikmctl.registry.imports.diff import EXTRA
from ikmctl.registry.imports.staged import counts
from ikmctl.registry.imports.staging import FIELDS, MEASURES, NEW, OBSERVED, OWN, REFERRING, Defaults
from ikmctl.registry.records.save import refresh_keys


def apply(
    change: Change,
    defaults: Defaults,
    groups: Sequence[tuple[str, int]],
    sentra: Sequence[str],
    aliases: Sequence[tuple[str, str, str]],
    sources: Sequence[tuple[str, str]],
) -> None:
    """Move the stage into the registry: new businesses, changed ones, and their related rows.

    `groups` holds (name in the file, stage row of the group); `sentra` the names to create; `aliases` the words of the
    office, as (kind, word, meaning); `sources` the name and the sheet of each file.
    """
    connection = change.connection
    before = last_numbers(connection, _FILLED)
    for alias in aliases:
        save_alias(change, *alias)
    for name in sentra:
        cursor = connection.execute("INSERT INTO sentra (name) VALUES (?)", (name,))
        connection.execute("UPDATE stage SET sentra_id = ? WHERE sentra = ?", (cursor.lastrowid, name))
    _number(connection)
    for name, row in groups:
        connection.execute(
            """
            UPDATE stage SET group_id = (SELECT record FROM arriving WHERE arriving.id = ?)
            WHERE "group" = ?
            """,
            (row, name),
        )
    unindex(connection, _CHANGED)
    with dropped(connection, "index", SCATTERED if _doubles(connection) else ()):
        _insert_businesses(connection)
        _update_businesses(connection)
        _apply_activity(connection, defaults)
    _apply_observations(connection, defaults)
    _apply_years(connection)
    _apply_kbli(connection, defaults)
    _apply_pending(connection, defaults, sources)
    index(connection, _CHANGED)
    index(connection, "id > ?", (before["business"],))
    record_added(change, before)
    _require_references(connection)
    _refuse_circles(connection)


#: The tables to which an import adds rows.
_FILLED = ("alias", "sentra", "business", "activity", "observation", "business_kbli", "pending_value")
_CHANGED = "id IN (SELECT business_id FROM stage WHERE verdict = 'changed')"


def _doubles(connection: Connection) -> bool:
    """Whether at least as many businesses arrive as are registered."""
    registered = connection.execute("SELECT count(*) FROM business").fetchone()[0]
    return bool(counts(connection).get(NEW, 0) >= registered)


def _number(connection: Connection) -> None:
    """Give new businesses the next numbers, in the order of the file; numbers are never given twice."""
    last = "(SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'business')"
    connection.execute("DELETE FROM numbering")
    connection.execute(f"INSERT INTO numbering SELECT {last} + 1 - min(id) FROM stage")
    all_new = connection.execute(
        """
        SELECT NOT EXISTS (SELECT 1 FROM stage WHERE verdict <> 'new')
            AND (SELECT count(*) FROM stage) = 1 + (SELECT max(id) FROM stage) - (SELECT min(id) FROM stage)
        """
    ).fetchone()[0]
    if all_new:
        return  # the rows stand in order already: `arriving` counts on from the first
    connection.execute(
        f"""
        UPDATE stage SET business_id = given.number
        FROM (SELECT id, row_number() OVER (ORDER BY id) + {last} AS number FROM stage WHERE verdict = 'new') AS given
        WHERE stage.id = given.id
        """
    )


_FURTHER = " OR ".join(f"further.{name} IS NOT NULL" for name in MEASURES)
_COLUMNS = tuple(REFERRING.get(name, name) for name in OWN)


def _insert_businesses(connection: Connection) -> None:
    columns = ", ".join((*_COLUMNS, "extra", "match_key"))
    connection.execute(
        f"""
        INSERT INTO business (id, {columns})
        SELECT record, {columns} FROM arriving WHERE verdict = 'new' ORDER BY id
        """
    )


def _update_businesses(connection: Connection) -> None:
    settings = ", ".join(f"{column} = coalesce(stage.{column}, business.{column})" for column in _COLUMNS)
    connection.execute(
        f"""
        UPDATE business SET
            {settings},
            extra = iif(stage.extra IS NULL OR {EXTRA} IS json(business.extra), business.extra, {EXTRA})
        FROM stage
        WHERE stage.business_id = business.id AND stage.verdict = 'changed'
        """
    )
    refresh_keys(connection)


def _apply_activity(connection: Connection, defaults: Defaults) -> None:
    connection.execute(
        """
        INSERT INTO activity (business_id, opened_on, closed_on, entry)
        SELECT
            record,
            coalesce(registered_on, closed_on, ?1),
            CASE WHEN closed_on IS NOT NULL THEN closed_on
                WHEN status = 'closed' THEN max(?1, coalesce(registered_on, ?1)) END,
            iif(registered_on IS NULL, ?2, 'registered')
        FROM arriving WHERE verdict = 'new' ORDER BY id
        """,
        (defaults.opened_on, defaults.entry),
    )
    connection.execute(
        """
        UPDATE activity SET opened_on = stage.registered_on, entry = 'registered'
        FROM stage
        WHERE stage.business_id = activity.business_id AND stage.verdict = 'changed'
            AND entry <> 'reopened' AND stage.registered_on IS NOT NULL
        """
    )
    connection.execute(
        """
        UPDATE activity SET closed_on = coalesce(stage.closed_on, max(?, activity.opened_on))
        FROM stage
        WHERE stage.business_id = activity.business_id AND stage.verdict = 'changed' AND activity.closed_on IS NULL
            AND (stage.status = 'closed' OR stage.closed_on IS NOT NULL)
        """,
        (defaults.opened_on,),
    )


#: The year of a row's observation: its data year, else the import's, else the year of registration.
_PERIOD = "coalesce(period, data_year, ?, substr(coalesce(registered_on, ?), 1, 4))"


def _apply_observations(connection: Connection, defaults: Defaults) -> None:
    columns = ", ".join(MEASURES)
    settings = ", ".join(f"{name} = coalesce(excluded.{name}, {name})" for name in MEASURES)
    connection.execute(
        f"""
        INSERT INTO observation (business_id, period, {columns})
        SELECT record, {_PERIOD}, {columns} FROM arriving
        WHERE {OBSERVED}
        ORDER BY id
        ON CONFLICT (business_id, period) DO UPDATE SET {settings}
        """,
        (defaults.data_year, defaults.opened_on),
    )


def _apply_years(connection: Connection) -> None:
    """Add the observations of rows that are further years of a new business."""
    columns = ", ".join(MEASURES)
    connection.execute(
        f"""
        INSERT INTO observation (business_id, period, {columns})
        SELECT head.record, further.data_year, {", ".join(f"further.{name}" for name in MEASURES)}
        FROM stage AS further JOIN arriving AS head ON head.id = further.year_of
        WHERE further.verdict <> 'new' AND further.verdict = 'joined' AND ({_FURTHER})
        ORDER BY further.id
        """
    )


def _apply_kbli(connection: Connection, defaults: Defaults) -> None:
    # A code that only one edition has is of that one, whatever the list or the day says.
    by_day = f"iif(coalesce(registered_on, ?) >= '{EDITION_2025_FROM}', 2025, 2020)"
    usual = f"coalesce(?, iif(registered_on IS NULL, ?, NULL), {by_day})"
    for codes, one, is_main, several in (
        ("arriving", "kbli", "verdict = 'new'", "NOT"),
        (
            """arriving, json_each('["' || replace(kbli, ',', '","') || '"]') AS code""",
            "code.value",
            "code.key = 0",
            "needs_check = 1 AND",
        ),
    ):
        alone = f"SELECT min(edition) FROM kbli WHERE kbli.code = {one} HAVING count(*) = 1"
        edition = f"coalesce(({alone}), {usual})"
        connection.execute(
            f"""
            INSERT INTO business_kbli (business_id, code, edition, is_main)
            SELECT record, {one}, {edition}, {is_main} AND verdict = 'new'
            FROM {codes}
            WHERE kbli IS NOT NULL AND {several} instr(kbli, ',')
            ORDER BY arriving.id
            ON CONFLICT (business_id, code, edition) DO NOTHING
            """,
            (defaults.kbli_edition, defaults.undated_edition, defaults.opened_on),
        )


_GIVEN = " OR ".join(
    f"pending_value.field = '{field.name}' AND arriving.{REFERRING.get(field.name, field.name)} IS NOT NULL"
    for field in FIELDS
    if field.name not in ("number", *MEASURES)
)
_MEASURED = " OR ".join(f"pending_value.field = '{name}' AND arriving.{name} IS NOT NULL" for name in MEASURES)
_HAS_PERIOD = f"cell.value ->> 'field' IN ({', '.join(map(repr, (*MEASURES, 'data_year')))})"


def _apply_pending(connection: Connection, defaults: Defaults, sources: Sequence[tuple[str, str]]) -> None:
    """Keep the cells that cannot be read. A value of this import settles an older text of the same field."""
    connection.execute(
        f"""
        UPDATE pending_value SET state = 'mended'
        FROM arriving
        WHERE state = 'open' AND pending_value.business_id = arriving.business_id AND arriving.verdict = 'changed'
            AND ({_GIVEN} OR (pending_value.period = arriving.period AND ({_MEASURED})))
        """
    )
    if not connection.execute("SELECT EXISTS (SELECT 1 FROM stage WHERE pending IS NOT NULL)").fetchone()[0]:
        return
    connection.execute(
        f"""
        CREATE TEMP TABLE unread AS
        SELECT
            arriving.id AS row_of_stage, record, cell.value ->> 'field' AS field,
            iif({_HAS_PERIOD}, {_PERIOD}, NULL) AS period, cell.value ->> 'text' AS text,
            cell.value ->> 'reason' AS reason, cell.value -> 'facts' AS facts, file, line,
            cell.value ->> 'heading' AS heading, min(cell.key) AS place
        FROM arriving, json_each(arriving.pending) AS cell
        WHERE arriving.pending IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM pending_value
            WHERE pending_value.business_id = record AND pending_value.field = cell.value ->> 'field'
                AND pending_value.text = cell.value ->> 'text'
        )
        GROUP BY record, field, period
        """,
        (defaults.data_year, defaults.opened_on),
    )
    connection.execute(
        """
        UPDATE pending_value SET state = 'dismissed'
        FROM temp.unread
        WHERE state = 'open' AND pending_value.business_id = unread.record AND pending_value.field = unread.field
            AND pending_value.period IS unread.period
        """
    )
    connection.execute(
        """
        INSERT INTO pending_value (business_id, field, period, text, reason, facts, file, sheet, row, heading)
        SELECT record, field, period, text, reason, facts, ?1 -> file ->> 0, ?1 -> file ->> 1, line, heading
        FROM temp.unread
        ORDER BY row_of_stage, place
        """,
        (json.dumps(sources, ensure_ascii=False),),
    )
    connection.execute("DROP TABLE temp.unread")


def _require_references(connection: Connection) -> None:
    """Every sector, sentra and group that businesses name is there: asked once, not for each row."""
    lost = connection.execute(
        """
        SELECT EXISTS (
                SELECT 1 FROM (SELECT DISTINCT sector FROM business)
                WHERE sector IS NOT NULL AND sector NOT IN (SELECT code FROM sector)
            )
            OR EXISTS (SELECT 1 FROM business WHERE sentra_id IS NOT NULL AND sentra_id NOT IN (SELECT id FROM sentra))
            OR EXISTS (SELECT 1 FROM business WHERE group_id IS NOT NULL AND group_id NOT IN (SELECT id FROM business))
        """
    ).fetchone()[0]
    if lost:
        raise errors.PlanOutdated


def _refuse_circles(connection: Connection) -> None:
    """No group may be a member of itself, however far round."""
    found = connection.execute(
        """
        WITH RECURSIVE above (start, upper, depth) AS (
            SELECT record, group_id, 1 FROM arriving WHERE needs_check = 1 AND "group" IS NOT NULL
            UNION
            SELECT start, business.group_id, depth + 1
            FROM above JOIN business ON business.id = above.upper
            WHERE business.group_id IS NOT NULL AND depth < 50
        )
        SELECT name FROM above JOIN business ON business.id = start WHERE upper = start ORDER BY start LIMIT 1
        """
    ).fetchone()
    if found:
        raise errors.OwnMember(name=found[0], path=f"{found[0]} → … → {found[0]}")
