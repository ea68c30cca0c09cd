"""Every planted NIK, phone, email and NPWP is sought in the output of every command without --reveal."""

from pathlib import Path

import pytest

from ikmctl.commands.catalogue import COMMANDS, load
from tests.conftest import Outcome, Run

NIK, PHONE, NPWP, EMAIL = "1376014505800017", "081277665544", "098765432202000", "siti.rahma@contoh.example"
#: What must not be seen, as it is stored and as people write it.
SECRETS = (NIK, PHONE, "0812-7766-5544", NPWP, EMAIL, "siti.rahma")
NOTES = f"HP {PHONE}, NIK {NIK}, {EMAIL}"
SHEET = f"""Nama Usaha,Nama Pemilik,NIK,No HP,Email,NPWP,Kelurahan,Tenaga Kerja,Keterangan,Catatan Petugas
Rendang Uni,Siti Rahma,{NIK},{PHONE},{EMAIL},{NPWP},Tiakar,5,"{NOTES}","{NOTES}"
Tenun Saiyo,Siti Rahma,{NIK}9,{PHONE}99999,siti.rahma@@contoh,{NPWP}99,Tiakar,lima {PHONE},,
,,{NIK},{PHONE},{EMAIL},{NPWP},,,,
"""
FORMATS = ("table", "json", "ndjson", "csv", "tsv", "markdown", "html")

#: Command → its arguments. Every command of the app is here, in an order in which all of them can run.
RUNS: dict[str, tuple[tuple[object, ...], ...]] = {
    "import-businesses": (("people.csv", "--dry-run", "--data-year", "2021"), ("people.csv", "--yes", "--data-year", "2021")),
    "import-observations": (("people.csv", "--data-year", "2021", "--yes"),),
    "import-sentra": (("people.csv", "--yes"),),
    "import-events": (("people.csv", "--yes"),),
    "import-participants": (("people.csv", "--yes"),),
    "import-pending": (("people.csv", "--yes"),),
    "import-regions": (("people.csv",),),
    "import-kbli": (("people.csv", "--edition", "2025"),),
    "import-registry": (("people.csv",),),
    "add-business": (("Kerupuk", "--nik", NIK + "9"), ("Kerupuk", "--email", "siti.rahma@@contoh"), ("Kerupuk", "--phone", PHONE + "99999"), ("Kerupuk", "--nik", NIK, "--notes", NOTES)),
    "edit-business": ((1, "--phone", "081299998888", "--notes", "x"), (1, "--phone", PHONE, "--notes", NOTES)),
    "close-business": ((1,),),
    "reopen-business": ((1,),),
    "show-business": ((1,), (2,)),
    "list-businesses": ((), ("--columns", "number,nik,phone,email,npwp,notes,extra"), ("--where", f"nik={NIK}"), ("--where", "nik>=1"), ("--sort", "phone"), ("--never-coached",)),
    "list-groups": ((),),
    "list-unseen": ((),),
    "find-duplicates": (("--score", 10),),
    "mark-different": ((1, 3),),
    "merge-businesses": ((1, 2),),
    "list-pending": ((), ("--each",)),
    "mend-pending": ((1, NIK),),
    "dismiss-pending": ((1,),),
    "template": (("businesses",),),
    "alias": (("heading", "Catatan Petugas", "notes"),),
    "list-aliases": ((),),
    "remove-alias": (("heading", "Catatan Petugas"),),
    "add-sentra": (("Sentra Rendang", "--phone", PHONE, "--notes", NOTES),),
    "edit-sentra": ((1, "--phone", "081299998888"),),
    "close-sentra": ((1,),),
    "reopen-sentra": ((1,),),
    "show-sentra": ((1,),),
    "list-sentra": ((), ("--columns", "number,phone,notes")),
    "add-event": (("Pelatihan", "--kind", "training", "--starts-on", "1/2/2022", "--notes", NOTES),),
    "edit-event": ((1, "--venue", "Aula"),),
    "close-event": ((1,),),
    "reopen-event": ((1,),),
    "show-event": ((1,),),
    "list-events": ((), ("--columns", "number,notes")),
    "add-participants": ((1, "--person", "Siti Rahma", "--business", 1),),
    "list-people": ((),),
    "attendance-sheet": ((1,),),
    "edit-participant": ((1, 1, "--position", "Ketua"),),
    "remove-participant": ((1, 1),),
    "delete-event": ((1,),),
    "delete-sentra": ((1,),),
    "summary": (("2021-10",),),
    "quality": ((), ("--by-kecamatan",), ("nik",), ("implausible",)),
    "impact": ((), (1,)),
    "confirm-value": ((1, "workers_total"),),
    "close-month": (("2021-10",),),
    "reopen-month": (("2021-10",),),
    "set-target": (("IKM dibina", "2021", "120"),),
    "list-targets": ((),),
    "set": ((),),
    "compare": (("people.csv",),),
    "export-indicators": (("out.json", "2021"),),
    "export": (("out",),),
    "history": ((), (1,), ("--change", 2), ("--change", 3), ("--change", 4)),
    "access-log": ((),),
    "backup": ((),),
    "list-backups": ((),),
    "restore": (("registry.db",),),
    "person-report": (("Siti Rahma",), (NIK,)),
    "list-kbli": (("rendang",),),
    "convert-kbli": (("--dry-run",),),
    "status": ((),),
    "undo": (("--yes",),),
    "delete-business": ((1,),),
    "erase-person": ((NIK, "--dry-run"), (NIK, "--yes")),
    "init": ((),),
    "demo": (("demo",),),
}  # fmt: skip

#: Commands whose arguments show in every format; the others are run once as a table and once as JSON.
SHOWING = ("show-", "list-", "history", "quality", "summary", "person-report", "find-duplicates", "access-log")


def leaks(outcome: Outcome) -> list[str]:
    return [secret for secret in SECRETS if secret in outcome.text]


def test_every_command_of_the_app_is_run() -> None:
    app = load(*COMMANDS)
    named = {command.name for command in app.registered_commands}
    assert named - set(RUNS) == set()


def test_no_command_shows_personal_data_without_reveal(ikmctl: Run, tmp_path: Path) -> None:
    found: list[tuple[object, ...]] = []
    for name, runs in RUNS.items():
        formats = FORMATS if name.startswith(SHOWING) else ("table", "json")
        for arguments in runs:
            for each in formats:
                (tmp_path / "people.csv").write_text(SHEET, encoding="utf-8")
                outcome = ikmctl(name, *arguments, "--format", each)
                assert "inside ikmctl" not in outcome.err, (name, outcome.err)
                found += [(name, arguments[:2], each, secret) for secret in leaks(outcome)]
        written = list((tmp_path / "out").glob("*")) if name == "export" else []
        found += [(name, path.name, "file", s) for path in written for s in SECRETS if s in path.read_text("utf-8")]
    assert "\n".join(map(str, found)) == ""


@pytest.mark.parametrize("ending", ["xlsx", "html", "md", "csv"])
def test_no_file_holds_personal_data_without_reveal(ikmctl: Run, tmp_path: Path, ending: str) -> None:
    import zipfile

    (tmp_path / "people.csv").write_text(SHEET, encoding="utf-8")
    ikmctl("import-businesses", "people.csv", "--yes", "--data-year", "2021")
    path = tmp_path / f"list.{ending}"
    columns = "number,name,nik,phone,email,npwp,notes,extra"
    assert ikmctl("list-businesses", "--columns", columns, "--output", path).status == 0
    parts = [path.read_bytes()]
    if ending == "xlsx":
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    assert [secret for secret in SECRETS for part in parts if secret.encode() in part] == []
