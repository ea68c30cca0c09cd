"""The result of an action: blocks without a format. `output/` renders them; commands never print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from ikmctl.domain.fields import Field
from ikmctl.domain.values import kinds
from ikmctl.domain.values.kinds import Kind

Values = tuple[Any, ...]


Readers = Literal["people", "machines"]


class TableColumn(NamedTuple):
    """A column: its stable English name, its title for people, and how its values are shown."""

    name: str
    title: str
    kind: Kind = kinds.LINE
    #: The text that people see where there is no value.
    empty: str = ""
    #: True for a column that a narrow screen may leave out. Files and machine formats always contain it.
    detail: bool = False
    #: The values to choose from in a table that is filled in and imported, such as a template.
    offered: tuple[str, ...] = ()
    #: True for a column that people do not see if all its values are zero. Machine formats always contain it.
    optional: bool = False


class Table(NamedTuple):
    """Rows of stored values; `total` is one more row that sums them."""

    name: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: Iterable[Values]
    total: Values | None = None
    notes: tuple[str, ...] = ()
    #: True for a table that is filled in and imported, such as a template.
    fillable: bool = False
    #: Who the table is for; None for both.
    readers: Readers | None = None
    #: True for a table whose rows are signed on paper: they are printed high enough.
    signed: bool = False


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
    """A chart: one label per place on the axis, and series with as many values; `bars` show parts of a whole.

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
    #: The day printed beside the place, as an ISO date.
    signed_on: str = ""

    @property
    def signed(self) -> bool:
        """Whether the letterhead names somebody who signs."""
        return bool(self.position or self.signatory)


Block = Table | Card | Text | Chart
Shape = Literal["list", "object", "report", "done"]


class Caution(str):
    """A message that `--quiet` does not hide: something is missing, or may be wrong."""

    __slots__ = ()


class Document(NamedTuple):
    """The result of a command.

    `shape` says what machines get: a `list` of objects, one `object`, or a `report` of blocks; `done` is an object too,
    of which people see only the `messages`. `facts` are keys of that object. `messages` go to standard error beside
    the data; with `--quiet` only each Caution of them. `letterhead` heads printed reports. `status` is the exit status.
    """

    shape: Shape
    blocks: tuple[Block, ...] = ()
    title: str = ""
    facts: Mapping[str, Any] = MappingProxyType({})
    messages: tuple[str, ...] = ()
    status: int = 0
    letterhead: Letterhead | None = None
    #: True if it may hold personal data: the officer asked to see them, or they are the office's own or invented.
    revealed: bool = False

    @property
    def heading(self) -> str:
        """The title and whose it is, in one line."""
        office = self.letterhead.office if self.letterhead else ""
        return " · ".join(filter(None, (self.title, office)))

    def for_readers(self, readers: Readers) -> "Document":
        """The document with the blocks, and their columns, that are for these readers."""
        blocks = tuple(
            block for block in self.blocks if not isinstance(block, Table) or block.readers in (None, readers)
        )
        if readers == "people":
            blocks = tuple(_without_zeros(block) if isinstance(block, Table) else block for block in blocks)
        return self._replace(blocks=blocks)

    @property
    def cautions(self) -> tuple[str, ...]:
        """The messages that `--quiet` does not hide."""
        return tuple(line for line in self.messages if isinstance(line, Caution))

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
        index for index, column in enumerate(table.columns) if not column.optional or any(row[index] for row in rows)
    ]

    def select(values: Values) -> Values:
        return tuple(values[index] for index in shown)

    return table._replace(
        columns=tuple(table.columns[index] for index in shown),
        rows=[select(row) for row in rows],
        total=None if table.total is None else select(table.total),
    )


def done(*messages: str, **facts: Any) -> Document:
    """The result of a change: what was done, in words and as data."""
    return Document("done", messages=messages, facts=facts)


def columns_of(
    fields: Sequence[Field], labels: Mapping[str, Mapping[str, str]], *, reveal: bool = False
) -> tuple[TableColumn, ...]:
    """The columns that show these fields; `labels` gives for a kind (`sector`) what each stored code is called.

    Personal columns expect masked values, unless `reveal`.
    """
    return tuple(
        TableColumn(field.name, field.title, _display_kind(field.kind, labels.get(field.kind.name), reveal))
        for field in fields
    )


def _display_kind(kind: Kind, names: Mapping[str, str] | None, reveal: bool) -> Kind:
    if names is not None:
        return kind._replace(show=lambda code: names.get(code, str(code)))
    if kind.mask and not reveal:
        return kind._replace(show=str)
    return kind._replace(show=kinds.show_extra) if kind is kinds.EXTRA else kind


def mask_rows(fields: Sequence[Field], rows: Iterable[Values], reveal: bool) -> Iterator[Values]:
    """The rows with personal values hidden, unless the officer asked to see them."""
    masks = {} if reveal else {index: field.kind.mask for index, field in enumerate(fields) if field.kind.mask}
    if not masks:
        yield from rows
        return
    for row in rows:
        cells = list(row)
        for index, mask in masks.items():
            if cells[index] is not None:
                cells[index] = mask(cells[index])
        yield tuple(cells)
