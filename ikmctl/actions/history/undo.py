"""Undo: what it would undo, asked about first; and undoing it."""

from collections.abc import Sequence
from typing import NamedTuple

from ikmctl import errors
from ikmctl.actions.history.changes import about, command_name, entry_line, list_changes
from ikmctl.actions.history.closed_months import touched_closed_months
from ikmctl.actions.history.table_titles import TABLES
from ikmctl.document import Document, Text, done
from ikmctl.domain.entities import ENTITIES, RECORDS
from ikmctl.language import _, number
from ikmctl.registry.file.database import Connection, Registry, current_user
from ikmctl.registry.file.history_columns import RECORDED
from ikmctl.registry.history import undo as registry_undo
from ikmctl.registry.history.changes import entry, last_known_name
from ikmctl.registry.history.undo import UndoPlan

#: How many changes and records a message names.
_MOST_NAMED = 5


class Wanted(NamedTuple):
    """Which changes to undo: the latest, `first`, or `first` to `last`; `with_later` adds those in the way."""

    first: int | None = None
    last: int | None = None
    with_later: bool = False

    @property
    def words(self) -> str:
        """How the command names them."""
        return f"--change {self.first}..{self.last}" if self.last is not None else str(self.first)


def plan_undo(registry: Registry, wanted: Wanted) -> UndoPlan:
    """What an undo would do. Raises BuiltUpon, NothingToUndo, NoSuchChange, AlreadyUndone."""
    plan = registry_undo.plan_undo(registry, wanted.first, wanted.last, with_later=wanted.with_later)
    if plan.obstacles.changes:
        with registry.read() as connection:
            raise _built_upon(connection, plan, wanted)
    return plan


def _built_upon(connection: Connection, plan: UndoPlan, wanted: Wanted) -> errors.BuiltUpon:
    later, rows = plan.obstacles
    shown = [found for each in later[:_MOST_NAMED] if (found := entry(connection, each))]
    words = str(plan.changes[0].number) if wanted.last is None else wanted.words
    return errors.BuiltUpon(
        number=", ".join(str(each.number) for each in reversed(plan.changes)),
        later=_cut([entry_line(each) for each in shown], len(later), "; "),
        records=_cut([_record(connection, *row) for row in rows[:_MOST_NAMED]], len(rows)),
        words=words,
    )


def _cut(named: Sequence[str], count: int, between: str = ", ") -> str:
    return between.join(dict.fromkeys(named)) + ("…" if count > len(named) else "")


def _record(connection: Connection, table: str, row: int) -> str:
    """A row by its name, or by that of the business or event that it belongs to."""
    from ikmctl.actions.history.labels import TABLES as RECORDED_TABLES  # loads the fields of all tables

    label = _(RECORDED_TABLES[table].label)
    owner, number_of_owner = _owner(connection, table, row)
    name = None if number_of_owner is None else last_known_name(connection, owner, number_of_owner)
    kind = f"{label} {row}" if table in ENTITIES else label
    return f"{name} ({kind})" if name else kind


def _owner(connection: Connection, table: str, row: int) -> tuple[str, int | None]:
    """The record by which a row is named: itself, or the business, sentra or event that it belongs to."""
    if table in RECORDS:
        return table, row
    for owner in (owner for owner in RECORDS if f"{owner}_id" in RECORDED[table]):
        found = connection.execute(f"SELECT {owner}_id FROM {table} WHERE id = ?", (row,)).fetchone()
        if found and found[0] is not None:
            return owner, found[0]
    return table, None


def describe(registry: Registry, plan: UndoPlan) -> Document:
    """The changes that would be undone, and how many rows of each table would be put back."""
    title = _("To be undone")
    rows = [
        f"{_(TABLES[table])} {number(count)}" for table, count in registry_undo.count_rows_of(registry, plan).items()
    ]
    people, machines = list_changes(plan.changes, title)
    return Document("list", (people, Text(_("Rows: {rows}.").format(rows=", ".join(rows))), machines), title=title)


def question(plan: UndoPlan) -> str:
    """What the officer is asked; it names whoever else made a change."""
    others = list(dict.fromkeys(each.made_by for each in plan.changes if each.made_by != current_user()))
    if len(plan.changes) == 1:
        message = _("This change was made by {users}. Undo it?") if others else _("Undo this change?")
    elif others:
        message = _("Some of these {count} changes were made by others: {users}. Undo them?")
    else:
        message = _("Undo these {count} changes?")
    return message.format(count=number(len(plan.changes)), users=_cut(others[:_MOST_NAMED], len(others)))


def undo(registry: Registry, plan: UndoPlan) -> Document:
    """Undo the changes of a plan as one change. Raises UndoOutdated."""
    new = registry_undo.undo(registry, plan)
    numbers = [each.number for each in reversed(plan.changes)]
    if len(numbers) == 1:
        message = _("Undone: change no. {number}, {command} {detail}.").format(
            number=numbers[0], command=command_name(plan.changes[0].command), detail=about(plan.changes[0])
        )
    else:
        message = _("Undone: {count} changes, no. {numbers}.").format(
            count=number(len(numbers)), numbers=_cut([str(each) for each in numbers[:20]], len(numbers))
        )
    with registry.read() as connection:
        closed = touched_closed_months(connection, new)
    redo = _("To redo: ikmctl undo {number}").format(number=new)
    return done(message, *closed, redo, undone=", ".join(map(str, numbers)), change=new)
