"""Groups A and C of the list: files and their structure, and what an import makes of formulas."""

from tests.bad_input.case import IMPORT, Case, literal, name, owned, refused, set_aside, sheet, taken
from tests.sheets import writing

#: The first bytes of a gzip file.
PACKED = b"\x1f\x8b\x08" + bytes(17)

ERNA = "Nama Usaha,Pemilik\r\nRendang Uni Erna,Erna\r\n"
HTML = "<html><head><title>Data IKM</title></head><body><table><tr><td>Nama Usaha</td></tr></table></body></html>"

STRUCTURE = (
    refused("A1", b"", "it is empty"),
    taken("A2", "Nama Usaha,Pemilik\r\n", "no rows below the header row", unchanged=True, count=0),
    refused("A3", b"\xef\xbb\xbf", "it is empty"),
    taken("A4", b"\xef\xbb\xbf" + ERNA.encode(), "encoding UTF-8", stored={"name": "Rendang Uni Erna"}, count=1),
    *(
        taken(f"A5-{encoding}", mark + ERNA.replace(",", "\t").encode(encoding), "UTF-16, separated by tab", count=1)
        for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"))
    ),
    *(
        refused(f"A6-{encoding}", ERNA.encode(encoding), ("UTF-16 without a byte order mark", "--encoding"))
        for encoding in ("utf-16-le", "utf-16-be")
    ),
    taken("A6-named", ERNA.encode("utf-16-le"), command=(*IMPORT, "--encoding", "utf-16-le"), count=1),
    taken("A7", b"Nama Usaha\nCaf\xe9\n", "encoding CP1252", stored={"name": "Café"}, count=1),
    taken("A7-named", b"Nama Usaha\nCaf\xe9\n", "ISO8859-1", command=(*IMPORT, "--encoding", "latin-1"), count=1,
          stored={"name": "Café"}),
    refused("A7-wrong-name", ERNA, "no encoding klingon", command=(*IMPORT, "--encoding", "klingon")),
    refused("A7-named-wrongly", b"Nama Usaha\nCaf\xe9\n", "line 2", command=(*IMPORT, "--encoding", "utf-8")),
    *(
        refused(f"A7-{encoding}", ERNA, "there is no encoding", command=(*IMPORT, "--encoding", encoding))
        for encoding in ("rot13", "base64", "idna", "punycode", "undefined", "unicode_escape", "utf-7", "\x1b[31m")
    ),
    refused("A8", b"Nama Usaha\nCaf\xc3\xa9\nCaf\xe9\n", "mixes encodings: see line 3"),
    refused("A9", b"Nama Usaha\nA\xc0\xafB\n", "see line 2"),
    refused("A10", b"Nama Usaha\nA\xed\xa0\x80B\n", "see line 2"),
    set_aside("A11", b"Nama Usaha,Pemilik\nA\x00B,Erna\n", "contains a control character (U+0000)"),
    taken("A12", ERNA.encode() + b"\x1a", "Ctrl-Z", count=1),
    taken("A13", ERNA.replace("\r\n", "\r"), stored={"owner": "Erna"}, count=1),
    taken("A14", "Nama Usaha,Pemilik\r\nA,Erna\nB,Lina\r\nC,Des\n", count=3),
    *(
        taken(f"A15-{ord(sign):04x}", sheet("Nama Usaha,Keterangan", ("Tenun", f"satu{sign}dua"), ("Sanjai", "x")),
              count=2)
        for sign in "\u2028\u2029"
    ),
    *(
        set_aside(f"A15-{ord(sign):04x}", sheet("Nama Usaha,Keterangan", ("Tenun", f"satu{sign}dua")), "control character")
        for sign in "\x0c\x85"
    ),
    refused("A16", 'Nama Usaha,Pemilik\nA,Erna\n"B,Lina\nC,Des\n', "opened on line 3 is never closed"),
    refused("A17", 'Nama Usaha,Pemilik\n"A"B,Erna\n', "text follows a closing quotation mark on line 2"),
    set_aside("A18", 'Nama Usaha,Pemilik,Alamat,TK LK\nA,Erna,"Jl. A\nNo. 1",1\nB,Lina,x,-2\n', "is below zero"),
    taken("A19", 'Nama Usaha,Pemilik\n"UD ""Maju""",Erna\n', stored={"name": 'UD "Maju"'}, count=1),
    *(
        taken(f"A20-{name}", ERNA.replace(",", sign), f"separated by {name}", count=1, stored={"owner": "Erna"})
        for name, sign in (("semicolon", ";"), ("tab", "\t"), ("bar", "|"), ("comma", ","))
    ),
    refused("A20-other", ERNA.replace(",", "^"), "no header row", count=0),
    taken("A20-named", ERNA.replace(",", "^"), command=(*IMPORT, "--delimiter", "^"), count=1),
    Case("A20-two-signs", ERNA, 2, "--delimiter is a single character", command=(*IMPORT, "--delimiter", ";;")),
    taken("A21", "sep=;\r\n" + ERNA.replace(",", ";"), "separated by semicolon", count=1),
    taken("A22", "Nama Usaha;Kapasitas Produksi\nTenun;2,5\nSanjai;1,25\n", stored={"capacity": 2.5}, count=2),
    refused("A23", "Nama Usaha,Pemilik\nA\n", "cells in this row: 1, in the header row: 2"),
    refused("A24", "Nama Usaha,Pemilik\nA,Erna,x\n", "cells in this row: 3, in the header row: 2"),
    taken("A25", "Nama Usaha,Pemilik\n\nA,Erna\n\n\nB,Lina\n", "empty 3", count=2),
    set_aside("A25-numbers", "Nama Usaha,Pemilik,TK LK\n\nA,Erna,1\n\n\nB,Lina,-1\n", "below zero"),
    taken("A26", "Nama Usaha,Pemilik,,,\nA,Erna,,,\n", "ends in empty cells", count=1),
    taken("A27", "Nama Usaha,Pemilik\nA,Erna\n,\n,\n", "empty 2", count=1),
    refused("A28", "Nama Usaha,Nama Usaha,Pemilik\nA,B,Lina\n", "two columns are called “Nama Usaha”"),
    refused("A28-spelling", "Nama Usaha,Pemilik,NAMA USAHA \nA,Erna,B\n", "two columns are called"),
    taken("A29", "\u200bNAMA\u00a0 usaha ,pemilik\nA,Erna\n", stored={"owner": "Erna"}, count=1),
    taken("A30", "Nama Usaha,Warna\nA,merah\n", "Kept as other columns: Warna", stored={"extra": {"Warna": "merah"}}),
    refused("A31", "Alamat,Warna\nJl. A 1,merah\n", ("a column for: Name", "found: Alamat, Warna")),
    taken("A32", ERNA + "Nama Usaha,Pemilik\r\nTenun,Des\r\n", "repeated header rows 1", count=2),
    taken("A33", "DATA IKM,\nTAHUN 2021,\n" + ERNA, "above the header row 2", count=1),
    taken("A34", "Nama Usaha,TK LK\nA,2\nJUMLAH,3\n", "the total of TK LK says 3, the rows make 2", count=1),
    taken("A34-quantity", 'Nama Usaha,Kapasitas\nA,"1,5"\nB,"2,2"\nJUMLAH,"3,8"\n', "the total of Kapasitas says 3.8", count=2),
    taken("A34-quantity-agrees", 'Nama Usaha,Kapasitas\nA,"1,5"\nB,"2,2"\nJUMLAH,"3,7"\n', "totals and subtotals 1", count=2, hidden="the rows make"),
    taken("A34-unit", "Nama Usaha,Investasi (Rp.000)\nA,2000\nB,3000\nJUMLAH,5002\n", "the rows make 5,000,000", count=2),
    taken("A34-unit-rounded", "Nama Usaha,Investasi (Rp.000)\nA,2000\nB,3000\nJUMLAH,5001\n", "totals and subtotals 1", count=2, hidden="the rows make"),
    taken("A34-agrees", "Nama Usaha,TK LK\nA,2\nJUMLAH,2\n", "totals and subtotals 1", count=1, hidden="the rows make"),
    taken("A34-spaced", "Nama Usaha,Pemilik,TK LK\nA,Erna,2\nJ U M L A H,,2\n", "totals and subtotals 1", count=1),
    taken("A34-a-name", "Nama Usaha,Pemilik,TK LK\nTotal Usaha Mandiri,Erna,2\n", count=1),
    refused("A35", sheet("Nama Usaha,Keterangan", ("A", "x" * 131_073)), "has 131073 characters"),
    refused("A36", b"Nama Usaha" + b"x" * 20_000_000, "its first line is too long"),
    refused("A36-later", b"Nama Usaha,Pemilik\nA," + b"x" * 20_000_000 + b"\n", "a value on line 2 is too long"),
    refused("A38", ",".join(["Nama Usaha", *(f"k{n}" for n in range(10_000))]) + "\n", "it has 10001 columns"),
    refused("A39-csv", HTML, "a web page (HTML)"),
    refused("A39-xls", HTML, "a web page (HTML)", ending="xls"),
    refused("A39-doctype", "\r\n<!DOCTYPE html>" + HTML, "a web page (HTML)", ending="xls"),
    refused("A39-xml", '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
            "an XML spreadsheet of 2003", ending="xls"),
    refused("A40-folder", "", "it is a folder", command=("import-businesses", ".", "--yes")),
    refused("A40-device", "", "it is a device", command=("import-businesses", "/dev/zero", "--yes")),
    refused("A40-missing", "", "there is no such file", command=("import-businesses", "nosuch.csv", "--yes")),
    refused("A42-gzip", PACKED, "a compressed file (gzip)"),
    refused("A42-zip", writing.zipped({"ikm.csv": ERNA}), "a compressed file (zip)"),
    refused("A42-pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
    refused("A42-picture", b"\x89PNG\r\n\x1a\n\x00\x00", "a picture", ending="xlsx"),
    refused("A42-binary", bytes(range(256)) * 8, ""),
    refused("A-aggregate", "Kecamatan,Jumlah Unit,Tenaga Kerja\nLamposi,200,10\nTimur,3,4\n", "a column for: Name"),
    refused("A-no-heading", "1,Rendang Uni Erna,Erna,1376994505800001\n2,Sanjai,Lina,1376994505800002\n",
            "no header row", hidden="1376994505800001"),
    refused("A-no-record", "No;Nama Usaha;Alamat\n1,Toko A,Jl. A\n", "its only row was not recognised as a record"),
    refused("A-apostrophe", "'Nama Usaha','Pemilik'\n'Toko A','Erna'\n'Ma'mur','Des'\n",
            "text follows a closing quotation mark on line 3"),
    taken("A-single-quotes", "'Nama Usaha','Pemilik'\n'Toko A','Erna, Des'\n", "single quotation marks", count=1,
          stored={"owner": "Erna, Des"}),
    taken("A-saved-twice", 'Nama Usaha,Pemilik\n"Toko A,""Erna, Des"""\n', "the file was saved twice", count=1,
          stored={"owner": "Erna, Des"}),
    taken("A-no-cell-readable", "Nama Usaha;Kategori\n" + "".join(f"Toko {row};Surakarta\n" for row in range(12)),
          "none of its 12 cells can be read as Sector", count=12),
    refused("A-women-or-all", "Nama Usaha;TK LK;TK PR\n" + "".join(f"Toko {row};;{row + 1}\n" for row in range(12)),
            ("it may hold all workers", '--map "TK PR=workers_female|workers_total"')),
)  # fmt: skip

FORMULAS = (
    literal("C73", "=cmd|'/c calc'!A0"),
    taken("C74", owned("No. HP", "+6281234567890"), stored={"phone": "081234567890"}),
    literal("C75-sum", "@SUM(A1)"),
    literal("C75-minus", "-5"),
    literal("C76", "＝1+1"),
    literal("C78", 'a";=1+1'),
    literal("C80", '=HYPERLINK("http://evil";"Klik")'),
    taken("C79", name("'=1"), stored={"name": "=1"}),
    refused("C82", sheet("Nama Usaha,Keterangan", ("A", "x" * 40_000)), "has 40000 characters"),
)

FILES = (*STRUCTURE, *FORMULAS)
