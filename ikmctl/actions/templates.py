"""Empty spreadsheets to fill in, that come back without a question."""

from ikmctl.actions.document import Column, Document, Table
from ikmctl.domain.entities import BUSINESS
from ikmctl.domain.values import LINE
from ikmctl.language import _


def businesses() -> Document:
    """A heading for every field a business can be given, and one row of examples to write over."""
    fields = [field for field in BUSINESS.given if field.headings]
    columns = tuple(Column(field.headings[0], field.headings[0], LINE) for field in fields)
    skipped = ("group", "sentra", "closed_on", "status", "workers_total")
    example = tuple(None if field.name in skipped else field.example or None for field in fields)
    talk = (_("Write over the example row. To keep it as a file: --output ikm.csv"),)
    return Document("list", (Table("businesses", "", columns, [example]),), talk=talk)
