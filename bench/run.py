"""What ikmctl takes, as ratios to a named peer in one run; `make bench` writes docs/benchmarks.md.

python bench/run.py                 everything (some minutes, 3 GB of disk)
python bench/run.py start import    only these parts
"""

import csv
import os
import platform
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tools.invent import HEADINGS, rows, unreadable_lines, varied_lines

ROOT = Path(__file__).parent.parent

BIN = Path(sys.executable).parent
IKMCTL, SQLITE_UTILS, SQLITE3 = str(BIN / "ikmctl"), str(BIN / "sqlite-utils"), shutil.which("sqlite3")
_UNUSUAL = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")  # an installed program keeps its modules compiled
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in _UNUSUAL}
ENVIRONMENT |= {"IKMCTL_LANG": "en", "IKMCTL_USER": "bench"}


@dataclass(frozen=True)
class Run:
    """One finished process: wall seconds and the most memory it held, in MiB."""

    seconds: float
    memory: float


@dataclass(frozen=True)
class Line:
    """A row of the page: what was done, beside what, the ratio, and what it may be."""

    work: str
    peer: str
    ratio: float
    limit: float
    unit: str = "×"


def run(*command: str) -> Run:
    """One run of a command; its output is thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024)


def paired(ours: Callable[[], float], theirs: Callable[[], float], times: int) -> float:
    """The median of ours over the median of theirs, run in turn after one run of each that is not counted."""
    ours(), theirs()
    taken = [(ours(), theirs()) for _ in range(times)]
    return statistics.median(a for a, _b in taken) / statistics.median(b for _a, b in taken)


def seconds(*command: str) -> Callable[[], float]:
    """A function that runs the command and gives its seconds."""
    return lambda: run(*command).seconds


def spreadsheet(directory: Path, count: int) -> Path:
    """An office's spreadsheet of 24 columns with so many invented businesses."""
    path = directory / f"{count}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows(rows(count))
    return path


def varied_spreadsheet(directory: Path, count: int) -> Path:
    """So many businesses, each value spelled in its own way, a fifth of the cells quoted.

    In a tenth of the rows one cell cannot be read and is set aside.
    """
    path = directory / f"varied-{count}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(varied_lines(count, unreadable=0.1))
    return path


def unreadable_spreadsheet(directory: Path, count: int, part: float) -> Path:
    """So many invented businesses, this part of them with a cell that cannot be read."""
    path = directory / f"unreadable-{part}-{count}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(unreadable_lines(count, part))
    return path


def registry(directory: Path, count: int) -> Path:
    """A registry of so many businesses."""
    path = directory / f"{count}.db"
    run(IKMCTL, "--db", str(path), "init", "--city", "13.76", "--office", "Bench")
    run(IKMCTL, "--db", str(path), "import-businesses", str(spreadsheet(directory, count)), "--yes", "-q")
    return path


def start(directory: Path) -> Iterator[Line]:
    """How fast a command begins, and a list of a city's registry."""
    small = registry(directory, 2_000)
    bare = seconds(sys.executable, "-c", "pass")
    yield Line("`ikmctl --version`", "`python -c pass`", paired(seconds(IKMCTL, "--version"), bare, 15), 1.3)
    peer = seconds(SQLITE_UTILS, "rows", str(small), "business", "--limit", "20")
    listed = seconds(IKMCTL, "--db", str(small), "list-businesses")
    yield Line(
        "`list-businesses`, 2,000 businesses",
        "`sqlite-utils rows FILE business --limit 20`",
        paired(listed, peer, 15),
        0.5,
    )


def size(directory: Path) -> Iterator[Line]:
    """A list of a million businesses beside the same list of 2,000."""
    small, large = registry(directory, 2_000), registry(directory, 1_000_000)
    for options in ((), ("--search", "rendang"), ("--kecamatan", "Payakumbuh Timur"), ("--sector", "pangan")):
        ours, theirs = (seconds(IKMCTL, "--db", str(path), "list-businesses", *options) for path in (large, small))
        shown = " ".join(("list-businesses", *options))
        yield Line(f"`{shown}`, 1,000,000", "the same, 2,000", paired(ours, theirs, 9), 1.3)


