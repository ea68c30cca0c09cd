"""Shows the plan of an import as a Document: assumptions, column mapping, counts and problems."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from ikmctl.actions.imports.cells import SheetRead
from ikmctl.actions.imports.kinds import KINDS
from ikmctl.actions.imports.participants.rows import ParticipantRows
from ikmctl.actions.imports.participants.show import new_records
from ikmctl.actions.imports.plan import Plan
from ikmctl.document import Block, Caution, Document, Table, TableColumn, Text
from ikmctl.domain.choices import words
from ikmctl.domain.entities import BUSINESS, EVENT, PARTICIPANT, SENTRA
from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values import kinds
from ikmctl.domain.values.kinds import show_money
from ikmctl.language import N_, N_plural, _, count_of_rows, number, plural
from ikmctl.registry.file.database import Registry
from ikmctl.registry.imports import diff, staged, staging
from ikmctl.registry.imports.staged import PendingCount
from ikmctl.sheets.formats.cells import mask_cell
from ikmctl.sheets.table.columns import HeaderColumn
from ikmctl.sheets.table.row_roles import REASONS
from ikmctl.sheets.validation.findings import Problem

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
_MOST_NOTES = 15


def describe(
    registry: Registry, plan: Plan, asked: Sequence[str] = (), *, limit: int, dry_run: bool, explain: bool
) -> Document:
    """The plan for people and machines, with the questions `asked` and at most `limit` problems (0 for all).

    With `dry_run` the status is 3 if the import would be refused: rows were rejected, or none was recognised.
    """
    columns = (TableColumn("verdict", _("Rows"), _VERDICT), TableColumn("rows", _("Number"), kinds.COUNT))
    blocks: list[Block] = [Text(doubt) for doubt in plan.doubts]
    for file, sheet in enumerate(plan.sheets):
        blocks += [Text("\n".join(_assumed(registry, plan, file, sheet))), _mapping(sheet)]
    blocks.append(Table("counts", _("Plan"), columns, list(plan.counts_by_verdict.items())))
    blocks += new_records(plan.rows, limit) if isinstance(plan.rows, ParticipantRows) else ()
    blocks += _changes(registry, plan)
    blocks += _left_out(plan.sheets) if explain else ()
    blocks += _months(registry, plan)
    blocks += [Text(_("To decide: {question}").format(question=question)) for question in asked]
    blocks += [*_notes(plan.sheets), *_twins(plan, limit), *_pending(plan), *_problems(plan.sheets, limit)]
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
    columns = (TableColumn("field", _("Field"), _FIELD), TableColumn("rows", _("Number"), kinds.COUNT))
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


_FIELD = kinds.shown_by("field", lambda name: _titles().get(name, name))


def _titles() -> dict[str, str]:
    """Field name → title, for all entities."""
    titles = {field.name: field.title for entity in (PARTICIPANT, EVENT, SENTRA, BUSINESS) for field in entity.fields}
    return titles | {"pending": _("Cells that cannot be read")}


def _file_facts(file: SheetRead) -> dict[str, object]:
    findings = file.findings
    return {
        "file": file.chosen.sheet.name,
        **file.chosen.sheet.facts,
        "heading_row": file.chosen.header.first,
        "rows": findings.rows,
        "left_out": dict(file.classifier.skipped),
        "oss": file.is_oss,
        "fits_better": KINDS[file.chosen.better].command if file.chosen.better else None,
        "warnings": findings.warnings,
        "imported_before": file.known_as,
    }


def _assumed(registry: Registry, plan: Plan, index: int, file: SheetRead) -> list[str]:
    """Sentences on how the file was read and what was assumed."""
    sentences = _read_as(file)
    defaults = plan.rows.defaults
    if defaults is None:
        return sentences
    undated = staged.undated(registry.connection, index)
    if undated:
        forms = (
            N_plural(
                "{count} row has no registration date: it counts as registered on {date}.",
                "{count} rows have no registration date: they count as registered on {date}.",
            )
            if defaults.entry == "registered"
            else N_plural(
                "{count} row has no registration date: recorded on {date}, not newly registered "
                "(--recorded-on, --registered-on).",
                "{count} rows have no registration date: recorded on {date}, not newly registered "
                "(--recorded-on, --registered-on).",
            )
        )
        sentences.append(plural(*forms, undated, date=defaults.opened_on))
    sentences += _years(registry, defaults, index)
    sentences += _remembered(plan, file)
    sentences += [sentence for column in file.chosen.columns if (sentence := _money(registry, index, file, column))]
    return sentences


def _read_as(file: SheetRead) -> list[str]:
    """Sentences on how a file was read; for every kind of spreadsheet."""
    sheet, findings, header = file.chosen.sheet, file.findings, file.chosen.header
    where = str(header.first) if header.first == header.last else f"{header.first}–{header.last}"
    sentences = [
        _("{file}: {rows}; {how}; headings in row {where}.").format(
            file=repr(sheet.name)[1:-1] if "\n" in sheet.name else sheet.name,
            rows=count_of_rows(findings.rows),
            how="; ".join(sheet.assumptions()),
            where=where,
        )
    ]
    sentences += [f"{sentence}." for sentence in file.chosen.notes]
    if file.is_oss:
        sentences.append(_("An export of OSS: the rows of one NIB are one business; tki and tka are its workers."))
    if file.titled:
        titles = ", ".join(dict.fromkeys(file.titled.values()))
        sentence = _("The rows above the table name the event: {event} (--event gives another).")
        sentences.append(sentence.format(event=titles))
    if file.known_as:
        sentences.append(_("This file was already imported, as change no. {number}.").format(number=file.known_as))
    if file.classifier.skipped:
        reasons = ", ".join(
            f"{_(REASONS[reason])} {number(count)}" for reason, count in file.classifier.skipped.most_common()
        )
        sentences.append(_("Rows left out: {reasons} (--explain lists them).").format(reasons=reasons))
    if findings.trailing:
        sentences.append(
            plural(
                "{count} row ends in empty cells, which were ignored.",
                "{count} rows end in empty cells, which were ignored.",
                findings.trailing,
            )
        )
    if findings.others:
        sentences.append(_("Kept as other columns: {headings}.").format(headings=", ".join(findings.others)))
    similar = {} if file.chosen.better else file.similar
    for heading, field in similar.items():
        sentences.append(
            _('“{heading}” looks like {field}: if it is, add --map "{heading}={name}".').format(
                heading=heading, field=field.title, name=words([field.choice])[0]
            )
        )
    if findings.agreeing:
        sentences.append(
            _("Totals that agree with the rows above them: row {rows}.").format(
                rows=", ".join(map(str, findings.agreeing))
            )
        )
    return [*sentences, *findings.warnings]


def _remembered(plan: Plan, file: SheetRead) -> list[str]:
    """The answers about the KBLI and other cities that are used, whether given now or before."""
    sentences = []
    defaults, options = plan.rows.defaults, plan.options
    heading = file.findings.headings.get("kbli")
    if heading and options.kbli_edition:
        sentence = _("{heading}: codes of KBLI {edition}, as you chose (remembered from now on).")
        sentences.append(sentence.format(heading=heading, edition=options.kbli_edition))
    elif heading and defaults and defaults.undated_edition and not defaults.kbli_edition:
        sentence = _("{heading}: codes of KBLI {edition}, as in this office before; to change it: --kbli-edition")
        sentences.append(sentence.format(heading=heading, edition=defaults.undated_edition))
    if file.keeps_other_cities:
        sentences.append(
            _("Rows of other cities are imported, as you chose (remembered from now on).")
            if options.other_cities
            else _("Rows of other cities are imported, as in this office before; to change it: --other-cities skip")
        )
    return sentences


def _years(registry: Registry, defaults: staging.Defaults, index: int) -> list[str]:
    """The years assumed for workers and money of rows without a data year."""
    years = staged.assumed_years(registry.connection, index, defaults)
    if not years:
        return []
    listed = ", ".join(f"{year}: {number(count)}" for year, count in years[:6])
    if defaults.data_year:
        return [_("Workers and money of rows without a data year belong to {years}.").format(years=listed)]
    return [
        _("Workers and money of rows without a data year belong to the year of registration ({years}; --data-year).")
        .format(years=listed + (" …" if len(years) > 6 else ""))
    ]  # fmt: skip


_UNITS = {1: N_("full rupiah"), 1_000: N_("thousands of rupiah"), 1_000_000: N_("millions of rupiah")}


def _money(registry: Registry, index: int, file: SheetRead, column: HeaderColumn) -> str:
    """The unit in which a column of money was read, with amounts from which the officer can judge it."""
    if column.field is None or column.field.kind.name != "money":
        return ""
    largest = file.findings.largest.get(column.field.name)
    if not largest:
        return ""
    unit = _(_UNITS[column.unit])
    if column.unit_from:
        sentence = {
            "heading": N_("{heading}: in {unit}; the largest is {largest}."),
            "option": N_("{heading}: in {unit}, as you chose (remembered from now on); the largest is {largest}."),
            "office": N_(
                "{heading}: in {unit}, as in this office before (--money-unit changes it); the largest is {largest}."
            ),
        }[column.unit_from]
        return _(sentence).format(heading=column.heading, unit=unit, largest=show_money(largest))
    amounts = staged.amounts(registry.connection, index, column.field.name)
    if amounts is None:
        return ""
    return _(
        "{heading}: the heading gives no unit, so the amounts are read as full rupiah: smallest {smallest}, "
        "median {median}, largest {largest}. If that is wrong: --money-unit thousand|million"
    ).format(
        heading=column.heading, **dict(zip(("smallest", "median", "largest"), map(show_money, amounts), strict=True))
    )


def _left_out(files: Sequence[SheetRead]) -> list[Block]:
    rows = [(row.row, _(REASONS[row.reason]), row.text) for file in files for row in file.classifier.examples]
    if not rows:
        return []
    columns = (
        TableColumn("row", _("Row"), kinds.NUMBER),
        TableColumn("reason", _("Reason"), kinds.LINE),
        TableColumn("text", _("What it says"), kinds.LINE),
    )
    return [Table("left_out", _("Rows left out"), columns, rows)]


def _mapping(file: SheetRead) -> Table:
    """The field of each column, how it is known, and texts from which the officer can judge it."""
    columns = (
        TableColumn("heading", _("Heading"), kinds.LINE),
        TableColumn("field", _("Field"), _FIELD, "–"),
        TableColumn("known_by", _("Known by"), _CERTAINTY),
        TableColumn("samples", _("Examples"), kinds.LINE),
    )
    rows = [
        (
            column.heading,
            column.field.name if column.field else None,
            file.certainty.get(column.heading) if column.field else None,
            " · ".join(file.findings.samples.get(column.field.name, ())) or None if column.field else None,
        )
        for column in file.chosen.columns
        if column.heading and not column.ignored
    ]
    return Table("mapping", _("Columns"), columns, rows)


_CERTAINTIES = {"office": N_("your office"), "spelling": N_("its heading"), "words": N_("words of its heading")}
_CERTAINTY = kinds.shown_by("certainty", lambda code: _(_CERTAINTIES.get(code, code)))


def _notes(files: Sequence[SheetRead]) -> list[Block]:
    rows = [
        (heading, count, file.findings.examples[heading, note], note)
        for file in files
        for (heading, note), count in file.findings.notes.most_common()
    ]
    if not rows:
        return []
    headings = {column.heading for file in files for column in file.chosen.columns}
    heading_kind = kinds.shown_by("heading", lambda text: text if text in headings else _FIELD.show(text))
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


def _twins(plan: Plan, limit: int) -> list[Block]:
    """The rows that may be the business of an earlier row; all of them if `limit` is 0."""
    rows = [(twin.line, twin.name, twin.earlier_line) for twin in plan.twins]
    if not rows:
        return []
    columns = (
        TableColumn("row", _("Row"), kinds.NUMBER),
        TableColumn("name", BUSINESS["name"].title, kinds.LINE),
        TableColumn("earlier_row", _("Earlier row"), kinds.NUMBER),
    )
    more = len(rows) - limit if limit else 0
    rest = plural(
        "… and {count} more row (--limit-problems 0 shows all)",
        "… and {count} more rows (--limit-problems 0 shows all)",
        more,
    )
    cut = (rest,) if more > 0 else ()
    title = _("Rows that may be the business of an earlier row, with other values")
    return [Table("twins", title, columns, rows[: limit or None], None, cut)]


def _pending(plan: Plan) -> list[Block]:
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


def _problems(files: Sequence[SheetRead], limit: int) -> list[Block]:
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
