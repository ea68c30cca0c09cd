"""A registry in a temporary folder, and the whole program run on it."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from ikmctl import language, main

# What these need only some systems have: pipes, pseudo-terminals and limits of a process; of its memory on Linux alone;
# and gcc and LD_PRELOAD, for faults in what a process writes, on Linux alone.
collect_ignore: list[str] = []
if sys.platform == "win32":
    collect_ignore += ["file/test_full_disk.py", "output/test_output_files.py", "output/test_terminal.py"]
if sys.platform != "linux":
    collect_ignore += ["bad_input/test_memory.py", "torture"]

# Without a deadline: a slow machine is no fault of the code.
settings.register_profile("all", deadline=None)
settings.register_profile("few", deadline=None, max_examples=settings.get_profile("all").max_examples // 5)
settings.load_profile("few")  # unless `--hypothesis-profile all` says otherwise


def examples(number: int) -> int:
    """How many examples a slow property gets: this number with the profile `all`, a fifth of it with `few`."""
    return max(1, number * settings().max_examples // settings.get_profile("all").max_examples)


@dataclass(frozen=True)
class Outcome:
    """What a command did: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON on standard output."""
        return json.loads(self.out)

    @property
    def text(self) -> str:
        """All that was said."""
        return self.out + self.err


Run = Callable[..., Outcome]
Snapshot = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write what is found as what is expected")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """Holds a text against the file in which it was reviewed."""

    def check(path: Path, found: str) -> None:
        if request.config.getoption("--update-snapshots"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(found, encoding="utf-8", newline="\n")
        assert found == path.read_text(encoding="utf-8"), f"{path} differs; see pytest --update-snapshots"

    return check


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the machine the tests run on; English unless a test says otherwise."""
    for name in ("IKMCTL_DB", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IKMCTL_LANG", "en")
    monkeypatch.setenv("IKMCTL_USER", "officer")
    monkeypatch.chdir(tmp_path)
    language.set_language("en")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Where the registry is."""
    return tmp_path / "registry.db"


@pytest.fixture
def bare(db: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the registry's path, where there may be none yet."""

    def run(*arguments: object) -> Outcome:
        capfd.readouterr()
        status = main.run(["--db", str(db), *map(str, arguments)])
        captured = capfd.readouterr()
        return Outcome(status, captured.out, captured.err)

    return run


@pytest.fixture
def ikmctl(bare: Run) -> Run:
    """Runs a command on a registry of Payakumbuh that holds nothing yet."""
    assert bare("init", "--city", "13.76", "--office", "Disnakerin").status == 0
    return bare
