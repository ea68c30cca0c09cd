"""The key of a text: what all spellings of it have in common."""

import re
import unicodedata


def key(text: str) -> str:
    """The text without case, accents, spaces and punctuation: two spellings of one word have the same key."""
    if text.isascii():
        return text.lower().translate(_SIGNS)
    folded = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^\w]|_", "", "".join(c for c in folded if not unicodedata.combining(c)))


_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}
