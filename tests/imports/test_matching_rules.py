"""Which rows of a spreadsheet are taken for which registered business, at the edges of the rules."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ikmctl import errors
from ikmctl.actions.imports.apply import apply_plan
from ikmctl.actions.imports.kinds import KINDS
from ikmctl.actions.imports.options import Options
from ikmctl.actions.imports.plan import make_plan
from ikmctl.registry.file.database import open_registry
from ikmctl.registry.imports import apply, staging
from tests.conftest import Outcome, Run


@pytest.fixture
def plan(ikmctl: Run, tmp_path: Path) -> Any:
    """The plan for a spreadsheet of these lines: rows by verdict."""

    def planned(heading: str, *rows: str) -> dict[str, int]:
        path = tmp_path / "ikm.csv"
        path.write_text("\n".join((heading, *rows)) + "\n", encoding="utf-8")
        outcome: Outcome = ikmctl("import-businesses", path, "--dry-run", "--format", "json")
        counts = outcome.data["blocks"]["counts"]["rows"]
        return {row["verdict"]: row["rows"] for row in counts if row["rows"]}

    return planned


NIK = "1376014411780001"


@pytest.mark.parametrize(
    ("registered", "row", "verdict"),
    [
        # Names are alike from 85 % on: these are to 89 % and to 83 %.
        ("Rajut Ani", "Rajut Ana", "possible"),
        ("Rendang Erna", "Randang Erne", "new"),
        ("Rendang Erna", "ERNA RENDANG", "possible"),  # the same words in another order
        ("Bordir Melati", "Bordir Kenanga", "new"),
    ],
)
@pytest.mark.parametrize(
    ("option", "heading", "value"), [("owner", "Pemilik", "Erna Wati"), ("phone", "No HP", "081374550001")]
)
def test_a_like_name_with_the_same_owner_or_phone(
    ikmctl: Run, plan: Any, registered: str, row: str, verdict: str, option: str, heading: str, value: str
) -> None:
    ikmctl("add-business", registered, f"--{option}", value, "--kelurahan", "Tiakar")
    assert plan(f"Nama Usaha;{heading};Kelurahan", f"{row};{value};Ibuh") == {verdict: 1}


@pytest.mark.parametrize(("businesses", "verdict"), [(3, "possible"), (4, "new")])
def test_an_owner_of_many_businesses_tells_nothing(ikmctl: Run, plan: Any, businesses: int, verdict: str) -> None:
    for name in ("Rajut Ani", "Bordir Melati", "Sanjai Tiga", "Tenun Empat")[:businesses]:
        ikmctl("add-business", name, "--owner", "Ani")
    assert plan("Nama Usaha;Pemilik;Kelurahan", "Rajut Ana;Ani;Tiakar") == {verdict: 1}


def test_the_same_nik_is_enough_and_two_nibs_are_two_businesses(ikmctl: Run, plan: Any) -> None:
    ikmctl("add-business", "Rendang Erna", "--owner", "Erna", "--nik", NIK, "--nib", "9120000000001")
    assert plan("Nama Usaha;Pemilik;NIK", f"Kerupuk Lain;Orang Lain;{NIK}") == {"possible": 1}
    assert plan("Nama Usaha;Pemilik;NIK;NIB", f"Rendang Erna;Erna;{NIK};9120000000002") == {"new": 1}
    assert plan("Nama Usaha;Pemilik;NIB", "Rendang Erna;Erna;9120000000002") == {"new": 1}
    assert plan("Nama Usaha;Pemilik;NIB", "Rendang Erna;Erna;9120000000001") == {"unchanged": 1}


def test_never_by_name_alone_and_never_one_of_several(ikmctl: Run, plan: Any) -> None:
    ikmctl("add-business", "Sanjai Erna", "--phone", "081374550001")
    assert plan("Nama Usaha;TK LK", "Sanjai Erna;3") == {"possible": 1}
    for name in ("Sanjai Lina", "Sanjai Lina"):
        ikmctl("add-business", name, "--owner", "Lina", "--kelurahan", "Tiakar", "--yes")
    assert plan("Nama Usaha;Pemilik;Kelurahan;TK LK", "Sanjai Lina;Lina;Tiakar;3") == {"possible": 1}


def test_a_number_that_is_not_there_or_of_another_business(ikmctl: Run, plan: Any) -> None:
    ikmctl("add-business", "Sanjai Erna", "--nib", "9120000000001")
    ikmctl("add-business", "Sanjai Lina")
    assert plan("No. Registrasi;Nama Usaha", "9;Sanjai Rina") == {"rejected": 1}
    assert plan("No. Registrasi;Nama Usaha;NIB", "2;Sanjai Erna;9120000000001") == {"rejected": 1}
    assert plan("No. Registrasi;Nama Usaha;NIB", "1;Sanjai Erna;9120000000001") == {"unchanged": 1}


def test_one_nib_at_three_names_is_no_key(plan: Any) -> None:
    rows = [f"Sanjai {name};9120000000001" for name in ("Erna", "Lina", "Rina")]
    assert plan("Nama Usaha;NIB", *rows) == {"new": 3}
    assert plan("Nama Usaha;NIB", *rows[:2]) == {"new": 2}  # the second row's NIB is set aside


@pytest.mark.parametrize(
    "rows",
    [
        ("A;Kelompok;B", "B;Kelompok;A"),
        ("A;Kelompok;B", "B;Kelompok;C", "C;Kelompok;A"),
        ("A;Kelompok;B", "B;Kelompok;C", "C;Kelompok;D", "D;Kelompok;E", "E;Kelompok;A"),
    ],
)
def test_groups_that_are_members_of_each_other_are_refused(
    ikmctl: Run, db: Path, tmp_path: Path, rows: tuple[str, ...]
) -> None:
    path = tmp_path / "groups.csv"
    path.write_text("\n".join(("Nama Usaha;Bentuk Usaha;Nama Kelompok", *rows)) + "\n", encoding="utf-8")
    before = db.read_bytes()
    refused = ikmctl("import-businesses", path, "--yes")
    assert refused.status == 3 and "A → … → A" in refused.err
    assert db.read_bytes() == before


@pytest.mark.parametrize("wrong", [{"sector": "nowhere"}, {"sentra_id": 77}, {"group_id": 77}])
def test_an_import_refers_to_nothing_that_is_not_there(ikmctl: Run, db: Path, wrong: dict[str, Any]) -> None:
    """While an import is written SQLite does not look at foreign keys: our own check stands for it."""
    before = db.read_bytes()
    row = {"file": 0, "line": 2, "name": "Sanjai", "match_key": "sanjai||", "needs_check": 1, **wrong}
    with closing(open_registry(db)) as registry:
        staging.prepare(registry)
        with staging.transaction(registry):
            staging.add(registry.connection, {name: [value] for name, value in row.items()})
        with pytest.raises(errors.PlanOutdated), registry.write("import-businesses", keeps="all") as change:
            apply.apply(change, staging.Defaults("2021-10-01"), [], [], [], [])
    assert db.read_bytes() == before


def test_a_plan_is_not_carried_out_after_another_program_wrote(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text("Nama Usaha\nSanjai Erna\n", encoding="utf-8")
    with closing(open_registry(db)) as registry:
        made = make_plan(registry, KINDS["businesses"], [str(path)], Options(), bytes)
        assert ikmctl("add-business", "Sanjai Lina").status == 0
        with pytest.raises(errors.PlanOutdated):
            apply_plan(registry, made)
        apply_plan(registry, make_plan(registry, KINDS["businesses"], [str(path)], Options(), bytes))
    assert [row["name"] for row in ikmctl("list-businesses", "--format", "json").data] == ["Sanjai Erna", "Sanjai Lina"]


def test_a_business_is_found_by_what_an_import_wrote_and_no_longer_by_what_was_there(
    ikmctl: Run, tmp_path: Path
) -> None:
    ikmctl("add-business", "Sanjai Erna", "--owner", "Ernawati", "--nib", "9120000000001")
    path = tmp_path / "ikm.csv"
    path.write_text("Nama Usaha;Pemilik;NIB\nSanjai Erna;Desmawati;9120000000001\n", encoding="utf-8")
    assert ikmctl("import-businesses", path, "--yes", "--on-duplicate", "update").status == 0

    def found(owner: str) -> list[int]:
        return [row["number"] for row in ikmctl("list-businesses", "--search", owner, "--format", "json").data]

    assert (found("desmawati"), found("ernawati")) == ([1], [])
    assert ikmctl("undo", "--yes").status == 0
    assert (found("desmawati"), found("ernawati")) == ([], [1])


def test_what_a_file_leaves_empty_or_has_no_column_for_stays(ikmctl: Run, tmp_path: Path) -> None:
    ikmctl(
        "add-business", "Sanjai Erna", "--nib", "9120000000001", "--owner", "Erna", "--kelurahan", "Tiakar",
        "--phone", "081374550001", "--products", "Sanjai", "--data-year", "2021", "--workers-male", "2", "--investment", "5 juta",
    )  # fmt: skip
    path = tmp_path / "ikm.csv"
    path.write_text(
        "NIB;Nama Usaha;Pemilik;Produk;Tahun Data;TK LK;Investasi\n9120000000001;Sanjai Erna;;Sanjai Balado;2021;3;\n",
        encoding="utf-8",
    )
    assert ikmctl("import-businesses", path, "--yes", "--on-duplicate", "update", "--money-unit", "rupiah").status == 0
    shown = ikmctl("show-business", "1", "--reveal", "--format", "json").data
    kept = ("owner", "kelurahan", "phone", "investment", "products", "workers_male")
    assert [shown[name] for name in kept] == ["Erna", "Tiakar", "081374550001", 5_000_000, "Sanjai Balado", 3]


def test_a_business_that_another_program_changed_is_matched_by_what_it_is_now(ikmctl: Run, db: Path, plan: Any) -> None:
    ikmctl("add-business", "Sanjai", "--owner", "Desmawati", "--kelurahan", "Tiakar")
    with closing(sqlite3.connect(db)) as other:
        other.execute("UPDATE business SET owner = 'Lina'")
        other.commit()
    assert plan("Nama Usaha;Pemilik;Kelurahan", "Sanjai;Lina;Tiakar") == {"unchanged": 1}
    assert plan("Nama Usaha;Pemilik;Kelurahan", "Sanjai;Desmawati;Tiakar") == {"new": 1}


@pytest.mark.parametrize("registered", [1, 2])
def test_the_decision_new_adds_a_business_unless_its_nib_is_registered(
    ikmctl: Run, tmp_path: Path, registered: int
) -> None:
    ikmctl("add-business", "Sanjai Erna", "--owner", "Erna", "--kelurahan", "Tiakar", "--nib", "9120000000001")
    for _number in range(registered):  # one matches the row, of two each may be meant
        ikmctl("add-business", "Tenun Lina", "--owner", "Lina", "--kelurahan", "Tiakar", "--yes")
    path = tmp_path / "ikm.csv"
    path.write_text(
        "Nama Usaha;Pemilik;Kelurahan;NIB\nSanjai Nia;Nia;Tiakar;9120000000001\nTenun Lina;Lina;Tiakar;9120000000002\n",
        encoding="utf-8",
    )
    assert ikmctl("import-businesses", path, "--yes", "--on-duplicate", "new").status == 0
    rows = ikmctl("list-businesses", "--columns", "name,nib", "--format", "json").data
    before = [{"name": "Tenun Lina", "nib": None}] * registered
    assert rows == [
        {"name": "Sanjai Nia", "nib": "9120000000001"}, *before, {"name": "Tenun Lina", "nib": "9120000000002"},
    ]  # fmt: skip


def test_rows_with_different_registry_numbers_are_different_businesses(ikmctl: Run, tmp_path: Path) -> None:
    for phone in ("081200001001", "081200001002"):
        told = ("--owner", "Lina", "--kelurahan", "Tiakar", "--phone", phone, "--yes")
        assert ikmctl("add-business", "Tenun Lina", *told).status == 0
    path = tmp_path / "ikm.csv"
    columns = ("--columns", "number,name,owner,kelurahan,phone", "--reveal")
    assert ikmctl("list-businesses", *columns, "--output", path).status == 0
    again = ikmctl("import-businesses", path, "--yes")
    assert again.status == 0 and "Nothing to do" in again.out, again.text
