"""Links of README, CONTRIBUTING and the pages of docs/ lead somewhere, and the files that they name are there."""

import re
from pathlib import Path

import pytest

from ikmctl.commands.catalogue import COMMANDS

ROOT = Path(__file__).parent.parent
PAGES = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")))
FOLDERS = ("ikmctl", "tests", "tools", "bench", "docs", "requirements")


def page_id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(path: Path) -> str:
    """The page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", prose(path), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_page_about_json_covers_every_command() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    families = ("add-", "edit-", "close-", "reopen-", "delete-", "remove-", "show-", "list-", "import-")
    told = set(re.findall(r"[a-z]+(?:-[a-z]+)*", page)) | {"template"}  # a template has no keys but headings
    assert [name for name in COMMANDS if name not in told and not name.startswith(families)] == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_link_leads_to_a_file_or_a_heading(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", prose(page)) + re.findall(r'src="([^"]+)"', prose(page))
    for link in links:
        if link.startswith("http"):
            continue
        name, _sign, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", [ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md"], ids=page_id)
def test_every_module_that_is_named_is_there(page: Path) -> None:
    files = {path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in (ROOT / folder).rglob("*.*")}
    for name in re.findall(r"`([\w/.-]+\.(?:py|po|typ))`", prose(page)):
        assert any(f"/{each}".endswith(f"/{name}") for each in files), name
