"""What an action gives back: blocks that know no format. Every output renders them; commands never print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from ikmctl.domain import kinds
from ikmctl.domain.fields import Field
from ikmctl.domain.kinds import Kind

Values = tuple[Any, ...]


Readers = Literal["people", "machines"]


class TableColumn(NamedTuple):
    """A column: its stable English name, its title for people, and how its values are shown."""

    name: str
    title: str
    kind: Kind = kinds.LINE
    empty: str = ""
    """what people see where there is no value"""
    detail: bool = False
    """what a narrow screen may leave out; paper, pages, workbooks and machines get it all the same"""
    offered: tuple[str, ...] = ()
    """in a table to be filled in: what there is to choose from"""
    optional: bool = False
    """people do not see the column where it holds nothing but zeros; machines always get it"""


class Table(NamedTuple):
    """Rows of stored values; `total` is one more row that sums them."""

    name: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: Iterable[Values]
    total: Values | None = None
    notes: tuple[str, ...] = ()
    fillable: bool = False
    """a table to be filled in and imported"""
    readers: Readers | None = None
    """who it is for, where it is not for both"""


class Card(NamedTuple):
    """One record: each column with its value."""

    name: str
    title: str
    columns: tuple[TableColumn, ...]
    row: Values


class Text(NamedTuple):
    """A paragraph."""

    text: str


class Chart(NamedTuple):
    """Figures drawn: a label for each place on the axis, and series of as many values; `bars` for parts of a whole.

    It repeats figures of a table beside it, so that formats for machines leave it out.
    """

    name: str
    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    drawn_as: Literal["line", "bars"] = "line"


class Logo(NamedTuple):
    """The office's picture: the bytes of the file as they were given."""

    kind: Literal["png", "jpg", "svg"]
    content: bytes


class Letterhead(NamedTuple):
    """Who issues a report and who signs it; what is empty is left out."""

    office: str = ""
    address: str = ""
    logo: Logo | None = None
    place: str = ""
    position: str = ""
    signatory: str = ""
    nip: str = ""
    signed_on: str = ""
    """the day beside the place, as an ISO date"""

    @property
    def signed(self) -> bool:
        """Whether there is anybody to sign."""
        return bool(self.position or self.signatory)


Block = Table | Card | Text | Chart
Shape = Literal["list", "object", "report", "done"]


class Document(NamedTuple):
    """The result of a command.

    `shape` says what machines get: a `list` of objects, one `object`, or a `report` of blocks; `done` is an object too,
    shown to people as its `talk` alone. `facts` are keys of that object; `talk` is said beside the data; the
    `letterhead` stands on what is printed.
    """

    shape: Shape
    blocks: tuple[Block, ...] = ()
    title: str = ""
    facts: Mapping[str, Any] = MappingProxyType({})
    talk: tuple[str, ...] = ()
    status: int = 0
    letterhead: Letterhead | None = None

    @property
    def heading(self) -> str:
        """The title and whose it is, in one line."""
        office = self.letterhead.office if self.letterhead else ""
        return " · ".join(filter(None, (self.title, office)))

    def read_by(self, readers: Readers) -> "Document":
        """The document with the blocks, and their columns, that are for these readers."""
        blocks = tuple(each for each in self.blocks if not isinstance(each, Table) or each.readers in (None, readers))
        if readers == "people":
            blocks = tuple(_without_zeros(each) if isinstance(each, Table) else each for each in blocks)
        return self._replace(blocks=blocks)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables among the blocks."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def _without_zeros(table: Table) -> Table:
    """The table without the optional columns that hold nothing but zeros."""
    if not any(column.optional for column in table.columns):
        return table
    rows = list(table.rows)
    shown = [
        place for place, column in enumerate(table.columns) if not column.optional or any(row[place] for row in rows)
    ]

    def cut(values: Values) -> Values:
        return tuple(values[place] for place in shown)

    return table._replace(
        columns=tuple(table.columns[place] for place in shown),
        rows=[cut(row) for row in rows],
        total=None if table.total is None else cut(table.total),
    )


def done(*talk: str, **facts: Any) -> Document:
    """The result of a change: what was done, in words and as data."""
    return Document("done", talk=talk, facts=facts)


def columns_of(
    fields: Sequence[Field], labels: Mapping[str, Mapping[str, str]], *, reveal: bool = False
) -> tuple[TableColumn, ...]:
    """The columns that show these fields; `labels` gives for a kind (`sector`) what each stored code is called.

    Personal columns expect masked values, unless `reveal`.
    """
    return tuple(
        TableColumn(each.name, each.title, _shown_as(each.kind, labels.get(each.kind.name), reveal)) for each in fields
    )


def _shown_as(kind: Kind, names: Mapping[str, str] | None, reveal: bool) -> Kind:
    if names is not None:
        return kind._replace(show=lambda code: names.get(code, str(code)))
    if kind.mask and not reveal:
        return kind._replace(show=str)
    return kind._replace(show=kinds.show_extra) if kind is kinds.EXTRA else kind


def masked(fields: Sequence[Field], rows: Iterable[Values], reveal: bool) -> Iterator[Values]:
    """The rows with personal values hidden, unless the officer asked to see them."""
    masks = {} if reveal else {index: each.kind.mask for index, each in enumerate(fields) if each.kind.mask}
    if not masks:
        yield from rows
        return
    for row in rows:
        cells = list(row)
        for index, mask in masks.items():
            if cells[index] is not None:
                cells[index] = mask(cells[index])
        yield tuple(cells)
