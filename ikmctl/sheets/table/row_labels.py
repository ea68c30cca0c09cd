"""The labels by which rows of totals, sections, signatures and examples are known; regular expressions."""

#: The number of a column, perhaps with how it is computed: 4, (4), 4=3x2, (4) = (2) + (3)
COLUMN_NUMBER = r"(?a)\(?\s*(\d{1,3})(?:\.0)?\s*\)?(?:\s*=[\s\d()+x×*:/–-]+)?"
EXAMPLE = r"(?i)\W*(?:contoh|cth)\W*(?:(?:cara|pengisian|penulisan|isian|format|data|baris)\W*)*|\W*contoh\s*:.*"
#: The first letters of labels of totals, sections and examples. A row whose name or number begins otherwise
#: need not be compared with them.
SUSPICIOUS = frozenset(
    (
        "jum", "jml", "j u", "tot", "t o", "sub", "s u", "gra", "g r", "rat", "dat", "daf", "sen", "kec", "kel", "cab",
        "sek", "ind", "men", "kep", "plt", "nip", "con", "cth", "(co", "(ct", "*co",
    )
)  # fmt: skip
#: Spaced letters: J U M L A H
SPACED = r"(?:\w )+\w"
#: A count after a label: JUMLAH: 4 IKM
HOW_MANY = r"(?i)[\s:=]+\d[\d.]*(?:\s*(?:ikm|unit|usaha|buah|orang))?$"
ONLY_TOTAL = r"(?i)(?:sub|grand)?[\s-]*(?:jumlah|jml|total)(?:\s+(?:total|jumlah|keseluruhan|seluruhnya|semua|akhir))?"
TOTAL = (
    r"(?i)(?:(?:sub|grand)?[\s-]*(?:jumlah|jml|total)"
    r"(?:\s+(?:total|jumlah|keseluruhan|seluruhnya|semua|akhir|umum|ikm|unit|usaha|kec|kecamatan|kel|kelurahan|sentra"
    r"|cabang|sektor|industri|[ivx]+|[a-z])\b.*)?|rata[\s-]*rata\b.*)[\s.:]*$"
)
SECTION = (
    r"(?i)(?:\d{1,2}[.)]\s*)?(?:data|daftar|sentra|kecamatan|kec\.|kelurahan|kel\.|cabang|sektor|industri|komoditi|kelompok)\b"
    r"|[A-Z]\.\s|[IVX]+\.\s"
)
#: Lines below a table: the beginning of a signature, of a source or a note; a place with a date.
SIGNED = (
    r"(?i)(?:mengetahui|menyetujui|kepala|plt\.|an\.|a\.n\.|nip\b|dinas|keterangan|sumber|catatan"
    r"|[^\W\d][^\d,]+,[\s\d.…_/-]*(?:(?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)[a-z]*[\s.…_]*)?(?:19|20)\d\d\s*$)"
)
#: Beginnings of the lines of a signature that no name of a business has.
SIGNATURE = r"(?i)(?:mengetahui|menyetujui|kepala\s+(?:dinas|bidang|badan|seksi)|plt\.?\s|nip[\s.:])"
ZERO = r"0(?:[.,]0+)?"
LETTER = r"[A-Z]\.?|[IVX]+\.?"
