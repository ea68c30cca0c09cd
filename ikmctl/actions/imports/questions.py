"""Decisions that the files leave open and that would change figures: asked on a terminal, else the import stops."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ikmctl import errors
from ikmctl.actions.imports.business_rows import BusinessRows
from ikmctl.actions.imports.cells import SheetRead
from ikmctl.actions.imports.options import RUPIAH, Options
from ikmctl.actions.imports.participants.rows import NewRecord, ParticipantRows
from ikmctl.actions.imports.plan import Plan
from ikmctl.domain import choices
from ikmctl.domain.choices import Choice
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.keys import key
from ikmctl.domain.values import kinds
from ikmctl.domain.values.kinds import show_money
from ikmctl.language import _, number, plural
from ikmctl.registry.file.database import Connection
from ikmctl.registry.imports import staged
from ikmctl.sheets.table.row_roles import ABOVE

#: The answers to a question whether something shall be done.
YES_OR_NO = kinds.FLAG.choices or ()
#: The number of new events that a question names.
_MOST_EVENTS = 10
#: The number of titles whose kind is asked for one by one.
_MOST_KINDS = 3
#: A list of which half the amounts are below this many rupiah is not in rupiah.
FEWEST_RUPIAH = 100_000
#: A column of men or women of so many rows that is this many times as full as the other may hold all workers.
MANY_WORKERS, FULLER = 10, 10
#: Words that titles of the KBLI have whatever the industry is.
_COMMON = frozenset(
    [
        "industri",
        "kegiatan",
        "pengolahan",
        "pengawetan",
        "pembuatan",
        "barang",
        "produk",
        "dengan",
        "atau",
        "untuk",
        "dari",
        "bukan",
        "yang",
        "dalam",
        "lainnya",
        "sejenisnya",
        "keperluan",
        "serta",
        "selain",
    ]
)
_YEAR = re.compile(r"(?i)\b(?:tahun|thn|th|ta|per|periode|year)\b\.?\s*:?\s*((?:19|20)\d\d)\b")
_BARE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True)
class Question:
    """A decision: what it is about with the readings that are possible, and the option that answers it.

    `choices` are the possible answers; a year if empty. `default` is proposed on a terminal. `heading` names the column
    that the question is about, or the title of the event; empty for all.
    """

    text: str
    option: str
    choices: tuple[Choice, ...] = ()
    default: str = ""
    heading: str = ""

    def answered(self, options: Options, answer: str) -> Options:
        """The options with the answer, which is a code of `choices` or a year."""
        if self.option == "--money-unit":
            return replace(options, money_units=(*options.money_units, (self.heading, answer)))
        if self.option == "--map":
            return replace(options, maps=(*options.maps, (self.heading, answer)))
        if self.option == "--kbli-edition":
            return replace(options, kbli_edition=int(answer))
        if self.option == "--near-names":
            return replace(options, near_names=answer)
        if self.option == "--create-events":
            return replace(options, create_events=answer == "yes")
        if self.option == "--kind" and not self.heading:
            return replace(options, event_kind=answer)
        if self.option == "--kind":
            return replace(options, event_kinds=(*options.event_kinds, (key(self.heading), answer)))
        return replace(options, data_year=answer)

    def is_open(self, options: Options) -> bool:
        """Whether the decision is still needed, after the questions before it were answered."""
        return self.option != "--kind" or options.create_events is not False


def questions(connection: Connection, plan: Plan) -> list[Question]:
    """The decisions that a plan for businesses or participants leaves open."""
    if isinstance(plan.rows, ParticipantRows):
        return [*_events(plan.rows.new_events(), plan.options), *_near(plan.rows, plan.options)]
    if not isinstance(plan.rows, BusinessRows) or not plan.changes + plan.undecided:
        return []
    found: dict[tuple[str, str], Question] = {}
    for file, sheet in enumerate(plan.sheets):
        for question in (
            *_money(connection, file, sheet),
            *_workers(sheet),
            *_year(connection, plan, file, sheet),
        ):
            found.setdefault((question.option, question.heading), question)
    return [*found.values(), *_edition(connection, plan)]


def decision_needed(open_questions: Sequence[Question]) -> errors.DecisionNeeded:
    """The error for an import off a terminal: the questions, and the options that answer them."""
    texts = " ".join(question.text for question in open_questions)
    return errors.DecisionNeeded(question=texts, option=" ".join(dict.fromkeys(map(_answer, open_questions))))


def _answer(question: Question) -> str:
    """How the option that answers a question is written."""
    if question.choices is YES_OR_NO:
        return f"{question.option}|--no{question.option[1:]}"
    words = "|".join(choices.words(question.choices)) if question.choices else question.default or _("YEAR")
    return f'--map "{question.heading}={words}"' if question.option == "--map" else f"{question.option} {words}"


def _events(new: Sequence[NewRecord], options: Options) -> list[Question]:
    """Whether events that are not registered are created, and of which kind those are whose titles do not say it."""
    asked = []
    if new and options.create_events is None:
        more = [f"… {number(len(new) - _MOST_EVENTS)}"] if new[_MOST_EVENTS:] else []
        question = plural(
            "{count} event is not registered: {events}. Create it?",
            "{count} events are not registered: {events}. Create them?",
            len(new),
            events="; ".join([*map(_named, new[:_MOST_EVENTS]), *more]),
        )
        asked.append(Question(question, "--create-events", YES_OR_NO))
    return [*asked, *_event_kinds(dict.fromkeys(event.values["name"] for event in new if not event.values["kind"]))]


def _near(rows: ParticipantRows, options: Options) -> list[Question]:
    """Whether the names that are like registered businesses mean them, all in one question."""
    near = rows.near_businesses()
    if not near or options.near_names is not None:
        return []
    pairs = [
        f"{row.name} ({row.person}) → {business['name']} ({business['owner']}, no. {business['id']})"
        for row, business in near
    ]
    more = [f"… {number(len(pairs) - _MOST_EVENTS)}"] if pairs[_MOST_EVENTS:] else []
    text = plural(
        "{count} name is like a registered business: {pairs}. Is it the same ({answers})?",
        "{count} names are like registered businesses: {pairs}. Are they the same ({answers})?",
        len(pairs),
        pairs="; ".join([*pairs[:_MOST_EVENTS], *more]),
        answers=choices.join_words(choices.SAME_OR_DIFFERENT),
    )
    return [Question(text, "--near-names", choices.SAME_OR_DIFFERENT)]


def _event_kinds(titles: Collection[str]) -> list[Question]:
    """The kind of the events with these titles, which do not say it: of each, or of all if they are many."""
    answers = choices.join_words(choices.EVENT_KINDS)
    if len(titles) > _MOST_KINDS:
        text = _("{count} titles do not say what kind of event it is: {names}. Which kind are they all ({answers})?")
        named = "; ".join([*titles][:_MOST_EVENTS]) + ("; …" if len(titles) > _MOST_EVENTS else "")
        text = text.format(count=number(len(titles)), names=named, answers=answers)
        return [Question(text, "--kind", choices.EVENT_KINDS)]
    text = _("The title “{name}” does not say what kind of event it is. Which kind ({answers})?")
    return [
        Question(text.format(name=title, answers=answers), "--kind", choices.EVENT_KINDS, "", title) for title in titles
    ]


def _named(event: NewRecord) -> str:
    """The name, day and batch of a new event, its number of participants, and the event that it may be instead."""
    values = event.values
    days = " – ".join(dict.fromkeys((values["starts_on"], values["ends_on"])))
    facts = [days, values["batch"], plural("{count} participant", "{count} participants", event.participants)]
    if event.similar:
        facts.append(_("similar: {event}").format(event=event.similar))
    return f"{values['name']} ({', '.join(filter(None, facts))})"


def _money(connection: Connection, file: int, sheet: SheetRead) -> Iterator[Question]:
    """Columns of money without a unit, whose amounts are too small for rupiah."""
    for column in sheet.chosen.columns:
        if column.field is None or column.field.kind.name != "money" or column.unit_from:
            continue
        median = staged.median_amount(connection, file, column.field.name)
        if median is None or median >= FEWEST_RUPIAH:
            continue
        readings = ", ".join(f"{show_money(median * RUPIAH[choice.code])} ({choice})" for choice in choices.MONEY_UNITS)
        text = _("{heading}: the heading gives no unit, and half of the amounts are at most {readings}. Which unit?")
        yield Question(
            text.format(heading=column.heading, readings=readings), "--money-unit", choices.MONEY_UNITS, "",
            column.heading,
        )  # fmt: skip


def _workers(sheet: SheetRead) -> Iterator[Question]:
    """A column of men or women that may hold all workers, because the other is hardly filled and none has the total."""
    columns = {column.field.name: column for column in sheet.chosen.columns if column.field}
    if not {"workers_male", "workers_female"} <= columns.keys() or "workers_total" in columns:
        return
    filled = sheet.findings.filled
    sparse, full = sorted(("workers_male", "workers_female"), key=lambda name: filled[name])
    heading = columns[full].heading
    if filled[full] < MANY_WORKERS or filled[sparse] * FULLER > filled[full] or sheet.certainty[heading] == "office":
        return
    answers = [BUSINESS[name].choice for name in (full, "workers_total")]
    text = _(
        "{heading} has a number in {full} rows, {other} in {sparse}: it may hold all workers. "
        "What is it: {one} or {total}?"
    )
    one, total = choices.words(answers)
    yield Question(
        text.format(
            heading=heading, full=number(filled[full]), other=columns[sparse].heading,
            sparse=number(filled[sparse]), one=one, total=total,
        ),
        "--map", tuple(answers), "", heading,
    )  # fmt: skip


def _year(connection: Connection, plan: Plan, file: int, sheet: SheetRead) -> Iterator[Question]:
    """The year of workers and money, where a title, the sheet or the file proposes one."""
    defaults = plan.rows.defaults
    if defaults is None or defaults.data_year or not staged.assumed_years(connection, file, defaults):
        return
    years = proposed_years(sheet)
    if years:
        proposed = ", ".join(years)
        text = _("The file names {years}, but no column gives the year of workers and money. Which year is it?")
        yield Question(text.format(years=proposed), "--data-year", (), years[0] if len(years) == 1 else "")


def proposed_years(sheet: SheetRead) -> list[str]:
    """The years that the titles above the table name, else the name of the sheet, else that of the file."""
    titles = [each.text for each in sheet.classifier.examples if each.reason == ABOVE]
    name = Path(sheet.chosen.sheet.name).stem
    for texts, pattern in ((titles, _YEAR), ([sheet.chosen.sheet.title], _BARE_YEAR), ([name], _BARE_YEAR)):
        years = dict.fromkeys(year for text in texts for year in pattern.findall(text))
        if years:
            return list(years)
    return []


def _edition(connection: Connection, plan: Plan) -> Iterator[Question]:
    """The edition of the KBLI, where codes of rows without a date mean different industries in the two editions."""
    defaults = plan.rows.defaults
    if defaults is None or defaults.kbli_edition or defaults.undated_edition:
        return
    for code, by_edition in sorted(staged.kbli_titles(connection, undated=True).items()):
        if len(by_edition) > 1 and not _mean_the_same(*by_edition.values()):
            text = _("KBLI {code} means “{old}” in the edition 2020 and “{new}” in 2025. Which edition is it?")
            yield Question(
                text.format(code=code, old=by_edition[2020], new=by_edition[2025]), "--kbli-edition",
                choices.KBLI_EDITIONS,
            )  # fmt: skip
            return


def _mean_the_same(one: str, other: str) -> bool:
    """Whether more than half of the words of the shorter title are in the longer one, perhaps with another ending."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    shared = [word for word in shorter if any(word in each or each in word for each in longer)]
    return 2 * len(shared) > len(shorter)


def _words(title: str) -> set[str]:
    return set(re.findall(r"\w{4,}", title.lower())) - _COMMON
