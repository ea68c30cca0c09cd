"""The only exit point: arguments in, exit status out; every exception becomes a sentence."""

import os
import sys

from ikmctl import __version__

TYPE_CHECKING = False  # known to type checkers; importing it from typing would take as long as the rest of --version
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ikmctl.commands.session import Session
    from ikmctl.disk import OutputTarget
    from ikmctl.errors import IkmError
    from ikmctl.settings import Settings


def main() -> None:
    """Run with the arguments of the process, and end it.

    The registry is closed and the streams are flushed by then, so the interpreter is not torn down object by object:
    `os._exit` takes 11 % off a list of businesses and 14 % off `--version`.
    """
    status = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            continue  # what could not be written was said, or its reader has gone
    os._exit(status)


def run(arguments: "Sequence[str]") -> int:
    """Run one command; the exit status: 0 done, or what docs/errors.md says."""
    if list(arguments) == ["--version"] and _say_version():  # answered before anything is loaded
        return 0
    from ikmctl.settings import Settings

    settings, rest = Settings(), list[str]()
    session = None
    try:
        _prepare_streams()
        from ikmctl.commands.global_options import split_arguments

        settings, rest, missing = split_arguments(arguments)
        session = _begin(settings)
        if missing:
            raise _missing_value(missing)
        return _run(session, rest)
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        return _output_closed()
    except Exception as error:
        return _fail(error, settings, rest)
    finally:
        if session is not None:
            session.close()


def _say_version() -> bool:
    """Write the version; False where standard output does not take it."""
    try:
        os.write(sys.stdout.fileno(), f"ikmctl {__version__}\n".encode())  # past the buffer: nothing stays in it
    except (OSError, AttributeError):
        return False
    return True


def _prepare_streams() -> None:
    """Use UTF-8 whatever the system's code page; a character that cannot be written is escaped.

    A stream that the caller has closed (`>&-`) is read as empty and written to nowhere.
    """
    sys.stdin = sys.stdin or os.fdopen(os.open(os.devnull, os.O_RDONLY))
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def _begin(settings: "Settings") -> "Session":
    """The session of this run. The language is chosen before any message is made."""
    from ikmctl import language
    from ikmctl.commands.session import Session
    from ikmctl.output.prompt import find_terminal
    from ikmctl.output.write import show_document

    terminal = None if settings.yes else find_terminal()
    session = Session(settings, os.environ, terminal, lambda document: show_document(document, settings))
    setting = None if settings.lang or os.environ.get("IKMCTL_LANG") else session.language()
    language.set_language(language.choose_language(settings.lang, os.environ, setting))
    return session


def _run(session: "Session", rest: list[str]) -> int:
    from ikmctl.commands.catalogue import COMMANDS

    if not rest or rest[0] in ("-h", "--help", "help"):
        from ikmctl.commands.help import overview

        return _print(overview)
    if rest[0] == "--version":
        return _print(lambda _width: f"ikmctl {__version__}")
    name = rest[0]
    if name not in COMMANDS:
        from ikmctl.commands.help import unknown_command

        raise unknown_command(name)
    if any(word in ("-h", "--help") for word in rest[1 : rest.index("--") if "--" in rest else None]):
        from ikmctl.commands.help import command_page

        return _print(lambda width: command_page(name, width))
    _refuse_undecodable(rest)
    return _command(session, rest, _check_settings(session))


def _command(session: "Session", rest: list[str], target: "OutputTarget | None") -> int:
    """Load the command, run it, write its result."""
    from typer.main import get_command

    from ikmctl.commands.catalogue import load
    from ikmctl.errors import OutputRefused, OutputRefusedAfterChange
    from ikmctl.output.write import write

    command = get_command(load(rest[0]))
    document = command.main(args=rest, prog_name="ikmctl", standalone_mode=False, obj=session)
    if isinstance(document, int):  # Typer turns an interruption into its exit status
        raise KeyboardInterrupt
    document = session.with_cautions(document)
    try:
        _write_out(lambda: write(document, session.settings, target))
    except OutputRefused as error:
        saved = session.opened[0].saved if session.opened else []
        raise OutputRefusedAfterChange(**error.facts, number=saved[-1]) if saved else error from None
    return int(document.status)


def _check_settings(session: "Session") -> "OutputTarget | None":
    """The target of `--output`, None for the screen. What cannot be written is refused before the command runs."""
    from ikmctl.errors import UsageError
    from ikmctl.language import LANGUAGES, _
    from ikmctl.output.write import check_output

    settings = session.settings
    if settings.lang and settings.lang not in LANGUAGES:
        raise UsageError(_("--lang is id or en, not “{text}”.").format(text=settings.lang))
    return check_output(settings, session.output_target(settings.output) if settings.output else None)


def _missing_value(option: str) -> "IkmError":
    from ikmctl.errors import UsageError
    from ikmctl.language import _

    return UsageError(_("{option} needs a value.").format(option=option))


def _refuse_undecodable(words: list[str]) -> None:
    from ikmctl.errors import UsageError
    from ikmctl.language import _

    for word in words:
        if any("\ud800" <= sign <= "\udfff" for sign in word):
            raise UsageError(_("“{text}” contains bytes that are not text.").format(text=ascii(word)))


def _print(write: "Callable[[int | None], str]") -> int:
    from ikmctl.output.text.format_value import clean
    from ikmctl.output.text.wrap import terminal_width, wrap_line

    width = terminal_width(sys.stdout)
    lines = [wrap_line(clean(line), width) + "\n" for line in write(width).split("\n")]
    _write_out(lambda: sys.stdout.writelines(lines))
    return 0


def _write_out(write: "Callable[[], None]") -> None:
    """Write to standard output and flush it. Raises OutputRefused where it takes no more, as on a full disk."""
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from ikmctl.disk import describe_write_error
        from ikmctl.errors import OutputRefused
        from ikmctl.language import _

        raise OutputRefused(file=_("Standard output"), reason=describe_write_error(error)) from error


def _interrupted() -> int:
    from ikmctl.errors import INTERRUPTED
    from ikmctl.language import _

    sys.stderr.write("\n" + _("Interrupted; nothing was changed.") + "\n")
    return INTERRUPTED


def _output_closed() -> int:
    """The exit status when the reader of standard output has gone (`| head`), which is not an error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _fail(error: Exception, settings: "Settings", rest: list[str]) -> int:
    from ikmctl.commands.catalogue import COMMANDS
    from ikmctl.errors import IkmError, UsageError
    from ikmctl.output.error_messages import report_internal_error, translate_usage_error, write_error

    if "typer" in sys.modules:
        import typer

        if isinstance(error, typer.Abort):
            return _interrupted()
        if isinstance(error, typer.TyperException):
            error = translate_usage_error(error, rest[0] if rest else "")
    if isinstance(error, UsageError):
        error.command = rest[0] if rest and rest[0] in COMMANDS else ""
    return write_error(error, settings) if isinstance(error, IkmError) else report_internal_error(error, settings)
