"""The run of an import: plan it, ask what the files leave open, show the plan, ask, apply it."""

from collections.abc import Mapping, Sequence
from functools import cache, partial

from ikmctl import errors
from ikmctl.actions.imports.apply import apply_plan
from ikmctl.actions.imports.kinds import Kind
from ikmctl.actions.imports.options import Options, Progress
from ikmctl.actions.imports.plan import Plan, make_plan
from ikmctl.actions.imports.questions import YES_OR_NO, Question, decision_needed, questions
from ikmctl.actions.imports.show.plan import describe
from ikmctl.actions.records.lookup import read_field
from ikmctl.commands.imports.options import ImportOptions
from ikmctl.commands.session import Prompter, Session
from ikmctl.document import Document
from ikmctl.domain.choices import Choice, join_words, parse_choice, words
from ikmctl.domain.entities import BUSINESS
from ikmctl.language import _, number, plural
from ikmctl.sheets.formats.source_copy import standard_input


def run_import(
    session: Session, kind: Kind, options: ImportOptions, decided: Options, given: Mapping[str, str] | None = None
) -> Document:
    """Plan an import, show the plan, ask, and apply it; `given` are values for fields that no column gives."""
    registry, read_input = session.registry(), cache(standard_input)

    def planned(progress: Progress | None = None) -> tuple[Plan, list[Question]]:
        made = make_plan(registry, kind, options.files, decided, read_input, given, progress)
        asked = questions(registry.connection, made)
        unattended = decided.skip_rejected and not decided.on_duplicate and session.terminal is None
        return made.reject_twins() if unattended else made, asked

    def replanned() -> Plan:
        made, asked = planned()
        if asked:
            raise decision_needed(asked)
        return made

    with session.progress() as progress:
        plan, open_questions = planned(progress)
    if open_questions and session.terminal and not options.dry_run:
        decided = _ask_questions(session.terminal, open_questions, decided)
        with session.progress() as progress:
            plan, _answered = planned(progress)
        open_questions = []

    def shown() -> Document:
        limit, dry_run, explain = options.limit(session), options.dry_run, options.explain
        asked = [question.text for question in open_questions]
        return describe(registry, plan, asked, limit=limit, dry_run=dry_run, explain=explain)

    if options.dry_run:
        return shown()
    session.show(shown())
    if open_questions:
        raise decision_needed(open_questions)
    decision = _ask_decision(session, plan)
    if decision:
        plan = plan.decide(decision)
    if plan.rejected and not decided.skip_rejected and session.terminal and not session.settings.yes:
        session.agree(_rejected_question(plan))
        plan = plan.without_rejected()
    elif plan.changes and (not plan.rejected or decided.skip_rejected):
        session.agree(". ".join((*plan.doubts, kind.question(plan.changes))))
    return apply_plan(registry, plan, replanned if session.terminal is None else None)


def _ask_questions(terminal: Prompter, asked: Sequence[Question], options: Options) -> Options:
    """The options with the officer's answers."""
    for question in asked:
        if not question.is_open(options):
            continue
        if question.choices is YES_OR_NO:
            answer = "yes" if terminal.confirm(question.text) else "no"
        else:
            answer = _read_answer(
                question, terminal.ask(question.text, partial(_read_answer, question), question.default)
            )
        options = question.answered(options, answer)
    return options


def _read_answer(question: Question, text: str) -> str:
    """The answer as a code of the choices or as a year. Raises UnknownAnswer, ValueRejected."""
    if question.choices:
        return parse_choice(text, question.choices, errors.UnknownAnswer)
    return str(read_field(BUSINESS["data_year"]._replace(required=True), text)[0])


def _rejected_question(plan: Plan) -> str:
    """The question whether the rows without a problem are imported."""
    if not plan.changes:
        return plural("Write the rejected row to a file?", "Write the {count} rejected rows to a file?", plan.rejected)
    question = _("Leave out the rejected rows ({count}) and import the others ({changes})?")
    return question.format(count=number(plan.rejected), changes=number(plan.changes))


def _ask_decision(session: Session, plan: Plan) -> str | None:
    """The decision on rows that match a record but differ; None if it is already made or nobody can be asked."""
    if session.terminal is None or plan.options.on_duplicate or not plan.undecided:
        return None
    decisions = plan.kind.decisions
    question = plural(
        "{count} row matches a record but has different values ({answers})?",
        "{count} rows match a record but have different values ({answers})?",
        plan.undecided,
        answers=join_words(decisions),
    )

    def check(answer: str) -> None:
        _decision_of(decisions, answer)

    return _decision_of(decisions, session.terminal.ask(question, check, words(decisions)[1]))


def _decision_of(decisions: Sequence[Choice], answer: str) -> str:
    return parse_choice(answer, decisions, errors.UnknownAnswer)
