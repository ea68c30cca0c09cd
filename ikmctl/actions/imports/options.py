"""What the officer decides about an import."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ikmctl import errors
from ikmctl.domain.choices import parse_choice
from ikmctl.domain.fields import Entity
from ikmctl.language import _
from ikmctl.sheets.formats.source_copy import ReadOptions
from ikmctl.sheets.table.columns import KEEP

RUPIAH = {"rupiah": 1, "thousand": 1_000, "million": 1_000_000}
"""Code of a unit of money → how many rupiah it is."""
Progress = Callable[[int, int], None]
"""Told how many rows are done of about how many."""


@dataclass(frozen=True)
class Options:
    """How an import goes about what a file leaves open."""

    reading: ReadOptions = field(default_factory=ReadOptions)
    maps: tuple[tuple[str, str], ...] = ()
    """(heading, field name or KEEP) as the officer settles them"""
    money_unit: str | None = None
    """a code of choices.MONEY_UNITS"""
    registered_on: str | None = None
    recorded_on: str | None = None
    data_year: str | None = None
    skip_rejected: bool = False
    create_sentra: bool = False
    on_duplicate: str | None = None
    all_kbli: bool = False
    observations_only: bool = False


def read_maps(entity: Entity, given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """`Heading=field` as typed → (heading, field name). Raises UsageError."""
    fields = [each.choice for each in entity.given]
    found = []
    for text in given:
        heading, sign, name = text.rpartition("=")
        if not sign or not heading.strip():
            raise errors.UsageError(_("--map is written “Heading=field”."))
        meaning = KEEP if name.strip() in ("", KEEP) else parse_choice(name, fields, errors.UnknownColumn)
        found.append((heading.strip(), meaning))
    return tuple(found)
