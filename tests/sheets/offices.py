"""The shapes of spreadsheets that offices have (docs/domain.md, Shapes that are normal), each as a small file of invented businesses."""

from datetime import date
from typing import Any

from tests.sheets.shape import Shape, adding_to
from tests.sheets.writing import Grid, line, ods, repacked, text, xls, xlsx

HEADING = (
    "No", "Nama Usaha", "Nama Pemilik", "Alamat", "Kelurahan", "Nama Produk", "Tenaga Kerja (L)", "Tenaga Kerja (P)",
    "Nilai Investasi (Rp.000)", "Tahun Data",
)  # fmt: skip
ROWS = (
    (1, "Rendang Uni Erna", "Erna Wati", "Jl. Tan Malaka 12", "Tiakar", "rendang daging", 1, 3, "28.000", 2020),
    (2, "Sanjai Saiyo", "Lina Koto", "Jl. Sudirman 4", "Talang", "keripik sanjai", 0, 2, "12.500", 2020),
    (3, "Tenun Sakato", "Des Piliang", "Jl. Pahlawan 7", "Balai Panjang", "kain tenun", 2, 5, "45.000", 2020),
    (4, "Pandai Besi Amrizal", "Amrizal", "Jl. Veteran 9", "Limbukan", "parang", 3, 0, "9.000", 2020),
)  # fmt: skip
MORE = (
    (5, "Bordir Rancak", "Yeni Guci", "Jl. Diponegoro 2", "Ibuah", "kain bordir", 0, 4, "7.500", 2020),
    (6, "Kopi Ranah", "Syafri Bodi", "Jl. Gajah Mada 5", "Napar", "kopi bubuk", 2, 1, "15.000", 2020),
)  # fmt: skip
TABLE = (HEADING, *ROWS)


SHAPES: list[Shape] = []
shape = adding_to(SHAPES)


def numbers(rows: Grid) -> list[list[Any]]:
    """The rows with amounts as numbers, as a workbook keeps them."""
    return [[int(cell.replace(".", "")) if at == 8 else cell for at, cell in enumerate(row)] for row in rows]


WIDE: tuple[Any, ...] = (None,) * 300
TWO_ROWS = (
    ("NO", "NAMA USAHA", "NAMA PEMILIK", "ALAMAT", None, None, "TENAGA KERJA", None, "INVESTASI/ MODAL (RP. 000)"),
    (None, None, None, "Jalan", "Desa", "Kecamatan", "L", "P", None),
)  # fmt: skip
PLACES = (
    (1, "Rendang Uni Erna", "Erna Wati", "Jl. Tan Malaka 12", "Tiakar", "Payakumbuh Timur", 1, 3, 28000),
    (2, "Sanjai Saiyo", "Lina Koto", "Jl. Sudirman 4", "Talang", "Payakumbuh Barat", 0, 2, 12500),
    (3, "Tenun Sakato", "Des Piliang", "Jl. Pahlawan 7", "Balai Panjang", "Payakumbuh Selatan", 2, 5, 45000),
)  # fmt: skip


@shape("Title lines above the header row, an empty row, a signature below.")
def titles_and_signature() -> bytes:
    return text([
        ("DATA INDUSTRI KECIL DAN MENENGAH",), ("KOTA PAYAKUMBUH TAHUN 2020",), (), TABLE[0], *ROWS, (),
        (None, None, None, None, None, None, None, "Payakumbuh, 11 Oktober 2021"),
        (None, None, None, None, None, None, None, "Kepala Dinas,"), (), (),
        (None, None, None, None, None, None, None, "AMRI CONTOH, SE"),
        (None, None, None, None, None, None, None, "NIP. 19700101 199703 1 001"),
    ])  # fmt: skip


@shape("A heading of two rows with merged cells, a row of column numbers under it.", "xlsx")
def two_row_heading() -> bytes:
    def merge(book: Any) -> None:
        for place in ("D3:F3", "G3:H3", "A3:A4", "B3:B4", "C3:C4", "I3:I4", "A1:I1"):
            book["IKM"].merge_cells(place)

    title = ("DATA IKM KOTA PAYAKUMBUH",)
    return xlsx({"IKM": [title, (), *TWO_ROWS, tuple(range(1, 10)), *PLACES]}, merge)


