"""The founding story, typed in by hand with commands alone; the summary of October 2021 reports it."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.records.registries import content

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
        "sector": "clothing", "opening": 9, "registered": 2, "recorded": 0, "reopened": 0, "closed": 0, "reclassified": 0, "closing": 11,
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


def block(run: Run, name: str, *arguments: str) -> Any:
    return run("summary", "2021-10", "--only", name, "--format", "json", *arguments).data["blocks"][name]


@pytest.fixture
def october(ikmctl: Run) -> Run:
    """Payakumbuh in small, told so that every figure of October 2021 can be worked out on paper (see the table below)."""
    businesses = (
        # name, sector, kelurahan, form, registered, workers m/f, investment, production, materials, NIB, stated
        ("Rendang Uni Erna", "pangan", "Tiakar", "ud", "5/3/2020", "2", "3", "40 juta", "300 juta", "180 juta", "91", "Mikro"),
        ("Rendang Mak Upik", "pangan", "Tiakar", "pt", "1/10/2021", "15", "9", "2 miliar", "3 miliar", "2 miliar", "92", "Kecil"),
        ("Sanjai Rina", "pangan", "Napar", "", "31/10/2021", "", "", "", "", "", "", ""),
        ("Rajut Fayari", "sandang", "Parik Muko Aia", "kelompok", "12/3/2018", "0", "9", "60 juta", "100 juta", "", "", ""),
        ("Rajut Des", "sandang", "Parik Muko Aia", "perorangan", "1/9/2021", "0", "1", "5 juta", "20 juta", "8 juta", "93", "Mikro"),
        ("Tenun Ida", "sandang", "Balai Panjang", "perorangan", "1/11/2021", "0", "4", "9 juta", "70 juta", "30 juta", "94", ""),
        ("Besi Amri", "", "", "perorangan", "2/2/2019", "3", "0", "", "50 juta", "20 juta", "", ""),
        ("Kue Yeni", "pangan", "Napar", "perorangan", "2/2/2019", "0", "2", "7 juta", "30 juta", "10 juta", "", ""),
    )  # fmt: skip
    for (
        name,
        sector,
        kelurahan,
        form,
        registered,
        male,
        female,
        investment,
        production,
        materials,
        nib,
        stated,
    ) in businesses:
        options = {
            "sector": sector, "kelurahan": kelurahan, "form": form, "registered-on": registered, "workers-male": male,
            "workers-female": female, "investment": investment, "production-value": production,
            "material-value": materials, "nib": nib and nib.rjust(13, "9"), "stated-scale": stated,
            "data-year": "2021" if male else "",
        }  # fmt: skip
        given = [part for option, text in options.items() if text for part in (f"--{option}", text)]
        assert ikmctl("add-business", name, *given).status == 0
    for arguments in (
        ("edit-business", "Rajut Des", "--group", "Rajut Fayari"),
        ("close-business", "Kue Yeni", "--on", "15/10/2021"),
        ("close-business", "Besi Amri", "--on", "1/6/2021"),
        ("reopen-business", "Besi Amri", "--on", "20/10/2021"),
        ("add-event", "Workshop Rajutan", "--kind", "workshop", "--starts-on", "13-17 September 2021"),
        ("add-participants", "Workshop Rajutan", "--business", "Rajut Des", "--business", "Kue Yeni"),
        (
            "add-event", "Studi Tiru", "--kind", "study-visit", "--starts-on", "11 Oktober 2021", "--funder", "APBD",
            "--reported-male", "2", "--reported-female", "1",
        ),
        ("add-participants", "Studi Tiru", "--person", "Wirda", "--person", "Hasnul", "--role", "delegate", "--sex", "P", "--sex", "L", "--organisation", "DPMPTSPPTK"),
        ("add-participants", "Studi Tiru", "--business", "Rendang Uni Erna", "--business", "Besi Amri"),
        ("add-event", "Batal", "--kind", "bimtek", "--starts-on", "12/10/2021"),
        ("add-participants", "Batal", "--business", "Rendang Mak Upik"),
        ("close-event", "Batal", "--cancelled"),
    ):  # fmt: skip
        outcome = ikmctl(*arguments)
        assert outcome.status == 0, outcome.text
    return ikmctl


def test_october_2021_worked_out_on_paper(october: Run) -> None:
    #            opening  registered  reopened  closed  closing
    # pangan        2         2          0        1        3     Erna, Yeni at first; Upik on the 1st, Rina on the 31st; Yeni closed
    # sandang       2         0          0        0        2     Fayari, Des; Ida only in November
    # (none)        0         0          1        0        1     Amri was closed since June and opened again on the 20th
    columns = ("opening", "registered", "reopened", "closed", "closing")
    movement = block(october, "movement")
    found = {row["sector"]: tuple(row[name] for name in columns) for row in movement["rows"]}
    assert found["food"] == (2, 2, 0, 1, 3)
    assert found["clothing"] == (2, 0, 0, 0, 2)
    assert found[None] == (0, 0, 1, 0, 1)
    assert found["crafts"] == (0, 0, 0, 0, 0)
    assert tuple(movement["total"][name] for name in columns) == (4, 2, 1, 1, 6)


def test_people_and_money_of_october_worked_out_on_paper(october: Run) -> None:
    rows = {row["sector"]: row for row in block(october, "people_and_money")["rows"]}
    total = block(october, "people_and_money")["total"]
    # Erna 2+3, Upik 15+9; of Rina nothing is known; Yeni is closed
    assert (rows["food"]["workers_male"], rows["food"]["workers_female"], rows["food"]["workers"]) == (17, 12, 29)
    assert (rows["food"]["workers_missing"], rows["food"]["investment"]) == (1, 2_040_000_000)
    # materials of Fayari are not known, so neither is what it adds: Des alone, 20 - 8
    assert (rows["clothing"]["value_added"], rows["clothing"]["value_added_missing"]) == (12_000_000, 1)
    # 5 + 24 + 9 + 1 + 3; Erna 300 - 180, Upik 3000 - 2000, Des 20 - 8, Amri 50 - 20
    assert (total["workers"], total["value_added"]) == (42, (120 + 1000 + 12 + 30) * 10**6)
    assert total["investment_missing"] == 2  # Rina, Amri


def test_kinds_of_businesses_of_october_worked_out_on_paper(october: Run) -> None:
    scale = {row["scale"]: row for row in block(october, "scale")["rows"]}
    # small: Erna (mikro), Fayari, Des (mikro); medium: Upik with 24 workers (stated kecil); not known: Rina, Amri
    assert {name: row["total"] for name, row in scale.items()} == {"small": 3, "medium": 1, "large": 0, None: 2}
    assert (scale["small"]["stated_micro"], scale["medium"]["stated_small"]) == (2, 1)
    formality = {row["formal"]: row["businesses"] for row in block(october, "formality")["rows"]}
    assert formality == {1: 3, 0: 3}  # with a NIB: Erna, Upik, Des
    forms = {row["form"]: row["businesses"] for row in block(october, "legal_form")["rows"] if row["businesses"]}
    assert forms == {"ud": 1, "pt": 1, "group": 1, "individual": 2, None: 1}
    places = {row["kecamatan"]: row["total"] for row in block(october, "kecamatan_by_sector")["rows"] if row["total"]}
    assert places == {"Payakumbuh Timur": 2, "Payakumbuh Utara": 1, "Lamposi Tigo Nagori": 2, None: 1}
    new = [(row["name"], row["reopened"]) for row in block(october, "new_businesses")["rows"]]
    assert new == [("Rendang Mak Upik", None), ("Besi Amri", 1), ("Sanjai Rina", None)]
    assert [row["name"] for row in block(october, "closed_businesses")["rows"]] == ["Kue Yeni"]


def test_coaching_of_october_worked_out_on_paper(october: Run) -> None:
    coaching = block(october, "coaching")
    # the study visit alone, the other was cancelled: two delegates, Erna and Amri; of six businesses two were there
    assert (coaching["events"], coaching["attendances"], coaching["businesses_coached"]) == (1, 4, 2)
    assert (coaching["active_businesses"], coaching["coverage_percent"]) == (6, 33.3)
    assert (coaching["groups_coached"], coaching["all_groups"]) == (0, 1)
    # in the year Des too, and with her the group Fayari; Yeni was there in September but is closed now
    assert (coaching["events_this_year"], coaching["attendances_this_year"]) == (2, 6)
    assert (coaching["businesses_coached_this_year"], coaching["coverage_percent_this_year"]) == (3, 50)
    assert (coaching["groups_coached_this_year"], coaching["group_coverage_percent_this_year"]) == (1, 100)
    notes = october("summary", "2021-10", "--only", "events").out
    assert "Studi Tiru: 4 on the list, 3 reported." in notes


def test_october_beside_september_and_a_year_before_worked_out_on_paper(october: Run) -> None:
    rows = {row["indicator"]: row for row in block(october, "change")["rows"]}

    def beside(indicator: str) -> tuple[Any, ...]:
        row = rows[indicator]
        return row["now"], row["previous"], row["change"], row["change_percent"], row["year_before"], row["year_change"]

    assert beside("businesses") == (6, 4, 2, 50, 4, 2)  # a year before: Erna, Fayari, Amri, Yeni
    assert beside("registered") == (2, 1, 1, 100, 0, 2)
    # in September Erna 5, Fayari 9, Des 1, Yeni 2; in 2020 no data had begun yet
    assert beside("workers") == (42, 17, 25, 147.1, None, None)
    assert beside("businesses_coached") == (2, 2, 0, 0, 0, 2)  # in September Des and Yeni, who was still open
    trend = {row["month"]: row for row in block(october, "trend")["rows"]}
    assert next(iter(trend)) == "2020-11" and len(trend) == 12
    months = ("2021-05", "2021-06", "2021-08", "2021-09", "2021-10")
    assert [trend[month]["closing"] for month in months] == [4, 3, 3, 4, 6]


#: The founding story, a sentence a line, with the command whose output tells it again, and how.
TOLD = (
    (
        "On 11 October 2021 Bukittinggi's officers travelled to Payakumbuh",
        ("show-event", "Studi Tiru Kerajinan"),
        ("2021-10-11", "Guest", "DPMPTSPPTK Kota Bukittinggi", "Kabid Industri", "Kepala Dinas"),
    ),
    (
        "to learn how it develops its crafts industry",
        ("list-events", "--search", "kerajinan", "--columns", "name,kind,host,topic"),
        ("study visit", "Disnakerin Kota Payakumbuh", "pengembangan industri kerajinan"),
    ),
    (
        "Payakumbuh works through two sentra",
        ("summary", "2021-10", "--only", "sentra"),
        ("Sentra Rendang Payakumbuh", "Sentra Tenun Balai Panjang"),
    ),
    (
        "it had run a workshop with Dekranasda for 10 knitting IKM",
        ("list-events", "--party", "Dekranasda", "--columns", "name,organiser,participants,businesses"),
        ("Workshop Rajutan", "Disnakerin; Dekranasda", "10"),
    ),
    (
        "so that they produce on their own",
        ("summary", "2021-09", "--only", "lessons"),
        ("10 IKM rajutan berproduksi sendiri",),
    ),
    (
        "it coaches sandang, pangan and kerajinan",
        ("summary", "2021-10", "--only", "movement"),
        ("Clothing and leather", "Food", "Crafts"),
    ),
    (
        "the visitors were shown Kelompok Usaha Rajutan Fayari",
        ("list-events", "--business", "Payocraft", "--held", "2021-10"),
        ("Studi Tiru Kerajinan",),
    ),
    (
        "(“Payocraft”) in Kelurahan Parik Muko Aia, Kecamatan Lamposi Tigo Nagori",
        ("show-business", "Payocraft"),
        ("Payocraft", "Parit Muko Aie", "Lamposi Tigo Nagori", "Studi Tiru Kerajinan", "visited"),
    ),
    (
        "what they saw is to be applied at home",
        ("summary", "2021-10", "--only", "lessons"),
        ("Pembinaan melalui sentra dan kelompok usaha",),
    ),
)


def test_every_sentence_of_the_story_is_told_again(ikmctl: Run) -> None:
    """The study visit is typed as one act, which is one change and one undo."""
    for arguments in (
        ("add-sentra", "Sentra Rendang Payakumbuh", "--sector", "pangan"),
        ("add-sentra", "Sentra Tenun Balai Panjang", "--sector", "sandang"),
        (
            "add-business", "Kelompok Usaha Rajutan Fayari", "--brand", "Payocraft", "--form", "kelompok",
            "--kelurahan", "Parik Muko Aia", "--sector", "sandang", "--registered-on", "12/3/2018",
        ),
        ("add-business", "Rendang Uni Erna", "--sector", "pangan", "--registered-on", "5/3/2020"),
        ("add-business", "Anyaman Ranah", "--sector", "kerajinan", "--registered-on", "5/3/2020"),
        *(
            ("add-business", name, "--owner", f"Pemilik {name}", "--group", "Payocraft", "--registered-on", "5/5/2019")
            for name in KNITTERS
        ),
        (
            "add-event", "Workshop Rajutan", "--kind", "workshop", "--starts-on", "13-17 September 2021",
            "--organiser", "Disnakerin", "--organiser", "Dekranasda", "--outcome", "10 IKM rajutan berproduksi sendiri",
        ),
        ("add-participants", "Workshop Rajutan", *(part for name in KNITTERS for part in ("--business", name))),
        (
            "add-event", "Studi Tiru Kerajinan", "--kind", "study-visit", "--starts-on", "11 Oktober 2021",
            "--topic", "pengembangan industri kerajinan", "--host", "Disnakerin Kota Payakumbuh",
            "--guest", "DPMPTSPPTK Kota Bukittinggi", "--delegate", "Kabid Industri",
            "--delegate", "Hasnul Bahri / Kepala Dinas", "--visited", "Payocraft", "--visited", "Sentra Rendang Payakumbuh",
            "--visited", "Sentra Tenun Balai Panjang", "--lesson", "Pembinaan melalui sentra dan kelompok usaha",
        ),
    ):  # fmt: skip
        outcome = ikmctl(*arguments)
        assert outcome.status == 0, outcome.text
    for sentence, command, parts in TOLD:
        told = ikmctl(*command).out
        assert [part for part in parts if part not in told] == [], (sentence, told)
    assert len(ikmctl("history", "--format", "json", "--limit", "1").data) == 1
    assert ikmctl("undo", "--yes").status == 0
    assert ikmctl("show-event", "Studi Tiru Kerajinan").status == 4
    assert ikmctl("show-event", "Workshop Rajutan").status == 0


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        (("--delegate", "Wirda"), 3, "has no organisation"),
        (("--delegate", "A / B / C / D"), 2, "NAME / POSITION / ORGANISATION"),
        (("--guest", "Dinas", "--delegate", "Wirda", "--delegate", "WIRDA"), 3, "already on the list"),
        (("--status", "cancelled", "--visited", "Payocraft"), 3, "was cancelled"),
        (("--visited", "Tenun"), 4, "matches 2 records"),
    ],
)
def test_a_study_visit_is_entered_whole_or_not_at_all(
    ikmctl: Run, db: Path, more: tuple[str, ...], status: int, said: str
) -> None:
    for name in ("Tenun Ida", "Tenun Rina"):
        ikmctl("add-business", name)
    before = content(db)
    outcome = ikmctl("add-event", "Studi Tiru", "--kind", "study-visit", "--starts-on", "11/10/2021", *more)
    assert (outcome.status, said in outcome.err) == (status, True), outcome.err
    assert content(db) == before


def test_a_place_that_is_not_registered_is_kept_by_its_name(ikmctl: Run) -> None:
    """The visitors' own registry does not hold the businesses of the city that they visited."""
    outcome = ikmctl(
        "add-event", "Studi Tiru", "--kind", "study-visit", "--starts-on", "11/10/2021", "--visited", "Payocraft"
    )
    assert outcome.status == 0 and "Payocraft is not registered here: it is kept by its name" in outcome.text
    [event] = ikmctl("summary", "2021-10", "--format", "json").data["blocks"]["events"]["rows"]
    assert (event["visited"], event["listed_unknown"]) == ("Payocraft", 0)
