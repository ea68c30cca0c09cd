"""What an import would do."""

from dataclasses import dataclass, field

from ikmctl.registry import staging
from ikmctl.sheets.checking import Checker
from ikmctl.sheets.choosing import Chosen
from ikmctl.sheets.layout import Layout


@dataclass
class File:
    """A sheet as it was read: which rows are records, and what they say."""

    chosen: Chosen
    layout: Layout
    checker: Checker
    known_as: int | None = None
    """the change that imported the same bytes before"""
    is_oss: bool = False
    proposals: dict[str, str] = field(default_factory=dict)
    """heading without a field → the field that it looks like"""


@dataclass
class Plan:
    """What an import would do; its rows lie on the stage."""

    files: list[File]
    defaults: staging.Defaults
    mark: int
    """the state of the registry that it is made of"""
    counts: dict[str, int] = field(default_factory=dict)
    groups: list[tuple[str, int]] = field(default_factory=list)
    sentra: list[str] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """How many rows cannot be taken."""
        return sum(len(each.checker.findings.rejected) for each in self.files)

    @property
    def rows(self) -> int:
        """How many rows hold a record."""
        return sum(each.checker.findings.rows for each in self.files)

    @property
    def undecided(self) -> int:
        """How many rows meet a business that is registered and differs."""
        return self.counts.get(staging.CHANGED, 0) + self.counts.get(staging.POSSIBLE, 0)

    @property
    def changes(self) -> int:
        """How many businesses would be added or changed."""
        return self.counts.get(staging.NEW, 0) + self.counts.get(staging.CHANGED, 0)
