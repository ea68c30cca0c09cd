"""The shapes of lists of participants that offices have, with invented people."""

from tests.sheets.writing import text, xlsx

#: One row for each person and training, with the training in columns: Ani and Budi took part in several.
EVENTS_IN_COLUMNS = (
    ("DATA PESERTA PELATIHAN IKM",),
    ("NO", "NAMA PESERTA", "L/P", "NIK", "ALAMAT", "NAMA USAHA", "NIB", "ALAMAT USAHA", "JUDUL PELATIHAN", "TANGGAL",
     "TEMPAT", "ANGKATAN"),
    (1, "Ani Guci", "P", "1376014505800001", "Jl. Rumah 1", "Rendang Ani", None, "Jl. Pasar 2", "Pelatihan Kemasan",
     "12 s/d 14 Maret 2024", "Aula Dinas", "I"),
    (2, "Budi Koto", "L", "1376011505800002", "Jl. Rumah 2", "Sanjai Budi", "9120000000001", None, "Pelatihan Kemasan",
     "12 s/d 14 Maret 2024", "Aula Dinas", "I"),
    (3, "Citra Sikumbang", "P", None, "Jl. Rumah 3", None, None, None, "Pelatihan Kemasan", "13/03/2024", "Aula Dinas", "I"),
    (4, "Ani Guci", "P", "1376014505800001", "Jl. Rumah 1", "Rendang Ani", None, "Jl. Pasar 2", "Pelatihan Kemasan",
     "12 s/d 14 Maret 2024", "Aula Dinas", "II"),
    (5, "Ani Guci", "P", "1376014505800001", "Jl. Rumah 1", "Rendang Ani", None, "Jl. Pasar 2", "Pelatihan Kemasan",
     "3 Juni 2024", "Hotel Contoh", None),
    (6, "Budi Koto", "L", "1376011505800002", "Jl. Rumah 2", "Sanjai Budi", "9120000000001", None, "Bimtek Halal",
     "2 Mei 2024", "Hotel Contoh", None),
)  # fmt: skip


def events_in_columns() -> bytes:
    """Event title, date, place and batch in columns: four events, six rows, two businesses."""
    return text(EVENTS_IN_COLUMNS)


def titled_list(title: str, *lines: tuple[str, ...]) -> bytes:
    """A list of two people whose title rows name the event."""
    heading = ("No", "Nama", "L/P", "Nama Usaha")
    people = ((1, "Ani Guci", "P", "Rendang Ani"), (2, "Budi Koto", "L", "Sanjai Budi"))
    return text([(title,), *lines, (), heading, *people])


def sheet_for_each_event() -> bytes:
    """A workbook with a sheet for each event, which the title above the table names; the same people in both."""
    table = (("No", "Nama Peserta", "L/P"), (1, "Ani Guci", "P"), (2, "Budi Koto", "L"))
    return xlsx({
        "Batik": [("DAFTAR HADIR PELATIHAN BATIK TANGGAL 12 MARET 2024",), (), *table],
        "Halal": [("DAFTAR HADIR BIMTEK HALAL TANGGAL 2 MEI 2024",), (), *table],
    })  # fmt: skip
