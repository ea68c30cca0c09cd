"""Kinds of value: how each is parsed from text, stored, shown and masked. Each kind is declared once, here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from ikmctl.domain import choices
from ikmctl.domain.choices import Choice
from ikmctl.language import N_, _, number

if TYPE_CHECKING:
    from ikmctl.domain.problems import Note
    from ikmctl.domain.values.numbers import Number, Style

Read = tuple[Any, tuple["Note", ...]]


class Kind(NamedTuple):
    """How one kind of value is parsed, stored, shown and masked.

    `read` parses a text that does not stand for “no value” and returns the value as it is stored, with notes; it raises
    Unreadable. `show` formats the stored value for people, `mask` hides it unless the officer asks to see it. Machine
    formats get the stored value.
    """

    name: str
    sql: str
    read: Callable[[str], Read]
    show: Callable[[Any], str] = str
    mask: Callable[[str], str] | None = None
    right: bool = False
    choices: tuple[Choice, ...] = ()
    #: Parses many texts at once: the value that `read` would give without notes, None for "", UNREAD for a text that
    #: has to be read alone; None instead of a list if all have to. See batches.py for the gain.
    batch: Callable[[Sequence[str]], list[Any] | None] | None = None
    #: For numbers: parses with the number style and the unit of a column; also returns which style the text proves.
    styled: "Callable[[str, Style | None, int], tuple[Any, Number]] | None" = None
    #: Parses many texts as `styled` does: a value, a pair of value and notes, or UNREAD. Also returns numbers that show
    #: which styles the texts prove.
    styled_batch: "Callable[[Sequence[str], Style | None, int], tuple[list[Any], Collection[Number]] | None] | None" = (
        None
    )
    #: The digits that stand for no value when one of them alone is repeated: 9999, and in a date 0.
    repeated: str = ""

    def is_filler(self, text: str) -> bool:
        """Whether offices write this text where they have no value: `-`, `belum punya`, `9999`, in a date `0`."""
        return bool(_is_filler(text, self.repeated))


def _load_later(module: str, name: str) -> Callable[..., Any]:
    """A function of another module, which is imported at the first call: commands that read no values start faster.

    `module` is relative to this package; `.problems` is the module of that name in `domain`.
    """

    loaded: Callable[..., Any] | None = None

    def call(*given: Any, **named: Any) -> Any:
        nonlocal loaded
        if loaded is None:
            loaded = getattr(import_module(f".{module}", __package__), name)
        return loaded(*given, **named)

    return call


_is_filler = _load_later("clean_text", "is_filler")
_is_ditto = _load_later("clean_text", "is_ditto")
_clean = _load_later("clean_text", "clean")
_are_plain = _load_later("clean_text", "are_plain")
_note = _load_later(".problems", "note")
_unreadable = _load_later(".problems", "Unreadable")
_read_choice = _load_later("parse_values", "read_choice")
_read_amount = _load_later("parse_values", "read_amount")
_batch_amounts = _load_later("parse_values", "batch_amounts")


def _reader(read: Callable[[str], Read], repeated: str = "") -> Callable[[str], Read]:
    """A reader that returns None for a filler, with a note unless it is empty, and refuses a ditto mark."""

    def guarded(given: str) -> Read:
        if _is_filler(given, repeated):
            word = given.strip()
            return None, (_note("empty-word", text=word),) if word else ()
        if _is_ditto(given):
            raise _unreadable("ditto")
        return read(given)

    return guarded


def text(limit: int, *, one_line: bool = False, repeated: str = "9") -> Kind:
    """Text of at most `limit` characters. A line break becomes a space; with `one_line` this is noted."""

    def read(given: str) -> Read:
        cleaned, notes = _clean(given, limit, one_line=one_line)
        return cleaned or None, notes

    def batch(texts: Sequence[str]) -> list[str | None] | None:
        return [value or None for value in texts] if _are_plain(texts, limit) else None

    return Kind("text", "TEXT", _reader(read, repeated), batch=batch, repeated=repeated)


def choice(name: str, of: tuple[Choice, ...]) -> Kind:
    """One value of a closed list, stored as its code; any of its words can be read."""
    labels = {option.code: option.label for option in of}

    def read(given: str) -> Read:
        value: Read = _read_choice(given, of)
        return value

    return Kind(name, "TEXT", _reader(read), lambda code: _(labels.get(code, code)), choices=of)


def _amount(name: str, sql: str, show: Callable[[Any], str], repeated: str = "") -> Kind:
    def styled(given: str, style: "Style | None", unit: int) -> "tuple[Any, Number]":
        value: tuple[Any, Number] = _read_amount(given, style, unit, name, repeated)
        return value

    def read(given: str) -> Read:
        value, found = styled(given, None, 1)
        return value, found.notes

    def styled_batch(
        given: Sequence[str], style: "Style | None", unit: int
    ) -> "tuple[list[Any], Collection[Number]] | None":
        read: tuple[list[Any], Collection[Number]] | None = _batch_amounts(given, style, unit, name)
        return read

    return Kind(name, sql, read, show, right=True, styled=styled, styled_batch=styled_batch, repeated=repeated)


def _parsed(
    name: str, sql: str, module: str, function: str, repeated: str = "", *, right: bool = False, batch: str = ""
) -> Kind:
    """A kind that is read by a function of another module, and by another one in batches."""
    many = _load_later(module, batch) if batch else None
    read = _reader(_load_later(module, function), repeated)
    return Kind(name, sql, read, right=right, batch=many, repeated=repeated)


def show_money(value: int) -> str:
    """An amount in rupiah: Rp 28.000.000 in Indonesian, Rp 28,000,000 in English."""
    return f"Rp {number(value)}"


def decimal(value: float) -> str:
    """The number with all digits, a decimal point, and no exponent."""
    text = f"{value:.12f}".rstrip("0").rstrip(".")
    return text if float(text) == value else repr(value)


def _show_float(value: float) -> str:
    return number(int(value) if float(value).is_integer() else value)


NAME = text(200, one_line=True)
LINE = text(300)
#: Remarks: the numbers of people in them are masked, the rest is not.
NOTES = text(4000, repeated="")._replace(mask=_load_later("mask_text", "mask_text"))
#: A text as it is written, whatever it means.
WRITTEN = Kind("written", "TEXT", lambda given: (given.strip() or None, ()))
NUMBER = _parsed("record number", "INTEGER", "parse_values", "read_record_number", right=True)
COUNT = _amount("count", "INTEGER", number)
MONEY = _amount("money", "INTEGER", show_money, "9")
QUANTITY = _amount("quantity", "REAL", _show_float)
PERCENT = _amount("percent", "REAL", lambda value: f"{_show_float(value)}%")
DATE = _parsed("date", "TEXT", "dates", "read_date", "09", batch="batch_date")
DATE_OR_MONTH = _parsed("date", "TEXT", "dates", "read_date_or_month", "09", batch="batch_date")
YEAR = _parsed("year", "INTEGER", "dates", "read_year", "09", right=True)
PERIOD = _parsed("period", "TEXT", "parse_values", "read_data_period", "09")


def _coordinate(name: str, repeated: str) -> Kind:
    read, batch = _load_later("coordinates", f"read_{name}"), _load_later("coordinates", f"batch_{name}")
    return Kind(name, "REAL", read, decimal, right=True, batch=batch, repeated=repeated)


LATITUDE = _coordinate("latitude", "9")
LONGITUDE = _coordinate("longitude", "09")
_DIGITS = "0123456789"


def _identifier(
    name: str,
    *,
    module: str = "identifiers",
    personal: bool = False,
    batch: bool = False,
    show: Callable[[Any], str] = str,
) -> Kind:
    mask = _load_later(module, f"mask_{name}") if personal else None
    many = _load_later(module, f"batch_{name}") if batch else None
    read = _reader(_load_later(module, f"read_{name}"), _DIGITS)
    return Kind(name, "TEXT", read, show, mask, batch=many, repeated=_DIGITS)


def show_extra(columns: str) -> str:
    """The columns of a spreadsheet that have no field: their headings and values as text."""
    import json

    found = json.loads(columns)
    return "; ".join(f"{name}: {value}" for name, value in found.items()) if isinstance(found, dict) else columns


def show_funding(amounts: str) -> str:
    """The amount of each source of money, as it can be typed: APBD = Rp 50.000.000; DAK = –."""
    pairs = (part.rpartition("=") for part in amounts.split("; "))
    return "; ".join(f"{source} = {show_money(int(amount)) if amount else '–'}" for source, _sign, amount in pairs)


#: Amounts by source of money, `APBD=50000000; DAK=20000000`; an amount may be missing.
FUNDING = Kind("funding", "TEXT", _reader(_load_later("parse_values", "read_funding")), show_funding)
NIB = _identifier("nib", batch=True)
NIK = _identifier("nik", personal=True, batch=True)
NPWP = _identifier("npwp", personal=True, batch=True)
KBLI = _identifier("kbli", module="kbli", show=lambda codes: str(codes).replace(",", ", "))
PHONE = _identifier("phone", module="phones", personal=True, batch=True, show=_load_later("phones", "show_phone"))
EMAIL = _identifier("email", personal=True)
#: A text that may be personal, whatever it says: masked whole.
HIDDEN = Kind("hidden text", "TEXT", lambda given: (given, ()), mask=lambda value: "***")
EXTRA = Kind("extra", "TEXT", lambda given: (given, ()), mask=lambda value: "***")
GENDER = choice("gender", choices.GENDERS)
FORM = choice("form", choices.FORMS)
STATED_SCALE = choice("stated scale", choices.STATED_SCALES)
SCALE = choice("scale", choices.SCALES)
STATUS = choice("status", choices.STATUSES)
ENTRY = choice("entry", choices.ENTRIES)
CAPACITY_PERIOD = choice("capacity period", choices.CAPACITY_PERIODS)
EVENT_KIND = choice("event kind", choices.EVENT_KINDS)
EVENT_STATUS = choice("event status", choices.EVENT_STATUSES)
ROLE = choice("role", choices.ROLES)
#: A setting of a record, stored as 1 or 0.
FLAG = choice("flag", (Choice("yes", N_("yes"), ("ya", "1")), Choice("no", N_("no"), ("tidak", "0"))))._replace(
    show=lambda value: _("yes") if value in ("yes", 1) else _("no")
)
PASSED = choice("passed", choices.PASSED)
PENDING_STATE = choice("state of a pending value", choices.PENDING_STATES)
SWITCH = Kind("switch", "INTEGER", lambda given: (given, ()))


def shown_by(name: str, show: Callable[[Any], str], *, right: bool = False) -> Kind:
    """A kind for values that are only shown, never parsed or stored."""
    return Kind(name, "TEXT", NAME.read, show, right=right)


#: A command that a person can copy: it is never wrapped.
COMMAND = shown_by("command", str)


def named(name: str, names: Mapping[Any, str]) -> Kind:
    """A kind that shows codes by their names, and a code without a name as it is."""
    return shown_by(name, lambda code: names.get(code, str(code)))


#: A number whose unit depends on the indicator in the same row: a count, rupiah or a percentage.
FIGURE = shown_by("figure", _show_float, right=True)


def reference(name: str) -> Kind:
    """The name or number of another record (`sentra`, `group`) or of reference data (`sector`, `kelurahan`)."""
    return Kind(name, "TEXT", NAME.read)
