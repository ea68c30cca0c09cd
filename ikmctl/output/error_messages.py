"""Writes errors: a sentence and a way out for people, JSON with a stable code for programs, never a traceback."""

import re
import sys
import tempfile
import traceback
from typing import Any

from ikmctl.domain.values.mask_text import mask_text
from ikmctl.errors import FAILURE, IkmError, MissingValue, UsageError
from ikmctl.language import _
from ikmctl.output.text.format_value import clean
from ikmctl.output.text.json_text import to_json
from ikmctl.output.text.wrap import terminal_width, wrap_line
from ikmctl.settings import Settings


def write_error(error: IkmError, settings: Settings) -> int:
    """Write the error to standard error and return the exit status."""
    return _write(error.code, mask_text(str(error)), mask_text(error.way_out), error.exit_status, settings)


def _write(code: str, sentence: str, way_out: str, status: int, settings: Settings) -> int:
    if settings.format in ("json", "ndjson"):
        body = {"error": {"code": code, "message": sentence, "way_out": way_out, "exit_status": status}}
        sys.stderr.write(to_json(body) + "\n")
    else:
        width = terminal_width(sys.stderr)
        for line in (clean(sentence), f"→ {clean(way_out)}" if way_out else ""):
            sys.stderr.write(wrap_line(line, width) + "\n" if line else "")
    return status


def translate_usage_error(error: Any, command: str) -> IkmError:
    """The IkmError for a usage error of Typer, in the language in use. The facts come from the error's attributes."""
    name = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    hint = _parameter_name(parameter)
    if hasattr(error, "param_type"):  # only the error of a missing parameter has this attribute
        return MissingValue(what=hint, command=command)
    if name and hasattr(error, "possibilities"):
        candidates = ", ".join(error.possibilities or ())
        message = _("There is no option {option}.").format(option=name)
        return UsageError(
            f"{message} {_('Did you mean: {candidates}?').format(candidates=candidates)}" if candidates else message
        )
    if name:
        message = _("{option} takes no value.") if "not take a value" in error.message else _("{option} needs a value.")
        return UsageError(message.format(option=name))
    if parameter is not None:
        return UsageError(_("{option}: “{text}” is not valid.").format(option=hint, text=error.message))
    if extra := re.search(r"unexpected extra arguments?(?:\(s\))? \((.+)\)$", error.message, re.DOTALL):
        message = _("Too many words on the command line: {words}. Put a name of several words in quotes.")
        return UsageError(message.format(words=extra[1]))
    return UsageError(error.message)


def _parameter_name(parameter: Any) -> str:
    if parameter is None:
        return ""
    if parameter.param_type_name == "argument":
        return _(parameter.metavar or parameter.name.upper())
    return str(parameter.opts[0])


def report_internal_error(error: Exception, settings: Settings) -> int:
    """Report an unexpected exception, with its traceback in a file, and return the exit status."""
    with tempfile.NamedTemporaryFile("w", prefix="ikmctl-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    sentence = _("Something went wrong inside ikmctl ({kind}).").format(kind=type(error).__name__)
    way_out = _("The details are in {file}. Please send it to the developers. It may contain what you typed.")
    return _write("internal", sentence, way_out.format(file=log.name), FAILURE, settings)
