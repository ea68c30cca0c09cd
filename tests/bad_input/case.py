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
    said: str | tuple[str, ...] = ""
    """parts of what is said, on whichever stream"""
    unchanged: bool | None = None
    """whether the registry's bytes must be as before; by default where the exit status is not 0"""
    command: tuple[str, ...] = IMPORT
    before: tuple[str | tuple[str, ...], ...] = ()
    """sheets imported and commands run before, all of which must succeed"""
    stored: Mapping[str, Any] = field(default_factory=dict)
    """what `show-business 1 --reveal` must say afterwards"""
    shown: str = ""
    """what the list for people must hold literally"""
    count: int | None = None
    """how many businesses there must be afterwards"""
    hidden: str = ""
    """what must not be said anywhere"""
    ending: str = "csv"
    """of the file's name"""


def refused(id: str, data: str | bytes, said: str | tuple[str, ...], **more: Any) -> Case:
    return Case(id, data, 3, said, **more)


def taken(id: str, data: str | bytes, said: str | tuple[str, ...] = "", **more: Any) -> Case:
    return Case(id, data, 0, said, **more)


def literal(id: str, text: str, said: str = "") -> Case:
    return taken(id, name(text), said, stored={"name": text}, shown=text, count=1)
