"""Closing and reopening businesses, sentra and events, and the periods in which a business is active."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ikmctl import errors
from ikmctl.actions.history.closed_months import touched_closed_months
from ikmctl.actions.records.events import fields as events
from ikmctl.actions.records.lookup import read_field
from ikmctl.document import Document, done
from ikmctl.domain.entities import ACTIVITY, BUSINESS, EVENT
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.values import kinds
from ikmctl.language import _
from ikmctl.registry.file.database import Change, Registry
from ikmctl.registry.records import find as find_records
from ikmctl.registry.records import pending, save


def close(registry: Registry, entity: Entity, wanted: str, on: str | None, *, cancelled: bool = False) -> Document:
    """Close a record on a day, by default today: an event is then reported, or was cancelled.

    Raises AlreadyClosed, EndBeforeStart, EventNotYet, NotFound, Ambiguous.
    """
    day = _day(on)
    with registry.write(f"close-{entity.name}", wanted) as change:
        record = find_records.find(change.connection, entity.name, wanted)
        name = save.name_of(change.connection, entity.name, record)
        save.set_detail(change, name)
        if entity is BUSINESS:
            end(change, record, name, day)
        else:
            row = save.row(change.connection, entity.name, record)
            if row["closed_on"]:
                raise errors.AlreadyClosed(name=name, date=row["closed_on"], kind=entity.name, number=record)
            extra = {}
            if entity is EVENT:
                extra = {"status": "cancelled" if cancelled else "reported"}
                events.check_begun(name, row["starts_on"], extra["status"])
            save.update(change, entity.name, record, {"closed_on": day, **extra})
        months = touched_closed_months(change.connection, change.number)
    message = _("Closed {kind} no. {number} on {date}: {name}.").format(
        kind=_(entity.label), number=record, date=day, name=name
    )
    return done(message, *months, next_step(entity, record), number=record, name=name, closed_on=day)


def reopen(registry: Registry, entity: Entity, wanted: str, on: str | None) -> Document:
    """Reopen a closed record from a day on, by default today. Raises NotClosed, OpenedBeforeClosed."""
    day = _day(on)
    with registry.write(f"reopen-{entity.name}", wanted) as change:
        record = find_records.find(change.connection, entity.name, wanted)
        name = save.name_of(change.connection, entity.name, record)
        save.set_detail(change, name)
        if entity is BUSINESS:
            _begin_again(change, record, name, day)
        else:
            row = save.row(change.connection, entity.name, record)
            if not row["closed_on"]:
                raise errors.NotClosed(name=name)
            extra = {"status": events.usual_status(row["starts_on"])} if entity is EVENT else {}
            save.update(change, entity.name, record, {"closed_on": None, **extra})
        months = touched_closed_months(change.connection, change.number)
    message = _("Reopened {kind} no. {number} on {date}: {name}.").format(
        kind=_(entity.label), number=record, date=day, name=name
    )
    return done(message, *months, next_step(entity, record), number=record, name=name)


def _day(text: str | None) -> str:
    if text is None:
        return date.today().isoformat()
    value, _notes = read_field(Field("on", kinds.DATE, _("Date"), required=True), text)
    return str(value)


def begin(change: Change, business: int, values: Mapping[str, Any]) -> None:
    """Record the first period of activity of a new business.

    It starts on the day of registration, else today or, for a closed business, on the day of closing. `entry` says
    whether it was registered, which is usual, or recorded.
    """
    today = date.today().isoformat()
    closed = values.get("closed_on") or (today if values.get("status") == "closed" else None)
    opened = values.get("registered_on") or min(filter(None, (closed, today)))
    entry = values.get("entry", "registered")
    values = {"business_id": business, "opened_on": opened, "closed_on": closed, "entry": entry}
    save.insert(change, ACTIVITY, values)


def move(change: Change, business: int, values: Mapping[str, Any]) -> None:
    """Correct the first or last day of a business's activity, if `values` give one. Raises EndBeforeStart."""
    first, latest = (find(change.connection, business) for find in (save.first_activity, save.latest_activity))
    if first is None or latest is None:
        if values.get("registered_on"):
            begin(change, business, values)
        return
    periods = {each.row: each for each in (first, latest)}
    if values.get("registered_on"):
        periods[first.row] = periods[first.row]._replace(opened_on=values["registered_on"], entry="registered")
    if "closed_on" in values:
        periods[latest.row] = periods[latest.row]._replace(closed_on=values["closed_on"])
    for row, opened_on, closed_on, entry in periods.values():
        if closed_on and closed_on < opened_on:
            raise errors.EndBeforeStart(start=opened_on, end=closed_on)
        save.update(change, ACTIVITY, row, {"opened_on": opened_on, "closed_on": closed_on, "entry": entry})


def end(change: Change, business: int, name: str, day: str) -> None:
    """End the activity of a business, which settles a pending value of its status. Raises AlreadyClosed."""
    latest = save.latest_activity(change.connection, business)
    if latest is None or latest.closed_on:
        closed = latest.closed_on if latest else "–"
        raise errors.AlreadyClosed(name=name, date=closed, kind=BUSINESS.name, number=business)
    if day < latest.opened_on:
        raise errors.EndBeforeStart(start=latest.opened_on, end=day)
    save.update(change, ACTIVITY, latest.row, {"closed_on": day})
    pending.resolve(change, BUSINESS.name, business, ("status", "closed_on"))


def _begin_again(change: Change, business: int, name: str, day: str) -> None:
    latest = save.latest_activity(change.connection, business)
    if latest and latest.closed_on is None:
        raise errors.NotClosed(name=name)
    if latest and latest.closed_on and day < latest.closed_on:
        raise errors.OpenedBeforeClosed(name=name, closed=latest.closed_on, date=day)
    values = {"business_id": business, "opened_on": day, "entry": "reopened" if latest else "registered"}
    save.insert(change, ACTIVITY, values)


def next_step(entity: Entity, record: int) -> str:
    """The line after a change of a record: how to show it, and how to undo the change."""
    return _("See: ikmctl show-{kind} {number} · to undo: ikmctl undo").format(kind=entity.name, number=record)
