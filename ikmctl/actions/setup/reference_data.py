"""Lists and imports the places and KBLI codes of a registry."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ikmctl import errors
from ikmctl.document import Document, Table, TableColumn, done
from ikmctl.domain.values import kinds
from ikmctl.domain.values.clean_text import clean
from ikmctl.language import _, plural
from ikmctl.reference import places
from ikmctl.registry.file import reference_data as stored
from ikmctl.registry.file.database import Registry
from ikmctl.sheets.formats.cells import cell_text
from ikmctl.sheets.formats.open import read_sheets
from ikmctl.sheets.formats.source_copy import ReadOptions, standard_input


def list_kbli(registry: Registry, words: str, edition: int | None) -> Document:
    """The KBLI codes whose number, title or local words contain all given words."""
    with registry.read() as connection:
        rows = stored.kbli_rows(connection, words, edition)
    columns = (
        TableColumn("code", _("KBLI"), kinds.LINE),
        TableColumn("edition", _("Edition"), kinds.YEAR),
        TableColumn("title", _("Title"), kinds.LINE),
        TableColumn("words", _("Also called"), kinds.LINE),
    )
    messages = () if rows else (_("Try another word for the product, such as keripik, songket or rotan."),)
    return Document("list", (Table("kbli", "", columns, rows),), messages=messages)


def import_regions(registry: Registry, path: str | None) -> Document:
    """Add places from a file of `code,name` rows, or those of the registry's city. Raises FileRefused."""
    city = registry.setting("city") or ""
    rows = places.list_places(city) if path is None else _pairs(path, r"\d{2}(\.\d{2}){0,2}(\.\d{4})?")
    listed = list(rows)
    with registry.write("import-regions", city if path is None else Path(path).name, backs_up=True) as change:
        count = stored.add_regions(change, listed)
    source = path or _("the list of the Ministry of Home Affairs")
    message = plural(
        "The registry now has {count} region from {file}.",
        "The registry now has {count} regions from {file}.",
        count,
        file=source,
    )
    return done(message, regions=count)


def import_kbli(registry: Registry, path: str, edition: int) -> Document:
    """Import KBLI codes of one edition from `code,title` rows; a third column has local words. Raises FileRefused."""
    rows = [(code, edition, name, words) for code, name, words in _pairs(path, r"\d{5}")]
    with registry.write("import-kbli", Path(path).name, backs_up=True) as change:
        count = stored.add_kbli(change, rows)
    message = plural(
        "The registry now has {count} code of KBLI {edition} from {file}.",
        "The registry now has {count} codes of KBLI {edition} from {file}.",
        count,
        edition=edition,
        file=path,
    )
    return done(message, codes=count)


def _pairs(path: str, shape: str) -> Iterator[tuple[str, str, str]]:
    """Code, name and words of each row; a first row without a code is the header. Raises FileRefused."""
    import re

    def score(rows: Sequence[Sequence[str]]) -> int:
        return sum(bool(re.fullmatch(shape, row[0].strip(), re.ASCII)) for row in rows if len(row) > 1)

    sheet = read_sheets(path, ReadOptions(), score, standard_input)[0]
    for position, row in enumerate(sheet.rows()):
        code, name, words = ([cell_text(cell).strip() for cell in row.cells] + ["", "", ""])[:3]
        if re.fullmatch(shape, code, re.ASCII) and name:
            yield code, clean(name, 300)[0], words
        elif any(row.cells) and position:
            raise errors.FileRefused(
                file=path,
                reason=_("row {row} does not have a code and a name: “{text}”").format(
                    row=row.number, text=",".join(map(cell_text, row.cells))[:60]
                ),
                advice=_("Each row holds a code and a name, separated by a comma."),
            )
