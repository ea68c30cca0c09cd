"""One value, for people and for machines; text that cannot do anything but be read."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from ikmctl import language
from ikmctl.document import Document, TableColumn

_UNSEEN = "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\u061c\ufeff\ufdd0-\ufdef\ufffe\uffff]"
_LONE = "[\ud800-\udfff]"


def clean(text: str) -> str:
    """The text with every sign that would steer a terminal or reverse the line written out visibly, as \\x1b."""
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_LONE, "\ufffd", re.sub(_UNSEEN, lambda found: f"\\x{ord(found[0]):02x}", text))


Show = Callable[[TableColumn, Any], str]
"""How a value is written for people."""


def shown(column: TableColumn, value: Any) -> str:
    """The value as lists write it: exact, dates as ISO."""
    return column.empty if value is None else clean(column.kind.show(value))


def _written(special: Mapping[str, Callable[[Any], str]]) -> Show:
    def show(column: TableColumn, value: Any) -> str:
        write = special.get(column.kind.name)
        return shown(column, value) if value is None or write is None else clean(write(value))

    return show


in_report = _written({"date": language.short_date})
"""The value as a table of a report writes it: exact, dates in words."""

in_overview = _written({"date": language.date_in_words, "money": lambda value: f"Rp {language.format_rounded(value)}"})
"""The value as a card of a report writes it: money rounded to a tenth of its unit."""


def figure(value: float | None) -> str:
    """A figure of a chart, a dash where it is not known."""
    if value is None:
        return "–"
    return language.number(int(value) if float(value).is_integer() else value)


def heading_of(document: Document, title: str) -> str:
    """A block's title, unless the document says it already."""
    return "" if title == document.title else clean(title)


def in_table(document: Document) -> Show:
    """How the tables of this document are written on a screen."""
    return in_report if document.shape == "report" else shown


def in_card(document: Document) -> Show:
    """How the cards of this document are written on a screen."""
    return in_overview if document.shape == "report" else shown
