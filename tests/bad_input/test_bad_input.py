"""Hostile and broken input: what each must get. Groups B, D, E and F are here, A, C and G in files.py and workbooks.py.

A case is a spreadsheet (or a command), the exit status, a part of what is said in English, and whether the registry's
bytes must be as before. Whatever happens, no control character and nothing that reverses a line reaches the terminal.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ikmctl import main
from tests.bad_input.case import FILE, IMPORT, Case, literal, name, owned, refused, set_aside, sheet, taken
from tests.bad_input.files import FILES
from tests.bad_input.workbooks import WORKBOOKS
from tests.conftest import Outcome

NEXT_YEAR = date.today().year + 1
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")

WOMAN, MAN = "1376045107800001", "1376041107800001"
ERNA = sheet("Nama Usaha,Pemilik,Kelurahan,TK LK", ("Rendang Uni Erna", "Erna", "Tiakar", "2"))
#: Two rows of one name and owner that nothing tells apart, with different values.
TWINS = sheet("Nama Usaha,Pemilik,TK LK,No. HP", ("Tenun", "Des", "1", "081200001234"), ("TENUN", "des", "2", ""))

TEXT = (
    literal("B45", "[red]x[/red]"),
    taken("B45-other-texts", sheet("Nama Usaha,Pemilik,Warna", ("Tenun", "[bold]Des[/bold]", "[red]merah[/red]")),
          stored={"owner": "[bold]Des[/bold]", "extra": {"Warna": "[red]merah[/red]"}}, shown="[bold]Des[/bold]"),
    set_aside("B45-in-a-message", owned("TK LK", "[red]x[/red]"), ("[red]x[/red]", "is not a number")),
    literal("B46", "PT [/] Maju"),
    set_aside("B46-in-a-message", owned("TK LK", "[/]"), ("[/]", "is not a number")),
    literal("B47", "[link=http://evil]Klik[/link]"),
    refused("B48-colour", name("\x1b[31mRendang"), "contains a control character (U+001B)"),
    refused("B48-clear", name("\x1b[2JRendang"), "contains a control character (U+001B)"),
    set_aside("B48-owner", sheet("Nama Usaha,Pemilik", ("Tenun", "\x1b[31mDes")), "contains a control character (U+001B)"),
    set_aside("B48-notes", sheet("Nama Usaha,Keterangan", ("Tenun", "\x1b[31mDes")), "a control character (U+001B)"),
    taken("B48-extra", sheet("Nama Usaha,Warna", ("Tenun", "\x1b[31mmerah")), "control characters are shown by their numbers",
          stored={"extra": {"Warna": "<U+001B>[31mmerah"}}),
    set_aside("B48-number", owned("TK LK", "\x1b[31m5"), "is not a number"),
    set_aside("B48-date", owned("Tanggal Daftar", "\x1b[31m11/10/2021"), "is not a date"),
    set_aside("B48-choice", owned("Jenis Kelamin", "\x1b[31mL"), "contains a control character"),
    set_aside("B48-sentra", owned("Sentra", "\x1b[31mRajut"), "contains a control character (U+001B)"),
    taken("B48-heading", sheet("Nama Usaha,\x1b[31mWarna", ("Tenun", "merah"))),
    refused("B48-argument", "", "contains a control character (U+001B)", command=("add-business", "\x1b[31mRendang")),
    refused("B49-title", name("\x1b]0;judul\x07Rendang"), "contains a control character"),
    refused("B49-link", name("\x1b]8;;http://evil\x1b\\Klik\x1b]8;;\x1b\\"), "contains a control character"),
    refused("B49-clipboard", name("\x1b]52;c;aGFsbG8=\x07"), "contains a control character"),
    refused("B50-csi", name("\x9b31mRendang"), "contains a control character (U+009B)"),
    refused("B50-dcs", name("\x90q\x9cRendang"), "contains a control character (U+0090)"),
    taken("B51-cr-name", name("Lunas\rBelum"), "a line break or tab was replaced with a space", stored={"name": "Lunas Belum"}),
    refused("B51-bs", name("Lunas\x08\x08\x08\x08\x08Belum"), "contains a control character (U+0008)"),
    set_aside("B51-bs-notes", sheet("Nama Usaha,Keterangan", ("Tenun", "Lunas\x08Belum")), "control character (U+0008)"),
    taken("B51-cr-notes", sheet("Nama Usaha,Keterangan", ("Tenun", "Lunas\rBelum")), stored={"notes": "Lunas Belum"}),
    taken("B51-cr-owner", sheet("Nama Usaha,Pemilik", ("Tenun", "Erna\rWati")), stored={"owner": "Erna Wati"}),
    refused("B52-bel", name("Ren\x07dang"), "contains a control character (U+0007)"),
    refused("B52-vt", name("Ren\x0bdang"), "contains a control character (U+000B)"),
    refused("B52-ff", name("Ren\x0cdang"), "contains a control character (U+000C)"),
    refused("B52-del", name("Ren\x7fdang"), "contains a control character (U+007F)"),
    refused("B52-del-at-the-end", name("Rendang\x7f"), "contains a control character (U+007F)"),
    refused("B52-separator", name("Rendang\x1f"), "contains a control character (U+001F)"),
    refused("B53-override", name("Rendang\u202egnadneR"), "reverses the text (U+202E)"),
    refused("B53-isolate", name("Rendang\u2066x\u2069"), "reverses the text (U+2066)"),
    refused("B53-argument", "", "reverses the text (U+202E)", command=("add-business", "Ren\u202edang")),
    *(
        taken(f"B54-{ord(sign):04x}", name(f"Te{sign}nun"), "invisible characters were removed",
              stored={"name": "Tenun"})
        for sign in "\u200b\u200c\u200d\u2060\u00ad\ufeff"
    ),
    taken("B54-twice", sheet("Nama Usaha,Pemilik", ("Tenun", "Des"), ("Te\u200bnun", "D\u00ades")),
          "is the same as row 2", count=1),
    taken("B54-again", sheet("Nama Usaha,Pemilik", ("Te\u200bnun", "Des")), "Nothing to do", count=1, unchanged=True,
          before=(sheet("Nama Usaha,Pemilik", ("Tenun", "Des")),)),
    literal("B55", "B\u0430tik", "mixes Latin with look-alike letters"),
    taken("B56-stored", name("Cafe\u0301"), stored={"name": "Caf\u00e9"}, shown="Caf\u00e9"),
    taken("B56-twice", sheet("Nama Usaha,Pemilik", ("Caf\u00e9", "Des"), ("Cafe\u0301", "Des")),
          "is the same as row 2", count=1),
    literal("B57-stored", "Ｂａｔｉｋ"),
    refused("B57-compared", sheet("Nama Usaha,Pemilik", ("Ｂａｔｉｋ", "Des")), "--on-duplicate",
            before=(sheet("Nama Usaha,Pemilik", ("Batik", "Des")),)),
    literal("B58-emoji", "Rendang \U0001f525"),
    literal("B58-zwj", "Keluarga \U0001f469\u200d\U0001f469\u200d\U0001f467"),
    literal("B58-flag", "Merah Putih \U0001f1ee\U0001f1e9"),
    literal("B58-heart", "Kasih \u2764\ufe0f\u200d\U0001f525"),
    literal("B59-cjk", "蜡染"),
    literal("B59-arabic", "باتيك"),
    literal("B59-javanese", "ꦧꦠꦶꦏ꧀"),
    refused("B60", name("e" + "\u0301" * 100), "has more than 8 accents on one letter"),
    refused("B61", name("x" * 10_000), "has 10000 characters, the limit is 200"),
    refused("B61-201", name("é" * 201), "has 201 characters, the limit is 200"),
    taken("B61-200", name("x" * 200), stored={"name": "x" * 200}),
    refused("B61-argument", "", "the limit is 200", command=("add-business", "x" * 201)),
    refused("B62-spaces", sheet("Nama Usaha,Alamat", ("   ", "Jl. Melati 1")), "is required"),
    refused("B62-nbsp", sheet("Nama Usaha,Alamat", ("\u00a0\u00a0", "Jl. Melati 1")), "is required"),
    refused("B62-zero-width", sheet("Nama Usaha,Alamat", ("\u200b\u2060", "Jl. Melati 1")), "is required"),
    refused("B62-soft-hyphen", sheet("Nama Usaha,Alamat", ("\u00ad", "Jl. Melati 1")), "is required"),
    refused("B62-line-separator", sheet("Nama Usaha,Alamat", ("\u2028", "Jl. Melati 1")), "is required"),
    refused("B62-argument", "", "is required", command=("add-business", "  ", "--owner", "Des")),
    refused("B62-zero-width-argument", "", "is required", command=("add-business", "\u200b", "--owner", "Des")),
    refused("B62-only-name-column", name("\u200b"), "is required"),
    taken("B63", name("  Rendang   Uni  Erna "), stored={"name": "Rendang Uni Erna"}),
    *(
        taken(f"B64-{kind}", name(f"Rendang{sign}Erna"), "a line break or tab was replaced with a space",
              stored={"name": "Rendang Erna"})
        for kind, sign in (("tab", "\t"), ("lf", "\n"), ("crlf", "\r\n"), ("line-separator", "\u2028"))
    ),
    taken("B64-argument", "", "a line break or tab was replaced with a space", command=("add-business", "Rendang\nErna"),
          stored={"name": "Rendang Erna"}),
    taken("B64-identifiers", sheet("Nama Usaha,NIB,NO. HP",
                                   ("Tenun", "12345\n67890123", "0812-3456-7890,\n0856-1234-5678")),
          stored={"nib": "1234567890123", "phone": "081234567890/085612345678"}),
    refused("B64-escape", name("Rendang\n\x1b[31m"), "contains a control character (U+001B)"),
    taken("B64-other-texts", sheet("Nama Usaha,Alamat", ("Tenun", "Jl. Tan Malaka\nNo. 12\t\u2028RT 1")),
          stored={"address": "Jl. Tan Malaka No. 12 RT 1"}),
    literal("B65", "'; DROP TABLE business;--"),
    literal("B65-quotes", "Robert'); DELETE FROM business; --"),
    *(
        taken(f"B66-{sign}", "", "", command=("list-businesses", "--search", sign), unchanged=True,
              hidden="Tenun Polos", before=(sheet("Nama Usaha", "Rendang 100%", "Rajut_Des", "Tenun Polos"),))
        for sign in ("%", "_", "100%", "t_nun")
    ),
    *(
        taken(f"B67-{words}", "", "", command=("list-businesses", "--search", words), unchanged=True,
              before=(sheet("Nama Usaha", 'Rendang "Uni" Erna', "Tenun-Songket"),))
        for words in ('"', "*", "NEAR(", "-", "rendang*", 'a"b', "AND", "NOT rendang", "name:x", "^x", "(", "{a b}:c",
                      "+", "\u200b", "'", "rendang OR tenun")
    ),
    taken("B67-found", "", "Tenun-Songket", command=("list-businesses", "--search", "tenun-songket"), unchanged=True,
          before=(name("Tenun-Songket"),)),
    *(literal(f"B68-{word}", word) for word in ("null", "None", "NaN", "TRUE", "NULL", "undefined", "true")),
    taken("B68-dash", sheet("Nama Usaha,Pemilik", ("Tenun", "-")), "“-” was treated as empty", stored={"owner": None}),
    taken("B68-na", sheet("Nama Usaha,Pemilik", ("Tenun", "#N/A")), "“#N/A” was treated as empty",
          stored={"owner": None}),
    refused("B68-dash-name", sheet("Nama Usaha,Alamat", ("-", "Jl. Melati 1")), "is required"),
    taken("B68-dash-name-owner", sheet("Nama Usaha,Pemilik", ("-", "Des")), "the value of Owner was used",
          stored={"name": "Des", "owner": "Des"}),
    literal("B69-path", r"C:\new\table"),
    literal("B69-escapes", r"Rendang \n \t \x1b[31m \u202e"),
    literal("B69-trailing", "Rendang\\"),
    literal("B70-private", "Rendang \ue000", "private-use or replacement character"),
    refused("B70-noncharacter", name("Rendang\uffff"), "contains an invalid character (U+FFFF)"),
    refused("B70-fdd0", name("Rendang\ufdd0"), "contains an invalid character (U+FDD0)"),
    refused("B70-unassigned", name("Rendang\u0378"), "contains an invalid character (U+0378)"),
    Case("B71", "", 2, "contains bytes that are not text", command=("add-business", "Ren\udcffdang")),
    Case("B71-option", "", 2, "contains bytes that are not text", command=("add-business", "Tenun", "--owner", "\ud800")),
    refused("B71-file", b"Nama Usaha\nRen\xed\xb2\x80dang\n", "mixes encodings: see line 2"),
    refused("B72", name("Rendang\U000e0041\U000e007f"), "contains an invalid character (U+E0041)"),
)  # fmt: skip

NUMBERS = (
    set_aside("D85-workers", owned("TK LK", "9223372036854775808"), "is larger than"),
    set_aside("D85-money", owned("Nilai Investasi", "9223372036854775808"), "is larger than"),
    set_aside("D85-capacity", owned("Kapasitas Produksi", "9223372036854775808"), "is larger than"),
    set_aside("D85-units", owned("Nilai Investasi (Rp.000)", "9.000.000.000.000.000"), "is larger than"),
    set_aside("D85-words", owned("Nilai Investasi", "9.000.000 triliun"), "is larger than"),
    refused("D85-record-number", sheet("Nomor IKM,Nama Usaha", ("9223372036854775808", "Tenun")), "is not a record number"),
    set_aside("D86", owned("TK LK", "1" + "0" * 5000), "is larger than"),
    set_aside("D86-year", owned("Tahun Berdiri", "2" + "0" * 5000), "is not a year"),
    refused("D86-argument", "", "is larger than",
            command=("add-business", "Tenun", "--investment", "1" + "0" * 5000)),
    set_aside("D87", owned("TK LK", "-1"), "is below zero"),
    set_aside("D87-money", owned("Nilai Investasi", "Rp -1.000.000"), "is below zero"),
    refused("D87-argument", "", "is below zero", command=("add-business", "Tenun", "--workers-male=-1")),
    set_aside("D88-dot", owned("TK LK", "1.5"), "is not a whole number"),
    set_aside("D88-comma", owned("TK LK", "1,5"), "is not a whole number"),
    set_aside("D88-rupiah", owned("Nilai Investasi", "1.000,50"), "not a whole number of rupiah"),
    *(set_aside(f"D89-{text}", owned("TK LK", text), "is not a number")
      for text in ("NaN", "nan", "inf", "-inf", "Infinity")),
    set_aside("D89-capacity", owned("Kapasitas Produksi", "NaN"), "is not a number"),
    set_aside("D89-latitude", owned("Latitude", "NaN"), "is not a coordinate"),
    set_aside("D89-1e400", owned("Kapasitas Produksi", "1e400"), "digits are lost"),
    set_aside("D90-1e3", owned("TK LK", "1e3"), "was shortened by Excel: digits are lost"),
    set_aside("D90-money", owned("Nilai Investasi", "3.374E+15"), "was shortened by Excel: digits are lost"),
    set_aside("D90-comma", owned("Nilai Investasi", "1,27E+15"), "was shortened by Excel: digits are lost"),
    set_aside("D90-nib", owned("NIB", "1,27E+12"), "was shortened by Excel: digits are lost"),
    set_aside("D90-phone", owned("NO. HP", "8.13E+11"), "was shortened by Excel: digits are lost"),
    taken("D91-dot-groups", owned("Nilai Investasi", "1.000"), command=(*IMPORT, "--money-unit", "rupiah"),
          stored={"investment": 1000}),
    refused("D91-too-small-for-rupiah", owned("Nilai Investasi", "28.000"),
            ("half of the amounts are at most Rp 28,000 (rupiah), Rp 28,000,000 (thousand)", "--money-unit rupiah|thousand"),
            count=0),
    taken("D91-indonesian", owned("Kapasitas Produksi", "1.000,50"), stored={"capacity": 1000.5}),
    taken("D91-english", owned("Kapasitas Produksi", "1,000.50"), stored={"capacity": 1000.5}),
    taken("D91-rupiah", owned("Nilai Investasi", "1.500.000,00"), stored={"investment": 1_500_000}),
    set_aside("D91-ambiguous", owned("Nilai Investasi", "1,000"), "may mean 1,000 or 1"),
    set_aside("D91-ambiguous-capacity", owned("Kapasitas Produksi", "1,500"), "may mean 1,500 or 1.5"),
    taken("D91-settled-english", owned("Nilai Investasi", "1,000", "2,500,000"), stored={"investment": 1000}),
    taken("D91-settled-indonesian", owned("Kapasitas Produksi", "1,500", "2.500.000"), stored={"capacity": 1.5}),
    taken("D91-settled-by-decimals", owned("Kapasitas Produksi", "1.500", "2,5"), stored={"capacity": 1500.0}),
    set_aside("D91-contradiction", owned("Nilai Investasi", "1,500", "2,500,000", "2.500.000"), "may mean"),
    taken("D91-thousands", owned("Nilai Investasi (Rp.000)", "28.000"), "Rp 28,000,000",
          stored={"investment": 28_000_000}),
    taken("D92-dash", owned("Nilai Investasi", "Rp 5.000.000,-"), stored={"investment": 5_000_000}),
    taken("D92-jt", owned("Nilai Investasi", "5 jt"), stored={"investment": 5_000_000}),
    taken("D92-miliar", owned("Nilai Investasi", "2,5 M"), stored={"investment": 2_500_000_000}),
    taken("D92-rb", owned("Nilai Investasi", "500 rb"), stored={"investment": 500_000}),
    taken("D92-nothing", owned("Nilai Investasi", " - "), stored={"investment": None}),
    *(set_aside(f"D93-{ord(text[0]):04x}", owned("TK LK", text), "characters other than the digits 0–9") for text in ("٣", "१२", "１２")),
    set_aside("D93-nib", owned("NIB", "１２３４５６７８９０１２３"), "characters other than the digits 0–9"),
    set_aside("D93-year", owned("Tahun Berdiri", "２０１５"), "is not a year"),
    set_aside("D93-date", owned("Tanggal Daftar", "１１/１０/２０２１"), "0–9"),
    *(set_aside(f"D94-{ord(text):04x}", owned("TK LK", text), "characters other than the digits 0–9") for text in "²½⑤Ⅴ"),
    *(set_aside(f"D95-{text}", owned("TK LK", text), "is not a number") for text in ("1_000", "0x10", "0b1", "1e")),
    set_aside("D96", owned("TK LK", "−5"), "characters other than the digits 0–9"),
    taken("D97-minus-zero", owned("TK LK", "-0"), stored={"workers_male": 0}),
    set_aside("D97-plus", owned("TK LK", "+5"), "is not a number"),
    taken("D97-zeros", owned("TK LK", "007"), stored={"workers_male": 7}),
    taken("D97-spaces", owned("TK LK", " 7 "), "spaces around the number were removed", stored={"workers_male": 7}),
    taken("D98-percent", owned("% PEMASARAN EKSPOR", "50%"), stored={"export_percent": 50.0}),
    set_aside("D98-workers", owned("TK LK", "50%"), "is a percentage; a plain number is expected"),
    set_aside("D98-money", owned("Nilai Investasi", "50%"), "is a percentage; a plain number is expected"),
    set_aside("D98-too-much", owned("% PEMASARAN EKSPOR", "150%"), "not between 0 and 100 percent"),
    taken("D99", "", "2000000000000000", command=("summary", "2021", "--format", "json"), unchanged=True,
          before=(sheet("Nama Usaha,Nilai Investasi,Tahun Data,Tanggal Daftar",
                        ("A", "1000000000000000", "2021", "11/10/2021"),
                        ("B", "1000000000000000", "2021", "11/10/2021")),)),
)  # fmt: skip


def day(text: str) -> str:
    return owned("Tanggal Daftar", text)


DATES = (
    set_aside("E100-31-february", day("31/02/2021"), "is a date that does not exist"),
    set_aside("E100-leap", day("29/02/2023"), "is a date that does not exist"),
    taken("E100-leap-day", day("29/02/2024"), stored={"registered_on": "2024-02-29"}),
    taken("E101", day("01/02/03"), "the year was read as 2003", stored={"registered_on": "2003-02-01"}),
    taken("E101-past", day("17/08/99"), "the year was read as 1999", stored={"registered_on": "1999-08-17"}),
    set_aside("E102", day("02/13/2021"), "is a date that does not exist"),
    set_aside("E103-year-0", day("01/01/0000"), ("01/01/0000", "is a date that does not exist")),
    set_aside("E103-zeros", day("0000-00-00"), ("0000-00-00", "is a date that does not exist")),
    set_aside("E103-9999", day("9999-12-31"), f"is outside 1945–{NEXT_YEAR}"),
    set_aside("E103-1944", day("31/12/1944"), f"is outside 1945–{NEXT_YEAR}"),
    taken("E103-1945", day("17/08/1945"), stored={"registered_on": "1945-08-17"}),
    refused("E103-event", "", "is outside",
            command=("add-event", "Workshop", "--kind", "workshop", "--starts-on", "9999-12-31")),
    set_aside("E104", day("44197"), "Excel's internal number for a date (2021-01-01?)"),
    refused("E104-event", "", "Excel's internal number for a date",
            command=("add-event", "Workshop", "--kind", "workshop", "--starts-on", "44197")),
    *(
        taken(f"E105-{text}", day(text), stored={"registered_on": value})
        for text, value in (
            ("5 Januari 2021", "2021-01-05"), ("5 Jan 2021", "2021-01-05"), ("5 Agu 2021", "2021-08-05"),
            ("5 Agt 2021", "2021-08-05"), ("5 Ags 2021", "2021-08-05"), ("5 Agust 2021", "2021-08-05"),
            ("5 Peb 2021", "2021-02-05"), ("5 Nopember 2021", "2021-11-05"), ("5 Sept 2021", "2021-09-05"),
            ("Senin, 11 Oktober 2021", "2021-10-11"), ("5 August 2021", "2021-08-05"), ("2021-10-11", "2021-10-11"),
        )
    ),
    set_aside("E106-week", day("2021-W01-1"), "is not a date"),
    set_aside("E106-compact", day("20210101"), "is not a date"),
    set_aside("E106-ordinal", day("2021-001"), ("2021-001", "is not a date")),
    set_aside("E107-leap-second", day("11/10/2021 23:59:60"), "contains a time that does not exist"),
    set_aside("E107-24", day("11/10/2021 24:00"), "contains a time that does not exist"),
    set_aside("E107-iso", day("2021-10-11T24:00:00"), "contains a time that does not exist"),
    taken("E108-utc", day("2021-10-11T18:30:00Z"), "the date in Indonesia is 2021-10-12",
          stored={"registered_on": "2021-10-12"}),
    taken("E108-wit", day("2021-10-11 01:30 WIT"), "the date in Indonesia is 2021-10-10",
          stored={"registered_on": "2021-10-10"}),
    taken("E108-wib", day("2021-10-11 23:30 WIB"), "the date in Indonesia is 2021-10-11",
          stored={"registered_on": "2021-10-11"}),
    taken("E109-next-year", day(f"31/12/{NEXT_YEAR}"), "is in the future",
          stored={"registered_on": f"{NEXT_YEAR}-12-31"}),
    set_aside("E109-later", day(f"01/01/{NEXT_YEAR + 1}"), f"is outside 1945–{NEXT_YEAR}"),
    refused("E110-event", "", "is before the start",
            command=("add-event", "Workshop", "--kind", "workshop", "--starts-on", "11/10/2021",
                     "--ends-on", "10/10/2021")),
    refused("E110-range", "", "is before the start",
            command=("add-event", "Workshop", "--kind", "workshop", "--starts-on", "17-13 September 2021")),
    refused("E110-edit", "", "is before the start", command=("edit-event", "1", "--ends-on", "01/10/2021"),
            before=(("add-event", "Workshop", "--kind", "workshop", "--starts-on", "11/10/2021"),)),
    set_aside("E110-business", sheet("Nama Usaha,Tanggal Daftar,Tanggal Tutup", ("Tenun", "11/10/2021", "10/10/2021")),
            "is before the start"),
    refused("E110-add-business", "", "is before the start",
            command=("add-business", "Tenun", "--registered-on", "11/10/2021", "--closed-on", "10/10/2021")),
    set_aside("E110-range-in-a-date", day("8 s/d 28 Februari 2019"), "is a range of days; one date is expected"),
)  # fmt: skip

RAJUT = (
    ("add-business", "Kelompok A", "--form", "group"),
    ("add-business", "Kelompok B", "--form", "group", "--group", "Kelompok A"),
)
WORKSHOP = ("add-event", "Workshop", "--kind", "workshop", "--starts-on", "13-17 September 2021")
PEOPLE = ("add-participants", "1", "--person", "Rina Wati", "--sex", "P")

KEYS = (
    set_aside("F113-scientific", owned("NIK", "1,37604E+15"), "was shortened by Excel: digits are lost"),
    set_aside("F113-scientific-dot", owned("NIK", "1.37604510780000E+15"), "was shortened by Excel: digits are lost"),
    set_aside("F113-phone-bar", owned("NO. HP", "|", "0812-3456-7890"), "is not a phone number"),
    set_aside("F113-phone-two-bar", owned("NO. HP", "0812-3456-7890|0813-3456-7890"), "is not a phone number"),
    taken("F113-one", owned("NIK", "1376045107800010"), "ends in 0", stored={"nik": "1376045107800010"}),
    taken("F113-two", owned("NIK", "1376045107800010", "1376041107800020"), "ends in 0", count=2),
    taken("F113-three-of-four", owned("NIK", "1376045107800010", "1376041107800020", "1376041107800030", MAN),
          "ends in 0", count=4),
    set_aside("F113-every", owned("NIK", "1376045107800010", "1376041107800020", "1376041107800030"),
            "every NIK of this column ends in 0", hidden="1376045107800010"),
    set_aside("F113-every-with-gaps", owned("NIK", "1376045107800010", "", "1376041107800020", "-", "1376041107800030"),
            "every NIK of this column ends in 0", hidden="1376041107800020"),
    set_aside("F114-15", owned("NIK", MAN[:15]), "a NIK has 16 digits, this has 15", hidden=MAN[:15]),
    set_aside("F114-17", owned("NIK", MAN + "7"), "a NIK has 16 digits, this has 17", hidden=MAN),
    set_aside("F114-letters", owned("NIK", "137604110780000A"), "contains characters other than digits",
            hidden="137604110780000A"),
    refused("F114-argument", "", "a NIK has 16 digits, this has 15", hidden=MAN[:15],
            command=("add-business", "Tenun", "--nik", MAN[:15])),
    taken("F114-spaces", owned("NIK", "1376 0411 0780 0001"), stored={"nik": MAN}),
    taken("F114-dots", owned("NIK", "137604.110780.0001"), stored={"nik": MAN}),
    taken("F114-date", owned("NIK", "1376049900000001"), "the date of birth in the NIK does not exist",
          stored={"nik": "1376049900000001"}, hidden="1376049900000001"),
    taken("F114-woman", owned("NIK", WOMAN), stored={"nik": WOMAN}),
    taken("F115-equal", sheet("NIB,Nama Usaha", ("1234567890123", "Tenun"), ("1234567890123", "Tenun")),
          "is the same as row 2 and was imported once", count=1),
    taken("F115-equal-spelling", sheet("Nama Usaha,Pemilik,Tanggal Daftar", ("Tenun", "Des", "11/10/2021"),
                                       ("Tenun", " Des ", "11 Oktober 2021")), "is the same as row 2", count=1),
    set_aside("F115-nib", sheet("NIB,Nama Usaha", ("1234567890123", "Tenun"), ("1234567890123", "Rendang")),
              "is also the NIB of row 2, which has different values", stored={"name": "Tenun", "nib": "1234567890123"}, count=2),
    taken("F115-name", TWINS, ("may be the business of an earlier row", "--on-duplicate"), stored={"workers_male": 1}, count=2),
    taken("F115-name-new", TWINS, command=(*IMPORT, "--on-duplicate", "new"), stored={"workers_male": 1}, count=2),
    taken("F115-name-skip", TWINS, command=(*IMPORT, "--on-duplicate", "skip"), stored={"workers_male": 1}, count=1),
    taken("F115-name-update", TWINS, command=(*IMPORT, "--on-duplicate", "update"),
          stored={"name": "TENUN", "workers_male": 2, "phone": "081200001234"}, count=1),
    *(
        taken(f"F115-name-other-{heading}", sheet(f"Nama Usaha,Pemilik,{heading}", ("Tenun", "Des", one), ("Tenun", "Des", other)),
              count=2)
        for heading, one, other in (
            ("Alamat", "Jl. Satu", "Jl. Dua"), ("No. HP", "081200000001", "081200000002"), ("Nama Produk", "kain", "tas"),
            ("Cabang Industri", "Pangan", "Kerajinan"), ("Kode KBLI", "10110", "10794"),
        )
    ),
    refused("F115-number", sheet("Nomor IKM,Nama Usaha,TK LK", ("1", "Tenun", "1"), ("1", "Tenun", "2")),
            "may be the business of an earlier row", before=(name("Tenun"),)),
    taken("F115-names-alone", sheet("Nama Usaha,TK LK", ("Tenun", "1"), ("Tenun", "2")), count=2),
    taken("F116-equal", ERNA.replace("Tiakar,2", "Tiakar, 2"), "Nothing to do", unchanged=True, count=1,
          before=(ERNA,)),
    refused("F116-different", ERNA.replace(",2", ",7"), "--on-duplicate", before=(ERNA,)),
    taken("F116-update", ERNA.replace(",2", ",7"), command=(*IMPORT, "--on-duplicate", "update"), before=(ERNA,),
          stored={"workers_male": 7}, count=1),
    taken("F116-skip", ERNA.replace(",2", ",7"), command=(*IMPORT, "--on-duplicate", "skip"), before=(ERNA,),
          stored={"workers_male": 2}, count=1),
    taken("F116-new", ERNA.replace(",2", ",7"), command=(*IMPORT, "--on-duplicate", "new"), before=(ERNA,),
          stored={"workers_male": 2}, count=2),
    Case("F116-unknown-word", ERNA, 2, "", command=(*IMPORT, "--on-duplicate", "replace"), before=(ERNA,)),
    taken("F117-again", ERNA, "already imported", before=(ERNA,), unchanged=True, count=1),
    taken("F117-other-bytes", ERNA.replace("\r\n", "\n"), "Nothing to do", before=(ERNA,), unchanged=True, count=1),
    taken("F117-other-delimiter", ERNA.replace(",", ";"), "Nothing to do", before=(ERNA,), unchanged=True, count=1),
    refused("F118-cycle", "", "would become a member of itself", before=RAJUT,
            command=("edit-business", "Kelompok A", "--group", "Kelompok B")),
    refused("F118-self", "", "would become a member of itself", before=RAJUT,
            command=("edit-business", "Kelompok A", "--group", "Kelompok A")),
    set_aside("F118-file-self", sheet("Nama Usaha,Bentuk Usaha,Kelompok", ("Kelompok A", "KUB", "Kelompok A")),
            "a member of itself"),
    refused("F118-file-cycle", sheet("Nama Usaha,Bentuk Usaha,Kelompok", ("Kelompok A", "KUB", "Kelompok B"),
                                     ("Kelompok B", "KUB", "Kelompok A")), "a member of itself"),
    refused("F118-file-cycle-of-three",
            sheet("Nama Usaha,Bentuk Usaha,Kelompok", ("Kelompok A", "KUB", "Kelompok B"),
                  ("Kelompok B", "KUB", "Kelompok C"), ("Kelompok C", "KUB", "Kelompok A")), "a member of itself"),
    refused("F118-file-and-registry", sheet("Nomor IKM,Nama Usaha,Kelompok", ("1", "Kelompok A", "Kelompok B")),
            "a member of itself", before=RAJUT, command=(*IMPORT, "--on-duplicate", "update")),
    set_aside("F119", owned("Sentra", "Sentra Randang"), "did you mean Sentra Rendang?",
            before=(("add-sentra", "Sentra Rendang"),)),
    set_aside("F119-nothing-near", owned("Sentra", "Sentra Rendang"), "is not a registered sentra"),
    taken("F119-create", owned("Sentra", "Sentra Rendang"), command=(*IMPORT, "--create-sentra"),
          stored={"sentra": "Sentra Rendang"}),
    taken("F119-spelling", owned("Sentra", "SENTRA  rendang"), before=(("add-sentra", "Sentra Rendang"),),
          stored={"sentra": "Sentra Rendang"}),
    Case("F119-add-business", "", 4, "Sentra Rendang", before=(("add-sentra", "Sentra Rendang"),),
         command=("add-business", "Randang", "--sentra", "Sentra Randang")),
    refused("F120-later", "", "already on the list", before=(WORKSHOP, PEOPLE), command=PEOPLE),
    refused("F120-at-once", "", "already on the list", before=(WORKSHOP,), command=(*PEOPLE, "--person", "Rina Wati")),
    refused("F120-business", "", "already on the list", before=(WORKSHOP, ERNA),
            command=("add-participants", "1", "--business", "1", "--business", "Rendang Uni Erna")),
    refused("F121-undo", "", "build on it", command=("undo", "--yes", "2"),
            before=(("add-sentra", "Sentra Rendang"), ("add-business", "Rendang A", "--sentra", "Sentra Rendang"))),
    refused("F121-names", "", "Rendang A", command=("undo", "--yes", "2"),
            before=(("add-sentra", "Sentra Rendang"), ("add-business", "Rendang A", "--sentra", "Sentra Rendang"))),
    refused("F122", "", "cannot be undone", command=("undo", "--yes", "2"),
            before=(ERNA, ("edit-business", "1", "--owner", "Des"))),
    refused("F122-names", "", "edit-business", command=("undo", "--yes", "2"),
            before=(ERNA, ("edit-business", "1", "--owner", "Des"))),
)  # fmt: skip

CASES = (*TEXT, *NUMBERS, *DATES, *KEYS, *FILES, *WORKBOOKS)


@cache
def empty_registry() -> bytes:
    """The bytes of a registry of Payakumbuh that holds nothing yet."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "registry.db"
        assert main.run(["--lang", "en", "--db", str(path), "init", "--city", "13.76", "--office", "Test"]) == 0
        return path.read_bytes()


