"""A Typer app with just the commands that are wanted."""

import importlib

import typer

from ikmctl.commands.catalogue import COMMANDS


def load(*names: str) -> typer.Typer:
    """A Typer app that holds the commands of the modules that these commands live in, and no more: a fast start."""
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": []},
    )
    app.callback()(_nothing)
    for module in dict.fromkeys(COMMANDS[name].module for name in names):
        importlib.import_module(f"ikmctl.commands.{module}").register(app)
    keep = set(names)
    app.registered_commands = [each for each in app.registered_commands if each.name in keep]
    return app


def _nothing() -> None:
    """With a callback Typer keeps the command's name even where there is only one."""
