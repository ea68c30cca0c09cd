"""The fields of a sentra."""

from ikmctl.domain.entities.business import DERIVED
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.values import kinds
from ikmctl.language import N_

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
            words=("name sentra [business]", "sentra [business]"),
        ),
        Field(
            "sector",
            kinds.reference("sector"),
            N_("Sector"),
            ("Cabang Industri", "Jenis Industri", "Komoditi", "Kategori", "sector"),
            example="pangan",
            words=("sector [name business kind]",),
        ),
        Field(
            "product",
            kinds.LINE,
            N_("Product"),
            ("Produk", "Nama Produk", "Jenis Produk", "Produk Unggulan", "product"),
            example="rendang",
            words=("product [name kind main]",),
        ),
        Field(
            "address",
            kinds.LINE,
            N_("Address"),
            ("Alamat", "Lokasi", "Alamat Lengkap", "Jalan", "address"),
            example="Jl. Sudirman 1",
            words=("address [sentra full location]", "location [sentra]"),
        ),
        Field(
            "kelurahan",
            kinds.reference("kelurahan"),
            N_("Kelurahan"),
            ("Kelurahan", "Desa/Kelurahan", "KELURAHAN/DESA", "Desa"),
            example="Tiakar",
            words=("kelurahan [name sentra address]",),
        ),
        Field(
            "kecamatan",
            kinds.reference("kecamatan"),
            N_("Kecamatan"),
            ("Kecamatan",),
            example="Payakumbuh Timur",
            words=("kecamatan [name sentra address]",),
        ),
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
            words=("phone [number contact person]", "contact [number person]"),
        ),
        Field(
            "reported_units",
            kinds.COUNT,
            N_("Units stated"),
            ("Jumlah Unit Usaha", "Unit Usaha", "Jumlah IKM", "Jumlah Anggota", "reported_units"),
            example="20",
            help=N_("the number of businesses stated by the sentra"),
            words=("count business",),
        ),
        Field(
            "established",
            kinds.YEAR,
            N_("Founded"),
            ("Tahun Berdiri", "established"),
            example="2017",
            words=("year founded [sentra]",),
        ),
        Field("opened_on", kinds.DATE_OR_MONTH, N_("Opened on"), ("Tanggal Buka", "opened_on"), example="01/01/2017"),
        Field("closed_on", kinds.DATE, N_("Closed on"), (), DERIVED),
        Field("status", kinds.STATUS, N_("Status"), (), DERIVED),
        Field("members", kinds.COUNT, N_("Members"), (), DERIVED),
        Field("notes", kinds.NOTES, N_("Notes"), ("Keterangan", "Ket", "notes"), example="", words=("note",)),
        Field("extra", kinds.EXTRA, N_("Other columns"), (), DERIVED),
    ),
)
