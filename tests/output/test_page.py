"""HTML pages: self-contained, escaped, and as a browser shows them where there is one."""

import json
import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest

from ikmctl.document import Logo
from tests.output.documents import (
    EVERYTHING,
    LETTERHEAD,
    NASTY,
    NASTY_SHOWN,
    SVG,
    Tables,
    named,
    rendered,
    report,
    wide_table,
)

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def page_of(*names: str) -> Tables:
    return Tables(rendered(report(named(names or ("A",))), "html").decode())


def test_nothing_runs_and_nothing_is_fetched() -> None:
    page = Tables(rendered(EVERYTHING, "html").decode())
    assert not {tag for tag, _attributes in page.tags} & {"script", "link", "iframe", "object", "embed", "base", "form"}
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "action", "xlink:href"):
            assert (attributes.get(name) or "data:").startswith("data:"), (tag, attributes)
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert (
        "url(" not in rendered(EVERYTHING, "html").decode() and "@import" not in rendered(EVERYTHING, "html").decode()
    )


def test_names_are_shown_not_obeyed() -> None:
    [table] = page_of(*NASTY).tables
    assert [row[1] for row in table[1:-1]] == [NASTY_SHOWN.get(name, name) for name in NASTY]
    assert "49" not in table[9][1]


def test_it_says_its_language_and_fits_a_phone() -> None:
    page = Tables(rendered(EVERYTHING, "html").decode())
    assert ("html", {"lang": "en"}) in page.tags
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in page.tags


def test_charts_have_a_text_alternative() -> None:
    text = rendered(EVERYTHING, "html").decode()
    assert text.count('role="img"') == 2
    assert "<desc>Registered: Jan 2021 3, Feb 2021 5, Mar 2021 2, Apr 2021 8, May 2021 –" in text
    assert "<title>Businesses by sector</title>" in text


def test_a_logo_is_inside_and_cannot_run() -> None:
    harmful = SVG.replace(b"<rect", b"<script>alert(1)</script><rect")
    page = rendered(EVERYTHING._replace(letterhead=LETTERHEAD._replace(logo=Logo("svg", harmful))), "html").decode()
    assert 'src="data:image/svg+xml;base64,' in page and "<script" not in page


def test_letterhead_and_signature_are_escaped() -> None:
    page = rendered(EVERYTHING, "html").decode()
    assert escape(LETTERHEAD.office, quote=False) in page
    assert "Bukittinggi, 1 November 2021" in page and "NIP 19700101 199503 1 001" in page


def browser(directory: Path, *arguments: str) -> str:
    """What a real browser answers."""
    done = subprocess.run(
        [
            str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", f"--user-data-dir={directory}", *arguments,
        ],
        capture_output=True, text=True, timeout=60, check=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout


MEASURE = """<iframe id="f" style="width:{width}px;height:900px;border:0" srcdoc="{page}"></iframe><pre id="found"></pre>
<script>f.onload = () => {{ const d = f.contentDocument; found.textContent = JSON.stringify({{
  wide: d.documentElement.scrollWidth, window: d.documentElement.clientWidth, paper: getComputedStyle(d.body).backgroundColor,
  scrolls: [...d.querySelectorAll(".scroll")].filter(e => e.scrollWidth > e.clientWidth).length}}) }}</script>"""


def measured(tmp_path: Path, width: int, *options: str) -> dict[str, object]:
    page = rendered(report(named(NASTY), wide_table(), *EVERYTHING.blocks), "html").decode()
    frame = tmp_path / "frame.html"
    frame.write_text(MEASURE.format(width=width, page=escape(page)), encoding="utf-8")
    found = browser(tmp_path / "profile", "--window-size=1400,1000", *options, "--dump-dom", frame.as_uri())
    answer: dict[str, object] = json.loads(re.findall(r'<pre id="found">(\{.*\})</pre>', found)[0])
    return answer


if BROWSER:  # a machine without one still checks all of the above

    @pytest.mark.parametrize("width", [390, 794, 1200])
    def test_no_page_is_wider_than_its_window(tmp_path: Path, width: int) -> None:
        found = measured(tmp_path, width)
        assert found["wide"] == found["window"]
        assert found["scrolls"]  # the wide table, in its own frame

    def test_it_is_dark_where_people_like_it_dark(tmp_path: Path) -> None:
        assert measured(tmp_path, 800)["paper"] == "rgb(255, 255, 255)"
        assert measured(tmp_path, 800, "--blink-settings=preferredColorScheme=0")["paper"] == "rgb(21, 25, 29)"

    def test_it_prints_on_a4_with_the_signature(tmp_path: Path) -> None:
        import pypdf

        source, goal = tmp_path / "page.html", tmp_path / "page.pdf"
        source.write_bytes(rendered(EVERYTHING, "html"))
        browser(tmp_path / "profile", "--no-pdf-header-footer", f"--print-to-pdf={goal}", source.as_uri())
        pages = pypdf.PdfReader(goal).pages
        text = "\n".join(page.extract_text() for page in pages)
        assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages} == {
            (842, 595)
        }
        assert "Wirda Ningsih, S.E." in text and "Production value 13" in text.replace("\n", " ")
        assert len(pages) <= 5

    def test_a_browser_asks_the_network_for_nothing(tmp_path: Path) -> None:
        source, fetching = tmp_path / "page.html", tmp_path / "fetching.html"
        source.write_bytes(rendered(report(named(NASTY), *EVERYTHING.blocks), "html"))
        fetching.write_text('<img src="http://example.invalid/x.png">', encoding="utf-8")
        assert asked(tmp_path, fetching) == {"http://example.invalid/x.png"}  # so we would have seen it
        assert asked(tmp_path, source) == set()


def asked(tmp_path: Path, page: Path) -> set[str]:
    """The addresses that the browser asked for, but for those of its makers."""
    log = tmp_path / f"{page.stem}.log"
    browser(tmp_path / f"profile-{page.stem}", f"--log-net-log={log}", "--dump-dom", page.as_uri())
    seen = set(re.findall(r'"url":"(https?://[^"]*)"', log.read_text(encoding="utf-8")))
    return {address for address in seen if not re.match(r"https?://[^/]*\.(google|googleapis|gstatic)\.com/", address)}
