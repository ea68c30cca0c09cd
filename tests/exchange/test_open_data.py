"""`export --open-data`: counts that are fit for publication, and nothing of anybody."""

import csv
import sqlite3
from pathlib import Path

import frictionless
import pytest

from tests.conftest import Run

SECRET = "Rahasia"  # in every text that an officer can write


@pytest.fixture
def published(ikmctl: Run, db: Path) -> Run:
    """Eleven food businesses in one kecamatan, one in another, one of unknown place; every text is a secret."""
    connection = sqlite3.connect(db)
    connection.execute(
        "INSERT INTO sentra (name, sector, product, address, manager, phone, notes) "
        f"VALUES ('Sentra Rendang', 'food', '{SECRET}', '{SECRET}', '{SECRET}', '0812{SECRET}', '{SECRET}')"
    )
    connection.execute(
        "INSERT INTO event (name, kind, starts_on, ends_on, batch, venue, topic, notes) VALUES "
        f"('{SECRET}', 'workshop', '2021-05-01', '2021-05-02', '{SECRET}', '{SECRET}', '{SECRET}', '{SECRET}'), "
        f"('{SECRET}', '{SECRET}', '2021-05-01', '2021-05-02', '{SECRET}', '{SECRET}', '{SECRET}', '{SECRET}')"
    )
    for role in ("organiser", "funder", "instructor"):
        connection.execute("INSERT INTO event_party (event_id, role, name) VALUES (1, ?, ?)", (role, SECRET))
    places = ["Payakumbuh Barat"] * 11 + ["Payakumbuh Utara", SECRET]
    for number, kecamatan in enumerate(places, start=1):
        texts = ("name", "brand", "owner", "nik", "phone", "email", "address", "kelurahan", "products", "npwp", "notes")
        connection.execute(
            f"INSERT INTO business (id, sector, kecamatan, sentra_id, extra, {', '.join(texts)}) "
            f"VALUES (?, 'food', ?, 1, ?, {', '.join('?' * len(texts))})",
            (number, kecamatan, f'{{"x": "{SECRET}"}}', *(SECRET for _text in texts)),
        )
        connection.execute("INSERT INTO activity (business_id, opened_on) VALUES (?, '2020-01-01')", (number,))
        connection.execute(
            "INSERT INTO observation (business_id, period, workers_male, production_value, export_countries) "
            "VALUES (?, '2021', 7, 987654321, ?)",
            (number, SECRET),
        )
    connection.execute(
        "INSERT INTO attendance (event_id, person, role, position, organisation) VALUES (1, ?, 'participant', ?, ?)",
        (SECRET, SECRET, SECRET),
    )
    connection.commit()
    connection.close()
    return ikmctl


def counts(file: Path, *key: str) -> dict[tuple[str, ...], str]:
    with file.open(encoding="utf-8", newline="") as stream:
        return {tuple(row[name] for name in key): row["businesses"] for row in csv.DictReader(stream)}


def test_nothing_of_anybody_is_in_it(published: Run, tmp_path: Path) -> None:
    outcome = published("export", "open", "--open-data", "--period", "2021")
    assert outcome.status == 0 and "Publish only one date a year" in outcome.out
    written = "".join(each.read_text(encoding="utf-8") for each in (tmp_path / "open").iterdir())
    assert SECRET not in written and "987654321" not in written
    assert not {"owner", "nik", "phone", "email", "address", "npwp", "extra", "notes"} & {
        name for each in (tmp_path / "open").glob("*.csv") for name in each.read_text(encoding="utf-8").split("\n")[0].strip().split(",")
    }  # fmt: skip
    assert frictionless.validate("open/datapackage.json").valid
    assert published("history", "--format", "json").data[0]["command"] == "outside"  # nothing revealed, nothing logged


