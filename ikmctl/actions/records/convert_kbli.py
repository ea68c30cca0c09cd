"""Replacing the KBLI codes of businesses, edition 2020, by their successors in the edition 2025."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ikmctl import errors
from ikmctl.actions.history.closed_months import touched_closed_months
from ikmctl.document import Document, Table, TableColumn, Values, done
from ikmctl.domain.kbli_editions import Edition, Entry, Successor
from ikmctl.domain.values import kinds
from ikmctl.language import N_, _, number, plural
from ikmctl.registry.file.database import Connection, Registry
from ikmctl.registry.records import kbli, save

OLD, NEW = 2020, 2025
#: Why a code has this successor; `candidate` and `none` are not converted.
BASIS = {
    "code": N_("same code and title"),
    "title": N_("same title"),
    "chosen": N_("chosen"),
    "candidate": N_("left: candidate"),
    "none": N_("left: no successor"),
    "unknown": N_("left: not in KBLI 2020"),
}


@dataclass(frozen=True)
class OpenCode:
    """A code in use that has no sure successor, the number of its businesses and the codes that may replace it."""

    entry: Entry
    businesses: int
    candidates: tuple[Entry, ...]

    @property
    def question(self) -> str:
        """Which code of the new edition replaces it."""
        intro = plural(
            "KBLI {code} “{title}” of {count} business has no single successor in KBLI {year}.",
            "KBLI {code} “{title}” of {count} businesses has no single successor in KBLI {year}.",
            self.businesses,
            code=self.entry.code,
            title=self.entry.title,
            year=NEW,
        )
        offered = "; ".join(f"{each.code} {each.title}" for each in self.candidates)
        ask = _("Which code replaces it? Press Enter to leave it as it is")
        candidates = [_("Candidates: {candidates}.").format(candidates=offered)] if offered else []
        return " ".join((intro, *candidates, ask))


@dataclass(frozen=True)
class Conversion:
    """What a conversion does: codes with their successors, those chosen by the officer, and those it leaves."""

    new: Edition
    in_use: Mapping[str, int]
    sure: tuple[tuple[Entry, Successor], ...]
    open: tuple[OpenCode, ...]
    #: Codes in use that the list of the old edition does not have.
    unknown: tuple[str, ...]
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def successors(self) -> dict[str, str]:
        """Code of the old edition → code of the new one."""
        return {old.code: found.entry.code for old, found in self.sure} | dict(self.chosen)

    @property
    def left(self) -> int:
        """The number of codes in use that are not converted."""
        return len(self.in_use) - len(self.successors)

    def check(self, answer: str) -> None:
        """Raise UnknownKbli unless the answer is empty or a code of the new edition."""
        if answer and answer not in self.new.by_code:
            raise errors.UnknownKbli(code=answer, year=NEW)


def plan(registry: Registry) -> Conversion:
    """The successors of all codes of the old edition that businesses have."""
    with registry.read() as connection:
        old, new = (Edition(_entries(connection, year)) for year in (OLD, NEW))
        in_use = kbli.codes_in_use(connection, OLD)
    known = [old.by_code[code] for code in in_use if code in old.by_code]
    found = [(entry, new.successor(entry)) for entry in known]
    return Conversion(
        new,
        in_use,
        tuple((entry, successor) for entry, successor in found if successor),
        tuple(
            OpenCode(entry, in_use[entry.code], tuple(new.candidates(entry)))
            for entry, successor in found
            if not successor
        ),
        tuple(code for code in in_use if code not in old.by_code),
    )


def _entries(connection: Connection, year: int) -> list[Entry]:
    rows = kbli.edition(connection, year)
    return [Entry(row.code, row.title, tuple(filter(None, row.words.split("|")))) for row in rows]


def describe(conversion: Conversion) -> Document:
    """The plan: each code in use with its successor, or with the candidates of which none was chosen."""
    columns = (
        TableColumn("code", _("KBLI {year}").format(year=OLD)),
        TableColumn("title", _("Title")),
        TableColumn("successor", _("KBLI {year}").format(year=NEW), empty="–"),
        TableColumn("successor_title", _("Title"), empty="–"),
        TableColumn("basis", _("Reason"), kinds.named("basis", {code: _(text) for code, text in BASIS.items()})),
        TableColumn("businesses", _("Businesses"), kinds.COUNT),
    )
    messages = []
    if not conversion.in_use:
        messages.append(_("No business has a code of KBLI {year}.").format(year=OLD))
    if conversion.left:
        messages.append(
            plural(
                "{count} code has no sure successor and stays. On a terminal convert-kbli asks for it; for one "
                "business: ikmctl edit-business NUMBER --kbli CODE",
                "{count} codes have no sure successor and stay. On a terminal convert-kbli asks for them; for one "
                "business: ikmctl edit-business NUMBER --kbli CODE",
                conversion.left,
            )
        )
    table = Table("conversion", "", columns, list(_rows(conversion)))
    return Document(
        "list", (table,), title=_("From KBLI {old} to {new}").format(old=OLD, new=NEW), messages=tuple(messages)
    )


def _rows(conversion: Conversion) -> Iterator[Values]:
    in_use = conversion.in_use
    for old, found in conversion.sure:
        yield (old.code, old.title, found.entry.code, found.entry.title, found.basis, in_use[old.code])
    for each in conversion.open:
        code, title = each.entry[:2]
        if code in conversion.chosen:
            entry = conversion.new.by_code[conversion.chosen[code]]
            yield (code, title, entry.code, entry.title, "chosen", each.businesses)
            continue
        for candidate in each.candidates:
            yield (code, title, candidate.code, candidate.title, "candidate", each.businesses)
        if not each.candidates:
            yield (code, title, None, None, "none", each.businesses)
    for code in conversion.unknown:
        yield (code, None, None, None, "unknown", in_use[code])


def question(conversion: Conversion) -> str:
    """Whether to write the plan."""
    count = len(conversion.successors)
    return plural("Convert {count} code to KBLI {year}?", "Convert {count} codes to KBLI {year}?", count, year=NEW)


def convert(registry: Registry, conversion: Conversion) -> Document:
    """Give all businesses the successors of their codes, as one change."""
    successors = conversion.successors
    with registry.write("convert-kbli") as change:
        businesses = kbli.businesses_with(change.connection, OLD, list(successors))
        detail = plural("KBLI {new} for {count} business", "KBLI {new} for {count} businesses", businesses, new=NEW)
        save.set_detail(change, detail)
        kbli.replace_edition(change, OLD, NEW, successors)
        closed = touched_closed_months(change.connection, change.number)
    codes = plural("{count} code", "{count} codes", len(successors))
    message = plural(
        "Converted {codes} of {count} business to KBLI {new}.",
        "Converted {codes} of {count} businesses to KBLI {new}.",
        businesses,
        codes=codes,
        new=NEW,
    )
    left = [_("Not converted: {count}.").format(count=number(conversion.left))] if conversion.left else []
    facts = {"converted": len(successors), "businesses": businesses, "left": conversion.left}
    return done(message, *left, *closed, _("To undo: ikmctl undo"), **facts)
