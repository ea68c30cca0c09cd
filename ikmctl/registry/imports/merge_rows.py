"""Rows of a file that make one business together: a second product below it, or a project of the same NIB (OSS)."""

import json
from collections.abc import Iterator, Sequence
from sqlite3 import Connection
from typing import Any

from ikmctl.registry.imports.staging import MEASURES, OWN, Finding

#: Columns in which the rows of one business may differ: each row adds a product or a KBLI code.
_ADDED = ("products", "kbli")
_SUMMED = ("workers_male", "workers_female", "workers_total", "investment", "production_value", "material_value")
#: Columns in which the rows of one business may not differ.
_FIRST = tuple(name for name in OWN if name not in (*_ADDED, "notes", "brand"))
_READ = ("id", "file", "line", "nib", *_ADDED, *MEASURES, *_FIRST, "extra", "pending")
_COLUMNS = ", ".join(f'"{name}"' for name in dict.fromkeys(_READ))
LONGEST_PRODUCTS = 300
#: A NIB with so many different names is a placeholder, not the NIB of a business.
PLACEHOLDER_NAMES = 3

Values = dict[str, Any]


def join(connection: Connection, *, projects: bool, project: str = "") -> list[Finding]:
    """Add rows to the business they belong to; with `projects` all rows of one NIB are one business.

    `project` is the heading of a column that tells projects apart: the same project under two KBLI counts once.
    """
    findings = _free_shared(connection)
    findings += _reject_halves(connection)
    _point_to_first(connection, projects)
    if not connection.execute(
        "SELECT EXISTS (SELECT 1 FROM stage WHERE joins IS NOT NULL AND needs_check = 1)"
    ).fetchone()[0]:
        return findings
    connection.execute("CREATE INDEX IF NOT EXISTS temp.stage_line ON stage (file, line)")
    for head, parts in list(_groups(connection)):
        findings += [_said(head, part) for part in parts]
        _save(connection, _merged(head, parts, project), [part["id"] for part in parts])
    return findings


def _free_shared(connection: Connection) -> list[Finding]:
    """An identifier that stands at several names is a placeholder, and no key."""
    shared = connection.execute(
        """
        SELECT nib, count(DISTINCT substr(match_key, 1, instr(match_key, '|'))) AS names
        FROM stage WHERE nib IN (SELECT nib FROM repeated)
        GROUP BY nib HAVING names >= ?
        """,
        (PLACEHOLDER_NAMES,),
    ).fetchall()
    findings = []
    for nib, names in shared:
        rows = connection.execute("UPDATE stage SET nib = NULL WHERE nib = ? RETURNING file, line", (nib,)).fetchall()
        findings += [Finding(file, line, "nib", nib, "shared-identifier", {"count": names}) for file, line in rows]
    return findings


def _reject_halves(connection: Connection) -> list[Finding]:
    """A row that adds to a row which cannot be taken cannot be taken either."""
    rows = connection.execute(
        """
        UPDATE stage SET verdict = 'rejected'
        WHERE needs_check = 1 AND joins IS NOT NULL AND verdict = 'new' AND NOT EXISTS (
            SELECT 1 FROM stage AS head
            WHERE head.file = stage.file AND head.line = stage.joins AND head.verdict <> 'rejected'
        )
        RETURNING file, line, name, joins
        """
    ).fetchall()
    return [Finding(file, line, "name", name, "row-above-rejected", {"row": head}) for file, line, name, head in rows]


def _point_to_first(connection: Connection, projects: bool) -> None:
    """Rows of one NIB that differ in product or KBLI alone add to the first of them."""
    groups = connection.execute(
        """
        SELECT file, nib FROM stage
        WHERE nib IN (SELECT nib FROM repeated) AND joins IS NULL AND verdict = 'new'
        GROUP BY file, nib HAVING count(*) > 1
        """
    ).fetchall()
    for file, nib in groups:
        cursor = connection.execute(
            f"SELECT {_COLUMNS} FROM stage WHERE file = ? AND nib = ? AND joins IS NULL ORDER BY id", (file, nib)
        )
        first, *others = _dicts(cursor)
        fitting = [row for row in others if projects or _adds(first, row)]
        if len(fitting) == len(others):
            connection.executemany(
                "UPDATE stage SET joins = ?, needs_check = 1 WHERE id = ?",
                [(first["line"], row["id"]) for row in fitting],
            )


