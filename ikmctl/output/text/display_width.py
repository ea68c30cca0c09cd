"""How much room a text takes on a terminal."""

import unicodedata


def measure(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(sign) or sign in "\u200d\ufe0f"
        else 2
        if unicodedata.east_asian_width(sign) in "WF" and unicodedata.category(sign) != "Cn"  # F to old Pythons
        else 1
        for sign in text
    )


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled up with spaces to a width."""
    space = " " * (width - measure(text))
    return space + text if right else text + space
