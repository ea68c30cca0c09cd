"""Telephone numbers as offices write them: several in a cell, without their 0, with words (docs/domain.md, Values)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values import kinds, phones
from ikmctl.domain.values.clean_text import clean


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
        ("0000000000", None, ["empty-word"]),
        ("0", None, ["empty-word"]),
        ("08", None, ["empty-word"]),
        ("9999 9999 9999", None, ["empty-word"]),
        ("belum punya HP", None, ["empty-word"]),
        # several in a cell
        ("081234567890 & 085612345678", "081234567890/085612345678", []),
        ("081234567890 dan 085612345678", "081234567890/085612345678", []),
        ("081234567890 085612345678", "081234567890/085612345678", []),
        ("0812 3456 7890 0856 1234 5678", "081234567890/085612345678", []),
        ("081234567890, \n085612345678", "081234567890/085612345678", []),
        ("0752-92000 / 0812 3456 7890 / 085612345678", "075292000/081234567890/085612345678", []),
        ("0752. 792000/081234567890", "0752792000/081234567890", []),
        ("0752.792000,791000", "0752792000/0752791000", ["area-added"]),
        ("0752. 792000, 791000, 81234567890", "0752792000/0752791000/081234567890", ["area-added", "zero-restored"]),
        # fixed lines without their 0
        ("752 12345", "075212345", ["zero-restored"]),
        ("75212345", "075212345", ["zero-restored"]),
        ("752-92000", "075292000", ["zero-restored"]),
        ("542765432", "0542765432", ["zero-restored"]),
        ("2155512345", "02155512345", ["zero-restored"]),
        ("622 123456", "0622123456", ["zero-restored"]),  # Pematangsiantar, not the country code
        ("752.792001", "0752792001", ["zero-restored", "phone-as-number"]),
        # words beside it
        ("0812-3456-7890 (Kantor)", "081234567890", ["words-beside-phone"]),
        ("WA 081234567890", "081234567890", ["words-beside-phone"]),
        ("HP. 0812 3456 7890", "081234567890", ["words-beside-phone"]),
        ("081234567890 (Bu Rina), 085612345678 (Pak Budi)", "081234567890/085612345678", ["words-beside-phone"]),
        ("telp 0752-92000 fax 0752-92001", "075292000/075292001", ["words-beside-phone"]),
        ("0812-3456-7890 / x", "081234567890", ["words-beside-phone"]),
        ("https://wa.me/+6281234567890", "081234567890", []),
    ],
)
def test_phones_that_are_taken(text: str, value: str | None, notes: list[str]) -> None:
    assert (found := kinds.PHONE.read(text))[0] == value
    assert [note.code for note in found[1]] == notes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("8.13E+11", "scientific"),
        ("8,13E+11", "scientific"),
        ("6,28123E+12", "scientific"),
        ("0841-2345-6789", "not-a-phone"),
        ("0812345", "not-a-phone"),
        ("081234567890123", "not-a-phone"),
        ("ada", "not-a-phone"),
        ("０８１２３４５６７８９０", "not-a-phone"),
        ("/", "not-a-phone"),
        ("8.12345e+010", "scientific"),
        ("081234567890/8.13E+11", "scientific"),
        ("081234567890/771619", "not-a-phone"),  # whose area nobody knows
        ("0752-92000 ext 12", "not-a-phone"),
        ("0812-3456-7890 / 12", "not-a-phone"),
        ("7654321", "not-a-phone"),
        ("27079612", "not-a-phone"),  # 270 is no area
        ("2147483647", "overflow"),
        ("sda", "ditto"),
        ("\x07081234567890", "control-character"),
    ],
)
def test_phones_that_are_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        kinds.PHONE.read(text)
    assert caught.value.code == code
    assert caught.value.reason
    assert caught.value.advice


def test_how_they_are_shown_and_hidden() -> None:
    assert kinds.PHONE.show("081234567890") == "0812-3456-7890"
    assert kinds.PHONE.show("075292000") == "(0752) 92000"
    assert kinds.PHONE.show("081234567890/075292000") == "0812-3456-7890 / (0752) 92000"
    assert phones.mask_phone("081234567890") == "0812-****-890"


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
    assert phones.show_phone("0215551234/075292000") == "(021) 5551234 / (0752) 92000"


@given(
    st.lists(MOBILE, min_size=2, max_size=4, unique=True), st.sampled_from(["/", ", ", ";", " dan ", " & ", " ", "\n"])
)
def test_all_numbers_of_a_cell_are_kept(numbers: list[str], sign: str) -> None:
    assert kinds.PHONE.read(sign.join(numbers)) == ("/".join(numbers), ())


@given(st.integers(20_000, 99_999_999))
def test_a_fixed_line_of_bukittinggi_is_read_with_and_without_its_zero(number: int) -> None:
    for text in (f"0752 {number}", f"(0752) {number}", f"752 {number}", f"752-{number}", f"752{number}"):
        assert kinds.PHONE.read(text)[0] == f"0752{number}"


def test_only_a_country_code_in_front_is_replaced_in_a_batch() -> None:
    assert phones.batch_phone(["0812 3456 2890", "+62 812 3462 8901"]) == ["081234562890", "081234628901"]


@given(st.lists(MOBILE, min_size=1, max_size=5), st.sampled_from(["0", "62", "+62", "+62 ", "(0"]))
def test_a_batch_of_mobile_numbers_is_what_each_is_alone(numbers: list[str], front: str) -> None:
    texts = [front + number[1:] + (")" if front == "(0" else "") for number in numbers]
    assert phones.batch_phone(texts) == [kinds.PHONE.read(text)[0] for text in texts] == numbers


@pytest.mark.parametrize("text", ["x", "abc", "12345", "1234567", "bukan nomor"])
def test_what_is_no_whole_number_is_masked_whole(text: str) -> None:
    assert phones.mask_phone(text) == "***"


@given(
    st.text(alphabet="0123456789 -+.()/", max_size=22)
    | st.from_regex(r"(0|62|\+62)8[1-9][0-9 -]{6,14}", fullmatch=True)
)
def test_a_usual_mobile_number_is_read_as_every_number(text: str) -> None:
    """The short way of most numbers gives what the long one gives."""

    def long_way() -> object:
        body, notes = clean(text, phones.LONGEST)
        return phones._read_all(body.lstrip("'"), notes)

    if phones._MOBILE_ABROAD.fullmatch(text.translate(phones._BETWEEN_DIGITS)):
        assert phones.read_phone(text) == long_way()
