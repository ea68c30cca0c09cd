"""The fields of an attendance, and of a row of a participant list."""

from ikmctl.domain.entities.business import DERIVED
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.values import kinds
from ikmctl.language import N_

_PERSON = Field(
    "person",
    kinds.LINE,
    N_("Person"),
    ("Nama Peserta", "Nama Lengkap", "Nama", "Nama Pemilik", "Nama Pelaku Usaha", "Pemilik", "person"),
    example="Rina Wati",
    words=("name participant [full]", "name full", "name", "owner [name business full]"),
)
#: The fields of every person at an event, whether typed or imported from a list of participants.
_TAKING_PART = (
    Field(
        "role",
        kinds.ROLE,
        N_("Role"),
        ("Peran", "Sebagai", "role"),
        example="participant",
        words=("role [participant]",),
    ),
    Field(
        "gender",
        kinds.GENDER,
        N_("Sex"),
        ("Jenis Kelamin", "JENIS KELAMIN (L/P)", "L/P", "JK", "gender"),
        example="female",
        words=("gender [male female participant]", "male female"),
    ),
    Field(
        "position",
        kinds.LINE,
        N_("Position"),
        ("Jabatan", "position"),
        example="Kepala Bidang",
        words=("position [participant]",),
    ),
    Field(
        "organisation",
        kinds.LINE,
        N_("Organisation"),
        ("Instansi", "Asal Instansi", "Organisasi", "Utusan", "organisation"),
        example="Dekranasda",
        words=("organisation [name participant]",),
    ),
    Field(
        "passed",
        kinds.PASSED,
        N_("Passed"),
        ("Lulus", "Kelulusan", "Lulus/Tidak", "Status Kelulusan", "passed"),
        example="yes",
    ),
)

ATTENDANCE = Entity(
    name="attendance",
    label=N_("attendance"),
    plural="attendances",
    listed=("number", "person", "business", "sentra", "role", "gender", "position", "organisation", "passed"),
    fields=(
        Field("number", kinds.NUMBER, N_("No."), (), DERIVED),
        Field("event", kinds.reference("event"), N_("Event")),
        _PERSON,
        Field("business", kinds.reference("business"), N_("Business")),
        Field("sentra", kinds.reference("sentra"), N_("Sentra")),
        *_TAKING_PART,
        Field("extra", kinds.EXTRA, N_("Other columns"), (), DERIVED),
    ),
)

#: A row of a participant list: the columns that find the event and the business, and the fields of the attendance.
PARTICIPANT = Entity(
    name="participant",
    label=N_("participant"),
    plural="participants",
    listed=(),
    fields=(
        Field(
            "event",
            kinds.NAME,
            N_("Event"),
            ("Nama Kegiatan", "Kegiatan", "Nama Pelatihan", "Pelatihan", "event"),
            words=("name event", "title [event]"),
        ),
        Field(
            "starts_on",
            kinds.DATE,
            N_("From"),
            ("Tanggal", "Tanggal Mulai", "Tanggal Pelaksanaan", "Waktu Pelaksanaan", "Hari/Tanggal", "starts_on"),
            words=("date start [event]", "date event"),
        ),
        Field("ends_on", kinds.DATE, N_("To"), ("Tanggal Selesai", "ends_on"), words=("date end [event]",)),
        Field("batch", kinds.LINE, N_("Batch"), ("Angkatan", "batch"), words=("batch [event]",)),
        Field(
            "venue",
            kinds.LINE,
            N_("Venue"),
            ("Tempat", "Tempat Pelaksanaan", "Lokasi Kegiatan", "venue"),
            words=("venue [event start]", "location event [start]", "location start"),
        ),
        _PERSON,
        Field(
            "business",
            kinds.LINE,
            N_("Business"),
            ("Nama Usaha", "Nama IKM", "Nama Perusahaan", "Usaha", "business"),
            example="Rajut Uni Des",
            words=("name business",),
        ),
        Field(
            "nib",
            kinds.NIB,
            N_("NIB"),
            ("NIB", "No. NIB", "no_nib"),
            example="1234567890123",
            words=("nib [number year business]",),
        ),
        Field(
            "business_address",
            kinds.LINE,
            N_("Address of the business"),
            ("Alamat Usaha", "business_address"),
            words=("address business [full]", "location business"),
        ),
        Field(
            "products",
            kinds.LINE,
            N_("Products"),
            ("Nama Produk", "Jenis Produk", "Produk", "products"),
            words=("product [name kind main business]", "kind business"),
        ),
        *_TAKING_PART,
    ),
)
