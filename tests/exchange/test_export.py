"""`export` and `import-registry` as whole commands: what is written, what stays hidden, what is refused."""

import csv
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import pytest

from ikmctl.commands.catalogue import COMMANDS
from tests.conftest import Run

PERSONAL = {
    "--nik": "1376994505800001", "--phone": "0812-0000-1234", "--email": "erna@example.com", "--npwp": "01.234.567.8-202.000",
}  # fmt: skip
STORED = ("1376994505800001", "081200001234", "erna@example.com", "012345678202000")


@pytest.fixture
def filled(ikmctl: Run) -> Run:
    """A registry with a group, its member, a sentra, an event."""
    ikmctl("add-sentra", "Sentra Rendang", "--sector", "pangan", "--phone", "0812-0000-9999")
    ikmctl("add-business", "Kelompok Payocraft", "--form", "group", "--sector", "sandang")
    ikmctl(
        "add-business", "=Rendang Uni Erna", "--owner", "Erna Wati", "--sentra", "rendang", "--kbli", "10750,10130",
        "--group", "Payocraft", "--workers-male", "2", "--workers-female", "3", "--production-value", "150 juta",
        *(part for pair in PERSONAL.items() for part in pair),
    )  # fmt: skip
    ikmctl("add-event", "Workshop Rendang", "--kind", "workshop", "--starts-on", "13/9/2021", "--funder", "APBD")
    ikmctl("add-participants", "Workshop Rendang", "--business", "2")
    return ikmctl


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_masked_export_gives_away_no_personal_value(filled: Run, tmp_path: Path) -> None:
    outcome = filled("export", "out")
    assert outcome.status == 0 and "masked" in outcome.out and "history is not included" in outcome.out
    written = b"".join(each.read_bytes() for each in (tmp_path / "out").iterdir()).decode()
    assert not [value for value in (*STORED, "081200009999") if value in written]
    [erna] = [row for row in rows(tmp_path / "out" / "business.csv") if row["owner"] == "Erna Wati"]
    assert (erna["nik"], erna["phone"], erna["email"]) == ("*************001", "0812-****-234", "e***@example.com")
    assert erna["name"] == "'=Rendang Uni Erna"
    assert filled("history", "--format", "json").data[0]["command"] == "add-participants"
    assert frictionless.validate("out/datapackage.json").valid


def test_personal_columns_are_masked_in_every_table(filled: Run, db: Path, tmp_path: Path) -> None:
    from ikmctl.registry.file.history_columns import RECORDED

    connection = sqlite3.connect(db)
    secrets = []
    for table, columns in RECORDED.items():
        for column in {"nik", "npwp", "phone", "email", "extra"} & set(columns):
            secret = f"rahasia-{table}-{column}"
            connection.execute(
                f"UPDATE {table} SET {column} = ?", (f'{{"a": "{secret}"}}' if column == "extra" else secret,)
            )
            secrets.append(secret)
    connection.commit()
    connection.close()
    assert len(secrets) >= 6
    filled("export", "masked")
    filled("export", "revealed", "--reveal")
    masked, revealed = (
        b"".join(each.read_bytes() for each in (tmp_path / name).iterdir()).decode() for name in ("masked", "revealed")
    )
    assert [secret for secret in secrets if secret in masked] == []
    assert [secret for secret in secrets if secret not in revealed] == []


def test_a_revealed_export_is_logged_private_and_exact(filled: Run, tmp_path: Path) -> None:
    assert filled("export", "out", "--reveal").status == 0
    [erna] = [row for row in rows(tmp_path / "out" / "business.csv") if row["owner"] == "Erna Wati"]
    assert (erna["nik"], erna["phone"], erna["email"], erna["npwp"]) == STORED
    latest = filled("history", "--format", "json").data[0]
    assert (latest["command"], latest["detail"]) == ("export --reveal", "out")
    private = [tmp_path / "out", *(tmp_path / "out").iterdir()]
    assert all(path.stat().st_mode & 0o077 == 0 for path in private) or sys.platform == "win32"
    assert frictionless.validate("out/datapackage.json").valid


