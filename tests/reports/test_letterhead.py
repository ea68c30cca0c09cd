"""The letterhead and the signature: set once, kept in the registry, on every report."""

import base64
import zipfile
from pathlib import Path

import pypdf
import pytest

from tests.conftest import Run
from tests.output.documents import SVG, Tables, jpg, png

ALL = (
    "--address", "Jl. Soekarno Hatta 1, Payakumbuh", "--place", "Payakumbuh", "--position", "Kepala Dinas",
    "--signatory", "Wirda Ningsih, S.E., M.Si.", "--nip", "197001011995031001",
)  # fmt: skip


def test_it_is_on_every_report(ikmctl: Run, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG)
    outcome = ikmctl("set", "letterhead", *ALL, "--logo", tmp_path / "logo.svg", "--office", "Dinas Perindustrian")
    assert outcome.status == 0 and "The letterhead was changed" in outcome.out
    (tmp_path / "logo.svg").unlink()  # the registry keeps it
    for ending in ("pdf", "html", "xlsx"):
        assert ikmctl("summary", "2021-10", "--output", tmp_path / f"report.{ending}").status == 0
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "report.pdf").pages]
    assert "Dinas Perindustrian" in pages[0] and "Jl. Soekarno Hatta 1, Payakumbuh" in pages[0]
    assert "Wirda Ningsih, S.E., M.Si." in pages[-1] and "NIP 19700101 199503 1 001" in pages[-1]
    assert "Payakumbuh, " in pages[-1] and "Kepala Dinas" in pages[-1]
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert base64.b64encode(SVG).decode() in page and "NIP 19700101 199503 1 001" in Tables(page).text
    with zipfile.ZipFile(tmp_path / "report.xlsx") as parts:
        assert "xl/media/image1.png" in parts.namelist()
        assert "NIP 19700101 199503 1 001" in parts.read("xl/worksheets/sheet1.xml").decode()
    assert ikmctl("summary", "2021-10").out.startswith("Summary of October 2021 · Dinas Perindustrian\n")


def test_set_alone_shows_what_is_set(ikmctl: Run, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    ikmctl("set", "letterhead", *ALL, "--logo", tmp_path / "logo.png")
    shown = ikmctl("set")
    assert "Disnakerin" in shown.out and "19700101 199503 1 001" in shown.out and "PNG picture" in shown.out
    data = ikmctl("set", "--format", "json").data
    assert list(data) == ["office", "address", "logo", "place", "position", "signatory", "nip"]
    assert ikmctl("set", "letterhead").out == shown.out


def test_a_dash_empties_and_undo_brings_back(ikmctl: Run) -> None:
    ikmctl("set", "letterhead", *ALL)
    ikmctl("set", "letterhead", "--nip", "-", "--signatory", "-")
    data = ikmctl("set", "--format", "json").data
    assert (data["nip"], data["signatory"], data["place"]) == (None, None, "Payakumbuh")
    assert ikmctl("undo", "--yes").status == 0
    assert ikmctl("set", "--format", "json").data["signatory"] == "Wirda Ningsih, S.E., M.Si."
    assert "set letterhead" in ikmctl("history").out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.png", b"", "not a picture"),
        ("text.png", b"not a picture", "not a picture"),
        ("cut.png", png()[:40], "not a picture"),
        ("cut.jpg", jpg()[:60], "not a picture"),
        ("broken.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><rect", "not a picture"),
        ("page.svg", b"<html><body>hello</body></html>", "not a picture"),
        ("large.png", png() + b"\0" * 1_000_000, "larger than"),
    ],
)
def test_a_logo_that_is_no_picture_is_refused(
    ikmctl: Run, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    outcome = ikmctl("set", "letterhead", "--logo", tmp_path / name)
    assert outcome.status == 3 and said in outcome.err, outcome.text
    assert ikmctl("set", "--format", "json").data["logo"] is None


@pytest.mark.parametrize(("name", "content"), [("a.svg", SVG), ("a.jpg", jpg()), ("misnamed.gif", png())])
def test_pictures_are_known_by_what_they_hold(ikmctl: Run, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert ikmctl("set", "letterhead", "--logo", tmp_path / name).status == 0


def test_what_is_wrong_is_said(ikmctl: Run, tmp_path: Path) -> None:
    for arguments, status, said in (
        (("letterhead", "--logo", "nowhere.png"), 3, "no such file"),
        (("letterhead", "--logo", str(tmp_path)), 3, "no such file"),
        (("letterhead", "--nip", "1970"), 3, "18 digits"),
        (("letterhead", "--place", "a\x1b[2Jb"), 3, "Place"),
        (("colour",), 2, "Choose one of: letterhead"),
        (("--place", "Payakumbuh"), 2, "ikmctl set letterhead"),
    ):
        outcome = ikmctl("set", *arguments)
        assert outcome.status == status and said in outcome.err, outcome.text


def test_the_history_of_a_logo_stays_short(ikmctl: Run, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png() + b"\0" * 50_000)
    ikmctl("set", "letterhead", "--logo", tmp_path / "logo.png")
    assert len(ikmctl("history", "--change", "2").out) < 5000
