"""A document on a terminal. The only module that knows Rich."""

import os
import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from ikmctl.actions.document import Card, Column, Document, Table, Text
from ikmctl.language import _
from ikmctl.output import plain
from ikmctl.output.values import clean, shown

if TYPE_CHECKING:
    from rich.console import Console

DRAWN = 200
"""A table of more rows is written as plain aligned text: drawing 100,000 rows takes most of a minute."""

GAP, EDGES = 3, 2
"""What the frame takes beside each column, and at both ends of a line."""


def render(document: Document, stream: TextIO) -> None:
    """Draw the document as wide as the terminal is."""
    from rich.console import Console
    from rich.text import Text as Styled

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
    if document.title and document.shape == "report":
        console.print(Styled(clean(document.title), style="bold"))
        console.print()
    for position, block in enumerate(document.blocks):
        if position:
            console.print()
        match block:
            case Text():
                for line in block.text.split("\n"):
                    console.print(Styled(clean(line)))
            case Card():
                _draw_card(console, block)
            case Table():
                _draw_table(console, block)


def _draw_card(console: "Console", card: Card) -> None:
    from rich.table import Table as Grid
    from rich.text import Text as Styled

    if card.title:
        console.print(Styled(clean(card.title), style="bold"))
    grid = Grid(box=None, show_header=False, padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for title, value in plain.visible_cards(card):
        grid.add_row(Styled(title, style="dim"), Styled(value))
    console.print(grid)


def _draw_table(console: "Console", table: Table) -> None:
    from rich.text import Text as Styled

    rows = list(table.rows)
    if table.title:
        console.print(Styled(clean(table.title), style="bold"))
    if not rows:
        console.print(Styled(_("(none)"), style="dim"))
        return
    if len(rows) > DRAWN:
        for line in plain.table_lines(Table(table.name, "", table.columns, rows, table.total)):
            console.file.write(line + "\n")
        return
    texts = [[shown(column, value) for column, value in zip(table.columns, row, strict=True)] for row in rows]
    if table.total is not None:
        texts.append(plain.total_row(table.columns, table.total))
    for part in _parts(table.columns, texts, console.width):
        console.print(_grid(table, texts, part))
    for note in table.notes:
        console.print(Styled(clean(note), style="dim"))


def _grid(table: Table, texts: Sequence[Sequence[str]], part: Sequence[int]) -> object:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text as Styled

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold")
    for index in part:
        column = table.columns[index]
        right = column.kind.right
        grid.add_column(
            Styled(clean(column.title)),
            justify="right" if right else "left",
            no_wrap=right,
            overflow="fold",
            min_width=6,
        )
    last = len(texts) - 1
    for position, row in enumerate(texts):
        total = table.total is not None and position == last
        if total:
            grid.add_section()
        grid.add_row(*(Styled(row[index]) for index in part), style="bold" if total else None)
    return grid


def _parts(columns: Sequence[Column], texts: Sequence[Sequence[str]], width: int) -> list[list[int]]:
    """The columns in parts that fit the width, each led by the first column: nothing is left out or squeezed."""
    needs = []
    for index, column in enumerate(columns):
        widest = max(plain.measure(cell) for cell in (column.title, *(row[index] for row in texts)))
        needs.append((widest if column.kind.right else min(max(widest, 6), 28)) + GAP)
    parts, used = [[0]], needs[0] + EDGES
    for index in range(1, len(columns)):
        if used + needs[index] > width and len(parts[-1]) > 1:
            parts.append([0])
            used = needs[0] + EDGES
        parts[-1].append(index)
        used += needs[index]
    return parts
