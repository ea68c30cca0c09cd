"""Erases a person's data from the registry, and keeps the figures (UU 27/2022, article 8).

A name may also be that of a street, a hall or another person's business. It is therefore replaced only in the person's
own records and in remarks; numbers and addresses of the person are replaced wherever they stand.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from ikmctl.registry.file.database import Change
from ikmctl.registry.history.earlier import former_rows
from ikmctl.registry.records import save
from ikmctl.registry.records.person import ERASED, Person, earlier_values, rows_of_today, values_of

#: Columns that cannot be empty, or whose number of people reports count: a placeholder takes the place of the name.
_KEPT_FILLED = (("attendance", "person"), ("event_party", "name"))
_REPLACEMENT = "(dihapus)"

#: Texts in which a person's numbers and addresses may stand: table → columns.
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "business": ("name", "brand", "address", "products", "notes", "extra"),
    "sentra": ("name", "product", "address", "notes", "extra"),
    "event": ("name", "venue", "topic", "outcome", "lesson", "notes", "extra"),
    "attendance": ("position", "organisation", "extra"),
    "alias": ("written",),
    "closed_month": ("figures",),
    "change": ("detail",),
}
#: Texts that are remarks on people, in which a whole name means the person.
_ABOUT_PEOPLE: Mapping[str, tuple[str, ...]] = {
    "business": ("notes", "extra"),
    "sentra": ("notes", "extra"),
    "event": ("outcome", "lesson", "notes", "extra"),
    "attendance": ("position", "organisation", "extra"),
}
#: A shorter number is too common to be sought in all texts, a shorter name in remarks.
_SHORTEST_NUMBER, _SHORTEST_NAME = 8, 3
_IDENTIFIERS = ("nik", "phone", "email", "npwp")


def erase(change: Change, person: Person) -> dict[str, int]:
    """Remove the person's data from records, pending values and history; table → rows that held any.

    The history keeps its rows with the values taken out, so that no undo can bring them back. The change itself keeps
    no rows: what it removed is not to be found in it.
    """
    connection = change.connection
    identifiers, names = _identifiers(connection, person), _spellings(person)
    former = _names_of_records(connection, person)
    counts: dict[str, int] = {}
    for table, numbers in person.rows.items():
        counts[table] = sum(_erase_row(connection, person, table, number) for number in numbers)
    whole_names = [name for name in names if " " in name]
    counts["pending_value"] = _erase_pending(connection, person, [*whole_names, *identifiers])
    connection.execute("DELETE FROM change_row WHERE change_id = ?", (change.number,))
    counts["change_row"] = sum(_erase_before(connection, person, table) for table in person.rows)
    _replace_everywhere(connection, identifiers, _TEXTS)
    _replace_everywhere(connection, whole_names, _ABOUT_PEOPLE)
    _replace_in_lessons(connection, whole_names)
    _replace_in_own_records(connection, person, names)
    _replace_names_of_records(connection, former)
    save.refresh_keys(connection)
    connection.execute("DELETE FROM change_row WHERE change_id = ?", (change.number,))
    connection.execute("INSERT INTO business_search (business_search) VALUES ('rebuild')")
    return {table: count for table, count in counts.items() if count}


def _placeholder(number: int) -> str:
    """What takes the place of a name: it differs for each row, because reports count different people."""
    return f"(dihapus {number})"


def _settings(table: str, number: int) -> dict[str, Any]:
    return {column: _placeholder(number) if (table, column) in _KEPT_FILLED else None for column in ERASED[table]}


def _erase_row(connection: Connection, person: Person, table: str, number: int) -> int:
    values = _settings(table, number)
    columns = ", ".join(f"{column} = ?" for column in values)
    condition, about = person.about(table)
    return connection.execute(
        f"UPDATE {table} SET {columns} WHERE id = ? AND {condition}", (*values.values(), number, *about)
    ).rowcount


def _erase_before(connection: Connection, person: Person, table: str) -> int:
    """Take the values out of what the history holds of the person's rows; the number of entries that held any."""
    entries, about = person.entries(table)
    held = " OR ".join(f"json_type(before, '$.{column}') IS NOT NULL" for column in ERASED[table])
    found = connection.execute(f"SELECT id, row_id FROM ({entries}) WHERE {held}", about).fetchall()
    parts = ", ".join(f"'$.{column}', ?" for column in ERASED[table])
    connection.executemany(
        f"UPDATE change_row SET before = json_replace(before, {parts}) WHERE id = ?",
        ((*_settings(table, row).values(), entry) for entry, row in found),
    )
    return len(found)


