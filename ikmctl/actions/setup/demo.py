"""Builds the demo registries from spreadsheets that ship with ikmctl, with the actions that officers use."""

import csv
from collections.abc import Callable
from pathlib import Path

from ikmctl.actions.imports.apply import apply_plan
from ikmctl.actions.imports.kinds import KINDS
from ikmctl.actions.imports.options import Options
from ikmctl.actions.imports.plan import make_plan
from ikmctl.actions.records import save
from ikmctl.actions.records.events import participants
from ikmctl.actions.records.events.guests import Guests
from ikmctl.actions.setup import registry_file
from ikmctl.document import Document, done
from ikmctl.domain.entities import EVENT, SENTRA
from ikmctl.domain.keys import key
from ikmctl.language import _
from ikmctl.reference import shipped
from ikmctl.registry.file.database import Registry, creating
from ikmctl.sheets.table.columns import known_headings

FILE_NAME = "ikmctl-demo.db"
SHEETS = shipped.FOLDER / "demo"
OFFICE = "Disnakerin Kota Payakumbuh"
VISITORS = "DPMPTSPPTK Kota Bukittinggi"
GROUP = "Kelompok Usaha Rajutan Fayari"
LESSON = "Pembinaan melalui sentra dan kelompok usaha; workshop bersama Dekranasda sampai IKM berproduksi sendiri"
VISITORS_FILE_NAME = "ikmctl-demo-bukittinggi.db"


def build(path: Path) -> Document:
    """Build the demo registry of Payakumbuh at `path`. Raises RegistryExists; a failed build leaves no file."""
    _build(path, "13.76", OFFICE, _fill)
    message = _("Built the demo registry of Payakumbuh: {file}. All people and businesses in it are invented.")
    start = f"  ikmctl --db {_quoted(path)}"
    return done(
        message.format(file=path),
        _("Try next:"),
        f"{start} list-businesses --search rendang",
        f'{start} show-business "{GROUP}"',
        f"{start} summary 2021-10",
        file=str(path),
    )


def build_visiting_city(path: Path) -> Document:
    """Build the demo registry of Bukittinggi at `path`. Raises RegistryExists; a failed build leaves no file."""
    _build(path, "13.75", VISITORS, _fill_visitors)
    message = _("Built the demo registry of Bukittinggi: {file}. All people and businesses in it are invented.")
    return done(
        message.format(file=path),
        _("Try next, together with the demo registry of Payakumbuh:"),
        f"  ikmctl --db {_quoted(path)} compare {_quoted(path.with_name(FILE_NAME))} --period 2021",
        file=str(path),
    )


def _build(path: Path, city: str, office: str, fill: Callable[[Registry], None]) -> None:
    """Create a registry and fill it; there is no file if that fails."""
    with creating(path) as registry:
        registry_file.begin(registry, city, office)
        fill(registry)


def _quoted(path: Path) -> str:
    """The path as typed in a shell, quoted if it has spaces."""
    return f'"{path}"' if " " in str(path) else str(path)


def _fill(registry: Registry) -> None:
    """Fill the registry of Payakumbuh: sentra, businesses, observations, a workshop and a study visit."""
    _add_sentra(registry)
    for name in ("businesses.csv", "observations-2020.csv", "closures.csv"):
        _import(registry, name)
    _add_workshop(registry)
    _add_study_visit(registry)


