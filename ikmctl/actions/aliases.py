"""What this office means by the words it spells in its own way (padanan)."""

from collections.abc import Callable, Mapping

from ikmctl import errors
from ikmctl.actions import shipped
from ikmctl.actions.document import Column, Document, Table, done
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

Known = Callable[[Reference], Mapping[str, str]]
"""The meanings there are: key of a spelling → how it is stored."""


def _fields(known: Reference) -> Mapping[str, str]:
    return {**choices.spellings(_columns()), key(KEEP): KEEP}


def _columns() -> list[choices.Choice]:
    """The columns that a heading may mean, of whatever entity; of those of one name the business's comes first."""
    return [each.choice for entity in (BUSINESS, SENTRA, EVENT, PARTICIPANT) for each in entity.given]


def _sectors(known: Reference) -> Mapping[str, str]:
    return {
        key(text): each.code
        for each in known.sectors
        for text in (each.name, each.name_en, each.code, *each.words)
        if text
    }


def _kelurahan(known: Reference) -> Mapping[str, str]:
    return {key(name): name for homes in known.places.kelurahan.values() for name in homes.values()}


KINDS: Mapping[str, Known] = {
    "heading": _fields,
    "sector": _sectors,
    "kelurahan": _kelurahan,
    "kecamatan": lambda known: {key(name): name for name in known.places.kecamatan.values()},
    "unit": lambda known: shipped.units(),
    "form": lambda known: choices.spellings(choices.FORMS),
    "money-unit": lambda known: choices.spellings(choices.MONEY_UNITS),
}
"""What can be taught, and what it may mean."""
LABELS: Mapping[str, str] = {
    "heading": N_("heading"),
    "sector": N_("sector"),
    "kelurahan": N_("kelurahan"),
    "kecamatan": N_("kecamatan"),
    "unit": N_("unit"),
    "form": N_("form"),
    "money-unit": N_("unit of money"),
}
CHOICES = tuple(choices.Choice(code, label) for code, label in LABELS.items())


def _names(known: Reference) -> dict[str, str]:
    """Stored meaning → what people call it; places and units are called what they are stored as."""
    closed = (*choices.FORMS, *choices.MONEY_UNITS, *_columns())
    sectors = {each.code: in_language(each.name, each.name_en) for each in known.sectors}
    return {**sectors, **{each.code: str(each) for each in closed[::-1]}}


def teach(registry: Registry, kind: str, written: str, meaning: str) -> Document:
    """Remember what a word means. Raises UnknownMeaning.

    `kind` is one of KINDS.
    """
    word, _notes = clean(written, 200, one_line=True)
    if not word:
        raise errors.MissingValue(what=_("The word"), command="alias")
    with registry.read() as connection:
        known = reference.load(connection)
    meanings, called = KINDS[kind](known), _names(known)
    found = meanings.get(key(meaning), meaning.strip() if kind == "unit" else None)
    if found is None:
        names = [called.get(each, each) for each in dict.fromkeys(meanings.values())]
        raise errors.UnknownMeaning(
            meaning=meaning, kind=_(LABELS[kind]), candidates=", ".join(worth_naming(meaning, names))
        )
    with registry.write("alias", f"{kind}: {word}") as change:
        reference.save_alias(change, kind, word, found)
    return done(
        _("From now on “{word}” means: {meaning}.").format(word=word, meaning=called.get(found, found)),
        kind=kind,
        written=word,
        meaning=found,
    )


def show(registry: Registry) -> Document:
    """All that was taught."""
    with registry.read() as connection:
        rows, called = reference.list_aliases(connection), _names(reference.load(connection))
    columns = (
        Column("kind", _("Kind"), v.named("alias kind", {each.code: str(each) for each in CHOICES})),
        Column("written", _("Written"), v.LINE),
        Column("meaning", _("Meaning"), v.named("meaning", called)),
    )
    return Document("list", (Table("aliases", "", columns, rows),))


def forget(registry: Registry, kind: str, written: str) -> Document:
    """Forget what a word means. Raises NoSuchAlias."""
    with registry.write("remove-alias", f"{kind}: {written}") as change:
        count = reference.remove_alias(change, kind, written)
        if not count:
            raise errors.NoSuchAlias(kind=_(LABELS[kind]), word=written)
    return done(_("“{word}” means nothing of its own any more.").format(word=written), kind=kind, written=written)
