"""Sentences on a terminal: folded between words, where the terminal itself would cut through them."""

import os
import textwrap
from typing import TextIO

COMMAND = "ikmctl "


def width_of(stream: TextIO) -> int | None:
    """How wide the terminal is; None where the stream is none, and nothing is folded."""
    if not stream.isatty():
        return None
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):
        return None


def folded(line: str, width: int | None) -> str:
    """The line in as many as it takes, those after the first moved in; a command stays whole, to be copied."""
    body = line.lstrip(" →•")
    if not width or len(line) <= width or body.startswith(COMMAND):
        return line
    inner = " " * (len(line) - len(body))
    kept = textwrap.wrap(
        line, width, subsequent_indent=inner, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )
    return "\n".join(kept) + line[len(line.rstrip(" ")) :]
