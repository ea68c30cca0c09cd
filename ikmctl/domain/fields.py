"""Field: the one declaration of a column, from which options, headings, checks, lists, exports and pages derive."""

from dataclasses import dataclass
from typing import NamedTuple

from ikmctl.domain.choices import Choice
from ikmctl.domain.kinds import Kind
from ikmctl.language import _


class Field(NamedTuple):
    """A column of a kind of record.

    `table` says where it is kept: the record's own table, or one that hangs on it (`observation`, `activity`,
    `business_kbli`); a `derived` field is computed and only shown. `headings` are the spellings of its heading in
    office files (DOMAIN §1), the most telling first.
    """

    name: str
    kind: Kind
    label: str
    headings: tuple[str, ...] = ()
    table: str = ""
    example: str = ""
    help: str = ""
    required: bool = False
    repeatable: bool = False
    continues: bool = False
    """in a spreadsheet a row without a name may add to it: a second product of the business above"""
    words: tuple[str, ...] = ()
    """patterns of concepts (domain/heading_words.py) that a heading of it is made of, such as “phone [number owner]”"""

    @property
    def title(self) -> str:
        """The label in the language in use."""
        return _(self.label)

    @property
    def personal(self) -> bool:
        """Whether the value is masked unless the officer asks to see it (UU 27/2022)."""
        return self.kind.mask is not None

    @property
    def derived(self) -> bool:
        """Whether it follows from other data and cannot be given."""
        return self.table == "derived"

    @property
    def choice(self) -> Choice:
        """The column as one to choose: by its name, its label, or how offices head it."""
        return Choice(self.name, self.label, self.headings)

    @property
    def option(self) -> str:
        """The command-line option: `--registered-on` for `registered_on`."""
        return "--" + self.name.replace("_", "-")


@dataclass(frozen=True)
class Entity:
    """A kind of record: its fields in the order in which people see them, and the columns of its list."""

    name: str
    label: str
    plural: str
    fields: tuple[Field, ...]
    listed: tuple[str, ...]

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    @property
    def by_name(self) -> dict[str, Field]:
        """Field name → field."""
        return {field.name: field for field in self.fields}

    @property
    def given(self) -> tuple[Field, ...]:
        """The fields that an officer or a file can give."""
        return tuple(field for field in self.fields if not field.derived)

    @property
    def choice(self) -> Choice:
        """The kind as one to choose."""
        return Choice(self.name, self.label, (self.plural,))

    def kept_in(self, table: str) -> tuple[Field, ...]:
        """The fields kept in one table."""
        return tuple(field for field in self.fields if (field.table or self.name) == table)
