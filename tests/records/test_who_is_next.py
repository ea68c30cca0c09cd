"""Who is next: businesses and groups that were never coached, or not for long, and the lists to invite and to sign."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Run, examples

LONG_AGO, LATELY = "10/3/2019", f"{date.today() - timedelta(days=40):%d/%m/%Y}"


@pytest.fixture
def city(ikmctl: Run) -> Run:
    """A group of two, a business of long ago, one that was never coached, and one that only planned or cancelled events name."""
    for arguments in (
        ("add-sentra", "Sentra Rajut"),
        ("add-business", "Kelompok Fayari", "--form", "group", "--sentra", "Sentra Rajut"),
        (
            "add-business",
            "Rajut Des",
            "--group",
            "Fayari",
            "--sentra",
            "Sentra Rajut",
            "--owner",
            "Des",
            "--owner-gender",
            "P",
        ),
        ("add-business", "Rajut Lina", "--group", "Fayari"),
        ("add-business", "Sanjai Erna", "--sector", "pangan", "--phone", "0812-7766-5544", "--owner", "Erna"),
        ("add-business", "Tenun Ida", "--sector", "sandang"),
        ("add-business", "Kue Yeni", "--sector", "pangan"),
        ("add-event", "Workshop", "--kind", "workshop", "--starts-on", LATELY),
        ("add-event", "Bimtek", "--kind", "bimtek", "--starts-on", LONG_AGO),
        ("add-event", "Batal", "--kind", "bimtek", "--starts-on", LATELY),
        ("add-participants", "Workshop", "--business", "Rajut Des"),
        ("add-participants", "Workshop", "--business", "Kue Yeni", "--role", "visited"),
        ("add-participants", "Bimtek", "--business", "Tenun Ida"),
        ("add-participants", "Batal", "--business", "Kue Yeni"),
        ("close-event", "Batal", "--cancelled"),
    ):
        assert ikmctl(*arguments).status == 0, arguments
    return ikmctl


def names(run: Run, command: str, *arguments: str) -> list[str]:
    return [row["name"] for row in run(command, *arguments, "--format", "json").data]


def test_who_was_never_coached_and_who_not_since(city: Run) -> None:
    assert names(city, "list-businesses", "--never-coached") == ["Kue Yeni", "Rajut Lina", "Sanjai Erna"]
    assert names(city, "list-businesses", "--not-coached-since", "2y") == [
        "Kue Yeni", "Rajut Lina", "Sanjai Erna", "Tenun Ida",
    ]  # fmt: skip  # the group is coached through its member
    assert names(city, "list-businesses", "--never-coached", "--sector", "pangan", "--search", "sanjai") == [
        "Sanjai Erna"
    ]
    assert names(city, "list-businesses", "--not-coached-since", "2019", "--sector", "sandang") == []
    assert names(city, "list-groups", "--never-coached") == []
    wrong = city("list-businesses", "--not-coached-since", "lama")
    assert wrong.status == 2 and "2y for two years" in wrong.err


def test_coverage_of_groups_and_sentra(city: Run) -> None:
    [group] = city("list-groups", "--format", "json").data
    assert (group["name"], group["group_members"], group["members_coached"], group["coverage_percent"]) == (
        "Kelompok Fayari", 2, 1, 50.0,
    )  # fmt: skip
    assert group["last_coached_on"] == (date.today() - timedelta(days=40)).isoformat()
    [sentra] = city(
        "list-sentra", "--format", "json", "--columns", "name,members,members_coached,coverage_percent"
    ).data
    assert tuple(sentra.values()) == ("Sentra Rajut", 2, 1, 50.0)
    shown = city("show-business", "Tenun Ida", "--format", "json").data
    assert (shown["last_coached_on"], shown["group_members"], shown["coverage_percent"]) == ("2019-03-10", None, None)


def test_an_invitation_has_phones_only_when_they_are_revealed(city: Run, tmp_path: Path) -> None:
    def cells(*more: str) -> str:
        path = tmp_path / "undangan.xlsx"
        assert city("list-businesses", "--never-coached", "--output", path, "--yes", *more).status == 0
        [sheet] = openpyxl.load_workbook(path).worksheets
        return str([[cell.value for cell in row] for row in sheet.iter_rows()])

    masked, full = cells(), cells("--reveal")
    assert "Sanjai Erna" in masked and "Erna" in masked
    assert "5544" not in masked and "5544" in full
    assert "list-businesses" in city("access-log").out


def test_an_attendance_sheet_to_sign(city: Run, tmp_path: Path) -> None:
    city("edit-event", "Workshop", "--venue", "Aula Disnakerin", "--organiser", "Disnakerin")
    city("add-participants", "Workshop", "--person", "Rina", "--organisation", "PKK", "--sex", "P")
    sheet = city("attendance-sheet", "Workshop", "--blank", "3", "--format", "json").data["blocks"]
    assert sheet["event"]["venue"] == "Aula Disnakerin"
    assert [(row["number"], row["name"], row["organisation"], row["gender"]) for row in sheet["participants"]["rows"]] == [
        (1, "Des", "Rajut Des", "P"), (2, "Rina", "PKK", "P"), (3, None, None, None), (4, None, None, None), (5, None, None, None),
    ]  # fmt: skip  # whom the event visited does not sign
    path = tmp_path / "daftar-hadir.pdf"
    assert city("attendance-sheet", "Workshop", "--output", path).status == 0
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert all(part in text for part in ("Workshop", "Aula Disnakerin", "Des", "Rina", "Signature"))
    assert city("attendance-sheet", "Workshop", "--blank", "x").status == 2
    assert city("attendance-sheet", "Workshop", "--blank", "5000").status == 2


ROLES = st.sampled_from(["participant", "delegate", "visited", "instructor", "committee"])
#: Entries: event (1 held, 2 reported, 3 planned, 4 cancelled), business 1 to 3 or a person, role.
ENTRIES = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 3), ROLES), max_size=12, unique_by=lambda entry: entry[:2]
)


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ENTRIES)
def test_attendances_are_counted_alike_everywhere(
    bare: Run, tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[int, int, str]]
) -> None:
    """The report, the list of events, the businesses and the lists of who is next count the same entries."""
    db = tmp_path_factory.mktemp("registry") / "registry.db"

    def ikmctl(*arguments: str) -> list[dict[str, object]]:
        outcome = bare(*arguments, "--format", "json", "--db", str(db))
        assert outcome.status == 0, outcome.text
        data: list[dict[str, object]] = outcome.data if arguments[0].startswith(("list", "summary")) else []
        return data

    bare("init", "--city", "13.76", "--office", "Disnakerin", "--db", str(db))
    for number in (1, 2, 3):
        ikmctl("add-business", f"Usaha {number}", "--registered-on", "1/1/2020")
    for status in ("held", "held", "planned", "held"):
        ikmctl(
            "add-event",
            f"Kegiatan {status}",
            "--kind",
            "bimtek",
            "--starts-on",
            "1/10/2021",
            "--status",
            status,
            "--yes",
        )
    for place, (event, business, role) in enumerate(entries):
        who = ("--business", str(business)) if business else ("--person", f"Orang {place}", "--organisation", "PKK")
        ikmctl("add-participants", str(event), *who, "--role", role)
    ikmctl("close-event", "2")
    bare("close-event", "4", "--cancelled", "--db", str(db))

    coached = [entry for entry in entries if entry[2] in ("participant", "delegate")]
    counted = [entry for entry in coached if entry[0] in (1, 2)]
    reached = {business for _event, business, _role in counted if business}
    listed = ikmctl("list-events", "--columns", "number,participants,businesses")
    assert {row["number"]: row["participants"] for row in listed} == {
        event: sum(entry[0] == event for entry in coached) for event in (1, 2, 3, 4)
    }
    blocks = bare("summary", "2021-10", "--format", "json", "--db", str(db)).data["blocks"]
    assert (blocks["coaching"]["events"], blocks["coaching"]["attendances"]) == (2, len(counted))
    assert blocks["coaching"]["businesses_coached"] == len(reached)
    rows = blocks["events"]["rows"]
    assert sum(row["listed_male"] + row["listed_female"] + row["listed_unknown"] for row in rows) == len(counted)
    attended = {
        row["number"]: row["events_attended"]
        for row in ikmctl("list-businesses", "--columns", "number,events_attended")
    }
    assert attended == {n: len({entry[0] for entry in counted if entry[1] == n}) for n in (1, 2, 3)}
    assert {row["number"] for row in ikmctl("list-businesses", "--never-coached")} == {1, 2, 3} - reached
