"""How rows of the journalled tables name one another, and which only accompany others."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

BOOKKEEPING = frozenset(
    {"field_history", "external_ref", "touch_person", "quarantine", "snapshot", "reading",
     "refusal"}
)  # fmt: skip
"""Tables whose rows only accompany others: they are not counted for people."""
DERIVED = ("overview", "reading")
"""Tables whose rows are made of others and never hold one back."""


@dataclass(frozen=True, slots=True)
class Link:
    """A column of `child` that names a row of `parent`; `loose` ones may become null."""

    child: str
    column: str
    parent: str
    loose: bool


def links_of(db: sqlite3.Connection, names: tuple[str, ...]) -> tuple[Link, ...]:
    """How rows of the journalled tables name one another."""
    return tuple(_foreign_keys(db, names)) + tuple(
        Link("external_ref", "row_id", name, loose=False)
        for name in names
        if name not in BOOKKEEPING
    )


def _foreign_keys(db: sqlite3.Connection, names: tuple[str, ...]) -> Iterator[Link]:
    for name in names:
        for row in db.execute(f"pragma foreign_key_list({name})").fetchall():
            if row[2] not in DERIVED:
                yield Link(name, row[3], row[2], loose=row[6].casefold() == "set null")


def unique_of(db: sqlite3.Connection, name: str) -> list[tuple[str, ...]]:
    """The sets of columns no two rows of a table may share."""
    return [
        tuple(r[2] for r in db.execute(f"pragma index_info({index[1]})"))
        for index in db.execute(f"pragma index_list({name})").fetchall()
        if index[3] == "u"
    ]