def _adds(first: Values, row: Values) -> bool:
    """Whether a row says something more of the same business, and nothing against it."""
    agree = all(first[name] == row[name] or None in (first[name], row[name]) for name in _FIRST)
    return agree and any(row[name] and row[name] != first[name] for name in _ADDED)


def _dicts(cursor: Any) -> list[Values]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _groups(connection: Connection) -> Iterator[tuple[Values, list[Values]]]:
    heads = connection.execute(
        """
        SELECT DISTINCT file, joins FROM stage
        WHERE needs_check = 1 AND joins IS NOT NULL AND verdict = 'new' ORDER BY file, joins
        """
    ).fetchall()
    for file, line in heads:
        query = f"SELECT {_COLUMNS} FROM stage WHERE file = ? AND line = ? AND joins IS NULL"
        parts = f"""
            SELECT {_COLUMNS} FROM stage
            WHERE needs_check = 1 AND file = ? AND joins = ? AND verdict = 'new' ORDER BY id
            """
        for head in _dicts(connection.execute(query, (file, line))):
            yield head, _dicts(connection.execute(parts, (file, line)))


def _said(head: Values, part: Values) -> Finding:
    what = ", ".join(str(part[name]) for name in _ADDED if part[name]) or "–"
    field = next((name for name in _ADDED if part[name]), "products")
    return Finding(part["file"], part["line"], field, what, "joined-row", {"row": head["line"], "what": what})


def _merged(head: Values, parts: Sequence[Values], project: str) -> Values:
    """The first row with what the others add."""
    found = dict(head)
    counted = {_project(head, project)}
    for part in parts:
        found["kbli"] = _together(found["kbli"], part["kbli"], ",")
        found["products"] = _together(found["products"], part["products"], ", ")
        _add_extra(found, part)
        _add_pending(found, part)
        if project and _project(part, project) in counted:
            continue
        counted.add(_project(part, project))
        for name in _SUMMED:
            if part[name] is not None:
                found[name] = (found[name] or 0) + part[name]
        _add_capacity(found, part)
    return found


def _project(row: Values, heading: str) -> Any:
    return json.loads(row["extra"] or "{}").get(heading) or row["id"]


def _together(one: str | None, other: str | None, sign: str) -> str | None:
    """Both lists as one, each part once."""
    parts = [part.strip() for text in (one, other) if text for part in text.split(sign)]
    joined = sign.join(dict.fromkeys(parts))
    return joined if joined and len(joined) <= LONGEST_PRODUCTS else one


def _add_capacity(found: Values, part: Values) -> None:
    """Capacities of one unit are summed; one of another unit is kept among the other columns."""
    if part["capacity"] is None:
        return
    same = (found["capacity_unit"], found["capacity_period"]) == (part["capacity_unit"], part["capacity_period"])
    if found["capacity"] is None:
        found |= {name: part[name] for name in ("capacity", "capacity_unit", "capacity_period")}
    elif same or not (found["capacity_unit"] and part["capacity_unit"]):
        found["capacity"] += part["capacity"]
    else:
        said = f"{part['products'] or ''} {part['capacity']:g} {part['capacity_unit']}".strip()
        _add_extra(found, {"extra": json.dumps({"Kapasitas produk lain": said}, ensure_ascii=False)})


def _add_extra(found: Values, part: Values) -> None:
    extra = json.loads(found["extra"] or "{}")
    for heading, text in json.loads(part["extra"] or "{}").items():
        there = extra.get(heading)
        extra[heading] = text if not there else there if text in there.split("; ") else f"{there}; {text}"
    found["extra"] = json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else None


def _add_pending(found: Values, part: Values) -> None:
    """Add the cells of another row that cannot be read; of one field the first is kept."""
    cells = json.loads(found["pending"] or "[]")
    fields = {cell["field"] for cell in cells}
    cells += [cell for cell in json.loads(part["pending"] or "[]") if cell["field"] not in fields]
    found["pending"] = json.dumps(cells, ensure_ascii=False) if cells else None


def _save(connection: Connection, head: Values, parts: Sequence[int]) -> None:
    names = (*_ADDED, *MEASURES, "extra", "pending")
    settings = ", ".join(f'"{name}" = ?' for name in names)
    connection.execute(
        f"UPDATE stage SET needs_check = 1, {settings} WHERE id = ?", (*(head[name] for name in names), head["id"])
    )
    connection.executemany("UPDATE stage SET verdict = 'joined' WHERE id = ?", [(part,) for part in parts])
