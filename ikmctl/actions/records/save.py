"""Adding and editing businesses, sentra and events."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ikmctl import errors
from ikmctl.actions.history.closed_months import touched_closed_months
from ikmctl.actions.records import close
from ikmctl.actions.records.duplicates import LookAlike, has_other_nib, look_alikes
from ikmctl.actions.records.events import fields as events
from ikmctl.actions.records.lookup import RawValues, Resolved, look_up, read_given
from ikmctl.actions.records.show_changes import shown_changes
from ikmctl.document import Caution, Document, done
from ikmctl.domain.entities import BUSINESS, EDITION_2025_FROM, EVENT, OBSERVATION, SENTRA
from ikmctl.domain.fields import Entity
from ikmctl.domain.matching import match_key
from ikmctl.language import _
from ikmctl.registry.file.database import Change, Connection, Registry
from ikmctl.registry.records import find, kbli, pending, related, save
from ikmctl.registry.records.save import refresh_keys


def add(
    registry: Registry,
    entity: Entity,
    given: RawValues,
    *,
    allow_duplicate: bool = False,
    confirm: Callable[[str], bool] | None = None,
    also: Callable[[Change, int], Sequence[str]] | None = None,
) -> Document:
    """Register a record, or write nothing. `allow_duplicate` permits a business or event that is registered already.

    `also` writes what belongs to the new record in the same change, and returns what there is to say about it. For a
    business like one that is registered the officer is asked by `confirm`; without it the result says so.

    Raises Cancelled, MissingValue, AlreadyRegistered, NameTaken, NibTaken, EndBeforeStart,
    EventNotYet, BudgetTooSmall, NoSuchParty, those of `also`, and the errors of reading and lookup.
    """
    given = events.prepare(given) if entity is EVENT else given
    read = read_given(registry, entity, given)
    for field in entity.given:
        if field.required and not read.values.get(field.name):
            raise errors.MissingValue(what=field.title, command=f"add-{entity.name}")
    similar = _look_alikes(registry, entity, read)
    if similar and confirm:
        if not confirm(similar[0].question):
            raise errors.Cancelled
        allow_duplicate = True
    with registry.write(f"add-{entity.name}", read.values["name"]) as change:
        refresh_keys(change.connection)
        resolved = check(change.connection, entity, _signed(change.connection, entity, read, None), {}, None)
        if not allow_duplicate:
            _refuse_duplicate(change.connection, entity, resolved.values)
        record = insert(change, entity, resolved.values)
        said = also(change, record) if also else ()
        closed = touched_closed_months(change.connection, change.number)
    message = _("Registered {kind} no. {number}: {name}.").format(
        kind=_(entity.label), number=record, name=read.values["name"]
    )
    like = (Caution(similar[0].note(record)),) if similar and not confirm else ()
    notes = (*map(str, resolved.notes), *_assumed_year(entity, resolved.values, new=True), *like, *closed)
    return done(
        message, *notes, *map(Caution, said), close.next_step(entity, record), number=record, name=read.values["name"]
    )


def _look_alikes(registry: Registry, entity: Entity, read: Resolved) -> list[LookAlike]:
    """The registered businesses that a new one is like, the most alike first."""
    if entity is not BUSINESS:
        return []
    with registry.read() as connection:
        return look_alikes(connection, check(connection, entity, read, {}, None).values)


def edit(registry: Registry, entity: Entity, wanted: str, given: RawValues) -> Document:
    """Change the given fields of one record; a dash empties a field. Raises like `add`, and NothingToChange."""
    given = events.prepare(given) if entity is EVENT else given
    read = read_given(registry, entity, given)
    with registry.write(f"edit-{entity.name}", wanted) as change:
        record = find.find(change.connection, entity.name, wanted)
        before = save.row(change.connection, entity.name, record)
        save.set_detail(change, before["name"])
        if not read.values:
            raise errors.NothingToChange(name=before["name"])
        read = _signed(change.connection, entity, read, record)
        resolved = check(change.connection, entity, read, before, record)
        update(change, entity, record, resolved.values)
        refresh_keys(change.connection)
        changes = shown_changes(change, entity.name, record)
        closed = touched_closed_months(change.connection, change.number)
    if not changes.facts:
        return done(
            _("No changes: {name} (no. {number}) already has these values.").format(name=before["name"], number=record)
        )
    message = _("Changed {kind} no. {number}: {name}.").format(
        kind=_(entity.label), number=record, name=read.values.get("name", before["name"])
    )
    notes = (*map(str, resolved.notes), *_assumed_year(entity, resolved.values, new=False), *closed)
    return done(
        message,
        *changes.lines,
        *notes,
        close.next_step(entity, record),
        number=record,
        name=before["name"],
        changes=changes.facts,
    )


def check(
    connection: Connection, entity: Entity, read: Resolved, before: Mapping[str, Any], record: int | None
) -> Resolved:
    """The values with references looked up, after the rules across fields were checked. Raises like `add`."""
    resolved = look_up(connection, entity, read, before)
    _check(connection, entity, resolved.values, before, record)
    return resolved


def insert(change: Change, entity: Entity, values: Mapping[str, Any]) -> int:
    """Write a checked record with its related rows; returns its number."""
    record = save.insert(change, entity.name, _own(entity, values))
    _save_related(change, entity, record, values, new=True)
    return record


def update(change: Change, entity: Entity, record: int, values: Mapping[str, Any]) -> None:
    """Write checked values over a record, with its related rows."""
    save.update(change, entity.name, record, _own(entity, values))
    _save_related(change, entity, record, values, new=False)
    _resolve_pending(change, entity, record, values)


def _resolve_pending(change: Change, entity: Entity, record: int, values: Mapping[str, Any]) -> None:
    """Settle the pending values of the fields that are set."""
    measures = _measures(values) if entity is BUSINESS else {}
    own = [name.removesuffix("_id") for name in values if name not in measures]
    pending.resolve(change, entity.name, record, own)
    if measures:
        pending.resolve(change, entity.name, record, list(measures), _data_year(values, new=False))


def _signed(connection: Connection, entity: Entity, read: Resolved, record: int | None) -> Resolved:
    """The values with the parties of an event that are added (`+NAME`) or removed (`-NAME`) told as whole lists."""
    return replace(read, values=events.signed(connection, read.values, record)) if entity is EVENT else read


def _own(entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that belong to the record's own table."""
    own = {field.name for field in entity.kept_in(entity.name)} | {"sentra_id", "group_id", "extra"}
    own |= {"closed_on"} if entity is EVENT else set()
    return {name: value for name, value in values.items() if name in own}


