"""Everything in the repository that is made from the code: reference pages, translations, transcripts of commands.

python tools/docs.py            write them
python tools/docs.py --check    say which are not current (exit status 1)
"""

import argparse
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from ikmctl import errors, language
from ikmctl.actions.exchange import indicator_file
from ikmctl.actions.reports import summary
from ikmctl.actions.reports.indicators import INDICATORS
from ikmctl.actions.reports.summary import SummaryOptions
from ikmctl.actions.setup import registry_file
from ikmctl.commands import help as help_pages
from ikmctl.commands.catalogue import CATALOGUE
from ikmctl.document import Card, Table
from ikmctl.domain.entities import ATTENDANCE, BUSINESS, EVENT, PARTICIPANT, SENTRA
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.suppression import MINIMUM_COUNT
from ikmctl.registry.file.database import open_registry
from tools.pictures import mark_of, pictures

ROOT = Path(__file__).parent.parent
PO = ROOT / "ikmctl" / "locale" / "id" / "LC_MESSAGES" / "ikmctl.po"
#: The header that gettext needs. Babel's own has dates and its version, which change although no message does.
HEADER = """\
Project-Id-Version: ikmctl
Language: id
Plural-Forms: nplurals=1; plural=0;
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit
"""
#: Pages written by hand whose commands are run to keep the output that they show current.
WITH_TRANSCRIPTS = (
    "README.md", "docs/records.md", "docs/importing.md", "docs/reports.md", "docs/exchange.md", "docs/safety.md",
)  # fmt: skip
#: The moment at which backups are made on the pages, in file names and as it is shown; and where they lie.
MOMENT, MOMENT_SHOWN, PLACE = "2026-11-27-0815", "2026-11-27 08:15", "/home/wirda"
GENERATED = "<!-- Made by `make docs` from the code: change it there. -->\n\n"


class _Catalogue(Catalog):
    """A catalogue with our own header."""

    def __iter__(self) -> Iterator[Message]:
        _header, *messages = super().__iter__()
        return iter([Message("", HEADER), *messages])


def pages() -> Iterator[tuple[Path, bytes]]:
    """Each generated file with its content."""
    language.set_language("en")
    yield ROOT / "docs" / "commands.md", commands_page().encode()
    yield ROOT / "docs" / "fields.md", fields_page().encode()
    yield ROOT / "docs" / "json.md", json_page().encode()
    yield ROOT / "docs" / "errors.md", errors_page().encode()
    catalogue = translated()
    for path, write in ((PO, write_po), (PO.with_suffix(".mo"), write_mo)):
        buffer = io.BytesIO()
        if write is write_po:
            write_po(buffer, catalogue, sort_output=True, no_location=True, width=110)
        else:
            write_mo(buffer, catalogue)
        yield path, buffer.getvalue()
    language.set_language("en")
    for name, picture in pictures():
        yield ROOT / "docs" / name, picture
    paths = [ROOT / page for page in WITH_TRANSCRIPTS]
    with ThreadPoolExecutor() as threads:
        written = threads.map(with_transcripts, (path.read_text(encoding="utf-8") for path in paths))
        yield from ((path, page.encode()) for path, page in zip(paths, written, strict=True))


def commands_page() -> str:
    """Every command's help."""
    parts = [GENERATED, "# Commands\n\n```text\n", help_pages.overview(), "\n```\n"]
    for group in CATALOGUE:
        parts.append(f"\n## {group.title}\n")
        for command in group.commands:
            parts.append(f"\n### {command.name}\n\n```text\n{help_pages.command_page(command.name)}\n```\n")
    return "".join(parts)


def fields_page() -> str:
    """Every field: option, kind, headings."""
    parts = [
        GENERATED,
        "# Fields\n\n"
        "Each field with its kind of value and the headings that an import recognises, in any case and spacing.\n"
        "A heading is also recognised by its words; see [importing](importing.md#columns).\n",
    ]
    for entity in (BUSINESS, SENTRA, EVENT, ATTENDANCE, PARTICIPANT):
        parts.append(f"\n## {entity.name}\n\n| field | label | kind | personal | headings |\n|---|---|---|---|---|\n")
        parts += [field_line(field) for field in entity.fields]
    return "".join(parts)


def field_line(field: Field) -> str:
    """One row of the table of fields."""
    headings = ", ".join(field.headings).replace("|", "\\|").replace("*", "\\*")
    kind = ", ".join(choice.code for choice in field.kind.choices) or field.kind.name
    personal = "yes" if field.personal else ""
    computed = " (computed)" if field.derived else ""
    return f"| `{field.name}` | {field.title} | {kind}{computed} | {personal} | {headings} |\n"


