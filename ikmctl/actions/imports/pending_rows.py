"""The rows of a spreadsheet of mended values: each names a pending value by its number and gives the right value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ikmctl import errors
from ikmctl.actions.imports.cells import SheetRead
from ikmctl.actions.records import pending as pending_values
from ikmctl.actions.records.lookup import Resolved
from ikmctl.domain.entities.pending import PENDING
from ikmctl.domain.problems import Unreadable, note
from ikmctl.domain.values.clean_text import is_filler
from ikmctl.registry.file.database import Change, Registry
from ikmctl.registry.file.suspend import BulkMode
from ikmctl.registry.imports import staged
from ikmctl.registry.imports.staging import CHANGED, REJECTED, REPEATED, SKIPPED, UNCHANGED, Verdict
from ikmctl.registry.records import pending
from ikmctl.registry.records.pending import PendingFilter, PendingValue
from ikmctl.sheets.validation.batch import Batch
from ikmctl.sheets.validation.findings import FileFinding, RowFinding, RowNote, RowProblem, row_problem


@dataclass(frozen=True)
class MendedRow:
    """A row: the number of the pending value, the texts by column, and what becomes of it."""

    file: int
    row: int
    texts: Mapping[str, str]
    number: int
    verdict: Verdict = SKIPPED
    value: PendingValue | None = None
    read: Resolved | None = None


class PendingRows:
    """The rows of mended values between reading and applying."""

    verdicts = (CHANGED, UNCHANGED, REPEATED, SKIPPED, REJECTED)
    bulk_mode: BulkMode = "nothing"
    defaults = None

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._rows: list[MendedRow] = []

    def add(self, file: int, headings: Mapping[str, str], batch: Batch) -> list[RowFinding]:
        """Store the rows."""
        for row, values in zip(batch.rows, zip(*batch.columns, strict=True), strict=True):
            texts = {name: value for name, value in zip(headings, values, strict=True) if value is not None}
            self._rows.append(MendedRow(file, row, texts, texts.pop("number")))
        return []

    def clear(self, file: int) -> None:
        """Remove the rows of one file, before it is read again."""
        self._rows = [row for row in self._rows if row.file != file]

    def late_findings(self, file: int) -> list[RowFinding]:
        """No findings: the rows are judged one by one."""
        return []

    def reject(self, file: int, rows: set[int]) -> None:
        """Leave out rejected rows."""
        self._rows = [row for row in self._rows if row.file != file or row.row not in rows]

    def match(self, sheets: Sequence[SheetRead]) -> list[FileFinding]:
        """Find the pending value of every row and read its right value; returns the findings."""
        findings: list[FileFinding] = []
        first: dict[int, MendedRow] = {}
        rows = []
        for row in self._rows:
            earlier = first.setdefault(row.number, row)
            if earlier is not row and earlier.texts == row.texts:
                rows.append(replace(row, verdict=REPEATED))
                findings.append((row.file, RowNote(row.row, "number", note("duplicate-row", row=earlier.row))))
                continue
            try:
                if earlier is not row:
                    raise errors.TwiceInFile(row=earlier.row)
                rows.append(self._read(row))
            except Unreadable as problem:
                findings.append((row.file, row_problem(row.row, PENDING["number"], str(row.number), problem)))
            except errors.IkmError as error:
                problem_of_row = RowProblem(row.row, "value", "", str(error).rstrip("."), error.way_out)
                findings.append((row.file, problem_of_row))
        self._rows = rows
        return findings

    def _read(self, row: MendedRow) -> MendedRow:
        """The row with the value that it mends. Raises Unreadable and the errors of reading a value."""
        with self._registry.read() as connection:
            wanted = PendingFilter(number=row.number, state=None)
            value = next(pending.pending_values(connection, wanted), None)
        if value is None or row.texts.get("heading", value.heading) != value.heading:
            raise Unreadable("not-a-pending-value")
        text = row.texts.get("value")
        if value.state == pending.MENDED:
            return replace(row, verdict=UNCHANGED)
        if text is None or is_filler(text):
            return row
        if value.state == pending.DISMISSED:
            raise errors.NoSuchPendingValue(number=row.number)
        return replace(row, verdict=CHANGED, value=value, read=pending_values.read_mended(self._registry, value, text))

    def counts(self) -> dict[Verdict, int]:
        """Verdict → number of rows."""
        verdicts = [row.verdict for row in self._rows]
        return {verdict: verdicts.count(verdict) for verdict in (CHANGED, UNCHANGED, REPEATED, SKIPPED)}

    def pending(self) -> list[staged.PendingCount]:
        """None: a value that cannot be read rejects its row."""
        return []

    def pending_rows(self) -> int:
        """None, as above."""
        return 0

    def decide(self, decision: str) -> None:
        """Nothing to decide: every value that is given is meant."""

    def apply(
        self, change: Change, aliases: Sequence[tuple[str, str, str]], sources: Sequence[tuple[str, str]]
    ) -> None:
        """Write the right values into their records. Raises the errors of lookup and of the rules across fields."""
        for row in self._rows:
            if row.value and row.read:
                pending_values.write_mended(change, row.value, row.read)
