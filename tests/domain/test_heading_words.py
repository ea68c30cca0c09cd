"""Headings as offices write them, read by their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl.domain.entities import BUSINESS, PARTICIPANT
from ikmctl.domain.heading_words import concepts, split_words
from ikmctl.sheets.table.columns import known_headings

#: Headings copied from files that offices made, with the field that each names.
OFFICES = [
    ("Nama UMKM", "name"), ("NAMA_UMKM", "name"), ("nama_usahaa", "name"), ("namaumkm", "name"), ("nm_usaha", "name"),
    ("business_name", "name"), ("umkm_name", "name"), ("nama_toko", "name"), ("Nama Perusahaan", "name"),
    ("Nama Koperasi", "name"), ("nama_koperasi", "name"), ("Nama SPBU", "name"), ("Nama IKM", "name"),
    ("Nama Tempat Usaha", "name"), ("Nama Badan Usaha", "name"), ("Nama Outlet", "name"), ("Nama Industri Kecil", "name"),
    ('Jenis Kelamin ("laki-laki", "perempuan")', "owner_gender"),
    ('Bentuk Hukum Perusahaan ("pt", "cv", "perorangan")', "form"),
    ("Nama IKM/UMKM", "name"), ("NAMA INDUSTRI", "name"), ("PERUSAHAAN", "name"),
    ("Nama Pemilik UMKM", "owner"), ("owner_name", "owner"), ("namapemilik", "owner"), ("Nama Pengrajin", "owner"),
    ("penanggung_jawab", "owner"), ("NAMA PEMILIK/KONTAK PERSON", "owner"), ("Pemilik UMKM", "owner"),
    ("Nama Lengkap", "owner"), ("Nama Pelaku Usaha", "owner"), ("Nama Pimpinan Perusahaan", "owner"),
    ("JENIS KELAMIN(L/P)", "owner_gender"), ("Jenis Kelamin Pemilik", "owner_gender"), ("(L/P)", "owner_gender"),
    ("No. KTP", "nik"), ("Nomor Identitas User", "nik"), ("NIK Pemilik", "nik"),
    ("No HP / WA", "phone"), ("No Handphone", "phone"), ("noWaTelp", "phone"), ("notelp", "phone"),
    ("kontak_wa", "phone"), ("TELEPON_HP", "phone"), ("Nomor Telepon Pemilik", "phone"), ("No.\nHP", "phone"),
    ("No. Telp/HP", "phone"), ("Nmr WhatsApp", "phone"),
    ("Alamat E-mail", "email"), ("Surel", "email"),
    ("business_address", "address"), ("alamat_usahaa", "address"), ("Lokasi Usaha", "address"), ("Alamat Usa", "address"),
    ("Kelurahan/Desa (Usaha)", "kelurahan"), ("nm_kel", "kelurahan"), ("DESA / KELURAHAN", "kelurahan"),
    ("Nagari/Kel.", "kelurahan"), ("kecamatan_usahaa", "kecamatan"), ("nm_kec", "kecamatan"),
    ("LONGTITUDE", "longitude"), ("Latitude_umkm", "latitude"), ("umkm_coordinate", "latitude"),
    ("Titik Koordinat Usaha", "latitude"),
    ("bidang_usaha", "sector"), ("Lapangan U", "sector"), ("Cabang Industri", "sector"),
    ("jns_usaha", "products"), ("produk_unggulan", "products"), ("Jenis_Produk", "products"), ("jenisUsaha", "products"),
    ("Kode KBLI", "kbli"), ("Nomor NIB", "nib"), ("Nomor NPWP", "npwp"), ("tahun_berdiri", "established"),
    ("Bentuk Hukum Perusahaan", "form"), ("Uraian Jenis Perusahaan", "form"), ("Uraian Skala Usaha", "stated_scale"),
    ("Tahun Pendataan", "data_year"), ("tahun_survey", "data_year"), ("Tgl. Terdaftar", "registered_on"),
    ("TENAGA KERJA (ORANG) (L)", "workers_male"), ("tenaga_kerja_laki_laki", "workers_male"),
    ("Jml TK Pria", "workers_male"), ("TENAGA KERJA(P)", "workers_female"), ("Jumlah Karyawan Wanita", "workers_female"),
    ("total_tenaga_kerja", "workers_total"), ("jumlash_tenaga_kerja", "workers_total"), ("JML KARYAWAN", "workers_total"),
    ("NILAI INVESTASI\n(Rp.000)", "investment"), ("Jumlah Investasi", "investment"),
    ("Kemampuan Produksi / Bulan", "capacity"), ("KAPASITAS PRODUKSI(JUMLAH)", "capacity"),
    ("Satuan Volume Produksi", "capacity_unit"), ("Omset Tahunan (Rp)", "production_value"),
    ("Nilai Omzet per Tahun", "production_value"), ("NILAI BB/BP\n(Rp.000) ", "material_value"),
    ("Nilai Bahan Baku / Tahun", "material_value"), ("% PEMASARAN EKSPOR", "export_percent"), ("Catatan", "notes"),
    ("Merk Produk", "brand"),
]  # fmt: skip

#: Headings of the same files that only sound like one of a field.
SOUND_ALIKE = [
    "Nama Ibu Kandung", "Nama Petugas", "Nama Bank", "Nama RW", "nama_kota", "No. Rekening", "No KK", "Nomor Kartu Keluarga",
    "Nomor RW", "Nomor PIRT", "Nomor Sertifikat", "Tanggal Lahir", "tgl_lahir", "Tanggal Input", "Tanggal Kadaluarsa",
    "Tempat Lahir", "Umur", "Nilai Bantuan", "jenis_bantuan", "Nilai Tambah", "NILAI ASSET", "Luas Bangunan", "luas_tanah",
    "Harga Jual", "harga", "Kode Produk", "Kode Industri", "Status Perkawinan", "Status Tempat Usaha", "status_pemilik",
    "Alamat Pemilik (KTP)", "Alamat Rumah", "ALAMAT PEMILIK", "Judul Kbli", "Jenis Pelatihan", "Tahun Pemberian", "Tahun_Mulai",
    "TAHUN DIKELUARKAN IZIN", "thn_anggaran", "Omzet Agustus (Rp)", "pendapatan_bulanan", "Omzet per Bulan", "Modal Kerja",
    "Modal Awal Usaha", "biaya_karyawan", "jumlah_pelanggan", "Tenaga Kerja Lepas Perempuan", "Keuntungan Bersih",
    "Kepala Keluarga", "deskripsi_umkm", "Rating_umkm", "link_usaha", "Lama Usaha (Tahun)", "usia_usaha", "TKA", "Kab/Kota",
    "Uraian Status Penanaman Modal", "Id Proyek", "Mesin Peralatan", "Uraian_Jenis_Proyek", 'NIB ("V", "X")', 'NPWP ("V", "X")',
]  # fmt: skip


def field_of(heading: str) -> str | None:
    field = known_headings(BUSINESS, {}).field(heading)
    return field.name if field else None


@pytest.mark.parametrize(("heading", "field"), OFFICES)
def test_a_heading_of_an_office_names_its_field(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize("heading", SOUND_ALIKE)
def test_a_heading_that_only_sounds_alike_names_none(heading: str) -> None:
    assert field_of(heading) is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Tenaga Kerja (Orang) › L", "workers_male"),
        ("TENAGA KERJA › Perempuan", "workers_female"),
        ("ALAMAT › DESA/ KELURAHAN", "kelurahan"),
        ("ALAMAT › TELP/ FAX", "phone"),
        ("KAPASITAS PRODUKSI › SATUAN", "capacity_unit"),
        ("PEMILIK › NAMA", "owner"),
        ("PEMILIK › ALAMAT", None),
    ],
)
def test_a_heading_of_two_rows_is_read_as_one(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


def test_a_list_of_participants_reads_names_as_people() -> None:
    known = known_headings(PARTICIPANT, {})
    found = {
        heading: known.field(heading)
        for heading in ("Nama Peserta", "nama_lengkap", "Nama UMKM", "JK", "Jabatan Peserta")
    }
    assert {heading: field.name for heading, field in found.items() if field} == {
        "Nama Peserta": "person", "nama_lengkap": "person", "Nama UMKM": "business", "JK": "gender",
        "Jabatan Peserta": "position",
    }  # fmt: skip


@given(
    st.sampled_from(OFFICES),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from([" ", "_", "  ", "\n", ". "]),
)
def test_case_and_signs_between_the_words_do_not_matter(pair: tuple[str, str], case: object, between: str) -> None:
    heading, field = pair
    words = split_words(heading)
    if len(heading) != 10 and not {"%", '"'} & set(heading):
        assert field_of(between.join(case(word) for word in words)) == field  # type: ignore[operator]


@given(st.text(max_size=120))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = concepts(text)
    assert found is None or all(isinstance(concept, str) for concept in found)
