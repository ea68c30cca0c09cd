"""Kinds of value: a person's text → value, or a reason; value → text. Each kind is declared once, here."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from ikmctl.domain import choices
from ikmctl.domain.choices import Choice
from ikmctl.language import N_, _, number

if TYPE_CHECKING:
    from ikmctl.domain.numbers import Number, Style
    from ikmctl.domain.problems import Note

Read = tuple[Any, tuple["Note", ...]]


class Kind(NamedTuple):
    """How a sort of value is read, kept, shown, and hidden.

    `read` takes text that is not an empty word and gives the value as it is stored; `show` writes it for people;
    `mask` hides it unless the officer asks to see it. Machines get the stored value.
    """

    name: str
    sql: str
    read: Callable[[str], Read]
    show: Callable[[Any], str] = str
    mask: Callable[[str], str] | None = None
    right: bool = False
    choices: tuple[Choice, ...] = ()
    batch: Callable[[Sequence[str]], list[Any] | None] | None = None
    """The values of many texts at once, None for "", where all have the usual shape: exactly what `read` would give.

    An import of uniform rows takes 27 % more CPU without it, one of varied rows 6 %.
    """
    styled: "Callable[[str, Style | None, int], tuple[Any, Number]] | None" = None
    """For numbers: reads with the style and the unit of a whole column, and gives what the text proves of the style."""


def _later(module: str, name: str) -> Callable[..., Any]:
    """A function of another module of the domain, loaded at its first call: a list that only shows starts faster.

    It is looked up once, not for every cell.
    """

    @cache
    def load() -> Callable[..., Any]:
        found: Callable[..., Any] = getattr(import_module(f"ikmctl.domain.{module}"), name)
        return found

    def call(*given: Any) -> Any:
        return load()(*given)

    return call


def text(limit: int, *, one_line: bool = False) -> Kind:
    """Text of at most `limit` characters."""

    def read(given: str) -> Read:
        from ikmctl.domain.clean_text import clean

        cleaned, notes = clean(given, limit, one_line=one_line)
        return cleaned or None, notes

    def batch(texts: Sequence[str]) -> list[str | None] | None:
        from ikmctl.domain.clean_text import are_plain

        return [each or None for each in texts] if are_plain(texts, limit) else None

    return Kind("text", "TEXT", read, batch=batch)


def choice(name: str, of: tuple[Choice, ...]) -> Kind:
    """One of a closed list; stored as its code, read from any of its words."""
    labels = {each.code: each.label for each in of}

    def read(given: str) -> Read:
        from ikmctl.domain.parse_values import read_choice

        return read_choice(given, of)

    return Kind(name, "TEXT", read, lambda code: _(labels.get(code, code)), choices=of)


def _amount(name: str, sql: str, settle: str, show: Callable[[Any], str], *, percent: bool = False) -> Kind:
    read_amount = _later("parse_values", "read_amount")

    def styled(given: str, style: "Style | None", unit: int) -> "tuple[Any, Number]":
        found: tuple[Any, Number] = read_amount(given, style, unit, settle, percent)
        return found

    def read(given: str) -> Read:
        value, found = styled(given, None, 1)
        return value, found.notes

    return Kind(name, sql, read, show, right=True, styled=styled)


def show_money(value: int) -> str:
    """Rp 28.000.000 in Indonesian, Rp 28,000,000 in English."""
    return f"Rp {number(value)}"


def decimal(value: float) -> str:
    """All digits of a number, with a decimal point and never as 5e-05."""
    text = f"{value:.12f}".rstrip("0").rstrip(".")
    return text if float(text) == value else repr(value)


def _show_float(value: float) -> str:
    return number(int(value) if float(value).is_integer() else value)


NAME = text(200, one_line=True)
LINE = text(300)
NOTES = text(4000)
NUMBER = Kind("record number", "INTEGER", _later("parse_values", "read_record_number"), right=True)
COUNT = _amount("count", "INTEGER", "count", number)
MONEY = _amount("money", "INTEGER", "money", show_money)
QUANTITY = _amount("quantity", "REAL", "quantity", _show_float)
PERCENT = _amount("percent", "REAL", "percent", lambda value: f"{_show_float(value)}%", percent=True)
DATE = Kind("date", "TEXT", _later("dates", "read_date"))
DATE_OR_MONTH = Kind("date", "TEXT", _later("dates", "read_date_or_month"))
YEAR = Kind("year", "INTEGER", _later("dates", "read_year"), right=True)
PERIOD = Kind("period", "TEXT", _later("parse_values", "read_data_period"))
LATITUDE = Kind("latitude", "REAL", _later("parse_values", "read_latitude"), decimal, right=True)
LONGITUDE = Kind("longitude", "REAL", _later("parse_values", "read_longitude"), decimal, right=True)


def _identifier(name: str, *, personal: bool = False, batch: bool = False, show: Callable[[Any], str] = str) -> Kind:
    mask = _later("identifiers", f"mask_{name}") if personal else None
    many = _later("identifiers", f"batch_{name}") if batch else None
    return Kind(name, "TEXT", _later("identifiers", f"read_{name}"), show, mask, batch=many)


def show_extra(columns: str) -> str:
    """The columns of a spreadsheet that have no field, under their own headings."""
    import json

    found = json.loads(columns)
    return "; ".join(f"{name}: {value}" for name, value in found.items()) if isinstance(found, dict) else columns


NIB = _identifier("nib", batch=True)
NIK = _identifier("nik", personal=True, batch=True)
NPWP = _identifier("npwp", personal=True)
KBLI = _identifier("kbli", show=lambda codes: str(codes).replace(",", ", "))
PHONE = _identifier("phone", personal=True, batch=True, show=_later("identifiers", "show_phone"))
EMAIL = _identifier("email", personal=True)
EXTRA = Kind("extra", "TEXT", lambda given: (given, ()), mask=lambda value: "***")
GENDER = choice("gender", choices.GENDERS)
FORM = choice("form", choices.FORMS)
STATED_SCALE = choice("stated scale", choices.STATED_SCALES)
SCALE = choice("scale", choices.SCALES)
STATUS = choice("status", choices.STATUSES)
CAPACITY_PERIOD = choice("capacity period", choices.CAPACITY_PERIODS)
EVENT_KIND = choice("event kind", choices.EVENT_KINDS)
ROLE = choice("role", choices.ROLES)
FLAG = choice("flag", (Choice("yes", N_("yes"), ("ya", "1")), Choice("no", N_("no"), ("tidak", "0"))))._replace(
    show=lambda value: _("yes") if value in ("yes", 1) else _("no")
)
"""Kept as 1 or 0."""
SWITCH = Kind("switch", "INTEGER", lambda given: (given, ()))


def shown_by(name: str, show: Callable[[Any], str], *, right: bool = False) -> Kind:
    """What is only shown, never read or kept."""
    return Kind(name, "TEXT", NAME.read, show, right=right)


def named(name: str, names: Mapping[Any, str]) -> Kind:
    """Codes that are shown by their names; one without a name as it is."""
    return shown_by(name, lambda code: names.get(code, str(code)))


FIGURE = shown_by("figure", _show_float, right=True)
"""Of one indicator a count, of another rupiah or a percentage: the row says which."""


def reference(name: str) -> Kind:
    """The name or number of another record (`sentra`, `group`) or of reference data (`sector`, `kelurahan`)."""
    return Kind(name, "TEXT", NAME.read)
