"""The commands that README and the pages of docs/ show print what these pages show."""

from pathlib import Path

import pytest

from tools import docs

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("page", docs.WITH_TRANSCRIPTS)
def test_a_transcript_is_what_the_commands_print(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert text.count("$ ikmctl") >= 3
    assert docs.with_transcripts(text) == text


def test_every_page_with_a_transcript_is_listed() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    with_console = {path.relative_to(ROOT).as_posix() for path in pages if "```console" in path.read_text("utf-8")}
    assert with_console == set(docs.WITH_TRANSCRIPTS)
