"""The fields of a training or coaching event."""

from ikmctl.domain.entities.business import DERIVED
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.values import kinds
from ikmctl.language import N_

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
        Field("notes", kinds.NOTES, N_("Notes"), ("Keterangan", "Ket", "notes"), example="", words=("note",)),
        Field("extra", kinds.EXTRA, N_("Other columns"), (), DERIVED),
    ),
)
