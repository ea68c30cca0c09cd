"""Renders a document as aligned text, for pipes and for long tables: neither wrapped nor coloured."""

from collections.abc import Iterable, Iterator

from ikmctl.document import Card, Chart, Document, Table, TableColumn, Text, Values
from ikmctl.language import _
from ikmctl.output.text.display_width import measure_width, pad
from ikmctl.output.text.format_value import Formatter, card_formatter, clean, format_exact, table_formatter


def render_lines(document: Document) -> Iterator[str]:
    """The document as lines of text."""
    if document.title and document.shape == "report":
        yield from (clean(document.heading), "")
    for position, block in enumerate(document.blocks):
        if position:
            yield ""
        match block:
            case Text():
                yield from map(clean, block.text.split("\n"))
            case Card():
                yield from card_lines(block, card_formatter(document))
            case Table():
                yield from table_lines(block, table_formatter(document))
            case Chart():
                yield from chart_lines(block)


def card_pairs(card: Card, show: Formatter = format_exact) -> list[tuple[str, str]]:
    """Pairs of title and value. A value that is not known is left out, unless its column has a text for it."""
    pairs = zip(card.columns, card.row, strict=True)
    return [(clean(column.title), show(column, value)) for column, value in pairs if value is not None or column.empty]


def card_lines(card: Card, show: Formatter = format_exact) -> Iterator[str]:
    """One line for each value of a card, after its title."""
    if card.title:
        yield clean(card.title)
    pairs = card_pairs(card, show)
    width = max((measure_width(title) for title, _value in pairs), default=0)
    for title, value in pairs:
        yield f"{pad(title, width)}  {value}"


def table_lines(table: Table, show: Formatter = format_exact) -> Iterator[str]:
    """The title, the headings, a line for each row, and the notes."""
    rows = row_texts(table, show)
    if table.title:
        yield clean(table.title)
    if not rows:
        yield _("(none)")
        return
    yield from align_columns([column_titles(table), *rows], table.columns)
    yield from map(clean, table.notes)


def chart_lines(chart: Chart) -> Iterator[str]:
    """The title of a chart and the chart as text."""
    from ikmctl.output.charts import text

    yield clean(chart.title)
    for before, drawn, after in text.render_lines(chart):
        yield (before + drawn + after).rstrip()


def column_titles(table: Table) -> list[str]:
    """The headings of the columns."""
    return [clean(column.title) for column in table.columns]


def row_texts(table: Table, show: Formatter = format_exact) -> list[list[str]]:
    """The rows as text, with the total row last if there are rows."""
    rows = [[show(column, value) for column, value in zip(table.columns, row, strict=True)] for row in table.rows]
    if rows and table.total is not None:
        rows.append(total_row(table.columns, table.total, show))
    return rows


def total_row(columns: tuple[TableColumn, ...], total: Values, show: Formatter = format_exact) -> list[str]:
    """The total row as text, labelled in its first column."""
    return [_("Total"), *(show(column, value) for column, value in zip(columns[1:], total[1:], strict=True))]


def align_columns(rows: list[list[str]], columns: Iterable[TableColumn]) -> Iterator[str]:
    """Lines of text in aligned columns, with numbers on the right."""
    right = [column.kind.right for column in columns]
    widths = [max(map(measure_width, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = [pad(cell, width, right=side) for cell, width, side in zip(row, widths, right, strict=True)]
        yield "  ".join(cells).rstrip()
