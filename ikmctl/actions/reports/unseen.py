"""The list of businesses that may have closed: active ones of which nothing was heard for a long time."""

from datetime import date

from ikmctl.actions.history.changes import without_digests
from ikmctl.actions.records import filters
from ikmctl.document import Document, Table, TableColumn
from ikmctl.domain.choices import Choice
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.periods import read_since
from ikmctl.domain.values import kinds
from ikmctl.language import N_, _, number, short_date
from ikmctl.registry import reports
from ikmctl.registry.file.database import Registry
from ikmctl.registry.reports import EVERYWHERE, Scope, UnseenBusiness

#: Kinds of sign of life, as `UnseenBusiness.sign` names them.
_SIGNS = kinds.choice(
    "sign",
    (
        Choice("observation", N_("data")),
        Choice("event", N_("event")),
        Choice("edit", N_("edit")),
        Choice("import", N_("import")),
        Choice("registered", N_("registered")),
        Choice("recorded", N_("recorded")),
        Choice("reopened", N_("reopened")),
    ),
)


def list_unseen(registry: Registry, since: str, kecamatan: str | None, limit: int | None) -> Document:
    """The active businesses that nothing has confirmed since then; `limit` None means all. Nothing is changed.

    Raises UnknownSince; UnknownName for an unknown kecamatan.
    """
    first = read_since(since, date.today())
    with registry.read() as connection:
        scope = Scope(filters.place(connection, BUSINESS, "kecamatan", kecamatan)) if kecamatan else EVERYWHERE
        unseen = reports.unseen(connection, first, -1 if limit is None else limit, scope)
        total = len(unseen) if limit is None or len(unseen) < limit else reports.count_unseen(connection, first, scope)
    columns = (
        *(TableColumn(name, BUSINESS[name].title, BUSINESS[name].kind) for name in ("number", "name", "owner")),
        *(TableColumn(name, BUSINESS[name].title, kinds.LINE) for name in ("kelurahan", "kecamatan")),
        TableColumn("seen_on", _("Last sign of life"), kinds.DATE),
        TableColumn("sign", _("What it was"), _SIGNS),
        TableColumn("detail", _("Which"), kinds.LINE),
    )
    columns = tuple(column._replace(detail=column.name in ("owner", "kecamatan")) for column in columns)
    rows = [_row(business) for business in unseen]
    title = _("Businesses without a sign of life since {day}").format(day=short_date(first.isoformat()))
    return Document(
        "list", (Table("unseen", "", columns, rows),), title=title, messages=tuple(_messages(unseen, total, first))
    )


def _row(business: UnseenBusiness) -> tuple[int | str | None, ...]:
    return (*business[:-1], without_digests(business.detail) if business.detail else None)


def _messages(unseen: list[UnseenBusiness], total: int, first: date) -> list[str]:
    day = short_date(first.isoformat())
    if not unseen:
        return [_("Every active business has a sign of life since {day}.").format(day=day)]
    shown = _("{shown} of {total}.").format(shown=number(len(unseen)), total=number(total))
    return [
        shown if total == len(unseen) else shown + " " + _("To list all: --limit 0"),
        _("Nothing is closed by this list. Ask, then close: ikmctl close-business {number} --on DATE").format(
            number=unseen[0].number
        ),
    ]