@shape("The same heading of two rows in a text file, column numbers in brackets.")
def two_row_heading_as_text() -> bytes:
    return text([*TWO_ROWS, tuple(f"({number})" for number in range(1, 10)), *PLACES])


@shape("A heading whose cells hold line breaks and trailing spaces, as Excel writes it.", "xlsx")
def heading_with_line_breaks() -> bytes:
    return xlsx({"Data": [("NO.", "NAMA\nUSAHA ", "NAMA PEMILIK/\nKONTAK PERSON", "DESA/\nKELURAHAN", "TENAGA KERJA\n(L)",
                           "TENAGA KERJA\n(P)", "NILAI\nINVESTASI\n(Rp.000)"),
                          *((row[0], row[1], row[2], row[4], *row[6:9]) for row in numbers(ROWS))]})  # fmt: skip


@shape(
    "Column numbers of which one was left out below an empty row, and an example of how to fill in the table.", "xlsx"
)
def numbers_and_an_example() -> bytes:
    counted = (*range(1, 9), 10, 11)
    example = ("Contoh", "Rendang Minang", "Fulan", "Jl. Contoh 1", "Tiakar", "rendang", 1, 2, 28000, 2021)
    return xlsx({"IKM": [HEADING, (), counted, example, *numbers(ROWS)]})


@shape("A text file that was saved twice: each row is one quoted cell, the heading is not.")
def saved_twice() -> bytes:
    heading, *rows = (line(row, ",") for row in TABLE)
    wrapped = ('"' + row.replace('"', '""') + '"' for row in rows)
    return "".join(f"{row}\r\n" for row in (heading, *wrapped)).encode()


@shape("Values in single quotation marks, with commas inside.")
def single_quotation_marks() -> bytes:
    rows = [(*row[:3], f"{row[3]}, RT 1", *row[4:]) for row in ROWS]
    return "".join(",".join(f"'{cell}'" for cell in row) + "\r\n" for row in (HEADING, *rows)).encode()


@shape("A comma and a space between the cells, those with a comma in quotation marks.")
def comma_and_space() -> bytes:
    rows = [(*row[:3], f"{row[3]}, RT 1", *row[4:]) for row in ROWS]
    cells = ([f'"{cell}"' if "," in str(cell) else str(cell) for cell in row] for row in (HEADING, *rows))
    return "".join(", ".join(row) + "\r\n" for row in cells).encode()


@shape("Columns that sound like fields and hold something else: states, links, a city in each cell, JSON.")
def columns_of_something_else() -> bytes:
    heading = ("Nama Usaha", "Nama Pemilik", "NIB", "Status", "Kategori", "Produk", "Titik Koordinat")
    return text([
        heading,
        *((f"Usaha {at}", f"Pemilik {at}", f"nib{at}.jpg", ("Disetujui", "Ditolak")[at % 2],
           "Surakarta", f'[{{"nama": "kue {at}"}}]', f"-7.57{at:02}, 110.83{at:02}") for at in range(1, 25)),
    ])  # fmt: skip


@shape("The heading again on each printed page, and the column numbers with it.")
def repeated_heading() -> bytes:
    counted = tuple(range(1, 11))
    return text([HEADING, counted, *ROWS, HEADING, counted, *MORE])


@shape("Section titles between the rows, each with its subtotal, and the total of all at the end.")
def sections_and_subtotals() -> bytes:
    return text([
        HEADING,
        ("A. SENTRA RENDANG",), *ROWS[:2], (None, "SUB JUMLAH", None, None, None, None, 1, 5, "40.500", None),
        ("B. SENTRA TENUN",), *ROWS[2:], (None, "Jumlah B", None, None, None, None, 5, 5, "54.000", None),
        (None, "JUMLAH TOTAL", None, None, None, None, 6, 10, "94.500", None),
    ])  # fmt: skip


