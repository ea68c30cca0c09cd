"""Cleans text: repairs harmless defects, and refuses characters that deceive a reader."""

import re
import unicodedata
from collections.abc import Sequence

from ikmctl.domain.problems import Note, Unreadable, note

EMPTY_WORDS = frozenset(
    {
        "", "-", "--", "---", "–", "—", ".", "n/a", "#n/a", "tidak ada", "tdk ada", "belum", "belum ada",
        "blm", "blm ada", "nihil", "kosong", "xx", "xxx", "xxxx", "belum pilih komoditi", "tak terdefinisi",
        "tidak terdefinisi", "tidak diketahui", "tidak punya", "tdk punya", "belum punya", "blm punya",
        "tidak memiliki", "belum memiliki", "999999999999",
    }
)  # fmt: skip

#: Words for "as in the row above".
DITTO_MARKS = frozenset({'"', "''", ",,", "„", "”", "“", "″", "〃", "sda", "s d a", "s.d.a", "s.d.a.", "idem", "id."})
DIGITS = "0123456789"

_INVISIBLE = (
    "[\u115f\u1160\u200b\u200c\u2060-\u2064\u3164\uffa0\ufeff\u00ad\u180e]"
    "|(?<![\u2600-\u27bf\U0001f000-\U0001faff\ufe0f])\u200d"
)
_SPACES = r"[\s\u00a0\u2007\u202f\u2028\u2029]+"
_BREAKS = r"[\t\r\n\u2028\u2029]"
_DIRECTION = "[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
_FILLER_PHRASE = re.compile(
    r"(?:belum|blm|tidak|tdk|tak)\s+(?:ada|punya|memiliki|mempunyai)\s+"
    r"(?:nib|nik|ktp|npwp|kbli|hp|no\.? hp|telp|telepon|email|merek|merk|izin|ijin|sertifikat)"
)
#: One of these is in every filler of several words or of nines, in small letters.
_PARTS_OF_FILLERS = ("9999", "belum ", "blm ", "tidak ", "tdk ", "tak ")
#: How often a digit must be repeated to stand for no value; of the other digits 6 are needed.
_FEWEST = {"0": 1, "9": 4}
_MARKS_LIMIT = 8
_GUARDED = "=+-@\t\r\n'＝＋－＠"


def is_empty(text: str) -> bool:
    """Whether the text is one of the words that offices write for "no value" (docs/domain.md)."""
    return text.strip().casefold() in EMPTY_WORDS


def is_filler(text: str, repeated: str = "") -> bool:
    """Whether offices write this text where they have no value: `-`, `belum punya NIB`, `9999`.

    `repeated` are the digits that mean no value if the text is one of them repeated. If it has all ten digits, spaces,
    dots and dashes between them are ignored. If it is empty, as for remarks, `belum punya NIB` is ordinary text.
    """
    first = text[:1]
    if first not in repeated and first.isalnum() and first not in _FIRST_OF_FILLERS:
        return False
    word = text.strip().casefold()
    if word in EMPTY_WORDS:
        return True
    if not repeated:
        return False
    digits = word.lstrip("'-").removesuffix(".0")
    first = digits[:1]
    if not first or first not in repeated:
        return first in ("b", "t") and _FILLER_PHRASE.fullmatch(word) is not None
    if repeated == DIGITS:
        digits = digits.translate(_JOINTS)
    return len(digits) >= _FEWEST.get(first, 6) and not digits.strip(first)


#: The letters and the digit with which a filler may begin, so that most texts are told from one by their first sign.
_FIRST_OF_FILLERS = frozenset("nNtTbBkKxX9")
_JOINTS = str.maketrans("", "", " -.\u00a0")


def is_ditto(text: str) -> bool:
    """Whether the text says "as in the row above": `"`, `,,`, `sda`, `idem`."""
    return len(text) < 12 and text.strip().casefold() in DITTO_MARKS


def unguard(text: str) -> str:
    """The text without the apostrophe that `guard` puts before it."""
    return text[1:] if text.startswith("'") and guard(text[1:]) == text else text