_PENDING_FIELDS = sorted(
    {column for columns in ERASED.values() for column in columns} | {"owner_gender", "coordinates"}
)


def _erase_pending(connection: Connection, person: Person, sought: Sequence[str]) -> int:
    """Delete the pending values of the person's rows that are meant for personal fields or repeat a value.

    In the history their texts are taken out too.
    """
    fields = ", ".join("?" * len(_PENDING_FIELDS))
    count = 0
    for table, numbers in person.rows.items():
        if table == "event_party":
            continue
        former = former_rows("pending_value", ("field",), f"before ->> '{table}_id' = ?")
        for number in numbers:
            connection.execute(
                f"""
                UPDATE change_row SET before = json_replace(before, '$.text', '(dihapus)', '$.facts', '{{}}')
                WHERE id IN (SELECT id FROM ({former}) WHERE field IN ({fields}))
                """,
                (number, *_PENDING_FIELDS),
            )
            count += connection.execute(
                f"DELETE FROM pending_value WHERE {table}_id = ? AND field IN ({fields})", (number, *_PENDING_FIELDS)
            ).rowcount
    for value in sought:
        count += connection.execute("DELETE FROM pending_value WHERE instr(text, ?)", (value,)).rowcount
    return count


def _identifiers(connection: Connection, person: Person) -> list[str]:
    """The person's numbers and email addresses of today and of the history, the longest first."""
    found = set(person.niks)
    for table in person.rows:
        for number in rows_of_today(connection, person, table):
            values = values_of(connection, table, number)
            found |= {str(values[column]) for column in _IDENTIFIERS if values.get(column) is not None}
    earlier = earlier_values(connection, person)
    found |= {str(value) for *_place, column, value in earlier if column in _IDENTIFIERS}
    found |= {number for numbers in tuple(found) for number in numbers.split("/")}
    return sorted((text for text in found if len(text) >= _SHORTEST_NUMBER), key=len, reverse=True)


def _spellings(person: Person) -> list[str]:
    """The person's name as it was written, in capitals, and with capital initials; the longest first."""
    forms = {form for name in person.names for form in (name, name.upper(), name.title())}
    return sorted((form for form in forms if len(form) >= _SHORTEST_NAME), key=len, reverse=True)


def _names_of_records(connection: Connection, person: Person) -> list[str]:
    """The names of the person's businesses and sentra, today and before, that contain the person's name."""
    found = set()
    for table in ("business", "sentra"):
        rows = connection.execute(
            f"""
            SELECT name FROM {table} WHERE id IN (SELECT value FROM json_each(?1))
            UNION
            SELECT before ->> 'name' FROM change_row
            WHERE table_name = '{table}' AND row_id IN (SELECT value FROM json_each(?1))
                AND before ->> 'name' IS NOT NULL
            """,
            (json.dumps(person.rows.get(table, ())),),
        )
        found |= {name for (name,) in rows}
    return [name for name in found if any(form in name for form in _spellings(person))]


