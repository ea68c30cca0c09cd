"""Commands that import spreadsheets; each declares the options that only it has."""

from collections.abc import Callable
from typing import Annotated

import typer

from ikmctl.actions.imports.kinds import KINDS, PENDING_KIND
from ikmctl.actions.imports.participants.events import read_days
from ikmctl.commands.imports.options import ImportOptions, with_import_options
from ikmctl.commands.imports.run import run_import
from ikmctl.commands.options import choice_option, option
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.domain.choices import (
    ASK,
    DECISIONS,
    EVENT_KINDS,
    KBLI_EDITIONS,
    MONEY_UNITS,
    OTHER_CITIES,
    SAME_OR_DIFFERENT,
    UPDATE_OR_SKIP,
)
from ikmctl.domain.entities import BUSINESS, EVENT, PARTICIPANT, SENTRA
from ikmctl.domain.entities.pending import PENDING
from ikmctl.language import N_

MoneyUnit = Annotated[
    str | None,
    choice_option("--money-unit", "WORD", N_("unit of amounts whose heading gives none; remembered"), MONEY_UNITS),
]
KbliEdition = Annotated[
    str | None,
    choice_option("--kbli-edition", "YEAR", N_("edition of the KBLI codes: 2020 or 2025; remembered"), KBLI_EDITIONS),
]
OtherCities = Annotated[
    str | None,
    choice_option(
        "--other-cities", "WORD", N_("rows of another city, where a column names it; remembered"), OTHER_CITIES
    ),
]
DataYear = Annotated[str | None, option("--data-year", "YEAR", N_("data year of rows that give none"))]
OnDuplicate = Annotated[
    str | None,
    choice_option(
        "--on-duplicate", "WORD", N_("for rows that match a record but have different values"), (ASK, *DECISIONS)
    ),
]
OnDifference = Annotated[
    str | None,
    choice_option(
        "--on-duplicate", "WORD", N_("for rows that match a record but have different values"), (ASK, *UPDATE_OR_SKIP)
    ),
]


def command(name: str) -> Callable[..., Document]:
    """The function of the command of this name."""
    functions: dict[str, Callable[..., Document]] = {
        "import-businesses": with_import_options(import_businesses),
        "import-observations": with_import_options(import_observations),
        "import-sentra": with_import_options(import_sentra),
        "import-events": with_import_options(import_events),
        "import-participants": with_import_options(import_participants),
        "import-pending": with_import_options(import_pending),
    }
    return functions[name]


def import_businesses(
    session: Session,
    given: ImportOptions,
    money_unit: MoneyUnit = None,
    registered_on: Annotated[
        str | None, option("--registered-on", "DATE", N_("registration date of rows that have none"))
    ] = None,
    recorded_on: Annotated[
        str | None,
        option("--recorded-on", "DATE", N_("date of recording, for rows without a registration date; default: today")),
    ] = None,
    data_year: DataYear = None,
    on_duplicate: OnDuplicate = None,
    create_sentra: Annotated[
        bool, typer.Option("--create-sentra", help=N_("register sentra that are named but unknown"))
    ] = False,
    kbli_edition: KbliEdition = None,
    other_cities: OtherCities = None,
    all_kbli: Annotated[
        bool, typer.Option("--all-kbli", help=N_("import rows outside industry (KBLI 10–33) of an OSS export too"))
    ] = False,
) -> Document:
    """Import a spreadsheet of businesses."""
    options = given.options(
        BUSINESS,
        money_unit=money_unit,
        registered_on=registered_on,
        recorded_on=recorded_on,
        data_year=data_year,
        create_sentra=create_sentra,
        on_duplicate=_decision(on_duplicate),
        all_kbli=all_kbli,
        kbli_edition=None if kbli_edition is None else int(kbli_edition),
        other_cities=other_cities,
    )
    return run_import(session, KINDS["businesses"], given, options)


def import_observations(
    session: Session,
    given: ImportOptions,
    money_unit: MoneyUnit = None,
    data_year: DataYear = None,
    on_duplicate: OnDifference = None,
) -> Document:
    """Import workers and money of registered businesses for a year."""
    options = given.options(
        BUSINESS,
        money_unit=money_unit,
        data_year=data_year,
        on_duplicate=_decision(on_duplicate),
        observations_only=True,
    )
    return run_import(session, KINDS["observations"], given, options)


def import_sentra(session: Session, given: ImportOptions, on_duplicate: OnDifference = None) -> Document:
    """Import a list of sentra."""
    options = given.options(SENTRA, on_duplicate=_decision(on_duplicate))
    return run_import(session, KINDS["sentra"], given, options)


def import_events(
    session: Session,
    given: ImportOptions,
    money_unit: MoneyUnit = None,
    kind: Annotated[
        str | None, choice_option("--kind", "KIND", N_("kind of all events, if the file does not say it"), EVENT_KINDS)
    ] = None,
    on_duplicate: OnDifference = None,
) -> Document:
    """Import a list of training and coaching events."""
    options = given.options(EVENT, money_unit=money_unit, on_duplicate=_decision(on_duplicate))
    known = {} if kind is None else {"kind": kind}
    return run_import(session, KINDS["events"], given, options, known)


def import_participants(
    session: Session,
    given: ImportOptions,
    event: Annotated[
        str | None, option("--event", "EVENT", N_("event of all rows, if the file does not name it"))
    ] = None,
    starts_on: Annotated[
        str | None, option("--starts-on", "DATE", N_("day or days of the event, for rows that give none"))
    ] = None,
    create_events: Annotated[
        bool | None,
        typer.Option(
            "--create-events/--no-create-events",
            help=N_("register events that are named but unknown; --no-create-events rejects their rows"),
        ),
    ] = None,
    kind: Annotated[
        str | None, choice_option("--kind", "KIND", N_("kind of new events whose title does not say it"), EVENT_KINDS)
    ] = None,
    create_businesses: Annotated[
        bool, typer.Option("--create-businesses", help=N_("record businesses that are named but unknown"))
    ] = False,
    near_names: Annotated[
        str | None,
        choice_option(
            "--near-names",
            "WORD",
            N_("whether names like a registered business of the same owner mean it"),
            SAME_OR_DIFFERENT,
        ),
    ] = None,
    on_duplicate: OnDifference = None,
) -> Document:
    """Import the participants of events: people, with or without the business they own."""
    options = given.options(
        PARTICIPANT,
        create_events=create_events,
        event_kind=kind,
        create_businesses=create_businesses,
        near_names=near_names,
        on_duplicate=_decision(on_duplicate),
    )
    known = {} if event is None else {"event": event}
    days = {} if starts_on is None else read_days(starts_on)
    return run_import(session, KINDS["participants"], given, options, known | days)


def import_pending(session: Session, given: ImportOptions) -> Document:
    """Import a spreadsheet of mended values, as list-pending writes it."""
    return run_import(session, PENDING_KIND, given, given.options(PENDING, on_duplicate="update"))


def _decision(word: str | None) -> str | None:
    return None if word == ASK.code else word