_LISTED = "business.id, name, owner, kelurahan, sector, coalesce(workers_male + workers_female, workers_total)"
_LATEST = "(SELECT id FROM observation WHERE business_id = business.id ORDER BY period DESC LIMIT 1)"


def _plain_list(where: str, order: str) -> str:
    """The SQL that a careful person types into the sqlite3 shell for a list."""
    return f"""
        SELECT {_LISTED}
        FROM business JOIN activity ON activity.business_id = business.id
        LEFT JOIN observation ON observation.id = {_LATEST}
        WHERE activity.closed_on IS {where}
        ORDER BY {order}, business.id"""


_BY_NAME = "name COLLATE NOCASE"
_REGISTERED = "(SELECT min(opened_on) FROM activity WHERE business_id = business.id AND entry = 'registered')"
_SCALED = "investment BETWEEN 1000000000 AND 15000000000"
#: Options of a list, with the WHERE after `closed_on IS` and the ORDER BY of the plain SQL.
LISTS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("--sort", "owner"), "NULL", "owner COLLATE NOCASE NULLS LAST"),
    (("--sort=-registered_on",), "NULL", f"{_REGISTERED} DESC NULLS LAST"),
    (("--sort=-investment",), "NULL", "investment DESC NULLS LAST"),
    (
        ("--kbli", "10794"),
        "NULL AND business.id IN (SELECT business_id FROM business_kbli WHERE code = '10794')",
        _BY_NAME,
    ),
    (("--where", "owner=Uni Lina Koto"), "NULL AND owner = 'Uni Lina Koto' COLLATE NOCASE", _BY_NAME),
    (("--missing", "workers_male"), "NULL AND workers_male IS NULL", _BY_NAME),
    (("--registered", "2021"), f"NULL AND {_REGISTERED} BETWEEN '2021-01-01' AND '2021-12-31'", _BY_NAME),
    (("--where", "investment>=1000000000"), f"NULL AND {_SCALED}", _BY_NAME),
)


def lists(directory: Path) -> Iterator[Line]:
    """Sorts and filters of a million businesses beside plain SQL; searches with filters beside those of 2,000."""
    small, large = registry(directory, 2_000), registry(directory, 1_000_000)
    for options in (
        ("--search", "rendang", "--kecamatan", "Payakumbuh Timur"),
        ("--search", "rendang", "--where", "investment>100000000"),
        ("--search", "rendang", "--kbli", "10750"),
    ):
        ours, theirs = (seconds(IKMCTL, "--db", str(path), "list-businesses", *options) for path in (large, small))
        shown = " ".join(("list-businesses", *options))
        yield Line(f"`{shown}`, 1,000,000", "the same, 2,000", paired(ours, theirs, 9), 2)
    if SQLITE3 is None:
        return
    for chosen, where, order in LISTS:
        sql, work = _plain_list(where, order), " ".join(("list-businesses", *chosen))
        ours = seconds(IKMCTL, "--db", str(large), "list-businesses", *chosen)
        theirs = seconds(SQLITE3, "-readonly", str(large), f"{sql} LIMIT 20")
        yield Line(f"`{work}`, 1,000,000", "plain SQL by the sqlite3 shell", paired(ours, theirs, 5), 3)
    whole = ("--sort", "owner", "--output", str(directory / "list.csv"), "--yes")
    ours = seconds(IKMCTL, "--db", str(large), "list-businesses", "--limit", "0", *whole)
    theirs = seconds(SQLITE3, "-readonly", "-csv", str(large), _plain_list("NULL", "owner COLLATE NOCASE NULLS LAST"))
    yield Line("all 1,000,000 by owner as CSV", "plain SQL by the sqlite3 shell", paired(ours, theirs, 3), 3)


