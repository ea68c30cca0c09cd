"""The rules across the fields of an event: its days, its status, its budget, and its parties, which may be several."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ikmctl import errors
from ikmctl.actions.records.lookup import RawValues
from ikmctl.domain.choices import EVENT_STATUSES
from ikmctl.domain.entities import EVENT, PARTY_ROLES
from ikmctl.domain.keys import key
from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values.dates import read_span
from ikmctl.domain.values.kinds import show_money
from ikmctl.registry.file.database import Change, Connection
from ikmctl.registry.records.events import parties


def prepare(given: RawValues) -> RawValues:
    """The given texts with ranges of days and budgets by source divided.

    A range in the start (`13-17 September 2021`) becomes start and end. Of the budgets, `APBD=50jt` is the amount of a
    source, and `70jt` the total.
    """
    given = _with_span(given)
    budgets = given.get("budget")
    if budgets is None:
        return given
    texts = budgets if isinstance(budgets, list) else [budgets]
    by_source = [text for text in texts if "=" in text]
    totals = [text for text in texts if "=" not in text]
    prepared = {name: text for name, text in given.items() if name != "budget"}
    if totals:
        prepared["budget"] = totals[-1]
    if by_source:
        prepared["budget_by_source"] = by_source
    return prepared


def _with_span(given: RawValues) -> RawValues:
    start = given.get("starts_on")
    if not isinstance(start, str) or given.get("ends_on"):
        return given
    try:
        first, last, _notes = read_span(start)
    except Unreadable:
        return given
    return {**given, "starts_on": first, "ends_on": last} if first != last else given


def signed(connection: Connection, values: dict[str, Any], event: int | None) -> dict[str, Any]:
    """The values with parties told as changes turned into lists: `+NAME` adds one to those of the event, `-NAME`
    removes one. Raises NoSuchParty."""
    there = parties.parties(connection, event) if event else {}
    return {
        name: _signed(name, there.get(name, []), value) if name in PARTY_ROLES else value
        for name, value in values.items()
    }


def _signed(role: str, there: Sequence[str], given: Sequence[str]) -> list[str]:
    plain = [name for name in given if name[0] not in "+-"]
    found = list(plain if plain or not given else there)
    for sign, name in ((text[0], text[1:].strip()) for text in given if text[0] in "+-"):
        same = [each for each in found if key(each) == key(name)]
        if sign == "+":
            found += [] if same or not name else [name]
        elif same:
            found.remove(same[0])
        else:
            raise errors.NoSuchParty(field=EVENT[role].title, name=name, candidates=", ".join(found) or "–")
    return found


def complete(connection: Connection, values: dict[str, Any], before: Mapping[str, Any], record: int | None) -> None:
    """Complete the last day, the status and the day of closing of an event; checks its budget.

    Raises EndBeforeStart, EventNotYet, BudgetTooSmall.
    """
    if "starts_on" in values or "ends_on" in values:
        values["ends_on"] = _last_day(values, before)
    _complete_status(values, before)
    if "budget" in values or "budget_by_source" in values:
        _check_budget(connection, values, before, record)


def _last_day(values: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """The last day: as given, else as before; a single-day event moves with its start. Raises EndBeforeStart."""
    start = values.get("starts_on") or before["starts_on"]
    lasting = None if before.get("ends_on") == before.get("starts_on") else before["ends_on"]
    end = str(values.get("ends_on", lasting) or start)
    if end < start:
        raise errors.EndBeforeStart(start=start, end=end)
    return end


def _complete_status(values: dict[str, Any], before: Mapping[str, Any]) -> None:
    """Add the status where it follows from the days, and the day of closing where it follows from the status."""
    start = values.get("starts_on") or before["starts_on"]
    given = values.get("status")
    moved = before.get("status", "planned") in ("planned", "held") and start != before.get("starts_on")
    if given is None and ("status" in values or moved):
        values["status"] = usual_status(start)
    if "starts_on" in values or "status" in values:
        check_begun(
            str(values.get("name") or before.get("name")), start, str(values.get("status", before.get("status")))
        )
    if "status" not in values:
        return
    if values["status"] not in ("reported", "cancelled"):
        values["closed_on"] = None
    elif values["status"] != before.get("status"):
        values["closed_on"] = date.today().isoformat()


def usual_status(start: str) -> str:
    """The status of an event of which nobody says more than its first day: planned before that day, then held."""
    return "planned" if start > date.today().isoformat() else "held"


def check_begun(name: str, start: str, status: str) -> None:
    """Check that an event that is said to be held or reported has begun. Raises EventNotYet."""
    if status in ("held", "reported") and start > date.today().isoformat():
        label = next(str(choice) for choice in EVENT_STATUSES if choice.code == status)
        raise errors.EventNotYet(name=name, date=start, status=label)


def _check_budget(
    connection: Connection, values: Mapping[str, Any], before: Mapping[str, Any], record: int | None
) -> None:
    total = values.get("budget", before.get("budget"))
    given = parties.amounts(connection, record) if record else {}
    given = {key(source): amount for source, amount in given.items()}
    given |= {key(source): amount or 0 for source, amount in amounts(values.get("budget_by_source") or ()).items()}
    together = sum(given.values())
    if total is not None and total < together:
        raise errors.BudgetTooSmall(total=show_money(total), sum=show_money(together))


def amounts(by_source: Iterable[str]) -> dict[str, int | None]:
    """Source → amount, from texts such as `APBD=50000000; DAK=`."""
    pairs = [part.strip().rpartition("=") for text in by_source for part in text.split(";") if part.strip()]
    return {source: int(amount) if amount else None for source, _sign, amount in pairs}


def save_parties(change: Change, record: int, values: Mapping[str, Any]) -> None:
    """Write the parties of an event, and what its sources of money give."""
    for role in PARTY_ROLES:
        if role in values:
            parties.replace_parties(change, record, role, values[role])
    if values.get("budget_by_source"):
        parties.set_amounts(change, record, amounts(values["budget_by_source"]))