@shape("Sections lettered in the column of numbers, their names in the column of names.")
def lettered_sections() -> bytes:
    return text([HEADING, ("A", "Industri Pangan"), *ROWS[:2], ("B", "Industri Sandang"), *ROWS[2:]])


@shape("A total that is not what the rows make: two figures are said, and nothing is kept out.")
def total_that_disagrees() -> bytes:
    return text([*TABLE, (None, "JUMLAH", None, None, None, None, 6, 12, "95.500", None)])


@shape("A total row of formulas with their stored results.", "xls")
def total_of_formulas() -> bytes:
    total = (None, "TOTAL", None, None, None, None, 6, 10, 94500, None)
    return xls({"IKM 2020": [HEADING, *numbers(ROWS), total]})


@shape("Empty rows in the middle, and rows of empty cells at the end.")
def empty_rows() -> bytes:
    nothing = (None,) * len(HEADING)
    return text([HEADING, *ROWS[:2], (), nothing, *ROWS[2:], *[nothing] * 20], delimiter=",")


@shape("Three hundred empty columns to the right, as Excel saves them.")
def empty_columns() -> bytes:
    return text([(*row, *WIDE) for row in TABLE])


@shape("Formatted empty cells far to the right and below in a workbook.", "xlsx")
def empty_formatted_cells() -> bytes:
    def dress(book: Any) -> None:
        from openpyxl.styles import Font

        for row in range(1, 40):
            book["Sheet1"].cell(row, 120).font = Font(bold=True)

    return xlsx({"Sheet1": TABLE}, dress)


@shape("A second product in a row of its own, without number and name, is added to the business above.")
def continuation_rows() -> bytes:
    heading = (
        "No",
        "Nama Usaha",
        "Nama Pemilik",
        "Nama Produk",
        "Kapasitas Produksi",
        "Satuan",
        "Nilai Produksi (Rp.000)",
    )
    return text([
        heading,
        (1, "Rendang Uni Erna", "Erna Wati", "rendang daging", 500, "kg", "150.000"),
        (None, None, None, "rendang telur", 200, "kg", "40.000"),
        (None, None, None, "serundeng", 300, "bungkus", "9.000"),
        (2, "Sanjai Saiyo", "Lina Koto", "keripik sanjai", 900, "kg", "72.000"),
        (None, "JUMLAH", None, None, None, None, "271.000"),
    ])  # fmt: skip


@shape("A second row of a business that says something else than a product cannot be added in silence.")
def continuation_that_is_none() -> bytes:
    heading = ("No", "Nama Usaha", "Nama Pemilik", "NIK", "Nama Produk", "TK LK")
    return text([heading, (1, "Rendang Uni Erna", "Erna Wati", "1376994505800001", "rendang", 2),
                 (None, None, "Budi Koto", None, "abon", 1)])  # fmt: skip


@shape("A semicolon file that somebody saved again with commas: each line one quoted cell.")
def semicolon_file_saved_with_commas() -> bytes:
    heading = ("No", "Nama Usaha", "Nama Pemilik", "Alamat", "Nilai Investasi (Rp.000)")
    rows = [(1, "Rendang Uni Erna", "Erna Wati", "Jl. Tan Malaka 12, RT 1", "28.000"),
            (2, "Sanjai Saiyo", "Lina Koto", "Jl. Sudirman 4", "12.500")]  # fmt: skip
    return text([[line(row, ";")] for row in (heading, *rows)], delimiter=",")


@shape("A semicolon file cut at its commas, so that a row has as many cells as its text has commas.")
def semicolon_file_cut_at_commas() -> bytes:
    heading = ("No", "Nama Usaha", "Nama Pemilik", "Alamat")
    rows = [(1, "Rendang Uni Erna", "Erna Wati", "Jl. Tan Malaka 12, RT 1, RW 2"),
            (2, "Sanjai Saiyo", "Lina Koto", "Jl. Sudirman 4")]  # fmt: skip
    cut = [line(row, ";").split(",") for row in (heading, *rows)]
    return text([(*cells, *[None] * (4 - len(cells))) for cells in cut], delimiter=",")


