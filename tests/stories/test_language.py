"""Indonesian or English, whole."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ikmctl import language
from ikmctl.commands.catalogue import COMMANDS
from ikmctl.domain.entities import ENTITIES
from ikmctl.domain.keys import key
from tests.conftest import Run

ENGLISH = re.compile(r"\b(the|of|with|which|not|what|is|are|how|give|take|Usage|Options|Error|Missing|Invalid)\b")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_of_every_command_is_whole_in_both_languages(bare: Run, command: str) -> None:
    for code in ("id", "en"):
        page = bare(command, "--help", "--lang", code)
        assert page.status == 0
        assert f"ikmctl {command}" in page.out
    page = bare(command, "-h", "--lang", "id")
    prose = re.sub(r"“[^”]*”|'[^']*'|\"[^\"]*\"|ikmctl \S.*|--[\w-]+( [A-Z|a-z-]+)?|(?<=misalnya ).*", "", page.out)
    assert not ENGLISH.findall(prose), prose


def test_the_overview_names_every_command(bare: Run) -> None:
    page = bare("--help").out
    assert [name for name in COMMANDS if f"  {name} " not in page] == []
    assert bare().out == page


def test_the_registry_remembers_its_language(db: Path, bare: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IKMCTL_LANG")
    assert "dibuat" in bare("init", "--city", "13.76", "--office", "X").out  # Indonesian unless told otherwise
    assert "Terdaftar sebagai usaha no. 1: A." in bare("add-business", "A").out
    assert "Registered" in bare("add-business", "B", "--lang", "en").out
    monkeypatch.setenv("IKMCTL_LANG", "en")
    assert "Registered" in bare("add-business", "C").out
    monkeypatch.delenv("IKMCTL_LANG")
    bare("init", "--city", "13.76", "--office", "X", "--lang", "en", "--db", db.with_name("en.db"))
    assert "Registered" in bare("add-business", "A", "--db", db.with_name("en.db")).out


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("show-business", "tak ada"), 4, "Tidak ada usaha dengan nomor atau nama"),
        (("add-business", "X", "--nib", "12"), 3, "NIB terdiri atas 13 angka"),
        (("add-business", "X", "--warna", "merah"), 2, "Tidak ada opsi --warna"),
        (("add-business", "X", "--owner"), 2, "--owner belum diberi isi"),
        (("show-business",), 2, "belum diisi"),
        (("daftar",), 2, "Tidak ada perintah"),
        (("list-businesses", "--db"), 2, "--db belum diberi isi"),
    ],
)
def test_errors_in_indonesian(ikmctl: Run, arguments: tuple[str, ...], status: int, said: str) -> None:
    outcome = ikmctl("--lang", "id", *arguments)
    assert outcome.status == status
    assert said in outcome.err
    assert not ENGLISH.search(outcome.err.replace("ikmctl", ""))


def test_numbers_and_report_by_language(ikmctl: Run) -> None:
    ikmctl("add-business", "A", "--investment", "28 juta", "--registered-on", "2021-10-01", "--sector", "food")
    assert "Rp 28.000.000" in ikmctl("summary", "2021-10", "--lang", "id").out
    assert "Ringkasan Oktober 2021" in ikmctl("summary", "2021-10", "--lang", "id").out
    assert "Rp 28,000,000" in ikmctl("summary", "2021-10").out
    same = [ikmctl("summary", "2021-10", "--format", "json", "--lang", code).data for code in ("id", "en")]
    assert same[0] == same[1]  # machines get one language


def test_every_label_is_translated() -> None:
    language.set_language("id")
    same = {"No.", "NIK", "NIB", "NPWP", "KBLI", "Email", "Kelurahan", "Kecamatan", "Sentra", "Status", "Extra"}
    for entity in ENTITIES.values():
        for field in entity.fields:
            assert field.title != field.label or field.label in same, field.label
            for choice in field.kind.choices:
                assert key(str(choice)), choice


def test_output_that_cannot_be_written_in_the_systems_code_page_does_not_crash(db: Path, ikmctl: Run) -> None:
    ikmctl("add-business", "Café “Uni” → 工房")
    done = subprocess.run(
        [sys.executable, "-m", "ikmctl", "--db", str(db), "list-businesses"],
        capture_output=True, env={"PYTHONIOENCODING": "cp1252", "IKMCTL_LANG": "en"},
    )  # fmt: skip
    assert done.returncode == 0
    assert "Café “Uni” → 工房" in done.stdout.decode("utf-8")


def test_what_stands_for_a_value_in_help_is_in_the_officers_language(bare: Run) -> None:
    said = "\n".join(bare(command, "--help", "--lang", "id").out for command in COMMANDS)
    placeholders = set(re.findall(r"(?m)^  (?:-\w, )?--[\w-]+ ([A-Z…|-]+)", said)) | set(
        re.findall(r"\[([A-Z…]+)\]", said)
    )
    english = {"NAME", "TEXT", "DATE", "FILE", "YEAR", "NUMBER", "PERIOD", "MONEY", "COUNT", "GENDER", "SECTOR", "WORD"}
    assert placeholders and not placeholders & english
    assert "laki-laki, perempuan" in said and "perorangan, kelompok-usaha" in said


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("add-business", "Anyaman", "Pandan"), 2, "berlebih: Pandan."),
        (("add-business", "Anyaman", "Pandan", "Sari"), 2, "berlebih: Pandan Sari."),
        (("add-business", "X", "--owner"), 2, "ikmctl add-business --help"),
        (("close-business", "1"), 3, "ikmctl reopen-business 1"),
        (("compare", "tidak-ada.db"), 3, "berkas itu tidak ada"),
        (("add-business", "X", "--kbli", "rendang"), 3, "ikmctl list-kbli"),
        (("import-participants", "hadir.csv", "--event", "9"), 4, "Tidak ada kegiatan dengan nomor atau nama “9”"),
        (("import-participants", "hadir.csv"), 3, "--event"),
    ],
)
def test_every_way_out_leads_somewhere(
    ikmctl: Run, tmp_path: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    (tmp_path / "hadir.csv").write_text("Nama Peserta,L/P\nRina,P\nAni,P\n", encoding="utf-8")
    ikmctl("add-business", "Tutup Saja")
    ikmctl("close-business", "1")
    outcome = ikmctl(*arguments, "--lang", "id")
    assert outcome.status == status and said in outcome.err
    assert outcome.err.count("\n") == 2  # once, whatever the number of rows


def test_a_column_may_be_called_as_it_is_shown(ikmctl: Run) -> None:
    ikmctl("add-business", "Tenun Saiyo", "--owner", "Des")
    shown = ikmctl("list-businesses", "--columns", "Nama,Pemilik", "--sort", "pemilik", "--lang", "id")
    assert shown.status == 0 and shown.out.split() == ["Nama", "Pemilik", "Tenun", "Saiyo", "Des"]
