"""What was found in the rows of a sheet: rejected rows, cells that cannot be read, notes, and counts."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ikmctl.domain.fields import Field
from ikmctl.domain.problems import Note, Unreadable
from ikmctl.domain.problems import note as said
from ikmctl.domain.values.clean_text import show_hidden
from ikmctl.sheets.formats.cells import Row, mask_cell

#: A column with so many cells of which none can be read is other data.
MANY = 10
#: An unknown word in so large a part of the cells says nothing about them.
ALIKE = 0.9


@dataclass(frozen=True)
class Problem:
    """Why a row is rejected, as the officer's spreadsheet shows it; personal values are masked."""

    row: int
    heading: str
    value: str
    reason: str
    advice: str


@dataclass(frozen=True)
class RowProblem:
    """Why a row is rejected, found after its cells were read; for the field of this name."""

    row: int
    field: str
    value: str
    reason: str
    advice: str


@dataclass(frozen=True)
class RowNote:
    """A note on a row that is imported, for the field of this name."""

    row: int
    field: str
    note: Note


@dataclass(frozen=True)
class UnreadableCell:
    """A cell whose text cannot be read: its field stays empty, and the text becomes a pending value."""

    row: int
    field: Field
    heading: str
    text: str
    problem: Unreadable

    @property
    def stored(self) -> dict[str, Any]:
        """The cell as the registry keeps it (registry/records/pending.py)."""
        return {
            "field": self.field.name,
            "heading": self.heading,
            "text": self.text.replace("\0", show_hidden("\0")),  # JSON in SQLite ends a text at this sign
            "reason": self.problem.code,
            "facts": self.problem.facts,
        }


RowFinding = RowProblem | RowNote | UnreadableCell
#: Index of a file in the import, and a finding on one of its rows.
FileFinding = tuple[int, RowFinding]


def row_problem(row: int, of: Field, text: str, problem: Unreadable) -> RowProblem:
    """The finding that rejects a row because of one value."""
    return RowProblem(row, of.name, mask_cell(text, of), problem.reason, problem.advice)


#: A note as it is counted: the heading of its column, and its sentence.
_Counted = tuple[str, str]
#: Code of a note that names another row → the code of the one that counts all of them.
_TOGETHER = {"duplicate-row": "duplicate-rows"}


@dataclass
class Findings:
    """What was found in one sheet."""

    #: Field → the heading of its column.
    headings: Mapping[str, str] = field(default_factory=dict)
    #: Whether a cell that cannot be read rejects its row (`--strict`).
    strict: bool = False
    problems: list[Problem] = field(default_factory=list)
    rejected: set[int] = field(default_factory=set)
    #: (heading, sentence) → how often.
    notes: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: (heading, sentence) → first row.
    examples: dict[tuple[str, str], int] = field(default_factory=dict)
    #: Heading → the first of its notes that are counted together.
    first_together: dict[str, _Counted] = field(default_factory=dict)
    #: Code of a note → the way out of the first of its kind; may be empty.
    advice: dict[str, str] = field(default_factory=dict)
    #: Field → number of rows that have a value.
    filled: Counter[str] = field(default_factory=Counter)
    #: Field → number of cells that cannot be read.
    unreadable: Counter[str] = field(default_factory=Counter)
    #: Field → its words that refer to nothing known, and how often each stands there.
    unknown: dict[str, Counter[str]] = field(default_factory=dict)
    #: Field → up to three of its different texts, masked where personal.
    samples: dict[str, list[str]] = field(default_factory=dict)
    #: Heading of a column without a field → number of rows that have a text.
    others: Counter[str] = field(default_factory=Counter)
    #: Field of money → its largest amount.
    largest: dict[str, int] = field(default_factory=dict)
    #: Rows to which a rejected row would have added.
    halved: set[int] = field(default_factory=set)
    #: Sentences on whole columns.
    warnings: list[str] = field(default_factory=list)
    #: Total rows that are the sums of the rows above them.
    agreeing: list[int] = field(default_factory=list)
    #: Rows of figures without a label that are totals.
    totals: list[Row] = field(default_factory=list)
    rows: int = 0
    trailing: int = 0

    def add(self, findings: Iterable[RowFinding]) -> None:
        """Add the findings of a later stage."""
        for finding in findings:
            if isinstance(finding, UnreadableCell):
                self.filled[finding.field.name] -= 1
                self.unreadable[finding.field.name] += 1
                self.unknown.setdefault(finding.field.name, Counter())[finding.text] += 1
                if self.strict:
                    self.reject_cell(finding)
                continue
            heading = self.headings.get(finding.field, finding.field)
            if isinstance(finding, RowNote):
                self.note(finding.row, heading, finding.note)
            else:
                self.reject(Problem(finding.row, heading, finding.value, finding.reason, finding.advice))

    def has_no_value(self, name: str) -> bool:
        """Whether a field has many cells and none can be read. If they are unknown words, nearly all must be alike.

        The words of rejected rows are not looked up.
        """
        words = self.unknown.get(name)
        left = self.filled[name] - (len(self.rejected) if words else 0)
        if self.unreadable[name] < MANY or left > 0:
            return False
        return words is None or words.most_common(1)[0][1] >= ALIKE * words.total()

    def reject_cell(self, cell: UnreadableCell) -> None:
        """Reject the row of a cell that cannot be read."""
        masked = mask_cell(cell.text, cell.field)
        self.reject(Problem(cell.row, cell.heading, masked, cell.problem.reason, cell.problem.advice))

    def reject(self, problem: Problem) -> None:
        """Reject a row."""
        self.problems.append(problem)
        self.rejected.add(problem.row)

    def note(self, row: int, heading: str, remark: Note) -> None:
        """Count a note on a column, and keep the first row that it is about; equal rows are counted together."""
        counted = (heading, str(remark))
        together = _TOGETHER.get(remark.code)
        if together and counted not in self.notes:
            counted = self._count_together(heading, counted, (heading, str(said(together))))
        self.notes[counted] += 1
        if counted not in self.examples:
            self.examples[counted] = row
            self.advice.setdefault(remark.code, remark.advice)

    def _count_together(self, heading: str, counted: _Counted, together: _Counted) -> _Counted:
        """The note that counts a second of its kind: one for all of them, which takes over what the first counted."""
        first = self.first_together.setdefault(heading, counted)
        if first == counted:
            return counted
        if first in self.notes:
            self.notes[together] = self.notes.pop(first)
            self.examples[together] = self.examples.pop(first)
        return together


_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode


def dump_cell(cell: UnreadableCell) -> str:
    """A cell as JSON."""
    return _encode(cell.stored)


def dump_cells(cells: Iterable[UnreadableCell] | None) -> str | None:
    """Cells as a JSON list; None if there are none."""
    return _encode([cell.stored for cell in cells]) if cells else None
