"""README's commands do what README shows."""

from pathlib import Path

from tools import docs

ROOT = Path(__file__).parent.parent


def test_the_transcript_is_what_the_commands_print() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.count("$ ikmctl") >= 5
    assert docs.with_transcript(readme) == readme
