"""Business, Sentra, Event and Attendance as fields, with the headings that offices write (DOMAIN §1)."""

from ikmctl.domain import kinds
from ikmctl.domain.fields import Entity, Field
from ikmctl.language import N_

ACTIVITY, OBSERVATION, KBLI, DERIVED = "activity", "observation", "business_kbli", "derived"

EDITION_2025_FROM = "2025-12-18"
"""The day on which KBLI 2025 came into force (DOMAIN §2); before it a code is of the edition of 2020."""

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
        ),
        Field(
            "brand",
            kinds.LINE,
            N_("Brand"),
            ("Merek", "MEREK USAHA", "Merk", "brand"),
            example="Payocraft",
            continues=True,
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
        ),
        Field(
            "group",
            kinds.reference("group"),
            N_("Group"),
            ("Kelompok", "KUB", "Nama Kelompok", "group"),
            example="Kelompok Usaha Rajutan Fayari",
            help=N_("the group (kelompok usaha) it belongs to"),
        ),
        Field(
            "sentra",
            kinds.reference("sentra"),
            N_("Sentra"),
            ("Sentra", "Nama Sentra", "sentra"),
            example="Sentra Rendang Payakumbuh",
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
        ),
        Field(
            "owner_gender",
            kinds.GENDER,
            N_("Owner's sex"),
            ("Jenis Kelamin", "JENIS KELAMIN (L/P)", "L/P", "owner_gender"),
            example="female",
        ),
        Field("nik", kinds.NIK, N_("NIK"), ("NIK", "No KTP", "nomor_identitas_user"), example="1376994505800001"),
        Field(
            "phone",
            kinds.PHONE,
            N_("Phone"),
            (
                "No. HP", "NO. HP", "no_hp", "HP Pemilik", "Telepon", "No Telp", "No. Telp", "Telp/Fax", "TELP/ FAX",
                "Kontak", "nomor_telp", "phone",
            ),
            example="0812-0000-1234",
        ),
        Field("email", kinds.EMAIL, N_("Email"), ("Email", "E-mail"), example="erna@example.com"),
        Field(
            "address",
            kinds.LINE,
            N_("Address"),
            ("Alamat", "Alamat Usaha", "Alamat Lengkap", "Jalan", "Jalan/Dusun", "Dusun/Jalan", "address"),
            example="Jl. Tan Malaka 12",
        ),
        Field(
            "kelurahan",
            kinds.reference("kelurahan"),
            N_("Kelurahan"),
            ("Kelurahan", "Desa/Kelurahan", "KELURAHAN/DESA", "DESA/ KELURAHAN", "kelurahan_usaha", "Desa"),
            example="Tiakar",
        ),
        Field(
            "kecamatan",
            kinds.reference("kecamatan"),
            N_("Kecamatan"),
            ("Kecamatan", "kecamatan_usaha"),
            example="Payakumbuh Timur",
        ),
        Field("latitude", kinds.LATITUDE, N_("Latitude"), ("Latitude", "lat", "Lintang"), example="-0.2298"),
        Field("longitude", kinds.LONGITUDE, N_("Longitude"), ("Longitude", "lng", "lon", "Bujur"), example="100.6309"),
        Field(
            "sector",
            kinds.reference("sector"),
            N_("Sector"),
            ("Cabang Industri", "Jenis Industri", "Komoditi", "KOMODITI*", "Kategori", "sector"),
            example="pangan",
            continues=True,
        ),
        Field(
            "products",
            kinds.LINE,
            N_("Products"),
            ("Nama Produk", "Jenis Produk", "Produk", "JENIS USAHA", "products"),
            example="rendang daging, rendang telur",
            continues=True,
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
        ),
        Field(
            "nib", kinds.NIB, N_("NIB"), ("NIB", "Izin NIB", "no_nib", "NO. NIB", "NIB/TAHUN"), example="1234567890123"
        ),
        Field("npwp", kinds.NPWP, N_("NPWP"), ("NPWP",), example="01.234.567.8-202.000"),
        Field("established", kinds.YEAR, N_("Founded"), ("Tahun Berdiri", "established"), example="2015"),
        Field(
            "stated_scale",
            kinds.STATED_SCALE,
            N_("Stated scale"),
            ("Skala Usaha", "uraian_skala_usaha", "stated_scale"),
            example="micro",
            help=N_("as stated in OSS (PP 7/2021)"),
        ),
        Field(
            "registered_on",
            kinds.DATE_OR_MONTH,
            N_("Registered on"),
            (
                "Tanggal Daftar", "Tgl Daftar", "Tgl Registrasi",
                "Bulan Tahun Daftar Usaha", "TAHUN DIKELUARKAN IZIN", "tanggal_terbit_oss",
                "registered_on",
            ),
            ACTIVITY,
            example="11/10/2021",
        ),
        Field(
            "closed_on",
            kinds.DATE_OR_MONTH,
            N_("Closed on"),
            ("Tanggal Tutup", "closed_on"),
            ACTIVITY,
            example="31/12/2021",
        ),
        Field(
            "status",
            kinds.STATUS,
            N_("Status"),
            ("Status", "Status (Aktif/Non-Aktif)"),
            ACTIVITY,
            example="active",
        ),
        Field(
            "data_year",
            kinds.PERIOD,
            N_("Data year"),
            ("Tahun Data", "data_year"),
            OBSERVATION,
            example="2021",
            help=N_("the year or month that workers, investment and production belong to"),
        ),
        Field(
            "workers_male",
            kinds.COUNT,
            N_("Workers, men"),
            (
                "TK LK", "Tenaga Kerja (L)", "Tenaga Kerja L", "tkl", "Pria", "Jumlah Tenaga Kerja Pria",
                "Tenaga Kerja Laki-laki", "Jumlah Tenaga Kerja Laki-laki", "TK Laki-laki",
                "JUMLAH KARYAWAN LAKI-LAKI", "workers_male",
            ),
            OBSERVATION,
            example="2",
        ),
        Field(
            "workers_female",
            kinds.COUNT,
            N_("Workers, women"),
            (
                "TK PR", "Tenaga Kerja (P)", "Tenaga Kerja P", "tkp", "Wanita", "Jumlah Tenaga Kerja Wanita",
                "Tenaga Kerja Perempuan", "Jumlah Tenaga Kerja Perempuan", "TK Perempuan",
                "JUMLAH KARYAWAN PEREMPUAN", "workers_female",
            ),
            OBSERVATION,
            example="3",
        ),
        Field(
            "workers_total",
            kinds.COUNT,
            N_("Workers"),
            ("Tenaga Kerja", "Tenaga Kerja (Orang)", "jml_naker", "Jumlah Tenaga Kerja", "workers_total"),
            OBSERVATION,
            example="5",
            help=N_("only when men and women are not known apart"),
        ),
        Field(
            "investment",
            kinds.MONEY,
            N_("Investment"),
            ("Nilai Investasi", "INVESTASI/ MODAL", "jumlah_investasi", "Investasi", "investment"),
            OBSERVATION,
            example="28.000.000",
            help=N_("rupiah, without land and buildings"),
            continues=True,
        ),
        Field(
            "capacity",
            kinds.QUANTITY,
            N_("Capacity"),
            (
                "Kapasitas Produksi", "Jumlah Kapasitas Produksi Perbulan", "Kapasitas Produksi (Jumlah)", "Kapasitas",
                "capacity",
            ),
            OBSERVATION,
            example="500",
            continues=True,
        ),
        Field(
            "capacity_unit",
            kinds.text(40, one_line=True),
            N_("Unit"),
            ("Satuan", "Satuan Produksi", "capacity_unit"),
            OBSERVATION,
            example="kg",
            continues=True,
        ),
        Field(
            "capacity_period",
            kinds.CAPACITY_PERIOD,
            N_("Capacity per"),
            ("Periode Kapasitas", "Kapasitas per", "capacity_period"),
            OBSERVATION,
            example="month",
            continues=True,
        ),
        Field(
            "production_value",
            kinds.MONEY,
            N_("Production value"),
            ("Nilai Produksi", "Omzet", "NILAI OMZET USAHA PER TAHUN", "production_value"),
            OBSERVATION,
            example="150 juta",
            continues=True,
        ),
        Field(
            "material_value",
            kinds.MONEY,
            N_("Materials"),
            ("Nilai BB/BP", "Nilai Bahan Baku", "material_value"),
            OBSERVATION,
            example="90 juta",
            continues=True,
        ),
        Field(
            "export_percent",
            kinds.PERCENT,
            N_("Exported"),
            ("% PEMASARAN EKSPOR", "Pemasaran Ekspor (%)", "Pemasaran Ekspor", "export_percent"),
            OBSERVATION,
            example="10",
        ),
        Field(
            "export_countries",
            kinds.LINE,
            N_("Exported to"),
            ("NEGARA TUJUAN EKSPOR", "export_countries"),
            OBSERVATION,
            example="Malaysia",
        ),
        Field("scale", kinds.SCALE, N_("Industry scale"), (), DERIVED),
        Field("events_attended", kinds.COUNT, N_("Events attended"), (), DERIVED),
        Field("notes", kinds.NOTES, N_("Notes"), ("Keterangan", "Ket", "notes"), example="mitra Dekranasda"),
        Field("extra", kinds.EXTRA, N_("Other columns"), (), DERIVED),
    ),
)  # fmt: skip

