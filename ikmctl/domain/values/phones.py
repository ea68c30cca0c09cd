"""Telephone numbers as offices write them: several in a cell, without their 0, with words beside them."""

import re
from collections.abc import Iterator, Sequence

from ikmctl.domain.problems import Note, Unreadable, note
from ikmctl.domain.values.batches import UNREAD, translate_all
from ikmctl.domain.values.clean_text import DIGITS, clean, is_filler
from ikmctl.domain.values.numbers import LARGEST_OF_DATABASES

_MOBILE = re.compile(r"(?a)08[1-35-9]\d{7,10}")
_MOBILE_ABROAD = re.compile(r"(?a)(?:0|\+?62)8[1-35-9]\d{7,10}")
_BETWEEN_DIGITS = str.maketrans("", "", " -")
_FIXED = re.compile(r"(?a)0\d{2,3}\d{5,8}")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_COUNTRY = re.compile(r"^\+?62(?=8)")
#: A fixed line that a spreadsheet took for a number: 752.92000 loses the zeros at its end.
_DECIMAL = re.compile(r"(?a)[2-79]\d{1,2}\.\d{5,8}")
_LINK = re.compile(r"(?i)(?:https?://)?(?:www\.)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)")
_SIGNS = re.compile(r"[/,;&]")
#: Between two numbers: a sign, or words.
_SIGNS_OR_WORDS = re.compile(r"[/,;&]|[^\W\d_][^\d/,;&]*")
_AND = re.compile(r"(?i)\b(?:dan|atau|and|or)\b")
_LETTER = re.compile(r"[^\W\d_]")
_GAPS = re.compile(r"[\s.\-–()]+")
_SHORT_AREAS = ("21", "22", "24", "31", "61")
#: The area codes of Indonesia without their 0, two digits → the third; 752 is Bukittinggi and Payakumbuh.
_AREAS = {
    "23": "1234", "25": "12347", "26": "01234567", "27": "123456", "28": "012345679", "29": "123456789",
    "32": "12345678", "33": "1234568", "34": "123", "35": "12345678", "36": "1234568", "37": "012346",
    "38": "0123456789", "40": "123458", "41": "0134789", "42": "0123678", "43": "0123458", "44": "35",
    "45": "01234578", "46": "12345", "47": "12345", "48": "1245", "51": "12378", "52": "25678", "53": "1246789",
    "54": "123589", "55": "12346", "56": "1234578", "62": "0123456789", "63": "01234569", "64": "123456",
    "65": "0123456789", "70": "2", "71": "123456789", "72": "123456789", "73": "0123456789", "74": "012345678",
    "75": "12345679", "76": "0123456789", "77": "1236789", "90": "12", "91": "01345678",
    "92": "123479", "93": "1", "95": "12567", "96": "679", "97": "15", "98": "013456",
}  # fmt: skip
_MOST_NUMBERS = 6
LONGEST = 200


def read_phone(text: str) -> tuple[str | None, tuple[Note, ...]]:
    """The numbers in the text, each with its leading 0, joined by `/`; a missing 0 is restored. Raises Unreadable."""
    plain = text.translate(_BETWEEN_DIGITS)
    if _MOBILE_ABROAD.fullmatch(plain):
        return _COUNTRY.sub("0", plain), ()
    body, notes = clean(text, LONGEST)
    body = body.lstrip("'")
    if body in ("08", "+62", "62"):
        return None, (*notes, note("empty-word", text=body))
    if _SCIENTIFIC.search(body):
        raise Unreadable("scientific")
    return _read_all(body, notes)


def _read_all(body: str, notes: tuple[Note, ...]) -> tuple[str | None, tuple[Note, ...]]:
    found_notes = list(notes)
    numbers: list[str] = []
    area = ""
    for part in _split(body, found_notes):
        found, more = _read_part(part, area)
        numbers += found
        found_notes += more
        fixed = [number for number in found if len(number) > 3 and not number.startswith("08")]
        area = area_of(fixed[-1]) if fixed else area
    if not numbers:
        raise Unreadable("not-a-phone")
    if all(is_filler(number, DIGITS) for number in numbers):
        return None, (note("empty-word", text="/".join(numbers)),)
    return "/".join(dict.fromkeys(numbers)), tuple(dict.fromkeys(found_notes))


def _split(body: str, notes: list[Note]) -> list[str]:
    """The texts between separators and words, without empty ones; a note on the words is added to `notes`."""
    separators = _SIGNS
    if _LETTER.search(body):
        body = _AND.sub("/", _LINK.sub("", body))
        separators = _SIGNS_OR_WORDS
        if _LETTER.search(body):
            notes.append(note("words-beside-phone"))
    return [part for part in map(str.strip, separators.split(body)) if part.strip("().:'’ -+")]


