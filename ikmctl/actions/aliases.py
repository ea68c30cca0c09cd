"""What this office means by the words it spells in its own way (padanan)."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ikmctl import errors
from ikmctl.actions import shipped
from ikmctl.actions.document import Column, Document, Table, done
from ikmctl.actions.intake import MONEY_UNITS
from ikmctl.actions.labels import in_language
from ikmctl.domain import choices
from ikmctl.domain import values as v
from ikmctl.domain.choices import key
from ikmctl.domain.entities import BUSINESS, EVENT, PARTICIPANT, SENTRA
from ikmctl.domain.matching import worth_naming
from ikmctl.domain.text import clean
from ikmctl.language import N_, _
from ikmctl.registry import reference
from ikmctl.registry.database import Registry
from ikmctl.registry.reference import Reference
from ikmctl.sheets.headings import KEEP


class Kind(NamedTuple):
    """What can be taught: what it is called, and the meanings there are, by the key of each spelling."""

    label: str
    meanings: Callable[[Reference], Mapping[str, str]]


def _fields(known: Reference) -> Mapping[str, str]:
    entities = (PARTICIPANT, EVENT, SENTRA, BUSINESS)
    found = {key(text): each.name for entity in entities for each in entity.given for text in (each.title, each.name)}
    return {**found, key(KEEP): KEEP}


def _sectors(known: Reference) -> Mapping[str, str]:
    return {
        key(text): each.code
        for each in known.sectors
        for text in (each.name, each.name_en, each.code, *each.words)
        if text
    }


def _kelurahan(known: Reference) -> Mapping[str, str]:
    return {key(name): name for homes in known.places.kelurahan.values() for name in homes.values()}


def _kecamatan(known: Reference) -> Mapping[str, str]:
    return {key(name): name for name in known.places.kecamatan.values()}


KINDS: Mapping[str, Kind] = {
    "heading": Kind(N_("heading"), _fields),
    "sector": Kind(N_("sector"), _sectors),
    "kelurahan": Kind(N_("kelurahan"), _kelurahan),
    "kecamatan": Kind(N_("kecamatan"), _kecamatan),
    "unit": Kind(N_("unit"), lambda known: shipped.units()),
    "form": Kind(N_("form"), lambda known: choices.spellings(choices.FORMS)),
    "money-unit": Kind(N_("unit of money"), lambda known: {key(name): name for name in MONEY_UNITS}),
}


def _name(kind: str, meaning: str, known: Reference) -> str:
    """A meaning as people call it."""
    if kind == "sector":
        return next((in_language(each.name, each.name_en) for each in known.sectors if each.code == meaning), meaning)
    if kind == "form":
        return v.FORM.show(meaning)
    return meaning


def teach(registry: Registry, kind: str, written: str, meaning: str) -> Document:
    """Remember what a word means. Raises UsageError, UnknownMeaning."""
    _require(kind)
    word, _notes = clean(written, 200, one_line=True)
    if not word:
        raise errors.MissingValue(what=_("The word"), command="alias")
    with registry.read() as connection:
        known = reference.load(connection)
    meanings = KINDS[kind].meanings(known)
    found = meanings.get(key(meaning), meaning.strip() if kind == "unit" else None)
    if found is None:
        names = [_name(kind, each, known) for each in dict.fromkeys(meanings.values())]
        raise errors.UnknownMeaning(
            meaning=meaning, kind=_(KINDS[kind].label), candidates=", ".join(worth_naming(meaning, names))
        )
    with registry.write("alias", f"{kind}: {word}") as change:
        reference.save_alias(change, kind, word, found)
    return done(
        _("From now on “{word}” means: {meaning}.").format(word=word, meaning=_name(kind, found, known)),
        kind=kind,
        written=word,
        meaning=found,
    )


def show(registry: Registry) -> Document:
    """All that was taught."""
    with registry.read() as connection:
        rows = reference.list_aliases(connection)
    columns = (
        Column("kind", _("Kind"), v.LINE),
        Column("written", _("Written"), v.LINE),
        Column("meaning", _("Meaning"), v.LINE),
    )
    return Document("list", (Table("aliases", "", columns, rows),))


def forget(registry: Registry, kind: str, written: str) -> Document:
    """Forget what a word means. Raises UsageError, NoSuchAlias."""
    _require(kind)
    with registry.write("remove-alias", f"{kind}: {written}") as change:
        count = reference.remove_alias(change, kind, written)
        if not count:
            raise errors.NoSuchAlias(kind=_(KINDS[kind].label), word=written)
    return done(_("“{word}” means nothing of its own any more.").format(word=written), kind=kind, written=written)


def _require(kind: str) -> None:
    if kind not in KINDS:
        raise errors.UsageError(_("An alias is of one of these kinds: {kinds}.").format(kinds=", ".join(KINDS)))
