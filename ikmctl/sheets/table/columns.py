"""Maps headings to fields: by known spellings (docs/domain.md), this office's aliases, and the unit of money."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ikmctl.domain.choices import words
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.heading_words import CUT_AT, best_match, concepts, split_words
from ikmctl.domain.keys import key
from ikmctl.errors import FileRefused
from ikmctl.language import _

_UNITS = (
    (re.compile(r"\(?\s*rp\.?\s*\.?\s*0{3}\s*\)?", re.IGNORECASE), 1_000),
    (re.compile(r"\(\s*(?:rp\.?)?\s*ribu(?:an)?(?:\s*(?:rp|rupiah))?\.?\s*\)", re.IGNORECASE), 1_000),
    (re.compile(r"\(\s*(?:rp\.?)?\s*(?:juta|jt)(?:an)?(?:\s*(?:rp|rupiah))?\.?\s*\)", re.IGNORECASE), 1_000_000),
    (re.compile(r"\(\s*(?:rp\.?|rupiah)\s*\)", re.IGNORECASE), 1),
)
#: Concepts of a person. A column under such a heading is about the person, not about the business.
_OF_A_PERSON = frozenset({"owner", "participant"})
_ROW_NUMBER = frozenset({"no", "nourut", "nomor"})
#: The column of a file of rejected rows that says what is wrong. An import ignores it.
PROBLEM = "problem"
#: Joins the two texts of a heading that has two rows: Tenaga Kerja › L.
UNDER = " › "
#: The meaning of a heading that maps to no field: the column is kept as other data.
KEEP = "-"


@dataclass(frozen=True)
class HeaderColumn:
    """A column of the file: its heading, its field (None: kept as other data), and its unit of money in rupiah."""

    position: int
    heading: str
    field: Field | None
    unit: int = 1
    #: The source of the unit: the `heading`, an `option` or an alias of the `office`; empty if it is not known.
    unit_from: str = ""
    #: True for a row number and for a value that is computed from others.
    ignored: bool = False
    #: True for a column that is not in the file and is filled from another one.
    added: bool = False
    #: The heading as it stands in the file, if another column has the same and `heading` is therefore numbered.
    repeats: str = ""

    def with_field(self, field: Field | None) -> "HeaderColumn":
        """The column with another field, or with none."""
        if field == self.field:
            return self
        return replace(_column_of(self.position, self.heading, field), repeats=self.repeats)


def can_be_summed(column: "HeaderColumn") -> bool:
    """Whether the sum of a column means something: it holds amounts or quantities."""
    return column.field is not None and column.field.kind.styled is not None and column.field.kind.name != "percent"


def naming_position(columns: Sequence["HeaderColumn"]) -> int | None:
    """The position of the column that names the records, or of one that stands in for it; None if there is none."""
    naming = [column.position for column in columns if column.field and column.field.required and not column.added]
    instead = [column.position for column in columns if column.field and column.field.stands_in_for]
    return next(iter(naming or instead), None)


def split_unit(heading: str) -> tuple[str, int, bool]:
    """The heading without its unit of money, the unit in rupiah, and whether the heading stated a unit."""
    for pattern, unit in _UNITS:
        if pattern.search(heading):
            return pattern.sub("", heading).strip(), unit, True
    return heading, 1, False


def is_row_number(heading: str) -> bool:
    """Whether the heading is that of a column that numbers the rows."""
    return key(heading) in _ROW_NUMBER


@dataclass(frozen=True)
class KnownHeadings:
    """All known spellings of headings: those of the fields, and the aliases of this office."""

    #: The field by the key of each spelling.
    fields: Mapping[str, Field]
    #: Keys of headings that an alias of the office keeps as other data.
    kept: frozenset[str] = frozenset()
    #: Pairs of a field's name and the patterns of concepts that name it.
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    by_name: Mapping[str, Field] = dataclasses.field(default_factory=dict)
    #: Keys of the headings for which this office has an alias.
    settled: frozenset[str] = frozenset()
    #: Name of a field whose values are words of this office → whether it knows a word: the sectors.
    knows: Mapping[str, Callable[[str], object]] = dataclasses.field(default_factory=dict)

    def is_settled(self, heading: str) -> bool:
        """Whether this office has an alias for the heading."""
        return bool({key(heading), key(split_unit(heading)[0])} & self.settled)

    def certainty(self, heading: str) -> str:
        """How the field of a heading is known: `office` (an alias), `spelling`, or `words` of the heading."""
        if self.is_settled(heading):
            return "office"
        field = self.field(heading)
        return "spelling" if field and self.spelling_rank(heading) < len(field.headings) else "words"

    def spelling_rank(self, heading: str) -> int:
        """The position of the heading among the spellings of its field, which begin with the most specific one."""
        field = self.field(heading)
        spellings = [key(spelling) for spelling in field.headings] if field else []
        for text in (heading, split_unit(heading)[0]):
            if key(text) in spellings:
                return spellings.index(key(text))
        return len(spellings)

    def field(self, heading: str) -> Field | None:
        """The likeliest field for a heading; None if it names none."""
        return next(iter(self.candidates(heading)), None)

    def candidates(self, heading: str) -> list[Field]:
        """The fields that a heading may name, the likeliest first: by a known spelling, then by its words.

        Of a heading of two rows the second text alone may name the field, unless the first is about a person.
        """
        upper, _sign, under = heading.partition(UNDER)
        above = concepts(upper) if under else None
        alone = not above or not above & _OF_A_PERSON  # the address under “Pemilik” is where the owner lives
        says_nothing = under and not concepts(under)  # a remark under the heading, not a heading
        texts = [heading, *([under] if under and alone else []), *([upper] if says_nothing else [])]
        candidates: dict[str, Field] = {}
        for text in texts:
            for spelling in dict.fromkeys((key(text), key(split_unit(text)[0]))):
                if spelling and spelling in self.kept:
                    return []
                if spelling in self.fields:
                    candidates.setdefault(self.fields[spelling].name, self.fields[spelling])
            if text is not upper or not under:
                candidates = candidates | {
                    name: self.by_name[name] for name in self._by_words(text) if name not in candidates
                }
        return list(candidates.values())

    def _by_words(self, text: str) -> list[str]:
        """The names of the fields that the words name; of “Komoditi, Produk Utama” those that both parts name."""
        meant = concepts(split_unit(text)[0])
        if meant:
            return best_match(meant, self.words)
        first, _comma, second = text.partition(", ")
        others = self._by_words(second) if second else []
        return [name for name in self._by_words(first) if name in others] if others else []

    def near(self, heading: str) -> Field | None:
        """The field to suggest for a heading: one that it spells with typing errors; None if there is none.

        Also one of which it is the beginning, if it is as long as dBASE cuts the names of columns; and a required one,
        without which the file is refused, if it has a word more.
        """
        words = split_words(heading)
        if len(key(heading)) < _SHORTEST:
            return None
        for name, spelled in self._spelled:
            is_longer = self.by_name[name].required and len(spelled) > 1 and words[:-1] == spelled
            if is_longer or (len(heading) == CUT_AT and "".join(spelled).startswith("".join(words))):
                return self.by_name[name]
        apart = [(_letters_apart(words, spelled), position) for position, (_name, spelled) in enumerate(self._spelled)]
        fewest, position = min(apart, default=(_TOO_MANY, 0))
        return self.by_name[self._spelled[position][0]] if fewest < _TOO_MANY else None

    @cached_property
    def _spelled(self) -> list[tuple[str, list[str]]]:
        """The name of each field and the words of each of its spellings."""
        return [
            (field.name, split_words(spelling))
            for field in self.by_name.values()
            for spelling in (*field.headings, field.name, field.label, field.title)
        ]


#: Shorter headings are too near to others; as many letters between two headings are no typing errors.
_SHORTEST, _TOO_MANY = 4, 100
#: Words of at least this many letters may have two typing errors; shorter ones than the first may have none.
_LETTERS_FOR_ONE, _LETTERS_FOR_TWO = 5, 8


def _letters_apart(words: Sequence[str], others: Sequence[str]) -> int:
    """The number of typing errors between two headings; _TOO_MANY if a word is another one: Nomor HKI, Nomor KBLI."""
    from rapidfuzz.distance import DamerauLevenshtein

    is_divided_alike = len(words) == len(others)
    if not is_divided_alike:
        words, others = ["".join(words)], ["".join(others)]
    apart = 0
    for word, other in zip(words, others, strict=True):
        most = (len(other) >= _LETTERS_FOR_ONE) + (is_divided_alike and len(other) >= _LETTERS_FOR_TWO)
        errors = DamerauLevenshtein.distance(word, other, score_cutoff=most)
        if errors > most:
            return _TOO_MANY
        apart += errors
    return apart


def known_headings(
    entity: Entity, aliases: Mapping[str, str], knows: Mapping[str, Callable[[str], object]] | None = None
) -> KnownHeadings:
    """The known headings of an entity's spreadsheets. Aliases of the office (key → field name) take precedence.

    `knows` is KnownHeadings.knows.
    """
    known: dict[str, Field] = {}
    for field in entity.fields:
        for spelling in (*field.headings, field.name, field.label, field.title):
            known.setdefault(key(spelling), field)
    by_name = entity.by_name
    known.update({spelling: by_name[meaning] for spelling, meaning in aliases.items() if meaning in by_name})
    return KnownHeadings(
        known,
        frozenset(spelling for spelling, meaning in aliases.items() if meaning == KEEP),
        tuple((field.name, field.words) for field in entity.given if field.words),
        by_name,
        frozenset(aliases),
        knows or {},
    )


def map_headings(file: str, cells: Sequence[str], entity: Entity, known: KnownHeadings) -> list[HeaderColumn]:
    """A HeaderColumn for each heading.

    Raises FileRefused if a required field has no column, and none stands in for it.
    """
    texts = [cell or _nameless(position) for position, cell in enumerate(cells)]
    columns = [
        _column(position, heading, text, known)
        for position, (heading, text) in enumerate(zip(_numbered(texts), texts, strict=True))
    ]
    fields = [column.field for column in columns if column.field]
    names = {field.name for field in fields} | {field.stands_in_for for field in fields}
    missing = [field for field in entity.given if field.required and field.name not in names]
    missing += [field for field in entity.given if field.required and _is_nearly_named(field, columns, known)]
    if missing:
        raise FileRefused(
            file=file,
            reason=_("no header row was found with a column for: {fields} (found: {headings})").format(
                fields=", ".join(field.title for field in missing),
                headings=", ".join(mask_sample(heading) for heading in texts[:12] if heading) or "–",
            ),
            advice=_advice(columns, missing[0], known),
        )
    return columns


def mask_sample(text: str) -> str:
    """The text, shortened, with long numbers and email addresses masked: it may be a heading or personal data."""
    masked = re.sub(r"\S+@\S+", "***", text)
    return re.sub(r"\d(?:[\s.-]?\d){7,}", "***", masked)[:40]


def _is_nearly_named(missing: Field, columns: Sequence[HeaderColumn], known: KnownHeadings) -> bool:
    """Whether the field has no column, but one whose heading is nearly its own: the officer is asked about it first."""
    if any(column.field == missing for column in columns):
        return False
    others = [column for column in columns if column.field is None and not column.ignored]
    return any(known.near(column.heading) == missing and not known.is_settled(column.heading) for column in others)


def _advice(columns: Sequence[HeaderColumn], missing: Field, known: KnownHeadings) -> str:
    near = [c.heading for c in columns if c.field is None and not c.ignored and known.near(c.heading) == missing]
    [word] = words([missing.choice])
    if near:
        return _('If “{heading}” is that column: --map "{heading}={field}"').format(heading=near[0], field=word)
    return _('One row must have the headings, such as: {examples}. Or name the column: --map "HEADING={field}"').format(
        examples=", ".join(missing.headings[:3]), field=word
    )


def _nameless(position: int) -> str:
    """The name of a column without a heading: its letter in the spreadsheet."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return _("column {letters}").format(letters=letters)


def _column(position: int, heading: str, text: str, known: KnownHeadings) -> HeaderColumn:
    repeats = "" if text == heading or known.is_settled(heading) else text
    field = known.field(repeats or heading)
    if is_row_number(heading) or key(heading) == PROBLEM or (field and field.derived and field.name != "number"):
        return HeaderColumn(position, heading, None, ignored=True)
    return replace(_column_of(position, heading, field), repeats=repeats)


def _column_of(position: int, heading: str, field: Field | None) -> HeaderColumn:
    _plain, unit, stated = split_unit(heading)
    money = field is not None and field.kind.name == "money"
    return HeaderColumn(position, heading, field, unit if money else 1, "heading" if stated and money else "")


def _numbered(headings: Sequence[str]) -> list[str]:
    """The headings made unique: one that differs from an earlier one only by signs or case is numbered."""
    taken: set[str] = {key(heading) for heading in headings}
    count = Counter[str]()
    unique = []
    for heading in headings:
        folded = key(heading)
        count[folded] += 1
        numbered = heading
        while folded and count[folded] > 1 and key(numbered) in taken:
            numbered = f"{heading} ({count[folded]})"
            count[folded] += key(numbered) in taken
        taken.add(key(numbered))
        unique.append(numbered)
    return unique
