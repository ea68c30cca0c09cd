"""Generated files are compared by what they say, not by what a version of a library makes of it."""

import io
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools import docs

ROOT = Path(__file__).parent.parent
DRAWING = ROOT / "docs" / "terminal.svg"


def catalogue_of_another_babel(path: Path, change: str = "") -> bytes:
    """The committed catalogue with Babel's own header, in other lines; one translation changed if asked."""
    with docs.PO.open("rb") as stream:
        catalogue = read_po(stream, locale="id")
    if change:
        catalogue["(none)"].string = change
    written = io.BytesIO()
    if path.suffix == ".po":
        write_po(written, catalogue, width=60)
    else:
        write_mo(written, catalogue)
    return written.getvalue()


@pytest.mark.parametrize("path", [docs.PO, docs.PO.with_suffix(".mo")], ids=["po", "mo"])
def test_a_catalogue_is_compared_by_its_messages(path: Path) -> None:
    assert b"Generated-By" not in path.read_bytes()
    other = catalogue_of_another_babel(path)
    assert b"Generated-By" in other
    assert docs.is_current(path, other)
    assert not docs.is_current(path, catalogue_of_another_babel(path, "changed"))


def test_a_drawing_is_compared_by_its_words() -> None:
    drawing = DRAWING.read_bytes()
    assert b"Sentra" in drawing
    assert docs.is_current(DRAWING, drawing.replace(b"Generated with Rich", b"Generated with Rich 99"))
    assert not docs.is_current(DRAWING, drawing.replace(b"Sentra", b"Cluster"))


def test_a_file_that_is_not_there_is_not_current(tmp_path: Path) -> None:
    assert not docs.is_current(tmp_path / "commands.md", b"")
