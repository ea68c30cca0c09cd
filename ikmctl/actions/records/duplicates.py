"""Finding businesses that may have been entered twice, and marking those that are different."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ikmctl import errors
from ikmctl.document import Document, Table, TableColumn, done
from ikmctl.domain.duplicates import SCORE_MINIMUM, Likeness, find_pairs, likeness, profile
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.matching import match_key
from ikmctl.domain.values import kinds
from ikmctl.language import _, number
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.records import duplicates, find, save

_SHOWN = ("name", "owner", "kelurahan")


def find_duplicates(registry: Registry, minimum: int | None, limit: int | None) -> Document:
    """The pairs of businesses that may be one, the most alike first, with what they agree in.

    `minimum` is the lowest score, by default SCORE_MINIMUM. Pairs that are marked as different are left out.
    """
    with registry.read() as connection:
        everybody = list(duplicates.profiles(connection))
        pairs = find_pairs(everybody, duplicates.different_pairs(connection), minimum or SCORE_MINIMUM)
        rows = [
            (
                pair.likeness.score,
                pair.number,
                *duplicates.described(connection, pair.number),
                pair.other,
                *duplicates.described(connection, pair.other),
                stored(pair.likeness),
            )
            for pair in pairs[:limit]
        ]
    messages = (
        [] if pairs else [_("No two businesses are at least {score}% alike.").format(score=minimum or SCORE_MINIMUM)]
    )
    if pairs:
        count = _("{shown} of {total}.").format(shown=number(len(rows)), total=number(len(pairs)))
        messages.append(f"{count} {_('To list all: --limit 0')}" if len(rows) < len(pairs) else count)
        one, other = pairs[0][:2]
        message = _(
            "The same? ikmctl merge-businesses {one} {other} · not the same? ikmctl mark-different {one} {other}"
        )
        messages.append(message.format(one=one, other=other))
    table = Table("duplicates", "", _columns(), rows)
    return Document("list", (table,), title=_("Possible duplicates"), messages=tuple(messages))


def count_pairs(connection: Connection) -> int:
    """The number of pairs that `find_duplicates` lists; takes a second for 10,000 businesses."""
    return len(find_pairs(list(duplicates.profiles(connection)), duplicates.different_pairs(connection), SCORE_MINIMUM))


def _columns() -> tuple[TableColumn, ...]:
    one = (TableColumn(name, BUSINESS[name].title, BUSINESS[name].kind) for name in ("number", *_SHOWN))
    other = (TableColumn(f"other_{name}", BUSINESS[name].title, BUSINESS[name].kind) for name in ("number", *_SHOWN))
    return (
        TableColumn("score", _("Score"), kinds.PERCENT),
        *(column._replace(detail=column.name == "kelurahan") for column in one),
        *(column._replace(detail=column.name == "other_kelurahan") for column in other),
        TableColumn("agreeing", _("Agree in"), kinds.shown_by("agreeing", in_words)),
    )


def stored(alike: Likeness) -> str:
    """The fields that agree, each with how far in percent, for machines: `name=94 owner=100`."""
    return " ".join(f"{field}={share}" for field, share in alike.agreeing.items())


def in_words(stored: str) -> str:
    """The fields that agree by their titles, with the percentage where they do not agree completely."""
    parts = (part.partition("=") for part in stored.split())
    return ", ".join(
        BUSINESS[field].title if share == "100" else f"{BUSINESS[field].title} ({share}%)"
        for field, _sign, share in parts
    )


class LookAlike(NamedTuple):
    """A registered business that is like a new one; `agreeing` says in words what both agree in."""

    number: int
    name: str
    score: int
    agreeing: str

    @property
    def question(self) -> str:
        """Whether to register the new one all the same."""
        message = _("{name} (no. {number}) is {score}% alike: {agreeing}. Register another business all the same?")
        return message.format(**self._asdict())

    def note(self, record: int) -> str:
        """That the new one, which is `record` now, is like this one."""
        message = _("{name} (no. {number}) is {score}% alike: {agreeing}.").format(**self._asdict())
        way_out = _("If it is the same: ikmctl merge-businesses {number} {record}")
        return f"{message} {way_out.format(number=self.number, record=record)}"


def look_alikes(connection: Connection, values: Mapping[str, Any]) -> list[LookAlike]:
    """The registered businesses that are like a new one, the most alike first."""
    compared = ("owner", "kelurahan", "nib", "nik", "phone", "npwp", "email")
    new = profile(0, values["name"], *(values.get(name) for name in compared))
    found = [
        LookAlike(each.number, duplicates.described(connection, each.number)[0], alike.score, in_words(stored(alike)))
        for each in duplicates.candidates(connection, new)
        if (alike := likeness(new, each)) and alike.score >= SCORE_MINIMUM
    ]
    match = match_key(values["name"], values.get("owner"), values.get("kelurahan"))
    same = save.same_business(connection, match)
    if same and same[0] not in [each.number for each in found] and not has_other_nib(connection, same[0], values):
        found.append(LookAlike(*same, 100, BUSINESS["name"].title))
    return sorted(found, key=lambda each: (-each.score, each.number))


def has_other_nib(connection: Connection, other: int, values: Mapping[str, Any]) -> bool:
    """Whether two businesses of one name, owner and place have different NIBs, and so are not duplicates."""
    nib = save.row(connection, "business", other)["nib"]
    return bool(nib and values.get("nib") and nib != values["nib"])


def mark_different(registry: Registry, one: str, other: str) -> Document:
    """Mark two businesses as different, so that they are no longer listed as duplicates.

    Raises SameBusiness, NotFound, Ambiguous.
    """
    with registry.write("mark-different", one) as change:
        numbers = [find.find(change.connection, "business", text) for text in (one, other)]
        names = [duplicates.described(change.connection, each)[0] for each in numbers]
        if numbers[0] == numbers[1]:
            raise errors.SameBusiness(name=names[0], number=numbers[0])
        save.set_detail(change, ", ".join(names))
        is_new = duplicates.mark_different(change, *numbers)
    message = (
        _("Marked as different: {one} (no. {number}) and {other} (no. {other_number}).")
        if is_new
        else _("No changes: {one} (no. {number}) and {other} (no. {other_number}) are already marked as different.")
    )
    said = message.format(one=names[0], number=numbers[0], other=names[1], other_number=numbers[1])
    return done(said, *([_("To undo: ikmctl undo")] if is_new else []), number=numbers[0], other_number=numbers[1])
