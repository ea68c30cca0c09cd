"""A sheet of a workbook, and the errors for workbooks that cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from ikmctl.errors import FileRefused
from ikmctl.language import N_plural, _, plural
from ikmctl.sheets.formats.cells import Cell, Row, TypedCell

#: The largest number of cells of a sheet, empty ones included, that fits in memory.
MOST_CELLS = 20_000_000
#: A sheet with more cells is refused if less than one cell in twenty is filled.
MOSTLY_EMPTY = 2_000_000
#: The number of different numbers whose cells are cached.
REMEMBERED = 100_000


@dataclass(frozen=True)
class SheetMetadata:
    """What calamine does not give: cells with errors, formulas without a result, hidden rows and columns."""

    #: The cell by (row, column), both counted from 0.
    special: Mapping[tuple[int, int], TypedCell] = field(default_factory=dict)
    hidden_rows: int = 0
    hidden_columns: int = 0


@dataclass(frozen=True)
class Worksheet:
    """A sheet of a workbook."""

    name: str
    title: str
    digest: str
    table: Sequence[Sequence[Any]] = field(repr=False)
    metadata: SheetMetadata
    kind: str
    notes: tuple[str, ...] = ()
    ragged: bool = False

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was assumed about the format, for machine-readable output."""
        return {"sheet": self.title, "format": self.kind}

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.table)

    def assumptions(self) -> list[str]:
        """What was assumed about the format, in sentences."""
        assumptions = [_("{kind}, sheet “{title}”").format(kind=self.kind, title=self.title)]
        for count, sentence in (
            (
                self.metadata.hidden_rows,
                N_plural("{count} hidden row was read too", "{count} hidden rows were read too"),
            ),
            (
                self.metadata.hidden_columns,
                N_plural("{count} hidden column was read too", "{count} hidden columns were read too"),
            ),
        ):
            if count:
                assumptions.append(plural(*sentence, count))
        return [*assumptions, *self.notes]

    def width(self, first: int) -> int:
        """The number of columns used in row `first` or below."""
        width = max((column + 1 for row, column in self.metadata.special if row + 1 >= first), default=0)
        for values in self.table[first - 1 :]:
            behind = values[width:]
            if behind.count("") != len(behind):
                width = max(index for index, value in enumerate(values) if value != "") + 1
        return width

    def rows(self) -> Iterator[Row]:
        """All rows, numbered as in the spreadsheet."""
        special = self.metadata.special
        special_rows = {row for row, _column in special}
        numbers = _Numbers()
        for index, values in enumerate(self.table):
            cells = [
                value if value.__class__ is str else numbers[value] if value.__class__ is float else _cell(value)
                for value in values
            ]
            if index in special_rows:
                for (row, column), cell in special.items():
                    if row == index:
                        cells += [""] * (column + 1 - len(cells))
                        cells[column] = cell
            yield Row(index + 1, cells)


def protected(name: str) -> FileRefused:
    """The error for a workbook that is protected by a password."""
    return FileRefused(
        file=name,
        reason=_("it is protected by a password"),
        advice=_("Open it in Excel, remove the password, save and import it again."),
    )


def broken(name: str) -> FileRefused:
    """The error for a workbook that cannot be parsed."""
    return FileRefused(
        file=name,
        reason=_("it is a broken workbook"),
        advice=_("Open it in Excel, let it repair the file, save and import it again."),
    )


def too_many(name: str, title: str, count: int) -> FileRefused:
    """The error for a sheet with more cells than fit in memory."""
    return FileRefused(
        file=name,
        reason=_("the sheet {title} has {count} cells, too many for the memory").format(title=title, count=count),
        advice=_("Save it as CSV (UTF-8) and import that."),
    )


def require_plausible_size(name: str, title: str, rows: int, columns: int, filled: int) -> None:
    """Raise FileRefused for a sheet whose cells, most of them empty, would not fit in memory."""
    cell_count = rows * columns
    if cell_count > MOST_CELLS or (cell_count > MOSTLY_EMPTY and filled * 20 < cell_count):
        raise FileRefused(
            file=name,
            reason=plural(
                "the sheet {title} reaches to row {row}, column {column}, but only {count} cell is filled",
                "the sheet {title} reaches to row {row}, column {column}, but only {count} cells are filled",
                filled,
                title=title,
                row=rows,
                column=columns,
            ),
            advice=_("In Excel delete the empty rows and columns after the table, save and import it again."),
        )


def _cell(value: Any) -> Cell:
    """The cell for a value from calamine or xlrd."""
    if isinstance(value, bool):
        return TypedCell("boolean", value, "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return TypedCell("number", value, plain(value))
    if isinstance(value, datetime):
        return TypedCell("date", value.date(), value.isoformat(" "))
    if isinstance(value, date):
        return TypedCell("date", value, value.isoformat())
    if isinstance(value, time | timedelta):
        return TypedCell("time", str(value), str(value))
    return str(value)


class _Numbers(dict[float, Cell]):
    """A cache of cells by number: most numbers of a sheet occur many times."""

    def __missing__(self, value: float) -> Cell:
        cell = TypedCell("number", value, plain(value))
        if len(self) < REMEMBERED:
            self[value] = cell
        return cell


def plain(value: float) -> str:
    """The number in decimal digits, without an exponent."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{value:.12f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else repr(value)
