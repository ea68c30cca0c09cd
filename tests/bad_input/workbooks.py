"""Group G of the list: workbooks that are broken, hostile, protected, or hold more than values."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from tests.bad_input.case import Case, refused, set_aside, taken
from tests.sheets.writing import ods, repacked, xls, xlsx, zipped

ONE = [("Nama Usaha", "Nama Pemilik", "TK LK"), ("Rendang Uni Erna", "Erna", 2)]
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def book(*rows: tuple[Any, ...], dress: Callable[[Any], None] | None = None) -> bytes:
    """A workbook of Excel with one sheet."""
    return xlsx({"IKM": rows}, dress)


def changed(data: bytes, part: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """The workbook with one of its parts changed."""
    return repacked(data, lambda name, content: change(content) if name == part else content)


def with_parts(data: bytes, added: Mapping[str, bytes]) -> bytes:
    """The workbook with these parts more."""
    parts = {}

    def keep(name: str, old: bytes) -> bytes:
        parts[name] = old
        return old

    repacked(data, keep)
    return zipped({**parts, **added})


def hidden(book: Any) -> None:
    book["IKM"].row_dimensions[2].hidden = True
    book["IKM"].column_dimensions["C"].hidden = True


def rows_of_xml(rows: str, dimension: str = "A1:C2") -> bytes:
    """A workbook whose sheet holds these rows of XML."""
    content = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    )
    return changed(book(*ONE), SHEET, lambda old: content.encode())


def row(number: int, **texts: str) -> str:
    """A row of XML: column → text."""
    cells = "".join(
        f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for column, text in texts.items()
    )
    return f'<row r="{number}">{cells}</row>'


def prefixed(content: bytes) -> bytes:
    """The XML as programs write it that put a prefix before every name."""
    return content.replace(b"<", b"<q:").replace(b"<q:/", b"</q:").replace(b"xmlns=", b"xmlns:q=")


def many_empty_cells(content: bytes) -> bytes:
    rows = content.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1000000">')
    return rows.replace(b"<table:table-cell office", b'<table:table-cell table:number-columns-repeated="1000" office')


def encrypted(content: bytes) -> bytes:
    return content.replace(
        b"/></manifest:manifest>", b"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )


def encrypted_zip(data: bytes) -> bytes:
    """A zip whose parts say that they need a password."""
    found = bytearray(data)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = found.find(sign)
        while place >= 0:
            found[place + at] |= 1
            place = found.find(sign, place + 4)
    return bytes(found)


def filepass(data: bytes) -> bytes:
    """An .xls that says behind its first record that a password is needed."""
    end = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    record = b"\x2f\x00\x06\x00\x00\x00\x59\xb3\x0a\x9a"
    return data[:end] + record + data[end + len(record) :]


HEAD = row(1, A="Nama Usaha", B="Pemilik", C="TK LK")
ERNA = row(2, A="Rendang Uni Erna", B="Erna", C="2")
FAR = row(1_048_576, XFD="x")
LAUGHS = '<!DOCTYPE x [<!ENTITY l0 "ha">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def entity(document: str, name: str) -> Callable[[bytes], bytes]:
    return lambda old: old.replace(b"<workbook", f'{document}<workbook a="&{name};"'.encode(), 1)


WORKBOOKS = (
    refused("G125-empty-cells", rows_of_xml(HEAD + FAR), ("reaches to row 1048576, column 16384", "delete the empty rows"),
            ending="xlsx"),
    refused("G125-out-of-order", rows_of_xml(HEAD + '<row r="2"><c r="XFD1048576"><v>1</v></c><c r="A2"/></row>'),
            "reaches to row 1048576, column 16384", ending="xlsx"),
    refused("G125-prefixed", changed(rows_of_xml(HEAD + FAR), SHEET, prefixed), "reaches to row 1048576", ending="xlsx"),
    refused("G125-single-quotes", changed(rows_of_xml(HEAD + FAR), SHEET, lambda old: old.replace(b'"', b"'")),
            "reaches to row 1048576", ending="xlsx"),
    refused("G125-without-places", rows_of_xml(HEAD + '<row r="1048576">' + "<c><v>1</v></c>" * 16_000 + "</row>"),
            "reaches to row", ending="xlsx"),
    refused("G125-ods", changed(ods({"IKM": ONE}), "content.xml", many_empty_cells), "too many for the memory", ending="ods"),
    taken("G125-prefixed-and-small", changed(book(*ONE), SHEET, prefixed), count=1, ending="xlsx"),
    refused("G126-laughs", changed(book(*ONE), BOOK, entity(LAUGHS, "l11")), "a broken workbook", ending="xlsx"),
    refused("G126-external", changed(book(*ONE), BOOK, entity(OUTSIDE, "e")), "a broken workbook", ending="xlsx",
            hidden="root:"),
    refused("G126-laughs-ods", changed(ods({"IKM": ONE}), "content.xml", lambda old: LAUGHS.encode() + old.replace(
        b"Erna", b"&l11;")), "a broken workbook", ending="ods"),
    taken("G127", with_parts(book(*ONE), {"xl/vbaProject.bin": b"x"}), "its macros were not run", ending="xlsm", count=1),
    refused("G128", book(("Nama Usaha", "Kelurahan", "TK LK"), ("Rendang", "Talang", 1), (None, "Tiakar", 2),
                         dress=lambda book: book["IKM"].merge_cells("A2:A3")), "is required", ending="xlsx"),
    set_aside("G129-no-result", book(*ONE, ("Sanjai", "Lina", "=1+1")), "contains a formula without a result", ending="xlsx"),
    set_aside("G129-error", book(*ONE, ("Sanjai", "Lina", "#REF!")), "contains a spreadsheet error", ending="xlsx"),
    set_aside("G129-error-in-a-name", book(*ONE, ("#N/A", "Lina", 1)), "contains a spreadsheet error", ending="xlsx"),
    taken(
        "G129-empty-result",
        changed(
            book(*ONE, ("Sanjai", "Lina", "=IF(1,A1)")),
            SHEET,
            lambda old: old.replace(b'<c r="C3">', b'<c r="C3" t="str">'),
        ),
        ending="xlsx",
        count=2,
    ),
    taken("G130", book(*ONE, dress=hidden), ("1 hidden row", "1 hidden column"), ending="xlsx", count=1),
    taken("G131-too-small", rows_of_xml(HEAD + ERNA + row(3, A="Sanjai", B="Lina", C="1"), "A1:B1"), ending="xlsx", count=2),
    taken("G131-too-large", rows_of_xml(HEAD + ERNA, "A1:XFD1048576"), ending="xlsx", count=1),
    refused("G132-xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password", ending="xlsx"),
    refused("G132-zip", encrypted_zip(book(*ONE)), "protected by a password", ending="xlsx"),
    refused("G132-xls", filepass(xls({"IKM": ONE})), "protected by a password", ending="xls"),
    refused("G132-ods", changed(ods({"IKM": ONE}), "META-INF/manifest.xml", encrypted), "protected by a password",
            ending="ods"),
    refused("G132-xlsb", zipped({"xl/workbook.bin": b"x"}), "a binary workbook (.xlsb)", ending="xlsb"),
    refused("G132-docx", zipped({"word/document.xml": "<x/>"}), "a Word document", ending="xlsx"),
    refused("G132-odt", changed(ods({"IKM": ONE}), "mimetype", lambda old: b"application/vnd.oasis.opendocument.text"),
            "an OpenDocument file of another kind", ending="ods"),
    set_aside("G133-boolean", book(("Nama Usaha", "Pemilik"), (True, "Erna")), "", ending="xlsx"),
    set_aside("G133-date", book(("Nama Usaha", "Pemilik"), (date(2021, 10, 11), "Erna")), "", ending="xlsx"),
    set_aside("G133-time", book(("Nama Usaha", "Pemilik", "Alamat"), ("Tenun", "Erna", time(10, 30))), "", ending="xlsx"),
    taken("G133-number", book(("Nama Usaha", "Pemilik", "Alamat"), ("Tenun", "Erna", 12)), stored={"address": "12"},
          ending="xlsx"),
    *(
        refused(f"G134-truncated-{kind}", data[: len(data) * 2 // 3], "a broken workbook", ending=kind)
        for kind, data in (("xlsx", book(*ONE)), ("ods", ods({"IKM": ONE})), ("xls", xls({"IKM": ONE})))
    ),
    refused("G134-start-only", b"PK\x03\x04" + bytes(100), "a broken workbook", ending="xlsx"),
    refused("G134-no-workbook", changed(book(*ONE), BOOK, lambda old: None), "a broken workbook", ending="xlsx"),
    refused("G134-no-sheet", changed(book(*ONE), SHEET, lambda old: None), "", ending="xlsx"),
    refused("G134-no-links", changed(book(*ONE), "xl/_rels/workbook.xml.rels", lambda old: None), "a broken workbook",
            ending="xlsx"),
    refused("G134-broken-sheet", changed(book(*ONE), SHEET, lambda old: old[: len(old) // 2]), "", ending="xlsx"),
    refused("G134-empty", book(), "all of its sheets are empty", ending="xlsx"),
    refused("G134-empty-xls", xls({"IKM": []}), "all of its sheets are empty", ending="xls"),
    refused("G134-empty-ods", ods({"IKM": []}), "all of its sheets are empty", ending="ods"),
    refused("G134-ole", OLE, "a broken workbook", ending="xls"),
    taken("G134-two-sheets", xlsx({"A": ONE, "B": [ONE[0], ("Sanjai", "Lina", 1)]}), "has 1 other record",
          ending="xlsx", count=1),
    Case("G134-which-sheet", book(*ONE), 3, ("it has no sheet “Rekap”", "Its sheets are: IKM"), ending="xlsx",
         command=("import-businesses", "{file}", "--yes", "--sheet", "Rekap")),
)  # fmt: skip
