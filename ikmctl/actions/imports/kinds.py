"""The kinds of spreadsheets, each declared once: its entity, its fields, and the command that imports it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ikmctl import errors
from ikmctl.domain.choices import DECISIONS, UPDATE_OR_SKIP, Choice
from ikmctl.domain.entities import BUSINESS, EVENT, OBSERVATION, PARTICIPANT, SENTRA
from ikmctl.domain.entities.pending import PENDING
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.keys import key
from ikmctl.language import N_, _, count_of_rows, number, plural
from ikmctl.registry.imports.staging import CHANGED, NEW, UNCHANGED, Verdict
from ikmctl.sheets.table.columns import is_row_number, known_headings

#: Fields that identify a registered business in a spreadsheet of observations.
_FINDING = ("nib", "name", "owner", "kelurahan")
#: Points of a column that names the records (others count 1), and the points from which a kind fits clearly better.
_NAMING, _CLEARLY = 4, 2


class Kind(NamedTuple):
    """A kind of spreadsheet: its label, its entity, the fields it `wants`, and the command that imports it.

    One of the fields in `names` names the record of a row. A file without the fields it `needs` is not of this kind,
    however alike: “Kegiatan” beside “Nama” is what a business does, and an event has a day. A row is rejected if one
    of the fields in `identifying` cannot be read: it does not say which record or year it is about. `decisions` are
    the choices for rows that differ from their record; `undecided` is the error if no choice was made.
    """

    label: str
    entity: Entity
    command: str
    wants: Callable[[Field], bool] = lambda field: True
    names: Sequence[str] = ("name",)
    needs: Sequence[str] = ()
    identifying: Sequence[str] = ("number",)
    decisions: tuple[Choice, ...] = UPDATE_OR_SKIP
    undecided: type[errors.IkmError] = errors.UpdatesUndecided

    def question(self, count: int) -> str:
        """The question before an import of `count` records."""
        if self.entity is PENDING:
            return plural("Write {count} value into its record?", "Write {count} values into their records?", count)
        if self.entity is BUSINESS:
            return plural("Import {count} business?", "Import {count} businesses?", count)
        return _("Import {rows} as {kind}?").format(rows=count_of_rows(count), kind=_(self.entity.label))

    def report(self, counts: Mapping[Verdict, int]) -> str:
        """What an import did, by the number of rows of each verdict."""
        if self.entity is PENDING:
            return plural("Mended {count} pending value.", "Mended {count} pending values.", counts[CHANGED])
        return _("Imported: {new} new, {changed} changed, {unchanged} unchanged.").format(
            **{verdict: number(counts[verdict]) for verdict in (NEW, CHANGED, UNCHANGED)}
        )

    @property
    def invitation(self) -> str:
        """The message for a file that fits this kind better than the one it was imported as."""
        return _("This looks like a list of {kind}. To import it: ikmctl {command} FILE").format(
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
        identifying=("number", "data_year"),
    ),
    "sentra": Kind(N_("sentra"), SENTRA, "import-sentra"),
    "events": Kind(N_("events"), EVENT, "import-events", needs=("starts_on",)),
    "participants": Kind(
        N_("participants"),
        PARTICIPANT,
        "import-participants",
        names=("person", "business"),
        identifying=("event", "starts_on", "ends_on"),
    ),
}


#: Mended values: no records, so that no other file is taken for them, and no template is made of them.
PENDING_KIND = Kind(N_("pending values"), PENDING, "import-pending", names=("number",), identifying=("number", "value"))


def find_better_kind(headings: Iterable[str], own: str, aliases: Mapping[str, str]) -> str:
    """The kind that the headings clearly fit better than the kind `own`; empty if there is none.

    Two kinds are distinguished by the columns that only one of them has, above all those that name its records.
    """
    own_headings = [heading for heading in headings if not is_row_number(heading)]
    known = {name: _fields(kind, own_headings, aliases) for name, kind in KINDS.items()}

    def points(kind: str, rival: str) -> int:
        return _points(own_headings, KINDS[kind], known[kind], known[rival])

    def lead(kind: str, rival: str) -> int:
        return points(kind, rival) - points(rival, kind)

    clear = [
        name
        for name, kind in KINDS.items()
        if name != own and {field.name for field in known[name] if field} & set(kind.names)
        if {field.name for field in known[name] if field} >= set(kind.needs)
        if points(name, own) >= _CLEARLY and lead(name, own) >= 0
    ]
    return max(clear, key=lambda name: min(lead(name, rival) for rival in clear), default="")


def _fields(kind: Kind, headings: Sequence[str], aliases: Mapping[str, str]) -> list[Field | None]:
    """The field of this kind for each heading; None if it has none."""
    known = known_headings(kind.entity, aliases)
    fields = [known.field(heading) for heading in headings]
    return [field if field and not field.derived and kind.wants(field) else None for field in fields]


def _points(headings: Sequence[str], kind: Kind, fields: Sequence[Field | None], others: Sequence[Field | None]) -> int:
    """The points of `kind` against another: for columns that only it has, or that name only its records."""
    naming_by_field = {}
    for heading, field, rival in zip(headings, fields, others, strict=True):
        if field is None:
            continue
        naming = field.name in kind.names
        if rival is None or (naming and _foremost(heading, field) and not _foremost(heading, rival)):
            naming_by_field[field.name] = naming
    return len(naming_by_field) + (_NAMING - 1) * any(naming_by_field.values())


def _foremost(heading: str, field: Field) -> bool:
    """Whether the heading is the main spelling of the field's heading."""
    return bool(field.headings) and key(heading) == key(field.headings[0])
