"""The fields of a training or coaching event."""

from ikmctl.domain.entities.business import DERIVED
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.values import kinds
from ikmctl.language import N_

PARTY = "event_party"
#: The parties of an event, each of which may be several: role, label, headings, example.
_PARTIES = (
    ("organiser", N_("Organiser"), ("Penyelenggara", "Pelaksana", "organiser"), "Disnakerin"),
    ("host", N_("Host"), ("Tuan Rumah", "host"), "Disnakerin Kota Payakumbuh"),
    ("guest", N_("Guest"), ("Tamu", "guest"), "DPMPTSPPTK Kota Bukittinggi"),
    ("funder", N_("Funding"), ("Sumber Dana", "Sumber Anggaran", "Sumber Pendanaan", "Pendanaan", "funder"), "APBD"),
    ("instructor", N_("Instructor"), ("Narasumber", "Instruktur", "Pelatih", "Pemateri", "instructor"), "Dekranasda"),
)
PARTY_ROLES = tuple(role for role, *_rest in _PARTIES)

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
            words=("name event", "title event"),
        ),
        Field(
            "kind",
            kinds.EVENT_KIND,
            N_("Kind"),
            ("Jenis Kegiatan", "Bentuk Kegiatan", "Jenis", "kind"),
            example="workshop",
            required=True,
            words=("kind event",),
        ),
        Field(
            "starts_on",
            kinds.DATE,
            N_("From"),
            ("Tanggal Mulai", "Tanggal", "Tanggal Pelaksanaan", "Waktu", "Waktu Pelaksanaan", "Mulai", "starts_on"),
            example="13/09/2021",
            required=True,
            words=("date start [event]", "date event"),
        ),
        Field(
            "ends_on",
            kinds.DATE,
            N_("To"),
            ("Tanggal Selesai", "Selesai", "ends_on"),
            example="17/09/2021",
            words=("date end [event]",),
        ),
        Field(
            "hours",
            kinds.QUANTITY,
            N_("Hours"),
            ("Jam Pelajaran", "Jumlah JP", "JP", "Jumlah Jam", "hours"),
            example="40",
            help=N_("hours of training (JP)"),
        ),
        Field("batch", kinds.LINE, N_("Batch"), ("Angkatan", "batch"), example="I", words=("batch [event]",)),
        Field(
            "venue",
            kinds.LINE,
            N_("Venue"),
            ("Tempat", "Tempat Pelaksanaan", "Lokasi", "venue"),
            example="Aula Disnakerin",
            words=("venue [event start location]", "location [event]"),
        ),
        Field(
            "kelurahan",
            kinds.reference("kelurahan"),
            N_("Kelurahan"),
            ("Kelurahan",),
            example="Tiakar",
            words=("kelurahan [name venue]",),
        ),
        Field(
            "kecamatan",
            kinds.reference("kecamatan"),
            N_("Kecamatan"),
            ("Kecamatan",),
            example="Payakumbuh Timur",
            words=("kecamatan [name venue]",),
        ),
        Field("topic", kinds.LINE, N_("Topic"), ("Materi", "Topik", "topic"), example="merajut"),
        Field(
            "budget",
            kinds.MONEY,
            N_("Budget"),
            ("Anggaran", "Jumlah Anggaran", "Pagu", "Biaya", "budget"),
            example="25 juta",
        ),
        Field(
            "budget_by_source",
            kinds.FUNDING,
            N_("Budget by source"),
            ("Anggaran per Sumber Dana", "Rincian Anggaran", "budget_by_source"),
            PARTY,
            example="APBD=20 juta; DAK Nonfisik=5 juta",
            repeatable=True,
        ),
        Field(
            "reported_male",
            kinds.COUNT,
            N_("Reported men"),
            ("Peserta L", "Jumlah Peserta L", "Peserta Laki-laki", "L", "reported_male"),
            example="2",
            words=("participant male [count person]",),
        ),
        Field(
            "reported_female",
            kinds.COUNT,
            N_("Reported women"),
            ("Peserta P", "Jumlah Peserta P", "Peserta Perempuan", "P", "reported_female"),
            example="8",
            words=("participant female [count person]",),
        ),
        *(
            Field(role, kinds.LINE, label, headings, PARTY, example=example, repeatable=True)
            for role, label, headings, example in _PARTIES
        ),
        Field(
            "status",
            kinds.EVENT_STATUS,
            N_("Status"),
            ("Status Kegiatan", "Status", "Status Pelaksanaan", "status"),
            example="held",
            words=("status [event]",),
        ),
        Field("closed_on", kinds.DATE, N_("Closed on"), (), DERIVED),
        Field("participants", kinds.COUNT, N_("Participants"), (), DERIVED),
        Field("listed_male", kinds.COUNT, N_("Men on the list"), (), DERIVED),
        Field("listed_female", kinds.COUNT, N_("Women on the list"), (), DERIVED),
        Field("difference", kinds.COUNT, N_("Reported more than listed"), (), DERIVED),
        Field("businesses", kinds.COUNT, N_("Businesses"), (), DERIVED),
        Field(
            "outcome",
            kinds.NOTES,
            N_("Outcome"),
            ("Hasil", "Hasil Kegiatan", "Output", "Luaran", "outcome"),
            example="10 IKM berproduksi sendiri",
        ),
        Field(
            "lesson",
            kinds.NOTES,
            N_("Lesson"),
            ("Pelajaran", "Pembelajaran", "lesson"),
            example="pembinaan melalui sentra",
        ),
        Field("notes", kinds.NOTES, N_("Notes"), ("Keterangan", "Ket", "notes"), example="", words=("note",)),
        Field("extra", kinds.EXTRA, N_("Other columns"), (), DERIVED),
    ),
)
