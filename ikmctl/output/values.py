"""One value, for people and for machines; text that cannot do anything but be read."""

import re
from typing import Any

from ikmctl.actions.document import Column

_UNSEEN = "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\u061c\ufeff]"
_LONE = "[\ud800-\udfff]"


def clean(text: str) -> str:
    """The text with every sign that would steer a terminal or reverse the line written out visibly, as \\x1b."""
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_LONE, "\ufffd", re.sub(_UNSEEN, lambda found: f"\\x{ord(found[0]):02x}", text))


def shown(column: Column, value: Any) -> str:
    """The value as people read it."""
    return column.empty if value is None else clean(column.kind.show(value))
