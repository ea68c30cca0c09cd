"""How much the registry holds."""

from collections.abc import Iterator
from sqlite3 import Connection


def counts(connection: Connection) -> Iterator[tuple[str, int]]:
    """How many records of each kind the registry holds."""
    for name, query in (
        ("businesses", "SELECT count(*) FROM business"),
        ("active", "SELECT count(*) FROM activity WHERE closed_on IS NULL"),
        ("sentra", "SELECT count(*) FROM sentra"),
        ("events", "SELECT count(*) FROM event"),
        ("attendances", "SELECT count(*) FROM attendance"),
        ("observations", "SELECT count(*) FROM observation"),
        ("changes", "SELECT count(*) FROM change"),
    ):
        yield name, connection.execute(query).fetchone()[0]


def is_empty(connection: Connection) -> bool:
    """Whether no business is registered."""
    return not connection.execute("SELECT EXISTS (SELECT 1 FROM business)").fetchone()[0]
