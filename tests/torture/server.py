"""Runs commands in children forked from one process that has loaded the program, with faults in what they write.

`Server` starts this module in a process into which faults.c is preloaded, and asks it for one run after another. A child
costs a few milliseconds, where a new process would cost 300.
"""

import ctypes
import errno
import gc
import importlib
import json
import mmap
import os
import pkgutil
import resource
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

SOURCE = Path(__file__).with_name("faults.c")
ROOT = Path(__file__).parent.parent.parent
ACTIONS = ("count", "kill", "tear", "fail")
SECONDS = 60


@dataclass(frozen=True)
class Fault:
    """What happens at which operation that writes under the folder; see faults.c."""

    action: Literal["count", "kill", "tear", "fail"] = "count"
    at: int = 0
    error: int = 0
    for_ever: bool = False
    #: The largest file that the process may write, in bytes; it stands for a full disk without the library.
    largest_file: int | None = None
    #: A pragma that takes a promise away: `synchronous` or `journal_mode`, as a negative control.
    without: str = ""

    def __str__(self) -> str:
        how = f" {errno.errorcode[self.error]}{' for ever' if self.for_ever else ''}" if self.error else ""
        return f"{self.action}{how} at {self.at}" if self.at else f"files of at most {self.largest_file} bytes"


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit status (a signal as a negative number), what it said, how many operations it did."""

    status: int
    out: str
    err: str
    done: int


@dataclass
class Server:
    """The process that forks; `work` is a folder outside the ones that are watched."""

    work: Path
    process: "subprocess.Popen[bytes]" = field(init=False)

    def __enter__(self) -> "Server":
        self.work.mkdir(exist_ok=True)
        library = compile_library(self.work)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("IKMCTL", "LC_", "LANG"))},
            "LD_PRELOAD": str(library), "IKMCTL_LANG": "en", "IKMCTL_USER": "officer", "FAULTS": str(library),
            "PYTHONHASHSEED": "0",
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.server", str(self.work)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment,
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def run(
        self,
        arguments: Sequence[str],
        folder: Path,
        fault: Fault = Fault(),
        log: Path | None = None,
    ) -> Ended:
        """Run a command in a folder, which is also the one that is watched."""
        request = {"arguments": list(arguments), "folder": str(folder), "log": str(log or ""), **asdict(fault)}
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        return Ended(**json.loads(self.process.stdout.readline()))


@contextmanager
def room() -> Iterator[Path]:
    """An empty folder for many runs, in memory where the system has such a place; deleted at the end."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


def compile_library(folder: Path) -> Path:
    """Compile faults.c."""
    library = folder / f"faults-{os.getpid()}.so"
    subprocess.run(
        ["gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True
    )
    return library


def _serve(work: Path) -> None:
    for module in pkgutil.walk_packages(importlib.import_module("ikmctl").__path__, "ikmctl."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("babel", "rich", "sqlite_utils", "typer.main", "xlrd", "python_calamine", "xlsxwriter", "rapidfuzz"):
        importlib.import_module(name)
    list(importlib.import_module("ikmctl.reference.places").list_places("13.76"))
    os.environ.pop("LD_PRELOAD", None)
    library = ctypes.CDLL(os.environ["FAULTS"])
    library.faults_done.restype = ctypes.c_long
    gc.freeze()
    counter = mmap.mmap(-1, 8)
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            _be_child(request, library, counter, work)
        status = _wait(child)
        done = struct.unpack("q", counter[:8])[0]
        out, err = (work / name for name in ("out", "err"))
        answer = {
            "status": status,
            "out": out.read_text(encoding="utf-8"),
            "err": err.read_text(encoding="utf-8"),
            "done": done,
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _wait(child: int) -> int:
    """The exit status of a child, which is killed with another signal if it hangs."""
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGABRT))
    signal.alarm(SECONDS)
    _child, status = os.waitpid(child, 0)
    signal.alarm(0)
    return os.waitstatus_to_exitcode(status)


def _be_child(request: Mapping[str, Any], library: ctypes.CDLL, counter: mmap.mmap, work: Path) -> None:
    counter[:8] = bytes(8)
    for name, stream in (("out", sys.stdout), ("err", sys.stderr)):
        file = os.open(work / name, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        os.dup2(file, stream.fileno())
        os.close(file)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - closed with the process
    os.chdir(request["folder"])
    status = 70
    try:
        from ikmctl import main

        _take_away(request["without"])
        if request["largest_file"] is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (request["largest_file"],) * 2)
        library.faults_begin(
            request["folder"].encode(), ACTIONS.index(request["action"]), ctypes.c_long(request["at"]),
            request["error"], int(request["for_ever"]), request["log"].encode(),
        )  # fmt: skip
        status = main.run(request["arguments"])
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        counter[:8] = struct.pack("q", library.faults_done())
        os._exit(status)


def _take_away(pragma: str) -> None:
    """Open registries without one of the settings that make a change whole: negative controls."""

    class Careless(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            return super().execute(f"PRAGMA {pragma} = OFF" if sql.startswith(f"PRAGMA {pragma} =") else sql, *values)

    if pragma:
        sqlite3.connect = partial(sqlite3.connect, factory=Careless)  # type: ignore[assignment]


if __name__ == "__main__":
    time.tzset()
    _serve(Path(sys.argv[1]))
