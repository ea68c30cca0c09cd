"""A document on a terminal. The only module that knows Rich."""

import os
import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from ikmctl.actions.document import Card, Chart, Document, Table, Text
from ikmctl.language import _
from ikmctl.output import fitting, plain
from ikmctl.output.values import Show, clean, in_card, in_table

if TYPE_CHECKING:
    from rich.console import Console

DRAWN = 200
"""A table of more rows is written as plain aligned text: drawing 100,000 rows takes most of a minute."""

GAP, EDGES = 3, 2
"""What the frame takes beside each column, and at both ends of a line."""


def render(document: Document, stream: TextIO) -> None:
    """Draw the document as wide as the terminal is."""
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
    """Draw the document on a console that obeys no markup."""
    if document.title and document.shape == "report":
        _say(console, document.heading, "bold")
        console.print()
    for position, block in enumerate(document.blocks):
        if position:
            console.print()
        match block:
            case Text():
                for line in block.text.split("\n"):
                    _say(console, line)
            case Card():
                _draw_card(console, block, in_card(document))
            case Table():
                _draw_table(console, block, in_table(document))
            case Chart():
                _draw_chart(console, block)


def _say(console: "Console", line: str, style: str = "") -> None:
    from rich.text import Text as Styled

    console.print(Styled(clean(line), style=style))


def _draw_card(console: "Console", card: Card, show: Show) -> None:
    from rich.table import Table as Grid
    from rich.text import Text as Styled

    if card.title:
        _say(console, card.title, "bold")
    grid = Grid(box=None, show_header=False, padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for title, value in plain.visible_cards(card, show):
        grid.add_row(Styled(title, style="dim"), Styled(value))
    console.print(grid)


def _draw_chart(console: "Console", chart: Chart) -> None:
    from rich.text import Text as Styled

    from ikmctl.output import sketch

    _say(console, chart.title, "bold")
    for before, drawn, after in sketch.lines(chart, console.width):
        console.print(Styled.assemble(before, (drawn, "cyan"), (after, "" if drawn else "dim")))


def _draw_table(console: "Console", table: Table, show: Show) -> None:
    rows = list(table.rows)
    table = table._replace(rows=rows)
    if table.title:
        _say(console, table.title, "bold")
    if not rows:
        _say(console, _("(none)"), "dim")
        return
    if len(rows) > DRAWN:
        for line in plain.table_lines(table._replace(title="", notes=()), show):
            console.file.write(line + "\n")
    else:
        _draw_parts(console, table, plain.texts(table, show))
    for note in table.notes:
        _say(console, note, "dim")


def _draw_parts(console: "Console", table: Table, texts: Sequence[Sequence[str]]) -> None:
    """What matters of the table in parts that fit; what was left out is named."""
    widths = [need + GAP for need in fitting.needs(table.columns, texts)]
    room = console.width - EDGES
    kept = fitting.what_matters(table.columns, widths, room)
    for part in fitting.parts([widths[index] for index in kept], room):
        console.print(_grid(table, texts, [kept[index] for index in part]))
    out = [column.title for index, column in enumerate(table.columns) if index not in kept]
    if out:
        said = _("No room for: {columns}. A wider window or --output FILE.pdf shows all.")
        _say(console, said.format(columns=", ".join(out)), "dim")


def _grid(table: Table, texts: Sequence[Sequence[str]], part: Sequence[int]) -> object:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text as Styled

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold")
    for index in part:
        column = table.columns[index]
        right = column.kind.right
        title = Styled(clean(column.title))
        grid.add_column(title, justify="right" if right else "left", no_wrap=right, overflow="fold", min_width=6)
    last = len(texts) - 1
    for position, row in enumerate(texts):
        total = table.total is not None and position == last
        if total:
            grid.add_section()
        grid.add_row(*(Styled(row[index]) for index in part), style="bold" if total else None)
    return grid
