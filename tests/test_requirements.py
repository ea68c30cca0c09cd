"""What `make` and CI install: locked by hash, as pyproject.toml allows, from wherever pip looks."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PYPROJECT["project"]["dependencies"]
DEVELOPMENT = PYPROJECT["project"]["optional-dependencies"]["dev"]
BUILD = PYPROJECT["dependency-groups"]["build"]
LOCKS = {"users": RUNTIME, "dev": RUNTIME + DEVELOPMENT + BUILD, "build": BUILD}


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def locked(name: str) -> dict[str, set[str]]:
    """Each package's versions: more than one where systems or Pythons need different ones."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==(\S+)", lock(name), flags=re.M):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_locked_within_its_range(name: str) -> None:
    versions = locked(name)
    for requirement in map(Requirement, LOCKS[name]):
        assert requirement.name in versions, f"make lock: {requirement.name}"
        for version in versions[requirement.name]:
            assert requirement.specifier.contains(version), f"make lock: {requirement.name} {version}"


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes_and_no_address(name: str) -> None:
    for entry in re.split(r"\n(?=[\w#-])", lock(name)):
        assert entry.startswith("#") or re.match(
            r"[\w.-]+==\S+( ; [^\\]+)? \\\n +--hash=sha256:[0-9a-f]{64}\b", entry
        ), entry
    assert not re.search(r"://|^-", lock(name), flags=re.M)


def test_the_locks_agree() -> None:
    everything = locked("dev")
    for name in ("users", "build"):
        assert {package: everything.get(package) for package in locked(name)} == locked(name)


def test_what_builds_is_what_the_build_asks_for() -> None:
    assert set(PYPROJECT["build-system"]["requires"]) <= set(BUILD)
