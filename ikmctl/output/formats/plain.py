"""Renders a document as aligned text, for pipes and for long tables: neither wrapped nor coloured."""

from collections.abc import Iterable, Iterator

from ikmctl.document import Card, Chart, Document, Table, TableColumn, Text, Values
from ikmctl.language import _
from ikmctl.output.text.display_width import measure, pad
from ikmctl.output.text.format_value import Show, clean, in_card, in_table, shown


def lines(document: Document) -> Iterator[str]:
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
                yield from card_lines(block, in_card(document))
            case Table():
                yield from table_lines(block, in_table(document))
            case Chart():
                yield from chart_lines(block)


def visible_cards(card: Card, show: Show = shown) -> list[tuple[str, str]]:
    """Pairs of title and value. A value that is not known is left out, unless its column has a text for it."""
    pairs = zip(card.columns, card.row, strict=True)
    return [(clean(column.title), show(column, value)) for column, value in pairs if value is not None or column.empty]


def card_lines(card: Card, show: Show = shown) -> Iterator[str]:
    """One line for each value of a card, after its title."""
    if card.title:
        yield clean(card.title)
    pairs = visible_cards(card, show)
    width = max((measure(title) for title, _value in pairs), default=0)
    for title, value in pairs:
        yield f"{pad(title, width)}  {value}"


def table_lines(table: Table, show: Show = shown) -> Iterator[str]:
    """The title, the headings, a line for each row, and the notes."""
    rows = texts(table, show)
    if table.title:
        yield clean(table.title)
    if not rows:
        yield _("(none)")
        return
    yield from aligned([titles(table), *rows], table.columns)
    yield from map(clean, table.notes)


def chart_lines(chart: Chart) -> Iterator[str]:
    """The title of a chart and the chart as text."""
    from ikmctl.output.charts import text

    yield clean(chart.title)
    for before, drawn, after in text.lines(chart):
        yield (before + drawn + after).rstrip()


def titles(table: Table) -> list[str]:
    """The headings of the columns."""
    return [clean(column.title) for column in table.columns]


def texts(table: Table, show: Show = shown) -> list[list[str]]:
    """The rows as text, with the total row last if there are rows."""
    rows = [[show(column, value) for column, value in zip(table.columns, row, strict=True)] for row in table.rows]
    if rows and table.total is not None:
        rows.append(total_row(table.columns, table.total, show))
    return rows


def total_row(columns: tuple[TableColumn, ...], total: Values, show: Show = shown) -> list[str]:
    """The total row as text, labelled in its first column."""
    return [_("Total"), *(show(column, value) for column, value in zip(columns[1:], total[1:], strict=True))]


def aligned(rows: list[list[str]], columns: Iterable[TableColumn]) -> Iterator[str]:
    """Lines of text in aligned columns, with numbers on the right."""
    right = [column.kind.right for column in columns]
    widths = [max(map(measure, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = [pad(cell, width, right=side) for cell, width, side in zip(row, widths, right, strict=True)]
        yield "  ".join(cells).rstrip()