def printing(directory: Path) -> Iterator[Line]:
    """What the month's report on paper takes beyond the same report as text."""
    small, paper = str(registry(directory, 2_000)), str(directory / "report.pdf")
    text, printed = (IKMCTL, "--db", small, "summary", "2021-10"), ("--output", paper, "--yes")
    run(*text, *printed)
    more = statistics.median(run(*text, *printed).seconds - run(*text).seconds for _ in range(9))
    yield Line("`summary --output report.pdf`, 2,000 businesses", "the same as text", more, 1, "s more")


def importing(directory: Path) -> Iterator[Line]:
    """An import of 100,000 clean rows beside programs that check, index and record nothing; then ten times as many."""
    sheet = spreadsheet(directory, 100_000)
    target = directory / "import.db"
    ours = _import(target, sheet)
    if SQLITE3 is not None:
        work, beside = "`import-businesses` of 100,000 rows", "`sqlite3 .import --csv` into a bare table"
        yield Line(work, beside, paired(ours, _import_bare(directory / "bare.db", sheet), 5), 7)
        varied = varied_spreadsheet(directory, 100_000)
        pair = _import(directory / "varied.db", varied), _import_bare(directory / "bare.db", varied)
        yield Line(f"{work} of varied data", beside, paired(*pair, 5), 6)
    spoiled, clean = (unreadable_spreadsheet(directory, 20_000, part) for part in (0.25, 0))
    pair = _import(directory / "spoiled.db", spoiled), _import(directory / "clean.db", clean)
    work = "`import-businesses` of 20,000 rows, a quarter with a cell that cannot be read"
    yield Line(work, "the same rows, all readable", paired(*pair, 5), 1.5)
    peer = _anew(directory / "utils.db", SQLITE_UTILS, "insert", "{}", "t", str(sheet), "--csv", "--no-detect-types")
    yield Line(
        "the same import", "`sqlite-utils insert --csv --no-detect-types`, one table", paired(ours, peer, 5), 0.6
    )
    ours()
    again = seconds(IKMCTL, "--db", str(target), "import-businesses", str(sheet), "--yes", "-q")
    first = statistics.median(_import(directory / "other.db", sheet)() for _ in range(3))
    yield Line("the same file again", "its first import", statistics.median(again() for _ in range(3)) / first, 1)
    memory = [_import_memory(directory, spreadsheet(directory, count)) for count in (1_000, 100_000)]
    yield Line("memory of that import", "that of 1,000 rows", memory[1].memory - memory[0].memory, 120, "MiB more")
    million = _import_memory(directory, spreadsheet(directory, 1_000_000))
    yield Line("`import-businesses` of 1,000,000 rows", "that of 100,000", million.seconds / memory[1].seconds, 11)
    yield Line("memory of an import of 1,000,000 rows", "", million.memory, 250, "MiB")


def _anew(target: Path, *command: str) -> Callable[[], float]:
    """A function that runs the command on a file, `{}` in its words, which is not there before."""

    def work() -> float:
        target.unlink(missing_ok=True)
        return run(*(word.replace("{}", str(target)) for word in command)).seconds

    return work


def _import(target: Path, sheet: Path) -> Callable[[], float]:
    """A function that imports a spreadsheet into an empty registry and gives the seconds of the import alone."""

    def work() -> float:
        target.unlink(missing_ok=True)
        run(IKMCTL, "--db", str(target), "init", "--city", "13.76", "--office", "Bench")
        return run(IKMCTL, "--db", str(target), "import-businesses", str(sheet), "--yes", "-q").seconds

    return work


def _import_bare(target: Path, sheet: Path) -> Callable[[], float]:
    """A function that imports a spreadsheet into one new table without types, with the sqlite3 shell."""
    return _anew(target, str(SQLITE3), "{}", f".import --csv {sheet} t")


def _import_memory(directory: Path, sheet: Path) -> Run:
    target = directory / f"memory-{sheet.stem}.db"
    target.unlink(missing_ok=True)
    run(IKMCTL, "--db", str(target), "init", "--city", "13.76", "--office", "Bench")
    return run(IKMCTL, "--db", str(target), "import-businesses", str(sheet), "--yes", "-q")


