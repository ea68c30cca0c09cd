"""The event that the rows above a list of participants name.

Either a line says what it gives (`Kegiatan : Pelatihan Batik`, `Hari/Tanggal : Selasa, 12 Maret 2024`), or the title
names the event (`DAFTAR HADIR PELATIHAN BATIK ANGKATAN II TANGGAL 12 S/D 14 MARET 2024 DI AULA DINAS`).
"""

import re
from collections.abc import Iterator

from ikmctl.domain.event_titles import find_kind
from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values.dates import read_span
from ikmctl.sheets.formats.cells import cell_text
from ikmctl.sheets.table.choose_sheet import ChosenSheet
from ikmctl.sheets.table.columns import KnownHeadings

_FIELDS = ("event", "starts_on", "ends_on", "batch", "venue")
#: Characters of a cell above the table that are read.
_LONGEST = 300
_LABELLED = re.compile(r"([^:]{3,40}?)\s*:\s*(\S.*)")
#: Offices, whose names may hold a word for a kind of event (“Balai Pelatihan Industri”), and letters with their dates.
_NO_TITLE = re.compile(
    r"(?i)\s*(?:pemerintah|dinas|kementerian|balai|upt|uptd|bidang|seksi|badan|lembaga"
    r"|lampiran|nomor|no|surat|keputusan|sk|perihal)\b"
)
_DAY = r"\d{1,2}(?:\s+[a-z]{3,9}\.?,?|\s*[/.-]\s*\d{1,2}\s*[/.-])\s*\d{4}"
_TO = r"\s*(?:s/d|s\.d\.?|sd|sampai(?:\s+dengan)?|hingga|–|—|-)\s*"
_DATE = re.compile(rf"(?i)(?:\d{{1,2}}{_TO}|\d{{1,2}}\s+[a-z]{{3,9}}(?:\s+\d{{4}})?{_TO}|{_DAY}{_TO})?{_DAY}")
_BATCH = re.compile(r"(?i)\b(?:angkatan|batch)\s+(?:ke[\s-]*)?([ivx]+|\d+)\b")
_VENUE = re.compile(r"(?i)(?:bertempat\s+)?di\s+(?!kota\b|kabupaten\b|kecamatan\b|kelurahan\b)(.{3,})")
#: What stands between the name of an event and its date.
_LINKS = re.compile(
    r"(?i)[\s,:(–-]*\b(?:(?:pada|hari|tanggal|tgl|senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\b[\s/,.:]*)+$"
)


def event_of_titles(chosen: ChosenSheet, known: KnownHeadings) -> dict[str, str]:
    """What the rows above the header row say of the event: column of a list of participants → text; dates are ISO.

    Empty if they do not name an event.
    """
    labelled: dict[str, str] = {}
    titled: dict[str, str] = {}
    others: dict[str, str] = {}
    for line in _lines(chosen):
        if said := _labelled(line, known):
            labelled = said | labelled
        elif not _NO_TITLE.match(line):
            said = _from_title(line)
            (titled, others) = (titled or said, others) if "event" in said else (titled, said | others)
    found = others | titled | labelled
    return {name: found[name] for name in _FIELDS if name in found} if "event" in found else {}


def _lines(chosen: ChosenSheet) -> Iterator[str]:
    """The texts above the header row; a colon joins a label and the cell beside it."""
    for row in chosen.sheet.rows():
        if row.number >= chosen.header.first:
            return
        cells = [" ".join(text[:_LONGEST].split()) for cell in row.cells if (text := cell_text(cell)).strip(" :")]
        yield from [": ".join((cells[0].rstrip(" :"), " ".join(cells[1:]).lstrip(" :")))] if len(cells) > 1 else cells


def _labelled(line: str, known: KnownHeadings) -> dict[str, str]:
    """The value of a line whose label is a heading of an event."""
    parts = _LABELLED.fullmatch(line)
    field = known.field(parts[1]) if parts else None
    if not parts or not field or field.name not in _FIELDS:
        return {}
    if field.name == "event":
        return _from_title(parts[2]) | {"event": _name(parts[2])}
    return _days(parts[2]) if field.name in ("starts_on", "ends_on") else {field.name: parts[2]}


def _days(text: str) -> dict[str, str]:
    """The first and the last day of a text; empty if it has none."""
    found = _DATE.search(text)
    try:
        first, last, _notes = read_span(found[0] if found else "")
    except Unreadable:
        return {}
    return {"starts_on": first, "ends_on": last}


def _from_title(line: str) -> dict[str, str]:
    """The event, its days, its batch and its venue, as a title names them."""
    found = _days(line)
    date, kind = _DATE.search(line), find_kind(line)
    if batch := _BATCH.search(line):
        found["batch"] = batch[1]
    if venue := _VENUE.search(line, date.end() if date else len(line)):
        found["venue"] = venue[1].strip(" ,.")
    if kind:
        found["event"] = _name(line[kind.start() :])
    return found


def _name(text: str) -> str:
    """The name of an event: what a text says before its date and its batch."""
    ends = [match.start() for match in (_DATE.search(text), _BATCH.search(text)) if match and match.start()]
    return _LINKS.sub("", text[: min(ends, default=len(text))]).strip(" ,.:(-–")
