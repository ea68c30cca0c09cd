"""Reads files into sheets, each with its header row and its columns mapped to the fields of an entity."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ikmctl import errors
from ikmctl.actions.imports import kinds
from ikmctl.actions.imports.options import RUPIAH, Options
from ikmctl.domain.choices import OTHER_CITIES
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.entities.pending import PENDING
from ikmctl.domain.fields import Entity
from ikmctl.domain.keys import key
from ikmctl.domain.matching import closest_matches
from ikmctl.registry.file.reference_data import ReferenceData
from ikmctl.sheets.formats.cells import Sheet
from ikmctl.sheets.formats.open import read_sheets
from ikmctl.sheets.table import cities, oss
from ikmctl.sheets.table.choose_sheet import ChosenSheet, choose
from ikmctl.sheets.table.columns import HeaderColumn, KnownHeadings, known_headings, map_headings
from ikmctl.sheets.table.header_row import header_score


@dataclass(frozen=True)
class FileReader:
    """Reads the files of one kind of spreadsheet."""

    entity: Entity
    known: ReferenceData
    options: Options
    headings: KnownHeadings = field(init=False)

    def __post_init__(self) -> None:
        knows = {"sector": self.known.sector_code}
        object.__setattr__(self, "headings", known_headings(self.entity, self._words, knows))

    @property
    def _words(self) -> dict[str, str]:
        """The aliases of headings: key → field name, from the registry and from `--map`."""
        return dict(self.known.headings) | {key(heading): name for heading, name in self.options.maps}

    @property
    def _kind(self) -> str:
        """The kind of spreadsheet that the files are read as."""
        return "observations" if self.options.observations_only else self.entity.plural

    @property
    def identifying(self) -> Sequence[str]:
        """The fields without which a row does not say what it is about."""
        kind = kinds.PENDING_KIND if self.entity is PENDING else kinds.KINDS[self._kind]
        return kind.identifying

    def files(self, path: str, standard_input: Callable[[], bytes]) -> list[ChosenSheet]:
        """The chosen sheets of a file, with their columns. Raises FileRefused."""

        def score(rows: Sequence[Sequence[str]]) -> int:
            return header_score(rows, self.headings.field)

        sheets = read_sheets(path, self.options.reading, score, standard_input)
        try:
            chosen = choose(sheets, self.options.reading, self.headings, self._columns)
        except errors.FileRefused as error:
            raise self._with_better_kind(error, sheets) from None
        return [replace(sheet, better=self._better(sheet)) for sheet in chosen]

    def _better(self, chosen: ChosenSheet) -> str:
        """The kind that a sheet clearly fits better; empty for an OSS export, which is always businesses."""
        if self.entity is PENDING:
            return ""
        headings = [column.heading for column in chosen.columns]
        return "" if oss.is_export(chosen.columns) else kinds.find_better_kind(headings, self._kind, self._words)

    def _with_better_kind(self, refused: errors.FileRefused, sheets: Sequence[Sheet]) -> errors.FileRefused:
        """The refusal with the command for the kind that the file fits, if there is one."""
        for name, kind in kinds.KINDS.items():
            entity = replace(kind.entity, fields=tuple(field._replace(required=False) for field in kind.entity.fields))
            known = known_headings(entity, self._words)
            try:
                chosen = choose(sheets, self.options.reading, known, partial(map_headings, entity=entity, known=known))
            except errors.FileRefused:
                continue
            if any(self._better(sheet) == name for sheet in chosen):
                return errors.FileRefused(**{**refused.facts, "advice": kind.invitation})
        return refused

    def _columns(self, file: str, cells: Sequence[str]) -> list[HeaderColumn]:
        columns = map_headings(file, cells, self.entity, self.headings)
        if self.entity is BUSINESS and oss.is_export(columns):
            columns = oss.map_columns(columns, self.entity)
        return [self._in_its_unit(column) for column in columns]

    def _in_its_unit(self, column: HeaderColumn) -> HeaderColumn:
        """The column with the unit of money from `--money-unit`, or from this office's aliases."""
        if column.field is None or column.field.kind.name != "money" or column.unit_from:
            return column
        answers = {key(heading): code for heading, code in self.options.money_units}
        if key(column.heading) in answers:
            return replace(column, unit=RUPIAH[answers[key(column.heading)]], unit_from="option")
        if self.options.money_unit:
            return replace(column, unit=RUPIAH[self.options.money_unit], unit_from="option")
        remembered = self.known.money_units.get(key(column.heading))
        if remembered in RUPIAH:
            return replace(column, unit=RUPIAH[remembered], unit_from="office")
        return column

    def other_cities(self, columns: Sequence[HeaderColumn]) -> tuple[int | None, str]:
        """The position of the column that names the city of each business, and whether other cities are kept."""
        at = cities.city_column(columns) if self.entity is BUSINESS and self.known.city_name else None
        if at is None:
            return None, OTHER_CITIES[0].code
        remembered = self.known.other_cities.get(key(columns[at].heading), OTHER_CITIES[0].code)
        return at, self.options.other_cities or remembered


def require_mapped(options: Options, chosen: Sequence[ChosenSheet]) -> None:
    """Check that each `--map` names a heading of the files. Raises UnknownColumn."""
    headings = {key(column.heading): column.heading for sheet in chosen for column in sheet.columns}
    for heading, _name in options.maps:
        if key(heading) not in headings:
            near_ones = closest_matches(heading, headings.values())
            raise errors.UnknownColumn(name=heading, near=near_ones, candidates=", ".join(headings.values()))


def settled_aliases(options: Options, chosen: Sequence[ChosenSheet]) -> list[tuple[str, str, str]]:
    """`(kind, word, meaning)` of the answers that are remembered, each for the heading of a column.

    The year of the data is not among them: it belongs to one file.
    """
    settled = [("heading", heading, name) for heading, name in options.maps]
    for column in (column for sheet in chosen for column in sheet.columns):
        if column.unit_from == "option":
            code = next(code for code, rupiah in RUPIAH.items() if rupiah == column.unit)
            settled.append(("money-unit", column.heading, code))
        if column.field and column.field.name == "kbli" and options.kbli_edition:
            settled.append(("kbli-edition", column.heading, str(options.kbli_edition)))
    for sheet in chosen if options.other_cities else ():
        at = cities.city_column(sheet.columns)
        if at is not None and options.other_cities:
            settled.append(("other-cities", sheet.columns[at].heading, options.other_cities))
    return settled
