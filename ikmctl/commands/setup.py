"""Commands that create a registry, build the demo, and show the status."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from ikmctl import errors
from ikmctl.actions.setup import demo as demo_action
from ikmctl.actions.setup import registry_file
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.domain.matching import closest_matches
from ikmctl.language import LANGUAGES, N_, _, current_language, set_language


def command(name: str) -> Callable[..., Document]:
    """The function for the command with this name."""
    functions: dict[str, Callable[..., Document]] = {
        "init": init,
        "demo": demo,
        "status": status,
    }
    return functions[name]


def init(
    context: typer.Context,
    city: Annotated[
        str | None,
        typer.Option("--city", metavar="CITY", help=N_("any city or regency of Indonesia, by name or Kemendagri code")),
    ] = None,
    office: Annotated[
        str | None, typer.Option("--office", metavar="NAME", help=N_("the office's name, as reports show it"))
    ] = None,
) -> Document:
    """Create a registry."""
    session: Session = context.obj
    if session.path.exists():
        raise errors.RegistryExists(file=session.path)
    if session.terminal is not None and session.settings.lang is None and (city is None or office is None):
        set_language(session.terminal.ask("Bahasa / language (id, en)", _check_language, current_language()))
    city = _city_code(city or _ask(session, _("City or regency, by name or Kemendagri code"), "--city"))
    office = office or _ask(session, _("Name of the office"), "--office")
    return registry_file.init(session.path, city, office)


def _ask(session: Session, question: str, option: str) -> str:
    if session.terminal is None:
        raise errors.MissingValue(what=option, command="init")
    return session.terminal.ask(question, _check_city if option == "--city" else _check_filled)


def _check_filled(text: str) -> None:
    if not text.strip():
        raise errors.EmptyAnswer(what=_("The name"))


def _check_city(text: str) -> None:
    _check_filled(text)
    _city_code(text)


def _city_code(text: str) -> str:
    """The Kemendagri code of a city; a code that is not listed is accepted. Raises UnknownCity, AmbiguousCity."""
    from ikmctl.reference import places

    cities = places.find_cities(text)
    if len(cities) == 1:
        return cities[0].code
    if cities:
        candidates = ", ".join(f"{city.name} ({city.code})" for city in cities)
        raise errors.AmbiguousCity(name=text, candidates=candidates)
    if re.fullmatch(r"\d\d\.\d\d", text.strip(), re.ASCII):
        return text.strip()
    near = closest_matches(text, [city.name for city in places.list_cities()])
    raise errors.UnknownCity(name=text, near=near)


def _check_language(text: str) -> None:
    if text not in LANGUAGES:
        raise errors.UsageError("id / en")


def demo(
    context: typer.Context,
    directory: Annotated[
        str | None, typer.Argument(metavar="DIRECTORY", help=N_("where to build it; default: the current folder"))
    ] = None,
    city: Annotated[
        str,
        typer.Option("--city", metavar="13.76|13.75", help=N_("Payakumbuh (13.76) or Bukittinggi (13.75)")),
    ] = "13.76",
) -> Document:
    """Build a demo registry."""
    session: Session = context.obj
    named = session.settings.db
    build, name = _demo(_city_code(city))
    return build(Path(named) if named else Path(directory or ".") / name)


def _demo(city: str) -> tuple[Callable[[Path], Document], str]:
    if city == "13.76":
        return demo_action.build, demo_action.FILE_NAME
    if city == "13.75":
        return demo_action.build_visiting_city, demo_action.VISITORS_FILE_NAME
    raise errors.UsageError(_("Demo registries exist only for 13.76 and 13.75."))


def status(context: typer.Context) -> Document:
    """Show where the registry is and what it contains."""
    return registry_file.status(context.obj.registry())
