"""The founding story, typed in by hand with commands alone; the summary of October 2021 reports it."""

from tests.conftest import Run

KNITTERS = [
    f"Rajut {name}" for name in ("Des", "Lina", "Mery", "Upik", "Rina", "Elvi", "Mila", "Santi", "Asni", "Gusni")
]


def test_typed_by_hand(ikmctl: Run) -> None:
    def done(*arguments: str) -> None:
        outcome = ikmctl(*arguments)
        assert outcome.status == 0, outcome.text

    done("add-sentra", "Sentra Rendang Payakumbuh", "--sector", "pangan", "--reported-units", "20")
    done("add-sentra", "Sentra Tenun Balai Panjang", "--sector", "Sandang dan Kulit", "--kelurahan", "Balai Panjang")
    done(
        "add-business", "Kelompok Usaha Rajutan Fayari", "--brand", "Payocraft", "--form", "kelompok",
        "--kelurahan", "Parik Muko Aia", "--sector", "sandang", "--registered-on", "2018-03-12",
    )  # fmt: skip
    for number, name in enumerate(KNITTERS):
        member = ("--group", "Payocraft") if number < 8 else ()
        done(
            "add-business", name, "--owner", f"Pemilik {name}", "--owner-gender", "P", "--kbli", "14301",
            "--registered-on", f"{number + 1}/10/2021" if number > 7 else "5 Mei 2019", *member,
        )  # fmt: skip
    done(
        "add-event", "Workshop Rajutan", "--kind", "workshop", "--starts-on", "13-17 September 2021",
        "--organiser", "Disnakerin", "--organiser", "Dekranasda", "--venue", "Aula",
    )  # fmt: skip
    done("add-participants", "Workshop Rajutan", *(part for name in KNITTERS for part in ("--business", name)))
    done(
        "add-event", "Studi Tiru Kerajinan", "--kind", "study-visit", "--starts-on", "11 Oktober 2021",
        "--host", "Disnakerin Kota Payakumbuh", "--guest", "DPMPTSPPTK Kota Bukittinggi", "--funder", "APBD",
    )  # fmt: skip
    done(
        "add-participants", "Studi Tiru Kerajinan", "--person", "Wirda Ningsih", "--person", "Hasnul Bahri",
        "--role", "delegate", "--sex", "P", "--sex", "L", "--position", "Kepala Bidang", "--position", "Kepala Dinas",
        "--organisation", "DPMPTSPPTK",
    )  # fmt: skip
    done(
        "add-participants", "Studi Tiru Kerajinan", "--business", "Fayari", "--sentra", "rendang", "--sentra", "tenun",
        "--role", "visited",
    )  # fmt: skip

    report = ikmctl("summary", "2021-10", "--format", "json").data
    assert (report["period"], report["office"]) == ("2021-10", "Disnakerin")
    movement = {row["sector"]: row for row in report["blocks"]["movement"]["rows"]}
    assert movement["clothing"] == {
        "sector": "clothing", "opening": 9, "registered": 2, "reopened": 0, "closed": 0, "closing": 11,
    }  # fmt: skip
    [event] = report["blocks"]["events"]["rows"]
    assert event["kind"] == "study-visit"
    assert (event["host"], event["guest"]) == ("Disnakerin Kota Payakumbuh", "DPMPTSPPTK Kota Bukittinggi")
    assert (event["listed_male"], event["listed_female"], event["businesses"]) == (1, 1, 0)
    assert event["visited"] == ("Kelompok Usaha Rajutan Fayari; Sentra Rendang Payakumbuh; Sentra Tenun Balai Panjang")
    [group] = report["blocks"]["groups"]["rows"]
    assert (group["brand"], group["members"]) == ("Payocraft", 8)

    september = ikmctl("summary", "2021-09", "--format", "json").data["blocks"]["coaching"]
    assert (september["events"], september["attendances"], september["businesses_coached"]) == (1, 10, 8)


def test_a_business_that_was_not_yet_registered_is_not_coached_that_month(ikmctl: Run) -> None:
    """Two of the ten knitters above were registered in October only: September coached eight registered ones."""
    ikmctl("add-business", "Rajut Des", "--registered-on", "1/10/2021")
    ikmctl("add-event", "Workshop", "--kind", "workshop", "--starts-on", "13/9/2021")
    ikmctl("add-participants", "Workshop", "--business", "Rajut Des")
    coaching = ikmctl("summary", "2021-09", "--format", "json").data["blocks"]["coaching"]
    assert (coaching["attendances"], coaching["businesses_coached"], coaching["active_businesses"]) == (1, 0, 0)
