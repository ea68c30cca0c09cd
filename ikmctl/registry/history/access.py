"""The access log: who saw personal data in full, when, by which command, and of how many records."""

from dataclasses import dataclass
from sqlite3 import Connection

from ikmctl.registry.file.database import Registry


@dataclass(frozen=True)
class Access:
    """One look at personal data. `records` is None for one that an earlier version logged without a number."""

    number: int
    made_at: str
    made_by: str
    command: str
    detail: str | None
    records: int | None


def log_access(registry: Registry, command: str, detail: str, records: int) -> None:
    """Log that a command showed the personal data of so many records. Raises RegistryError where it cannot."""
    with registry.write(f"{command} --reveal", detail, log_only=True) as change:
        change.connection.execute("UPDATE change SET revealed = ? WHERE id = ?", (records, change.number))


def accesses(connection: Connection, limit: int = -1) -> list[Access]:
    """The looks at personal data, the latest first; all with -1."""
    rows = connection.execute(
        """
        SELECT id, made_at, made_by, command, detail, revealed FROM change
        WHERE revealed IS NOT NULL OR command LIKE '% --reveal'
        ORDER BY id DESC LIMIT ?
        """,
        (limit,),
    )
    return [Access(*row) for row in rows]