SENTRA = Entity(
    name="sentra",
    label=N_("sentra"),
    plural="sentra",
    listed=("number", "name", "sector", "product", "kelurahan", "members", "reported_units"),
    fields=(
        Field("number", kinds.NUMBER, N_("No."), (), DERIVED),
        Field(
            "name",
            kinds.NAME,
            N_("Name"),
            ("Nama Sentra", "Sentra", "Sentra IKM", "Nama Sentra IKM", "name"),
            example="Sentra Rendang Payakumbuh",
            required=True,
        ),
        Field(
            "sector",
            kinds.reference("sector"),
            N_("Sector"),
            ("Cabang Industri", "Jenis Industri", "Komoditi", "Kategori", "sector"),
            example="pangan",
        ),
        Field(
            "product",
            kinds.LINE,
            N_("Product"),
            ("Produk", "Nama Produk", "Jenis Produk", "Produk Unggulan", "product"),
            example="rendang",
        ),
        Field(
            "address",
            kinds.LINE,
            N_("Address"),
            ("Alamat", "Lokasi", "Alamat Lengkap", "Jalan", "address"),
            example="Jl. Sudirman 1",
        ),
        Field(
            "kelurahan",
            kinds.reference("kelurahan"),
            N_("Kelurahan"),
            ("Kelurahan", "Desa/Kelurahan", "KELURAHAN/DESA", "Desa"),
            example="Tiakar",
        ),
        Field("kecamatan", kinds.reference("kecamatan"), N_("Kecamatan"), ("Kecamatan",), example="Payakumbuh Timur"),
        Field(
            "manager",
            kinds.LINE,
            N_("Manager"),
            ("Pengelola", "Ketua", "Nama Ketua", "Ketua Sentra", "manager"),
            example="UPTD Sentra Rendang",
        ),
        Field(
            "phone",
            kinds.PHONE,
            N_("Phone"),
            ("No. HP", "Telepon", "No Telp", "Telp", "Kontak", "phone"),
            example="0812-0000-1234",
        ),
        Field(
            "reported_units",
            kinds.COUNT,
            N_("Units stated"),
            ("Jumlah Unit Usaha", "Unit Usaha", "Jumlah IKM", "Jumlah Anggota", "reported_units"),
            example="20",
            help=N_("the number of businesses that the sentra states itself"),
        ),
        Field("established", kinds.YEAR, N_("Founded"), ("Tahun Berdiri", "established"), example="2017"),
        Field("opened_on", kinds.DATE_OR_MONTH, N_("Opened on"), ("Tanggal Buka", "opened_on"), example="01/01/2017"),
        Field("closed_on", kinds.DATE, N_("Closed on"), (), DERIVED),
        Field("status", kinds.STATUS, N_("Status"), (), DERIVED),
        Field("members", kinds.COUNT, N_("Members"), (), DERIVED),
        Field("notes", kinds.NOTES, N_("Notes"), ("Keterangan", "Ket", "notes"), example=""),
        Field("extra", kinds.EXTRA, N_("Other columns"), (), DERIVED),
    ),
)

