"""Titles of the registry's tables and columns, for exports and the history."""

from collections.abc import Mapping

from ikmctl.domain.entities import field_in
from ikmctl.domain.fields import Field
from ikmctl.domain.values import kinds
from ikmctl.domain.values.kinds import LINE, Kind
from ikmctl.language import N_

#: Table → title; a table that is not listed is shown by its own name.
TABLES: Mapping[str, str] = {
    "setting": N_("Settings"),
    "sector": N_("Sectors"),
    "region": N_("Regions"),
    "kbli": N_("KBLI codes"),
    "alias": N_("Aliases of this office"),
    "sentra": N_("Sentra"),
    "business": N_("Businesses"),
    "business_kbli": N_("KBLI codes of businesses"),
    "activity": N_("Periods of activity"),
    "observation": N_("Data over the years"),
    "event": N_("Events"),
    "event_party": N_("Organisers, hosts, guests, funding and instructors of events"),
    "attendance": N_("Participants"),
    "pending_value": N_("Pending values"),
    "closed_month": N_("Closed months"),
    "target": N_("Targets"),
    "confirmed_value": N_("Confirmed values"),
    "distinct_pair": N_("Businesses marked as different"),
}

#: Column → title, for columns without a field.
COLUMNS: Mapping[str, str] = {
    "id": N_("No."), "name": N_("Name"), "value": N_("Value"), "code": N_("Code"), "name_en": N_("Name in English"),
    "words": N_("Other words"), "kbli": N_("KBLI"), "edition": N_("Edition"), "title": N_("Title"),
    "kind": N_("Kind"), "written": N_("Written"), "meaning": N_("Meaning"), "business_id": N_("Business"),
    "group_id": N_("Group"), "sentra_id": N_("Sentra"), "event_id": N_("Event"), "is_main": N_("Main code"),
    "entry": N_("Entry"), "opened_on": N_("Opened on"), "period": N_("Period"),
    "role": N_("Role"), "month": N_("Month"), "figures": N_("Figures"), "indicator": N_("Indicator"),
    "year": N_("Year"), "attendance_id": N_("Participant"), "field": N_("Field"), "text": N_("Text"),
    "reason": N_("Reason"), "facts": N_("Details of the reason"), "file": N_("File"), "sheet": N_("Sheet"),
    "row": N_("Row"), "heading": N_("Heading"), "state": N_("State"), "other_id": N_("Not the same as"),
    "amount": N_("Budget by source"),
}  # fmt: skip


#: (table, column) → the kind of its values, for columns without a field that are no plain text.
_KINDS: Mapping[tuple[str, str], Kind] = {("pending_value", "text"): kinds.HIDDEN}


def field_of(table: str, column: str) -> Field:
    """The field that is stored in a column; a plain text field if there is none."""
    return field_in(table, column) or Field(column, _KINDS.get((table, column), LINE), COLUMNS.get(column, column))
