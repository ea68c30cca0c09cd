"""NIB, NIK, NPWP, KBLI and email: text always, digits never lost (docs/domain.md, Values)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values import identifiers as ids
from ikmctl.domain.values import kinds
from ikmctl.domain.values.kbli import code_of_title, codes_by_title, title_key
from ikmctl.domain.values.kinds import Kind
from ikmctl.reference import shipped


def noted(kind: Kind, text: str) -> tuple[Any, list[str]]:
    value, notes = kind.read(text)
    return value, [note.code for note in notes]


def refusal(kind: Kind, text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        kind.read(text)
    assert caught.value.reason
    assert caught.value.advice
    return caught.value.code


@pytest.mark.parametrize(
    ("kind", "text", "value", "notes"),
    [
        (kinds.NIB, "1234567890123", "1234567890123", []),
        (kinds.NIB, "0234567890123", "0234567890123", []),
        (kinds.NIB, "1234567890123.0", "1234567890123", []),
        (kinds.NIB, "'1234567890123", "1234567890123", []),
        (kinds.NIB, " 1234567890123\u00a0", "1234567890123", []),
        (kinds.NIB, "1234 5678 90123", "1234567890123", []),
        (kinds.NIB, "12345\u200b67890123", "1234567890123", []),
        (kinds.NIB, "1234567890123 / 2021", "1234567890123", ["year-removed"]),
        (kinds.NIB, "0000000000000", None, ["empty-word"]),
        (kinds.NIB, "999999999999", None, ["empty-word"]),
        (kinds.NIK, "1376041107800001", "1376041107800001", []),
        (kinds.NIK, "1376045107800001", "1376045107800001", []),  # a woman's day + 40
        (kinds.NIK, "13.7604.110780.0001", "1376041107800001", []),
        (kinds.NIK, "'1376041107800001", "1376041107800001", []),
        (kinds.NIK, "1376042902000001", "1376042902000001", []),  # 29 February 2000
        (kinds.NIK, "1376046902040001", "1376046902040001", []),  # 29 February 2004, a woman
        (kinds.NIK, "1376049900000001", "1376049900000001", ["nik-date"]),
        (kinds.NIK, "1376043202800001", "1376043202800001", ["nik-date"]),
        (kinds.NIK, "1376042902010001", "1376042902010001", ["nik-date"]),
        (kinds.NIK, "1376044000800001", "1376044000800001", ["nik-date"]),
        (kinds.NIK, "1376041107800010", "1376041107800010", ["nik-rounding"]),
        (kinds.NIK, "1111111111111111", None, ["empty-word"]),
        (kinds.NPWP, "01.234.567.8-202.000", "012345678202000", []),
        (kinds.NPWP, "012345678202000", "012345678202000", []),
        (kinds.NPWP, "1376041107800001", "1376041107800001", []),
        (kinds.KBLI, "10750", "10750", []),
        (kinds.KBLI, "10750.0", "10750", []),
        (kinds.KBLI, "10750, 10794", "10750,10794", []),
        (kinds.KBLI, "10750/10794;10710", "10750,10794,10710", []),
        (kinds.KBLI, "10750, 10750", "10750", []),
        (kinds.KBLI, "96999 - AKTIVITAS JASA LAINNYA, YTDL", "96999", ["kbli-title-left-out"]),
        (kinds.KBLI, "10794 KERUPUK", "10794", ["kbli-title-left-out"]),
        (kinds.KBLI, "10794 - KERUPUK, KERIPIK; 10750: MASAKAN", "10794,10750", ["kbli-title-left-out"]),
        (kinds.KBLI, "10794, 10750 MASAKAN", "10794,10750", ["kbli-title-left-out"]),
        (kinds.KBLI, "0", None, ["empty-word"]),
        (kinds.KBLI, "99999", None, ["empty-word"]),
        (kinds.NIB, "0", None, ["empty-word"]),
        (kinds.NIB, "BELUM PUNYA", None, ["empty-word"]),
        (kinds.NIB, "belum punya NIB", None, ["empty-word"]),
        (kinds.NIK, "9999", None, ["empty-word"]),
        (kinds.NIK, "0.0", None, ["empty-word"]),
        (kinds.NPWP, "00.000.000.0-000.000", None, ["empty-word"]),
        (kinds.EMAIL, "erna@example.com", "erna@example.com", []),
        (kinds.EMAIL, " erna@example.co.id ", "erna@example.co.id", []),
    ],
)
def test_identifiers_that_are_taken(kind: Kind, text: str, value: str | None, notes: list[str]) -> None:
    assert noted(kind, text) == (value, notes)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (kinds.NIB, "12345678901", "nib-length"),
        (kinds.NIB, "123456789012", "nib-zero-lost"),
        (kinds.NIB, "282010040416.0", "nib-zero-lost"),
        (kinds.NIB, "2147483647", "overflow"),
        (kinds.NIK, "2147483647", "overflow"),
        (kinds.NIB, "nib.jpg", "not-digits"),
        (kinds.NIB, ",,", "ditto"),
        (kinds.NIB, "12345678901234", "nib-length"),
        (kinds.NIB, "1,27E+12", "scientific"),
        (kinds.NIB, "8.13E+11", "scientific"),
        (kinds.NIB, "1234567890I23", "not-digits"),
        (kinds.NIB, "１２３４５６７８９０１２３", "not-ascii-digits"),
        (kinds.NIB, "-1234567890123x", "not-digits"),
        (kinds.NIK, "137604110780001", "nik-length"),
        (kinds.NIK, "13760411078000011", "nik-length"),
        (kinds.NIK, "1,37604E+15", "scientific"),
        (kinds.NIK, "1.37604110780E+15", "scientific"),
        (kinds.NIK, "137604110780000A", "not-digits"),
        (kinds.NIK, "١٣٧٦٠٤١١٠٧٨٠٠٠٠١", "not-ascii-digits"),
        (kinds.NPWP, "01.234.567.8-202.00", "npwp-length"),
        (kinds.NPWP, "1,23E+14", "scientific"),
        (kinds.KBLI, "1075", "kbli-length"),
        (kinds.KBLI, "10750 10794", "kbli-length"),
        (kinds.KBLI, ",", "kbli-length"),
        (kinds.KBLI, "C10750", "not-a-kbli"),
        (kinds.KBLI, "KLBI001", "not-a-kbli"),
        (kinds.KBLI, "INDUSTRI BATIK", "not-a-kbli"),
        (kinds.KBLI, "107945 KERUPUK", "not-a-kbli"),
        (kinds.EMAIL, "erna", "not-an-email"),
        (kinds.EMAIL, "erna@", "not-an-email"),
        (kinds.EMAIL, "@example.com", "not-an-email"),
        (kinds.EMAIL, "a b@example.com", "not-an-email"),
        (kinds.EMAIL, "a@example.com, b@example.com", "not-an-email"),
    ],
)
def test_identifiers_that_are_refused(kind: Kind, text: str, code: str) -> None:
    assert refusal(kind, text) == code


def test_how_they_are_shown_and_hidden() -> None:
    assert kinds.KBLI.show("10750,10794") == "10750, 10794"
    assert ids.mask_nik("1376041107800001") == "*" * 13 + "001"
    assert ids.mask_email("erna@example.com") == "e***@example.com"


@pytest.mark.parametrize("kind", [kinds.NIK, kinds.NPWP, kinds.PHONE, kinds.EMAIL])
def test_personal_values_are_hidden(kind: Kind) -> None:
    assert kind.mask is not None
    for value in ("1376041107800001", "081234567890", "erna@example.com", "1", ""):
        hidden = kind.mask(value)
        assert hidden != value or not value
        assert not (len(value) > 5 and value in hidden)


@given(st.dates(date(1925, 1, 1), date(2024, 12, 31)), st.booleans(), st.integers(0, 999), st.integers(1, 9))
def test_every_birthday_makes_a_nik_without_a_remark(born: date, woman: bool, serial: int, last: int) -> None:
    if date(2000, 1, 1) - born > timedelta(0) and (born.month, born.day) == (2, 29) and born.year == 1900:
        return
    nik = f"137604{born.day + 40 * woman:02}{born.month:02}{born.year % 100:02}{serial:03}{last}"
    assert kinds.NIK.read(nik) == (nik, ())


EDITIONS = (
    ("10794", "Industri Kerupuk, Keripik, Peyek dan Sejenisnya"),
    ("13134", "Industri Batik"),
    ("13133", "Industri Batik"),
    ("33119", "Reparasi Produk Logam Pabrikasi Lainnya"),
    ("10794", "INDUSTRI KERUPUK, KERIPIK, PEYEK, DAN SEJENISNYA"),
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Industri kerupuk, keripik, peyek dan sejenisnya", "10794"),
        ("Kerupuk,keripik,peyek,dan sejenisnya", "10794"),
        ("JASA REPARASI PRODUK LOGAM PABRIKASI LAINNYA", "33119"),
        ("INDUSTRI KERUPUK KERIPIK PEYEK DAN SEJENISNYA (15494)", "10794"),
    ],
)
def test_a_title_alone_has_its_code(text: str, code: str) -> None:
    assert code_of_title(text, codes_by_title(EDITIONS)) == code


@pytest.mark.parametrize(
    ("text", "reason", "named"),
    [
        ("Industri Batik", "kbli-title-of-several", "13134, 13133"),
        ("Kerupuk, keripik, peyek", "kbli-title-alike", "10794"),
        ("Salon", "not-a-kbli", ""),
    ],
)
def test_a_title_that_is_none_or_two_is_unreadable_with_what_is_near(text: str, reason: str, named: str) -> None:
    with pytest.raises(Unreadable) as caught:
        code_of_title(text, codes_by_title(EDITIONS))
    assert caught.value.code == reason
    assert named in caught.value.reason


def test_every_title_of_the_kbli_is_found_by_itself() -> None:
    titles = [(code, title) for code, _edition, title, _words in shipped.rows("kbli.csv")]
    codes = codes_by_title(titles)
    for code, title in titles:
        assert code in codes[title_key(title.upper())]


@given(st.text(max_size=30))
def test_a_title_is_found_or_unreadable(text: str) -> None:
    try:
        assert code_of_title(text, codes_by_title(EDITIONS)) in dict(EDITIONS)
    except Unreadable as problem:
        assert problem.reason
