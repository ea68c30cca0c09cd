"""How a file was read and what was assumed, as sentences, and its columns as a table."""

from ikmctl.actions.imports.cells import SheetRead
from ikmctl.actions.imports.plan import Plan
from ikmctl.actions.imports.show.tables import FIELD
from ikmctl.document import Table, TableColumn
from ikmctl.domain.choices import words
from ikmctl.domain.values import kinds
from ikmctl.domain.values.kinds import show_money
from ikmctl.language import N_, N_plural, _, count_of_rows, number, plural
from ikmctl.registry.file.database import Registry
from ikmctl.registry.imports import staged, staging
from ikmctl.sheets.table.columns import HeaderColumn
from ikmctl.sheets.table.row_roles import REASONS


def sentences_on(registry: Registry, plan: Plan, index: int, file: SheetRead) -> list[str]:
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
        _(
            "Workers and money of rows without a data year belong to the year of registration "
            "or recording ({years}; --data-year)."
        )
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


def mapping(file: SheetRead) -> Table:
    """The field of each column, how it is known, and texts from which the officer can judge it."""
    columns = (
        TableColumn("heading", _("Heading"), kinds.LINE),
        TableColumn("field", _("Field"), FIELD, "–"),
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
