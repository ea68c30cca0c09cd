"""Reads the values of filters: an officer's words → the value as it is stored.

A name that no record has is an error with suggestions, because an officer would believe an empty list.
"""

import json
from collections.abc import Mapping

from ikmctl import errors
from ikmctl.actions.records import lookup
from ikmctl.actions.records.display_names import in_language
from ikmctl.domain.entities import EVENT
from ikmctl.domain.fields import Entity
from ikmctl.domain.keys import key
from ikmctl.domain.matching import closest_matches, suggest_names
from ikmctl.language import _
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Connection
from ikmctl.registry.file.reference_data import Places
from ikmctl.registry.records import find, save
from ikmctl.registry.records.events import parties


def value(connection: Connection, entity: Entity, name: str, text: str) -> object:
    """The stored value that a filter on a field looks for. Raises UnknownName, NotFound, Ambiguous, ValueRejected."""
    if name in ("sentra", "group", "business"):
        return find.find(connection, name, text)
    if name in ("party", "funder") and entity is EVENT:
        return _parties(connection, name, text)
    if name == "sector":
        return _sector(connection, text)
    if name in ("kecamatan", "kelurahan"):
        return place(connection, entity, name, text)
    stored = lookup.read_field(entity[name], text)[0]
    if name == "kbli" and stored:
        _require_kbli(connection, stored)
    return stored


def compared(connection: Connection, entity: Entity, name: str, text: str) -> object:
    """Like `value`, as a column of the list shows it: sentra and groups by name. Raises the same errors."""
    if name in ("sentra", "group"):
        number = find.find(connection, name, text)
        return save.name_of(connection, "sentra" if name == "sentra" else "business", number)
    return value(connection, entity, name, text)


def _parties(connection: Connection, name: str, text: str) -> str:
    """The parties of events that a text names in any spelling, or of whose name it is a part, as a JSON list.

    Raises UnknownName.
    """
    known = parties.names(connection, "funder" if name == "funder" else None)
    same = [each for each in known if key(each) == key(text)] or [each for each in known if key(text) in key(each)]
    if not key(text) or not same:
        label = EVENT["funder"].title if name == "funder" else _("organiser, host, guest, funder or instructor")
        raise _unknown(text, label, known)
    return json.dumps(same)


def place(connection: Connection, entity: Entity, name: str, text: str) -> str:
    """A kecamatan or kelurahan in the spelling of the region list or of a record. Raises UnknownName."""
    city = reference_data.settings(connection).get("city", "")
    known = dict(_listed(reference_data.places(connection, city), name))
    if key(text) in known:
        return known[key(text)]
    used = reference_data.places_in_use(connection, entity.name, name)
    if text in used:
        return text
    known |= {key(place): place for place in used if key(place) not in known}
    if key(text) not in known:
        raise _unknown(text, _(name), list(dict.fromkeys(known.values())))
    return known[key(text)]


def _listed(places: Places, name: str) -> Mapping[str, str]:
    """Key of a spelling → name, for all places of the region list."""
    if name == "kecamatan":
        return places.kecamatan
    return {spelling: next(iter(homes.values())) for spelling, homes in places.kelurahan.items()}


def _sector(connection: Connection, text: str) -> str:
    known = reference_data.load(connection)
    code = known.sector_code(text)
    if code is None:
        raise _unknown(text, _("sector"), [in_language(each.name, each.name_en) for each in known.sectors])
    return code


def _require_kbli(connection: Connection, codes: str) -> None:
    for code in codes.split(","):
        if not reference_data.has_kbli(connection, code):
            raise _unknown(code, _("KBLI"), reference_data.kbli_codes(connection))


def _unknown(text: str, kind: str, known: list[str]) -> errors.IkmError:
    if not known:
        return errors.UnknownName(name=text, kind=kind)
    candidates = closest_matches(text, known) or suggest_names(text, known)
    return errors.UnknownNameWithSuggestions(name=text, kind=kind, candidates=", ".join(candidates))
