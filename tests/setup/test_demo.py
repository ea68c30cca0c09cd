"""The demo tells the founding story: sentra, group, workshop, study visit, and figures that add up."""

import csv
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ikmctl import errors
from ikmctl.actions.setup import demo

GROUP = "Kelompok Usaha Rajutan Fayari"
SENTRA = ["Sentra Rendang Payakumbuh", "Sentra Tenun Balai Panjang"]
RENDANG, TENUN = SENTRA


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("IKMCTL_")}
    return subprocess.run(
        [sys.executable, "-m", "ikmctl", "--lang", "en", *arguments],
        env={**settings, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo in a folder whose name holds a space, and what was said while it was built."""
    folder = tmp_path_factory.mktemp("demo") / "latihan saya"
    result = run("demo", str(folder))
    assert (result.returncode, result.stderr) == (0, "")
    return folder / demo.FILE_NAME, result.stdout


def ask(built: tuple[Path, str], *arguments: str) -> Any:
    result = run("--db", str(built[0]), "--format", "json", *arguments)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def sheet(name: str) -> list[dict[str, str]]:
    with open(demo.SHEETS / name, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def test_it_says_what_to_try_next(built: tuple[Path, str]) -> None:
    path, said = built
    for command in ("list-businesses --search rendang", f'show-business "{GROUP}"', "summary 2021-10"):
        assert f'ikmctl --db "{path}" {command}\n' in said


def test_every_row_of_the_spreadsheets_is_in_the_registry(built: tuple[Path, str]) -> None:
    businesses, earlier, closures = sheet("businesses.csv"), sheet("observations-2020.csv"), sheet("closures.csv")
    status = ask(built, "status")
    assert status["businesses"] == len(businesses) == 300  # those of 2020 and the closed ones were matched, not added
    assert status["active"] == len(businesses) - len(closures) == 291
    assert status["observations"] == sum(bool(row["TK LK"]) for row in businesses) + len(earlier)
    assert (status["sentra"], status["events"], status["attendances"]) == (2, 2, 10 + 6 + 3)
    assert status["office"] == "Disnakerin Kota Payakumbuh"


def test_sentra_hold_their_members_beside_the_units_they_state(built: tuple[Path, str]) -> None:
    found = {row["name"]: (row["members"], row["reported_units"]) for row in ask(built, "list-sentra")}
    assert found == {RENDANG: (14, 20), TENUN: (16, 25)}


def test_the_group_has_eight_members(built: tuple[Path, str]) -> None:
    group = ask(built, "show-business", "Rajutan Fayari")
    assert (group["name"], group["brand"], group["form"], group["nib"]) == (GROUP, "Payocraft", "group", None)
    assert (group["kelurahan"], group["kecamatan"]) == ("Parit Muko Aie", "Lamposi Tigo Nagori")
    assert len(group["members"]) == 8


def test_data_of_2020_and_2021_stand_side_by_side(built: tuple[Path, str]) -> None:
    found = {row["data_year"]: row for row in ask(built, "show-business", GROUP)["observations"]}
    assert sorted(found) == ["2020", "2021"]
    for money in ("investment", "production_value", "material_value"):
        assert 0 < found["2020"][money] < found["2021"][money]


def test_ten_knitting_businesses_attended_the_workshop(built: tuple[Path, str]) -> None:
    event = ask(built, "show-event", "Workshop Rajutan")
    assert (event["kind"], event["starts_on"], event["ends_on"]) == ("workshop", "2021-09-13", "2021-09-17")
    assert "Disnakerin" in event["organiser"] and "Dekranasda" in event["organiser"]
    attended = [row["business"] for row in event["attendance"]]
    assert sorted(attended) == sorted(row["Nama Usaha"] for row in sheet("participants-workshop.csv"))
    assert len(attended) == event["businesses"] == 10
    listed = Counter(row["gender"] for row in event["attendance"])
    assert listed == {"male": event["reported_male"], "female": event["reported_female"]}


def test_six_delegates_with_positions_came_and_saw_three_places(built: tuple[Path, str]) -> None:
    event = ask(built, "show-event", "Studi Tiru")
    assert (event["kind"], event["starts_on"]) == ("study-visit", "2021-10-11")
    assert (event["host"], event["guest"]) == ("Disnakerin Kota Payakumbuh", "DPMPTSPPTK Kota Bukittinggi")
    delegates = [row for row in event["attendance"] if row["role"] == "delegate"]
    assert len(delegates) == event["participants"] == 6
    assert all(row["person"] and row["position"] and row["organisation"] == event["guest"] for row in delegates)
    visited = [row["business"] or row["sentra"] for row in event["attendance"] if row["role"] == "visited"]
    assert sorted(visited) == sorted([GROUP, *SENTRA])


@pytest.mark.parametrize(
    ("month", "registered", "closed"),
    [("2021-09", 6, 0), ("2021-10", 7, 2), ("2021-11", 4, 1)],
)
def test_the_months_of_autumn_2021_add_up(built: tuple[Path, str], month: str, registered: int, closed: int) -> None:
    movement = ask(built, "summary", month)["blocks"]["movement"]
    total = movement["total"]
    for row in (*movement["rows"], total):
        assert row["opening"] + row["registered"] + row["reopened"] - row["closed"] == row["closing"]
    for column in ("opening", "registered", "reopened", "closed", "closing"):
        assert sum(row[column] for row in movement["rows"]) == total[column]
    assert (total["registered"], total["reopened"], total["closed"]) == (registered, 0, closed)


def test_the_spreadsheets_are_plausible() -> None:
    businesses = sheet("businesses.csv")
    assert len({row["Kecamatan"] for row in businesses}) == 5
    assert 0.15 < sum(not row["NIB"] for row in businesses) / len(businesses) < 0.25
    assert all(int(row["Tahun Berdiri"]) <= int(row["Tanggal Daftar"][-4:]) for row in businesses)
    keys = {(row["Nama Usaha"], row["Nama Pemilik"], row["Kelurahan"]): row for row in businesses}
    assert len(keys) == len(businesses)
    for row in sheet("closures.csv"):
        closed = keys[row["Nama Usaha"], row["Nama Pemilik"], row["Kelurahan"]]
        assert closed["Tahun Data"] <= row["Tanggal Tutup"][-4:]
        assert not closed["Sentra"] and not closed["Kelompok"]


def test_a_registry_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / demo.FILE_NAME
    path.write_bytes(b"mine")
    refused = run("demo", str(tmp_path))
    assert (refused.returncode, refused.stdout) == (5, "") and str(path) in refused.stderr
    assert path.read_bytes() == b"mine"


def test_a_build_that_fails_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets, folder = tmp_path / "sheets", tmp_path / "built"
    shutil.copytree(demo.SHEETS, sheets)
    (sheets / "closures.csv").write_text("Nama Usaha,Tanggal Tutup\nRendang,40/40/2021\n", encoding="utf-8")
    monkeypatch.setattr(demo, "SHEETS", sheets)
    with pytest.raises(errors.RowsRejected):
        demo.build(folder / demo.FILE_NAME)
    assert list(folder.iterdir()) == []


def test_the_visitors_registry_lies_beside_it_and_compares(built: tuple[Path, str]) -> None:
    path, _said = built
    said = run("demo", str(path.parent), "--city", "13.75")
    assert said.returncode == 0, said.stderr
    *_rest, proposed = said.stdout.strip().splitlines()
    done = run(*shlex.split(proposed)[1:])
    assert done.returncode == 0 and "Kota Bukittinggi · Kota Payakumbuh: 2021" in done.stdout
    assert run("demo", str(path.parent), "--city", "13.99").returncode == 2
