"""README's commands do what README shows."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import docs  # noqa: E402 - the path is set above


def test_the_transcript_is_what_the_commands_print() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.count("$ ikmctl") >= 5
    assert docs.with_transcript(readme) == readme
