"""The triggers that write history, made by one function for every table, and those that maintain derived data."""

from collections.abc import Collection, Iterator, Sequence

_OPEN_CHANGE = """
        INSERT INTO change (made_at, made_by, command)
            SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '?', 'outside'
            WHERE NOT EXISTS (SELECT 1 FROM change WHERE is_open = 1);"""
_CHANGE = "(SELECT max(id) FROM change)"


def history_triggers(table: str, columns: Sequence[str], kept: Collection[str] = ()) -> Iterator[str]:
    """CREATE TRIGGER statements that record each insert, update and delete of `table`.

    Of an update the former values of the columns that changed are recorded, and those of the columns in `kept`.

    A trigger writes to the change that is open. An edit by a program that knows nothing of ikmctl finds none open: the
    trigger then makes one of its own, with the command `outside`. Either way it is the latest one.
    """
    image = ", ".join(f"'{column}', OLD.{column}" for column in columns)
    differs = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
    for action, row, condition, before in (
        ("insert", "NEW", "", "NULL"),
        ("update", "OLD", f"WHEN {differs}", _changed_values(columns, kept)),
        ("delete", "OLD", "", f"json_object({image})"),
    ):
        yield f"""
    CREATE TRIGGER {table}_history_{action} AFTER {action.upper()} ON {table} {condition} BEGIN{_OPEN_CHANGE}
        INSERT INTO change_row (change_id, table_name, row_id, action, before)
            VALUES ({_CHANGE}, '{table}', {row}.id, '{action}', {before});
    END
    """
    yield f"""
    CREATE TRIGGER {table}_history_number BEFORE UPDATE OF id ON {table} WHEN NEW.id IS NOT OLD.id BEGIN
        SELECT raise(ABORT, 'the number of a record cannot be changed');
    END
    """


def _changed_values(columns: Sequence[str], kept: Collection[str]) -> str:
    """SQL: a JSON object of the former values of what changed.

    It is put together as text: only the values that changed cost a call, where an object of all columns takes as long
    for each of them.
    """
    members = [f"""',"{column}":' || json_quote(OLD.{column})""" for column in columns]
    parts = [
        member if column in kept else f"iif(NEW.{column} IS OLD.{column}, '', {member})"
        for column, member in zip(columns, members, strict=True)
    ]
    return f"'{{' || substr({' || '.join(parts)}, 2) || '}}'"


SEARCHED = ("name", "brand", "owner", "products", "address")
_OLD = ", ".join(f"OLD.{column}" for column in SEARCHED)
_NEW = ", ".join(f"NEW.{column}" for column in SEARCHED)
_COLUMNS = ", ".join(SEARCHED)

#: Triggers that maintain the search index, and empty the match key when a column that it depends on changes.
UPKEEP = (
    f"""
    CREATE TRIGGER business_search_insert AFTER INSERT ON business BEGIN
        INSERT INTO business_search (rowid, {_COLUMNS}) VALUES (NEW.id, {_NEW});
    END
    """,
    f"""
    CREATE TRIGGER business_search_delete AFTER DELETE ON business BEGIN
        INSERT INTO business_search (business_search, rowid, {_COLUMNS}) VALUES ('delete', OLD.id, {_OLD});
    END
    """,
    f"""
    CREATE TRIGGER business_search_update AFTER UPDATE OF {_COLUMNS} ON business BEGIN
        INSERT INTO business_search (business_search, rowid, {_COLUMNS}) VALUES ('delete', OLD.id, {_OLD});
        INSERT INTO business_search (rowid, {_COLUMNS}) VALUES (NEW.id, {_NEW});
    END
    """,
    """
    CREATE TRIGGER business_match_update AFTER UPDATE OF name, owner, kelurahan ON business
    WHEN NEW.match_key IS OLD.match_key
        AND (NEW.name IS NOT OLD.name OR NEW.owner IS NOT OLD.owner OR NEW.kelurahan IS NOT OLD.kelurahan)
    BEGIN
        UPDATE business SET match_key = NULL WHERE id = NEW.id;
    END
    """,
)