def _replace_everywhere(connection: Connection, sought: Iterable[str], texts: Mapping[str, tuple[str, ...]]) -> None:
    """Replace each value in these columns, today and in the history."""
    for value in sought:
        for table, columns in texts.items():
            for column in columns:
                connection.execute(
                    f"UPDATE {table} SET {column} = replace({column}, ?1, ?2) WHERE instr({column}, ?1)",
                    (value, _REPLACEMENT),
                )
                connection.execute(
                    f"""
                    UPDATE change_row
                    SET before = json_set(before, '$.{column}', replace(before ->> '{column}', ?1, ?2))
                    WHERE table_name = '{table}' AND instr(before ->> '{column}', ?1)
                    """,
                    (value, _REPLACEMENT),
                )


def _replace_in_lessons(connection: Connection, names: Iterable[str]) -> None:
    """Replace the name where closed months keep the outcomes and lessons of events, today and in the history."""

    def replaced(figures: str) -> str:
        lessons = f"json(replace({figures} -> '$.blocks.lessons', ?1, ?2))"
        return f"json_set({figures}, '$.blocks.lessons', {lessons})"

    for written in {form for name in names for form in (name, json.dumps(name)[1:-1])}:
        connection.execute(
            f"""
            UPDATE closed_month SET figures = {replaced("figures")}
            WHERE instr(figures -> '$.blocks.lessons', ?1)
            """,
            (written, _REPLACEMENT),
        )
        figures = "(before ->> 'figures')"
        connection.execute(
            f"""
            UPDATE change_row SET before = json_set(before, '$.figures', {replaced(figures)})
            WHERE table_name = 'closed_month' AND instr({figures} -> '$.blocks.lessons', ?1)
            """,
            (written, _REPLACEMENT),
        )


def _replace_in_own_records(connection: Connection, person: Person, names: Iterable[str]) -> None:
    """Replace the name in the texts of the person's rows, in their history, and in what their changes were about."""
    for name in names:
        for table, numbers in person.rows.items():
            condition, about = person.about(table)
            entries, about_entries = person.entries(table)
            rows = json.dumps(numbers)
            for column in _TEXTS.get(table, ()):
                connection.execute(
                    f"""
                    UPDATE {table} SET {column} = replace({column}, ?, ?)
                    WHERE id IN (SELECT value FROM json_each(?)) AND {condition}
                    """,
                    (name, _REPLACEMENT, rows, *about),
                )
                connection.execute(
                    f"""
                    UPDATE change_row SET before = json_set(before, '$.{column}', replace(before ->> '{column}', ?, ?))
                    WHERE id IN (SELECT id FROM ({entries})) AND instr(before ->> '{column}', ?)
                    """,
                    (name, _REPLACEMENT, *about_entries, name),
                )
            connection.execute(
                """
                UPDATE change SET detail = replace(detail, ?, ?)
                WHERE id IN (
                    SELECT change_id FROM change_row
                    WHERE table_name = ? AND row_id IN (SELECT value FROM json_each(?))
                )
                """,
                (name, _REPLACEMENT, table, rows),
            )


def _replace_names_of_records(connection: Connection, names: Iterable[str]) -> None:
    """Replace the former names of records where they stand as a whole: in stored reports and details of changes."""
    for name in names:
        whole = json.dumps(name, ensure_ascii=False)
        connection.execute(
            "UPDATE closed_month SET figures = replace(figures, ?1, ?2) WHERE instr(figures, ?1)",
            (whole, json.dumps(_REPLACEMENT)),
        )
        connection.execute("UPDATE change SET detail = ? WHERE detail = ?", (_REPLACEMENT, name))


def mentions(connection: Connection, person: Person) -> list[tuple[str, int, str]]:
    """Where the person's name still stands and may mean something else: table, number, column."""
    found = []
    for table in _ABOUT_PEOPLE:
        for column in _TEXTS[table]:
            for name in _spellings(person):
                rows = connection.execute(f"SELECT id FROM {table} WHERE instr({column}, ?) ORDER BY id", (name,))
                found += [(table, number, column) for (number,) in rows]
    return list(dict.fromkeys(found))