PARTY = "event_party"

EVENT = Entity(
    name="event",
    label=N_("event"),
    plural="events",
    listed=("number", "name", "kind", "starts_on", "ends_on", "venue", "participants"),
    fields=(
        Field("number", kinds.NUMBER, N_("No."), (), DERIVED),
        Field(
            "name",
            kinds.NAME,
            N_("Name"),
            ("Nama Kegiatan", "Kegiatan", "Judul Kegiatan", "Nama Pelatihan", "Pelatihan", "name"),
            example="Workshop Rajutan",
            required=True,
        ),
        Field(
            "kind",
            kinds.EVENT_KIND,
            N_("Kind"),
            ("Jenis Kegiatan", "Bentuk Kegiatan", "Jenis", "kind"),
            example="workshop",
            required=True,
        ),
        Field(
            "starts_on",
            kinds.DATE,
            N_("From"),
            ("Tanggal Mulai", "Tanggal", "Tanggal Pelaksanaan", "Waktu", "Waktu Pelaksanaan", "Mulai", "starts_on"),
            example="13/09/2021",
            required=True,
        ),
        Field("ends_on", kinds.DATE, N_("To"), ("Tanggal Selesai", "Selesai", "ends_on"), example="17/09/2021"),
        Field("batch", kinds.LINE, N_("Batch"), ("Angkatan", "batch"), example="I"),
        Field(
            "venue",
            kinds.LINE,
            N_("Venue"),
            ("Tempat", "Tempat Pelaksanaan", "Lokasi", "venue"),
            example="Aula Disnakerin",
        ),
        Field("kelurahan", kinds.reference("kelurahan"), N_("Kelurahan"), ("Kelurahan",), example="Tiakar"),
        Field("kecamatan", kinds.reference("kecamatan"), N_("Kecamatan"), ("Kecamatan",), example="Payakumbuh Timur"),
        Field("topic", kinds.LINE, N_("Topic"), ("Materi", "Topik", "topic"), example="merajut"),
        Field(
            "budget",
            kinds.MONEY,
            N_("Budget"),
            ("Anggaran", "Jumlah Anggaran", "Pagu", "Biaya", "budget"),
            example="25 juta",
        ),
        Field(
            "reported_male",
            kinds.COUNT,
            N_("Reported men"),
            ("Peserta L", "Jumlah Peserta L", "Peserta Laki-laki", "L", "reported_male"),
            example="2",
        ),
        Field(
            "reported_female",
            kinds.COUNT,
            N_("Reported women"),
            ("Peserta P", "Jumlah Peserta P", "Peserta Perempuan", "P", "reported_female"),
            example="8",
        ),
        *(
            Field(role, kinds.LINE, label, headings, PARTY, example=example, repeatable=True)
            for role, label, headings, example in (
                ("organiser", N_("Organiser"), ("Penyelenggara", "Pelaksana", "organiser"), "Disnakerin"),
                ("host", N_("Host"), ("Tuan Rumah", "host"), "Disnakerin Kota Payakumbuh"),
                ("guest", N_("Guest"), ("Tamu", "guest"), "DPMPTSPPTK Kota Bukittinggi"),
                (
                    "funder",
                    N_("Funding"),
                    ("Sumber Dana", "Sumber Anggaran", "Sumber Pendanaan", "Pendanaan", "funder"),
                    "APBD",
                ),
                (
                    "instructor",
                    N_("Instructor"),
                    ("Narasumber", "Instruktur", "Pelatih", "Pemateri", "instructor"),
                    "Dekranasda",
                ),
            )
        ),
        Field("closed_on", kinds.DATE, N_("Closed on"), (), DERIVED),
        Field("cancelled", kinds.FLAG, N_("Cancelled"), (), DERIVED),
        Field("status", kinds.STATUS, N_("Status"), (), DERIVED),
        Field("participants", kinds.COUNT, N_("Participants"), (), DERIVED),
        Field("businesses", kinds.COUNT, N_("Businesses"), (), DERIVED),
        Field("notes", kinds.NOTES, N_("Notes"), ("Keterangan", "Ket", "notes"), example=""),
        Field("extra", kinds.EXTRA, N_("Other columns"), (), DERIVED),
    ),
)

