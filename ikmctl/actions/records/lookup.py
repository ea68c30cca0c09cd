"""Turns typed texts into stored values: read by kind, then looked up among sectors, places, sentra and groups."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ikmctl import errors
from ikmctl.actions.records.display_names import in_language, sector_labels
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.keys import key
from ikmctl.domain.matching import LIKELY_MINIMUM, closest_matches, known_place, suggest_names
from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.domain.values.clean_text import is_empty
from ikmctl.domain.values.kbli import code_of_title
from ikmctl.language import _
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.file.reference_data import Places, ReferenceData
from ikmctl.registry.records import find, save

#: Field name → the typed text; a list for repeatable fields.
RawValues = Mapping[str, str | list[str] | None]


class Remark(NamedTuple):
    """A note on what was assumed about the value of a field."""

    field: Field
    said: Note

    def __str__(self) -> str:
        return f"{self.field.title}: {self.said}."


@dataclass(frozen=True)
class Resolved:
    """Values by column of their table, and notes on what was assumed."""

    values: dict[str, Any]
    notes: tuple[Remark, ...]


def read_field(field: Field, text: str) -> tuple[Any, tuple[Note, ...]]:
    """The value of one text and notes on it; an empty word such as `-` is None. Raises ValueRejected."""
    try:
        if is_empty(text):
            if field.required:
                raise Unreadable("empty")
            return None, ()
        value, notes = field.kind.read(text)
        if value is None and field.required:
            raise Unreadable("empty")
        return value, notes
    except Unreadable as problem:
        raise _rejected(field, text, problem) from None


def _rejected(field: Field, text: str, problem: Unreadable) -> errors.ValueRejected:
    shown = field.kind.mask(text) if field.kind.mask else text
    return errors.ValueRejected(field=field.title, value=shown, reason=problem.reason, advice=problem.advice)


def read_given(registry: Registry, entity: Entity, given: RawValues) -> Resolved:
    """The values of all given texts by field name; fields that were not given are absent. Raises ValueRejected."""
    values: dict[str, Any] = {}
    given, notes = _with_kbli_code(registry, entity, given)
    for field in entity.fields:
        text = given.get(field.name)
        if text is None or text == [] or field.name in _COORDINATES:
            continue
        parts = text if isinstance(text, list) else [text]
        read = [read_field(field, part) for part in parts]
        values[field.name] = [value for value, _notes in read if value] if field.repeatable else read[0][0]
        notes += [Remark(field, each) for _value, said in read for each in said]
    if any(given.get(name) is not None for name in _COORDINATES):
        notes += _read_place(entity, given, values)
    for remark in notes:
        if remark.field.name == "capacity" and remark.said.code == "unit-in-cell":
            values.setdefault("capacity_unit", dict(remark.said.facts)["unit"])
    return Resolved(values, tuple(notes))


def _with_kbli_code(registry: Registry, entity: Entity, given: RawValues) -> tuple[RawValues, list[Remark]]:
    """The given texts, with a KBLI title replaced by its code, and remarks. Raises ValueRejected."""
    text = given.get("kbli")
    if not isinstance(text, str) or is_empty(text):
        return given, []
    field = entity["kbli"]
    try:
        field.kind.read(text)
    except Unreadable as problem:
        if problem.code == "not-a-kbli":
            with registry.read() as connection:
                titles = reference_data.load(connection, kbli_titles=True).kbli_titles
            try:
                return {**given, "kbli": code_of_title(text, titles)}, [Remark(field, note("kbli-from-title"))]
            except Unreadable as unknown:
                raise _rejected(field, text, unknown) from None
    return given, []


_COORDINATES = ("latitude", "longitude")


def _read_place(entity: Entity, given: RawValues, values: dict[str, Any]) -> list[Remark]:
    """Add latitude and longitude to `found`. They are parsed together, since one text may have both."""
    from ikmctl.domain.values.coordinates import read_coordinates

    texts = ["" if is_empty(text := str(given.get(name) or "")) else text for name in _COORDINATES]
    place = read_coordinates(*texts)
    coordinates = (place.latitude, place.longitude)
    problems = (place.latitude_problem, place.longitude_problem)
    for name, text, value, problem in zip(_COORDINATES, texts, coordinates, problems, strict=True):
        if problem:
            raise _rejected(entity[name], text or "".join(texts), problem)
        if value is not None or given.get(name) is not None:
            values[name] = value
    return [Remark(entity[_COORDINATES[0]], said) for said in place.notes]


def sector(known: ReferenceData, text: str) -> str:
    """The code of a sector given by code, name or other word. Raises UnknownReference."""
    code = known.sector_code(text)
    if code is None:
        names = [in_language(each.name, each.name_en) for each in known.sectors]
        raise errors.UnknownReference(name=text, kind=_("sector"), candidates=", ".join(suggest_names(text, names)))
    return code


def place(places: Places, kelurahan: str | None, kecamatan: str | None) -> tuple[str | None, str | None, list[Note]]:
    """Kelurahan and kecamatan as the region list spells them, and notes; unknown names are kept.

    A missing kecamatan is added if it follows from the kelurahan. See docs/domain.md, “Places”.
    """
    kelurahan, notes = _without_level(kelurahan, places.kelurahan, "place-normalised")
    kecamatan, more = _without_level(kecamatan, places.kecamatan, "kecamatan-normalised")
    notes += more
    upper = places.kecamatan.get(key(kecamatan)) if kecamatan else None
    if kecamatan and upper is None and places.kecamatan:
        upper = _meant(places, kelurahan, kecamatan)
        if upper is None:
            notes.append(_unknown("unknown-kecamatan", kecamatan, places.kecamatan.values()))
    if kecamatan and upper and key(upper) != key(kecamatan):
        notes.append(note("kecamatan-normalised", name=upper))
    upper = upper or kecamatan
    if kelurahan is None:
        return None, upper, notes
    homes = places.kelurahan.get(key(kelurahan))
    if homes is None:
        if places.kelurahan:
            known = (name for each in places.kelurahan.values() for name in each.values())
            notes.append(_unknown("unknown-kelurahan", kelurahan, known))
        return kelurahan, upper, notes
    home = upper if upper in homes else next(iter(homes)) if len(homes) == 1 else None
    if home is None:
        return kelurahan, upper, notes
    name = homes[home]
    if name != kelurahan:
        notes.append(note("place-normalised", name=name))
    if upper is None and home:
        notes.append(note("kecamatan-added", kecamatan=home))
    elif upper != home:
        notes.append(note("other-kecamatan", kecamatan=home))
    return name, upper or home or None, notes


def _without_level(text: str | None, known: Mapping[str, object], code: str) -> tuple[str | None, list[Note]]:
    """The name without the word for its level (`Kel.`, `Kec.`), and a note if the result is not a known place."""
    if text is None:
        return None, []
    name = known_place(text, known)
    return name, [note(code, name=name)] if name != text and key(name) not in known else []


def about(said: Note) -> str:
    """The field that a note on a place is about: `kecamatan` or `kelurahan`."""
    return "kecamatan" if "kecamatan" in said.code else "kelurahan"


def _meant(places: Places, kelurahan: str | None, kecamatan: str) -> str | None:
    """The kecamatan of the kelurahan if the written name is similar, as in `Pyk Barat`; else None."""
    homes = places.kelurahan.get(key(kelurahan or ""), {})
    return next((home for home in homes if closest_matches(kecamatan, [home])), None) if len(homes) == 1 else None


def _unknown(code: str, text: str, known: Iterable[str]) -> Note:
    """A note on an unknown word, with a similar known word."""
    return note(code, **unknown_word(text, closest_matches(text, known, 1, LIKELY_MINIMUM)))


def unknown_word(text: str, alike: Sequence[str]) -> dict[str, str]:
    """The facts of a note on an unknown word: a suggestion, and a name for the example of `ikmctl alias`."""
    hint = _(" (did you mean {name}?)").format(name=alike[0]) if alike else ""
    return {"text": text, "hint": hint, "name": alike[0] if alike else _("NAME")}


def look_up(connection: Connection, entity: Entity, read: Resolved, current_row: Mapping[str, Any]) -> Resolved:
    """The values with every reference looked up: sector codes, sentra and group numbers, official place names.

    `current_row` is the stored record, for an edit; empty for a new one.

    Raises UnknownReference, NotFound, Ambiguous, NotAGroup.
    """
    known = reference_data.load(connection)
    values, notes = dict(read.values), list(read.notes)
    for name, kind in (("sentra", "sentra"), ("group", "business")):
        if name in values and name in entity.by_name:
            text = values.pop(name)
            number = None if text is None else find.find(connection, kind, text)
            if name == "group" and number is not None:
                _require_group(connection, number)
            values[f"{name}_id"] = number
    if values.get("sector"):
        values["sector"] = sector(known, values["sector"])
    if values.get("kelurahan") or values.get("kecamatan"):
        kelurahan, kecamatan, place_notes = place(
            known.places,
            values.get("kelurahan", current_row.get("kelurahan")),
            values.get("kecamatan", None if "kelurahan" in values else current_row.get("kecamatan")),
        )
        values |= {"kelurahan": kelurahan, "kecamatan": kecamatan}
        notes += [Remark(entity[about(each)], each) for each in place_notes]
    if values.get("kbli") and not values.get("sector", current_row.get("sector")):
        code = known.sector_of_kbli(values["kbli"].partition(",")[0])
        if code:
            values["sector"] = code
            label = sector_labels(connection)[code]
            notes.append(Remark(entity["sector"], note("sector-from-kbli", sector=label)))
    return Resolved(values, tuple(notes))


def _require_group(connection: Connection, number: int) -> None:
    business = save.row(connection, "business", number)
    if business["form"] != "group":
        raise errors.NotAGroup(name=business["name"], form=business["form"] or "–", number=number)
