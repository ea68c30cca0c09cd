"""Rows that may be a registered business under another name: the same NIK, or a like name and owner or phone."""

from sqlite3 import Connection

from ikmctl.domain.keys import key
from ikmctl.registry.imports.staging import Finding

#: An owner, phone or NIK that more businesses than this share is no sign that two businesses are the same.
SHARED_MAXIMUM = 3
#: The lowest similarity of two names, in percent, at which they are alike.
SIMILARITY_MINIMUM = 85


def look_alikes(connection: Connection) -> list[Finding]:
    """Mark new rows that look like a registered business as possible duplicates."""
    waiting, registered = connection.execute(
        """
        SELECT EXISTS (SELECT 1 FROM stage WHERE verdict = 'new' AND business_id IS NULL),
            EXISTS (SELECT 1 FROM business)
        """
    ).fetchone()
    if not (waiting and registered):
        return []
    findings = []
    found: dict[int, tuple[int, str]] = {}
    for same in ("nik", "phone", "owner"):
        for row, file, line, name, number, other in _pairs(connection, same):
            if row not in found and (same == "nik" or _alike(name, other)):
                found[row] = number, same
                facts = {"name": other, "number": number}
                findings.append(Finding(file, line, "name", name, f"like-{same}", facts))
    connection.executemany(
        "UPDATE stage SET verdict = 'possible', candidate = ? WHERE id = ?",
        [(number, row) for row, (number, _same) in found.items()],
    )
    return findings


def _pairs(connection: Connection, same: str) -> list[tuple[int, int, int, str, int, str]]:
    """New rows beside businesses of the same NIK, owner or phone, unless their NIB tell them apart."""
    return connection.execute(
        f"""
        SELECT stage.id, stage.file, stage.line, stage.name, business.id, business.name
        FROM stage
        JOIN business ON business.{same} = stage.{same} COLLATE NOCASE
        WHERE stage.verdict = 'new' AND stage.business_id IS NULL AND stage.{same} IS NOT NULL
            AND (stage.nib IS NULL OR business.nib IS NULL)
            AND business.{same} IN (SELECT {same} FROM business GROUP BY {same} HAVING count(*) <= {SHARED_MAXIMUM})
        ORDER BY stage.id, business.id
        """
    ).fetchall()


def _alike(name: str, other: str) -> bool:
    from rapidfuzz import fuzz

    one, two = name.casefold(), other.casefold()
    return max(fuzz.ratio(key(one), key(two)), fuzz.token_set_ratio(one, two)) >= SIMILARITY_MINIMUM
