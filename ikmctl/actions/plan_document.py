"""An import's plan as a Document: what was assumed, the mapping, the counts, the first problems."""

from ikmctl.actions.document import Block, Column, Document, Table, Text
from ikmctl.actions.plan import File, Plan
from ikmctl.domain import values as v
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.values import show_money
from ikmctl.language import N_, _, number
from ikmctl.registry import comparing, staging
from ikmctl.registry.database import Registry
from ikmctl.sheets.headings import Column as Heading
from ikmctl.sheets.reader import DELIMITER_NAMES

VERDICTS = {
    staging.NEW: N_("new"),
    staging.CHANGED: N_("changed"),
    staging.UNCHANGED: N_("unchanged"),
    staging.POSSIBLE: N_("possible duplicate"),
    staging.REPEATED: N_("repeated in the file"),
    staging.SKIPPED: N_("skipped"),
    staging.REJECTED: N_("rejected"),
}
_VERDICT = v.Kind("verdict", "TEXT", v.NAME.read, lambda code: _(VERDICTS.get(code, code)))
_MOST_NOTES = 15


def describe(registry: Registry, made: Plan, *, limit: int, dry_run: bool) -> Document:
    """The plan; with `dry_run` its status says whether the import would be refused."""
    connection = registry.connection
    counts = {verdict: made.counts.get(verdict, 0) for verdict in VERDICTS}
    counts[staging.REJECTED] = made.rejected
    blocks: list[Block] = []
    for file in made.files:
        blocks.append(Text("\n".join(_assumed(registry, made, file))))
        blocks.append(_mapping(file))
    columns = (Column("verdict", _("Rows"), _VERDICT), Column("rows", _("Number"), v.COUNT))
    blocks.append(Table("counts", _("Plan"), columns, list(counts.items())))
    changed = comparing.changes_by_field(connection) if counts[staging.CHANGED] else {}
    if changed:
        columns = (Column("field", _("Field"), _FIELD), Column("rows", _("Number"), v.COUNT))
        blocks.append(Table("changes", _("Changed values"), columns, list(changed.items())))
    months = staging.new_by_month(connection, made.defaults.registered_on)
    if months:
        columns = (Column("month", _("Month"), v.PERIOD), Column("businesses", _("Registered"), v.COUNT))
        blocks.append(Table("months", _("New businesses by month of registration"), columns, months[-12:]))
    blocks += _notes(made)
    blocks += _problems(made, limit)
    talk = (_("Nothing was written: this was a dry run."),) if dry_run else ()
    status = 3 if dry_run and made.rejected else 0
    facts = {"files": [_file_facts(file) for file in made.files], "rows": made.rows, "dry_run": dry_run}
    return Document("report", tuple(blocks), title=_("What the import will do"), facts=facts, talk=talk, status=status)


_FIELD = v.Kind("field", "TEXT", v.NAME.read, lambda name: BUSINESS[name].title)


def _file_facts(file: File) -> dict[str, object]:
    return {
        "file": file.sheet.name,
        "encoding": "utf-8",
        "delimiter": file.sheet.delimiter,
        "rows": file.checker.findings.rows,
        "imported_before": file.known_as,
    }


def _assumed(registry: Registry, made: Plan, file: File) -> list[str]:
    """Sentences on what was read and what was taken for granted."""
    sheet, findings = file.sheet, file.checker.findings
    said = [
        _("{file}: {rows} rows, UTF-8, separated by {delimiter}.").format(
            file=sheet.name, rows=number(findings.rows), delimiter=_(DELIMITER_NAMES[sheet.delimiter])
            if sheet.delimiter in DELIMITER_NAMES else sheet.delimiter,
        )
    ]  # fmt: skip
    if file.known_as:
        said.append(_("This very file was imported before, as change no. {number}.").format(number=file.known_as))
    if findings.empty:
        said.append(_("{count} empty rows were left out.").format(count=number(findings.empty)))
    if findings.trailing:
        said.append(_("{count} rows end in empty cells; these were left out.").format(count=findings.trailing))
    others = [c.heading for c in file.columns if c.field is None and not c.ignored and c.heading]
    if others:
        said.append(_("Kept as other columns: {headings}.").format(headings=", ".join(others)))
    undated = staging.undated(registry.connection)
    if undated:
        said.append(
            _("{count} rows have no registration date; {date} is taken (--registered-on).").format(
                count=number(undated), date=made.defaults.registered_on
            )
        )
    said += [sentence for column in file.columns if (sentence := _money(registry, column))]
    return said


def _money(registry: Registry, column: Heading) -> str:
    """In which unit a column of money was read, with the largest amount for the officer to judge it."""
    if column.field is None or column.field.kind.name != "money":
        return ""
    largest = staging.largest_amount(registry.connection, column.field.name)
    if largest is None:
        return ""
    unit = number(column.unit) if column.unit > 1 else "1"
    said = (
        _("{heading}: in units of Rp {unit}; the largest is {largest}.")
        if column.unit_stated
        else _("{heading}: the heading names no unit, full rupiah are taken; the largest is {largest}.")
    )
    return said.format(heading=column.heading, unit=unit, largest=show_money(largest))


def _mapping(file: File) -> Table:
    columns = (Column("heading", _("Heading"), v.LINE), Column("field", _("Field"), _FIELD, "–"))
    rows = [(c.heading, c.field.name if c.field else None) for c in file.columns if c.heading and not c.ignored]
    return Table("mapping", _("Columns"), columns, rows)


def _notes(made: Plan) -> list[Block]:
    rows = [
        (heading, count, file.checker.findings.examples[heading, said], said)
        for file in made.files
        for (heading, said), count in file.checker.findings.notes.most_common()
    ]
    if not rows:
        return []
    columns = (
        Column("column", _("Column"), v.LINE),
        Column("rows", _("Rows"), v.COUNT),
        Column("first_row", _("First row"), v.COUNT),
        Column("note", _("Note"), v.LINE),
    )
    more = len(rows) - _MOST_NOTES
    notes = (_("… and {count} more notes").format(count=number(more)),) if more > 0 else ()
    return [Table("notes", _("Worth knowing"), columns, rows[:_MOST_NOTES], None, notes)]


def _problems(made: Plan, limit: int) -> list[Block]:
    rows = [
        (each.row, each.heading, each.value, f"{each.reason}. {each.advice}")
        for file in made.files
        for each in sorted(file.checker.findings.problems, key=lambda problem: problem.row)
    ]
    if not rows:
        return []
    columns = (
        Column("row", _("Row"), v.NUMBER),
        Column("column", _("Column"), v.LINE),
        Column("value", _("Value"), v.LINE),
        Column("problem", _("Problem"), v.LINE),
    )
    more = len(rows) - limit
    notes = (_("… and {count} more problems (--limit-problems 0 shows all)").format(count=number(more)),)
    return [
        Table(
            "problems",
            _("To correct"),
            columns,
            rows[:limit] if limit else rows,
            None,
            notes if more > 0 and limit else (),
        )
    ]
