"""What is put to the test: every command that writes, each with a registry in which it has much to do."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.file.earlier import to_version_3, to_version_7
from tests.torture.server import Server

DB = "registry.db"

BUSINESSES = """Nama Usaha,Nama Pemilik,NIK,No HP,Kelurahan,Cabang Industri,Tanggal Daftar,Tenaga Kerja,Nilai Investasi,Catatan
Rendang Uni,Siti Rahma,1376014505800017,081277665544,Tiakar,pangan,11/10/2021,5,12000000,manis
Tenun Saiyo,Des Warni,,081277665545,Nunang,sandang,4/10/2021,3,9000000,
Kerupuk Sanjai,Lina,,,Tiakar,pangan,1/9/2021,lima,1500000,
Rajut Fayari,Fay,,,Nunang,sandang,2/9/2021,2,1000000,
Rotan Jaya,Buyung,,,Tiakar,kerajinan,3/9/2020,4,2000000,
"""
MORE = BUSINESSES.splitlines()[0] + "\n" + "".join(
    f"Keripik Balado {number},Pemilik {number},,08127766{number:04},Tiakar,pangan,{number % 28 + 1}/10/2021,{number % 9},{number}000000,catatan\n"
    for number in range(60)
) + "Tenun Saiyo,Des Warni,,081299999999,Nunang,sandang,4/10/2021,7,9000000,baru\n"  # fmt: skip
OBSERVATIONS = (
    "Nama Usaha,Nama Pemilik,Kelurahan,Tenaga Kerja\nRendang Uni,Siti Rahma,Tiakar,9\nTenun Saiyo,Des Warni,Nunang,8\n"
)
SENTRA = "Nama Sentra,Cabang Industri,Produk\nSentra Tenun,sandang,tenun\nSentra Rotan,kerajinan,rotan\n"
EVENTS = "Nama Kegiatan,Jenis,Tanggal Mulai,Tempat\nPelatihan Kemasan,pelatihan,1/3/2021,Aula\nBazar,pameran,2/4/2021,Pasar\n"
PARTICIPANTS = "Nama Peserta,Jenis Kelamin,Instansi\nSiti Rahma,P,Rendang Uni\nDes Warni,P,Tenun Saiyo\n"
REGIONS = "13.76.01.9999,Kelurahan Baru\n"
KBLI = "Kode,Judul\n10799,Industri Produk Makanan Lainnya\n"

FILES: Mapping[str, str] = {
    "businesses.csv": BUSINESSES, "more.csv": MORE, "observations.csv": OBSERVATIONS, "sentra.csv": SENTRA,
    "events.csv": EVENTS, "participants.csv": PARTICIPANTS, "regions.csv": REGIONS, "kbli.csv": KBLI,
}  # fmt: skip

#: The registry in which all scenes begin: records of every kind, a change undone, a pending value, a closed month.
BASE = (
    "init --city 13.76 --office Disnakerin",
    "import-businesses businesses.csv --yes",
    "add-sentra Sanjai --sector pangan",
    "edit-business 3 --sentra Sanjai",
    "add-event Workshop --kind workshop --starts-on 13/9/2021",
    "add-participants 1 --business 1 --business 2",
    "add-business Salah",
    "undo --yes",
    "close-month 2021-09",
)

Step = str | Callable[[Path], None]


def older(take_back: Callable[[Path], None]) -> Callable[[Path], None]:
    """A step that makes the registry one of an earlier version."""
    return lambda folder: take_back(folder / DB)


def without_registry(folder: Path) -> None:
    """A step that leaves no registry."""
    (folder / DB).unlink()


def with_lists(folder: Path) -> None:
    """A step that leaves files of earlier runs in the way of new ones."""
    for ending in ("csv", "json", "html", "xlsx", "md"):
        (folder / f"list.{ending}").write_text("an earlier list", encoding="utf-8")


@dataclass(frozen=True)
class Scene:
    """A command, and what was done before it."""

    command: str
    before: tuple[Step, ...] = ()
    #: The files that the command writes beside the registry: each is there whole, as before or as after.
    files: tuple[str, ...] = ()
    #: A file without which the others do not count.
    seal: str = ""
    #: Whether the command writes the registry.
    writes: bool = True
    #: Names of files that a command which failed may leave, whole: the next run takes another name.
    spare: str = ""
    #: A command that does the first of two changes, for one that makes two: there it may also end.
    first: str = ""
    #: The registry that is written, where it is not the usual one.
    registry: str = DB


def listing(ending: str) -> Scene:
    return Scene(f"list-businesses --yes --output list.{ending}", (with_lists,), (f"list.{ending}",), writes=False)


SCENES: Mapping[str, Scene] = {
    "add-business": Scene('add-business "Sanjai Lina" --owner Lina --kelurahan Tiakar --workers-total 3'),
    "edit-business": Scene("edit-business 1 --owner Warni --workers-total 8 --notes baru"),
    "close-business": Scene("close-business 1 --on 31/10/2021"),
    "reopen-business": Scene("reopen-business 1 --on 1/11/2021", ("close-business 1 --on 31/10/2021",)),
    "delete-business": Scene("delete-business 2 --with-attendance --yes"),
    "merge-businesses": Scene("merge-businesses 1 2 --yes"),
    "mark-different": Scene("mark-different 1 2"),
    "add-sentra": Scene("add-sentra Rotan --sector kerajinan"),
    "delete-sentra": Scene("delete-sentra Rotan --yes", ("add-sentra Rotan",)),
    "add-event": Scene("add-event Bazar --kind pameran --starts-on 1/10/2021"),
    "delete-event": Scene("delete-event 1 --yes --with-participants"),
    "add-participants": Scene("add-participants 1 --person Ani --person Budi --business 3"),
    "remove-participant": Scene("remove-participant 1 1 --yes"),
    "import-businesses": Scene("import-businesses more.csv --yes --on-duplicate update"),
    "import-observations": Scene("import-observations observations.csv --data-year 2019 --yes --on-duplicate update"),
    "import-sentra": Scene("import-sentra sentra.csv --yes"),
    "import-events": Scene("import-events events.csv --yes"),
    "import-participants": Scene("import-participants participants.csv --event 1 --yes --on-duplicate update"),
    "import-regions": Scene("import-regions regions.csv"),
    "import-kbli": Scene("import-kbli kbli.csv --edition 2025"),
    "import-registry": Scene(
        "import-registry exported --db other.db --yes",
        ("export exported --reveal", "init --db other.db --city 13.76 --office Disnakerin"),
        registry="other.db",
    ),
    "mend-pending": Scene("mend-pending 1 5"),
    "dismiss-pending": Scene("dismiss-pending 1"),
    "alias": Scene("alias heading Warung name"),
    "undo of an edit": Scene("undo --yes", ("edit-business 1 --owner Warni",)),
    "undo of an import": Scene("undo --yes", ("import-businesses more.csv --yes --on-duplicate update",)),
    "redo of an import": Scene("undo --yes", ("import-businesses more.csv --yes --on-duplicate update", "undo --yes")),
    "undo of several": Scene("undo --change 2..4 --with-later --yes"),
    "erase-person": Scene('erase-person "Siti Rahma" --yes'),
    "confirm-value": Scene("confirm-value 1 workers_total", ("edit-business 1 --workers-total 99000",)),
    "close-month": Scene("close-month 2021-10"),
    "reopen-month": Scene("reopen-month 2021-09"),
    "set-target": Scene('set-target "IKM dibina" 2021 120'),
    "set": Scene("set letterhead --office 'Dinas Baru'"),
    "convert-kbli": Scene("convert-kbli --yes"),
    "migrate from 7": Scene("status", (older(to_version_7),)),
    "migrate from 3 and add": Scene("add-sentra Rotan", (older(to_version_3),), first="status"),
    "reveal": Scene("list-businesses --reveal --columns name,nik"),
    "init": Scene("init --city 13.76 --office Disnakerin", (without_registry,)),
    "demo": Scene("demo --db demo.db", registry="demo.db"),
    "export": Scene("export exported --yes", ("export exported", "delete-business 5 --yes", "close-month 2021-10"),
                    tuple(f"exported/{name}" for name in ("business.csv", "activity.csv", "datapackage.json")),
                    seal="exported/datapackage.json", writes=False),
    "export-indicators": Scene("export-indicators out.json 2021 --yes", files=("out.json",), writes=False),
    "template": Scene("template businesses --output out.xlsx", files=("out.xlsx",), writes=False),
    "summary as PDF": Scene("summary 2021-10 --output out.pdf", files=("out.pdf",), writes=False),
    "rejected rows": Scene("import-businesses rejected.csv --yes --skip-rejected",
                           ((lambda folder: write_rejected(folder)),), spare="rejected.rejected*.csv"),
    **{f"list as {ending}": listing(ending) for ending in ("csv", "json", "html", "xlsx", "md")},
}  # fmt: skip


def write_rejected(folder: Path) -> None:
    """A sheet with a row that has no name."""
    (folder / "rejected.csv").write_text("Nama Usaha,TK LK\nSanjai Baru,1\n,2\n", encoding="utf-8")


@dataclass
class Stage:
    """Folders as they are before each scene, made once and copied for each run."""

    folder: Path
    server: Server
    made: dict[str, Path] = field(default_factory=dict)

    def before(self, name: str) -> Path:
        """The folder before the command of a scene."""
        if name not in self.made:
            goal = self.folder / f"before-{name.replace(' ', '-')}"
            shutil.copytree(self.base(), goal)
            self._do(SCENES[name].before, goal)
            self.made[name] = goal
        return self.made[name]

    def base(self) -> Path:
        """The folder in which all scenes begin."""
        goal = self.folder / "base"
        if not goal.exists():
            goal.mkdir()
            for file, text in FILES.items():
                (goal / file).write_text(text, encoding="utf-8")
            self._do(BASE, goal)
        return goal

    def _do(self, steps: tuple[Step, ...], folder: Path) -> None:
        for step in steps:
            if callable(step):
                step(folder)
                continue
            ended = self.server.run(words(step), folder)
            assert ended.status == 0, (step, ended.out, ended.err)


def words(command: str) -> list[str]:
    """The arguments of a command line, with the registry."""
    import shlex

    return ["--db", DB, *shlex.split(command)]
