"""Which tables have a history, which of their columns count, and how their rows refer to each other."""

from sqlite3 import Connection
from typing import NamedTuple

from ikmctl.domain.entities import RECORDS

#: Every table whose changes are in the history, with the columns that count (not the derived ones).
RECORDED = {
    "setting": ("name", "value"),
    "sector": ("code", "name", "name_en", "words", "kbli"),
    "region": ("code", "name", "words"),
    "kbli": ("code", "edition", "title", "words"),
    "alias": ("kind", "written", "meaning"),
    "sentra": (
        "name", "sector", "product", "address", "kelurahan", "kecamatan", "manager", "phone", "reported_units",
        "established", "opened_on", "closed_on", "notes", "extra",
    ),
    "business": (
        "name", "brand", "form", "group_id", "sentra_id", "owner", "owner_gender", "nik", "phone", "email", "address",
        "kelurahan", "kecamatan", "latitude", "longitude", "sector", "products", "nib", "npwp", "established",
        "stated_scale", "notes", "extra",
    ),
    "business_kbli": ("business_id", "code", "edition", "is_main"),
    "activity": ("business_id", "opened_on", "closed_on", "entry"),
    "observation": (
        "business_id", "period", "workers_male", "workers_female", "workers_total", "investment", "capacity",
        "capacity_unit", "capacity_period", "production_value", "material_value", "export_percent", "export_countries",
    ),
    "event": (
        "name", "kind", "starts_on", "ends_on", "batch", "venue", "kelurahan", "kecamatan", "topic", "budget",
        "reported_male", "reported_female", "closed_on", "notes", "extra", "status", "hours", "outcome", "lesson",
    ),
    "event_party": ("event_id", "role", "name", "amount"),
    "attendance": (
        "event_id", "person", "business_id", "sentra_id", "role", "gender", "position", "organisation", "passed",
        "extra",
    ),
    "pending_value": (
        "business_id", "sentra_id", "event_id", "attendance_id", "field", "period", "text", "reason", "facts", "file",
        "sheet", "row", "heading", "state",
    ),
    "closed_month": ("month", "figures"),
    "confirmed_value": ("business_id", "field", "period", "value"),
    "distinct_pair": ("business_id", "other_id"),
    "target": ("indicator", "year", "value"),
}  # fmt: skip
#: Columns of these tables that no history needs: the number of the row, and what is computed from other columns.
DERIVED = ("id", "match_key")


class ForeignKey(NamedTuple):
    """A column by which the rows of a table refer to those of another, and which column of these it holds."""

    table: str
    column: str
    other: str
    key: str


def references(connection: Connection, table: str) -> list[ForeignKey]:
    """How the rows of a table refer to others: its FOREIGN KEYs, which are the one declaration of it."""
    rows = connection.execute('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?) ORDER BY id DESC', (table,))
    return [ForeignKey(table, *row) for row in rows]


def belonging(connection: Connection, table: str) -> list[str]:
    """The columns by which the rows of a table belong to records; none for the records themselves."""
    return [each.column for each in references(connection, table) if each.key == "id" and table not in RECORDS]


def referring_to(connection: Connection, other: str) -> list[ForeignKey]:
    """By which columns the rows of any table hold the number of a row of this one."""
    found = (reference for table in RECORDED for reference in references(connection, table))
    return [reference for reference in found if reference.other == other and reference.key == "id"]
