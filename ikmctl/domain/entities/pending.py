"""A pending value in a spreadsheet: what could not be read, and a column for the right value."""

from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.values import kinds
from ikmctl.language import N_

PENDING = Entity(
    name="pending",
    label=N_("pending value"),
    plural="pending",
    listed=(),
    fields=(
        Field("number", kinds.NUMBER, N_("Pending no."), ("No. isian", "Pending no.", "number"), required=True),
        Field("record", kinds.NUMBER, N_("Record no."), ("No. data", "Record no.", "record")),
        Field("name", kinds.LINE, N_("Of"), ("Milik", "Of", "name")),
        Field("field", kinds.LINE, N_("Field"), ("Kolom registri", "Field", "field")),
        Field("heading", kinds.LINE, N_("Heading"), ("Judul kolom", "Heading", "heading")),
        Field("text", kinds.WRITTEN, N_("Text in the file"), ("Tertulis", "Text in the file", "text")),
        Field("reason", kinds.LINE, N_("Problem"), ("Masalah", "Problem", "reason")),
        Field("file", kinds.LINE, N_("File"), ("Berkas", "File", "file")),
        Field("row", kinds.NUMBER, N_("Row"), ("Baris", "Row", "row")),
        Field("value", kinds.WRITTEN, N_("Right value"), ("Isian yang benar", "Right value", "value")),
    ),
)
