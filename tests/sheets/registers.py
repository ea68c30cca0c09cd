"""More shapes of whole registers: the same words mean another thing in each office. All people are invented."""

from tests.sheets.shape import Shape, adding_to
from tests.sheets.writing import text, xlsx

SHAPES: list[Shape] = []
shape = adding_to(SHAPES)

_SOLD = (("kuliner", "keripik pisang", "300,000"), ("kerajinan", "anyaman bambu", "90,000"),
         ("perdagangan", "warung sembako", "117,500"), ("kuliner", "kue basah", "150,000"),
         ("jasa lainnya", "bengkel motor", "250,000"), ("pertanian", "bibit cabai", "80,000"),
         ("kuliner", "bakso", "175,000"))  # fmt: skip


@shape("A list of trades: rows of one name and owner that differ in their money alone.", "csv", "--data-year", "2021")
def people_of_one_name() -> bytes:
    return text([
        ("NO", "JENIS USAHA", "NAMA USAHA", "NAMA PEMILIK", "BADAN HUKUM", "OMSET TAHUNAN", "NO TELP"),
        ("", "kopi bubuk", "Petani", "Anton", "-", "12.000.000", ""),
        ("", "kopi bubuk", "Petani", "Anton", "-", "36.000.000", ""),
        ("", "kopi bubuk", "Petani", "Anton", "-", "36.000.000", ""),
        ("", "kopi bubuk", "Petani", "Darwis", "CV", "20.000.000", "081200003001"),
    ])  # fmt: skip


@shape("Komoditi holds products, and another column the sectors; commas group thousands.", "csv", "--data-year", "2021",
       "--money-unit", "thousand")  # fmt: skip
def commodity_that_is_the_product() -> bytes:
    rows = [(f"Usaha {at}", what, sector, amount) for at, (sector, what, amount) in enumerate(_SOLD, 1)]
    return text([("Nama UMKM", "Komoditi, Produk Utama", "Sektor Usaha", "Omzet"), *rows])


@shape("The contact names a person, who names the business that has no name.")
def contact_that_names_people() -> bytes:
    return text([
        ("PERUSAHAAN", "KONTAK", "KELURAHAN", "TELP", "lat", "lng"),
        ("Abon Saiyo", "Lina Koto", "Tiakar", "0752-51003", "-0.22981234567890", "100.63091234567890"),
        ("-", "Rina Guci", "Napar", "081200003002", "-0.21981234567890", "100.64091234567890"),
        ("Dendeng Ranah", "Des Piliang", "Ibuah", "081200003003", "-0.23981234567890", "100.62091234567890"),
    ])  # fmt: skip


@shape("Amounts that a formula made, and a sector in the words of the office's own list.", "csv", "--data-year", "2021")
def amounts_of_formulas() -> bytes:
    return text([
        ("Nama", "Pemilik", "Bidang Usaha", "Omset"),
        ("Tenun Sakato", "Des Piliang", "Sandang", "5307509.881422923878"),
        ("Galamai Rancak", "Yeni Guci", "Perdagangan", "12500000.5"),
        ("Rajut Fayari", "Rina Koto", "Catering", "1.5"),
    ])  # fmt: skip


@shape("A workbook in which the sign for nothing is stored as 0: a row of zeros has no figures.", "xlsx", "--data-year",
       "2021")  # fmt: skip
def rows_of_zeros() -> bytes:
    heading = ("Nama Usaha", "Pemilik", "Jenis Usaha", "Tenaga Kerja (L)", "Tenaga Kerja (P)",
               "Nilai Investasi (Rp.000)", "Nilai Produksi (Rp.000)")  # fmt: skip
    return xlsx({"IKM": [
        heading,
        ("Tenun Sakato", "Des Piliang", "UD", 0, 0, 0, 0),
        ("Bordir Rancak", "Yeni Guci", "TK", 0, 2, 0, 7500),
        ("Kopi Ranah", "Syafri Bodi", "TI", 1, 1, 12500, 15000),
    ]})  # fmt: skip
