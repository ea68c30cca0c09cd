"""Text: harmless things are mended, deceiving ones refused, formulas made harmless and brought back."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ikmctl.domain.problems import Unreadable, note
from ikmctl.domain.values.clean_text import DIGITS, are_plain, clean, guard, is_ditto, is_empty, is_filler, unguard

TRICKY = st.text(
    "aB1 '=+-@\t\r\n|.,\"\\[]\u00a0\u200b\u200c\u200d\u2060\ufeff\u00ad\u2028\u3000\u0301\u0308e\u00e9K\u212a"
    "\U0001f468\ufe0f\u202e\x07\x85\uff1d\uff10\u0430\U000e0041",
    max_size=12,
)
ANY = TRICKY | st.text(max_size=60)


def cleaned(text: str) -> tuple[str, list[str]]:
    value, notes = clean(text, 200)
    return value, [note.code for note in notes]


def refusal(text: str, *, limit: int = 200) -> str:
    with pytest.raises(Unreadable) as caught:
        clean(text, limit)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ("Rendang Uni Erna", "Rendang Uni Erna", []),
        ("  Rendang   Uni Erna ", "Rendang Uni Erna", []),
        ("\u00a0Rendang\u00a0Uni\u00a0Erna\u00a0", "Rendang Uni Erna", []),
        ("a\tb\r\nc\rd", "a b c d", []),
        ("a\u2028b\u2029c", "a b c", []),
        ("Te\u200bnun", "Tenun", ["invisible-removed"]),
        ("Te\u200dnun", "Tenun", ["invisible-removed"]),
        ("Te\u00adnun", "Tenun", ["invisible-removed"]),
        ("\ufeffTenun", "Tenun", ["invisible-removed"]),
        ("\u2060Tenun", "Tenun", ["invisible-removed"]),
        ("Cafe\u0301", "Caf\u00e9", []),
        ("B\u0430tik", "B\u0430tik", ["mixed-script"]),
        ("Ｂａｔｉｋ", "Ｂａｔｉｋ", []),
        ("\U0001f469\u200d\U0001f33e Tani", "\U0001f469\u200d\U0001f33e Tani", []),
        ("\U0001f1ee\U0001f1e9", "\U0001f1ee\U0001f1e9", []),
        ("ꦧꦠꦶꦏ꧀ 蜡染 باتيك", "ꦧꦠꦶꦏ꧀ 蜡染 باتيك", []),
        ("\ue000", "\ue000", ["private-character"]),
        ("[red]x[/red]", "[red]x[/red]", []),
        ("PT [/] Maju", "PT [/] Maju", []),
        ("[link=http://evil]Klik[/link]", "[link=http://evil]Klik[/link]", []),
        ("'; DROP TABLE business;--", "'; DROP TABLE business;--", []),
        (r"C:\new\table", r"C:\new\table", []),
        ("'=1+1", "=1+1", []),
        ("'Aisyiyah", "'Aisyiyah", []),
        ("null", "null", []),
    ],
)
def test_text_that_is_taken(text: str, value: str, notes: list[str]) -> None:
    assert cleaned(text) == (value, notes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\x1b[31mRendang", "control-character"),
        ("\x1b]52;c;aGk=\x07", "control-character"),
        ("\x9b31m", "control-character"),
        ("Lunas\x08\x08Belum", "control-character"),
        ("a\x00b", "control-character"),
        ("a\x07", "control-character"),
        ("a\x0bb", "control-character"),
        ("a\x0cb", "control-character"),
        ("a\x7f", "control-character"),
        ("a\u202eb", "hidden-direction"),
        ("a\u2066b\u2069", "hidden-direction"),
        ("a\uffff", "not-a-character"),
        ("a\ufdd0", "not-a-character"),
        ("a\ud800", "not-a-character"),
        ("a\U000e0041", "not-a-character"),
        ("e" + "\u0301" * 100, "too-many-marks"),
        ("x" * 201, "too-long"),
        ("é" * 201, "too-long"),
    ],
)
def test_text_that_is_refused(text: str, code: str) -> None:
    assert refusal(text) == code


@pytest.mark.parametrize("sign", ["\t", "\n", "\r", "\r\n", "\u2028"])
def test_a_line_break_becomes_a_space_and_is_noted_of_one_line(sign: str) -> None:
    assert clean(f"Lunas{sign}Belum", 200, one_line=True) == ("Lunas Belum", (note("line-break"),))
    assert clean(f"Lunas{sign}Belum", 200) == ("Lunas Belum", ())
    assert clean(f"{sign}Lunas {sign}", 200, one_line=True) == ("Lunas", ())


def test_the_limit_counts_what_is_kept() -> None:
    assert clean("x" * 200, 200)[0] == "x" * 200
    assert clean(" " * 300 + "x", 200)[0] == "x"
    assert refusal("x" * 10_000) == "too-long"


@pytest.mark.parametrize(
    "word",
    [
        "-", "--", ".", "n/a", "N/A", "tidak ada", "Tidak Ada", "tdk ada", "belum", "Belum", "belum ada", "nihil",
        "NIHIL",
        "kosong", "Belum pilih komoditi", "999999999999", "", " ", " - ", "\u00a0-\u00a0", "#N/A",
    ],
)  # fmt: skip
def test_words_for_no_value(word: str) -> None:
    assert is_empty(word)


@pytest.mark.parametrize(
    ("text", "repeated", "filler"),
    [
        ("9999", "9", True),
        ("999", "9", False),
        ("99999999", "9", True),
        ("9999 9999 9999", DIGITS, True),
        ("9999 9999", "9", False),
        ("9999.0", "9", True),
        ("-9999", "9", True),
        ("9998", "9", False),
        ("9.999", "9", False),
        ("9999-12-31", "09", False),
        ("0", "09", True),
        ("0000", "09", True),
        ("0.0", "09", True),
        ("'0", "09", True),
        ("0", "9", False),
        ("01", "09", False),
        ("1111111111111", DIGITS, True),
        ("11111", DIGITS, False),
        ("00.000.000.0-000.000", DIGITS, True),
        ("BELUM PUNYA NIB", DIGITS, True),
        ("tidak  ada izin", "9", True),
        ("belum punya NIB", "", False),  # of remarks it says something
        ("tidak ada tenaga", "9", False),
        ("BELUM PUNYA", "", True),
        ("Tidak Punya", "", True),
        ("xxx", "", True),
        ("Tak Terdefinisi", "", True),
        ("9999", "", False),
    ],
)
def test_what_stands_for_no_value(text: str, repeated: str, filler: bool) -> None:
    assert is_filler(text, repeated) is filler


@pytest.mark.parametrize("text", ['"', " ,, ", "sda", "SDA", "s.d.a.", "idem", "Idem", "''", "〃"])
def test_ditto_marks(text: str) -> None:
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["", ",", "sdas", "idem dito", '""', "s"])
def test_what_is_no_ditto_mark(text: str) -> None:
    assert not is_ditto(text)


@pytest.mark.parametrize("word", ["0", "null", "None", "NaN", "TRUE", "belum tahu", "tidak", "-5", "..", "99999999999"])
def test_words_that_are_values(word: str) -> None:
    assert not is_empty(word)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+62812", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", " =1", "\u00a0=1",
        "\u200b=1",
        "=cmd|'/c calc'!A0", '=HYPERLINK("http://x")', "'=1", " \u200b =1",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_guarded_and_comes_back(text: str) -> None:
    assert guard(text) == "'" + text
    assert unguard(guard(text)) == text


@given(ANY)
@example(" =1")
@example("'")
@example("''")
def test_guard_and_unguard_are_a_round_trip(text: str) -> None:
    assert unguard(guard(text)) == text


@given(ANY)
@example("a\u3000\u200db")
@example("\u3000\u200d")
@example("\U0001f468\u200b\u200d")
@example("\u2adc\u200d")
def test_clean_is_idempotent_and_what_it_gives_survives_an_export(text: str) -> None:
    try:
        value, _ = clean(text, 100)
    except Unreadable as problem:
        assert problem.reason
        assert problem.advice
        return
    assert clean(guard(value), 100)[0] == value
    if unguard(value) == value:  # an apostrophe before a formula is our own mark and is taken away each time
        assert clean(value, 100)[0] == value
    assert value == unicodedata.normalize("NFC", value)
    assert value == " ".join(value.split())
    assert not set(value) & set("\u200b\u200c\u2060\ufeff\u00ad\u202e\x07\x85")
    clean(value, 100, one_line=True)


@given(ANY)
def test_one_line_only_notes_more(text: str) -> None:
    try:
        value, notes = clean(text, 100)
    except Unreadable as problem:
        assert refusal(text, limit=100) == problem.code
        return
    noted = clean(text, 100, one_line=True)
    assert (noted[0], [each for each in noted[1] if each.code != "line-break"]) == (value, list(notes))


PLAIN_LIKE = st.text("aB1 '|-=.\t\n\u00e9\u00a0", max_size=8) | st.sampled_from(
    ["-", "Belum", "tidak ada", "n/a", "", "9999", "99999", "sda", ",,", "9999x", "xxx"]
)


@given(st.lists(PLAIN_LIKE, max_size=5))
@example([])
@example([""])
@example(["|'=1"])
@example(["a|", "'=1"])
@example(["a", " b"])
def test_the_fast_path_is_taken_only_where_nothing_is_to_be_done(texts: list[str]) -> None:
    if are_plain(texts, 6):
        for text in texts:
            for one_line in (False, True):
                assert clean(text, 6, one_line=one_line) == (text, ())
            assert text == "" or not (is_filler(text, "9") or is_ditto(text))


def test_the_fast_path_is_taken_for_usual_columns() -> None:
    assert are_plain(["Rendang Uni Erna", "Tenun Saiyo", "", "Jl. Tan Malaka 12"], 200)
    assert are_plain(["Sanggar ada rasa", "No. 99990", "Kampung Lada hitam"], 200)
    assert not are_plain(["Tenun", "tidak ada izin"], 200)
    assert not are_plain(["Tenun", "9999"], 200)
    assert not are_plain(["Tenun", "sda"], 200)
    assert not are_plain(["Rendang", "x" * 201], 200)
