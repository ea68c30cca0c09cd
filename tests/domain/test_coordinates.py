"""Latitude and longitude as offices write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikmctl.domain.problems import Unreadable
from ikmctl.domain.values import kinds
from ikmctl.domain.values.coordinates import read_coordinates


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-0.2298", -0.2298),
        ("-0.22981234567890123", -0.2298123),
        ("-7.575295299722223", -7.5752953),
        ("-0,2298", -0.2298),
        ("'-0.2298", -0.2298),
        (" -0.2298 ", -0.2298),
        ("\u22120.2298", -0.2298),
        ("-0.2298°", -0.2298),
        ("0.2298° S", -0.2298),
        ("0.2298 LS", -0.2298),
        ("LS 0,2298", -0.2298),
        ("-0.2298 S", -0.2298),
        ("0.5 N", 0.5),
        ("0.5 LU", 0.5),
        ("0°13'47.28\"S", -0.2298),
        ("0° 13' 47,28\" LS", -0.2298),
        ("-0° 13.788'", -0.2298),
        ("0 lintang selatan", 0.0),
        ("5", 5.0),
    ],
)
def test_a_latitude(text: str, value: float) -> None:
    assert kinds.LATITUDE.read(text) == (value, ())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("100.6309", 100.6309),
        ("100,6309", 100.6309),
        ("110.82607009972222", 110.8260701),
        ("100.6309° E", 100.6309),
        ("100.6309 BT", 100.6309),
        ("100°37'51.24\" BT", 100.6309),
        ("100°37′51.24″E", 100.6309),
    ],
)
def test_a_longitude(text: str, value: float) -> None:
    assert kinds.LONGITUDE.read(text) == (value, ())


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (kinds.LATITUDE, "-76.004.363", "not-a-coordinate"),
        (kinds.LATITUDE, "-76004363", "not-degrees"),
        (kinds.LATITUDE, "9139152.8", "not-degrees"),
        (kinds.LONGITUDE, "429328.3", "not-degrees"),
        (kinds.LATITUDE, "100.6309", "swapped-coordinate"),
        (kinds.LONGITUDE, "-0.2298", "swapped-coordinate"),
        (kinds.LATITUDE, "48.85", "not-a-coordinate"),
        (kinds.LATITUDE, "0.2298 BT", "not-a-coordinate"),
        (kinds.LATITUDE, "-0.2298 N", "not-a-coordinate"),
        (kinds.LATITUDE, "0°70'S", "not-a-coordinate"),
        (kinds.LATITUDE, "https://maps.example/x", "not-a-coordinate"),
        (kinds.LATITUDE, "48.85, 2.35", "not-a-coordinate"),
        (kinds.LONGITUDE, "100.6309 W", "not-a-coordinate"),
        (kinds.LONGITUDE, "sda", "ditto"),
        (kinds.LONGITUDE, "1\x07", "control-character"),
    ],
)
def test_what_is_no_coordinate(kind: kinds.Kind, text: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        kind.read(text)
    assert caught.value.code == code
    assert caught.value.advice


@pytest.mark.parametrize(
    "text",
    [
        "-0.2298, 100.6309",
        "-0.2298,100.6309",
        "-0.2298 100.6309",
        "-0.2298;100.6309",
        "-0,2298; 100,6309",
        "-0,2298, 100,6309",
        "(-0.2298, 100.6309)",
        "0.2298 LS, 100.6309 BT",
        "0°13'47.28\"S 100°37'51.24\"E",
        "'-0.2298, 100.6309   ",
        "-0.2298\n100.6309",
    ],
)
def test_a_cell_with_both(text: str) -> None:
    assert kinds.LATITUDE.read(text)[0] == -0.2298
    assert kinds.LONGITUDE.read(text)[0] == 100.6309
    for pair in ((text, ""), ("", text)):
        found = read_coordinates(*pair)
        assert (found.latitude, found.longitude) == (-0.2298, 100.6309)
        assert [each.code for each in found.notes] == ["coordinates-in-one"]


@pytest.mark.parametrize("pair", [("100.6309, -0.2298", ""), ("", "100.6309;-0.2298"), ("100.6309", "-0.2298")])
def test_what_is_possible_only_the_other_way_round_is_exchanged(pair: tuple[str, str]) -> None:
    found = read_coordinates(*pair)
    assert (found.latitude, found.longitude) == (-0.2298, 100.6309)
    assert "coordinates-swapped" in [each.code for each in found.notes]


@pytest.mark.parametrize("pair", [("0", "0"), ("0.0", "0.0"), ("0,0", ""), ("0.0, 0.0", ""), ("-", ""), ("", "")])
def test_zero_zero_is_no_place_of_indonesia(pair: tuple[str, str]) -> None:
    found = read_coordinates(*pair)
    assert (found.latitude, found.longitude, found.latitude_problem, found.longitude_problem) == (None,) * 4


def test_the_equator_is_a_place() -> None:
    found = read_coordinates("0", "109.3333")
    assert (found.latitude, found.longitude, found.notes) == (0.0, 109.3333, ())


def test_one_of_two_that_cannot_be_read_leaves_the_other() -> None:
    found = read_coordinates("-76.004.363", "100.6309")
    assert (found.latitude, found.longitude) == (None, 100.6309)
    assert found.latitude_problem is not None
    assert found.latitude_problem.code == "not-a-coordinate"
    assert found.longitude_problem is None
    one = read_coordinates("100.6309", "")
    assert one.latitude_problem is not None
    assert one.latitude_problem.code == "swapped-coordinate"


LATITUDES = st.floats(-11.5, 6.5).map(lambda value: round(value, 7) + 0.0)
LONGITUDES = st.floats(94, 142).map(lambda value: round(value, 7))


@given(LATITUDES, LONGITUDES, st.integers(7, 16))
def test_every_way_to_write_a_place(latitude: float, longitude: float, decimals: int) -> None:
    north, east = f"{latitude:.{decimals}f}", f"{longitude:.{decimals}f}"
    for pair in (
        (north, east),
        (north.replace(".", ","), east.replace(".", ",")),
        (f"'{north}", f" {east} "),
        (f"{north}, {east}", ""),
        ("", f"{north};{east}"),
        (east, north),
    ):
        found = read_coordinates(*pair)
        assert (found.latitude, found.longitude) == (latitude, longitude), pair


@given(
    st.text(max_size=40) | st.text("0123456789.,-'°NSEWLBTU \n;", max_size=40), st.text("0123456789.,- ", max_size=20)
)
def test_a_pair_has_a_value_within_indonesia_or_a_problem(latitude: str, longitude: str) -> None:
    found = read_coordinates(latitude, longitude)
    assert found.latitude is None or -11.5 <= found.latitude <= 6.5
    assert found.longitude is None or 94 <= found.longitude <= 142
    assert not (found.latitude is not None and found.latitude_problem)
    assert not (found.longitude is not None and found.longitude_problem)
