"""The kinds of spreadsheet that offices keep: what each holds, and the command that takes it in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ikmctl import errors
from ikmctl.domain.choices import DECISIONS, UPDATE_OR_SKIP, Choice
from ikmctl.domain.entities import BUSINESS, EVENT, OBSERVATION, PARTICIPANT, SENTRA
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.keys import key
from ikmctl.language import N_, _, number
from ikmctl.sheets.table.columns import is_row_number, known_headings

_FINDING = ("nib", "name", "owner", "kelurahan")
"""What finds a registered business, in a spreadsheet of its data."""
_NAMING, _CLEARLY = 4, 2
"""What a column counts that names the records, one that only one of two kinds has counting 1; so much is clear."""


class Kind(NamedTuple):
    """A spreadsheet: what its rows are, of which entity, which of its fields, and the command that takes it in.

    One of the fields in `names` says of whom or what a row is. `decisions` are what may become of rows that differ from
    a record, and `undecided` is raised where nobody decides.
    """

    label: str
    entity: Entity
    command: str
    wants: Callable[[Field], bool] = lambda field: True
    names: Sequence[str] = ("name",)
    decisions: tuple[Choice, ...] = UPDATE_OR_SKIP
    undecided: type[errors.IkmError] = errors.UpdatesUndecided

    def question(self, count: int) -> str:
        """What is asked before an import of so many records."""
        if self.entity is BUSINESS:
            return _("Import {count} businesses?").format(count=number(count))
        return _("Import {count} rows as {kind}?").format(count=number(count), kind=_(self.entity.label))

    @property
    def invitation(self) -> str:
        """What is said of a file that fits this kind better than the one it was given as."""
        return _("This looks like a list of {kind}; the command for it: ikmctl {command} FILE").format(
            kind=_(self.label), command=self.command
        )


KINDS: Mapping[str, Kind] = {
    "businesses": Kind(
        N_("businesses"),
        BUSINESS,
        "import-businesses",
        decisions=DECISIONS,
        undecided=errors.DuplicatesUndecided,
    ),
    "observations": Kind(
        N_("observations"),
        BUSINESS,
        "import-observations",
        lambda field: field.name in _FINDING or field.table == OBSERVATION,
    ),
    "sentra": Kind(N_("sentra"), SENTRA, "import-sentra"),
    "events": Kind(N_("events"), EVENT, "import-events"),
    "participants": Kind(N_("participants"), PARTICIPANT, "import-participants", names=("person", "business")),
}


def fitting(headings: Iterable[str], own: str, aliases: Mapping[str, str]) -> str:
    """The kind that headings fit clearly better than the kind `own`; empty where there is none.

    What tells two kinds apart are the columns that only one of them has, those above all that name its records.
    """
    written = [heading for heading in headings if not is_row_number(heading)]
    known = {name: _fields(kind, written, aliases) for name, kind in KINDS.items()}

    def points(kind: str, other: str) -> int:
        return _points(written, KINDS[kind], known[kind], known[other])

    def lead(kind: str, other: str) -> int:
        return points(kind, other) - points(other, kind)

    clear = [
        name
        for name, kind in KINDS.items()
        if name != own and {each.name for each in known[name] if each} & set(kind.names)
        if points(name, own) >= _CLEARLY and lead(name, own) >= 0
    ]
    return max(clear, key=lambda name: min(lead(name, other) for other in clear), default="")


def _fields(kind: Kind, headings: Sequence[str], aliases: Mapping[str, str]) -> list[Field | None]:
    """For each heading the field of this kind that it names."""
    known = known_headings(kind.entity, aliases)
    found = [known.field(heading) for heading in headings]
    return [field if field and not field.derived and kind.wants(field) else None for field in found]


def _points(headings: Sequence[str], kind: Kind, fields: Sequence[Field | None], others: Sequence[Field | None]) -> int:
    """How much the columns count that only `kind` has, or that name its records and are something else to the other."""
    found = {}
    for heading, field, other in zip(headings, fields, others, strict=True):
        if field is None:
            continue
        naming = field.name in kind.names
        if other is None or (naming and _foremost(heading, field) and not _foremost(heading, other)):
            found[field.name] = naming
    return len(found) + (_NAMING - 1) * any(found.values())


def _foremost(heading: str, field: Field) -> bool:
    """Whether no other spelling of the field's heading is more telling."""
    return bool(field.headings) and key(heading) == key(field.headings[0])