#: The keys of results that are neither records nor reports, by command.
OTHER_RESULTS = {
    "demo": ("file",),
    "init": ("file", "city", "office", "language"),
    "status": (
        "file", "city", "office", "language", "businesses", "active", "sentra", "events", "attendances",
        "observations", "pending", "changes", "last_change", "last_backup", "last_backup_elsewhere",
        "changes_not_elsewhere",
    ),
    "list-unseen": ("number", "name", "owner", "kelurahan", "kecamatan", "seen_on", "sign", "detail"),
    "merge-businesses": ("number", "merged", "kept_as_other_columns"),
    "mark-different": ("number", "other_number"),
    "attendance-sheet": ("event", "participants"),
    "list-pending": ("number", "record", "name", "field", "heading", "text", "reason", "file", "row", "value"),
    "mend-pending": ("mended",),
    "dismiss-pending": ("dismissed",),
    "alias": ("kind", "written", "meaning", "mended"),
    "list-aliases": ("kind", "written", "meaning"),
    "remove-alias": ("kind", "written"),
    "confirm-value": ("number", "field", "values"),
    "add-participants": ("number", "name", "added", "listed"),
    "close-month": ("month", "closed"),
    "set-target": ("indicator", "year", "value"),
    "list-targets": ("indicator", "year", "value"),
    "set letterhead": ("changed",),
    "export": ("folder", "tables", "rows", "revealed"),
    "import-registry": ("change", "tables", "rows"),
    "undo": ("undone", "change"),
    "backup": ("file", "drive", "businesses", "last_change"),
    "list-backups": (
        "file", "made_at", "before", "businesses", "last_change", "state", "drive", "size", "folder",
    ),
    "restore": ("file", "backup", "kept", "lost", "change"),
    "set backups": ("changed",),
    "access-log": ("number", "made_at", "made_by", "command", "detail", "records"),
    "person-report": ("blocks",),
    "erase-person": ("change", "erased", "backups", "mentions"),
    "list-kbli": ("code", "edition", "title", "words"),
    "convert-kbli": ("converted", "businesses", "left"),
    "convert-kbli --dry-run": ("code", "title", "successor", "successor_title", "basis", "businesses"),
    "import-regions": ("regions",),
    "import-kbli": ("codes",),
}  # fmt: skip


def json_page() -> str:
    """The keys that other programs may rely on."""
    parts = [
        GENERATED,
        "# JSON\n\nKeys are stable: they change only with a major version.\n"
        "`list-…` prints a list of objects, `show-…` one object, `summary` a report.\n"
        "Dates are ISO text. Money is whole rupiah. An unknown value is `null`.\n"
        "Whole numbers beyond 2^53 are text. Personal values are masked unless `--reveal` is given.\n",
    ]
    for entity, hanging in (
        (BUSINESS, "`members`, `events`, `observations`, `activity`"),
        (SENTRA, "`businesses`, `events`"),
        (EVENT, "`attendance`"),
    ):
        parts.append(
            f"\n## show-{entity.name}\n\n{keys(entity)}, and the lists {hanging}.\n\n`list-{entity.plural}` holds "
        )
        parts.append(f"the columns chosen; without `--columns`: {', '.join(f'`{name}`' for name in entity.listed)}.\n")
    parts.append(
        "\n## history\n\nA list of changes: `number`, `made_at` (UTC), `made_by`, `command` (`outside` for another\n"
        "program), `detail`, `undoes` (numbers of changes, separated by commas), `rows`. For one record or\n"
        "one `--change` it is a list of single values:\n"
        "`change`, `made_at`, `made_by`, `command`, `table`, `row`, `field`, `before`, `after`. Tables, columns and\n"
        "values are as the registry stores them; a reference is the number of a row.\n"
    )
    parts.append(
        "\n## Changes of records\n\n`add-…`, `edit-…`, `close-…` and the like print one object with the `number` and\n"
        "`name` of the record. An edit adds `changes`: `table`, `row`, `field`, `before`, `after`, as in the history.\n"
        "A deletion adds `deleted_with_it`: the number of rows by table.\n"
        "\n## find-duplicates\n\nA list of pairs: `score` (percent), `number`, `name`, `owner`, `kelurahan`, the same\n"
        "with `other_` before it, and `agreeing`: the fields that agree, with their percentage: `name=96 owner=100`.\n"
    )
    parts.append(
        "\n## summary\n\n`period`, `office`, `blocks`; each block has `columns`, `rows` and, if it has sums, `total`.\n"
    )
    parts.append(
        "In the row of unclassified businesses the sector or kecamatan is `null`. `--by` changes the name of the\n"
        "first column of `movement` and `people_and_money`. `--kecamatan` and `--sentra` add keys beside `period`.\n"
        "For a closed month `closed` is true, the figures are as reported, and `differs` maps each block to the\n"
        "number of figures that are different in today's data.\n\n| block | columns |\n|---|---|\n"
    )
    parts += [
        f"| `{name}` | {', '.join(f'`{column}`' for column in columns)} |\n"
        for name, columns in summary_columns().items()
    ]
    parts.append(
        "\n## quality\n\n`as_of`, and the blocks `completeness` and `checks` as in a summary; with `--by-kecamatan` "
        "the block\n`completeness_by_kecamatan`, with a column for each kecamatan. `quality CHECK` and `list-unseen` "
        "print lists.\n"
    )
    parts.append(
        "\n## impact\n\n`events`, `businesses_coached`, `months`, and the blocks `coached`, `compared` and "
        "`survival`; a block is missing\nwhere fewer than five businesses or pairs would be counted.\n"
    )
    parts.append(indicators_section())
    parts.append(
        "\n## Imports\n\n`import-… --dry-run`: `files` (how each was read: `rows`, `left_out` by reason, `warnings`, "
        "…), `rows`,\n`dry_run`, and `blocks` with the tables of the plan. Without `--dry-run`: `change` (`null` if "
        "nothing was written),\nthe number of rows by verdict, `set_aside` (cells) and `rows_set_aside`. "
        "`import-participants` adds what it created.\n"
        "\n## Other commands\n\n| command | keys |\n|---|---|\n"
    )
    parts += [f"| `{name}` | {', '.join(f'`{key}`' for key in names)} |\n" for name, names in OTHER_RESULTS.items()]
    parts.append("\n## Errors\n\nWith `--format json` an error is one line on standard error: ")
    parts.append('`{"error": {"code": …, "message": …, "way_out": …, "exit_status": …}}`; see [errors](errors.md).\n')
    return "".join(parts)


