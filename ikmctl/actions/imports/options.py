"""The officer's decisions about an import."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ikmctl import errors
from ikmctl.domain.choices import parse_choice
from ikmctl.domain.fields import Entity
from ikmctl.language import _
from ikmctl.sheets.formats.source_copy import ReadOptions
from ikmctl.sheets.table.columns import KEEP

#: Code of a unit of money → its value in rupiah.
RUPIAH = {"rupiah": 1, "thousand": 1_000, "million": 1_000_000}
#: Called with the number of rows done and the approximate total.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Options:
    """The decisions on what a file leaves open."""

    reading: ReadOptions = field(default_factory=ReadOptions)
    #: (heading, field name or KEEP), from `--map`.
    maps: tuple[tuple[str, str], ...] = ()
    #: A code of choices.MONEY_UNITS, for every column of money whose unit is not known.
    money_unit: str | None = None
    #: (heading, code of choices.MONEY_UNITS) of the columns about which the officer was asked.
    money_units: tuple[tuple[str, str], ...] = ()
    #: The edition of the KBLI, 2020 or 2025.
    kbli_edition: int | None = None
    #: A code of choices.OTHER_CITIES; without one what this office did before, else `skip`.
    other_cities: str | None = None
    registered_on: str | None = None
    recorded_on: str | None = None
    data_year: str | None = None
    skip_rejected: bool = False
    #: Whether a cell that cannot be read rejects its row, instead of being set aside.
    strict: bool = False
    create_sentra: bool = False
    #: Whether events that are not registered are created; None asks.
    create_events: bool | None = None
    create_businesses: bool = False
    #: A code of choices.SAME_OR_DIFFERENT, for businesses of participants that are like registered ones; None asks.
    near_names: str | None = None
    #: A code of choices.EVENT_KINDS, for new events whose title does not say their kind.
    event_kind: str | None = None
    #: (key of a title, code of choices.EVENT_KINDS) of the new events about which the officer was asked.
    event_kinds: tuple[tuple[str, str], ...] = ()
    on_duplicate: str | None = None
    all_kbli: bool = False
    observations_only: bool = False


def read_maps(entity: Entity, given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(heading, field name) of each `Heading=field`. Raises UsageError, UnknownColumn."""
    fields = [field.choice for field in entity.given]
    maps = []
    for text in given:
        heading, sign, name = text.rpartition("=")
        if not sign or not heading.strip():
            raise errors.UsageError(_("Write --map as “Heading=field”."))
        meaning = KEEP if name.strip() in ("", KEEP) else parse_choice(name, fields, errors.UnknownColumn)
        maps.append((heading.strip(), meaning))
    return tuple(maps)
