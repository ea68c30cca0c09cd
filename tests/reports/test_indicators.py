"""Indicators on random registries: they agree with the summary, and a file of them tells nothing of anybody."""

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikmctl.actions.exchange import indicator_file, measure, open_data
from ikmctl.actions.exchange.measure import Indicators
from ikmctl.actions.reports import summary, targets
from ikmctl.actions.reports.indicators import INDICATORS
from ikmctl.document import Table
from ikmctl.domain.periods import read_period
from ikmctl.output.formats import machine
from ikmctl.registry.file.database import Registry
from tests.conftest import examples
from tests.exchange.test_whole_export import a_business, registry

PERIODS = st.sampled_from(("2021-05", "2021", "2020-H2", "1999"))


def measured(opened: Registry, period: str) -> Indicators:
    with opened.read() as connection:
        return measure.measure(connection, read_period(period))


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(a_business(), max_size=5), PERIODS)
def test_they_are_the_figures_of_the_summary(businesses: list[dict[str, Any]], period: str) -> None:
    with tempfile.TemporaryDirectory() as directory, registry(directory, "ours", businesses, "x") as ours:
        found = measured(ours, period)
        report = json.loads("".join(machine.as_json(summary.summary(ours, summary.SummaryOptions(period)))))["blocks"]
    values = {code: figure.value for code, figure in found.figures.items()}
    assert values["businesses"] == report["movement"]["total"]["closing"]
    assert values["coverage_percent"] == report["coaching"]["coverage_percent"]
    assert values["group_coverage_percent"] == report["coaching"]["group_coverage_percent"]
    for code in ("workers", "investment", "value_added"):
        total = report["people_and_money"]["total"]
        assert (values[code] or 0) == int(total[code] or 0) and found.figures[code].missing == total[f"{code}_missing"]
    for shares in (found.sectors, found.scales):
        assert sum(share.businesses or 0 for share in shares) == values["businesses"]


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(a_business(), max_size=5), st.sampled_from(("2021", "2020", "1999")))
def test_what_is_compared_is_what_targets_are_held_against(businesses: list[dict[str, Any]], year: str) -> None:
    with tempfile.TemporaryDirectory() as directory, registry(directory, "ours", businesses, "x") as ours:
        for indicator in INDICATORS:
            targets.set_target(ours, indicator.code, year, "7")
        values = {code: figure.value for code, figure in measured(ours, year).figures.items()}
        for wish in (summary.SummaryOptions(year, only=("targets",)), summary.SummaryOptions(year)):
            blocks = summary.summary(ours, wish).blocks
            [table] = [block for block in blocks if isinstance(block, Table) and block.name == "targets"]
            place = [column.name for column in table.columns].index("realisation")
            assert {row[0]: row[place] for row in table.rows} == values


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(a_business(), max_size=5), PERIODS)
def test_a_file_gives_back_what_was_shared_and_no_small_count(businesses: list[dict[str, Any]], period: str) -> None:
    with tempfile.TemporaryDirectory() as directory, registry(directory, "ours", businesses, "x") as ours:
        shared = indicator_file.remove_small_counts(measured(ours, period))
    written = json.dumps(indicator_file.to_json(shared), allow_nan=False).encode()
    assert indicator_file.read(Path("x.json"), written) == shared
    for shares in (shared.sectors, shared.scales):
        assert not {1, 2} & {share.businesses for share in shares}
        known = [share.businesses for share in shares if share.businesses is not None]
        assert len(shares) - len(known) != 1 or shared.figures["businesses"].value in (1, 2)


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(a_business(), max_size=5), PERIODS)
def test_open_data_hold_no_count_of_one_or_two_businesses(businesses: list[dict[str, Any]], period: str) -> None:
    with tempfile.TemporaryDirectory() as directory, registry(directory, "ours", businesses, "x") as ours:
        folder = Path(directory) / "open"
        open_data.export(ours, folder, read_period(period), replace=False)
        for file in folder.glob("businesses_by_*.csv"):
            rows = file.read_text(encoding="utf-8").splitlines()[1:]
            assert not [row for row in rows if row.endswith((",1", ",2"))], file.name
