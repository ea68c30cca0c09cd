"""What an import would do, and what is said once it is done, of whatever kind it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ikmctl import errors
from ikmctl.actions.imports.kinds import KINDS
from ikmctl.actions.imports.read import Options
from ikmctl.document import Document, done
from ikmctl.domain.entities import OBSERVATION
from ikmctl.domain.fields import Field
from ikmctl.language import _, number
from ikmctl.registry.file.database import Connection
from ikmctl.registry.imports import staging
from ikmctl.sheets.table.choose_sheet import Chosen
from ikmctl.sheets.table.row_roles import Layout
from ikmctl.sheets.validation import rejected_file
from ikmctl.sheets.validation.checker import Checker


@dataclass
class File:
    """A sheet as it was read: which rows are records, and what they say."""

    chosen: Chosen
    layout: Layout
    checker: Checker
    known_as: int | None = None
    """the change that imported the same bytes before"""
    is_oss: bool = False
    proposals: dict[str, Field] = field(default_factory=dict)
    """heading without a field → the field that it looks like"""


@dataclass
class Read:
    """The sheets of an import as they were read, and the state of the registry that its plan is made of."""

    files: list[File]
    mark: int

    @property
    def rejected(self) -> int:
        """How many rows cannot be taken."""
        return sum(len(each.checker.findings.rejected) for each in self.files)

    @property
    def rows(self) -> int:
        """How many rows hold a record."""
        return sum(each.checker.findings.rows for each in self.files)

    @property
    def doubts(self) -> list[str]:
        """What speaks against reading the files as what they were given as, with the command that fits."""
        better = dict.fromkeys(each.chosen.better for each in self.files if each.chosen.better)
        return [KINDS[each].invitation for each in better]

    @property
    def detail(self) -> str:
        """The names of the files and what they are recognised by, for the history."""
        sheets = [file.chosen.sheet for file in self.files]
        return ", ".join(dict.fromkeys(f"{Path(sheet.name).name} {sheet.digest}" for sheet in sheets))

    def recognise(self, connection: Connection) -> None:
        """Find of each file the change that imported the same bytes before."""
        for each in self.files:
            each.known_as = staging.imported_before(connection, each.chosen.sheet.digest)

    def require_taken(self, options: Options) -> None:
        """Refuse an import of which a row cannot be taken, unless the others are wanted. Raises RowsRejected."""
        if self.rejected and not options.skip_rejected:
            raise errors.RowsRejected(count=number(self.rejected), total=number(self.rows))

    def write_rejected(self) -> list[str]:
        """Write the rows that cannot be taken into files beside their sources; where these lie, in sentences."""
        written = [
            rejected_file.write(each.chosen, each.checker) for each in self.files if each.checker.findings.rejected
        ]
        return [_("Rows to correct: {file}").format(file=path) for path in written]


@dataclass
class Plan(Read):
    """What an import of businesses would do; its rows lie on the stage."""

    defaults: staging.Defaults
    counts: dict[str, int] = field(default_factory=dict)
    groups: list[tuple[str, int]] = field(default_factory=list)
    sentra: list[str] = field(default_factory=list)

    @property
    def doubts(self) -> list[str]:
        """As of every import; a year's data of businesses, most of them registered, should register no others."""
        return super().doubts or ([KINDS["observations"].invitation] if self._of_a_year else [])

    @property
    def _of_a_year(self) -> bool:
        fields = [column.field for each in self.files for column in each.chosen.columns if column.field]
        met = self.counts.get(staging.CHANGED, 0) + self.counts.get(staging.UNCHANGED, 0)
        return (
            0 < self.counts.get(staging.NEW, 0) < met
            and all(KINDS["observations"].wants(each) for each in fields)
            and any(each.table == OBSERVATION for each in fields)
        )

    @property
    def undecided(self) -> int:
        """How many rows meet a business that is registered and differs."""
        return self.counts.get(staging.CHANGED, 0) + self.counts.get(staging.POSSIBLE, 0)

    @property
    def changes(self) -> int:
        """How many businesses would be added or changed."""
        return self.counts.get(staging.NEW, 0) + self.counts.get(staging.CHANGED, 0)


def imported(change: int, counts: Mapping[str, int], beside: list[str]) -> Document:
    """What was imported, by verdict, and how it is taken back."""
    said = _("Imported: {new} new, {changed} changed, {unchanged} unchanged.").format(
        **{each: number(counts[each]) for each in (staging.NEW, staging.CHANGED, staging.UNCHANGED)}
    )
    back = _("Take it back: ikmctl undo {number}").format(number=change)
    return done(said, *beside, back, change=change, **counts)


def nothing_new(counts: Mapping[str, int], beside: list[str]) -> Document:
    """What is said where the registry already holds what the files say."""
    known = (staging.UNCHANGED, staging.CHANGED, staging.SKIPPED)
    held = not beside or any(counts.get(each) for each in known)
    said = (
        _("Nothing to do: the registry already holds what the file says.")
        if held
        else _("Nothing was imported: every row has to be mended first.")
    )
    return done(said, *beside, change=None, **counts)
