"""Labels for the rows, columns and values in the history.

Columns of records use the fields of their entity; fields for all other columns are declared here.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ikmctl.actions.history.table_titles import COLUMNS
from ikmctl.actions.imports.alias_kinds import KIND, kind_of_meaning
from ikmctl.actions.records.display_names import city_labels, language_in_words, sector_labels
from ikmctl.actions.records.pending_fields import pending_field
from ikmctl.actions.reports import letterhead
from ikmctl.actions.reports.indicators import BY_CODE
from ikmctl.document import columns_of
from ikmctl.domain.entities import ATTENDANCE, BUSINESS, ENTITIES, EVENT, SENTRA, field_in
from ikmctl.domain.fields import Field
from ikmctl.domain.periods import read_period
from ikmctl.domain.values import kinds
from ikmctl.language import N_, _
from ikmctl.registry.file.database import Connection
from ikmctl.registry.file.history_columns import RECORDED
from ikmctl.registry.file.pending_values import OWNERS
from ikmctl.registry.history.changes import Difference, last_known_name

Row = Mapping[str, Any]
Fields = Callable[[Row], Mapping[str, Field]]

#: Characters of a value that people see; longer values are cut.
LONGEST = 400


class Recorded(NamedTuple):
    """A table of the history: the label of its rows, its columns as fields, and the columns that name a row.

    `tacit` columns are not shown for a row that was added or removed: they name the row, or follow from the rest.
    """

    label: str
    fields: Fields
    names: tuple[str, ...] = ("name",)
    tacit: tuple[str, ...] = ()


def _stored(table: str, *more: tuple[str, Field]) -> Fields:
    """The columns of a table that have a field of an entity, and the fields in `more`."""
    columns = {column: field_in(table, column.removesuffix("_id")) for column in RECORDED[table]}
    fields = {name: field for name, field in columns.items() if field} | dict(more)
    return lambda row: fields


def _column(name: str, kind: kinds.Kind = kinds.LINE) -> Field:
    """A field for a column that no record shows, with the title that exports use."""
    return Field(name, kind, COLUMNS[name])


def _own(*fields: Field) -> Fields:
    by_name = {field.name: field for field in fields}
    return lambda row: by_name


_WORDS = kinds.shown_by("words", lambda words: str(words).replace("|", ", "))
_MONTH = kinds.shown_by("month", lambda month: read_period(month).title)
_CODE, _NAME, _CALLED = (
    _column("code"),
    _column("name"),
    _column("words", _WORDS),
)
_EDITION = _column("edition", kinds.YEAR)
_OF_BUSINESS, _OF_EVENT = ("business_id", ATTENDANCE["business"]), ("event_id", ATTENDANCE["event"])
_PARTY_ROLE = _column("role", kinds.shown_by("party", lambda role: EVENT[role].title))
_SETTINGS = {
    "city": Field("city", kinds.named("city", {}), N_("City")),
    "language": Field("language", kinds.shown_by("language", language_in_words), N_("Language")),
    **letterhead.fields(),
}


def _party(row: Row) -> Mapping[str, Field]:
    """The fields of a party (organiser, host …), by its role."""
    amount = EVENT["budget_by_source"]._replace(kind=kinds.MONEY)
    return {"event_id": _OF_EVENT[1], "role": _PARTY_ROLE, "name": EVENT[row["role"]], "amount": amount}


def _setting(row: Row) -> Mapping[str, Field]:
    name = row["name"]
    return {"name": _NAME, "value": _SETTINGS.get(name, Field(name, kinds.LINE, name))}


def _alias(row: Row) -> Mapping[str, Field]:
    written = _column("written")
    return {"kind": KIND, "written": written, "meaning": _column("meaning", kind_of_meaning(row["kind"]))}


def _target(row: Row) -> Mapping[str, Field]:
    """The fields of a target; the value has the title and kind of its indicator."""
    code = row["indicator"]
    of = Field(code, BY_CODE[code].kind, BY_CODE[code].label) if code in BY_CODE else Field(code, kinds.FIGURE, code)
    indicator = _column("indicator", kinds.named("indicator", {code: of.title}))
    return {"indicator": indicator, "year": _column("year", kinds.YEAR), "value": of}


def _confirmed(row: Row) -> Mapping[str, Field]:
    """The fields of a confirmed value, which has the title and kind of its field."""
    of = BUSINESS.by_name.get(row["field"], Field(row["field"], kinds.LINE, row["field"]))
    return {"business_id": _OF_BUSINESS[1], "field": _column("field"), "period": BUSINESS["data_year"], "value": of}


def _pending(row: Row) -> Mapping[str, Field]:
    """The fields of a pending value; its text is masked if the field that it was meant for is personal."""
    of = pending_field(next((table for table in OWNERS if row.get(f"{table}_id")), BUSINESS.name), row["field"])
    return {
        **_PENDING_COLUMNS,
        "field": _column("field", kinds.named("field", {of.name: of.title})),
        "text": _column("text", of.kind if of.personal else kinds.LINE),
    }


_PENDING_COLUMNS = {
    "business_id": ATTENDANCE["business"],
    "sentra_id": ATTENDANCE["sentra"],
    "event_id": ATTENDANCE["event"],
    "attendance_id": _column("attendance_id", kinds.NUMBER),
    "period": _column("period"),
    "reason": _column("reason"),
    "facts": _column("facts"),
    "file": _column("file"),
    "sheet": _column("sheet"),
    "row": _column("row", kinds.NUMBER),
    "heading": _column("heading"),
    "state": _column("state", kinds.PENDING_STATE),
}
_WHO = ("event_id", "person", "business_id", "sentra_id")

#: Every table whose rows the history records.
TABLES: Mapping[str, Recorded] = {
    BUSINESS.name: Recorded(BUSINESS.label, _stored("business")),
    SENTRA.name: Recorded(SENTRA.label, _stored("sentra")),
    EVENT.name: Recorded(EVENT.label, _stored("event")),
    ATTENDANCE.name: Recorded(ATTENDANCE.label, _stored("attendance"), _WHO, _WHO),
    "event_party": Recorded(EVENT.label, _party, ("event_id",), ("event_id", "role")),
    "business_kbli": Recorded(
        BUSINESS.label,
        _stored(
            "business_kbli",
            _OF_BUSINESS,
            ("code", BUSINESS["kbli"]),
            ("edition", _EDITION),
            ("is_main", _column("is_main", kinds.FLAG)),
        ),
        ("business_id",),
        ("business_id", "edition", "is_main"),
    ),
    "activity": Recorded(
        N_("period of activity"),
        _stored(
            "activity",
            _OF_BUSINESS,
            ("opened_on", SENTRA["opened_on"]),
            ("entry", _column("entry", kinds.ENTRY)),
        ),
        ("business_id",),
        ("business_id", "entry"),
    ),
    "observation": Recorded(
        N_("observation"),
        _stored("observation", _OF_BUSINESS, ("period", BUSINESS["data_year"])),
        ("business_id", "period"),
        ("business_id", "period"),
    ),
    "setting": Recorded(N_("setting"), _setting, (), ("name",)),
    "alias": Recorded(N_("alias"), _alias, ("kind", "written"), ("kind", "written")),
    "target": Recorded(N_("target"), _target, ("year",), ("indicator", "year")),
    "confirmed_value": Recorded(
        N_("confirmed value"), _confirmed, ("business_id", "period"), ("business_id", "field", "period")
    ),
    "pending_value": Recorded(
        N_("pending value"),
        _pending,
        ("business_id", "sentra_id", "event_id", "field"),
        (*_PENDING_COLUMNS, "field"),
    ),
    "distinct_pair": Recorded(
        BUSINESS.label,
        _stored("distinct_pair", _OF_BUSINESS, ("other_id", Field("business", kinds.LINE, COLUMNS["other_id"]))),
        ("business_id",),
        ("business_id",),
    ),
    "closed_month": Recorded(
        N_("closed month"),
        _own(
            _column("month", _MONTH),
            _column("figures", kinds.shown_by("figures", lambda figures: _("kept"))),
        ),
        ("month",),
        ("month",),
    ),
    "sector": Recorded(
        N_("sector"),
        _own(_CODE, _NAME, _column("name_en"), _CALLED, _column("kbli", _WORDS)),
    ),
    "region": Recorded(N_("region"), _own(_CODE, _NAME, _CALLED)),
    "kbli": Recorded(N_("KBLI"), _own(_CODE, _EDITION, _column("title"), _CALLED), ("code",)),
}


class HistoryFormatter:
    """Formats differences for people: the row, the field, and the values before and after.

    In the history of one `record` its own name is left out. Personal values are masked unless `reveal`.
    """

    def __init__(self, connection: Connection, record: tuple[str, int] | None = None, *, reveal: bool = False) -> None:
        self._connection = connection
        self._record = record
        self._reveal = reveal
        self._labels = {"sector": sector_labels(connection), "city": city_labels(connection)}
        self._names: dict[tuple[str, int], str] = {}

    def is_shown(self, each: Difference) -> bool:
        """Whether the difference is shown to people."""
        return each.action == "update" or each.column not in TABLES[each.table].tacit

    def about(self, each: Difference) -> str:
        """The kind and name of the row; in the history of a record only what distinguishes it from the record."""
        table = TABLES[each.table]
        names = [name for column in table.names if (name := self._name(each, column))]
        own = self._record is not None and (names or table.label == ENTITIES[self._record[0]].label)
        return ": ".join(filter(None, ("" if own else _(table.label), " · ".join(names))))

    def _name(self, each: Difference, column: str) -> str | None:
        table, number = self._record or ("", 0)
        if (each.table, each.row) == self._record or (column == f"{table}_id" and each.whole[column] == number):
            return None
        return self._written(each, column, each.whole[column])

    def title(self, each: Difference) -> str:
        """The title of the column."""
        return self._field(each, each.column).title

    def label(self, each: Difference) -> str:
        """The title of the column, with the related row that it belongs to: “Workers (2021)”."""
        about = self.about(each)
        return f"{self.title(each)} ({about})" if about else self.title(each)

    def values(self, each: Difference) -> tuple[str | None, str | None]:
        """The values before and after, as the record shows them."""
        before, after = (self._written(each, each.column, value) for value in (each.before, each.after))
        return before, after

    def stored(self, each: Difference) -> tuple[Any, Any]:
        """The values before and after as they are stored, for machines."""
        mask = self._mask(self._field(each, each.column))
        before, after = (None if value is None else mask(value) for value in (each.before, each.after))
        return before, after

    def _field(self, each: Difference, column: str) -> Field:
        return TABLES[each.table].fields(each.whole)[column]

    def _mask(self, field: Field) -> Callable[[Any], Any]:
        mask = None if self._reveal else field.kind.mask
        return (lambda value: mask(str(value))) if mask else lambda value: value

    def _written(self, each: Difference, column: str, value: Any) -> str | None:
        if value in (None, ""):
            return None
        field = self._field(each, column)
        if column.endswith("_id") and field.kind is not kinds.NUMBER:
            return self._name_of("business" if field.name == "group" else field.name, value)
        [shown] = columns_of([field], self._labels, reveal=self._reveal)
        text = shown.kind.show(self._mask(field)(value))
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

    def _name_of(self, table: str, number: int) -> str:
        if (table, number) not in self._names:
            self._names[table, number] = last_known_name(self._connection, table, number) or f"#{number}"
        return self._names[table, number]