def test_small_counts_are_left_out_and_cannot_be_subtracted(published: Run, tmp_path: Path) -> None:
    published("export", "open", "--open-data", "--period", "2021")
    found = counts(tmp_path / "open" / "businesses_by_kecamatan_and_sector.csv", "kecamatan", "sector")
    assert found["total", "total"] == "13"
    for place in ("Payakumbuh Utara", "other"):  # one business each; 13 - 11 would tell that they are two
        assert (found[place, "food"], found[place, "total"]) == ("", "")
    assert (found["Payakumbuh Barat", "food"], found["Payakumbuh Barat", "total"]) == ("", "")
    assert found["Payakumbuh Timur", "food"] == "0" and found["total", "food"] == "13"
    described = (tmp_path / "open" / "datapackage.json").read_text(encoding="utf-8")
    assert "counts below 3" in described and "2021-12-31" in described
    with (tmp_path / "open" / "events_by_kind.csv").open(encoding="utf-8", newline="") as stream:
        held = {row["kind"]: (row["events"], row["participants"]) for row in csv.DictReader(stream)}
    assert held == {"workshop": ("1", ""), "other": ("1", ""), "total": ("2", "")}


def test_a_sentra_of_one_or_two_members_is_published_without_their_number(ikmctl: Run, tmp_path: Path) -> None:
    for members in (0, 1, 2, 3):
        ikmctl("add-sentra", f"Sentra {members}", "--reported-units", "2")
        for number in range(members):
            name = f"Usaha {members} {number}"
            ikmctl("add-business", name, "--sentra", f"Sentra {members}", "--registered-on", "2021-10-05")
    assert ikmctl("export", "open", "--open-data", "--period", "2021").status == 0
    with (tmp_path / "open" / "sentra.csv").open(encoding="utf-8", newline="") as stream:
        held = {row["name"]: (row["members"], row["stated"]) for row in csv.DictReader(stream)}
    assert held == {"Sentra 0": ("0", "2"), "Sentra 1": ("", "2"), "Sentra 2": ("", "2"), "Sentra 3": ("3", "2")}


def test_the_tables_add_up_to_the_summary(ikmctl: Run, tmp_path: Path) -> None:
    assert ikmctl("demo", "x", "--db", tmp_path / "demo.db").status == 0
    assert ikmctl("export", "open", "--open-data", "--period", "2021-10", "--db", tmp_path / "demo.db").status == 0
    summary = ikmctl("summary", "2021-10", "--format", "json", "--db", tmp_path / "demo.db").data["blocks"]
    found = counts(tmp_path / "open" / "businesses_by_kecamatan_and_sector.csv", "kecamatan", "sector")
    for row in summary["kecamatan_by_sector"]["rows"]:
        for sector, count in row.items():
            if sector != "kecamatan":
                told = found[row["kecamatan"], sector]
                assert told == str(count) or (told == "" and count > 0)
    assert [told for told in found.values() if told in ("1", "2")] == []
    assert 0 < sum(told == "" for told in found.values()) < 20
    for name in ("form", "scale", "nib"):
        assert (
            counts(tmp_path / "open" / f"businesses_by_{name}.csv", name)[("total",)]
            == found["total", "total"]
            == "288"
        )


def test_an_empty_registry_publishes_zeros(ikmctl: Run, tmp_path: Path) -> None:
    assert ikmctl("export", "open", "--open-data", "--period", "2021").status == 0
    found = counts(tmp_path / "open" / "businesses_by_kecamatan_and_sector.csv", "kecamatan", "sector")
    assert set(found.values()) == {"0"}
    assert frictionless.validate("open/datapackage.json").valid


def test_it_takes_the_place_of_a_revealed_export_without_leaving_any(published: Run, tmp_path: Path) -> None:
    published("export", "out", "--reveal")
    assert published("export", "out", "--open-data", "--yes").status == 0
    assert not (tmp_path / "out" / "business.csv").exists()
    assert SECRET not in "".join(each.read_text(encoding="utf-8") for each in (tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--open-data", "--reveal"), "no personal data"),
        (("--period", "2021"), "--open-data"),
        (("--open-data", "--period", "2021-13"), "is not a period"),
    ],
)
def test_options_that_do_not_go_together(ikmctl: Run, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    outcome = ikmctl("export", "out", *options)
    assert outcome.status == 2 and said in outcome.err
    assert not (tmp_path / "out").exists()


def test_open_data_cannot_be_taken_in(published: Run, tmp_path: Path) -> None:
    published("export", "open", "--open-data")
    published("init", "--city", "13.75", "--office", "X", "--db", tmp_path / "other.db")
    outcome = published("import-registry", "open", "--db", tmp_path / "other.db")
    assert outcome.status == 3 and "counts but no records" in outcome.err