def test_keys_types_and_constraints_are_those_of_the_tables(filled: Run, tmp_path: Path) -> None:
    filled("export", "out", "--reveal")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    business = next(each for each in package["resources"] if each["name"] == "business")
    fields = {field["name"]: field for field in business["schema"]["fields"]}
    assert business["profile"] == "tabular-data-resource" and business["schema"]["primaryKey"] == ["id"]
    assert business["schema"]["foreignKeys"] == [
        {"fields": ["group_id"], "reference": {"resource": "", "fields": ["id"]}},
        {"fields": ["sector"], "reference": {"resource": "sector", "fields": ["code"]}},
        {"fields": ["sentra_id"], "reference": {"resource": "sentra", "fields": ["id"]}},
    ]
    assert fields["nib"]["constraints"] == {"minLength": 13, "maxLength": 13, "unique": True}
    assert fields["owner_gender"]["constraints"] == {"enum": ["male", "female"]}
    assert fields["stated_scale"]["constraints"] == {"enum": ["micro", "small", "medium", "large"]}
    assert fields["latitude"]["type"] == "number" and fields["latitude"]["constraints"] == {
        "minimum": -90,
        "maximum": 90,
    }
    assert fields["nik"]["titles"] == {"id": "NIK", "en": "NIK"}
    activity = next(each for each in package["resources"] if each["name"] == "activity")
    kinds = {field["name"]: field["type"] for field in activity["schema"]["fields"]}
    assert kinds == {
        "id": "integer",
        "business_id": "integer",
        "opened_on": "date",
        "closed_on": "date",
        "entry": "string",
    }


