"""The varied rows of the benchmark: every spelling of a value is read as that value, and no row is kept out."""

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.conftest import Run
from tools.invent import varied_lines


def test_every_spelling_of_a_value_is_read_as_that_value(ikmctl: Run, db: Path, tmp_path: Path) -> None:
    lines = list(varied_lines(400))
    path = tmp_path / "varied.csv"
    path.write_text("".join(lines), encoding="utf-8", newline="")
    assert ikmctl("import-businesses", path, "--yes").status == 0
    with closing(sqlite3.connect(db)) as connection:
        found = connection.execute("SELECT phone, npwp, latitude, longitude FROM business ORDER BY id").fetchall()
        amounts = connection.execute("SELECT investment FROM observation ORDER BY business_id").fetchall()
    rows = list(csv.DictReader(io.StringIO("".join(lines), newline="")))
    degrees = [[round(float(row[name].replace(",", ".")), 7) for name in ("Latitude", "Longitude")] for row in rows]
    assert found == [
        (f"0812{number:08d}", f"{number % 100:02d}{number // 100:06d}7203000", *degrees[number])
        for number in range(400)
    ]
    written = (row["Nilai Investasi (Rp.000)"].removesuffix(",00").removesuffix(",-") for row in rows)
    assert amounts == [(int("".join(sign for sign in text if sign.isdigit())) * 1_000,) for text in written]


def test_the_rows_are_varied() -> None:
    rows = list(csv.DictReader(io.StringIO("".join(varied_lines(1_000)), newline="")))
    for heading in ("No. HP", "Nilai Investasi (Rp.000)", "NPWP", "Latitude", "Longitude"):
        assert len({row[heading] for row in rows}) > 990, heading
    assert len({row["Tanggal Daftar"] for row in rows}) > 900
    cells = "".join(varied_lines(1_000)).count('"') / 2 / (1_000 * 27)
    assert 0.19 < cells < 0.25  # a comma inside is quoted too
