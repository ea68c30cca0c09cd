"""The fields of a business, with the headings that offices write (docs/domain.md, Headings)."""

from ikmctl.domain.entities.observation import OBSERVATION_FIELDS
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.values import kinds
from ikmctl.language import N_

ACTIVITY, KBLI, DERIVED = "activity", "business_kbli", "derived"

#: The day on which KBLI 2025 came into force (docs/domain.md). A code given before it belongs to KBLI 2020.
EDITION_2025_FROM = "2025-12-18"

#: The day by which businesses had to change their KBLI 2020 codes to KBLI 2025 (docs/domain.md).
EDITION_2025_DUE = "2026-06-18"

BUSINESS = Entity(
    name="business",
    label=N_("business"),
    plural="businesses",
    listed=("number", "name", "owner", "kelurahan", "sector", "workers_total"),
    fields=(
        Field(
            "number", kinds.NUMBER, N_("No."), ("Nomor IKM", "No. Registrasi", "Nomor Registrasi", "number"), DERIVED
        ),
        Field(
            "name",
            kinds.NAME,
            N_("Name"),
            (
                "Nama Usaha", "Nama IKM", "Nama Perusahaan", "Nama Industri", "Nama Perusahaan/Proyek", "nama_proyek",
                "PERUSAHAAN", "Nama", "name",
            ),
            example="Rendang Uni Erna",
            required=True,
            words=("name business [product]", "name", "name form", "name venue business", "title business"),
        ),
        Field(
            "brand",
            kinds.LINE,
            N_("Brand"),
            ("Merek", "MEREK USAHA", "Merk", "brand"),
            example="Payocraft",
            continues=True,
            words=("brand [name product business]",),
        ),
        Field(
            "form",
            kinds.FORM,
            N_("Legal form"),
            (
                "Bentuk Badan Usaha", "Bentuk Badan", "BENTUK USAHA", "Badan Usaha", "Jenis Perusahaan",
                "uraian_jenis_perusahaan", "form",
            ),
            example="individual",
            words=("form [kind business]", "description kind business"),
            wanted=True,
        ),
        Field(
            "group",
            kinds.reference("group"),
            N_("Group"),
            ("Kelompok", "KUB", "Nama Kelompok", "group"),
            example="Kelompok Usaha Rajutan Fayari",
            help=N_("the group (kelompok usaha) it belongs to"),
            words=("group [name business]",),
        ),
        Field(
            "sentra",
            kinds.reference("sentra"),
            N_("Sentra"),
            ("Sentra", "Nama Sentra", "sentra"),
            example="Sentra Rendang Payakumbuh",
            words=("sentra [name business]",),
        ),
        Field(
            "owner",
            kinds.LINE,
            N_("Owner"),
            (
                "Nama Pemilik", "Nama Pelaku Usaha", "nama_lengkap", "nama_user", "NAMA PEMILIK/ KONTAK PERSON",
                "Pemilik", "Nama Peserta", "owner",
            ),
            example="Erna Wati",
            words=(
                "owner [name business contact person full main]", "name full", "name user [full]", "contact person",
                "contact [name]",
            ),
            stands_in_for="name",
            wanted=True,
        ),
        Field(
            "owner_gender",
            kinds.GENDER,
            N_("Owner's sex"),
            ("Jenis Kelamin", "JENIS KELAMIN (L/P)", "L/P", "owner_gender"),
            example="female",
            words=("gender [male female owner business]", "male female"),
            wanted=True,
        ),
        Field(
            "nik", kinds.NIK, N_("NIK"), ("NIK", "No KTP", "nomor_identitas_user"), example="1376994505800001",
            words=("identity [number owner business user]",),
            wanted=True,
        ),
        Field(
            "phone",
            kinds.PHONE,
            N_("Phone"),
            (
                "No. HP", "NO. HP", "no_hp", "HP Pemilik", "Telepon", "No Telp", "No. Telp", "Telp/Fax", "TELP/ FAX",
                "Kontak", "nomor_telp", "phone",
            ),
            example="0812-0000-1234",
            words=("phone [number owner business contact person]", "contact [number owner business person]"),
            wanted=True,
        ),
        Field(
            "email", kinds.EMAIL, N_("Email"), ("Email", "E-mail"), example="erna@example.com",
            words=("email [address owner business]",),
        ),
        Field(
            "address",
            kinds.LINE,
            N_("Address"),
            ("Alamat", "Alamat Usaha", "Alamat Lengkap", "Jalan", "Jalan/Dusun", "Dusun/Jalan", "address"),
            example="Jl. Tan Malaka 12",
            words=("address [business full location]", "location [business]"),
            wanted=True,
        ),
        Field(
            "kelurahan",
            kinds.reference("kelurahan"),
            N_("Kelurahan"),
            ("Kelurahan", "Desa/Kelurahan", "KELURAHAN/DESA", "DESA/ KELURAHAN", "kelurahan_usaha", "Desa"),
            example="Tiakar",
            words=("kelurahan [name business address]",),
            wanted=True,
        ),
        Field(
            "kecamatan",
            kinds.reference("kecamatan"),
            N_("Kecamatan"),
            ("Kecamatan", "kecamatan_usaha"),
            example="Payakumbuh Timur",
            words=("kecamatan [name business address]",),
            wanted=True,
        ),
        Field(
            "latitude", kinds.LATITUDE, N_("Latitude"), ("Latitude", "lat", "Lintang"), example="-0.2298",
            words=("latitude [business address coordinate location]", "coordinate [business address location]"),
            wanted=True,
        ),
        Field(
            "longitude", kinds.LONGITUDE, N_("Longitude"), ("Longitude", "lng", "lon", "Bujur"), example="100.6309",
            words=("longitude [business address coordinate location]",),
        ),
        Field(
            "sector",
            kinds.reference("sector"),
            N_("Sector"),
            ("Cabang Industri", "Jenis Industri", "Komoditi", "KOMODITI*", "Kategori", "sector"),
            example="pangan",
            continues=True,
            words=("sector [name business kind]", "commodity [name business kind]", "kind business"),
            wanted=True,
        ),
        Field(
            "products",
            kinds.LINE,
            N_("Products"),
            ("Nama Produk", "Jenis Produk", "Produk", "JENIS USAHA", "products"),
            example="rendang daging, rendang telur",
            continues=True,
            words=(
                "product [name kind main business]", "kind business", "kind production",
                "commodity product [name main]", "commodity [name business kind]",
            ),
            wanted=True,
        ),
        Field(
            "kbli",
            kinds.KBLI,
            N_("KBLI"),
            ("Kode KBLI", "NOMOR KBLI", "KBLI"),
            KBLI,
            example="10750",
            help=N_("five digits, the main one first; several separated by commas"),
            continues=True,
            words=("kbli [number code]",),
            wanted=True,
        ),
        Field(
            "nib", kinds.NIB, N_("NIB"), ("NIB", "Izin NIB", "no_nib", "NO. NIB", "NIB/TAHUN"), example="1234567890123",
            words=("nib [number year business]",),
            wanted=True,
        ),
        Field(
            "npwp", kinds.NPWP, N_("NPWP"), ("NPWP",), example="01.234.567.8-202.000",
            words=("npwp [number owner business]",),
            wanted=True,
        ),
        Field(
            "established", kinds.YEAR, N_("Founded"), ("Tahun Berdiri", "established"), example="2015",
            words=("year founded [business]",),
            wanted=True,
        ),
        Field(
            "stated_scale",
            kinds.STATED_SCALE,
            N_("Stated scale"),
            ("Skala Usaha", "uraian_skala_usaha", "stated_scale"),
            example="micro",
            help=N_("as stated in OSS (PP 7/2021)"),
            words=("scale [business description]",),
        ),
        Field(
            "registered_on",
            kinds.DATE_OR_MONTH,
            N_("Registered on"),
            (
                "Tanggal Daftar", "Tgl Daftar", "Tgl Registrasi",
                "Bulan Tahun Daftar Usaha", "tanggal_terbit_oss",
                "registered_on",
            ),
            ACTIVITY,
            example="11/10/2021",
            words=("date registered [business]", "date issued oss", "date issued nib"),
        ),
        Field("recorded_on", kinds.DATE, N_("Recorded on"), (), DERIVED),
        Field("known_active_by", kinds.YEAR, N_("Known active by"), (), DERIVED),
        Field(
            "closed_on",
            kinds.DATE_OR_MONTH,
            N_("Closed on"),
            ("Tanggal Tutup", "closed_on"),
            ACTIVITY,
            example="31/12/2021",
            words=("date closed [business]",),
        ),
        Field(
            "status",
            kinds.STATUS,
            N_("Status"),
            ("Status", "Status (Aktif/Non-Aktif)"),
            ACTIVITY,
            example="active",
            words=("status active [business]",),
        ),
        *OBSERVATION_FIELDS,
        Field("scale", kinds.SCALE, N_("Industry scale"), (), DERIVED),
        Field("events_attended", kinds.COUNT, N_("Events attended"), (), DERIVED),
        Field("last_coached_on", kinds.DATE, N_("Last coached"), (), DERIVED),
        Field("group_members", kinds.COUNT, N_("Members of the group"), (), DERIVED),
        Field("members_coached", kinds.COUNT, N_("Members coached"), (), DERIVED),
        Field("coverage_percent", kinds.PERCENT, N_("Coverage of the group"), (), DERIVED),
        Field(
            "notes", kinds.NOTES, N_("Notes"), ("Keterangan", "Ket", "notes"), example="mitra Dekranasda",
            words=("note",),
        ),
        Field("extra", kinds.EXTRA, N_("Other columns"), (), DERIVED),
    ),
)  # fmt: skip
