"""Dates as Indonesian offices write them, day first (docs/domain.md, Values)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values.dates import read_date, read_date_or_month, read_span, read_year

NEXT_YEAR = date.today().year + 1
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def refusal(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read_date(text)
    return caught.value.code


def noted(text: str) -> tuple[str, list[str]]:
    value, notes = read_date(text)
    return value, [note.code for note in notes]


@pytest.mark.parametrize(
    "text",
    [
        "11/10/2021", "11-10-2021", "11.10.2021", "11 / 10 / 2021", "2021-10-11", "11 Oktober 2021", "11 OKTOBER 2021",
        "11-Okt-2021", "11 Okt 2021", "11 Okt. 2021", "11 October 2021", "11 Oct 2021", "Senin, 11 Oktober 2021",
        "senin 11 oktober 2021", "Monday, 11 October 2021", "'11/10/2021", " 11/10/2021 ", "2021-10-11 00:00:00",
        "11/10/2021 00:00",
    ],
)  # fmt: skip
def test_the_eleventh_of_october(text: str) -> None:
    assert read_date(text) == ("2021-10-11", ())


@pytest.mark.parametrize(
    ("word", "month"),
    [
        (word, month)
        for month, words in enumerate(
            (
                "Januari Jan January", "Februari Feb Peb Pebruari February", "Maret Mar March", "April Apr", "Mei May",
                "Juni Jun June", "Juli Jul July", "Agustus Agu Agt Ags Agust August Aug", "September Sep Sept",
                "Oktober Okt October Oct", "November Nov Nop Nopember", "Desember Des December Dec",
            ),
            start=1,
        )
        for word in words.split()
    ],
)  # fmt: skip
def test_every_name_of_a_month(word: str, month: int) -> None:
    for spelling in (word, word.upper(), word.lower()):
        assert read_date(f"5 {spelling} 2021") == (f"2021-{month:02}-05", ())


def test_a_two_digit_year_is_the_nearest_past_and_stated() -> None:
    assert noted("11-10-21") == ("2021-10-11", ["two-digit-year"])
    assert noted("01/02/03") == ("2003-02-01", ["two-digit-year"])
    assert noted("17/08/99") == ("1999-08-17", ["two-digit-year"])
    assert str(read_date("01/02/03")[1][0]) == "the year was read as 2003"
    assert noted(f"01/01/{NEXT_YEAR % 100:02}")[0] == f"{NEXT_YEAR}-01-01"
    past = NEXT_YEAR - 81
    assert noted(f"17/08/{past % 100:02}")[0] == f"{past}-08-17"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31/02/2021", "no-such-date"),
        ("29/02/2023", "no-such-date"),
        ("02/13/2021", "no-such-date"),
        ("31 April 2021", "no-such-date"),
        ("0000-00-00", "no-such-date"),
        ("11/10/0000", "no-such-date"),
        ("11/10/1944", "date-out-of-range"),
        ("9999-12-31", "date-out-of-range"),
        (f"1/1/{NEXT_YEAR + 1}", "date-out-of-range"),
        ("44197", "excel-serial"),
        ("2021-W01-1", "not-a-date"),
        ("20210101", "not-a-date"),
        ("11 Rabiul 2021", "not-a-date"),
        ("kemarin", "not-a-date"),
        ("٠١/٠٢/٢٠٢١", "not-ascii-digits"),
        ("٣/1/2021", "not-ascii-digits"),
        ("３ Juni 2021", "not-ascii-digits"),
        ("2021-٠1", "not-ascii-digits"),
        ("11/10-2021", "not-a-date"),
        ("2021/10/11", "not-a-date"),
        ("11/10/2021 23:59:60", "no-such-time"),
        ("11/10/2021 24:00", "no-such-time"),
        ("8 s/d 28 Februari 2019", "date-range"),
    ],
)
def test_a_date_that_is_refused(text: str, code: str) -> None:
    assert refusal(text) == code


def test_an_excel_number_says_which_date_it_may_be() -> None:
    with pytest.raises(Unreadable) as caught:
        read_date("44197")
    assert "2021-01-01" in caught.value.reason


def test_a_time_is_dropped_and_an_offset_is_turned_to_western_indonesia() -> None:
    assert noted("11/10/2021 09:30") == ("2021-10-11", ["time-dropped"])
    assert noted("2021-10-11T18:30:00Z") == ("2021-10-12", ["time-dropped"])  # 01.30 in Padang
    assert noted("2021-10-11T16:59:59Z") == ("2021-10-11", ["time-dropped"])
    assert noted("2021-10-11 01:30 WIT") == ("2021-10-10", ["time-dropped"])
    assert noted("2021-10-11 00:30 WITA") == ("2021-10-10", ["time-dropped"])
    assert noted("2021-10-11 23:30 WIB") == ("2021-10-11", ["time-dropped"])
    assert noted("2021-10-11T23:30:00+07:00") == ("2021-10-11", ["time-dropped"])
    assert noted("2021-10-11T23:30:00-05:00") == ("2021-10-12", ["time-dropped"])


def test_a_day_to_come_is_noted() -> None:
    tomorrow = date.today() + timedelta(days=1)
    assert noted(tomorrow.isoformat()) == (tomorrow.isoformat(), ["future-date"])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("8 s/d 28 Februari 2019", "2019-02-08", "2019-02-28"),
        ("05-07 Maret 2024", "2024-03-05", "2024-03-07"),
        ("28 s.d 29 November 2024", "2024-11-28", "2024-11-29"),
        ("28 s.d. 29 November 2024", "2024-11-28", "2024-11-29"),
        ("13-17 September 2021", "2021-09-13", "2021-09-17"),
        ("13 – 17 September 2021", "2021-09-13", "2021-09-17"),
        ("13 sampai dengan 17 September 2021", "2021-09-13", "2021-09-17"),
        ("30 September s/d 2 Oktober 2021", "2021-09-30", "2021-10-02"),
        ("30 Desember 2021 s/d 2 Januari 2022", "2021-12-30", "2022-01-02"),
        ("30/12/2021 - 02/01/2022", "2021-12-30", "2022-01-02"),
        ("11 Oktober 2021", "2021-10-11", "2021-10-11"),
        ("11-10-2021", "2021-10-11", "2021-10-11"),
        ("Senin, 11 Oktober 2021", "2021-10-11", "2021-10-11"),
    ],
)
def test_a_range_of_days(text: str, first: str, last: str) -> None:
    assert read_span(text) == (first, last, ())


def test_a_month_or_a_year_stands_for_its_first_day() -> None:
    for text, expected in (
        ("2020", "2020-01-01"),
        ("Maret 2019", "2019-03-01"),
        ("03/2019", "2019-03-01"),
        ("2019-03", "2019-03-01"),
        ("Peb. 2019", "2019-02-01"),
    ):
        value, notes = read_date_or_month(text)
        assert (value, [note.code for note in notes]) == (expected, ["day-assumed"])
    assert read_date_or_month("5 Maret 2019") == ("2019-03-05", ())
    for wrong in ("13/2019", "00/2019", "Maret 1944", "2100", "Marett 2019"):
        with pytest.raises(Unreadable):
            read_date_or_month(wrong)


def test_years() -> None:
    assert read_year("2015") == (2015, ())
    assert read_year("2015.0") == (2015, ())
    assert read_year("1888") == (1888, ())
    for wrong in ("15", "1799", str(NEXT_YEAR + 1), "٢٠١٥", "２０１５", "2015a", "20 15", "5"):
        with pytest.raises(Unreadable):
            read_year(wrong)


@given(st.dates(date(1945, 1, 1), date(NEXT_YEAR, 12, 31)))
def test_a_date_is_read_from_every_way_of_writing_it(day: date) -> None:
    month = MONTHS[day.month - 1]
    for text in (
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{day.day} {month} {day.year}",
        f"{WEEKDAYS[day.weekday()]}, {day.day:02} {month} {day.year}",
    ):
        assert read_date(text)[0] == day.isoformat(), text
        assert read_span(text)[:2] == (day.isoformat(), day.isoformat()), text


@given(
    st.text()
    | st.text("0123456789/-.: TZ+WIBsdDesMaret,'\u0663\uff11", max_size=40)
    | st.from_regex(r"\A\d{1,4}[/. -]\d{1,2}[/. -]\d{1,4}( \d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?\Z")
)
def test_nothing_but_unreadable_is_raised_and_every_value_is_a_date(text: str) -> None:
    for read in (read_date, read_date_or_month):
        try:
            value, _ = read(text)
        except Unreadable as problem:
            assert problem.reason
            continue
        assert date.fromisoformat(value).year >= 1945
    try:
        first, last, _ = read_span(text)
    except Unreadable:
        return
    assert date.fromisoformat(first)
    assert date.fromisoformat(last)
