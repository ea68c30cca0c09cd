"""Businesses that may be duplicates: what of them is compared, and the pairs that are known to be different."""

from collections.abc import Iterator
from sqlite3 import Connection
from typing import Any

from ikmctl.domain.duplicates import Profile, profile
from ikmctl.registry.file.database import Change
from ikmctl.registry.records.filters import search_words
from ikmctl.registry.records.save import insert

_COLUMNS = "business.id, business.name, business.owner, kelurahan, nib, nik, phone, npwp, email"
#: How many businesses that share words with a new one are compared with it.
_MOST_CANDIDATES = 500


def profiles(connection: Connection) -> Iterator[Profile]:
    """The profiles of all businesses, in the order of their numbers."""
    return (profile(*row) for row in connection.execute(f"SELECT {_COLUMNS} FROM business ORDER BY id"))


def candidates(connection: Connection, new: Profile) -> list[Profile]:
    """Businesses that may be the same as a new one: they share the words of its name or owner, or an identifier."""
    rows: dict[int, tuple[Any, ...]] = {}
    for words in filter(None, map(search_words, (new.name, new.owner))):
        found = connection.execute(
            f"""
            SELECT {_COLUMNS} FROM business_search JOIN business ON business.id = business_search.rowid
            WHERE business_search MATCH ? LIMIT {_MOST_CANDIDATES}
            """,
            (words,),
        )
        rows |= {row[0]: row for row in found}
    identifiers = [
        ("nik", new.nik),
        ("npwp", new.npwp),
        ("email", new.email),
        *(("phone", phone) for phone in new.phones),
    ]
    for column, value in identifiers:
        if value:
            query = f"SELECT {_COLUMNS} FROM business WHERE instr({column}, ?) LIMIT {_MOST_CANDIDATES}"
            rows |= {row[0]: row for row in connection.execute(query, (value,))}
    return [profile(*row) for row in rows.values()]


def different_pairs(connection: Connection) -> set[tuple[int, int]]:
    """The pairs of businesses that are marked as different, the lower number first."""
    return set(connection.execute("SELECT business_id, other_id FROM distinct_pair"))


def are_different(connection: Connection, one: int, two: int) -> bool:
    """Whether two businesses are marked as different."""
    query = "SELECT 1 FROM distinct_pair WHERE business_id = ? AND other_id = ?"
    return connection.execute(query, (min(one, two), max(one, two))).fetchone() is not None


def mark_different(change: Change, one: int, other: int) -> bool:
    """Mark two businesses as different; whether they were not yet."""
    pair = min(one, other), max(one, other)
    if are_different(change.connection, *pair):
        return False
    insert(change, "distinct_pair", dict(zip(("business_id", "other_id"), pair, strict=True)))
    return True


def described(connection: Connection, number: int) -> tuple[str, str | None, str | None]:
    """`(name, owner, kelurahan)` of a business."""
    row: tuple[str, str | None, str | None] = connection.execute(
        "SELECT name, owner, kelurahan FROM business WHERE id = ?", (number,)
    ).fetchone()
    return row
