"""A change that touches a closed month says so."""

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikmctl.actions.records import close, save
from ikmctl.actions.records.delete import Dependents, delete
from ikmctl.actions.records.events import participants
from ikmctl.actions.records.events.guests import Guests
from ikmctl.actions.reports import summary
from ikmctl.actions.reports.stored_figures import to_store
from ikmctl.actions.reports.summary import SummaryOptions
from ikmctl.actions.setup import registry_file
from ikmctl.domain.entities import BUSINESS, EVENT, SENTRA
from ikmctl.domain.periods import read_period
from ikmctl.errors import IkmError
from ikmctl.registry.file.database import Registry, open_registry
from ikmctl.registry.history.touched_months import touched_months
from ikmctl.registry.reports import closed_months
from tests.conftest import Run, examples
from tests.records.registries import fill

MONTHS = ("2021-10", "2022-03", "2022-04")


@pytest.fixture
def closed(ikmctl: Run) -> Run:
    """Two businesses, one closed in November, and two closed months."""
    ikmctl("add-business", "Tenun Saiyo", "--registered-on", "5/1/2021", "--sector", "food", "--workers-male", "2")
    ikmctl("add-business", "Sanjai Nia", "--registered-on", "5/1/2021", "--closed-on", "20/11/2021")
    ikmctl("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", "11/10/2021")
    for month in ("2021-10", "2021-11"):
        assert ikmctl("close-month", month).status == 0
    return ikmctl


@pytest.mark.parametrize(
    ("command", "months"),
    [
        (("edit-business", "1", "--sector", "crafts"), ["October 2021", "November 2021"]),
        (("edit-business", "1", "--phone", "0812-0000-1234"), []),
        (("edit-business", "2", "--closed-on", "20/10/2021"), ["October 2021", "November 2021"]),
        (("edit-business", "2", "--closed-on", "21/11/2021"), ["November 2021"]),
        (("edit-business", "1", "--workers-male", "3", "--data-year", "2021-11"), ["November 2021"]),
        (("edit-business", "1", "--workers-male", "3", "--data-year", "2022"), []),
        (("close-business", "1", "--on", "30/11/2021"), ["November 2021"]),
        (("close-business", "1", "--on", "1/12/2021"), []),
        (("reopen-business", "2", "--on", "1/12/2021"), []),
        (("delete-business", "2"), ["October 2021", "November 2021"]),
        (("add-business", "Ukiran", "--registered-on", "30/11/2021"), ["November 2021"]),
        (("add-business", "Ukiran", "--registered-on", "1/12/2021"), []),
        (("edit-event", "1", "--kind", "workshop"), ["October 2021", "November 2021"]),
        (("edit-event", "1", "--starts-on", "1/11/2021"), ["October 2021", "November 2021"]),
        (("edit-event", "1", "--venue", "Aula"), []),
        (("add-participants", "1", "--business", "1"), ["October 2021", "November 2021"]),
        (("add-sentra", "Sentra", "--reported-units", "3"), ["October 2021", "November 2021"]),
    ],
)  # fmt: skip
def test_a_change_names_the_closed_months_that_it_touches(
    closed: Run, command: tuple[str, ...], months: list[str]
) -> None:
    outcome = closed(*command)
    assert outcome.status == 0 and ("closed month" in outcome.out) == bool(months)
    assert [month for month in ("October 2021", "November 2021") if month in outcome.out] == months
    undone = closed("undo", "--yes").out
    assert [month for month in ("October 2021", "November 2021") if month in undone] == months


def some_change(registry: Registry, data: st.DataObject) -> None:
    """One change of records in the registry that `fill` makes."""
    pick = data.draw
    business, day = (
        str(pick(st.integers(1, 6))),
        pick(st.sampled_from(("2020-02-01", "2021-10-15", "2022-03-20", "2023-01-01"))),
    )
    month = pick(st.sampled_from(("2020", "2021-10", "2022", "2022-04")))
    command = pick(st.integers(0, 8))
    if command == 0:
        save.edit(registry, BUSINESS, business, {"sector": pick(st.sampled_from(("food", "crafts")))})
    elif command == 1:
        save.edit(registry, BUSINESS, business, {"registered_on": day})
    elif command == 2:
        save.edit(registry, BUSINESS, business, {"workers_male": "7", "data_year": month})
    elif command == 3:
        close.close(registry, BUSINESS, business, day)
    elif command == 4:
        close.reopen(registry, BUSINESS, business, day)
    elif command == 5:
        delete(registry, BUSINESS, business, Dependents(with_attendance=True, keep_members=True))
    elif command == 6:
        save.edit(registry, EVENT, str(pick(st.integers(1, 3))), {"starts_on": day})
    elif command == 7:
        participants.add_participants(registry, "2", Guests(businesses=(business,)))
    else:
        save.edit(registry, SENTRA, "1", {"reported_units": "12"})


@settings(max_examples=examples(100), deadline=None)
@given(data=st.data())
def test_what_alters_the_figures_of_a_closed_month_says_so(data: st.DataObject) -> None:
    """But for the figures of a longer time: the comparison with the month before, and the twelve months."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "registry.db"
        registry_file.init(db, "13.76", "Disnakerin")
        fill(db, data.draw)
        with closing(open_registry(db)) as registry:
            with registry.write("close-month", "all") as change:
                for month in MONTHS:
                    figures = to_store(summary.blocks(change.connection, read_period(month)))
                    closed_months.close(change, month, figures)
            try:
                some_change(registry, data)
            except IkmError:
                return
            with registry.read() as connection:
                [last] = connection.execute("SELECT max(id) FROM change").fetchone()
                touched = touched_months(connection, last)
            for month in MONTHS:
                differs = set(summary.summary(registry, SummaryOptions(month)).facts["differs"])
                assert not differs - {"change", "trend", "targets"} or month in touched, differs
