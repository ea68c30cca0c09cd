"""Every shape of spreadsheet and what becomes of it: the plan and the businesses, kept as pages that a person reviews."""

from pathlib import Path

import pytest

from tests.conftest import Run, Snapshot
from tests.sheets import offices, registers
from tests.sheets.shape import Shape

PAGES = Path(__file__).parent / "snapshots"
COLUMNS = (
    "name,owner,form,address,kelurahan,kecamatan,sector,products,kbli,nib,nik,phone,established,registered_on,data_year,"
    "workers_male,workers_female,workers_total,investment,capacity,capacity_unit,capacity_period,production_value,"
    "stated_scale,notes,extra"
)


def stored(ikmctl: Run) -> str:
    """The businesses, each with what is known of it."""
    rows = ikmctl(
        "list-businesses", "--status", "all", "--sort", "number", "--columns", COLUMNS, "--format", "json", "--reveal"
    ).data
    return "\n".join(
        f"- {row['name']}: " + ", ".join(f"{name} {value}" for name, value in row.items() if value and name != "name")
        for row in rows
    )


@pytest.mark.parametrize("each", (*offices.SHAPES, *registers.SHAPES), ids=lambda each: each.id)
def test_a_shape_of_dom1(ikmctl: Run, tmp_path: Path, snapshot: Snapshot, each: Shape) -> None:
    (tmp_path / each.file).write_bytes(each.data())
    import_it = ("import-businesses", each.file, "--registered-on", "11/10/2021", *each.options)
    plan = ikmctl(*import_it, "--dry-run", "--explain")
    done = ikmctl(*import_it, "--yes", "--skip-rejected")
    assert done.status == 0, done.text
    page = (
        f"# {each.about}\n\n`ikmctl {' '.join(import_it)} --dry-run --explain` (exit status {plan.status})\n\n"
        f"```\n{plan.out.rstrip()}\n```\n\nWith `--skip-rejected`: {done.out.splitlines()[0]}\n\n{stored(ikmctl)}\n"
    )
    snapshot(PAGES / f"{each.id}.md", "\n".join(text.rstrip() for text in page.split("\n")))
