"""The words that headings are made of, and what they mean.

Every office writes its own headings, so no list of headings is ever complete. A heading is therefore read
word by word: each word stands for a concept, and a field says which concepts name it (`Field.words`). A heading names
a field only if every word of it is known: “Nama Ibu Kandung” holds words that no field has, so it is not a name.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from ikmctl.domain.keys import key

#: Concept → its words, in Indonesian and English; a phrase of several words stands before its single words.
_WORDS = {
    "name": "nama nm nma name",
    "business": (
        "usaha ikm umkm ukm perusahaan industri toko bisnis business company umkmikm"
        " koperasi bengkel spbu warung kios kedai depot pabrik rumah+makan restoran kafe butik salon shop store"
        " outlet gerai usaha+dagang industri+kecil industri+rumah+tangga home+industri home+industry"
    ),
    "owner": "pemilik pengusaha pengrajin perajin pelaku pimpinan owner penanggung+jawab penanggungjawab pj direktur",
    "person": "person orang jiwa",
    "user": "user pengguna",
    "full": "lengkap full",
    "participant": "peserta participant",
    "worker": "tenaga+kerja tenagakerja tk naker karyawan pekerja pegawai employee employees worker workers",
    "male": "laki+laki l lk laki lakilaki pria male men",
    "female": "p pr perempuan wanita female women",
    "gender": "jenis+kelamin kelamin gender sex jk",
    "phone": "hp hape telp tlp telepon telpon telephone handphone ponsel wa whatsapp whats+app phone fax mobile cp",
    "contact": "kontak contact",
    "identity": "nik ktp nomor+identitas no+identitas",
    "number": "no nomor nmr nomer number",
    "count": "jumlah jml jmlh jlh total count",
    "value": "nilai value",
    "money": "rp rupiah idr",
    "percent": "persen persentase percent",
    "year": "tahun th thn year pertahun tahunan setahun",
    "month": "bulan bln month perbulan bulanan sebulan",
    "per": "per",
    "date": "tanggal tgl date",
    "kind": "jenis jns tipe type macam",
    "code": "kode kd code",
    "form": "bentuk+badan+hukum bentuk+badan+usaha bentuk+usaha bentuk+badan bentuk+hukum badan+hukum badan+usaha",
    "address": "alamat address jalan jln jl dusun",
    "kelurahan": "kelurahan kel desa nagari",
    "kecamatan": "kecamatan kec",
    "email": "email surel e+mail",
    "nib": "nib",
    "npwp": "npwp",
    "kbli": "kbli klbi",
    "oss": "oss",
    "brand": "merek merk brand",
    "product": "produk product barang",
    "main": "utama unggulan",
    "production": "produksi production",
    "capacity": "kemampuan+produksi volume+produksi kapasitas capacity",
    "unit": "satuan",
    "investment": "investasi investment",
    "capital": "modal",
    "turnover": "omzet+penjualan omset+penjualan omzet omset turnover",
    "material": "bahan+baku bahan+penolong bb bp",
    "export": "ekspor export",
    "marketing": "pemasaran",
    "country": "negara+tujuan negara",
    "data": "data pendataan survei survey",
    "founded": "berdiri didirikan pendirian",
    "registered": "daftar terdaftar registrasi pendaftaran",
    "issued": "terbit",
    "closed": "tutup",
    "status": "status",
    "active": "aktif non+aktif nonaktif",
    "scale": "skala",
    "sector": "lapangan+usaha cabang+industri cabang sektor kategori bidang category",
    "commodity": "komoditi komoditas commodity",
    "sentra": "sentra",
    "group": "kelompok kub",
    "note": "keterangan ket catatan notes note",
    "latitude": "latitude lat lintang y",
    "longitude": "longitude longtitude lon lng long bujur x",
    "coordinate": "titik+koordinat koordinat kordinat coordinate coordinates",
    "role": "peran sebagai",
    "position": "jabatan position",
    "organisation": "asal+instansi instansi organisasi utusan",
    "event": "kegiatan pelatihan acara workshop bimtek",
    "title": "judul title",
    "description": "uraian",
    "start": "mulai pelaksanaan",
    "end": "selesai",
    "venue": "tempat venue",
    "location": "lokasi location",
    "batch": "angkatan",
}
#: Words that say nothing of what a column holds.
_FILLERS = frozenset(["dan", "atau", "and", "or", "di", "dari", "yang", "ini", "the", "of", "unit"])
_MEANINGS = {tuple(phrase.split("+")): concept for concept, words in _WORDS.items() for phrase in words.split()}
_SINGLE = {words[0]: concept for words, concept in _MEANINGS.items() if len(words) == 1}
_LONGEST_PHRASE = max(map(len, _MEANINGS))
#: A word may be mistyped by one letter from this length on; shorter ones are too near to others.
_MISTYPED_FROM = 6
#: Letters of a heading; longer texts are explanations, or data.
_LONGEST_HEADING = 80
#: Signs of a heading that is several, read with the wrong delimiter.
_SEVERAL = re.compile(r"[,;|^\t]")
#: The answers to choose from, in the heading of a form: Jenis Kelamin ("laki-laki", "perempuan"). Not ("V", "X"): that
#: is the question whether there is one.
_ANSWERS = re.compile(r'\(\s*(?:"[^"]{2,}"[\s,]*)+\)')
#: dBASE, and so every shapefile, cuts the names of columns here.
CUT_AT = 10


@lru_cache(maxsize=4096)
def concepts(heading: str) -> frozenset[str] | None:
    """The concepts that a heading is made of; None if a word of it is unknown, or if it is too long for a heading."""
    heading = _ANSWERS.sub("", heading).rstrip()
    if len(heading) > _LONGEST_HEADING or _SEVERAL.search(heading):
        return None
    tokens = _completed(split_words(heading)) if len(heading) == CUT_AT else split_words(heading)
    found: set[str] = set()
    index = 0
    while index < len(tokens):
        for length in range(min(_LONGEST_PHRASE, len(tokens) - index), 0, -1):
            concept = _MEANINGS.get(tuple(tokens[index : index + length]))
            if concept:
                found.add(concept)
                index += length
                break
        else:
            token = tokens[index]
            meanings = _concepts_of_word(token)
            if meanings is None:
                return None
            found |= meanings
            index += 1
    return frozenset(found)


def split_words(heading: str) -> list[str]:
    """The words of a heading in lower case: split at punctuation, spaces, underscores and capitals (“noWaTelp”)."""
    divided = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading).replace("%", " percent ")
    return [key(word) for word in re.findall(r"[^\W\d_]+", divided)]


def _completed(tokens: list[str]) -> list[str]:
    """The words of a heading that was cut off; its last word is completed if only one concept fits."""
    for length in range(min(_LONGEST_PHRASE, len(tokens)), 0, -1):
        *before, last = tokens[-length:]
        whole = {
            phrase: concept
            for phrase, concept in _MEANINGS.items()
            if len(phrase) == length and list(phrase[:-1]) == before and phrase[-1].startswith(last)
        }
        if tuple(tokens[-length:]) in whole:
            return tokens
        if len(set(whole.values())) == 1 and (before or len(last) > 1):
            return [*tokens[:-length], *next(iter(whole))]
    return tokens


def _concepts_of_word(word: str) -> frozenset[str] | None:
    """The concepts of a word that is not in the list: a filler, words written together, or a mistyped word."""
    if word in _FILLERS:
        return frozenset()
    together = _written_together(word)
    if together:
        return frozenset(together)
    return _mistyped(word) if len(word) >= _MISTYPED_FROM else None


@cache
def _written_together(word: str) -> tuple[str, ...]:
    """The concepts of known words written as one: “namapemilik”, “nohp”; empty if it is something else."""
    for end in range(len(word) - 2, 1, -1):
        head = _SINGLE.get(word[:end])
        if head:
            tail = _SINGLE.get(word[end:])
            rest = (tail,) if tail else _written_together(word[end:])
            if rest:
                return (head, *rest)
    return ()


@cache
def _mistyped(word: str) -> frozenset[str] | None:
    """The concept of the only word that differs by one letter: “jumlash”, “kecamatann”."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    long_words = [known for known in _SINGLE if len(known) >= _MISTYPED_FROM - 1]
    near = process.extract(word, long_words, scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=None)
    meant = {_SINGLE[known] for known, _distance, _index in near}
    return frozenset(meant) if len(meant) == 1 else None


class Pattern:
    """Which concepts name a field: all `needed` ones must occur, and only `allowed` ones may."""

    def __init__(self, text: str) -> None:
        needed, _bracket, allowed = text.partition("[")
        self.needed = frozenset(needed.split())
        self.allowed = self.needed | frozenset(allowed.rstrip("]").split())

    def fits(self, found: frozenset[str]) -> bool:
        """Whether a heading of these concepts names the field."""
        return self.needed <= found <= self.allowed


@cache
def patterns(words: Sequence[str]) -> tuple[Pattern, ...]:
    """The patterns that a field declares, such as “phone [number owner business]”."""
    return tuple(map(Pattern, words))


def best_match(found: frozenset[str], declared: Iterable[tuple[str, tuple[str, ...]]]) -> list[str]:
    """The names of the fields whose patterns the concepts fit, the likeliest first; `declared` is (name, words).

    The pattern that needs most concepts counts; of two that need as many, the one that its field declares earlier.
    """
    fitting = [
        (-len(pattern.needed), rank, position, name)
        for position, (name, words) in enumerate(declared)
        for rank, pattern in enumerate(patterns(words))
        if pattern.fits(found)
    ]
    return list(dict.fromkeys(name for _needed, _rank, _position, name in sorted(fitting)))