def _fill_visitors(registry: Registry) -> None:
    """Fill the registry of Bukittinggi: businesses, one sentra, and three events of 2021."""
    sentra = {"name": "Sentra Bordir Bukittinggi", "sector": "sandang", "product": "kain bordir"}
    save.add(registry, SENTRA, sentra)
    _import(registry, "businesses-bukittinggi.csv")
    for name, kind, day, funder, businesses in (
        ("Pameran Bordir dan Sulaman", "pameran", "21 Agustus 2021", "Dekranasda", range(1, 5)),
        ("Sosialisasi Perizinan Usaha", "sosialisasi", "6 April 2021", "APBD", range(4, 16)),
    ):
        event: dict[str, str | list[str] | None] = {
            "name": name, "kind": kind, "starts_on": day, "organiser": [VISITORS], "funder": [funder],
        }  # fmt: skip
        number = str(save.add(registry, EVENT, event).facts["number"])
        participants.add_participants(registry, number, Guests(businesses=[str(business) for business in businesses]))
    visit: dict[str, str | list[str] | None] = {
        "name": "Studi Tiru Pengembangan Industri Kerajinan", "kind": "studi tiru", "starts_on": "11 Oktober 2021",
        "venue": OFFICE, "host": [OFFICE], "guest": [VISITORS], "funder": ["APBD"], "lesson": LESSON,
    }  # fmt: skip
    number = str(save.add(registry, EVENT, visit).facts["number"])
    participants.add_participants(registry, number, _delegates())
    seen = Guests(visited=["Payocraft", *(row["Nama Sentra"] for row in _rows("sentra.csv"))])
    participants.add_participants(registry, number, seen)


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of a demo spreadsheet, by heading."""
    with open(SHEETS / name, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def _add_sentra(registry: Registry) -> None:
    """Add the two sentra that the spreadsheet of businesses names."""
    fields = known_headings(SENTRA, {}).fields
    for row in _rows("sentra.csv"):
        save.add(registry, SENTRA, {fields[key(heading)].name: text for heading, text in row.items()})


def _import(registry: Registry, name: str) -> None:
    """Import a spreadsheet of businesses. Raises RowsRejected."""
    options = Options(on_duplicate="update", strict=True)
    apply_plan(registry, make_plan(registry, KINDS["businesses"], [str(SHEETS / name)], options, bytes))


def _add_workshop(registry: Registry) -> None:
    """Add the workshop for ten knitting businesses."""
    document = save.add(
        registry,
        EVENT,
        {
            "name": "Workshop Rajutan",
            "kind": "workshop",
            "starts_on": "13-17 September 2021",
            "venue": "Aula Disnakerin",
            "topic": "merajut untuk produksi mandiri",
            "organiser": [OFFICE, "Dekranasda Kota Payakumbuh"],
            "funder": ["APBD"],
            "budget": ["APBD=25 juta"],
            "hours": "40",
            "reported_male": "2",
            "reported_female": "8",
            "outcome": "10 IKM rajutan mampu berproduksi sendiri",
        },
    )
    businesses = [f"{row['Nama Usaha']} / {row['Nama Pemilik']}" for row in _rows("participants-workshop.csv")]
    participants.add_participants(registry, str(document.facts["number"]), Guests(businesses=businesses))


def _delegates() -> Guests:
    """The officers from Bukittinggi."""
    rows = _rows("delegates-study-visit.csv")
    return Guests(
        people=[row["Nama Peserta"] for row in rows],
        role=["delegate"],
        gender=[row["Jenis Kelamin"] for row in rows],
        position=[row["Jabatan"] for row in rows],
        organisation=[row["Instansi"] for row in rows],
    )


def _add_study_visit(registry: Registry) -> None:
    """Add the study visit of officers from Bukittinggi."""
    document = save.add(
        registry,
        EVENT,
        {
            "name": "Studi Tiru Pengembangan Industri Kerajinan",
            "kind": "studi tiru",
            "starts_on": "11 Oktober 2021",
            "venue": "Disnakerin Kota Payakumbuh",
            "host": [OFFICE],
            "guest": [VISITORS],
            "topic": "sentra, kelompok usaha dan pembinaan kerajinan",
            "lesson": LESSON,
        },
    )
    event = str(document.facts["number"])
    participants.add_participants(registry, event, _delegates())
    sentra = [row["Nama Sentra"] for row in _rows("sentra.csv")]
    participants.add_participants(registry, event, Guests(businesses=[GROUP], sentra=sentra, role=["visited"]))
