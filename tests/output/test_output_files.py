"""--output: what may be written over, what never, and that no half file is left."""

import csv
import os
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

import openpyxl
import pypdf
import pytest

from ikmctl.disk import OutputTarget, check_target
from tests.conftest import Run
from tests.output.test_terminal import Screen

FORMATS = ("csv", "tsv", "json", "ndjson", "md", "txt", "xlsx", "html", "pdf")


@pytest.fixture
def one(ikmctl: Run) -> Run:
    """A registry of one business."""
    ikmctl("add-business", "Rendang <b> #Erna", "--owner", "Erna Wati", "--registered-on", "2021-10-05")
    return ikmctl


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("command", ["list-businesses", "show-business 1", "summary 2021-10", "history", "status"])
def test_every_result_in_every_format(one: Run, tmp_path: Path, command: str, ending: str) -> None:
    target = tmp_path / "out" / f"result.{ending}"
    target.parent.mkdir()
    outcome = one(*command.split(), "--output", target)
    assert (outcome.status, outcome.out) == (0, ""), outcome.text
    written = list(target.parent.iterdir())
    assert written and all(path.stat().st_size for path in written)
    assert all(f"Written: {path}" in outcome.err for path in written)
    if command != "summary 2021-10" or ending not in ("csv", "tsv"):
        assert written == [target]


def test_lists_go_the_same_road(one: Run, tmp_path: Path) -> None:
    for ending in ("pdf", "xlsx", "html"):
        assert one("list-businesses", "--output", tmp_path / f"ikm.{ending}").status == 0
    page = (tmp_path / "ikm.html").read_text(encoding="utf-8")
    assert "List of businesses" in page and "Rendang &lt;b&gt; #Erna" in page
    text = pypdf.PdfReader(tmp_path / "ikm.pdf").pages[0].extract_text()
    assert "List of businesses" in text and "Rendang <b> #Erna" in text
    [sheet] = openpyxl.load_workbook(tmp_path / "ikm.xlsx").worksheets
    assert [cell.value for cell in sheet[1]][:3] == ["No.", "Name", "Owner"]
    assert [cell.value for cell in sheet[2]][:3] == [1, "Rendang <b> #Erna", "Erna Wati"]
    assert sheet.freeze_panes == "B2"


def test_personal_data_is_masked_on_paper_too(one: Run, tmp_path: Path) -> None:
    one("edit-business", "1", "--phone", "0812-0000-1234", "--email", "erna@contoh.id")
    one("list-businesses", "--columns", "name,phone,email", "--output", tmp_path / "l.xlsx")
    [sheet] = openpyxl.load_workbook(tmp_path / "l.xlsx").worksheets
    values = [cell.value for cell in sheet[2]]
    assert not any("0812-0000" in str(value) or "erna@" in str(value) for value in values)


def test_a_report_as_csv_is_a_file_for_each_table(one: Run, tmp_path: Path) -> None:
    assert one("summary", "2021-10", "--output", tmp_path / "report.csv").status == 0
    assert one("summary", "2021-10", "--format", "csv", "--output", f"{tmp_path / 'tables'}{os.sep}").status == 0
    blocks = one("summary", "2021-10", "--format", "json").data["blocks"]
    assert {path.name for path in (tmp_path / "tables").iterdir()} == {f"{name}.csv" for name in blocks}
    for name in blocks:
        beside, inside = tmp_path / f"report-{name}.csv", tmp_path / "tables" / f"{name}.csv"
        assert beside.read_bytes() == inside.read_bytes()
    with (tmp_path / "tables" / "movement.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == blocks["movement"]["columns"] and rows[-1][0] == "total"
    again = one("summary", "2021-10", "--format", "csv", "--output", tmp_path / "tables")
    assert again.status == 1 and "already exists" in again.err
    assert one("summary", "2021-10", "--format", "csv", "--output", tmp_path / "tables", "--yes").status == 0


def test_on_standard_output_tables_stand_under_each_other(one: Run) -> None:
    out = one("summary", "2021-10", "--format", "csv").out
    assert out.startswith("movement\r\n") or out.startswith("movement\n")
    assert "people_and_money" in out


def test_what_was_done_is_told_in_words_or_as_facts(one: Run, tmp_path: Path) -> None:
    for ending in ("txt", "md", "html"):
        assert one("add-business", f"Usaha {ending}", "--output", tmp_path / f"done.{ending}").status == 0
        assert f"Usaha {ending}" in (tmp_path / f"done.{ending}").read_text(encoding="utf-8")
    assert one("add-business", "Usaha csv", "--output", tmp_path / "done.csv").status == 0
    assert (tmp_path / "done.csv").read_text(encoding="utf-8-sig").startswith("number")


def test_a_workbook_needs_a_file(one: Run) -> None:
    for name in ("xlsx", "pdf"):
        outcome = one("summary", "2021-10", "--format", name)
        assert (outcome.status, outcome.out) == (2, "") and f"--output report.{name}" in outcome.err
    assert one("summary", "2021-10", "--format", "html").out.startswith("<!doctype html>")


def test_nothing_is_done_when_the_result_cannot_be_written(one: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "there.json").write_text("mine")
    for name, status, said in (
        ("there.json", 1, "already exists"), ("nowhere/x.json", 1, "its folder does not exist"), ("x.docx", 2, "docx"),
        ("aux.csv", 1, "Windows"), ("NUL.json", 1, "Windows"), ("com1.tar.json", 1, "Windows"),
        ("con .json", 1, "Windows"),
    ):  # fmt: skip
        outcome = one("add-business", "B", "--output", tmp_path / name)
        assert outcome.status == status and said in outcome.err, outcome.text
    assert len(one("list-businesses", "--format", "json").data) == 1
    assert (tmp_path / "there.json").read_text() == "mine"


def test_the_registry_is_never_written_over(one: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(db)
    (tmp_path / "hard.csv").hardlink_to(db)
    (tmp_path / "folder").mkdir()
    journal = Path(f"{db}-journal")
    journal.touch()
    (tmp_path / "journal.csv").symlink_to(journal)
    (tmp_path / "wal.csv").symlink_to(f"{db}-wal")
    before = db.read_bytes()
    names = (db, "link.csv", "hard.csv", journal, "journal.csv", "wal.csv", f"folder/../{db.name}")
    for name in names:
        outcome = one("list-businesses", "--format", "csv", "--output", tmp_path / name, "--yes")
        assert outcome.status == 1 and "the registry itself" in outcome.err, name
    assert db.read_bytes() == before


def test_what_is_no_ordinary_file_stays_what_it_is(one: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "null.csv").symlink_to("/dev/null")
    (tmp_path / "folder.json").mkdir()
    for name, said in (
        ("pipe.csv", "not a regular file"), ("null.csv", "not a regular file"), ("folder.json", "a folder"),
    ):  # fmt: skip
        outcome = one("list-businesses", "--output", tmp_path / name, "--yes")
        assert outcome.status == 1 and said in outcome.err, outcome.text
    assert Path("/dev/null").is_char_device()


def test_a_link_stays_a_link(one: Run, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    assert one("list-businesses", "--output", tmp_path / "link.csv", "--yes").status == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert "Rendang" in (tmp_path / "real.csv").read_text(encoding="utf-8-sig")


def test_a_name_that_is_too_long_is_said(one: Run, tmp_path: Path) -> None:
    outcome = one("list-businesses", "--output", tmp_path / ("x" * 300 + ".csv"))
    assert outcome.status == 1 and "the name is too long" in outcome.err and "Traceback" not in outcome.text


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "html", "pdf"])
def test_a_disk_that_fills_leaves_the_old_file(one: Run, db: Path, tmp_path: Path, ending: str) -> None:
    """The system lets no file grow beyond 2 KiB, as a full disk does."""
    target = tmp_path / "place" / f"list.{ending}"
    target.parent.mkdir()
    target.write_text("old")
    for number in range(60):
        one("add-business", f"Usaha dengan nama yang panjang nomor {number}")

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))

    command = [sys.executable, "-m", "ikmctl", "--db", db, "list-businesses", "--output", target, "--yes"]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, preexec_fn=small_disk)
    assert done.returncode == 1 and "the disk is full" in done.stderr, done.stderr
    assert target.read_text() == "old" and list(target.parent.iterdir()) == [target]


