"""A field, declared once: options, headings, checks, lists, exports and reference pages derive from it."""

from dataclasses import dataclass
from typing import NamedTuple

from ikmctl.domain.choices import Choice
from ikmctl.domain.values.kinds import Kind
from ikmctl.language import _


class Field(NamedTuple):
    """A column of a kind of record.

    `table` is the table that stores it: empty for the record's own table, else a related one, such as `observation`. A
    `derived` field is computed and cannot be given. `headings` are the spellings of its heading in the files of offices
    (docs/domain.md), the most specific first.
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
    #: Whether a spreadsheet row without a name may add to this field, such as a second product of the business above.
    continues: bool = False
    #: Patterns of concepts (see heading_words.py) that name this field, such as “phone [number owner]”.
    words: tuple[str, ...] = ()
    #: The required field that this one stands in for in a spreadsheet: a business without a name is named after its
    #: owner.
    stands_in_for: str = ""
    #: Whether every record should have a value; the quality of the data is measured by these fields.
    wanted: bool = False

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
        """Whether the value is computed from other data and cannot be given."""
        return self.table == "derived"

    @property
    def choice(self) -> Choice:
        """The field as a choice: an officer may name it by its name, its label or any of its headings."""
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
        """The kind of record as a choice."""
        return Choice(self.name, self.label, (self.plural,))

    def kept_in(self, table: str) -> tuple[Field, ...]:
        """The fields that are stored in this table."""
        return tuple(field for field in self.fields if (field.table or self.name) == table)
