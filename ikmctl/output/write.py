"""Writes a document to the terminal, a pipe or a file, in the chosen format."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from ikmctl import errors
from ikmctl.document import Card, Document, Table, Text
from ikmctl.language import _
from ikmctl.output.formats import plain
from ikmctl.output.text.format_value import clean
from ikmctl.output.text.mask_document import mask_document
from ikmctl.output.text.wrap import terminal_width, wrap_line
from ikmctl.settings import Settings

if TYPE_CHECKING:
    from ikmctl.disk import OutputTarget

Parts = Iterable[str] | Iterable[bytes]


class Format(NamedTuple):
    """An output format: the extension of its files, and the function that renders a document."""

    ending: str
    render: Callable[[Document], Parts]
    #: Empty for a binary format, which is only written to files.
    encoding: str = "utf-8"
    #: True for a format for programs: it contains the facts of a result instead of its sentences.
    facts: bool = False
    #: True if each table of a document becomes a file of its own.
    divided: bool = False


def _load_later(module: str, name: str) -> Callable[[Document], Parts]:
    """A function of another module, imported when it is first called, so that commands start fast."""

    def render(document: Document) -> Parts:
        parts: Parts = getattr(import_module(f"ikmctl.output.formats.{module}"), name)(document)
        return parts

    return render


FORMATS: dict[str, Format] = {
    "table": Format(".txt", lambda document: (line + "\n" for line in plain.render_lines(document))),
    "json": Format(".json", _load_later("machine", "as_json"), facts=True),
    "ndjson": Format(".ndjson", _load_later("machine", "as_ndjson"), facts=True),
    "csv": Format(".csv", _load_later("machine", "as_csv"), "utf-8-sig", facts=True, divided=True),
    "tsv": Format(".tsv", _load_later("machine", "as_tsv"), "utf-8-sig", facts=True, divided=True),
    "markdown": Format(".md", _load_later("markdown", "as_markdown")),
    "xlsx": Format(".xlsx", _load_later("xlsx", "as_workbook"), ""),
    "html": Format(".html", _load_later("html", "as_page")),
    "pdf": Format(".pdf", _load_later("pdf", "as_pdf"), ""),
}


def choose_format(settings: Settings) -> str:
    """The name of the format: the option, else by the output file's extension, else `table`.

    Raises UnknownFormat, and NeedsFile for a binary format without a file.
    """
    name = settings.format
    if name is None and settings.output:
        endings = {format.ending: name for name, format in FORMATS.items()}
        ending = Path(settings.output).suffix.lower()
        if ending not in endings:
            raise errors.UnknownFormat(name=ending or settings.output, candidates=", ".join(endings))
        name = endings[ending]
    if name is not None and name not in FORMATS:
        raise errors.UnknownFormat(name=name, candidates=", ".join(FORMATS))
    if name and not FORMATS[name].encoding and not settings.output:
        raise errors.NeedsFile(name=name, ending=FORMATS[name].ending)
    return name or "table"


def check_output(settings: Settings, target: "OutputTarget | None") -> "OutputTarget | None":
    """The target of the result, checked before anything is done; None for standard output.

    Raises UnknownFormat, NeedsFile, OutputRefused, OutputExists, Cancelled.
    """
    name = choose_format(settings)
    if target is None:
        return None
    from ikmctl import disk

    if FORMATS[name].divided and (str(settings.output).endswith(("/", os.sep)) or disk.is_folder(target.path)):
        return target._replace(folder=True)
    return disk.check_target(target, [target.path])


def write(document: Document, settings: Settings, target: "OutputTarget | None") -> None:
    """Write the data to standard output or a file, and its remarks to standard error. Raises OutputRefused."""
    name = choose_format(settings)
    document = mask_document(document).for_readers("machines" if FORMATS[name].facts else "people")
    if document.shape == "done" and not FORMATS[name].facts:
        document = document._replace(blocks=(Text("\n".join(document.messages)),))
    remarks = document.cautions if settings.quiet else document.messages
    if target is not None:
        for path in _write_files(document, name, target):
            if not settings.quiet:
                _write_remark(_("Written: {file}").format(file=path))
    elif document.shape == "done" and name == "table":
        if not settings.quiet:
            width = terminal_width(sys.stdout)
            _print(wrap_line(line, width) + "\n" for line in map(clean, remarks))
            return
    elif name == "table":
        _show(document, sys.stdout)
    else:
        _print(FORMATS[name].render(document))
    sys.stdout.flush()
    for line in remarks:
        _write_remark(line)


def show_document(document: Document, settings: Settings) -> None:
    """Show a document on standard error; only its cautions if the output is for programs or quiet."""
    document = mask_document(document)
    if settings.quiet or settings.format not in (None, "table"):
        for line in document.cautions:
            _write_remark(line)
        return
    _show(document.for_readers("people"), sys.stderr)


def _show(document: Document, stream: TextIO) -> None:
    """Draw on a terminal, write plain aligned text elsewhere."""
    if stream.isatty() and os.environ.get("TERM") != "dumb":
        from ikmctl.output.formats.terminal import render

        render(document, stream)
    else:
        stream.writelines(line + "\n" for line in plain.render_lines(document))


def _write_remark(line: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(wrap_line(clean(line), terminal_width(sys.stderr)) + "\n")


def _print(parts: Parts) -> None:
    write_out = sys.stdout.write
    for part in parts:
        write_out(part if isinstance(part, str) else part.decode())


def _write_files(document: Document, name: str, target: "OutputTarget") -> list[Path]:
    """Write the files and return their paths: one, or for CSV and TSV one for each table of a report."""
    from ikmctl import disk

    format = FORMATS[name]
    files = _divide(document, target, format.ending) if format.divided else {target.path: document}
    if target.folder:
        disk.make_folder(target.path)
    if list(files) != [target.path]:
        disk.check_target(target, files)
    disk.write((path, _encode(part, format)) for path, part in files.items())
    return list(files)


def _divide(document: Document, target: "OutputTarget", ending: str) -> dict[Path, Document]:
    """The document for each file: in the folder, or beside the file, with the name of its block."""
    tables = [block for block in document.blocks if isinstance(block, Table | Card)]
    if not target.folder and (document.shape != "report" or len(tables) < 2):
        return {target.path: document}
    path = target.path
    if not tables:
        return {path / f"result{ending}": document}
    return {
        path / f"{table.name}{ending}" if target.folder else path.with_name(f"{path.stem}-{table.name}{path.suffix}"):
        document._replace(shape="list", blocks=(table,))
        for table in tables
    }  # fmt: skip


def _encode(document: Document, format: Format) -> Iterator[bytes]:
    mark = b"\xef\xbb\xbf" if format.encoding == "utf-8-sig" else b""
    if mark:
        yield mark
    for part in format.render(document):
        yield part.encode("utf-8", "backslashreplace") if isinstance(part, str) else part
