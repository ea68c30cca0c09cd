"""The rows that could not be taken, as a file beside the source, ready to be corrected and imported."""

import csv
from pathlib import Path

from ikmctl.sheets.checking import Checker
from ikmctl.sheets.reader import Sheet

SUFFIX = ".rejected.csv"


def write(sheet: Sheet, checker: Checker) -> Path:
    """Write the rejected rows in the officer's own columns, with a column `problem`; where the file lies."""
    source = Path(sheet.name)
    beside = source.with_name(source.stem + SUFFIX) if source.exists() else Path("ikmctl" + SUFFIX)
    reasons: dict[int, list[str]] = {}
    for problem in checker.findings.problems:
        where = f"{problem.heading}: " if problem.heading else ""
        reasons.setdefault(problem.row, []).append(f"{where}{problem.reason}. {problem.advice}")
    width = len(checker.columns)
    with open(beside, "w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=sheet.delimiter)
        headed = False
        for row in sheet.rows():
            if not headed and any(cell.strip() for cell in row.cells):
                writer.writerow([*row.cells, "problem"])
                headed = True
            elif row.number in checker.findings.rejected:
                cells = row.cells + [""] * (width - len(row.cells))
                writer.writerow([*cells, " ".join(reasons[row.number])])
    return beside
