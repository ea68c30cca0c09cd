"""A plan carried out: all of it, as one change."""

from collections.abc import Mapping

from ikmctl.actions.imports.plan import Plan
from ikmctl.actions.imports.read import settled_aliases
from ikmctl.document import Document, done
from ikmctl.language import _, number
from ikmctl.registry.file.database import Registry
from ikmctl.registry.imports import staging


def apply_plan(registry: Registry, plan: Plan) -> Document:
    """Do what the plan says.

    Raises RowsRejected, DuplicatesUndecided, UpdatesUndecided, PlanOutdated.
    """
    plan.require_taken()
    if plan.undecided and not plan.options.on_duplicate:
        raise plan.kind.undecided(count=number(plan.undecided))
    beside = plan.write_rejected()
    counts = {verdict: plan.counts.get(verdict, 0) for verdict in plan.rows.verdicts} | {
        staging.REJECTED: plan.rejected
    }
    if not plan.row_count:
        return done(_("Nothing to do: there is no row under the heading."), change=None, **counts)
    if not plan.changes:
        return _nothing_new(counts, beside)
    aliases = settled_aliases(plan.options, [sheet.chosen for sheet in plan.sheets])
    with registry.write(plan.kind.command, plan.detail, keeps=plan.rows.bulk_mode) as change:
        staging.require_unchanged(change, plan.mark)
        plan.rows.apply(change, aliases)
        number_of_change = change.number
    return _imported(number_of_change, counts, beside)


def _imported(change: int, counts: Mapping[str, int], beside: list[str]) -> Document:
    """What was imported, by verdict, and how it is taken back."""
    said = _("Imported: {new} new, {changed} changed, {unchanged} unchanged.").format(
        **{verdict: number(counts[verdict]) for verdict in (staging.NEW, staging.CHANGED, staging.UNCHANGED)}
    )
    back = _("Take it back: ikmctl undo {number}").format(number=change)
    return done(said, *beside, back, change=change, **counts)


def _nothing_new(counts: Mapping[str, int], beside: list[str]) -> Document:
    """What is said where the registry already holds what the files say."""
    known = (staging.UNCHANGED, staging.CHANGED, staging.SKIPPED)
    held = not beside or any(counts.get(verdict) for verdict in known)
    said = (
        _("Nothing to do: the registry already holds what the file says.")
        if held
        else _("Nothing was imported: every row has to be mended first.")
    )
    return done(said, *beside, change=None, **counts)