@dataclass
class Office:
    """A registry, and the program run on it."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    files: int = 0

    def __post_init__(self) -> None:
        self.db = self.folder / "registry.db"
        self.db.write_bytes(empty_registry())

    def run(self, *arguments: str) -> Outcome:
        """Status, standard output and standard error of one command."""
        self.capsys.readouterr()
        status = main.run(["--lang", "en", "--db", str(self.db), *arguments])
        captured = self.capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    def file(self, data: str | bytes, ending: str = "csv") -> str:
        """The path of a new file that holds `data`."""
        self.files += 1
        path = self.folder / f"ikm{self.files}.{ending}"
        path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        return str(path)

    def do(self, step: str | tuple[str, ...]) -> None:
        """Import a sheet or run a command, which must succeed."""
        outcome = (
            self.run(*step) if isinstance(step, tuple) else self.run("import-businesses", self.file(step), "--yes")
        )
        assert outcome.status == 0, outcome.text


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path, capsys)


def test_the_names_of_the_cases_are_unique() -> None:
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id.encode("unicode_escape").decode())
def test_bad_input(office: Office, case: Case) -> None:
    for step in case.before:
        office.do(step)
    before = office.db.read_bytes()
    path = office.file(case.data, case.ending)
    words = [path if word == FILE else word for word in case.command]
    if case.set_aside:
        check_strict(office, case, words)
    outcome = office.run(*words)
    assert outcome.status == case.status, outcome.text
    for said in (case.said,) if isinstance(case.said, str) else case.said:
        assert said in outcome.text, outcome.text
    assert not STEERING.search(outcome.text), ascii(outcome.text)
    assert not case.hidden or case.hidden not in outcome.text, outcome.text
    assert "Traceback" not in outcome.text
    if case.unchanged if case.unchanged is not None else case.status:
        assert office.db.read_bytes() == before
    pending = office.run("list-pending", "--format", "json")
    assert bool(pending.data) == case.set_aside, pending.out
    if case.count is not None:
        listed = office.run("list-businesses", "--status", "all", "--format", "json")
        assert len(listed.data) == case.count, listed.out
    if case.shown:
        for command in (("list-businesses", "--columns", "number,owner,name"), ("show-business", "1")):
            assert case.shown in office.run(*command).out
    if case.stored:
        shown = office.run("show-business", "1", "--reveal", "--format", "json")
        assert {name: shown.data[name] for name in case.stored} == case.stored, shown.out


def check_strict(office: Office, case: Case, command: list[str]) -> None:
    """The cell rejects its row with --strict, and only then."""
    before = office.db.read_bytes()
    strict = office.run(*command, "--strict")
    assert strict.status == 3, strict.text
    for said in (case.said,) if isinstance(case.said, str) else case.said:
        assert said in strict.text, strict.text
    assert not STEERING.search(strict.text), ascii(strict.text)
    assert office.db.read_bytes() == before


def test_one_participant_under_two_spellings_is_counted_once(office: Office) -> None:
    """F120: refused, or taken as a candidate; in the figures it is one person."""
    office.do(WORKSHOP)
    office.do(PEOPLE)
    outcome = office.run("add-participants", "1", "--person", "RINA  WATI", "--sex", "P")
    assert outcome.status == 3 and "RINA" in outcome.err
    assert json.loads(office.run("show-event", "1", "--format", "json").out)["participants"] == 1


@pytest.mark.parametrize(("word", "count"), [("new", 2), ("skip", 1), ("update", 1)])
def test_rows_of_one_name_imported_again_change_nothing(office: Office, word: str, count: int) -> None:
    """F115: whatever was decided on them, the same decision finds them in the registry."""
    command = ("import-businesses", office.file(TWINS), "--yes", "--on-duplicate", word)
    office.do(command)
    before = office.db.read_bytes()
    again = office.run(*command)
    assert again.status == 0 and "Nothing to do" in again.text, again.text
    assert office.db.read_bytes() == before
    assert len(office.run("list-businesses", "--format", "json").data) == count


@pytest.mark.parametrize(
    ("options", "rows", "problems"),
    [
        ((), (2, 6), ("2 of 5 rows", "control character", "is required", "below zero", "does not exist")),
        (
            ("--strict",),
            (2, 3, 4, 6),
            ("4 of 5 rows", "control character", "is required", "below zero", "does not exist", "is not a number"),
        ),
    ],
)
def test_all_problems_of_a_file_are_said_in_one_run(
    office: Office, options: tuple[str, ...], rows: tuple[int, ...], problems: tuple[str, ...]
) -> None:
    """Nothing is imported, and no row hides the next one's problem; with --strict each cell rejects its row."""
    before = office.db.read_bytes()
    cells = (
        ("\x1b[31mA", "1", ""),
        ("B", "-1", ""),
        ("C", "1", "31/02/2021"),
        ("D", "1", "11/10/2021"),
        ("", "x", "y"),
    )
    path = office.file(sheet("Nama Usaha,TK LK,Tanggal Daftar", *cells))
    outcome = office.run("import-businesses", path, "--yes", *options)
    assert outcome.status == 3
    for row in rows:
        assert re.search(rf"(?m)^ *(row )?{row}\b", outcome.err), outcome.err
    for said in problems:
        assert said in outcome.err, said
    assert not STEERING.search(outcome.text)
    assert office.db.read_bytes() == before
