"""What an import finds on its rows, as tables: rows left out, notes, possible duplicates, cells, problems."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from ikmctl.actions.imports.cells import SheetRead
from ikmctl.actions.imports.plan import Plan
from ikmctl.actions.imports.show.tables import FIELD, limited
from ikmctl.document import Block, Table, TableColumn
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values import kinds
from ikmctl.language import _, plural
from ikmctl.registry.imports.staged import PendingCount
from ikmctl.sheets.formats.cells import mask_cell
from ikmctl.sheets.table.row_roles import REASONS
from ikmctl.sheets.validation.findings import Problem

_MOST_NOTES = 15


def left_out(files: Sequence[SheetRead]) -> list[Block]:
    """The rows that are no records, with the reason."""
    rows = [(row.row, _(REASONS[row.reason]), row.text) for file in files for row in file.classifier.examples]
    if not rows:
        return []
    columns = (
        TableColumn("row", _("Row"), kinds.NUMBER),
        TableColumn("reason", _("Reason"), kinds.LINE),
        TableColumn("text", _("What it says"), kinds.LINE),
    )
    return [Table("left_out", _("Rows left out"), columns, rows)]


def notes(files: Sequence[SheetRead]) -> list[Block]:
    """What was assumed about cells, by column; the most frequent first."""
    rows = [
        (heading, count, file.findings.examples[heading, note], note)
        for file in files
        for (heading, note), count in file.findings.notes.most_common()
    ]
    if not rows:
        return []
    headings = {column.heading for file in files for column in file.chosen.columns}
    heading_kind = kinds.shown_by("heading", lambda text: text if text in headings else FIELD.show(text))
    columns = (
        TableColumn("column", _("Column"), heading_kind),
        TableColumn("rows", _("Rows"), kinds.COUNT),
        TableColumn("first_row", _("First row"), kinds.COUNT),
        TableColumn("note", _("Note"), kinds.LINE),
    )
    more = len(rows) - _MOST_NOTES
    cut = (plural("… and {count} more note", "… and {count} more notes", more),) if more > 0 else ()
    advice = {code: note for file in files for code, note in file.findings.advice.items() if note}
    return [Table("notes", _("Worth knowing"), columns, rows[:_MOST_NOTES], None, (*cut, *advice.values()))]


def twins(plan: Plan, limit: int) -> list[Block]:
    """The rows that may be the business of an earlier row; all of them if `limit` is 0."""
    columns = (
        TableColumn("row", _("Row"), kinds.NUMBER),
        TableColumn("name", BUSINESS["name"].title, kinds.LINE),
        TableColumn("earlier_row", _("Earlier row"), kinds.NUMBER),
    )
    title = _("Rows that may be the business of an earlier row, with other values")
    apart = any(twin.is_apart for twin in plan.twins)
    advice = _(
        "Each row becomes a business of its own. Decide otherwise with --on-duplicate update|skip, "
        "or later with find-duplicates and merge-businesses."
    )
    rows = [(twin.line, twin.name, twin.earlier_line) for twin in plan.twins]
    return limited("twins", title, columns, rows, limit, advice if apart else "")


def pending(plan: Plan) -> list[Block]:
    """The cells that would be set aside, by column and reason, the most frequent first."""
    counts: dict[tuple[int, str, str], PendingCount] = {}
    for count in plan.rows.pending():
        reason = Unreadable(count.reason, **json.loads(count.facts)).reason
        known = counts.get((count.file, count.heading, reason))
        first = count if known is None or count.line < known.line else known
        cells = count.cells + (known.cells if known else 0)
        counts[count.file, count.heading, reason] = replace(first, cells=cells)
    if not counts:
        return []
    columns = (
        TableColumn("column", _("Column"), kinds.LINE),
        TableColumn("cells", _("Cells"), kinds.COUNT),
        TableColumn("reason", _("Problem"), kinds.LINE),
        TableColumn("first_row", _("First row"), kinds.NUMBER),
        TableColumn("value", _("Text there"), kinds.LINE),
    )
    rows = [
        (heading, count.cells, reason, count.line, mask_cell(count.text, plan.kind.entity.by_name.get(count.field)))
        for (_file, heading, reason), count in sorted(counts.items(), key=lambda item: (-item[1].cells, item[1].line))
    ]
    note = _("Their fields stay empty and their texts are kept, to be mended later: ikmctl list-pending")
    commands = {
        count.reason: advice
        for count in counts.values()
        if "ikmctl " in (advice := Unreadable(count.reason, **json.loads(count.facts)).advice)
    }
    return [Table("pending", _("Cells that cannot be read"), columns, rows, None, (note, *commands.values()))]


def problems(files: Sequence[SheetRead], limit: int) -> list[Block]:
    """The problems grouped by kind, the most frequent first; all of them if `limit` is 0."""
    problems = [problem for file in files for problem in file.findings.problems]
    if not problems:
        return []
    problems.sort(key=lambda problem: (*_kind(problem), problem.row))
    by_kind = [(kind, list(same)) for kind, same in groupby(problems, _kind)]
    by_kind.sort(key=lambda pair: -len(pair[1]))
    ordered = [problem for _kind_of, of_kind in by_kind for problem in of_kind]
    columns = (
        TableColumn("row", _("Row"), kinds.NUMBER),
        TableColumn("column", _("Column"), kinds.LINE),
        TableColumn("value", _("Value"), kinds.LINE),
        TableColumn("problem", _("Problem"), kinds.LINE),
    )
    rows = [(problem.row, problem.heading, problem.value, f"{problem.reason}. {problem.advice}") for problem in ordered]
    more = len(rows) - limit
    rest = plural(
        "… and {count} more problem (--limit-problems 0 shows all)",
        "… and {count} more problems (--limit-problems 0 shows all)",
        more,
    )
    cut = bool(limit) and more > 0
    table = Table("problems", _("To correct"), columns, rows[:limit] if cut else rows, None, (rest,) if cut else ())
    return [_kinds(by_kind), table] if cut and len(by_kind) > 1 else [table]


def _kind(problem: Problem) -> tuple[str, str]:
    return problem.heading, problem.reason


def _kinds(by_kind: list[tuple[tuple[str, str], list[Problem]]]) -> Table:
    columns = (
        TableColumn("column", _("Column"), kinds.LINE),
        TableColumn("reason", _("Problem"), kinds.LINE),
        TableColumn("rows", _("Rows"), kinds.COUNT),
        TableColumn("first_row", _("First row"), kinds.COUNT),
    )
    rows = [(heading, reason, len(of_kind), of_kind[0].row) for (heading, reason), of_kind in by_kind]
    return Table("problem_kinds", _("Problems by kind"), columns, rows)
