"""What the office's own codes are called in the language in use."""

from ikmctl.language import current
from ikmctl.registry import lists
from ikmctl.registry.database import Connection


def sector_labels(connection: Connection) -> dict[str, str]:
    """Code → name of each sector in the language in use, in the office's order."""
    return {code: in_language(name, name_en) for code, name, name_en in lists.sector_names(connection)}


def in_language(name: str, name_en: str) -> str:
    """The one of two names that is in the language in use."""
    return name if current() == "id" else name_en
