"""Commands that add, edit, close, show and list businesses, sentra and events, derived from their fields."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer

from ikmctl.actions.records import show as show_records
from ikmctl.actions.records.show import ListQuery
from ikmctl.commands.options import (
    DELEGATE,
    REVEAL,
    VISITED,
    FieldValues,
    RevealOption,
    ask_for_values,
    ask_record,
    default_limit,
    read_limit,
    with_fields,
)
from ikmctl.commands.session import Session
from ikmctl.document import Document
from ikmctl.domain.choices import ALL, EVENT_STATUSES, STATUSES, words
from ikmctl.domain.entities import BUSINESS, EVENT, PARTY_ROLES, SENTRA
from ikmctl.domain.fields import Entity, Field
from ikmctl.domain.values.kinds import LINE, NAME, SWITCH, choice
from ikmctl.errors import UsageError
from ikmctl.language import N_, _
from ikmctl.registry.file.database import Change

_RECORD = Field("record", NAME, N_("number or name"), required=True)
_STATUS = Field("status", choice("status", (*STATUSES, ALL)), N_("Status"), required=True)
_EVENT_STATUS = _STATUS._replace(kind=choice("event status", (*EVENT_STATUSES, ALL)))
_FILTERS = {
    "business": ("sector", "kecamatan", "kelurahan", "sentra", "group", "form", "scale", "kbli"),
    "sentra": ("sector", "kecamatan", "kelurahan"),
    "event": ("kind", "kecamatan", "kelurahan", "funder"),
}
#: Filters of events that are no fields of them.
_OF_EVENTS = (
    Field("party", LINE, N_("only with this organiser, host, guest, funder or instructor")),
    Field("business", NAME, N_("only with this business, or a member of this group, on the list")),
    Field("sentra", NAME, N_("only with this sentra, or a member of it, on the list")),
)


def command(name: str) -> Callable[..., Document]:
    """The function of the command of this name. Options of other commands are not built: that saves 5 % of a list."""
    if name == "list-groups":
        return _list(BUSINESS, groups=True)
    verb, _, noun = name.partition("-")
    [entity] = (kind for kind in (BUSINESS, SENTRA, EVENT) if noun in (kind.name, kind.plural))
    makers = {
        "add": _add,
        "edit": _edit,
        "close": _close,
        "reopen": _reopen,
        "delete": _delete,
        "show": _show,
        "list": _list,
    }
    return makers[verb](entity)


def _add(entity: Entity) -> Callable[..., Document]:
    def add(session: Session, given: FieldValues) -> Document:
        from ikmctl.actions.records import save

        along = {field.name: given.pop(field.name) for field in _ALONG_WITH.get(entity.name, ()) if field.name in given}
        values, also = _with_people(session, ask_for_values(session, entity, given), along)
        confirm = session.terminal.confirm if session.terminal else None
        return save.add(
            session.registry(), entity, values, allow_duplicate=session.settings.yes, confirm=confirm, also=also
        )

    return with_fields(add, [*_typed(entity), *_ALONG_WITH.get(entity.name, ())], "name")


#: What can be said of people when a record is added.
_ALONG_WITH = {
    BUSINESS.name: (
        Field(
            "from_person", NAME,
            N_("started by this person, who took part in events without a business; see list-people"),
        ),
    ),
    EVENT.name: (DELEGATE, VISITED),
}  # fmt: skip


def _with_people(
    session: Session, values: FieldValues, along: FieldValues
) -> tuple[Mapping[str, Any], Callable[[Change, int], Sequence[str]] | None]:
    """The values of a new record, and what enters the people and places named along with it; None if none are."""
    if "from_person" in along:
        from ikmctl.actions.records.events import people

        return people.start_business(session.registry(), along["from_person"], values)
    if not along:
        return values, None
    from ikmctl.actions.records.events import participants
    from ikmctl.actions.records.events.guests import Guests

    guests = Guests(delegates=along.get("delegate", ()), visited=along.get("visited", ()))
    confirm = session.terminal.confirm if session.terminal else None
    return values, participants.bring(guests, allow_namesakes=session.settings.yes, confirm=confirm)


def _typed(entity: Entity) -> list[Field]:
    """The fields that have an option: of an event, its budget is typed by source or as a total, in one option."""
    fields = [field for field in entity.given if field.name != "budget_by_source"]
    by_source = N_("the total, or SOURCE=AMOUNT for a source; may be repeated")
    return [
        field._replace(repeatable=True, help=by_source) if entity is EVENT and field.name == "budget" else field
        for field in fields
    ]


def _edit(entity: Entity) -> Callable[..., Document]:
    def edit(session: Session, given: FieldValues) -> Document:
        from ikmctl.actions.records import save

        wanted = ask_record(session, entity, given.pop("record", None), f"edit-{entity.name}")
        return save.edit(session.registry(), entity, wanted, given)

    # The status of businesses and sentra changes by close and reopen only. An event has parties to add and remove.
    editable = [
        field._replace(help=N_("+NAME adds one, -NAME removes one")) if field.name in PARTY_ROLES else field
        for field in _typed(entity)
        if field.name != "status" or entity is EVENT
    ]
    return with_fields(edit, (_RECORD, *editable), "record")


RecordArgument = Annotated[str | None, typer.Argument(metavar="RECORD", help=N_("number or name"))]
OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help=N_("the date; default: today"))]


def _close(entity: Entity) -> Callable[..., Document]:
    if entity is EVENT:

        def close_event(
            context: typer.Context,
            record: RecordArgument = None,
            on: OnOption = None,
            cancelled: Annotated[
                bool, typer.Option("--cancelled", help=N_("the event was cancelled; reports do not count it"))
            ] = False,
        ) -> Document:
            from ikmctl.actions.records import close as close_records

            wanted = ask_record(context.obj, entity, record, f"close-{entity.name}")
            return close_records.close(context.obj.registry(), entity, wanted, on, cancelled=cancelled)

        return close_event

    def close(context: typer.Context, record: RecordArgument = None, on: OnOption = None) -> Document:
        from ikmctl.actions.records import close as close_records

        wanted = ask_record(context.obj, entity, record, f"close-{entity.name}")
        return close_records.close(context.obj.registry(), entity, wanted, on)

    return close


def _reopen(entity: Entity) -> Callable[..., Document]:
    def reopen(context: typer.Context, record: RecordArgument = None, on: OnOption = None) -> Document:
        from ikmctl.actions.records import close as close_records

        wanted = ask_record(context.obj, entity, record, f"reopen-{entity.name}")
        return close_records.reopen(context.obj.registry(), entity, wanted, on)

    return reopen


_WITH_ATTENDANCE = Field("with_attendance", SWITCH, N_("also delete its entries on the participant lists of events"))
_WITH_PARTICIPANTS = Field("with_participants", SWITCH, N_("also delete its participants"))
_WITH_MEMBERS = Field("with_members", SWITCH, N_("also delete its members, which are businesses"))
_KEEP_MEMBERS = Field("keep_members", SWITCH, N_("keep its members, without a group or sentra"))
_ALONG = {
    BUSINESS.name: (_WITH_ATTENDANCE, _WITH_MEMBERS, _KEEP_MEMBERS),
    SENTRA.name: (_WITH_ATTENDANCE, _WITH_MEMBERS, _KEEP_MEMBERS),
    EVENT.name: (_WITH_PARTICIPANTS,),
}


def _delete(entity: Entity) -> Callable[..., Document]:
    def delete(session: Session, given: FieldValues) -> Document:
        from ikmctl.actions.records import delete as delete_records
        from ikmctl.actions.records.delete import Dependents

        if _WITH_MEMBERS.name in given and _KEEP_MEMBERS.name in given:
            raise UsageError(_("--with-members and --keep-members contradict each other; give one of them."))
        wanted = ask_record(session, entity, given.pop("record", None), f"delete-{entity.name}")
        dependents = Dependents(
            with_attendance=_WITH_ATTENDANCE.name in given or _WITH_PARTICIPANTS.name in given,
            with_members=_WITH_MEMBERS.name in given,
            keep_members=_KEEP_MEMBERS.name in given,
        )
        return delete_records.delete(session.registry(), entity, wanted, dependents)

    return with_fields(delete, (_RECORD, *_ALONG[entity.name]), "record")


def _show(entity: Entity) -> Callable[..., Document]:
    def show(context: typer.Context, record: RecordArgument = None, reveal: RevealOption = False) -> Document:
        wanted = ask_record(context.obj, entity, record, f"show-{entity.name}")
        return show_records.show(context.obj.registry(), entity, wanted, reveal=reveal)

    return show


def _list_fields(entity: Entity) -> list[Field]:
    """The options of a list command: filters by field, columns, order and limit."""
    fields = [entity[name]._replace(repeatable=False) for name in _FILTERS[entity.name]]
    columns = words(entity[name].choice for name in entity.listed)
    [place] = words([entity["kelurahan"].choice])
    if entity is BUSINESS:
        fields.insert(0, Field("search", NAME, N_("only with these words in name, brand, owner, products or address")))
        fields.append(Field("registered", NAME, N_("only registered in this period"), example="2021-10"))
        fields.append(Field("never_coached", SWITCH, N_("only those that took part in no event")))
        fields.append(
            Field("not_coached_since", NAME, N_("only those that took part in no event since then"), example="2y")
        )
    if entity is EVENT:
        fields.insert(
            0, Field("search", NAME, N_("only with these words in name, topic, venue, parties, outcome or lesson"))
        )
        fields += _OF_EVENTS
        fields.append(Field("held", NAME, N_("only starting in this period"), example="2021"))
    return [
        *fields,
        _EVENT_STATUS if entity is EVENT else _STATUS,
        Field(
            "where",
            NAME,
            N_("only rows that fulfil this comparison, in quotes"),
            example=f"{columns[-1]}>=20",
            repeatable=True,
        ),
        Field("missing", NAME, N_("only records without a value in this field"), example=place, repeatable=True),
        Field("columns", NAME, N_("the columns to show, separated by commas"), example=",".join(columns[:3])),
        Field("sort", NAME, N_("sort by these columns; -column for descending order"), example=f"-{columns[-1]}"),
        Field("limit", NAME, N_("how many rows; 0 for all"), example="50"),
        Field("reveal", SWITCH, REVEAL),
    ]


#: The columns of a list of groups.
_GROUP_COLUMNS = "number,name,brand,kelurahan,group_members,members_coached,coverage_percent,last_coached_on"


def _list(entity: Entity, *, groups: bool = False) -> Callable[..., Document]:
    """The command that lists the records of an entity, or the businesses that are groups."""
    fields = [field for field in _list_fields(entity) if not (groups and field.name == "form")]
    plain = {field.name for field in fields} - set(_FILTERS[entity.name])
    plain -= {field.name for field in _OF_EVENTS} if entity is EVENT else set()

    def list_(session: Session, given: FieldValues) -> Document:
        equal = tuple((name, text) for name, text in given.items() if name not in plain)
        equal += (("form", "group"),) if groups else ()
        query = ListQuery(
            search=given.get("search", ""),
            equal=equal,
            status=status(given.get("status"), "all", _EVENT_STATUS)
            if entity is EVENT
            else status(given.get("status")),
            where=tuple(given.get("where", ())),
            missing=tuple(given.get("missing", ())),
            registered=given.get("registered") or given.get("held"),
            not_coached_since="" if given.get("never_coached") else given.get("not_coached_since"),
            columns=given.get("columns") or (_GROUP_COLUMNS if groups else None),
            sort=given.get("sort"),
            limit=read_limit(given.get("limit"), default_limit(session)),
            reveal=bool(given.get("reveal")),
        )
        return show_records.list_records(session.registry(), entity, query)

    return with_fields(list_, fields)


def status(text: str | None, default: str = "active", field: Field = _STATUS) -> str:
    """The code of a status, such as `active`, `closed` or `all`, in either language. Raises ValueRejected."""
    if text is None:
        return default
    from ikmctl.actions.records.lookup import read_field

    return str(read_field(field, text)[0])
