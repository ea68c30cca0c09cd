"""What an import says that leads further: another command, a word to teach, a file that was there before."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ikmctl.actions.imports.kinds import KINDS, find_better_kind
from tests.conftest import Run

Write = Callable[[str, str], Path]
PEOPLE = "No;Nama;L/P;Jabatan;Instansi;No HP\n1;Rina Wati;P;Kepala Bidang;Disnakerin;0812-0000-1111\n"
NAMED_PEOPLE = "No;Nama Peserta;L/P;Nama Usaha;Alamat;No HP\n1;Rina;P;Rajut Rina;Jl. A;0812-0000-1111\n"
PEOPLE_AT_EVENTS = (
    "Nama Kegiatan;Tanggal;Jenis Kegiatan;Nama Peserta;Instansi\nWorkshop;11/10/2021;workshop;Rina;Dinas\n"
)
SENTRA = "Nama Sentra;Cabang Industri;Produk;Alamat;Pengelola;Jumlah Unit Usaha\nRendang;pangan;rendang;Jl. A;Budi;20\n"
EVENTS = "Nama Kegiatan;Jenis Kegiatan;Tanggal;Tempat;Peserta L\nWorkshop Rajut;workshop;13-17 September 2021;Aula;2\n"
BUSINESSES = (
    "Nama Usaha;Nama Pemilik;L/P;Alamat;Kelurahan;Kecamatan;NIB;TK LK;TK PR;Sentra\n"
    "A;Erna;P;Jl. A;Tiakar;Payakumbuh Timur;;1;2;\n"
)
DATA = "Nama Usaha;Nama Pemilik;Kelurahan;Tahun Data;TK LK;Nilai Produksi\nA;Erna;Tiakar;2021;1;90.000.000\n"
FILES = {
    "participants": (PEOPLE, NAMED_PEOPLE, PEOPLE_AT_EVENTS),
    "sentra": (SENTRA,),
    "events": (EVENTS,),
    "businesses": (BUSINESSES,),
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize("given", list(KINDS))
@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FILES.items() for text in texts])
def test_a_file_of_another_kind_names_the_command_that_fits(
    ikmctl: Run, write: Write, kind: str, text: str, given: str
) -> None:
    ikmctl("add-event", "Workshop", "--kind", "workshop", "--starts-on", "11/10/2021")
    more = ("--event", "1") if given == "participants" else ()
    said = ikmctl(f"import-{given}", write("a.csv", text), *more, "--dry-run")
    pointed = f"This looks like a list of {kind}. To import it: ikmctl import-{kind} FILE"
    assert (pointed in said.text) == (kind != given), said.text
    assert said.text.count("This looks like") == (kind != given)


@pytest.mark.parametrize("own", ["businesses", "observations", "participants"])
def test_a_years_data_may_be_of_new_businesses_or_of_registered_ones(own: str) -> None:
    found = find_better_kind(DATA.partition("\n")[0].split(";"), own, {})
    assert found == ("businesses" if own == "participants" else "")


def test_a_years_data_of_registered_businesses_that_would_register_another_is_doubted(
    ikmctl: Run, write: Write
) -> None:
    for name in ("Rendang A", "Sanjai B"):
        ikmctl("add-business", name, "--owner", "Erna", "--kelurahan", "Tiakar")
    rows = [f"{name};Erna;Tiakar;2021;1;90.000.000" for name in ("Rendang A", "Sanjai B", "Sanjay C")]
    source = write("a.csv", "\n".join([DATA.partition("\n")[0], *rows]) + "\n")
    said = ikmctl("import-businesses", source, "--dry-run").out
    assert said.count("To import it: ikmctl import-observations FILE") == 1
    assert "looks like" not in ikmctl("import-observations", source, "--dry-run").out
    first = write("b.csv", "\n".join([DATA.partition("\n")[0], *rows[:2]]) + "\n")
    assert "looks like" not in ikmctl("import-businesses", first, "--dry-run").out


def test_a_register_that_says_a_little_of_events_stays_one() -> None:
    headings = [*BUSINESSES.partition("\n")[0].split(";"), "Pelatihan", "Tanggal", "Instansi"]
    assert find_better_kind(headings, "businesses", {}) == ""


def test_a_template_fits_its_own_command(ikmctl: Run) -> None:
    for kind in KINDS:
        headings = ikmctl("template", kind, "--format", "csv").out.partition("\n")[0].split(",")
        assert find_better_kind([each.strip() for each in headings], kind, {}) == "", kind


def test_a_list_of_people_without_their_event_is_no_register_to_take_for_one(ikmctl: Run, write: Write) -> None:
    said = ikmctl("import-participants", write("a.csv", BUSINESSES), "--yes")
    assert said.status == 3 and "ikmctl import-businesses FILE" in said.err


def test_machines_are_told_what_fits(ikmctl: Run, write: Write) -> None:
    source = write("a.csv", PEOPLE)
    [told] = ikmctl("import-businesses", source, "--dry-run", "--format", "json").data["files"]
    assert told["fits_better"] == "import-participants"
    [told] = ikmctl("import-businesses", write("b.csv", BUSINESSES), "--dry-run", "--format", "json").data["files"]
    assert told["fits_better"] is None


@pytest.mark.parametrize(
    ("command", "text", "more"),
    [
        ("import-sentra", SENTRA, ()),
        ("import-events", EVENTS, ()),
        ("import-participants", PEOPLE, ("--event", "1")),
        ("import-businesses", BUSINESSES, ()),
    ],
)
def test_a_file_that_was_imported_before_is_recognised(
    ikmctl: Run, write: Write, command: str, text: str, more: tuple[str, ...]
) -> None:
    ikmctl("add-event", "Workshop", "--kind", "workshop", "--starts-on", "11/10/2021")
    source = write("a.csv", text)
    assert "imported before" not in ikmctl(command, source, *more, "--dry-run").out
    change = ikmctl(command, source, *more, "--yes", "--format", "json").data["change"]
    again = ikmctl(command, source, *more, "--dry-run")
    assert f"This file was already imported, as change no. {change}." in again.out
    assert ikmctl(command, source, *more, "--yes").status == 0


def test_the_plan_shows_the_columns_of_the_file(ikmctl: Run, write: Write) -> None:
    source = write("a.csv", EVENTS + "Bazar;tari;1/11/2021;Aula;\n")
    plan = ikmctl("import-events", source, "--dry-run", "--format", "json").data["blocks"]["mapping"]["rows"]
    assert [each["heading"] for each in plan] == EVENTS.partition("\n")[0].split(";")
    assert ikmctl("import-events", source, "--yes", "--skip-rejected").status == 0
    rejected = source.with_name("a.rejected.csv").read_text(encoding="utf-8-sig")
    assert rejected.partition("\n")[0].strip() == EVENTS.partition("\n")[0] + ";problem"
    [event] = ikmctl("list-events", "--format", "json").data
    assert (event["starts_on"], event["ends_on"]) == ("2021-09-13", "2021-09-17")


STRANGE = (
    "Nama Usaha;Nama Pemilik;Kelurahan;Kecamatan;Cabang Industri;Kapasitas Produksi;Satuan;Tahun Data\n"
    "A;Erna;Gn. Bahagia;Payakumbuh Brat;makanann;5;karungan;2021\n"
    "B;Rina;Tiakarr;Payakumbuh Timur;zzz;4;pikul;2021\n"
    "C;Desi;Tiakarr;Payakumbuh Timur;zzz;4;pikul;2021\n"
)


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        (
            "en",
            ('kecamatan "Payakumbuh Brat" "Payakumbuh Barat"', 'sector "zzz" "NAME"', 'unit "karungan" "NAME"'),
        ),
        (
            "id",
            (
                'kecamatan "Payakumbuh Brat" "Payakumbuh Barat"',
                'cabang-industri "zzz" "NAMA"',
                'satuan "karungan" "NAMA"',
            ),
        ),
    ],
)
def test_unknown_words_come_with_the_command_that_teaches_them_once_a_kind(
    ikmctl: Run, write: Write, spoken: str, said: tuple[str, ...]
) -> None:
    plan = ikmctl("import-businesses", write("a.csv", STRANGE), "--dry-run", "--lang", spoken).out
    for command in (*said, 'kelurahan "Gn. Bahagia"'):
        assert plan.count(f"ikmctl alias {command}") == 1
    assert plan.count("ikmctl alias") == 4


def test_a_word_that_was_taught_is_no_riddle_any_more(ikmctl: Run, write: Write) -> None:
    for kind, word, meaning in (
        ("kelurahan", "Gn. Bahagia", "Tiakar"),
        ("kelurahan", "Tiakarr", "Tiakar"),
        ("kecamatan", "Payakumbuh Brat", "Payakumbuh Timur"),
        ("cabang-industri", "makanann", "pangan"),
        ("sector", "zzz", "pangan"),
        ("satuan", "karungan", "karung"),
        ("unit", "pikul", "pikul"),
    ):
        assert ikmctl("alias", kind, word, meaning).status == 0
    assert "ikmctl alias" not in ikmctl("import-businesses", write("a.csv", STRANGE), "--dry-run").out


def test_small_imports_tell_of_unknown_places_in_the_same_way(ikmctl: Run, write: Write) -> None:
    text = "Nama Sentra;Kelurahan\nA;Tiakarr\nB;Gn. Bahagia\nC;Gn. Bahagia\n"
    plan = ikmctl("import-sentra", write("a.csv", text), "--dry-run").out
    assert "is not a known kelurahan (did you mean Tiakar?); kept as written" in plan
    assert plan.count('ikmctl alias kelurahan "Tiakarr" "Tiakar"') == 1
    assert plan.count("ikmctl alias") == 1


def test_a_file_of_which_every_row_is_rejected_is_not_called_known(ikmctl: Run, tmp_path: Path) -> None:
    source = tmp_path / "data.csv"
    source.write_text("Nama Usaha,Pemilik,NIK\nA,Erna,123\n", encoding="utf-8")
    outcome = ikmctl("import-businesses", source, "--strict", "--skip-rejected", "--yes")
    assert "every row must be corrected" in outcome.err + outcome.out
    assert "already in the registry" not in outcome.err + outcome.out


def test_what_is_no_comparison_is_shown_one_that_can_be_typed(ikmctl: Run) -> None:
    outcome = ikmctl("list-businesses", "--where", "x", "--lang", "id")
    assert '--where "tenaga-kerja>=20"' in outcome.err
    assert ikmctl("list-businesses", "--where", "tenaga-kerja>=20").status == 0
