"""The language in use: translated messages, numbers and dates.

Messages are written in English and marked with `_()` where they are used at once, with `N_()` where they are declared.
"""

import gettext
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("id", "en")
DEFAULT = "id"

_translations: gettext.NullTranslations = gettext.NullTranslations()
_current = "en"


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """The message itself: marks it for translation where it is declared."""
    return message


def _(message: str) -> str:
    """The message in the language in use."""
    return _translations.gettext(message) if message else ""


def plural(one: str, many: str, count: int, **facts: object) -> str:
    """The message in the language in use for this count: `one` or `many` in English, in Indonesian one form.

    `{count}` is the count as `number` writes it; `facts` fill the other placeholders.
    """
    return form(one, many, count).format(count=number(count), **facts)


def count_of_rows(count: int) -> str:
    """The number of rows in words: 3,005 rows."""
    return plural("{count} row", "{count} rows", count)


def form(one: str, many: str, count: int) -> str:
    """The message for this count in the language in use, its placeholders not yet filled."""
    return _translations.ngettext(one, many, count)


def N_plural(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - beside N_
    """Both forms of a message that names a count: marks them for translation where they are declared."""
    return one, many


def current_language() -> str:
    """The code of the language in use: `id` or `en`."""
    return _current


def set_language(code: str) -> None:
    """Use this language from now on; `code` is one of LANGUAGES."""
    global _translations, _current
    _current = code
    _translations = _catalogue(code)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    catalogue = Path(__file__).parent / "locale" / code / "LC_MESSAGES" / "ikmctl.mo"
    with catalogue.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def in_every_language(messages: Iterable[str]) -> dict[str, dict[str, str]]:
    """Each message in all languages: `{message: {"id": …, "en": …}}`."""
    catalogues = {code: _catalogue(code) for code in LANGUAGES}
    return {message: {code: found.gettext(message) for code, found in catalogues.items()} for message in messages}


def choose_language(option: str | None, environment: Mapping[str, str], setting: str | None) -> str:
    """The language to use: option, else environment, else the registry's, else the system's, else Indonesian."""
    system = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    for wish in (option, environment.get("IKMCTL_LANG"), setting, *system):
        code = (wish or "").lower().partition("_")[0]
        if code in LANGUAGES:
            return code
    return DEFAULT


def number(value: int | float) -> str:
    """A number formatted in the language in use: 1.902 and 0,5 in Indonesian, 1,902 and 0.5 in English."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.6f}".rstrip("0").rstrip(".")
    return text if _current == "en" else text.translate(_SWAP)


_SWAP = str.maketrans(",.", ".,")


def _locale() -> str:
    return "en_GB" if _current == "en" else _current


def date_in_words(iso: str) -> str:
    """An ISO date with the month in full: 11 Oktober 2021. Text that is not an ISO date is returned unchanged."""
    return _date(iso, "long")


def short_date(iso: str) -> str:
    """An ISO date with the month abbreviated: 11 Okt 2021. Text that is not an ISO date is returned unchanged."""
    return _date(iso, "medium")


def _date(iso: str, length: str) -> str:
    from datetime import date

    from babel.dates import format_date  # a list writes ISO dates instead: Babel would take a third of its time

    try:
        return format_date(date.fromisoformat(iso), length, locale=_locale())
    except ValueError:
        return iso


def format_rounded(value: int) -> str:
    """A large number for an overview, to a tenth of its unit: 112,9 miliar. Below a million it is written out."""
    if abs(value) < 10**6:
        return number(value)
    from babel.numbers import format_compact_decimal

    tenth = 10 ** ((len(str(abs(value))) - 1) // 3 * 3 - 1)
    even = (2 * abs(value) + tenth) // (2 * tenth) * tenth  # rounded first: Babel would write 999,96 juta as 1000 juta
    sign = "-" if value < 0 else ""
    return sign + format_compact_decimal(even, format_type="long", locale=_locale(), fraction_digits=1)
