"""What a file holds besides what we put there: received books are looked through before use."""

import re
import sqlite3
from functools import cache

from csplanner.book.schema import statements
from csplanner.errors import UserError

_OWN = re.compile(r"create (?:virtual )?table (\w+)")
# Tables that SQLite and its migrations keep for themselves.
_KEPT_BESIDE = ("sqlite_", "_sqlite_", "search_")


def foreign_code(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Names of triggers, views and tables in the file that no csplanner wrote."""
    found = connection.execute("select type, name from sqlite_master order by name").fetchall()
    own = _own_tables(_version(connection))
    return tuple(
        name
        for kind, name in found
        if kind in ("trigger", "view")
        or (kind == "table" and name not in own and not name.startswith(_KEPT_BESIDE))
    )


def need_tables(connection: sqlite3.Connection) -> None:
    """Raise UserError when a table of ours is missing: the book was damaged by other hands."""
    found = {
        name
        for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
    }
    missing = sorted(_own_tables(_version(connection)) - found)
    if missing:
        raise UserError(
            f"The book is damaged: {len(missing)} of its tables are missing, {missing[0]} first. "
            "Restore the newest backup."
        )


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


@cache
def _own_tables(version: int) -> frozenset[str]:
    matches = (_OWN.match(statement) for statement in statements(version))
    return frozenset(m[1] for m in matches if m)
