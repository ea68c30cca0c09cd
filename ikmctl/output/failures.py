"""What went wrong, as a sentence and a way out, or as JSON with a stable code; never a traceback."""

import json
import sys
import tempfile
import traceback
from typing import Any

from ikmctl.errors import FAILURE, IkmError, MissingValue, UsageError
from ikmctl.language import _
from ikmctl.output.values import clean
from ikmctl.settings import Settings


def say_error(error: IkmError, settings: Settings) -> int:
    """Write the error to standard error; the exit status."""
    return _say(error.code, str(error), error.way_out, error.exit_status, settings)


def _say(code: str, sentence: str, way_out: str, status: int, settings: Settings) -> int:
    if settings.format in ("json", "ndjson"):
        body = {"error": {"code": code, "message": sentence, "way_out": way_out, "exit_status": status}}
        sys.stderr.write(json.dumps(body, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(clean(sentence) + "\n")
        if way_out:
            sys.stderr.write("→ " + clean(way_out) + "\n")
    return status


def usage(error: Any) -> IkmError:
    """One of Typer's usage errors in our words and language, read off its attributes."""
    context = getattr(error, "ctx", None)
    command = (context.info_name if context is not None and context.parent is not None else "") or ""
    name = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    hint = _parameter_name(parameter)
    if hasattr(error, "param_type"):  # only a missing parameter says of which type it is
        return MissingValue(what=hint, command=command)
    if name and hasattr(error, "possibilities"):
        near = ", ".join(error.possibilities or ())
        said = _("There is no option {option}.").format(option=name)
        return UsageError(f"{said} {_('Did you mean: {candidates}?').format(candidates=near)}" if near else said)
    if name:
        return UsageError(_("{option} is not used like this: it needs a value, or takes none.").format(option=name))
    if parameter is not None:
        return UsageError(_("{option}: “{text}” cannot be used.").format(option=hint, text=error.message))
    extra = error.message.partition("(")[2].rstrip(")")
    if extra:
        said = _("Too much on the command line: {words}. A name of several words stands in quotes.")
        return UsageError(said.format(words=extra))
    return UsageError(error.message)


def _parameter_name(parameter: Any) -> str:
    if parameter is None:
        return ""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    return str(parameter.opts[0])


def internal(error: Exception, settings: Settings) -> int:
    """A fault of ours: the details go to a file, the officer gets a sentence."""
    with tempfile.NamedTemporaryFile("w", prefix="ikmctl-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    sentence = _("Something went wrong inside ikmctl ({kind}).").format(kind=type(error).__name__)
    way_out = _("The details are in {file}; please send it to the makers. It may hold what you typed.")
    return _say("internal", sentence, way_out.format(file=log.name), FAILURE, settings)
