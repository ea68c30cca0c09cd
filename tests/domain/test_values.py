"""What holds for every kind of value: nothing but a declared refusal, and what is shown reads back."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ikmctl import language
from ikmctl.domain.choices import join_words
from ikmctl.domain.entities import ENTITIES
from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values import kinds
from ikmctl.domain.values.batches import UNREAD
from ikmctl.domain.values.clean_text import is_ditto, is_empty, is_filler
from ikmctl.domain.values.kinds import Kind
from ikmctl.domain.values.numbers import Style

KINDS = {name: kind for name, kind in vars(kinds).items() if isinstance(kind, Kind)}
FIELDS = {
    f"{entity.name}.{field.name}": field for entity in ENTITIES.values() for field in entity.fields if field.example
}
READ_BY_PEOPLE = {
    name: kind for name, kind in KINDS.items() if name not in ("SWITCH", "FIGURE", "HIDDEN", "COMMAND")
}  # never typed
AS_WRITTEN = ("EXTRA", "WRITTEN")
AMOUNTS = {name: kind for name, kind in KINDS.items() if kind.styled}
STYLE = {"en": Style.COMMA, "id": Style.DOT}
NEXT_YEAR = date.today().year + 1

HOSTILE = (
    st.text()
    | st.text(st.characters(codec=None))  # with lone surrogates
    | st.text("0123456789.,-/:+ '%eERrpPjtJTmM\u00a0\u200b\u0663\u00bd\u2212\uff11sd@x\t\n", max_size=30)
    | st.sampled_from(
        ["1" * 5000, "9" * 20, "1e400", "-0", "9" * 300 + ".0", "0" * 250, "(" * 300, "62" * 120, "1," * 99]
    )
)


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    language.set_language("en")


def read(kind: Kind, text: str, style: Style | None = None) -> Any:
    if kind.styled:
        return kind.styled(text, style, 1)[0]
    return kind.read(text)[0]


def shown(kind: Kind, value: Any) -> str:
    return kind.show(value)


@pytest.mark.parametrize("name", READ_BY_PEOPLE)
@given(text=HOSTILE)
@example("")
@example("\x00")
@example("\ud800")
@example("\u0130")
def test_no_text_raises_anything_but_unreadable(name: str, text: str) -> None:
    kind = READ_BY_PEOPLE[name]
    for code in language.LANGUAGES:
        language.set_language(code)
        for style in (None, *Style) if kind.styled else (None,):
            try:
                value = read(kind, text, style)
            except Unreadable as problem:
                assert problem.reason
                assert "{" not in problem.reason
                assert problem.advice
                continue
            if value is not None:
                assert isinstance(shown(kind, value), str)
                if kind.sql == "INTEGER":
                    assert abs(value) < 2**63
                if kind.mask:
                    assert isinstance(kind.mask(value), str)


@pytest.mark.parametrize("name", READ_BY_PEOPLE)
@given(text=HOSTILE)
def test_what_was_read_from_any_text_reads_back_from_what_is_stored(name: str, text: str) -> None:
    kind = READ_BY_PEOPLE[name]
    try:
        value = read(kind, text)
    except Unreadable:
        return
    if isinstance(value, str) and value and not value.startswith("'"):
        assert read(kind, value) == value


def says_something(text: str) -> bool:
    return not is_filler(text, "9") and not is_ditto(text)


STORED: dict[str, st.SearchStrategy[Any]] = {
    "COUNT": st.integers(0, 10**7),
    "MONEY": st.integers(0, 10**15).filter(lambda amount: not kinds.MONEY.is_filler(str(amount))),
    "QUANTITY": st.integers(0, 10**15).map(float) | st.integers(0, 10**12).map(lambda millionths: millionths / 10**6),
    "PERCENT": st.integers(0, 100 * 10**6).map(lambda millionths: millionths / 10**6),
    "NUMBER": st.integers(1, 10**14).filter(lambda number: set(str(number)) != {"9"}),  # nines stand for no value
    "YEAR": st.integers(1800, NEXT_YEAR),
    "DATE": st.dates(date(1945, 1, 1), date(NEXT_YEAR, 12, 31)).map(date.isoformat),
    "DATE_OR_MONTH": st.dates(date(1945, 1, 1), date(NEXT_YEAR, 12, 31)).map(date.isoformat),
    "PERIOD": st.integers(1800, NEXT_YEAR).map(str)
    | st.tuples(st.integers(1800, NEXT_YEAR), st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02}"),
    "LATITUDE": st.integers(-115 * 10**6, 65 * 10**6).map(lambda tens: tens / 10**7),
    "LONGITUDE": st.integers(94 * 10**7, 142 * 10**7).map(lambda tens: tens / 10**7),
    "NIB": st.from_regex(r"\A[0-9]{12}[1-9]\Z").filter(lambda text: len(set(text)) > 1),
    "NIK": st.from_regex(r"\A[0-9]{15}[1-9]\Z").filter(lambda text: len(set(text)) > 1),
    "NPWP": st.from_regex(r"\A[0-9]{15,16}\Z").filter(lambda text: len(set(text)) > 1),
    "KBLI": st.lists(st.from_regex(r"\A[0-9]{5}\Z"), min_size=1, max_size=3, unique=True).map(",".join),
    "PHONE": st.lists(
        st.from_regex(r"\A08[1-35-9][0-9]{7,10}\Z") | st.from_regex(r"\A0[2-79][0-9]{1,2}[2-9][0-9]{5}\Z"),
        min_size=1,
        max_size=3,
        unique=True,
    ).map("/".join),
    "FUNDING": st.dictionaries(
        st.sampled_from(["APBD", "DAK Nonfisik", "CSR PT Semen Padang"]),
        st.just("") | st.integers(10**6, 10**12).map(str),  # of a smaller amount the separator says too little
        min_size=1,
    ).map(lambda amounts: "; ".join(f"{source}={amount}" for source, amount in amounts.items())),
    "EMAIL": st.from_regex(r"\A[a-z0-9.]{1,20}@[a-z]{1,10}\.(com|co\.id)\Z"),
    "NAME": st.from_regex(r"\A[A-Z][a-z]{1,20}( [A-Z][a-z.]{1,10}){0,3}\Z").filter(says_something),
    "LINE": st.from_regex(r"\A[A-Z][a-z]{1,20}( [A-Z0-9][a-z.]{1,10}){0,3}\Z").filter(says_something),
    "NOTES": st.from_regex(r"\A[A-Z][a-z]{1,20}( [A-Z0-9][a-z.]{1,10}){0,3}\Z").filter(says_something),
    "EXTRA": st.text(max_size=30),
    "WRITTEN": st.text(min_size=1, max_size=30).filter(lambda text: text == text.strip()),
} | {name: st.sampled_from([each.code for each in kind.choices]) for name, kind in KINDS.items() if kind.choices}


def test_every_kind_has_values_to_try() -> None:
    assert set(STORED) == set(READ_BY_PEOPLE)


@pytest.mark.parametrize("code", language.LANGUAGES)
@pytest.mark.parametrize("name", STORED)
@given(data=st.data())
def test_what_is_shown_reads_back_to_the_same_value(name: str, code: str, data: st.DataObject) -> None:
    kind, value = KINDS[name], data.draw(STORED[name])
    language.set_language(code)
    assert read(kind, shown(kind, value), STYLE[code]) == value


@pytest.mark.parametrize("name", [name for name in STORED if KINDS[name].sql != "REAL"])
@given(data=st.data())
def test_what_is_stored_reads_back_to_the_same_value(name: str, data: st.DataObject) -> None:
    """Machines get the stored value as text; amounts with decimals: tests/bad_input/test_round_trip.py."""
    kind, value = KINDS[name], data.draw(STORED[name])
    assert read(kind, str(value)) == value


@pytest.mark.parametrize("name", FIELDS)
def test_every_example_is_read(name: str) -> None:
    field = FIELDS[name]
    assert not is_empty(field.example)
    assert field.kind.read(field.example)[0] is not None


@pytest.mark.parametrize(
    ("kind", "words", "code"),
    [
        (kinds.GENDER, "L l LK lk Pria PRIA Laki-laki laki", "male"),
        (kinds.GENDER, "P p PR pr Wanita Perempuan PEREMPUAN", "female"),
        (kinds.FORM, "Perorangan", "individual"),
        (kinds.FORM, "KUB Kelompok kelompok", "group"),
        (kinds.FORM, "CV cv C.V.", "cv"),
        (kinds.FORM, "PT P.T. pt.", "pt"),
        (kinds.FORM, "Koperasi", "cooperative"),
        (kinds.STATUS, "Aktif AKTIF", "active"),
        (kinds.STATUS, "Non-Aktif Nonaktif NON-AKTIF Tutup", "closed"),
        (kinds.STATED_SCALE, "Mikro MIKRO", "micro"),
        (kinds.STATED_SCALE, "Kecil", "small"),
        (kinds.STATED_SCALE, "Menengah", "medium"),
        (kinds.EVENT_KIND, "pelatihan Pelatihan", "training"),
        (kinds.EVENT_KIND, "bimtek BIMTEK", "technical-guidance"),
        (kinds.EVENT_KIND, "pembinaan", "coaching"),
        (kinds.EVENT_KIND, "pendampingan", "mentoring"),
        (kinds.EVENT_KIND, "pameran", "exhibition"),
        (kinds.EVENT_KIND, "sosialisasi", "outreach"),
        (kinds.EVENT_KIND, "fasilitasi", "facilitation"),
        (kinds.EVENT_KIND, "monitoring kunjungan", "monitoring"),
        (kinds.EVENT_KIND, "diklat", "three-in-one"),
    ],
)
def test_words_of_choices(kind: Kind, words: str, code: str) -> None:
    for word in words.split():
        assert kind.read(word) == (code, ()), word


def test_words_of_several_words() -> None:
    assert kinds.GENDER.read("Laki laki")[0] == "male"
    assert kinds.EVENT_KIND.read("studi tiru")[0] == "study-visit"
    assert kinds.EVENT_KIND.read("diklat 3-in-1")[0] == "three-in-one"
    assert kinds.FORM.read("Kelompok Usaha Bersama")[0] == "group"


def test_a_word_that_is_none_of_the_choices_is_refused_with_the_choices() -> None:
    for kind, word in ((kinds.GENDER, "X"), (kinds.GENDER, "L/P"), (kinds.FORM, "Toko"), (kinds.STATUS, "mungkin")):
        with pytest.raises(Unreadable) as caught:
            kind.read(word)
        assert kind.choices[0].code in caught.value.reason


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (kinds.COUNT, "5", 5),
        (kinds.COUNT, "5.0", 5),
        (kinds.COUNT, "1.500", 1500),
        (kinds.MONEY, "Rp 28.000.000,00", 28_000_000),
        (kinds.MONEY, "1,5 jt", 1_500_000),
        (kinds.QUANTITY, "0,5", 0.5),
        (kinds.QUANTITY, "500", 500.0),
        (kinds.PERCENT, "50%", 50.0),
        (kinds.PERCENT, "12,5 %", 12.5),
        (kinds.PERCENT, "100", 100.0),
        (kinds.LATITUDE, "-0.2298", -0.2298),
        (kinds.LATITUDE, "-0,2298", -0.2298),
        (kinds.COUNT, "5 org", 5),
        (kinds.COUNT, "3 orang", 3),
        (kinds.COUNT, "20 set", 20),
        (kinds.COUNT, "1 250", 1250),
        (kinds.MONEY, "1 250 000", 1_250_000),
        (kinds.MONEY, "1\u202f250\u00a0000", 1_250_000),
        (kinds.QUANTITY, "1 250 000,5", 1_250_000.5),
        (kinds.QUANTITY, "3000 ton/panen", 3000.0),
        (kinds.QUANTITY, "1.500,5 kg", 1500.5),
        (kinds.QUANTITY, "15 m2", 15.0),
        (kinds.QUANTITY, "100 m", 100.0),  # metres: only of money is M a thousand million
        (kinds.QUANTITY, "2 ribu buah", 2000.0),
        (kinds.QUANTITY, "2 ribu", 2000.0),
        (kinds.MONEY, "9999", None),
        (kinds.MONEY, "999999999", None),
        (kinds.MONEY, "0", 0),
        (kinds.COUNT, "9999", 9999),
        (kinds.DATE, "0", None),
        (kinds.DATE, "9999", None),
        (kinds.YEAR, "0", None),
        (kinds.YEAR, "0.0", None),
        (kinds.PERIOD, "0000", None),
        (kinds.NAME, "99999999", None),
        (kinds.LINE, "belum punya", None),
        (kinds.NOTES, "belum punya NIB", "belum punya NIB"),
        (kinds.GENDER, "xxx", None),
        (kinds.NAME, "Rendang\nErna", "Rendang Erna"),
        (kinds.reference("sentra"), "Sentra\tRendang", "Sentra Rendang"),
        (kinds.LONGITUDE, "100.6309", 100.6309),
        (kinds.PERIOD, "2021", "2021"),
        (kinds.PERIOD, "2021.0", "2021"),
        (kinds.PERIOD, "2021-10", "2021-10"),
        (kinds.NUMBER, "17", 17),
    ],
)
def test_amounts_and_places(kind: Kind, text: str, value: object) -> None:
    assert kind.read(text)[0] == value


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (kinds.COUNT, "1,5", "not-whole"),
        (kinds.COUNT, "1.5", "not-whole"),
        (kinds.COUNT, "-1", "negative"),
        (kinds.COUNT, "9223372036854775808", "too-large"),
        (kinds.COUNT, "50%", "unexpected-percent"),
        (kinds.MONEY, "1,5", "fraction-of-rupiah"),
        (kinds.COUNT, "±50", "approximate"),
        (kinds.COUNT, "kurang lebih 50", "approximate"),
        (kinds.COUNT, "50an", "approximate"),
        (kinds.COUNT, "50 lebih", "approximate"),
        (kinds.QUANTITY, "50-an kg", "approximate"),
        (kinds.MONEY, "sekitar 5 juta", "approximate"),
        (kinds.QUANTITY, "1-2 kontainer", "not-a-number"),
        (kinds.QUANTITY, "200/120", "not-a-number"),
        (kinds.COUNT, "5 x", "not-a-number"),
        (kinds.COUNT, "5 orang (2 L)", "not-a-number"),
        (kinds.MONEY, "5 kg", "not-a-number"),
        (kinds.MONEY, "2147483647", "overflow"),
        (kinds.QUANTITY, "2147483647", "overflow"),
        (kinds.MONEY, "sda", "ditto"),
        (kinds.DATE, '"', "ditto"),
        (kinds.NAME, ",,", "ditto"),
        (kinds.GENDER, "idem", "ditto"),
        (kinds.MONEY, "9223372036854775808", "too-large"),
        (kinds.QUANTITY, "9223372036854775808", "too-large"),
        (kinds.PERCENT, "101", "not-a-percentage"),
        (kinds.PERCENT, "50%%", "unexpected-percent"),
        (kinds.PERCENT, "-5%", "negative"),
        (kinds.LATITUDE, "91", "not-a-coordinate"),
        (kinds.LATITUDE, "100.6309", "swapped-coordinate"),
        (kinds.LATITUDE, "nan", "not-a-coordinate"),
        (kinds.LONGITUDE, "181", "not-a-coordinate"),
        (kinds.LONGITUDE, "1e2", "not-a-coordinate"),
        (kinds.PERIOD, "2021-13", "not-a-period"),
        (kinds.PERIOD, "tahun lalu", "not-a-period"),
        (kinds.NUMBER, "0", "not-a-number-of-a-record"),
        (kinds.NUMBER, "-1", "not-a-number-of-a-record"),
        (kinds.NUMBER, "１", "not-a-number-of-a-record"),
        (kinds.NAME, "x" * 201, "too-long"),
        (kinds.LINE, "x" * 301, "too-long"),
        (kinds.NOTES, "x" * 4001, "too-long"),
    ],
)
def test_amounts_and_places_that_are_refused(kind: Kind, text: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        kind.read(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("kind", "text", "codes"),
    [
        (kinds.COUNT, "5 org", []),
        (kinds.COUNT, "20 set", ["unit-in-cell"]),
        (kinds.QUANTITY, "20 set", ["unit-in-cell"]),
        (kinds.MONEY, "9999", ["empty-word"]),
        (kinds.DATE, "0", ["empty-word"]),
        (kinds.NAME, "Rendang\nErna", ["line-break"]),
        (kinds.LINE, "Jl. Tan Malaka\nNo. 12", []),
    ],
)
def test_what_was_assumed_is_noted(kind: Kind, text: str, codes: list[str]) -> None:
    assert [each.code for each in kind.read(text)[1]] == codes


@pytest.mark.parametrize("name", READ_BY_PEOPLE)
@given(text=HOSTILE | st.sampled_from(["0", "9999", "-", "belum punya", "0000000", "99.999", "-9999", "1111111"]))
def test_a_filler_is_no_value_and_never_unreadable(name: str, text: str) -> None:
    kind = READ_BY_PEOPLE[name]
    if kind.is_filler(text) and name not in AS_WRITTEN:
        assert read(kind, text) is None


@pytest.mark.parametrize(
    ("text", "amount", "codes"),
    [
        ("28.000,5", 28_000_500, []),
        ("653,3375", 653_338, ["rounded-to-rupiah"]),  # half up
        ("653,3374", 653_337, ["rounded-to-rupiah"]),
        ("156984533,0339", 156_984_533_034, ["rounded-to-rupiah"]),
        ("0,0004", 0, ["rounded-to-rupiah"]),
        ("1,23456789 juta", 1_234_568, ["own-unit", "rounded-to-rupiah"]),
    ],
)
def test_thousands_with_decimals_are_rounded_to_the_rupiah(text: str, amount: int, codes: list[str]) -> None:
    assert kinds.MONEY.styled is not None
    value, found = kinds.MONEY.styled(text, Style.DOT, 1_000)
    assert value == amount
    assert [each.code for each in found.notes] == codes


@given(st.integers(0, 10**9), st.integers(0, 10**6 - 1))
def test_thousands_are_never_more_than_half_a_rupiah_away(thousands: int, millionths: int) -> None:
    assert kinds.MONEY.styled is not None
    value, _found = kinds.MONEY.styled(f"{thousands},{millionths:06}", Style.DOT, 1_000)
    if value is not None:
        assert abs(value * 1000 - (thousands * 10**6 + millionths)) * 2 <= 1000


def test_money_and_dates_as_people_see_them() -> None:
    language.set_language("en")
    assert kinds.MONEY.show(28_000_000) == "Rp 28,000,000"
    assert kinds.QUANTITY.show(0.5) == "0.5"
    assert kinds.PERCENT.show(12.5) == "12.5%"
    language.set_language("id")
    assert kinds.MONEY.show(28_000_000) == "Rp 28.000.000"
    assert kinds.COUNT.show(1902) == "1.902"
    assert kinds.QUANTITY.show(0.5) == "0,5"
    assert kinds.PERCENT.show(12.5) == "12,5%"


BATCHED = {name: kind for name, kind in KINDS.items() if kind.batch}
USUAL: dict[str, Sequence[str]] = {
    "NIB": ("1234567890123", "9120001234567", "1111111111111", "123456789012", "1234567890123.0"),
    "NIK": ("1376041107800001", "1376041107800010", "1376049900000001", "2222222222222222", "137604110780001"),
    "NPWP": (
        "01.234.567.8-202.000", "012345678202000", "1376041107800001", "99.999.999.9-999.999", "01.234.567.8-202.0",
    ),
    "LATITUDE": ("-0.2298", "-0,2298", "0.5", "0,0", "0,00", "-7.575295299722223", "6.51", "9.9", "-11.5", "0"),
    "LONGITUDE": ("100.6309", "100,6309", "0.0", "0,00", "110.82607009972222", "142.0", "142.1", "999.9", "-0.2298"),
    "PHONE": (
        "0812-3456-7890", "081234567890", "+62 812-3456-7890", "62812 3456 7890", "(0812) 3456 7890",
        "0812-3456-7890 0813-3456-7890", "62 62812 345 678", "081234567890.0", "0812345-67890", "08123456789",
        "0852-1234-56", "0841-1234-5678", "0812-3456-789012", "(0752) 92000",
    ),
    "DATE": ("11/10/2021", "2021-10-11", "4 Juni 1995", "31-2-2020", "1.2.03", "5 6 2020", "1/1/1944", "31/12/2999"),
    "DATE_OR_MONTH": ("11-10-2021", "2021-1-1", "4 June 1995", "Oktober 2021", "2021", "10/2021", "0/0/0000"),
}  # fmt: skip
ODD = (
    "",
    "a|b",
    "|",
    "-",
    "belum",
    " x",
    "x ",
    "'=1",
    "\n",
    "a\nb",
    "\u0663" * 13,
    "\u0663" * 16,
    "x" * 201,
    "é",
    "a  b",
    "123456|789012",
    "0",
    "9999",
    "sda",
    "2147483647",
    "tidak ada izin",
    "()",
    "+62",
    "-0",
    "0" + " " * 250 + "81234567890",
    "1376041107|00001",
)


@pytest.mark.parametrize("name", BATCHED)
@given(data=st.data())
def test_many_at_once_are_what_each_is_alone(name: str, data: st.DataObject) -> None:
    kind = BATCHED[name]
    usual = USUAL.get(name, ("Erna Wati", "9999", "tidak ada rasa"))
    signs = st.text("0123456789 .,-+()'|a", max_size=2)
    edited = st.tuples(st.sampled_from(usual), st.integers(0, 20), st.integers(0, 2), signs).map(
        lambda edit: edit[0][: edit[1]] + edit[3] + edit[0][edit[1] + edit[2] :]
    )
    one = edited | st.sampled_from(ODD) | st.text("01689-| 'aé.,()+", max_size=18)
    texts = data.draw(
        st.lists(st.sampled_from([*USUAL.get(name, ("Erna",)), ""]), max_size=5) | st.lists(one, max_size=5)
    )
    assert kind.batch is not None
    values = kind.batch(texts)
    if values is None:
        return
    assert len(values) == len(texts)
    for text, value in zip(texts, values, strict=True):
        if text == "":
            assert value is None
        elif value is not UNREAD:
            assert not kind.is_filler(text)
            assert kind.read(text) == (value, ())


@pytest.mark.parametrize("name", BATCHED)
def test_usual_columns_are_read_at_once(name: str) -> None:
    kind = BATCHED[name]
    assert kind.batch is not None
    usual = USUAL.get(name, ("Erna",))[0]
    stored = kind.read(usual)[0]
    assert kind.batch([usual, "", usual]) == [stored, None, stored]
    for odd in ("-", "belum", " x", "x ", "'=1", "\n", "é", "a  b", "x" * 4001):
        assert kind.batch([usual, odd]) in (None, [stored, UNREAD]), odd


def test_a_unit_in_the_cell_holds_over_the_unit_of_its_column() -> None:
    assert kinds.MONEY.styled is not None
    for text, amount in (
        ("250 juta", 250_000_000),
        ("1,5 M", 1_500_000_000),
        ("500 rb", 500_000),
        ("45000", 45_000_000),
    ):
        value, found = kinds.MONEY.styled(text, Style.DOT, 1_000)
        assert value == amount
        assert [each.code for each in found.notes] == ([] if text == "45000" else ["own-unit"])
    assert kinds.MONEY.styled("250 juta", None, 1)[1].notes == ()  # nothing to settle in a column of full rupiah


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_the_words_that_people_are_offered_are_understood(code: str) -> None:
    language.set_language(code)
    for kind in KINDS.values():
        for one in kind.choices:
            for word in (one.code, str(one), *join_words([one]).split(", ")):
                assert kind.read(word)[0] == one.code, (code, word)
