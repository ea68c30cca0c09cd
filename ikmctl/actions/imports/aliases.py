"""Aliases (padanan): words that this office spells in its own way, with their meanings."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ikmctl import errors
from ikmctl.actions.records.display_names import in_language
from ikmctl.document import Document, Table, TableColumn, columns_of, done
from ikmctl.domain import choices
from ikmctl.domain.entities import BUSINESS, EVENT, PARTICIPANT, SENTRA
from ikmctl.domain.fields import Field
from ikmctl.domain.keys import key
from ikmctl.domain.matching import suggest_names
from ikmctl.domain.values import kinds
from ikmctl.domain.values.clean_text import clean
from ikmctl.domain.values.kinds import Kind
from ikmctl.language import N_, _
from ikmctl.reference import shipped
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Registry
from ikmctl.registry.file.reference_data import ReferenceData
from ikmctl.sheets.table.columns import KEEP


class AliasKind(NamedTuple):
    """A kind of alias: its label, and its possible meanings by the key of each spelling."""

    label: str
    meanings: Callable[[ReferenceData], Mapping[str, str]]


def _fields(known: ReferenceData) -> Mapping[str, str]:
    return {**choices.spellings(_columns()), key(KEEP): KEEP}


def _columns() -> list[choices.Choice]:
    """The fields that a heading may mean; of fields with the same name that of the business comes first."""
    return [each.choice for entity in (BUSINESS, SENTRA, EVENT, PARTICIPANT) for each in entity.given]


def _sectors(known: ReferenceData) -> Mapping[str, str]:
    return {
        key(text): each.code
        for each in known.sectors
        for text in (each.name, each.name_en, each.code, *each.words)
        if text
    }


def _kelurahan(known: ReferenceData) -> Mapping[str, str]:
    return {key(name): name for homes in known.places.kelurahan.values() for name in homes.values()}


def _kecamatan(known: ReferenceData) -> Mapping[str, str]:
    return {key(name): name for name in known.places.kecamatan.values()}


KINDS: Mapping[str, AliasKind] = {
    "heading": AliasKind(N_("heading"), _fields),
    "sector": AliasKind(N_("sector"), _sectors),
    "kelurahan": AliasKind(N_("kelurahan"), _kelurahan),
    "kecamatan": AliasKind(N_("kecamatan"), _kecamatan),
    "unit": AliasKind(N_("unit"), lambda known: shipped.units()),
    "form": AliasKind(N_("form"), lambda known: choices.spellings(choices.FORMS)),
    "money-unit": AliasKind(N_("unit of money"), lambda known: choices.spellings(choices.MONEY_UNITS)),
}
CHOICES = tuple(choices.Choice(code, kind.label) for code, kind in KINDS.items())

KIND = Field(
    "kind", kinds.shown_by("kind of alias", lambda kind: _(KINDS[kind].label) if kind in KINDS else kind), N_("Kind")
)
_MONEY_UNIT = kinds.choice("unit of money", choices.MONEY_UNITS)


def kind_of_meaning(kind: str) -> Kind:
    """The kind of value that shows the meanings of this kind of alias to people."""
    shown = {
        "sector": BUSINESS["sector"].kind,
        "form": kinds.FORM,
        "money-unit": _MONEY_UNIT,
        "heading": kinds.shown_by("heading", _heading),
    }
    return shown.get(kind, kinds.LINE)


def _heading(name: str) -> str:
    """The title of the field that a heading means."""
    if name == KEEP:
        return BUSINESS["extra"].title
    fields = (entity.by_name.get(name) for entity in (BUSINESS, SENTRA, EVENT, PARTICIPANT))
    return next((field.title for field in fields if field), name)


def _name(kind: str, meaning: str, known: ReferenceData) -> str:
    """A meaning in words that people read."""
    labels = {each.code: in_language(each.name, each.name_en) for each in known.sectors}
    [column] = columns_of([Field("meaning", kind_of_meaning(kind), "")], {"sector": labels})
    return column.kind.show(meaning)


def add_alias(registry: Registry, kind: str, written: str, meaning: str) -> Document:
    """Save the meaning of a word. Raises UnknownMeaning, MissingValue.

    `kind` is a key of KINDS.
    """
    word, _notes = clean(written, 200, one_line=True)
    if not word:
        raise errors.MissingValue(what=_("The word"), command="alias")
    with registry.read() as connection:
        known = reference_data.load(connection)
    meanings = KINDS[kind].meanings(known)
    code = meanings.get(key(meaning), meaning.strip() if kind == "unit" else None)
    if code is None:
        names = [_name(kind, other, known) for other in dict.fromkeys(meanings.values())]
        raise errors.UnknownMeaning(
            meaning=meaning, kind=_(KINDS[kind].label), candidates=", ".join(suggest_names(meaning, names))
        )
    with registry.write("alias", f"{kind}: {word}") as change:
        reference_data.save_alias(change, kind, word, code)
    return done(
        _("From now on “{word}” means: {meaning}.").format(word=word, meaning=_name(kind, code, known)),
        kind=kind,
        written=word,
        meaning=code,
    )


def list_aliases(registry: Registry) -> Document:
    """All aliases: with labels for people, with codes for machines."""
    with registry.read() as connection:
        rows = reference_data.list_aliases(connection)
        known = reference_data.load(connection)
    columns = (
        TableColumn("kind", KIND.title, KIND.kind),
        TableColumn("written", _("Written"), kinds.LINE),
        TableColumn("meaning", _("Meaning"), kinds.LINE),
    )
    labelled = [(kind, written, _name(kind, meaning, known)) for kind, written, meaning in rows]
    people = Table("aliases", "", columns, labelled, readers="people")
    return Document("list", (people, people._replace(rows=rows, readers="machines")))


def remove_alias(registry: Registry, kind: str, written: str) -> Document:
    """Remove an alias. Raises NoSuchAlias."""
    with registry.write("remove-alias", f"{kind}: {written}") as change:
        count = reference_data.remove_alias(change, kind, written)
        if not count:
            raise errors.NoSuchAlias(kind=_(KINDS[kind].label), word=written)
    return done(_("Alias removed: “{word}”.").format(word=written), kind=kind, written=written)
