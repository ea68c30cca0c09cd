"""The parties of events (organisers, hosts, guests, funders, instructors), and what the funders give."""

from collections.abc import Iterable, Mapping
from sqlite3 import Connection

from ikmctl.domain.keys import key
from ikmctl.registry.file.database import Change
from ikmctl.registry.records.save import insert, update


def parties(connection: Connection, event: int) -> dict[str, list[str]]:
    """Role → the parties of an event in it, in the order of entry."""
    found: dict[str, list[str]] = {}
    query = "SELECT role, name FROM event_party WHERE event_id = ? ORDER BY id"
    for role, name in connection.execute(query, (event,)):
        found.setdefault(role, []).append(name)
    return found


def amounts(connection: Connection, event: int) -> dict[str, int]:
    """Source of money → what it gives for an event, where that is known."""
    query = "SELECT name, amount FROM event_party WHERE event_id = ? AND amount IS NOT NULL ORDER BY id"
    return dict(connection.execute(query, (event,)))


def replace_parties(change: Change, event: int, role: str, names: Iterable[str]) -> None:
    """Give an event these parties in one role; those that stay keep their rows as far as the order allows."""
    names = list(dict.fromkeys(names))
    query = "SELECT id, name, amount FROM event_party WHERE event_id = ? AND role = ? ORDER BY id"
    there = change.connection.execute(query, (event, role)).fetchall()
    given = {name: amount for _row, name, amount in there}
    kept = 0
    for row, name, _amount in there:
        if kept < len(names) and names[kept] == name:
            kept += 1
        else:
            change.connection.execute("DELETE FROM event_party WHERE id = ?", (row,))
    for name in names[kept:]:
        insert(change, "event_party", {"event_id": event, "role": role, "name": name, "amount": given.get(name)})


def set_amounts(change: Change, event: int, wanted: Mapping[str, int | None]) -> None:
    """Say what sources of money give for an event; a source that it does not have yet is added."""
    query = "SELECT id, name, amount FROM event_party WHERE event_id = ? AND role = 'funder'"
    known = {key(name): (row, amount) for row, name, amount in change.connection.execute(query, (event,))}
    for source, amount in wanted.items():
        if key(source) not in known:
            values = {"event_id": event, "role": "funder", "name": source, "amount": amount}
            known[key(source)] = (insert(change, "event_party", values), amount)
        elif known[key(source)][1] != amount:
            update(change, "event_party", known[key(source)][0], {"amount": amount})


def names(connection: Connection, role: str | None = None) -> list[str]:
    """The names of all parties, or of those in one role."""
    query = "SELECT DISTINCT name FROM event_party WHERE ?1 IS NULL OR role = ?1 ORDER BY name"
    return [name for (name,) in connection.execute(query, (role,))]