def undoing(directory: Path) -> Iterator[Line]:
    """Undo and redo beside what is undone; then on a registry with much history, and on a large one."""
    sheet, target = spreadsheet(directory, 20_000), directory / "undo.db"
    imported, undo = _import(target, sheet), (IKMCTL, "--db", str(target), "undo", "--yes")
    taken = [(imported(), run(*undo).seconds, run(*undo, "3").seconds) for _ in range(5)]
    first, back, again = (statistics.median(column) for column in zip(*taken, strict=True))
    yield Line("`undo` of an import of 20,000 rows", "the import", back / first, 1)
    yield Line("`undo` of that undo", "the import", again / first, 1)
    little, much = (_reimported(directory, times) for times in (1, 20))
    work = "`undo` of the last of 20 imports that each change 2,000 businesses"
    yield Line(work, "of the first one", paired(_undo_of_latest(much), _undo_of_latest(little), 7), 1.5)
    large, small = (registry(directory, count) for count in (1_000_000, 2_000))
    for path in (large, small):
        run(IKMCTL, "--db", str(path), "close-business", "1000", "--on", "2023-12-31")
    work = "`undo` of a `close-business`, 1,000,000 businesses"
    yield Line(work, "the same, 2,000", paired(_undo_of_latest(large), _undo_of_latest(small), 7), 1.5)


def _undo_of_latest(path: Path) -> Callable[[], float]:
    """A function that undoes the latest change and gives the seconds of it; then the change is there again."""

    def work() -> float:
        taken = run(IKMCTL, "--db", str(path), "undo", "--yes").seconds
        connection = sqlite3.connect(path)
        (number,) = connection.execute("SELECT max(id) FROM change").fetchone()
        connection.close()
        run(IKMCTL, "--db", str(path), "undo", "--yes", str(number))
        return taken

    return work


def _reimported(directory: Path, times: int) -> Path:
    """A registry of 2,000 businesses of which every address was changed so many times, by an import each."""
    path = directory / f"reimported-{times}.db"
    shutil.copyfile(registry(directory, 2_000), path)
    address, sheet = HEADINGS.index("Alamat"), directory / "changed.csv"
    for number in range(times):
        with sheet.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(HEADINGS)
            writer.writerows([*row[:address], f"Jl. Baru {number}", *row[address + 1 :]] for row in rows(2_000))
        update = ("--yes", "-q", "--on-duplicate", "update")
        run(IKMCTL, "--db", str(path), "import-businesses", str(sheet), *update)
    (directory / "2000.db").unlink()
    return path


GROUPED = "SELECT sector, kecamatan, count(*) FROM business GROUP BY sector, kecamatan"


def reporting(directory: Path) -> Iterator[Line]:
    """A month's full summary beside the start of Python with Typer and Rich, and beside one plain GROUP BY."""
    small = coached(registry(directory, 2_000), 100)
    bare = seconds(sys.executable, "-c", "import typer, rich.table")
    summary = seconds(IKMCTL, "--db", str(small), "summary", "2021-06")
    yield Line("`summary 2021-06`, 2,000 businesses", "`import typer, rich.table`", paired(summary, bare, 15), 2.5)
    if SQLITE3 is None:
        print("the sqlite3 shell is not installed: no summary of a million is compared")
        return
    large = coached(registry(directory, 1_000_000), 50_000)
    summary = seconds(IKMCTL, "--db", str(large), "summary", "2021-06")
    grouped = seconds(str(SQLITE3), str(large), GROUPED)
    work = "`summary 2021-06`, 1,000,000 businesses, 50,000 events"
    yield Line(work, f"`sqlite3 FILE '{GROUPED}'`", paired(summary, grouped, 7), 1.5)
    quality = seconds(IKMCTL, "--db", str(large), "summary", "2021-06", "--only", "quality")
    yield Line("its quality of the data alone", "the same", paired(quality, grouped, 7), 0.7)


def duplicates(directory: Path) -> Iterator[Line]:
    """The search for businesses entered twice."""
    command = (IKMCTL, "--db", str(registry(directory, 100_000)), "find-duplicates")
    yield Line(
        "`find-duplicates`, 100,000 businesses", "", statistics.median(run(*command).seconds for _ in range(3)), 30, "s"
    )


