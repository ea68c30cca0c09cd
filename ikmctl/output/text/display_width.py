"""The width of text on a terminal."""

import unicodedata


def measure_width(text: str) -> int:
    """The number of terminal columns that the text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(sign) or sign in "\u200d\ufe0f"
        else 2
        if unicodedata.east_asian_width(sign) in "WF"
        and unicodedata.category(sign) != "Cn"  # old Pythons give F for unassigned characters
        else 1
        for sign in text
    )


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text padded with spaces to a width."""
    space = " " * (width - measure_width(text))
    return space + text if right else text + space
