"""Columns as their headings propose and their cells confirm."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

PHONES = ["0812-3000-1001", "0813 3000 1002", "(0752) 51003", "081330001004", "0852-3000-1005", "0852 3000 1006"]
PEOPLE = ["Erna Wati", "Budi Salim", "Yeni Rosa", "Syafri Amir", "Rina Lestari", "Des Marni"]


def imported(ikmctl: Run, tmp_path: Path, headings: str, *columns: list[str]) -> dict[str, str | None]:
    """Heading → the field that it is read as, None for other data, as the plan says."""
    path = tmp_path / "ikm.csv"
    rows = "".join(";".join(cells) + "\n" for cells in zip(*columns, strict=True))
    path.write_text(f"{headings}\n{rows}", encoding="utf-8")
    outcome = ikmctl("import-businesses", path, "--dry-run", "--format", "json")
    return mapping(outcome.data)


def mapping(plan: Any) -> dict[str, str | None]:
    return {row["heading"]: row["field"] for row in plan["blocks"]["mapping"]["rows"]}


NAMES = [f"Sanjai Nomor {number}" for number in range(1, 7)]


def test_a_contact_column_of_people_gives_way_to_the_column_of_phones(ikmctl: Run, tmp_path: Path) -> None:
    found = imported(ikmctl, tmp_path, "PERUSAHAAN;KONTAK;TELP", NAMES, PEOPLE, PHONES)
    assert (found["TELP"], found["KONTAK"]) == ("phone", "owner")
    found = imported(ikmctl, tmp_path, "PERUSAHAAN;PEMILIK;KONTAK;TELP", NAMES, PEOPLE, PEOPLE[::-1], PHONES)
    assert (found["PEMILIK"], found["KONTAK"]) == ("owner", None)


def test_a_contact_column_of_phones_is_the_phone(ikmctl: Run, tmp_path: Path) -> None:
    found = imported(ikmctl, tmp_path, "Nama Usaha;Kontak", NAMES, PHONES)
    assert found["Kontak"] == "phone"


def test_the_column_about_the_business_wins_over_the_one_about_the_person(ikmctl: Run, tmp_path: Path) -> None:
    homes, places = ["Napar", "Ibuah", "Talang", "Tiakar", "Napar", "Ibuah"], ["Tiakar"] * 6
    found = imported(ikmctl, tmp_path, "NAMA USAHA;KELURAHAN;KELURAHAN USAHA", NAMES, homes, places)
    assert (found["KELURAHAN USAHA"], found["KELURAHAN"]) == ("kelurahan", None)


def test_the_better_filled_of_two_columns_wins(ikmctl: Run, tmp_path: Path) -> None:
    found = imported(ikmctl, tmp_path, "Nama Usaha;No. HP;Telepon", NAMES, ["", "", "", "", "", PHONES[0]], PHONES)
    assert (found["Telepon"], found["No. HP"]) == ("phone", None)


def test_a_column_whose_cells_are_something_else_is_kept_and_said(ikmctl: Run, tmp_path: Path) -> None:
    words = ["Approve", "Pending", "Ditolak", "Selesai", "Survei", "Cair"]
    path = tmp_path / "ikm.csv"
    path.write_text("Nama Usaha;Status\n" + "".join(map("{};{}\n".format, NAMES, words)), encoding="utf-8")
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0, outcome.text
    assert "Column “Status” is kept as other data: most of its cells are not values of Status." in outcome.err
    shown = ikmctl("show-business", "1", "--reveal", "--format", "json").data
    assert shown["status"] == "active" and shown["extra"] == {"Status": "Approve"}


def test_what_the_officer_has_settled_is_not_doubted(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text("Nama Usaha;Kontak\n" + "".join(map("{};{}\n".format, NAMES, PEOPLE)), encoding="utf-8")
    outcome = ikmctl("import-businesses", path, "--map", "Kontak=phone", "--dry-run", "--format", "json")
    assert mapping(outcome.data) == {"Nama Usaha": "name", "Kontak": "phone"}


@pytest.mark.parametrize("zeros", [1, 5])
def test_zeros_that_stand_for_nothing_prove_nothing(ikmctl: Run, tmp_path: Path, zeros: int) -> None:
    days = [*["0"] * zeros, *[f"0{day}/03/2020" for day in range(1, 7 - zeros)]]
    found = imported(ikmctl, tmp_path, "Nama Usaha;Tanggal Daftar", NAMES, days)
    assert found["Tanggal Daftar"] == "registered_on"


def test_a_second_column_of_a_name_that_says_nothing_is_numbered(ikmctl: Run, tmp_path: Path) -> None:
    found = imported(ikmctl, tmp_path, "Nama Usaha;Warna;Warna", NAMES, ["merah"] * 6, ["biru"] * 6)
    assert found == {"Nama Usaha": "name", "Warna": None, "Warna (2)": None}


def test_of_two_columns_of_one_heading_the_better_filled_is_the_field(ikmctl: Run, tmp_path: Path) -> None:
    streets = [f"Jl. Contoh {number}" for number in range(1, 7)]
    found = imported(ikmctl, tmp_path, "Nama Usaha;Alamat;Alamat ", NAMES, [*[""] * 5, "Jl. Lama 1"], streets)
    assert found == {"Nama Usaha": "name", "Alamat": None, "Alamat (2)": "address"}
    said = ikmctl("import-businesses", tmp_path / "ikm.csv", "--dry-run").out
    assert "2 columns are called “Alamat”: “Alamat (2)” is read as Address" in said


def test_two_columns_that_name_the_businesses_differently_are_refused(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text("Nama;Nama_\n" + "".join(map("{};{}\n".format, NAMES, PEOPLE)), encoding="utf-8")
    outcome = ikmctl("import-businesses", path, "--dry-run")
    assert outcome.status == 3 and "two columns are called" in outcome.err


def test_businesses_of_a_file_without_names_are_named_after_their_owners(ikmctl: Run, tmp_path: Path) -> None:
    rw = ["RW 1"] * 6
    found = imported(ikmctl, tmp_path, "Nama RW;Pemilik UMKM;No. HP", rw, PEOPLE, PHONES)
    assert found == {"Nama RW": None, "Pemilik UMKM": "owner", "No. HP": "phone"}
    outcome = ikmctl("import-businesses", tmp_path / "ikm.csv", "--yes")
    assert outcome.status == 0 and "--map" not in outcome.err, outcome.text
    assert outcome.err.count("the value of Owner was used") == 1
    names = [row["name"] for row in ikmctl("list-businesses", "--format", "json").data]
    assert sorted(names) == sorted(PEOPLE)


@pytest.mark.parametrize("heading", ["nama_koperasi", "Nama SPBU", "Nama Bengkel", "NAMA RUMAH MAKAN"])
def test_the_name_of_an_establishment_is_the_name(ikmctl: Run, tmp_path: Path, heading: str) -> None:
    assert imported(ikmctl, tmp_path, f"{heading};Alamat", NAMES, ["Jl. A"] * 6)[heading] == "name"


@pytest.mark.parametrize(("heading", "cell"), [("NIB", "nib.jpg"), ("Status", "Approve")])
def test_a_column_of_which_no_cell_can_be_read_is_other_data(
    ikmctl: Run, tmp_path: Path, heading: str, cell: str
) -> None:
    found = imported(ikmctl, tmp_path, f"Nama Usaha;{heading}", NAMES[:3], [cell] * 3)
    assert found[heading] is None


@pytest.mark.parametrize("rows", [1, 2, 30])
@pytest.mark.parametrize("heading", ["NIB", "No. HP", "Merek", "Tanggal Daftar"])
def test_a_column_of_names_of_files_is_other_data(ikmctl: Run, tmp_path: Path, heading: str, rows: int) -> None:
    names, files = [f"Sanjai {row}" for row in range(rows)], [f"foto {row}.jpg" for row in range(rows)]
    assert imported(ikmctl, tmp_path, f"Nama Usaha;{heading}", names, files)[heading] is None


def test_a_few_states_among_other_words_do_not_make_a_column_of_states(ikmctl: Run, tmp_path: Path) -> None:
    names = [f"Sanjai {row}" for row in range(40)]
    words = ["Aktif" if row % 8 == 0 else "Disetujui" for row in range(40)]
    assert imported(ikmctl, tmp_path, "Nama Usaha;Status", names, words)["Status"] is None


@pytest.mark.parametrize(
    ("heading", "cell", "field"), [("Kategori", "Surakarta", "Sector"), ("Tahun Berdiri", "lama", "Founded")]
)
def test_a_column_of_which_no_cell_is_a_value_is_one_sentence_and_no_pending_values(
    ikmctl: Run, tmp_path: Path, heading: str, cell: str, field: str
) -> None:
    empty = [""] * 250  # more rows than are examined when the columns are chosen
    cells = ["tepung", *[cell] * 299] if heading == "Kategori" else [*empty, *[cell] * 50]
    path = tmp_path / "ikm.csv"
    rows = "".join(f"Sanjai {row};{text}\n" for row, text in enumerate(cells))
    path.write_text(f"Nama Usaha;{heading}\n{rows};{cell}\n", encoding="utf-8")  # the last row is rejected
    outcome = ikmctl("import-businesses", path, "--yes", "--skip-rejected")
    assert outcome.status == 0 and "list-pending" not in outcome.text, outcome.text
    count = sum(map(bool, cells)) + 1
    said = f"Column “{heading}” is kept as other data: none of its {count} cells can be read as {field}"
    assert said in outcome.err and "looks like" not in outcome.err
    shown = ikmctl("show-business", "300", "--reveal", "--format", "json").data
    assert shown["extra"] == {heading: cell}


def test_a_column_of_unknown_words_that_the_officer_has_mapped_waits(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    rows = "".join(f"Sanjai {row};Makanan Ringan Kota\n" for row in range(12))
    path.write_text(f"Nama Usaha;Komoditi\n{rows}", encoding="utf-8")
    outcome = ikmctl("import-businesses", path, "--yes", "--map", "Komoditi=sector")
    assert outcome.status == 0 and "12 cells in 12 rows" in outcome.text, outcome.text


def test_damaged_numbers_leave_their_column_what_it_is(ikmctl: Run, tmp_path: Path) -> None:
    damaged = [f"1,27E+1{row}" for row in range(6)]
    assert imported(ikmctl, tmp_path, "Nama Usaha;NIB", NAMES, damaged)["NIB"] == "nib"


def suggested(ikmctl: Run, tmp_path: Path, command: str, headings: str, *columns: list[str]) -> str:
    """What the plan of an import says about headings that look like others."""
    path = tmp_path / "list.csv"
    rows = "".join(";".join(cells) + "\n" for cells in zip(*columns, strict=True))
    path.write_text(f"{headings}\n{rows}", encoding="utf-8")
    said = ikmctl(command, path, "--dry-run").out
    return " ".join(line for line in said.splitlines() if "” looks like" in line)


def test_a_heading_with_a_typing_error_is_suggested(ikmctl: Run, tmp_path: Path) -> None:
    said = suggested(ikmctl, tmp_path, "import-businesses", "Nama Usaha;Alamt", NAMES, ["Jl. A 1"] * 6)
    assert '“Alamt” looks like Address: if it is, add --map "Alamt=address"' in said


def test_a_suggestion_that_the_cells_contradict_is_not_made(ikmctl: Run, tmp_path: Path) -> None:
    assert not suggested(ikmctl, tmp_path, "import-businesses", "Nama Usaha;Alamt", NAMES, list("123456"))
    assert not suggested(ikmctl, tmp_path, "import-businesses", "Nama Usaha;kecamatan", NAMES, list("123456"))


@pytest.mark.parametrize(
    "heading", ["TANGGAL LAHIR", "Nomor HKI", "desc", "skala_usaha_id", "Tenaga Kerja Lepas Perempuan"]
)
def test_another_word_is_no_typing_error(ikmctl: Run, tmp_path: Path, heading: str) -> None:
    cells = ["12/03/1970", "1/4/1981", "30/11/1979", "2/2/1990", "5/6/1985", "7/8/1977"]
    assert not suggested(ikmctl, tmp_path, "import-businesses", f"Nama Usaha;{heading}", NAMES, cells)
    headings = f"Nama Kegiatan;Tanggal Pelaksanaan;{heading}"
    assert not suggested(ikmctl, tmp_path, "import-events", headings, NAMES, cells, cells)


def test_a_column_of_titles_of_the_kbli_is_looked_up_unless_another_has_the_codes(ikmctl: Run, tmp_path: Path) -> None:
    titles = ["Industri Roti Dan Kue", "INDUSTRI ROTI DAN KUE"] * 3
    assert imported(ikmctl, tmp_path, "Nama Usaha;KBLI", NAMES, titles)["KBLI"] == "kbli"
    codes = ["10710"] * 6
    found = imported(ikmctl, tmp_path, "Nama Usaha;KBLI;NOMOR KBLI", NAMES, titles, codes)
    assert (found["KBLI"], found["NOMOR KBLI"]) == (None, "kbli")


def test_a_word_for_the_business_does_not_make_its_kind_the_product(ikmctl: Run, tmp_path: Path) -> None:
    found = imported(ikmctl, tmp_path, "Nama Usaha;JENIS UMKM;PRODUK", NAMES, ["Makanan"] * 6, ["keripik"] * 6)
    assert (found["PRODUK"], found["JENIS UMKM"]) == ("products", "sector")


def test_a_column_of_json_is_other_data(ikmctl: Run, tmp_path: Path) -> None:
    cells = [f"[{{'nama': 'Pecel {row}'}}]" for row in range(6)]
    assert imported(ikmctl, tmp_path, "Nama Usaha;Produk", NAMES, cells)["Produk"] is None


def test_both_coordinates_in_a_column_of_their_own(ikmctl: Run, tmp_path: Path) -> None:
    cells = [f"-0.2{row}98, 100.6{row}09" for row in range(6)]
    assert imported(ikmctl, tmp_path, "Nama Usaha;Titik Koordinat", NAMES, cells)["Titik Koordinat"] == "latitude"
    ikmctl("import-businesses", tmp_path / "ikm.csv", "--yes")
    shown = ikmctl("show-business", "1", "--format", "json").data
    assert (shown["latitude"], shown["longitude"]) == (-0.2098, 100.6009)


def test_a_nib_that_lost_its_zero_leaves_its_column_what_it_is(ikmctl: Run, tmp_path: Path) -> None:
    cells = [f"28201004041{row}.0" for row in range(6)]
    assert imported(ikmctl, tmp_path, "Nama Usaha;NIB", NAMES, cells)["NIB"] == "nib"


TRADES = ["kuliner", "sandang", "kerajinan", "kuliner", "logam", "perdagangan"]
GOODS = ["keripik pisang", "kain tenun", "anyaman", "kue basah", "parang", "warung sembako"]


def test_the_column_whose_words_are_known_is_the_sector(ikmctl: Run, tmp_path: Path) -> None:
    found = imported(ikmctl, tmp_path, "Nama Usaha;Komoditi;Sektor Usaha", NAMES, GOODS, TRADES)
    assert (found["Komoditi"], found["Sektor Usaha"]) == ("products", "sector")
    found = imported(ikmctl, tmp_path, "Nama Usaha;Jenis UMKM;Nama Produk", NAMES, TRADES, GOODS)
    assert (found["Jenis UMKM"], found["Nama Produk"]) == ("sector", "products")
    found = imported(ikmctl, tmp_path, "Nama Usaha;Jenis Usaha;Kategori Usaha", NAMES, TRADES, ["daring"] * 6)
    assert (found["Jenis Usaha"], found["Kategori Usaha"]) == ("sector", None)


def test_a_long_list_of_different_commodities_is_the_product(ikmctl: Run, tmp_path: Path) -> None:
    names = [f"Usaha {number}" for number in range(40)]
    found = imported(ikmctl, tmp_path, "Nama Usaha;Komoditi", names, [f"barang {number} buah" for number in range(40)])
    assert found["Komoditi"] == "products"
    branches = ["Mesin", "Furniture"] * 20  # unknown words of a short list are sectors that can be learned
    assert imported(ikmctl, tmp_path, "Nama Usaha;Komoditi", names, branches)["Komoditi"] == "sector"


def test_projected_coordinates_are_said_and_kept(ikmctl: Run, tmp_path: Path) -> None:
    """UTM gives metres: they are no degrees, and are not set aside one by one."""
    path = tmp_path / "ikm.csv"
    rows = [f"{name};{650100 + at}.25;99745{at}0" for at, name in enumerate(NAMES)]
    path.write_text("Nama Usaha;X;Y\n" + "\n".join(rows) + "\n", encoding="utf-8")
    outcome = ikmctl("import-businesses", path, "--yes")
    assert outcome.status == 0 and "Cells that cannot be read" not in outcome.err
    for heading in ("X", "Y"):
        assert f"Column “{heading}” is kept as other data: its coordinates are metres (UTM), not degrees" in outcome.err
    assert ikmctl("show-business", "1", "--reveal", "--format", "json").data["extra"]["Y"] == "9974500"
    degrees = imported(ikmctl, tmp_path, "Nama Usaha;Koordinat X;Koordinat Y", NAMES, ["100.6312"] * 6, ["-0.2298"] * 6)
    assert (degrees["Koordinat X"], degrees["Koordinat Y"]) == ("longitude", "latitude")


def test_what_businesses_do_does_not_make_a_list_of_events(ikmctl: Run, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text("Nama;Kegiatan;Kecamatan\n" + "".join(f"{name};menjual kue;\n" for name in NAMES), encoding="utf-8")
    assert "import-events" not in ikmctl("import-businesses", path, "--dry-run").text
