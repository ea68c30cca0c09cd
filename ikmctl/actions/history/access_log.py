"""The access log: who saw personal data in full."""

from ikmctl.actions.history.changes import show_moment
from ikmctl.document import Document, Table, TableColumn
from ikmctl.domain.values import kinds
from ikmctl.language import _
from ikmctl.registry.file.database import Registry
from ikmctl.registry.history.access import accesses


def access_log(registry: Registry, limit: int) -> Document:
    """Who saw personal data in full, when, by which command and of how many records; all with a limit of -1."""
    with registry.read() as connection:
        found = accesses(connection, limit)
    columns = (
        TableColumn("number", _("No."), kinds.NUMBER),
        TableColumn("made_at", _("When"), kinds.shown_by("moment", show_moment)),
        TableColumn("made_by", _("Who"), kinds.LINE),
        TableColumn("command", _("Command"), kinds.LINE),
        TableColumn("detail", _("About"), kinds.LINE),
        TableColumn("records", _("Records"), kinds.COUNT),
    )
    rows = [(each.number, each.made_at, each.made_by, each.command, each.detail, each.records) for each in found]
    messages = () if rows else (_("Nobody has seen personal data in full yet."),)
    return Document("list", (Table("accesses", _("Access log"), columns, rows),), messages=messages)
