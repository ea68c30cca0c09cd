"""The arguments and options that every import has, and how an import's own options are added to them."""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from ikmctl import errors
from ikmctl.actions.imports.options import Options, read_maps
from ikmctl.commands.options import option, read_limit, typer_function, whole_number
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.domain.fields import Entity
from ikmctl.language import N_, _
from ikmctl.sheets.formats.source_copy import ReadOptions


@dataclass(frozen=True)
class ImportOptions:
    """The arguments and options of every import: its files, how they are read, and how much of the plan is shown."""

    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help=N_("CSV or Excel files (xlsx, xls, ods); - for standard input"))
    ]
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("show the plan and stop"))] = False
    explain: Annotated[bool, typer.Option("--explain", help=N_("list the rows that were left out, and why"))] = False
    map_: Annotated[
        list[str] | None, option("--map", '"HEADING=FIELD"', N_("the field that a heading means; remembered"))
    ] = None
    skip_rejected: Annotated[
        bool,
        typer.Option("--skip-rejected", help=N_("import the other rows; rejected rows go to a file beside the source")),
    ] = False
    strict: Annotated[bool, typer.Option("--strict", help=N_("reject a row if one of its cells cannot be read"))] = (
        False
    )
    sheet: Annotated[str | None, option("--sheet", "NAME|all", N_("sheet of the workbook; default: the fullest"))] = (
        None
    )
    header_row: Annotated[
        str | None, option("--header-row", "NUMBER", N_("number of the header row; default: detected"))
    ] = None
    skip_rows: Annotated[str | None, option("--skip-rows", "NUMBER", N_("number of rows to skip at the top"))] = None
    encoding: Annotated[
        str | None, option("--encoding", "NAME", N_("encoding of a text file, such as cp1252; default: detected"))
    ] = None
    delimiter: Annotated[
        str | None, option("--delimiter", "SIGN", N_("delimiter of a text file: , ; | or tab; default: detected"))
    ] = None
    limit_problems: Annotated[
        str | None, option("--limit-problems", "NUMBER", N_("number of problems to show; 0 for all"))
    ] = None

    def options(self, entity: Entity, **own: Any) -> Options:
        """The decisions for an import; `own` are the options that only this kind of import has. Raises UsageError."""
        maps = read_maps(entity, self.map_ or ())
        return Options(reading=self._reading(), maps=maps, skip_rejected=self.skip_rejected, strict=self.strict, **own)

    def _reading(self) -> ReadOptions:
        sign = {"tab": "\t", "\\t": "\t"}.get(self.delimiter or "", self.delimiter)
        if sign is not None and (len(sign) != 1 or sign in '"\r\n' or sign.isalnum()):
            raise errors.UsageError(_("--delimiter is a single character: , ; | or tab."))
        header_row, skip_rows = _row(self.header_row, "--header-row"), _row(self.skip_rows, "--skip-rows")
        return ReadOptions(self.encoding, sign, self.sheet, header_row, skip_rows or 0)

    def limit(self, session: Session) -> int:
        """The number of problems to show; 0 for all, which is the default for machine formats. Raises UsageError."""
        machine = session.settings.format not in (None, "table")
        return read_limit(self.limit_problems, 0 if machine else 20, "--limit-problems") or 0


def _row(text: str | None, name: str) -> int | None:
    return None if text is None else whole_number(text, _("{option} is the number of a row.").format(option=name))


def with_import_options(run: Callable[..., Document]) -> Callable[..., Document]:
    """The Typer function of an import: its own options, then those of every import."""
    _session, _given, *own = signature(run).parameters.values()
    keyword = Parameter.KEYWORD_ONLY
    common = [
        Parameter(
            option.name,
            keyword,
            default=Parameter.empty if option.default is MISSING else option.default,
            annotation=option.type,
        )
        for option in fields(ImportOptions)
    ]

    def run_with_options(session: Session, values: dict[str, Any]) -> Document:
        given = ImportOptions(**{parameter.name: values.pop(parameter.name) for parameter in common})
        return run(session, given, **values)

    files, *others = common
    return typer_function(run_with_options, [files, *(parameter.replace(kind=keyword) for parameter in own), *others])
