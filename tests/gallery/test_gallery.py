"""Faulty files with the exact message each gets, kept as pages that a person reads."""

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.bad_input.case import FILE, Case
from tests.bad_input.files import FILES
from tests.bad_input.test_bad_input import DATES, KEYS, NEXT_YEAR, NUMBERS, TEXT, Office
from tests.bad_input.workbooks import WORKBOOKS
from tests.conftest import Snapshot

PAGES: dict[str, Sequence[Case]] = {
    "files": FILES, "workbooks": WORKBOOKS, "texts": TEXT, "numbers": NUMBERS, "dates": DATES, "keys": KEYS,
}  # fmt: skip
LONGEST = 300


def shown(data: str | bytes) -> str:
    """The file as it reads, what is no text escaped."""
    text = data if isinstance(data, str) else data.decode("latin-1")
    if isinstance(data, bytes) and data.startswith((b"PK", b"\xd0\xcf")):
        return "(a workbook)"  # its bytes hold the time at which it was made
    lines = [json.dumps(line)[1:-1].replace('\\"', '"') for line in text[:LONGEST].replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).rstrip("\n") + (" …" if len(text) > LONGEST else "")


def message(office: Office, case: Case) -> str:
    """What is said about what is wrong."""
    path = Path(office.file(case.data, case.ending)).name
    outcome = office.run(*(path if word == FILE else word for word in case.command))
    assert outcome.status == case.status
    said = outcome.err.replace(f"{office.folder}/", "")
    for title in ("Cells that cannot be read", "To correct"):
        if title in said:
            return title + said.partition(title)[2]
    return said


@pytest.mark.parametrize("page", PAGES)
def test_what_each_faulty_file_gets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], snapshot: Snapshot, page: str
) -> None:
    parts = [f"# Faulty {page}, and what is said\n"]
    for case in PAGES[page]:
        if not (case.status == 3 or case.set_aside) or case.command[0] != "import-businesses":
            continue
        folder = tmp_path / str(len(parts))
        folder.mkdir()
        office = Office(folder, capsys)
        for step in case.before:
            office.do(step)
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.chdir(folder)
            said = message(office, case)
        options = json.dumps(" ".join(case.command[1:]))[1:-1].replace(FILE, f"ikm.{case.ending}")
        name = case.id.encode("unicode_escape").decode()
        parts.append(
            f"## {name}\n\n```\n{shown(case.data)}\n```\n\n`import-businesses {options}`\n\n```\n{said.strip()}\n```\n"
        )
    text = "\n".join(parts)
    today = date.today()
    for found, words in (
        (f"{today}", "(today)"),
        (f"{today:%Y-%m}", "(this month)"),
        (f"({today.year}:", "(this year:"),
    ):
        text = text.replace(found, words)
    for ahead, words in ((1, "the year after next"), (0, "next year")):
        text = re.sub(rf"(?<!\\u){NEXT_YEAR + ahead}", f"({words})", text)  # a \\u2028 is no year
    snapshot(Path(__file__).parent / f"{page}.md", "\n".join(line.rstrip() for line in text.split("\n")))
