"""The key two spellings of one business share (docs/domain.md, Values)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl.domain.keys import key
from ikmctl.domain.matching import (
    closest_matches,
    is_identifying,
    known_place,
    match_key,
    shared_meaning,
)

TEXTS = st.text("aBÉe\u0301\u00e9ß |'-.\n\u200b１Ｂ\u0130", max_size=8) | st.text(max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rendang Uni Erna", "RENDANG  UNI ERNA"),
        ("Rendang Uni Erna", "rendang-uni-erna."),
        ("Café", "Cafe\u0301"),
        ("Café", "CAFE"),
        ("Batik", "Ｂａｔｉｋ"),
        ("Tenun", "Te\u200bnun"),
        ("Tenun", "Te\u00adnun"),
        ("PT. Maju", "PT Maju"),
        ("Parik Muko Aia", "parik muko-aia"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Tenun 1", "Tenun 2"), ("Batik", "B\u0430tik"), ("Rendang", "Randang"), ("蜡染", "蠟染")]
)
def test_names_that_differ(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_name_alone_says_nothing() -> None:
    assert not is_identifying(match_key("Tenun", None, None))
    assert not is_identifying(match_key("Tenun", "", "-"))
    assert is_identifying(match_key("Tenun", "Des", None))
    assert is_identifying(match_key("Tenun", None, "Tiakar"))
    assert match_key("Tenun", "Des", None) != match_key("Tenun", None, "Des")
    assert match_key("Tenun|Des", None, None) != match_key("Tenun", "Des", None)


@given(TEXTS)
def test_a_key_is_its_own_key_and_holds_no_separator(text: str) -> None:
    folded = key(text)
    assert key(folded) == folded
    assert "|" not in folded
    assert "\n" not in folded


def test_near_names_come_best_first() -> None:
    known = ["Sentra Rendang Payakumbuh", "Sentra Tenun Balai Panjang", "Sentra Rajut"]
    assert closest_matches("sentra randang payakumbuh", known)[0] == "Sentra Rendang Payakumbuh"
    assert closest_matches("Sentra Tenun", known)[0] == "Sentra Tenun Balai Panjang"
    assert closest_matches("xyz", known) == []
    assert closest_matches("", known) == []


@given(TEXTS, st.lists(TEXTS, max_size=6))
def test_near_names_are_known_and_few(name: str, known: list[str]) -> None:
    found = closest_matches(name, known)
    assert len(found) <= 3
    assert set(found) <= set(known)


def test_names_of_signs_alone_are_told_apart() -> None:
    assert match_key("🍲", "Des", None) != match_key("🧵", "Des", None)


PLACES = {key(name): name for name in ("Tiakar", "Langko", "Padang Barat", "Balai Panjang", "Desa Baru", "Kelapa Dua")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tiakar", "Tiakar"),
        ("Kel. Tiakar", "Tiakar"),
        ("KEL.TIAKAR", "TIAKAR"),
        ("Kelurahan Tiakar", "Tiakar"),
        ("Kel/Desa Tiakar", "Tiakar"),
        ("Kelurahan/Desa: Tiakar", "Tiakar"),
        ("KECAMATAN PADANG BARAT", "PADANG BARAT"),
        ("Kec. Padang Barat", "Padang Barat"),
        ("kec padang barat", "padang barat"),
        ("Desa Langko", "Langko"),
        ("Nagari Balai Panjang", "Balai Panjang"),
        ("Desa Baru", "Desa Baru"),  # its own name
        ("Kel. Desa Baru", "Desa Baru"),
        ("Kelapa Dua", "Kelapa Dua"),
        ("Keling", "Keling"),
        ("Kel. Antah Berantah", "Antah Berantah"),
        ("Desa Antah Berantah", "Desa Antah Berantah"),  # the word may belong to a name that is not known
        ("Kec.", "Kec."),
    ],
)
def test_the_word_for_the_level_of_a_place_is_left_out(text: str, name: str) -> None:
    assert known_place(text, PLACES) == name


@given(TEXTS)
def test_a_known_place_is_found_under_its_level(text: str) -> None:
    if key(text):
        assert key(known_place(text, {key(text): text})) == key(text)


SECTORS = {
    "pangan": "food", "makanan": "food", "minuman": "food", "makananminuman": "food", "industripangan": "food",
    "logam": "metal", "elektronika": "metal", "kimia": "chemicals", "bahanbangunan": "chemicals",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PANGAN.", "food"),
        ("Makanan & Minuman", "food"),
        ("Minuman/Makanan", "food"),
        ("Elektronika/Logam", "metal"),
        ("Logam dan Elektronika", "metal"),
        ("Logam, Mesin", "metal"),
        ("Industri Logam", "metal"),
        ("Cabang Industri: Kimia", "chemicals"),
        ("Kimia; Pangan", None),
        ("Mesin", None),
        ("", None),
        ("/", None),
    ],
)
def test_a_sector_is_known_by_its_parts_where_they_agree(text: str, code: str | None) -> None:
    assert shared_meaning(text, SECTORS) == code


@given(st.lists(st.sampled_from(sorted(SECTORS)), min_size=1, max_size=4), st.sampled_from(["/", " & ", ", ", " dan "]))
def test_parts_that_mean_different_sectors_mean_none(parts: list[str], sign: str) -> None:
    meant = {SECTORS[part] for part in parts}
    assert shared_meaning(sign.join(parts), SECTORS) == (meant.pop() if len(meant) == 1 else None)
