"""Personal data: masked wherever they are, also in free text, and never told by a filter or an order (UU 27/2022)."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ikmctl.domain.values.mask_text import mask_text
from tests.conftest import Run

NIK, PHONE, NPWP, EMAIL = "1376994505800001", "081200001234", "012345678202000", "erna.wati@example.com"


@pytest.fixture
def erna(ikmctl: Run) -> Run:
    ikmctl(
        "add-business", "Rendang Uni Erna", "--owner", "Erna Wati", "--nik", NIK, "--phone", PHONE, "--npwp", NPWP,
        "--email", EMAIL, "--notes", f"NIK {NIK}, HP 0812-0000-1234, {EMAIL}; ikut pameran 12-03-2024",
    )  # fmt: skip
    return ikmctl


@pytest.mark.parametrize("option", [("--where", f"nik>={NIK}"), ("--where", "phone!=081200009999"), ("--sort", "npwp"),
                                    ("--sort", "name,-nik"), ("--sort", "notes"), ("--where", "notes>N")])  # fmt: skip
def test_a_filter_or_an_order_that_would_tell_personal_data_needs_reveal(erna: Run, option: tuple[str, str]) -> None:
    refused = erna("list-businesses", *option)
    assert (refused.status, refused.out) == (2, "")
    assert "would tell personal data digit by digit" in refused.err and "--reveal" in refused.err
    assert erna("list-businesses", *option, "--reveal", "--format", "json").data[0]["name"] == "Rendang Uni Erna"
    logged = erna("history", "--format", "json").data[0]
    assert logged["command"] == "list-businesses --reveal"


def test_a_whole_number_may_be_looked_for(erna: Run) -> None:
    for text in (f"nik={NIK}", "phone=0812 0000 1234", f"email={EMAIL}"):
        assert len(erna("list-businesses", "--where", text, "--format", "json").data) == 1
    assert erna("list-businesses", "--where", "nik=1376994505800002", "--format", "json").data == []


def test_numbers_of_people_in_notes_are_masked_in_every_output(erna: Run) -> None:
    commands = (("show-business", "1"), ("list-businesses", "--columns", "notes"), ("history", "--change", "1"))
    for command in commands:
        for form in ("table", "json", "csv", "markdown", "html"):
            text = erna(*command, "--format", form).text
            assert not [secret for secret in (NIK, "0812-0000-1234", EMAIL) if secret in text], (command, form)
    assert "ikut pameran 12-03-2024" in erna("show-business", "1").out
    assert erna("show-business", "1", "--reveal", "--format", "json").data["notes"].startswith(f"NIK {NIK}, HP 0812")


@pytest.mark.parametrize(
    "text",
    ["omzet Rp 1.500.000.000 per tahun", "buka 12-03-2024 s/d 15-03-2024", "NIB 9120001234567", "KBLI 10750, 13121",
     "Jl. Sudirman No. 12, RT 03 RW 04", "koordinat -0.2298123, 100.6309456", "2019/2020/2021", "kapasitas 0.125"],
)  # fmt: skip
def test_other_numbers_in_notes_stay(text: str) -> None:
    assert mask_text(text) == text


@pytest.mark.parametrize(
    "secret",
    ["1376994505800001", "1376 9945 0580 0001", "137699-450580-0001", "01.234.567.8-202.000", "012345678202000",
     "0812-0000-1234", "081200001234", "+62 812 0000 1234", "(0752) 92123", "0752-92123", "erna@example.co.id"],
)  # fmt: skip
def test_numbers_of_people_in_notes_are_found(secret: str) -> None:
    for text in (secret, f"HP: {secret}", f"hubungi {secret} (istri)", f"{secret}, rumah"):
        assert secret not in mask_text(text), text


def test_what_a_full_standard_output_hides_is_said_to_be_saved(erna: Run, db: Path) -> None:
    def to_full(*command: str) -> subprocess.CompletedProcess[str]:
        with open("/dev/full", "w", encoding="utf-8") as full:
            return subprocess.run(
                [sys.executable, "-m", "ikmctl", "--db", str(db), "--lang", "en", *command],
                stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            )  # fmt: skip

    changed = to_full("add-business", "Tenun Saiyo")
    assert changed.returncode == 1
    assert "The change is saved as no. 3" in changed.stderr and "Traceback" not in changed.stderr
    assert erna("list-businesses", "--format", "json").data[1]["name"] == "Tenun Saiyo"
    only_read = to_full("list-businesses")
    assert only_read.returncode == 1 and "saved" not in only_read.stderr


def test_what_a_killed_run_left_beside_its_target_is_deleted_by_the_next(erna: Run, tmp_path: Path) -> None:
    stale, fresh = tmp_path / ".ikmctl-old.part", tmp_path / ".ikmctl-new.part"
    folder = tmp_path / ".ikmctl-0a1b2c3d.part"
    folder.mkdir()
    for path in (stale, fresh, folder / "business.csv"):
        path.write_text(NIK, encoding="utf-8")
    for path in (stale, folder):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    assert erna("list-businesses", "--output", str(tmp_path / "list.csv")).status == 0
    assert not stale.exists() and not folder.exists()
    assert fresh.exists()  # another program may still be writing it


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (("alias", "heading", "a\x1bb", "name"), 3),
        (("list-businesses", "--sort", "-"), 0),
        (("list-businesses", "--columns", "   "), 0),
        (("list-businesses", "--columns", ","), 0),
    ],
)
def test_odd_words_are_no_internal_error(erna: Run, command: tuple[str, ...], status: int) -> None:
    outcome = erna(*command)
    assert outcome.status == status
    assert "inside ikmctl" not in outcome.err and "FROM" not in outcome.err


@pytest.mark.parametrize(("user", "stored"), [("x" * 100_000, "x" * 100), ("a\x1b[31mb", "a?[31mb"), ("  ", "?")])
def test_the_name_of_the_user_is_short_and_visible(
    ikmctl: Run, monkeypatch: pytest.MonkeyPatch, user: str, stored: str
) -> None:
    monkeypatch.setenv("IKMCTL_USER", user)
    ikmctl("add-business", "Tenun Saiyo")
    assert ikmctl("history", "--format", "json").data[0]["made_by"] == stored


def test_no_output_passes_characters_that_hide_others(ikmctl: Run, tmp_path: Path) -> None:
    odd = "Tenun\u200b \U000e0041\u202eSaiyo\x9b"
    for form in ("table", "json"):
        outcome = ikmctl("show-business", odd, "--format", form)
        assert outcome.status == 4
        assert not set(outcome.text) & {"\u200b", "\U000e0041", "\u202e", "\x9b"}, form
