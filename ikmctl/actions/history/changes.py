"""Shows the history: the latest changes, one change field by field, or those of one record."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ikmctl import errors
from ikmctl.document import Document, Table, TableColumn, Values
from ikmctl.domain.values import kinds
from ikmctl.language import _
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.history import changes
from ikmctl.registry.history.access import log_access
from ikmctl.registry.records import find, save

if TYPE_CHECKING:
    from ikmctl.actions.history.labels import HistoryFormatter


def entry_line(entry: changes.Entry) -> str:
    """A change in one line: its number, time, user and command."""
    return f"{entry.number} · {show_moment(entry.made_at)} · {entry.made_by} · {command_name(entry.command)}"


def show_moment(moment: str) -> str:
    """A time of the history in the local time zone."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def show(
    registry: Registry, wanted: str | None, kind: str, change: int | None, *, limit: int, reveal: bool = False
) -> Document:
    """The latest changes, the changes of one record, or one change field by field.

    Personal data only with `reveal`, which is logged in the history. Raises NotFound, Ambiguous, NoSuchChange.
    """
    with registry.read() as connection:
        if change is not None:
            document = _one_change(connection, change, limit, reveal=reveal)
        elif wanted:
            record = (kind, find.find(connection, kind, wanted))
            document = _of_record(connection, record, limit, reveal=reveal)
        else:
            return _all(list(changes.entries(connection, limit)))
    if reveal:
        records = 1 if change is None else len({row[:2] for row in document.tables[0].rows})
        log_access(registry, "history", document.title if change is None else f"--change {change}", records)
    return document._replace(revealed=reveal)


def _all(entries: Sequence[changes.Entry]) -> Document:
    messages = (_("Details of a change: ikmctl history --change NUMBER · to undo it: ikmctl undo NUMBER"),)
    return Document("list", list_changes(entries, _("Changes")), messages=messages)


def list_changes(entries: Sequence[changes.Entry], title: str) -> tuple[Table, Table]:
    """Changes as a table, one for people and one for machines."""
    number, *heading = _heading()
    columns = (
        number._replace(name="number"),
        *heading,
        TableColumn("detail", _("About"), kinds.LINE),
        TableColumn("undoes", _("Undoes"), kinds.LINE, detail=True),
        TableColumn("rows", _("Rows"), kinds.COUNT, detail=True),
    )
    rows = [(*_made(change), change.detail, _undone(change), change.rows) for change in entries]
    labelled = [(*_made(change), about(change), _undone(change), change.rows) for change in entries]
    people = Table("changes", title, columns, labelled, readers="people")
    return people, people._replace(rows=rows, readers="machines")


def _undone(entry: changes.Entry) -> str | None:
    """The numbers of the changes that a change undid."""
    return ", ".join(map(str, entry.undoes)) or None


def command_name(name: str) -> str:
    """The name of a command as people read it in the history."""
    return _("another program") if name == "outside" else name


def without_digests(detail: str) -> str:
    """The detail of a change without the digests of files, which are for machines."""
    return ", ".join(
        part.rpartition(" ")[0] if len(part.rpartition(" ")[2]) == 64 else part for part in detail.split(", ")
    )


def about(entry: changes.Entry) -> str:
    """What a change was about, in words; an indicator by its title."""
    detail = entry.detail or ""
    if entry.command == "set-target":
        from ikmctl.actions.reports.indicators import BY_CODE

        code, _space, year = detail.rpartition(" ")
        return f"{_(BY_CODE[code].label)} {year}" if code in BY_CODE else detail
    if entry.command == "backup":
        return detail.partition(" ")[2]
    return without_digests(detail)


def _one_change(connection: Connection, number: int, limit: int, *, reveal: bool) -> Document:
    from ikmctl.actions.history.labels import HistoryFormatter

    entry = changes.entry(connection, number)
    if entry is None:
        raise errors.NoSuchChange(number=number)
    formatter = HistoryFormatter(connection, reveal=reveal)
    differences = list(changes.differences(connection, number, limit))
    labelled = [
        (formatter.about(difference), formatter.title(difference), *formatter.values(difference))
        for difference in differences
        if formatter.is_shown(difference)
    ]
    columns = (TableColumn("about", _("About"), kinds.LINE), TableColumn("field", _("Field"), kinds.LINE), *_sides())
    return _field_by_field(
        entry_line(entry), columns, labelled, [(entry, difference) for difference in differences], formatter
    )


def _of_record(connection: Connection, record: tuple[str, int], limit: int, *, reveal: bool) -> Document:
    from ikmctl.actions.history.labels import HistoryFormatter

    formatter = HistoryFormatter(connection, record, reveal=reveal)
    each = [
        (entry, difference)
        for entry in list(changes.entries(connection, limit, record))
        for difference in changes.differences_of(connection, entry.number, record, limit)
    ]
    labelled = [
        (*_made(entry), formatter.label(difference), *formatter.values(difference))
        for entry, difference in each
        if formatter.is_shown(difference)
    ]
    number, when, *how = _heading()
    when = when._replace(kind=kinds.shown_by("day", lambda moment: show_moment(moment)[:10]))
    columns = (
        number,
        when,
        *(column._replace(detail=True) for column in how),
        TableColumn("field", _("Field"), kinds.LINE),
        *_sides(),
    )
    return _field_by_field(save.name_of(connection, *record), columns, labelled, each, formatter)


def _made(entry: changes.Entry) -> Values:
    return entry.number, entry.made_at, entry.made_by, entry.command


def _heading() -> tuple[TableColumn, ...]:
    """The columns of the values from `_made`."""
    return (
        TableColumn("change", _("No."), kinds.NUMBER),
        TableColumn("made_at", _("When"), kinds.shown_by("moment", show_moment)),
        TableColumn("made_by", _("Who"), kinds.LINE),
        TableColumn("command", _("Command"), kinds.shown_by("command", command_name)),
    )


def _sides() -> tuple[TableColumn, ...]:
    return TableColumn("before", _("Before"), kinds.LINE, "–"), TableColumn("after", _("After"), kinds.LINE, "–")


def _field_by_field(
    title: str,
    columns: tuple[TableColumn, ...],
    labelled: Sequence[Values],
    differences: Sequence[tuple[changes.Entry, changes.Difference]],
    formatter: "HistoryFormatter",
) -> Document:
    """The differences: `labelled` rows for people, stored values for machines."""
    kept = [
        (*_made(entry), difference.table, difference.row, difference.column, *formatter.stored(difference))
        for entry, difference in differences
    ]
    stored = (*_heading(), *(TableColumn(name, name) for name in ("table", "row", "field")), *_sides())
    people = Table("differences", title, columns, labelled, readers="people")
    return Document("list", (people, Table("differences", title, stored, kept, readers="machines")), title=title)
