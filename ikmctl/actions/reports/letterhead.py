"""The office's letterhead and the signature of its reports.

Both are stored in the registry, with the logo, so that the registry file is complete.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from ikmctl import disk, errors
from ikmctl.document import Card, Document, Letterhead, Logo, TableColumn, done
from ikmctl.domain.fields import Field
from ikmctl.domain.values import kinds
from ikmctl.language import N_, _
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Registry


class Part(NamedTuple):
    """A part of the letterhead: its title, and the placeholder and help text of its option."""

    title: str
    metavar: str
    help: str


#: The parts of the letterhead in the order in which they are printed.
PARTS: Mapping[str, Part] = {
    "office": Part(N_("Office"), "NAME", N_("the office's name, as reports show it")),
    "address": Part(N_("Address"), "TEXT", N_("the line under the office's name")),
    "logo": Part(N_("Logo"), "FILE", N_("a PNG, JPG or SVG picture; - removes it")),
    "place": Part(N_("Place"), "TEXT", N_("where reports are signed; the date is added")),
    "position": Part(N_("Position"), "TEXT", N_("the signatory's position, e.g. Kepala Dinas")),
    "signatory": Part(N_("Signatory"), "NAME", N_("who signs")),
    "nip": Part("NIP", "NUMBER", N_("the signatory's NIP")),
}

#: Largest size of a logo in bytes: it is stored in the registry and goes into every report.
LARGEST = 1_000_000


def _key(name: str) -> str:
    return name if name == "office" else f"letterhead_{name}"


def fields() -> dict[str, Field]:
    """Name of a setting → the field that shows it."""
    shown = {"logo": kinds.shown_by("logo", _logo_in_words)}
    return {_key(name): Field(name, shown.get(name, kinds.LINE), part.title) for name, part in PARTS.items()}


def of(settings: Mapping[str, str]) -> Letterhead:
    """The letterhead from a registry's settings, dated today."""
    words = {name: settings.get(_key(name), "") for name in PARTS if name != "logo"}
    logo = _read_logo(settings.get(_key("logo"), ""))
    return Letterhead(**words, logo=logo, signed_on=date.today().isoformat())


def _read_logo(text: str) -> Logo | None:
    kind, _comma, content = text.partition(",")
    kinds: dict[str, Literal["png", "jpg", "svg"]] = {"png": "png", "jpg": "jpg", "svg": "svg"}
    return Logo(kinds[kind], b64decode(content)) if kind in kinds else None


def set_letterhead(registry: Registry, given: Mapping[str, str]) -> Document:
    """Store the parts given; a dash empties one. Raises ValueRejected, FileRefused for a logo that is not a picture."""
    if not given:
        raise errors.UsageError(_("No part of the letterhead was given."))
    read = {name: _read(name, text) for name, text in given.items()}
    with registry.write("set letterhead", ", ".join(read)) as change:
        for name, value in read.items():
            reference_data.save_setting(change, _key(name), value)
    message = _("The letterhead was changed: {parts}.").format(parts=", ".join(_(PARTS[name].title) for name in read))
    return done(message, _("To see it: ikmctl summary --output report.pdf"), changed=list(read))


def _read(name: str, text: str) -> str:
    from ikmctl.actions.records.lookup import read_field
    from ikmctl.domain.values.clean_text import is_empty

    if is_empty(text):
        return ""
    if name == "logo":
        return _picture(Path(text))
    if name == "nip":
        return _nip(text)
    return str(read_field(Field(name, kinds.LINE, PARTS[name].title), text)[0] or "")


def _nip(text: str) -> str:
    """A NIP grouped as in letters: date of birth, month of appointment, sex, serial number. Raises ValueRejected."""
    digits = re.sub(r"[\s.-]", "", text)
    parts = re.fullmatch(r"(\d{8})(\d{6})(\d)(\d{3})", digits, re.ASCII)
    if not parts:
        raise errors.ValueRejected(
            field="NIP",
            value=text,
            reason=_("a NIP has 18 digits, this has {count}").format(count=sum(map(str.isdigit, digits))),
            advice=_("Example: {example}.").format(example="19700101 199503 1 001"),
        )
    return " ".join(parts.groups())


def _picture(path: Path) -> str:
    """A picture as text to store: its format and base64. Raises FileRefused if it cannot be drawn."""
    try:
        if not path.is_file():
            raise errors.FileRefused(file=path, reason=_("there is no such file"), advice=_("Check the name."))
        if path.stat().st_size > LARGEST:
            reason = _("it is larger than {limit} bytes").format(limit=LARGEST)
            raise errors.FileRefused(file=path, reason=reason, advice=_("Save the logo smaller and try again."))
        content = path.read_bytes()
    except OSError as error:
        raise errors.FileRefused(
            file=path, reason=disk.describe_read_error(error), advice=_("Check the name.")
        ) from error
    kind = _kind_of(content)
    if kind is None or not _can_be_drawn(kind, content):
        advice = _("A logo is a PNG, JPG or SVG file that can be opened.")
        raise errors.FileRefused(file=path, reason=_("it is not a picture"), advice=advice)
    return f"{kind},{b64encode(content).decode()}"


def _kind_of(content: bytes) -> str | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    return "svg" if re.search(rb"<svg[\s>]", content[:4096]) else None


def _can_be_drawn(kind: str, content: bytes) -> bool:
    """Whether the library that prints reports can draw it: the extension and the first bytes prove nothing."""
    import tempfile

    import typst

    with tempfile.TemporaryDirectory() as directory:
        (Path(directory) / f"logo.{kind}").write_bytes(content)
        sheet, root = Path(directory) / "sheet.typ", Path(directory)
        sheet.write_text(f'#image("logo.{kind}", width: 1cm)', encoding="utf-8")
        try:
            typst.compile(sheet, root=root, ignore_system_fonts=True, format="png")
        except RuntimeError:
            return False
    return True


def show(registry: Registry) -> Document:
    """The letterhead as it is set."""
    with registry.read() as connection:
        settings = reference_data.settings(connection)
    columns = tuple(TableColumn(name, _(part.title), kinds.LINE, "–") for name, part in PARTS.items())
    known = of(settings)
    row = tuple(_known(known, name) for name in PARTS)
    messages = (_("To change it: ikmctl set letterhead --help"),)
    return Document("object", (Card("letterhead", _("Letterhead"), columns, row),), messages=messages, revealed=True)


def _known(letterhead: Letterhead, name: str) -> str | None:
    if name == "logo":
        return letterhead.logo and _in_words(letterhead.logo)
    return str(getattr(letterhead, name)) or None


def _logo_in_words(text: str) -> str:
    logo = _read_logo(text)
    return _in_words(logo) if logo else ""


def _in_words(logo: Logo) -> str:
    return _("{kind} picture, {size} bytes").format(kind=logo.kind.upper(), size=len(logo.content))
