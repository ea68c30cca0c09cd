"""The kinds of alias: what a word of the office may stand for, and how its meaning is shown."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ikmctl.domain import choices
from ikmctl.domain.entities import BUSINESS, EVENT, PARTICIPANT, SENTRA
from ikmctl.domain.fields import Field
from ikmctl.domain.keys import key
from ikmctl.domain.values import kinds
from ikmctl.domain.values.kinds import Kind
from ikmctl.language import N_, _
from ikmctl.reference import shipped
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
    return [field.choice for entity in (BUSINESS, SENTRA, EVENT, PARTICIPANT) for field in entity.given]


def _sectors(known: ReferenceData) -> Mapping[str, str]:
    return {
        key(text): sector.code
        for sector in known.sectors
        for text in (sector.name, sector.name_en, sector.code, *sector.words)
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
    "kbli-edition": AliasKind(N_("edition of KBLI codes"), lambda known: choices.spellings(choices.KBLI_EDITIONS)),
    "other-cities": AliasKind(N_("rows of other cities"), lambda known: choices.spellings(choices.OTHER_CITIES)),
}
#: The kinds whose words are values of a field of this name. Its pending values are read again with a new alias.
READ_AGAIN = ("sector", "form")
CHOICES = tuple(choices.Choice(code, kind.label) for code, kind in KINDS.items())

KIND = Field(
    "kind", kinds.shown_by("kind of alias", lambda kind: _(KINDS[kind].label) if kind in KINDS else kind), N_("Kind")
)
_MONEY_UNIT = kinds.choice("unit of money", choices.MONEY_UNITS)
_EDITION = kinds.choice("edition", choices.KBLI_EDITIONS)
_OTHER_CITIES = kinds.choice("other cities", choices.OTHER_CITIES)


def kind_of_meaning(kind: str) -> Kind:
    """The kind of value that shows the meanings of this kind of alias to people."""
    kinds_shown = {
        "sector": BUSINESS["sector"].kind,
        "form": kinds.FORM,
        "money-unit": _MONEY_UNIT,
        "kbli-edition": _EDITION,
        "other-cities": _OTHER_CITIES,
        "heading": kinds.shown_by("heading", _heading),
    }
    return kinds_shown.get(kind, kinds.LINE)


def _heading(name: str) -> str:
    """The title of the field that a heading means."""
    if name == KEEP:
        return BUSINESS["extra"].title
    fields = (entity.by_name.get(name) for entity in (BUSINESS, SENTRA, EVENT, PARTICIPANT))
    return next((field.title for field in fields if field), name)
