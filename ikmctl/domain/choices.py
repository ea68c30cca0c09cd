"""Closed lists: each choice has a code for machines, a label for people, and the words that offices write."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ikmctl.domain.keys import key
from ikmctl.errors import UnknownWord
from ikmctl.language import N_, _, current_language, in_every_language


class Choice(NamedTuple):
    """One value of a closed list."""

    code: str
    label: str
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return _(self.label)


def join_words(of: Iterable[Choice]) -> str:
    """The words for these choices, separated by commas: the codes in English, else the labels."""
    return ", ".join(choice.code if current_language() == "en" else str(choice) for choice in of)


def words(of: Iterable[Choice]) -> list[str]:
    """The word for each choice on a command line: the code in English, else the label with hyphens for spaces."""
    return [
        choice.code if current_language() == "en" else re.sub(r"[^\w.]+", "-", str(choice)).strip("-") for choice in of
    ]


def spellings(choices: Iterable[Choice]) -> dict[str, str]:
    """The key of each spelling → the code. Codes take precedence over labels in any language, labels over words."""
    of = tuple(choices)
    labels = in_every_language(choice.label for choice in of)
    found = {key(choice.code): choice.code for choice in of}
    for choice in of:
        for label in labels[choice.label].values():
            found.setdefault(key(label), choice.code)
    for choice in of:
        for word in choice.words:
            found.setdefault(key(word), choice.code)
    return found


def parse_choice(text: str, of: Sequence[Choice], refused: type[UnknownWord], **facts: str) -> str:
    """The code of the choice that a word means. Language, case, spaces and hyphens do not matter.

    Raises `refused` with the given facts, the similar words and all valid words.
    """
    known = spellings(of)
    code = known.get(key(text))
    if code is None:
        from ikmctl.domain.matching import closest_matches

        offered = dict(zip((choice.code for choice in of), words(of), strict=True))
        alike = dict.fromkeys(offered[known[match]] for match in closest_matches(text, known))
        raise refused(name=text.strip(), near=list(alike), candidates=", ".join(offered.values()), **facts)
    return code


GENDERS = (
    Choice("male", N_("male"), ("L", "LK", "Laki-laki", "Laki laki", "Laki", "Pria", "M", "Lelaki")),
    Choice("female", N_("female"), ("P", "PR", "Perempuan", "Wanita", "F", "Pr.")),
)

FORMS = (
    Choice("individual", N_("individual"), ("Perorangan", "Perseorangan", "Usaha Perorangan", "Pribadi", "PO")),
    Choice("group", N_("group"), ("Kelompok", "Kelompok Usaha", "KUB", "Kelompok Usaha Bersama")),
    Choice("cooperative", N_("cooperative"), ("Koperasi", "Kop")),
    Choice("ud", N_("UD (trading firm)"), ("UD", "Usaha Dagang", "PD", "Perusahaan Dagang")),
    Choice("cv", N_("CV (limited partnership)"), ("CV", "Persekutuan Komanditer", "Comanditaire Venootschap")),
    Choice("firma", N_("firm"), ("Fa", "Firma", "Persekutuan Firma")),
    Choice("pt", N_("PT (limited company)"), ("PT", "Perseroan Terbatas", "PT Perorangan", "Perseroan Perorangan")),
    Choice("other", N_("other"), ("Lainnya", "Lain-lain", "Yayasan")),
)

STATED_SCALES = (
    Choice("micro", N_("micro"), ("Mikro", "Usaha Mikro")),
    Choice("small", N_("small"), ("Kecil", "Usaha Kecil", "IK", "Industri Kecil")),
    Choice("medium", N_("medium"), ("Menengah", "Usaha Menengah", "IM", "Industri Menengah")),
    Choice("large", N_("large"), ("Besar", "Usaha Besar", "Industri Besar")),
)

SCALES = (
    Choice("small", N_("small industry"), ("kecil", "industri kecil")),
    Choice("medium", N_("medium industry"), ("menengah", "industri menengah")),
    Choice("large", N_("large industry"), ("besar", "industri besar")),
)

STATUSES = (
    Choice("active", N_("active"), ("Aktif", "Masih Aktif", "Buka", "Beroperasi")),
    Choice("closed", N_("closed"), ("Non-Aktif", "Tidak Aktif", "Non Aktif", "Tutup", "Nonaktif")),
)

#: How a period of activity began; `recorded` is taken over from a list that does not say since when.
ENTRIES = (
    Choice("registered", N_("registered"), ("terdaftar",)),
    Choice("recorded", N_("recorded"), ("pendataan",)),
    Choice("reopened", N_("reopened"), ("buka kembali",)),
)

PENDING_STATES = (
    Choice("open", N_("open"), ("terbuka",)),
    Choice("mended", N_("mended"), ("diperbaiki",)),
    Choice("dismissed", N_("dismissed"), ("diabaikan",)),
)

CAPACITY_PERIODS = (
    Choice("day", N_("per day"), ("hari", "per hari")),
    Choice("month", N_("per month"), ("bulan", "per bulan", "perbulan")),
    Choice("year", N_("per year"), ("tahun", "per tahun", "pertahun")),
)

#: The words also say what kind an event is by its title.
EVENT_KINDS = (
    Choice("workshop", N_("workshop"), ("lokakarya",)),
    Choice("training", N_("training"), ("pelatihan", "kursus", "course", "magang")),
    Choice("technical-guidance", N_("technical guidance"), ("bimtek", "bimbingan teknis")),
    Choice("three-in-one", N_("three-in-one course"), ("diklat", "diklat 3-in-1", "diklat 3in1", "3-in-1")),
    Choice("coaching", N_("coaching"), ("pembinaan",)),
    Choice("mentoring", N_("mentoring"), ("pendampingan",)),
    Choice("study-visit", N_("study visit"), ("studi tiru", "studi banding", "studi komparatif", "kunjungan belajar")),
    Choice("exhibition", N_("exhibition"), ("pameran", "expo", "bazar", "bazaar")),
    Choice("outreach", N_("outreach"), ("sosialisasi", "socialisation")),
    Choice("facilitation", N_("facilitation"), ("fasilitasi",)),
    Choice("monitoring", N_("monitoring visit"), ("kunjungan", "monitoring", "kunjungan/monitoring", "monev")),
    Choice("other", N_("other"), ("lainnya",)),
)

#: How far an event has come; reports count those that were held, whether or not they are reported.
EVENT_STATUSES = (
    Choice("planned", N_("planned"), ("rencana", "akan dilaksanakan", "terjadwal")),
    Choice("held", N_("held"), ("dilaksanakan", "sudah dilaksanakan", "selesai")),
    Choice("reported", N_("reported"), ("sudah dilaporkan",)),
    Choice("cancelled", N_("cancelled"), ("batal", "ditiadakan", "canceled")),
)

ROLES = (
    Choice("participant", N_("participant"), ("peserta",)),
    Choice("delegate", N_("delegate"), ("delegasi", "anggota rombongan")),
    Choice("visited", N_("visited"), ("dikunjungi", "tempat kunjungan", "lokasi")),
    Choice("instructor", N_("instructor"), ("narasumber", "instruktur", "pelatih")),
    Choice("committee", N_("committee"), ("panitia",)),
)

#: Whether somebody passed a training.
PASSED = (
    Choice("yes", N_("yes"), ("lulus", "ya", "kompeten", "passed")),
    Choice("no", N_("no"), ("tidak lulus", "tidak", "belum lulus", "belum kompeten", "failed")),
)

ALL = Choice("all", N_("all"))

MONEY_UNITS = (
    Choice("rupiah", N_("rupiah"), ("rp", "rupiah penuh")),
    Choice("thousand", N_("thousand"), ("ribu", "ribuan rupiah", "Rp.000")),
    Choice("million", N_("million"), ("juta", "jutaan rupiah")),
)

OTHER_CITIES = (
    Choice("skip", N_("skip"), ("lewati",)),
    Choice("keep", N_("keep"), ("ikutkan",)),
)

#: Whether names that are much alike mean the same.
SAME_OR_DIFFERENT = (
    Choice("same", N_("same"), ("sama",)),
    Choice("different", N_("different"), ("beda", "lain")),
)

KBLI_EDITIONS = (Choice("2020", N_("KBLI 2020"), ()), Choice("2025", N_("KBLI 2025"), ()))

ASK = Choice("ask", N_("ask"), ("tanya",))
#: What to do with rows of a file that match a record but have different values.
UPDATE_OR_SKIP = (
    Choice("update", N_("update")),
    Choice("skip", N_("skip")),
)
#: The same for businesses: two of them may share name, owner and place, so a row may also be added as new.
DECISIONS = (*UPDATE_OR_SKIP, Choice("new", N_("add as new")))
