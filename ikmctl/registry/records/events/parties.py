"""The parties of events (organisers, hosts, guests, funders, instructors), and what the funders give."""

from collections.abc import Iterable, Mapping
from sqlite3 import Connection

from ikmctl.domain.keys import key
from ikmctl.registry.file.database import Change
from ikmctl.registry.records.save import insert


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
    """Give an event these parties in one role; a source of money that stays keeps its amount.

    All are written anew, so that the history tells the list before and after.
    """
    query = "SELECT name, amount FROM event_party WHERE event_id = ? AND role = ? ORDER BY id"
    given = dict(change.connection.execute(query, (event, role)))
    names = list(dict.fromkeys(names))
    if names == list(given):
        return
    change.connection.execute("DELETE FROM event_party WHERE event_id = ? AND role = ?", (event, role))
    for name in names:
        insert(change, "event_party", {"event_id": event, "role": role, "name": name, "amount": given.get(name)})


def set_amounts(change: Change, event: int, wanted: Mapping[str, int | None]) -> None:
    """Say what sources of money give for an event; a source that it does not have yet is added."""
    sources = parties(change.connection, event).get("funder", [])
    spellings = {key(name): name for name in (*wanted, *sources)}
    replace_parties(change, event, "funder", [*sources, *(name for name in spellings.values() if name not in sources)])
    for source, amount in wanted.items():
        change.connection.execute(
            "UPDATE event_party SET amount = ? WHERE event_id = ? AND role = 'funder' AND name = ? AND amount IS NOT ?",
            (amount, event, spellings[key(source)], amount),
        )


def names(connection: Connection, role: str | None = None) -> list[str]:
    """The names of all parties, or of those in one role."""
    query = "SELECT DISTINCT name FROM event_party WHERE ?1 IS NULL OR role = ?1 ORDER BY name"
    return [name for (name,) in connection.execute(query, (role,))]