@shape("Quoted cells with line breaks, a lone carriage return and doubled quotation marks.")
def quoted_line_breaks() -> bytes:
    return text([("Nama Usaha", "Nama Pemilik", "Alamat", "Keterangan"),
                 ("Rendang Uni Erna", "Erna Wati", "Jl. Tan Malaka 12\r\nTiakar", 'mitra "Dekranasda"'),
                 ("Sanjai Saiyo", "Lina Koto", "Jl. Sudirman 4\rTalang", "satu\ndua")])  # fmt: skip


@shape("Sheets for each branch that repeat the main sheet, and one that says something else.", "xlsx")
def sheets_that_repeat_the_main_one() -> bytes:
    return xlsx({
        "Rekap": [("Cabang", "Jumlah"), ("Pangan", 2), ("Sandang", 1)],
        "Pangan": [HEADING, *numbers(ROWS[:2])],
        "Semua IKM": [HEADING, *numbers(ROWS)],
        "Sandang": [HEADING, *numbers(ROWS[2:3])],
        "IKM Baru": [HEADING, *numbers(MORE)],
    })  # fmt: skip


@shape("The same workbook with --sheet all: different sheets as one.", "xlsx", "--sheet", "all")
def all_sheets() -> bytes:
    return sheets_that_repeat_the_main_one()


@shape("Hidden rows and columns are read, and said.", "xlsx")
def hidden_rows_and_columns() -> bytes:
    def hide(book: Any) -> None:
        book["IKM"].row_dimensions[3].hidden = True
        book["IKM"].column_dimensions["D"].hidden = True
        book["Arsip"].sheet_state = "hidden"

    return xlsx({"IKM": [HEADING, *numbers(ROWS)], "Arsip": [HEADING, *numbers(MORE)]}, hide)


@shape("The only sheet with records is hidden.", "xlsx")
def hidden_sheet() -> bytes:
    def hide(book: Any) -> None:
        book["IKM"].sheet_state = "veryHidden"

    return xlsx({"Sampul": [("LAPORAN",)], "IKM": [HEADING, *numbers(ROWS)]}, hide)


@shape("Formulas: one with its result, one without, one that lost its cell (#REF!).", "xlsx")
def formulas() -> bytes:
    rows = numbers(ROWS)
    rows[0][8], rows[1][8], rows[2][7] = "=A2*28000", "=A3*12500", "=#REF!"
    made = xlsx({"IKM": [HEADING, *rows]})

    def result(name: str, content: bytes) -> bytes:
        content = content.replace(b"<f>A2*28000</f><v></v>", b"<f>A2*28000</f><v>28000</v>")
        content = content.replace(b"<f>A2*28000</f><v />", b"<f>A2*28000</f><v>28000</v>")
        for empty in (b"<v></v>", b"<v />"):
            content = content.replace(b'<c r="H4"><f>#REF!</f>' + empty, b'<c r="H4" t="e"><f>#REF!</f><v>#REF!</v>')
        return content

    return repacked(made, result)


@shape("A cell in error in an OpenDocument spreadsheet.", "ods")
def error_in_ods() -> bytes:
    rows = numbers(ROWS)
    rows[1][7] = "#REF!"
    return ods({"IKM": [HEADING, *rows]})


@shape("Numbers as numbers: a NIB that fits, a NIK that lost its last digit, a phone without its zero.", "xlsx")
def identifiers_in_number_cells() -> bytes:
    heading = ("Nama Usaha", "Nama Pemilik", "NIB", "NIK", "No. HP", "Tahun Berdiri")
    return xlsx({"IKM": [
        heading,
        ("Rendang Uni Erna", "Erna Wati", 1234567890123, "1376994505800001", 81212345678, 2015),
        ("Sanjai Saiyo", "Lina Koto", None, 1376994505800002, 81212345679, 2016),
    ]})  # fmt: skip


