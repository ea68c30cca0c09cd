"""Deleting records that were entered by mistake."""

from dataclasses import dataclass

from ikmctl import errors
from ikmctl.actions.history.closed_months import touched_closed_months
from ikmctl.actions.history.table_titles import TABLES
from ikmctl.document import Document, done
from ikmctl.domain.entities import RECORDS
from ikmctl.domain.fields import Entity
from ikmctl.language import _, number
from ikmctl.registry.file.database import Change, Connection, Registry
from ikmctl.registry.records import delete as stored
from ikmctl.registry.records import find, save
from ikmctl.registry.records.delete import Dependent

#: How many records that stand in the way an error names.
_MOST_NAMED = 10


@dataclass(frozen=True)
class Dependents:
    """What happens to rows that refer to a deleted record. By default they are in the way."""

    with_attendance: bool = False
    with_members: bool = False
    keep_members: bool = False


def delete(registry: Registry, entity: Entity, wanted: str, dependents: Dependents) -> Document:
    """Delete one record with what is part of it, such as its observations.

    Raises HasDependents if other rows refer to it and `dependents` does not say what happens to them; NotFound,
    Ambiguous.
    """
    with registry.write(f"delete-{entity.name}", wanted, backs_up=True) as change:
        record = find.find(change.connection, entity.name, wanted)
        name = save.name_of(change.connection, entity.name, record)
        save.set_detail(change, name)
        stored.delete(change, _rows_to_delete(change, entity.name, record, dependents))
        counts = stored.deleted_rows(change)
        closed = touched_closed_months(change.connection, change.number)
    along = {table: count - (table == entity.name) for table, count in counts}  # without the record itself
    along = {table: count for table, count in along.items() if count}
    message = _("Deleted {kind} no. {number}: {name}.").format(kind=_(entity.label), number=record, name=name)
    listed = "; ".join(f"{_(TABLES[table])} ({number(count)})" for table, count in along.items())
    with_it = (_("Deleted with it: {rows}.").format(rows=listed),) if along else ()
    messages = (message, *with_it, *closed, _("To undo: ikmctl undo"))
    return done(*messages, number=record, name=name, deleted_with_it=along)


def _rows_to_delete(change: Change, table: str, record: int, dependents: Dependents) -> list[tuple[str, int]]:
    """The record, and all rows that are deleted because they refer to it, directly or not. Raises HasDependents."""
    records = [(table, record)]
    attendance = set()
    for owner, owner_number in records:  # grows while members are found, who may have members too
        in_the_way = []
        for each in stored.dependents(change.connection, owner, owner_number):
            row = each.table, each.row
            is_member = each.table in RECORDS
            if is_member and dependents.keep_members:
                stored.release(change, each)
            elif not (dependents.with_members if is_member else dependents.with_attendance):
                in_the_way.append(each)
            elif not is_member:
                attendance.add(row)
            elif row not in records:
                records.append(row)
        if in_the_way:
            raise _refusal(change.connection, owner, owner_number, in_the_way)
    return [*records, *attendance]


def _refusal(connection: Connection, table: str, record: int, in_the_way: list[Dependent]) -> errors.HasDependents:
    labels = (stored.label(connection, each, seen_from=table) for each in in_the_way[:_MOST_NAMED])
    names = [f"{name} (no. {number_})" if number_ else name for number_, name in labels]
    more = len(in_the_way) - len(names)
    options = []
    if any(each.table in RECORDS for each in in_the_way):
        options.append(_("Add --with-members to delete the members too, or --keep-members to keep them."))
    if any(each.table not in RECORDS for each in in_the_way):
        option = "--with-participants" if table == "event" else "--with-attendance"
        options.append(_("Add {option} to delete these entries of participant lists too.").format(option=option))
    return errors.HasDependents(
        name=save.name_of(connection, table, record),
        count=number(len(in_the_way)),
        records=", ".join(names) + (f"; … (+{number(more)})" if more else ""),
        options=" ".join(options),
    )
