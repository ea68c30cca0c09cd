"""Aliases (padanan): words that this office spells in its own way, with their meanings."""

from ikmctl import errors
from ikmctl.actions.imports.alias_kinds import KIND, KINDS, READ_AGAIN, kind_of_meaning
from ikmctl.actions.records.display_names import in_language
from ikmctl.actions.records.lookup import read_field
from ikmctl.actions.records.pending import retry
from ikmctl.document import Document, Table, TableColumn, columns_of, done
from ikmctl.domain.fields import Field
from ikmctl.domain.keys import key
from ikmctl.domain.matching import suggest_names
from ikmctl.domain.values import kinds
from ikmctl.language import N_, _, number
from ikmctl.registry.file import reference_data
from ikmctl.registry.file.database import Registry
from ikmctl.registry.file.reference_data import ReferenceData

_WORD = Field("written", kinds.text(200, one_line=True, repeated=""), N_("Word"), required=True)


def _name(kind: str, meaning: str, known: ReferenceData) -> str:
    """A meaning in words that people read."""
    labels = {sector.code: in_language(sector.name, sector.name_en) for sector in known.sectors}
    [column] = columns_of([Field("meaning", kind_of_meaning(kind), "")], {"sector": labels})
    return column.kind.show(meaning)


def add_alias(registry: Registry, kind: str, written: str, meaning: str) -> Document:
    """Save the meaning of a word. Raises UnknownMeaning, MissingValue, ValueRejected.

    `kind` is a key of KINDS.
    """
    if not written.strip():
        raise errors.MissingValue(what=_WORD.title, command="alias")
    word, _notes = read_field(_WORD, written)
    with registry.read() as connection:
        known = reference_data.load(connection)
    meanings = KINDS[kind].meanings(known)
    code = meanings.get(key(meaning), meaning.strip() if kind == "unit" else None)
    if code is None:
        names = [_name(kind, code, known) for code in dict.fromkeys(meanings.values())]
        raise errors.UnknownMeaning(
            meaning=meaning, kind=_(KINDS[kind].label), candidates=", ".join(suggest_names(meaning, names))
        )
    with registry.write("alias", f"{kind}: {word}") as change:
        reference_data.save_alias(change, kind, word, code)
        mended = retry(registry, change, kind, {key(word): code}) if kind in READ_AGAIN else 0
    sentences = (_("Pending values that can be read now: {count}.").format(count=number(mended)),) if mended else ()
    return done(
        _("From now on “{word}” means: {meaning}.").format(word=word, meaning=_name(kind, code, known)),
        *sentences,
        mended=mended,
        kind=kind,
        written=word,
        meaning=code,
    )


def list_aliases(registry: Registry) -> Document:
    """All aliases: with labels for people, with codes for machines."""
    with registry.read() as connection:
        rows = reference_data.list_aliases(connection)
        known = reference_data.load(connection)
    columns = (
        TableColumn("kind", KIND.title, KIND.kind),
        TableColumn("written", _("Written"), kinds.LINE),
        TableColumn("meaning", _("Meaning"), kinds.LINE),
    )
    labelled = [(kind, word, _name(kind, meaning, known)) for kind, word, meaning in rows]
    people = Table("aliases", "", columns, labelled, readers="people")
    return Document("list", (people, people._replace(rows=rows, readers="machines")))


def remove_alias(registry: Registry, kind: str, word: str) -> Document:
    """Remove an alias. Raises NoSuchAlias."""
    with registry.write("remove-alias", f"{kind}: {word}") as change:
        count = reference_data.remove_alias(change, kind, word)
        if not count:
            raise errors.NoSuchAlias(kind=_(KINDS[kind].label), word=word)
    return done(_("Alias removed: “{word}”.").format(word=word), kind=kind, written=word)
