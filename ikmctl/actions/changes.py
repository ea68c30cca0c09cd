"""The history for people: the latest changes, what one did field by field, and taking one back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from ikmctl import errors
from ikmctl.actions.document import Column, Document, Table, done
from ikmctl.actions.tables import ROWS, column_titles
from ikmctl.domain import values as v
from ikmctl.domain.entities import field_in
from ikmctl.language import _
from ikmctl.registry import finding, history, records, undoing
from ikmctl.registry.database import Connection, Registry


def entry_line(entry: history.Entry) -> str:
    """A change in one line: its number, when, by whom, which command."""
    return f"{entry.number} · {_local(entry.made_at)} · {entry.made_by} · {entry.command}"


def _local(moment: str) -> str:
    """A time of the history in the time of this computer."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def show(registry: Registry, wanted: str | None, kind: str, change: int | None, *, limit: int) -> Document:
    """The latest changes, those of one record, or field by field what one change did.

    Raises NotFound, Ambiguous, NoSuchChange.
    """
    with registry.read() as connection:
        if change is not None:
            return _one_change(connection, change, limit)
        record = (kind, finding.find(connection, kind, wanted)) if wanted else None
        entries = list(history.entries(connection, limit, record))
        if record:
            return _of_record(connection, entries, record, limit)
    columns = (
        Column("number", _("No."), v.NUMBER),
        Column("made_at", _("When"), v.shown_by("moment", _local)),
        Column("made_by", _("Who"), v.LINE),
        Column("command", _("Command"), v.LINE),
        Column("detail", _("About"), v.shown_by("detail", _short)),
        Column("undoes", _("Undoes"), v.NUMBER, detail=True),
        Column("rows", _("Rows"), v.COUNT, detail=True),
    )
    rows = [(e.number, e.made_at, e.made_by, e.command, e.detail, e.undoes, e.rows) for e in entries]
    talk = (_("What a change did: ikmctl history --change NUMBER · take it back: ikmctl undo NUMBER"),)
    return Document("list", (Table("changes", _("Changes"), columns, rows),), talk=talk)


def _short(detail: str) -> str:
    """A file's digest is for machines: people see the name."""
    return ", ".join(
        part.rpartition(" ")[0] if len(part.rpartition(" ")[2]) == 64 else part for part in detail.split(", ")
    )


def _one_change(connection: Connection, number: int, limit: int) -> Document:
    found = history.entry(connection, number)
    if found is None:
        raise errors.NoSuchChange(number=number)
    rows = [(*_heading(found), *_shown(each)) for each in history.differences(connection, number, limit)]
    return Document("list", (_differences_table(entry_line(found), rows, ("change", "made_at", "command")),))


def _of_record(
    connection: Connection, entries: Iterable[history.Entry], record: tuple[str, int], limit: int
) -> Document:
    rows = [
        (*_heading(entry), *_shown(each))
        for entry in entries
        for each in history.differences_of(connection, entry.number, record, limit)
    ]
    return Document("list", (_differences_table(records.name_of(connection, *record), rows, ("row",)),))


def _heading(entry: history.Entry) -> tuple[Any, ...]:
    return entry.number, entry.made_at, entry.made_by, entry.command


def _beginning(value: Any) -> str:
    """People see the beginning of what is very long, such as a logo; machines get the whole."""
    text = str(value)
    return text if len(text) <= 400 else f"{text[:400]}…"


def _differences_table(title: str, rows: list[tuple[Any, ...]], said: Sequence[str]) -> Table:
    """Field by field what was done; `said` are the columns that say what the title says, or the same in every row."""
    side, titles = v.shown_by("side", _beginning), column_titles()
    columns = (
        Column("change", _("No."), v.NUMBER),
        Column("made_at", _("When"), v.shown_by("moment", _local)),
        Column("made_by", _("Who"), v.LINE),
        Column("command", _("Command"), v.LINE),
        Column("table", _("Table"), v.shown_by("table", lambda name: _(ROWS.get(name, name)))),
        Column("row", _("Row"), v.NUMBER),
        Column("field", _("Field"), v.shown_by("field", lambda name: titles.get(name, name))),
        Column("before", _("From"), side, "–"),
        Column("after", _("To"), side, "–"),
    )
    away = (*said, "made_by", "table")
    return Table("differences", title, tuple(each._replace(detail=each.name in away) for each in columns), rows)


def _shown(each: history.Difference) -> tuple[Any, ...]:
    """A difference with personal values masked, and the figures of a whole month not written out."""
    if (each.table, each.column) == ("closed_month", "figures"):
        before, after = (
            None if value is None else _("{count} characters").format(count=len(value))
            for value in (each.before, each.after)
        )
        return each.table, each.row, each.column, before, after
    field = field_in(each.table, each.column)
    mask = field.kind.mask if field else None
    before, after = (
        None if value is None else mask(str(value)) if mask else value for value in (each.before, each.after)
    )
    return each.table, each.row, each.column, before, after


def undo(registry: Registry, number: int | None) -> Document:
    """Take back a change, the latest if none is named. Raises what undoing.undo raises."""
    target, new = undoing.undo(registry, number)
    said = _("Undone: change no. {number}, {command} {detail}.").format(
        number=target.number, command=target.command, detail=_short(target.detail or "")
    )
    return done(said, _("Bring it back: ikmctl undo {number}").format(number=new), undone=target.number, change=new)
