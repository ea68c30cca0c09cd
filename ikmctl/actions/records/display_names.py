"""Names of sectors, cities and languages in the language in use."""

from ikmctl.language import current_language
from ikmctl.registry.file.database import Connection
from ikmctl.registry.records import query


def sector_labels(connection: Connection) -> dict[str, str]:
    """Code → name of each sector in the language in use, in the office's order."""
    return {code: in_language(name, name_en) for code, name, name_en in query.sector_names(connection)}


def in_language(name: str, name_en: str) -> str:
    """The name in the language in use: the Indonesian or the English one."""
    return name if current_language() == "id" else name_en


def city_labels(connection: Connection) -> dict[str, str]:
    """Kemendagri code → code and name of each city that the registry knows: “13.76 Kota Payakumbuh”."""
    from ikmctl.registry.file.reference_data import (
        city_names,
    )  # imported late: a list does not need it, and it takes 2 ms

    return {code: f"{code} {name}" for code, name in city_names(connection)}


def language_in_words(code: str) -> str:
    """The name of a language in that language."""
    return {"id": "Bahasa Indonesia", "en": "English"}.get(code, code)
