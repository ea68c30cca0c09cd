"""Any city of Indonesia, and the whole KBLI of manufacturing."""

import csv
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from ikmctl.reference import places, shipped
from tests.conftest import Run


@pytest.mark.parametrize(
    ("city", "code"),
    [
        ("Kota Surakarta", "33.72"),
        ("surakarta", "33.72"),
        ("33.72", "33.72"),
        ("Kabupaten Bogor", "32.01"),
        ("Kab. Bogor", "32.01"),
        ("Kota Jakarta Utara", "31.72"),
        ("PAYAKUMBUH", "13.76"),
    ],
)
def test_a_registry_is_made_for_any_city_by_name_or_code(bare: Run, city: str, code: str) -> None:
    outcome = bare("init", "--city", city, "--office", "Dinas Perindustrian")
    assert outcome.status == 0, outcome.err
    assert bare("status", "--format", "json").data["city"] == code
    assert code in bare("status").out


def test_a_registry_knows_the_places_of_its_city(bare: Run) -> None:
    bare("init", "--city", "Surakarta", "--office", "Dinas Perindustrian")
    assert bare("add-business", "Batik Bu Sri", "--kelurahan", "sondakan").status == 0
    shown = bare("show-business", "1", "--format", "json").data
    assert (shown["kelurahan"], shown["kecamatan"]) == ("Sondakan", "Laweyan")


def test_a_name_that_two_cities_have_is_not_guessed(bare: Run, db: Path) -> None:
    outcome = bare("init", "--city", "Bogor", "--office", "Dinas Perindustrian")
    assert outcome.status == 4
    assert "Kabupaten Bogor (32.01), Kota Bogor (32.71)" in outcome.err
    assert not db.exists()


def test_a_mistyped_city_is_answered_with_the_nearest(bare: Run, db: Path) -> None:
    outcome = bare("init", "--city", "Payakumbu", "--office", "Disnakerin")
    assert outcome.status == 2
    assert "Did you mean: Kota Payakumbuh?" in outcome.err
    assert not db.exists()


def test_a_new_city_that_no_list_holds_is_taken_by_its_code(bare: Run) -> None:
    outcome = bare("init", "--city", "99.71", "--office", "Dinas Perindustrian")
    assert outcome.status == 0 and "ikmctl import-regions FILE" in outcome.out


def test_the_places_of_the_own_city_can_be_added_again(ikmctl: Run, db: Path) -> None:
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("DELETE FROM region WHERE code LIKE '13.76.%'")
        connection.commit()
    assert ikmctl("import-regions").status == 0
    ikmctl("add-business", "Rendang Uni Erna", "--kelurahan", "parik muko aia")
    assert ikmctl("show-business", "1", "--format", "json").data["kelurahan"] == "Parit Muko Aie"


def test_the_list_of_cities_is_the_whole_country() -> None:
    cities = places.list_cities()
    assert len(cities) == len({city.code for city in cities}) == 514
    assert all([found.code for found in places.find_cities(city.name)] == [city.code] for city in cities)


def test_every_local_spelling_belongs_to_a_place_that_is_there() -> None:
    known = {place.code for city in ("13.75", "13.76") for place in places.list_places(city)}
    assert {code for code, _words in shipped.rows("place_spellings.csv")} <= known


def test_kbli_holds_every_code_of_manufacturing_in_both_editions() -> None:
    with open(shipped.FOLDER / "kbli.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    codes = {edition: {row["code"] for row in rows if row["edition"] == edition} for edition in ("2020", "2025")}
    assert {edition: len(found) for edition, found in codes.items()} == {"2020": 475, "2025": 464}
    assert len(rows) == 939
    assert len(codes["2020"] - codes["2025"]) == 91 and len(codes["2025"] - codes["2020"]) == 80
    assert all(len(row["code"]) == 5 and 10 <= int(row["code"][:2]) <= 33 for row in rows)
    assert not [row["title"] for row in rows if row["title"].isupper()]
    titles = {(row["code"], row["edition"]): row["title"] for row in rows}
    assert titles["14302", "2020"] == "Industri Pakaian Jadi Sulaman/Bordir"
    assert titles["13133", "2025"] == "Industri Kain Batik"
    assert titles["25931", "2025"] == "Industri Perkakas Tangan"


def test_every_kbli_code_falls_in_one_sector(ikmctl: Run) -> None:
    sectors = {code: kbli.split("|") for code, _name, _en, _words, kbli in shipped.rows("sectors.csv")}
    found: Counter[str] = Counter()
    for code in {code for code, *_rest in shipped.rows("kbli.csv")}:
        prefixes = [(len(prefix), sector) for sector, of in sectors.items() for prefix in of if code.startswith(prefix)]
        assert prefixes, code
        found[max(prefixes)[1]] += 1
    assert set(found) == set(sectors)
    for code, sector in (("16291", "crafts"), ("31001", "crafts"), ("32112", "crafts"), ("16101", "chemicals")):
        ikmctl("add-business", f"Usaha {code}", "--kbli", code)
        assert ikmctl("list-businesses", "--kbli", code, "--format", "json").data[0]["sector"] == sector
