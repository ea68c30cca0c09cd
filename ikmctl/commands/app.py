"""Loads a Typer app with only the commands that a run needs."""

import importlib

import typer

from ikmctl.commands.catalogue import COMMANDS


def load(*names: str) -> typer.Typer:
    """A Typer app with these commands only. Modules of other commands are not imported, so ikmctl starts fast."""
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": []},
    )
    app.callback()(_nothing)
    for name in names:
        module = importlib.import_module(f"ikmctl.commands.{COMMANDS[name].module}")
        app.command(name)(module.command(name))
    return app


def _nothing() -> None:
    """Do nothing. With a callback Typer keeps the name of a command even if it is the only one."""
