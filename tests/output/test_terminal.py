"""At a real terminal: prompts, tables as wide as it is, interruption, a reader that leaves."""

import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from fcntl import ioctl
from pathlib import Path

import pytest

from tests.conftest import Run


class Screen:
    """A program running on a terminal of its own."""

    def __init__(
        self, *arguments: object, columns: int = 80, program: tuple[str, ...] = ("-m", "ikmctl"), **environment: str
    ) -> None:
        self._master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        base = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "IKMCTL_LANG": "en", "IKMCTL_USER": "officer"}
        self.process = subprocess.Popen(
            [sys.executable, *program, *map(str, arguments)],
            stdin=slave, stdout=slave, stderr=slave, env={**base, **environment}, start_new_session=True,
            # A shell without job control lets what it runs in the background ignore Ctrl+C; a terminal does not.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
        os.close(slave)
        self.seen = ""

    def wait_for(self, text: str, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while text not in self.seen:
            assert time.monotonic() < end, self.seen
            self._read()

    def type(self, line: str) -> None:
        os.write(self._master, line.encode() + b"\n")

    def finish(self) -> tuple[int, str]:
        while self._read():
            pass
        status = self.process.wait(timeout=20)
        os.close(self._master)
        return status, self.seen

    def _read(self) -> bool:
        if not select.select([self._master], [], [], 20)[0]:
            return False
        try:
            part = os.read(self._master, 65536)
        except OSError:
            return False
        self.seen += part.decode("utf-8", "replace")
        return bool(part)


def test_init_asks_and_checks_what_is_typed(db: Path) -> None:
    screen = Screen("--db", db, "init")
    screen.wait_for("id, en")
    screen.type("en")
    screen.wait_for("City")
    screen.type("Kota Pyakumbuh")
    screen.wait_for("Did you mean: Kota")
    screen.type("payakumbuh")
    screen.wait_for("Name of the office")
    screen.type("Disnakerin")
    status, seen = screen.finish()
    assert status == 0 and "Kota Payakumbuh" in seen


def test_an_empty_name_at_the_prompt_of_init_is_not_blamed_on_the_command_line(db: Path) -> None:
    screen = Screen("--db", db, "--lang", "en", "init", "--city", "13.76")
    screen.wait_for("Name of the office")
    screen.type("")
    screen.wait_for("The name is missing. Type it, or cancel with Ctrl+C.")
    screen.type("Disnakerin")
    status, seen = screen.finish()
    assert status == 0 and "command line" not in seen


@pytest.mark.parametrize("command", ["close-business", "show-business", "delete-business"])
def test_a_record_that_is_not_named_is_asked_for_until_there_is_one(ikmctl: Run, db: Path, command: str) -> None:
    ikmctl("add-business", "Tenun Saiyo")
    screen = Screen("--db", db, command)
    screen.wait_for("Number or name of the business: ")
    screen.type("")
    screen.wait_for("is missing")
    screen.type("Tenun Saio")
    screen.wait_for("Did you mean: “Tenun Saiyo”?")
    screen.type("Tenun Saiyo")
    status, seen = screen.finish()
    assert status == 0 and "command line" not in seen
    unnamed = ikmctl(command)
    assert unnamed.status == 2 and "RECORD is missing" in unnamed.err


def test_an_answer_that_is_neither_yes_nor_no_is_asked_again(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "ikm.csv"
    sheet.write_text("Nama Usaha,Nama Pemilik\nTenun,Des\n")
    screen = Screen("--db", db, "import-businesses", sheet)
    screen.wait_for("[y/N]")
    screen.type("perhaps")
    screen.wait_for("Answer y for yes, or n for no.")
    screen.type("ya")
    assert screen.finish()[0] == 0
    assert len(ikmctl("list-businesses", "--format", "json").data) == 1


def test_add_business_asks_for_what_is_missing(ikmctl: Run, db: Path) -> None:
    screen = Screen("--db", db, "add-business", "--sector", "pangan")
    screen.wait_for("Name")
    screen.type("Rendang Uni Erna")
    screen.wait_for("[y/N]")
    screen.type("y")
    screen.wait_for("Brand")
    for _ in range(50):
        screen.type("")
    status, seen = screen.finish()
    assert status == 0 and "Registered business no. 1" in seen, seen


def test_add_event_asks_for_days_which_may_be_a_range(ikmctl: Run, db: Path) -> None:
    screen = Screen("--db", db, "add-event", "Pelatihan", "--kind", "training")
    screen.wait_for("From")
    screen.type("32 September")
    screen.wait_for("is not a date")
    screen.type("13-17 September 2021")
    screen.wait_for("[y/N]")
    screen.type("n")
    assert screen.finish()[0] == 0
    event = ikmctl("show-event", "1", "--format", "json").data
    assert (event["starts_on"], event["ends_on"]) == ("2021-09-13", "2021-09-17")


def test_the_name_of_somebody_on_the_list_is_asked_about(ikmctl: Run, db: Path) -> None:
    ikmctl("add-event", "Pelatihan", "--kind", "training", "--starts-on", "13/9/2021")
    ikmctl("add-participants", "1", "--person", "Rina", "--organisation", "PKK")
    for answer, people in (("n", 1), ("y", 2)):
        screen = Screen("--db", db, "add-participants", "1", "--person", "RINA", columns=200)
        screen.wait_for("RINA is on the list (no. 1, PKK). Is this another person? [y/N]")
        screen.type(answer)
        assert screen.finish()[0] == (0 if answer == "y" else 1)
        assert len(ikmctl("show-event", "1", "--format", "json").data["attendance"]) == people


def test_a_business_like_one_that_is_there_is_added_only_if_the_officer_wants(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "Rendang Uni Erna", "--owner", "Erna Wati", "--kelurahan", "Tiakar")
    for name in ("Rendang Uni Ema", "Rendang Uni Erna"):  # alike, and the same
        like = ("add-business", name, "--owner", "Erna Wati", "--kelurahan", "Tiakar")
        refused = Screen("--db", db, *like, columns=200)
        refused.wait_for("Register another business all the same? [y/N]")
        refused.type("n")
        assert refused.finish()[0] == 1
        agreed = Screen("--db", db, *like, columns=200)
        agreed.wait_for("[y/N]")
        agreed.type("y")
        assert agreed.finish()[0] == 0
    assert len(ikmctl("list-businesses", "--format", "json").data) == 3


def test_merging_shows_both_businesses_before_it_asks(ikmctl: Run, db: Path) -> None:
    for phone in ("081200001234", "081374550001"):
        ikmctl("add-business", "Rendang Uni Erna", "--owner", "Erna Wati", "--phone", phone, "--yes")
    screen = Screen("--db", db, "merge-businesses", columns=160)
    screen.wait_for("Number or name of the business: ")
    screen.type("1")
    screen.wait_for("Number or name of the business: ")
    screen.type("2")
    screen.wait_for("into Rendang Uni Erna (no. 1)? No. 2 is deleted then. [y/N]")
    assert "0812-****-234 / 0813-****-001" in screen.seen
    screen.type("y")
    status, seen = screen.finish()
    assert status == 0 and "Merged Rendang Uni Erna (no. 2)" in seen


def test_a_name_given_is_enough(ikmctl: Run, db: Path) -> None:
    status, seen = Screen("--db", db, "add-business", "Tenun Saiyo").finish()
    assert status == 0 and "Registered business no. 1" in seen


def test_import_shows_the_plan_and_asks(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "ikm.csv"
    sheet.write_text("Nama Usaha,Nama Pemilik\nTenun,Des\nSanjai,Lina\n")
    refused = Screen("--db", db, "import-businesses", sheet)
    refused.wait_for("Import 2 businesses? [y/N]")
    refused.type("n")
    status, seen = refused.finish()
    assert status == 1 and "nothing was changed" in seen
    agreed = Screen("--db", db, "import-businesses", sheet)
    agreed.wait_for("Import 2 businesses? [y/N]")
    agreed.type("y")
    assert agreed.finish()[0] == 0
    assert len(ikmctl("list-businesses", "--format", "json").data) == 2


def test_an_import_asks_in_the_officers_words_and_doubts_what_fits_another_command(
    ikmctl: Run, db: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "ikm.csv"
    sheet.write_text("Nama Usaha,Nama Pemilik,Kelurahan,Merek\nTenun,Des,Tiakar,Lama\n")
    assert ikmctl("import-businesses", sheet, "--yes").status == 0
    sheet.write_text("Nama Usaha,Nama Pemilik,Kelurahan,Merek\nTenun,Des,Tiakar,Baru\n")
    screen = Screen("--db", db, "import-businesses", sheet, IKMCTL_LANG="id")
    screen.wait_for("perbarui, lewati, baru")
    screen.type("ganti")
    screen.wait_for("“ganti” bukan jawaban yang sah. Pilih salah satu: perbarui, lewati, baru")
    screen.type("Perbarui")
    screen.wait_for("Impor 1 usaha? [y/T]")
    screen.type("y")
    assert screen.finish()[0] == 0
    assert ikmctl("list-businesses", "--columns", "brand", "--format", "json").data == [{"brand": "Baru"}]
    sheet.write_text("Nama,L/P,Jabatan,Instansi\nRina Wati,P,Kepala Bidang,Disnakerin\n")
    doubting = Screen("--db", db, "import-businesses", sheet, columns=120, IKMCTL_LANG="id")
    doubting.wait_for("ikmctl import-participants BERKAS. Impor 1 usaha? [y/T]")
    doubting.type("t")
    assert doubting.finish()[0] == 1


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_tables_fit_the_terminal_and_leave_nothing_out(ikmctl: Run, db: Path, columns: int) -> None:
    ikmctl("add-business", "A", "--investment", "999 miliar", "--registered-on", "2021-10-01", "--sector", "food")
    ikmctl("add-event", "Workshop", "--kind", "workshop", "--starts-on", "2021-10-02", "--venue", "Aula " * 20)
    status, seen = Screen("--db", db, "summary", "2021-10", columns=columns, NO_COLOR="1").finish()
    assert status == 0
    import re

    plain = re.sub(r"\x1b\[[0-9;]*m", "", seen)
    assert max(len(line.rstrip()) for line in plain.splitlines()) <= columns
    assert "Rp 999,000,000,000" in plain  # never folded or cut
    for heading in ("Reported women", "Businesses reached", "Sex unknown", "Value added: no value", "Unclassified"):
        assert set(heading.split()) <= set(re.split(r"[\s,.]+", plain)), heading  # headings are folded


def test_markup_and_escapes_are_shown_not_obeyed(ikmctl: Run, db: Path) -> None:
    import sqlite3

    other = sqlite3.connect(db)
    other.execute(
        "INSERT INTO business (name, owner) VALUES ('PT [/] Maju [red]x[/red] :smile:', 'a\x1b]52;c;x\x07\u202eb')"
    )
    other.execute("INSERT INTO activity (business_id, opened_on) VALUES (1, '2021-01-01')")
    other.commit()
    other.close()
    status, seen = Screen("--db", db, "list-businesses", columns=160).finish()
    assert status == 0
    assert "PT [/] Maju [red]x[/red] :smile:" in seen
    assert "\x1b]52" not in seen and "\u202e" not in seen and "\\x1b]52" in seen


def test_ctrl_c_is_said_and_leaves_nothing(ikmctl: Run, db: Path) -> None:
    screen = Screen("--db", db, "add-business")
    screen.wait_for("Name")
    screen.process.send_signal(signal.SIGINT)
    status, seen = screen.finish()
    assert status == 130 and "Interrupted" in seen and "Traceback" not in seen
    assert ikmctl("list-businesses", "--format", "json").data == []


def test_a_reader_that_leaves_is_no_error(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "ikm.csv"
    sheet.write_text("Nama Usaha\n" + "".join(f"Usaha nomor {number}\n" for number in range(5000)))
    ikmctl("import-businesses", sheet, "--yes", "-q")
    command = f'"{sys.executable}" -m ikmctl --db "{db}" list-businesses --format csv | head -1'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (
        0,
        "number,name,owner,kelurahan,sector,workers_total",
        "",
    )


def test_a_dumb_terminal_gets_plain_text(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "A")
    _status, seen = Screen("--db", db, "list-businesses", TERM="dumb").finish()
    assert "\x1b" not in seen and "No." in seen


LONG_WORK = """
import time
from ikmctl.output.prompt import find_terminal
terminal = find_terminal()
if terminal is None:
    print("nobody watches")
else:
    with terminal.progress() as tell:
        tell(1_000, 4_000)
        print("nothing yet", flush=True)
        time.sleep(1.1)
        tell(2_000, 4_000)
        time.sleep(0.3)
    print("done")
"""


def test_work_over_a_second_shows_how_far_it_has_come_and_only_on_a_terminal() -> None:
    screen = Screen(program=("-c", LONG_WORK))
    screen.wait_for("nothing yet")
    assert "rows a second" not in screen.seen
    screen.wait_for("rows a second")
    assert screen.finish()[0] == 0 and "50 %" in screen.seen
    piped = subprocess.run([sys.executable, "-c", LONG_WORK], capture_output=True, text=True, check=True)
    assert (piped.stdout, piped.stderr) == ("nobody watches\n", "")


def test_sentences_are_folded_between_words_and_commands_stay_whole(db: Path) -> None:
    for arguments in (("status",), ("--help",), ("add-business", "--help"), ("list-businesses", "--help")):
        _status, seen = Screen("--db", db, *arguments, columns=60, IKMCTL_LANG="id").finish()
        for line in seen.replace("\r", "").split("\n"):
            assert len(line) <= 60 or "ikmctl " in line or max(map(len, line.split())) > 30, line
    assert "  ikmctl add-business" in seen or "  ikmctl list-businesses" in seen


def test_answers_are_asked_and_given_in_the_officers_language(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    ikmctl("add-business", "Tenun Saiyo", "--owner", "Des", "--kelurahan", "Tiakar")
    listed = tmp_path / "a.csv"
    listed.write_text("Nama Usaha,Nama Pemilik,Kelurahan,Merek\nTenun Saiyo,Des,Tiakar,Saiyo\n", encoding="utf-8")
    screen = Screen("--db", db, "import-businesses", listed, IKMCTL_LANG="id", columns=100)
    screen.wait_for("[lewati]")
    screen.type("perbarui")
    screen.wait_for("[y/T]")
    screen.type("ya")
    assert screen.finish()[0] == 0
    assert ikmctl("show-business", "1", "--format", "json").data["brand"] == "Saiyo"


def test_an_import_asks_what_its_file_leaves_open(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    path = tmp_path / "ikm.csv"
    path.write_text(
        "DATA IKM TAHUN 2021;;;\nNama Usaha;Pemilik;Omzet;Kode KBLI\nBordir;Des;28.000;14302\n-;-;12.000;13121\n",
        encoding="utf-8",
    )
    screen = Screen("--db", db, "import-businesses", path, columns=200)
    for question, answers in (
        ("Which unit?", ("ribuan kg", "thousand")),
        ("Which year is it? [2021]", ("",)),
        ("Which edition is it?", ("2020",)),
        ("Leave out the rejected rows (1) and import the others (1)?", ("y",)),
    ):
        screen.wait_for(question)
        for answer in answers:
            screen.type(answer)
    status, seen = screen.finish()
    assert status == 0, seen
    assert "Imported: 1 new" in seen and "Decide with" not in seen
    shown = ikmctl("show-business", "1", "--format", "json").data
    assert (shown["production_value"], shown["data_year"], shown["kbli"]) == (28_000_000, "2021", "14302")
    assert (tmp_path / "ikm.rejected.csv").exists()


def test_a_split_of_the_kbli_is_asked_with_its_candidates(ikmctl: Run, db: Path) -> None:
    for name, code in (("Tenun Saiyo", "13121"), ("Batik Bu Sri", "13134")):
        ikmctl("add-business", name, "--kbli", code, "--registered-on", "2021-10-11")
    screen = Screen("--db", db, "convert-kbli")
    screen.wait_for("13122")
    screen.wait_for("Press Enter")
    screen.type("14999")
    screen.wait_for("KBLI 2025 has no code “14999”.")
    screen.type("13122")
    screen.wait_for("13133")
    screen.type("")
    screen.wait_for("Convert 1 code to KBLI 2025? [y/N]")
    screen.type("y")
    status, seen = screen.finish()
    assert status == 0 and "Converted 1 code of 1 business to KBLI 2025." in " ".join(seen.split())
    assert ikmctl("show-business", "1", "--format", "json").data["kbli"] == "13122"
    assert ikmctl("show-business", "2", "--format", "json").data["kbli"] == "13134"


def test_events_of_a_list_of_participants_are_created_when_agreed(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    listed = tmp_path / "hadir.csv"
    listed.write_text(
        "Nama Peserta;Kegiatan;Tanggal\nAni;Temu Usaha;2/5/2024\nBudi;Bimtek;3/5/2024\n", encoding="utf-8"
    )
    refused = Screen("--db", db, "import-participants", listed, columns=200)
    refused.wait_for("2 events are not registered: Temu Usaha (2024-05-02, 1 participant); Bimtek (2024-05-03, 1 part")
    refused.type("n")
    refused.wait_for("Write the 2 rejected rows to a file?")
    refused.type("n")
    assert refused.finish()[0] == 1
    agreed = Screen("--db", db, "import-participants", listed, columns=200)
    agreed.wait_for("Create them? [y/N]")
    agreed.type("y")
    agreed.wait_for("“Temu Usaha” does not say")
    agreed.type("exhibition")
    agreed.wait_for("Import 2 rows as participant?")
    agreed.type("y")
    status, seen = agreed.finish()
    assert status == 0 and "Created: 2 events." in seen
    assert len(ikmctl("list-events", "--format", "json").data) == 2


def test_undo_asks_and_names_whose_change_it_is(ikmctl: Run, db: Path) -> None:
    ikmctl("add-business", "Tenun Saiyo")
    for user, question, answer, left in (
        ("sri", "This change was made by officer. Undo it?", "n", 1),
        ("officer", "Undo this change?", "y", 0),
    ):
        screen = Screen("--db", db, "undo", IKMCTL_USER=user)
        screen.wait_for(question)
        screen.type(answer)
        screen.finish()
        assert len(ikmctl("list-businesses", "--format", "json").data) == left
    screen = Screen("--db", db, "undo", "--yes", "3")
    assert screen.finish()[0] == 0
