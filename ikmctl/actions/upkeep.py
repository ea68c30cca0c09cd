"""Making a registry, looking after it, and its history."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ikmctl import errors
from ikmctl.actions import shipped
from ikmctl.actions.document import Card, Column, Document, Table, done
from ikmctl.domain import values as v
from ikmctl.domain.entities import ENTITIES
from ikmctl.domain.text import clean
from ikmctl.domain.values import Kind
from ikmctl.language import N_, _, current
from ikmctl.registry import figures, finding, history, records, reference, undoing
from ikmctl.registry.database import Change, Registry, create, remove
from ikmctl.sheets.cells import text_of
from ikmctl.sheets.copying import Reading, standard_input
from ikmctl.sheets.files import read_sheets


def cities() -> dict[str, str]:
    """Kemendagri code → name of the cities that ship with ikmctl."""
    return {code: name for code, name, _words in shipped.rows("regions.csv") if code.count(".") == 1}


def init(path: Path, city: str, office: str) -> Document:
    """Make a registry for a city with the reference data that ships with ikmctl. Raises RegistryExists."""
    title, _notes = clean(office, 200)
    registry = create(path)
    try:
        with registry.write("init", city) as change:
            for name, value in (("city", city), ("office", title), ("language", current())):
                reference.save_setting(change, name, value)
            _load_reference(change)
    except BaseException:
        registry.close()
        remove(path)
        raise
    registry.close()
    said = _("Made the registry {file} for {city}.").format(file=path, city=cities().get(city, city))
    known = (
        ()
        if city in cities()
        else (_("No places of {city} are known yet: ikmctl import-regions FILE").format(city=city),)
    )
    after = _("Next: ikmctl add-business NAME, or ikmctl import-businesses FILE")
    return done(said, *known, after, file=str(path), city=city, office=title, language=current())


def _load_reference(change: Change) -> None:
    reference.add_sectors(
        change, ((c, name, en, words, kbli) for c, name, en, words, kbli in shipped.rows("sectors.csv"))
    )
    reference.add_regions(change, ((code, name, words) for code, name, words in shipped.rows("regions.csv")))
    rows = shipped.rows("kbli.csv")
    reference.add_kbli(change, ((code, int(edition), title, words) for code, edition, title, words in rows))


def status(registry: Registry) -> Document:
    """Where the file is, what it holds, the last change and the last backup."""
    with registry.read() as connection:
        settings = reference.settings(connection)
        counts = dict(figures.counts(connection))
        last = next(iter(history.entries(connection, 1)), None)
    backups = sorted(registry.path.parent.glob(f"{registry.path.name}.*.backup"), key=lambda each: each.stat().st_mtime)
    pairs: list[tuple[str, str, Kind, Any]] = [
        ("file", _("File"), v.LINE, str(registry.path)),
        ("city", _("City"), Kind("city", "TEXT", v.LINE.read, _city_in_words), settings.get("city")),
        ("office", _("Office"), v.LINE, settings.get("office")),
        ("language", _("Language"), Kind("language", "TEXT", v.LINE.read, _language), settings.get("language")),
        ("businesses", _("Businesses"), v.COUNT, counts["businesses"]),
        ("active", _("Active businesses"), v.COUNT, counts["active"]),
        ("sentra", _("Sentra"), v.COUNT, counts["sentra"]),
        ("events", _("Events"), v.COUNT, counts["events"]),
        ("attendances", _("Attendances"), v.COUNT, counts["attendances"]),
        ("observations", _("Observations"), v.COUNT, counts["observations"]),
        ("changes", _("Changes"), v.COUNT, counts["changes"]),
        ("last_change", _("Last change"), v.LINE, _entry_line(last) if last else None),
        ("last_backup", _("Last backup"), v.LINE, str(backups[-1]) if backups else None),
    ]
    columns = tuple(Column(name, title, kind, _("none yet")) for name, title, kind, _value in pairs)
    return Document("object", (Card("status", "", columns, tuple(value for *_rest, value in pairs)),))


def _city_in_words(code: str) -> str:
    name = cities().get(code)
    return f"{code} {name}" if name else code


def _language(code: str) -> str:
    return {"id": "Bahasa Indonesia", "en": "English"}.get(code, code)


def _entry_line(entry: history.Entry) -> str:
    return f"{entry.number} · {_local(entry.made_at)} · {entry.made_by} · {entry.command}"


def _local(moment: str) -> str:
    """A time of the history in the time of this computer."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def show_history(registry: Registry, wanted: str | None, kind: str, change: int | None, *, limit: int) -> Document:
    """The latest changes, those of one record, or field by field what one change did.

    Raises NotFound, Ambiguous, NoSuchChange.
    """
    with registry.read() as connection:
        if change is not None:
            return _one_change(connection, change, limit)
        record = (kind, finding.find(connection, kind, wanted)) if wanted else None
        entries = history.entries(connection, limit, record)
        if record:
            return _of_record(connection, entries, record, limit)
    columns = (
        Column("number", _("No."), v.NUMBER),
        Column("made_at", _("When"), Kind("moment", "TEXT", v.LINE.read, _local)),
        Column("made_by", _("Who"), v.LINE),
        Column("command", _("Command"), v.LINE),
        Column("detail", _("About"), Kind("detail", "TEXT", v.LINE.read, _short)),
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


def _one_change(connection: Any, number: int, limit: int) -> Document:
    found = [entry for entry in history.entries(connection, -1) if entry.number == number]
    if not found:
        raise errors.NoSuchChange(number=number)
    rows = [
        (found[0].number, found[0].made_at, found[0].made_by, found[0].command, *_shown(each))
        for each in history.differences(connection, number, limit)
    ]
    return Document("list", (_differences_table(_entry_line(found[0]), rows, said=("change", "made_at", "command")),))


def _of_record(connection: Any, entries: list[history.Entry], record: tuple[str, int], limit: int) -> Document:
    rows = [
        (entry.number, entry.made_at, entry.made_by, entry.command, *_shown(each))
        for entry in entries
        for each in history.differences_of(connection, entry.number, record, limit)
    ]
    return Document("list", (_differences_table(records.name_of(connection, *record), rows, said=("row",)),))


def _beginning(value: Any) -> str:
    """People see the beginning of what is very long, such as a logo; machines get the whole."""
    text = str(value)
    return text if len(text) <= 400 else f"{text[:400]}…"


def _differences_table(title: str, rows: list[tuple[Any, ...]], said: Sequence[str]) -> Table:
    """Field by field what was done; `said` are the columns that say what the title says, or the same in every row."""
    side = Kind("side", "TEXT", v.LINE.read, _beginning)
    titles = _titles()
    columns = (
        Column("change", _("No."), v.NUMBER),
        Column("made_at", _("When"), Kind("moment", "TEXT", v.LINE.read, _local)),
        Column("made_by", _("Who"), v.LINE),
        Column("command", _("Command"), v.LINE),
        Column("table", _("Table"), Kind("table", "TEXT", v.LINE.read, lambda name: _(_TABLES.get(name, name)))),
        Column("row", _("Row"), v.NUMBER),
        Column("field", _("Field"), Kind("field", "TEXT", v.LINE.read, lambda name: titles.get(name, name))),
        Column("before", _("From"), side, "–"),
        Column("after", _("To"), side, "–"),
    )
    away = (*said, "made_by", "table")
    return Table("differences", title, tuple(each._replace(detail=each.name in away) for each in columns), rows)


_TABLES = {entity.name: entity.label for entity in ENTITIES.values()} | {
    "activity": N_("period of activity"), "observation": N_("observation"), "business_kbli": N_("KBLI"),
    "setting": N_("setting"), "alias": N_("alias"), "closed_month": N_("closed month"), "target": N_("target"),
}  # fmt: skip
"""What a row of each table is; of others people see the table's own name."""


def _titles() -> dict[str, str]:
    """The name of a table's column → what people call it."""
    found = {field.name: field.title for entity in ENTITIES.values() for field in entity.fields}
    return found | {"code": found["kbli"], "period": found["data_year"], "opened_on": _("Opened on")}


def _shown(each: history.Difference) -> tuple[Any, ...]:
    """A difference with personal values masked, and the figures of a whole month not written out."""
    if (each.table, each.column) == ("closed_month", "figures"):
        before, after = (
            None if value is None else _("{count} characters").format(count=len(value))
            for value in (each.before, each.after)
        )
        return each.table, each.row, each.column, before, after
    entity = ENTITIES.get(each.table)
    field = entity.by_name.get(each.column) if entity else None
    mask = v.EXTRA.mask if each.column == v.EXTRA.name else field.kind.mask if field else None
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


def list_kbli(registry: Registry, words: str, edition: int | None) -> Document:
    """The KBLI codes whose number, title or local words hold all the words given."""
    with registry.read() as connection:
        rows = reference.kbli_rows(connection, words, edition)
    columns = (
        Column("code", _("KBLI"), v.LINE),
        Column("edition", _("Edition"), v.YEAR),
        Column("title", _("Title"), v.LINE),
        Column("words", _("Also called"), v.LINE),
    )
    talk = () if rows else (_("Try another word for the product, such as keripik, songket or rotan."),)
    return Document("list", (Table("kbli", "", columns, rows),), talk=talk)


def import_regions(registry: Registry, path: str) -> Document:
    """Places from a file of `code,name` rows. Raises FileRefused."""
    rows = [(code, name, words) for code, name, words in _pairs(path, r"\d{2}(\.\d{2}){0,2}(\.\d{4})?")]
    with registry.write("import-regions", Path(path).name) as change:
        count = reference.add_regions(change, rows)
    return done(_("{count} regions are known now from {file}.").format(count=count, file=path), regions=count)


def import_kbli(registry: Registry, path: str, edition: int) -> Document:
    """KBLI codes of one edition from `code,title` rows; a third column holds local words. Raises FileRefused."""
    rows = [(code, edition, name, words) for code, name, words in _pairs(path, r"\d{5}")]
    with registry.write("import-kbli", Path(path).name) as change:
        count = reference.add_kbli(change, rows)
    said = _("{count} codes of KBLI {edition} are known now from {file}.")
    return done(said.format(count=count, edition=edition, file=path), codes=count)


def _pairs(path: str, shape: str) -> Iterator[tuple[str, str, str]]:
    """Code, name and words of each row; a first row without a code is the heading."""
    import re

    def score(rows: Sequence[Sequence[str]]) -> int:
        return sum(bool(re.fullmatch(shape, row[0].strip(), re.ASCII)) for row in rows if len(row) > 1)

    sheet = read_sheets(path, Reading(), score, standard_input)[0]
    for position, row in enumerate(sheet.rows()):
        code, name, words = ([text_of(cell).strip() for cell in row.cells] + ["", "", ""])[:3]
        if re.fullmatch(shape, code, re.ASCII) and name:
            yield code, clean(name, 300)[0], words
        elif any(row.cells) and position:
            raise errors.FileRefused(
                file=path,
                reason=_("row {row} holds no code and name: “{text}”").format(
                    row=row.number, text=",".join(map(text_of, row.cells))[:60]
                ),
                advice=_("Each row holds a code and a name, separated by a comma."),
            )