def indicators_section() -> str:
    """What `compare` and files of indicators hold."""
    parts = [
        "\n## compare\n\n`period`; `cities`, each with its `key`, the name of its column; `differences`, the largest "
        "first (`times` is `null` if the lower city has nothing); `ahead`; `blocks` as in a summary.\n"
        f"\n## export-indicators\n\n`format` is `{indicator_file.FORMAT}`, `version` {indicator_file.VERSION}; `city`, "
        "`office`, `period`; `indicators`, each with `value`, `unit` and, if they apply, `missing` (businesses without "
        "a value) and `per_thousand` (per 1,000 of the others); `sectors`, `scales`, `event_kinds`, "
        "`funding`.\n"
        f"Figures about few businesses or people are `null`: counts below {MINIMUM_COUNT} within a breakdown, as many "
        "other counts as needed so that these are not derivable by subtraction, and sums over fewer than "
        f"{MINIMUM_COUNT} businesses.\n"
        "The report's blocks `change` and `targets`, and `list-targets`, use the same codes.\n"
        "\n| indicator | title | unit |\n|---|---|---|\n"
    ]
    parts += [f"| `{each.code}` | {each.label} | {each.unit} |\n" for each in INDICATORS]
    return "".join(parts)


def summary_columns() -> dict[str, list[str]]:
    """The columns of every block of a summary, by the block's name."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "empty.db"
        registry_file.init(path, "13.76", "Disnakerin")
        registry = open_registry(path)
        blocks = summary.summary(registry, SummaryOptions("2021-10")).blocks
        registry.close()
    return {
        block.name: [column.name for column in block.columns] for block in blocks if isinstance(block, Table | Card)
    }


def keys(entity: Entity) -> str:
    """The names of an entity's fields."""
    return ", ".join(f"`{field.name}`" for field in entity.fields)


def errors_page() -> str:
    """Every error: code, exit status, sentence, way out."""
    parts = [GENERATED, "# Errors\n\n| exit status | meaning |\n|---|---|\n"]
    for status, meaning in (
        (0, "done"), (1, "failure"), (2, "usage"), (3, "data rejected"), (4, "not found or ambiguous"),
        (5, "the registry file: missing, busy, newer, damaged"), (130, "interrupted"),
    ):  # fmt: skip
        parts.append(f"| {status} | {meaning} |\n")
    parts.append("\n| code | exit status | sentence | way out |\n|---|---|---|---|\n")
    for error in sorted(every_error(errors.IkmError), key=lambda error: error.code):
        if error.sentence:
            sentence, remedy = (text.replace("|", "\\|") for text in (error.sentence, error.remedy))
            parts.append(f"| `{error.code}` | {error.exit_status} | {sentence} | {remedy} |\n")
    return "".join(parts)


