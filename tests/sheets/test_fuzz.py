"""No bytes at all end in a traceback or a hang: they are read, or refused in a sentence."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikmctl import main
from ikmctl.actions.imports.kinds import KINDS
from ikmctl.actions.imports.options import Options
from ikmctl.actions.imports.plan import make_plan
from ikmctl.actions.imports.show.plan import describe
from ikmctl.errors import IkmError
from ikmctl.registry.file.database import Registry, open_registry
from tests.conftest import examples
from tests.sheets.offices import SHAPES, TABLE
from tests.sheets.writing import ods, xls, zipped

Take = Callable[[bytes, str], None]
WORKBOOKS = {
    "xlsx": [each.data() for each in SHAPES if each.file.endswith(".xlsx")][:6],
    "xls": [xls({"IKM": TABLE})],
    "ods": [ods({"IKM": TABLE}), *(each.data() for each in SHAPES if each.file.endswith(".ods"))],
}
TEXTS = [each.data() for each in SHAPES if each.file.endswith(".csv")]
PIECES = [
    b";", b",", b'"', b"\r", b"\n", b"\t", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1a", b"sep=", b"JUMLAH", b"No",
    b"Nama Usaha", b"1,500", b"1e400", b"Kelompok", b"\xc2\xa0", b"=1", b"'", b"(1)", b"A. ", b"%", b"\xe2\x80\xae",
]  # fmt: skip
MANY = settings(max_examples=examples(120), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def take(tmp_path: Path) -> Iterator[Take]:
    """Plans an import of these bytes, and describes it; nothing but a declared error may come out."""
    db = tmp_path / "registry.db"
    assert main.run(["--db", str(db), "init", "--city", "13.76", "--office", "Test"]) == 0
    registry: Registry = open_registry(db)

    def take(data: bytes, ending: str) -> None:
        path = tmp_path / f"file.{ending}"
        path.write_bytes(data)
        try:
            plan = make_plan(registry, KINDS["businesses"], [str(path)], Options(), lambda: b"")
            describe(registry, plan, limit=20, dry_run=True, explain=True)
        except IkmError as error:
            assert str(error) and error.way_out

    yield take
    registry.close()


@st.composite
def mutated(draw: st.DrawFn, originals: list[bytes]) -> bytes:
    """One of these files with some bytes changed, taken away, doubled or put in."""
    data = bytearray(draw(st.sampled_from(originals)))
    for _round in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 30)))
        data[start:end] = draw(
            st.one_of(st.sampled_from(PIECES), st.binary(max_size=4), st.just(bytes(data[start:end]) * 2))
        )
    return bytes(data)


@st.composite
def mutated_inside(draw: st.DrawFn, originals: list[bytes]) -> bytes:
    """A zip of which one part is mutated or missing."""
    with zipfile.ZipFile(io.BytesIO(draw(st.sampled_from(originals)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from([name for name in parts if name.endswith((".xml", ".rels"))]))
    parts[name] = draw(mutated([parts[name]]))
    if draw(st.booleans()) and draw(st.booleans()):
        del parts[name]
    return zipped(parts)


@pytest.mark.parametrize(
    "start", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"Nama Usaha;"]
)
@MANY
@given(data=st.binary(max_size=2_000))
def test_any_bytes(take: Take, start: bytes, data: bytes) -> None:
    take(start + data, "csv")


@MANY
@given(data=mutated(TEXTS))
def test_mutated_text_files(take: Take, data: bytes) -> None:
    take(data, "csv")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@MANY
@given(draw=st.data())
def test_mutated_parts_of_workbooks(take: Take, kind: str, draw: st.DataObject) -> None:
    take(draw.draw(mutated_inside(WORKBOOKS[kind])), kind)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
@MANY
@given(draw=st.data())
def test_mutated_workbooks(take: Take, kind: str, draw: st.DataObject) -> None:
    take(draw.draw(mutated(WORKBOOKS[kind])), kind)


@pytest.mark.parametrize(
    "data",
    [
        b"Kota;Alamat;Nama Usaha\nMengetahui\nx;y\n",  # a row that ends before the column of names
        b"nib,nama_proyek,tki,tka,judul_kbli,id_proyek,kbli\n1,A\n,B,1\n",  # an export of OSS with short rows
        b"Nama Produk;Kelurahan;Nama Usaha;x\na;b;c;d\nsecond\n",  # an addition that ends before the column of names
        b"Kota;Nama Produk;Nama Usaha;x\na;b\n;second;;\n",  # an addition to a row that ends before it
        b'"Nama Usaha,Pemilik"\n"Tenun,\nDes"\n"Rendang,Erna"\n',  # a line break in a row that is one quoted cell
    ],
)
def test_what_was_found(take: Take, data: bytes) -> None:
    take(data, "csv")
