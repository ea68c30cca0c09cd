"""What the registry holds on one person (UU 27/2022, article 7)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from ikmctl.domain.keys import key
from ikmctl.registry.history.earlier import former_rows

#: Table → the column that names a person. The person stands at the head of a row of these tables.
NAMED_IN: Mapping[str, str] = {
    "business": "owner",
    "sentra": "manager",
    "attendance": "person",
    "event_party": "name",
}

#: Table → the columns of such a row that hold the person's data. Figures, places by kelurahan, the sex of an owner and
#: the NIB, which is the number of the business, stay.
ERASED: Mapping[str, tuple[str, ...]] = {
    "business": ("owner", "nik", "phone", "email", "npwp", "address", "latitude", "longitude", "notes", "extra"),
    "sentra": ("manager", "phone", "notes", "extra"),
    "attendance": ("person", "position", "organisation", "extra"),
    "event_party": ("name",),
}


@dataclass(frozen=True)
class Person:
    """A person: the NIKs and spellings of the name found, and the rows that are about the person, by table.

    A row may name somebody else today or in the history: `about` tells which of its states are about the person.
    """

    niks: tuple[str, ...]
    names: tuple[str, ...]
    rows: Mapping[str, tuple[int, ...]]

    @property
    def count(self) -> int:
        """The number of rows about the person."""
        return sum(map(len, self.rows.values()))

    def about(self, table: str) -> tuple[str, tuple[str, ...]]:
        """The condition that a row names this person or nobody, with its values."""
        column = NAMED_IN[table]
        condition, values = (
            f"{column} IS NULL OR {column} IN (SELECT value FROM json_each(?))",
            [json.dumps(self.names)],
        )
        if table == "business":
            condition += " OR nik IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(self.niks))
        return f"({condition})", tuple(values)

    def entries(self, table: str) -> tuple[str, tuple[str, ...]]:
        """A query of the history entries of the person's rows that named this person or nobody, with its values.

        It gives `id`, `change_id`, `row_id` and `before`.
        """
        condition, about = self.about(table)
        named = (NAMED_IN[table], "nik") if table == "business" else (NAMED_IN[table],)
        of_rows = former_rows(table, named, "row_id IN (SELECT value FROM json_each(?))")
        rows = json.dumps(self.rows[table])
        return f"SELECT id, change_id, row_id, before FROM ({of_rows}) WHERE {condition}", (rows, *about)


def find_person(connection: Connection, text: str) -> Person:
    """The person of a NIK or a name in any spelling, with the rows of today and of the history.

    A NIK means the businesses with that NIK, and what stands under the owner's name unless another NIK has that name
    too. A name means all that stands under it; the caller refuses a name with several NIKs.
    """
    named = _named_rows(connection)
    niks_of = _niks_by_name(connection)
    if text.isascii() and text.isdigit():
        owned = _businesses_with_nik(connection, text)
        keys = {key(name) for name in _owners_with_nik(connection, text)}
        keys = {name for name in keys if niks_of.get(name, set()) <= {text}}
        rows = {"business": set(owned)}
        niks: set[str] = {text} if owned else set()
    else:
        keys, rows = {key(text)} - {""}, {}
        niks = set().union(*(niks_of.get(name, set()) for name in keys))
    spelled: set[str] = set()
    for table, number, name in named:
        if key(name) in keys:
            rows.setdefault(table, set()).add(number)
            spelled.add(name)
    return Person(
        tuple(sorted(niks)),
        tuple(sorted(spelled)),
        {table: tuple(sorted(rows[table])) for table in NAMED_IN if rows.get(table)},
    )


def _named_rows(connection: Connection) -> list[tuple[str, int, str]]:
    """Each row that names a person, today or in the history: its table, number and the name."""
    parts = (
        f"""
        SELECT '{table}', id, {column} FROM {table} WHERE {column} IS NOT NULL
        UNION
        SELECT '{table}', row_id, before ->> '{column}' FROM change_row
        WHERE table_name = '{table}' AND before ->> '{column}' IS NOT NULL
        """
        for table, column in NAMED_IN.items()
    )
    return connection.execute(" UNION ".join(parts)).fetchall()


#: SQL: entries of a business that hold a former name or NIK of the owner.
_NAMES_OWNER = "(before ->> 'owner' IS NOT NULL OR before ->> 'nik' IS NOT NULL)"


def _niks_by_name(connection: Connection) -> dict[str, set[str]]:
    """Key of an owner's name → the NIKs that stand beside it."""
    found: dict[str, set[str]] = {}
    rows = connection.execute(
        f"""
        SELECT owner, nik FROM business WHERE owner IS NOT NULL AND nik IS NOT NULL
        UNION
        SELECT owner, nik FROM ({former_rows("business", ("owner", "nik"), _NAMES_OWNER)})
        WHERE owner IS NOT NULL AND nik IS NOT NULL
        """
    )
    for name, nik in rows:
        found.setdefault(key(name), set()).add(nik)
    return found


def _businesses_with_nik(connection: Connection, nik: str) -> list[int]:
    rows = connection.execute(
        """
        SELECT id FROM business WHERE nik = ?1
        UNION
        SELECT row_id FROM change_row WHERE table_name = 'business' AND before ->> 'nik' = ?1
        """,
        (nik,),
    )
    return [number for (number,) in rows]


def _owners_with_nik(connection: Connection, nik: str) -> list[str]:
    """The names that stand beside a NIK, today or in the history."""
    rows = connection.execute(
        f"""
        SELECT owner FROM business WHERE nik = ?1 AND owner IS NOT NULL
        UNION
        SELECT owner FROM ({former_rows("business", ("owner", "nik"), _NAMES_OWNER)})
        WHERE nik = ?1 AND owner IS NOT NULL
        """,
        (nik,),
    )
    return [name for (name,) in rows]


def rows_of_today(connection: Connection, person: Person, table: str) -> tuple[int, ...]:
    """The rows of a table that are about the person today."""
    condition, values = person.about(table)
    found = {number for (number,) in connection.execute(f"SELECT id FROM {table} WHERE {condition}", values)}
    return tuple(number for number in person.rows.get(table, ()) if number in found)


def earlier_values(connection: Connection, person: Person) -> list[tuple[int, str, str, int, str, Any]]:
    """What the history holds on the person: change, when, table, row, column, the value before that change."""
    found: list[tuple[int, str, str, int, str, Any]] = []
    for table in person.rows:
        entries, about = person.entries(table)
        images = connection.execute(
            f"""
            SELECT change.id, made_at, row_id, before
            FROM ({entries}) AS entry JOIN change ON change.id = change_id
            ORDER BY row_id, entry.id
            """,
            about,
        )
        for number, made_at, row, before in images:
            values = json.loads(before)
            found += [
                (number, made_at, table, row, column, values[column])
                for column in ERASED[table]
                if values.get(column) is not None
            ]
    return found


def event_of(connection: Connection, table: str, row: int) -> tuple[str, str] | None:
    """The name and first day of the event of an attendance or a party."""
    found: tuple[str, str] | None = connection.execute(
        f"SELECT event.name, starts_on FROM {table} JOIN event ON event.id = event_id WHERE {table}.id = ?", (row,)
    ).fetchone()
    return found


def values_of(connection: Connection, table: str, row: int) -> dict[str, Any]:
    """The columns of a row of today that hold the person's data."""
    columns = ERASED[table]
    found = connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (row,)).fetchone()
    return dict(zip(columns, found, strict=True)) if found else {}
