"""The settings of one run: options, then the environment, then the registry's settings, then the defaults."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

FILE_NAME = "ikmctl.db"


class Settings(NamedTuple):
    """The options that every command takes."""

    db: str | None = None
    lang: str | None = None
    format: str | None = None
    output: str | None = None
    yes: bool = False
    quiet: bool = False


def registry_path(settings: Settings, environment: Mapping[str, str]) -> Path:
    """The registry file: `--db`, else IKMCTL_DB, else a file in the user's data directory."""
    named = settings.db or environment.get("IKMCTL_DB")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("ikmctl", appauthor=False) / FILE_NAME
