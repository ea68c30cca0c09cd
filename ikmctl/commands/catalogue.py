"""Every command: its module, its summary and its examples, in the order of the help; and the loading of commands."""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from ikmctl.language import N_

if TYPE_CHECKING:
    import typer


class Command(NamedTuple):
    """A command: its name, the module that defines it, its line in the overview, and examples.

    Examples with fixed-choice values are marked for translation, because each language has its own words.
    """

    name: str
    module: str
    summary: str
    examples: tuple[str, ...] = ()


class Group(NamedTuple):
    """Commands for one job of the officer, under one title."""

    title: str
    commands: tuple[Command, ...]


CATALOGUE = (
    Group(
        N_("Begin"),
        (
            Command("init", "setup", N_("Create a registry for a city"), ('init --city 13.76 --office "Disnakerin"',)),
            Command(
                "demo",
                "setup",
                N_("Build a registry of invented data to try things out"),
                ("demo", "demo ./latihan", "demo ./latihan --city 13.75"),
            ),
            Command("status", "setup", N_("Show where the registry is and what it contains"), ("status",)),
        ),
    ),
    Group(
        N_("Businesses"),
        (
            Command(
                "add-business",
                "records",
                N_("Register a business"),
                (
                    'add-business "Rendang Uni Erna" --owner "Erna Wati" --kelurahan Tiakar --sector pangan',
                    'add-business "Rajut Rina" --from-person "Rina Wati" --registered-on 1/3/2022',
                ),
            ),
            Command("edit-business", "records", N_("Edit a business"), ("edit-business 12 --phone 0812-0000-1234",)),
            Command("close-business", "records", N_("Close a business"), ("close-business 12 --on 31/10/2021",)),
            Command("reopen-business", "records", N_("Reopen a closed business"), ("reopen-business 12",)),
            Command(
                "delete-business",
                "records",
                N_("Delete a business entered by mistake"),
                ("delete-business 12", "delete-business 12 --with-attendance"),
            ),
            Command("show-business", "records", N_("Show everything about a business"), ("show-business 12",)),
            Command(
                "list-businesses",
                "records",
                N_("List businesses"),
                (
                    "list-businesses --search rendang",
                    N_("list-businesses --kecamatan latina --sort -workers_total --columns number,name,workers_total"),
                    "list-businesses --missing nib --output tanpa-nib.csv",
                    "list-businesses --sector pangan --never-coached --reveal --output undangan.xlsx",
                ),
            ),
            Command(
                "list-groups",
                "records",
                N_("List groups, with how many of their members were coached"),
                ("list-groups", "list-groups --not-coached-since 2y"),
            ),
            Command(
                "list-unseen",
                "reports",
                N_("List active businesses without a sign of life for years"),
                ("list-unseen", "list-unseen --since 3y --kecamatan latina", "list-unseen --output kunjungan.xlsx"),
            ),
            Command(
                "find-duplicates",
                "duplicates",
                N_("List pairs of businesses that may be one entered twice"),
                ("find-duplicates", "find-duplicates --score 70 --limit 0"),
            ),
            Command(
                "merge-businesses",
                "duplicates",
                N_("Merge two records of one business into one"),
                ("merge-businesses 12 301", "merge-businesses 12 301 --take phone --take address"),
            ),
            Command(
                "mark-different",
                "duplicates",
                N_("Mark two businesses that look alike as not the same"),
                ("mark-different 12 301",),
            ),
            Command(
                "import-businesses",
                "imports.commands",
                N_("Import a spreadsheet of businesses"),
                (
                    "import-businesses data.xlsx --dry-run",
                    "import-businesses data.csv --yes",
                    N_('import-businesses lama.xls --sheet Pangan --map "Nm Usaha=name" --money-unit thousand'),
                ),
            ),
            Command(
                "import-observations",
                "imports.commands",
                N_("Import workers and money of registered businesses for a year"),
                ("import-observations perkembangan-2021.xlsx --data-year 2021",),
            ),
            Command(
                "list-pending",
                "pending",
                N_("List the values that an import could not read"),
                ("list-pending", "list-pending --output pending.xlsx", "list-pending --business 12"),
            ),
            Command(
                "mend-pending",
                "pending",
                N_("Give the right value for a text that could not be read"),
                ("mend-pending 4 3", 'mend-pending --text "tiga" --as 3'),
            ),
            Command(
                "dismiss-pending",
                "pending",
                N_("Dismiss texts that could not be read"),
                ("dismiss-pending 4 5", 'dismiss-pending --text "?"'),
            ),
            Command(
                "import-pending",
                "imports.commands",
                N_("Import a spreadsheet of mended values"),
                ("import-pending pending.xlsx",),
            ),
            Command(
                "template",
                "imports.words",
                N_("Make an empty spreadsheet to fill in"),
                (N_("template businesses --output ikm.xlsx"), N_("template participants --output peserta.csv")),
            ),
            Command(
                "alias",
                "imports.words",
                N_("Save what a word means in this office (an alias)"),
                ('alias kelurahan "Kt. Tangah" "Koto Tangah"', N_('alias heading "Nm Usaha" name')),
            ),
            Command("list-aliases", "imports.words", N_("List the saved aliases"), ("list-aliases",)),
            Command("remove-alias", "imports.words", N_("Remove an alias"), (N_('remove-alias heading "Nm Usaha"'),)),
        ),
    ),
    Group(
        N_("Sentra"),
        (
            Command(
                "add-sentra",
                "records",
                N_("Register a sentra"),
                ('add-sentra "Sentra Rendang Payakumbuh" --sector pangan --reported-units 20',),
            ),
            Command("edit-sentra", "records", N_("Edit a sentra"), ("edit-sentra rendang --reported-units 22",)),
            Command("close-sentra", "records", N_("Close a sentra"), ("close-sentra rendang",)),
            Command("reopen-sentra", "records", N_("Reopen a closed sentra"), ("reopen-sentra rendang",)),
            Command(
                "delete-sentra",
                "records",
                N_("Delete a sentra entered by mistake"),
                ("delete-sentra rendang --keep-members",),
            ),
            Command("show-sentra", "records", N_("Show everything about a sentra"), ("show-sentra rendang",)),
            Command("list-sentra", "records", N_("List sentra"), ("list-sentra",)),
            Command("import-sentra", "imports.commands", N_("Import a list of sentra"), ("import-sentra sentra.xlsx",)),
        ),
    ),
    Group(
        N_("Coaching"),
        (
            Command(
                "add-event",
                "records",
                N_("Register a training, workshop or study visit"),
                ('add-event "Workshop Rajutan" --kind workshop --starts-on "13-17 September 2021" --host Dekranasda',),
            ),
            Command("edit-event", "records", N_("Edit an event"), ("edit-event 1 --venue 'Aula Disnakerin'",)),
            Command(
                "close-event", "records", N_("Close an event's participant list"), ("close-event 1 --on 30/09/2021",)
            ),
            Command("reopen-event", "records", N_("Reopen an event's participant list"), ("reopen-event 1",)),
            Command(
                "delete-event",
                "records",
                N_("Delete an event entered by mistake"),
                ("delete-event 3 --with-participants",),
            ),
            Command("show-event", "records", N_("Show everything about an event"), ("show-event 1",)),
            Command("list-events", "records", N_("List events"), ("list-events --held 2021",)),
            Command(
                "import-events",
                "imports.commands",
                N_("Import a list of training and coaching events"),
                ("import-events kegiatan-2021.xlsx", N_("import-events pelatihan.csv --kind training")),
            ),
            Command(
                "import-participants",
                "imports.commands",
                N_("Import the participants of events"),
                (
                    "import-participants daftar-hadir.xlsx --event 3",
                    "import-participants peserta-2024.xlsx --create-events --create-businesses",
                ),
            ),
            Command(
                "add-participants",
                "participants",
                N_("Add businesses and people to an event's participant list"),
                (
                    'add-participants 1 --business "Rajut Uni Des" --business 14',
                    N_('add-participants 2 --person "Rina Wati" --sex P --role delegate --position "Kepala Bidang"'),
                ),
            ),
            Command(
                "edit-participant",
                "participants",
                N_("Edit an entry of an event's participant list"),
                ('edit-participant 2 "Rina Wati" --organisation Disnakerin', "edit-participant 2 14 --sex P"),
            ),
            Command(
                "remove-participant",
                "participants",
                N_("Remove an entry from an event's participant list"),
                ('remove-participant 2 "Rina Wati"',),
            ),
            Command(
                "attendance-sheet",
                "participants",
                N_("Make an attendance sheet to sign"),
                ("attendance-sheet 1 --output daftar-hadir.pdf", "attendance-sheet 1 --blank 30 --output hadir.xlsx"),
            ),
            Command(
                "list-people",
                "participants",
                N_("List people who took part in events and have no business"),
                ("list-people", "list-people --held 2021 --search PKK", "list-people --output belum-usaha.xlsx"),
            ),
        ),
    ),
    Group(
        N_("Report"),
        (
            Command(
                "summary",
                "reports",
                N_("Report the figures of a month, quarter or year"),
                (
                    "summary 2021-10",
                    "summary 2021-10 --output report.pdf",
                    N_("summary 2021-Q4 --by kecamatan --only movement --only people_and_money"),
                    "summary --from 4/10/2021 --to 17/10/2021 --kecamatan latina",
                ),
            ),
            Command(
                "quality",
                "reports",
                N_("Show how complete the data are and what the checks find"),
                ("quality", "quality --by-kecamatan", N_("quality implausible"), "quality nib --output tanpa-nib.xlsx"),
            ),
            Command(
                "impact",
                "reports",
                N_("Show how coached businesses fared, beside similar ones"),
                ("impact", 'impact "Workshop Rajut"', N_("impact --kind training --period 2021 --months 12")),
            ),
            Command(
                "confirm-value",
                "reports",
                N_("Confirm a value that looks wrong but is right"),
                (N_("confirm-value 12 investment"),),
            ),
            Command(
                "close-month",
                "reports",
                N_("Close a month, so that its report no longer changes"),
                ("close-month 2021-10",),
            ),
            Command("reopen-month", "reports", N_("Reopen a closed month"), ("reopen-month 2021-10",)),
            Command(
                "set-target",
                "reports",
                N_("Set a target for a year"),
                ('set-target "IKM dibina" 2021 120', N_("set-target investment 2021 '2,5 miliar'")),
            ),
            Command("list-targets", "reports", N_("List the targets"), ("list-targets", "list-targets 2021")),
            Command(
                "set",
                "reports",
                N_("Set the letterhead and signature of reports"),
                (
                    "set",
                    'set letterhead --address "Jl. Soekarno Hatta 1" --logo logo.png --signatory "Wirda Ningsih"',
                    "set backups --keep 20 --folder E:\\cadangan",
                ),
            ),
        ),
    ),
    Group(
        N_("Exchange data"),
        (
            Command(
                "compare",
                "exchange",
                N_("Compare your city with others"),
                ("compare payakumbuh.db --period 2021", "compare payakumbuh.json"),
            ),
            Command(
                "export-indicators",
                "exchange",
                N_("Export indicators for another office, without any records"),
                ("export-indicators bukittinggi.json 2021",),
            ),
            Command(
                "export",
                "exchange",
                N_("Export the registry without its history as CSV files, or open data"),
                ("export ekspor-2021 --reveal", "export data-terbuka --open-data --period 2021"),
            ),
            Command(
                "import-registry",
                "exchange",
                N_("Import an exported registry into an empty one"),
                ("import-registry ekspor-2021",),
            ),
        ),
    ),
    Group(
        N_("Maintain the registry"),
        (
            Command(
                "history",
                "history",
                N_("Show who changed what, with the values before and after"),
                ("history", "history 12", "history --change 3"),
            ),
            Command("undo", "history", N_("Undo a change"), ("undo", "undo 7 --with-later", "undo --change 7..9")),
            Command(
                "backup",
                "maintenance",
                N_("Make a backup of the registry"),
                ("backup", "backup E:\\cadangan", "backup /media/stik"),
            ),
            Command("list-backups", "maintenance", N_("List the backups"), ("list-backups",)),
            Command(
                "restore",
                "maintenance",
                N_("Go back to a backup"),
                ("restore ikmctl-2026-11-27-0815.backup.db", "restore E:\\cadangan\\ikmctl-2026-11-27-0815.backup.db"),
            ),
            Command("access-log", "history", N_("Show who saw personal data in full"), ("access-log",)),
            Command(
                "person-report",
                "history",
                N_("Print all that is held on one person"),
                ('person-report "Erna Wati" --reveal --output erna.pdf', "person-report 1376994505800001"),
            ),
            Command(
                "erase-person",
                "history",
                N_("Erase the data of one person"),
                ("erase-person 1376994505800001", 'erase-person "Erna Wati"'),
            ),
            Command(
                "list-kbli", "reference", N_("Find a KBLI code by its title or a local word"), ("list-kbli rendang",)
            ),
            Command(
                "convert-kbli",
                "reference",
                N_("Replace KBLI codes of businesses, edition 2020, by those of 2025"),
                ("convert-kbli --dry-run", "convert-kbli"),
            ),
            Command(
                "import-regions",
                "reference",
                N_("Add kecamatan and kelurahan"),
                ("import-regions", "import-regions places.csv"),
            ),
            Command(
                "import-kbli",
                "reference",
                N_("Import a list of KBLI codes"),
                ("import-kbli kbli2025.csv --edition 2025",),
            ),
        ),
    ),
)

COMMANDS = {command.name: command for group in CATALOGUE for command in group.commands}


def load(*names: str) -> "typer.Typer":
    """A Typer app with these commands only. Modules of other commands are not imported, so ikmctl starts fast."""
    import typer

    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": []},
    )
    app.callback()(_nothing)
    for name in names:
        module = import_module(f"ikmctl.commands.{COMMANDS[name].module}")
        app.command(name)(module.command(name))
    return app


def _nothing() -> None:
    """Do nothing. With a callback Typer keeps the name of a command even if it is the only one."""
