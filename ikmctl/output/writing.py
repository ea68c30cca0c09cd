"""Where a document goes: to the terminal, a pipe or a file, in the format asked for."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from ikmctl import errors
from ikmctl.actions.document import Document
from ikmctl.language import _
from ikmctl.output import plain
from ikmctl.output.values import clean
from ikmctl.settings import Settings


def _table(document: Document) -> Iterator[str]:
    return (line + "\n" for line in plain.lines(document))


def _data(make: str) -> Callable[[Document], Iterable[str]]:
    """A writer of output.data, loaded when it is used: a table needs none of them."""

    def write_data(document: Document) -> Iterable[str]:
        from ikmctl.output import data

        written: Iterable[str] = getattr(data, make)(document)
        return written

    return write_data


FORMATS: dict[str, Callable[[Document], Iterable[str]]] = {
    "table": _table,
    "json": _data("as_json"),
    "ndjson": _data("as_ndjson"),
    "csv": _data("as_csv"),
    "tsv": _data("as_tsv"),
    "markdown": _data("as_markdown"),
}
_ENDINGS = {".json": "json", ".ndjson": "ndjson", ".csv": "csv", ".tsv": "tsv", ".md": "markdown", ".txt": "table"}


def format_of(settings: Settings) -> str:
    """The format asked for, else the one that the output file's ending means, else a table. Raises UnknownFormat."""
    name = settings.format
    if name is None and settings.output:
        ending = Path(settings.output).suffix.lower()
        if ending not in _ENDINGS:
            raise errors.UnknownFormat(name=ending or settings.output, candidates=", ".join(_ENDINGS))
        name = _ENDINGS[ending]
    if name is not None and name not in FORMATS:
        raise errors.UnknownFormat(name=name, candidates=", ".join(FORMATS))
    return name or "table"


def write(document: Document, settings: Settings, registry: Path | None) -> None:
    """Write the data to standard output or a file, and the talk to standard error.

    Raises OutputExists, OutputRefused, UnknownFormat.
    """
    name = format_of(settings)
    if settings.output:
        _write_file(document, name, Path(settings.output), settings.yes, registry)
        say(_("Written: {file}").format(file=settings.output), settings)
    elif document.shape == "done":
        if name == "table":
            _print(line + "\n" for line in map(clean, document.talk) if not settings.quiet)
            return
        _print(FORMATS[name](document))
    elif name == "table":
        _show(document, sys.stdout)
    else:
        _print(FORMATS[name](document))
    sys.stdout.flush()
    for line in document.talk:
        say(line, settings)


def present(document: Document, settings: Settings) -> None:
    """Show a document on standard error, beside the data."""
    if settings.quiet or settings.format not in (None, "table"):
        return
    _show(document, sys.stderr)


def _show(document: Document, stream: TextIO) -> None:
    """Drawn on a terminal, as plain aligned text elsewhere."""
    if stream.isatty() and os.environ.get("TERM") != "dumb":
        from ikmctl.output.terminal import render

        render(document, stream)
    else:
        stream.writelines(FORMATS["table"](document))


def say(line: str, settings: Settings) -> None:
    """A line beside the data, on standard error."""
    if not settings.quiet:
        sys.stderr.write(clean(line) + "\n")


def _print(parts: Iterable[str]) -> None:
    write_out = sys.stdout.write
    for part in parts:
        write_out(part)


def _write_file(document: Document, name: str, path: Path, replace: bool, registry: Path | None) -> None:
    """Beside the goal first, then moved into place: a reader finds the whole file or the old one."""
    if registry and _same(path, registry):
        raise errors.OutputRefused(file=path, reason=_("it is the registry itself"))
    if path.is_dir():
        raise errors.OutputRefused(file=path, reason=_("it is a folder"))
    if os.path.lexists(path) and not replace:
        raise errors.OutputExists(file=path)
    import tempfile

    beside: str | None = None
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent or Path(), prefix=".ikmctl-", suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8-sig" if name in ("csv", "tsv") else "utf-8", newline="") as stream:
            _fill(stream, FORMATS[name](document))
        os.replace(beside, path)
    except OSError as error:
        raise errors.OutputRefused(file=path, reason=error.strerror or str(error)) from error
    finally:
        if beside and os.path.lexists(beside):
            Path(beside).unlink()


def _fill(stream: TextIO, parts: Iterable[str]) -> None:
    for part in parts:
        stream.write(part)
    stream.flush()
    os.fsync(stream.fileno())


def _same(path: Path, registry: Path) -> bool:
    names = {os.path.realpath(registry), os.path.realpath(f"{registry}-journal")}
    if os.path.realpath(path) in names:
        return True
    try:
        return path.samefile(registry)
    except OSError:
        return False
