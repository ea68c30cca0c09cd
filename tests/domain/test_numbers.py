"""Numbers as Indonesian offices write them (docs/domain.md, Values)."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values import kinds
from ikmctl.domain.values.batches import UNREAD
from ikmctl.domain.values.kinds import Kind
from ikmctl.domain.values.numbers import Ambiguous, Style, read_number
from tests.conftest import examples

DOT, COMMA = Style.DOT, Style.COMMA


def refusal(text: str, style: Style | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        read_number(text, style)
    return caught.value.code


def indonesian(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.500.000,00", 1_500_000),
        ("Rp 1.500.000,-", 1_500_000),
        ("Rp1.500.000,00", 1_500_000),
        ("Rp. 20.000.000", 20_000_000),
        ("IDR 20.000.000", 20_000_000),
        ("rp 5.000.000,-", 5_000_000),
        ("500 rb", 500_000),
        ("500rb", 500_000),
        ("500 ribu", 500_000),
        ("1,5 jt", 1_500_000),
        ("1,5jt", 1_500_000),
        ("2,5 juta", 2_500_000),
        ("Rp 2,5 juta", 2_500_000),
        ("2,5 M", 2_500_000_000),
        ("2,5 miliar", 2_500_000_000),
        ("2,5 milyar", 2_500_000_000),
        ("1 M", 10**9),
        (" 1,250,000 ", 1_250_000),
        ("1,000.50", Fraction(2001, 2)),
        ("1.000,50", Fraction(2001, 2)),
        ("2.500.000", 2_500_000),
        ("1,5", Fraction(3, 2)),
        ("1.5", Fraction(3, 2)),
        ("0,500", Fraction(1, 2)),
        ("1500", 1500),
        ("28000000.0", 28_000_000),
        ("'28000", 28_000),
        ("\u00a028000\u00a0", 28_000),
        ("0", 0),
        ("-0", 0),
        ("007", 7),
    ],
)
def test_a_number_that_needs_no_column(text: str, value: int | Fraction) -> None:
    assert read_number(text).value == value


@pytest.mark.parametrize(
    ("text", "proves"),
    [
        ("2.500.000", DOT),
        ("1.500.000,00", DOT),
        ("1.500,75", DOT),
        ("1,5", DOT),
        ("1,250,000", COMMA),
        ("1,500.75", COMMA),
        ("1.5", COMMA),
        ("1500", None),
        ("1.500", None),
    ],
)
def test_what_a_cell_proves_of_its_column(text: str, proves: Style | None) -> None:
    assert read_number(text).proves is proves


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1.500", DOT, 1500),
        ("1,500", DOT, Fraction(3, 2)),
        ("1.500", COMMA, Fraction(3, 2)),
        ("1,500", COMMA, 1500),
        ("28,000", COMMA, 28_000),
        ("Rp15,000", COMMA, 15_000),
        ("1.500 juta", DOT, 1_500_000_000),
        ("2.500.000", COMMA, 2_500_000),  # a cell that says it all is not overruled by its column
    ],
)
def test_the_column_decides_what_one_separator_means(text: str, style: Style, value: int | Fraction) -> None:
    number = read_number(text, style)
    assert number.value == value
    assert number.ambiguous is None


def test_alone_a_dot_groups_and_says_so_and_a_comma_is_a_problem() -> None:
    dotted = read_number("1.500")
    assert dotted.value == 1500
    assert dotted.ambiguous is DOT
    for text in ("1,500", "28,000", "Rp15,000", "1,500 juta"):
        with pytest.raises(Ambiguous):
            read_number(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1e3", "scientific"),
        ("3.374E+15", "scientific"),
        ("1,27E+15", "scientific"),
        ("1e400", "scientific"),
        ("-5", "negative"),
        ("- 5", "negative"),
        ("Rp -5.000.000", "negative"),
        ("+5", "not-a-number"),
        ("NaN", "not-a-number"),
        ("inf", "not-a-number"),
        ("1_000", "not-a-number"),
        ("0x10", "not-a-number"),
        ("1.50.000", "not-a-number"),
        ("1,23,456", "not-a-number"),
        ("12..5", "not-a-number"),
        ("1.500,000.00", "not-a-number"),
        ("lima", "not-a-number"),
        ("5 kg", "not-a-number"),
        ("juta", "not-a-number"),
        ("", "not-a-number"),
        ("٣", "not-ascii-digits"),
        ("१२", "not-ascii-digits"),
        ("１２", "not-ascii-digits"),
        ("²", "not-ascii-digits"),
        ("½", "not-ascii-digits"),
        ("−5", "not-ascii-digits"),
        ("50%", "unexpected-percent"),
        ("1" + "0" * 5000, "too-large"),
    ],
)
def test_a_number_that_is_refused(text: str, code: str) -> None:
    assert refusal(text) == code


def test_spaces_around_a_number_are_noted() -> None:
    assert [note.code for note in read_number(" 7 ").notes] == ["spaces-removed"]
    assert read_number("7").notes == ()


@given(st.integers(0, 10**15))
def test_every_way_of_writing_a_whole_amount(amount: int) -> None:
    grouped = indonesian(amount)
    for text in (str(amount), f"Rp {grouped},-", f"Rp{grouped},00", f"{grouped},00", f"{amount:,}.00", f"{amount}.0"):
        assert read_number(text).value == amount, text
    assert read_number(grouped, DOT).value == amount
    assert read_number(f"{amount:,}", COMMA).value == amount


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_two_decimals_are_exact(whole: int, cents: int) -> None:
    value = Fraction(whole * 100 + cents, 100)
    assert read_number(f"{indonesian(whole)},{cents:02}").value == value
    assert read_number(f"{whole:,}.{cents:02}").value == value


@given(
    st.text("0123456789.,-+ eERrpPjJtTmM%'_\u00a0\u200b٣½−", max_size=45) | st.text(), st.sampled_from([None, *Style])
)
def test_nothing_but_unreadable_is_raised_and_no_value_is_below_zero(text: str, style: Style | None) -> None:
    try:
        number = read_number(text, style)
    except Unreadable as problem:
        assert problem.reason
        assert problem.advice
    else:
        assert number.value >= 0


@given(st.text("0123456789.,", min_size=1, max_size=12))
def test_a_style_never_changes_what_a_cell_proves_itself(text: str) -> None:
    try:
        alone = read_number(text)
    except Unreadable:
        return
    if alone.proves:
        assert {read_number(text, style).value for style in Style} == {alone.value}


@settings(max_examples=examples(2_000))
@given(
    st.lists(
        st.from_regex(r"(Rp\.? ?)?[0-9]{1,4}([.,][0-9]{3}){0,3}([.,][0-9]{1,2}|,-|\.0)?( (jt|ribu|org))?", fullmatch=True)
        | st.from_regex(r"[0-9]{1,18}", fullmatch=True)
        | st.text(alphabet="0129.,- Rpjtm%|'", max_size=10),
        min_size=1, max_size=8,
    ),
    st.sampled_from([None, *Style]),
    st.sampled_from([kinds.MONEY, kinds.COUNT]),
    st.sampled_from([1, 1_000]),
)  # fmt: skip
def test_numbers_read_at_once_are_what_each_is_alone(
    texts: list[str], style: Style | None, kind: Kind, unit: int
) -> None:
    assert kind.styled is not None and kind.styled_batch is not None
    for text in texts:  # so that their shapes are known
        with suppress(Unreadable):
            kind.styled(text, style, unit)
    read = kind.styled_batch(texts, style, unit)
    if read is None:
        return
    proved: set[object] = set()
    for text, value in zip(texts, read[0], strict=True):
        if text == "":
            assert value is None
        elif value is not UNREAD:
            alone, number = kind.styled(text, style, unit)
            assert (value if isinstance(value, tuple) else (value, ())) == (alone, number.notes), text
            proved |= {number.proves, number.ambiguous}
    assert proved - {None} == {sign for number in read[1] for sign in (number.proves, number.ambiguous)} - {None}


def test_a_column_of_amounts_is_read_at_once() -> None:
    assert kinds.MONEY.styled_batch is not None
    kinds.MONEY.read("1.500.000")
    read = kinds.MONEY.styled_batch(["2.750.000", "", "-", "1.250.000", "750000", "9999999"], None, 1)
    assert read is not None
    assert read[0] == [2_750_000, None, UNREAD, 1_250_000, 750_000, UNREAD]
