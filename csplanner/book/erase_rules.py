"""What a database says of its own tables: which columns hold text, and which lead to people.

Read from the schema and its foreign keys each time, so that a new table is covered by itself.
"""

import sqlite3
from dataclasses import dataclass

PERSON = "person"
_APART = frozenset({"change_row", "suppressed", "erasure", "search_text"})
"""Tables with rules of their own: images, hashes without identity, and what is indexed anew."""
_KEYS = frozenset({"id", "tbl", "row_id", "account_id", "snapshot_id"})
IDENTITY: dict[str, tuple[str, ...]] = {
    PERSON: ("name", "email", "phone"),
    "account": ("name", "name_key", "domain"),
    "overview": ("name", "name_key"),
}
"""What a record itself is known by: never touched in a record that is not erased."""


@dataclass(frozen=True, slots=True)
class Link:
    """A column that leads to a row of `parent`; the row goes with it where `goes`."""

    column: str
    parent: str
    goes: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """What erasing must know of one table."""

    name: str
    texts: tuple[str, ...]
    """Columns that may hold what somebody wrote."""
    links: tuple[Link, ...]
    points: bool
    """Whether its rows speak of a row of any table, by `tbl` and `row_id`."""
    unique: frozenset[str]
    account: str
    """The column that holds the account, empty where there is none."""


def rules_of(db: sqlite3.Connection) -> dict[str, Rules]:
    """The rules of every table of the database that holds something of its own."""
    names = [
        name
        for (name,) in db.execute(
            "select name from pragma_table_list where schema = 'main' and type = 'table' "
            "and not wr order by name"
        )
        if not name.startswith(("sqlite_", "_")) and name not in _APART
    ]
    return {name: _rules(db, name) for name in names}


def _rules(db: sqlite3.Connection, name: str) -> Rules:
    columns = db.execute('select name, type, "notnull" from pragma_table_info(?)', (name,))
    kinds = {column: (kind.upper(), bool(needed)) for column, kind, needed in columns}
    links = tuple(
        Link(column, parent, action == "CASCADE" or kinds[column][1])
        for parent, column, action in db.execute(
            'select "table", "from", on_delete from pragma_foreign_key_list(?)', (name,)
        )
    )
    linked = {link.column for link in links}
    unique = {
        column
        for (column,) in db.execute(
            "select i.name from pragma_index_list(?) l, pragma_index_info(l.name) i "
            "where l.\"unique\" and l.origin <> 'pk'",
            (name,),
        )
    }
    return Rules(
        name,
        tuple(c for c, (k, _) in kinds.items() if k == "TEXT" and _is_words(c, linked)),
        tuple(link for link in links if link.parent != "account"),
        {"tbl", "row_id"} <= kinds.keys(),
        frozenset(unique),
        "id" if name == "account" else "account_id" if "account_id" in kinds else "",
    )


def _is_words(column: str, linked: set[str]) -> bool:
    """Whether somebody may have written the column: no key, no link, no state of a value."""
    return column not in _KEYS | linked and not column.endswith(("_state", "_currency"))


def quoted(columns: tuple[str, ...]) -> str:
    """A list of columns for SQL."""
    return ", ".join(f'"{c}"' for c in columns)
