"""What this office means by the words it spells in its own way."""

from pathlib import Path

import pytest

from tests.conftest import Run


def csv(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_heading_settled_once_is_known_from_then_on(ikmctl: Run, tmp_path: Path) -> None:
    first = csv(tmp_path / "a.csv", "Nama Usaha Anu,Pemilik,Warna\nSanjai Lina,Lina,merah\n")
    refused = ikmctl("import-businesses", first, "--yes")
    assert refused.status == 3 and '--map "Nama Usaha Anu=name"' in refused.err
    outcome = ikmctl("import-businesses", first, "--map", "Nama Usaha Anu=name", "--map", "Warna=notes", "--yes")
    assert outcome.status == 0, outcome.err
    second = csv(tmp_path / "b.csv", "NAMA USAHA ANU,Pemilik,warna\nGalamai Rina,Rina,biru\n")
    assert ikmctl("import-businesses", second, "--yes").status == 0
    assert ikmctl("show-business", "2", "--format", "json").data["notes"] == "biru"
    taught = ikmctl("list-aliases", "--format", "json").data
    assert {(row["kind"], row["written"], row["meaning"]) for row in taught} == {
        ("heading", "Nama Usaha Anu", "name"),
        ("heading", "Warna", "notes"),
    }
    assert ikmctl("remove-alias", "heading", "nama usaha anu").status == 0
    assert ikmctl("import-businesses", second, "--yes").status == 3


def test_what_is_settled_belongs_to_the_import_and_is_undone_with_it(ikmctl: Run, tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", "Nama Usaha Anu,Nilai Investasi\nSanjai Lina,28000\n")
    ikmctl("import-businesses", path, "--map", "Nama Usaha Anu=name", "--money-unit", "thousand", "--yes")
    assert ikmctl("show-business", "1", "--format", "json").data["investment"] == 28_000_000
    assert ikmctl("undo", "--yes").status == 0
    assert ikmctl("list-aliases", "--format", "json").data == []


def test_the_unit_of_a_column_is_remembered_for_this_office(ikmctl: Run, tmp_path: Path) -> None:
    first = csv(tmp_path / "a.csv", "Nama Usaha,Nilai Investasi\nSanjai Lina,28000\n")
    asked = ikmctl("import-businesses", first, "--dry-run").out
    assert "Rp 28,000" in asked and "If that is wrong:" in asked
    ikmctl("import-businesses", first, "--money-unit", "thousand", "--yes")
    second = csv(tmp_path / "b.csv", "Nama Usaha,NILAI INVESTASI\nGalamai Rina,15.500\n")
    outcome = ikmctl("import-businesses", second, "--yes")
    assert "as in this office before" in outcome.err
    assert ikmctl("show-business", "2", "--format", "json").data["investment"] == 15_500_000


def test_a_place_a_sector_a_form_and_a_unit_are_taught(ikmctl: Run, tmp_path: Path) -> None:
    for kind, word, meaning in (
        ("kelurahan", "Gn. Bahagia", "balai panjang"),
        ("sector", "Kriya", "kerajinan"),
        ("form", "Usaha Keluarga", "perorangan"),
        ("unit", "ikek", "ikat"),
    ):
        assert ikmctl("alias", kind, word, meaning).status == 0
    text = "Nama Usaha,Kelurahan,Cabang Industri,Bentuk Usaha,Kapasitas Produksi,Satuan\nAnyaman,GN BAHAGIA,kriya,usaha keluarga,5,Ikek\n"
    outcome = ikmctl("import-businesses", csv(tmp_path / "a.csv", text), "--yes")
    assert outcome.status == 0, outcome.err
    shown = ikmctl("show-business", "1", "--format", "json").data
    assert [shown[name] for name in ("kelurahan", "kecamatan", "sector", "form", "capacity_unit")] == [
        "Balai Panjang",
        "Payakumbuh Selatan",
        "crafts",
        "individual",
        "ikat",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("alias", "kelurahan", "X", "Balai Pajang"), 4, "Balai Panjang"),
        (("alias", "heading", "X", "warna"), 4, "“warna” is not a known heading"),
        (("alias", "colour", "X", "Y"), 2, "heading, sector"),
        (("alias", "sector", " ", "food"), 2, "missing"),
        (("remove-alias", "sector", "Kriya"), 4, "There is no sector alias “Kriya”"),
    ],
)
def test_what_cannot_be_taught_or_forgotten(ikmctl: Run, arguments: tuple[str, ...], status: int, said: str) -> None:
    outcome = ikmctl(*arguments)
    assert outcome.status == status and said in outcome.err


@pytest.mark.parametrize(
    ("given", "said"),
    [("Nama Usaha Anu", "Heading=field"), ("Nama Usaha Anu=naem", "name"), ("Tidak Ada=name", "Nama Usaha")],
)
def test_a_map_that_cannot_be(ikmctl: Run, tmp_path: Path, given: str, said: str) -> None:
    path = csv(tmp_path / "a.csv", "Nama Usaha\nSanjai Lina\n")
    outcome = ikmctl("import-businesses", path, "--map", given, "--yes")
    assert outcome.status == 2 and said in outcome.err


def test_a_meaning_is_given_and_shown_as_the_office_calls_it(ikmctl: Run) -> None:
    taught = ikmctl("alias", "sector", "Sulaman", "sandang", "--lang", "id")
    assert taught.status == 0 and "Sandang dan Kulit" in taught.out
    refused = ikmctl("alias", "sector", "Sulaman", "anyaman", "--lang", "id")
    assert refused.status == 4
    assert "bukan cabang industri yang dikenal" in refused.err and "Kerajinan" in refused.err
