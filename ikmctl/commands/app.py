"""A Typer app with just the commands that are wanted."""

import importlib

import typer

from ikmctl.commands.catalogue import COMMANDS


def load(*names: str) -> typer.Typer:
    """A Typer app with these commands and no others: only their modules are loaded, so it starts fast."""
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
    """With a callback Typer keeps the command's name even where there is only one."""