def guard(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would run it as a formula (CWE-1236)."""
    start = re.sub(_INVISIBLE, "", text).lstrip(" \u00a0")[:1]
    return "'" + text if text and (text[0] in _GUARDED or (start and start in _GUARDED)) else text


def clean(text: str, limit: int, *, one_line: bool = False) -> tuple[str, tuple[Note, ...]]:
    """The text as it is stored: composed (NFC), single-spaced, without invisible characters.

    A line break or tab becomes a space; with `one_line` that is noted. Raises Unreadable for other control characters,
    direction overrides, non-characters and text beyond `limit` characters.
    """
    text = unguard(text)
    notes: tuple[Note, ...] = ()
    if text.isascii() and text.isprintable():
        cleaned = " ".join(text.split())
    else:
        cleaned, notes = _clean_unicode(text, one_line)
    if len(cleaned) > limit:
        raise Unreadable("too-long", length=len(cleaned), limit=limit)
    return cleaned, notes


def show_hidden(text: str) -> str:
    """The text in one line, with each control character and direction override written as its number: <U+001B>."""
    signs = (sign if sign.isspace() or not _is_hidden(sign) else f"<U+{ord(sign):04X}>" for sign in text)
    return " ".join("".join(signs).split())


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cn", "Cs") or re.match(_DIRECTION, sign) is not None


def are_plain(texts: Sequence[str], limit: int) -> bool:
    """Whether `clean` would return each text unchanged, and none is a filler (other than "") or a ditto mark."""
    joined = " ".join(filter(None, texts))  # so that a space at the edge of a text makes two
    if not (joined.isascii() and joined.isprintable()) or max(map(len, texts), default=0) > limit:
        return False
    if "  " in joined or " '" in joined or joined[:1] in (" ", "'") or joined[-1:] == " ":
        return False
    lowered = joined.lower()
    if any(part in lowered for part in _PARTS_OF_FILLERS):
        return not any(text and (is_filler(text, "9") or is_ditto(text)) for text in texts)
    return _NOT_PLAIN.isdisjoint(map(str.casefold, texts))


_NOT_PLAIN = (EMPTY_WORDS - {""}) | DITTO_MARKS


def _clean_unicode(text: str, one_line: bool) -> tuple[str, tuple[Note, ...]]:
    text = text.strip(" \t\r\n\u00a0\u2028\u2029")
    if found := re.search(_CONTROL, text):
        raise Unreadable("control-character", sign=f"U+{ord(found[0]):04X}")
    if found := re.search(_DIRECTION, text):
        raise Unreadable("hidden-direction", sign=f"U+{ord(found[0]):04X}")
    text = unicodedata.normalize("NFC", text)
    visible = re.sub(_INVISIBLE, "", text)
    notes = [note("invisible-removed")] if visible != text else []
    if one_line and re.search(_BREAKS, text):
        notes.append(note("line-break"))
    notes += _check_characters(visible)
    composed = unicodedata.normalize("NFC", re.sub(_SPACES, " ", visible)).strip()
    _check_marks(composed)
    if _mixes_scripts(composed):
        notes.append(note("mixed-script"))
    return composed, tuple(notes)


def _check_characters(text: str) -> list[Note]:
    private = False
    for character in text:
        category = unicodedata.category(character)
        tag = "\U000e0000" <= character <= "\U000e007f"
        if category in ("Cn", "Cs") or tag:
            raise Unreadable("not-a-character", sign=f"U+{ord(character):04X}")
        private = private or category == "Co" or character == "\ufffd"
    return [note("private-character")] if private else []


def _check_marks(text: str) -> None:
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > _MARKS_LIMIT:
            raise Unreadable("too-many-marks", limit=_MARKS_LIMIT)


def _mixes_scripts(text: str) -> bool:
    for word in text.split():
        scripts = {
            unicodedata.name(character, "").partition(" ")[0]
            for character in word
            if character.isalpha() and not character.isascii()
        }
        latin = any(character.isascii() and character.isalpha() for character in word)
        if latin and scripts & {"CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN"}:
            return True
    return False
