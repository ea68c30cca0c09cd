"""Help in the officer's language: an overview of all commands by job, and a page for each command."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from ikmctl.commands.catalogue import CATALOGUE, COMMANDS
from ikmctl.commands.global_options import GLOBAL_OPTIONS
from ikmctl.domain.choices import words
from ikmctl.domain.matching import closest_matches
from ikmctl.errors import UnknownCommand
from ikmctl.language import N_, _

#: The largest width of a help page, in columns; a narrower terminal gets a narrower page.
WIDTH = 100

#: Placeholders for values in usage lines, marked for translation.
PLACEHOLDERS = (
    N_("BUSINESS"), N_("CHANGE"), N_("CHECK"), N_("CODE"), N_("COUNT"), N_("DATE"), N_("DIRECTORY"), N_("EVENT"),
    N_("EVENT-KIND"), N_("FIELD"), N_("FILE…"), N_("FORM"), N_("GENDER"), N_("GROUP"), N_("INDICATOR"),
    N_("CAPACITY-PERIOD"), N_("KEEP"), N_("KIND"), N_("LATITUDE"), N_("LONGITUDE"), N_("MEANING"), N_("MONEY"),
    N_("MONTH"), N_("NAME"), N_("NAME|all"), N_("NUMBER"), N_("OTHER"), N_("PARTICIPANT"), N_("PERCENT"), N_("PERIOD"),
    N_("PHONE"), N_("QUANTITY"), N_("RECORD"), N_("ROLE"), N_("SCALE"), N_("SECTOR"), N_("SENTRA"), N_("SIGN"),
    N_("STATED-SCALE"), N_("STATUS"), N_("TEXT"), N_("TIME"), N_("WHAT"), N_("WORD"), N_("WORDS"), N_("YEAR"),
    N_('"HEADING=FIELD"'),
)  # fmt: skip


def overview(columns: int | None = None) -> str:
    """The overview of all commands, grouped by job, for a terminal of `columns` columns."""
    lines = [_("ikmctl: a registry of a city's small and medium industries, in one file"), ""]
    lines += [_("Usage: ikmctl COMMAND …      help on a command: ikmctl COMMAND --help"), ""]
    widest = max(map(len, COMMANDS))
    for group in CATALOGUE:
        lines.append(_(group.title))
        lines += _options(((command.name, _(command.summary)) for command in group.commands), columns, widest)
        lines.append("")
    lines += [_("Options of every command"), *_options(_common_rows(), columns), ""]
    lines += [_("First steps"), "  ikmctl demo latihan", "  ikmctl --db latihan/ikmctl-demo.db list-businesses"]
    return "\n".join(lines)


def command_page(name: str, columns: int | None = None) -> str:
    """The help page of a command: examples, arguments, options, for a terminal of `columns` columns."""
    command = COMMANDS[name]
    parameters = _parameters(name)
    arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
    options = [parameter for parameter in parameters if parameter.param_type_name == "option"]
    usage = " ".join(["ikmctl", name, *(_argument(argument) for argument in arguments), _("[options]")])
    lines = [_(command.summary), "", _("Examples"), *(f"  ikmctl {_(example)}" for example in command.examples)]
    lines += ["", _("Usage: {usage}").format(usage=usage), ""]
    if arguments:
        lines += [
            _("Arguments"),
            *_options(((_argument(argument), _description(argument)) for argument in arguments), columns),
            "",
        ]
    if options:
        rows = ((_option(option), _description(option)) for option in options)
        lines += [_("Options"), *_options(rows, columns), ""]
    lines += [_("Options of every command"), *_options(_common_rows(), columns)]
    return "\n".join(lines)


def unknown_command(name: str) -> UnknownCommand:
    """The error for an unknown command, with commands of similar names."""
    candidates = closest_matches(name, COMMANDS) or ["list-businesses", "add-business", "summary"]
    return UnknownCommand(name=name, candidates=", ".join(candidates))


def _parameters(name: str) -> list[Any]:
    from typer.main import get_command

    from ikmctl.commands.catalogue import load

    group: Any = get_command(load(name))
    return [parameter for parameter in group.commands[name].params if parameter.name != "help"]


def _argument(parameter: Any) -> str:
    name = _(parameter.metavar or parameter.name.upper())
    return name if parameter.required else f"[{name}]"


def _option(parameter: Any) -> str:
    spelling = ", ".join(parameter.opts)
    return spelling if parameter.is_flag else f"{spelling} {_(parameter.metavar or '')}".rstrip()


def _description(parameter: Any) -> str:
    """The help text of a parameter, with its valid words if they are a fixed list."""
    from ikmctl.commands.options import ChoiceParser

    reader = getattr(parameter.type, "func", None)
    text = _(parameter.help) if parameter.help else ""
    return f"{text}: {', '.join(words(reader.choices))}" if isinstance(reader, ChoiceParser) else text


def _common_rows() -> Iterator[tuple[str, str]]:
    for common in GLOBAL_OPTIONS:
        value = f" {_(common.value)}" if common.value else ""
        yield ", ".join(reversed(common.spellings)) + value, _(common.help)
    yield "-h, --help", _("this help")


def _options(rows: Iterable[tuple[str, str]], columns: int | None, widest: int = 0) -> Iterator[str]:
    """The lines of two columns, name and description; the left column is `widest` wide, or as wide as it needs."""
    pairs = list(rows)
    whole = min(columns or WIDTH, WIDTH)
    width = widest or min(max(len(left) for left, _text in pairs), 34, whole // 2)
    for left, text in pairs:
        folded = textwrap.wrap(text, max(whole - width - 4, 20)) or [""]
        if len(left) > width:
            yield f"  {left}"
            yield f"  {'':<{width}}  {folded[0]}"
        else:
            yield f"  {left:<{width}}  {folded[0]}"
        yield from (f"  {'':<{width}}  {line}" for line in folded[1:])
