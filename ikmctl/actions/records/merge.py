"""Merging two records of one business: a comparison field by field, then everything in one record."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ikmctl import errors
from ikmctl.actions.history.closed_months import touched_closed_months
from ikmctl.actions.records.close import next_step
from ikmctl.actions.records.display_names import sector_labels
from ikmctl.document import Caution, Document, Table, TableColumn, columns_of, done
from ikmctl.domain.choices import parse_choice
from ikmctl.domain.entities import BUSINESS, OBSERVATION, field_in
from ikmctl.domain.fields import Field
from ikmctl.domain.merge import Merged, merge_spans, merge_values
from ikmctl.domain.values import kinds
from ikmctl.language import _
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.records import delete, duplicates, find, merge, pending, related, save


@dataclass(frozen=True)
class Comparison:
    """Two businesses that may be one, field by field, and the question to the officer."""

    document: Document
    question: str


def compare(registry: Registry, keep: str, other: str, take: Sequence[str], *, reveal: bool = False) -> Comparison:
    """What merging `other` into `keep` would do. Personal data are masked unless `reveal`.

    `take` are fields in which the value of `other` stays where both have one.

    Raises SameBusiness, MemberOfOther, NotAGroup, UnknownColumn, NotFound, Ambiguous.
    """
    taken = _fields(take)
    with registry.read() as connection:
        one, two = _find(connection, keep, other)
        merged = _merged_values(connection, one, two, taken)
        rows = list(_compared(connection, one, two, merged, _Writer(connection, reveal=reveal)))
        names = [save.name_of(connection, "business", each) for each in (one, two)]
        cautions = _marked_as_different(connection, one, two)
    columns = (
        TableColumn("field", _("Field")),
        TableColumn("keep", _("No. {number}").format(number=one), empty="–"),
        TableColumn("other", _("No. {number}").format(number=two), empty="–"),
        TableColumn("merged", _("Merged"), empty="–"),
    )
    message = _("Merge {other} (no. {other_number}) into {keep} (no. {number})? No. {other_number} is deleted then.")
    question = message.format(other=names[1], other_number=two, keep=names[0], number=one)
    table = Table("comparison", "", columns, rows)
    document = Document("list", (table,), title=_("Field by field"), messages=cautions)
    return Comparison(document, " ".join((*cautions, question)))


def merge_businesses(registry: Registry, keep: str, other: str, take: Sequence[str]) -> Document:
    """Move everything of `other` to `keep`, and delete `other`.

    A value of `other` for which `keep` has a different one is kept among the other columns of `keep`. Raises like
    `compare`.
    """
    taken = _fields(take)
    with registry.write("merge-businesses", keep, backs_up=True) as change:
        connection = change.connection
        one, two = _find(connection, keep, other)
        names = [save.name_of(connection, "business", each) for each in (one, two)]
        cautions = _marked_as_different(connection, one, two)
        save.set_detail(change, ", ".join(names))
        writer = _Writer(connection, reveal=True)
        merged = _merged_values(connection, one, two, taken)
        left_over = {field.title: writer.text(field, value) for field, value in _left_over("business", merged)}
        empty = [column.removesuffix("_id") for column, value in merge.stored(connection, one).items() if value is None]
        extra, more = (merge.stored(connection, each)["extra"] for each in (one, two))
        for period, observed in merge.merge_observations(change, one, two):
            for field, value in _left_over(OBSERVATION, observed):
                left_over[f"{field.title} {period}"] = writer.text(field, value)
        merge.move(change, one, two)
        delete.delete(change, [("business", two)])
        save.update(change, "business", one, merged.values | {"extra": _extra(extra, more, left_over, two)})
        filled = [column.removesuffix("_id") for column, value in merged.values.items() if value is not None]
        pending.resolve(change, "business", one, [name for name in filled if name in empty])
        save.refresh_keys(connection)
        closed = touched_closed_months(connection, change.number)
    message = _("Merged {other} (no. {other_number}) into {keep} (no. {number}).").format(
        other=names[1], other_number=two, keep=names[0], number=one
    )
    kept = (_("Kept among the other columns: {fields}.").format(fields="; ".join(left_over)),) if left_over else ()
    messages = (message, *cautions, *kept, *closed, next_step(BUSINESS, one))
    return done(*messages, number=one, merged=two, kept_as_other_columns=list(left_over))


def _marked_as_different(connection: Connection, one: int, two: int) -> tuple[Caution, ...]:
    """A caution if the two are marked as different."""
    if not duplicates.are_different(connection, one, two):
        return ()
    message = _("No. {number} and no. {other_number} are marked as different businesses (mark-different).")
    return (Caution(message.format(number=one, other_number=two)),)


def _fields(take: Sequence[str]) -> frozenset[str]:
    """The columns that are named by their field. Raises UnknownColumn."""
    choices = [field.choice for field in BUSINESS.kept_in(BUSINESS.name)]
    names = (parse_choice(text, choices, errors.UnknownColumn) for text in take)
    return frozenset(f"{name}_id" if name in ("group", "sentra") else name for name in names)


def _find(connection: Connection, keep: str, other: str) -> tuple[int, int]:
    """The numbers of the two. Raises SameBusiness, MemberOfOther, NotFound, Ambiguous."""
    one, two = (find.find(connection, "business", text) for text in (keep, other))
    if one == two:
        raise errors.SameBusiness(name=save.name_of(connection, "business", one), number=one)
    for member, group in ((one, two), (two, one)):
        if group in save.group_path(connection, member):
            names = {"member": member, "group": group}
            named = {role: save.name_of(connection, "business", number) for role, number in names.items()}
            raise errors.MemberOfOther(**named, number=member)
    return one, two


def _merged_values(connection: Connection, one: int, two: int, take: frozenset[str]) -> Merged:
    """The values of the merged business in its own table. Raises NotAGroup."""
    rows = [merge.stored(connection, each) for each in (one, two)]
    for row in rows:
        del row["extra"]
    merged = merge_values(rows[0], rows[1], take)
    if merged.values["form"] != "group" and any(related.members(connection, "group_id", each) for each in (one, two)):
        raise errors.NotAGroup(name=rows[0]["name"], form=rows[0]["form"] or "–", number=one)
    return merged


def _left_over(table: str, merged: Merged) -> Iterator[tuple[Field, Any]]:
    """The fields of the values that found no place."""
    return ((_field(table, column), value) for column, value in merged.left_over.items())


def _field(table: str, column: str) -> Field:
    return field_in(table, column.removesuffix("_id")) or Field(column, kinds.LINE, column)


def _extra(one: str | None, two: str | None, left_over: Mapping[str, str], number: int) -> str | None:
    """The other columns of both, with the values left over; a column that both have gets the number of its business."""
    columns = json.loads(one) if one else {}
    others = json.loads(two) if two else {}
    for title, value in others.items():
        if columns.get(title, value) == value:
            columns[title] = value
        else:
            columns[f"{title} (no. {number})"] = value
    columns |= {f"{title} (no. {number})": value for title, value in left_over.items()}
    return json.dumps(columns, ensure_ascii=False) if columns else None


class _Writer:
    """Writes values as text: sectors, sentra and groups by their names, personal values masked unless `reveal`."""

    def __init__(self, connection: Connection, *, reveal: bool) -> None:
        self._connection = connection
        self._labels = {"sector": sector_labels(connection)}
        self._reveal = reveal

    def text(self, field: Field, value: Any) -> str:
        if field.name in ("group", "sentra"):
            return save.name_of(self._connection, "business" if field.name == "group" else "sentra", value)
        shown = value if self._reveal or field.kind.mask is None else field.kind.mask(str(value))
        [column] = columns_of([field], self._labels, reveal=self._reveal)
        return column.kind.show(shown)

    def optional(self, field: Field, value: Any) -> str | None:
        return None if value is None else self.text(field, value)


def _compared(
    connection: Connection, one: int, two: int, merged: Merged, writer: _Writer
) -> Iterator[tuple[str | None, ...]]:
    """A row for each field of which one of the two has a value: its title, both values, and what it becomes."""
    rows = [merge.stored(connection, each) for each in (one, two)]
    for column, value in merged.values.items():
        field, both = _field("business", column), [row[column] for row in rows]
        if both != [None, None]:
            keep, other, after = (writer.optional(field, each) for each in (*both, value))
            yield field.title, keep, other, after
    codes = [[code for code, _edition in merge.kbli(connection, each)] for each in (one, two)]
    if any(codes):
        both_codes = list(dict.fromkeys([*codes[0], *codes[1]]))
        yield (BUSINESS["kbli"].title, *(", ".join(each) or None for each in (*codes, both_codes)))
    periods = [merge.spans(connection, each) for each in (one, two)]
    shown = (
        "; ".join(f"{each.opened_on} – {each.closed_on or ''}".rstrip() for each in spans) or None
        for spans in (*periods, merge_spans([*periods[0], *periods[1]]))
    )
    yield (_("Periods of activity"), *shown)
    observed = [merge.observations(connection, each) for each in (one, two)]
    for period in sorted({*observed[0], *observed[1]}):
        empty = dict.fromkeys(next(iter((observed[0] or observed[1]).values())))
        here, there = (each.get(period, empty) for each in observed)
        after_merge = merge_values(here, there).values
        for column in here:
            field = _field(OBSERVATION, column)
            if (here[column], there[column]) != (None, None):
                texts = (writer.optional(field, each[column]) for each in (here, there, after_merge))
                yield (f"{field.title} {period}", *texts)
    for title, hanging in (
        (_("Members"), [set(related.members(connection, "group_id", each)) for each in (one, two)]),
        (_("Events"), [set(related.events_of(connection, "business_id", each)) for each in (one, two)]),
    ):
        if any(hanging):
            yield (title, *(str(len(each)) for each in (*hanging, hanging[0] | hanging[1])))
