"""Renders a document on a terminal with Rich."""

import os
import shutil
from collections.abc import Mapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, TextIO

from ikmctl.document import Card, Chart, Document, Table, Text
from ikmctl.language import _
from ikmctl.output.formats import plain
from ikmctl.output.text import column_widths
from ikmctl.output.text.format_value import Formatter, card_formatter, clean, table_formatter

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod

#: A table with more rows is written as plain aligned text: Rich takes most of a minute for 100,000 rows.
DRAWN_ROWS = 200

#: The width that Rich needs between two columns, and at both ends of a line.
GAP, EDGES = 3, 2


def render(document: Document, stream: TextIO) -> None:
    """Draw the document in the width of the terminal."""
    from rich.console import Console

    size = shutil.get_terminal_size()
    console = Console(
        file=stream,
        width=size.columns,
        height=size.lines,
        markup=False,
        emoji=False,
        highlight=False,
        no_color=bool(os.environ.get("NO_COLOR")),
    )
    draw(document, console)


def draw(document: Document, console: "Console") -> None:
    """Draw the document on a console, whose markup must be switched off."""
    if document.title and document.shape == "report":
        _write(console, document.heading, "bold")
        console.print()
    for position, block in enumerate(document.blocks):
        if position:
            console.print()
        match block:
            case Text():
                for line in block.text.split("\n"):
                    _write(console, line)
            case Card():
                _draw_card(console, block, card_formatter(document))
            case Table():
                _draw_table(console, block, table_formatter(document))
            case Chart():
                _draw_chart(console, block)


def _write(console: "Console", line: str, style: str = "") -> None:
    from rich.text import Text as Styled

    console.print(Styled(clean(line), style=style))


def _draw_card(console: "Console", card: Card, show: Formatter) -> None:
    from rich.table import Table as Grid
    from rich.text import Text as Styled

    if card.title:
        _write(console, card.title, "bold")
    grid = Grid(box=None, show_header=False, padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for title, value in plain.card_pairs(card, show):
        grid.add_row(Styled(title, style="dim"), Styled(value))
    console.print(grid)


def _draw_chart(console: "Console", chart: Chart) -> None:
    from rich.text import Text as Styled

    from ikmctl.output.charts import text

    _write(console, chart.title, "bold")
    for before, drawn, after in text.render_lines(chart, console.width):
        console.print(Styled.assemble(before, (drawn, "cyan"), (after, "" if drawn else "dim")))


def _draw_table(console: "Console", table: Table, show: Formatter) -> None:
    rows = iter(table.rows)
    first = list(islice(rows, DRAWN_ROWS + 1))
    if table.title:
        _write(console, table.title, "bold")
    if not first:
        _write(console, _("(none)"), "dim")
        return
    if len(first) > DRAWN_ROWS:
        for line in plain.table_lines(table._replace(rows=chain(first, rows), title="", notes=()), show):
            console.file.write(line + "\n")
    else:
        table = table._replace(rows=first)
        _draw_parts(console, table, plain.row_texts(table, show))
    for note in table.notes:
        _write(console, note, "dim")


def _draw_parts(console: "Console", table: Table, texts: Sequence[Sequence[str]]) -> None:
    """Draw the table in parts that fit the width, and name the detail columns that were left out."""
    room = console.width - EDGES
    shown = column_widths.columns_that_fit(
        table.columns, column_widths.fit_widths(table.columns, texts, room, GAP), room
    )
    omitted = [clean(column.title) for index, column in enumerate(table.columns) if index not in shown]
    table = table._replace(columns=tuple(table.columns[index] for index in shown))
    texts = [[row[index] for index in shown] for row in texts]
    widths = column_widths.fit_widths(table.columns, texts, room, GAP)
    for part in column_widths.split_into_parts(widths, room):
        console.print(_grid(table, texts, {index: widths[index] - GAP for index in part}))
    if omitted:
        message = _("No room for: {columns}. A wider window or --output FILE.pdf shows all.")
        _write(console, message.format(columns=", ".join(omitted)), "dim")


def _grid(table: Table, texts: Sequence[Sequence[str]], widths: Mapping[int, int]) -> object:
    """A Rich table of the columns given by position, with their widths."""
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text as Styled

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold")
    for index, width in widths.items():
        column = table.columns[index]
        side: JustifyMethod = "right" if column.kind.right else "left"
        grid.add_column(Styled(clean(column.title)), justify=side, vertical="top", overflow="fold", width=width)
    last = len(texts) - 1
    for position, row in enumerate(texts):
        total = table.total is not None and position == last
        if total:
            grid.add_section()
        grid.add_row(*(Styled(row[index]) for index in widths), style="bold" if total else None)
    return grid