def _read_part(part: str, area: str) -> tuple[list[str], list[Note]]:
    """The numbers in a text without separators: one, or several with spaces between them. Raises Unreadable."""
    joined = _GAPS.sub("", part.strip("'’:").removesuffix(".0"))
    if joined in LARGEST_OF_DATABASES:
        raise Unreadable("overflow")
    if is_filler(joined, DIGITS):
        return [joined], []
    found = _national(joined)
    if found:
        number, notes = found
        if notes and _DECIMAL.fullmatch(part):
            notes = [*notes, note("phone-as-number")]
        return [number], notes
    if area and re.fullmatch(r"(?a)[1-9]\d{4,7}", joined):
        return [area + joined], [note("area-added", area=area)]
    several = list(_partitions([piece for piece in _GAPS.split(part) if piece]))
    if len(several) != 1:
        raise Unreadable("not-a-phone")
    return [number for number, _notes in several[0]], [note for _number, notes in several[0] for note in notes]


def _partitions(pieces: Sequence[str]) -> Iterator[list[tuple[str, list[Note]]]]:
    """Every way to join neighbouring pieces to complete numbers."""
    if len(pieces) > _MOST_NUMBERS * 4:
        return
    if not pieces:
        yield []
    for count in range(1, min(len(pieces), 5) + 1):
        found = _national("".join(pieces[:count]))
        if found:
            for rest in _partitions(pieces[count:]):
                yield [found, *rest]


def _national(digits: str) -> tuple[str, list[Note]] | None:
    """The number with its leading 0, and a note if the 0 was restored; None if it is not a number."""
    if not re.fullmatch(r"(?a)\+?\d{7,16}", digits):
        return None
    number, notes = digits, list[Note]()
    if digits.startswith("+62"):
        number = "0" + digits[3:].removeprefix("0")
    elif digits.startswith("62") and len(digits) > 9:
        number = "0" + digits[2:].removeprefix("0")
    elif digits[0] == "8" or (digits[0] != "0" and _lacks_zero(digits)):
        number, notes = "0" + digits, [note("zero-restored")]
    shape = _MOBILE if number.startswith("08") else _FIXED
    return (number, notes) if shape.fullmatch(number) else None


def _lacks_zero(digits: str) -> bool:
    """Whether the digits are a complete number of a fixed line without its leading 0."""
    area = _area_code(digits)
    shortest, longest = (7, 8) if area in _SHORT_AREAS else (5, 8)
    return bool(area) and shortest <= len(digits) - len(area) <= longest


def _area_code(digits: str) -> str:
    """The area code, without its 0, at the start of the digits; "" if there is none."""
    if digits[:2] in _SHORT_AREAS:
        return digits[:2]
    return digits[:3] if digits[2:3] and digits[2] in _AREAS.get(digits[:2], "") else ""


def area_of(number: str) -> str:
    """The area code of a fixed line, with its leading 0."""
    return number[:3] if number[1:3] in _SHORT_AREAS else number[:4]


def batch_phone(texts: Sequence[str]) -> list[str | None] | None:
    """The result of `read_phone` for each text that is empty or one mobile number from 0 or 62 on; else UNREAD."""
    parts = translate_all(texts, _WITHOUT_SIGNS)
    if parts is None or max(map(len, texts), default=0) > LONGEST:
        return None
    is_usual = _MOBILE_ABROAD.fullmatch
    return [
        (part if part[0] == "0" else _COUNTRY.sub("0", part)) if is_usual(part) else UNREAD if text else None
        for part, text in zip(parts, texts, strict=True)
    ]


_WITHOUT_SIGNS = str.maketrans("", "", " -()")


def show_phone(value: str) -> str:
    """The numbers as people write them: 0812-3456-7890; fixed lines as (0752) 92000."""
    shown = []
    for number in value.split("/"):
        if number.startswith("08"):
            shown.append("-".join(filter(None, (number[:4], number[4:8], number[8:]))))
        else:
            area = area_of(number)
            shown.append(f"({area}) {number[len(area) :]}")
    return " / ".join(shown)


def mask_phone(value: str) -> str:
    """Each number as 0812-****-890; a text that is too short or not a number is masked completely."""
    return " / ".join(map(_mask_number, value.split("/")))


def _mask_number(number: str) -> str:
    digits = sum(sign.isdigit() for sign in number)
    return f"{number[:4]}-****-{number[-3:]}" if digits >= _MASKED_FROM else "***"


#: Digits from which a number keeps its beginning and its end when it is masked: two stay hidden at least.
_MASKED_FROM = 9
