"""Formats values as text, and makes text safe to show."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from ikmctl import language
from ikmctl.document import Document, TableColumn

#: Characters that show nothing or change how others are shown. A zero-width joiner is part of some signs, and stays.
UNSEEN = (
    "[\x00-\x1f\x7f-\x9f\u200b\u200c\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2064\u2066-\u2069\u061c\ufeff\ufdd0-\ufdef"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)
_LONE = "[\ud800-\udfff]"


def clean(text: str) -> str:
    """The text with control, bidirectional and invisible characters escaped visibly, as \\x1b."""
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_LONE, "\ufffd", re.sub(UNSEEN, lambda match: f"\\x{ord(match[0]):02x}", text))


#: A function that formats a value of a column for people.
Formatter = Callable[[TableColumn, Any], str]


def format_exact(column: TableColumn, value: Any) -> str:
    """The value as lists show it: exact, with ISO dates."""
    return column.empty if value is None else clean(column.kind.show(value))


def _formatter(formats: Mapping[str, Callable[[Any], str]]) -> Formatter:
    def format_value(column: TableColumn, value: Any) -> str:
        format_kind = formats.get(column.kind.name)
        return format_exact(column, value) if value is None or format_kind is None else clean(format_kind(value))

    return format_value


#: Formats a value for the tables of a report: exact, with dates in words.
format_in_report = _formatter({"date": language.short_date})

#: Formats a value for the cards of a report: dates in words, money rounded.
format_in_overview = _formatter(
    {"date": language.date_in_words, "money": lambda value: f"Rp {language.format_rounded(value)}"}
)


def format_figure(value: float | None) -> str:
    """A figure of a chart as text; a dash if it is not known."""
    if value is None:
        return "–"
    return language.number(int(value) if float(value).is_integer() else value)


def block_title(document: Document, title: str) -> str:
    """The title of a block; empty if it is the title of the document."""
    return "" if title == document.title else clean(title)


def table_formatter(document: Document) -> Formatter:
    """The function that formats the tables of this document on a screen."""
    return format_in_report if document.shape == "report" else format_exact


def card_formatter(document: Document) -> Formatter:
    """The function that formats the cards of this document on a screen."""
    return format_in_overview if document.shape == "report" else format_exact
