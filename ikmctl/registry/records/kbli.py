"""The KBLI codes of businesses by edition, and their replacement by codes of the edition after."""

from collections.abc import Mapping
from typing import NamedTuple

from ikmctl.registry.file.database import Change, Connection


class ListedCode(NamedTuple):
    """A code of one edition as the list of KBLI codes has it; `words` are the local words, separated by `|`."""

    code: str
    title: str
    words: str


def edition(connection: Connection, year: int) -> list[ListedCode]:
    """The codes of an edition, in their order."""
    rows = connection.execute("SELECT code, title, words FROM kbli WHERE edition = ? ORDER BY code", (year,))
    return [ListedCode(*row) for row in rows]


def codes_in_use(connection: Connection, year: int) -> dict[str, int]:
    """The codes of an edition that businesses have → how many businesses have each."""
    query = "SELECT code, count(*) FROM business_kbli WHERE edition = ? GROUP BY code ORDER BY code"
    return dict(connection.execute(query, (year,)).fetchall())


def businesses_with(connection: Connection, year: int, codes: list[str]) -> int:
    """How many businesses have one of these codes of an edition."""
    places = ", ".join("?" * len(codes))
    query = f"SELECT count(DISTINCT business_id) FROM business_kbli WHERE edition = ? AND code IN ({places})"
    return int(connection.execute(query, (year, *codes)).fetchone()[0])


def replace_edition(change: Change, old: int, new: int, successors: Mapping[str, str]) -> None:
    """Replace codes of the edition `old` by their successors in the edition `new`, in all businesses.

    A code stays the main one. Where a business has the successor already, only one of both rows stays.
    """
    for code, successor in successors.items():
        facts = {"old": old, "new": new, "code": code, "successor": successor}
        has_both = """
            business_id IN (SELECT business_id FROM business_kbli WHERE edition = :new AND code = :successor)
            AND edition = :old AND code = :code
            """
        change.connection.execute(
            f"""
            UPDATE business_kbli SET is_main = 1
            WHERE edition = :new AND code = :successor AND is_main = 0
                AND business_id IN (SELECT business_id FROM business_kbli WHERE {has_both} AND is_main = 1)
            """,
            facts,
        )
        change.connection.execute(f"DELETE FROM business_kbli WHERE {has_both}", facts)
        change.connection.execute(
            "UPDATE business_kbli SET code = :successor, edition = :new WHERE edition = :old AND code = :code", facts
        )


def edition_of(connection: Connection, business: int, code: str, usual: int) -> int:
    """The edition of a code given for a business: the one it has the code in, the only one with the code, or `usual`.

    A business that has a code of the newest edition gets further codes of that edition.
    """
    given = dict(connection.execute("SELECT code, edition FROM business_kbli WHERE business_id = ?", (business,)))
    if code in given:
        return int(given[code])
    listed = [year for (year,) in connection.execute("SELECT edition FROM kbli WHERE code = ?", (code,))]
    return int(listed[0]) if len(listed) == 1 else max([usual, *given.values()])