def coached(path: Path, events: int) -> Path:
    """The registry with so many events over three years, and ten businesses at each."""
    chance = random.Random(1)
    connection = sqlite3.connect(path)
    with connection:
        businesses = connection.execute("SELECT max(id) FROM business").fetchone()[0]
        days = (date(2019, 1, 1) + timedelta(days=chance.randrange(1_095)) for _ in range(events))
        connection.executemany(
            "INSERT INTO event (name, kind, starts_on, ends_on) VALUES ('Pelatihan', 'training', ?1, ?1)",
            ((day.isoformat(),) for day in days),
        )
        connection.executemany(
            "INSERT INTO attendance (event_id, business_id, role) VALUES (?, ?, 'participant')",
            ((1 + place // 10, chance.randint(1, businesses)) for place in range(10 * events)),
        )
    connection.close()
    return path


READ_ALONE = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
book.get_sheet_by_name(book.sheet_names[0]).to_python()
"""


def workbooks(directory: Path) -> Iterator[Line]:
    """An import of 10,000 rows of a workbook of 250 columns beside reading it with python-calamine alone."""
    for kind, others in (("filled", True), ("empty", False)):
        path = directory / f"{kind}.xlsx"
        _wide_workbook(path, filled=others)

        def ours(path: Path = path) -> float:
            target = directory / "workbook.db"
            target.unlink(missing_ok=True)
            run(IKMCTL, "--db", str(target), "init", "--city", "13.76", "--office", "Bench")
            return run(IKMCTL, "--db", str(target), "import-businesses", str(path), "--yes", "-q").seconds

        alone = seconds(sys.executable, "-c", READ_ALONE, str(path))
        work = f"`import-businesses` of a workbook, 10,000 rows × 250 columns, 226 of them {kind}"
        yield Line(work, "reading it with python-calamine", paired(ours, alone, 5), 3)


def _wide_workbook(path: Path, *, filled: bool) -> None:
    """Businesses in 24 columns, and 226 columns more that hold other things, or only a format."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, empty = book.add_worksheet("IKM"), book.add_format({"bold": True})
        sheet.write_row(0, 0, [*HEADINGS, *(f"Kolom {number}" for number in range(226) if filled)])
        for index, row in enumerate(rows(10_000), start=1):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(index, column, text)
            for column in range(24, 250):
                if not filled:
                    sheet.write_blank(index, column, None, empty)
                elif column % 2:
                    sheet.write_number(index, column, index * column % 97)
                else:
                    sheet.write_string(index, column, f"teks {index * column % 53}")


PARTS = {
    "start": start,
    "size": size,
    "lists": lists,
    "print": printing,
    "import": importing,
    "workbooks": workbooks,
    "undo": undoing,
    "report": reporting,
    "duplicates": duplicates,
}


def page(lines: list[Line]) -> str:
    """The page of results."""
    found = [
        "# Benchmarks\n\nMade by `make bench`: medians of several runs, ikmctl and the other program in turn.",
        f"Each run starts the program anew.\n\nMeasured on {date.today().isoformat()}: {machine()}.\n",
        "| work | compared with | measured | at most |\n|---|---|---|---|",
    ]
    for line in lines:
        mark = "" if line.ratio <= line.limit else " **over**"
        found.append(f"| {line.work} | {line.peer} | {line.ratio:.2f} {line.unit}{mark} | {line.limit:g} |")
    return "\n".join(found) + "\n"


def machine() -> str:
    """What the figures were measured on."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def main() -> None:
    """Run the parts named, or all; the page is written only when all were run."""
    chosen = sys.argv[1:] or list(PARTS)
    lines = []
    for name in chosen:
        with tempfile.TemporaryDirectory() as directory:
            for line in PARTS[name](Path(directory)):
                print(
                    f"{line.ratio:8.2f} {line.unit:8} (at most {line.limit:g})  {line.work} / {line.peer}", flush=True
                )
                lines.append(line)
    if set(chosen) == set(PARTS):
        (ROOT / "docs" / "benchmarks.md").write_text(page(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
