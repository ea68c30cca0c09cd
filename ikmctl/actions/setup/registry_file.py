"""Creates a registry, and says what it contains."""

from pathlib import Path
from typing import Any

from ikmctl.actions.history import backups
from ikmctl.actions.history.changes import entry_line
from ikmctl.actions.records.display_names import city_labels, language_in_words
from ikmctl.document import Card, Caution, Document, TableColumn, done
from ikmctl.domain.values import kinds
from ikmctl.domain.values.clean_text import clean
from ikmctl.domain.values.kinds import Kind
from ikmctl.language import _, current_language
from ikmctl.reference import places, shipped
from ikmctl.registry import reports
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Change, Registry, creating
from ikmctl.registry.history import changes
from ikmctl.registry.records.pending import count_open


def init(path: Path, city: str, office: str) -> Document:
    """Create a registry for a city, with the reference data that ship with ikmctl. Raises RegistryExists."""
    with creating(path) as registry:
        title = begin(registry, city, office)
    known_city = next((place.name for place in places.find_cities(city)), None)
    message = _("Created the registry {file} for {city}.").format(file=path, city=known_city or city)
    known = (
        ()
        if known_city
        else (_("The registry has no places of {city} yet. To add them: ikmctl import-regions FILE").format(city=city),)
    )
    after = _("Next: ikmctl add-business NAME, or ikmctl import-businesses FILE")
    return done(message, *known, after, file=str(path), city=city, office=title, language=current_language())


def begin(registry: Registry, city: str, office: str) -> str:
    """Fill a new registry with its settings and reference data; the office's name as it was stored."""
    title, _notes = clean(office, 200)
    with registry.write("init", city) as change:
        for name, value in (("city", city), ("office", title), ("language", current_language())):
            reference_data.save_setting(change, name, value)
        _load_reference(change, city)
    return title


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
        pending = count_open(connection)
        last = next(changes.entries(connection, 1), None)
    backup = backups.state_of(registry)
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
        ("pending", _("Pending values"), kinds.COUNT, pending),
        ("changes", _("Changes"), kinds.COUNT, counts["changes"]),
        ("last_change", _("Last change"), kinds.LINE, entry_line(last) if last else None),
        ("last_backup", _("Last backup"), kinds.LINE, backup.latest),
        ("last_backup_elsewhere", _("Last backup on another drive"), kinds.LINE, backup.elsewhere),
        ("changes_not_elsewhere", _("Changes since then"), kinds.COUNT, backup.unsaved.changes),
    ]
    columns = tuple(TableColumn(name, title, kind, _("none yet")) for name, title, kind, _value in pairs)
    card = Card("status", "", columns, tuple(value for *_rest, value in pairs))
    cautions = (Caution(backup.warning), _("To make one: ikmctl backup FOLDER")) if backup.warning else ()
    return Document("object", (card,), messages=cautions)