@shape("Dates as date cells, as text in several ways, and as months.", "xlsx")
def dates() -> bytes:
    heading = ("Nama Usaha", "Nama Pemilik", "Tanggal Daftar")
    days = (date(2021, 10, 11), "11/10/2021", "11-10-21", "Senin, 11 Oktober 2021", "Nopember 2019", 2018)
    return xlsx({"IKM": [heading, *((f"Usaha {at}", f"Pemilik {at}", day) for at, day in enumerate(days, 1))]})


@shape("Dates counted from 1904, as Excel on a Mac did.", "xlsx")
def dates_from_1904() -> bytes:
    grid = [("Nama Usaha", "Nama Pemilik", "Tanggal Daftar"), ("Tenun Sakato", "Des", date(2021, 10, 11))]
    return xlsx({"IKM": grid}, epoch_1904=True)


@shape("Dates counted from 1904 in an .xls.", "xls")
def dates_from_1904_in_xls() -> bytes:
    grid = [("Nama Usaha", "Nama Pemilik", "Tanggal Daftar"), ("Tenun Sakato", "Des", date(2021, 10, 11))]
    return xls({"IKM": grid}, epoch_1904=True)


@shape("An export of OSS: one row per project and KBLI, tki and tka, stated scale, a KBLI outside industry.")
def oss_export() -> bytes:
    heading = (
        "id_proyek", "nib", "nama_perusahaan", "tanggal_terbit_oss", "uraian_jenis_perusahaan", "nama_user",
        "nomor_identitas_user", "kelurahan_usaha", "kecamatan_usaha", "kbli", "judul_kbli", "uraian_skala_usaha",
        "jumlah_investasi", "tki", "tka",
    )  # fmt: skip
    erna = ("1234567890123", "RENDANG UNI ERNA", "Senin, 02 Januari 2023", "Perorangan", "ERNA WATI", "1376994505800001",
            "Tiakar", "Payakumbuh Timur")  # fmt: skip
    lina = ("1234567890124", "SANJAI SAIYO", "Selasa, 03 Januari 2023", "Perorangan", "LINA KOTO", "1376994505800003",
            "Talang", "Payakumbuh Barat")  # fmt: skip
    return text([
        heading,
        ("R-1", *erna, "10750", "Industri Makanan dan Masakan Olahan", "Usaha Mikro", "28000000", "2", "0"),
        ("R-2", *erna, "10130", "Industri Pengolahan Daging", "Usaha Mikro", "5000000", "1", "0"),
        ("R-3", *erna, "56101", "Restoran", "Usaha Mikro", "10000000", "1", "0"),
        ("R-4", *lina, "10794", "Industri Kerupuk dan Keripik", "Usaha Kecil", "12000000", "3", "1"),
    ], delimiter=",")  # fmt: skip


@shape("No column says the total by men and women: `Tenaga Kerja` is a total.")
def workers_as_a_total() -> bytes:
    return text(
        [("Nama Usaha", "Nama Pemilik", "Tenaga Kerja"), ("Tenun Sakato", "Des Piliang", 7), ("Sanjai", "Lina", 2)]
    )


@shape("The column of women holds the total: men are hardly given.", "csv", "--map", "TK PR=workers_total")
def women_that_are_the_total() -> bytes:
    rows = [(f"Usaha {at}", f"Pemilik {at}", 1 if at == 3 else None, at % 4 + 1) for at in range(1, 15)]
    return text([("Nama Usaha", "Nama Pemilik", "TK LK", "TK PR"), *rows])


@shape("Money without a unit in the heading: the officer says which it is.", "csv", "--money-unit", "rupiah")
def money_without_a_unit() -> bytes:
    return text([("Nama Usaha", "Nama Pemilik", "Omzet"), ("Tenun Sakato", "Des", "45.000"), ("Sanjai", "Lina", "12.500"),
                 ("Rendang", "Erna", "28.000")])  # fmt: skip


@shape("The same with --money-unit thousand.", "csv", "--money-unit", "thousand")
def money_with_a_unit_given() -> bytes:
    return money_without_a_unit()


