"""Renders a document as aligned text, for pipes and for long tables: neither wrapped nor coloured."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

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


#: The rows by which the widths of the columns are measured: a longer table is written as it is read.
MEASURED_ROWS = 1_000


def table_lines(table: Table, show: Formatter = format_exact) -> Iterator[str]:
    """The title, the headings, a line for each row, and the notes.

    After the first 1,000 rows, a cell may be wider than its column: then the rest of its line is moved.
    """
    rows = iter_row_texts(table, show)
    first = list(islice(rows, MEASURED_ROWS))
    if table.title:
        yield clean(table.title)
    if not first:
        yield _("(none)")
        return
    first.insert(0, column_titles(table))
    yield from align_columns(first, rows, table.columns)
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
    return list(iter_row_texts(table, show))


def iter_row_texts(table: Table, show: Formatter = format_exact) -> Iterator[list[str]]:
    """The rows as text one by one, with the total row last if there are rows."""
    row = None
    for row in table.rows:
        yield [show(column, value) for column, value in zip(table.columns, row, strict=True)]
    if row is not None and table.total is not None:
        yield total_row(table.columns, table.total, show)


def total_row(columns: tuple[TableColumn, ...], total: Values, show: Formatter = format_exact) -> list[str]:
    """The total row as text, labelled in its first column."""
    return [_("Total"), *(show(column, value) for column, value in zip(columns[1:], total[1:], strict=True))]


def align_columns(
    first: Sequence[list[str]], others: Iterable[list[str]], columns: Iterable[TableColumn]
) -> Iterator[str]:
    """Lines of text in columns aligned to the first rows, with numbers on the right."""
    right = [column.kind.right for column in columns]
    widths = [max(map(measure_width, cells)) for cells in zip(*first, strict=True)]
    for row in chain(first, others):
        cells = [pad(cell, width, right=side) for cell, width, side in zip(row, widths, right, strict=True)]
        yield "  ".join(cells).rstrip()
