"""Wraps sentences at the width of the terminal."""

import os
import textwrap
from typing import TextIO

COMMAND = "ikmctl "


def terminal_width(stream: TextIO) -> int | None:
    """The width of the terminal; None if the stream is not a terminal."""
    if not stream.isatty():
        return None
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):
        return None


def wrap_line(line: str, width: int | None) -> str:
    """The line wrapped at `width` with the following lines indented; a command is not wrapped, so it can be copied."""
    body = line.lstrip(" →•")
    if not width or len(line) <= width or body.startswith(COMMAND):
        return line
    indent = " " * (len(line) - len(body))
    lines = textwrap.wrap(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )
    return "\n".join(lines) + line[len(line.rstrip(" ")) :]