_PERSON = Field(
    "person",
    kinds.LINE,
    N_("Person"),
    ("Nama Peserta", "Nama Lengkap", "Nama", "Nama Pemilik", "Nama Pelaku Usaha", "Pemilik", "person"),
    example="Rina Wati",
)
_TAKING_PART = (
    Field("role", kinds.ROLE, N_("Role"), ("Peran", "Sebagai", "role"), example="participant"),
    Field(
        "gender",
        kinds.GENDER,
        N_("Sex"),
        ("Jenis Kelamin", "JENIS KELAMIN (L/P)", "L/P", "JK", "gender"),
        example="female",
    ),
    Field("position", kinds.LINE, N_("Position"), ("Jabatan", "position"), example="Kepala Bidang"),
    Field(
        "organisation",
        kinds.LINE,
        N_("Organisation"),
        ("Instansi", "Asal Instansi", "Organisasi", "Utusan", "organisation"),
        example="Dekranasda",
    ),
)
"""What is kept of everybody at an event, as typed and as a list of participants says it."""

ATTENDANCE = Entity(
    name="attendance",
    label=N_("attendance"),
    plural="attendances",
    listed=("person", "business", "sentra", "role", "gender", "position", "organisation"),
    fields=(
        Field("event", kinds.reference("event"), N_("Event")),
        _PERSON,
        Field("business", kinds.reference("business"), N_("Business")),
        Field("sentra", kinds.reference("sentra"), N_("Sentra")),
        *_TAKING_PART,
        Field("extra", kinds.EXTRA, N_("Other columns"), (), DERIVED),
    ),
)

