"""Applies the plan of an import: all of it, as one change."""

from collections import Counter
from collections.abc import Callable, Mapping

from ikmctl import errors
from ikmctl.actions.history.closed_months import touched_closed_months
from ikmctl.actions.imports.participants.rows import ParticipantRows
from ikmctl.actions.imports.plan import Plan
from ikmctl.actions.imports.read import settled_aliases
from ikmctl.document import Caution, Document, done
from ikmctl.language import _, count_of_rows, number, plural
from ikmctl.registry.file.database import Registry
from ikmctl.registry.imports import staging
from ikmctl.sheets.table.row_roles import ABOVE, EMPTY, OTHER_CITY, REASONS


def apply_plan(registry: Registry, plan: Plan, replan: Callable[[], Plan] | None = None) -> Document:
    """Write the planned rows to the registry, and report the counts.

    Where another program has changed the registry since the plan was made, `replan` makes it anew under the lock;
    without it the import is refused.

    Raises FileRefused if no row was recognised as a record, RowsRejected, DuplicatesUndecided, UpdatesUndecided,
    PlanOutdated.
    """
    _require_decided(plan)
    if not plan.changes:
        return _nothing_changed(plan)
    writing = registry.write(plan.kind.command, plan.detail, keeps=plan.rows.bulk_mode, backs_up=True)
    with writing as change:
        if staging.mark(change.connection) != plan.mark:
            if replan is None:
                raise errors.PlanOutdated
            plan = replan()
            _require_decided(plan)
        if plan.changes:
            pending, created = (plan.pending_cells, plan.rows.pending_rows()), _created(plan)
            beside = plan.write_rejected()
            aliases = settled_aliases(plan.options, [sheet.chosen for sheet in plan.sheets])
            plan.rows.apply(change, aliases, plan.sources)
            closed = touched_closed_months(change.connection, change.number)
            number_of_change = change.number
    if not plan.changes:  # a colleague has imported the same meanwhile
        return _nothing_changed(plan)
    counts = _counts(plan)
    return _imported(plan.kind.report(counts), number_of_change, counts, pending, [*closed, *beside], created)


def _require_decided(plan: Plan) -> None:
    plan.require_accepted()
    if plan.undecided and not plan.options.on_duplicate:
        raise plan.kind.undecided(count=number(plan.undecided))


def _counts(plan: Plan) -> dict[staging.Verdict, int]:
    return {verdict: plan.counts.get(verdict, 0) for verdict in plan.rows.verdicts} | {staging.REJECTED: plan.rejected}


def _nothing_changed(plan: Plan) -> Document:
    """The report of an import without a record to add or change."""
    beside, counts = plan.write_rejected(), _counts(plan)
    plan.require_records()
    if plan.row_count:
        return _nothing_new(counts, beside)
    elsewhere = sum(sheet.classifier.skipped[OTHER_CITY] for sheet in plan.sheets)
    sentence = (
        _("Nothing was imported: all rows are of another city. To import them: --other-cities keep")
        if elsewhere
        else _no_records(plan)
    )
    return done(sentence, change=None, **_facts(counts))


def _created(plan: Plan) -> dict[str, int]:
    """How many events and businesses a list of participants creates."""
    if not isinstance(plan.rows, ParticipantRows):
        return {}
    return {"events_created": len(plan.rows.new_events()), "businesses_created": len(plan.rows.new_businesses())}


def _in_words(created: Mapping[str, int]) -> list[str]:
    """The sentence about the events and businesses that were created; none if there are none."""
    events, businesses = created.get("events_created", 0), created.get("businesses_created", 0)
    parts = [
        plural("{count} event", "{count} events", events) if events else "",
        plural("{count} business", "{count} businesses", businesses) if businesses else "",
    ]
    records = ", ".join(filter(None, parts))
    return [_("Created: {records}.").format(records=records)] if records else []


def _no_records(plan: Plan) -> str:
    """The sentence for files without a record: what the rows below the header row are."""
    skipped = sum((sheet.classifier.skipped for sheet in plan.sheets), Counter[str]())
    below = {reason: count for reason, count in skipped.items() if reason not in (ABOVE, EMPTY)}
    if not below:
        return _("Nothing to do: there are no rows below the header row.")
    reasons = ", ".join(f"{_(REASONS[reason])} {number(count)}" for reason, count in below.items())
    return _("Nothing was imported: no row is a record ({reasons}).").format(reasons=reasons)


def _imported(
    report: str,
    change: int,
    counts: Mapping[staging.Verdict, int],
    pending: tuple[int, int],
    beside: list[str],
    created: Mapping[str, int],
) -> Document:
    """The report of an import: the rows by verdict, what was created, the cells that were set aside, how to undo it."""
    back = _("To undo: ikmctl undo {number}").format(number=change)
    if any(pending):
        cells, rows = pending
        sentence = _("Set aside because they cannot be read: {cells} in {rows} (ikmctl list-pending).").format(
            cells=plural("{count} cell", "{count} cells", cells), rows=count_of_rows(rows)
        )
        beside = [Caution(sentence), *beside]
    return done(report, *_in_words(created), *beside, back, change=change, **_facts(counts, pending), **created)


def _nothing_new(counts: Mapping[staging.Verdict, int], beside: list[str]) -> Document:
    """The report of an import that changed nothing."""
    known = (staging.UNCHANGED, staging.CHANGED, staging.SKIPPED)
    complete = not beside or any(counts.get(verdict) for verdict in known)
    sentence = (
        _("Nothing to do: everything in the file is already in the registry.")
        if complete
        else _("Nothing was imported: every row must be corrected first.")
    )
    return done(sentence, *beside, change=None, **_facts(counts))


def _facts(counts: Mapping[staging.Verdict, int], pending: tuple[int, int] = (0, 0)) -> dict[str, int]:
    cells, rows = pending
    return {verdict.value: count for verdict, count in counts.items()} | {"set_aside": cells, "rows_set_aside": rows}
