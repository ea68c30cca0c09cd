"""The plan of an import, block by block."""

from collections.abc import Sequence

from ikmctl.actions.imports.cells import SheetRead
from ikmctl.actions.imports.kinds import KINDS
from ikmctl.actions.imports.participants.rows import ParticipantRows
from ikmctl.actions.imports.plan import Plan
from ikmctl.actions.imports.show import findings, reading
from ikmctl.actions.imports.show.new_records import new_records
from ikmctl.actions.imports.show.tables import FIELD
from ikmctl.document import Block, Caution, Document, Table, TableColumn, Text
from ikmctl.domain.values import kinds
from ikmctl.language import N_, _
from ikmctl.registry.file.database import Registry
from ikmctl.registry.imports import diff, staged, staging

VERDICTS = {
    staging.NEW: N_("new"),
    staging.CHANGED: N_("changed"),
    staging.UNCHANGED: N_("unchanged"),
    staging.POSSIBLE: N_("possible duplicate"),
    staging.REPEATED: N_("repeated in the file"),
    staging.JOINED: N_("added to the business of another row"),
    staging.SKIPPED: N_("skipped"),
    staging.REJECTED: N_("rejected"),
}
_VERDICT = kinds.shown_by("verdict", lambda code: _(VERDICTS.get(code, code)))


def describe(
    registry: Registry, plan: Plan, asked: Sequence[str] = (), *, limit: int, dry_run: bool, explain: bool
) -> Document:
    """The plan for people and machines, with the questions `asked` and at most `limit` problems (0 for all).

    With `dry_run` the status is 3 if the import would be refused: rows were rejected, or none was recognised.
    """
    columns = (TableColumn("verdict", _("Rows"), _VERDICT), TableColumn("rows", _("Number"), kinds.COUNT))
    blocks: list[Block] = [Text(doubt) for doubt in plan.doubts]
    for file, sheet in enumerate(plan.sheets):
        blocks += [Text("\n".join(reading.sentences_on(registry, plan, file, sheet))), reading.mapping(sheet)]
    blocks.append(Table("counts", _("Plan"), columns, list(plan.counts_by_verdict.items())))
    blocks += new_records(plan.rows, limit) if isinstance(plan.rows, ParticipantRows) else ()
    blocks += _changes(registry, plan)
    blocks += findings.left_out(plan.sheets) if explain else ()
    blocks += _months(registry, plan)
    blocks += [Text(_("To decide: {question}").format(question=question)) for question in asked]
    blocks += [*findings.notes(plan.sheets), *findings.twins(plan, limit), *findings.pending(plan)]
    blocks += findings.problems(plan.sheets, limit)
    doubts = [*plan.doubts, *(warning for sheet in plan.sheets for warning in sheet.findings.warnings)]
    dry = _("Nothing was written: this was a dry run.")
    facts = {"files": [_file_facts(sheet) for sheet in plan.sheets], "rows": plan.row_count, "dry_run": dry_run}
    return Document(
        "report",
        tuple(blocks),
        title=_("What the import will do"),
        facts=facts,
        messages=(dry,) if dry_run else tuple(map(Caution, doubts)),
        status=3 if dry_run and (plan.rejected or plan.is_unrecognised or asked) else 0,
    )


def _changes(registry: Registry, plan: Plan) -> list[Block]:
    """A table of the fields that would change, with the number of businesses."""
    if plan.rows.defaults is None or not plan.counts.get(staging.CHANGED):
        return []
    changed = diff.changes_by_field(registry.connection, plan.rows.defaults)
    columns = (TableColumn("field", _("Field"), FIELD), TableColumn("rows", _("Number"), kinds.COUNT))
    return [Table("changes", _("Changed values"), columns, list(changed.items()))] if changed else []


def _months(registry: Registry, plan: Plan) -> list[Block]:
    """A table of new businesses by month of registration; the last twelve months."""
    months = staged.new_by_month(registry.connection, plan.rows.defaults) if plan.rows.defaults else []
    if not months:
        return []
    columns = (
        TableColumn("month", _("Month"), kinds.PERIOD),
        TableColumn("businesses", _("Registered"), kinds.COUNT),
    )
    return [Table("months", _("New businesses by month of registration"), columns, months[-12:])]


def _file_facts(file: SheetRead) -> dict[str, object]:
    found = file.findings
    return {
        "file": file.chosen.sheet.name,
        **file.chosen.sheet.facts,
        "heading_row": file.chosen.header.first,
        "rows": found.rows,
        "left_out": dict(file.classifier.skipped),
        "oss": file.is_oss,
        "fits_better": KINDS[file.chosen.better].command if file.chosen.better else None,
        "warnings": found.warnings,
        "imported_before": file.known_as,
    }
