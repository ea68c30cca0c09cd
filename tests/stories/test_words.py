"""Options that take one of a closed set of words: the code or the label, in either language, however it is typed."""

import json
import re
import shlex
from pathlib import Path

import pytest

from ikmctl import language
from ikmctl.actions.exchange import compare
from ikmctl.actions.imports import alias_kinds, template
from ikmctl.actions.reports import indicators, quality, summary
from ikmctl.commands.catalogue import COMMANDS
from ikmctl.domain.choices import (
    ALL,
    ASK,
    DECISIONS,
    EVENT_KINDS,
    MONEY_UNITS,
    ROLES,
    Choice,
    parse_choice,
    spellings,
    words,
)
from ikmctl.domain.entities import BUSINESS, EVENT, PARTICIPANT, SENTRA
from ikmctl.domain.keys import key
from ikmctl.errors import UnknownWord
from tests.conftest import Run

LISTS: dict[str, tuple[Choice, ...]] = {
    "parts": summary.PARTS,
    "breakdowns": summary.BREAKDOWNS,
    "indicators": indicators.CHOICES,
    "quality": quality.CHOICES,
    "values to confirm": quality.CONFIRMABLE,
    "tables": compare.TABLES,
    "templates": template.CHOICES,
    "aliases": alias_kinds.CHOICES,
    "decisions": (ASK, *DECISIONS),
    "money": MONEY_UNITS,
    "all": (ALL,),
    "kinds": tuple(each.choice for each in (BUSINESS, SENTRA, EVENT)),
    **{
        f"columns of {each.plural}": tuple(field.choice for field in each.fields)
        for each in (BUSINESS, SENTRA, EVENT, PARTICIPANT)
    },
}


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("of", LISTS.values(), ids=LISTS)
def test_every_word_that_is_offered_in_any_language_is_taken_in_every_language(
    of: tuple[Choice, ...], spoken: str
) -> None:
    typed = []
    for offered in language.LANGUAGES:
        language.set_language(offered)
        typed += [(word, each.code) for each, word in zip(of, words(of), strict=True)]
        typed += [(str(each), each.code) for each in of]
    language.set_language(spoken)
    for word, code in [*typed, *((each.code, each.code) for each in of)]:
        for variant in (word, word.upper(), word.lower(), word.replace("-", " "), word.replace(" ", "-")):
            assert parse_choice(variant, of, UnknownWord) == code, variant


@pytest.mark.parametrize("of", LISTS.values(), ids=LISTS)
def test_what_is_offered_needs_no_quotes_on_a_command_line(of: tuple[Choice, ...]) -> None:
    for offered in language.LANGUAGES:
        language.set_language(offered)
        assert not [word for word in words(of) if set(word) & set(" ,;|&()<>*?'\"$`\\")]


def test_a_report_is_asked_for_in_the_officers_words(ikmctl: Run) -> None:
    ikmctl("add-business", "Rendang Uni Erna", "--kecamatan", "Payakumbuh Timur", "--registered-on", "1/10/2021")
    codes = ikmctl("summary", "2021-10", "--by", "form", "--only", "people_and_money", "--format", "json")
    for spoken in language.LANGUAGES:
        for by, only in (("Bentuk usaha", "TENAGA-KERJA-DAN-NILAI"), ("legal-form", "workers and money")):
            said = ("--by", by, "--only", only, "--format", "json", "--lang", spoken)
            found = ikmctl("summary", "2021-10", *said)
            assert found.data["blocks"] == codes.data["blocks"], found.text


def test_a_list_is_asked_for_in_the_officers_words(ikmctl: Run) -> None:
    ikmctl("add-business", "A", "--owner", "Erna", "--workers-total", "3", "--nib", "1234567890123")
    ikmctl("add-business", "B", "--owner", "Rina", "--workers-total", "7")
    codes = ikmctl(
        "list-businesses", "--columns", "name,workers_total", "--sort", "-workers_total", "--where", "workers_total>2",
        "--missing", "nib", "--status", "all", "--format", "json",
    )  # fmt: skip
    words = ikmctl(
        "list-businesses", "--columns", "nama,Tenaga kerja", "--sort", "-tenaga-kerja", "--where", "tenaga kerja > 2",
        "--missing", "No. NIB", "--status", "SEMUA", "--format", "json",
    )  # fmt: skip
    assert words.data == codes.data == [{"name": "B", "workers_total": 7}]


