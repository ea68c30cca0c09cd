"""Documents to render, and readers of what was rendered."""

import base64
import csv
import io
import struct
import zlib
from html.parser import HTMLParser

from hypothesis import strategies as st

from ikmctl.document import Block, Card, Chart, Document, Letterhead, Logo, Table, TableColumn, Text, Values
from ikmctl.domain.values import kinds
from ikmctl.output.write import FORMATS

#: Names that some format would interpret instead of showing them.
NASTY = (
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!A0",
    "PT [/] Maju [red]x[/red] :smile:",
    '#import "x" #v(1cm) $x^2$ *bold* _i_ `raw` @ref',
    "C:\\new\\table \\u{41}",
    "\x1b[31mred\x07\u202ereversed\x9b",
    "&amp; \"quotes\" 'single'",
    "- list\n= heading\t2",
    "{{ 7*7 }} {% raw %}",
    "@SUM(A1)",
    "＝1+1",
    "_x0041_",
    "https://evil.example/x",
    "//comment /* c */",
)

#: How those with control characters are shown to people.
NASTY_SHOWN = {
    "\x1b[31mred\x07\u202ereversed\x9b": "\\x1b[31mred\\x07\\x202ereversed\\x9b",
    "- list\n= heading\t2": "- list\\x0a= heading\\x092",
}

MONTHS = tuple(f"{name} 2021" for name in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"))
REGISTERED: tuple[float | None, ...] = (3, 5, 2, 8, None, 9, 12, 11)


def png() -> bytes:
    """A red square."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = b"".join(b"\x00" + b"\xc0\x20\x20" * 8 for _row in range(8))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpg() -> bytes:
    """A grey dot."""
    return base64.b64decode(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6j"
        "q62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk"
        "pKSkpKSkpKT/wAARCAAIAAgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF"
        "BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW"
        "V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi"
        "4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC"
        "AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm"
        "Z2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq"
        "8vP09fb3+Pn6/9oADAMBAAIRAxEAPwCCiiisCD//2Q=="
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="teal"/></svg>'

LETTERHEAD = Letterhead(
    "Dinas <Perindustrian> & #Tenaga $Kerja$", "Jl. Soekarno *Hatta* 1", Logo("png", png()), "Bukittinggi",
    "Kepala Dinas", "Wirda Ningsih, S.E.", "19700101 199503 1 001", "2021-11-01",
)  # fmt: skip


def named(names: tuple[str, ...]) -> Table:
    """A table of these names with figures that grow, and their sums."""
    columns = (
        TableColumn("number", "No.", kinds.NUMBER), TableColumn("name", "Name <i>", kinds.NAME), TableColumn("workers", "Workers", kinds.COUNT),
        TableColumn("investment", "Investment", kinds.MONEY), TableColumn("since", "Since", kinds.DATE),
    )  # fmt: skip
    rows = [(i + 1, name, 1000 * i, 1_000_000_001 * i, "2021-10-11") for i, name in enumerate(names)]
    total = (None, None, sum(row[2] for row in rows), sum(row[3] for row in rows), None)
    return Table("names", "Names: [1]*?/\\ <b>$x$</b>", columns, rows, total, ("A note <b> #x $y$",))


def report(*blocks: Block) -> Document:
    """A report of these blocks under a letterhead."""
    facts = {"period": "2021-10"}
    return Document("report", blocks, title="Summary of October 2021", facts=facts, letterhead=LETTERHEAD)


def wide_table(columns: int = 14, rows: int = 3) -> Table:
    """A table that no sheet holds in one part."""
    titles = [TableColumn("place", "Kecamatan", kinds.NAME)]
    titles += [TableColumn(f"c{i}", f"Production value {i}", kinds.MONEY) for i in range(1, columns)]
    body = [(f"Kecamatan {row}", *(10**9 * (row + 1) + i for i in range(1, columns))) for row in range(rows)]
    return Table("wide", "Money by kecamatan", tuple(titles), body)


EVENTS = Table(
    "events",
    "Events",
    (
        TableColumn("number", "No.", kinds.NUMBER),
        TableColumn("name", "Name", kinds.NAME),
        TableColumn("from", "From", kinds.DATE),
        TableColumn("venue", "Venue", kinds.LINE, detail=True),
        TableColumn("funder", "Funding", kinds.LINE, detail=True),
        TableColumn("men", "Men", kinds.COUNT),
        TableColumn("women", "Women", kinds.COUNT),
    ),
    [(1, "Workshop Rajutan", "2021-09-13", "Aula Disnakerin Kota Payakumbuh", "APBD", 2, 8)],
)
TREND = Chart(
    "trend", "Registered each month", MONTHS, (("Registered", REGISTERED), ("Closed", (1, 0, 2, 1, 1, 0, 3, 2)))
)
SHARES = Chart(
    "shares", "Businesses by sector", ("Food", "Clothing and leather", "Crafts"), (("IKM", (137, 88, 51)),), "bars"
)
OVERVIEW = Card(
    "overview",
    "Overview",
    (
        TableColumn("investment", "Investment", kinds.MONEY),
        TableColumn("day", "Day", kinds.DATE),
        TableColumn("share", "Coverage", kinds.PERCENT),
    ),
    (112_912_345_678, "2021-10-11", 12.5),
)
EVERYTHING = report(
    Text("Two lines\nof text"), named(("Rendang Uni Erna", "Tenun Saiyo")), wide_table(), EVENTS, OVERVIEW, TREND, SHARES,
    Table("nothing", "Nothing", (TableColumn("name", "Name", kinds.NAME),), []),
)  # fmt: skip


def rendered(document: Document, name: str) -> bytes:
    """The document in a format, as its file would hold it."""
    parts = FORMATS[name].render(document)
    return b"".join(part.encode("utf-8", "backslashreplace") if isinstance(part, str) else part for part in parts)


class Tables(HTMLParser):
    """The text of every table of a page, row by row, and all tags with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_cell:
            self.tables[-1][-1][-1] += data


def csv_blocks(text: str) -> dict[str, list[list[str]]]:
    """The stacked tables of a report's CSV by name, each a list of rows under its heading."""
    found: dict[str, list[list[str]]] = {}
    for part in text.removesuffix("\r\n").split("\r\n\r\n"):
        name, *rows = csv.reader(io.StringIO(part))
        found[name[0]] = rows
    return found


_VALUES = {
    kinds.COUNT: st.integers(0, 10**12),
    kinds.MONEY: st.integers(0, 10**14),
    kinds.QUANTITY: st.integers(0, 10**9).map(lambda thousandths: thousandths / 1000),
    kinds.PERCENT: st.integers(0, 1000).map(lambda tenths: tenths / 10),
}


@st.composite
def figures(draw: st.DrawFn) -> Table:
    """A table of random figures, some unknown, summed where they are whole."""
    chosen = draw(st.lists(st.sampled_from(list(_VALUES)), min_size=1, max_size=4))
    columns = (
        TableColumn("name", "Name", kinds.NAME),
        *(TableColumn(f"c{i}", f"C{i}", kind) for i, kind in enumerate(chosen)),
    )
    row: st.SearchStrategy[Values] = st.tuples(st.sampled_from(NASTY), *(st.none() | _VALUES[kind] for kind in chosen))
    rows = draw(st.lists(row, max_size=6))
    summed = bool(rows) and draw(st.booleans())
    sums = (
        sum(row[i] or 0 for row in rows) if kind.sql == "INTEGER" else None for i, kind in enumerate(chosen, start=1)
    )
    return Table("figures", "Figures", columns, rows, (None, *sums) if summed else None)