def _check(
    connection: Connection,
    entity: Entity,
    values: dict[str, Any],
    before: Mapping[str, Any],
    record: int | None,
) -> None:
    """Check the rules across fields; completes the last day and the status of an event."""
    if entity is EVENT:
        events.complete(connection, values, before, record)
    if entity is SENTRA and values.get("name"):
        twin = save.same_sentra(connection, values["name"])
        if twin not in (None, record):
            raise errors.NameTaken(name=values["name"], number=twin)
    if entity is BUSINESS:
        _check_business(connection, values, before, record)


def _check_business(
    connection: Connection, values: dict[str, Any], before: Mapping[str, Any], record: int | None
) -> None:
    if values.get("nib"):
        holder = save.nib_holder(connection, values["nib"])
        if holder and holder[0] != record:
            raise errors.NibTaken(nib=values["nib"], number=holder[0], name=holder[1])
    opened, closed = values.get("registered_on"), values.get("closed_on")
    if opened and closed and closed < opened:
        raise errors.EndBeforeStart(start=opened, end=closed)
    if record is not None and before["form"] == "group" and values.get("form", "group") != "group":
        _refuse_with_members(connection, record)
    if values.get("group_id") and record is not None:
        path = save.group_path(connection, values["group_id"])
        if record in path:
            names = [save.name_of(connection, "business", each) for each in path[: path.index(record) + 1]]
            raise errors.OwnMember(name=before["name"], path=" → ".join([before["name"], *names]))
    if not values.get("name", before.get("name")):
        raise errors.MissingValue(what=BUSINESS["name"].title, command="edit-business")


def _refuse_with_members(connection: Connection, group: int) -> None:
    """Refuse to change the form of a group that has members. Raises Referenced."""
    names = [name for _number, name, *_rest in related.members(connection, "group_id", group)]
    if names:
        raise errors.Referenced(records=", ".join(names[:5]) + ("…" if len(names) > 5 else ""))


def _refuse_duplicate(connection: Connection, entity: Entity, values: Mapping[str, Any]) -> None:
    if entity is BUSINESS:
        same = save.same_business(connection, match_key(values["name"], values.get("owner"), values.get("kelurahan")))
        if same and not has_other_nib(connection, same[0], values):
            raise errors.AlreadyRegistered(number=same[0], name=same[1])
    if entity is EVENT:
        twin = save.same_event(connection, values["name"], values["starts_on"], values.get("batch"))
        if twin:
            raise errors.NameTaken(name=values["name"], number=twin)


def _save_related(change: Change, entity: Entity, record: int, values: Mapping[str, Any], *, new: bool) -> None:
    """Write the rows in other tables: activity, observation and KBLI of a business, parties of an event."""
    if entity is EVENT:
        events.save_parties(change, record, values)
    if entity is not BUSINESS:
        return
    if new:
        close.begin(change, record, values)
    else:
        close.move(change, record, values)
    if "kbli" in values:
        first = save.first_activity(change.connection, record)
        day = first.opened_on if first else date.today().isoformat()
        usual = 2025 if day >= EDITION_2025_FROM else 2020
        codes = filter(None, (values["kbli"] or "").split(","))
        save.replace_kbli(
            change, record, [(code, kbli.edition_of(change.connection, record, code, usual)) for code in codes]
        )
    _observe(change, record, values, new=new)


def _observe(change: Change, record: int, values: Mapping[str, Any], *, new: bool) -> None:
    """Write workers, money and capacity to the observation of their year; see `_data_year`."""
    measures = _measures(values)
    if not measures:
        return
    period = _data_year(values, new=new)
    existing = save.observation_of(change.connection, record, period)
    if existing is None:
        save.insert(change, "observation", {"business_id": record, "period": period, **measures})
    else:
        save.update(change, "observation", existing, measures)


def _data_year(values: Mapping[str, Any], *, new: bool) -> str:
    """The given data year, else the year of registration of a new business, else this year."""
    registered = values.get("registered_on") if new else None
    return str(values.get("data_year") or (registered or date.today().isoformat())[:4])


def _assumed_year(entity: Entity, values: Mapping[str, Any], *, new: bool) -> tuple[str, ...]:
    if entity is not BUSINESS or values.get("data_year") or not _measures(values):
        return ()
    year = _data_year(values, new=new)
    return (
        _("{field}: {year} is assumed; for another year: --data-year").format(
            field=BUSINESS["data_year"].title, year=year
        ),
    )


def _measures(values: Mapping[str, Any]) -> dict[str, Any]:
    observed = {field.name for field in BUSINESS.kept_in(OBSERVATION)} - {"data_year"}
    return {name: value for name, value in values.items() if name in observed}