PARTICIPANT = Entity(
    name="participant",
    label=N_("participant"),
    plural="participants",
    listed=(),
    fields=(
        Field("event", kinds.LINE, N_("Event"), ("Nama Kegiatan", "Kegiatan", "Nama Pelatihan", "Pelatihan", "event")),
        Field(
            "starts_on",
            kinds.DATE,
            N_("From"),
            ("Tanggal", "Tanggal Mulai", "Tanggal Pelaksanaan", "Waktu Pelaksanaan", "starts_on"),
        ),
        Field("ends_on", kinds.DATE, N_("To"), ("Tanggal Selesai", "ends_on")),
        _PERSON,
        Field(
            "business",
            kinds.LINE,
            N_("Business"),
            ("Nama Usaha", "Nama IKM", "Nama Perusahaan", "Usaha", "business"),
            example="Rajut Uni Des",
        ),
        Field("nib", kinds.NIB, N_("NIB"), ("NIB", "No. NIB", "no_nib"), example="1234567890123"),
        *_TAKING_PART,
    ),
)
"""A row of a list of participants: what finds the event and the business, and what is kept of the attendance."""

RECORDS = {entity.name: entity for entity in (BUSINESS, SENTRA, EVENT)}
"""What has a number, commands and a history of its own."""

ENTITIES = {entity.name: entity for entity in (*RECORDS.values(), ATTENDANCE)}

_KEPT: dict[tuple[str, str], Field] = {
    (entity.name if field.derived else field.table or entity.name, field.name): field
    for entity in ENTITIES.values()
    for field in entity.fields
}


def field_in(table: str, column: str) -> Field | None:
    """The field that a column of the registry keeps; None where there is none."""
    return _KEPT.get((table, column))
