"""Writes JSON in which no character hides or reorders others: the same data, safe to show on a terminal."""

import json
import re
from typing import Any

from ikmctl.output.text.format_value import UNSEEN

#: Line breaks in texts are escaped by `json` already; those between values are the layout.
_UNSEEN_IN_TEXTS = re.compile(r"(?!\n)" + UNSEEN)


def to_json(value: Any, indent: int | None = None) -> str:
    """The value as JSON in UTF-8; control, bidirectional and invisible characters are escaped, as `\\u001b`."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return text if text.isascii() else _UNSEEN_IN_TEXTS.sub(lambda found: json.dumps(found[0])[1:-1], text)
