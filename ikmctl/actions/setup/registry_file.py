"""Creating a registry, its status, and its lists of places and KBLI codes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ikmctl import errors
from ikmctl.actions.history.changes import entry_line
from ikmctl.actions.records.display_names import city_labels, language_in_words
from ikmctl.document import Card, Document, Table, TableColumn, done
from ikmctl.domain.values import kinds
from ikmctl.domain.values.clean_text import clean
from ikmctl.domain.values.kinds import Kind
from ikmctl.language import _, current_language, plural
from ikmctl.reference import places, shipped
from ikmctl.registry import reports
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Change, Registry, create, remove
from ikmctl.registry.history import changes
from ikmctl.sheets.formats.cells import text_of
from ikmctl.sheets.formats.open import read_sheets
from ikmctl.sheets.formats.source_copy import ReadOptions, standard_input


def init(path: Path, city: str, office: str) -> Document:
    """Create a registry for a city, with the reference data that ship with ikmctl. Raises RegistryExists."""
    title, _notes = clean(office, 200)
    registry = create(path)
    try:
        with registry.write("init", city) as change:
            for name, value in (("city", city), ("office", title), ("language", current_language())):
                reference_data.save_setting(change, name, value)
            _load_reference(change, city)
    except BaseException:
        registry.close()
        remove(path)
        raise
    registry.close()
    known_city = next((place.name for place in places.find_cities(city)), None)
    message = _("Created the registry {file} for {city}.").format(file=path, city=known_city or city)
    known = (
        ()
        if known_city
        else (_("The registry has no places of {city} yet. To add them: ikmctl import-regions FILE").format(city=city),)
    )
    after = _("Next: ikmctl add-business NAME, or ikmctl import-businesses FILE")
    return done(message, *known, after, file=str(path), city=city, office=title, language=current_language())


def _load_reference(change: Change, city: str) -> None:
    reference_data.add_sectors(
        change, ((c, name, en, words, kbli) for c, name, en, words, kbli in shipped.rows("sectors.csv"))
    )
    reference_data.add_regions(change, places.list_places(city))
    rows = shipped.rows("kbli.csv")
    reference_data.add_kbli(change, ((code, int(edition), title, words) for code, edition, title, words in rows))


def status(registry: Registry) -> Document:
    """The path of the registry file, its counts and its last change."""
    with registry.read() as connection:
        settings = reference_data.settings(connection)
        labels = city_labels(connection)
        counts = dict(reports.counts(connection))
        last = next(changes.entries(connection, 1), None)
    pairs: list[tuple[str, str, Kind, Any]] = [
        ("file", _("File"), kinds.LINE, str(registry.path)),
        ("city", _("City"), kinds.shown_by("city", lambda code: labels.get(code, code)), settings.get("city")),
        ("office", _("Office"), kinds.LINE, settings.get("office")),
        ("language", _("Language"), kinds.shown_by("language", language_in_words), settings.get("language")),
        ("businesses", _("Businesses"), kinds.COUNT, counts["businesses"]),
        ("active", _("Active businesses"), kinds.COUNT, counts["active"]),
        ("sentra", _("Sentra"), kinds.COUNT, counts["sentra"]),
        ("events", _("Events"), kinds.COUNT, counts["events"]),
        ("attendances", _("Attendances"), kinds.COUNT, counts["attendances"]),
        ("observations", _("Observations"), kinds.COUNT, counts["observations"]),
        ("changes", _("Changes"), kinds.COUNT, counts["changes"]),
        ("last_change", _("Last change"), kinds.LINE, entry_line(last) if last else None),
    ]
    columns = tuple(TableColumn(name, title, kind, _("none yet")) for name, title, kind, _value in pairs)
    return Document("object", (Card("status", "", columns, tuple(value for *_rest, value in pairs)),))


def list_kbli(registry: Registry, words: str, edition: int | None) -> Document:
    """The KBLI codes whose number, title or local words contain all given words."""
    with registry.read() as connection:
        rows = reference_data.kbli_rows(connection, words, edition)
    columns = (
        TableColumn("code", _("KBLI"), kinds.LINE),
        TableColumn("edition", _("Edition"), kinds.YEAR),
        TableColumn("title", _("Title"), kinds.LINE),
        TableColumn("words", _("Also called"), kinds.LINE),
    )
    messages = () if rows else (_("Try another word for the product, such as keripik, songket or rotan."),)
    return Document("list", (Table("kbli", "", columns, rows),), messages=messages)


def import_regions(registry: Registry, path: str | None) -> Document:
    """Add places from a file of `code,name` rows, or those of the registry's city. Raises FileRefused."""
    city = registry.setting("city") or ""
    rows = places.list_places(city) if path is None else _pairs(path, r"\d{2}(\.\d{2}){0,2}(\.\d{4})?")
    listed = list(rows)
    with registry.write("import-regions", city if path is None else Path(path).name) as change:
        count = reference_data.add_regions(change, listed)
    source = path or _("the list of the Ministry of Home Affairs")
    message = plural(
        "The registry now has {count} region from {file}.",
        "The registry now has {count} regions from {file}.",
        count,
        file=source,
    )
    return done(message, regions=count)


def import_kbli(registry: Registry, path: str, edition: int) -> Document:
    """Import KBLI codes of one edition from `code,title` rows; a third column has local words. Raises FileRefused."""
    rows = [(code, edition, name, words) for code, name, words in _pairs(path, r"\d{5}")]
    with registry.write("import-kbli", Path(path).name) as change:
        count = reference_data.add_kbli(change, rows)
    message = plural(
        "The registry now has {count} code of KBLI {edition} from {file}.",
        "The registry now has {count} codes of KBLI {edition} from {file}.",
        count,
        edition=edition,
        file=path,
    )
    return done(message, codes=count)


def _pairs(path: str, shape: str) -> Iterator[tuple[str, str, str]]:
    """Code, name and words of each row; a first row without a code is the header. Raises FileRefused."""
    import re

    def score(rows: Sequence[Sequence[str]]) -> int:
        return sum(bool(re.fullmatch(shape, row[0].strip(), re.ASCII)) for row in rows if len(row) > 1)

    sheet = read_sheets(path, ReadOptions(), score, standard_input)[0]
    for position, row in enumerate(sheet.rows()):
        code, name, words = ([text_of(cell).strip() for cell in row.cells] + ["", "", ""])[:3]
        if re.fullmatch(shape, code, re.ASCII) and name:
            yield code, clean(name, 300)[0], words
        elif any(row.cells) and position:
            raise errors.FileRefused(
                file=path,
                reason=_("row {row} does not have a code and a name: “{text}”").format(
                    row=row.number, text=",".join(map(text_of, row.cells))[:60]
                ),
                advice=_("Each row holds a code and a name, separated by a comma."),
            )
