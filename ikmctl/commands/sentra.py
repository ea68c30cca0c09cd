"""Commands on sentra."""

import typer

from ikmctl.commands.records import register as register_records
from ikmctl.domain.entities import SENTRA


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    register_records(app, SENTRA)