def every_error(kind: type[errors.IkmError]) -> Iterator[type[errors.IkmError]]:
    """An error and all errors derived from it."""
    yield kind
    for derived in kind.__subclasses__():
        yield from every_error(derived)


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """The text of a message as a tuple: one form, or the forms for one and for many."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def translated() -> Catalog:
    """The catalogue with every message of the code, and the translations that are there."""
    known = Catalog()
    if PO.exists():
        with open(PO, "rb") as stream:
            known = read_po(stream, locale="id")
    catalogue = _Catalogue(locale="id", fuzzy=False, header_comment="# Indonesian sentences of ikmctl.")
    found = extract_from_dir(
        ROOT / "ikmctl", [("**.py", "python")], keywords={"_": None, "N_": None, "plural": (1, 2), "N_plural": (1, 2)}
    )
    for _file, _line, message, _comments, _context in found:
        text = message if isinstance(message, str) else message[0]
        if text:
            old = known.get(text)
            kept = old.string if old and isinstance(old.id, str) == isinstance(message, str) else ""
            catalogue.add(message, kept, flags=("python-brace-format",) if "{" in text else ())
    return catalogue


def with_transcripts(page: str) -> str:
    """The page with the current output of the commands in its `console` blocks.

    All commands of a page run in one empty folder that holds a copy of docs/examples.
    """
    with tempfile.TemporaryDirectory() as directory:
        shutil.copytree(ROOT / "docs" / "examples", Path(directory) / "docs" / "examples")
        return re.sub(
            r"(?<=```console\n)(.*?)(?=```\n)", lambda found: transcript(found[0], Path(directory)), page, flags=re.S
        )


def transcript(block: str, directory: Path) -> str:
    """The `$ …` lines of a block, each followed by the output of its command."""
    lines = []
    for line in block.split("\n"):
        if line.startswith("$ "):
            lines += [line, *run(line[2:], directory)]
    return "\n".join(lines) + "\n"


def run(command: str, directory: Path) -> list[str]:
    """The lines that a command prints, without colours: `ikmctl …`, or `cat FILE`, which shows an example."""
    words = shlex.split(command)
    if words[0] == "cat":
        return (directory / words[1]).read_text(encoding="utf-8-sig").rstrip("\n").split("\n")
    assert words[0] == "ikmctl", command
    words = [_existing(word, directory) for word in words]
    environment = {**os.environ, "IKMCTL_USER": "officer", "IKMCTL_LANG": "en"}
    environment.pop("IKMCTL_DB", None)
    done = subprocess.run(
        [sys.executable, "-m", "ikmctl", *words[1:]],
        cwd=directory, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    return _of_any_day(done.stdout + done.stderr, directory).rstrip("\n").splitlines()


def _existing(word: str, directory: Path) -> str:
    """The name of a backup as it is today, for the one that a page shows."""
    found = directory.rglob(word.replace(MOMENT, "*")) if MOMENT in word else iter(())
    return next((path.name for path in found), word)


def _of_any_day(output: str, directory: Path) -> str:
    """The output, with one moment for that of a backup, and one place for the folder in which the page is made."""
    if ".backup.db" in output:
        output = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", MOMENT_SHOWN, output)
    output = re.sub(r"\d{4}-\d\d-\d\d-\d{4}(?=[a-z0-9-]*\.backup\.db)", MOMENT, output)
    return output.replace(str(directory.resolve()), PLACE).replace(str(directory), PLACE)


def content(path: Path, written: bytes) -> object:
    """What the file says, without what depends on the version of the library or the processor that wrote it.

    Of a catalogue that is its messages, of a drawing its words, of a picture the mark of what it is made of.
    """
    match path.suffix:
        case ".po" | ".mo":
            catalogue = (read_po if path.suffix == ".po" else read_mo)(io.BytesIO(written))
            return {forms(message.id): forms(message.string) for message in catalogue if message.id}
        case ".svg":
            return re.findall(r"<text[^>]*>(.*?)</text>", written.decode(), flags=re.S)
        case ".png":
            return mark_of(written)
        case _:
            return written


def is_current(path: Path, made: bytes) -> bool:
    """Whether the file says what it would say if it were made now."""
    return path.exists() and content(path, path.read_bytes()) == content(path, made)


def is_same(path: Path, made: bytes) -> bool:
    """Whether writing the file would change nothing, or nothing but the pixels of a picture."""
    return is_current(path, made) and (path.suffix == ".png" or path.read_bytes() == made)


def main() -> int:
    """Write or check; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    good = is_current if check else is_same
    stale = [(path, made) for path, made in pages() if not good(path, made)]
    untranslated = [message.id for message in translated() if message.id and not any(forms(message.string))]
    for message in untranslated:
        print(f"not translated: {message!r}")
    for path, made in stale:
        print(("not current: " if check else "written: ") + str(path.relative_to(ROOT)))
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made)
    return 1 if check and (stale or untranslated) else 0


if __name__ == "__main__":
    sys.exit(main())