@shape("Headings of no field, one of them nearly a field's; a column without a heading.")
def unknown_headings() -> bytes:
    return text(
        [("Nama Usaha", "Nama Pemilk", "Warna", "", "Kelurahn"), ("Tenun Sakato", "Des", "merah", "x", "Tiakar")]
    )


@shape("Places, sectors and units in the words of the office.")
def places_sectors_units() -> bytes:
    heading = ("Nama Usaha", "Nama Pemilik", "Kelurahan", "Kecamatan", "Komoditi", "Kapasitas Produksi", "Satuan")
    return text([
        heading,
        ("Rendang Uni Erna", "Erna", "tiakar", "Payakumbuh Timur", "Pangan", "500", "Kg"),
        ("Rajut Fayari", "Rina", "Parik Muko Aia", "Latina", "sandang", "40", "psc"),
        ("Tenun Sakato", "Des", "Balai Panjang", "Payakumbuh Timur", "Tekstil", "1.200", "helai/bulan"),
        ("Sanjai Saiyo", "Lina", "Gunung Bahagia", "", "", "300", "karuang"),
    ])  # fmt: skip


@shape("The same NIB at rows of two products, an exact repetition, and a NIB of nines.")
def rows_of_one_business() -> bytes:
    heading = ("NIB", "Nama Usaha", "Nama Pemilik", "Nama Produk", "Nilai Produksi (Rp.000)")
    return text([
        heading,
        ("1234567890123", "Rendang Uni Erna", "Erna", "rendang", "150.000"),
        ("1234567890123", "Rendang Uni Erna", "Erna", "abon", "20.000"),
        ("", "Sanjai Saiyo", "Lina", "sanjai", "72.000"),
        ("", "SANJAI SAIYO", "lina", "sanjai", "72.000"),
        ("9999999999999", "Tenun Sakato", "Des", "tenun", "45.000"),
        ("9999999999999", "Bordir Rancak", "Yeni", "bordir", "7.500"),
        ("9999999999999", "Kopi Ranah", "Syafri", "kopi", "15.000"),
    ])  # fmt: skip


@shape("Section titles in the column of names, one of them no word that titles begin with; a total spelt out.")
def sections_among_names() -> bytes:
    return text([HEADING, (None, "PANGAN"), *ROWS[:2], (None, "1. Kecamatan Payakumbuh Selatan"), *ROWS[2:],
                 (None, "J U M L A H", None, None, None, None, 6, 10, "94.500")])  # fmt: skip


@shape("A heading that holds dates, a column for each month.", "xlsx")
def months_as_headings() -> bytes:
    return xlsx(
        {"IKM": [("Nama Usaha", "Nama Pemilik", date(2021, 1, 1), date(2021, 2, 1)), ("Tenun Sakato", "Des", 10, 12)]}
    )


@shape("Repeated cells and rows of an OpenDocument spreadsheet, empty ones between.", "ods")
def repeated_cells() -> bytes:
    rows = [("Usaha A", "Erna", 2, 2, None, None, "x"), ("Usaha B", "Lina", 3, 3, None, None, "x")]
    empty = (None,) * 7
    return ods({"IKM": [("Nama Usaha", "Nama Pemilik", "TK LK", "TK PR", None, None, "Warna"), rows[0], empty, empty, empty,
                        rows[1]]})  # fmt: skip


@shape("Below a total that is none of the last rows: records go on, and a signature of two columns ends the sheet.")
def records_after_a_total() -> bytes:
    nothing = (None,) * len(HEADING)
    return text([HEADING, *ROWS[:2], (None, "Jumlah", None, None, None, None, 1, 5, "40.500", None), *ROWS[2:], nothing,
                 (None, "Mengetahui,", None, None, None, None, None, "Payakumbuh, 11 Oktober 2021", None, None),
                 (None, "Kepala Dinas", None, None, None, None, None, "Pengelola Data", None, None),
                 nothing,
                 (None, "Contoh, SE", None, None, None, None, None, "Amri, ST", None, None)])  # fmt: skip