def test_a_refusal_offers_words_of_the_language_in_use(ikmctl: Run) -> None:
    said = ikmctl("summary", "2021-10", "--only", "kegiatn", "--lang", "id")
    assert said.status == 2
    assert "Maksudnya: Kegiatan? Bagiannya: Mutasi-IKM, Tenaga-kerja-dan-nilai" in said.err
    said = ikmctl("summary", "2021-10", "--only", "evnts")
    assert "Did you mean: events? Its parts are: movement, people_and_money" in said.err
    said = ikmctl("template", "formulir", "--lang", "id")
    assert said.status == 2 and "usaha, data-perkembangan, sentra, kegiatan, peserta" in said.err
    said = ikmctl("history", "--kind", "orang", "--format", "json", "--lang", "id")
    assert json.loads(said.err or said.out)["error"]["code"] == "unknown-word"
    said = ikmctl("import-businesses", "x.csv", "--on-duplicate", "ganti", "--lang", "id")
    assert "tanyakan, perbarui, lewati, baru" in said.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("summary", "Mutasi-IKM, Tenaga-kerja-dan-nilai"),
        ("template", "usaha, data-perkembangan"),
        ("alias", "judul-kolom, cabang-industri"),
        ("compare", "Indikator, Per-1.000-usaha"),
        ("set-target", "Pendaftaran-baru, IKM-tutup"),
        ("import-businesses", "tanyakan, perbarui, lewati, baru"),
        ("list-businesses", "aktif, tutup, semua"),
        ("history", "usaha, sentra, kegiatan"),
        ("set", "kop-surat"),
    ],
)
def test_help_names_the_words_there_are(ikmctl: Run, command: str, said: str) -> None:
    assert said in " ".join(ikmctl(command, "--help", "--lang", "id").out.replace("-\n", "-").split()).replace(
        "- ", "-"
    )


def test_aliases_are_taught_and_listed_in_the_officers_words(ikmctl: Run) -> None:
    assert ikmctl("alias", "judul-kolom", "Nm Usaha", "Nama Usaha", "--lang", "id").status == 0
    assert ikmctl("alias", "Satuan Uang", "Modal", "ribuan").status == 0
    assert ikmctl("alias", "bentuk-usaha", "Poktan", "kelompok usaha").status == 0
    rows = ikmctl("list-aliases", "--format", "json").data
    assert {(each["kind"], each["meaning"]) for each in rows} == {
        ("heading", "name"), ("money-unit", "thousand"), ("form", "group")
    }  # fmt: skip
    shown = ikmctl("list-aliases", "--lang", "id").out
    for said in ("judul kolom", "Nama", "satuan uang", "ribuan", "bentuk usaha", "kelompok usaha"):
        assert said in shown
    assert ikmctl("remove-alias", "judul kolom", "Nm Usaha").status == 0


def test_an_import_is_told_in_the_officers_words(ikmctl: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("Nm;Pemilik;Desa;Modal;Tahun Data\nA;Erna;Tiakar;5.000;2021\n", encoding="utf-8")
    said = ("--map", "Nm=Nama Usaha", "--map", "modal=investasi", "--money-unit", "Ribuan", "--yes")
    assert ikmctl("import-businesses", source, *said).status == 0
    assert ikmctl("list-businesses", "--columns", "investasi", "--format", "json").data == [{"investment": 5_000_000}]
    source.write_text("Nm;Pemilik;Desa;Modal;Tahun Data\nA;Erna;Tiakar;6.000;2021\n", encoding="utf-8")
    assert ikmctl("import-businesses", source, "--on-duplicate", "perbarui", "--yes").status == 0
    assert ikmctl("list-businesses", "--columns", "investment", "--format", "json").data == [{"investment": 6_000_000}]


def test_examples_say_the_same_in_both_languages() -> None:
    """What differs between an example and its translation are words of a closed list, of one meaning."""
    known = [spellings(of) for of in (*LISTS.values(), EVENT_KINDS, ROLES)]
    translated = 0
    for example in (each for command in COMMANDS.values() for each in command.examples):
        said = language.in_every_language([example])[example]
        translated += said["en"] != said["id"]
        pairs = zip(*(re.split("[,= ]", " ".join(shlex.split(said[code]))) for code in ("en", "id")), strict=True)
        for one, other in (pair for pair in pairs if pair[0] != pair[1]):
            assert any(of.get(key(one)) and of.get(key(one)) == of.get(key(other)) for of in known), (one, other)
    assert translated > 5


def test_a_city_of_the_demo_may_be_named(bare: Run, db: Path) -> None:
    assert bare("demo", "--city", "Padang").status == 2
    assert "Bukittinggi" in bare("demo", "--city", "bukittinggi").text
    assert db.exists()
