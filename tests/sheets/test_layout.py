"""What stands around the records of a table never changes the records; and no record is taken for something else."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikmctl import main
from ikmctl.actions.imports.options import Options
from ikmctl.actions.imports.read import FileReader
from ikmctl.domain.entities import BUSINESS
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import open_registry
from ikmctl.sheets.validation.checker import Checker, RowRules
from tests.conftest import examples
from tests.sheets.writing import text, xlsx

Records = Callable[[bytes], list[tuple[Any, ...]]]
HEADING = ("No", "Nama Usaha", "Nama Pemilik", "Kelurahan", "TK LK", "TK PR", "Nilai Investasi (Rp.000)")
MANY = settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """Reads a file as an import does: the values of its records, in their order; none may be rejected."""
    db = tmp_path / "registry.db"
    assert main.run(["--db", str(db), "init", "--city", "13.76", "--office", "Test"]) == 0
    registry = open_registry(db)
    with registry.read() as connection:
        reader = FileReader(BUSINESS, reference_data.load(connection), Options())

    def read(data: bytes) -> list[tuple[Any, ...]]:
        path = tmp_path / "ikm.csv"
        path.write_bytes(data)
        (chosen,) = reader.files(str(path), lambda: b"")
        checker = Checker(chosen.columns, RowRules(ragged=chosen.sheet.ragged))
        found = [
            row
            for batch in checker.batches(chosen.records(chosen.classifier()))
            for row in zip(*batch.columns, strict=True)
        ]
        assert not checker.findings.problems
        assert not checker.findings.warnings  # each total says what the rows make
        return found

    yield read
    registry.close()


NAMES = st.sampled_from(
    ["Rendang Uni Erna", "Sanjai Saiyo", "Tenun Sakato", "Kopi 99", "3 Saudara", "Kelompok Fayari", "Industri Bata Koto",
     "Total Craft", "Sentra Oleh-Oleh", "Kecap Cap Koto", "Data Print", "Daftar Rasa", "Jumlah Rezeki", "A", "I", "B. Setia"]
)  # fmt: skip
OWNERS = st.sampled_from(["Erna Wati", "Lina Koto", "Des Piliang", "Budi"])
ROW = st.tuples(NAMES, OWNERS, st.sampled_from(["Tiakar", "Talang"]), st.integers(0, 30), st.integers(0, 30),
                st.integers(1, 900))  # fmt: skip
TITLES = st.lists(
    st.sampled_from([("DATA IKM KOTA PAYAKUMBUH",), ("TAHUN 2021",), (), ("Dinas Tenaga Kerja",)]), max_size=4
)


#: The lines of a signature below the total, in one column.
SIGNATURES = st.sampled_from(
    [(), ("Samarinda, 12 Januari 2024", "Kepala Bidang Industri", "", "Drs. H. Rahmat", "NIP. 19700101 199503 1 001"),
     ("Kab. Bandung, ……… 2023", "Mengetahui,", "Kepala Dinas", "Ir. Dewi Anggraini, M.Si"),
     ("Padang Panjang, 12-01-2021", "An. Kepala Dinas", "Yusri Tanjung, SE")]
)  # fmt: skip


def total(label: tuple[str | None, str | None], rows: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    sums = [sum(row[at] for row in rows) for at in (4, 5, 6)]
    return (*label, None, None, *sums)


@st.composite
def surrounded(draw: st.DrawFn) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """A clean table, and the same with what printed tables have around and between their records."""
    rows = [(at, *row) for at, row in enumerate(draw(st.lists(ROW, min_size=1, max_size=8)), start=1)]
    numbers = tuple(range(1, len(HEADING) + 1))
    dressed: list[tuple[Any, ...]] = [*draw(TITLES), HEADING]
    if draw(st.booleans()):
        dressed.append(numbers)
    part: list[tuple[Any, ...]] = []
    for row in rows:
        between = draw(st.sampled_from(["", "", "", "blank", "heading", "section", "subtotal", "numbered"]))
        if between == "blank":
            dressed.append((None,) * draw(st.integers(0, 7)))
        elif between == "heading":
            dressed.append(HEADING)
        elif between == "numbered":
            dressed += [HEADING, numbers]
        elif between == "section":
            dressed.append(
                draw(st.sampled_from([("A. SENTRA RENDANG",), (None, "KECAMATAN LAMPOSI"), ("B", "Industri Sandang")]))
            )
        elif between == "subtotal" and part:
            dressed.append(total((None, draw(st.sampled_from(["Jumlah", "SUB TOTAL", "Sub Jumlah I"]))), part))
            part = []
        dressed.append(row)
        part.append(row)
    if draw(st.booleans()):
        dressed.append(total(draw(st.sampled_from([("JUMLAH", None), (None, "TOTAL"), (None, "J U M L A H")])), rows))
        at = draw(st.sampled_from([1, 2, 5]))
        dressed += [(*[None] * at, line) for line in draw(SIGNATURES)]
    dressed += [(None,) * 7] * draw(st.integers(0, 3))
    width = draw(st.sampled_from([7, 7, 9, 60]))
    return [HEADING, *rows], [(*row, *[None] * (width - len(row))) for row in dressed]


@pytest.mark.parametrize("write", [text, lambda grid: xlsx({"IKM": grid})], ids=["text", "workbook"])
@MANY
@given(tables=surrounded())
def test_what_stands_around_a_table_changes_nothing(
    records: Records, write: Callable[[Any], bytes], tables: tuple[list[Any], list[Any]]
) -> None:
    clean, dressed = tables
    assert records(write(dressed)) == records(write(clean))


@MANY
@given(rows=st.lists(ROW, min_size=1, max_size=6))
def test_every_record_of_a_clean_table_is_read(records: Records, rows: list[tuple[Any, ...]]) -> None:
    found = records(text([HEADING, *((at, *row) for at, row in enumerate(rows, start=1))]))
    assert [(row[0], row[1], row[3], row[4], row[5]) for row in found] == [
        (row[0], row[1], row[3], row[4], row[5] * 1_000) for row in rows
    ]


@pytest.mark.parametrize(
    "first",
    [("Kelompok Fayari", "KUB", "Pria"), ("Rendang", "Aktif", "Nama Produk"), ("Jalan Terus", "Status", "Desa")],
)
def test_the_first_record_is_never_taken_for_a_second_row_of_headings(records: Records, first: tuple[str, ...]) -> None:
    grid = [("Nama Usaha", "Bentuk", "Jenis"), first, ("Sanjai Saiyo", "UD", "x")]
    assert [row[0] for row in records(text(grid))] == [first[0], "Sanjai Saiyo"]


@pytest.mark.parametrize(
    "row",
    [
        (None, None, None, "Tiakar"),
        (3, None, None, "Tiakar", 1, 2, 3),
        ("5", None, None, None, 1, 2, None),  # ascending numbers, but no row of column numbers
    ],
)
def test_a_row_without_a_name_is_a_problem_and_not_left_out(ikmctl: Any, tmp_path: Path, row: tuple[Any, ...]) -> None:
    grid = [HEADING, (1, "Sanjai", "Lina", "Talang", 1, 1, 1), (*row, *[None] * (7 - len(row)))]
    (tmp_path / "ikm.csv").write_bytes(text(grid))
    outcome = ikmctl("import-businesses", "ikm.csv", "--dry-run")
    assert outcome.status == 3 and "is required" in outcome.out, outcome.text


@pytest.mark.parametrize("name", ["Total", "Nip Craft", "Kepala Dinas Kopi", "Mengetahui Jaya"])
@pytest.mark.parametrize("kind", ["text", "workbook"])
def test_a_business_of_a_strange_name_is_a_record_and_so_are_those_below(
    records: Records, name: str, kind: str
) -> None:
    grid = [
        HEADING,
        (1, name, "Erna", "Tiakar", 1, 2, 3),
        *((at, f"Usaha {at}", "Lina", "Talang", 1, 1, 1) for at in (2, 3)),
    ]
    assert [row[0] for row in records(text(grid) if kind == "text" else xlsx({"IKM": grid}))] == [
        name,
        "Usaha 2",
        "Usaha 3",
    ]
    small = [("Nama Usaha", "Pemilik", "Kelurahan"), ("Nip Craft", "Erna", "Tiakar"), ("Sanjai", "Lina", "Talang")]
    assert [row[0] for row in records(text(small))] == ["Nip Craft", "Sanjai"]


def test_ascending_numbers_are_column_numbers_only_directly_under_the_heading(records: Records) -> None:
    small = ("No", "Nama Usaha", "TK LK")
    numbers, sanjai = (1, 2, 3), (1, "Sanjai", 4)
    assert [row[0] for row in records(text([small, numbers, sanjai]))] == ["Sanjai"]
    assert [row[0] for row in records(text([small, sanjai, numbers]))] == ["Sanjai", "2"]
    assert [row[0] for row in records(text([small, (2, 3, 4), sanjai]))] == ["3", "Sanjai"]


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "3", "4", "5", "6", "7"),
        tuple(f"({number})" for number in range(1, 8)),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7) = (5) x (6)"),
        ("1", "2", "3", "4=3x2", "5", "6", "7 = 5 + 6"),
        ("1", "2", "3", "4", "5", "6", "8"),  # one was left out
    ],
)
@pytest.mark.parametrize("kind", ["text", "workbook"])
def test_a_row_that_numbers_the_columns_is_no_record(records: Records, numbers: tuple[str, ...], kind: str) -> None:
    cells = [int(cell) if cell.isdigit() and kind == "workbook" else cell for cell in numbers]
    grid = [HEADING, *[()] * (kind == "workbook"), cells, (1, "Sanjai", "Lina", "Talang", 1, 1, 1)]
    assert [row[0] for row in records(text(grid) if kind == "text" else xlsx({"IKM": grid}))] == ["Sanjai"]


@pytest.mark.parametrize(
    "row",
    [
        ("1", None, None, None, "2", "3", "4"),  # a record without its name
        (None, None, None, None, "1", "2", "3"),
        ("1", None, "2", None, "3", None, None),
        ("1", "2", "3", "4", "6", "8", "9"),  # numbers that do not count
    ],
)
def test_a_record_of_small_numbers_below_the_heading_is_no_row_of_column_numbers(
    ikmctl: Any, tmp_path: Path, row: tuple[Any, ...]
) -> None:
    (tmp_path / "ikm.csv").write_bytes(text([HEADING, row, (2, "Sanjai", "Lina", "Talang", 1, 1, 1)]))
    outcome = ikmctl("import-businesses", "ikm.csv", "--dry-run", "--format", "json")
    assert outcome.data["files"][0]["left_out"] == {} and outcome.data["rows"] == 2


def test_only_the_row_under_the_heading_numbers_the_columns(records: Records) -> None:
    grid = [HEADING[:3], ("1", "Sanjai", "Lina"), ("1", "2", "3"), ("3", "Tenun", "Des")]
    assert [row[0] for row in records(text(grid))] == ["Sanjai", "2", "Tenun"]


@pytest.mark.parametrize(
    "example",
    [
        ("Contoh", "Rendang Minang", "Erna", "Tiakar", 1, 2, 3),
        ("(contoh)", "Rendang Minang", "Erna", "Tiakar", 1, 2, 3),
        (None, "CONTOH PENGISIAN", None, None, None, None, None),
        ("1", "Contoh: Rendang Minang", "Erna", "Tiakar", 1, 2, 3),
        ("1", "Rendang Minang", "Erna", "contoh pengisian", 1, 2, 3),
    ],
)
@pytest.mark.parametrize("place", [1, 3])
def test_a_row_that_says_it_is_an_example_is_no_record(records: Records, example: tuple[Any, ...], place: int) -> None:
    rows = [(at, name, "Lina", "Talang", 1, 1, 1) for at, name in enumerate(("Sanjai", "Tenun", "Kopi"), start=1)]
    grid = [HEADING, *rows]
    grid.insert(place, example)
    assert [row[0] for row in records(text(grid))] == ["Sanjai", "Tenun", "Kopi"]


@pytest.mark.parametrize("name", ["Contoh Jaya", "Percontohan Rasa", "Toko Contoh"])
def test_a_business_whose_name_holds_the_word_is_a_record(records: Records, name: str) -> None:
    grid = [HEADING, (1, name, "Lina", "Jl. Contoh 1", 1, 1, 1)]
    assert [row[0] for row in records(text(grid))] == [name]


def test_a_place_with_a_date_below_the_total_is_no_business(records: Records) -> None:
    heading = ("Nama Usaha", "Nama Pemilik", "Alamat", "Tenaga Kerja")
    table = [heading, ("Amplang Bu Siti", "Siti", "Jl. Lambung", 4), ("Tenun Ramlah", "Ramlah", "Jl. Tenun", 6)]
    below = [("JUMLAH", None, None, 10), ("Samarinda, 12 Januari 2024",), ("Kepala Bidang Industri",), ("Drs. Rahmat",)]
    width = [(*row, *[None] * (4 - len(row))) for row in below]
    assert records(text([*table, *width])) == records(text(table))
