"""Renders a document as Markdown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ikmctl.document import Card, Chart, Document, Table, Text
from ikmctl.output.formats.plain import card_pairs, chart_lines, column_titles, iter_row_texts
from ikmctl.output.text.format_value import card_formatter, clean, table_formatter


def as_markdown(document: Document) -> Iterator[str]:
    """The document as Markdown, with charts as text."""
    return (line + "\n" for line in _lines(document))


def _lines(document: Document) -> Iterator[str]:
    if document.title:
        yield f"# {_escaped(document.heading)}\n"
    for block in document.blocks:
        match block:
            case Text():
                yield from (_escaped(line) + "\n" for line in block.text.split("\n"))
            case Card():
                rows = [list(pair) for pair in card_pairs(block, card_formatter(document))]
                yield from _table(block.title, ["", ""], [False, False], rows)
            case Table():
                right = [column.kind.right for column in block.columns]
                yield from _table(
                    block.title, column_titles(block), right, iter_row_texts(block, table_formatter(document))
                )
                yield from (_escaped(note) + "\n" for note in block.notes)
            case Chart():
                title, *drawn = chart_lines(block)
                fence = "```"
                yield from (
                    f"## {_escaped(title)}\n",
                    fence,
                    *(line.replace(fence, "'''") for line in drawn),
                    fence,
                    "",
                )


def _table(title: str, heading: Sequence[str], right: Sequence[bool], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    if title:
        yield f"## {_escaped(title)}\n"
    yield "| " + " | ".join(map(_escaped, heading)) + " |"
    yield "|" + "|".join("---:" if side else "---" for side in right) + "|"
    for row in rows:
        yield "| " + " | ".join(map(_escaped, row)) + " |"
    yield ""


def _escaped(text: str) -> str:
    return clean(text).translate(_MARKDOWN)


_MARKDOWN: Mapping[int, str] = {ord(sign): "\\" + sign for sign in "\\`*_[]<>|#"}
