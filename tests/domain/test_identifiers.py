"""NIB, NIK, NPWP, KBLI, phones and email: text always, digits never lost (DOMAIN §2)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl.domain import identifiers as ids
from ikmctl.domain import kinds
from ikmctl.domain.kinds import Kind
from ikmctl.domain.problems import Unreadable


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
        (kinds.NIB, "0000000000000", None, ["dummy-identifier"]),
        (kinds.NIB, "999999999999", None, ["dummy-identifier"]),
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
        (kinds.NIK, "1111111111111111", None, ["dummy-identifier"]),
        (kinds.NPWP, "01.234.567.8-202.000", "012345678202000", []),
        (kinds.NPWP, "012345678202000", "012345678202000", []),
        (kinds.NPWP, "1376041107800001", "1376041107800001", []),
        (kinds.KBLI, "10750", "10750", []),
        (kinds.KBLI, "10750.0", "10750", []),
        (kinds.KBLI, "10750, 10794", "10750,10794", []),
        (kinds.KBLI, "10750/10794;10710", "10750,10794,10710", []),
        (kinds.KBLI, "10750, 10750", "10750", []),
        (kinds.EMAIL, "erna@example.com", "erna@example.com", []),
        (kinds.EMAIL, " erna@example.co.id ", "erna@example.co.id", []),
    ],
)
def test_identifiers_that_are_taken(kind: Kind, text: str, value: str | None, notes: list[str]) -> None:
    assert noted(kind, text) == (value, notes)


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ("0812-3456-7890", "081234567890", []),
        ("081234567890", "081234567890", []),
        ("0812 3456 7890", "081234567890", []),
        ("+62 812-3456-7890", "081234567890", []),
        ("+6281234567890", "081234567890", []),
        ("6281234567890", "081234567890", []),
        ("6281234567890.0", "081234567890", []),
        ("62 0812 3456 7890", "081234567890", []),
        ("81234567890", "081234567890", ["zero-restored"]),
        ("81234567890.0", "081234567890", ["zero-restored"]),
        ("'081234567890", "081234567890", []),
        ("0812\u00a03456\u00a07890", "081234567890", []),
        ("(0752) 92000", "075292000", []),
        ("0752-92000", "075292000", []),
        ("+62 752 92000", "075292000", []),
        ("021-5551234", "0215551234", []),
        ("0812-3456-7890 / (0752) 92000", "081234567890/075292000", []),
        ("081234567890, 085612345678", "081234567890/085612345678", []),
        ("081234567890/081234567890", "081234567890", []),
        ("0811111111", "0811111111", []),
        ("0000000000", None, ["dummy-identifier"]),
    ],
)
def test_phones_that_are_taken(text: str, value: str | None, notes: list[str]) -> None:
    assert noted(kinds.PHONE, text) == (value, notes)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (kinds.NIB, "123456789012", "nib-length"),
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
        (kinds.PHONE, "8.13E+11", "scientific"),
        (kinds.PHONE, "8,13E+11", "scientific"),
        (kinds.PHONE, "6,28123E+12", "scientific"),
        (kinds.PHONE, "0841-2345-6789", "not-a-phone"),
        (kinds.PHONE, "0812345", "not-a-phone"),
        (kinds.PHONE, "081234567890123", "not-a-phone"),
        (kinds.PHONE, "ada", "not-a-phone"),
        (kinds.PHONE, "０８１２３４５６７８９０", "not-a-phone"),
        (kinds.PHONE, "0812-3456-7890 / x", "not-a-phone"),
        (kinds.PHONE, "/", "not-a-phone"),
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
    assert kinds.PHONE.show("081234567890") == "0812-3456-7890"
    assert kinds.PHONE.show("075292000") == "(0752) 92000"
    assert kinds.PHONE.show("081234567890/075292000") == "0812-3456-7890 / (0752) 92000"
    assert kinds.KBLI.show("10750,10794") == "10750, 10794"
    assert ids.mask_nik("1376041107800001") == "*" * 13 + "001"
    assert ids.mask_phone("081234567890") == "0812-****-890"
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


MOBILE = st.from_regex(r"\A08[1-35-9][0-9]{7,10}\Z").filter(lambda number: len(set(number)) > 1)


@given(MOBILE)
def test_every_way_of_writing_a_mobile_number(number: str) -> None:
    for text in (
        number,
        number[1:],
        f"62{number[1:]}",
        f"+62{number[1:]}",
        f"+62 {number[1:4]} {number[4:8]} {number[8:]}",
        f"{number[1:]}.0",
        f"'{number}",
        kinds.PHONE.show(number),
    ):
        assert kinds.PHONE.read(text)[0] == number, text


def test_fixed_lines_with_their_area_codes() -> None:
    assert ids.show_phone("0215551234/075292000") == "(021) 5551234 / (0752) 92000"