def test_a_disk_that_fills_replaces_none_of_several_files(one: Run, db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    assert one("summary", "2021-10", "--format", "csv", "--output", f"{folder}/").status == 0
    sizes = [each.stat().st_size for each in folder.iterdir()]
    limit = (min(sizes) + max(sizes)) // 2
    for each in folder.iterdir():
        each.write_text("old")

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [
        sys.executable,
        "-m",
        "ikmctl",
        "--db",
        db,
        "summary",
        "2021-10",
        "--format",
        "csv",
        "--output",
        f"{folder}/",
        "--yes",
    ]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, preexec_fn=small_disk)
    assert done.returncode == 1 and "the disk is full" in done.stderr, done.stderr
    assert len(sizes) > 5 and {each.read_text() for each in folder.iterdir()} == {"old"}
    assert len(list(folder.iterdir())) == len(sizes)


def test_an_existing_file_is_asked_about_once(one: Run, db: Path, tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.write_text("old")
    refused = Screen("--db", db, "list-businesses", "--output", target)
    refused.wait_for("Replace it? [y/N]")
    refused.type("n")
    assert refused.finish()[0] == 1 and target.read_text() == "old"
    agreed = Screen("--db", db, "list-businesses", "--output", target)
    agreed.wait_for("Replace it? [y/N]")
    agreed.type("y")
    assert agreed.finish()[0] == 0 and target.read_text(encoding="utf-8-sig").startswith("number")


def test_agreeing_once_is_enough(tmp_path: Path) -> None:
    asked: list[str] = []
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).touch()

    def agree(question: str) -> bool:
        asked.append(question)
        return True

    claimed = check_target(OutputTarget(tmp_path, agree=agree), [tmp_path / "a.csv", tmp_path / "b.csv"])
    assert claimed.replace and len(asked) == 1


def test_sentences_are_indonesian(one: Run, tmp_path: Path) -> None:
    outcome = one("list-businesses", "--output", tmp_path / "tidak ada" / "x.pdf", "--lang", "id")
    assert "foldernya tidak ada" in outcome.err
    one("summary", "2021-10", "--lang", "id", "--output", tmp_path / "laporan.pdf")
    text = pypdf.PdfReader(tmp_path / "laporan.pdf").pages[0].extract_text()
    assert "Ringkasan Oktober 2021" in text and "halaman 1 dari" in text


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_with_personal_data_is_readable_by_its_owner_only(one: Run, tmp_path: Path, ending: str) -> None:
    one("edit-business", "1", "--phone", "081374550001")
    written = tmp_path / f"ikm.{ending}"
    before = os.umask(0)
    try:
        assert one("show-business", "1", "--reveal", "--output", written).status == 0
        written.chmod(0o644)
        assert one("show-business", "1", "--reveal", "--output", written, "--yes").status == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
