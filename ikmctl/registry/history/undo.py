"""Undo changes by a new change. It is refused if a later change stands in the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from sqlite3 import Connection

from ikmctl import errors
from ikmctl.registry.file.database import Change, Registry
from ikmctl.registry.file.history_columns import RECORDED
from ikmctl.registry.file.suspend import SCATTERED, dropped
from ikmctl.registry.history.changes import Entry, entry, index, unindex
from ikmctl.registry.history.earlier import value_before, values_before
from ikmctl.registry.history.obstacles import Obstacles, find_obstacles
from ikmctl.registry.history.standing import KEPT, later_changes_stand, latest_standing, standing_between, undoings
from ikmctl.registry.history.taken import count_rows, taken_rows

#: How many changes the history names of those that one change undid.
_MOST_NAMED = 5


@dataclass(frozen=True)
class UndoPlan:
    """What an undo would do.

    `changes` are those that it would undo, the latest first. With `obstacles` it is refused.
    """

    changes: tuple[Entry, ...]
    obstacles: Obstacles


def plan_undo(registry: Registry, first: int | None, last: int | None, *, with_later: bool) -> UndoPlan:
    """What an undo of the change `first`, or of those from `first` to `last`, would do; the latest without `first`.

    `with_later` adds the later changes that stand in the way. Raises NothingToUndo, NoSuchChange, AlreadyUndone.
    """
    with registry.derive() as connection:
        numbers = _wanted(connection, first, last)
        while True:
            obstacles = Obstacles()
            if later_changes_stand(connection, numbers):
                with taken_rows(connection, numbers):
                    obstacles = find_obstacles(connection, numbers)
            if not (with_later and obstacles.changes):
                break
            numbers = sorted({*numbers, *obstacles.changes}, reverse=True)
        found = (entry(connection, number) for number in numbers)
        return UndoPlan(tuple(each for each in found if each), obstacles)


def count_rows_of(registry: Registry, plan: UndoPlan) -> dict[str, int]:
    """Table → how many of its rows an undo would put back."""
    with registry.derive() as connection, taken_rows(connection, [each.number for each in plan.changes]):
        return count_rows(connection)


def _wanted(connection: Connection, first: int | None, last: int | None) -> Sequence[int]:
    if first is None:
        latest = latest_standing(connection)
        if latest is None:
            raise errors.NothingToUndo
        return [latest]
    if last is not None:
        found = standing_between(connection, first, last)
        if not found:
            raise errors.NothingToUndo
        return found
    named = entry(connection, first)
    if named is None:
        raise errors.NoSuchChange(number=first)
    if named.command in KEPT or not named.rows:
        raise errors.NothingToUndo
    undoing = undoings(connection).get(first)
    if undoing and undoing.number != first:
        raise errors.AlreadyUndone(number=first, by=undoing.number)
    return [first]


def undo(registry: Registry, plan: UndoPlan) -> int:
    """Undo the changes of the plan as one new change; its number. Raises UndoOutdated."""
    numbers = [each.number for each in plan.changes]
    imported = any(each.command.startswith("import-") for each in plan.changes)
    writing = registry.write("undo", _detail(plan.changes), keeps="search", undoes=numbers, backs_up=imported)
    with writing as change:
        _require_standing(change, numbers)
        with taken_rows(change.connection, numbers):
            later = later_changes_stand(change.connection, numbers)
            if later and find_obstacles(change.connection, numbers).changes:
                raise errors.UndoOutdated
            _put_back(change)
        return change.number


def _detail(changes: Sequence[Entry]) -> str:
    named = ", ".join(f"#{each.number} {each.command}" for each in changes[:_MOST_NAMED])
    return f"{named}, …" if len(changes) > _MOST_NAMED else named


def _require_standing(change: Change, numbers: Sequence[int]) -> None:
    part_of = undoings(change.connection, without=(change.number, *numbers))
    if any(number in part_of and part_of[number].number != number for number in numbers):
        raise errors.UndoOutdated


_BUSINESSES = "id IN (SELECT row_id FROM taken_row WHERE table_name = 'business')"


def _put_back(change: Change) -> None:
    """Put every taken row back to what it was before, table by table, in sets."""
    connection = change.connection
    connection.execute("PRAGMA defer_foreign_keys = ON")
    touched = count_rows(connection)
    # The parts of a record go before it: found by their numbers, not one by one by what they refer to.
    parts_first = [table for table in reversed(RECORDED) if table in touched]
    scattered = SCATTERED if _most_businesses(connection, touched) else ()
    with _search_index_of_taken(connection), dropped(connection, "index", scattered):
        for table in parts_first:
            connection.execute(
                f"""
                DELETE FROM {table}
                WHERE id IN (SELECT row_id FROM taken_row WHERE table_name = '{table}' AND NOT was_there)
                """
            )
        for table in touched:
            _restore_values(connection, table)
        if connection.execute("SELECT EXISTS (SELECT 1 FROM taken_row WHERE is_gone)").fetchone()[0]:
            _bring_back(change, touched)


def _most_businesses(connection: Connection, touched: Mapping[str, int]) -> bool:
    """Whether the undo puts back at least as many businesses as it leaves alone; numbers tell how many there may be."""
    (highest,) = connection.execute("SELECT coalesce(max(id), 0) FROM business").fetchone()
    return bool(2 * touched.get("business", 0) >= max(1, highest))


def _restore_values(connection: Connection, table: str) -> None:
    """Give the rows of a table that are there the values they had, in the reverse of the order in which they lost them.

    One of them may hold a value, such as a NIB, that another gets back. A row may be gone by now, with the one that it
    referred to.
    """
    changed = _changed_columns(connection, table)
    if not changed:
        return
    settings = ", ".join(f"{column} = excluded.{column}" for column in changed)
    connection.execute(
        f"""
        {_insert_earlier(table, "NOT is_gone")}
        ORDER BY entry_id DESC
        ON CONFLICT (id) DO UPDATE SET {settings}
        """
    )


def _changed_columns(connection: Connection, table: str) -> list[str]:
    """The columns that any of the undone changes may have changed: only their indexes are written again.

    A row that was deleted and added again with its number may differ in all of them.
    """
    found = connection.execute(
        """
        SELECT DISTINCT changed.key
        FROM taken CROSS JOIN change_row ON change_id = taken.id AND change_row.table_name = ? AND before IS NOT NULL
        CROSS JOIN taken_row
            ON taken_row.table_name = change_row.table_name AND taken_row.row_id = change_row.row_id AND NOT is_gone
        CROSS JOIN json_each(before) AS changed
        """,
        (table,),
    )
    named = {column for (column,) in found}
    return [column for column in RECORDED[table] if column in named]


def _bring_back(change: Change, tables: Iterable[str]) -> None:
    """Add the rows that were gone. Their history is written in ranges of numbers, as that of imported rows is."""
    connection = change.connection
    with dropped(connection, "trigger", ["*_history_insert"]):
        for table in tables:
            connection.execute(
                f"""
                {_insert_earlier(table, "is_gone")}
                ORDER BY back.row_id
                """
            )
    connection.execute(
        """
        INSERT INTO change_row (change_id, table_name, row_id, last_row, action)
        SELECT ?, table_name, min(row_id), iif(count(*) > 1, max(row_id), NULL), 'insert'
        FROM (
            SELECT table_name, row_id, row_id - row_number() OVER (PARTITION BY table_name ORDER BY row_id) AS range
            FROM taken_row
            WHERE is_gone
        )
        GROUP BY table_name, range
        """,
        (change.number,),
    )


def _insert_earlier(table: str, which: str) -> str:
    """SQL: an INSERT of the taken rows of a table that were there before, with all values that they had."""
    columns = ", ".join(RECORDED[table])
    values = ", ".join(value_before(column, "earlier", "now") for column in RECORDED[table])
    return f"""
        WITH back AS MATERIALIZED (
            SELECT taken_row.row_id, entry_id, {values_before("entry")} AS earlier
            FROM taken_row CROSS JOIN change_row AS entry ON entry.id = entry_id
            WHERE taken_row.table_name = '{table}' AND was_there AND {which}
        )
        INSERT INTO {table} (id, {columns})
        SELECT back.row_id, {values}
        FROM back LEFT JOIN {table} AS now ON now.id = back.row_id
        WHERE TRUE
        """


@contextmanager
def _search_index_of_taken(connection: Connection) -> Iterator[None]:
    unindex(connection, _BUSINESSES)
    yield
    index(connection, _BUSINESSES)
