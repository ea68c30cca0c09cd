"""Finding the record that a name or a number means."""

from collections.abc import Iterable, Iterator, Sequence
from sqlite3 import Connection

from ikmctl import errors
from ikmctl.domain.keys import key
from ikmctl.domain.matching import closest_matches
from ikmctl.language import N_, _
from ikmctl.registry.records.filters import search_words

KINDS = {"business": N_("business"), "sentra": N_("sentra"), "event": N_("event"), "group": N_("group")}
LISTINGS = {"business": "businesses", "sentra": "sentra", "event": "events", "group": "businesses --form group"}
_MOST_CANDIDATES = 5


def find(connection: Connection, kind: str, text: str) -> int:
    """The number of the record that `text` means: a number, a name, or for businesses `name / owner` and for
    events `name / day` or `name / batch`.

    `kind` is business, group, sentra or event.
    Raises NotFound or NotFoundWithSuggestions with candidates, Ambiguous with the records it may be.
    """
    table, condition = ("business", "form = 'group'") if kind == "group" else (kind, "1")
    wanted = text.strip().removeprefix("#")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 16:
        found = connection.execute(f"SELECT id FROM {table} WHERE id = ?", (int(wanted),)).fetchone()
        if found:
            return int(found[0])
    name, slash, owner = wanted.partition(" / ")
    if slash and table == "business":
        matches = _owned(connection, condition, name.strip(), key(owner))
    else:
        matches = _named(connection, table, condition, wanted)
    if table == "event" and slash and not matches:
        matches = _held(connection, name.strip(), owner.strip())
    if len(matches) == 1:
        return matches[0][0]
    if matches:
        found = _with_days(connection, matches) if table == "event" else matches
        raise errors.Ambiguous(name=text, count=len(matches), candidates=_listed(found))
    candidates = closest_matches(wanted, _names_like(connection, table, condition, wanted))
    kind_label, listing = _(KINDS[kind]), f"list-{LISTINGS[kind]}"
    if candidates:
        quoted = ", ".join(f"“{candidate}”" for candidate in candidates)
        raise errors.NotFoundWithSuggestions(kind=kind_label, name=text, candidates=quoted, listing=listing)
    raise errors.NotFound(kind=kind_label, name=text, listing=listing)


def find_attendance(connection: Connection, event: int, text: str) -> int:
    """The number of the entry on an event's participant list that `text` means.

    It is that number, or the name of a person, or of a business or sentra, in any spelling, or a part of it.

    Raises NotFound, AmbiguousParticipant with the entries it may be.
    """
    rows = connection.execute(
        """
        SELECT attendance.id, person, business.name, sentra.name, position, organisation
        FROM attendance
        LEFT JOIN business ON business.id = business_id
        LEFT JOIN sentra ON sentra.id = attendance.sentra_id
        WHERE event_id = ? ORDER BY attendance.id
        """,
        (event,),
    ).fetchall()
    wanted = text.strip().removeprefix("#")
    numbered = [number for number, *_names in rows if str(number) == wanted]
    if numbered:
        return int(numbered[0])
    named = [(number, [key(name) for name in _called(*names) if name]) for number, *names in rows]
    found = [number for number, names in named if key(wanted) in names] or [
        number for number, names in named if key(wanted) and any(key(wanted) in name for name in names)
    ]
    if len(found) == 1:
        return int(found[0])
    if not found:
        raise errors.NotFound(kind=_("participant"), name=text, listing=f"show-event {event}")
    labels = {number: " · ".join(filter(None, names)) for number, *names in rows}
    candidates = _listed((number, labels[number]) for number in found)
    raise errors.AmbiguousParticipant(name=text, count=len(found), candidates=candidates, event=event)


def _called(person: str | None, *others: str | None) -> Sequence[str | None]:
    """The names of an entry: its position or organisation only where nothing else names it."""
    business, sentra, position, organisation = others
    return (person, business, sentra) if person or business or sentra else (position, organisation)


def _owned(connection: Connection, condition: str, name: str, owner: str) -> list[tuple[int, str]]:
    """The businesses of a name whose owner is the one named: many businesses share a name."""
    return [
        (number, found)
        for number, found in _named(connection, "business", condition, name)
        if key(connection.execute("SELECT coalesce(owner, '') FROM business WHERE id = ?", (number,)).fetchone()[0])
        == owner
    ]


def _held(connection: Connection, name: str, which: str) -> list[tuple[int, str]]:
    """The events of a name that began on a day, or are of a batch."""
    from ikmctl.domain.problems import Unreadable
    from ikmctl.domain.values.dates import read_date  # imported late: few names have a day

    try:
        day = read_date(which)[0]
    except Unreadable:
        day = None
    wanted = [
        (number, found, *connection.execute("SELECT starts_on, batch FROM event WHERE id = ?", (number,)).fetchone())
        for number, found in _named(connection, "event", "1", name)
    ]
    return [
        (number, found)
        for number, found, starts_on, batch in wanted
        if starts_on == day or (batch and key(batch) == key(which))
    ]


def _with_days(connection: Connection, matches: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Events of like names, each with its first day, its batch and its place."""
    for number, name in matches:
        row = connection.execute(
            "SELECT starts_on, batch, coalesce(venue, kelurahan) FROM event WHERE id = ?", (number,)
        )
        yield number, ", ".join(filter(None, (name, *row.fetchone())))


def _named(connection: Connection, table: str, condition: str, name: str) -> list[tuple[int, str]]:
    """Records of exactly this name, else those whose name or brand differs only in case, spaces and signs."""
    exact = connection.execute(
        f"SELECT id, name FROM {table} WHERE name = ? COLLATE NOCASE AND {condition} ORDER BY id", (name,)
    ).fetchall()
    if exact:
        return exact
    wanted = key(name)
    alike = _rows_like(connection, table, condition, name)
    same = [(number, found) for number, found, _brand in alike if key(found) == wanted]
    branded = [(number, found) for number, found, brand in alike if brand and key(brand) == wanted]
    holding = [(number, found) for number, found, _brand in alike if wanted and wanted in key(found)]
    return same or branded or holding


def _rows_like(connection: Connection, table: str, condition: str, name: str) -> list[tuple[int, str, str | None]]:
    if table != "business":
        return connection.execute(f"SELECT id, name, NULL FROM {table} WHERE {condition} ORDER BY id").fetchall()
    words = search_words(name)
    if not words:
        return []
    return connection.execute(
        f"""
        SELECT id, business.name, business.brand
        FROM business_search JOIN business ON business.id = business_search.rowid
        WHERE business_search MATCH ? AND {condition}
        ORDER BY business.id LIMIT 200
        """,
        (words,),
    ).fetchall()


def _names_like(connection: Connection, table: str, condition: str, name: str) -> list[str]:
    if table != "business":
        return [row for (row,) in connection.execute(f"SELECT name FROM {table} WHERE {condition}")]
    starts = [word[:3] for word in name.split() if len(word) > 2]
    words = " OR ".join(filter(None, (search_words(start) for start in starts)))
    if not words:
        return []
    query = f"""
        SELECT business.name
        FROM business_search JOIN business ON business.id = business_search.rowid
        WHERE business_search MATCH ? AND {condition}
        LIMIT 2000
        """
    return [row for (row,) in connection.execute(query, (words,))]


def _listed(matches: Iterable[tuple[int, str]]) -> str:
    shown = [f"{number} {name}" for number, name in matches]
    more = len(shown) - _MOST_CANDIDATES
    return "; ".join(shown[:_MOST_CANDIDATES]) + (f"; … (+{more})" if more > 0 else "")
