"""The pictures that README shows: a terminal, and the first page of the printed report, of the demo's month."""

import hashlib
import io
import json
import re
import struct
import tempfile
import zlib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

from rich.console import Console

from ikmctl.actions.reports import summary
from ikmctl.actions.setup import demo
from ikmctl.document import Chart, Document, Letterhead
from ikmctl.output.formats import pdf, terminal
from ikmctl.registry.file.database import open_registry

#: The date printed on the report, fixed so that the same figures make the same picture.
DAY = date(2021, 11, 1)

LETTERHEAD = Letterhead(
    "Disnakerin Kota Payakumbuh", "Jl. Contoh No. 1, Payakumbuh 26200", None, "Payakumbuh", "Kepala Dinas",
    "Wirda Ningsih, S.E., M.Si.", "19700101 199503 1 001", DAY.isoformat(),
)  # fmt: skip
#: The blocks in the picture of the terminal, beside the charts.
SHOWN = ("movement", "sentra", "coaching")

_MARK = b"source"


def pictures() -> Iterator[tuple[str, bytes]]:
    """Each file's name and content."""
    document = report()
    yield "terminal.svg", screen(document)
    yield "report.png", marked(pdf.first_page(document, DAY), source(document))


def report() -> Document:
    """The demo's month under an invented letterhead."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / demo.FILE_NAME
        demo.build(path)
        registry = open_registry(path)
        document = summary.summary(registry, summary.SummaryOptions("2021-10"))
        registry.close()
    return document._replace(letterhead=LETTERHEAD)


def screen(document: Document) -> bytes:
    """What a terminal of 80 columns shows, as SVG without fonts from elsewhere."""
    blocks = tuple(
        block for block in document.blocks if isinstance(block, Chart) or getattr(block, "name", "") in SHOWN
    )
    console = Console(
        record=True, width=80, height=200, file=io.StringIO(), force_terminal=True, color_system="truecolor",
        markup=False, emoji=False, highlight=False,
    )  # fmt: skip
    terminal.draw(document._replace(blocks=blocks), console)
    svg = console.export_svg(title="ikmctl summary 2021-10", unique_id="ikmctl")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S).encode()


def source(document: Document) -> bytes:
    """What the page is made of: pixels may differ between processors, this may not."""
    template = files("ikmctl.output").joinpath("templates", "paper.typ").read_text(encoding="utf-8")
    made_of = json.dumps([template, pdf.template_data(document, DAY)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(made_of.encode()).hexdigest().encode()


def marked(png: bytes, mark: bytes) -> bytes:
    """The picture with a mark that nobody sees, before its last chunk."""
    body = b"tEXt" + _MARK + b"\0" + mark
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return png[:-12] + chunk + png[-12:]


def mark_of(png: bytes) -> bytes:
    """The mark that the picture carries; empty if it has none."""
    found = re.search(rb"tEXt" + _MARK + rb"\0([0-9a-f]{64})", png)
    return found[1] if found else b""
