"""Looks up places, sectors and units of imported rows, and checks the rules across columns."""

from collections.abc import Mapping
from typing import Any

from ikmctl.actions.records.display_names import in_language
from ikmctl.actions.records.lookup import about, place, unknown_word
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.keys import key
from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.language import _
from ikmctl.reference import shipped
from ikmctl.registry.file.reference_data import ReferenceData
from ikmctl.sheets.validation.batch import Batch
from ikmctl.sheets.validation.findings import RowFinding, RowNote, UnreadableCell

Place = tuple[str | None, str | None]
#: (column, column that can follow from its values).
_FOLLOWING = (("kelurahan", "kecamatan"), ("kbli", "sector"), ("capacity_unit", "capacity_period"))
#: The figures of a row; as many zeros as this, and no other figure, are no figures.
_FIGURES = (
    "workers_male", "workers_female", "workers_total", "capacity", "investment", "material_value", "production_value",
)  # fmt: skip
_FEWEST_ZEROS = 3
_PER = {
    "hari": "day",
    "hr": "day",
    "day": "day",
    "bulan": "month",
    "bln": "month",
    "month": "month",
    "tahun": "year",
    "thn": "year",
    "th": "year",
    "year": "year",
}


class Lookup:
    """Looks up references in batches, in place and column by column; each text is looked up once.

    `headings` gives the field and the heading of each column of a batch. A batch gets a column for each of `names`: the
    columns of the file, and those that follow from them.
    """

    def __init__(self, headings: Mapping[str, str], known: ReferenceData) -> None:
        self.known = known
        self.names = list(headings)
        for given, following in _FOLLOWING:
            if given in self.names and following not in self.names:
                self.names.append(following)
        self._added = len(self.names) - len(headings)
        self._headings = headings
        self._findings: list[RowFinding] = []
        self._labels = {sector.code: in_language(sector.name, sector.name_en) for sector in known.sectors}
        self._places: dict[Place, tuple[str | None, str | None, list[Note]]] = {}
        self._sectors: dict[str | None, str | None] = {None: None}
        self._unknown_sectors: dict[str, dict[str, str]] = {}
        self._units: dict[str | None, tuple[str | None, str | None, bool]] = {}

    def look_up(self, batch: Batch) -> list[RowFinding]:
        """Replace texts by what they refer to, in place; returns the findings. Unknown texts are kept."""
        self._findings = []
        batch.columns += [[None] * len(batch.rows) for _index in range(self._added)]
        if "kecamatan" in self.names:
            self._find_places(batch)
        if "sector" in self.names:
            self._find_sectors(batch)
        if "closed_on" in self.names and "registered_on" in self.names:
            self._check_dates(batch)
        if "capacity_unit" in self.names:
            self._find_units(batch)
        if {"workers_male", "workers_female", "workers_total"} <= set(self.names):
            self._check_workers(batch)
        self._empty_zeros(batch)
        return self._findings

    def _column(self, batch: Batch, name: str) -> list[Any]:
        return batch.columns[self.names.index(name)] if name in self.names else [None] * len(batch.rows)

    def _find_places(self, batch: Batch) -> None:
        pairs = list(zip(self._column(batch, "kelurahan"), self._column(batch, "kecamatan"), strict=True))
        different = set(pairs)
        for pair in different - self._places.keys():
            self._places[pair] = place(self.known.places, *pair)
        resolved = [self._places[pair] for pair in pairs]
        if "kelurahan" in self.names:
            batch.columns[self.names.index("kelurahan")] = [place_found[0] for place_found in resolved]
        batch.columns[self.names.index("kecamatan")] = [place_found[1] for place_found in resolved]
        if any(self._places[pair][2] for pair in different):
            for row, (_kelurahan, _kecamatan, notes) in zip(batch.rows, resolved, strict=True):
                for place_note in notes:
                    self._findings.append(RowNote(row, about(place_note), place_note))

    def _find_sectors(self, batch: Batch) -> None:
        texts = self._column(batch, "sector")
        for text in set(texts) - self._sectors.keys():
            self._sectors[text] = self.known.sector_code(text)
        codes = [self._sectors[text] for text in texts]
        kbli = self._column(batch, "kbli")
        for index, code in enumerate(codes):
            if code is None:
                codes[index] = self._sector_of(batch, index, texts[index], kbli[index])
        batch.columns[self.names.index("sector")] = codes

    def _sector_of(self, batch: Batch, index: int, text: str | None, kbli: str | None) -> str | None:
        """The sector that follows from a row's KBLI, for a row whose sector is missing or unknown.

        An unknown word is set aside; with a KBLI it is kept in the other columns.
        """
        row = batch.rows[index]
        code = self.known.sector_of_kbli(kbli.partition(",")[0]) if kbli else None
        if code:
            self._findings.append(RowNote(row, "sector", note("sector-from-kbli", sector=self._labels[code])))
        if text is not None and code:
            batch.extra[index] = {**(batch.extra[index] or {}), self._heading("sector"): text}
        elif text is not None:
            if text not in self._unknown_sectors:
                self._unknown_sectors[text] = unknown_word(
                    text, [self._labels[code] for code in self.known.sector_hint(text)]
                )
            problem = Unreadable("unknown-sector", **self._unknown_sectors[text])
            self._findings.append(self._unreadable(row, "sector", text, problem))
        return code

    def _heading(self, name: str) -> str:
        return self._headings.get(name) or BUSINESS[name].headings[0]

    def _unreadable(self, row: int, name: str, text: str, problem: Unreadable) -> UnreadableCell:
        return UnreadableCell(row, BUSINESS[name], self._heading(name), text, problem)

    def _find_units(self, batch: Batch) -> None:
        """Replace units by their usual spelling; `kg/bulan` gives the period too."""
        units, periods = self._column(batch, "capacity_unit"), self._column(batch, "capacity_period")
        for text in set(units) - self._units.keys():
            self._units[text] = self._unit(text)
        for index, text in enumerate(units):
            unit, period, known = self._units[text]
            units[index] = unit
            periods[index] = periods[index] or period
            if not known:
                unit_note = note("unknown-unit", unit=text, name=_("NAME"))
                self._findings.append(RowNote(batch.rows[index], "capacity_unit", unit_note))

    def _unit(self, text: str | None) -> tuple[str | None, str | None, bool]:
        """The unit, the period, and whether the unit is known."""
        if text is None:
            return None, None, True
        unit_text, _sign, per = text.partition("/")
        period = _PER.get(key(per))
        wanted = key(unit_text if period else text)
        unit = self.known.unit_aliases.get(wanted) or shipped.units().get(wanted)
        return unit or (unit_text.strip() if period else text), period, unit is not None

    def _check_dates(self, batch: Batch) -> None:
        opened, closed = self._column(batch, "registered_on"), self._column(batch, "closed_on")
        for index, (row, first, last) in enumerate(zip(batch.rows, opened, closed, strict=True)):
            if first and last and last < first:
                problem = Unreadable("end-before-start", start=first)
                self._findings.append(self._unreadable(row, "closed_on", last, problem))
                closed[index] = None

    def _empty_zeros(self, batch: Batch) -> None:
        """Rows whose figures are all 0 say that nobody knows them: `-` is stored as 0 in a workbook of amounts."""
        names = [name for name in _FIGURES if name in self.names]
        if len(names) < _FEWEST_ZEROS:
            return
        figures = [self._column(batch, name) for name in names]
        for index in [index for index, value in enumerate(figures[-1]) if value == 0]:
            values = [column[index] for column in figures]
            if any(values) or values.count(0) < _FEWEST_ZEROS:
                continue
            for column in figures:
                column[index] = None
            self._findings.append(RowNote(batch.rows[index], names[-1], note("zeros")))

    def _check_workers(self, batch: Batch) -> None:
        """Compare a total with the sum of men and women; it is kept only if one of the two is missing."""
        names = ("workers_male", "workers_female", "workers_total")
        male, female, total = (self._column(batch, name) for name in names)
        for index, row in enumerate(batch.rows):
            if None in (male[index], female[index], total[index]):
                continue
            if male[index] + female[index] != total[index]:
                total_note = note("total-differs", sum=male[index] + female[index], total=total[index])
                self._findings.append(RowNote(row, "workers_total", total_note))
            total[index] = None
