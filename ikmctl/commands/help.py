"""Help, in the officer's language: the overview by what one is doing, and a page for each command."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ikmctl.commands.catalogue import CATALOGUE, COMMANDS
from ikmctl.commands.common import COMMON
from ikmctl.commands.loading import load
from ikmctl.domain.matching import near
from ikmctl.errors import UnknownCommand
from ikmctl.language import _

if TYPE_CHECKING:
    import typer

WIDTH = 100


def overview() -> str:
    """All commands, grouped by what an officer is doing."""
    lines = [_("ikmctl: a registry of a city's small and medium industries, in one file"), ""]
    lines += [_("Usage: ikmctl COMMAND …      help on a command: ikmctl COMMAND --help"), ""]
    width = max(map(len, COMMANDS)) + 2
    for group in CATALOGUE:
        lines.append(_(group.title))
        lines += [f"  {command.name:<{width}}{_(command.summary)}" for command in group.commands]
        lines.append("")
    lines += [_("With every command"), *_options(_common_rows()), ""]
    lines += [_("First steps"), "  ikmctl demo latihan", "  ikmctl --db latihan/ikmctl-demo.db list-businesses"]
    return "\n".join(lines)


def page(name: str) -> str:
    """Examples first, then what a command takes."""
    command = COMMANDS[name]
    parameters = _parameters(load(name), name)
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    options = [each for each in parameters if each.param_type_name == "option"]
    usage = " ".join(["ikmctl", name, *(_argument(each) for each in arguments), _("[options]")])
    lines = [_(command.summary), "", _("Examples"), *(f"  ikmctl {example}" for example in command.examples)]
    lines += ["", _("Usage: {usage}").format(usage=usage), ""]
    if arguments:
        lines += [
            _("Given by place"),
            *_options((_argument(each), _(each.help) if each.help else "") for each in arguments),
            "",
        ]
    if options:
        lines += [_("Options"), *_options((_option(each), _(each.help) if each.help else "") for each in options), ""]
    lines += [_("With every command"), *_options(_common_rows())]
    return "\n".join(lines)


def unknown(name: str) -> UnknownCommand:
    """The error that says which commands a name may have meant."""
    candidates = near(name, COMMANDS) or ["list-businesses", "add-business", "summary"]
    return UnknownCommand(name=name, candidates=", ".join(candidates))


def _parameters(app: "typer.Typer", name: str) -> list[Any]:
    from typer.main import get_command

    group: Any = get_command(app)
    return [each for each in group.commands[name].params if each.name != "help"]


def _argument(parameter: Any) -> str:
    name = parameter.metavar or parameter.name.upper()
    return str(name) if parameter.required else f"[{name}]"


def _option(parameter: Any) -> str:
    spelling = ", ".join(parameter.opts)
    return spelling if parameter.is_flag else f"{spelling} {parameter.metavar or ''}".rstrip()


def _common_rows() -> Iterator[tuple[str, str]]:
    for common in COMMON:
        value = f" {_(common.value)}" if common.value else ""
        yield ", ".join(reversed(common.spellings)) + value, _(common.help)
    yield "-h, --help", _("this help")


def _options(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    pairs = list(rows)
    width = min(max(len(left) for left, _text in pairs), 34)
    for left, text in pairs:
        folded = textwrap.wrap(text, WIDTH - width - 4) or [""]
        if len(left) > width:
            yield f"  {left}"
            yield f"  {'':<{width}}  {folded[0]}"
        else:
            yield f"  {left:<{width}}  {folded[0]}"
        yield from (f"  {'':<{width}}  {line}" for line in folded[1:])
