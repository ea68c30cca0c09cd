"""A glance at a registry's language, before anything is said; silent where there is nothing to see."""

import sqlite3
from pathlib import Path


def language_of(path: Path) -> str | None:
    """The registry's language; None where there is no registry, or it cannot be read now."""
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(path, timeout=0.2)
        try:
            found = connection.execute("SELECT value FROM setting WHERE name = 'language'").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None