def test_every_table_of_the_history_is_exported(filled: Run, tmp_path: Path) -> None:
    from ikmctl.registry.file.history_columns import RECORDED

    told = filled("export", "out", "--format", "json").data
    assert told["tables"] == len(RECORDED)
    for table, columns in RECORDED.items():
        with (tmp_path / "out" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            assert next(csv.reader(stream)) == ["id", *columns]


def test_a_full_folder_needs_a_word_and_keeps_what_is_not_ours(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert filled("export", "out", "--reveal").status == 0  # empty
    (tmp_path / "out" / "letter.txt").write_text("keep")
    refused = filled("export", "out")
    assert refused.status == 1 and "is not empty" in refused.err and "--yes" in refused.err
    assert "1376994505800001" in (tmp_path / "out" / "business.csv").read_text(encoding="utf-8")
    again = filled("export", "out", "--yes")
    assert again.status == 0 and "letter.txt" in again.out
    assert "1376994505800001" not in (tmp_path / "out" / "business.csv").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "letter.txt").read_text() == "keep"
    assert not list(tmp_path.rglob(".ikmctl-*"))


@pytest.mark.parametrize("goal", ["file.txt", "missing/out", "registry.db", "file.txt/out"])
def test_a_goal_that_cannot_be_a_folder(filled: Run, db: Path, tmp_path: Path, goal: str) -> None:
    (tmp_path / "file.txt").write_text("keep")
    before = db.read_bytes()
    outcome = filled("export", goal, "--yes")
    assert outcome.status == 1 and "cannot be written" in outcome.err and "→" in outcome.err
    assert (tmp_path / "file.txt").read_text() == "keep" and db.read_bytes() == before


def test_what_stands_in_the_way_is_neither_removed_nor_followed(filled: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "business.csv").mkdir(parents=True)
    refused = filled("export", "out", "--yes")
    assert refused.status == 1 and "it contains a folder named business.csv" in refused.err
    (folder / "business.csv").rmdir()
    (tmp_path / "elsewhere.csv").write_text("keep")
    (folder / "business.csv").symlink_to(tmp_path / "elsewhere.csv")
    (folder / "sentra.csv").symlink_to(tmp_path / "nowhere.csv")
    (folder / "letter.txt").write_text("keep")
    listed = [{"path": "letter.txt"}, {"path": "../elsewhere.csv"}, {"path": str(tmp_path / "elsewhere.csv")}]
    (folder / "datapackage.json").write_text(json.dumps({"ikmctl": {}, "resources": listed}))
    assert filled("export", "out", "--yes").status == 0
    assert (tmp_path / "elsewhere.csv").read_text() == (folder / "letter.txt").read_text() == "keep"
    assert not (tmp_path / "nowhere.csv").exists() and not (folder / "business.csv").is_symlink()


def test_the_registry_is_never_written_over(filled: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    registry = tmp_path / "folder" / "business.csv"
    shutil.move(db, registry)
    before = registry.read_bytes()
    outcome = filled("export", "folder", "--yes", "--db", registry)
    assert outcome.status == 1 and "registry itself" in outcome.err
    assert registry.read_bytes() == before


def test_a_disk_that_fills_leaves_no_half_export(filled: Run, db: Path, tmp_path: Path) -> None:
    script = (
        "import resource, sys; from ikmctl.main import run\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "sys.exit(run(['--db', sys.argv[1], 'export', sys.argv[2]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(db), str(tmp_path / "out")], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 1 and "cannot be written" in done.stderr
    assert not (tmp_path / "out").exists() and not list(tmp_path.glob(".ikmctl-*"))


# --- taking it in ----------------------------------------------------------------------------------------------------


def summary(run: Run, *options: object) -> str:
    return run("summary", "2021-09", "--format", "json", *options).out


def test_a_registry_goes_into_an_empty_one_and_back(filled: Run, tmp_path: Path) -> None:
    other = ("--db", tmp_path / "other.db")
    filled("export", "out", "--reveal")
    filled("init", "--city", "13.75", "--office", "X", *other)
    outcome = filled("import-registry", "out", *other)
    assert outcome.status == 0 and "undo" in outcome.out
    assert summary(filled, *other) == summary(filled)
    assert filled("status", "--format", "json", *other).data["office"] == "Disnakerin"
    assert filled("list-businesses", "--search", "rendang", "--format", "json", *other).data[0]["number"] == 2
    changes = filled("history", "--format", "json", *other).data
    assert [change["command"] for change in changes] == ["import-registry", "init"]
    known = filled("import-businesses", sheet(tmp_path), "--yes", "--format", "json", *other).data
    assert known["unchanged"] == 1  # met by name, owner and place, as in the registry it came from
    assert filled("undo", "--yes", *other).status == 0
    assert filled("status", "--format", "json", *other).data["office"] == "X"
    assert filled("list-businesses", "--search", "rendang", "--format", "json", *other).data == []


def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "sheet.csv"
    file.write_text("Nama Usaha,Nama Pemilik\n'=Rendang Uni Erna,Erna Wati\n", encoding="utf-8")
    return file


def test_only_an_empty_registry_takes_one_in(filled: Run, db: Path) -> None:
    filled("export", "out", "--reveal")
    before = db.read_bytes()
    outcome = filled("import-registry", "out")
    assert (
        outcome.status == 3
        and "only be imported into an empty registry" in outcome.err
        and "Businesses: 2" in outcome.err
    )
    assert db.read_bytes() == before


Damage = Callable[[Path], object]


def rewrite(folder: Path, table: str, change: Callable[[str], str], *, seal: bool) -> None:
    """Change a table's file; with `seal` the package says that it is as it should be."""
    file = folder / f"{table}.csv"
    content = change(file.read_bytes().decode()).encode()
    file.write_bytes(content)
    if seal:
        digest = hashlib.sha256(content).hexdigest()

        def set_hash(package: Any) -> None:
            next(each for each in package["resources"] if each["name"] == table)["hash"] = f"sha256:{digest}"

        repack(folder, set_hash)


def repack(folder: Path, change: Callable[[Any], object]) -> None:
    descriptor = folder / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    change(package)
    descriptor.write_text(json.dumps(package), encoding="utf-8")


def garble(folder: Path) -> None:
    content = b"id,\xff"
    (folder / "activity.csv").write_bytes(content)
    sealed = {"hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    repack(
        folder, lambda package: next(each for each in package["resources"] if each["name"] == "activity").update(sealed)
    )


REFUSED: dict[str, tuple[Damage, str]] = {
    "no folder": (lambda folder: shutil.rmtree(folder), "no such folder"),
    "no package": (lambda folder: (folder / "datapackage.json").unlink(), "does not contain datapackage.json"),
    "no JSON": (lambda folder: (folder / "datapackage.json").write_bytes(b'{"a": \xff'), "cannot be read as JSON"),
    "deep JSON": (lambda folder: (folder / "datapackage.json").write_text("[" * 100_000), "cannot be read as JSON"),
    "a list": (lambda folder: (folder / "datapackage.json").write_text("[]"), "another program"),
    "foreign": (lambda folder: repack(folder, lambda package: package.pop("ikmctl")), "another program"),
    "newer": (lambda folder: repack(folder, lambda package: package["ikmctl"].update(version=99)), "newer ikmctl"),
    "no version": (lambda folder: repack(folder, lambda package: package["ikmctl"].update(version=None)), "newer ikmctl"),
    "no tables": (lambda folder: repack(folder, lambda package: package.update(resources=None)), "these tables are missing"),
    "a table less": (lambda folder: repack(folder, lambda package: package["resources"].pop(3)), "tables are missing: kbli"),
    "a table more": (
        lambda folder: repack(folder, lambda package: package["resources"].append({"name": "change", "path": "change.csv"})),
        "unknown tables: change",
    ),
    "a path outside": (
        lambda folder: repack(folder, lambda package: package["resources"][6].update(path="../business.csv")),
        "another file",
    ),
    "a file less": (lambda folder: (folder / "activity.csv").unlink(), "there is no such file"),
    "cut off": (lambda folder: rewrite(folder, "business", lambda text: text[:-9], seal=False), "changed after the export"),
    "edited": (lambda folder: rewrite(folder, "business", lambda text: text.replace("Erna", "Erni"), seal=False), "changed after the export"),
    "no column": (
        lambda folder: rewrite(folder, "activity", lambda text: text.replace("opened_on", "opened"), seal=True),
        "its columns differ from those",
    ),
    "a cell less": (lambda folder: rewrite(folder, "activity", lambda text: text + "9\r\n", seal=True), "row 4 has 1 cell,"),
    "no number": (
        lambda folder: rewrite(folder, "observation", lambda text: text.replace("150000000", "banyak"), seal=True),
        "row 2 has “banyak”",
    ),
    "too large": (
        lambda folder: rewrite(folder, "observation", lambda text: text.replace("150000000", "9" * 19), seal=True),
        "row 2 has “9999",
    ),
    "not UTF-8": (lambda folder: garble(folder), "cannot be read"),
    "an open quote": (lambda folder: rewrite(folder, "sentra", lambda text: text + '2,"x', seal=True), "cannot be read"),
    "dangling": (
        lambda folder: rewrite(folder, "activity", lambda text: text + "3,77,2021-01-01,,registered\r\n", seal=True),
        "refers to a row of business",
    ),
    "twice": (
        lambda folder: rewrite(folder, "activity", lambda text: text + text.splitlines()[1] + "\r\n", seal=True),
        "A database constraint failed",
    ),
    "no name": (
        lambda folder: rewrite(folder, "business", lambda text: text.replace("Kelompok Payocraft", "'", 1), seal=True),
        "A database constraint failed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_whole_export_is_refused_with_what_was_found(filled: Run, tmp_path: Path, name: str) -> None:
    damage, said = REFUSED[name]
    filled("export", "out", "--reveal")
    other = tmp_path / "other.db"
    filled("init", "--city", "13.75", "--office", "X", "--db", other)
    before = other.read_bytes()
    damage(tmp_path / "out")
    outcome = filled("import-registry", "out", "--db", other)
    assert outcome.status == 3 and said in outcome.err and "→" in outcome.err, outcome.err
    assert other.read_bytes() == before


def test_the_targets_of_an_export_of_an_earlier_version_keep_their_indicators(filled: Run, tmp_path: Path) -> None:
    filled("set-target", "registered", "2021", "5")
    filled("export", "out", "--reveal")
    rewrite(tmp_path / "out", "target", lambda text: text.replace("registered", "new_businesses"), seal=True)
    repack(tmp_path / "out", lambda package: package["ikmctl"].update(version=2))
    other = tmp_path / "other.db"
    filled("init", "--city", "13.75", "--office", "X", "--db", other)
    assert filled("import-registry", "out", "--db", other).status == 0
    [target] = filled("list-targets", "--db", other, "--format", "json").data
    assert target == {"indicator": "registered", "year": 2021, "value": 5}
    assert filled("undo", "--yes", "--db", other).status == 0
    assert filled("list-targets", "--db", other, "--format", "json").data == []


def test_a_masked_export_is_refused(filled: Run, tmp_path: Path) -> None:
    filled("export", "out")
    filled("init", "--city", "13.75", "--office", "X", "--db", tmp_path / "other.db")
    outcome = filled("import-registry", "out/datapackage.json", "--db", tmp_path / "other.db", "--lang", "id")
    assert outcome.status == 3 and "--reveal" in outcome.err


def test_what_the_system_says_is_said_in_the_officers_language(filled: Run, tmp_path: Path) -> None:
    for command in (("export", tmp_path / "missing" / "out"), ("export-indicators", tmp_path / "missing" / "i.json")):
        refused = filled(*command, "--lang", "id")
        assert refused.status == 1 and "foldernya tidak ada" in refused.err


@pytest.mark.parametrize("language", ["en", "id"])
def test_what_an_export_tells_to_do_can_be_done(ikmctl: Run, tmp_path: Path, db: Path, language: str) -> None:
    said = ikmctl("export", tmp_path / "given", "--lang", language).out
    assert str(db) in said
    assert set(re.findall(r"ikmctl ([a-z-]+)", said)) <= set(COMMANDS)
