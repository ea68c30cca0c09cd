"""A case of bad input: what is given, and what it must get."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FILE = "{file}"
IMPORT = ("import-businesses", FILE, "--yes")


def sheet(heading: str, *rows: tuple[str, ...] | str) -> str:
    """A CSV with this heading (comma-separated); a row of one value may be given as it is."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(heading.split(","))
    writer.writerows([row] if isinstance(row, str) else row for row in rows)
    return stream.getvalue()


def name(text: str) -> str:
    return sheet("Nama Usaha", text)


def owned(heading: str, *texts: str) -> str:
    """A sheet of one business per text, each with its own name and owner, the texts in the column `heading`."""
    return sheet(
        f"Nama Usaha,Pemilik,{heading}", *((f"Usaha {i}", f"Pemilik {i}", text) for i, text in enumerate(texts, 1))
    )


@dataclass(frozen=True)
class Case:
    """One shape of bad input."""

    id: str
    data: str | bytes
    status: int
    #: Texts that standard output or standard error contains.
    said: str | tuple[str, ...] = ""
    #: Whether the registry's bytes must not change; by default if the exit status is not 0.
    unchanged: bool | None = None
    command: tuple[str, ...] = IMPORT
    #: Sheets to import and commands to run before; all must succeed.
    before: tuple[str | tuple[str, ...], ...] = ()
    #: What `show-business 1 --reveal` must show afterwards.
    stored: Mapping[str, Any] = field(default_factory=dict)
    #: Text that the list for people must contain literally.
    shown: str = ""
    #: The number of businesses afterwards.
    count: int | None = None
    #: Text that must not appear in any output.
    hidden: str = ""
    #: The extension of the file.
    ending: str = "csv"
    #: Whether a cell must become a pending value, and reject its row with --strict.
    set_aside: bool = False


def refused(id: str, data: str | bytes, said: str | tuple[str, ...], **more: Any) -> Case:
    return Case(id, data, 3, said, **more)


def set_aside(id: str, data: str | bytes, said: str | tuple[str, ...], **more: Any) -> Case:
    """A sheet with a cell that cannot be read: its row goes in without the value."""
    return Case(id, data, 0, said, set_aside=True, **more)


def taken(id: str, data: str | bytes, said: str | tuple[str, ...] = "", **more: Any) -> Case:
    return Case(id, data, 0, said, **more)


def literal(id: str, text: str, said: str = "") -> Case:
    return taken(id, name(text), said, stored={"name": text}, shown=text, count=1)
