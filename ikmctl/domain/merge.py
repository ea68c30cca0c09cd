"""Merging two records of one business: which value stays, and what is left over."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple

#: Columns that belong together: a place, a number with its unit. They are taken from one record, not mixed.
_TOGETHER = (
    ("kelurahan", "kecamatan"),
    ("latitude", "longitude"),
    ("workers_male", "workers_female", "workers_total"),
    ("capacity", "capacity_unit", "capacity_period"),
)
#: Columns of which the values of both records stay, and what stands between them.
_JOINED = {"phone": "/", "notes": "\n"}


class Merged(NamedTuple):
    """The values of the merged record, and the values of the two that found no place in it, by column."""

    values: dict[str, Any]
    left_over: dict[str, Any]


class Span(NamedTuple):
    """A period of activity; without `closed_on` it lasts."""

    opened_on: str
    closed_on: str | None
    entry: str


def merge_values(keep: Mapping[str, Any], other: Mapping[str, Any], take: Set[str] = frozenset()) -> Merged:
    """The values of `keep`, completed from `other`. Where both differ, `keep` wins; in the columns `take`, `other`."""
    values: dict[str, Any] = {}
    left_over: dict[str, Any] = {}
    for columns in _units(keep):
        first, second = (other, keep) if take & set(columns) else (keep, other)
        if columns[0] in _JOINED:
            values |= {columns[0]: _joined(first[columns[0]], second[columns[0]], _JOINED[columns[0]])}
        elif all(None in (first[column], second[column]) or first[column] == second[column] for column in columns):
            values |= {column: second[column] if first[column] is None else first[column] for column in columns}
        else:
            values |= {column: first[column] for column in columns}
            left_over |= {column: second[column] for column in columns if second[column] not in (None, first[column])}
    return Merged(values, left_over)


def _units(columns: Iterable[str]) -> list[tuple[str, ...]]:
    """The columns in their order, those together that belong together."""
    unit = {column: together for together in _TOGETHER for column in together}
    return list(dict.fromkeys(unit.get(column, (column,)) for column in columns))


def _joined(one: str | None, other: str | None, sign: str) -> str | None:
    parts = [part for text in (one, other) if text for part in text.split(sign)]
    return sign.join(dict.fromkeys(parts)) or None


_ENTRIES = ("registered", "recorded", "reopened")


def merge_spans(spans: Sequence[Span]) -> list[Span]:
    """The periods in which at least one of two records was active. Only the first begins otherwise than reopened."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.opened_on, _ENTRIES.index(span.entry))):
        last = merged[-1] if merged else None
        if last and (last.closed_on is None or span.opened_on < last.closed_on or span.opened_on == last.opened_on):
            closed_on = max(last.closed_on, span.closed_on) if last.closed_on and span.closed_on else None
            merged[-1] = last._replace(closed_on=closed_on)
        else:
            merged.append(span._replace(entry="reopened") if last else span)
    return merged
