"""Opens a file as sheets. The format is recognised by the content, not by the name."""

from collections.abc import Callable

from ikmctl.errors import FileRefused
from ikmctl.language import N_, _
from ikmctl.sheets.formats.cells import Sheet
from ikmctl.sheets.formats.source_copy import ReadOptions, Score, copy_of

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_REFUSED = (
    (b"%PDF", N_("a PDF"), N_("Ask for the spreadsheet it was printed from.")),
    (b"\x1f\x8b", N_("a compressed file (gzip)"), N_("Extract it and give the file inside.")),
    (b"Rar!", N_("a compressed file (RAR)"), N_("Extract it and give the file inside.")),
    (b"7z\xbc\xaf", N_("a compressed file (7z)"), N_("Extract it and give the file inside.")),
    (b"\x89PNG", N_("a picture"), N_("Ask for the spreadsheet it shows.")),
    (b"\xff\xd8\xff", N_("a picture"), N_("Ask for the spreadsheet it shows.")),
    (b"SQLite format 3", N_("an SQLite file"), N_("Name a spreadsheet.")),
)
_MARKUP = (
    (b"<?mso-application", N_("an XML spreadsheet of 2003")),
    (b"urn:schemas-microsoft-com:office:spreadsheet", N_("an XML spreadsheet of 2003")),
    (b"<html", N_("a web page (HTML)")),
    (b"<!doctype html", N_("a web page (HTML)")),
    (b"<table", N_("a web page (HTML)")),
)


def read_sheets(path: str, reading: ReadOptions, score: Score, standard_input: Callable[[], bytes]) -> list[Sheet]:
    """The sheets of a file, or of standard input for `-`, in the order of the file. Raises FileRefused.

    `score` tells how well rows fit a known header row, to choose the delimiter of a text file.
    """
    copy = copy_of(path, standard_input)
    start = copy.start(4096)
    _refuse_foreign(copy.name, start)
    if start.startswith(_WORKBOOKS):
        from ikmctl.sheets.formats import workbook

        return workbook.read(copy)
    from ikmctl.sheets.formats import csv_file

    return [csv_file.read(copy, reading, score)]


def _refuse_foreign(name: str, start: bytes) -> None:
    for sign, kind, advice in _REFUSED:
        if start.startswith(sign):
            raise FileRefused(
                file=name, reason=_("it is {kind}, not a spreadsheet").format(kind=_(kind)), advice=_(advice)
            )
    visible = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if visible.startswith(b"<"):
        kind = next((kind for sign, kind in _MARKUP if sign in visible), N_("an XML file"))
        raise FileRefused(
            file=name,
            reason=_("it is {kind}, not a spreadsheet, despite its name").format(kind=_(kind)),
            advice=_("Open it in Excel, save it as an Excel workbook (.xlsx), and import that."),
        )
